"""What is in pages comes back; of what the file holds nothing can be read."""

from __future__ import annotations

import io
import os
import pickle
import random
from array import array
from contextlib import closing

import pytest

from deid.pages import PAGE, Ordered, PagedBytes, PagedNumbers, Pages, _Sealed, pairs_in_order, remove_left


@pytest.fixture
def pages(tmp_path):
    with closing(Pages(tmp_path, kept=2)) as pages:
        yield pages


def test_bytes_come_back_also_across_pages_and_what_is_cut_does_not(pages):
    draw, paged, plain = random.Random(1), PagedBytes(pages), bytearray()
    for _ in range(60):
        some = draw.randbytes(draw.randrange(2 * PAGE))
        paged += some
        plain += some
    for size in (len(plain) - 3 * PAGE - 5, 7 * PAGE, 100):
        paged.cut(size)
        del plain[size:]
        paged += b"new"
        plain += b"new"

        for start in (0, size // 2, len(plain) - 3):
            end = draw.randint(start, len(plain))
            assert paged.part(start, end) == plain[start:end]
        assert len(paged) == len(plain)


@pytest.mark.parametrize("kind", ["Q", "I"])
def test_numbers_come_back_and_what_is_cut_does_not(pages, kind):
    draw, paged, plain = random.Random(2), PagedNumbers(pages, kind), array(kind)
    for _ in range(4):
        some = array(kind, (draw.randrange(1 << 32) for _ in range(draw.randrange(9000))))
        paged.extend(some)
        plain.extend(some)
        paged.append(7)
        plain.append(7)
    for count in (len(plain) - 5000, 4096, 3):
        paged.cut(count)
        del plain[count:]
        paged.append(9)
        plain.append(9)

        assert list(paged) == list(plain)
        assert [paged[place] for place in (0, count // 2, count)] == [plain[0], plain[count // 2], 9]
        assert paged.part(1, count) == plain[1:count]


def test_pairs_are_put_in_order_each_once_whether_in_memory_or_not(tmp_path):
    draw = random.Random(3)
    few = [draw.randrange(1 << 64) for _ in range(50_000)]
    pairs = [(draw.choice(few), draw.randrange(3)) for _ in range(150_000)]
    with closing(Pages(tmp_path, kept=4)) as pages:
        for where in (None, pages):
            codes, numbers = PagedNumbers(where, "Q"), PagedNumbers(where, "I")
            for code, number in pairs:
                codes.append(code)
                numbers.append(number)

            codes, numbers = pairs_in_order(where, codes, numbers)

            assert list(zip(codes, numbers, strict=True)) == sorted(set(pairs))


def test_a_number_is_found_as_often_as_it_stands_also_across_pages(pages):
    draw = random.Random(4)
    plain = sorted(draw.choice((draw.randrange(1 << 64), 5 << 60)) for _ in range(9000))
    numbers = PagedNumbers(pages, "Q")
    numbers.extend(array("Q", plain))

    ordered = Ordered(numbers)

    for number in {*draw.sample(plain, 500), 5 << 60, plain[0], plain[-1]}:
        found = ordered.places(number)
        assert [plain[place] for place in found] == [number] * plain.count(number)
        assert number in ordered
    assert not any(number in ordered for number in (0, (5 << 60) + 1, (1 << 64) - 1))


def test_nothing_can_be_read_in_the_file_and_none_is_left(tmp_path):
    pages = Pages(tmp_path, kept=1)
    paged = PagedBytes(pages)

    paged += "王建国".encode() * PAGE

    [file] = tmp_path.iterdir()
    written = file.read_bytes()
    assert len(written) > 2 * PAGE
    assert "王建国".encode() not in written
    assert paged.part(9, 18) == "王建国".encode()
    pages.close()
    assert list(tmp_path.iterdir()) == []


def test_what_a_run_that_was_killed_left_is_removed(tmp_path):
    pages = Pages(tmp_path, kept=1)
    PagedBytes(pages).__iadd__(bytes(3 * PAGE))
    (tmp_path / "journal.sqlite").touch()

    remove_left(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["journal.sqlite"]
    pages.close()


def test_another_process_reads_the_pages_that_were_there_and_adds_its_own(pages):
    draw, paged, numbers = random.Random(5), PagedBytes(pages), PagedNumbers(pages, "I")
    content = draw.randbytes(20 * PAGE + 7)
    paged += content
    numbers.extend(array("I", range(9000)))

    written = pickle.dumps((paged, numbers))
    theirs, others = pickle.loads(written)
    theirs += content
    others.append(1)
    paged += b"mine"

    assert len(written) < PAGE
    assert theirs.part(0, len(theirs)) == content * 2
    assert list(others) == [*range(9000), 1]
    assert paged.part(0, len(paged)) == content + b"mine"
    if os.name == "posix":
        assert len([*pages.folder.iterdir()]) == 1, "of a process that is killed nothing is left"
    theirs._pages.close()


def test_what_a_nearly_full_disk_takes_in_parts_is_written_whole(tmp_path, monkeypatch):
    class Nearly(io.FileIO):
        def write(self, content):
            return super().write(memoryview(content)[:1000])

    made = lambda sealed: Nearly(sealed._folder / "some", "w+")  # noqa: E731
    monkeypatch.setattr(_Sealed, "_made", made)
    with closing(Pages(tmp_path, kept=1)) as pages:
        paged = PagedBytes(pages)
        content = random.Random(6).randbytes(5 * PAGE)
        paged += content

        assert paged.part(0, len(paged)) == content
