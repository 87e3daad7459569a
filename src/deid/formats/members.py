"""Files inside files, attachments and members of archives: read and written by their own formats.

A member stands in a private temporary folder, under a name that says nothing, while it is worked on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from deid.errors import UnreadableDocument, WithheldDocument
from deid.formats.edits import Edit
from deid.types import Document, Segment, TextBlock

DEEPEST = 8
_depth: ContextVar[int] = ContextVar("depth", default=0)


def depth() -> int:
    """How many files the file that is being read is within."""
    return _depth.get()


def losses(data: bytes, suffix: str, ref: str) -> Mapping[str, int] | None:
    """What the output of a member will not hold, by kind; None if deid cannot read the member at all."""
    try:
        with opened(data, suffix, ref) as document:
            return dict(document.details.get("removed", {}))
    except UnreadableDocument:
        return None


def blocks(data: bytes, suffix: str, *, prefix: str, where: str, ref: str) -> Iterator[TextBlock]:
    """The blocks of a member; `prefix` makes its sources distinct within the file that holds it."""
    with opened(data, suffix, ref) as document:
        for block in document.blocks():
            segments = tuple(
                Segment(one.start, one.end, prefix + one.source, one.source_start) for one in block.segments
            )
            table = replace(block.table, sheet=prefix + block.table.sheet) if block.table else None
            yield replace(
                block,
                id=prefix + block.id,
                where=f"{where}, {block.where}" if block.where else where,
                segments=segments,
                table=table,
            )


def written(
    data: bytes, suffix: str, edits: Mapping[str, Sequence[Edit]], *, prefix: str, ref: str
) -> bytes | None:
    """The member with its edits, or nothing when it is withheld, as a photo is."""
    own = {source.removeprefix(prefix): parts for source, parts in edits.items() if source.startswith(prefix)}
    with opened(data, suffix, ref) as document:
        from deid import formats

        target = Path(document.path).with_name(f"written{suffix}")
        try:
            formats.write(document, own, target)
        except WithheldDocument:
            return None
        return target.read_bytes()


@contextmanager
def opened(data: bytes, suffix: str, ref: str) -> Iterator[Document]:
    """The document in `data`. Raises as `formats.read` does."""
    from deid import formats

    plain = suffix.lower() if suffix.isascii() and len(suffix) < 8 else ""
    with TemporaryDirectory(prefix="deid-") as folder:
        path = Path(folder) / f"member{plain}"
        path.write_bytes(data)
        token = _depth.set(_depth.get() + 1)
        try:
            if _depth.get() > DEEPEST:
                raise UnreadableDocument(f"{ref}: files within files, nested too deeply")
            document = formats.read(path, ref=ref)  # which reads what is inside it
        finally:
            _depth.reset(token)
        yield document
