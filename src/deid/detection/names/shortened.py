"""Surnames before an office in short, as colleagues address those who hold it: 牛处：预算超了, 请戚科签字, 沙局，您看.

处, 科 and the like begin and end words everywhere, so what stands around has to say that somebody is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.signed import MEASURES
from deid.detection.names.words import FUNCTION_SURNAMES
from deid.detection.reading import Reading
from deid.grammar.name import HAN

_OFFICE = "[处科局厅所台行队导院校董]"
_ACTS = (
    r"说(?!明)|讲(?![台座课])|批(?:示|了|复|准)|同意|签[字了过]|让(?=[我你您他她咱大])|叫(?=[我你您他她咱大])|(?:还|也|都|已|正|刚|没|就)?(?:不?在|[到来])(?=[外省市县京开哪吗这吧,。;!?\n]|不在|了|\Z)|"
    r"那[边里]|的(?:意[思见]|片子|指示|电话|微信|号|字)|先[讲说]|交[代待]|安排|带(?=[我你您他她两三几]|队)|点了?头|主持|发[话言]|(?:很|不|挺|比较)(?:满意|高兴)|问(?=[我你您起过了])|看(?=[过了一])|定了?(?=[,。;]|的)|来了|过目"
)
_LED = "请找跟给让由听和与叫问向见"
_LED_ACTS = r"签[字个]?|批|汇报|说[一了过声]|讲[一了过]|看[一下过]|定(?![在于])|过目|审|对(?=[过一了])|拍板|回(?=[个了]?电话)|打(?=[个了]?电话)|发言|讲话|出面|帮|约(?![定束])"
_FORM = Screened(
    rf"(?=[{HAN}]{_OFFICE})(?:(?<![{HAN}])(?P<called>[{HAN}]){_OFFICE}(?=[,:!~][ ]?(?:[您你我咱这那刚好麻在请辛收晚早中下上]|\n)|:)"
    rf"|(?:(?<![{HAN}])|(?<=[{_LED}])|(?<=[今昨明]天)|(?<=[我咱]们)|(?<=麻烦)|(?<=刚才))(?P<acts>[{HAN}]){_OFFICE}(?=[ ]?(?:{_ACTS})|\((?P=acts)[{HAN}]{{1,2}}\))"
    rf"|(?:(?<=[{_LED}])|(?<=[示问找见]了))(?P<led>[{HAN}]){_OFFICE}(?=(?:再|先|也|来|去|给)?(?:{_LED_ACTS})|[,。;]))"
)
_NEVER_GIVEN = "导"
"""Nobody's given name: 郑|导已经回了."""
_KNOWN = 5
"""How often jieba's dictionary counts what is a word rather than a surname and an office: 单行, 车队, 黄台."""
_NO_SURNAMES = frozenset(
    "总车单分支平高后前舞站领编排部会专内外本原各全连关路门水章方常党温安康金花田柏石战井药茶税剧商练步"
)
"""Surnames that make a word with an office more often than somebody's: 平台, 车队, 常委会|所, 金科."""
_CLEAR_OFFICES = frozenset("处局")
"""Offices that end few words with such a surname: 温局, 文处."""


class NamesBeforeShortOffices:
    """Proposes the surname alone."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def find(self, reading: Reading) -> Iterator[Candidate]:
        for match in reading.finditer(_FORM):
            start = match.start(match.lastgroup or 0)
            if _holds_office(self._fitting, reading, start):
                yield Candidate(start, start + 1, 0.85, ("required", "office"))


def _holds_office(fitting: Fitting, reading: Reading, start: int) -> bool:
    """Whether a surname and an office in short stand at `start`, and no other word."""
    text = reading.text
    surname, office = text[start], text[start + 1 : start + 2]
    if surname not in fitting.grammar.surnames or surname in FUNCTION_SURNAMES | MEASURES:
        return False
    if surname in _NO_SURNAMES and office not in _CLEAR_OFFICES:
        return False
    return reading.known(surname + office) <= _KNOWN


def ends_before_office(fitting: Fitting, reading: Reading, start: int, end: int) -> bool:
    """Whether what was taken for a name is a surname and the office: 戚|科签字."""
    led = end - start == 2 and (reading.text[end - 1] in _NEVER_GIVEN or _FORM.match(reading.text, start))
    return bool(led) and _holds_office(fitting, reading, start)
