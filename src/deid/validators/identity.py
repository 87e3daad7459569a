"""When two numbers are one identifier: a resident number of fifteen digits and that of eighteen of the same person.

>>> identity_of("110105491231002", "CN_RESIDENT_ID")
'11010519491231002X'
"""

from __future__ import annotations

from deid.validators import resident_id


def identity_of(plain: str, entity_type: str) -> str:
    """What identifies in a value in canonical form: resident numbers in eighteen digits, all else as it is."""
    if entity_type == "CN_RESIDENT_ID" and len(plain) == 15 and resident_id.birth_date(plain):
        return resident_id.to_18(plain)
    return plain
