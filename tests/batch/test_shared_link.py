"""What all files share in pass 2 is sent to workers as where it lies, and says the same there."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from deid import hashes
from deid.batch.link import Link
from deid.detection.values import PackedValues
from deid.detector import NameSet
from deid.link.packed import PackedSubjects
from deid.normalize import shadow
from deid.operators.numbering import Numbering, code_of
from deid.pages import PagedBytes, Pages
from deid.types import Subject

KEY, ROWS = bytes(32), 20_000
KIND = "PHONE_NUMBER"


def _phones() -> Iterator[str]:
    return (f"138{number * 4999:08d}" for number in range(ROWS))


def _names() -> Iterator[str]:
    return (f"王{chr(0x4E00 + number // 200)}{chr(0x5E00 + number % 200)}" for number in range(ROWS))


def _link(pages: Pages | None) -> Link:
    codes = PagedBytes(pages)
    for phone in _phones():
        codes += code_of(KEY, KIND, phone)
    numbering = Numbering.of_codes([(KIND, codes)], key=KEY, pages=pages)
    values = PackedValues.in_order({KIND: sorted(_phones()), "PERSON": sorted(_names())}, pages)
    subjects = ((name, Subject(f"{at:032x}", "client", name=name)) for at, name in enumerate(_names()))
    return Link(numbering, NameSet(values), PackedSubjects(subjects, pages), pages=pages)


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
    monkeypatch.setattr(hashes, "_MOST", 1000)
    with closing(Pages(tmp_path, kept=20)) as pages:
        yield pickle.dumps(_link(pages))


def test_what_is_sent_does_not_grow_with_the_rows(sent: bytes) -> None:
    assert len(sent) < 2 * ROWS


def test_whoever_gets_it_finds_what_stands_in_it(sent: bytes) -> None:
    theirs, plain = pickle.loads(sent), _link(None)
    values = [*(("PERSON", name) for name in _names()), *((KIND, phone) for phone in _phones())]
    asked = [*values[::997], (KIND, "13999999999")]
    text = "，".join(value for _, value in asked)

    assert [theirs.meant(value) for value in asked] == [plain.meant(value) for value in asked]
    assert [theirs.numbering.number(*value) for value in asked] == [
        plain.numbering.number(*value) for value in asked
    ]
    found = [list(link.names.find(shadow(text))) for link in (theirs, plain)]
    assert found[0] == found[1]
    assert len(found[0]) > len(asked) - 5
    theirs.pages.close()
