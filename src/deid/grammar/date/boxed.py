"""Days of which a form sets each figure apart: `1 9 7 1 0 4 1 1`, `|1|9|7|1|/|0|4|/|1|1|`, `1 9 7 1 年 0 4 月`."""

from __future__ import annotations

from deid.regexes import Regex

_GAP = r"[ |\[\]□_]{1,5}"
_PLACE = rf"(?:{_GAP}[0-9]){{1,2}}"
BOXED = Regex(
    rf"[12](?:{_GAP}[0-9]){{3}}(?:{_GAP}?年{_PLACE}(?:{_GAP}?月(?:{_PLACE}(?:{_GAP}?日)?)?)?"
    rf"|(?P<mark>{_GAP}[-/.]){_PLACE}(?:(?P=mark){_PLACE})?|(?:{_GAP}[0-9]){{4}}|(?:{_GAP}[0-9]){{2}})"
    rf"(?!{_GAP}[0-9]|[0-9])"
)
_GAPS = Regex(_GAP)
_DAY = Regex(
    r"(?:1[89]|20)[0-9]{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?"
    r"|[-/.年](?:0?[1-9]|1[0-2])(?:[-/.月](?:0?[1-9]|[12][0-9]|3[01])日?|月)?)"
)


def unboxed(text: str) -> str:
    """A day that is written so as others are; any other text as it is."""
    plain = _GAPS.sub("", text) if BOXED.fullmatch(text) else text
    return plain if _DAY.fullmatch(plain) else text
