"""Archives (zip, tar), books (epub) and packed files (gz, bz2, xz): every member by its own format, names de-identified.

The archive is written anew. Members that deid cannot read are left out and counted, as a run over
the unpacked folder would leave them out; one that needs a password is asked for. Owners, times,
comments and extra fields of members are not carried over. Bombs, links, devices and names that lead
out of the archive are refused.

one archive      entries (what all have) zipped tarred book packed
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import ModuleType
from typing import Any

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats.archives import book, packed, tarred, zipped
from deid.formats.archives.entries import MOST_BYTES, Entry, free, parts_of, renamed, stem_of
from deid.formats.edits import Edit
from deid.formats.files import created, written_suffix
from deid.formats.members import Member, note_lost
from deid.formats.options import DEFAULT, Options
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, TextBlock

_KINDS: Mapping[str, ModuleType] = {
    "zip": zipped,
    "tar": tarred,
    "epub": book,
    **dict.fromkeys(("gz", "bz2", "xz"), packed),
}


def read(path: str, ref: str, options: Options = DEFAULT, *, name: str) -> Document:
    """`details["removed"]` counts what is left out, by kind; `unpacked` are the bytes of all members.

    Raises EncryptedDocument when no password opens it, UnreadableDocument when damaged or a danger,
    UnsupportedDocument when deid can read nothing that is in it.
    """
    details = stamp(path, ref) | {"options": options}
    readable = size = 0
    with _KINDS[name].opened(path, ref, options.passwords) as found:
        removed: Counter[str] = found.removed
        for entry in found.entries:
            member = _member(entry, ref, options)
            if not member.data:
                continue
            size += len(member.data)
            document = member.document
            if document is None:
                removed["file"] += 1
                continue
            readable += 1
            removed.update(member.removed)
            if not entry.parts:
                details["packed"] = document.kind
            size += document.details.get("unpacked", 0)
            if size > MOST_BYTES:
                raise UnreadableDocument(f"{ref}: the archive is too large when unpacked (a bomb?)")
    if not readable:
        raise UnsupportedDocument(f"{ref}: an archive with nothing in it that deid can read")
    details |= {"removed": dict(removed), "unpacked": size}
    return Document(ref, name, path, partial(_blocks, path, ref, name, details), details)


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    """Members that turn out to be withheld are counted in `details["removed"]` as well."""
    check_unchanged(document.path, document.details, document.ref)
    kind, options = _KINDS[document.format], document.details["options"]
    lost: Counter[str] = Counter()
    taken: set[str] = set()
    with (
        kind.opened(document.path, document.ref, options.passwords) as found,
        created(path) as handle,
        kind.created(handle, document.path) as put,
    ):
        numbers = parts_of(found.entries)
        for entry in found.entries:
            member = _member(entry, document.ref, options)
            data: bytes | None = None if entry.content is None else member.data
            if data and member.document is None:
                continue
            if data and (data := member.written(edits, lost)) is None:
                lost["withheld file"] += 1
                continue
            if kind is book:
                put("/".join(entry.parts), data)
                continue
            name = "/".join(renamed(part, numbers[part], edits) for part in entry.parts)
            if data and member.document:
                suffix = written_suffix(entry.suffix, member.document.kind)
                name = name.removesuffix(entry.suffix) + suffix
            put(free(name, taken), data)
    note_lost(document, lost)


def _blocks(path: str, ref: str, name: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    options: Options = details["options"]
    with _KINDS[name].opened(path, ref, options.passwords) as found:
        for part, number in parts_of(found.entries).items():
            if stem_of(part).strip():
                yield TextBlock(f"name:{number}", stem_of(part), f"name {number}")
        for number, entry in enumerate(found.entries, 1):
            member = _member(entry, ref, options)
            if member.data and member.document:
                yield from member.blocks(f"member {number}")


def _member(entry: Entry, ref: str, options: Options) -> Member:
    """The file; one without content for a folder."""
    return Member(entry.content() if entry.content else b"", entry.suffix, entry.prefix, ref, options)
