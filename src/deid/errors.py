"""The exceptions of deid.

    DeidError
    ├── CatalogError            a recognizer file, lexicon or marked text is wrong
    ├── PolicyError             a policy names something that does not exist, or is malformed
    ├── SamplesError            a labelled file is damaged, or a format cannot hold what is to be written
    ├── ListError               a known or keep list cannot be used
    ├── KeyFileError            the project key is missing, malformed, or not the right one
    ├── ModelError              a folder that holds no tagger, or no usable one
    ├── DetectionFailed         a recognizer could not run: nothing may be written for that text
    ├── OperatorError           an operator was given something it cannot handle
    ├── UnreadableDocument      encrypted, corrupt, empty or undecodable
    │   ├── EncryptedDocument       it needs a password that is not among those given
    │   └── UnsupportedDocument     a format that deid does not handle
    ├── VaultError              a vault is missing, changed, or not of this key
    ├── UnwritableDocument      the output cannot be written, or failed its check
    │   └── WithheldDocument        full of what nobody can read: photos, handwriting
    └── ProjectError            a folder run cannot start or go on

No message ever holds text from a document: it names the entity type and the position.
"""

from __future__ import annotations


class DeidError(Exception):
    """Base of all errors raised on purpose. `hint` says what would help, or is empty."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.hint)


def _rebuild(kind: type[DeidError], message: str, hint: str) -> DeidError:
    return kind(message, hint=hint)


class CatalogError(DeidError):
    """A recognizer file, a lexicon or a marked text is wrong."""


class PolicyError(DeidError):
    """A policy is malformed or names something that does not exist."""


class SamplesError(DeidError):
    """A labelled file is damaged, or a format cannot hold what is to be written."""


class ListError(DeidError):
    """A known or keep list cannot be used."""


class KeyFileError(DeidError):
    """The project key is missing, malformed or not the right one."""


class ModelError(DeidError):
    """A folder holds no tagger, or one that cannot be loaded, or none can be trained."""


class DetectionFailed(DeidError):
    """A recognizer, model or pattern could not run, so the text counts as unread."""


class OperatorError(DeidError):
    """An operator was given something it cannot handle."""


class UnreadableDocument(DeidError):
    """Encrypted, corrupt, empty or undecodable; nothing is written for it."""


class EncryptedDocument(UnreadableDocument):
    """It needs a password that is not among those given; nothing is written for it."""


class UnsupportedDocument(UnreadableDocument):
    """A format that deid does not handle; nothing is written for it."""


class UnwritableDocument(DeidError):
    """The output cannot be written, or it failed the check before publication."""


class WithheldDocument(UnwritableDocument):
    """Full of what nobody can read, such as photos and handwriting; nothing is written for it."""


class ProjectError(DeidError):
    """A folder run cannot start or go on."""


class VaultError(DeidError):
    """A vault is missing, was changed or cut off, or belongs to another key."""
