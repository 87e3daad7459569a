"""What a person is to the data, and what protects somebody more than others.

| Role | Who |
|---|---|
| client | patient, customer, member, and whoever has no role |
| relative | family, guardian, contact of a client |
| counterparty | the other side of a contract or a case |
| staff, clinician | who works for the organisation, who treats |
| public | of public record |

Where evidence conflicts the first of them counts: who is a doctor in one document and a
patient in another is protected as a patient. Attributes add protection to any role:
`under-14` (PIPL 31), `deceased` (PIPL 49: protected alike), `special-disease` (HIV, sexually
transmitted diseases, mental disorders, drug use: GB/T 39725-2020 level 5).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Final, Literal

from deid.aliases import ROLES
from deid.regexes import Regex

Sex = Literal["", "male", "female"]

PROTECTIVE: Final = ("client", "relative", "counterparty", "staff", "clinician", "public")

CHILD: Final = 14
"""Years below which somebody is a child, PIPL 31."""
_CLINICAL = Regex(
    r"医生|医师|大夫|护士|护师|药师|技师|检验师|主任|教授|院长|麻醉|治疗师|康复师|助产|医助|营养师|心理|咨询师|医官|太医|护理|护工|督导"
)
_WORKING = Regex(
    r"经理|客服|专员|助理|店长|店员|主管|总监|顾问|前台|收银|保安|管家|营业员|秘书|会计|出纳|坐席|健康管理师"
)
_OPPOSING = Regex(r"律师|法官|检察官|警官|民警|警察")
_CIVIL = Regex(
    r"先生|女士|小姐|太太|夫人|阿姨|叔叔|大[爷叔娘妈姐哥嫂伯婶]|奶奶|爷爷|[哥姐姨叔婶嫂妹弟伯]$|同学|小朋友"
)
_MALE = Regex(r"先生|叔|爷|伯|哥|弟|公公|父|爸|舅|师兄|帅哥|丈夫|老公|[^妻]子$|夫$|兄|婿|女婿")
_FEMALE = Regex(r"女士|小姐|太太|夫人|姨|姐|妈|奶|婆|婶|嫂|妹|娘|母|姑|女(?!婿)|妻|媳")

_LETTERS = Regex(r"[a-z]+")
_FIELDS = {
    name: role
    for role, names in {
        "client": "patient client customer",
        "clinician": "doctor physician nurse clinician therapist counselor counsellor",
        "staff": "staff employee agent operator consultant advisor",
        "relative": "relative guardian",
    }.items()
    for name in names.split()
}
"""Words in the names of fields of interfaces; `contact` and `user` say too little."""

_DECEASED = Regex(
    r"(?<!否认)(?<!无)(?:死亡(?:时间|日期|记录|诊断|证明)|宣布(?:临床)?死亡|临床死亡|死者|逝者|尸检|抢救无效)"
)
_KIN = (
    r"(?:[父母]亲?|爸爸?|妈妈?|爷爷|奶奶|祖[父母]|外[公婆]|姥[姥爷]|丈夫|妻子?|配偶|爱人|老[公婆伴]|儿子|女儿|[哥姐弟妹]{1,2}|兄[弟长]?|"
    r"姑[姑母父妈]|姨[妈母父]?|舅[舅父]?|叔[叔父]?|伯[伯父]|公公|婆婆|岳[父母]|亲[戚友人]|同事|朋友|邻居|病友)"
)
# Told of a parent as often as of the patient.
_DIED = Regex(
    rf"已故(?!的?{_KIN})|去世|病[故逝]|逝世|身故|[离过]世|亡故|"
    r"(?:(?<=[日号时分年月晨晚午已后])|因[^，,。;；\n]{1,14}?)死亡(?!率|风险|人数|病例)"
)
_OF_FAMILY = Regex(rf"{_KIN}(?![^。;；\n]*(?:患[者儿]|病人|本人))[^。;；\n]*\Z")
_SPECIAL = Regex(
    r"艾滋病|\bHIV\b|\bAIDS\b|人类免疫缺陷|梅毒|淋病|尖锐湿疣|生殖器疱疹|软下疳|精神分裂|双相(?:情感)?障碍|抑郁[症发障]|躁狂|精神障碍|"
    r"偏执性|分裂情感|自杀|自残|药物依赖|吸毒|戒毒|酒精依赖|人工流产|性侵|家暴"
)
_DENIED = Regex(r"(?:否认|无|未见|排除|阴性|\(-\)|家族史)[^。;；\n]{0,12}$")


@lru_cache(maxsize=4096)
def role_of_word(word: str) -> str:
    """The role that a header, a cue or a title gives: the last word of `word` that gives one, or nothing.

    >>> role_of_word("患者家属电话"), role_of_word("主治医师"), role_of_word("姓名"), role_of_word("doctor_name")
    ('relative', 'clinician', '', 'clinician')
    """
    if not word:
        return ""
    if word.isascii():
        names = [_FIELDS[name] for name in _LETTERS.findall(word.lower()) if name in _FIELDS]
        return names[-1] if names else ""
    found = [(match.end(), match.end() - match.start(), match[0]) for match in _words().finditer(word)]
    return ROLES[max(found)[2]] if found else ""


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, ROLES), key=len, reverse=True)))


def role_of_title(title: str) -> str:
    """The role of somebody who is called so: 王主任, 李经理; nothing for 先生 and 老师."""
    for pattern, role in ((_WORKING, "staff"), (_CLINICAL, "clinician"), (_OPPOSING, "counterparty")):
        if pattern.search(title):
            return role
    return ""


def is_civil(title: str) -> bool:
    """Whether one is called so outside one's work: 先生, 阿姨."""
    return bool(_CIVIL.search(title))


def sex_of_title(title: str) -> Sex:
    if _FEMALE.search(title):
        return "female"
    return "male" if _MALE.search(title) else ""


def is_child(birth: str, first_day: str) -> bool:
    """Whether somebody was below 14 on the first day of an event, or is so today where none is told; days in ISO form."""
    fourteenth = f"{int(birth[:4]) + CHILD:04d}{birth[4:]}"
    return fourteenth > (first_day or datetime.date.today().isoformat())


def role_among(roles: Iterable[str]) -> str:
    """The most protective of the roles, `unknown` when there is none."""
    found = set(roles)
    return next((role for role in PROTECTIVE if role in found), "unknown")


def attributes_in(text: str) -> Collection[tuple[int, str]]:
    """`(offset, attribute)` of what a text says about somebody; denied things do not count."""
    if text.isascii() and "I" not in text:  # of a number, a date or a code nothing is said
        return ()
    found = [(match.start(), "deceased") for match in _DECEASED.finditer(text)]
    found += [
        (match.start(), "deceased")
        for match in _DIED.finditer(text)
        if not _OF_FAMILY.search(text, max(0, match.start() - 40), match.start())
    ]
    found += [
        (match.start(), "special-disease")
        for match in _SPECIAL.finditer(text)
        if not _DENIED.search(text, max(0, match.start() - 20), match.start())
    ]
    return found
