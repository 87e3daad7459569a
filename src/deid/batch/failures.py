"""From a failure to a word for the report: which state the file is in, and why."""

from __future__ import annotations

import re
from typing import NamedTuple

from deid.batch.checking import BY_POLICY, FAILED
from deid.batch.publish import LINKED
from deid.batch.supervisor import Cause, Failure
from deid.report.model import State

_REF = re.compile(r"^(?:#[0-9]{4,}|document)[:,]?\s*")
_PHRASES: tuple[tuple[str, str], ...] = (
    ("encrypted", "encrypted"),
    ("password", "encrypted"),
    ("empty file", "empty"),
    ("0 bytes", "empty"),
    ("undecodable", "encoding"),
    ("not text", "encoding"),
    ("byte order mark", "encoding"),
    ("encoding", "encoding"),
    ("corrupt", "corrupt"),
    ("damaged", "corrupt"),
    ("changed", "changed"),
    ("differently in the second pass", "changed"),
    (FileNotFoundError.__name__, "changed"),
    ("LibreOffice needs more than", "timeout"),
    ("LibreOffice was ended", "crash"),
)
_CAUSES: dict[Cause, str] = {
    "crash": "crash",
    "timeout": "timeout",
    "memory": "memory",
    "disk": "disk",
    "system": "system",
}


class Verdict(NamedTuple):
    """State and reason as in the report, and the message of the error without the file's number."""

    state: State
    reason: str
    detail: str


def verdict(failure: Failure) -> Verdict:
    """What the report says about a failure."""
    detail = _REF.sub("", failure.message)
    if failure.kind == PermissionError.__name__:
        return Verdict("failed", "permission", detail)
    if failure.cause != "error":
        return Verdict("failed", _CAUSES[failure.cause], detail)
    if failure.kind == "UnsupportedDocument":
        return Verdict("unsupported", "unsupported", detail)
    if failure.kind in ("UnreadableDocument", "EncryptedDocument"):
        reasons = (reason for phrase, reason in _PHRASES if phrase in detail)
        return Verdict("failed", next(reasons, "unreadable"), detail)
    if failure.kind == "WithheldDocument":
        return Verdict("withheld", "unread", detail)
    if failure.kind == "UnwritableDocument" and BY_POLICY in detail:
        return Verdict("withheld", "policy", detail)
    if failure.kind == "UnwritableDocument" and LINKED in detail:
        return Verdict("failed", "linked", detail)
    if failure.kind == "UnwritableDocument":
        return (
            Verdict("withheld", "check", detail) if FAILED in detail else Verdict("failed", "package", detail)
        )
    return Verdict("failed", "detection", detail)
