"""The demo folder: what stands in `expected/` is found in `records/`, and what only looks like it is left."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

import deid
from deid.catalog import parse_marked
from deid.catalog.marked import Marked
from deid.formats import text_of

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
RECORDS, EXPECTED = EXAMPLES / "records", EXAMPLES / "expected"
PATHS = {
    parse_marked(line)[0]: line for line in (EXPECTED / "paths.marked.txt").read_text("utf-8").splitlines()
}
PERSONAL = [path for path in PATHS if not path.startswith("公司资料/")]
IMPERSONAL = [path for path in PATHS if path.startswith("公司资料/")]

QUASI = {"AGE", "DATE_TIME", "LOCATION", "ORGANIZATION", "CN_MEDICAL_INSTITUTION"}
FREE = {"DISEASE", "MEDICATION", "PROCEDURE", "SYMPTOM", "PUBLIC_HOTLINE"}
"""Types that may be found in what is no personal information: policies keep them."""
SOCIAL = {"ETHNICITY", "RELIGION", "NATIONALITY", "NATIVE_PLACE", "MARITAL_STATUS", "EDUCATION", "OCCUPATION"}
SOCIAL |= {
    "INCOME",
    "LANGUAGE",
    "POLITICAL_AFFILIATION",
    "SEXUAL_ORIENTATION",
    "CRIMINAL_RECORD",
    "DISABILITY",
    "FAMILY",
    "BIOMETRIC",
}
"""Types that the expected lines do not mark."""

FAULTS: dict[str, tuple[tuple[str, str], ...]] = {
    "a given name, or a surname, alone": (
        ("随访/2024年第一季度随访.xlsx", "建国"),
        ("合同/供应商合作协议.docx", "小计"),
    ),
    "no institution": (("人事/医师执业信息.csv", "本公司"),),
    "no name": (
        ("*", "APA"),
        ("心理咨询/危机干预通话.txt", "万里"),
    ),
}
"""Reason → document and text, of what is missed or wrongly taken today."""

KNOWN = [(path, text, reason) for reason, faults in FAULTS.items() for path, text in faults]


_STRONG = re.compile(r"(?<!\*)\*\*(?!\*)")


class Place(NamedTuple):
    """An expected line, and where in a block it stands."""

    line: str
    block: int
    start: int


@dataclass(frozen=True)
class Reading:
    """A document of the demo folder as deid reads it, and what its expected lines are."""

    blocks: tuple[deid.TextBlock, ...]
    entities: tuple[tuple[deid.Entity, ...], ...]
    places: tuple[Place, ...]
    lost: tuple[str, ...]

    def marks(self):
        """`(mark, its text, its block, entities that touch it)`, offsets in the block."""
        for line, block, start in self.places:
            text, marks = parse_marked(line)
            for first, last, kind in marks:
                mark = Marked(first + start, last + start, kind)
                touching = [e for e in self.entities[block] if e.start < mark.end and mark.start < e.end]
                yield mark, text[first:last], block, touching


@cache
def deidentifier() -> deid.Deidentifier:
    return deid.Deidentifier()


@cache
def reading(path: str) -> Reading:
    read = deid.read(RECORDS / path, ref=path)
    found_in = deidentifier().detect_blocks(block for block in read.blocks() if not block.search_only)
    blocks, entities = zip(*found_in, strict=True)
    places, lost = [], []
    for line in (EXPECTED / f"{path}.marked.txt").read_text("utf-8").splitlines():
        line = _STRONG.sub("", line) if path.endswith(".md") else line  # marks are no part of the text
        text = parse_marked(line)[0]
        found = [Place(line, i, b.text.index(text)) for i, b in enumerate(blocks) if b.text.strip() == text]
        if not found:
            found = [
                Place(line, i, start) for i, b in enumerate(blocks) for start in _occurrences(b.text, text)
            ]
        places += found
        lost += [] if found else [line]
    return Reading(blocks, entities, tuple(places), tuple(lost))


def _occurrences(text: str, part: str):
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _uncovered(mark: Marked, text: str, entities) -> str:
    """The characters of a mark that no entity covers; white space and signs between groups do not count."""
    left = set(range(mark.start, mark.end))
    for entity in entities:
        if entity.entity_type not in FREE:
            left -= set(range(entity.start, entity.end))
    return "".join(
        text[i - mark.start]
        for i in sorted(left)
        if text[i - mark.start].isalnum() or text[i - mark.start] in "*某"
    )


def misses(path: str) -> dict[str, str]:
    """Marked text → type, for direct identifiers that are not wholly covered and others that are not touched."""
    found: dict[str, str] = {}
    for mark, text, _, touching in reading(path).marks():
        if mark.entity_type in ("NONE", "IGNORE", *FREE):
            continue
        open_ = _uncovered(mark, text, touching)
        if open_ and (mark.entity_type not in QUASI or len(open_) * 2 > len(text)):
            found[text] = mark.entity_type
    return found


def wrong(path: str) -> list[str]:
    """Finds in look-alikes, and finds that touch no mark at all; type and text."""
    read = reading(path)
    marked = defaultdict(list)
    found = []
    for mark, text, block, touching in read.marks():
        marked[block].append(mark)
        if mark.entity_type == "NONE":
            found += [f"{e.entity_type} in {text}" for e in touching if e.entity_type not in FREE | SOCIAL]
    for block, entities in enumerate(read.entities):
        for entity in entities:
            touches = any(entity.start < m.end and m.start < entity.end for m in marked[block])
            if not touches and entity.entity_type not in FREE | SOCIAL | {"DATE_TIME"}:
                found.append(f"{entity.entity_type}: {read.blocks[block].text[entity.start : entity.end]}")
    return found


def _known(path: str) -> set[str]:
    return {text for name, text, _ in KNOWN if name in (path, "*")}


@pytest.mark.parametrize("path", PATHS)
def test_every_expected_line_stands_in_a_block(path):
    assert reading(path).lost == ()


@pytest.mark.parametrize("path", PERSONAL)
def test_personal_information_is_found(path):
    known = _known(path)

    assert {text: kind for text, kind in misses(path).items() if text not in known} == {}


@pytest.mark.parametrize("path", PATHS)
def test_look_alikes_are_left(path):
    known = _known(path)

    assert [find for find in wrong(path) if find.partition(" ")[2].removeprefix("in ") not in known] == []


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> dict[str, Path]:
    """Source path → output, of a run over the whole folder."""
    target = tmp_path_factory.mktemp("demo") / "safe"
    run = deid.deidentify_folder(RECORDS, target, workers=0)
    assert run.report.complete
    return {run.sources[d.number]: target / d.output for d in run.report.documents}


@pytest.mark.parametrize("path", PERSONAL)
def test_no_direct_identifier_survives_a_run(path, outputs):
    text = "\n".join(text_of(outputs[path]))
    known = _known(path)
    everyday = [mark_text for mark, mark_text, *_ in reading(path).marks() if mark.entity_type == "NONE"]

    survivors = [
        f"{mark.entity_type}: {value}"
        for mark, value, *_ in reading(path).marks()
        if mark.entity_type not in {"NONE", "IGNORE", *FREE, *QUASI}
        and len(value) > 1
        and value in text
        and value not in known
        and not any(value in word for word in everyday)
    ]

    assert survivors == []


def test_no_name_survives_in_a_path(outputs):
    for path, output in outputs.items():
        marked = PATHS[path]
        for start, end, _ in parse_marked(marked)[1]:
            value = path[start:end]
            assert len(value) == 1 or value not in str(output), marked


@pytest.mark.parametrize("path", IMPERSONAL)
def test_documents_without_personal_information_hold_no_expected_entity(path):
    kinds = {mark.entity_type for mark, *_ in reading(path).marks()}

    assert kinds <= {"NONE", "IGNORE", "PUBLIC_HOTLINE"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(path, text, marks=pytest.mark.xfail(reason=reason))
        for path, text, reason in KNOWN
        if path != "*"
    ],
)
def test_known_faults(path, text):
    assert text not in misses(path)
    assert not any(text in find for find in wrong(path))


def test_the_folder_has_all_formats_and_kinds():
    formats = {deid.read(RECORDS / path, ref=path).format for path in PATHS}

    assert formats == {"txt", "md", "csv", "tsv", "json", "jsonl", "xlsx", "docx"}
    assert {path.relative_to(RECORDS).as_posix() for path in RECORDS.rglob("*") if path.is_file()} == set(
        PATHS
    )


@pytest.mark.slow
def test_building_again_gives_the_same_folder(tmp_path):
    build = [sys.executable, str(EXAMPLES / "build.py")]
    for name in ("one", "two"):
        subprocess.run([*build, str(tmp_path / name)], check=True, capture_output=True)

    one, two, here = (_contents(folder) for folder in (tmp_path / "one", tmp_path / "two", EXAMPLES))
    assert one.keys() == here.keys()
    assert one == two
    assert [name for name, content in one.items() if _parts(content) != _parts(here[name])] == []


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for name in ("records", "expected")
        for file in sorted((folder / name).rglob("*"))
        if file.is_file()
    }


def _parts(content: bytes) -> object:
    """A package by its parts, so that other versions of zlib and libxml2 give the same."""
    if not content.startswith(b"PK"):
        return content
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: _canonical(package.read(name)) for name in package.namelist()}


def _canonical(part: bytes) -> bytes:
    try:
        return etree.tostring(etree.fromstring(part), method="c14n")
    except etree.XMLSyntaxError:
        return part
