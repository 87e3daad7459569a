"""Folder runs over one scanned file each, drawn here: dense pages of 47 lines at 200 dpi, and a photo of one.

Wall time and that of the processors, with two workers; then the output is read again: how much of what
is medical is still there, and how many names and telephones. The machine should have nothing else to do.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageSequence

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(Path(__file__).parent))

from figures import write  # noqa: E402
from run import records  # noqa: E402

from deid.formats.lettering import chinese_font  # noqa: E402
from deid.formats.ocr.engine import recognize  # noqa: E402
from deid.formats.pdf.rendering import rendered  # noqa: E402

WIDTH, HEIGHT, EDGE = 1654, 2339, 180  # pixels: A4 at 200 dpi
LINES, PITCH, SIZE = 47, 44, 29
PAPER, INK = 252, 35
VALUES = re.compile(r"(?:姓名|电话|医师)：([一-鿿]{2,3}|[0-9]{11})")
MEDICAL = re.compile(
    "咳嗽|咳痰|气促|高血压|硝苯地平|反酸嗳气|非萎缩性胃炎|幽门螺杆菌阳性|关节疼痛|骨性关节炎|氨基葡萄糖|塞来昔布|血糖升高|糖化血红蛋白|"
    "二甲双胍|达格列净|情绪低落|兴趣减退|舍曲林"
)


def letters() -> ImageFont.FreeTypeFont:
    file = chinese_font()
    if file is None:
        raise SystemExit("there is no Chinese font on this machine")
    return ImageFont.truetype(file.path, SIZE, index=file.number)


def lines(seed: int) -> list[str]:
    """Invented records as lines that fill a page."""
    font, made = letters(), list[str]()
    for record in records(LINES, seed):
        head, who, where, when, *rest = record.splitlines()
        for paragraph in (f"{head}  {who}", f"{where}  {when}", "".join(rest)):
            line = ""
            for character in paragraph:
                if font.getlength(line + character) > WIDTH - 2 * EDGE:
                    made.append(line)
                    line = ""
                line += character
            made.append(line)
    return made[:LINES]


def page(seed: int) -> Image.Image:
    """A page as a scanner sees it: a little askew and grainy, without colour."""
    picture = Image.new("L", (WIDTH, HEIGHT), PAPER)
    draw, font = ImageDraw.Draw(picture), letters()
    for number, line in enumerate(lines(seed)):
        draw.text((EDGE, EDGE + PITCH * number), line, font=font, fill=INK)
    picture = picture.filter(ImageFilter.GaussianBlur(0.6))
    picture = picture.rotate(0.3, resample=Image.Resampling.BICUBIC, fillcolor=PAPER)
    grain = np.random.default_rng(seed).normal(0, 3, (HEIGHT, WIDTH))
    return Image.fromarray((np.asarray(picture) + grain).clip(0, 255).astype("uint8")).convert("RGB")


def photo(seed: int) -> Image.Image:
    """2000 × 3000: the page on a table, turned by three degrees, darker on one side."""
    sheet = page(seed).resize((1800, 2545), Image.Resampling.BICUBIC)
    mask = Image.new("L", sheet.size, 255).rotate(3, expand=True)
    sheet = sheet.rotate(3, resample=Image.Resampling.BICUBIC, expand=True)
    table = Image.new("RGB", (2000, 3000), (150, 120, 90))
    table.paste(sheet, ((2000 - sheet.width) // 2, (3000 - sheet.height) // 2), mask)
    shade = np.linspace(0.75, 1.0, 2000)[None, :, None]
    return Image.fromarray((np.asarray(table) * shade).astype("uint8"))


def _png(folder: Path) -> None:
    page(11).save(folder / "a.png", dpi=(200, 200))


def _pdf(folder: Path) -> None:
    page(11).save(folder / "a.pdf", resolution=200.0, quality=85)


def _tiff(folder: Path) -> None:
    others = [page(12), page(13)]
    page(11).save(folder / "a.tif", save_all=True, append_images=others, compression="tiff_deflate")


def _photo(folder: Path) -> None:
    photo(11).save(folder / "a.jpg", quality=88)


KINDS: dict[str, tuple[Callable[[Path], None], tuple[int, ...]]] = {
    "png, one page": (_png, (11,)),
    "pdf, one page": (_pdf, (11,)),
    "tif, three pages": (_tiff, (11, 12, 13)),
    "jpg, a photo": (_photo, (11,)),
}
"""What is made, and the seeds of its pages."""


def measured(source: Path, target: Path, seeds: Sequence[int]) -> dict[str, float]:
    """Seconds of a run, those of all its processes, and what is left of a text that was printed."""
    command = [sys.executable, "-m", "deid", "run", str(source), str(target), "--workers", "2"]
    started, before = time.perf_counter(), _used()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds, used = time.perf_counter() - started, _used() - before
    shown = "".join(_text(target))
    printed = "".join(line for seed in seeds for line in lines(seed))
    values = {value for seed in seeds for record in records(LINES, seed) for value in VALUES.findall(record)}
    return {
        "seconds": seconds,
        "CPU-seconds": used,
        "medical words left: %": 100 * len(MEDICAL.findall(shown)) / len(MEDICAL.findall(printed)),
        "names and numbers left": sum(value in printed and value in shown for value in values),
    }


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _text(folder: Path) -> Iterator[str]:
    """Every line that can be read in the files of a folder, whoever wrote it."""
    for path in folder.iterdir():
        if path.suffix == ".pdf":
            pictures = rendered(str(path), (1,), notes=False)
        else:
            pictures = ImageSequence.Iterator(Image.open(path))
        for picture in pictures:
            yield from (line.text for line in recognize(np.asarray(picture.convert("RGB"))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=KINDS, nargs="*", default=list(KINDS))
    parser.add_argument("--out", type=Path, default=HERE / "results" / "scans.json")
    arguments = parser.parse_args()
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in arguments.only:
            make, seeds = KINDS[name]
            source = Path(scratch) / make.__name__
            source.mkdir()
            make(source)
            figures[name] = measured(source, Path(scratch) / f"{make.__name__}-out", seeds)
            for kind, figure in figures[name].items():
                print(f"{name:24}{kind:28}{figure:>10,.1f}", flush=True)
    write(arguments.out, figures)


if __name__ == "__main__":
    main()
