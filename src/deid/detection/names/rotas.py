"""Surnames alone that fill a rota: who is on duty where the rows say which shift, and the columns which day.

    一厂 白班,练,方,休,方
    一厂 夜班,温,安,应（代高）,练

One character tells nothing, but where nearly all of them are surnames, or say that nobody comes, they are persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from deid.detection.literals import Screened
from deid.detection.names.aligned import cells_of, delimiter_of
from deid.detection.names.fit import Candidate
from deid.detection.reading import Reading
from deid.grammar.name import HAN, NameGrammar
from deid.regexes import Regex

ROTA = "rota"
_ALONE = Regex(rf"(?:\A|(?<=[/+、·→(~ ])|(?<=[/+、·→( ][代替顶]))[{HAN}](?=[/+、·→()~ ]|\Z)")
_APART = Regex(rf"(?:\A|[/+、·→( \t|,\n])[代替顶]?[{HAN}](?=[/+、·→() \t|,\n]|\Z)")
"""What stands alone in a cell or in a part of one."""
_LONG = Regex(rf"[{HAN}]{{4}}")
_NUMBERS = frozenset("一二三四五六七八九十日")
_SHIFTS = frozenset("白夜早中晚休停假班值补备连全半大小前后下管治主副急门空")
"""What else is all of a cell."""
_OPPOSITES = "高低 左右 阴阳 有无 是否 男女 正负 优良 好差 甲乙 对错 温凉 红白".split()
_SHIFT = Regex(r"[白夜早晚](?:班|夜)?|[大小前后]夜班?|中班?|机动班?|值班|[APN]班?")
_TELLS_SHIFT = Regex(r"[白夜早中晚](?:班)?\Z")
_TOLD = Regex(
    rf"(?:(?<=[打找问叫替代由让给,。;:|\t\n])|(?<=[打找问叫替代由让给,。;:] ))[{HAN}](?=[调补换顶值签休代替](?:[班休签字假岗了]|到)|的(?:[白夜早中晚]?班|补)|[ ]?[0-9]{{5}}|[,。;])"
)
"""One of them in a note beside the rota: 方调休至, 急事打练 13590217734."""
_DAY = r"(?:[0-9]{1,2}[/.月][0-9]{1,2}日?(?:[-—~至]{1,2}(?:[0-9]{1,2}[/.月])?[0-9]{1,2}日?)?|周[一二三四五六日天]|初[一二三四五六七八九十]|除夕)"
_ON_DAYS = Screened(
    rf"(?:值班|排班|当班|带班|值守|轮值|在岗)[^\n,。;0-9]{{0,6}}:[ ]?(?P<days>{_DAY}[ :]?[{HAN}]{{1,4}}(?:[,、;。 ]{{1,2}}{_DAY}[ :]?[{HAN}]{{1,4}}){{2,40}})"
)
_OF_DAY = Regex(rf"{_DAY}[ :]?(?P<name>[{HAN}]{{1,4}})")
_NOT_ON = Regex("[一-鿿]*[班休诊天假息]|安排|待定|另定|另行")
"""春节值班：1/28尚可，1/29汤可，1/30邰."""
_CODES = "(?:[A-Z][0-9]?|[白夜早中晚休替值][班休夜]?|长白|[大小上下]夜|[年产婚病事补公]假|[0-9]{1,2}|[/√×—-])"
_ROW_OF_CODES = Screened(
    rf"(?m:^)[ ]*(?P<name>[{HAN}]{{2,4}})(?:[ |\t,]{{1,12}}{_CODES}){{4,40}}[ |\t,]*(?m:$)"
)
_LEAST_ROWS = 3
"""Rows of a rota in which everybody's shift is a code."""
_LEAST, _LEAST_NAMES, _LEAST_LINES = 6, 3, 2
_SHARE, _MOST_OTHERS = 0.6, 0.1
_SCORE = 0.8


class _Cell(NamedTuple):
    start: int
    text: str

    def alone(self) -> list[tuple[int, str]]:
        """The characters that stand alone in it, with their places; none where it says more."""
        if _LONG.search(self.text):
            return []
        return [(self.start + match.start(), match[0]) for match in _ALONE.finditer(self.text)]


class NamesOfRotas:
    """Finds those who are on duty."""

    def __init__(self, grammar: NameGrammar) -> None:
        self._surnames = grammar.surnames | grammar.rare_surnames
        self._grammar = grammar

    def told(self, reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates and those who fill rotas, without those that the tagger sees around them: 方调休."""
        days = {name.start: name for name in self._on_days(reading)}
        found = {name.start: name for name in self._find(reading.text)} | days
        found |= {name.start: name for name in self._of_codes(reading, candidates)}
        others = (
            c
            for c in candidates
            if days.keys().isdisjoint(range(c.start + 1, c.end))  # 周一|尚可
            and (c.evidence[0] != "tagger" or found.keys().isdisjoint(range(c.start, c.end)))
        )
        return [*others, *found.values()] if found else list(candidates)

    def _on_days(self, reading: Reading) -> Iterator[Candidate]:
        """Whom a list of days names behind each of them."""
        for listed in reading.finditer(_ON_DAYS):
            for day in _OF_DAY.finditer(reading.text, *listed.span("days")):
                name = day["name"]
                if {name[:1], name[:2]} & self._surnames and not _NOT_ON.fullmatch(name):
                    yield Candidate(*day.span("name"), _SCORE, ("required", ROTA))

    def _of_codes(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Who stands before codes of shifts, in rows of which two begin with somebody: 石头  A  P  N  休."""
        rows = list(reading.finditer(_ROW_OF_CODES))
        begun = {candidate.start for candidate in candidates}
        if len(rows) < _LEAST_ROWS or sum(row.start("name") in begun for row in rows) < _LEAST_LINES:
            return
        for row in rows:
            name = row["name"]
            if {name[:1], name[:2]} & self._surnames or self._is_called(name):
                yield Candidate(*row.span("name"), _SCORE, ("required", ROTA))

    def _find(self, text: str) -> Iterator[Candidate]:
        if "\n" not in text or len(_APART.findall(text)) < _LEAST:
            return
        for rows in _tables(text):
            alone = [(at, name) for row in rows for cell in row[1:] for at, name in cell.alone()]
            told = any(_TELLS_SHIFT.search(row[0].text) for row in rows)
            known = self._surnames
            if sum(_SHIFT.fullmatch(row[0].text) is not None for row in rows) >= _LEAST_LINES:
                known = (
                    known | {name for _, name in alone} - _SHIFTS
                )  # 言 and 呼, where 佴 and 岑 are on duty
            named = [(at, name) for at, name in alone if name in known and (told or name not in _SHIFTS)]
            names = {name for _, name in named} - _SHIFTS
            if len(names & self._surnames) >= _LEAST_NAMES and _is_rota(rows, alone, names, known):
                noted = {match.start() for match in _TOLD.finditer(text) if match[0] in names}
                for at in sorted(noted.union(at for at, _ in named)):
                    yield Candidate(at, at + 1, _SCORE, (ROTA,))

    def _is_called(self, name: str) -> bool:
        return name in self._grammar.name_like_words or self._grammar.nickname.fullmatch(name) is not None


def _tables(text: str) -> Iterator[list[list[_Cell]]]:
    """Lines of cells that follow one another and hold characters alone; a header of weekdays is none of them."""
    start, lines = 0, []
    for line in text.split("\n"):
        lines.append((start, line, delimiter_of(line)))
        start += len(line) + 1
    for kind, run in groupby(lines, key=lambda line: line[2]):
        if kind < 0:
            continue
        rows = [
            [_Cell(at + first, line[first:last]) for first, last in cells_of(line, kind)]
            for at, line, _ in run
        ]
        rows = [row for row in rows if {name for cell in row[1:] for _, name in cell.alone()} - _NUMBERS]
        if len(rows) >= _LEAST_LINES:
            yield rows


def _is_rota(
    rows: Sequence[Sequence[_Cell]],
    alone: Sequence[tuple[int, str]],
    names: set[str],
    surnames: frozenset[str],
) -> bool:
    cells = [cell for row in rows for cell in row[1:] if cell.text.strip()]
    said = {name for _, name in alone}
    others = sum(name not in surnames and name not in _SHIFTS for _, name in alone)
    return (
        len(alone) >= _LEAST
        and len(names) >= _LEAST_NAMES
        and 2 * sum(name in names for _, name in alone) >= len(alone)
        and others <= _MOST_OTHERS * len(alone)
        and sum(bool(cell.alone()) for cell in cells) >= _SHARE * len(cells)
        and not any(said.issuperset(pair) for pair in _OPPOSITES)
    )
