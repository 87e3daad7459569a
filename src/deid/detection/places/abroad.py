"""Addresses as they are written abroad, from the house to the code of the post and the country.

417 6th Ave NE, Apt 12D, Bellmont, MA 02461    #5B, Oakland, CA 94609    27 Wimbury Street, London W1G 7AX    Ahornweg 14, 76133 Karlsruhe
Flat 7C, 22/F, Tower 5, Harbour Crest, Quarry Bay    Unit 9/14 Coolibah Avenue, Chatswood NSW 2067    12 rue de la Paix, 75002 Paris

An address is a street with a number, a flat of a house that is named, or a town with the code of the post; to it belong the parts
on both sides, between commas or on the next lines, that are flats, houses, towns, codes and countries.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.places.words import ADDRESS
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ɏ'’\-]{1,20}"
_NUMBER = r"[0-9]{1,5}[A-Za-z]?(?:[-/–][0-9]{1,5}[A-Za-z]?)?"
_WAY = "(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Path|Terrace|Crescent|Cres|Close|Square|Sq|Highway|Hwy|Parade|Pde|Place|Pl|Court|Ct|Circle|Cir|Parkway|Pkwy|Trail|Mews|Grove|Gardens|Hill|Row|Walk|Quay|Esplanade|Jalan|Lorong)"
_COMPASS = "(?:North|South|East|West|Central|[NSEW]{1,2}|[NS]\\.?[EW]\\.?)"
_STREET = rf"(?:No\.? ?)?{_NUMBER},? (?:{_COMPASS}\.? )?(?:(?:[0-9]{{1,3}}(?:st|nd|rd|th)|(?:St|Mt|Ft)\.? {_CAPITAL}|{_CAPITAL})(?: {_CAPITAL}){{0,3}}? ){_WAY}(?![A-Za-z])\.?(?: {_COMPASS}(?![A-Za-z]))?(?: [0-9]{{1,2}}(?![0-9A-Za-z.]))?"
_FLAT = r"(?:(?:Flat|Flt|Apt|Apartment|Unit|Suite|Ste|Room|Rm|Shop|Block|Blk|Tower|Floor|Level|House|Villa|Lot)\.? ?#?(?:[A-Z]?[0-9]{1,5}[A-Z]?(?:[-/][0-9]{1,5}[A-Z]?)?|[A-Z](?![A-Za-z]))|#[A-Z]?[0-9]{1,4}[A-Z]?(?:-[0-9]{1,4}[A-Z]?)?|[0-9]{1,3}/F\.?|G/F|[0-9]{1,2}(?:st|nd|rd|th) Floor)"
_POST = (
    "(?:(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? [0-9]{5}(?:-[0-9]{4})?|(?:AB|BC|MB|NB|NL|NS|ON|PE|QC|SK),? [A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]"
    "|(?:NSW|VIC|Vic|QLD|Qld|WA|SA|TAS|Tas|ACT|NT),? [0-9]{4}|[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2})(?![0-9A-Za-z])"
)
_COUNTRY = "(?:USA|U\\.S\\.A\\.|United States(?: of America)?|UK|United Kingdom|England|Scotland|Wales|Canada|Australia|New Zealand|Singapore(?: [0-9]{6})?|Hong Kong(?: SAR)?|N\\.T\\.|Ireland|Germany|Deutschland|France|Switzerland|Japan|Korea|Thailand|Malaysia|India|China)(?![A-Za-z])"
_STOP = "(?!(?:Tel|TEL|Phone|Mobile|Mob|Cell|Contact|WeChat|Passport|DOB|Fax|FAX|Email|E-mail|Attn|Dear|Re|RE|Mr|Mrs|Ms|Dr|Prof|MRN|Date|Patient|Ref|Ph|Her|His|He|She|The|We|I|My|Next)(?![a-z]))"
_TOWN = rf"{_STOP}{_CAPITAL}(?: {_STOP}{_CAPITAL}){{0,3}}(?:(?<=Tseung Kwan) O(?![A-Za-z]))?"
_TAIL = (
    rf"(?:(?:[ ]?,?[ ]?\n[ ]{{0,8}}(?:{_FLAT}|{_TOWN})){{0,2}}(?:[ ]?,?[ ]?\n[ ]{{0,8}}|,? )(?:{_TOWN},? )?{_POST}|, ?(?:\n[ ]{{0,8}})?(?:{_FLAT}(?: {_FLAT})?|{_COUNTRY}|{_NUMBER} {_TOWN}|[0-9]{{4,6}} {_CAPITAL}|{_TOWN}(?: [0-9]{{5,6}}(?![0-9]))?)(?![A-Za-z0-9:])| {_FLAT}(?![A-Za-z0-9])"
    rf"|[ ]?\n[ ]{{0,8}}{_COUNTRY}(?=[ ]*(?:\n|\Z)))"
)
_OPENS = r"(?<![0-9A-Za-z.\-/#])"
_CLOSES = r"(?=[ ]?(?:[,;.)\n|。、(]|\Z)|[ ][a-z#(A-Z一-鿿])"
_BY_STREET = Screened(rf"{_OPENS}(?P<address>(?:{_FLAT}/?,? ?){{0,4}}{_STREET}{_CLOSES}{_TAIL}{{0,7}})")
_HOUSE = rf"(?:{_TOWN} )?(?:Mansions?|Court|House|Building|Tower|Towers|Centre|Center|Plaza|Gardens?|Estate|Crest|Heights|Villas?|Bay|Cove|Peak|Park|Place|Residences?|Terrace|Avenue|City|Lodge|Point|Grove|Chuen|Mei|Yuen|Tsuen)"
_BY_FLAT = Screened(
    rf"{_OPENS}(?P<address>{_FLAT}(?:,? ?{_FLAT}){{0,3}}, ?(?:(?:Block|Tower|Phase) ?[A-Z0-9]{{1,3}}, ?)?(?:{_STREET}|{_HOUSE}(?: Phase (?:[IVX]{{1,4}}|[0-9]{{1,2}}))?)(?![A-Za-z]){_TAIL}{{1,7}})"
)
_BY_POST = Screened(
    rf"{_OPENS}(?P<address>(?:{_FLAT},? ?){{0,3}}{_TOWN},? (?:{_TOWN},? )?{_POST}(?:,? {_COUNTRY})?)"
)
_GERMAN = Screened(
    rf"{_OPENS}(?P<address>[A-ZÄÖÜ][a-zäöüß\-]{{2,20}}(?:straße|strasse|str\.|weg|allee|platz|gasse|(?<![aeiou])ring|damm|ufer|gracht|straat|laan) [0-9]{{1,4}}[a-z]?(?:, ?(?:[A-Z]{{1,2}}-)?[0-9]{{4,5}}(?: [A-Z]{{2}})? {_CAPITAL}(?: (?:am|an der|a\.) ?{_CAPITAL})?)?(?:, {_COUNTRY})?)(?![0-9A-Za-z])"
)
_FRENCH = Screened(
    rf"{_OPENS}(?P<address>[0-9]{{1,4}}(?: bis| ter)?,? (?:rue|avenue|boulevard|allée|chemin|quai|impasse|route|place) (?:de la |de l['’]|de |du |des |d['’])?{_CAPITAL}(?:[ \-]{_CAPITAL}){{0,3}}(?:, ?(?:[A-Z]-?)?[0-9]{{4,5}} {_CAPITAL}(?:[- ]{_CAPITAL}){{0,3}})?)(?![0-9A-Za-z])"
)
_ROMANCE = Screened(
    rf"{_OPENS}(?P<address>(?:ul\.|Via|Viale|Piazza|Corso|Calle|Avenida|Rua|Strada|C/) (?:(?:de|della|del|di|da|do|dos) )?{_CAPITAL}(?: {_CAPITAL}){{0,2}},? [0-9]{{1,4}}[a-z]?(?:, ?[0-9]{{2}}-?[0-9]{{3}} {_CAPITAL})?)(?![0-9A-Za-z])"
)
_POSTED = Regex(_POST)
_OF_WARDS = Regex(
    r"(?:Main|Outpatient|Inpatient|Clinic|Medical|Hospital|Surgical|Teaching|Emergency|Day|Minute|Meter|Metre|Week|Month|Year|Point|Stage|Phase|Step|Class|Grade|Type|Hour)(?![a-z])"
)
"""What is counted before a word that ends streets as well: 6 Minute Walk, 30 Day Street use."""
_NO_WAY = Regex(r"[ ](?:[Tt]est|[Ss]core|[Ss]cale|ANOVA|valve|stopcock|[Uu]se)(?![a-z])")
_FIRST_WORD = Regex(r"(?:No\.? ?)?[0-9][0-9A-Za-z\-/]*,? ([A-Z][a-z]+)")
_WEAK = Regex(
    r"[^,\n]*(?:Place|Pl|Hill|Row|Court|Ct|Walk|Way|Grove|Path|Trail|Circle|Cir|Square|Sq|Close|Quay|Drive|Dr|Gardens)(?![A-Za-z])"
)
"""Ways that are words of other things as well; they want a code, a country, a flat or a word that leads there."""
_LED = Regex(
    r"(?:\b(?:at|of|to|on|from|near)|[Ll]ives?|[Aa]ddress|[Hh]ome|[Rr]esidence|住址|地址)(?: in| at)?[ ]?:?[ \n]{0,2}\Z"
)
_SURE = Regex(rf"{_COUNTRY}|,[ ]?{_FLAT}|\bLondon\b")
_SCORE = 0.85


def find_abroad(reading: Reading) -> Iterator[Detection]:
    """Addresses with a street, a flat or a code of the post."""
    text = reading.text
    for form in (_BY_STREET, _BY_FLAT, _BY_POST, _GERMAN, _FRENCH, _ROMANCE):
        for match in reading.finditer(form):
            start, end = match.span(match.lastgroup or "address")
            if not _counts(text, start, end):
                yield Detection(ADDRESS, start, end, _SCORE, "CN_ADDRESS.abroad", ("abroad",))


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a number counts what stands behind it, and no house does: 6 Minute Walk Test, Case 4 Sara Place."""
    if _POSTED.search(text, start, end):
        return False
    first = _FIRST_WORD.match(text, start, end)
    if (first and _OF_WARDS.match(text, first.start(1))) or _NO_WAY.match(text, end):
        return True
    weak = first is not None and _WEAK.match(text, start, end) is not None
    return weak and not (_LED.search(text, max(0, start - 16), start) or _SURE.search(text, start, end))
