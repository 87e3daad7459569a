"""What a worker has at hand in a pass, and the jobs that it is given."""

from __future__ import annotations

import gc
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deid import formats
from deid.batch.checking import Value, Wanted
from deid.batch.journal import Journal
from deid.batch.link import Link, known_values
from deid.detector import NameSet
from deid.errors import UnreadableDocument
from deid.formats.options import DEFAULT
from deid.formats.sharing import share
from deid.formats.stamp import digest
from deid.keys import mac
from deid.pipeline import Deidentifier

_USUAL, _COLLECTING = gc.get_threshold(), (50_000, 20, 50)
"""Few of the objects that come to be by the million hold cycles: looking for them takes a fifth of the time."""


@dataclass(frozen=True)
class Workplace:
    """What every worker gets: the Deidentifier, the journal, and in pass 2 the link. Those of one workplace are set up once."""

    deidentifier: Deidentifier = field(repr=False)
    journal: Path = field(repr=False)
    key: bytes = field(repr=False)
    settings: str
    link: Link | None = None
    changed: Mapping[str, NameSet] = field(default_factory=dict, repr=False)
    """An earlier state of the lists → the entries that were others then."""
    options: formats.Options = DEFAULT


@dataclass(frozen=True)
class Pictures:
    """What was read of pictures, kept in the journal for whoever paints them."""

    journal: Journal

    def get(self, key: str) -> Any:
        return json.loads(self.journal.get("pictures", key) or "null")

    def put(self, key: str, content: Any) -> None:
        self.journal.put("pictures", key, json.dumps(content))  # numbers of numpy are among it


@dataclass(frozen=True)
class Bench:
    """A workplace that is set up."""

    deidentifier: Deidentifier
    journal: Journal
    key: bytes = field(repr=False)
    settings: str
    link: Link | None
    changed: Mapping[str, NameSet] = field(repr=False)
    known: frozenset[Value]
    shared: Wanted
    options: formats.Options
    pictures: Pictures
    originals: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False)
    """By source and fingerprint the Originals of the file of which a share was done last."""


@dataclass(frozen=True, slots=True)
class DetectJob:
    """Read one of `parts` shares of a file; nothing is done when its fingerprint is `done`."""

    number: int
    path: str = field(repr=False)
    source: str = field(repr=False)
    done: str = ""
    part: int = 0
    parts: int = 1


@dataclass(frozen=True, slots=True)
class LookJob:
    """Whether a file that was read under another state of the `lists` has to be read again."""

    number: int
    path: str = field(repr=False)
    source: str = field(repr=False)
    done: str
    lists: str


@dataclass(frozen=True, slots=True)
class ReplaceJob:
    """Work out what stands in the place of what was found in one of `parts` shares of a large file."""

    number: int
    path: str = field(repr=False)
    source: str = field(repr=False)
    fingerprint: str
    part: int
    parts: int


@dataclass(frozen=True, slots=True)
class WriteJob:
    """Write this file to `temporary`, to be published as `output` (relative).

    With `since` what was written stands unless a name that came after that version is in it. With
    `replaced` what stands in the place of what was found is in the journal, and others check the output.
    """

    number: int
    path: str = field(repr=False)
    source: str = field(repr=False)
    fingerprint: str
    temporary: str = field(repr=False)
    output: str = field(repr=False)
    since: int | None = None
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class CheckJob:
    """Read one of `parts` shares of a large file that was written, and search it."""

    number: int
    source: str = field(repr=False)
    fingerprint: str
    temporary: str = field(repr=False)
    output: str = field(repr=False)
    format: str
    part: int
    parts: int


def prepare(workplace: Workplace) -> Bench:
    """Set up a worker for a pass."""
    gc.set_threshold(*_COLLECTING)
    deidentifier = workplace.deidentifier
    link = workplace.link
    known = frozenset(known_values(deidentifier)) if link else frozenset()
    journal = Journal(workplace.journal, key=workplace.key)
    return Bench(
        deidentifier,
        journal,
        workplace.key,
        workplace.settings,
        link,
        workplace.changed,
        known,
        _wanted_everywhere(known, link),
        workplace.options,
        Pictures(journal),
    )


def _wanted_everywhere(known: Collection[Value], link: Link | None) -> Wanted:
    """The known values and the names that are certain, which are found as they were before."""
    listed = Wanted.of(known)
    return Wanted(link.names, *listed.finders) if link else listed


def release(bench: Bench) -> None:
    """Close what a worker held open for a pass."""
    share()
    bench.journal.close()
    gc.set_threshold(*_USUAL)


def fingerprint_of(bench: Bench, path: str) -> str:
    """Changes when the content, or anything that could change a detection, changes."""
    try:
        content = digest(path)
    except FileNotFoundError as error:
        raise UnreadableDocument(f"document: cannot be opened ({type(error).__name__})") from None
    return mac(bench.key, "content", bench.settings, content).hex()
