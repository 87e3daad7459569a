"""Telephone numbers outside the mainland, through phonenumbers, and numbers that were said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_SPOKEN = Screened(r"(?<![0-9A-Za-z.])[0-9]{7,13}(?![0-9A-Za-z%])")
_SPOKEN_DIGIT = "〇零○洞一二三四五六七八九幺两拐勾"
_HAN_DIGIT = Regex(f"[{_SPOKEN_DIGIT}钩]")
_MOBILE = Regex("1[3-9][0-9]{8,11}")
_DAY = Regex("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]")
_LOCAL = Regex(r"[2-9][0-9]{2,3}[ \-]?[0-9]{4}(?=\Z|转|[(,]|[ ]*(?:转|分机|[-#*])|-[0-9])")
_NUMBER_BEHIND = r"(?!(?:19|20)[0-9]{6})[2-9][0-9]{2,3}[ \-]?[0-9]{4}"
_FURTHER = Regex(
    rf"(?:[ ]{{0,3}}(?:[、,;/\\|]|或者?|[和及])[ ]{{0,3}}|[ ]{{1,6}}|[ ]*\n[ ]*(?={_NUMBER_BEHIND}[ ]*(?:\n|$)))(?P<number>{_NUMBER_BEHIND})"
    r"(?:-[0-9]{1,5}|转[0-9]{1,5})?(?![0-9A-Za-z%]|[.:*~][0-9]|[ ]?[元例人次岁年])"
)
_BEHIND_NAME = Regex(
    r"[ ]?[,:]?[ ]?(?P<open>\()?[ ]?(?P<number>(?!(?:19|20)[0-9]{2}[ \-](?:(?:19|20)[0-9]{2}|(?:0[1-9]|1[0-2])[0-3][0-9])|[0-9]{2}00[ \-][0-9]{2}00)[2-9][0-9]{3}[ \-][0-9]{4})"
    r"(?![0-9A-Za-z%/]|[.:*~\-][0-9]|[ ][0-9]|[ ]?(?:[元例人次岁年万克块步字]|毫升|单位|的套))(?(open)[ ]?[),;/])"
)
"""陈嘉慧（9468 3305）."""
_SURE = 0.65
_IN_GROUPS = Screened(
    rf"[一幺][三四五六七八九拐勾](?<![{_SPOKEN_DIGIT}]..)(?=[^\n]{{0,20}}[〇零○洞幺])[{_SPOKEN_DIGIT}]?(?:[, ]{{1,2}}[{_SPOKEN_DIGIT}]{{1,5}}){{2,4}}(?![{_SPOKEN_DIGIT}])"
)
"""一三七，零六二五，八八零，四三, as somebody dictates it."""
_OF_MOBILE = range(11, 13)
"""Digits, and one too many."""
_COUNTED = "01234567890123456789", "98765432109876543210"
_INTERNATIONAL = Screened(
    r"(?<![0-9A-Za-z])(?:\+|(?<![0-9]\.)00)[1-9][0-9]{0,3}[0-9 ()\-.]{5,18}[0-9](?![0-9A-Za-z])"
)
EXTENSION = Regex(
    r"(?:,? ?(?:[Ee]xt(?:ension|n)?\.?|EXT\.?|[Xx]|#)[ :.]{0,2}|,? ?转(?:接)?[ :]?)[0-9]{1,6}(?![0-9A-Za-z])"
)
"""What is dialled behind a number: ext 4, x27."""


def find_foreign_numbers(reading: Reading) -> Iterator[Detection]:
    """Numbers in international form that are possible in their country's plan."""
    if "+" not in reading.text and "00" not in reading.text:
        return
    for match in reading.finditer(_INTERNATIONAL):
        if match[0].lstrip("+0").startswith("86"):
            continue  # the recognizer file knows the mainland better
        import phonenumbers  # 0.1 s and 10 MB, for who only imports deid

        number = match[0] if match[0][0] == "+" else "+" + match[0][2:]
        try:
            parsed = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            score = 0.9
        elif phonenumbers.is_possible_number(parsed) and (
            match[0][0] == "+" or reading.supported("PHONE_NUMBER", *match.span())
        ):
            score = 0.6
        else:
            continue
        bracket = reading.text[match.start() - 1 : match.start()] == "(" and _closes_first(match[0])
        start = match.start() - bracket
        further = EXTENSION.match(reading.text, match.end())
        end = further.end() if further else match.end()
        yield Detection("PHONE_NUMBER", start, end, score, "PHONE_NUMBER.international", ("phonenumbers",))


def further_numbers(reading: Reading, claims: Iterable[Detection]) -> Iterator[Detection]:
    """The others behind a landline: 0571-88301122，88301123  88301124. They have as many digits as it has without its area code."""
    told: set[int] = set()
    for claim in tuple(claims):  # which may grow by what is found
        if claim.entity_type != "PHONE_NUMBER" or claim.score < _SURE:
            continue
        local = _LOCAL.search(reading.text[claim.start : claim.end])
        end = claim.end
        while local and (further := _FURTHER.match(reading.text, end)):
            if _digits(further["number"]) != _digits(local[0]):
                break
            start, end = further.start("number"), further.end()
            if start in told:
                break
            told.add(start)
            yield Detection(
                "PHONE_NUMBER", start, end, claim.score, "PHONE_NUMBER.further", ("next of a list",)
            )


def numbers_behind_names(reading: Reading, persons: Iterable[Detection]) -> Iterator[Detection]:
    """Numbers in two groups of four, as in Hong Kong and as landlines are, right behind a name."""
    for person in persons:
        if match := _BEHIND_NAME.match(reading.text, person.end):
            span = match.span("number")
            yield Detection("PHONE_NUMBER", *span, _SURE, "PHONE_NUMBER.named", ("behind a name",))


def _digits(number: str) -> int:
    return sum(map(str.isdigit, number))


def find_spoken_numbers(reading: Reading) -> Iterator[Detection]:
    """Numbers that are written as they were said: 打三二一八八七零, 幺八六七三一二零零四九三 with a digit too many."""
    for match in reading.finditer(_IN_GROUPS):
        if sum(character in _SPOKEN_DIGIT for character in match[0]) in _OF_MOBILE:
            yield Detection("PHONE_NUMBER", *match.span(), _SURE, "PHONE_NUMBER.spoken", ("said",))
    if reading.layout == reading.text:
        return
    for match in reading.finditer(_SPOKEN):
        said = len(_HAN_DIGIT.findall(reading.layout, *match.span()))
        if said < len(match[0]) - 3 or _DAY.fullmatch(match[0]) or any(match[0] in row for row in _COUNTED):
            continue
        local = len(match[0]) in (7, 8) and match[0][0] not in "01"
        kind = "PHONE_NUMBER" if local or _MOBILE.fullmatch(match[0]) else "OTHER_ID"
        yield Detection(kind, *match.span(), 0.45, f"{kind}.spoken", ("said",))


def _closes_first(number: str) -> bool:
    """Whether a bracket is closed that the number does not open: +852) 9437 6082."""
    closing, opening = number.find(")"), number.find("(")
    return closing >= 0 and not 0 <= opening < closing
