"""Find personal information in Chinese records and make them safe to share.

Importing deid loads nothing heavy: a name is fetched from its module when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deid.batch.run import run_folder as deidentify_folder
    from deid.catalog import Catalog
    from deid.errors import (
        CatalogError,
        DeidError,
        DetectionFailed,
        KeyFileError,
        ListError,
        ModelError,
        OperatorError,
        PolicyError,
        ProjectError,
        SamplesError,
        UnreadableDocument,
        UnsupportedDocument,
        UnwritableDocument,
        VaultError,
    )
    from deid.evaluation.measuring import Evaluation, evaluate
    from deid.evaluation.samples import Samples
    from deid.evaluation.tuning import Tuning, tune
    from deid.formats import read, write
    from deid.keys import ProjectKey
    from deid.known import KeepList, KnownList
    from deid.pipeline import Deidentifier, detect
    from deid.policy import Policy
    from deid.training.finetuning import Training, train
    from deid.types import Detection, Document, Entity, NearMiss, Replacement, Report, Result, Span, TextBlock
    from deid.vault import Vault

__version__ = "0.1.0"

_HOMES = {
    "deid.batch.run": ("run_folder",),
    "deid.catalog": ("Catalog",),
    "deid.errors": [
        "CatalogError",
        "DeidError",
        "DetectionFailed",
        "KeyFileError",
        "ListError",
        "ModelError",
        "OperatorError",
        "PolicyError",
        "ProjectError",
        "SamplesError",
        "UnreadableDocument",
        "UnsupportedDocument",
        "UnwritableDocument",
        "VaultError",
    ],
    "deid.evaluation.measuring": ("Evaluation", "evaluate"),
    "deid.evaluation.samples": ("Samples",),
    "deid.evaluation.tuning": ("Tuning", "tune"),
    "deid.formats": ("read", "write"),
    "deid.keys": ("ProjectKey",),
    "deid.known": ("KeepList", "KnownList"),
    "deid.pipeline": ("Deidentifier", "detect"),
    "deid.policy": ("Policy",),
    "deid.training.finetuning": ("Training", "train"),
    "deid.types": [
        "Detection",
        "Document",
        "Entity",
        "NearMiss",
        "Replacement",
        "Report",
        "Result",
        "Span",
        "TextBlock",
    ],
    "deid.vault": ("Vault",),
}
_RENAMED = {"run_folder": "deidentify_folder"}
_HOME_OF = {_RENAMED.get(name, name): (module, name) for module, names in _HOMES.items() for name in names}

__all__ = [
    "Catalog",
    "CatalogError",
    "DeidError",
    "Deidentifier",
    "Detection",
    "DetectionFailed",
    "Document",
    "Entity",
    "Evaluation",
    "KeepList",
    "KeyFileError",
    "KnownList",
    "ListError",
    "ModelError",
    "NearMiss",
    "OperatorError",
    "Policy",
    "PolicyError",
    "ProjectError",
    "ProjectKey",
    "Replacement",
    "Report",
    "Result",
    "Samples",
    "SamplesError",
    "Span",
    "TextBlock",
    "Training",
    "Tuning",
    "UnreadableDocument",
    "UnsupportedDocument",
    "UnwritableDocument",
    "Vault",
    "VaultError",
    "deidentify_folder",
    "detect",
    "evaluate",
    "read",
    "train",
    "tune",
    "write",
]


def __getattr__(name: str) -> Any:
    try:
        module, attribute = _HOME_OF[name]
    except KeyError:
        raise AttributeError(f"module 'deid' has no attribute {name!r}") from None
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
