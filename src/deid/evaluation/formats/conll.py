"""CoNLL by character: `character TAB tag` a line, an empty line after each sample.

Read are BIO, BIES, BILOU and BMES, with TAB or blank between columns (the first is the token,
the last the tag); tokens of several characters are joined as they are. BIO is written. A
lone I- begins a stretch, as in IOB1; the other schemes are held to their rules.

White space cannot stand in a column. It is written as an escape, `\\s` for the blank, `\\n`,
`\\t`, `\\r`, `\\u3000`; a token that is empty is a blank, as other tools write it. `# id = 7`,
`# group = …` and `# labels = …` may stand before a sample.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import Draft, Labelled, damaged, labelled
from deid.evaluation.samples import Sample, Samples

_TAG = re.compile(r"O|([BIESLUMW])[-_](\S+)", re.IGNORECASE)
_COMMENT = re.compile(r"# (id|group|labels) = (.*)")
_ESCAPES = {" ": "\\s", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_SIGNS = {escape: sign for sign, escape in _ESCAPES.items()}
_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_TO_CODE = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\ufeff]")
_INSIDE, _END, _SINGLE = "IM", "EL", "SUW"


class _Row(NamedTuple):
    number: int
    token: str
    prefix: str
    label: str


def looks_like(lines: Sequence[str]) -> bool:
    """Whether most lines are a token and a tag."""
    filled = [line for line in lines if line.strip() and not _COMMENT.fullmatch(line)]
    fitting = sum(bool(columns := _columns(line)) and bool(_TAG.fullmatch(columns[-1])) for line in filled)
    return bool(filled) and fitting >= 0.9 * len(filled)


def _columns(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    return [line[:1], *line[1:].split()] if line[:1].isspace() else line.split()


def read(content: Content) -> Iterator[Draft]:
    rows: list[_Row] = []
    about: dict[str, str] = {}
    first = 0
    for number, line in enumerate([*content.text.split("\n"), ""], 1):
        if not line.strip(" ") or line.startswith("-DOCSTART-"):
            if rows or about:
                yield _draft(content.name, first or number, rows, about)
            rows, about, first = [], {}, 0
        elif comment := _COMMENT.fullmatch(line):
            about[comment[1]] = comment[2]
        else:
            rows.append(_row(content.name, number, line))
            first = first or number


def _row(name: str, number: int, line: str) -> _Row:
    columns = _columns(line)
    tag = _TAG.fullmatch(columns[-1].strip()) if len(columns) > 1 else None
    if tag is None:
        raise damaged(name, f"line {number}", "not a character and a tag such as O or B-PERSON")
    return _Row(number, _token(columns[0]), (tag[1] or "O").upper(), tag[2] or "")


def _token(written: str) -> str:
    if match := _CODE.fullmatch(written):
        return chr(int(match[1], 16))
    return _SIGNS.get(written, written or " ")


def _draft(name: str, number: int, rows: Sequence[_Row], about: dict[str, str]) -> Draft:
    return Draft(
        f"line {number}",
        "".join(row.token for row in rows),
        tuple(_spans(name, rows)),
        id=about.get("id", ""),
        group=about.get("group", ""),
        labels=tuple(json.loads(about["labels"])) if about.get("labels", "").startswith("[") else (),
    )


def _spans(name: str, rows: Sequence[_Row]) -> Iterator[Labelled]:
    """The stretches; where the sample has E-, L-, S- or U- tags, none may end without one."""
    strict = any(row.prefix in _END + _SINGLE for row in rows)
    begun: tuple[int, str] | None = None
    position = 0
    for row in rows:
        goes_on = begun is not None and begun[1] == row.label and row.prefix in _INSIDE + _END
        if begun is not None and not goes_on:
            if strict:
                raise damaged(name, f"line {row.number}", "a stretch ends without its last tag (E- or L-)")
            yield Labelled(begun[0], position, begun[1])
            begun = None
        if not goes_on and (row.prefix in _END or (strict and row.prefix in _INSIDE)):
            raise damaged(name, f"line {row.number}", "a stretch goes on that was not begun (B-)")
        if row.prefix != "O" and not goes_on:
            begun = position, row.label
        position += len(row.token)
        if begun is not None and row.prefix in _END + _SINGLE:
            yield Labelled(begun[0], position, begun[1])
            begun = None
    if begun is not None:
        if strict:
            raise damaged(name, f"line {rows[-1].number}", "a stretch ends without its last tag (E- or L-)")
        yield Labelled(begun[0], position, begun[1])


def write(samples: Samples) -> str:
    return "".join(f"{_head(sample)}{_body(sample)}\n" for sample in samples)


def _head(sample: Sample) -> str:
    lines = [f"# id = {' '.join(sample.id.split())}"]
    if sample.group:
        lines.append(f"# group = {' '.join(sample.group.split())}")
    if sample.labels:
        lines.append(f"# labels = {json.dumps(sample.labels, ensure_ascii=False)}")
    return "".join(line + "\n" for line in lines)


def _body(sample: Sample) -> str:
    tags = ["O"] * len(sample.text)
    for start, end, label in labelled(sample):
        tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return "".join(f"{_escaped(sign)}\t{tag}\n" for sign, tag in zip(sample.text, tags, strict=True))


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    return f"\\u{ord(sign):04X}" if _TO_CODE.fullmatch(sign) else sign
