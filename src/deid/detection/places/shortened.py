"""Bodies by the own part of their full name in the same text, though it is a word as well: 恒丰 of 夏邑县恒丰面粉厂.

Lists, letters and chats name a body once in full and then as everybody calls it there. What no dictionary knows is the
body wherever it stands; a word, a place or what may be somebody only where the text says that the body is called so, or
goes on with what hardly anything else has: 方圆的律师, 裕丰工会.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from deid.catalog.lexicon import WordIndex
from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.places.words import (
    FULL_NAME,
    INSTITUTION,
    NO_CORE,
    NO_NAME,
    ORGANIZATION,
    TRADES,
    listed_before,
)
from deid.detection.reading import Reading
from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.types import Detection, covering

_CLOSING = Regex(
    rf"(?:{TRADES})*(?:\([一-鿿]{{2,6}}\))?(?:(?:股份)?(?:有限)?(?:责任)?公司|集团|厂|矿|合作社|(?:律师|会计师)?事务所|律所|学校|[中小]学|高中|初中|幼儿园|研究所|"
    r"(?:财产|人寿|健康|养老)?保险|人寿|财险|大药房|药[房店]|药业|酒业|酒店|宾馆|饭店|超市|商[行店]|经营部|服务部|工作室|门市部|诊所|门诊部|俱乐部|基金会|客运|物流|[一-鿿]业)\Z"
)
"""What closes the full name of a body that has a name of its own."""
_CLOSING_HOSPITAL = Regex(
    "(?:(?:人民|中心|中医|中西医结合|肿瘤|妇[幼产儿]|妇幼保健|妇女|儿童|口腔|眼科|骨科|精神|心理|康复|护理|心血管|胸科|脑科|国际|综合|专科|老年|整形|美容|微创|[东西南北]院区)*"
    "(?:医院|保健院|卫生院|(?:医疗|医学|体检|康复|健康管理|生殖|影像|诊疗)中心|诊所|门诊部|医学部)(?:[东西南北]院区?|[一-鿿]{2,3}院区|分院)?)\\Z"
)
"""The same of a hospital: 秦栎|医院, 粤琮|妇儿医院."""
_SORT = Regex(
    "(?:实验|中心|希望|第[一二三四五六七八九十]+|外国语|外语|职业|技工|技师|师范|农业|工业|人民|民族|中国|中华|全国|国家|国际|本地|附属|直属|陪诊|陪护|护理|家政|总|分|老|新)+"
)
"""What a body is, and is not called: 实验小学."""
_TOLD_BEFORE = Regex(r"(?:(?:[人都里]|我们)也?叫|简称|下称|人称)[\"“「『]?\Z")
_ITS_BEHIND = Regex(
    r"(?:的)?(?:退休(?:证|人员|职工|工人)|会计|财务(?![一-鿿]{0,2}自由)|人事|领队|班主任|校长|厂长|车间主任|理事长|辅导员|律师|对接人|工会|团险|社保科|医保办|理赔|班车|名单|体检(?:名单|单)|单号|对公|开票|欠[款费薪])"
)
"""What a body has, and hardly anything else."""
_DONE_BEHIND = Regex(
    r"(?:的|里)?(?:老板|经理|司机|门卫|保安|客服|老师|教授|院长|所长|职工|员工|工人|同事|宿舍|家属[院区楼]|上班|放假|毕业|念书|读书|退休|下岗)|那[边笔]|这边|[不没]给|给(?:[我你他她咱]们?)?(?:约|报|买|交|出|付)|付[款了]|打[款了]|拖欠"
)
"""What is said of bodies and of much else: it shows only that picked characters that are no word call one, 民大毕业."""
_OF_HOSPITAL = Regex(
    r"[ ]?(?:[一-鿿]{0,3}(?:[内外妇儿骨眼]科|科室|科(?![技学普])|[0-9]{1,2}[楼层F]|[门急]诊|病房|住院|国际部|特需|本部|分院|院区|体检|病理|放疗|化疗|影像|检验|产科|心[内外]|神[内外]|消化|血液|肿瘤|呼吸|内分泌|导管室|ICU)"
    r"|那?[边里](?!的?话)|的(?:号|专家|医[生师]|大夫|[一-鿿]{1,3}(?:主任|教授|医[生师]|大夫)|床位?|片子|报告|病历|单子)|看(?:[过病的了]|[一-鿿]{0,2}科)|做(?:的|手术|检查|体检)|住院|收(?:住|治|了)?[,。;]|复查|就诊|挂[了的号]|出具|开[的了])"
)
"""What a hospital has, and what is done there."""
_GONE_TO, _ENDS = Regex("[去到在转来从回往约挂送找问]\\Z"), Regex(r"[ ]?(?:[,。;、)\n?!|→]|\Z)")
_SOMEBODY_THERE = Regex("[一-鿿]{1,3}(?:主任|教授|医[生师]|大夫|护士)")
_NEXT_CELL = Regex(r"[ ]{0,2}[|\t,(][ ]{0,2}[\"“「]?\Z")
_CELL_ENDS = Regex(r"[\"”」]?[ ]{0,2}(?:[|\t,)]|\n|\Z)")
_NUMBERED = Screened("(?<![第附一二三四五六七八九十])[一二三四五六七八九十]{1,2}院(?![长士校子落])")
_PICKED = {"大学": "大", "小学": "小", "中学": "中", "究所": "所", "究院": "院"}
"""What is left of the last word of those that are called by single characters: 民大, 实小, 葡萄所."""
_PRONOUNS = frozenset("我你他她咱谁")
_SHORTEST, _LONGEST, _COMMON, _RARE = 2, 6, 3000, 5
"""Characters of a name in short, and how often jieba's dictionary may count one that is a word, and one of picked characters."""
_OF_A_PLACE = tuple("村镇乡县市区路街河山湖")
_CLOSED_BY = "厂矿校店所行"
_LIKELY, _SCORE, _OF_BODY, _SURE = 0.6, 0.66, 0.87, 0.92


def find_shortened(
    reading: Reading, claims: Sequence[Detection], covered: bytearray, divisions: Divisions
) -> Iterator[Detection]:
    """The bodies among the claims where they are called in short."""
    bodies = [
        claim
        for claim in claims
        if claim.entity_type in (ORGANIZATION, INSTITUTION) and claim.score >= _LIKELY
    ]
    names = WordIndex({name: (full, kind) for kind, full, name in _own_names(reading, bodies, divisions)})
    if not names:
        return
    text = reading.text
    ends = {body.end for body in bodies}
    named = covering(len(text), ((body.start, body.end) for body in bodies))
    for start, end, (full, kind) in names.find_all(text):
        own = full.startswith(text[start:end])
        if kind == INSTITUTION and _is_hospital(reading, start, end, divisions):
            named[start:end] = covered[start:end] = b"\1" * (end - start)
            yield Detection(kind, start, end, _OF_BODY, f"{kind}.short", (FULL_NAME,))
            continue
        end += _shared(full[end - start :], text, end) if own else 0
        if 0 not in named[start:end]:
            continue
        alone = (
            kind == ORGANIZATION
            and 1 not in covered[start:end]
            and _stands_alone(reading, start, end, divisions)
        )
        shown = _is_told(text, start, end, ends) or (
            kind == ORGANIZATION and _ITS_BEHIND.match(text, end) is not None
        )
        if not shown and not (alone and (own or _DONE_BEHIND.match(text, end))):
            continue
        place = listed_before(divisions, text, start)
        start = start if place is None else place
        covered[start:end] = b"\1" * (end - start)
        yield Detection(kind, start, end, _SURE if shown else _SCORE, f"{kind}.short", (FULL_NAME,))


def numbered_hospitals(reading: Reading, claims: Sequence[Detection]) -> Iterator[Detection]:
    """七院 elsewhere in a text in which it is a hospital."""
    text = reading.text
    named = {text[c.start : c.end] for c in claims if c.entity_type == INSTITUTION and c.score >= _LIKELY}
    for match in reading.finditer(_NUMBERED) if named else ():
        if match[0] in named:
            yield Detection(INSTITUTION, *match.span(), _SCORE, f"{INSTITUTION}.short", (FULL_NAME,))


def _own_names(
    reading: Reading, bodies: Sequence[Detection], divisions: Divisions
) -> Iterator[tuple[str, str, str]]:
    """What bodies are, their full names without their places, and the beginnings that each may be called by."""
    for body in bodies:
        start = _behind_places(reading.text, body.start, body.end, divisions)
        full = reading.text[start : body.end]
        bounds = {bound - start for bound in reading.boundaries(start, body.end)}
        if last := _PICKED.get(full[-2:]):
            picked = (full[bound] + last for bound in bounds if 0 <= bound < len(full) - 2)
            yield from ((body.entity_type, full, name) for name in picked if _may_be_picked(reading, name))
        closing = (_CLOSING if body.entity_type == ORGANIZATION else _CLOSING_HOSPITAL).search(full)
        size = closing.start() if closing else 0
        for length in range(_SHORTEST, min(size, _LONGEST) + 1):
            if (length in bounds or length == size) and _may_call(reading, full[:length]):
                yield body.entity_type, full, full[:length]
                break


def _may_be_picked(reading: Reading, name: str) -> bool:
    """实小, 财大, but not 医院, 广大, 产院."""
    kind = word_list().part_of_speech(name)
    return kind == "j" or (kind != "n" and reading.known(name) <= _RARE)


def _is_word(reading: Reading, name: str) -> bool:
    return reading.known(name) > 0 or bool(word_list().part_of_speech(name))


def _may_call(reading: Reading, name: str) -> bool:
    """Whether it is no sort of body, no pronoun, and no word of every day."""
    return not (
        _SORT.match(name)
        or NO_CORE.search(name)
        or (NO_NAME | _PRONOUNS) & set(name)
        or reading.known(name) > _COMMON
    )


def _behind_places(text: str, start: int, end: int, divisions: Divisions) -> int:
    """Where the name goes on behind the places that it begins with."""
    while (place := divisions.at(text, start)) and place.end + _SHORTEST < end:
        start = place.end
    return start


def _shared(rest: str, text: str, start: int) -> int:
    """How much of the rest of the full name stands there, or what closes it: 面粉 of 渭桥|面粉设备厂, 矿 of 汶南|煤矿."""
    size = 0
    while size < len(rest) and text[start + size : start + size + 1] == rest[size]:
        size += 1
    if size > 1:
        return size
    return int(rest[-1:] in _CLOSED_BY and text.startswith(rest[-1:], start))


def _is_told(text: str, start: int, end: int, ends: Collection[int]) -> bool:
    """Whether the text says that the body is called so, in words, in brackets or in the next cell."""
    if _TOLD_BEFORE.search(text, max(0, start - 8), start):
        return True
    beside = _NEXT_CELL.search(text, max(0, start - 6), start)
    return beside is not None and beside.start() in ends and _CELL_ENDS.match(text, end) is not None


def _is_hospital(reading: Reading, start: int, end: int, divisions: Divisions) -> bool:
    """Whether what is no word nor place is told of as hospitals are: 秦栎的惠主任, 湘棹心外."""
    name = reading.text[start:end]
    if _is_word(reading, name) or divisions.names(name):
        return False
    text = reading.text
    if _OF_HOSPITAL.match(text, end) or _SOMEBODY_THERE.match(text, end):
        return True
    return _ENDS.match(text, end) is not None and _GONE_TO.search(text, max(0, start - 1), start) is not None


def _stands_alone(reading: Reading, start: int, end: int, divisions: Divisions) -> bool:
    """Whether no word, place or person is written there, and no words meet in it."""
    name = reading.text[start:end]
    if _is_word(reading, name) or divisions.names(name):
        return False
    if any(tag.label == "PER" and tag.start < end and start < tag.end for tag in reading.tagged):
        return False
    bounds = reading.boundaries(start, end)
    return start in bounds and end in bounds and reading.text[end : end + 1] not in _OF_A_PLACE
