"""RTF as pieces: what is written again as it stands, what may be edited; what is left out is not there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from deid.errors import UnreadableDocument
from deid.formats.codefonts import is_bar_code_font
from deid.formats.joining import Boxes
from deid.formats.outlines import MANY_PIECES
from deid.formats.pictures import blocks_in, is_readable
from deid.formats.rtf import destinations as known
from deid.formats.rtf.charsets import CHARSETS, Byte, codec_of, decoded
from deid.formats.rtf.flows import Flow, Passage, Piece
from deid.formats.rtf.tokens import Token, tokens
from deid.types import TextBlock

_DEEPEST = 1000  # groups within groups
_LARGEST = 100_000  # twips of a picture
_SIZES = frozenset({"picwgoal", "pichgoal", "picscalex", "picscaley"})
_BINARY = re.compile(r"\\bin[0-9]* ?")
_FREEHAND = re.compile(r"(\{\\sn\s+pVerticies\s*\}\s*\{\\sv\s+)([-0-9;(),\s]*)")
_NOT_SHOWN = frozenset({"fonttbl", "fldinst"})
_LABELS = frozenset({"listtext", "pntext"})
"""What of a list stands before the text of a paragraph."""
_BYTE = 4  # characters in the file
_GAP = -1  # instead of a byte: a line end of the file, which says nothing
_USUAL, _SPECK = 24, 4  # half points: of letters, and what nobody sees
_COLOURS = re.compile(r"\{\s*\\colortbl([^{}]*)\}")
_LIGHT = re.compile(r"\\(red|green|blue)25[45](?![0-9])")
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


@dataclass(slots=True)
class State:
    """What is true within a group."""

    flow: Flow
    begin: int  # its first piece
    font: int | None = None
    fallback: int = 1
    hidden: bool = False
    colour: int | None = None
    size: int = _USUAL
    deleted: bool = False
    inserted: bool = False
    starred: bool = False
    fresh: bool = True  # nothing but \* was in it so far
    apart: bool = False  # each group in it is a text of its own
    twice: bool = False  # the group that comes says for old readers what the one behind it says


@dataclass(slots=True)
class Left:
    """A group that is being left out, from some place on. `depth` of groups within it."""

    whole: bool
    is_picture: bool
    depth: int = 1
    sizes: dict[str, int] = field(default_factory=dict)  # of a picture
    digits: list[str] = field(default_factory=list)
    data: bytes = b""


@dataclass
class Cutter:
    """Goes through the tokens of a file once."""

    pieces: list[Piece] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)
    _flows: list[Flow] = field(default_factory=list)
    _states: list[State] = field(default_factory=list)
    _left: Left | None = None
    _fonts: dict[int, str] = field(default_factory=dict)
    _bars: set[int] = field(default_factory=set)  # fonts of bar codes
    _white: frozenset[int | None] = frozenset()  # numbers of colours
    _page: str = "cp1252"
    _default: int = 0
    _count: int = 0
    _bytes: list[Byte] = field(default_factory=list)
    _letters: list[tuple[str, list[str]]] = field(
        default_factory=list
    )  # of Unicode, and what stands for each
    _skip: int = 0  # how many tokens more stand for it

    def cut(self, text: str) -> Cutter:
        """Raises UnreadableDocument when damaged, and where it is not known what the bytes stand for."""
        position = 0
        self._white = _white_of(text)
        text = self._without_letters(text)
        for token in tokens(text):
            self._take(token)
            position += len(token.raw)
            if not self._states:
                break
        else:
            raise UnreadableDocument("it has no end")
        self.removed["text behind the end"] += bool(text[position:].strip("\0 \r\n\t\x1a"))
        self.removed["field"] += sum(flow.hide_symbol() for flow in self._flows)
        return self

    def _without_letters(self, text: str) -> str:
        """Freehand shapes that are enough for a name have no points any more."""
        shapes = list(_FREEHAND.finditer(text))
        if sum(shape[2].count("(") for shape in shapes) < MANY_PIECES:
            return text
        self.removed["drawing"] += len(shapes)
        return _FREEHAND.sub(r"\1", text)

    def blocks(self) -> Iterator[TextBlock]:
        boxes = Boxes()
        for flow in self._flows:
            found = list(flow.blocks())
            yield from found
            if flow.kind == "shptxt" and found:
                yield from boxes.add(found[0]) if len(flow.paragraphs) == 1 else boxes.end()
        yield from boxes.end()
        for piece in self.pieces:
            if piece.picture:
                yield from blocks_in(piece.picture, piece.source, piece.source.replace(":", " "))

    def _take(self, token: Token) -> None:
        if self._left:
            self._leave_out(token, self._left)
            return
        if self._skip and self._stands_for_it(token):
            return
        if token.kind == "word" and token.value == "u" and token.number is not None:
            self._decode()
            self._unicode(token, token.number)
            return
        self._end_letters()
        if token.kind in ("byte", "text") or (token.kind == "symbol" and token.value in "\\{}"):
            self._gather(token)
        elif token.kind == "gap" and self._bytes:
            self._bytes.append((token.raw, _GAP))
        else:
            self._decode()
            self._structure(token)

    def _structure(self, token: Token) -> None:
        if token.kind == "open":
            self._open()
        elif token.kind == "close":
            self._close()
        elif token.kind == "symbol":
            self._symbol(token)
        elif token.kind == "word":
            self._word(token)
        elif token.kind == "binary":
            self.removed["embedded file"] += 1
        else:
            self._keep(token.raw)

    # --- groups

    def _open(self) -> None:
        if len(self._states) >= _DEEPEST:
            raise UnreadableDocument("groups are nested too deeply")
        begin = len(self.pieces)
        if self._states:
            above = self._states[-1]
            above.fresh = False
            flow = self._flow(above.flow.kind) if above.apart else above.flow
            is_copy, above.twice = above.twice, False
            self._states.append(
                replace(above, flow=flow, begin=begin, starred=False, fresh=True, apart=False)
            )
            if is_copy:
                self._left = Left(whole=True, is_picture=False)
                return
        else:
            self._states.append(State(self._flow(""), begin))
        self._keep("{")

    def _close(self) -> None:
        state = self._states.pop()
        if state.flow.kind in _LABELS and self._states and self._states[-1].flow is not state.flow:
            self._states[-1].flow.label(state.flow)
        if state.flow.kind == "fonttbl" and state.font is not None and is_bar_code_font(state.flow.text):
            self._bars.add(state.font)
        self._keep("}")

    def _flow(self, kind: str) -> Flow:
        self._flows.append(Flow(kind, len(self._flows)))
        return self._flows[-1]

    def _word(self, token: Token) -> None:
        state, name = self._states[-1], token.value
        unknown = state.starred and state.fresh and name not in known.OWN | known.THROUGH
        if name == "pict" or name in known.SILENT or name in known.COUNTED or unknown:
            self._leave(name, state)
            return
        if name in known.OWN and state.fresh:
            state.flow, state.apart = self._flow(name), name in known.APART
        state.fresh, state.twice = False, name == "upr"
        is_no_number = token.number is not None and not -(1 << 31) <= token.number < 1 << 32
        if is_no_number or name in known.DATES:
            return
        self._format(name, token.number, state)
        if name in known.CHARACTERS:
            self._piece([(token.raw, known.CHARACTERS[name])])
            return
        self._keep(token.raw)
        if name in known.ENDS:
            state.flow.end(name)

    def _symbol(self, token: Token) -> None:
        state = self._states[-1]
        if token.value == "*":
            state.starred = state.fresh
            self._keep(token.raw)
        elif token.value in "\r\n":
            self._keep(token.raw)
            state.flow.end()
        elif token.value in known.SYMBOLS:
            self._piece([(token.raw, known.SYMBOLS[token.value])])
        elif token.value in ":|":
            self._keep(token.raw)

    def _leave(self, name: str, state: State) -> None:
        """Of a group with something before that word, what is before it stays."""
        whole = all(piece.raw.strip() in ("{", "\\*", "") for piece in self.pieces[state.begin :])
        if whole and len(self._states) > 1:
            del self.pieces[state.begin :]
        self._left = Left(whole and len(self._states) > 1, name == "pict")
        if name != "pict" and name not in known.SILENT:
            self.removed[known.COUNTED.get(name, known.UNKNOWN)] += 1

    def _leave_out(self, token: Token, left: Left) -> None:
        if token.kind == "open":
            left.depth += 1
        elif token.kind == "close":
            left.depth -= 1
            if not left.depth:
                self._end_left(left)
        elif not left.is_picture or left.depth > 1:
            return
        elif token.kind == "word" and token.value in _SIZES:
            left.sizes.setdefault(token.value, token.number or 0)
        elif token.kind == "text":
            left.digits.append(token.raw)
        elif token.kind == "binary":
            left.data = _BINARY.sub("", token.raw, count=1).encode("latin-1")

    def _end_left(self, left: Left) -> None:
        self._left = None
        if left.is_picture:
            digits = re.sub("[^0-9A-Fa-f]", "", "".join(left.digits))
            data = left.data or bytes.fromhex(digits[: len(digits) // 2 * 2])
            self.removed["picture"] += not is_readable(data[:12])
            self._count += 1
            self.pieces.append(Piece(_frame(left.sizes), f"picture:{self._count}", picture=data or b"?"))
        self._states.pop()
        if not left.whole:
            self._keep("}")

    # --- formats

    def _format(self, name: str, number: int | None, state: State) -> None:
        on = number != 0
        if name == "f":
            state.font = number or 0
        elif name == "plain":
            state.font, state.hidden, state.deleted, state.inserted = None, False, False, False
            state.colour, state.size = None, _USUAL
        elif name == "uc":
            state.fallback = min(max(0, 1 if number is None else number), 100)
        elif name in ("v", "webhidden"):
            state.hidden = on
        elif name == "cf":
            state.colour = number or 0
        elif name == "fs":
            state.size = _USUAL if number is None else number
        elif name == "deleted":
            state.deleted = on
        elif name == "revised":
            state.inserted = on
        elif name in ("intbl", "pard"):
            state.flow.in_table = name == "intbl"
        else:
            self._charset(name, number, state)

    def _charset(self, name: str, number: int | None, state: State) -> None:
        in_table = state.flow.kind == "fonttbl" and state.font is not None
        if name == "ansicpg" and number:
            self._page = codec_of(number)
        elif name in _PAGES:
            self._page = _PAGES[name]
        elif name == "deff":
            self._default = number or 0
        elif name == "fcharset" and in_table and number in CHARSETS:
            self._fonts[state.font or 0] = CHARSETS[number or 0]
        elif name == "cpg" and in_table and number:
            self._fonts[state.font or 0] = codec_of(number)

    # --- text

    def _gather(self, token: Token) -> None:
        self._states[-1].fresh = False
        if token.kind == "byte":
            self._bytes += ((raw, int(raw[2:], 16)) for raw in _cut(token.raw, _BYTE))
        elif token.kind == "symbol":
            self._bytes.append((token.raw, ord(token.value)))
        else:
            self._bytes += ((one, ord(one)) for one in token.raw)

    def _decode(self) -> None:
        """What was gathered becomes a piece."""
        found: list[Byte] = []
        for raw, byte in self._bytes:
            if byte == _GAP:
                found[-1] = (found[-1][0] + raw, found[-1][1])
            else:
                found.append((raw, byte))
        self._bytes = []
        if not found:
            return
        codec = self._fonts.get(self._font(self._states[-1]), self._page)
        chinese = "gb18030" in self._fonts.values()
        try:
            self._piece(decoded(found, codec, chinese=chinese, default=self._page))
        except UnicodeError:
            raise UnreadableDocument("its bytes are not of the character set of their font") from None

    def _unicode(self, token: Token, number: int) -> None:
        self._states[-1].fresh = False
        letter = chr(number % (1 << 16) if number < 1 << 16 else min(number, 0x10FFFF))
        if not (self._letters and "\udc00" <= letter <= "\udfff"):
            self._end_letters()
        self._letters.append((letter, [token.raw]))
        self._skip = self._states[-1].fallback
        self._end_letter()

    def _stands_for_it(self, token: Token) -> bool:
        """Whether a token is what a reader without Unicode shows for a character that was read before it."""
        shadow = self._letters[-1][1]
        if token.kind == "gap":
            shadow[-1] += token.raw
        elif token.kind == "symbol":
            shadow.append(token.raw)
            self._skip -= 1
        elif token.kind in ("byte", "text"):
            size = _BYTE if token.kind == "byte" else 1
            taken = list(_cut(token.raw[: self._skip * size], size))
            shadow += taken
            rest = token.raw[self._skip * size :]
            self._skip -= len(taken)
            self._end_letter()
            if rest:
                self._take(Token(token.kind, rest, rest))
            return True
        else:
            self._skip = 0
            self._end_letter()
            return False
        self._end_letter()
        return True

    def _end_letter(self) -> None:
        """The first half of a pair waits for the second."""
        if not self._skip and not "\ud800" <= self._letters[-1][0] <= "\udbff":
            self._end_letters()

    def _end_letters(self) -> None:
        letters, self._letters, self._skip = self._letters, [], 0
        if letters:
            text = (
                "".join(letter for letter, _ in letters)
                .encode("utf-16", "surrogatepass")
                .decode("utf-16", "replace")
            )
            raw = "".join(part for _, shadow in letters for part in _harmless(shadow, text))
            self._piece([(raw, text[:1])])

    def _piece(self, units: Sequence[tuple[str, str]]) -> None:
        state = self._states[-1]
        state.fresh = False
        if state.flow.kind not in _NOT_SHOWN and self._font(state) in self._bars:
            self.removed["code"] += 1
            return
        last = self.pieces[-1]
        if last.source and state.flow.continues(
            Passage(last, self._is_hidden(state), state.deleted, state.inserted), state.fallback
        ):
            last.units += units
            return
        self._count += 1
        self.pieces.append(Piece("", f"piece:{self._count}", list(units), state.fallback))
        state.flow.add(Passage(self.pieces[-1], self._is_hidden(state), state.deleted, state.inserted))

    def _is_hidden(self, state: State) -> bool:
        """Whether nobody sees what stands there: it is hidden, a speck, or white; whether on a dark ground is not asked."""
        return state.hidden or state.size <= _SPECK or state.colour in self._white

    def _font(self, state: State) -> int:
        return self._default if state.font is None else state.font

    def _keep(self, raw: str) -> None:
        self.pieces.append(Piece(raw))


def _white_of(text: str) -> frozenset[int | None]:
    """The numbers of the colours that are white."""
    table = _COLOURS.search(text)
    colours = table[1].split(";") if table else ()
    return frozenset(n for n, colour in enumerate(colours) if len(set(_LIGHT.findall(colour))) == 3)


def _harmless(shadow: Sequence[str], letter: str) -> Iterator[str]:
    """`\\uN` and what stands for it, unless that says something else than the letter."""
    first, *parts = shadow
    yield first
    content = bytearray()
    for part in parts:
        plain = part.rstrip("\r\n\0")
        content += bytes.fromhex(plain[2:4]) if plain.startswith("\\'") else plain[-1:].encode("latin-1")
    codecs = ("gb18030", "big5hkscs", "cp1252", "cp932", "cp949")
    same = any(content.decode(codec, "replace") == letter for codec in codecs)
    for part in parts:
        mute = not re.match(r"\\?[^\\]", part) or not re.search(r"[0-9A-Za-z\x80-\xff]", part)
        yield part if same or mute else "?"


def _cut(raw: str, size: int) -> Iterator[str]:
    return (raw[place : place + size] for place in range(0, len(raw), size))


def _frame(picture: dict[str, int]) -> str:
    """How a picture is announced: by the size that it had on paper."""
    sizes = {name: min(abs(number), _LARGEST) for name, number in picture.items()}
    width, height = sizes.get("picwgoal") or 1440, sizes.get("pichgoal") or 1440
    scales = "".join(f"\\{name}{sizes[name]}" for name in ("picscalex", "picscaley") if name in sizes)
    return f"\\picwgoal{width}\\pichgoal{height}{scales} "
