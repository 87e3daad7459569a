"""Numbers as programs write them are nobody's, and numbers of persons that Excel wrote so are."""

from __future__ import annotations

import pytest

from deid import Deidentifier
from deid.types import Cell, TextBlock

detector = Deidentifier()


def found(header, texts):
    """What is found in a column between others."""
    rows = [("残差", header, "概率得分"), *(("0.25", text, "0.5") for text in texts)]
    cells = [
        TextBlock(f"{n}.{m}", text, "", (rows[0][m],) if n else (), Cell("t", n + 1, m + 1))
        for n, row in enumerate(rows)
        for m, text in enumerate(row)
    ]
    return {
        entity.entity_type: block.text[entity.start : entity.end]
        for block, entities in detector.detect_blocks(cells)
        for entity in entities
    }


@pytest.mark.parametrize(
    "written",
    [
        "2.386252655949548e-10",
        "-4.17159640164755E-11",
        "1.14371521990030748e-9",
        "138767418398903.16",
        "196521670513.00818",
        "-624797473668.0786",
    ],
)
def test_places_and_powers_of_a_number_are_no_code(written):
    assert found("载量", [written]) == {}
    assert found("载量", ["0.5", written, "12.25", "7", "3.5e-12"]) == {}


@pytest.mark.parametrize(
    ("header", "written", "kind"),
    [
        ("身份证号", "1.10101199003074E+17", "CN_RESIDENT_ID"),
        ("信用代码", "91350100M000100Y43", "CN_USCC"),
        ("手机号", "13812345678", "PHONE_NUMBER"),
        ("备注", "91350100M000100Y43", "CN_USCC"),
    ],
)
def test_numbers_of_somebody_are_found(header, written, kind):
    assert found(header, [written]) == {kind: written}
