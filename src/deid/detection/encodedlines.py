"""The last line of what is encoded, which says too little alone: what goes on from the lines before is judged with them.

Base64 of mails and of YAML, a dump of `xxd` or of `hexdump`: its last line may be short and begin within a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection
from deid.validators.encoded import goes_on

_ENCODED = "ENCODED_CONTENT"
_NEXT = r"[ \t>\"',\\]{0,20}\r?\n[ \t>\"']{0,40}"
_BASE64 = Regex(rf"{_NEXT}(?P<value>[A-Za-z0-9+/_\-]{{2,200}}={{0,2}})(?=[ \t\"',;]{{0,20}}(?:[\r\n<]|\Z))")
_DUMP = Regex(
    r"[^\n]{0,40}\n[ \t>\"']{0,40}(?:[0-9A-Fa-f]{4,16}(?::[ \t]{1,8}|[ \t]{2,8}))?"
    r"(?P<value>[0-9A-Fa-f]{2}(?:[ :]{0,2}[0-9A-Fa-f]{2}){0,100})(?![0-9A-Za-z])"
)
_IN_FIGURES = Regex(r"[0-9A-Fa-f\s:]+")


def find_last_lines(reading: Reading, claims: Sequence[Detection]) -> Iterator[Detection]:
    """The lines that go on from what is claimed to be encoded, and are not claimed themselves."""
    encoded = sorted(
        (claim.start, claim.end) for claim in claims if claim.entity_type == _ENCODED and claim.score > 0
    )
    starts = {start for start, _ in encoded}
    for start, end in encoded:
        while match := _following(reading.text, start, end):
            start, end = match.span("value")
            if start in starts:
                break
            yield Detection(_ENCODED, start, end, 0.9, f"{_ENCODED}.last line", ("check",))


def _following(text: str, start: int, end: int) -> re.Match[str] | None:
    before = text[start:end]
    match = (_DUMP if _IN_FIGURES.fullmatch(before) else _BASE64).match(text, end)
    return match if match and goes_on(before, match["value"]) else None
