"""Names of fields: what is one, and what those that say little are beside others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from deid.regexes import Regex

_NAMES = Regex(
    r"(?:姓名|名字|名称|曾用名|别名|英文名|小名|乳名|(?:^(?:患者|病人|客户|会员|家属|联系人|员工)?|(?<=[A-Za-z]))(?:姓氏?|名)|患者|病人|客户|会员|称呼|昵称|家属|(?<!^[^主副首总管送接])(?:医生|医师|护士|顾问|客服)|经办|签名|签字|.人|来访者|受检者|"
    r"性别|年龄|民族|籍贯|国籍|职业|职务|职称|岗位|学历|婚姻|婚否|宗教|血型|身高|体重|关系|"
    r"电话|手机|座机|联系方式|传真|微信|QQ|邮箱|邮件|网址|地址|住址|住所|现住|户籍|所在地|出生地|城市|省份|区县|邮编|"
    r"身份证|证件|护照|签证|医保卡?|社保卡?|银行|开户行|账户|账号|帐号|卡号|税号|信用代码|车牌|"
    r"号|号码|编号|序号|单号|病历|床位|批号|代码|编码|工号|ID|id|"
    r"单位|机构|部门|科室|病区|^.{0,2}(?:公司|企业|学校|医院|诊所|门店)|"
    r"日期|时间|生日|年月|月份|年份|"
    r"诊断|症状|主诉|病史|现病史|既往史|过敏史|用药|药品|处方|检查|检验|结果|提示|参考值|参考范围|治疗|处置|手术|方案|建议|医嘱|"
    r"金额|费用|价格|数量|单价|合计|收入|渠道|来源|状态|类型|类别|级别|等级|项目|内容|情况|说明|原因|备注|摘要|记录|问题|回复|意见|结论|照片|图片|头像|附件|题|题目|条目|班级|年级|专业|院系|"
    r"^(?:[初复终]审|审[定核批]|复核|[核校]对|调配|[发配]药|主刀|制[单表]|录入|填报)|(?<![高低])(?:血糖|血压|血脂|尿酸|肌酐)|体温|脉搏|心率|BMI|bmi|险种|套餐|产品|品种|爱好|班次|分数|得分|成绩|排名|名次|疗效)"
    r"$"
)
_ENGLISH = Regex(
    r"(?:(?:^|[ _\-])|(?-i:(?<=[a-z])(?=[A-Z])))(?:names?|[fl]name|surname|forename|phone|mobile|tel|cell|fax|e?mail|address|addr|city|id|no|num|number|code|date|time|"
    r"birthday|dob|birth|gender|sex|age|dept|department|doctor|physician|patient|contact|company|hospital|type|status|"
    r"remarks?|notes?|comment|diagnosis|wechat|qq|card|account|amount|price|total|sum|count|title|role)$|"
    r"(?<=[a-z]{2})(?:name|phone|mobile|address|email|number|code|birthday|gender|type|status|card|account)$",
    re.IGNORECASE,
)
_ASIDE = Regex(r"\s*[(（\[【〔][^)）\]】〕]{0,20}[)）\]】〕]\s*$")
_COUNTED = Regex(r"(?<=.)[0-9]{1,2}$")  # 电话2
OPEN_NAMES = frozenset("name displayname display_name name_en en_name name_cn cn_name name_zh".split())
"""Names of fields, in small letters, that hold what somebody or anything else is called."""
HOLDS_VALUE = Regex(r"[0-9０-９]{4}|[@，。；！？]|[:：].*\S")
"""In the text of a cell that is no name of a field."""
_BOUNDARY = r"(?:(?:^|[ _\-.])|(?<=[a-z])(?=[A-Z]))"  # dosage, hotel, image
_PERSONAL = Regex(
    r"性别|年龄|出生|生日|电话|手机|身份证|证件|微信|民族|婚姻|职业|关系|"
    rf"(?:{_BOUNDARY}(?i:gender|sex|age|birth|dob|phone|mob|mobile|tel|telephone|cell|xb|csrq|dh|lxdh|sfz|sfzh|sjh|sjhm|id_?card|id_?no|idnumber|wechat|openid|relation|nation|login)"
    r"|(?<=[a-z]{2})(?i:phone|mobile|id_?card|id_?no|gender|wechat|openid)|(?i:birth(?:day|date)?))"
    r"(?i:_?no|_?num(?:ber)?|s|ship|ality)?(?![a-z])"
)
_OF_ONE = Regex(
    rf"性别|年龄|出生|生日|身份证|姓名|民族|婚姻|(?:{_BOUNDARY}(?i:gender|sex|xb|age|dob|csrq|sfz|sfzh|id_?card)|(?i:(?:patient|real|full)_?name|birth(?:day|date)?))(?i:_?no|_?num(?:ber)?)?(?![a-z])"
)
"""What is told of one who is the subject of a record, and not of a ward or a firm."""
_PERSONS = Regex(
    r"(?i:(?:[a-z]{1,4}_)?(?:patient|member|customer|employee|staff|student|doctor|nurse|person|user|hz|br|hy|ry|yg)s?"
    r"(?:_?(?:info|base|basic|list|table|main|archives?|xx|da|bak|[0-9]+))*|(?:[a-z]{1,4}_)?(?:people|jbxx))"
    r"|(?:患者|病人|顾客|客户|会员|员工|职工|学生|医生|医师|护士|家属|联系人|人员)(?:基本|信息|资料|档案|列表|名单|名册|表)*"
)
"""What is called so holds one person or a list of them: patient, t_hz_info, 患者信息."""
_SAID = {"name": "姓名", "xm": "姓名", "单位": "工作单位"}
"""What a name that says little means beside the fields of a person."""
_ENDS_OF_MESSAGES = frozenset(
    "from to tolist sender receiver talker speaker operator by from_id fromid fromuser from_user fromname from_name senduser send_user user".split()
)
MEANT = frozenset([*_SAID.values(), "userid"])
"""What `of_whom` says of them."""
OPEN = _ENDS_OF_MESSAGES | _SAID.keys()
"""Names, in small letters, that say whose a value is only together with those beside them."""
_OF_A_MESSAGE = Regex(
    r"msg_?(?:id|type|time|seq)|message_?id|chat_?id|room_?id|talker|is_?sender", re.IGNORECASE
)
_SAID_BY_SOMEBODY = Regex(r"(?:str_?|msg_?|message_?)?content|msg|message(?:_?text)?|from_?id", re.IGNORECASE)
"""Beside it the end of a message may be called as anything: 山茶花."""


def is_label(text: str) -> bool:
    """Whether a cell names a field.

    >>> [is_label(text) for text in ("联系电话（必填）", "姓名：", "patient_name", "张三", "13800138000")]
    [True, True, True, False, False]
    """
    plain = text.strip()
    if not plain or len(plain) > 20 or HOLDS_VALUE.search(plain):
        return False
    if plain[-1] in ":：":
        return len(plain) > 1
    plain = _ASIDE.sub("", plain).strip("*＊ \u3000").replace(" ", "").replace("\u3000", "")
    plain = _COUNTED.sub("", plain)
    return bool(_NAMES.search(plain) or _ENGLISH.search(plain))


def are_of_one(names: Iterable[str]) -> bool:
    """Whether fields beside each other are those of a record about somebody.

    >>> are_of_one(("姓名", "电话")), are_of_one(("ward", "电话")), are_of_one(("name", "dosage"))
    (True, False, False)
    """
    return any(map(_OF_ONE.search, names))


def of_whom(name: str, beside: Collection[str], within: str = "") -> tuple[str, ...]:
    """The labels of a field whose name says little, by the names of the fields beside it, or of what all of them are within.

    >>> of_whom("name", ("id", "sfz", "mob")), of_whom("name", ("id", "price"))
    (('name', '姓名'), ('name',))
    >>> of_whom("name", ("name", "dosage", "hotel")), of_whom("name", ("patientName", "name", "result"))
    (('name',), ('name',))
    >>> of_whom("name", ("id",), "t_patient_info"), of_whom("name", ("patient_id",), "drug")
    (('name', '姓名'), ('name',))
    >>> of_whom("xm", ("xm", "xb", "sfzh")), of_whom("xm", ("xm", "dj", "je"))
    (('xm', '姓名'), ('xm',))
    >>> of_whom("单位", ("姓名", "性别")), of_whom("单位", ("项目", "结果"))
    (('单位', '工作单位'), ('单位',))
    >>> of_whom("from", ("msgid", "from", "tolist")), of_whom("from", ("trip", "from", "to"))
    (('from', 'userid'), ('from',))
    >>> of_whom("speaker", ("speaker", "content")), of_whom("speaker", ("speaker", "volume"))
    (('speaker', 'userid', 'nickname'), ('speaker',))
    """
    open_name = name.casefold()
    if open_name in _SAID and (_PERSONS.fullmatch(within) or any(map(_PERSONAL.search, beside))):
        return name, _SAID[open_name]
    if open_name in _ENDS_OF_MESSAGES and any(map(_SAID_BY_SOMEBODY.fullmatch, beside)):
        return name, "userid", "nickname"
    if open_name in _ENDS_OF_MESSAGES and any(map(_OF_A_MESSAGE.fullmatch, beside)):
        return name, "userid"
    if open_name == "name" and "messages" in beside:
        return "nickname", "userid"  # with whom a chat is
    return (name,)
