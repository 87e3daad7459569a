"""The way back: originals in the place of stand-ins, in files as they came back from their recipient.

Stand-ins are looked for anywhere in the text, so that files that were edited, excerpted or put
together are restored too. Everything is checked before anything is written: a wrong key, a
changed vault or a changed token is one error, and BACK is not begun.
"""

from __future__ import annotations

import getpass
import platform
import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from deid import formats
from deid.aliases import canonical_type
from deid.audit import append_access
from deid.batch.project import default_project, is_project
from deid.batch.walk import within
from deid.catalog.lexicon import WordIndex
from deid.errors import ProjectError, UnreadableDocument
from deid.keys import ProjectKey
from deid.operators.encrypt import TOKEN, decrypted
from deid.types import Detection, Entity, Replacement, TextBlock, splice
from deid.vault import Vault, VaultRow

LOG = ".log.jsonl"
"""Beside the vault (or, without one, the key): who restored what, when, why and how much."""
_MARK = re.compile(r"·[2-9A-Z]{4}(?![0-9A-Z])")
_PARTIAL = ".deid-restoring"


@dataclass(frozen=True)
class Restored:
    """What was put back, counted by type."""

    files: int
    unreadable: tuple[str, ...] = ()
    """Of each file that was left out its number and why."""
    counts: Mapping[str, int] = field(default_factory=dict)


class Finder:
    """Finds stand-ins and tokens in text. `types` limits what is put back."""

    def __init__(self, rows: Iterable[VaultRow], *, key: bytes, types: Collection[str] | None = None) -> None:
        wanted = {canonical_type(name) for name in types} if types is not None else None
        self._wanted = wanted
        self._key = key
        self._rows: dict[str, list[VaultRow]] = {}
        for row in rows:
            if wanted is None or row.entity_type in wanted:
                self._rows.setdefault(row.stand_in, []).append(row)

    @cached_property
    def _index(self) -> WordIndex[VaultRow]:
        return WordIndex({stand_in: rows[0] for stand_in, rows in self._rows.items()})

    def find(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Disjoint `(start, end, entity type, original)`, in order."""
        found = [
            (start, end, row.entity_type, row.original)
            for start, end, row in self._index.find(text)
            if _stands_alone(text, start, end)
        ]
        for match in TOKEN.finditer(text):
            if self._wanted is None or match[1] in self._wanted:
                kind, value = decrypted(match[0], key=self._key)
                found.append((*match.span(), kind, value))
        position = 0
        for start, end, kind, original in sorted(found):
            if start >= position:
                yield start, end, kind, original
                position = end

    def restored(self, text: str, counts: Counter[str]) -> str:
        """`text` with originals; what was put back is counted."""
        found = list(self.find(text))
        counts.update(kind for _, _, kind, _ in found)
        return splice(text, ((start, end, original) for start, end, _, original in found))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a code or number is not a part of a longer one: P-K7Q2 in P-K7Q2X."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    joins_before = _is_code(before) and _is_code(text[start])
    joins_after = _is_code(after) and _is_code(text[end - 1])
    marked = text[end - 1] != "〕" and _MARK.match(text, end) is not None
    return not (joins_before or joins_after or marked)


def _is_code(character: str) -> bool:
    return character.isascii() and character.isalnum()


def restore(
    source: str | Path,
    target: str | Path,
    *,
    key: ProjectKey,
    reason: str,
    vault: str | Path | None = None,
    vault_key: ProjectKey | None = None,
    types: Collection[str] | None = None,
    log: str | Path | None = None,
    who: str = "",
) -> Restored:
    """Restore a file or folder into `target`, which must not be there or be an empty folder.

    Without `vault` only encrypted tokens are restored. `vault_key` is the key of a vault that was rotated:
    tokens in the text keep theirs. `types` are the entity types to put back,
    all where it is None. VaultError or KeyFileError when the key is another one or something was
    changed; ProjectError without a reason. Files of other formats are not copied.
    """
    source, target = Path(source), Path(target)
    if not reason.strip():
        raise ProjectError("a reason is needed", hint="say in a few words why, with --reason")
    if not source.exists():
        raise ProjectError("what is to be restored does not exist")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ProjectError("the place for what is restored is not empty", hint="choose a new folder or file")
    _check_apart(source, target)
    if vault_key is not None and vault is None:
        raise ProjectError("the key of a vault is given, but no vault", hint="give --vault FILE")
    if vault is None and log is None:
        raise ProjectError("a log is needed where there is no vault", hint="give --log FILE")
    rows: Iterable[VaultRow] = Vault.open(Path(vault), key=vault_key or key) if vault is not None else ()
    finder = Finder(rows, key=key.derive("operators"), types=types)
    partial = target.with_name(target.name + _PARTIAL)
    _remove(partial)
    try:
        done = _restore_all(source, partial, finder)
        append_access(
            Path(log) if log is not None else Path(str(vault) + LOG),
            "restored",
            who=who or f"{getpass.getuser()}@{platform.node()}",
            reason=reason,
            files=done.files,
            values=sum(done.counts.values()),
            types=dict(done.counts),
        )
        if target.is_dir():
            target.rmdir()
        partial.replace(target)
    except BaseException:
        _remove(partial)
        raise
    return done


def _check_apart(source: Path, target: Path) -> None:
    """ProjectError where originals would be written into what is handed over, or read from what is written."""
    hint = "choose a folder beside it"
    if source.is_dir() and (within(target, source) or within(source, target)):
        raise ProjectError("what is restored would lie inside the folder that it is restored from", hint=hint)
    place = target.resolve()
    if any(is_project(default_project(folder)) for folder in (place, *place.parents)):
        raise ProjectError("what is restored would lie in the output folder of a project", hint=hint)


def _restore_all(source: Path, target: Path, finder: Finder) -> Restored:
    counts: Counter[str] = Counter()
    if source.is_file():
        _restore_file(source, target, finder, counts, "#0001")
        return Restored(1, counts=dict(counts.most_common()))
    files, unreadable = 0, []
    target.mkdir(parents=True)
    for number, path in enumerate(
        sorted(p for p in source.rglob("*") if p.is_file() and not p.is_symlink()), 1
    ):
        relative = Path(*(finder.restored(part, Counter()) for part in path.relative_to(source).parts))
        new = target / relative
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            _restore_file(path, new, finder, counts, f"#{number:04d}")
            files += 1
        except UnreadableDocument as error:
            new.unlink(missing_ok=True)
            unreadable.append(error.message)
    return Restored(files, tuple(unreadable), dict(counts.most_common()))


def _restore_file(source: Path, target: Path, finder: Finder, counts: Counter[str], ref: str) -> None:
    document = formats.read(source, ref=ref)
    seen: set[tuple[str, int]] = set()
    blocks = ((block, list(_replacements(block, finder, counts, seen))) for block in document.blocks())
    formats.write(document, formats.edits(blocks), target)


def _replacements(
    block: TextBlock, finder: Finder, counts: Counter[str], seen: set[tuple[str, int]]
) -> Iterator[Replacement]:
    """Views share places: each counts once."""
    for start, end, kind, original in finder.find(block.text):
        claim = Detection(kind, start, end, 1.0, "vault")
        place = next(
            (
                (s.source, start - s.start + s.source_start)
                for s in block.sources()
                if s.start <= start < s.end
            ),
            (block.id, start),
        )
        if place not in seen:
            seen.add(place)
            counts[kind] += 1
        yield Replacement(Entity(kind, start, end, 1.0, block.id, (claim,)), "restore", original)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
