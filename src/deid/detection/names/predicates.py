"""Given names that are words as well, by what only a person does or has: 国庆他爸, 胜利的胃镜, 援朝听力差, 记得提醒小满空腹.

Patients and colleagues are called by the given name alone. Where it is a day, a virtue or a plant as well, nothing
but what is told of it says that somebody is meant, so that has to be what no day and no plant does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from deid.catalog.loading import shipped_catalog
from deid.detection.boundaries import word_list
from deid.detection.literals import Forms, Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import DESCRIBES, FUNCTION_WORDS, NOBODY, NOT_NAMES, STATES
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import HAN

_KIN = "[爸妈爹娘姐哥弟妹](?![夫])|爷爷|奶奶|媳妇|老婆|老公"
_BODY = "左眼|右眼|双眼|左[耳腿膝手脚肩侧]|右[耳腿膝手脚肩侧边]|耳朵|骨龄|视力|听力|血[压糖]|体温|过敏原|黄疸|尿量|伤口|刀口|引流|甲功|胃口|膝盖"
_OWNED = "胃镜|肠镜|化疗|放疗|手术|胶片|CT|病历|腿|腰|血压|血糖|拐杖|假牙|医保卡|身份证|家属|媳妇|老伴|护工|检查单|化验单|赔案|保单|理赔|申诉|镇痛泵|引流管|压疮|住院号"
_SURELY = (
    rf"说[他她自右左](?!们都)|[他她](?:{_KIN})|(?:{_KIN})?跟(?:主治|医生|护士)[^,。;]{{0,2}}[吵说讲]|媳妇(?=[怀生来说在])|没带(?:身份证|医保卡|就诊卡|手机)|没签字|留了(?:紧急)?联系人|"
    r"今年(?:上[小初高大]|[0-9一二三四五六七八九十]{1,3}岁)|(?:这个?人|这孩子)(?=[^,。]{0,3}[,哮讲老脾又真挺])|写的(?:申诉|检讨|情况说明)|负责[接送买开拉搬守](?=[机站车饭菜人夜])|在?电话里(?=[说很讲问])|把[^,。;]{1,8}(?:卡在|落在|忘在|借给)"
)
"""What is told of nobody but a person, whatever he is called."""
_LIKELY = (
    rf"晕[针船车血](?=[,。;了吗])|(?:{_BODY})(?=[也还又都不开差高低好流疼痛红肿退正偏平超提结没要已]|[0-9])|的(?:{_OWNED})(?=[^的]|\Z)|来?复[查诊](?:了|过|,|。|吧)|来取(?:药|报告|片)|戒[酒烟]第|陪[床夜](?!位|椅)|陪[父母]亲|"
    r"请(?:假|[一两三半][天个])|今晚留院|口干|头[疼晕](?=[了,。])|病了|要改约|申请改约|飞过来|去接[站机]|不肯(?:张嘴|吃药|打针|下床)|自行下地|"
    r"(?:已|刚)?(?:退[烧热]|拔管|拆线|出院|转院|住院|插管)(?=[,。了;]|\Z)|迟到了?(?=[,。;])|先动手|值[夜白]?班(?=[,。;]|\Z)"
)
"""What things seldom do."""
_LED = (
    ("surely", r"(?:叫号|叫|喊)到", "了没人应|,?没人应"),
    ("surely", r"记得提醒|提醒一下|别忘了提醒", "空腹|吃药|复[查诊]|带[上好]?|别|签字|打针|按时"),
    ("likely", "下一[位个]:?,?", "[,。]?请[到去进]"),
    ("surely", "[这那]位", "是(?:上[回次]|新来|昨天|[你我他])"),
    ("likely", "(?:转|打|汇|付|发|退|还)给", "[0-9]{2,6}(?![0-9年月床号])"),
    (
        "likely",
        "(?<![自理事缘])由",
        "重做|重写|改写|起草|牵头|带队|统筹|翻译|整理|跟[进单车]|接管|送[去来到]|保管",
    ),
    ("likely", "除了", "[和、][一-鿿]{2}[,都]|[,都]|还有"),
    ("likely", "(?<![指特委])派", "过去|去[一-鿿]"),
    ("likely", "听", "讲,|说,|讲[三他她那]"),
    ("surely", "[让叫]", "别(?![人的])|再[来去写交]|先[去来把回]"),
    (
        "likely",
        "[术伤产]后第?[0-9一二三四五六七八九十]{1,3}[天日周]",
        "自行|未诉|诉|排气|下[床地]|拔|体温|引流",
    ),
    ("likely", "到[0-9一二三四五六七八九十]{1,2}[楼床区病][房区]?找", "[,。;]|\\Z"),
    ("likely", "收件人?写|快递写|抬头写", "就行|收|[,。]"),
    ("likely", "(?:交|借|退|还|发|留)给", "就[成行好可]|了?[,。](?![其此])|,(?=[他她登缺])"),
    ("likely", "(?:这|那)次带的是|来的是|找的是|换成", "[,。;]"),
)
_WORD = rf"([{HAN}]{{2}})"
_FORMS = Forms(
    (kind, Screened(pattern))
    for kind, pattern in (
        ("surely", rf"(?:(?<![{HAN}])|(?<=[说让跟给]))(?<!小说){_WORD}(?={_SURELY})"),
        ("likely", rf"(?<![{HAN}]){_WORD}(?={_LIKELY})"),
        *((kind, rf"(?:{led}){_WORD}(?={behind})") for kind, led, behind in _LED),
    )
)
_COMMON = 8000
"""How often jieba's dictionary counts words that everybody uses all the time: 国家, 社会."""
_NO_NAMES = frozenset("vdcpurqm")
"""Parts of speech of what is said with such words: 希望复查, 应该口干."""


class NamesByPredicates:
    """Proposes given names, and words that are names as well."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._given = _listed("given_words") | _listed("pet_names") | fitting.grammar.given_names
        self._called = self._given | fitting.grammar.name_like_words
        self._days = _listed("festivals")

    def find(self, reading: Reading) -> Iterator[Candidate]:
        for kind, match in _FORMS.matches(reading):
            start, end = match.span(1)
            if self._may_be_called(reading, match[1], surely=kind == "surely"):
                yield Candidate(start, end, 0.8, ("required", "predicate"))

    def _may_be_called(self, reading: Reading, word: str, *, surely: bool) -> bool:
        words = self._fitting.words
        if word not in self._called or word in NOT_NAMES or not FUNCTION_WORDS.isdisjoint(word):
            return False
        if word in words.roles or word in words.titles:
            return False
        if word not in self._given and reading.known(word) > _COMMON:
            return False
        if surely:
            return word in self._given or word not in NOBODY | STATES | DESCRIBES
        if word in NOBODY | STATES | DESCRIBES or shipped_prose().is_medical(word):
            return False
        day = word in self._days or word_list().part_of_speech(word)[:1] == "t"
        named = word in self._given or word_list().part_of_speech(word)[:1] not in _NO_NAMES
        return named and not day


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(shipped_catalog().lexicon(name))
