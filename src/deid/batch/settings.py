"""Everything besides the content that decides what comes out for a file, as one fingerprint."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from deid import __version__
from deid.keys import mac
from deid.known import KnownValue
from deid.pipeline import Deidentifier

_PACKAGES = (
    *("onnxruntime", "spacy", "jieba", "phonenumbers", "presidio-analyzer", "regex", "lxml"),
    *("pikepdf", "pdfminer.six", "rapidocr"),
)
"""What detection and reading depend on: another version may find something else."""


def versions() -> dict[str, str]:
    """Versions of deid, Python, and the packages that decide what is found."""
    found = {"deid": __version__, "python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "?"
    return found


def settings_of(deidentifier: Deidentifier) -> str:
    """Changes with the policy, the recognizers, the key, the lists, guests and versions.

    Keyed, because a plain hash of a list of names can be guessed.
    """
    key = deidentifier.key.derive("settings")
    guests = [type(guest).__module__ + "." + type(guest).__qualname__ for guest in deidentifier.recognizers]
    parts = [
        deidentifier.policy.fingerprint,
        deidentifier.catalog.fingerprint,
        deidentifier.key.fingerprint,
        deidentifier.model_digest,
        _listed(deidentifier.known.entries),
        _listed(deidentifier.keep.entries),
        *sorted(guests),
        *(f"{name} {number}" for name, number in sorted(versions().items()) if name != "python"),
    ]
    return mac(key, *parts).hex()


def _listed(entries: Iterable[KnownValue]) -> str:
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(
            repr((entry.entity_type, entry.value, entry.subject, entry.role)).encode("utf-8", "surrogatepass")
        )
    return digest.hexdigest()
