"""Text documents: a marked body → bytes in an encoding, and its lines, cells or values."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping

from build_marks import has_marks, plain

_NUMBER = re.compile(r"(?<=[:\s\[])\[[0-9.]+\]\([A-Z_]+\)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def build(body: str, suffix: str, spec: Mapping[str, str]) -> tuple[bytes, list[str]]:
    """The bytes of the document and its text units in marked text."""
    newline = "\r\n" if spec.get("newline") == "crlf" else "\n"
    text = plain(body).replace("\n", newline)
    encoding = spec.get("encoding", "utf-8")
    # UTF-16 as Notepad writes it, on any machine.
    content = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)
    return content, list(_units(body, suffix))


def _units(body: str, suffix: str) -> Iterator[str]:
    if suffix in (".csv", ".tsv"):
        for row in csv.reader(io.StringIO(body), delimiter="\t" if suffix == ".tsv" else ","):
            yield from row
    elif suffix in (".json", ".jsonl"):
        yield from _values(body)
    elif suffix == ".md":
        for line in body.splitlines():
            yield from line.split("|") if line.startswith("|") else [line]
    else:
        yield from body.splitlines()


def _values(body: str) -> Iterator[str]:
    """Strings decoded, JSON inside them too, and marked numbers, in order."""
    for match in sorted([*_STRING.finditer(body), *_NUMBER.finditer(body)], key=lambda match: match.start()):
        if match.re is _NUMBER:
            yield match[0]
            continue
        text = json.loads(match[0])
        if text.startswith("{") and has_marks(text):
            yield from _values(text)
        else:
            yield text
