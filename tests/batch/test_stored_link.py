"""Of the links of long lists only some rows are in memory, and nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from deid.batch.journal import Journal
from deid.batch.stored import keep_link, place, stored_link_of_name
from deid.batch.storedlink import StoredLink
from deid.link import parts
from deid.link.parts import DocumentLink, Listed, Part
from deid.types import Cell, Entity, Subject, TextBlock

ROWS = 40


def token(number: int) -> str:
    return f"{number * 0x9E3779B97F4A7C15 % (1 << 64):016x}" * 2


def name(row: int) -> str:
    return "王李张刘陈"[row % 5] + "甲乙丙丁戊己庚辛"[row // 5]


@pytest.fixture
def link() -> DocumentLink:
    """A list of persons in two sheets, a doctor beside each, and one who stands outside."""
    subjects = {token(row): Subject(token(row), "client", name=name(row)) for row in range(ROWS)}
    subjects |= {token(99): Subject(token(99), "clinician"), token(98): Subject(token(98), "relative")}
    keys = [f"{1 + row // 25}\0{row}" for row in range(ROWS)]
    return DocumentLink(
        subjects,
        {"outside": {0: token(98)}},
        {name(row): token(row) for row in range(ROWS)},
        rows={key: token(row) for row, key in enumerate(keys)},
        beside={key: {f"{row}:2": {0: token(99)}} for row, key in enumerate(keys)},
    )


@pytest.fixture
def journal(tmp_path, monkeypatch) -> Iterator[Journal]:
    monkeypatch.setattr(parts, "_TOGETHER", 6)
    with Journal(tmp_path / "journal", key=bytes(32)) as journal:
        yield journal


def parted(link: DocumentLink) -> Iterator[Part]:
    """The rows of the list, six at a time, and what is outside."""
    for first in range(0, ROWS, 6):
        rows = dict(list(link.rows.items())[first : first + 6])
        names = {name(row): token(row) for row in range(first, min(first + 6, ROWS))}
        tokens = {*rows.values(), token(99)}
        yield Listed(
            rows,
            {row: link.beside[row] for row in rows},
            names,
            {token: link.subjects[token] for token in tokens},
            {},
        )
    yield DocumentLink({token(98): link.subjects[token(98)]}, link.places)


def blocks(row: int) -> list[tuple[TextBlock, str]]:
    """The cells of a row, each with the type of what it holds: the last names whom another row is about."""
    texts = (
        (name(row), "PERSON"),
        ("13800138000", "PHONE_NUMBER"),
        ("赵医生", "PERSON"),
        (name(ROWS - 1 - row), "PERSON"),
    )
    return [
        (TextBlock(f"{row}:{column}", text, table=Cell(str(1 + row // 25), row, column)), kind)
        for column, (text, kind) in enumerate(texts)
    ]


def kept(journal: Journal, parts: Iterable[Part]) -> None:
    with journal.together() as noted:
        keep_link(journal, noted, "表", "1", parts)


def told(link: DocumentLink, block: TextBlock, kind: str) -> list[tuple[str | None, str | None]]:
    [entity] = link.apply([Entity(kind, 0, len(block.text), 1.0)], block, number=0)
    assert entity.subject in link.subjects
    return [(entity.subject, entity.role)]


def test_rows_that_are_at_hand_tell_what_the_whole_link_does(link, journal):
    kept(journal, parted(link))
    stored = StoredLink(journal, place("表", "1"))

    for first in range(0, ROWS, 5):
        chunk = [found for row in range(first, first + 5) for found in blocks(row)]
        stored.take(block for block, _ in chunk)

        assert [told(stored, *cell) for cell in chunk] == [told(link, *cell) for cell in chunk]
        assert len(stored.rows) <= 12
        assert len(stored.subjects) <= 12 + 5 + 2


def test_outside_of_rows_everything_is_at_hand(link, journal):
    kept(journal, parted(link))
    stored = StoredLink(journal, place("表", "1"))
    outside = TextBlock("outside", "李某")

    stored.take([outside])

    assert told(stored, outside, "PERSON") == [(token(98), "relative")]
    assert not stored.rows


def test_a_whole_link_is_that_which_was_kept(link, journal):
    kept(journal, parted(link))

    stored = StoredLink(journal, place("表", "1"), whole=True)

    assert DocumentLink(**{key: vars(stored)[key] for key in vars(link)}) == link


def test_what_is_known_of_a_subject_outside_of_rows_counts_in_rows(link, journal):
    *rows, outside = parted(link)
    outside.subjects[token(99)] = Subject(token(99), "staff")
    kept(journal, [*rows, outside])
    stored = StoredLink(journal, place("表", "1"))

    for row in (3, ROWS - 1):
        stored.take(block for block, _ in blocks(row))

        assert stored.subject(token(99)) == Subject(token(99), "staff")


def test_all_full_names_of_a_list_are_looked_for_with_gaps(link, journal):
    long = {f"王{name(row)}": token(row) for row in range(ROWS)}
    kept(
        journal,
        [part._replace(names=long) for part in parted(link) if isinstance(part, Listed)] + [DocumentLink()],
    )
    stored = StoredLink(journal, place("表", "1"))

    assert len(stored.called.names) == 0
    assert sorted(value for _, value in stored.called.listed) == sorted(long)
    assert stored.named(f"王{name(7)}") == token(7)
    assert stored.named("王某某") is None


def test_of_a_list_what_its_file_is_called_after_is_known(link, journal):
    kept(journal, parted(link))

    found = stored_link_of_name(journal, "表", "1", f"{name(7)}的记录")

    assert found.names == {name(7): token(7)}
    assert found.subjects == {token(7): link.subjects[token(7)]}
