"""Pictures of any size: lines are found strip by strip, and a page takes little memory."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageDraw
from test_images import letters

from deid.formats.ocr import engine, finding

pytest.importorskip("rapidocr")
LINE = "患者因反复上腹部疼痛伴反酸嗳气入院"


def long_page(width, height, places, size=32, text=LINE):
    picture = Image.new("RGB", (width, height), "white")
    for place in places:
        ImageDraw.Draw(picture).text((40, place), text, font=letters(size), fill="black")
    return np.asarray(picture)


class Network:
    """In the place of a network: it tells every row that it is given."""

    def __init__(self):
        self.rows = []

    def session(self, part):
        self.rows.append(part.shape[2])
        return part[:, :1]


def test_strips_are_put_together_without_their_margins():
    small = np.random.default_rng(1).integers(0, 255, (1280, 896, 3), np.uint8)
    network = Network()

    seen = finding.InStrips(network)._seen(small)

    assert np.allclose(seen, small[:, :, 0] / 127.5 - 1, atol=1e-5)
    assert len(network.rows) > 3
    assert max(network.rows) * 896 < 320_000


def test_blank_strips_are_passed_by():
    small = np.full((1280, 896, 3), 250, np.uint8)
    small[40:50, 100:200] = 0
    network = Network()

    finding.InStrips(network)._seen(small)

    assert len(network.rows) == 1


def test_a_line_on_a_seam_is_one_line():
    rows = finding._AREA // 640 // 32 * 32  # of a page of this width, which is not made smaller
    page = long_page(640, 1280, [rows - 16, 2 * rows - 10], 20)

    lines = engine.recognize(page)

    assert [line.text for line in lines] == [LINE, LINE]


def test_a_chat_as_one_long_picture_is_read():
    page = long_page(1080, 9000, [300, 4000, 8800])

    assert [line.text for line in engine.recognize(page)] == [LINE] * 3


READ = """
import resource, sys
import numpy as np
from PIL import Image
sys.path.insert(0, sys.argv[1])
from test_long_pictures import LINE, long_page
from deid.formats.ocr import engine, read_picture
page = Image.fromarray(long_page(1654, 2339, range(100, 2200, 50), 29, LINE * 3))
engine._engine()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert len(read_picture(page).lines) > 40
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="resident memory in kB")
def test_a_dense_page_takes_less_than_250_mb(request):
    told = subprocess.run(
        [sys.executable, "-c", READ, str(request.path.parent)], capture_output=True, text=True, check=True
    )

    assert float(told.stdout) < 250
