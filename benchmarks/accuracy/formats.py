"""Accuracy by format: the same labelled texts as files, each line a paragraph, or each row of a table a row.

A record must not be safer as a text than as the document that it came in. What is found in the blocks of a file is
led back to the text by its characters, white space aside. Sets that nobody read while rules were written.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import docx
import openpyxl
import pptx
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "speed"))
sys.path.insert(0, str(Path(__file__).parent))

from figures import write
from run import HERE, measure, summary

from deid import Deidentifier
from deid.catalog import Marked
from deid.evaluation.samples import Samples
from deid.formats import read

SETS = ("blind-b", "blind-yq", "blind-yu", "blind-yx", "blind-xb", "blind-xg", "blind-xk", "blind-wn")
AHEAD = 40
"""So many characters of the text may stand between two blocks: what parts cells."""
HEADER = 160
"""The same where the names of the columns are keys."""
PAGE, SAME = 30, 0.8
"""A block of so many characters is part of a page; so many of them must be those of the text."""
FONT, SIZE, WIDE = "STSong-Light", 10, 48
"""Of a page: its font, the size in points, and the Chinese characters of a line."""
_WORD = re.compile(r"[!-,.-~]*-|[!-~]+|\s|[^!-~]")
_OPEN = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def word(text: str, path: Path) -> None:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))


def slides(text: str, path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, 9_000_000, 6_000_000).text_frame.text = text
    deck.save(str(path))


def page(text: str, path: Path) -> None:
    lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines())
    path.write_text(f'<html><head><meta charset="utf-8"></head><body>{lines}</body></html>', "utf-8")


def open_document(text: str, path: Path) -> None:
    lines = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in text.splitlines())
    content = f"<office:document-content {_OPEN}><office:body><office:text>{lines}</office:text></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        out.writestr("content.xml", content)


def rich_text(text: str, path: Path) -> None:
    def coded(character: str) -> str:
        if character in "\\{}":
            return f"\\{character}"
        units = character.encode("utf-16-le")
        numbers = (int.from_bytes(units[n : n + 2], "little", signed=True) for n in range(0, len(units), 2))
        return character if character.isascii() else "".join(rf"\u{number}?" for number in numbers)

    lines = "".join("".join(map(coded, line)) + "\\par\n" for line in text.splitlines())
    path.write_text(f"{{\\rtf1\\ansi {lines}}}", "ascii")


def printed(text: str, path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path))
    lines = [part for line in text.splitlines() for part in _wrapped(line)]
    for number, line in enumerate(lines):
        if number and not number % 48:
            canvas.showPage()
        canvas.setFont(FONT, SIZE)
        canvas.drawString(50, 800 - 16 * (number % 48), line)
    canvas.save()


def _wrapped(line: str) -> Iterator[str]:
    """A line as word processors break it: between Chinese characters, behind spaces and hyphens."""
    shown, width = "", 0.0
    for word in _WORD.findall(line):
        size = pdfmetrics.stringWidth(word, FONT, SIZE)
        if width + size > WIDE * SIZE:
            yield shown
            shown, width = "", 0.0
        shown, width = shown + word, width + size
    yield shown


def delimited(text: str, path: Path) -> None:
    path.write_text(text, "utf-8")


def workbook(text: str, path: Path) -> None:
    book = openpyxl.Workbook()
    for row, cells in enumerate(_cells(text), 1):
        for column, cell in enumerate(cells, 1):
            book.active.cell(row, column, cell or None).data_type = "s"
    book.save(str(path))


def records(text: str, path: Path) -> None:
    rows = list(_cells(text))
    first = max(range(len(rows)), key=lambda number: len(rows[number]))
    names = [name or f"column {column}" for column, name in enumerate(rows[first])]
    objects = [dict(zip(names, cells, strict=False)) for cells in rows[first + 1 :]]
    objects[:0] = [{"title": " ".join(cells)} for cells in rows[:first]]
    path.write_text(json.dumps(objects, ensure_ascii=False, indent=1), "utf-8")


def _cells(text: str) -> Iterator[list[str]]:
    lines = text.splitlines()
    mark = max("\t|,;；｜", key=lambda mark: sum(map(bool, (line.count(mark) for line in lines))))
    return csv.reader(lines, delimiter=mark)


RUNNING: dict[str, Callable[[str, Path], None]] = {
    "docx": word,
    "pptx": slides,
    "html": page,
    "odt": open_document,
    "rtf": rich_text,
    "pdf": printed,
}
TABLES: dict[str, Callable[[str, Path], None]] = {"csv": delimited, "xlsx": workbook, "json": records}


class InFiles:
    """Finds what is found in a text where it is a file."""

    def __init__(self, name: str, make: Callable[[str, Path], None], scratch: Path) -> None:
        self._path, self._make = scratch / f"text.{name}", make
        self._deidentifier = Deidentifier()

    def __call__(self, texts: Sequence[str]) -> list[list[Marked]]:
        return [sorted(set(self._found(text))) for text in texts]

    def _found(self, text: str) -> Iterator[Marked]:
        self._make(text, self._path)
        places = [place for place, character in enumerate(text) if not character.isspace()]
        plain = "".join(text[place] for place in places)
        cursor, ahead = 0, HEADER if self._make is records else AHEAD
        for block, entities in self._deidentifier.detect_blocks(
            read(str(self._path), ref="document").blocks()
        ):
            led = (
                {}
                if block.search_only or block.id.startswith("key:")
                else _led(_plain(block.text), plain, cursor, ahead)
            )
            cursor = max(led.values(), default=cursor - 1) + 1
            for entity in entities:
                first = len(_plain(block.text[: entity.start]))
                last = len(_plain(block.text[: entity.end])) - 1
                if first in led and last in led:
                    yield Marked(places[led[first]], places[led[last]] + 1, entity.entity_type)


def _plain(text: str) -> str:
    return "".join(text.split())


def _led(block: str, text: str, cursor: int, ahead: int) -> dict[int, int]:
    """From the characters of a block to those of the text from `cursor` on; a font may lack some of a page."""
    start = text.find(block, cursor, cursor + ahead + len(block))
    if start >= 0:
        return {number: start + number for number in range(len(block))}
    if len(block) < PAGE:
        return {}
    alike = SequenceMatcher(None, block, text[cursor : cursor + ahead + len(block)], autojunk=False)
    if alike.quick_ratio() < SAME:
        return {}
    return {a + n: cursor + b + n for a, b, size in alike.get_matching_blocks() for n in range(size)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "formats.json")
    arguments = parser.parse_args()
    samples = [sample for name in SETS for sample in Samples.load(HERE / f"data/{name}.txt")]
    rows = [sample for sample in samples if "-csv-" in sample.id and not sample.text.startswith("{")]
    others = [sample for sample in samples if "-csv-" not in sample.id]
    as_text = Deidentifier().detect_many
    figures: dict[str, dict[str, float]] = {}
    print(f"{'':24}{'P':>8}{'R':>8}{'direct covered':>16}")
    with tempfile.TemporaryDirectory() as scratch:
        for kind, chosen, makers in (("text", others, RUNNING), ("table", rows, TABLES)):
            engines = {name: InFiles(name, make, Path(scratch)) for name, make in makers.items()}
            for name, engine in {"as text": as_text, **engines}.items():
                scores = summary(measure(engine, Samples(tuple(chosen))))
                told = {key: round(scores[key], 4) for key in ("precision", "recall", "direct_covered")}
                figures[f"{kind}, {name}"] = told
                print(
                    f"{kind + ', ' + name:24}{told['precision']:>8.1%}{told['recall']:>8.1%}{told['direct_covered']:>16.1%}"
                )
    write(arguments.out, figures)


if __name__ == "__main__":
    main()
