"""Coarse classes of social attributes, for `generalize`: three or fewer, so that none of them singles out.

GB/T 42460-2023 annex B lists these attributes as quasi-identifiers. A value that fits no class
is None here, and the operator then puts a label.

>>> coarse("ETHNICITY", "维吾尔族"), coarse("EDUCATION", "大学本科"), coarse("MARITAL_STATUS", "丧偶")
('少数民族', '大专及以上', '离异或丧偶')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from deid.catalog.lexicon import read_lexicon
from deid.regexes import Regex
from deid.resources import recognizers_root

# First match wins; each regex is matched with the whole value.
_CLASSES: Mapping[str, tuple[tuple[Regex, str], ...]] = MappingProxyType(
    {
        kind: tuple((Regex(regex), name) for regex, name in classes)
        for kind, classes in {
            "NATIONALITY": (
                ("(?:中国|中华人民共和国|CHN|CHINA).*|(?:香港|澳门|台湾)(?:籍|地区)?", "中国"),
                (
                    "[^族汉]{1,12}[国籍]|[A-Z]{3}|日本|加拿大|新加坡|马来西亚|澳大利亚|新西兰|俄罗斯|印度|意大利|西班牙|越南|朝鲜",
                    "外国籍",
                ),
            ),
            "MARITAL_STATUS": (
                ("未婚|单身|未结婚|从未结婚", "未婚"),
                ("[^未]{0,2}(?:离异|离婚|丧偶|丧妻|丧夫|寡居|鳏居|分居).{0,2}", "离异或丧偶"),
                ("已婚.{0,6}|再婚|复婚|初婚|有配偶|已结婚|结婚", "已婚"),
            ),
            "EDUCATION": (
                (".{0,4}(?:大专|专科|高职|本科|大学|学士|硕士|研究生|博士|MBA|EMBA).{0,6}", "大专及以上"),
                (".{0,2}(?:高中|中专|中职|职高|技校|职校|中技|中等专科).{0,4}", "高中或中专"),
                (".{0,2}(?:初中|小学|文盲|半文盲|幼儿园|学龄前|未上学|不识字|私塾).{0,4}", "初中及以下"),
            ),
        }.items()
    }
)

COARSE_TYPES = ("ETHNICITY", *_CLASSES)
"""Entity types that have classes."""


def coarse(entity_type: str, value: str) -> str | None:
    """The class of a value, or None. `value` is shadow text."""
    plain = "".join(value.split()).upper()
    if entity_type == "ETHNICITY":
        return _ethnicity(plain)
    return next((name for regex, name in _CLASSES.get(entity_type, ()) if regex.fullmatch(plain)), None)


def _ethnicity(plain: str) -> str | None:
    """One of 56: of most of the others there are too few in one record set."""
    if plain.removesuffix("族") == "汉":
        return "汉族"
    return "少数民族" if {plain, plain + "族"} & _ethnicities() or plain == "少数民族" else None


@cache
def _ethnicities() -> frozenset[str]:
    return frozenset(read_lexicon(recognizers_root() / "lexicons" / "ethnicities.txt"))
