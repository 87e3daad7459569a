"""JSON (RFC 8259) and JSON Lines: strings, keys and numbers, decoded; the rest byte for byte.

A tokenizer cuts the text; `json.loads` decides whether it is JSON at all. Only the
characters that an edit takes are rewritten, so escapes elsewhere in a string stay.
Contacts in lists (jCard, RFC 7095) have the labels of contacts.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from deid.errors import UnreadableDocument
from deid.formats.edits import Edit
from deid.formats.embedding import is_embedded, without_files
from deid.formats.encoding import Encoding, create_text, detect_encoding, open_text
from deid.formats.joining import are_answers, border_views, is_number, may_be_boxes, row_views
from deid.formats.jsonheads import Heads, are_labels, heads_of
from deid.formats.members import note_lost
from deid.formats.numbers import plain_number
from deid.formats.stamp import check_unchanged, stamp
from deid.formats.tables import bare
from deid.formats.units import splice_units
from deid.formats.vcf import LABELS
from deid.formats.views import Place, joined
from deid.grammar.fieldnames import OPEN, are_of_one, is_label, of_whom
from deid.types import Cell, Document, TextBlock, splice
from deid.validators.encoded import is_valid

_TOKEN = re.compile(r'[ \t\r\n]+|"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+\-]*|[{}\[\],:]|-?[A-Za-z]+', re.DOTALL)
_COUNTED = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
"""What may stand where a number stood."""
_UNIT = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_OPEN_KEY = re.compile(f'"(?:{"|".join(sorted(OPEN))})"', re.IGNORECASE)
_INNER_LIST = re.compile(r"\[\s*\{")
_BYTES = re.compile(r"\[((?:\s*-?[0-9]{1,3}\s*,){5,}\s*-?[0-9]{1,3}\s*)\]")
"""A list that may be the bytes of a text, as programs write a buffer."""
_PROPERTY = re.compile(r'\[\s*"([A-Za-z\-]+)"\s*,\s*\{')
"""How a property of a contact begins (jCard): its name, and what is said of it."""
_BEFORE_VALUE = 2
"""Values behind that name before its own: what is said of it, and its type."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_DEPTH = 3  # of JSON inside strings of JSON
_LABEL_KEYS = {
    "label",
    "name",
    "key",
    "field",
    "title",
    "question",
    "item",
    "code",
    "名称",
    "字段",
    "项目",
    "标签",
    "问题",
}
_LEAST_SPELLED = 6
"""Characters of a text of which each is an item of a list."""
_RUN_KEYS = {"insert", "text"}
_RUNS = {
    *(
        "ops",
        "children",
        "content",
        "leaves",
        "nodes",
        "runs",
        "spans",
        "elements",
        "fragments",
        "parts",
        "segments",
    ),
    *("text", "text_entities", "richtext", "rich_text", "message", "messagechain"),
}
"""What editors and chats call a stretch of text with a look of its own, and those of a paragraph or of a message."""
_IN_RUN = "data"
"""In which the text of a stretch may stand: `{"type": "text", "data": {"text": …}}`."""
_LOOK_KEYS = {
    *(
        "type",
        "tag",
        "style",
        "marks",
        "color",
        "background",
        "size",
        "font",
        "family",
        "weight",
        "align",
        "header",
    ),
    *(
        "href",
        "url",
        "link",
        "target",
        "list",
        "lang",
        "language",
        "class",
        "level",
        "code",
        "title",
        "rel",
        "format",
    ),
}
"""What is said of how a stretch looks; behind anything else another text begins."""
_TYPE_KEYS = {
    "type",
    "kind",
    "idtype",
    "id_type",
    "cardtype",
    "certtype",
    "cert_type",
    "system",
    "证件类型",
    "类型",
}
"""What says of a number beside it what it is: `{"type": "PASSPORT", "no": …}`."""
_VALUE_KEYS = {
    "value",
    "val",
    "answer",
    "text",
    "content",
    "result",
    "data",
    "values",
    "值",
    "内容",
    "回答",
    "答案",
    "结果",
}
_NUMBER_KEYS = {
    "no",
    "num",
    "number",
    "idno",
    "id_no",
    "certno",
    "cert_no",
    "cardno",
    "号码",
    "证件号",
    "证件号码",
}
_HINTED = _VALUE_KEYS | _NUMBER_KEYS
_TYPE = re.compile("[A-Za-z_ ]{2,24}|[一-鿿]{2,10}")


class Token(NamedTuple):
    """A stretch of JSON text. `kind`: `""` (never changed), `string`, `number`, `short` (of a list), `nested`,
    `file` (left out)."""

    raw: str
    kind: str = ""
    source: str = ""
    text: str = ""
    labels: tuple[str, ...] = ()
    table: Cell | None = None
    of_one: bool = False
    """Whether a nested text stands in an object that tells of somebody."""
    stretch: str = ""
    """Where it is a stretch of a text that stands in a list: `item` of it, or in an `object`."""


class _Object(NamedTuple):
    keys: Sequence[str] = ()
    """All of one in which one says little."""
    of_one: bool = False
    """Whether it tells of somebody, as what stands in it then does."""


@dataclass(slots=True)
class _Frame:
    is_object: bool
    path: tuple[str, ...]
    """The names of what it stands in, "" for a list."""
    row: Cell | None
    """Its place in the list of records: the outermost of objects that tell of somebody, or else of any."""
    keys: Sequence[str] = ()
    of_one: bool = False
    """`_Object`, or that of what it stands in."""
    key: str = ""
    awaits_key: bool = True
    hint: str = ""
    passed: int = 0
    """How many values have ended in it."""
    words: list[str] | None = field(default_factory=list)
    """The items of a list of strings so far; None where it is no such list."""
    header: Sequence[str] = ()
    """What the columns of the rows in a list are called: [["姓名", "电话"], ["张三", 138…]], or as is said elsewhere."""
    above: Sequence[str] = ()
    """Of a row, the header of its list."""
    meant: Mapping[str, str] = field(default_factory=dict)
    """Of a record, what its keys mean."""

    def begin_row(self, above: Sequence[str], counts: _Counts) -> None:
        """It is a row, though in an object."""
        self.above, self.path = above, (*self.path[:-1], "")
        self.row = counts.row(self.path)

    @property
    def inner(self) -> tuple[str, ...]:
        """The path of what stands in it."""
        here = self.key if self.is_object else str(self.passed) if self.above else ""
        return (*self.path, here)


@dataclass(slots=True)
class _Counts:
    """Numbers given out so far; keys that are alike share one, so they are renamed alike."""

    values: int = 0
    keys: dict[str, int] = field(default_factory=dict)
    shown: int = 0
    files: int = 0
    of_lines: bool = False
    """Whether each line is an object of its own."""
    header: Sequence[str] | None = None
    """What the columns are called where each line is a list, once one was read."""
    rows: dict[tuple[str, ...], Cell] = field(default_factory=dict)
    """Of each list of objects, by its path, the last one."""
    columns: dict[tuple[str, ...], int] = field(default_factory=dict)

    def row(self, path: tuple[str, ...]) -> Cell:
        """The place of the next object of a list."""
        last = self.rows.get(path) or Cell(f"list {len(self.rows)}", -1, 0)
        row = self.rows[path] = last._replace(row=last.row + 1)
        return row

    def cell(self, stack: Sequence[_Frame]) -> Cell | None:
        """Where a value stands in the list of records."""
        row = stack[-1].row if stack else None
        return row and row._replace(column=self.columns.setdefault(stack[-1].inner, len(self.columns)))


@dataclass(slots=True)
class _Keys:
    """The keys of one object: those that were different stay so, or a parser keeps one value of many."""

    taken: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)

    def distinct(self, old: str, raw: str) -> str:
        """`raw`, a key as it will stand in the file, with a number behind it where it is taken."""
        if old in self.names:
            return self.names[old]  # the same key twice in the original
        new, count, stem = _decoded(raw), 1, raw[:-1]
        while new in self.taken:
            count += 1
            raw = f'{stem} ({count})"'
            new = _decoded(raw)
        self.taken.add(new)
        self.names[old] = raw
        return raw


def read(path: str, ref: str, *, name: str = "json") -> Document:
    """Raises UnreadableDocument when empty, undecodable or not JSON."""
    details = stamp(path, ref)
    encoding = detect_encoding(path, ref, standard="utf-8")
    opened = partial(_blocks, path, ref, name, encoding, details)
    return Document(ref, name, path, opened, details | {"encoding": encoding})


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    check_unchanged(document.path, document.details, document.ref)
    encoding: Encoding = document.details["encoding"]
    counts = _Counts()
    with create_text(path, encoding, document.ref) as put:
        for _, text in _texts(document.path, document.format, encoding, document.ref):
            put(_rewritten(text, edits, counts))
    if counts.files:
        note_lost(document, Counter({"embedded file": counts.files}))


def _blocks(
    path: str, ref: str, name: str, encoding: Encoding, details: Mapping[str, object]
) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    counts = _Counts(of_lines=name != "json")
    alike: dict[tuple[str, ...], tuple[TextBlock, list[TextBlock]]] = {}
    for line, text in _texts(path, name, encoding, ref):
        yield from _values(text, line, counts, alike)


def _texts(path: str, name: str, encoding: Encoding, ref: str) -> Iterator[tuple[int, str]]:
    """The JSON texts of a file with the line each begins on."""
    with open_text(path, encoding) as handle:
        if name == "json":
            text = handle.read()
            _load(text, f"{ref}: not JSON")
            yield 1, text
            return
        for number, line in enumerate(handle, 1):
            if line.strip(" \t\r\n"):
                _load(line, f"{ref}: line {number} is not JSON")
            yield number, line


def _load(text: str, message: str) -> object:
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError:
        raise UnreadableDocument(message) from None
    except RecursionError:
        raise UnreadableDocument(f"{message}: nested too deeply") from None


def _values(
    text: str,
    line: int,
    counts: _Counts,
    alike: dict[tuple[str, ...], tuple[TextBlock, list[TextBlock]]],
    depth: int = 0,
    holder: Token | None = None,
) -> Iterator[TextBlock]:
    """Blocks of a JSON text; `alike` are the last values by their labels, as in messages of a chat."""
    open_: list[list[TextBlock]] = []
    runs: list[_Run] = []  # of each list that is open
    beside_: list[TextBlock] = []  # figures alone, of which the labels are the same
    for token in tokens(text, counts, depth, holder):
        if token.kind == "nested":
            yield from _values(token.text, line, counts, alike, depth + 1, token)
        elif token.raw in ("{", "["):
            open_.append([])
            runs += [_Run()] if token.raw == "[" else ()
        elif token.raw in ("}", "]"):
            items = open_.pop()
            yield from runs.pop().ended() if token.raw == "]" else ()
            yield from row_views(items, range(len(items)))
            if token.raw == "]" and len(items) == 1 and open_:
                open_[-1] += items  # {"family": "张", "given": ["三"]}
            if token.raw == "]" and _is_spelled([item.text for item in items]):
                yield joined(items, [Place(n, 0, 1) for n in range(len(items))])
        elif token.source.startswith("key:"):
            number = int(token.source[4:])
            if number >= counts.shown:
                counts.shown = number + 1
                yield _block(token, line)
        elif token.kind and token.text.strip():
            block = _block(token, line)
            if token.kind != "short":
                yield block
            yield from runs[-1].put(token, block) if runs else ()
            if beside_ and not (_go_on(token) and token.labels == beside_[-1].labels):
                yield from _together(beside_)
                beside_ = []
            if _go_on(token):
                beside_.append(block)
            if open_ and (token.kind == "string" or any(map(is_number, token.labels))):
                open_[-1].append(block)
            beside = open_[-1] if open_ else []
            before, others = alike.get(token.labels, (None, None))
            if before and others is not beside:  # else they are read side by side
                yield from border_views(before, block)
            alike[token.labels] = block, beside
        line += token.raw.count("\n") if not depth else 0
    yield from _together(beside_)


def _go_on(token: Token) -> bool:
    """Whether what stands in a value may go on in the next one of the same name."""
    return token.kind != "string" and len(token.text) == 1 and not any(map(are_answers, token.labels))


class _Run:
    """The stretches of one text among the items of a list: objects, and strings between them."""

    def __init__(self) -> None:
        self._blocks: list[TextBlock] = []
        self._has_objects = False

    def put(self, token: Token, block: TextBlock) -> Iterator[TextBlock]:
        """The next value in the list; the text before it where it belongs to none, or begins another."""
        if token.stretch:
            self._blocks.append(block)
            self._has_objects |= token.stretch == "object"
        elif not token.labels or token.labels[0].casefold() not in _LOOK_KEYS:
            yield from self.ended()

    def ended(self) -> Iterator[TextBlock]:
        if self._has_objects and len(self._blocks) > 1:
            places = [Place(n, 0, len(block.text)) for n, block in enumerate(self._blocks)]
            run = joined(self._blocks, places)
            yield replace(run, id=f"run:{run.id}")  # others may join the first and the last of it
        self._blocks, self._has_objects = [], False


def _stretch(stack: Sequence[_Frame]) -> str:
    """`Token.stretch` of a string."""
    names = [frame.key.casefold() for frame in reversed(stack) if frame.is_object][:3]
    if not names:
        return ""
    if not stack[-1].is_object:
        return "item" if names[0] in _RUNS else ""
    within = names[2:] if names[1:2] == [_IN_RUN] else names[1:2]
    return "object" if names[0] in _RUN_KEYS and _RUNS.intersection(within) else ""


def _is_spelled(texts: Sequence[str]) -> bool:
    """Whether items of a list are the characters of a text, as in samples for taggers; a choice holds each once."""
    if len(texts) < _LEAST_SPELLED or any(len(text) != 1 for text in texts):
        return False
    text = "".join(texts)
    return not text.isascii() and (len(set(texts)) < len(texts) or not text.isalnum())


def _together(blocks: Sequence[TextBlock]) -> Iterator[TextBlock]:
    if blocks and may_be_boxes([block.text for block in blocks]):
        yield from row_views(blocks, range(len(blocks)))


def _block(token: Token, line: int) -> TextBlock:
    where = f"line {line}, {token.source.replace(':', ' ')}"
    return TextBlock(token.source, token.text, where, token.labels, token.table)


def _rewritten(text: str, edits: Mapping[str, Sequence[Edit]], counts: _Counts, depth: int = 0) -> str:
    ascii_only = text.isascii()
    parts: list[str] = []
    objects: list[_Keys] = []
    for token in tokens(text, counts, depth):
        new = _edited(token, edits, counts, depth, ascii_only)
        if token.raw == "{":
            objects.append(_Keys())
        elif token.raw == "}":
            objects.pop()
        elif token.source.startswith("key:"):
            new = objects[-1].distinct(token.text, new)
        parts.append(new)
    return "".join(parts)


def _edited(
    token: Token, edits: Mapping[str, Sequence[Edit]], counts: _Counts, depth: int, ascii_only: bool
) -> str:
    if token.kind == "file":
        counts.files += 1
        return '""'
    if token.kind == "nested":
        inner = _rewritten(token.text, edits, counts, depth + 1)
        return token.raw if inner == token.text else json.dumps(inner, ensure_ascii=ascii_only)
    changes = edits.get(token.source) if token.kind else None
    if not changes:
        return token.raw
    if token.kind in ("number", "short"):
        new = splice(token.text, changes)
        return new if _COUNTED.fullmatch(new) else json.dumps(new, ensure_ascii=ascii_only)
    units = _UNIT.findall(token.raw[1:-1])
    return f'"{splice_units(units, changes, lambda text: json.dumps(text, ensure_ascii=ascii_only)[1:-1])}"'


def tokens(text: str, counts: _Counts, depth: int = 0, holder: Token | None = None) -> Iterator[Token]:
    """All of `text`, which must be valid JSON, in order; `holder` is the string that holds it."""
    stack: list[_Frame] = []
    files = {match.start(): match.end() for match in _BYTES.finditer(text) if is_valid(match[1])}
    objects = _objects(text)
    heads, lists, records = heads_of(text), 0, 0
    has_cards = '"vcard"' in text
    passed = 0
    for match in _TOKEN.finditer(text):
        if match.start() < passed:
            continue
        raw = match[0]
        if match.start() in files and raw == "[":
            passed = files[match.start()]
            lists += 1
            yield Token(text[match.start() : passed], "file")
            continue
        first = raw[0]
        top = stack[-1] if stack else None
        if first == '"':
            if top and top.is_object and top.awaits_key:
                top.key, top.awaits_key = _decoded(raw), False
                number = counts.keys.setdefault(top.key, len(counts.keys))
                yield Token(raw, "string", f"key:{number}", top.key)
            else:
                yield _string(raw, stack, counts, depth, heads)
        elif first in "-0123456789" and raw[-1:].isdigit():
            yield _number(raw, stack, counts, heads)
        else:
            if first in "{[":
                stack.append(_frame(objects.get(match.start()), first == "{", stack, counts, holder))
                if first == "[":
                    stack[-1].header = heads.rows.get(lists, ())
                    if above := heads.single.get(lists):
                        stack[-1].begin_row(above, counts)
                    lists += 1
                else:
                    stack[-1].meant = heads.records.get(records, {})
                    records += 1
                if has_cards and (found := _PROPERTY.match(text, match.start())):
                    stack[-1].hint = LABELS.get(found[1].upper(), "")
            elif first in "}]":
                _end(stack, counts)
            elif first == "," and top:
                top.awaits_key = True
                top.passed += 1
            yield Token(raw)


def _frame(
    found: _Object | None, is_object: bool, stack: Sequence[_Frame], counts: _Counts, holder: Token | None
) -> _Frame:
    """An object or list that begins."""
    path: tuple[str, ...] = ()
    row, listed, inside = None, counts.of_lines, False
    if stack:
        top = stack[-1]
        path, row, listed, inside = top.inner, top.row, not top.is_object, top.of_one
    elif holder:
        row, inside = holder.table, holder.of_one
        path = (f"{row.column}",) if row else ()
    found = found or _Object()
    above: Sequence[str] = ()
    if stack:
        stack[-1].words = None
    if stack and not is_object:
        above = () if stack[-1].is_object else stack[-1].header
        row = counts.row(path) if above else row
    if not stack and not is_object and counts.header:
        above, row = counts.header, counts.row(path)
    if is_object and listed and (not row or (found.of_one and not inside)):
        row = counts.row(path)
    return _Frame(is_object, path, row, found.keys, found.of_one or inside, above=above)


def _end(stack: list[_Frame], counts: _Counts) -> None:
    """A list of names of fields that ends says what the rows beside it hold."""
    ended = stack.pop()
    if not stack and counts.of_lines and counts.header is None:
        counts.header = ended.words if ended.words and are_labels(ended.words) else ()
    if not stack or ended.is_object:
        return
    top = stack[-1]
    if not top.is_object and not top.passed and ended.words and are_labels(ended.words):
        top.header = ended.words


def _objects(text: str) -> dict[int, _Object]:
    """What the keys of each object say, by where it begins: of those in which one says little, or of lists in lists."""
    found: dict[int, _Object] = {}
    if not (_OPEN_KEY.search(text) or _INNER_LIST.search(text, 1)):
        return found
    open_: list[tuple[int, list[str], bool]] = []
    before: re.Match[str] | None = None
    for match in _TOKEN.finditer(text):
        first = match[0][0]
        if first in "{[":
            open_.append((match.start(), [], False))
        elif first in "}]":
            start, keys, of_one = open_.pop()
            of_one = of_one or are_of_one(keys)
            says_little = any(key.casefold() in OPEN for key in keys)
            if of_one or says_little:
                found[start] = _Object(keys if says_little else (), of_one)
            if of_one and first == "}" and open_ and text[open_[-1][0]] == "{":
                open_[-1] = (*open_[-1][:2], True)
        elif first == ":" and before is not None:
            open_[-1][1].append(before[0][1:-1])
        if not first.isspace():
            before = match
    return found


def _string(raw: str, stack: Sequence[_Frame], counts: _Counts, depth: int, heads: Heads) -> Token:
    text = _decoded(raw)
    if text[:1] in ("{", "[") and text[-1:] in ("}", "]") and depth < _DEPTH and _is_json(text):
        table, top = counts.cell(stack), stack[-1] if stack else None
        if top and not table and not top.is_object:
            table = counts.row(top.inner)
        return Token(raw, "nested", "", text, table=table, of_one=bool(top and top.of_one))
    counts.values += 1
    if is_embedded(text):
        return Token(raw, "file")
    if (shorter := without_files(text)) != text:
        counts.files += 1
        raw, text = json.dumps(shorter, ensure_ascii=raw.isascii()), shorter
    labels = _labels(stack, heads)
    if stack and stack[-1].words is not None:
        stack[-1].words.append(text)
    if stack and stack[-1].is_object:
        key = stack[-1].key.casefold()
        if (key in _LABEL_KEYS and is_label(text)) or (key in _TYPE_KEYS and _TYPE.fullmatch(text)):
            stack[-1].hint = text
    source, cell = f"value:{counts.values}", counts.cell(stack)
    return Token(raw, "string", source, text, labels, cell, stretch=_stretch(stack))


def _number(raw: str, stack: Sequence[_Frame], counts: _Counts, heads: Heads) -> Token:
    counts.values += 1
    if stack:
        stack[-1].words = None
    text = plain_number(raw)
    # a short item of a list of numbers: no field says what it is, and only together with others it is one
    is_item = stack and not stack[-1].is_object and not stack[-1].above
    kind = "short" if len(text) < 5 and is_item else "number"
    cell = None if is_item else counts.cell(stack)  # a series says nothing of one
    return Token(raw, kind, f"value:{counts.values}", text, _labels(stack, heads), cell)


def _labels(stack: Sequence[_Frame], heads: Heads) -> tuple[str, ...]:
    """The names on the way to a value, the nearest first."""
    if of_card := _label_of_card(stack):
        return (of_card,)
    names = [frame.key for frame in reversed(stack) if frame.is_object]
    if names and (meant := _meant(stack) or heads.keys.get(names[0])):
        return (meant, *names)[:4]
    if stack and stack[-1].passed < len(stack[-1].above) and (name := stack[-1].above[stack[-1].passed]):
        return (*of_whom(bare(name), stack[-1].above), *names)[:4]
    holder = next((frame for frame in stack[:-3:-1] if frame.is_object), None)
    if holder and holder.hint and names[0].casefold() in _HINTED:
        names.insert(0, holder.hint)
    keys = next((frame.keys for frame in reversed(stack) if frame.is_object), ())
    if names and keys:
        names[:1] = of_whom(names[0], keys, names[1] if len(names) > 1 else "")
    return tuple(names[:4])


def _meant(stack: Sequence[_Frame]) -> str:
    """What the key of a value means in its record."""
    return stack[-1].meant.get(stack[-1].key, "") if stack[-1].is_object else ""


def _label_of_card(stack: Sequence[_Frame]) -> str:
    """That of the property of a contact in which a value stands, behind its name, parameters and type."""
    lists = takewhile(lambda frame: not frame.is_object, reversed(stack))
    return next((frame.hint for frame in lists if frame.hint and frame.passed > _BEFORE_VALUE), "")


def _decoded(raw: str) -> str:
    return _SURROGATE.sub("\ufffd", json.loads(raw, strict=False)) if "\\" in raw else raw[1:-1]


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text, parse_int=str, parse_float=str, parse_constant=str), (dict, list))
    except (ValueError, RecursionError):
        return False
