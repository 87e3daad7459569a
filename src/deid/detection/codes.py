"""Numbers of persons without a word for them: 杨学文 BL2506-0731、段绍芬 BL2506-0735.

One code behind one name may be a room or a product; codes of one form behind several names are theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_CODE = Regex(
    r"[ ]?[ :(#][ ]?(?P<code>(?=[0-9A-Za-z\-]{0,20}[0-9]{4})(?=[0-9\-]{0,20}[A-Za-z])[0-9A-Za-z](?:-?[0-9A-Za-z]){5,23})(?![0-9A-Za-z\-/:@]|\.[0-9])"
)
_RUNS = Regex(r"[0-9]+|[A-Za-z]+")
_KINDS: tuple[tuple[str, Regex], ...] = (
    ("CN_EXAM_NUMBER", Regex("标本|样本|样品|条[形]?码|报告|检[查验测]|影像|切片|蜡块")),
    ("MEDICAL_RECORD_NUMBER", Regex("病[历案]|住院|门诊|就诊|登记|档案")),
)
_REACH = 60
_LONG = 7
"""Shorter ones may be rooms and beds: 王强 B20301、李敏 B20302."""
_SCORE, _SURE = 0.55, 0.85
_REPEATED = frozenset(["MEDICAL_RECORD_NUMBER", "CN_EXAM_NUMBER", "CN_FILE_NUMBER", "OTHER_ID"])
_LETTERED = Screened(r"(?<![0-9A-Za-z\-_./])[A-Z]{1,4}-?[0-9]{4,7}(?![0-9A-Za-z\-_]|[./][0-9A-Za-z])")
"""What hardly stands for anything else."""


def codes_of_persons(reading: Reading, persons: Sequence[Detection]) -> Iterator[Detection]:
    """Codes of the same form right behind two different names or more."""
    text = reading.text
    forms: defaultdict[str, list[tuple[Detection, int, int]]] = defaultdict(list)
    for person in persons:
        if match := _CODE.match(text, person.end):
            forms[_form(match["code"])].append((person, *match.span("code")))
    for codes in forms.values():
        if len({text[person.start : person.end] for person, _, _ in codes}) < 2:
            continue
        for person, start, end in codes:
            kind = _kind(text, person.start)
            if kind == "OTHER_ID" and end - start < _LONG:
                continue
            yield Detection(kind, start, end, _SCORE, f"{kind}.codes", ("behind names",))


def repeated_codes(reading: Reading, claims: Sequence[Detection]) -> Iterator[Detection]:
    """Short numbers with letters elsewhere in the text, which a word calls what they are in one place: 编号：C0137 … C0137即…"""
    text = reading.text
    claimed = {
        claim.start: claim for claim in claims if claim.entity_type in _REPEATED and claim.score >= _SURE
    }
    kinds = {text[claim.start : claim.end]: claim.entity_type for claim in claimed.values()}
    for match in reading.finditer(_LETTERED) if kinds else ():
        if match.start() not in claimed and (kind := kinds.get(match[0])):
            yield Detection(kind, *match.span(), _SCORE, f"{kind}.codes", ("certain elsewhere",))


def _form(code: str) -> str:
    """BL2506-0731 and BL2506-0735 are of one form."""
    return _RUNS.sub(lambda run: f"{'0' if run[0].isdigit() else run[0]}{len(run[0])}", code)


def _kind(text: str, start: int) -> str:
    """What the words before name, the nearest first; a number of any kind else."""
    before = text[max(0, start - _REACH) : start]
    nearest, kind = -1, "OTHER_ID"
    for name, words in _KINDS:
        for match in words.finditer(before):
            if match.start() > nearest:
                nearest, kind = match.start(), name
    return kind
