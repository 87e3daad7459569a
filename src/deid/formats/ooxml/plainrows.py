"""Plain rows written again, without a tree of them: each by itself, so that several workers can share a sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from deid.formats.edits import Edit
from deid.formats.numbers import plain_number
from deid.formats.ooxml.book import Book
from deid.formats.ooxml.cells import is_code, number_source, plain_text
from deid.formats.ooxml.markup import writable
from deid.formats.ooxml.rows import PlainCell, PlainRow
from deid.formats.ooxml.xml import Element, names, usual_prefixes
from deid.types import splice

ROW_ATTRIBUTES = names(
    "r spans s customFormat ht hidden customHeight outlineLevel collapsed thickTop thickBot ph dyDescent"
)
ATTRIBUTE = re.compile(
    r"[0-9]{1,7}(?:[:. ][0-9]{1,7}){0,40}|[0-9]{1,4}\.[0-9]{1,20}|true|false|str|inlineStr|[snbed]"
)
"""What is written in attributes of rows and cells."""
_WRITTEN = re.compile(r' ([^=]+)="([^"]*)"')
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?")
"""A number that a cell holds as it is written."""


class PlainRows:
    """Writes the plain rows of one sheet, whose root is `root`; the sources of its cells begin with `base`.

    Those in which something is `drawn` are not written so. What strings are used is noted in the book.
    """

    def __init__(self, book: Book, base: str, root: Element, drawn: Collection[int] = ()) -> None:
        self._book, self._base, self._drawn = book, base, drawn
        self._prefixes = frozenset(usual_prefixes(root))

    def written(self, row: PlainRow, edits: Mapping[str, Sequence[Edit]]) -> bytes | None:
        """A plain row as it is written; None where it has to be an element for that."""
        book = self._book
        if row.number in self._drawn or not _is_plain(row.attributes, self._prefixes):
            return None
        parts = [f'<row r="{row.number}"{row.attributes}>']
        for cell in row.cells():
            letters, number, style, kind, space, text, value = cell
            if kind == "s" and not value:  # a text of its own, with the kind of those that are shared
                return None
            if book.codes and is_code(style, book):
                return None
            source = f"{self._base}{letters}{number}"
            if book.formats and number_source(source) in edits:
                return None
            changes = edits.get(source)
            if changes:
                written = self._edited(cell, changes)
            elif value:
                written = f"<v>{value}</v>"
                if kind == "s":
                    book.used[int(value)] = 1
            else:
                written = f"<is><t{space}>{_escaped(text)}</t></is>" if text else None
            if written is None:
                return None
            if changes:
                kind = "inlineStr" if written[1] == "i" else ""
            style, kind = style and f' s="{style}"', kind and f' t="{kind}"'
            parts.append(f'<c r="{letters}{number}"{style}{kind}>{written}</c>')
        parts.append("</row>")
        return "".join(parts).encode("utf-8", "surrogatepass")

    def _edited(self, cell: PlainCell, changes: Sequence[Edit]) -> str | None:
        """What stands in a cell with edits; None where that takes more than to look at its text."""
        book = self._book
        _, _, style, kind, *_, value = cell
        is_date = style and int(style) < len(book.dates) and book.dates[int(style)]
        if is_date or (kind == "s" and int(value) in book.rich):
            return None
        text, _ = plain_text(cell, book)
        new = splice(text, changes)
        if not new:
            return None
        is_number = kind in ("", "n") and not book.shown(style or "0", plain_number(value))
        if value and is_number and NUMBER.fullmatch(text) and NUMBER.fullmatch(new):
            return f"<v>{new}</v>"
        preserved = ' xml:space="preserve"' if new != new.strip() or "\n" in new else ""
        return f"<is><t{preserved}>{_escaped(writable(new))}</t></is>"


@lru_cache(maxsize=4096)
def _is_plain(attributes: str, prefixes: frozenset[str | None]) -> bool:
    """Whether the attributes of a row say nothing but how it looks. Each stands behind a space."""
    names = []
    for name, written in _WRITTEN.findall(attributes):
        prefix, _, own = name.rpartition(":")
        if (
            (prefix or None) not in (*prefixes, None)
            or own not in ROW_ATTRIBUTES
            or not ATTRIBUTE.fullmatch(written)
        ):
            return False
        names.append(own)
    return "r" not in names and len(set(names)) == len(names)


def _escaped(text: str) -> str:
    """The text as XML."""
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")
