"""Telephone numbers as they are dialled within another country: (781) 555-0186, cell 617.555.0172, Tel: 020 7946 0331.

Their digits are grouped as those of lots, laboratories and journals are, so a word for telephones must stand before
them, another such number beside them, or the country be named in the text and the number be one of its plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.phones import EXTENSION
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_FRONT = r"(?<![0-9A-Za-z+@])(?<![0-9A-Za-z][.\-/])"
_BACK = r"(?![0-9A-Za-z@]|[.\-/,:][0-9]|[ ]?(?:%|mg|ml|mL|g/|U/|元|例|人次))"
_AREA, _OFFICE = r"(?![48]00|8(?:33|44|55|66|77|88))[2-9][0-9]{2}", r"[2-9][0-9]{2}"
_AMERICAN = Screened(
    rf"{_FRONT}(?:1[-. ])?(?:(?P<bracket>\()(?:{_AREA})\)[-. ]?{_OFFICE}[-. ][0-9]{{4}}|{_AREA}(?:-{_OFFICE}-|\.{_OFFICE}\.|[ ]{_OFFICE}[ ]|/{_OFFICE}-)[0-9]{{4}}){_BACK}"
)
_CUE = (
    r"(?:[Tt]el(?:ephone)?|TEL|[Pp]hone|PHONE|[Cc]ell(?:phone)?|CELL|[Mm]obile|MOBILE|[Mm]ob|[Ff]ax|FAX|[Pp]ager|[Pp]h|[Hh]otline|[Ll]andline|[Ww]hats[Aa]pp|[Ee]mergency [Cc]ontact|(?<![A-Za-z0-9])[TPMFCHOW](?=[ ]?[:.][ ]{0,4}[0(+]))"
    r"(?: ?(?:[Nn]o|[Nn]umber|#|[Nn]r)\b\.?)?"
)
_CUED = Screened(
    rf"(?<![A-Za-z0-9]){_CUE}(?: ?\([A-Za-z /]{{1,14}}\))?(?:[ ]?[.:#][ ]{{0,4}}|[ ](?:is|at|no|on)[ :]|[ ])(?P<number>(?:\(0?[0-9]{{1,4}}\)[ ]?|[0-9])[0-9][0-9 \-./]{{4,16}}[0-9]){_BACK}"
)
_NATIONAL = Screened(
    rf"{_FRONT}(?:\(0[0-9]{{1,4}}\)[ ]?|0[0-9]{{1,4}}[ \-])[0-9]{{3,4}}(?:[ \-][0-9]{{3,4}}){{1,2}}{_BACK}"
)
"""With a zero before the code of the area, in a text that names the country: 0491 570 156."""
_GROUPED_EIGHT = Screened(
    rf"{_FRONT}(?<![0-9] )(?!(?:19|20)[0-9]{{2}}[ \-](?:19|20)[0-9]{{2}})[235-9][0-9]{{3}}[ \-][0-9]{{4}}(?![ ][0-9]){_BACK}"
)
"""As in Hong Kong, Macau and Singapore: call 9123 4567."""
_REACHED = Regex(
    r"(?:(?<![A-Za-z])(?:[Nn]umber (?:is|was)|(?:[Cc]all(?:ed|ing)?|[Rr]ing|[Tt]ext(?:ed)?|[Dd]ial|[Rr]each(?:ed|able)?|[Cc]ontact(?:ed)?|[Mm]essaged?|[Ww]hats[Aa]pp(?:ed)?|WHATSAPP)(?: [A-Za-z.]{1,12}){0,4})"
    r"[ ]?:?[ ]|(?:致電|电联|聯絡|拨打|撥打|打(?:去|到|畀|俾|给|比)?[一-鿿]{0,4}|(?:[Ww]hats[Aa]pp|WHATSAPP)[一-鿿]{1,4})[ :]{0,2})\Z"
)
"""What stands right before a number in two groups of four."""
_CALL = Regex(
    rf"(?:{_CUE}|(?<![A-Za-z0-9])[TPMFCHOW](?=[ ]?[:.])|[Cc]all|[Rr]ing|[Tt]ext|[Dd]ial|[Rr]each(?:ed|able)?|[Cc]ontact(?:ed)?|[Mm]essage|电话|手机|致电|传真|联系|拨打)(?:[^\n0-9]{{0,28}}|[^\n]{{0,40}}[0-9]{{4}}(?:[ ]?\([A-Za-z]{{1,10}}\))?[ ]?(?:/|,|;|or|and|\||[A-Za-z]{{1,8}}:)[ ]{{0,2}}(?:[A-Za-z]{{1,8}}:?[ ])?)\Z"
)
"""What stands before a number that somebody is called by, or before the number that stands before that."""
_NEAR = 64
_WORDS = {
    "US": "USA U.S. America Boston Houston 美国",
    "CA": "Canada Vancouver Toronto 加拿大",
    "GB": "Kingdom UK England Scotland Wales London NHS 英国",
    "IE": "Ireland Dublin 爱尔兰",
    "AU": "Australia Sydney Melbourne NSW QLD 澳大利亚 澳洲",
    "NZ": "Zealand Auckland 新西兰",
    "SG": "Singapore 新加坡",
    "MY": "Malaysia 马来西亚",
    "TH": "Thailand Bangkok 泰国",
    "JP": "Japan Tokyo Osaka 日本",
    "KR": "Korea Seoul 韩国",
    "DE": "Germany Deutschland Klinikum Berlin München Munich Heidelberg 德国",
    "AT": "Austria Vienna Wien 奥地利",
    "CH": "Switzerland Zurich Zürich Geneva 瑞士",
    "FR": "France Paris 法国",
    "IT": "Italy Rome Milan 意大利",
    "IN": "India Delhi Mumbai 印度",
    "HK": "Hong Kowloon 香港",
    "AE": "UAE Dubai Emirates 阿联酋",
}
_OF_WORDS = {region: tuple(words.split()) for region, words in _WORDS.items()}
"""What names a country, or a city in which it is told to be."""
_POSTS = {
    "US": Regex(r"(?<![A-Za-z])[A-Z]{2},? [0-9]{5}(?![0-9])"),
    "CA": Regex(r"(?<![A-Za-z])[A-Z]{2},? [A-Z][0-9][A-Z] ?[0-9][A-Z][0-9](?![A-Z0-9])"),
    "GB": Regex(r"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}(?![A-Z0-9])"),
}
"""Codes of the post, by which a country is named as well."""
_WITHOUT_COUNTRY = ("US", "GB", "AU", "DE", "SG", "HK")
"""Where a number behind a cue may be from in a text that names no country."""
_DAY = Regex(r"(?:19|20)[0-9]{2}[-./ ]|[0-3]?[0-9][-./][01]?[0-9][-./](?:19|20)?[0-9]{2}\Z")
_LEAST, _MOST = 8, 13
"""Digits."""
_SCORE = 0.8


def find_dialled_numbers(reading: Reading) -> Iterator[Detection]:
    """Numbers without the code of their country."""
    text, last = reading.text, -_NEAR
    regions: frozenset[str] | None = None
    for match in reading.finditer(_AMERICAN):
        start, end = match.span()
        called = _CALL.search(text, max(0, start - _NEAR), start) or reading.supported(
            "PHONE_NUMBER", start, end
        )
        beside = start - last < _LEAST
        if not (called or beside or match["bracket"]):
            regions = _named(text) if regions is None else regions
        if (called or beside or match["bracket"] or "US" in (regions or ())) and _is_of("US", match[0]):
            yield _detection(text, start, end)
            last = end
    for match in reading.finditer(_GROUPED_EIGHT):
        start, end = match.span()
        if _REACHED.search(text, max(0, start - _NEAR), start):
            yield _detection(text, start, end)
    for match in reading.finditer(_NATIONAL):
        regions = _named(text) if regions is None else regions
        if any(_is_of(region, match[0]) for region in regions):
            yield _detection(text, *match.span())
    for match in reading.finditer(_CUED):
        number = match["number"]
        if not _LEAST <= sum(map(str.isdigit, number)) <= _MOST or _DAY.match(number):
            continue
        regions = _named(text) if regions is None else regions
        if any(_is_of(region, number) for region in (*regions, *(() if regions else _WITHOUT_COUNTRY))):
            yield _detection(text, *match.span("number"))


def _detection(text: str, start: int, end: int) -> Detection:
    further = EXTENSION.match(text, end)
    end = further.end() if further else end
    return Detection("PHONE_NUMBER", start, end, _SCORE, "PHONE_NUMBER.dialled", ("phonenumbers",))


def _named(text: str) -> frozenset[str]:
    """The countries that a text names, in their codes."""
    words = {region for region, words in _OF_WORDS.items() if any(map(text.__contains__, words))}
    return frozenset(words.union(region for region, post in _POSTS.items() if post.search(text)))


def _is_of(region: str, number: str) -> bool:
    """Whether a number is of a country's plan."""
    import phonenumbers  # 0.1 s and 10 MB, for who only imports deid

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
