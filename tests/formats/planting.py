"""Values planted in hostile files, and a stand-in for detection that finds just these."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from deid.formats import edits, read, write
from deid.formats.edits import Edit
from deid.types import Document, Entity, Replacement, TextBlock

_HAN = "琛玥翀堃珺祎旸昱晔烨煊琰瑄璟祺禛翊翎芊芮茗莀菡萱葳蕤蘅袆褚觅谌谡赟轶迩逍遥邈郗郜鄢酉"


class Planter:
    """Gives a name or number for each place and remembers where it was planted."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def name(self, place: str) -> str:
        index = len(self.values)
        value = "欧" + _HAN[index // len(_HAN)] + _HAN[index % len(_HAN)] + "某"
        assert value not in self.values
        self.values[value] = place
        return value

    def phone(self, place: str) -> str:
        value = f"1391234{5000 + len(self.values)}"
        self.values[value] = place
        return value

    def take(self, value: str, place: str) -> str:
        self.values[value] = place
        return value


def replaced(document: Document, values: Iterable[str], label: str = "〔替〕") -> dict[str, tuple[Edit, ...]]:
    """Edits that put `label` for each of the values wherever a block shows it."""
    pattern = re.compile("|".join(map(re.escape, sorted(values, key=len, reverse=True))))

    def found(block: TextBlock) -> list[Replacement]:
        return [
            Replacement(Entity("PERSON", match.start(), match.end(), 1.0, block.id), "label", label)
            for match in pattern.finditer(block.text)
        ]

    return edits((block, found(block)) for block in document.blocks())


def raw_text(data: bytes) -> Iterator[str]:
    """Every part of a package: with tags and without, entities and percent escapes undone."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            part = package.read(info)
            yield unquote(info.filename)
            if part.startswith(b"PK"):
                yield from raw_text(part)
            text = part.decode("utf-8", "replace")
            yield unescape(text)
            yield unquote(unescape(text))
            yield unescape(re.sub(r"<[^>]*>", "", text))
            yield part.decode("utf-16-le", "replace")


def survivors(values: dict[str, str], texts: Iterable[str]) -> set[str]:
    """The places whose planted value is in one of the texts."""
    left: set[str] = set()
    for text in texts:
        left |= {place for value, place in values.items() if value in text}
    return left


def zipped(parts: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def unzipped(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def document_of(path: Path, text: str) -> Document:
    path.write_bytes(text.encode())
    return read(path, ref="#1")


def rewritten(document: Document, values: Iterable[str], out: Path) -> str:
    write(document, replaced(document, values), out)
    return out.read_bytes().decode()
