"""Bodies that English texts name: where somebody studies, works and is treated, and what he belongs to.

Calloway Bay College    University of Eastmarch    Klinikum Rosental    Qingdao Haixing Shipyard    works at Northgate Textile Mill

A word for a kind of body makes one with a name before it; words that name kinds of other things as well
(Mill, Partners, Services) do so only behind what leads to where somebody works or studies, or beside a word for care.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from deid.detection.literals import Screened
from deid.detection.places.words import INSTITUTION, ORGANIZATION
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_CAPITAL = r"(?:St\.|[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ɏ'’\-]{1,20})"
_OPENS = r"(?<![0-9A-Za-z.\-@])"
_SCHOOL = (
    "College|School|University|Academy|Polytechnic|Kindergarten|Preschool|Conservatory|Seminary|Gymnasium"
)
_BODY = "Church|Cathedral|Chapel|Mosque|Synagogue|Parish|Shipyard|Shipyards|Shipping|Steelworks|Ironworks|Brewery|Refinery|Foundry|Colliery|Airlines|Airways|Pharmacy|Foundation|Orphanage|Orchestra|Solicitors"
_CARE = "(?:Cancer|Oncology|Medical|Health|Heart|Cardiology|Urology|Surgical|Fertility|Wellness|Imaging|Radiology|Pathology|Eye|Dental|Orthopa?edic|Hospice|Pediatric|Paediatric|Women's|Family|Primary Care)"
_KNOWN = Screened(
    rf"{_OPENS}(?P<body>(?:{_CAPITAL} (?:(?:and|&|of) )?){{1,4}}(?:{_SCHOOL}|{_BODY}))(?![A-Za-z\-'’]|[ ](?:of|for)[ ](?!Eng|Med|Law|the)[A-Z]|[ ](?:Scale|Score|Test|Protocol|Criteria|Index|Hospital|Press|students?|graduates?))"
)
_OF = Screened(
    rf"{_OPENS}(?P<body>(?:University|Universität|Université|Universidad|Università) (?:of|of the|de|di|zu) {_CAPITAL}(?: {_CAPITAL}){{0,2}})(?![A-Za-z])"
)
_OF_CARE = Screened(
    rf"{_OPENS}(?P<body>(?:{_CAPITAL} ){{1,4}}(?:{_CARE} (?:Partners|Associates|Physicians|Specialists|Practice|Consultants|Consulting|Consultancy|Concierge|Alliance|Institute)|Medical Group|Health System|Health Network|Cancer Network|Cancer Care))(?![A-Za-z\-'’])"
    rf"|{_OPENS}(?P<klinik>(?:Klinikum|Klinik|Universitätsklinikum|Krankenhaus|Uniklinik|Hôpital|Clinique|Clínica|Ospedale|Policlinico) (?:(?:am|im|der|St\.|de|du|la|di|San|Santa|rechts|links) ){{0,2}}{_CAPITAL}(?: (?:der|de) {_CAPITAL}| {_CAPITAL})?|[A-ZÀ-Þ][a-zà-ÿß\-]{{2,20}}(?:klinikum|klinik|krankenhaus|(?<!ho)spital)(?: {_CAPITAL})?)(?![A-Za-z])"
)
_WORD = r"(?:[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ɏ0-9'’.&\-]{1,24})"
_LED = Screened(
    rf"(?:(?:[Ww]ork(?:s|ed|ing)?|[Ee]mployed|[Jj]ob|[Pp]osition|[Ee]ngineer|[Aa]ccountant|[Mm]anager|[Tt]eacher|[Ll]ecturer|[Pp]rofessor|[Dd]irector|[Cc]lerk|[Dd]river|[Nn]urse|[Ss]tudent|[Pp]upil|[Ii]ntern|[Vv]olunteers?|[Ww]elder|[Oo]perator|[Pp]rogrammer|[Aa]nalyst|[Cc]hef|[Cc]ook|[Ff]oreman|[Tt]echnician|[Ww]orker|[Ss]ecretary|[Ll]ibrarian|[Pp]artner) (?:at|for|with|by|in)"
    r"|[Ii]nsured (?:with|by)|[Ee]mployee of|[Rr]etired from|[Gg]raduated from|[Ss]tud(?:y|ies|ied|ying) at|[Tt](?:eaches|aught) at|[Aa]ttend(?:s|ed|ing)|[Ee]nrolled (?:at|in)|[Ff]ormerly (?:of|at|with)|[Vv]olunteer(?:s|ed|ing)? (?:with|at|for)|[Ee]mployer is) (?:the |a )?"
    rf"(?P<body>{_WORD}(?: (?:(?:of|and|&|for|the) ){{0,2}}{_WORD}){{1,4}})(?![A-Za-z@])"
)
_KINDS = Regex(
    rf".*(?:{_SCHOOL}|{_BODY}|Mills?|Factory|Works|Plant|Company|Bank|Insurance|Assurance|Mutual|Securities|Holdings|Group|Partners|Associates|Trust|Charity|Temple|Supermarket|Hotel|Restaurant|Bakery|Consulting|Services|Logistics|Construction|Engineering|Textiles?|Electronics|Motors|Institute|Library|Museum|Center|Centre|Hospital|Clinic|Studio|Press|Club|Farm|Mine|Port|Airport|Railway|Energy|Power|Foods?|Technolog(?:y|ies)|Industries|Systems|Solutions|Media|Capital|Law|LLP|Drilling|Petroleum|Oil|Chemicals?|Steel|Pharma(?:ceuticals?)?|Biotech|Labs?|Society|Council|Bureau|Ministry|Authority)\.?"
)
_OF_MEDICINE = Regex(
    rf"(?!.*(?:Consult|Concierge)).*{_CARE}.*|.*(?:Hospital|Clinic|Hospice|Pharmacy|Nursing Home)\b.*"
)
_ADVISES = ("Consulting", "Consultancy", "Concierge")
"""Firms around medicine, which treat nobody."""
_PUBLIC = Regex(
    r"(?:American|European|Royal|National|International|World|Chinese|Japanese|British|Canadian|Australian|German|French|Italian|Spanish|Asian|Asia|Korean|Indian|Global|Union|Federal|Joint|Society|Association|Cochrane|Gates|Wellcome) ?"
)
"""What societies and authorities are called that guidelines name."""
_GENERIC = frozenset(
    "the a an our his her their your my this that each every local public private state national high higher primary secondary middle elementary junior senior grammar nursery boarding graduate medical nursing dental law business community "
    "technical vocational training night sunday summer day special old new teaching and of for in at to from with by or international hospital clinic retail online mail order outpatient inpatient discharge preferred specialty compounding central "
    "charitable catholic christian protestant orthodox baptist methodist lutheran anglican institute department faculty professor student teacher parent name address employer occupation education attending home school university college church "
    "oncology cancer health heart women's children's family general university surgical imaging radiology pathology eye wellness cardiology urology primary care patient patients study control working research multidisciplinary multi interest trial clinical".split()
)
"""Words before a kind of body that name none."""
_LEADING = frozenset(
    "the a an at in our his her their my your of from to by and for with dear see via".split()
)
_WORDS = Regex(r"[A-Za-zÀ-ɏ'’\-]+")
_SCORE = 0.7


class EnglishBodies:
    """`words` are English ones in small letters, of which no name is made."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = frozenset(words)

    def find(self, reading: Reading) -> Iterator[Detection]:
        text = reading.text
        for form in (_KNOWN, _OF, _OF_CARE):
            for match in reading.finditer(form):
                group = match.lastgroup or "body"
                start, end = self._tidied(text, *match.span(group))
                if start < end and (
                    group == "klinik" or self._is_named(text[start:end], last=form is not _OF)
                ):
                    yield self._detection(text, start, end, care=form is _OF_CARE)
        for match in reading.finditer(_LED):
            start = match.start("body")
            body = match["body"].rstrip(".")
            if _KINDS.fullmatch(body) and self._is_named(body, last=True) and not _PUBLIC.match(body):
                yield self._detection(text, start, start + len(body), care=False)

    @staticmethod
    def _detection(text: str, start: int, end: int, *, care: bool) -> Detection:
        care = care and not text.endswith(_ADVISES, start, end)
        kind = INSTITUTION if care or _OF_MEDICINE.fullmatch(text, start, end) else ORGANIZATION
        return Detection(kind, start, end, _SCORE, f"{kind}.english", ("english",))

    def _tidied(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Without what leads to the body; nothing of a society that guidelines name."""
        while (word := _WORDS.match(text, start, end)) and word[0].lower() in _LEADING:
            start = word.end() + 1
        return (start, start) if _PUBLIC.match(text, start, end) else (start, end)

    def _is_named(self, body: str, *, last: bool) -> bool:
        """Whether a word of it is no general one; `last` is whether the kind stands last."""
        words = [word.lower() for word in _WORDS.findall(body)]
        named = [word for word in (words[:-1] if last else words[1:]) if word not in _GENERIC]
        return bool(named) and (len(named) > 1 or named[0] not in self._words)
