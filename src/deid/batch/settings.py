"""Everything besides the content that decides what comes out for a file, as one fingerprint."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from deid import __version__
from deid.batch.changes import lists_of
from deid.formats.options import DEFAULT, Options
from deid.keys import mac
from deid.pipeline import Deidentifier

_PACKAGES = (
    *("onnxruntime", "spacy", "jieba", "phonenumbers", "presidio-analyzer", "regex", "lxml"),
    *("pikepdf", "pdfminer.six", "rapidocr"),
)
"""What detection and reading depend on: another version may find something else."""


def versions() -> dict[str, str]:
    """Versions of deid, Python, and the packages that decide what is found."""
    found = {"deid": __version__, "python": platform.python_version()}
    return found | {package: _version(package) for package in _PACKAGES}


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


_FORMAT = "notes 6"
"""Changes when the journal is written in another way."""


def settings_of(deidentifier: Deidentifier, options: Options = DEFAULT, *, lists: bool = True) -> str:
    """Changes with the policy, the recognizers, the key, guests and versions, and with the `lists`.

    Keyed, because a plain hash of a list of names can be guessed.
    """
    key = deidentifier.key.derive("settings")
    guests = [type(guest).__module__ + "." + type(guest).__qualname__ for guest in deidentifier.recognizers]
    parts = [
        deidentifier.policy.fingerprint,
        deidentifier.catalog.fingerprint,
        deidentifier.key.fingerprint,
        deidentifier.model_digest,
        *(lists_of(deidentifier)[:1] if lists else ()),
        _FORMAT,
        *sorted(guests),
        options.pdf,
        *(f"{name} {number}" for name, number in sorted(versions().items()) if name != "python"),
    ]
    return mac(key, *parts).hex()
