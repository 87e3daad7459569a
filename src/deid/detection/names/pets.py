"""What children and neighbours are called that is a thing as well: 西瓜妈妈, 布丁没哭, 芒果也请假了, 二狗叔喊你, 老蔫今天说话了.

Fruits and sweets do nothing, so who cries, sleeps, asks or has a mother is somebody. What is eaten may be all else:
it is hot, it did not come, nobody wants it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from deid.catalog.lexicon import WordIndex
from deid.catalog.loading import shipped_catalog
from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate
from deid.detection.reading import Reading
from deid.grammar.name import HAN, is_han
from deid.regexes import Regex

_MEANWHILE = (
    "(?:今[天早晚儿]|昨[天晚夜儿]|前天|刚才?|刚刚|又|也|都|还|就|老是?|一直|总是?|最近|自己|这两天|上次)*"
)
_ACTS = (
    r"说(?![明法])|讲(?![究座义])|问(?![题诊])|没?哭(?![得])|不哭|笑|闹(?![钟])|睡(?:了|着|醒|得)|没睡|醒了|吐了(?:[一二三四两几好]|,|。)|没来|不来|请假|[顶代替值]班|休(?=息|假|[,。])|打呼噜|报到|挂水|抽血|上学|放学|[上下]班(?!时)"
    r"|在旁边|会(?:翻身|爬了?|走路|叫人)|签字|同意|答应|(?:发烧|拉肚子|肚子[疼痛]|感冒|咳嗽)了?(?=[0-9到,。!]|[ ]*(?:\n|\Z))"
)
_KIN = "(?:妈妈|爸爸|奶奶|爷爷|姥姥|姥爷|外婆|外公|妈咪|[他她]?[妈爸](?![爸妈]))"
_HAS_KIN = rf"{_KIN}(?=[,:!?说问讲来带陪抱也在今昨发打您你签把那这 (\n]|\Z)"
_IS_SOMEBODY = Regex(rf"{_HAS_KIN}|{_MEANWHILE}(?:{_ACTS})")
_LED = Regex(r"(?:[带送接抱哄叫让]|今天|昨天|昨晚|今早|倒是|只有|连|我家|我们家?|咱家|谢谢|[和跟]|@)\Z")
_OURS = Regex("(?:我家|我们家|咱家)\\Z")
_TOLD_OF = Regex("就是|上次|也是|以前|小时候|那时|当时|去年|前年|[一二三四五六七八九十0-9]{1,2}(?:岁|个月)")
"""我家|嘟嘟|就是她看的."""
_ACCOUNT = Regex(rf"{_KIN}[ ]?:")
_NEAR = 4000
"""How far around a turn the others of its speaker are looked for."""
_TAKEN_THERE = Regex("去(?:[打看做查市县区省妇儿社卫体]|医院|复诊|复查|接种)|上幼儿园|放学|回家")
_NICKNAME = Screened(
    rf"(?:(?<![{HAN}])|(?<=[让叫请喊问找跟和给等催接带陪]))"
    r"(?P<name>老[蔫歪犟倔鬼怪黑胖瘦疙抠](?:瘩)?|[二三]狗|[黑白胖瘦傻][娃妞墩蛋]|[大二小]头|柱子|拴[牢住柱]|毛[坨蛋]|小?毛头|[狗牛羊]剩|豁牙|[大小]脚|六指|眼镜|胖子|瘦子|大个子|小不点|妹头|[细满幺]妹|[细满幺]伢子?|(?![男女小细大这那个些崽])[一-鿿]伢子?|[肥胖]仔|[招来引盼]弟|[招来引盼]娣|盼儿|三儿|石头)"
    rf"(?=(?:[叔婶婆姨哥姐爹娘伯嫂](?![{HAN}]?[家产])|[他她](?:家)?(?:[爹娘爸妈大奶爷哥姐婶嫂]|媳妇|老[倌公婆]|阿[爸妈爹])|{_MEANWHILE}(?:{_ACTS})|话佢|你(?![们好])|把|屋里的|媳妇儿?))"
)
_NO_NAMES = frozenset("伢子 石头 眼镜 大头".split())
_STONES = Regex("你|把")
"""What may be done with a stone, and is said to whoever takes it."""


class PetNames:
    """Proposes words of `pet_names` and nicknames that do what only people do."""

    def __init__(self) -> None:
        self._pets = _shipped_pets()

    def find(self, reading: Reading) -> Iterator[Candidate]:
        text = reading.text
        for start, end, _ in self._pets.find(text):
            before = text[max(0, start - 3) : start]
            led = _LED.search(before) is not None
            if is_han(before[-1:]) and not led:
                continue
            if self._speaks(text, start, end):
                continue
            taken = before[-1:] in ("带", "送", "接", "抱") and _TAKEN_THERE.match(text, end)
            ours = _OURS.search(before) is not None and _TOLD_OF.match(text, end)
            if taken or ours or _IS_SOMEBODY.match(text, end):
                yield Candidate(start, end, 0.8, ("required", "pet name"))
        for match in reading.finditer(_NICKNAME):
            start, end = match.span("name")
            if not (match["name"] in _NO_NAMES and _STONES.match(text, end)):
                yield Candidate(start, end, 0.8, ("required", "nickname"))

    @staticmethod
    def _speaks(text: str, start: int, end: int) -> bool:
        """Whether a parent is one of those who speak in a chat, of whom it is the account: 米粒妈：…"""
        account = _ACCOUNT.match(text, end)
        if account is None or text[start - 1 : start] not in ("", "\n"):
            return False
        return text.count(f"\n{text[start : account.end()]}", max(0, start - _NEAR), start + _NEAR) > 1


@cache
def _shipped_pets() -> WordIndex[str]:
    return WordIndex(dict.fromkeys(shipped_catalog().lexicon("pet_names"), ""))
