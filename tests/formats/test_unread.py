"""What is no print on paper goes: stamps, handwriting, films. The print beneath and around it stays."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from test_images import done, letters, seen

from deid.formats.edits import Edit
from deid.formats.ocr import ReadPicture, painted, picture_blocks, read_picture
from deid.formats.ocr.burnt import in_pictures
from deid.formats.ocr.engine import Character, Line, recognize
from deid.formats.ocr.handwriting import handwritten

pytestmark = pytest.mark.slow

pytest.importorskip("rapidocr")
BLACK, BLUE, RED = (25, 25, 28), (30, 40, 130), (205, 35, 40)
DIAGNOSIS = "出院诊断：急性化脓性阑尾炎，局限性腹膜炎"


def page(*lines, size=(1100, 760), fill=BLACK):
    picture = Image.new("RGB", size, (252, 251, 248))
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((60, 40 + 80 * number), line, font=letters(32), fill=fill)
    return picture


def write_by_hand(picture, place, text, ink=BLACK, seed=3):
    """Characters that jump and are not of one size."""
    draw, noise, (x, y) = ImageDraw.Draw(picture), np.random.default_rng(seed), place
    for character in text:
        size = int(44 * noise.uniform(0.85, 1.2))
        draw.text((x, y + noise.uniform(-6, 6)), character, font=letters(size), fill=ink)
        x += size


def stamp(picture, centre, text, radius=130):
    """A round stamp, as it lies over print."""
    layer = Image.new("RGB", picture.size, "white")
    draw, (x, y) = ImageDraw.Draw(layer), centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=7)
    draw.text((x, y), text, font=letters(38), fill=RED, anchor="mm")
    both = np.asarray(picture).astype(int) * np.asarray(layer) // 255
    return Image.fromarray(both.astype("uint8"))


def redness(picture):
    pixels = np.asarray(picture).astype(int)
    return (pixels[:, :, 0] - pixels[:, :, 1]).max()


def ink_in(picture, box):
    left, top, right, bottom = box
    return int((np.asarray(picture)[top:bottom, left:right] < 150).all(axis=2).sum())


@pytest.mark.parametrize("place", [(300, 60), (700, 300)], ids=["on print", "beside print"])
def test_a_stamp_is_lifted_off_the_print_beneath_it(tmp_path, place):
    picture = stamp(page(DIAGNOSIS, "建议休息两周，门诊随访"), place, "康宁医院")

    shown = Image.open(done(picture, tmp_path))

    text = seen(shown)
    assert "急性化脓性阑尾炎" in text
    assert "康宁" not in text
    assert redness(shown) < 40


def test_where_a_stamp_was_the_paper_is_even(tmp_path):
    picture = stamp(page(DIAGNOSIS), (700, 400), "康宁医院")
    grain = np.random.default_rng(1).normal(0, 5, (760, 1100, 1))
    noisy = Image.fromarray((np.asarray(picture) + grain).clip(0, 255).astype("uint8"))

    shown = np.asarray(Image.open(done(noisy, tmp_path)))[280:520, 580:820]

    assert np.unique(shown.reshape(-1, 3), axis=0).shape[0] < 40


def test_handwriting_goes_however_well_it_is_read(tmp_path):
    picture = page(DIAGNOSIS, "建议休息两周，门诊随访")
    write_by_hand(picture, (100, 400), "以上内容已阅同意手术")
    assert "同意手术" in seen_before(picture)

    shown = Image.open(done(picture, tmp_path))

    assert not ink_in(shown, (60, 360, 1050, 480))
    assert "局限性腹膜炎" in seen(shown)


def seen_before(picture):
    from deid.formats.ocr.engine import recognize

    return "".join(line.text for line in recognize(np.asarray(picture)))


def test_what_a_coloured_pen_wrote_goes_and_headings_in_colour_stay(tmp_path):
    picture = page(DIAGNOSIS, "与患者关系")
    write_by_hand(picture, (400, 105), "夫妻", BLUE)
    write_by_hand(picture, (100, 400), "患者女儿来取结果", BLUE)
    ImageDraw.Draw(picture).text((300, 560), "会诊记录单", font=letters(44), fill=(20, 40, 150))

    shown = Image.open(done(picture, tmp_path))

    text = seen(shown)
    assert "夫妻" not in text
    assert "女儿" not in text
    assert {"与患者关系", "会诊记录单"} <= set(text.split()) or (
        "与患者关系" in text and "会诊记录单" in text
    )


def test_print_in_colour_stays(tmp_path):
    picture = page("姓名", "科室", "诊断：社区获得性肺炎", fill=(20, 60, 150))
    ImageDraw.Draw(picture).text((300, 40), "王建国", font=letters(32), fill=BLACK)
    ImageDraw.Draw(picture).text((300, 120), "呼吸内科", font=letters(32), fill=BLACK)

    text = seen(Image.open(done(picture, tmp_path)))

    assert all(word in text for word in ("姓名", "科室", "社区获得性肺炎", "呼吸内科"))


def test_a_label_stays_and_what_is_written_behind_it_goes(tmp_path):
    picture = page(DIAGNOSIS, "家属签名：")
    write_by_hand(picture, (225, 105), "温如玉")

    shown = Image.open(done(picture, tmp_path))

    assert "家属签名" in seen(shown)
    assert ink_in(shown, (235, 100, 400, 180)) < 20


def test_what_is_burnt_into_a_film_goes_with_it(tmp_path):
    picture = page(DIAGNOSIS, "影像诊断：右肺上叶磨玻璃结节")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((300, 250, 800, 650), fill=(6, 6, 6))
    draw.text((320, 270), "FEI XIAOTONG F48", font=letters(28), fill="white")

    text = seen(Image.open(done(picture, tmp_path)))

    assert "XIAO" not in text
    assert "磨玻璃结节" in text


def test_a_dark_bar_with_a_heading_is_no_film(tmp_path):
    picture = page(DIAGNOSIS)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 250, 1000, 310), fill=(20, 40, 90))
    draw.text((60, 260), "检验结果", font=letters(32), fill="white")

    assert "检验结果" in seen(Image.open(done(picture, tmp_path)))


def test_cells_of_a_black_grid_are_no_film():
    picture = Image.new("RGB", (800, 400), "white")
    draw = ImageDraw.Draw(picture)
    for number, text in enumerate(("数量合计", "186.40", "260.00", "42.00", "25.00")):
        draw.text((60, 84 + 32 * number), text, font=letters(20), fill="black")
    for number in range(6):
        draw.line((40, 80 + 32 * number, 200, 80 + 32 * number), fill="black", width=4)
    for x in (40, 200):
        draw.line((x, 80, x, 240), fill="black", width=4)

    assert len(read_picture(picture).sure) == 5


@pytest.mark.parametrize("skew", [1.5, -2.5])
def test_tables_on_a_page_that_lies_askew_are_not_painted(tmp_path, skew):
    picture = page("谷丙转氨酶", "谷草转氨酶", "总胆红素测定", "低密度脂蛋白")
    draw = ImageDraw.Draw(picture)
    for number in range(5):
        draw.line((40, 30 + 80 * number, 1000, 30 + 80 * number), fill=BLACK, width=2)
    for x in (40, 350, 700, 1000):
        draw.line((x, 30, x, 350), fill=BLACK, width=2)
    picture = picture.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=(252, 251, 248))

    shown = np.asarray(Image.open(done(picture, tmp_path)))

    assert not (shown == 236).all(axis=2).any()


PRINTED = (
    "出院医嘱：1. 戒烟，避免受凉；2. 氨氯地平5mg 每日一次；3. 两周后呼吸科门诊复诊",
    "查体：T 37.8℃，P 96次/分，BP 156/92mmHg，双肺呼吸音低，可闻及湿罗音",
    "住院号",
)


def test_print_is_no_handwriting_in_the_shadow_of_a_photo_and_close_to_other_lines():
    picture = Image.new("L", (1200, 440), 252)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(PRINTED * 3):
        draw.text((60, 40 + 34 * number), line, font=letters(26), fill=60)
    for number in (3, 6, 9):
        draw.line((40, 40 + 34 * number, 1150, 40 + 34 * number), fill=0, width=3)
    turned = picture.rotate(1.2, fillcolor=252, resample=Image.Resampling.BICUBIC)
    grain = np.random.default_rng(4).normal(0, 5, (440, 1200))
    shaded = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.8))) * np.linspace(1, 0.4, 1200) + grain
    pixels = np.stack([shaded.clip(0, 255).astype("uint8")] * 3, axis=2)

    lines = recognize(pixels)

    assert len(lines) == 9
    assert handwritten(pixels, lines) == frozenset()


@pytest.mark.parametrize("angle", [-7, 2, 7])
def test_a_title_on_a_page_that_lies_askew_is_above_the_table_not_within(angle):
    picture = page("姓名", "科室", size=(1100, 400))
    draw = ImageDraw.Draw(picture)
    for (x, y), text in {
        (600, 0): "出院小结",
        (400, 40): "温如玉",
        (700, 40): "住院号",
        (900, 40): "0087431",
    }.items():
        draw.text((x, y), text, font=letters(32), fill=BLACK)
    picture = picture.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=(252, 251, 248))

    rows = next(picture_blocks(read_picture(picture), "a", "")).text.splitlines()

    assert [row.split() for row in rows] == [
        ["出院小结"],
        ["姓名", "温如玉", "住院号", "0087431"],
        ["科室"],
    ]


def with_watermark(picture, text, ink, angle):
    """A text all over a picture, beneath its print."""
    layer = Image.new("RGB", (2 * picture.width, 2 * picture.height), "white")
    draw = ImageDraw.Draw(layer)
    for y in range(0, layer.height, 150):
        for x in range(y % 300, layer.width, 520):
            draw.text((x, y), text, font=letters(32), fill=(ink,) * 3)
    turned = layer.rotate(angle, resample=Image.Resampling.BICUBIC)
    left, top = picture.width // 2, picture.height // 2
    cut = turned.crop((left, top, left + picture.width, top + picture.height))
    return Image.fromarray(np.minimum(np.asarray(picture), np.asarray(cut)))


@pytest.mark.parametrize(("ink", "angle"), [(215, 30), (232, 30), (222, 0)])
def test_a_pale_watermark_goes_and_the_print_on_it_stays(tmp_path, ink, angle):
    picture = with_watermark(page(DIAGNOSIS, "建议休息两周，门诊随访"), "温如玉 13905716284", ink, angle)

    shown = np.asarray(Image.open(done(picture, tmp_path)).convert("L"))

    assert "局限性腹膜炎" in seen(Image.fromarray(shown).convert("RGB"))
    assert ((shown > 190) & (shown < 234)).mean() < 0.01


@pytest.mark.parametrize("ink", [225, 240])
def test_what_is_printed_in_light_grey_is_read(ink):
    picture = page(DIAGNOSIS)
    ImageDraw.Draw(picture).text((60, 600), "联系电话：13905716284", font=letters(32), fill=(ink,) * 3)

    text = next(picture_blocks(read_picture(picture), "a", "")).text

    assert "13905716284" in text
    assert "局限性腹膜炎" in text


@pytest.mark.parametrize("contrast", [12, 20, 40])
def test_a_page_that_is_pale_altogether_is_given_all_shades(tmp_path, contrast):
    picture = page(DIAGNOSIS, "联系电话：13800138000").point(
        lambda value: int(253 - contrast + value * contrast / 255)
    )

    shown = Image.open(done(picture, tmp_path)).convert("RGB")

    assert "局限性腹膜炎" in seen(shown)
    assert "13800138000" not in seen(shown)


@pytest.mark.parametrize("grain", [0, 4])
def test_a_blank_page_stays_as_it_is(tmp_path, grain):
    noise = np.random.default_rng(2).normal(245, grain, (300, 400, 1)).clip(0, 255).astype("uint8")
    picture = Image.fromarray(np.repeat(noise, 3, axis=2))

    shown = Image.open(done(picture, tmp_path)).convert("RGB")

    assert np.array_equal(np.asarray(shown), np.asarray(picture))


def row(*cells):
    """A white picture in which lines stand side by side: text, score, and whether it is print."""
    lines = []
    for number, (text, score, is_print) in enumerate(cells):
        left, right = 200 * number, 200 * number + 20 * len(text)
        places = [Character(one, at / len(text), (at + 1) / len(text)) for at, one in enumerate(text)]
        corners = np.array([(left, 0), (right, 0), (right, 30), (left, 30)], float)
        lines.append(Line(text, score, corners, tuple(places), is_print))
    return ReadPicture(np.full((40, 900, 3), 255, np.uint8), tuple(lines), 0)


def test_what_is_taken_for_handwriting_is_read_and_not_shown():
    read_ = row(("住院号", 1.0, False), ("0087431", 1.0, True))

    text = next(picture_blocks(read_, "a", "")).text
    shown = painted(read_, {"a/0": [Edit(0, 3, "替换文")], "a/1": [Edit(0, 7, "")]}, "a")

    assert text.split() == ["住院号", "0087431"]
    assert (np.asarray(shown)[5:25, 5:55] == 236).all()


@pytest.mark.parametrize(
    ("label", "number", "is_shown"),
    [
        (("住院号", 0.7, True), "0087431", False),
        (("住院号", 0.7, False), "B00874319", False),
        (("血红蛋白", 0.7, True), "131", True),
        (("血小板计数", 0.99, True), "245000", True),
    ],
)
def test_a_number_behind_what_nobody_can_read_is_painted(label, number, is_shown):
    read_ = row(label, (number, 1.0, True), ("g/L", 1.0, True))

    assert (1 in read_.read) is is_shown


def test_characters_of_a_line_that_all_stand_in_one_place_are_no_error():
    line = Line("张三李四王五", 0.9, np.array([(0, 0), (60, 0), (60, 40), (0, 40)], float), ())
    line = line._replace(characters=tuple(Character(one, 0.0, 1.0) for one in line.text))
    pixels = np.full((40, 60, 3), 255, np.uint8)
    pixels[10:30, 5:50] = 0

    assert handwritten(pixels, [line]) == frozenset()


def test_a_picture_of_few_pixels_is_looked_at():
    assert in_pictures(np.zeros((3, 3, 3), np.uint8), []) == frozenset()
