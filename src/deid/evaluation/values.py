"""What stands in the slots of a template: values of every entity type, for the cast of a document.

A value with a subject is the subject's, and the same wherever it is asked for; it may be written
otherwise each time. Without subject it is somebody's who is not mentioned again.
"""

from __future__ import annotations

import datetime
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from deid.errors import SamplesError
from deid.evaluation.cast import Cast, Person
from deid.surrogates import addresses, attributes, contacts, dates, forms, numbers, organizations
from deid.surrogates.words import chance, lexicon

_OFFSET = re.compile(r"(visit|born)([+-][0-9]+)?")
_HOTLINES: Final = (
    "120 110 12320 12345 12356 12315 12393 95588 95519 95511 400-800-1234 400-650-2288 4006781120".split()
)

Maker = Callable[[Random, Cast, Person], str]

_MAKERS: Final[Mapping[str, Maker]] = {
    "CN_RESIDENT_ID": lambda r, c, p: numbers.resident_id(
        r, born=p.born, sex=p.sex, province=p.place.resident_code if chance(r, 70) else ""
    ),
    "CN_HMT_RESIDENCE_PERMIT": lambda r, c, p: numbers.hmt_residence_permit(r, born=p.born, sex=p.sex),
    "CN_FOREIGN_PR_ID": lambda r, c, p: numbers.foreign_pr_id(r, born=p.born, sex=p.sex),
    "TW_NATIONAL_ID": lambda r, c, p: numbers.tw_id(r, sex=p.sex),
    "CN_PHYSICIAN_QUALIFICATION": lambda r, c, p: numbers.physician_qualification(
        r, resident=value(r, c, "CN_RESIDENT_ID", p)
    ),
    "PHONE_NUMBER": lambda r, c, p: contacts.mobile(r),
    "CN_ADDRESS": lambda r, c, p: addresses.address(r, p.place),
    "CN_POSTAL_CODE": lambda r, c, p: addresses.postal_code(r, p.place),
    "CN_ALIPAY": lambda r, c, p: contacts.mobile(r) if chance(r, 60) else contacts.email(r),
    "ENCODED_CONTENT": lambda r, c, p: b64encode(f"mobile={contacts.mobile(r)}".encode()).decode(),
    "CN_MEDICAL_INSTITUTION": lambda r, c, p: organizations.hospital(r, p.place),
    "ORGANIZATION": lambda r, c, p: organizations.company(r, p.place),
    "MEDICAL_RECORD_NUMBER": lambda r, c, p: numbers.record_number(r, day=c.visit),
    "CN_EXAM_NUMBER": lambda r, c, p: numbers.exam_number(r, day=c.visit),
    **{
        entity_type: lambda r, c, p, make=make: make(r)  # type: ignore[misc]
        for entity_type, make in {
            "CN_PASSPORT": numbers.passport,
            "CN_HKM_TRAVEL_PERMIT": numbers.hkm_travel_permit,
            "CN_TW_TRAVEL_PERMIT": numbers.tw_travel_permit,
            "CN_EXIT_PERMIT": numbers.exit_permit,
            "HK_ID_CARD": numbers.hk_id,
            "MO_ID_CARD": numbers.mo_id,
            "CN_MILITARY_ID": numbers.military_id,
            "CN_HOUSEHOLD_REG": numbers.household_number,
            "CN_BIRTH_CERT": numbers.birth_certificate,
            "CN_SOCIAL_SECURITY": numbers.social_security,
            "CN_MEDICAL_INSURANCE_TOKEN": numbers.insurance_token,
            "CN_DRIVER_LICENSE": numbers.driving_licence_file,
            "CN_BANK_CARD": numbers.bank_card,
            "CN_BANK_ACCOUNT": numbers.bank_account,
            "CN_USCC": numbers.uscc,
            "CN_ORG_CODE": numbers.organization_code,
            "CN_TAX_ID": numbers.tax_id,
            "CN_VEHICLE_PLATE": numbers.plate,
            "VIN": numbers.vin,
            "CN_HEALTH_CARD": numbers.health_card,
            "CN_PHYSICIAN_LICENSE": numbers.physician_licence,
            "CN_NURSE_LICENSE": numbers.nurse_licence,
            "CN_MEDICAL_INSTITUTION_CODE": numbers.institution_code,
            "OTHER_ID": numbers.other_id,
            "CN_WECHAT_ID": contacts.wechat,
            "CN_QQ": contacts.qq,
            "USERNAME": contacts.username,
            "EMAIL_ADDRESS": contacts.email,
            "URL": contacts.url,
            "IP_ADDRESS": contacts.ip,
            "MAC_ADDRESS": contacts.mac,
            "IMEI": contacts.imei,
            "ICCID": contacts.iccid,
            "IMSI": contacts.imsi,
            "UUID": contacts.uuid,
            "GEO_COORDINATE": contacts.geo,
            "CN_IOT_NUMBER": contacts.iot_number,
        }.items()
    },
    **{
        entity_type: lambda r, c, p, kind=entity_type: attributes.attribute(r, kind)  # type: ignore[misc]
        for entity_type in attributes.ATTRIBUTES
    },
}
_TERMS: Final = {
    "MEDICATION": "drugs.txt",
    "PROCEDURE": "procedures.txt",
    "DISEASE": "diseases.txt",
    "SYMPTOM": "symptoms.txt",
}
ENTITY_TYPES: Final = (
    *_MAKERS, *_TERMS, "PERSON", "AGE", "DATE_TIME", "DATE_OF_BIRTH", "LOCATION", "PUBLIC_HOTLINE",
)  # fmt: skip


def surface(cast: Cast, entity_type: str, subject: str, form: str) -> str:
    """The text of a slot. SamplesError when there is no such type, subject or form."""
    random = cast.random
    match entity_type:
        case "PERSON":
            return cast.written_name(subject or f"adult_{len(cast.persons)}", form)
        case "AGE":
            return cast.age(subject or "patient", form)
        case "DATE_OF_BIRTH":
            return _date(cast, cast.person(subject or "patient").born, form)
        case "DATE_TIME":
            return _date(cast, _day(cast, subject), form)
        case "LOCATION":
            return _location(cast, subject, form)
        case "PUBLIC_HOTLINE":
            return random.choice(_HOTLINES)
        case "PHONE_NUMBER" if form == "landline":
            return contacts.landline(random, cast.place.short_city)
        case "PHONE_NUMBER" if form == "abroad":
            return contacts.extra_territorial(random)
        case "CN_RESIDENT_ID" if form == "old":
            person = cast.person(subject or "elder")
            return numbers.old_resident_id(random, born=person.born, sex=person.sex)
        case "CN_ADDRESS" if form in ("bare", "urban", "rural"):
            return addresses.address(random, cast.place, form=form)
        case "ORGANIZATION" if form in ("school", "bank", "insurer"):
            return _body(cast, form)
    if entity_type in _TERMS:
        return random.choice(lexicon(_TERMS[entity_type])[:400])
    if entity_type not in _MAKERS:
        raise SamplesError(f"template: no entity type called '{entity_type}'")
    holder = cast.person(subject or "somebody")
    text = value(random, cast, entity_type, holder) if subject else _MAKERS[entity_type](random, cast, holder)
    if form == "short" and entity_type == "CN_MEDICAL_INSTITUTION":
        return organizations.short_hospital(text, cast.place)
    return forms.written(random, text, entity_type, form or forms.usual(random, entity_type))


def value(random: Random, cast: Cast, entity_type: str, person: Person) -> str:
    """The one value of that type that belongs to the person."""
    if entity_type not in person.facts:
        person.facts[entity_type] = _MAKERS[entity_type](random, cast, person)
    return person.facts[entity_type]


def _date(cast: Cast, day: datetime.date, form: str) -> str:
    if not form and chance(cast.random, 75):
        return dates.write_date(day, cast.date_form)
    if form in dates.FORMS or not form:
        return dates.write_date(day, dates.date_form(cast.random, form or "full"))
    raise SamplesError(f"template: no form of dates called '{form}'")


def _day(cast: Cast, subject: str) -> datetime.date:
    """visit, visit-3, born+40; past and long before the visit, recent, next."""
    random = cast.random
    match subject:
        case "" | "recent":
            return dates.day_before(random, cast.visit, least=1, most=60)
        case "past":
            return dates.day_before(random, cast.visit, least=90, most=4400)
        case "next":
            return cast.visit + datetime.timedelta(days=random.randint(2, 100))
    if found := _OFFSET.fullmatch(subject):
        base = cast.visit if found[1] == "visit" else cast.principal.born
        return base + datetime.timedelta(days=int(found[2] or 0))
    raise SamplesError(f"template: no day called '{subject}'")


def _location(cast: Cast, subject: str, form: str) -> str:
    random = cast.random
    place = cast.place if subject == "home" else addresses.place(random)
    province = place.short_province if place.prefecture else ""
    match form:
        case "short":
            return place.short_city
        case "full":
            return (place.province if place.prefecture else "") + place.city + place.county
        case "town":
            return place.county + addresses.town(random)
        case "":
            return random.choice(
                (
                    place.short_city,
                    province + place.short_city,
                    place.county,
                    place.city,
                    place.city + place.county,
                )
            )
    raise SamplesError(f"template: no form of places called '{form}'")


def _body(cast: Cast, form: str) -> str:
    if form == "school":
        return organizations.school(cast.random, cast.place)
    if form == "bank":
        return organizations.bank_branch(cast.random, cast.place)
    return organizations.insurer(cast.random)
