"""Files inside files, attachments and members of archives: read and written by their own formats.

A member is in memory only while it is worked on (`files.Held`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any, cast

from deid.errors import EncryptedDocument, UnreadableDocument, WithheldDocument
from deid.formats.edits import Edit
from deid.formats.files import Held
from deid.formats.options import Options
from deid.formats.unlocking import HINT
from deid.types import Document, Segment, TextBlock

DEEPEST = 8
_TEXTS = frozenset(("txt", "csv", "tsv", "json", "jsonl"))


@dataclass(frozen=True)
class Member:
    """A file within the file `ref`, which was read with `options`; `prefix` makes its sources distinct."""

    data: bytes = field(repr=False)
    suffix: str = field(repr=False)
    prefix: str
    ref: str
    options: Options
    name: str = ""
    """Of its format, where that is known."""

    @cached_property
    def document(self) -> Document | None:
        """None if deid cannot read it at all.

        Raises EncryptedDocument when it needs a password: whoever has it would want what is in it.
        """
        from deid import formats

        if self.options.depth >= DEEPEST:
            return None
        options = replace(self.options, depth=self.options.depth + 1)
        try:
            return formats.read(Held(self.data, self.suffix), ref=self.ref, options=options, name=self.name)
        except EncryptedDocument:
            raise EncryptedDocument(
                f"{self.ref}: encrypted: a file within it needs a password", hint=HINT
            ) from None
        except UnreadableDocument:
            return None

    @property
    def removed(self) -> Mapping[str, int]:
        """What its output will not hold, by kind."""
        return self.document.details.get("removed", {}) if self.document else {}

    def blocks(self, where: str) -> Iterator[TextBlock]:
        """Its blocks, as blocks of the file that holds it."""
        for block in self.document.blocks() if self.document else ():
            segments = tuple(
                Segment(one.start, one.end, self.prefix + one.source, one.source_start)
                for one in block.segments
            )
            table = block.table._replace(sheet=self.prefix + block.table.sheet) if block.table else None
            yield replace(
                block,
                id=self.prefix + block.id,
                where=f"{where}, {block.where}" if block.where else where,
                segments=segments,
                table=table,
            )

    def text(self, where: str) -> TextBlock | None:
        """It as one block, where it is a plain text as cells hold it."""
        if self.document is None or self.document.format != "txt":
            return None
        found = list(islice(self.blocks(where), 2))
        return found[0] if len(found) == 1 else None

    def labelled(self, where: str, labels: tuple[str, ...]) -> Iterator[TextBlock]:
        """Its blocks; those of a text that say nothing of what they are have the labels of its place."""
        is_text = self.document is not None and self.document.format in _TEXTS
        for block in self.blocks(where):
            yield replace(block, labels=labels) if is_text and not block.labels else block

    def written(self, edits: Mapping[str, Sequence[Edit]], lost: Counter[str]) -> bytes | None:
        """It with its edits, or nothing when it is withheld, as a photo is.

        What in it turns out to be withheld, as its own attachments, is added to `lost`.
        """
        from deid import formats

        size = len(self.prefix)
        own = {source[size:]: parts for source, parts in edits.items() if source.startswith(self.prefix)}
        target = Held()
        before = Counter(self.removed)
        try:
            if self.document:
                formats.write(self.document, own, target)
        except WithheldDocument:
            return None
        lost.update(Counter(self.removed) - before)
        return target.content


def note_lost(document: Document, lost: Counter[str]) -> None:
    """Count in `details["removed"]` what turned out to be withheld when the document was written."""
    details = cast("dict[str, Any]", document.details)
    before = details.setdefault("removed in reading", dict(details.get("removed", {})))
    details["removed"] = dict(Counter(before) + lost)
