"""Reads folders of recognizer files into a Catalog. The file is the registration.

Within a folder two files for one entity type are an error; a later folder overrides an
earlier one, type by type, so a user's folder needs to hold only what differs. A file with
`extends` instead of `entity` changes a type of an earlier folder, and `surnames.more.txt`
in `lexicons/` adds to `surnames.txt`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from deid.catalog.lexicon import read_lexicon
from deid.catalog.schema import ExtensionSpec, ProtectSpec, RecognizerSpec
from deid.errors import CatalogError
from deid.resources import YAML_LOADER, recognizers_root

if TYPE_CHECKING:
    from importlib.abc import Traversable


_MORE = ".more"


@dataclass(frozen=True, eq=False)
class Catalog:
    """Recognizers, protect lists and lexicons, ready for detection. Picklable; equal when all detects alike."""

    specs: tuple[RecognizerSpec, ...]
    protects: tuple[ProtectSpec, ...] = ()
    lexicons: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    files: dict[str, str] = field(default_factory=dict, repr=False)
    extensions: tuple[ExtensionSpec, ...] = ()
    """Changes to recognizers of earlier folders, until they are applied."""

    @cached_property
    def by_type(self) -> dict[str, RecognizerSpec]:
        return {spec.entity: spec for spec in self.specs}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalog) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @property
    def entity_types(self) -> tuple[str, ...]:
        return tuple(self.by_type)

    @cached_property
    def fingerprint(self) -> str:
        """Changes when anything that could change a detection changes."""
        digest = hashlib.sha256()
        for model in (*self.specs, *self.protects):
            digest.update(model.model_dump_json().encode())
        for name, words in sorted(self.lexicons.items()):
            digest.update("\n".join((name, *words)).encode())
        return digest.hexdigest()

    def lexicon(self, name: str) -> tuple[str, ...]:
        """The words of `lexicons/{name}.txt`; CatalogError when there is no such list."""
        try:
            return self.lexicons[name.removesuffix(".txt")]
        except KeyError:
            raise CatalogError(f"no lexicon called {name!r}", hint=_near(name, self.lexicons)) from None

    @classmethod
    def load(cls, *folders: str | Path | Traversable, shipped: bool = True) -> Catalog:
        """The shipped recognizers, and over them those of `folders`, the last one first."""
        catalog = shipped_catalog() if shipped else cls(())
        for folder in folders:
            catalog = catalog.overlaid(read_folder(Path(folder) if isinstance(folder, str) else folder))
        return catalog

    def overlaid(self, other: Catalog) -> Catalog:
        """This catalog with `other` over it: its types and lists replace, its extensions change what is here."""
        specs = {spec.entity: spec for spec in (*self.specs, *other.specs)}
        protects = {protect.protect: protect for protect in (*self.protects, *other.protects)}
        for extension in other.extensions:
            try:
                specs[extension.extends] = extension.applied_to(specs[extension.extends])
            except KeyError:
                hint = _near(extension.extends, specs)
                raise CatalogError(f"extends: no entity type {extension.extends!r}", hint=hint) from None
            except ValueError as error:
                raise CatalogError(f"{extension.extends}: {error}") from None
        return Catalog(
            tuple(specs.values()),
            tuple(protects.values()),
            _merged(self.lexicons, other.lexicons),
            self.files | other.files,
        )


@cache
def shipped_catalog() -> Catalog:
    """The recognizers that come with deid."""
    return read_folder(recognizers_root())


def read_folder(root: Traversable) -> Catalog:
    """What one folder holds, its extensions not yet applied; CatalogError when a file is wrong."""
    if not root.is_dir():
        raise CatalogError("the folder of recognizer files does not exist")  # paths are values
    specs: dict[str, RecognizerSpec] = {}
    protects: dict[str, ProtectSpec] = {}
    files: dict[str, str] = {}
    extensions: dict[str, ExtensionSpec] = {}
    for name, file in _yaml_files(root):
        content = _parse(name, file)
        if "protect" in content:
            protect: ProtectSpec = _validated(ProtectSpec, name, content)
            key, first = protect.protect, protects.setdefault(protect.protect, protect) is protect
        elif "extends" in content:
            extension: ExtensionSpec = _validated(ExtensionSpec, name, content)
            key = extension.extends
            first = extensions.setdefault(key, extension) is extension and key not in specs
        else:
            spec: RecognizerSpec = _validated(RecognizerSpec, name, content)
            key = spec.entity
            first = specs.setdefault(key, spec) is spec and key not in extensions
        if not first:
            raise CatalogError(
                f"{name}: {key} is already defined in {files[key]}", hint="one file, one entity type"
            )
        files[key] = name
    lexicons = root / "lexicons"
    words = (
        {
            file.name.removesuffix(".txt"): read_lexicon(file)
            for file in lexicons.iterdir()
            if file.name.endswith((".txt", ".tsv"))
        }
        if lexicons.is_dir()
        else {}
    )
    return Catalog(tuple(specs.values()), tuple(protects.values()), words, files, tuple(extensions.values()))


def _merged(
    lexicons: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """`other` over `lexicons`; a list called `surnames.more` adds to `surnames`."""
    merged = dict(lexicons)
    for name, words in sorted(other.items()):
        base = name.removesuffix(_MORE)
        merged[base] = tuple(dict.fromkeys((*merged.get(base, ()), *words))) if base != name else words
    return merged


def _yaml_files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = prefix + entry.name
        if entry.is_dir() and not entry.name.startswith((".", "_")):
            yield from _yaml_files(entry, name + "/")
        elif entry.name.endswith((".yaml", ".yml")) and name != "policy.yaml":
            yield name, entry


def _parse(name: str, file: Traversable) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text("utf-8"), Loader=YAML_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" line {mark.line + 1}" if mark else ""
        raise CatalogError(f"{name}:{place} not readable as YAML in UTF-8") from None
    if not isinstance(content, dict):
        raise CatalogError(f"{name}: a recognizer file is a mapping of fields")
    return content


def _validated(model: type[Any], name: str, content: dict[str, Any]) -> Any:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        first = min(found, key=lambda each: each["type"] != "extra_forbidden")  # a misspelt field also misses
        place = ".".join(str(part) for part in first["loc"])
        hint = (
            _near(str(first["loc"][-1]), [f.alias or n for n, f in model.model_fields.items()])
            if first["type"] == "extra_forbidden"
            else ""
        )
        raise CatalogError(f"{name}: {place}: {first['msg']}", hint=hint) from None


def _near(name: str, known: Any) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=3)
    return f"did you mean {' or '.join(near)}?" if near else ""
