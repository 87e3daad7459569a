"""Folder runs over PDF files drawn here: seconds, and the memory of each process over that of an idle one.

Dense pages of invented records with an embedded font, of 1,500 characters each, and pages that are
pictures. Two workers, of which one file keeps one busy. Idle is a worker after a text file (with OCR:
after a page that is a picture). Memory is read from /proc, so it is told on Linux only.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(Path(__file__).parent))

from figures import write  # noqa: E402
from run import records  # noqa: E402
from tables import measured  # noqa: E402

from deid.formats.lettering import chinese_font  # noqa: E402
from deid.formats.pdf.standin import RESOURCE, StandInFont  # noqa: E402

SIZE, LINE, CHARACTERS = (595, 842), 54, 1_500
SCAN = (1654, 2339)


def texts(count: int) -> list[list[str]]:
    """The lines of so many pages, no two alike."""
    pages: list[list[str]] = [[]]
    for record in records(7 * count + 7, 21):
        for line in record.splitlines():
            pages[-1] += (line[start : start + LINE] for start in range(0, len(line), LINE))
            if sum(map(len, pages[-1])) >= CHARACTERS:
                pages.append([])
    full = pages[:-1]
    assert len(full) >= count
    return full[:count]


def plain(folder: Path, count: int) -> None:
    text = "\n".join(line for lines in texts(count) for line in lines)
    (folder / "病历.txt").write_text(text, "utf-8")


def printed(folder: Path, count: int) -> None:
    with pikepdf.new() as pdf:
        font = StandInFont(pdf)
        for lines in texts(count):
            shown = [
                f"1 0 0 1 50 {800 - 16 * number} Tm <{b''.join(map(font.code, line)).hex()}> Tj"
                for number, line in enumerate(lines)
            ]
            page = pdf.add_blank_page(page_size=SIZE).obj
            page.Contents = pdf.make_stream("\n".join([f"BT {RESOURCE} 9 Tf", *shown, "ET"]).encode())
            page.Resources = Dictionary(Font=Dictionary({RESOURCE: font.object}))
        font.embed()
        pdf.save(folder / "病历.pdf")


def scanned(folder: Path, count: int) -> None:
    file = chinese_font()
    assert file is not None
    font = ImageFont.truetype(file.path, 26, index=file.number)
    with pikepdf.new() as pdf:
        for lines in texts(count):
            picture = Image.new("RGB", SCAN, "white")
            draw = ImageDraw.Draw(picture)
            for number, line in enumerate(lines):
                draw.text((110, 110 + 50 * number), line, font=font, fill=(20, 20, 20))
            data = io.BytesIO()
            picture.save(data, "JPEG", quality=80)
            image = pdf.make_stream(
                data.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=SCAN[0], Height=SCAN[1],
                ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
            )  # fmt: skip
            page = pdf.add_blank_page(page_size=SIZE).obj
            page.Contents = pdf.make_stream(f"{SIZE[0]} 0 0 {SIZE[1]} 0 0 cm /I0 Do".encode())
            page.Resources = Dictionary(XObject=Dictionary(I0=image))
        pdf.save(folder / "扫描.pdf")


def compared(
    make: Callable[[Path, int], None], counts: list[int], idle: float = 0.0
) -> dict[str, dict[str, float]]:
    """Figures by number of pages; `idle` MB are those of a worker that has loaded what it needs."""
    figures = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as scratch:
            source = Path(scratch) / "in"
            source.mkdir()
            make(source, count)
            found = measured(source, Path(scratch) / "out")
        if idle:
            found["worker above idle: MB"] = found["worker: MB"] - idle
        figures[f"{make.__name__}, {count} pages"] = found
        for kind, figure in found.items():
            print(f"{make.__name__ + ',':9}{count:>4} pages   {kind:24}{figure:>10,.2f}", flush=True)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--printed", type=int, nargs="*", default=[30, 138, 500], help="pages of each file")
    parser.add_argument("--scanned", type=int, nargs="*", default=[30], help="pages of each file")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "pages.json")
    arguments = parser.parse_args()
    figures = compared(plain, [1])
    figures |= compared(printed, arguments.printed, figures["plain, 1 pages"]["worker: MB"])
    if arguments.scanned:
        figures |= compared(scanned, [1])
        figures |= compared(scanned, arguments.scanned, figures["scanned, 1 pages"]["worker: MB"])
    write(arguments.out, figures)


if __name__ == "__main__":
    main()
