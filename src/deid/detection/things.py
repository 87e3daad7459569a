"""Fields that hold the name of a thing: 产品名称, 医院名称, 卡种, `drug_name`.

The tagger has nothing but two or three characters there, and takes 王老吉, 白云 and 银卡 for
persons. Under a label that says nothing of the kind (remarks, unknown keys) a whole cell is a
name only when it looks like one: 王雪梅, not 银卡.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_ASIDE = Regex(r"\([^()]*\)|\[[^\[\]]*\]|[\s:*＊#.、]+|(?:必填|选填)")
_ALTERNATIVE = Regex(r"[/|或及和、]")
_DENOMINATED = Regex(r"(.*?)名称")
_OF_PERSONS = Regex(
    r"(?:别|化|艺|网|昵|本|中文|英文)?"
    r"|.*(?:[人者员师生户姓婴儿妈爸父母夫妻子女友]|医生|大夫|护士|家属|顾客|客户|会员|用户|患者|病人|真实?|曾用|经理|主任|顾问|客服|秘书|助理|医助|导诊)"
)
"""Whose 名称 is that of a person; all others are of things."""
_NAMED = Regex(r"(.+?)(?:名字|名|[ _\-]?(?i:names?))")
_CALLED = Regex(
    r".*(?:[品药病菌菜店校船村镇县市省国地街路站馆楼园队班课书片歌曲剧戏域库类厂社]|文件|零件|配件|数据表|报表|商标?|通用|化学|化工|团体|节目|游戏|活动|任务|会议|标签|字段|主机|拉丁|英文药|银行"
    r"|栏目|频道|系统|软件|程序|模板|模块|标题)|[学种属题批]"
    r"|(?i:.*(?:file|host|server|domain|table|column|field|database|db|schema|folder|path|bucket|key|tag|label|param|parameter|variable|function|method|module|app|application|service|page|menu"
    r"|item|task|project|event|activity|campaign|channel|course|template|sheet|form|study|trial|group|team|job|position|role|title|hospital|clinic|company|org|organi[sz]ation|school|university|bank|branch"
    r"|store|shop|supplier|vendor|country|street|road|district|area|region|site|ward|room|bed|test|exam|lab|device|equipment|operation|procedure|symptom|allergen|generic|trade|ingredient|species|insurance|policy"
    r"|link|class|component|element|action|icon|section|widget|button|layout|view|asset|image|slot|screen|tab|theme|font|style|attribute|property|route|cookie|track|video|article|story|topic))"
)
"""What has a 名, or a name, and is no person; of anything else that may be one's: 签名, pt_name."""
_THING = Regex(
    r".*(?:等级|级别|卡种|卡别|卡类|类型|类别|种类|分类|型号|规格|品牌|品种|产品|商品|药品|药物|套餐|项目|方案|课程|状态|科室|部门|病区|医院|单位|学校|公司|机构|颜色|评级"
    r"|用药|处方|方剂|疾病|诊断|症状|险种|口味|款式|材质|货品|食物|食品|耗材|器械|设备|仪器|检验|检查|手术|证型|舌象|脉象|穴位|版本|标本|样[本品]|职称|职务|岗位|学历|专业|民族|籍贯|城市|省份)"
    r"|(?i:.*(?:level|grade|tier|type|category|status|brand|model|product|drug|medicine|medication|colou?r|package|version|specification|diagnosis|disease|department|dept|ward|city|province|plan|sku|goods|procedure|symptom|device|equipment|insurance|allergen"
    r"|(?:file|stream|console|error|info|debug|event|logs?|request|exception|signal|message|queue|http|smtp)[ _\-]?handlers?))"
)
_NUMBERED_THING = Regex(
    r"(?i:(?:order|form|survey|questionnaire|process|instance|bill|invoice|trade|transaction|txn|payment|pay|refund|coupon|sku|goods|product|item|batch|file|img|image|msg|message|log|session|request|trace|task|job|template|activity)[ _\-]?(?:id|no|num|number|code))|(?:订单|流水|交易|发票|账单|商品|批次|审批|流程|商户|支付|退款|采购|[出入]库|发货|工单|业务|(?:业务)?参考|快递|物流|运单?|凭证|领料|盘点)(?:订?单|流水|实例)?(?:编?号码?|ID|id)|(?:生产|产品|药品)?批号|货号|序列号|(?i:lot|batch)(?:[ _]?no)?"
    r"|(?i:(?:file|image|img|pic|video|voice|audio|media|attach(?:ment)?|page|total|play|body|content|msg|message)?[ _\-]?(?:size|length|width|height|count|duration|offset|bytes|quantity|qty))"
)
_GENERAL = frozenset(
    "name names value val values text content title label display string data item items key full first last middle given family nick "
    "short formal formatted detail details line line1 line2 use cn en zh pinyin "
    "名称 名字 姓 名 姓氏 拼音 全称 简称 中文 英文 内容 值 文本 答案 回答 结果 详情 明细 填写 信息 基本信息 资料 单位 公司".split()
)
_FIELD = Screened(
    r"(?:(?<=[\n,;。、|\t ])|^)([一-鿿A-Za-z_]{2,12})[ ]?[:=][ ]?([^\n,;。:=|\t]{1,12}?)(?=[ ]*(?:[\n,;。|\t]|$))"
)
_GUESSES = frozenset({"tagger", "alone", "label", "certain elsewhere", "given name of one", "remaining"})
_VERY_SURE = 0.97
"""How likely a word of a cell must be a name that hardly looks like one: 聂想 below 主管."""
_MARGIN = 2
"""Characters of a field around a guessed name: quotes, a part of the word that the tagger left out."""


class _Field(NamedTuple):
    start: int
    end: int
    label: str
    in_table: bool


@lru_cache(maxsize=4096)
def is_thing(label: str) -> bool:
    """Whether a label says that its value is the name of a thing.

    >>> [is_thing(label) for label in ("产品名称", "卡种", "drug_name", "客户名称", "户名", "userName", "名称")]
    [True, True, True, False, False, False, False]
    """
    parts = [part for part in _ALTERNATIVE.split(_ASIDE.sub("", label)) if part]
    return bool(parts) and all(map(_names_thing, parts))


def is_number_of_thing(label: str) -> bool:
    """Whether a label says that its value is the number of a thing.

    >>> [is_number_of_thing(label) for label in ("order_id", "SKU No", "订单号", "交易单号", "patient_id", "id")]
    [True, True, True, True, False, False]
    """
    return _NUMBERED_THING.fullmatch(label) is not None


def is_general(label: str) -> bool:
    """Whether a label leaves it to those around it what its value is: `{"patient": {"value": …}}`, 医院 | 名称.

    >>> [is_general(label) for label in ("value", "name", "全称", "diagnosis", "备注")]
    [True, True, True, False, False]
    """
    return label.strip(" :*").casefold() in _GENERAL


def _names_thing(label: str) -> bool:
    if denominated := _DENOMINATED.fullmatch(label):
        return not _OF_PERSONS.fullmatch(denominated[1])
    if named := _NAMED.fullmatch(label):
        return any(kind.fullmatch(named[1]) for kind in (_CALLED, _THING))
    return bool(_THING.fullmatch(label))


def without_things(
    reading: Reading, persons: Sequence[Detection], is_name: Callable[[str, bool], bool]
) -> Iterator[Detection]:
    """`persons` but for those that are all of such a field and only guessed.

    `is_name` says whether a word looks like one by itself, or to the tagger, which is very sure.
    """
    fields = sorted(_fields(reading), key=lambda field: field.start) if persons else []
    starts = [field.start for field in fields]
    for claim in persons:
        guessed = claim.evidence[:1] and claim.evidence[0] in _GUESSES
        near = slice(bisect_left(starts, claim.start - _MARGIN), bisect_right(starts, claim.start))
        if not (
            guessed
            and any(
                _fills(claim, field) and _speaks_against(reading, claim, field, is_name)
                for field in fields[near]
            )
        ):
            yield claim


def _fields(reading: Reading) -> Iterator[_Field]:
    text = reading.text
    for start, end, label in reading.cells:
        yield _Field(start, end, label, in_table=True)
    if ":" in text or "=" in text:
        for match in reading.finditer(_FIELD):
            yield _Field(*match.span(2), match[1], in_table=False)


def _fills(claim: Detection, field: _Field) -> bool:
    return (
        field.start <= claim.start <= field.start + _MARGIN and field.end - _MARGIN <= claim.end <= field.end
    )


def _speaks_against(
    reading: Reading, claim: Detection, field: _Field, is_name: Callable[[str, bool], bool]
) -> bool:
    if is_thing(field.label):
        return True
    if not field.in_table or reading.is_field(field.start, ("PERSON",)):
        return False
    name = reading.text[claim.start : claim.end]
    sure = reading.likeliness(claim.start, claim.end) >= _VERY_SURE
    return len(name) < 4 and not is_name(name, sure)
