"""What the titles of a chart and of its axes say its names are labels them, also in the workbook behind it."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from deid.formats import read


def deck(path, categories, series, title="", axis=""):
    slides = Presentation()
    data = CategoryChartData()
    data.categories = categories
    for name in series:
        data.add_series(name, range(len(categories)))
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    place = [Inches(n) for n in (1, 1, 5, 4)]
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data).chart
    if title:
        chart.chart_title.text_frame.text = title
    if axis:
        chart.category_axis.axis_title.text_frame.text = axis
    made = io.BytesIO()
    slides.save(made)
    path.write_bytes(made.getvalue())
    return path


def labels(path):
    found = {}
    for block in read(path, ref="#1").blocks():
        if not (block.search_only or len(block.text) > 4):
            found.setdefault(block.text, []).append(block.labels)
    return found


@pytest.mark.parametrize(
    ("series", "title", "axis", "label"),
    [
        (["门诊量"], "", "医生", "医生"),
        (["门诊量", "手术量"], "", "医生", "医生"),
        (["业绩"], "顾问业绩排名", "", "顾问"),
        (["门诊量", "手术量"], "各医生工作量", "", "医生"),
        (["顾问业绩"], "", "", "顾问"),
        (["顾问"], "", "", "顾问"),
    ],
)
def test_categories_are_labelled_in_the_chart_and_in_its_workbook(tmp_path, series, title, axis, label):
    found = labels(deck(tmp_path / "a.pptx", ["商陆", "茯苓"], series, title, axis))

    assert [one[:1] for one in found["商陆"]] == [(label,)] * (len(series) + 1)
    assert all(label not in one for name in series for one in found.get(name, ()))


def test_series_are_labelled_by_the_title(tmp_path):
    found = labels(deck(tmp_path / "a.pptx", ["一月", "周二"], ["商陆", "王磊"], "医生接诊量"))

    assert [one[:1] for one in found["商陆"]] == [("医生",)] * 2
    assert all("医生" not in one for one in found["一月"] + found["周二"])


@pytest.mark.parametrize("title", ["患者用药", "各科医生", "药材用量", ""])
def test_other_titles_label_nothing(tmp_path, title):
    found = labels(deck(tmp_path / "a.pptx", ["商陆", "茯苓"], ["用量"], title))

    assert not {"医生", "患者"} & {label for one in found["商陆"] for label in one}
