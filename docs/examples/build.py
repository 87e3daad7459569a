"""Builds the demo folder: `sources/` in marked text → `records/` and `expected/`.

A source begins with `path:` (where the document goes, itself marked text), `kind:` and, for
text, `encoding:` and `newline:`; Word and Excel files are YAML. Besides entity types there
are two marks: `NONE` for stretches that look like personal information and are not, `IGNORE`
for what may be found or not. Nothing here depends on the time, so building twice gives the
same bytes.

    python docs/examples/build.py [FOLDER]
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))
import build_excel
import build_text
import build_word
from build_marks import has_marks, plain

HERE = Path(__file__).parent
SOURCES = HERE / "sources"


@dataclass(frozen=True)
class Built:
    """A document: its path below `records/` (marked), its bytes, its text units in marked text."""

    path: str
    kind: str
    content: bytes
    units: tuple[str, ...]

    @property
    def expected(self) -> str:
        """Lines of the units that hold a mark, in order, each once."""
        lines = (line.strip() for unit in self.units for line in unit.splitlines())
        return "".join(line + "\n" for line in dict.fromkeys(line for line in lines if has_marks(line)))


def documents() -> Iterator[Built]:
    """Every document of the demo folder, in order of source name."""
    for source in sorted(SOURCES.iterdir()):
        text = source.read_text("utf-8")
        if source.suffix == ".yaml":
            spec = yaml.safe_load(text)
            build = build_word.build if source.name.endswith(".docx.yaml") else build_excel.build
            content, units = build(spec)
        else:
            head, _, body = text.partition("---\n")
            spec = dict(line.split(": ", 1) for line in head.splitlines())
            content, units = build_text.build(body, source.suffix, spec)
        yield Built(spec["path"], spec["kind"], content, tuple(units))


def write(folder: Path) -> int:
    """Write `records/` and `expected/` anew; the number of documents comes back."""
    for name in ("records", "expected"):
        shutil.rmtree(folder / name, ignore_errors=True)
    built = list(documents())
    for document in built:
        path = plain(document.path)
        record = folder / "records" / path
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_bytes(document.content)
        expected = folder / "expected" / f"{path}.marked.txt"
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_bytes(document.expected.encode())
    paths = "".join(sorted(f"{document.path}\n" for document in built))
    (folder / "expected" / "paths.marked.txt").write_bytes(paths.encode())
    return len(built)


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)} documents")
