"""The report: counts that add up, in both languages, self-contained, and an index that opens."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from deid.report.charts import bars
from deid.report.index import index_workbook
from deid.report.model import (
    REASONS,
    STATES,
    DocumentReport,
    EntityCount,
    PolicyReport,
    RunReport,
    count_entities,
)
from deid.report.page import render_page
from deid.report.wording import wording, words
from deid.report.workbook import HEADER, PLAIN, Sheet, workbook

KINDS = (
    EntityCount("PERSON", "姓名", "direct", {"label": 40}),
    EntityCount("DISEASE", "疾病", "sensitive", {"keep": 12}),
    EntityCount("GUEST", "GUEST", "", {"label": 1, "keep": 1}),
)


def documents(count):
    return tuple(
        DocumentReport(n, "done", "txt", output=f"〔姓名{n}〕.txt", characters=100, entities={"PERSON": n})
        for n in range(1, count + 1)
    )


def report(**changes):
    made = RunReport(
        created="2026-11-25T10:12+08:00",
        deid="0.1.0",
        policy=PolicyReport("dd-preclosing", "尽职调查", "说明", "ab" * 32),
        documents=documents(8),
        entities=KINDS,
    )
    return replace(made, **changes)


def test_totals_follow_from_the_documents():
    made = report(
        documents=(
            *documents(3),
            DocumentReport(4, "failed", reason="empty"),
            DocumentReport(5, "ignored", reason="link"),
        )
    )

    assert made.states["done"] == 3
    assert made.reasons == {"empty": 1, "link": 1}
    assert made.characters == 300
    assert made.found == 54
    assert not made.complete


@pytest.mark.parametrize(
    ("state", "complete"),
    [
        ("done", True),
        ("ignored", True),
        ("failed", False),
        ("unsupported", False),
        ("withheld", False),
        ("pending", False),
    ],
)
def test_a_run_is_complete_when_every_document_is_done(state, complete):
    assert report(documents=(DocumentReport(1, state),)).complete is complete


def test_a_stopped_run_is_not_complete():
    assert not report(stopped="disk").complete


def test_json_holds_fields_and_totals():
    content = json.loads(report().to_json())

    assert content["files"]["done"] == 8
    assert content["entities"]["DISEASE"] == {
        "title": "疾病",
        "identifier": "sensitive",
        "count": 12,
        "operators": {"keep": 12},
    }
    assert "documents" not in report().summary()


def test_counts_are_added_up_by_type_and_operator():
    counts = [("PERSON", "label", 2), ("AGE", "keep", 9), ("PERSON", "label", 3), ("PERSON", "keep", 1)]

    made = count_entities(counts, titles={"PERSON": ("姓名", "direct")})

    assert [(kind.entity_type, kind.count) for kind in made] == [("AGE", 9), ("PERSON", 6)]
    assert made[1].operators == {"keep": 1, "label": 5}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_self_contained(language):
    page = render_page(report(), language=language)

    links = re.findall(r"""(?:href|src|url|action)\s*[=(]\s*["']?([^"')\s>]+)""", page)
    assert links == []
    assert "<script" not in page
    assert page.count("<svg") == 2
    assert "default-src 'none'" in page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("stopped", ["", "disk", "interrupted", "project"])
def test_every_state_and_reason_can_be_shown(language, stopped):
    many = tuple(
        DocumentReport(n, STATES[n % len(STATES)], reason=reason) for n, reason in enumerate(REASONS, 1)
    )

    page = render_page(report(documents=many, stopped=stopped, entities=()), language=language)
    book = openpyxl.load_workbook(BytesIO(index_workbook(report(documents=many), language=language)))

    assert "#0001" in page
    assert book.worksheets[0].max_row == len(many) + 1


def test_text_from_a_policy_or_path_is_no_markup():
    policy = PolicyReport("x", "<script>alert(1)</script>", "<b>", "0")
    document = DocumentReport(1, "ignored", reason="gone", output="<img src=x>.txt")

    page = render_page(report(policy=policy, documents=(document,)))

    assert "<script>" not in page
    assert "<img" not in page


def test_a_chart_of_many_documents_is_cut():
    page = render_page(report(documents=documents(500)))

    assert page.count("<svg") == 1 + 2
    assert "500" in page


def test_bars_say_their_numbers():
    assert "40" in bars(KINDS, ["姓名", "疾病", "GUEST"])


def test_all_texts_exist_in_both_languages():
    assert all(set(texts) == {"zh", "en"} for texts in wording().values())
    for reason in REASONS:
        assert f"reason.{reason}" in wording()
    assert all(f"state.{state}" in wording() for state in STATES)
    assert words("zh", "operator.guest") == "guest"


def test_the_report_calls_the_output_what_it_is():
    page = render_page(report())

    assert "密钥仍" in page
    assert "第七十三条" in page
    assert "GB/T 37964-2019" in page


def test_the_index_opens_and_is_laid_out():
    book = openpyxl.load_workbook(BytesIO(index_workbook(report())))

    sheet = book["文件清单"]
    assert [cell.value for cell in sheet[1]][:3] == ["编号", "输出文件", "格式"]
    assert sheet.freeze_panes == "B2"
    assert sheet.column_dimensions["B"].width > 40
    assert sheet["A2"].value == "#0001"
    assert sheet["H2"].value == 1
    assert sheet["A1"].font.bold
    assert sheet.auto_filter.ref


def test_a_workbook_takes_any_text_and_makes_no_formulas():
    rows = [[("a", HEADER)], [("=1+1", PLAIN)], [("<&>\x0b\ud800", PLAIN)], [(None, PLAIN)], [(1.5, PLAIN)]]

    book = openpyxl.load_workbook(BytesIO(workbook([Sheet("x & y", rows, [10.0])], title="<t>")))

    cells = [row[0] for row in book["x & y"].iter_rows(min_row=2, max_row=5)]
    assert [cell.value for cell in cells] == ["=1+1", "<&>", None, 1.5]
    assert cells[0].data_type in ("s", "inlineStr")


def test_the_same_report_gives_the_same_bytes():
    assert index_workbook(report()) == index_workbook(report())
    assert render_page(report()) == render_page(report())
