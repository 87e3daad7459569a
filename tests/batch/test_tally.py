"""What pass 2 sees of very many rows takes little memory, and shares of a file are put together."""

from __future__ import annotations

import tracemalloc

import pytest

from deid.batch.checking import Wanted
from deid.batch.link import Link
from deid.batch.tally import Seen
from deid.detection import values
from deid.detection.values import PackedValues
from deid.detector import NameSet
from deid.normalize import canonical
from deid.operators.numbering import Numbering

KEY = bytes(32)


def _link(codes: list[str]) -> Link:
    return Link(Numbering(KEY), NameSet(PackedValues.of(("OTHER_ID", code) for code in codes)))


def test_what_is_looked_for_and_was_seen_takes_few_bytes_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "_TOGETHER", 500)
    codes = [f"KH{number:08d}" for number in range(20_000)]
    seen = Seen(_link(codes))
    seen.use("OTHER_ID", codes[0])
    tracemalloc.start()

    for number in range(len(codes)):
        seen.use("OTHER_ID", f"KH{number:08d}")

    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 30 * len(codes)
    assert list(seen.used) == [("OTHER_ID", code) for code in codes]


@pytest.mark.parametrize("gap", [" ", "\n          ", "\n\n", "          --"])
def test_numbers_far_apart_that_are_a_day_to_another_reader_are_what_remains(gap: str) -> None:
    wanted = Wanted.of([("DATE_TIME", canonical("1985-04-12", "DATE_TIME")), ("PERSON", "欧阳靖宇")])
    seen = Seen(_link([]), wanted)

    seen.note_text(f"1985{gap}0412 欧阳          靖宇")

    assert {kind for kind, _ in seen.tally()["remaining"]} == {"DATE_TIME"}
