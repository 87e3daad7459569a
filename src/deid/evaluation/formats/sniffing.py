"""Which format a labelled file has: by its suffix where that says it, else by its first samples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deid.errors import SamplesError
from deid.evaluation.formats.conll import looks_like
from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import damaged
from deid.evaluation.formats.objects import objects

_TABLES = {".xlsx": "xlsx", ".csv": "csv", ".tsv": "csv"}
_JSON = (".json", ".jsonl", ".ndjson")
_CONLL = (".conll", ".bio", ".bioes", ".bies", ".bilou", ".bmes", ".iob")
_OF_ENTITIES = {"start_offset": "doccano", "start_idx": "cmeee", "start": "spans"}
_LINES = 400
_DOCUMENTS = (
    b"%PDF",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"II*\0",
    b"MM\0*",
    b"GIF8",
)
_DOCUMENT_SUFFIXES = (
    ".pdf",
    ".doc",
    ".docx",
    ".rtf",
    ".ppt",
    ".pptx",
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
)


def recognised(content: Content) -> str:
    """The name of the format. SamplesError when the file is of none."""
    if content.suffix in _DOCUMENT_SUFFIXES or content.raw.startswith(_DOCUMENTS):
        hint = "label its text: deid samples prelabel reads documents and writes tasks"
        raise damaged(content.name, "", "a document, and no file of labelled samples", hint=hint)
    if content.suffix in _TABLES:
        return _TABLES[content.suffix]
    if content.raw[:2] == b"PK":
        return "xlsx"
    if content.suffix in _CONLL:
        return "conll"
    text = content.text
    if content.suffix in _JSON or text.lstrip().startswith("{") or text.lstrip().startswith("[{"):
        try:
            return _of_objects(content)
        except SamplesError:
            if content.suffix in _JSON:
                raise
    return "conll" if looks_like(text.split("\n")[:_LINES]) else "marked"


def _of_objects(content: Content) -> str:
    undecided, items = "", list(objects(content))
    if not items:
        raise damaged(content.name, "", "no samples in it")
    for _, item in items:
        name, certain = _of_object(item)
        if certain:
            return name
        undecided = undecided or name
    if not undecided:
        raise damaged(
            content.name, "", "JSON of an unknown structure", hint="name the format with --from, or format="
        )
    return undecided


def _of_object(item: Mapping[str, Any]) -> tuple[str, bool]:
    """The format of an object, and whether that is certain; an object without labels leaves it open."""
    if "full_text" in item:
        return "presidio", True
    if isinstance(item.get("data"), dict):
        return "label-studio", True
    label = item.get("label", item.get("labels"))
    if isinstance(label, dict):
        return "cluener", True
    if isinstance(label, list) and "entities" not in item:
        regions = bool(label) and isinstance(label[0], dict)
        return ("label-studio" if regions else "doccano"), bool(label)
    entities = item.get("entities", item.get("spans"))
    if isinstance(entities, list):
        first = entities[0] if entities and isinstance(entities[0], dict) else {}
        name = next((name for key, name in _OF_ENTITIES.items() if key in first), "")
        return name or "spans", bool(name)
    for value in item.values():  # JSON-MIN: the field is called as its control tag was
        if isinstance(value, list) and value and isinstance(value[0], dict) and "start" in value[0]:
            return "label-studio", True
    return "", False
