"""Plain text: blocks of whole paragraphs, about 2,000 characters, cut at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TextIO

from deid.formats.edits import Edit
from deid.formats.embedding import ADDRESSED, without_files
from deid.formats.encoding import Encoding, create_text, detect_encoding, open_text
from deid.formats.members import note_lost
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Cell, Document, Segment, TextBlock, splice

_SIZE = 2_000
_LEAST = 500
_LONG = 20_000
_SENTENCE = re.compile(r"[。！？；!?;]|\.(?=\s)")
_GAP = re.compile(r"[\s，,、]")
_BEGUN = re.compile(
    r"(?:data:[\w.+\-/]{0,121}(?:;[^,\s]{0,500})?,?|d|da|dat|data)\Z", re.ASCII | re.IGNORECASE
)
"""What of a file in an address may stand before a cut, so that neither part shows that it is one."""
_LONGEST_BEGUN = 640
_FIRST_LINE = re.compile("line:([0-9]+)")
"""The id of a block that is lines of a file as they stand there."""
_TIME = r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?[.,][0-9]{2,3}[ \t]*-->[^\r\n]*"
_LYRICS = r"\[[0-9]{1,3}:[0-9]{2}\.[0-9]{2,3}\]"
_TIMES = re.compile(
    r"(?:(?:\A|(?<=[\r\n]))[0-9]{1,6}[ \t]*|(?:\A|(?<=\n\n)|(?<=\n\r\n)|(?<=\r\r))[^\r\n]{1,80})(?:\r\n?|\n){1,2}"
    rf"{_TIME}|(?:\A|(?<=[\r\n]))(?:{_TIME}|(?:{_LYRICS})+)"
)
"""The number of what is said in subtitles, and from when to when it is shown; of lyrics, from when on."""
_MARKUP = re.compile(
    r"<(?:[0-9]{1,3}:){1,2}[0-9]{2}\.[0-9]{2,4}>|</?(?:[biuc]|lang|ruby|rt)(?:[.\s][^<>\r\n]{0,100})?>"
)
"""When a word of a line is shown, and how: <00:01.100><c.red>."""
_TIMED = re.compile(rf"-->|{_LYRICS}")
_SAID = re.compile(r"(?:<v(?:\.[\w.]+)?[ \t]+(?P<who>[^>\n]{1,80})>)?(?P<what>\S(?:[^\r\n]*\S)?)")
"""A line of it; WebVTT may say whose voice it is: <v 白雪>你好."""
_LEAST_CUES = 2
_MORE_OF_FILE = re.compile(r"\A[A-Za-z0-9+/=%_\-]*")


class Piece(NamedTuple):
    """A stretch of a file, in order and without gaps; those without `source` are never changed."""

    text: str
    source: str = ""
    where: str = ""
    labels: tuple[str, ...] = ()
    table: Cell | None = None


def read(path: str, ref: str) -> Document:
    """Raises UnreadableDocument when empty, binary or undecodable."""
    return document_of(path, ref, "txt", _blocks)


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    rewrite(document, edits, path, pieces, splice)


def document_of(path: str, ref: str, name: str, blocks: Callable[..., Iterator[TextBlock]]) -> Document:
    """The document of a text file; `blocks` gets path, ref, encoding and details. UnreadableDocument as `read`."""
    details = stamp(path, ref)
    encoding = detect_encoding(path, ref)
    return Document(
        ref, name, path, partial(blocks, path, ref, encoding, details), details | {"encoding": encoding}
    )


def rewrite(
    document: Document,
    edits: Mapping[str, Sequence[Edit]],
    path: str,
    cut: Callable[[TextIO, Counter[str]], Iterator[Piece]],
    edited: Callable[[str, Sequence[Edit]], str],
) -> None:
    """Write a text file again: `cut` into pieces, those that have edits `edited`."""
    check_unchanged(document.path, document.details, document.ref)
    encoding: Encoding = document.details["encoding"]
    lost: Counter[str] = Counter()
    with open_text(document.path, encoding) as handle, create_text(path, encoding, document.ref) as put:
        for part in cut(handle, lost):
            changes = edits.get(part.source)
            put(edited(part.text, changes) if changes else part.text)
    note_lost(document, lost)


def pieces(handle: TextIO, lost: Counter[str] | None = None) -> Iterator[Piece]:
    """The text of `handle` in blocks; what it does not hold is added to `lost`."""
    for number, text in paragraphs(enumerate(lines(handle, lost), 1)):
        yield Piece(text, f"line:{number}", f"line {number}")


def _blocks(path: str, ref: str, encoding: Encoding, details: Mapping[str, object]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    with open_text(path, encoding) as handle:
        for part in pieces(handle):
            yield from blocks_of([part])
            yield from _spoken(part)


def blocks_of(parts: Iterable[Piece]) -> Iterator[TextBlock]:
    for part in parts:
        if part.source and part.text.strip():
            yield TextBlock(part.source, part.text, part.where, part.labels, part.table)


def _spoken(part: Piece) -> Iterator[TextBlock]:
    """What is said in subtitles (SubRip, WebVTT, LRC), without the times between, as people hear it."""
    times = list(_TIMES.finditer(part.text)) if _TIMED.search(part.text) else []
    if len(times) < _LEAST_CUES and not (times and _MARKUP.search(part.text)):
        return
    ends = [*(time.start() for time in times[1:]), len(part.text)]
    text, segments = "", list[Segment]()
    for time, end in zip(times, ends, strict=True):
        for match in _SAID.finditer(part.text, time.end(), end):
            for group, behind in (("who", ": "), ("what", "\n")):
                for first, last in _without_markup(part.text, *match.span(group)):
                    segments.append(Segment(len(text), len(text) + last - first, part.source, first))
                    text += part.text[first:last]
                text += behind if match[group] else ""
    if text:
        yield TextBlock(f"{part.source}:said", text, part.where, part.labels, None, tuple(segments))


def _without_markup(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a line between the times of its words."""
    for match in _MARKUP.finditer(text, start, end) if start >= 0 else ():
        if start < match.start():
            yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


def where_at(block: TextBlock, start: int) -> str:
    """`where` of what begins at `start` in a block: in one of several lines of a file, its line."""
    first = _FIRST_LINE.fullmatch(block.id)
    if first is None:
        return block.where
    line = int(first[1]) + block.text.count("\n", 0, start)
    return f"line {line}"


def lines(handle: TextIO, lost: Counter[str] | None = None) -> Iterator[str]:
    """Lines with their ends, without the files that stand in addresses, which are added to `lost`; long lines in parts."""
    is_within = False
    for part in _parts(handle):
        text = _MORE_OF_FILE.sub("", part, count=1) if is_within else part
        found = list(ADDRESSED.finditer(text))
        if lost is not None and found:
            lost["embedded file"] += len(found)
        is_within = found[-1].end() == len(text) if found else is_within and not text
        if text := without_files(text):
            yield text


def _parts(handle: TextIO) -> Iterator[str]:
    """Lines with their ends; lines beyond 20,000 characters in parts, cut after sentences."""
    rest = ""
    while part := handle.readline(_LONG):
        rest += part
        if part[-1] in "\r\n":
            yield rest
            rest = ""
        elif len(rest) >= _LONG:
            cut = _last_gap(rest)
            if begun := _BEGUN.search(rest, cut - _LONGEST_BEGUN, cut):
                cut = begun.start()
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


def _last_gap(text: str) -> int:
    """Where a line that is too long is cut: after the last sentence, or gap, of its second half."""
    for pattern in (_SENTENCE, _GAP):
        ends = [match.end() for match in pattern.finditer(text, len(text) // 2)]
        if ends:
            return ends[-1]
    return len(text)


def paragraphs(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Lines put together to blocks; the number is that of the first line."""
    kept: list[tuple[int, str]] = []
    size = 0
    for number, line in numbered:
        kept.append((number, line))
        size += len(line)
        while size >= _SIZE and kept:
            cut = _cut(kept)
            text = "".join(line for _, line in kept[:cut])
            yield kept[0][0], text
            size -= len(text)
            kept = kept[cut:]
    if kept:
        yield kept[0][0], "".join(line for _, line in kept)


def _cut(kept: Sequence[tuple[int, str]]) -> int:
    """After how many lines to cut: a blank line, a sentence's end, or not inside a number."""
    place, blank, sentence, safe = 0, 0, 0, 0
    for index, (_, line) in enumerate(kept, 1):
        place += len(line)
        if place < _LEAST:
            continue
        text = line.rstrip()
        if not text:
            blank = index
        elif text[-1] in "。！？；!?;":
            sentence = index
        following = kept[index][1].lstrip() if index < len(kept) else ""
        if not (text and text[-1].isascii() and text[-1].isalnum() and following[:1].isdigit()):
            safe = index
    return blank or sentence or safe or len(kept)
