from __future__ import annotations

import gc
import marshal
import pickle
import random
import tracemalloc
from contextlib import closing
from pathlib import Path
from weakref import ref

import pytest

from deid.batch import settings
from deid.link import document
from deid.link.codes import Codes
from deid.link.document import Mixed, Row, Rows, read_document
from deid.link.facts import DAY, PERSON, Fact, apart, together
from deid.link.linking import Linking, link_documents
from deid.link.packed import Index, Packed, PackedSubjects
from deid.link.units import Called, Unit, Units
from deid.pages import Pages
from deid.types import Subject


def unit(number: int, source: str = "表") -> Unit:
    return Unit(
        source, "王", f"某{number % 7}", f"1\0{number}", bytes(9), b"", ("male",), ("1966-03-14",), number % 2 > 0,
        ("client",), (), "2024-05-01", (), number,
    )  # fmt: skip


def test_what_is_packed_comes_back_and_what_is_cut_does_not():
    packed = Packed()
    contents = [("王", number, bytes(number), ("a",) * number) for number in range(20)]
    for content in contents:
        packed.append(content)

    packed.cut(12)
    packed.append(("李",))

    assert [packed[number] for number in range(len(packed))] == [*contents[:12], ("李",)]


def test_an_index_has_all_numbers_of_a_text_in_order_each_once():
    draw = random.Random(1)
    added = [(draw.choice("王李张刘"), draw.randrange(9)) for _ in range(300)]
    index = Index()
    for text, number in added:
        index.add(text, number)

    for text in "王李张刘陈":
        assert list(index.get(text)) == sorted({number for one, number in added if one == text})


def test_units_come_back_by_number_and_by_name():
    units = Units()
    for number in range(30):
        units.add(unit(number))
    units.end_document(0, 30)

    assert [units[number] for number in range(30)] == [unit(number) for number in range(30)]
    assert [one.number for one in units.named("王某3")] == [3, 10, 17, 24]
    assert sorted(surname + given for surname, given in units.names()) == [
        f"王某{number}" for number in range(7)
    ]


def test_of_a_document_running_text_says_first_how_a_name_is_parted():
    units = Units()
    for number, surname in enumerate(("", "王")):
        one = unit(number)
        units.add(
            Unit(
                one.source,
                surname,
                "王某"[len(surname) :],
                *(getattr(one, name) for name in Unit.__slots__[3:]),
            )
        )
    units.end_document(0, 1)

    assert [surname for surname, _ in units.names()] == ["王"]


@pytest.mark.parametrize(
    "keys", [("1\0001", "1\0002", "1\0001"), ("1\0009", "1\0007", "1\0009"), ("1\0a", "1\0a")]
)
def test_a_row_that_comes_twice_is_noticed(keys):
    rows = Rows(0)
    for key in keys[:-1]:
        rows.add(Row(key, "", False, False, {}), "")

    with pytest.raises(Mixed):
        rows.add(Row(keys[-1], "", False, False, {}), "")


def test_rows_come_back_with_the_numbers_of_their_units():
    rows = Rows(5)
    added = [
        Row(
            f"1\0{number}",
            "王某",
            number % 3 == 0,
            number % 2 == 0,
            {f"王{place}": Called(("client",), 5 + 2 * number + place) for place in range(2)},
        )
        for number in range(1200)
    ]
    for row in added:
        rows.add(row, "")

    assert list(rows) == added
    assert (rows.count, rows.end) == (1200, 5 + 2400)


def listed(rows: int):
    for row in range(rows):
        place = row, f"{row}:0", f"1\0{row}"
        yield Fact(*place, PERSON, f"王{chr(0x5000 + row % 5000)}{chr(0x5000 + row // 5000)}", 0, "full", "王",
                   chr(0x5000 + row % 5000) + chr(0x5000 + row // 5000), firm=True, column="姓名")  # fmt: skip
        phone = f"138{row:08}"
        place = row, f"{row}:1", f"1\0{row}"
        yield Fact(
            *place, "PHONE_NUMBER", phone, 0, "plain", code=Codes(bytes(32)).hide("PHONE_NUMBER", phone)
        )


class Facts:
    """Facts that are made anew each time, as those of a journal."""

    def __init__(self, rows: int) -> None:
        self.rows = rows

    def __iter__(self):
        return listed(self.rows)


def keeps_at_most(bytes_a_row: int, folder: Path | None = None) -> bool:
    """Whether more rows take so much more memory once in three times: what other threads load meanwhile counts as well."""
    fewer, more = 1000, 3000
    memory_of(10, folder)
    return any(
        memory_of(more, folder) - memory_of(fewer, folder) < (more - fewer) * bytes_a_row for _ in range(3)
    )


def memory_of(rows: int, folder: Path | None = None) -> int:
    pages = Pages(folder, kept=4) if folder else None
    tracemalloc.start()
    try:
        units = Units(pages)
        read = read_document("表", Facts(rows), Codes(bytes(32)), units)
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        if pages is not None:
            pages.close()
    assert read.rows.count == len(units) == rows
    return kept


def test_of_the_rows_of_a_list_few_bytes_are_kept():
    assert keeps_at_most(500), "of which most are the names that stand in fields"


def test_with_pages_of_the_rows_of_a_list_hardly_anything_is_in_memory(tmp_path):
    assert keeps_at_most(60, tmp_path)


def test_with_pages_two_lists_are_linked_as_they_are_without(tmp_path):
    lists = [("a", Facts(900)), ("b", Facts(700))]
    with closing(Pages(tmp_path, kept=3)) as pages:
        linking = Linking(lists, bytes(32), pages=pages)
        rows = {source: dict(_rows(parts)) for source, parts in linking.documents()}
        earlier = list(linking.earlier())

    plain = Linking(lists, bytes(32))
    assert rows == {source: dict(_rows(parts)) for source, parts in plain.documents()}
    assert earlier == list(plain.earlier())


class WithDoctors(Facts):
    """The same, with a short name in every row, and in some a value that is not the principal's."""

    def __iter__(self):
        for number, fact in enumerate(listed(self.rows)):
            yield fact
            if fact.kind == PERSON:
                continue
            place = fact.block, f"{fact.block}:2", fact.row
            yield Fact(*place, PERSON, "王医生", 0, "surname", "王", role="clinician", title="医生")
            yield Fact(*place, DAY, f"2024-01-{1 + fact.block % 28:02}", 9, "plain")
            if number % 7 == 0:
                yield Fact(*place, "PHONE_NUMBER", "13900001111", 4, "plain", owner=0, code="ab" * 8)


def test_rows_of_which_only_the_names_are_read_again_mean_the_same_as_those_that_are_read_whole(monkeypatch):
    some = link_documents([("a", WithDoctors(300))], bytes(32)).documents["a"]

    monkeypatch.setattr(document, "_are_his", lambda facts: False)
    assert some == link_documents([("a", WithDoctors(300))], bytes(32)).documents["a"]
    assert some.beside
    assert some.first_day == "2024-01-01"


def _rows(parts):
    return (row for part in parts for row in part.rows.items())


def test_two_lists_with_the_same_persons_have_the_same_subjects():
    found = link_documents([("a", Facts(50)), ("b", Facts(50))], bytes(32))

    assert len(found.people.persons) == 50
    assert found.documents["a"].rows == found.documents["b"].rows
    assert set(found.documents["a"].names.values()) == {person.token for person in found.people.persons}


def test_packed_subjects_are_those_that_were_packed_in_every_process():
    subjects = {
        f"王{number}": Subject(
            f"{number:032}", "client", frozenset({"deceased"}), f"王{number}", "male", "1966-03-14"
        )
        for number in range(3000)
    }

    packed = pickle.loads(pickle.dumps(PackedSubjects(subjects.items())))

    assert dict(packed) == subjects
    assert packed.get("王3001") is None
    assert len(pickle.dumps(packed)) < 150 * len(subjects)


def test_names_with_one_code_are_told_apart():
    one, other = "plumless", "buckeroo"  # of the same checksum

    packed = PackedSubjects([(one, Subject("1"))])

    assert one in packed
    assert other not in packed


def test_facts_come_back_from_the_journal_as_they_were():
    facts = [
        *listed(3),
        Fact(1, "a", "", "mark", "under-14", 3),
        Fact(1, "a", "", PERSON, "王", 3, column="姓名"),
    ]

    placed = [(fact.block, fact.id, fact.row, *fact.said) for fact in facts]

    assert list(apart(marshal.loads(marshal.dumps(together(placed))))) == facts
    assert list(apart(together([]))) == []


def test_a_journal_in_which_facts_lie_otherwise_has_another_format():
    """A project goes on with its journal as long as `settings._FORMAT` is the same."""
    fact = Fact(3, "b", "1\0002", PERSON, "王芳", 4, "full", "王", "芳", code="c", column="姓名")

    written = together([(fact.block, fact.id, fact.row, *fact.said)])

    assert settings._FORMAT == "notes 6"
    assert written == [
        [(PERSON, 4, "full", "", "", False, -1, "", "", "", False, "姓名")],
        *((3,), ("b",), ("1\0002",), [0], ("王芳",), ("王",), ("芳",), ("c",)),
    ]


def test_what_was_read_of_a_document_is_forgotten_without_a_search_for_cycles():
    linking = Linking([("a", Facts(20)), ("b", Facts(20))], bytes(32))
    persons, first = ref(linking.people.persons), ref(linking._read[0])
    gc.disable()
    try:
        documents = linking.documents()
        for _ in next(documents)[1]:
            pass
        next(documents)
        assert first() is None

        del documents, linking
        assert persons() is None
    finally:
        gc.enable()
