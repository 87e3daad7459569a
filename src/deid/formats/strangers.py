"""Files that deid knows and does not handle, so that the reason says what they are."""

from __future__ import annotations

import re

_BEGINNINGS = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"#!AMR", "a sound recording"),
    (b"#!SILK", "a sound recording"),
    (b"\x02#!SILK", "a sound recording"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"FLV\x01", "a video"),
    (b"0&\xb2u\x8ef\xcf\x11", "a video"),
    (b"\x00\x00\x01\xba", "a video"),
    (b"\x00\x00\x01\xb3", "a video"),
    (b"GIF8", "a picture of a kind that may move (gif)"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"!BDN", "a mailbox of Outlook (pst)"),
    (b"AC1", "a drawing of AutoCAD (dwg)"),
    (b"x\x9f>\x22", "an attachment of Outlook (winmail.dat)"),
)
HL7 = "messages of hospital systems (HL7)"
_FRAMES = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xeb]")
_HL7 = re.compile(r"(?:\s|\x0b)*(?:MSH|FHS|BHS)\|\^~\\&")
_RESOURCES = (
    "Patient|Practitioner|PractitionerRole|Organization|Encounter|Observation|Condition|Procedure|Bundle|DiagnosticReport|"
    "Medication|MedicationRequest|MedicationStatement|MedicationAdministration|AllergyIntolerance|Immunization|CarePlan|"
    "CareTeam|Claim|Coverage|Composition|DocumentReference|ImagingStudy|Appointment|Consent|Questionnaire|QuestionnaireResponse|"
    "RelatedPerson|ServiceRequest|Specimen|Device|Location|Communication|FamilyMemberHistory|Parameters|Task|Provenance"
)
_FHIR_JSON = re.compile(rf'"resourceType"\s*:\s*"(?:{_RESOURCES})"')
_FHIR_XML = re.compile(r"<[A-Z][A-Za-z]{2,40}\s[^>]*xmlns=[\"']http://hl7\.org/fhir[\"']")
_SAMPLE = 4096  # characters


def stranger(head: bytes) -> str:
    """What a file is that begins so (512 bytes), if it is one of these; else nothing."""
    if _HL7.match(head.decode("latin-1")):
        return HL7
    if b"\0" not in head and not head.startswith(b"#!"):
        return ""  # a text may begin as it likes
    for mark, name in _BEGINNINGS:
        if head.startswith(mark):
            return name
    if head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"AVI "):
        return "a sound recording" if head[8:12] == b"WAVE" else "a video"
    if head[:2] == b"\0\0" and head[4:8] == b"ftyp":
        is_photo = head[8:11] in (b"hei", b"hev", b"mif", b"msf")
        return "a photo of a phone (heic)" if is_photo else "a sound recording or video"
    if head[128:132] == b"DICM":
        return "a picture of medical imaging (DICOM)"
    return "a sound recording" if _FRAMES.match(head) else ""


def medical(sample: str) -> str:
    """Which exchange format of hospitals a text is, if it is one; else nothing."""
    if _HL7.match(sample):
        return HL7
    is_json = sample.lstrip()[:1] == "{" and _FHIR_JSON.search(sample[:_SAMPLE])
    if is_json or _FHIR_XML.search(sample[:_SAMPLE]):
        return "resources of hospital systems (FHIR)"
    return ""
