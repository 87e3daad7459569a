"""Names that other tools use for the entity types of deid, and words for the roles of people.

The names of deid are Presidio's where Presidio has one, so most of its names need no alias.

>>> canonical_type("CN_ID_CARD"), canonical_type("person"), canonical_role("患者")
('CN_RESIDENT_ID', 'PERSON', 'patient')
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import MappingProxyType

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        # persons, places, organisations: spaCy, Stanza, LAC, Hugging Face models, cloud services
        "PER": "PERSON",
        "NAME": "PERSON",
        "PERSON_NAME": "PERSON",
        "PATIENT": "PERSON",
        "DOCTOR": "PERSON",
        "CN_NAME": "PERSON",
        "LOC": "LOCATION",
        "GPE": "LOCATION",
        "FAC": "LOCATION",
        "ADDRESS": "CN_ADDRESS",
        "STREET_ADDRESS": "CN_ADDRESS",
        "ORG": "ORGANIZATION",
        "COMPANY": "ORGANIZATION",
        "ORGANISATION": "ORGANIZATION",
        "HOSPITAL": "CN_MEDICAL_INSTITUTION",
        # identity documents
        "CN_ID_CARD": "CN_RESIDENT_ID",
        "CN_ID": "CN_RESIDENT_ID",
        "ID_CARD": "CN_RESIDENT_ID",
        "ID_NUMBER": "CN_RESIDENT_ID",
        "PASSPORT": "CN_PASSPORT",
        "DRIVER_LICENSE": "CN_DRIVER_LICENSE",
        "CN_DRIVING_LICENSE": "CN_DRIVER_LICENSE",
        "CN_MEDICAL_LICENSE": "CN_PHYSICIAN_LICENSE",
        "CN_SOCIAL_SECURITY_NUMBER": "CN_SOCIAL_SECURITY",
        "CN_MEDICAL_INSURANCE": "CN_SOCIAL_SECURITY",
        "MEDICAL_INSURANCE": "CN_SOCIAL_SECURITY",
        "TW_ID_CARD": "TW_NATIONAL_ID",
        "HKID": "HK_ID_CARD",
        # contact
        "PHONE": "PHONE_NUMBER",
        "MOBILE": "PHONE_NUMBER",
        "CN_PHONE": "PHONE_NUMBER",
        "CN_PHONE_NUMBER": "PHONE_NUMBER",
        "CN_MOBILE": "PHONE_NUMBER",
        "CN_LANDLINE": "PHONE_NUMBER",
        "TW_PHONE_NUMBER": "PHONE_NUMBER",
        "FAX": "PHONE_NUMBER",
        "FAX_NUMBER": "PHONE_NUMBER",
        "EMAIL": "EMAIL_ADDRESS",
        "WECHAT": "CN_WECHAT_ID",
        "WECHAT_ID": "CN_WECHAT_ID",
        "CN_WECHAT": "CN_WECHAT_ID",
        "QQ": "CN_QQ",
        "ALIPAY": "CN_ALIPAY",
        "IP": "IP_ADDRESS",
        "MAC": "MAC_ADDRESS",
        "POSTAL_CODE": "CN_POSTAL_CODE",
        "ZIP_CODE": "CN_POSTAL_CODE",
        # finance, organisations, vehicles
        "BANK_CARD": "CN_BANK_CARD",
        "CREDIT_CARD": "CN_BANK_CARD",
        "BANK_ACCOUNT": "CN_BANK_ACCOUNT",
        "CN_SOCIAL_CREDIT_CODE": "CN_USCC",
        "SOCIAL_CREDIT_CODE": "CN_USCC",
        "USCC": "CN_USCC",
        "CN_LICENSE_PLATE": "CN_VEHICLE_PLATE",
        "LICENSE_PLATE": "CN_VEHICLE_PLATE",
        "VEHICLE_PLATE": "CN_VEHICLE_PLATE",
        # medical numbers
        "MRN": "MEDICAL_RECORD_NUMBER",
        "MEDICAL_RECORD": "MEDICAL_RECORD_NUMBER",
        "CN_MEDICAL_RECORD_NUMBER": "MEDICAL_RECORD_NUMBER",
        "CN_PRESCRIPTION_NUMBER": "OTHER_ID",
        "ID": "OTHER_ID",
        # times
        "DATE": "DATE_TIME",
        "TIME": "DATE_TIME",
        "DOB": "DATE_OF_BIRTH",
        "BIRTHDAY": "DATE_OF_BIRTH",
        "BIRTH_DATE": "DATE_OF_BIRTH",
        # medical terms
        "DRUG": "MEDICATION",
        "DIAGNOSIS": "DISEASE",
    }
)
"""Foreign name → entity type of deid."""

ROLES: Mapping[str, str] = MappingProxyType(
    {
        word: role
        for role, words in {
            "patient": "患者 病人 客户 会员 顾客 咨询者 来访者 就诊人 本人 受检者",
            "relative": "家属 监护人 联系人 紧急联系人 亲属 家长 配偶 陪同人 代办人 父亲 母亲",
            "doctor": "医生 医师 大夫 主治医生 主治医师 接诊医生 专家 转诊医生",
            "nurse": "护士 责任护士 护士长",
            "staff": "员工 职员 咨询师 客服 经办人 记录人 销售 顾问 健康管理师 登记人 客户经理 负责人",
        }.items()
        for word in words.split()
    }
)
"""Chinese word → role."""


def canonical_type(name: str, *, known: Container[str] = ()) -> str:
    """The entity type that `name` stands for; a name in `known`, or without alias, stands for itself."""
    upper = name.strip().upper()
    if name in known or upper in known:
        return name if name in known else upper
    return ALIASES.get(upper, upper)


def canonical_role(name: str) -> str:
    """The role that a word stands for; a word that is not known stands for itself, in lower case."""
    word = name.strip()
    return ROLES.get(word, word.lower())
