"""Markup as pieces: what is written again as it stands, what may be edited, what is left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cache, lru_cache, partial
from html import unescape
from typing import NamedTuple

from deid.formats.embedding import is_embedded, without_files
from deid.formats.formatwords import unusual
from deid.formats.joining import (
    box_views,
    formula_views,
    is_figures,
    is_number,
    may_be_number,
    name_views,
    table_views,
)
from deid.formats.markup.celldays import with_day
from deid.formats.markup.drawings import SIZE, Drawings, drawings_of
from deid.formats.markup.escapes import Unit, addressed, characters, of_styles
from deid.formats.markup.grid import Grid
from deid.formats.markup.letters import Letters
from deid.formats.markup.likeness import Likeness
from deid.formats.markup.looks import GONE, UNSEEN, Looks, looks_of
from deid.formats.markup.namespaces import is_public
from deid.formats.markup.placing import Figures, figures_of
from deid.formats.markup.records import tables_of, without_scripts
from deid.formats.markup.squares import squares_of
from deid.formats.markup.tokens import Attribute, Token, local, tokens
from deid.formats.numbers import EXPONENT, plain_number
from deid.formats.stacking import Upright, stacks
from deid.formats.tables import bare, labelled
from deid.formats.vocabulary import is_font
from deid.grammar.fieldnames import OPEN, is_label, of_whom
from deid.grammar.romanized import is_spelt
from deid.types import Cell, Segment, TextBlock

_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s
    samp small span strike strong sub sup time tt u var wbr tspan textpath r t mi mn mo ms mtext
    deltext instrtext delinstrtext
    """.split()
)
_FIELDS = frozenset("cite code data label mark time var".split())
"""Those of these that are fields of records elsewhere: <price>15</price><code>3103…</code>."""
CELL_VALUES = frozenset(
    "sdval x:num x:str x:fmla x:bool data-sheets-value data-sheets-formula data-value data-order data-sort "
    "data-sort-value data-text".split()
)
"""Attributes of cells that say again what they show."""
_CELLS = ("td", "th")
BOOK = "urn:schemas-microsoft-com:office:spreadsheet"
"""The vocabulary of the XML of Excel 2003."""
_ODD = re.compile(r"[^\x00-\x7f]|[0-9]{7}|@.*\.")  # in the name of an element or attribute
_LETTERS = re.compile("[A-Za-z]{4,}")
_NAME = re.compile(r"[\s/<]*([^\s/>][^\s/>=]*)")
_READINGS = frozenset({"rt", "rp", "rtc"})
_TABS = frozenset({"tab", "ptab"})
_VALUES = frozenset({"value", "val", "v"})
_SPOT = re.compile(r"[cdr]?[xyzwhr][0-9]?")  # where something is drawn, and how large
_SCRIPTS = frozenset({"script"})
_OF_LOOKS = frozenset({"style", "face", "font", "font-family"})
"""Attributes that name fonts."""
_FONT = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\w-]*|(?<![\w.#-])[A-Z][A-Za-z]*(?: [A-Z0-9][A-Za-z0-9]*)*")
_LABEL_NAMES = ("name", "label", "title", "key", "field")
_DRAWING = frozenset({"d", "points", "transform", "viewbox", "gradienttransform", "preserveaspectratio"})
_DRAWN = re.compile(
    r"(?!.*(?<![.0-9])[0-9]{8})(?:matrix|translate|scale|rotate|skew[XY]|x(?:Min|Mid|Max)Y(?:Min|Mid|Max)|meet|slice|none|"
    r"[MmLlHhVvCcSsQqTtAaZz]|[-+0-9.,\s()eE])*",
    re.DOTALL,
)
_TOUCHING = re.compile("[0-9][A-Za-z]|[A-Za-z][0-9]|[a-z][A-Z]")
_NUMBER = 7
"""Figures in a row that may be a number by themselves."""
_EMBEDDED = re.compile(r"[A-Za-z0-9+/\s]{400,}(?:={1,2}\s*)?")
_STYLE_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_PATH = re.compile(r"\bpath\s*\(", re.IGNORECASE)
_CONTENT = re.compile(
    r"::?(before|after)\s*\{[^{}]*?content\s*:\s*((?:\"[^\"\n]*\"|'[^'\n]*'|\s)+)",
    re.IGNORECASE,
)
_SELECTORS = 300  # characters before what a style shows
_STRING = re.compile("\"[^\"]*\"|'[^']*'")
_DEEPEST = 500
_LAST_NAME = re.compile(r"[.#]?[\w-]+\s*$")
_CLOAKED = re.compile(r"/email-protection#[0-9a-f]+", re.IGNORECASE)
"""An address of mail that a script of the page makes readable."""
_DATA_URL = re.compile(r"data:[^)\"']*", re.IGNORECASE)
_DOCTYPE = re.compile(
    r"""<!doctype\s+[A-Za-z:]{1,20}(?:\s+(?:public|system)|\s*["'](?:-//W3C//DTD [A-Za-z0-9. ]{1,40}//EN|-//NISO//DTD ncx 2005-1//EN|http://www\.daisy\.org/z3986/2005/ncx-2005-1\.dtd|https?://www\.w3\.org/[A-Za-z0-9./\-]{1,60}|about:legacy-compat)["'])*\s*>""",
    re.IGNORECASE,
)
_XML_DECLARATION = re.compile(
    r"""<\?xml(?:\s+(?:version\s*=\s*["']1\.[01]|standalone\s*=\s*["'](?:yes|no)"""
    r"""|encoding\s*=\s*["'][A-Za-z][A-Za-z._\-]{0,15}(?:[0-9]{1,5}(?:-[A-Za-z0-9]{1,5})*)?)["'])*\s*\?>"""
)


def _without_font(word: re.Match[str]) -> str:
    """Spaces instead of a font that comes with a system or an office suite: offsets stay."""
    return " " * len(word[0]) if is_font(word[0]) else word[0]


class Border(IntEnum):
    """What stands between two texts of XML: nothing that parts them, elements without a text of their own (properties
    of a run, the beginning of a line or page), or ends of elements that have one."""

    NONE = 0
    EMPTY = 1
    REAL = 2


class Stretch(NamedTuple):
    """What is read as one text, with the line and the names of elements where it begins."""

    parts: list[Piece | str]
    line: int
    names: tuple[str, ...]


class Piece(NamedTuple):
    """A stretch of the file; without `source` it is never edited. `kind` says how new text is escaped.

    `units` are empty where every character stands as it is: a page may have millions.
    """

    raw: str
    source: str = ""
    units: Sequence[Unit] = ()
    kind: str = ""
    start: int = 0  # where it stands in its source, of what a style shows

    @property
    def text(self) -> str:
        return "".join(unit.text for unit in self.units) if self.units else self.raw

    @property
    def raws(self) -> Sequence[str]:
        """Of each character, how it stands in the file."""
        return [unit.raw for unit in self.units] if self.units else list(self.raw)


@dataclass
class Cutter:
    """Goes through the tokens of a file once. `removed` counts what the pieces do not hold."""

    xml: bool
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[TextBlock] = field(default_factory=list)
    views: list[TextBlock] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)
    _run: list[Piece | str] = field(default_factory=list)
    _before: list[Stretch] = field(
        default_factory=list
    )  # with only elements without text between them and the run
    _stack: list[tuple[str, str, int]] = field(
        default_factory=list
    )  # open elements of XML, what each says it is, and how many texts came before
    _texts: int = 0
    _rows: list[Grid] = field(default_factory=list)  # tables
    _tables: list[Grid] = field(default_factory=list)  # of them, those still open
    _closed: Border = Border.NONE
    _apart: Border = Border.NONE
    _count: int = 0
    _line: int = 1
    _began: int = 1
    _names: tuple[str, ...] = ()
    _dropping: int = 0  # depth within a script of XML
    _label: str = ""
    _before_field: str = ""  # the last text, if it is a label
    _odd_names: dict[str, str] = field(default_factory=dict)  # of XML, with their sources
    _is_html: bool = True
    _is_book: bool = False  # of Excel 2003
    _drawings: Drawings = field(default_factory=lambda: Drawings(set(), set(), False))
    _looks: Looks | None = None
    _hidden: set[str] = field(default_factory=set)  # sources of text that is not shown
    _squares: dict[int, int] = field(default_factory=dict)
    _place: int = 0
    _letters: Letters = field(default_factory=Letters)
    _figures: Figures = field(default_factory=lambda: Figures(False, {}))
    _shown: dict[tuple[str, str], list[Piece]] = field(
        default_factory=dict
    )  # by a style, before and behind what
    _behind: list[tuple[str, list[Piece]]] = field(default_factory=list)  # open elements
    _reading: int = 0  # depth within the readings above a text
    _readings: set[str] = field(default_factory=set)  # sources of these
    _around: list[list[Piece | str]] = field(
        default_factory=list
    )  # what is shown, up to an element that is not
    _since: int = 0  # of a run, where the text of a drawing begins
    _page: Callable[[], str] = str  # what is shown of it
    _kept: str = ""  # tables of records in scripts
    _cell_values: Sequence[str] = ()  # of the last cell of a table
    _likeness: Likeness = field(default_factory=Likeness)  # tables of other elements
    _beside: list[Sequence[Piece | str]] = field(
        default_factory=list
    )  # what may be cells of them in one line
    _lines: list[TextBlock] = field(default_factory=list)

    def cut(self, text: str) -> Cutter:
        self._is_html = not self.xml
        self._page = cache(partial(without_scripts, text))
        self._drawings = drawings_of(text, xml=self.xml)
        self._looks = looks_of(text)
        self._squares = squares_of(text)
        self._figures = figures_of(text)
        end = 0  # of an element that draws a code
        for token in tokens(text, xml=self.xml):
            if self._place in self._squares and token.kind == "open":
                end = self._squares[self._place]
                self.removed["code"] += 1
            if self._place >= end:
                self._take(token)
            self._line += token.raw.count("\n")
            self._place += len(token.raw)
        self._put_tables()
        self._flush()
        return self

    def cut_style(self, text: str) -> Cutter:
        """The same of a style sheet in a file of its own."""
        self._style(text, referring=False)
        return self

    def all_blocks(self) -> Iterator[TextBlock]:
        """The blocks, with what their tables say they are, then the views over cells."""
        views = list(self.views)
        if self.xml:
            self._say_whose()
        drawn = [*self._likeness.tables(self.blocks)]
        for number, table in enumerate((*self._rows, *drawn), 1):
            self._name_cells(table, number)
            above: dict[int, TextBlock] = {}
            upright = Upright()
            for row in table.rows:
                cells = {column: self.blocks[cell[0]] for column, cell in row.items() if len(cell) == 1}
                views += table_views(cells, above)
                views += upright.add(cells)
                above = cells
            views += upright.end()
        places = {n for table in drawn for row in table.rows for cell in row.values() for n in cell}
        told = {s.source for n in places if self.blocks[n].labels for s in self.blocks[n].segments}
        views += (line for line in self._lines if told.isdisjoint(s.source for s in line.segments))
        views += self._figures.views()
        texts = [block for block in self.blocks if block.segments]
        names = [*name_views(texts)] if self.xml else []
        parts = {segment.source for name in names for segment in name.segments}
        views += names
        views += stacks(block for block in texts if block.segments[0].source not in parts)
        yield from self.blocks
        yield from views

    def _say_whose(self) -> None:
        """Of names of elements that say little, what those beside them say: <xm> beside <xb>, <name> beside <sex>."""
        beside: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for block in self.blocks:
            beside[block.labels[1:]].update(block.labels[:1])
        for index, block in enumerate(self.blocks):
            within = block.labels[1:]
            if block.labels and block.labels[0].casefold() in OPEN:
                told = of_whom(block.labels[0], sorted(beside[within]), "".join(within[:1]))
                self.blocks[index] = replace(block, labels=(*told, *within)[:4])

    def _name_cells(self, table: Grid, number: int) -> None:
        """Give the cells of a table their labels and places; a row of one cell is there for the looks."""

        def cells(row: Mapping[int, list[int]]) -> list[tuple[int, str]]:
            return [(n, " ".join(self.blocks[i].text.strip() for i in cell)) for n, cell in row.items()]

        for place, (row, labels) in enumerate(labelled(table.rows, cells)):
            is_row = sum(map(bool, row.values())) > 1
            for column, cell in row.items():
                for index in cell:
                    old = self.blocks[index]
                    self.blocks[index] = replace(
                        old,
                        labels=(*labels.get(column, ()), *old.labels)[:4],
                        table=Cell(f"table {number}", place, column) if is_row else None,
                    )

    def _take(self, token: Token) -> None:
        if token.kind in ("open", "close"):
            self._tag(token)
        elif self._dropping:
            if self._is_html and token.kind in ("text", "cdata"):
                self._tables_of(unescape(token.raw) if token.kind == "text" else token.raw[9:-3])
        elif token.kind == "text":
            self._text(token.raw, characters(token.raw) if "&" in token.raw else (), "text")
        elif token.kind == "cdata":
            inner = token.raw[9:].removesuffix("]]>")
            self.pieces.append(Piece("<![CDATA["))
            self._text(inner, (), "cdata")
            self.pieces.append(Piece("]]>"))
        elif token.kind == "comment":
            self.removed["comment"] += 1
        elif token.kind == "raw":
            self._raw(token)
        elif token.kind == "instruction":
            self._instruction(token.raw)
        else:
            self.pieces.append(Piece(token.raw if _DOCTYPE.fullmatch(token.raw) else "<!DOCTYPE html>"))

    def _text(self, raw: str, units: Sequence[Unit], kind: str) -> None:
        meant = raw if kind == "cdata" else unescape(raw)
        if _EMBEDDED.fullmatch(meant) or is_embedded(meant):
            self.removed["embedded file"] += 1
            return
        if (shorter := without_files(raw)) != raw:
            self.removed["embedded file"] += 1
            raw, units = shorter, characters(shorter) if units else ()
        looks = self._looks.now if self._looks else frozenset()
        if raw.strip() and (lost := looks - UNSEEN):
            self.removed[min(lost)] += 1
            return
        if self._stack and local(self._stack[-1][0]) == "style":
            self._style(raw, referring=bool(units))
            return
        if raw.strip() and self._apart:
            self._part()
        piece = self._editable(raw, units, kind)
        if looks:
            self._hidden.add(piece.source)
        if self._reading:
            self._readings.add(piece.source)
        if raw.strip():
            self._stand(piece, "" if self._is_html else self._surrounding())
            self._texts += 1
            self._closed = self._apart = Border.NONE
            if not self._run:
                self._began, self._names = self._line, tuple(self._above())
        if raw.strip() or (self._run and not self._letters.are_parted):
            self._run.append(piece)

    def _editable(self, raw: str, units: Sequence[Unit], kind: str) -> Piece:
        self._count += 1
        if ("E" in raw or "e" in raw) and EXPONENT.fullmatch(raw.strip()):
            figures = plain_number(raw.strip())
            units = [Unit(raw, figures[:1]), *(Unit("", figure) for figure in figures[1:])]
        elif self._cell_values and kind == "text":
            units = with_day(raw, self._cell_values) or units
        piece = Piece(raw, f"piece:{self._count}", units, kind)
        self.pieces.append(piece)
        return piece

    def _stand(self, piece: Piece, name: str) -> None:
        """A text or value that may be figures which belong to those beside it; what cells say is told by their table."""
        if self._tables:
            self._figures.part()
        else:
            self._figures.text(piece.source, piece.text, f"line {self._line}", name)

    def _raw(self, token: Token) -> None:
        """A script is left out but for its records: what its strings say may be put together in any way."""
        if token.name in _SCRIPTS:
            self.removed["script"] += 1
            self._tables_of(token.raw)
        else:
            self._style(token.raw, referring=False)

    def _tables_of(self, script: str) -> None:
        self._kept += tables_of(script, self._page)

    def _put_tables(self) -> None:
        """The records of the scripts so far, at the end of the page."""
        kept, self._kept = self._kept, ""
        for token in tokens(kept, xml=False):
            self._take(token)

    def _style(self, raw: str, *, referring: bool) -> None:
        """A style; in XML the references in it (&#x5c;) are read, in pages they mean nothing."""
        text = _DATA_URL.sub("", _STYLE_COMMENT.sub("", raw))
        units: Sequence[Unit] = ()
        if referring or "\\" in text:
            units = of_styles(characters(text) if referring else [Unit(one, one) for one in text])
        if "%" in text:
            plain = units or [Unit(one, one) for one in text]
            read_as = addressed(plain)
            units = read_as if len(read_as) < len(plain) else units
        read = "".join(unit.text for unit in units) if units else text
        if "@import" in read or _PATH.search(read):
            self.removed["style"] += 1
            return
        self._contents(self._alone(text, units, "style", (), of_looks=True))

    def _contents(self, style: Piece) -> None:
        """Note what a style shows before and behind elements (CSS 2.2, 12.2); what it shows together is read so."""
        text = style.text
        for rule in _CONTENT.finditer(text):
            shown = [
                Piece(string[0][1:-1], style.source, start=rule.start(2) + string.start() + 1)
                for string in _STRING.finditer(rule[2])
            ]
            before = re.split("[{}]", text[max(0, rule.start() - _SELECTORS) : rule.start()])[-1]
            if len(shown) > 1:
                together, segments = _joined(shown)
                self.views.append(
                    TextBlock(f"{style.source}:{rule.start()}", together, "style", (), None, segments)
                )
            for selector in before.split(","):
                if name := _LAST_NAME.search(selector):
                    self._shown[name[0].lower(), rule[1].lower()] = shown

    def _show(self, name: str, token: Token) -> None:
        """Read what styles show before or behind an element with its text."""
        if token.kind == "close":
            place = next(
                (n for n in range(len(self._behind) - 1, -1, -1) if self._behind[n][0] == name), None
            )
            if place is not None:
                self._run += self._behind[place][1]
                del self._behind[place:]
            return
        said = {one.name: token.raw[one.start : one.end] for one in token.attributes}
        names = [name, f"#{said.get('id', '')}", *(f".{one}" for one in said.get("class", "").split())]
        before, behind = (
            [piece for one in names for piece in self._shown.get((one.lower(), place), ())]
            for place in ("before", "after")
        )
        self._run += before
        if behind and len(self._behind) < _DEEPEST:
            self._behind.append((name, behind))

    def _instruction(self, raw: str) -> None:
        if _XML_DECLARATION.fullmatch(raw):
            self.pieces.append(Piece(raw))
            return
        self._alone(raw, (), "instruction", ())

    def _alone(
        self, raw: str, units: Sequence[Unit], kind: str, labels: tuple[str, ...], *, of_looks: bool = False
    ) -> Piece:
        """A piece that is a block by itself. In one `of_looks` nobody reads the names of fonts: 宋体 is no Mr Song."""
        piece = self._editable(raw, units, kind)
        text = _FONT.sub(_without_font, piece.text) if of_looks else piece.text
        if text.strip():
            self.blocks.append(TextBlock(piece.source, text, f"line {self._line}", labels))
            self.views += formula_views(self.blocks[-1])
        return piece

    def _tag(self, token: Token) -> None:
        name = local(token.name).lower()
        ends = token.raw.rstrip(">").endswith("/")
        if self.xml and not self._stack and token.kind == "open":
            self._is_html = name == "html"
            self._is_book = name == "workbook" and BOOK in token.raw
        if self.xml and name in _SCRIPTS and not ends:
            if token.kind == "open":
                self._dropping += 1
                self.removed["script"] += self._dropping == 1
            else:
                self._dropping = max(0, self._dropping - 1)
                if self._dropping:
                    return
        elif self._dropping:
            return
        was_gone, shown = self._is_gone, self._looks.gone(token) if self._looks else frozenset()
        if name in ("body", "html") and token.kind == "close":
            self._put_tables()
        if self._shown and token.kind == "close":
            self._show(name, token)
        if name != "text" or ends or not self._goes_on(token):
            self._bound(name, token.kind, ends, passing=self._is_gone or (was_gone and token.kind == "close"))
        if self._is_html:
            if self._likeness.bounds(token):
                self._flush(passing=self._is_gone, in_line=name in _INLINE)
            self._likeness.tag(token, ends=ends and self.xml, is_table=bool(self._tables))
        if self._shown and token.kind == "open":
            self._show(name, token)
        if name in _READINGS:
            self._reading = max(0, self._reading + (1 if token.kind == "open" else -1))
        elif name == "ruby":
            self._reading = 0
        self._figures.tag(token)
        if self._is_html and name in _CELLS:
            values = (one for one in token.attributes if one.name in CELL_VALUES)
            self._cell_values = [unescape(token.raw[one.start : one.end]) for one in values]
        self._attributes(token, shown)
        self._enter(name, token, ends)
        if name == "dd" and token.kind == "open" and not self._label:
            self._label = self._before_field  # of a list of terms and what is said of each

    def _goes_on(self, token: Token) -> bool:
        """Whether a text of a drawing is read with the one before or behind it, since they are letters."""
        if token.kind == "close":
            run = self._run[self._since :]
            return self._letters.close("".join(part if isinstance(part, str) else part.text for part in run))
        gap = self._letters.gap(token)
        if gap and self._run:
            self._run.append(gap)
        self._since = len(self._run)
        return gap is not None

    @property
    def _is_gone(self) -> bool:
        return self._looks is not None and GONE in self._looks.now

    def _bound(self, name: str, kind: str, ends: bool, *, passing: bool) -> None:
        """Whether what is behind a tag is read together with what is before it, and also read so when it is not,
        `passing` an element that takes no room."""
        if name in _INLINE and (self._is_html or name not in _FIELDS):
            return
        if name == "br":
            if self._run:
                self._run.append("\n")
        elif self._is_html or (self._is_book and name == "cell"):
            self._flush(passing=passing)
        elif kind == "close":
            has_text = not self._stack or self._texts > self._stack[-1][2]
            self._closed = max(self._closed, Border.REAL if has_text else Border.EMPTY)
        elif self._closed or ends:
            self._apart = max(self._apart, self._closed, Border.EMPTY)
            if name in _TABS and self._run:
                self._run.append("\t")

    def _enter(self, name: str, token: Token, ends: bool) -> None:
        if self.xml and not ends:
            if token.kind == "open":
                self._stack.append((token.name, self._hint(token), self._texts))
            elif self._stack:
                self._stack.pop()
        if not (self._is_html or self._is_book):
            return
        if name == "table":
            if token.kind == "open":
                self._tables.append(Grid())
                self._rows.append(self._tables[-1])
            elif self._tables:
                self._tables.pop()
        elif self._tables and token.kind == "open" and name in ("tr", "row"):
            self._tables[-1].add_row()
        elif self._tables and token.kind == "open" and name in (*_CELLS, "cell"):
            said = {local(one.name): token.raw[one.start : one.end] for one in token.attributes}
            if self._is_book:
                self._tables[-1].add_merged(said)
            else:
                self._tables[-1].add_cell(said.get("colspan", ""), said.get("rowspan", ""))

    def _hint(self, token: Token) -> str:
        values = {one.name: token.raw[one.start : one.end] for one in token.attributes}
        return next((values[name] for name in _LABEL_NAMES if name in values and is_label(values[name])), "")

    def _attributes(self, token: Token, shown: frozenset[str]) -> None:
        """The attributes of a tag; those that are `shown` as its text is go with it."""
        position = self._name(token, 0, 0)
        hint = self._hint(token)
        drawn = self._drawings.gone(token, self._place)
        gone = drawn | shown
        if any(one.name in gone for one in token.attributes):
            self.removed["drawing" if drawn and drawn is not SIZE else "code"] += 1
        first = len(self.blocks)
        for one in token.attributes:
            raw = token.raw[one.start : one.end]
            refused = ("", one.start, one.end) if one.name in gone else self._refused(one, raw)
            if not refused or refused[1] > one.begin:
                position = self._name(token, position, one.begin)
            if refused:
                reason, begin, end = refused
                self.pieces.append(Piece(token.raw[position:begin]))
                self.removed.update([reason] if reason else ())
                position = end
            elif raw.strip() and not _is_structure(one, raw):
                bare_value = token.raw[one.start - 1] not in "\"'"
                self.pieces.append(Piece(token.raw[position : one.start]))
                called = self._called(token) if one.name in _VALUES else ""
                labels = (hint or called, one.name, local(token.name))
                piece = self._value(one, raw, labels, "bare" if bare_value else "attribute")
                if piece and one.name in _VALUES:
                    self._stand(piece, self._called(token))
                position = one.end
            elif self._is_html and raw and one.name in CELL_VALUES:
                self.pieces += (Piece(token.raw[position : one.start]), Piece(raw))
                position = one.end
        self.pieces.append(Piece(token.raw[position:]))
        if not self._is_html:
            self._read_together(self.blocks[first:])

    def _refused(self, one: Attribute, raw: str) -> tuple[str, int, int] | None:
        """Of an attribute that is left out, or the value of which is: as what that counts, and what of the token goes."""
        meant = unescape(raw)
        scheme = meant.strip().casefold()
        if one.name.startswith("on") or one.name == "srcdoc":
            return "script", one.begin, one.stop
        if self._is_html and _ODD.search(one.name):
            return "attribute", one.begin, one.stop
        if scheme.startswith("data:") or is_embedded(meant):
            return "embedded file", one.start, one.end
        if scheme.startswith(("javascript:", "vbscript:")):
            return "script", one.start, one.end
        if one.name == "data-cfemail" or _CLOAKED.search(meant):
            return "cloaked address", one.start, one.end
        return None

    def _read_together(self, values: Sequence[TextBlock]) -> None:
        """Figures in attributes of one element, which may be one number."""
        figures = [
            value
            for value in values
            if value.labels and is_figures(value.text) and not _SPOT.fullmatch(value.labels[0])
        ]
        if len(figures) > 1 and may_be_number([value.text for value in figures]):
            named = [replace(value, labels=value.labels[:1]) for value in figures]
            self.views += (view for view in box_views(named) if not view.search_only)

    def _name(self, token: Token, position: int, begin: int) -> int:
        """Make a piece of the name of an element or attribute that somebody chose: `<欧阳甲>` or `<Zhangsan>` is one
        wherever it stands, and both tags change alike. Up to where the token is in pieces by now."""
        match = _NAME.match(token.raw, begin)
        if not (match and _is_somebodys(match[1])):
            return position
        source = f"name:{len(self._odd_names)}"
        known = self._odd_names.setdefault(match[1] if self.xml else match[1].lower(), source)
        if known == source:
            self.blocks.append(TextBlock(source, match[1], f"line {self._line}, name of an element"))
        self.pieces += (Piece(token.raw[position : match.start(1)]), Piece(match[1], known, (), "name"))
        return match.end(1)

    def _called(self, token: Token) -> str:
        """What a field is called in a form, or the element that has the value."""
        names = {one.name: token.raw[one.start : one.end] for one in token.attributes}
        own = "" if self._is_html else local(token.name)
        return names.get("name") or names.get("id") or own

    def _value(self, one: Attribute, raw: str, labels: Sequence[str], kind: str) -> Piece | None:
        if one.name == "style":
            raw = _DATA_URL.sub("", _STYLE_COMMENT.sub("", raw))
        if one.name.startswith("xmlns"):
            kind = "address"
        units = characters(raw) if "&" in raw or "%" in raw else []
        if one.name == "style":
            units = of_styles(units or characters(raw)) if "\\" in unescape(raw) else units
            if _PATH.search("".join(unit.text for unit in units) if units else raw):
                self.removed["style"] += 1
                return None
        if "%" in raw:
            read = addressed(units)
            if len(read) < len(units):
                units, kind = read, "address"
        named = (self._before_field, *labels) if one.name in _VALUES else labels
        labels = tuple(dict.fromkeys(filter(None, named)))[:4]
        return self._alone(raw, units, kind, labels, of_looks=one.name in _OF_LOOKS)

    def _part(self) -> None:
        """The run of text so far ends; what comes may go on with it."""
        if self._apart is Border.REAL:
            self._flush()
        elif self._run:
            self._before.append(Stretch(self._run, self._began, self._names))
            self._run = []

    def _flush(self, *, passing: bool = False, in_line: bool = False) -> None:
        """The run of text so far as a block; of several, they all together, too.

        `passing`: what is shown of it goes on behind what is not shown. `in_line`: what comes stands in the same line.
        """
        stretches = [*self._before, Stretch(self._run, self._began, self._names)]
        self._run, self._before = [], []
        self._closed = self._apart = Border.NONE
        parts = [part for one in stretches for part in one.parts]
        self._end_line(parts, in_line)
        if self._looks:
            self._go_around(parts, passing)
        for one in stretches:
            self._put(one)
        if len(stretches) > 1:
            text, segments = _joined([part for one in stretches for part in one.parts])
            where = f"line {stretches[0].line}"
            id = f"text:{segments[0].source}:whole"
            self.views.append(TextBlock(id, text, where, stretches[0].names[:4], None, segments))

    def _put(self, stretch: Stretch) -> None:
        run = stretch.parts
        text, segments = _joined(run)
        if not text.strip():
            return
        labels = tuple(filter(None, (self._label, *stretch.names)))[:4]
        id, where = f"text:{segments[0].source}", f"line {stretch.line}"
        flow = "text" if self._is_html else ""
        self.blocks.append(TextBlock(id, text, where, labels, None, segments, flow=flow))
        apart, moved = _joined(run, apart=True)
        if apart != text:
            self.views.append(TextBlock(f"{id}:apart", apart, where, labels, None, moved))
        for name, left_out in (("shown", self._hidden), ("read", self._readings)):
            seen = [part for part in run if isinstance(part, str) or part.source not in left_out]
            if len(seen) == len(run):
                continue
            shown, places = _joined(seen)
            if shown.strip() and shown != text:
                self.views.append(TextBlock(f"{id}:{name}", shown, where, labels, None, places))
        above = [part for part in run if not isinstance(part, str) and part.source in self._readings]
        if above and len(above) < len(run):
            shown, places = _joined(above)
            self.views.append(TextBlock(f"{id}:above", shown, where, labels, None, places))
        self._before_field = bare(text) if is_label(text) else ""
        self._label = self._before_field if text.rstrip()[-1:] in (":", "：") else ""
        if self._tables:
            self._tables[-1].put(len(self.blocks) - 1)
        elif self._is_html:
            self._likeness.put(len(self.blocks) - 1)

    def _end_line(self, run: Sequence[Piece | str], goes_on: bool) -> None:
        """Read what stands in one line as one text, too: if it is no row of a table, a word may be parted by looks alone."""
        self._beside += [run] if run else []
        if goes_on or not self._beside:
            return
        line, self._beside = self._beside, []
        text, segments = _joined([part for parts in line for part in parts])
        if len(line) > 1 and segments and text.strip():
            id = f"text:{segments[0].source}:line"
            self._lines.append(TextBlock(id, text, f"line {self._began}", self._names, None, segments))

    def _go_around(self, run: Sequence[Piece | str], passing: bool) -> None:
        """Read what is shown before and behind elements that take no room, as one text."""
        if shown := [part for part in run if isinstance(part, str) or part.source not in self._hidden]:
            self._around.append(shown)
        if passing:
            return
        around, self._around = self._around, []
        text, segments = _joined([part for parts in around for part in parts])
        if len(around) > 1 and segments and text.strip():
            id = f"text:{segments[0].source}:around"
            self.views.append(TextBlock(id, text, f"line {self._began}", self._names, None, segments))

    def _surrounding(self) -> str:
        """What the element of XML is called in which something stands, with what is around it if that is a number."""
        names = [name for name, *_ in self._stack[-2:]]
        return " ".join(names if is_number(names[0]) else names[-1:]) if names else ""

    def _above(self) -> Iterator[str]:
        """What the open elements of XML are called, the innermost first."""
        if not self._is_html:
            for name, hint, _ in reversed(self._stack[-4:]):
                if hint:
                    yield hint
                yield local(name)


def _joined(run: Sequence[Piece | str], *, apart: bool = False) -> tuple[str, tuple[Segment, ...]]:
    """A run as one text. `apart`: where a number or a word touches one of another element, as a button or a link of a
    menu, a space is between."""
    parts: list[str] = []
    segments: list[Segment] = []
    place, last = 0, ""
    for part in run:
        text = part if isinstance(part, str) else part.text
        if apart and _touch(last, text):
            parts.append(" ")
            place += 1
        if not isinstance(part, str):
            segments.append(Segment(place, place + len(text), part.source, part.start))
        parts.append(text)
        place, last = place + len(text), text or last
    return "".join(parts), tuple(segments)


def _touch(before: str, text: str) -> bool:
    """Whether two texts may be two words or numbers though no space is between."""
    if before[-1:].isdecimal() and text[:1].isdecimal():
        ends = before[-_NUMBER:], text[:_NUMBER]
        return any(len(end) == _NUMBER and end.isdecimal() for end in ends)
    return _TOUCHING.fullmatch(before[-1:] + text[:1]) is not None


@lru_cache(maxsize=4096)
def _is_somebodys(name: str) -> bool:
    return _ODD.search(name) is not None or any(map(is_spelt, _LETTERS.findall(unusual(name))))


def _is_structure(one: Attribute, raw: str) -> bool:
    """Whether a value draws a figure or names a schema."""
    if one.name == "xmlns" or one.name.startswith("xmlns:"):
        return is_public(raw)
    return one.name in _DRAWING and bool(_DRAWN.fullmatch(raw))
