"""Names that other tools use for the entity types of deid, and words for the roles of people.

The names of deid are Presidio's where Presidio has one, so most of its names need no alias.

>>> canonical_type("CN_ID_CARD"), canonical_type("person"), canonical_role("患者")
('CN_RESIDENT_ID', 'PERSON', 'client')
>>> label_type("mobile-phone"), label_type("IdCardNo"), label_type("住院号"), label_type("客户码")
('PHONE_NUMBER', 'CN_RESIDENT_ID', 'MEDICAL_RECORD_NUMBER', '')
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cache
from types import MappingProxyType

from deid.regexes import Regex

_NOISE = Regex(r"[\s_\-./:：()（）]+")


def _by_word(words_of: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({word: kind for kind, words in words_of.items() for word in words.split()})


ALIASES: Mapping[str, str] = _by_word(
    {
        "PERSON": "PER NAME PERSON_NAME PATIENT DOCTOR CN_NAME FULL_NAME FIRST_NAME LAST_NAME SURNAME "
        "GIVEN_NAME HUMAN_NAME PATIENT_NAME NAME_PATIENT DOCTOR_NAME NAME_DOCTOR PHYSICIAN "
        "PHYSICIAN_NAME NURSE NURSE_NAME STAFF STAFF_NAME RELATIVE RELATIVE_NAME FAMILY_NAME "
        "CONTACT_NAME CLIENT_NAME CUSTOMER_NAME REAL_NAME PER_NAM PER_NOM PERSONNAME",
        "LOCATION": "LOC GPE FAC PLACE CITY DISTRICT PROVINCE COUNTY STATE COUNTRY LOCATION_OTHER LOC_NAM "
        "LOC_NOM GPE_NAM GPE_NOM SCENE",
        "CN_ADDRESS": "ADDR STREET HOME_ADDRESS WORK_ADDRESS DETAILED_ADDRESS DETAIL_ADDRESS FULL_ADDRESS "
        "LOCATION_ADDRESS ADDRESS STREET_ADDRESS",
        "ORGANIZATION": "ORG COMPANY ORGANISATION INSTITUTION EMPLOYER SCHOOL UNIVERSITY ORG_NAM ORG_NOM CORP "
        "CORPORATION COMPANY_NAME ORG_NAME WORK_UNIT WORKPLACE",
        "CN_MEDICAL_INSTITUTION": "HOSPITAL_NAME CLINIC MEDICAL_INSTITUTION HOSPITAL",
        "CN_RESIDENT_ID": "CN_ID_CARD CN_ID ID_CARD ID_NUMBER ID_NO IDNO IDCARD IDCARD_NO ID_CARD_NO "
        "ID_CARD_NUM ID_CARD_NUMBER ID_NUM IDENTITY_CARD IDENTITY_CARD_NUMBER IDENTITY_NUMBER "
        "RESIDENT_ID RESIDENT_ID_CARD CHINESE_ID NATIONAL_ID NATIONAL_ID_NUMBER CITIZEN_ID "
        "SFZ SFZH",
        "CN_PASSPORT": "PASSPORT_NO PASSPORT_NUM PASSPORT_NUMBER PASSPORT",
        "CN_DRIVER_LICENSE": "DRIVER_LICENSE_NO DRIVER_LICENSE_NUMBER DRIVING_LICENSE DRIVERS_LICENSE "
        "DRIVER_LICENCE DRIVER_LICENSE CN_DRIVING_LICENSE",
        "CN_MILITARY_ID": "MILITARY_ID OFFICER_ID",
        "CN_PHYSICIAN_LICENSE": "CN_MEDICAL_LICENSE",
        "CN_SOCIAL_SECURITY": "CN_SOCIAL_SECURITY_NUMBER CN_MEDICAL_INSURANCE SOCIAL_SECURITY SOCIAL_SECURITY_NO "
        "SOCIAL_SECURITY_NUMBER SSN MEDICARE MEDICARE_NO MEDICAL_INSURANCE_NO "
        "MEDICAL_INSURANCE_NUMBER INSURANCE_NO INSURANCE_NUMBER HEALTH_INSURANCE HEALTH_PLAN "
        "MEDICAL_INSURANCE",
        "TW_NATIONAL_ID": "TW_ID_CARD",
        "HK_ID_CARD": "HKID",
        "PHONE_NUMBER": "PHONE MOBILE CN_PHONE CN_PHONE_NUMBER CN_MOBILE CN_LANDLINE TEL TEL_NO TELEPHONE "
        "TELEPHONE_NUMBER TELEPHONENUM TELEPHONE_NUM PHONE_NO PHONE_NUM MOBILE_PHONE "
        "MOBILE_NUMBER MOBILE_NO MOBILE_PHONE_NUMBER CELL CELLPHONE CELL_PHONE LANDLINE "
        "CONTACT_NUMBER CONTACT_PHONE TW_PHONE_NUMBER FAX FAX_NUMBER",
        "EMAIL_ADDRESS": "EMAIL E_MAIL MAIL MAILBOX EMAIL_ADDR",
        "URL": "WEBSITE WEB_URL WEB_ADDRESS LINK",
        "USERNAME": "USER_NAME NICKNAME NICK_NAME ACCOUNT_NAME SCREEN_NAME",
        "CN_WECHAT_ID": "WECHAT WECHAT_ID CN_WECHAT WEIXIN WX WECHAT_NO WECHAT_NUMBER WECHAT_ACCOUNT",
        "CN_QQ": "QQ_NO QQ_NUMBER QQ_ACCOUNT QQ",
        "CN_ALIPAY": "ALIPAY ALIPAY_ACCOUNT",
        "IP_ADDRESS": "IP IP_ADDR IPV4 IPV6",
        "MAC_ADDRESS": "MAC",
        "CN_POSTAL_CODE": "POSTAL_CODE ZIP_CODE ZIP ZIPCODE POSTCODE POST_CODE",
        "CN_BANK_CARD": "BANK_CARD CREDIT_CARD BANK_CARD_NO BANK_CARD_NUM BANK_CARD_NUMBER BANKCARD "
        "CARD_NUMBER CREDIT_CARD_NUMBER DEBIT_CARD",
        "CN_BANK_ACCOUNT": "BANK_ACCOUNT_NO BANK_ACCOUNT_NUMBER ACCOUNT ACCOUNT_NO ACCOUNT_NUM ACCOUNT_NUMBER "
        "BANK_ACCOUNT",
        "CN_USCC": "CN_SOCIAL_CREDIT_CODE SOCIAL_CREDIT_CODE USCC",
        "CN_VEHICLE_PLATE": "CN_LICENSE_PLATE LICENSE_PLATE VEHICLE_PLATE PLATE PLATE_NO PLATE_NUMBER CAR_PLATE "
        "CAR_NUMBER LICENSE_PLATE_NUMBER VEHICLE",
        "VIN": "VIN_NUMBER VIN_CODE",
        "MEDICAL_RECORD_NUMBER": "MRN MEDICAL_RECORD MEDICALRECORD MEDICAL_RECORD_NO RECORD_NO RECORD_NUMBER "
        "INPATIENT_NO INPATIENT_NUMBER OUTPATIENT_NO OUTPATIENT_NUMBER ADMISSION_NO "
        "ADMISSION_NUMBER HOSPITAL_NO HOSPITALIZATION_NO CASE_NO CASE_NUMBER PATIENT_ID "
        "PATIENT_NO PATIENT_NUMBER VISIT_NO VISIT_NUMBER CN_MEDICAL_RECORD_NUMBER",
        "CN_EXAM_NUMBER": "EXAM_NO EXAM_NUMBER ACCESSION_NUMBER LAB_NUMBER REPORT_NO REPORT_NUMBER",
        "CN_HEALTH_CARD": "HEALTH_CARD HEALTH_CARD_NO HEALTH_CARD_NUMBER",
        "OTHER_ID": "CN_PRESCRIPTION_NUMBER ID IDNUM ID_OTHER UNIQUE_ID SERIAL_NUMBER LICENSE "
        "LICENSE_NUMBER DEVICE",
        "DATE_TIME": "DATE TIME DATETIME DATES VISIT_DATE ADMISSION_DATE DISCHARGE_DATE",
        "DATE_OF_BIRTH": "DOB BIRTHDAY BIRTH_DATE BIRTH BIRTHDATE DATE_BIRTH BIRTH_DAY",
        "AGE": "AGES PATIENT_AGE",
        "MEDICATION": "DRUG DRU DRUGS DRUG_NAME MEDICINE",
        "DISEASE": "DIAGNOSIS DIS DISEASES DISORDER ILLNESS",
        "SYMPTOM": "SYM SYMPTOMS SIGN",
        "PROCEDURE": "PRO SURGERY OPERATION TREATMENT",
        "OCCUPATION": "PROFESSION JOB",
        "ETHNICITY": "ETHNIC ETHNIC_GROUP NATION",
        "RELIGION": "FAITH",
        "MARITAL_STATUS": "MARRIAGE MARITAL",
        "EDUCATION": "DEGREE",
    }
)
"""Foreign name → entity type of deid: of spaCy, Stanza, LAC, models of Hugging Face, services, and labelled sets."""


FIELD_NAMES: Mapping[str, str] = _by_word(
    {
        "PERSON": "姓名 名字 曾用名 客户 患者 病人 会员 家属 监护人 联系人 紧急联系人 员工 医生 医师 护士 "
        "咨询师 客服 客户经理 负责人 经办人 记录人 持卡人 法人 法定代表人",
        "CN_RESIDENT_ID": "身份证 身份证号 身份证号码 证件号 证件号码 公民身份号码 居民身份证 居民身份证号码",
        "CN_PASSPORT": "护照 护照号 护照号码",
        "PHONE_NUMBER": "手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 移动电话 固定电话 固话 座机 传真",
        "CN_WECHAT_ID": "微信 微信号 微信ID 微信账号",
        "CN_QQ": "QQ QQ号 QQ号码 QQ账号",
        "EMAIL_ADDRESS": "邮箱 电子邮箱 电子邮件 邮件地址 E-MAIL",
        "CN_ADDRESS": "住址 地址 详细地址",
        "CN_POSTAL_CODE": "邮编 邮政编码",
        "USERNAME": "昵称 网名 用户名",
        "MEDICAL_RECORD_NUMBER": "病历号 病案号 住院号 门诊号 就诊号 就诊卡号 登记号 档案号 患者ID 客户编号 "
        "会员号 会员卡号",
        "CN_SOCIAL_SECURITY": "医保号 医保卡号 社保号 社保卡号 社会保障号 参保号",
        "CN_BANK_CARD": "银行卡 银行卡号",
        "CN_BANK_ACCOUNT": "银行账号 账号",
        "CN_ALIPAY": "支付宝 支付宝账号",
        "CN_VEHICLE_PLATE": "车牌 车牌号 车牌号码",
        "DATE_OF_BIRTH": "出生日期 生日 出生年月 出生年月日",
        "ORGANIZATION": "单位 工作单位 单位名称 公司 公司名称 企业名称 机构名称 学校",
        "CN_MEDICAL_INSTITUTION": "医院 医院名称 医疗机构",
        "CN_USCC": "统一社会信用代码 信用代码",
        "PUBLIC_HOTLINE": "热线 客服热线 客服电话",
    }
)
"""Chinese name of a field (a column, a label) → entity type."""

LABEL_NAMES: Mapping[str, str] = _by_word(
    {
        "PERSON": "人名 人物 人员 真实姓名 中文名 患者姓名 病人姓名 客户姓名 医生姓名 医师姓名 护士姓名 家属姓名 "
        "联系人姓名 人员姓名 大夫 亲属 称呼",
        "CN_RESIDENT_ID": "身份证件号 身份号码 公民身份证号 居民身份证号 身份证件 证件",
        "CN_PASSPORT": "护照编号",
        "PHONE_NUMBER": "联系号码 手机电话 传真号 传真号码 座机号 座机号码 固定电话号码",
        "EMAIL_ADDRESS": "邮件 电邮 邮箱地址 电子邮件地址 EMAIL邮箱",
        "URL": "网页 链接 网站 网址链接",
        "IP_ADDRESS": "IP IP地址",
        "CN_ADDRESS": "家庭住址 家庭地址 现住址 居住地址 通讯地址 联系地址 户籍地址 户口地址 收货地址 地址信息",
        "LOCATION": "地点 位置 地区 城市 省份 区县 行政区 国家",
        "ORGANIZATION": "机构 组织 组织机构 组织名 机构名 公司名 企业 学校名称 团体",
        "CN_MEDICAL_INSTITUTION": "医院名 诊所 医疗机构名 就诊医院",
        "MEDICAL_RECORD_NUMBER": "病历编号 病案编号 病历号码 住院编号 住院号码 门诊编号 门诊号码 患者编号 病人编号 就诊编号 "
        "登记编号 档案编号 病人ID 病人号 患者号",
        "CN_EXAM_NUMBER": "检查编号 检验号 检验编号 标本号 影像号 报告编号 报告号 条码号",
        "CN_HEALTH_CARD": "健康卡 健康卡编号",
        "CN_SOCIAL_SECURITY": "医保 社保 医保编号 社保编号 医保卡 社保卡 社会保障卡号",
        "CN_BANK_CARD": "银行卡号码 信用卡 信用卡号 卡号",
        "CN_BANK_ACCOUNT": "银行账户 账户",
        "CN_VEHICLE_PLATE": "车牌号牌 车辆牌照 车号",
        "CN_DRIVER_LICENSE": "驾照 驾驶证 驾照号",
        "CN_MILITARY_ID": "军官证 军官证号 士兵证",
        "OTHER_ID": "编号 其他号码 证书编号 订单号 合同号 合同编号",
        "DATE_TIME": "日期 时间 日期时间 就诊日期 就诊时间 入院日期 入院时间 出院日期 出院时间 手术日期 检查日期 时间日期",
        "AGE": "年纪 岁数",
        "DISEASE": "疾病名称 诊断 病名 临床诊断 疾病和诊断",
        "SYMPTOM": "症状体征 临床表现 体征",
        "MEDICATION": "药物 药品名称 药名 用药",
        "PROCEDURE": "手术 操作 检查 检验 治疗 手术操作 医疗程序 影像检查 实验室检验",
        "OCCUPATION": "工作 职位 职务",
        "NATIVE_PLACE": "出生地",
        "MARITAL_STATUS": "婚姻 婚否",
        "EDUCATION": "学历 教育程度",
        "INCOME": "工资 薪资 年收入",
        "RELIGION": "宗教",
    }
)
"""Further Chinese names, of labels only: a column of dates is no list of values to look for everywhere."""

_CANONICAL = frozenset(kind for kind in ALIASES.values() if kind not in ALIASES and kind == kind.upper())

ROLES: Mapping[str, str] = _by_word(
    {
        "client": "患者 病人 患儿 客户 会员 顾客 用户 学员 咨询者 咨询人 来访者 来访人 求助者 就诊人 就诊者 本人 受检者 "
        "受检人 受试者 产妇 孕妇 伤者 死者 逝者 参保人 被保险人 当事人",
        "relative": "家属 监护人 联系人 紧急联系人 亲属 亲友 家长 配偶 陪同人 陪护人 陪诊人 代办人 代理人 代诉人 父亲 母亲 "
        "丈夫 妻子 儿子 女儿 亲属姓名",
        "clinician": "医生 医师 大夫 主治医生 主治医师 接诊医生 专家 转诊医生 护士 责任护士 护士长 药师 技师 检验师 治疗师 "
        "主刀 术者 助手 麻醉师 营养师 心理师 咨询师 主检 管床",
        "staff": "员工 职员 客服 经办人 记录人 录入人 登记人 填表人 销售 业务员 顾问 健康管理师 客户经理 负责人 操作员 "
        "接待人 随访人 审核人 复核人 推荐人 经手人 审批人 批准人 受理人 处理人 值班人 制表人 接听人 接线员 坐席 座席 跟进人 回访人 执行人 "
        "报告人 报告者 检验者 主管 专员",
        "counterparty": "甲方 乙方 丙方 委托方 受托方 供应商 供方 需方 买方 卖方 出租方 承租方 法人 法定代表人 法人代表 律师 "
        "收款人 付款人 原告 被告 中介 股东",
        "public": "公众人物 历史人物 名人",
    }
)
"""Chinese word → role of a person towards the data: see `deid.link.roles`."""

ROLE_NAMES: Mapping[str, str] = _by_word(
    {
        "client": "client patient customer member user visitor",
        "relative": "relative family guardian contact",
        "clinician": "clinician doctor physician nurse",
        "staff": "staff employee",
        "counterparty": "counterparty party supplier lawyer",
        "public": "public",
        "unknown": "unknown",
    }
)
"""English word → role."""


def canonical_type(name: str, *, known: Container[str] = ()) -> str:
    """The entity type that `name` stands for; a name in `known`, or without alias, stands for itself."""
    if not known and name in _CANONICAL:
        return name
    upper = name.strip().upper()
    if name in known or upper in known:
        return name if name in known else upper
    return ALIASES.get(upper, upper)


def label_type(label: str) -> str:
    """The entity type that a label of other people stands for, in any spelling, or nothing."""
    return _squeezed_names().get(squeezed(label), "")


def squeezed(name: str) -> str:
    """A name without what is written in many ways: `Id-Card No.` and `ID_CARD_NO` are one."""
    return _NOISE.sub("", name).upper()


@cache
def _squeezed_names() -> Mapping[str, str]:
    itself = {kind: kind for kind in ALIASES.values()}
    names = {**LABEL_NAMES, **FIELD_NAMES, **ALIASES, **itself}
    return {squeezed(name): kind for name, kind in names.items()}


def canonical_role(name: str) -> str:
    """The role that a word stands for; a word that is not known stands for itself, in lower case."""
    word = name.strip()
    return ROLES.get(word) or ROLE_NAMES.get(word.lower(), word.lower())
