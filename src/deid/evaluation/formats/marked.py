"""Marked text, `患者[张三](PERSON)`: one document a file, or many between `### id` lines.

A file that begins with `### ` has many: after the id may stand `group=…` and `labels=…,…`,
with blanks written as `%20`. Empty lines around a document do not count. Stretches marked
IGNORE (`[上午](IGNORE)`, `[上午](IGNORE_DATE_TIME)`) are scored neither way. A type may also be a
Chinese name that is known, or any word of the caller's own map: `[张三](姓名)`.

A character that would be read as notation stands as its code: `[5B](CHAR)` is `[`. That is
written for brackets inside a mark, brackets that would look like a mark, `###` at the
start of a line, and for line breaks at the ends of a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, unquote

from deid.catalog.marked import parse_marked, write_marked
from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import Draft, Labelled, labelled
from deid.evaluation.formats.labels import Labels
from deid.evaluation.samples import Sample, Samples

_HEADING = re.compile(r"### (\S+)(.*)")
_CODE = re.compile(r"\[([0-9A-F]{1,6})\]\(CHAR\)")
_HEADING_SIGN = re.compile(r"^#(?=## )", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LINES_BEFORE, _LINES_AFTER = re.compile(r"\A\n+"), re.compile(r"\n+\Z")
_OTHER_TYPE = re.compile(r"(?<=\])\(([^()\[\]\s]{1,24})\)")
_LIKE_A_MARK = re.compile(r"\[(?=[^\[\]]+\]\((?:[A-Z][A-Z0-9_]*|(?=[!-~]*[^\x00-\x7f])[^()\[\]\s]+)\))")
_CHINESE_MARK = re.compile(r"\[[^\[\]]+\]\(([\u4e00-\u9fff]{1,8})\)")
# Stand for coded brackets while the text is parsed. No file holds them: they are no characters.
_OPEN, _CLOSE = "\udc5b", "\udc5d"
_FIRST_HELD = 0xDC80


def read(content: Content) -> Iterator[Draft]:
    text, labels = content.text, content.known
    if not text.strip():
        return
    if not text.lstrip("\n").startswith("### "):
        yield draft_of("line 1", text.strip("\n"), labels, id="1")
        return
    heading, first = "", 0
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), "### "], 1):
        if line.startswith("### "):
            if heading:
                yield _document(heading, first, lines, labels)
            heading, first, lines = line, number, []
        else:
            lines.append(line)


def left_out(content: Content) -> Mapping[str, int]:
    """Places that look like marks, with a Chinese type that nobody knows: they were read as text."""
    labels = content.known
    unknown = sum(not labels.name_of(match[1]) for match in _CHINESE_MARK.finditer(content.text))
    return {"unread": unknown} if unknown else {}


def _document(heading: str, number: int, lines: list[str], known: Labels) -> Draft:
    match = _HEADING.match(heading)
    name, rest = (match[1], match[2]) if match else ("", "")
    more = dict(part.split("=", 1) for part in rest.split() if "=" in part)
    labels = tuple(unquote(label) for label in more.get("labels", "").split(",") if label)
    return draft_of(
        f"line {number}",
        "\n".join(lines).strip("\n"),
        known,
        id=unquote(name),
        group=unquote(more.get("group", "")),
        headers=labels,
    )


def draft_of(
    place: str, marked: str, known: Labels, *, id: str, group: str = "", headers: tuple[str, ...] = ()
) -> Draft:
    """The draft of one marked text."""
    coded = _CODE.sub(_character, marked)
    text, marks = parse_marked(_OTHER_TYPE.sub(lambda match: _typed(match, known), coded))
    text = text.replace(_OPEN, "[").replace(_CLOSE, "]")
    spans = tuple(Labelled(*mark) for mark in marks)
    return Draft(place, text, spans, id=id, group=group, labels=headers)


def _typed(match: re.Match[str], known: Labels) -> str:
    """`(PERSON)` for `(姓名)`; what is no name of a type is text."""
    name = known.name_of(match[1])
    return f"({name})" if name else match[0]


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return match[0]
    character = chr(code)
    return {"[": _OPEN, "]": _CLOSE}.get(character, character)


def write(samples: Samples) -> str:
    return "".join(f"{_heading(sample)}\n{marked(sample)}\n\n" for sample in samples)


def _heading(sample: Sample) -> str:
    heading = f"### {_word(sample.id) or '-'}"
    if sample.group:
        heading += f" group={_word(sample.group)}"
    if sample.labels:
        heading += f" labels={','.join(_word(label).replace(',', '%2C') for label in sample.labels)}"
    return heading


def _word(value: str) -> str:
    return re.sub(r"[\s%]", lambda match: quote(match[0]), value)


def marked(sample: Sample, *, more: Iterable[int] = ()) -> str:
    """The marked text that `draft_of` reads back; characters at offsets `more` stand as codes, too."""
    places = {*_to_code(sample), *more}
    characters = sorted({sample.text[index] for index in places})
    held = {character: chr(_FIRST_HELD + number) for number, character in enumerate(characters)}
    text = "".join(held[sign] if index in places else sign for index, sign in enumerate(sample.text))
    written = write_marked(text, labelled(sample))
    for character, sign in held.items():
        written = written.replace(sign, f"[{ord(character):X}](CHAR)")
    return written


def _to_code(sample: Sample) -> Iterator[int]:
    """Offsets of what would be read as notation, or lost."""
    text = sample.text
    for start, end, _ in labelled(sample):
        yield from (index for index in range(start, end) if text[index] in "[]")
    for notation in (_LIKE_A_MARK, _HEADING_SIGN, _CONTROL, _LINES_BEFORE, _LINES_AFTER):
        for match in notation.finditer(text):
            yield from range(match.start(), match.end())
