"""A labelled file as text: UTF-8 with or without mark, GB18030 and what else can be told with certainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from deid.errors import SamplesError, UnreadableDocument
from deid.evaluation.formats.labels import Labels


@dataclass(frozen=True)
class Content:
    """A file. `name` is its last part, which is all that messages say of it; `labels` is the caller's map."""

    path: Path = field(repr=False)
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()

    @cached_property
    def text(self) -> str:
        """Decoded, with `\\n` at the end of lines. SamplesError when the encoding cannot be told."""
        from deid.formats.encoding import detect_encoding, open_text

        try:
            encoding = detect_encoding(str(self.path), self.name)
            with open_text(str(self.path), encoding) as handle:
                return handle.read().replace("\r\n", "\n")
        except UnreadableDocument as error:
            raise SamplesError(error.message, hint=error.hint or "save it as UTF-8") from None
        except OSError as error:
            raise SamplesError(f"{self.name}: cannot be read: {error.strerror}") from None

    @cached_property
    def known(self) -> Labels:
        """What the labels of this file stand for; remembers which of the caller's names it had."""
        return Labels(self.labels)

    @property
    def raw(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise SamplesError(f"{self.name}: cannot be read: {error.strerror}") from None
