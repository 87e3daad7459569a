"""Identifiers: which values belong to one person, and the keyed codes by which they are compared.

A key is nine bytes: the kind of the identifier and a code of its value. There are as many as
values in the whole folder, and nothing but equality is ever asked of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from deid.keys import mac
from deid.regexes import Regex

SEX, BIRTH, KNOWN = "sex", "DATE_OF_BIRTH", "known"
MOBILE, LANDLINE, OTHER_DOCUMENT = "PHONE_NUMBER", "landline", "document"
RECORD_NUMBER, RESIDENT_ID = "MEDICAL_RECORD_NUMBER", "CN_RESIDENT_ID"
TYPES = {LANDLINE: MOBILE, OTHER_DOCUMENT: RESIDENT_ID}
"""Kinds of identifiers that are no entity types, and the types of which they are."""
DOCUMENTS = frozenset(
    "CN_RESIDENT_ID CN_HMT_RESIDENCE_PERMIT CN_FOREIGN_PR_ID HK_ID_CARD TW_NATIONAL_ID MO_ID_CARD CN_PASSPORT".split()
)
"""Identity documents: two of one kind are two persons, whatever else they share."""
ONE_EACH = DOCUMENTS | frozenset(
    "CN_SOCIAL_SECURITY CN_PHYSICIAN_LICENSE CN_PHYSICIAN_QUALIFICATION DATE_OF_BIRTH".split()
)
"""Of these a person has one for life: two of them are two persons."""
IDENTIFIERS = ONE_EACH | frozenset(
    "CN_HKM_TRAVEL_PERMIT CN_TW_TRAVEL_PERMIT CN_EXIT_PERMIT CN_MILITARY_ID CN_HEALTH_CARD CN_DRIVER_LICENSE "
    "CN_NURSE_LICENSE PHONE_NUMBER EMAIL_ADDRESS CN_WECHAT_ID CN_QQ CN_ALIPAY CN_BANK_CARD CN_BANK_ACCOUNT "
    "CN_VEHICLE_PLATE MEDICAL_RECORD_NUMBER CN_ADDRESS".split()
)
"""Types whose values belong to one person, or to few."""
RECORD_SERIES = {
    word: word.removesuffix("号").removesuffix("编")
    for word in "病案号 档案号 病历号 会员号 会员编号 客户编号 客户号 患者编号 患者号 患者ID 客户ID 会员ID 登记号".split()
}
"""Record numbers of which a person has one in a house; 住院号 and 就诊号 are of a stay."""

KINDS = tuple(
    sorted(
        {
            *IDENTIFIERS,
            *TYPES,
            SEX,
            KNOWN,
            *(f"{RECORD_NUMBER}/{series}" for series in RECORD_SERIES.values()),
        }
    )
)
INDEX = {kind: index for index, kind in enumerate(KINDS)}
_MOBILE = Regex(r"1[3-9][0-9]{9}")
TOKEN_BYTES = 16
_TOKEN, _CODE = 2 * TOKEN_BYTES, 16
"""Hex digits of the id of a subject, and of the code of an identifier: only those of one name are compared."""
_KEY_BYTES = 1 + _CODE // 2
_REMEMBERED = 50_000

Key = bytes
"""Kind and code of an identifier."""


def kind_of(entity_type: str, value: str) -> str:
    """The kind of an identifier. A number under 证件号码 is a resident's only if it has the length of one."""
    if entity_type == RESIDENT_ID and len(value) != 18:
        return OTHER_DOCUMENT
    if entity_type == MOBILE and not _MOBILE.fullmatch(value):
        return LANDLINE
    return entity_type


def key_of(kind: str, code: str) -> Key:
    return bytes((INDEX[kind],)) + bytes.fromhex(code)


def kind_of_key(key: Key) -> str:
    return KINDS[key[0]]


def joined(keys: Iterable[Key]) -> bytes:
    """Keys in order, one after the other."""
    return b"".join(sorted(keys))


def parted(keys: bytes) -> Iterator[Key]:
    """The inverse of `joined`."""
    return (keys[at : at + _KEY_BYTES] for at in range(0, len(keys), _KEY_BYTES))


def indices(kinds: Collection[str]) -> frozenset[int]:
    """Kinds as they stand in keys."""
    return frozenset(INDEX[kind] for kind in kinds)


class Codes:
    """Keyed codes of identifiers and names, and the ids of subjects made of them."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._said: dict[tuple[str, str], Key] = {}

    def hide(self, kind: str, value: str) -> str:
        """The code of an identifier, in hex."""
        return mac(self._key, "evidence", kind, value).hex()[:_CODE]

    def said(self, kind: str, value: str) -> Key:
        """The key of what many have in common: a sex, a birth date."""
        key = self._said.get((kind, value))
        if key is None:
            key = key_of(kind, self.hide(kind, value))
            if len(self._said) < _REMEMBERED:
                self._said[kind, value] = key
        return key

    def name(self, name: str) -> str:
        """The code of a full name."""
        return mac(self._key, "evidence", "name", name).hex()[:_TOKEN]

    def token(self, *parts: str) -> str:
        """The id of a subject."""
        return mac(self._key, "subject", *parts).hex()[:_TOKEN]
