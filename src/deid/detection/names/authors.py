"""Who wrote the books that a text tells of, or lived in another age: 王纶《明医杂著》, 清·林佩琴, 元代，忽思慧.

Somebody who reads such a book or speaks on it is kept: 刘敏《伤寒论》读书笔记.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deid.detection.names.fit import Candidate
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.grammar.romanized import is_given
from deid.regexes import Regex

_LOOKS = frozenset(["tagger", "compound surname", "led by a verb", "list", "alone", "prose", "given name", "romanized", "lettered", "remaining"])  # fmt: skip
"""Evidence that says nothing of who it is."""
_AGES = "先秦|春秋|战国|[前后两东西]汉|三国|魏晋|[东西]晋|南北朝|[南北]朝|北[魏齐周]|五代|[南北两]宋|金元|明清|晚[唐明清]|[秦汉魏晋梁隋唐宋金元明清]"
_OF_AGE = Regex(
    rf"(?:(?<![{HAN}])(?:[到至]了?|早在|相传)?(?:{_AGES})[·・.]|[(〔\[](?:{_AGES})[)〕\]][·・.]?"
    rf"|(?:(?:{_AGES})(?:[代朝末初]|末年|初年|时期?|之际)|先秦|春秋|战国|三国|南北朝|五代|[南北]宋|[东西]汉|[东西]晋)(?:[{HAN}]{{0,6}}(?:家|医|士|诗人|文人|名臣|学者|大儒|高僧|道人)|的)?,?)\Z"
)
"""What tells of the age somebody lived in: 清·, (宋), 元代，, 清代名医."""
_DOTTED_AGE = Regex("(?:[前后两东西]汉|[东西南北两]?宋|[两东西]?晋|[秦汉魏隋元明清])[·・]")
"""清·魏之琇; no 唐 and no 金, which people from abroad are called."""
_AGE_BEHIND = Regex(rf"[ ]?[(〔\[](?:{_AGES})代?[)〕\]]")
"""And behind him: 林佩琴(清)."""
_LETTERS = "伤寒|金匮|温[病疫热]|瘟疫|本草|千金|外台|素问|灵枢|内经|难经|脉[经诀学]|甲乙经|针灸大成|资生经|痘疹|霍乱论|痧胀|疡[科医]|外科(?:正宗|证治|精[义要]|大成|理例)|妇人良方|女科|幼[科幼]|小儿药证"
_MORE_LETTERS = "医学(?:心悟|入门|正传|衷中|纲目|三字经|实在易|从众录|源流|真传)|医(?:宗|门|林改错|方集解|方论|方考|贯|级|碥|醇|原|垒|彻|旨|经溯洄|略|验|津|灯续焰)|景岳|石室|类经|儒门事亲|脾胃论|格致余论|丹溪|士材|冷庐|三因|济生|圣惠|和剂局方|肘后|博济|普济|证治准绳|金鉴|衷中参西|经方实验|皇汉医学|药征|类聚方"
_ENDINGS = "全书|心[法典悟]|贯珠集|指掌|医[案话鉴]|类案|杂著|条辨|宝鉴|真诠|歌[括诀赋]|秘录|恒言|偶寄|食单|正要|饮食谱|养老新书|尊生八笺|验方新编|时病论|辨证录|溯源集|来苏集|悬解|尚论篇"
_CLASSIC = Regex(rf"《[^《》\n]{{0,8}}?(?:{_LETTERS}|{_MORE_LETTERS}|{_ENDINGS})[^《》\n]{{0,8}}》")
"""The title of a book of former times, by the words of which it is made."""
_WROTE = Regex(
    rf"(?:所|曾|亦|又|乃|自)?(?:著|撰|编[著撰]?|辑|作|注|述|有|的|在|之)?(?:有|成|于)?(?={_CLASSIC.pattern})"
)
_IS_READ = Regex(
    r"[^。;\n]{0,4}(?:读书?|听|学习?|讲[课稿座]?|心得|笔记|体会|[一二三四五六七八九十0-9][讲课章遍]|作业|报告|课件|分享|主讲)|[ ,]*[0-9]{1,3}[分元本册]"
)
"""Behind the title, where somebody reads it today."""
_LATIN = r"[A-Z][A-Za-z’'\-]+"
_FOUND_OUT = Regex(
    rf"(?P<row>(?:[ ]?(?:[与和及、&/]|and)[ ]?{_LATIN})*)[ ]?(?:等人?|et al\.?|[ ]?团队)?[ ]?(?:[(（]?(?:于[ ]?)?(?:1[6-9]|20)[0-9]{{2}}[ ]?年?[)）]?)?[ ]?(?:首[先次创]|最[早先]|率先)?(?:提出|描述|报[道告]|发[明现表]|命名|创[立建制]|编制|修订|开发|设计|归纳|总结|证实)"
)
"""What is said of who found something out: 由Russell与Burch提出."""
_MEASURE_OF = Regex("[ ]?(?:熵|定律|分布|变换|滤波器?|检验|效应|系数)(?![一-鿿]{0,2}[师员家])")
"""What is called after him in mathematics: Shannon熵."""
_DEVICE_OF = Regex(
    rf"(?:阀|支架|假体|术式?|入路|切口|手法|试验|量表|评分|分[型级期类]|标准|公式)(?:植入|置入|置换)?[ ]?[(][ ]?(?:{_LATIN}(?:[ ]?[、,/和与][ ]?))*\Z"
)
_IN_ROW = Regex(rf"(?:[ ]?[、,/和与][ ]?{_LATIN})*[ ]?[)]")
"""What is called after him, in brackets: 引流阀植入(Ahmed、Baerveldt)."""
_BESIDE_LATIN = Regex(rf"(?:由|经|据|自|是)[ ]?(?P<row>(?:{_LATIN}[ ]?[与和及、&][ ]?)*)\Z")
_LATIN_WORD = Regex(_LATIN)


def authors(reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates that wrote a book of former times or lived then, wherever in the text they stand."""
    text = reading.text
    guessed = [c for c in candidates if c.evidence[0] in _LOOKS or _DOTTED_AGE.match(text, c.start)]
    told = {text[c.start : c.end] for c in guessed if _is_author(text, c)}
    yield from (c for c in guessed if text[c.start : c.end] in told)


def _is_author(text: str, candidate: Candidate) -> bool:
    start, end = candidate.start, candidate.end
    if _DOTTED_AGE.match(text, start):
        return True
    if text[start].isascii():
        return _found_something(text, start, end) or _MEASURE_OF.match(text, end) is not None
    if _OF_AGE.search(text, max(0, start - 14), start) or _AGE_BEHIND.match(text, end):
        return True
    wrote = _WROTE.match(text, end)
    title = _CLASSIC.match(text, wrote.end()) if wrote else None
    return title is not None and _IS_READ.match(text, title.end()) is None


def _found_something(text: str, start: int, end: int) -> bool:
    """由Russell与Burch提出, but not 由Linda与Kevin提出: somebody of the row has no name that one is called by in an office."""
    if _DEVICE_OF.search(text, max(0, start - 40), start) and _IN_ROW.match(text, end):
        return True
    before = _BESIDE_LATIN.search(text, max(0, start - 30), start)
    behind = _FOUND_OUT.match(text, end)
    if before is None or behind is None:
        return False
    row = _LATIN_WORD.findall(f"{before['row']} {text[start:end]} {behind['row']}")
    return not all(map(is_given, row))
