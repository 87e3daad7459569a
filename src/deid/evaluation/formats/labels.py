"""What the labels of a file stand for: entity types, and labels that are scored neither way.

Asked in turn: the caller's own map, whose entity types are taken as they stand; IGNORE, OTHER
and their like; the names that other tools and forms use (`deid.aliases`); titles of the shipped
recognizers. A label that none of them knows is an entity type of its own, if it can be one:
`client-no` is CLIENT_NO. Names of types are ASCII, so 会员码 is an error where it stands once or
twice, and where a file means it a type with 会员码 as its title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from zlib import crc32

from deid.aliases import label_type, squeezed
from deid.evaluation.formats.draft import IGNORE

NOTHING = ""
"""What `O` stands for: no label at all."""

_TYPE = re.compile(r"[A-Z][A-Z0-9_]*")
_CHINESE = re.compile(r"(?=.*[一-鿿])[一-鿿A-Za-z0-9_/()（）·-]{1,12}")
_IGNORED = frozenset(map(str.upper, "ignore ignored optional skip 忽略 可选 不计 待定".split()))
_OTHERS = frozenset(map(str.upper, "other others misc miscellaneous 其他 其它 杂项".split()))
_NOTHING = frozenset(("O", "NONE", "NULL", "无"))


class Labels:
    """Labels of a file → `(entity type, scored neither way)`."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = {squeezed(label): name for label, name in given.items()}
        self._asked: set[str] = set()
        self.titles: dict[str, str] = {}
        """What the file calls the types that were made from a checksum."""

    def of(self, label: str) -> tuple[str, bool] | None:
        """None when the label can be no entity type; an empty type when it labels nothing."""
        key = squeezed(label)
        given = self._given.get(key)
        if given is not None:
            self._asked.add(key)
            label, key = given, squeezed(given)
        if key in _NOTHING or not key:
            return NOTHING, False
        if key in _IGNORED:
            return IGNORE, True
        if key in _OTHERS:
            return "OTHER", True
        if label.upper().startswith(IGNORE + "_"):
            kept = self.of(label[len(IGNORE) + 1 :])
            return (kept[0], True) if kept else None
        verbatim = given is not None and _TYPE.fullmatch(label)
        name = label if verbatim else _known(label, key)
        return (name, False) if name else None

    @property
    def unused(self) -> frozenset[str]:
        """Keys of the caller's names that no label had."""
        return frozenset(self._given.keys() - self._asked)

    def own(self, label: str) -> str:
        """A type for a Chinese label that nobody knows, made from its checksum; nothing for what is no word."""
        if not _CHINESE.fullmatch(label.strip()):
            return ""
        name = f"LABEL_{crc32(squeezed(label).encode()):08X}"
        self.titles[name] = label.strip()
        return name

    def name_of(self, word: str) -> str:
        """The type of a word that text may also hold: one of the caller's, or a Chinese name; else nothing."""
        given = squeezed(word) in self._given
        found = self.of(word) if given or not word.isascii() else None
        if found is None or (found[0] == NOTHING and not given):
            return ""
        kind, ignored = found
        return kind if not ignored or kind == IGNORE else f"{IGNORE}_{kind}"


def _known(label: str, key: str) -> str:
    """The entity type of a label, or nothing."""
    name = label_type(label) or _titles().get(key, "")
    if name:
        return name
    own = re.sub(r"[^A-Z0-9]+", "_", label.strip().upper()).strip("_") if label.isascii() else ""
    return own if _TYPE.fullmatch(own) else ""


@cache
def _titles() -> Mapping[str, str]:
    """Titles, short names and types of the shipped recognizers, squeezed → entity type."""
    from deid.catalog import shipped_catalog

    found: dict[str, str] = {squeezed("医学术语"): "MEDICAL_TERM", squeezed("MEDICAL_TERM"): "MEDICAL_TERM"}
    for spec in shipped_catalog().specs:
        for name in (*re.split(r"[、，]", spec.title), spec.title, spec.label):
            found.setdefault(squeezed(name), spec.entity)
    found |= {squeezed(spec.entity): spec.entity for spec in shipped_catalog().specs}
    return found
