"""Number standards: one module each, with the same functions in all of them.

`compact(value)` takes out what people write between the characters, `is_valid(value)` says
whether shape and check agree and never raises, `format(value)` writes the number as its
standard does. Where a number has them: `check_digit(payload)`, `birth_date(value)`,
`sex(value)`. Values are plain ASCII: see `normalize.shadow`.

A validator is evidence, not a veto: a mistyped number is as personal as a right one.

>>> VALIDATORS["resident_id"]("11010519491231002X")
True
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from deid.validators import (
    bank_card,
    encoded,
    foreign_pr,
    gtin,
    hkid,
    hmt_residence,
    iban,
    iccid,
    imei,
    ip,
    luhn,
    mac,
    medical_institution_code,
    mobile,
    org_code,
    physician_qualification,
    resident_id,
    tw_national_id,
    uscc,
    vin,
)

VALIDATORS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "bank_card": bank_card.is_valid,
        "encoded": encoded.is_valid,
        "foreign_pr": foreign_pr.is_valid,
        "gtin": gtin.is_valid,
        "hkid": hkid.is_valid,
        "hmt_residence": hmt_residence.is_valid,
        "iban": iban.is_valid,
        "iccid": iccid.is_valid,
        "imei": imei.is_valid,
        "ip": ip.is_valid,
        "luhn": luhn.is_valid,
        "mac": mac.is_valid,
        "medical_institution_code": medical_institution_code.is_valid,
        "mobile": mobile.is_valid,
        "org_code": org_code.is_valid,
        "physician_qualification": physician_qualification.is_valid,
        "resident_id": resident_id.is_valid,
        "tw_national_id": tw_national_id.is_valid,
        "uscc": uscc.is_valid,
        "vin": vin.is_valid,
    }
)
"""What a recognizer file may name as its `validator`."""

__all__ = ["VALIDATORS"]
