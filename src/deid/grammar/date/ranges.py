"""The other end of a range or list, which says only what differs: -8日, 至3月8日, -3.5."""

from __future__ import annotations

from deid.grammar.date import beside, forms
from deid.grammar.date.build import build, is_day
from deid.grammar.date.match import DateMatch, Kind

_LIKELY = 0.6
_SAME_SENTENCE = 60
"""So many characters between two dates at most."""


def continuation(text: str, previous: DateMatch | None) -> DateMatch | None:
    """The other end of a range or list: -8日, 至3月8日, -3.5, -20240308."""
    if previous is None or previous.kind in ("relative", "holiday"):
        return None
    connector = forms.CONNECTOR.match(text, previous.time_end)
    if connector is None:
        return None
    start, how = connector.end(), connector[0].strip()
    if separator := previous.separator:
        return _next_separated(text, start, previous, separator, how)
    if len(previous.form) == 3 and all(piece.field for piece in previous.form):
        found = forms.COMPACT.match(text, start)
        if found is None or not is_day(found) or text[found.end() : found.end() + 1].isdigit():
            return None
        return build(found, "absolute", previous.score)
    return _next_written(text, start, previous)


def later_day(text: str, start: int, previous: DateMatch | None) -> DateMatch | None:
    """6日 in 3月5日入院，6日手术: at the head of a clause, and later than the last date of the sentence."""
    if previous is None or previous.day is None or start - previous.time_end > _SAME_SENTENCE:
        return None
    found = forms.LATER_DAY.match(text, start)
    if found is None or not beside.stands_before(beside.CLAUSE_BEFORE, text, start, reach=4):
        return None
    if beside.SENTENCE_END.search(text, previous.time_end, start):
        return None
    match = build(found, _inherited(previous), _LIKELY, inherit=previous)
    return match if match is not None and match.day is not None and match.day > previous.day else None


def _next_separated(text: str, start: int, previous: DateMatch, separator: str, how: str) -> DateMatch | None:
    if (full := forms.SEPARATED.match(text, start)) and full["sep"].strip() == separator:
        return build(full, "absolute", previous.score)
    if previous.has("yy") and (short := forms.SHORT_YEAR.match(text, start)) and short["sep"] == separator:
        return build(short, "ambiguous", previous.score)
    timed = previous.time_end > previous.end  # 01-22 20:00-01-23 08:00
    if previous.granularity != "day" or how == "/" or (separator == how == "-" and not timed):
        return None
    found = forms.NEXT_SEPARATED.match(text, start)
    if found is None or (found["sep"] or ("" if how in "、和及与" else separator)) != separator:
        return None
    return build(found, _inherited(previous), previous.score, inherit=previous)


def _next_written(text: str, start: int, previous: DateMatch) -> DateMatch | None:
    found = forms.NEXT_WRITTEN.match(text, start)
    if found is None or previous.month is None:
        return None
    if found["month2"]:
        if previous.granularity not in ("month", "third") or beside.DURATION_AFTER.match(text, found.end()):
            return None
    elif previous.granularity != "day":
        return None
    return build(found, _inherited(previous), previous.score, inherit=previous)


def _inherited(previous: DateMatch) -> Kind:
    return "partial" if previous.kind == "absolute" else previous.kind
