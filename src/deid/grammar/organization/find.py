"""Organisations in running text: names with the word that closes them, listed ones, and those in short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deid.catalog.lexicon import WordIndex
from deid.grammar.address import NAME_CHARACTERS
from deid.grammar.divisions import Divisions
from deid.grammar.organization.closing import CLOSING
from deid.grammar.organization.match import Kind, OrganizationMatch
from deid.grammar.organization.score import score_of
from deid.grammar.organization.short import by_short_form, by_short_name
from deid.grammar.organization.start import CUTS, FIRM_OF_HOSPITALS, start_of
from deid.regexes import Regex

_NOT_BEFORE: Mapping[str, str] = {
    "大学": "生城", "学院": "派", "中学": "生", "小学": "生", "厂": "家商房区长矿址", "集团": "军化", "海关": "税总", "学校": "生", "分行": "业",
    "学会": "了", "部队": "医首", "银行": "卡账", "社": "会", "饭店": "里", "医院": "感",
}  # fmt: skip
_WARD = Regex("感染(?:病|性疾病)?(?:一|二)?(?:科|病区|楼)|感染(?:控制|管理)[科处办]")
"""安庆市立医院感染病科, but not 医院感染."""
_ENDS = Regex(r"[,;。:\n)(、!?\s□☐☑√]|\Z|[种看洗补正做建住生就读上在的学老教高初拔镶戴矫拿买打取配验查]")
_MUST_END = frozenset(("口腔", "齿科", "医美", "妇产", "附中", "附小", "门诊"))
_OUTPATIENTS = ("眼科", "口腔", "齿科", "牙科", "国际")
"""What 门诊 closes a name behind: 明视眼科|门诊."""
# Before a name: where somebody is, works or goes, or the beginning of a cell.
_AFFILIATION = Regex(
    r"(?:\A|[\n\t:|(\[\"“]|[在到去于往回至由赴原]|单位[是为]?|来自|供应商|[甲乙丙]方|[就任供]职于?|楼[上下]|对面|隔壁|门口|\n[0-9]{1,2}[.、] ?)\Z"
)
_DEALT_WITH = Regex(
    r"(?:(?<![一-鿿])[与和跟同]|(?<=[们方司])[与和跟同]|住进?|入住|送[到进去]|找|联系|签约|隔壁|转[到入]|[出进]了|[与和跟由](?=[一-鿿]{2}养老院))\Z"
)
"""Before a home or a studio, beside what `_AFFILIATION` knows: 住|松鹤养老院, 与|福寿养老院签约."""
_HOMES = tuple(
    "养老院 敬老院 福利院 养护院 颐养院 护老院 老年公寓 养老公寓 养老服务中心 工作室 托育园 亲子园 月子会所 民宿".split()
)
_AT_WORK = Regex("(?<=厂)(?:退休|下岗)?(?:工人|职工|员工)")
"""云岭木雕厂|工人."""
_YEAR_OF_SCHOOL = Regex("[一二三四五六七八九初高][年一二三]级?")
"""菊泉学校|一年级."""
_MARKS = frozenset(",;。、")
_ONE_OF_ITS_KIND = Regex("[到去向报给把被由让找请经送交知诉][省市县区州旗]\\Z")
"""Behind a verb or a preposition a rank is that of the one body of its kind that there is."""
_BRANCH: Mapping[str, Regex] = {
    "medical": Regex(
        rf"司法鉴定(?:所|中心)|(?:管理|投资|连锁|咨询|服务|健康|科技|发展){{0,3}}(?:集团)?(?:股份)?有限(?:责任)?公司|\([^()\n]{{0,8}}(?:院区|分院|[东西南北]院|[东西南北]区|店)\)|第[一二三四五六七八]医学中心|(?<=药[房店])连锁(?![店门药经])|(?<=药[房店])(?:(?![了在去到和与是有买卖开旁对附边门的])[{NAME_CHARACTERS}]){{2,6}}?店(?![长员铺面里])|(?!住)(?:[{NAME_CHARACTERS}]{{0,6}}?(?:分院|院区)|[东西南北]院区?)(?![士长墙])"
    ),
    "company": Regex(
        rf"\((?:有限合伙|普通合伙|特殊普通合伙|集团|中国)\)|[{NAME_CHARACTERS}]{{0,10}}?(?:分公司|分部(?![门位])|(?:中心)?支公司|中支|[分支]行|营业[部厅]|分理处|储蓄所|分店|分所)|(?<=[市房店馆])(?:(?![的了在去到和与是有买卖开旁对附边门])[{NAME_CHARACTERS}]){{2,6}}?店(?![长员铺面里])|驻?(?:(?![在到去与和由从向的及、])[{NAME_CHARACTERS}]){{2,4}}代表处|(?<=集团)[{NAME_CHARACTERS}]{{2,4}}?矿(?![工长区上务山井石产用业难])|(?<=公司)(?!下属|所属|旗下|自有|外包|[加代分])[{NAME_CHARACTERS}]{{1,4}}?(?<!药)(?<!家)厂(?![区长家房商])|(?!下属|所属|旗下|自有|外包|[加代分])[{NAME_CHARACTERS}]{{1,4}}?工厂(?![区长家房商])"
    ),
    "other": Regex(rf"(?<=[会部])(?![与和及])[{NAME_CHARACTERS}]{{2,6}}?分会(?![场员议])"),
    "agency": Regex(rf"[{NAME_CHARACTERS}]{{1,6}}?(?:分局|派出所|[支大中]队)|稽查局"),
    "school": Regex(
        rf"(?<=[中小]学)校(?![医园长门区服友内外舍车歌庆史规纪])|\([^()\n]{{1,8}}校区\)|[{NAME_CHARACTERS}]{{0,4}}?(?:校区|分校)"
    ),
}

_closing_words = WordIndex(CLOSING)
_NONE: WordIndex[str] = WordIndex({})


def find_organizations(
    text: str,
    divisions: Divisions,
    *,
    hospitals: WordIndex[str] = _NONE,
    short_names: WordIndex[str] = _NONE,
) -> Iterator[OrganizationMatch]:
    """Organisations in `text`, disjoint, in order of start.

    `hospitals` are full names that are certain, `short_names` are used names without a closing word
    (协和, 湘雅), of which the short ones count only where the words around them fit.
    """
    found = list(_by_closing_word(text, divisions))
    found += (OrganizationMatch(start, end, "medical", 0.95) for start, end, _ in hospitals.find(text))
    found += by_short_form(text, divisions)
    found += by_short_name(text, short_names, divisions)
    yield from _disjoint(found)


def _by_closing_word(text: str, divisions: Divisions) -> Iterator[OrganizationMatch]:
    for begin, end, (kind, score) in _closing_words.find(text):
        word = text[begin:end]
        following = text[end : end + 1]
        if (
            following
            and following in _NOT_BEFORE.get(word, "")
            and not _WARD.match(text, end)
            and (word != "银行" or divisions.start_before(text, begin) is None)
        ):
            continue  # 银行卡, but not 北京银行卡
        if word == "门诊" and not text.endswith(_OUTPATIENTS, 0, begin):
            continue
        if word in _MUST_END and not _ENDS.match(text, end):
            continue
        start = start_of(text, begin, kind, divisions, vague=score <= 0.6)
        if start is None:
            continue
        cued = _is_led(text, start, end)
        likely = score_of(text[start:begin], word, kind, score, divisions, cued)
        if not likely and kind == "agency" and _ONE_OF_ITS_KIND.search(text, max(0, begin - 2), begin):
            start = begin - 1  # 再不退去市卫健委
            likely = score_of(text[start:begin], word, kind, score, divisions, cued)
        if likely and cued and word in _HOMES:
            likely = max(likely, 0.75)  # 住|松鹤|养老院: nobody is called so there
        if likely:
            last = _with_branch(text, end, kind)
            yield OrganizationMatch(
                start, last, "company" if FIRM_OF_HOSPITALS.match(text, end, last) else kind, likely
            )


def _is_led(text: str, start: int, end: int) -> bool:
    """Whether a word of place leads to the name, or the beginning of a cell."""
    before = (max(0, start - 4), start)
    return bool(
        _AFFILIATION.search(text, *before)
        or (text.endswith(_HOMES, start, end) and _DEALT_WITH.search(text, *before))
        or (text[start - 1 : start] in _MARKS and (_AT_WORK.match(text, end) or _is_item(text, start, end)))
        or (text.endswith("学校", start, end) and _YEAR_OF_SCHOOL.match(text, end))
    )


def _is_item(text: str, start: int, end: int) -> bool:
    """金色晚晴养老院 between commas: a home with a name of its own."""
    named = any(text.endswith(home, start, end) and end - start - len(home) > 2 for home in _HOMES)
    return named and _ENDS.match(text, end) is not None


def _with_branch(text: str, end: int, kind: Kind) -> int:
    branch = _BRANCH.get(kind)
    match = branch.match(text, end) if branch else None
    firm = match is not None and match[0].endswith("公司")
    return match.end() if match and (firm or not CUTS[kind].search(match[0])) else end


def _disjoint(found: list[OrganizationMatch]) -> Iterator[OrganizationMatch]:
    """Of those that overlap the longer; a certain name (of the list) trims a longer one with the same end."""
    found.sort(key=lambda match: (match.start, -match.end))
    last: OrganizationMatch | None = None
    for match in found:
        if last is None or match.start >= last.end:
            if last is not None:
                yield last
            last = match
        elif match.end > last.end:
            last = OrganizationMatch(last.start, match.end, match.kind, max(match.score, last.score))
        elif match.end == last.end and match.score > last.score and match.score >= 0.95:
            last = OrganizationMatch(last.start, last.end, last.kind, match.score)
    if last is not None:
        yield last
