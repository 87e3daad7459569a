"""A whole package: its blocks, and the package written again with edits put in."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO
from urllib.parse import quote

from lxml import etree

from deid.formats import pictures
from deid.formats.ooxml import book as books
from deid.formats.ooxml import chunks, formulas, sheet
from deid.formats.ooxml.charts import Told, is_chart, told_by_chart
from deid.formats.ooxml.markup import Edits, Scope, Walk, apply, readable
from deid.formats.ooxml.numbering import lists_of
from deid.formats.ooxml.origins import origins_of
from deid.formats.ooxml.package import Package, Part, Relation, is_web
from deid.formats.ooxml.paragraphs import blocks as tree_blocks
from deid.formats.ooxml.sheetwriter import SheetWriter
from deid.formats.ooxml.tidying import refresh_pivot, tidy
from deid.formats.ooxml.xml import Element, clean, new_root, serialize, short
from deid.formats.rows import Done
from deid.formats.stacking import with_stacks
from deid.formats.strips import Strips
from deid.types import Strip, TextBlock, splice

_PICTURES = {"png": "image/png", "jpg": "image/jpeg"}
_TREES = ("markup", "workbook", "vml")
_DATE = (1980, 1, 1, 0, 0, 0)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_SAFE = ":/?#[]@!$&'()*+,;=-._~%"


def strips(package: Package, counter: Strips, prefix: str = "", told: Sequence[Told] = ()) -> Iterator[Strip]:
    """The text of a package, embedded documents included, strip by strip: those that are wanted.

    `told` is what a chart calls the cells of a workbook that is embedded for it.
    """
    scope = Scope(prefix, hiding=package.hiding_styles)
    book = books.Book(prefix)
    if package.format == "xlsx":
        book, _ = books.load(package, prefix, None)
        scope.names = book.names
        yield from counter.each(book.blocks())
    yield from counter.each(_addresses(package.relations, "package", scope))
    charted: dict[str, list[Told]] = {}
    lists, origins = None, None
    if package.format == "docx":
        lists, origins = lists_of(package, prefix), origins_of(package, prefix)
    for part in package.parts:
        if part.kind in _TREES:
            root = package.tree(part)
            tidy(root, part, package.code_styles)
            if is_chart(root):
                for relation in part.relations:
                    charted.setdefault(relation.target, []).extend(told_by_chart(root))
            walk = Walk(part, scope)
            found = tree_blocks(root, walk.walk(root), walk, scope.names, lists, origins)
            yield from counter.each(with_stacks(found))
        elif part.kind == "sheet":
            yield from sheet.strips(package, part, book, scope, counter, told)
        elif part.kind == "package":
            inner = package.nested(part)
            yield from strips(inner, counter, f"{prefix}{part.number}/", charted.get(part.name, ()))
        elif part.kind == "chunk":
            held = chunks.member(package, part, prefix)
            yield from counter.each(held.blocks(f"{part.title}, imported text"))
        elif part.kind == "image":
            found = pictures.blocks_in(package.read(part), f"{prefix}{part.number}@", part.title)
            yield from counter.each(found)
        yield from counter.each(_addresses(part.relations, part.title, scope))
    yield from counter.each(sheet.across(package, book, scope))


def _addresses(relations: list[Relation], title: str, scope: Scope) -> Iterator[TextBlock]:
    for relation in relations:
        if relation.external and is_web(relation.target):
            source, first = scope.shared("link", relation.target)
            if first:
                yield TextBlock(source, readable(relation.target), f"{title}, link")


def rewrite(
    package: Package, edits: Edits, target: str | IO[bytes], prefix: str = "", *, done: Done | None = None
) -> Counter[str]:
    """Write the package with edits by source. Every byte is made anew; time stamps are 1980. Rows of sheets that are `done`
    are written as they are.

    Comes back with what turned out to be withheld, by kind: pictures that became blank because nobody can read
    what is in them, and drawings that may be letters.
    """
    lost: Counter[str] = Counter()
    scope = Scope(prefix)
    book = books.Book(prefix)
    if package.format == "xlsx":
        book, edits = books.load(package, prefix, edits)
        scope.names = book.names
    elif any(source.startswith(f"{prefix}ref:") for source in edits):
        scope.references = _references(package, edits, prefix)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        _put(out, "[Content_Types].xml", _content_types(package))
        _put(out, "_rels/.rels", _relationships(package, package.relations, scope, edits))
        for part in package.parts:
            if part.kind in _TREES:
                _put(out, part.written, _tree(package, part, scope, edits, lost))
            elif part.kind == "sheet":
                writer = SheetWriter(package, part, book, edits, scope, done)
                with out.open(_info(part.written), "w", force_zip64=True) as handle:
                    writer.write(handle)
                lost["code"] += writer.codes
            elif part.kind == "package":
                buffer = BytesIO()
                lost += rewrite(package.nested(part), edits, buffer, f"{prefix}{part.number}/", done=done)
                _put(out, part.written, buffer.getvalue())
            elif part.kind == "chunk":
                _put(out, part.written, chunks.member(package, part, prefix).written(edits, lost) or b"")
            elif part.kind == "image":
                lost["picture"] += _picture(out, package, part, edits, f"{prefix}{part.number}@")
            relations = _relationships(
                package, part.relations, scope, edits
            )  # after the tree, as when reading
            if part.relations:
                folder, _, base = part.written.rpartition("/")
                _put(out, f"{folder}/_rels/{base}.rels".lstrip("/"), relations)
        for part in package.parts:  # last: by now it is known which strings are still in use
            if part.kind == "strings":
                with out.open(_info(part.written), "w", force_zip64=True) as handle:
                    for data in books.write_strings(package, part, book.used):
                        handle.write(data)
    return lost


def _picture(out: zipfile.ZipFile, package: Package, part: Part, edits: Edits, id: str) -> bool:
    """Whether a picture became blank that had seemed to be readable."""
    data = package.read(part)
    made, shown = pictures.painted_or_blank(data, edits, id, part.written.rpartition(".")[2])
    _put(out, part.written, made)
    return not shown and pictures.is_readable(data[:12])


def _tree(package: Package, part: Part, scope: Scope, edits: Edits, lost: Counter[str]) -> bytes:
    root = package.tree(part)
    lost += tidy(root, part, package.code_styles)
    apply(Walk(part, scope).walk(root), edits, scope)
    refresh_pivot(root)
    if part.kind == "workbook" and edits:
        _calculate_on_load(root)
    return serialize(root)


def _calculate_on_load(root: Element) -> None:
    """Results that were taken out are reckoned again by the program that opens the file."""
    for element in root:
        if short(element.tag) == "x:calcPr":
            element.set("fullCalcOnLoad", "1")
            return
    before = {
        "x:fileVersion",
        "x:fileSharing",
        "x:workbookPr",
        "x:workbookProtection",
        "x:bookViews",
        "x:sheets",
    }
    before |= {"x:functionGroups", "x:externalReferences", "x:definedNames"}
    place = max((index for index, child in enumerate(root) if short(child.tag) in before), default=-1)
    root.insert(place + 1, etree.Element(root.tag.rpartition("}")[0] + "}calcPr", {"fullCalcOnLoad": "1"}))


def _references(package: Package, edits: Edits, prefix: str) -> dict[str, str]:
    """Bookmarks and variables that get another name, old → new."""
    scope = Scope(prefix)
    renamed: dict[str, str] = {}
    list(_addresses(package.relations, "", scope))  # gives out the same numbers as when reading
    for part in package.parts:
        if part.kind in _TREES:
            root = package.tree(part)
            tidy(root, part, package.code_styles)
            for site in Walk(part, scope).walk(root):
                if site.kind == "reference" and site.source in edits and site.text not in renamed:
                    taken = {name.casefold() for name in renamed.values()}
                    renamed[site.text] = formulas.identifier(
                        splice(site.text, edits[site.source])[:36], taken
                    )
        list(_addresses(part.relations, "", scope))
    return renamed


def _relationships(package: Package, relations: list[Relation], scope: Scope, edits: Edits) -> bytes:
    root = new_root(_RELATIONSHIPS, "Relationships")
    for relation in relations:
        element = etree.SubElement(
            root, f"{{{_RELATIONSHIPS}}}Relationship", Id=relation.id, Type=relation.type
        )
        if not relation.external:
            part = package.part(relation.target)
            element.set("Target", f"/{part.written}" if part else "")
            continue
        element.set("Target", _address(relation, scope, edits))
        if not relation.target.startswith("#"):
            element.set("TargetMode", "External")
    return serialize(root)


def _address(relation: Relation, scope: Scope, edits: Edits) -> str:
    if not is_web(relation.target):
        return "about:blank"
    source, _ = scope.shared("link", relation.target)
    if source not in edits and not relation.target.startswith("#"):
        return relation.target
    text = splice(readable(relation.target), edits.get(source, ()))
    if relation.target.startswith("#"):
        text = "#" + scope.references.get(text[1:], formulas.rewritten(text[1:], scope.names, {}))
        if text == relation.target:
            return text
    return quote(clean(text), safe=_SAFE)


def _content_types(package: Package) -> bytes:
    root = new_root(_CONTENT_TYPES, "Types")
    for extension, kind in (("rels", _RELATIONSHIPS_TYPE), ("xml", "application/xml"), *_PICTURES.items()):
        etree.SubElement(root, f"{{{_CONTENT_TYPES}}}Default", Extension=extension, ContentType=kind)
    for part in package.parts:
        kind = part.content_type if part.kind != "image" else ""
        if kind and kind not in ("application/xml", "text/xml"):
            etree.SubElement(
                root, f"{{{_CONTENT_TYPES}}}Override", PartName=f"/{part.written}", ContentType=kind
            )
    return serialize(root)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    return info


def _put(out: zipfile.ZipFile, name: str, data: bytes) -> None:
    out.writestr(_info(name), data)
