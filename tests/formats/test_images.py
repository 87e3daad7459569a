"""Pictures: what is printed is read, replaced values and unread ink are painted, nothing stays beside the pixels."""

from __future__ import annotations

import json
import threading
import weakref

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin
from planting import replaced

from deid.errors import UnreadableDocument, UnsupportedDocument, WithheldDocument
from deid.formats import images, read, text_of, write
from deid.formats.edits import Edit
from deid.formats.lettering import chinese_font
from deid.formats.ocr import engine, painting, read_picture, reading
from deid.formats.sharing import share

pytestmark = pytest.mark.slow

LINES = ("门诊病历记录单", "患者姓名：张三丰", "联系电话：13800138000", "诊断：社区获得性肺炎")
VALUES = ("张三丰", "13800138000")


def letters(size):
    file = chinese_font()
    return ImageFont.truetype(file.path, size, index=file.number)


def printed(lines=LINES, size=(640, 330)):
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((30, 20 + 70 * number), line, font=letters(32), fill="black")
    return picture


def done(picture, tmp_path, name="a.png", **options):
    path, out = tmp_path / name, tmp_path / f"out-{name}"
    picture.save(path, **options)
    document = read(path, ref="#0001")
    write(document, replaced(document, VALUES), out)
    return out


def seen(picture):
    return "".join(line.text for line in read_picture(picture).lines)


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_values_are_painted_and_the_rest_stays_however_the_picture_is_turned(tmp_path, turns):
    out = done(printed().rotate(turns, expand=True), tmp_path)

    text = seen(Image.open(out))

    assert not [value for value in VALUES if value in text]
    assert "社区获得性肺炎" in text
    assert "替" in text


def noted(name):
    """What a picture of each kind may hold besides its pixels, as Pillow writes it."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = SECRET
    exif.get_ifd(0x8825)[29] = SECRET  # of where it was taken
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET)
    text.add_text("Packed", SECRET, zip=True)
    text.add_itxt("XML:com.adobe.xmp", SECRET)
    return {
        "png": {"exif": exif, "pnginfo": text},
        "jpg": {"exif": exif, "comment": SECRET.encode(), "xmp": SECRET.encode()},
        "webp": {"exif": exif, "xmp": SECRET.encode()},
        "tif": {"exif": exif, "tiffinfo": {270: SECRET, 305: SECRET, 700: SECRET.encode(), 65000: SECRET}},
    }.get(name[2:], {})


SECRET = "ZhangSanfeng"


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.bmp", "a.tif"])
def test_every_kind_keeps_its_kind_and_its_pixels_alone(tmp_path, name):
    path, out = tmp_path / name, tmp_path / f"b.{name[2:]}"
    printed().save(path, **noted(name))
    path.write_bytes(path.read_bytes() + SECRET.encode())

    write(read(path, ref="#1"), {}, out)

    with Image.open(out) as picture:
        assert images.FORMATS[picture.format] == name[2:]
        assert picture.size == (640, 330)
        assert not any(SECRET in str(value) for value in (*picture.info.values(), dict(picture.getexif())))
        assert SECRET not in str(getattr(picture, "text", ""))
    assert SECRET.encode() not in out.read_bytes()


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.bmp"])
@pytest.mark.parametrize(("said", "kept"), [((300, 300), 300), ((1380, 1380), None), ((300, 72), None)])
def test_a_picture_is_as_large_on_paper_as_before(tmp_path, name, said, kept):
    with Image.open(done(printed(), tmp_path, name, dpi=said)) as picture:
        dpi = picture.info.get("dpi")

    density = round(float(dpi[0])) if dpi else None
    assert density == kept or (kept is None and density != said[0])


@pytest.mark.parametrize(("fill", "mode"), [("black", "L"), ("navy", "RGB")])
def test_what_has_no_colour_is_written_without(tmp_path, fill, mode):
    picture = printed()
    ImageDraw.Draw(picture).text((30, 290), "诊断明确", font=letters(32), fill=fill)

    with Image.open(done(picture, tmp_path)) as shown:
        assert shown.mode == mode
        assert shown.getpixel((0, 0)) == (255 if mode == "L" else (255, 255, 255))


def test_a_picture_is_decoded_once_to_be_read_and_painted(tmp_path, monkeypatch):
    decoded = []
    plain = images.plain
    monkeypatch.setattr(images, "plain", lambda picture: decoded.append(1) or plain(picture))

    out = done(printed(), tmp_path, "a.bmp")

    assert "张三丰" not in seen(Image.open(out))
    assert len(decoded) == 1


def test_all_pages_of_a_tiff_are_read_and_kept(tmp_path):
    second = printed(("复查记录单据", "患者姓名：张三丰"))
    out = done(printed(), tmp_path, "a.tif", save_all=True, append_images=[second])

    with Image.open(out) as picture:
        texts = []
        for number in range(picture.n_frames):
            picture.seek(number)
            texts.append(seen(picture))

    assert len(texts) == 2
    assert "复查记录" in texts[1]
    assert not any("张三丰" in text for text in texts)


def test_what_a_camera_notes_is_left_out(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "patient ZhangSanfeng"
    exif[0x0112] = 1
    out = done(printed(), tmp_path, "a.jpg", exif=exif, comment=b"ZhangSanfeng")

    with Image.open(out) as picture:
        assert not picture.getexif()
    assert b"ZhangSanfeng" not in out.read_bytes()
    assert not [text for text in text_of(out, format="jpg") if "Zhang" in text]


def test_handwriting_stamps_photos_and_codes_are_painted_and_print_stays(tmp_path):
    picture = printed(("医师签名：", "诊断：社区获得性肺炎"), (900, 640))
    draw = ImageDraw.Draw(picture)
    noise = np.random.default_rng(5)
    points = [(260 + 6 * i, 40 + int(noise.integers(-25, 25))) for i in range(40)]
    draw.line(points, fill=(20, 20, 90), width=4)
    draw.ellipse((100, 300, 300, 500), outline=(200, 30, 30), width=8)
    grain = Image.fromarray(noise.integers(0, 255, (12, 10, 3)).astype("uint8")).resize(
        (150, 180), Image.Resampling.BICUBIC
    )
    picture.paste(grain, (400, 300))
    code = Image.fromarray((noise.integers(0, 2, (29, 29)) * 255).astype("uint8")).resize(
        (174, 174), Image.Resampling.NEAREST
    )
    picture.paste(code, (650, 300))

    out = done(picture, tmp_path)

    pixels = np.asarray(Image.open(out)).astype(int)
    for box in ((265, 10, 490, 70), (90, 290, 310, 510), (400, 300, 550, 480), (650, 300, 824, 474)):
        left, top, right, bottom = box
        inside = pixels[top:bottom, left:right]
        assert (inside.max() - inside.min() < 60) or (np.abs(inside - 236).sum(axis=2) > 120).mean() < 0.01, (
            box
        )
    assert "社区获得性肺炎" in seen(Image.open(out))


def test_a_photo_is_withheld(tmp_path):
    grain = np.random.default_rng(1).integers(0, 255, (30, 40, 3)).astype("uint8")
    photo = Image.fromarray(grain).resize((640, 480), Image.Resampling.BICUBIC)

    with pytest.raises(WithheldDocument, match="cannot be read"):
        done(photo, tmp_path)


def test_without_ocr_no_picture_is_read(tmp_path, monkeypatch):
    printed().save(tmp_path / "a.png")
    monkeypatch.setattr(images, "is_installed", lambda: False)

    with pytest.raises(UnsupportedDocument, match="no OCR"):
        read(tmp_path / "a.png", ref="#0001")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"\xff\xd8\xff\xe0" + b"\0" * 50])
def test_damaged_pictures_are_refused(tmp_path, data):
    path = tmp_path / "a.png"
    path.write_bytes(data)

    with pytest.raises(UnreadableDocument, match="corrupt"):
        read(path, ref="#0001")


def test_models_come_from_the_package_and_are_never_downloaded(monkeypatch):
    from rapidocr.utils import download_file

    def refuse(*_):
        raise AssertionError("a model was to be downloaded")

    monkeypatch.setattr(download_file.DownloadFile, "run", refuse)
    engine._engine.cache_clear()

    assert engine.recognize(np.asarray(printed()))


def test_tables_of_rapidocr_are_read_once_while_it_is_imported(tmp_path):
    from omegaconf import OmegaConf

    load, table = OmegaConf.load, tmp_path / "a.yaml"
    table.write_text("a: 1")

    with engine._tables_read_once():
        assert OmegaConf.load(table) is OmegaConf.load(table)

    assert OmegaConf.load == load


@pytest.fixture
def shared():
    """What one process tells the others."""
    told: dict[str, str] = {}

    class Memory:
        def get(self, key):
            return json.loads(told[key]) if key in told else None

        def put(self, key, content):
            told[key] = json.dumps(content)

    share(memory=Memory())
    yield told
    share()


def test_a_picture_that_another_process_has_read_is_not_read_again(shared, monkeypatch):
    reading._read.clear()
    first = read_picture(printed())
    reading._read.clear()  # as in a process of its own
    monkeypatch.setattr(reading, "recognize", lambda _: pytest.fail("read again"))

    again = read_picture(printed())

    assert [line.text for line in again.lines] == [line.text for line in first.lines]
    assert [line.characters for line in again.lines] == [line.characters for line in first.lines]
    assert len(shared) == 1


def misread_place(value="张三", lead="患者姓名："):
    """A line in which the place of its value is told as a sliver of the character before."""
    picture = np.asarray(printed((lead + value,), (640, 100)))
    width, at = 30 + 32 * len(lead + value), len(lead)
    corners = np.array([(30, 16), (width, 16), (width, 66), (30, 66)], dtype=float)
    edges = [number / (len(lead) + 4) for number in range(at)] + [0.52, 0.53, 0.54]
    parts = [
        engine.Character(one, left, right)
        for one, left, right in zip(lead + value + "。", edges, [*edges[1:], 1.0], strict=True)
    ]
    line = engine.Line(lead + value + "。", 0.99, corners, tuple(parts))
    return reading.ReadPicture(picture, (line,), 0)


def test_where_the_value_is_still_legible_the_whole_line_is_painted():
    read_ = misread_place()

    shown = painting.painted(read_, {"frame0/0": [Edit(5, 7, "")]}, "frame0")

    assert np.asarray(shown).min() > 200
    assert np.asarray(read_.pixels).min() < 50


def test_a_stand_in_that_went_over_two_lines_is_drawn_in_one():
    shown = [
        painting.painted(read_picture(printed()), {"a/1": [Edit(5, 16, text)]}, "a")
        for text in ("2013年\n5月", "2013年5月")
    ]

    assert np.array_equal(*map(np.asarray, shown))


def test_what_leaves_no_room_for_the_value_is_not_read_again(monkeypatch):
    read_ = read_picture(printed())
    asked = []
    monkeypatch.setattr(
        painting, "recognize_lines", lambda crops: asked.append(len(crops)) or [""] * len(crops)
    )

    painting.painted(read_, {"a/1": [Edit(5, 8, "")], "a/2": [Edit(5, 16, "")]}, "a")

    assert asked == [0]


def test_a_flourish_that_looks_like_letters_does_not_count_as_read():
    corners = np.array([(0, 0), (80, 0), (80, 20), (0, 20)], dtype=float)
    lines = [("社区获得性肺炎", 0.85), ("肺炎", 0.97), ("XX", 0.84), ("1006", 0.88)]
    read_ = reading.ReadPicture(
        np.zeros((30, 100, 3), np.uint8),
        tuple(engine.Line(text, score, corners, ()) for text, score in lines),
        0,
    )

    assert [line.text for line in read_.sure] == ["社区获得性肺炎", "肺炎"]


@pytest.fixture
def two_threads():
    share(threads=2)
    yield
    share()


def test_lines_are_recognized_in_two_threads_and_stay_in_order(two_threads):
    from rapidocr.ch_ppocr_rec import TextRecInput, TextRecOutput

    together = threading.Barrier(2, timeout=30)

    def recognizer(asked):
        together.wait()
        (picture,) = asked.img
        return TextRecOutput(asked.img, (str(picture.shape[1]),), (1.0,), (None,))

    read_ = engine._InThreads(recognizer)(TextRecInput([np.zeros((9, n, 3)) for n in (30, 10, 40, 20)]))

    assert read_.txts == ("30", "10", "40", "20")
    assert len(read_.scores) == len(read_.word_results) == 4


def test_two_threads_read_what_one_reads(two_threads):
    picture = np.asarray(printed())
    in_two = engine.recognize(picture)
    share(threads=1)

    in_one = engine.recognize(picture)

    assert [(*line[:2], line.characters) for line in in_two] == [
        (*line[:2], line.characters) for line in in_one
    ]


@pytest.mark.parametrize("photo", [0, 1])
def test_pages_with_a_photo_among_them_are_withheld(tmp_path, photo):
    grain = Image.fromarray(np.random.default_rng(1).integers(0, 255, (30, 40, 3)).astype("uint8"))
    frames = [printed(), printed()]
    frames[photo] = grain.resize((640, 480), Image.Resampling.BICUBIC)

    with pytest.raises(WithheldDocument, match=f"picture {photo + 1} shows a photo"):
        done(frames[0], tmp_path, "a.tif", save_all=True, append_images=frames[1:])


def test_pages_are_in_memory_one_at_a_time(tmp_path, monkeypatch):
    path = tmp_path / "a.tif"
    printed().save(path, save_all=True, append_images=[printed()] * 3)
    document = read(path, ref="#1")
    alive: list[weakref.ref] = []
    most = 0

    def count(read_, edits, id):
        nonlocal most
        picture = printed()
        alive.append(weakref.ref(picture))
        most = max(most, sum(one() is not None for one in alive))
        return picture

    monkeypatch.setattr(images, "painted", count)
    write(document, {}, tmp_path / "b.tif")

    assert most <= 2
    with Image.open(tmp_path / "b.tif") as written:
        assert written.n_frames == 4


def test_a_picture_stands_as_the_camera_says(tmp_path):
    picture = Image.new("RGB", (64, 48), "white")
    picture.paste("black", (0, 0, 8, 8))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90° to the right
    picture.save(tmp_path / "a.jpg", exif=exif)

    write(read(tmp_path / "a.jpg", ref="#1"), {}, tmp_path / "b.jpg")

    with Image.open(tmp_path / "b.jpg") as written:
        assert written.size == (48, 64)
        assert not written.getexif()


def test_a_line_of_which_the_characters_stand_one_below_the_other_is_written_anew(tmp_path):
    picture = printed(LINES[3:] * 3, (640, 900))
    for number, character in enumerate("患者姓名：张三丰，男，复诊"):
        ImageDraw.Draw(picture).text((300, 230 + 30 * number), character, font=letters(26), fill="black")

    with Image.open(done(picture, tmp_path)) as out:
        text = seen(out)
        column = np.asarray(out.convert("L"))[225:, 280:350]

    assert not [value for value in VALUES if value in text]
    assert "姓名" in text
    assert "替" in text
    assert "复诊" in text
    ink = np.flatnonzero((column < 128).any(axis=0))
    assert ink[-1] - ink[0] < 40
