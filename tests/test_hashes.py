"""Hashes are found again, whether they lie in memory or in a file, with all that was added beside them."""

from __future__ import annotations

import random
import tracemalloc
from contextlib import closing

import pytest

from deid import hashes
from deid.hashes import Hashes
from deid.pages import Pages


@pytest.fixture(params=["memory", "file"])
def pages(request, tmp_path, monkeypatch):
    monkeypatch.setattr(hashes, "_MOST", 0)
    monkeypatch.setattr(hashes, "_KEYED", True)
    if request.param == "memory":
        yield None
    else:
        with closing(Pages(tmp_path, kept=8)) as pages:
            yield pages


@pytest.mark.parametrize("count", [0, 1, 900, 150_000])
def test_each_is_found_with_its_numbers_in_the_order_in_which_they_came(pages, count):
    draw = random.Random(count)
    some = [draw.randrange(1 << 64) for _ in range(count)]
    added = [(code, number) for number, code in enumerate([*some, *some[::3], *some[:1] * 3])]
    draw.shuffle(added)
    found = Hashes(pages, "I")
    for code, number in added:
        found.add(code, number)
    wanted: dict[int, list[int]] = {}
    for code, number in added:
        wanted.setdefault(code, []).append(number)

    asked = [*some[::97], *some[:2]]

    assert [list(found.numbers(code)) for code in asked] == [wanted[code] for code in asked]
    assert [found.number(code) for code in asked] == [wanted[code][0] for code in asked]
    for other in (0, 5, (1 << 64) - 1):
        assert (other in found, found.number(other), list(found.numbers(other))) == (False, -1, [])


@pytest.mark.slow
def test_of_many_that_lie_in_a_file_little_is_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(hashes, "_MOST", 1000)
    monkeypatch.setattr(hashes, "_KEYED", True)
    with closing(Pages(tmp_path, kept=8)) as pages:
        found = Hashes(pages, "I")
        for number in range(2000):
            found.add(number << 40, number)
        found.number(0)  # what it imports stays
        found, count = Hashes(pages, "I"), 200_000
        tracemalloc.start()
        for number in range(count):
            found.add(number * 0x9E3779B97F4A7C15 % (1 << 64), number)
        found.number(0)
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert found.number(77 * 0x9E3779B97F4A7C15 % (1 << 64)) == 77
        assert kept < count


def test_hashes_that_others_can_work_out_stay_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(hashes, "_MOST", 0)
    monkeypatch.setattr(hashes, "_KEYED", False)
    monkeypatch.setattr(hashes, "TemporaryFile", None)
    with closing(Pages(tmp_path)) as pages:
        found = Hashes(pages)
        found.add(7)

        assert 7 in found


@pytest.mark.parametrize("count", [3, 5000])
def test_what_cannot_be_put_in_order_is_not_taken_for_nothing(pages, monkeypatch, count):
    found = Hashes(pages)
    for number in range(count):
        found.add(number << 50)

    def full(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(hashes._Flat, "extend", full)
        for _ in range(2):
            with pytest.raises(MemoryError):
                found.number(2 << 50)

    assert (found.number(2 << 50), found.number(7)) == (0, -1)
