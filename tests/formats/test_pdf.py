"""PDF files: nothing planted survives, and what is not replaced stays where it was."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from urllib.parse import unquote

import hostile_pdf
import pikepdf
import pypdfium2
import pytest
from pdfminer.high_level import extract_text
from planting import replaced, survivors

from deid.errors import UnreadableDocument
from deid.formats import read, text_of, write


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "hostile.pdf"
    return path, *hostile_pdf.make(path)


@pytest.fixture(scope="module")
def written(planted, tmp_path_factory):
    path, plant, _ = planted
    document = read(path, ref="#0001")
    out = tmp_path_factory.mktemp("pdf") / "out.pdf"
    write(document, replaced(document, plant.values), out)
    return out


def raw(path, codes):
    """Every byte of a PDF in every reading that could spell text: as it stands, decompressed, in objects."""
    parts = [path.read_bytes()]
    with pikepdf.open(path) as pdf:
        for value in pdf.objects:
            if isinstance(value, pikepdf.Stream):
                parts.append(value.read_raw_bytes())
                with suppress(pikepdf.PdfError):
                    parts.append(value.read_bytes())
                    yield spelled(value, codes)
            parts += strings_in(value)
    for part in parts:
        yield unquote(part.decode("utf-8", "replace"))
        yield part.decode("utf-16-be", "replace")
        yield part[1:].decode("utf-16-be", "replace")
        for text in re.findall(rb"<([0-9a-fA-F]{4,})>", part):
            yield bytes.fromhex(text.decode() + "0" * (len(text) % 2)).decode("utf-16-be", "replace")
        yield re.sub(rb"#([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), part).decode("utf-8", "replace")


def spelled(stream, codes):
    """What a content stream shows, one string after the other."""
    with suppress(pikepdf.PdfError, TypeError, ValueError), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = b"".join(
            bytes(part)
            for instruction in pikepdf.parse_content_stream(stream)
            if str(instruction.operator) in ("Tj", "TJ", "'", '"')
            for operand in instruction.operands
            for part in (operand if isinstance(operand, pikepdf.Array) else [operand])
            if isinstance(part, pikepdf.String)
        )
        return "".join(codes.get(int.from_bytes(data[i : i + 2], "big"), "?") for i in range(0, len(data), 2))
    return ""


def strings_in(value):
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.String):
            yield from (bytes(item), str(item).encode())
        elif isinstance(item, pikepdf.Name):
            yield str(item).encode("utf-8", "surrogateescape")
        elif isinstance(item, pikepdf.Array):
            waiting += [part for part in item if isinstance(part, pikepdf.Object) and not part.is_indirect]
        elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            yield from (key.encode("utf-8", "surrogateescape") for key in item.keys())  # noqa: SIM118
            waiting += [
                part for _, part in item.items() if isinstance(part, pikepdf.Object) and not part.is_indirect
            ]


def shown(path):
    document = pypdfium2.PdfDocument(path)
    text = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return re.sub(r"\s", "", "".join(text))


def test_no_planted_value_survives(planted, written):
    _, plant, codes = planted

    assert survivors(plant.values, raw(written, codes)) == set()
    assert survivors(plant.values, [shown(written), re.sub(r"\s", "", extract_text(written))]) == set()
    assert survivors(plant.values, text_of(written)) == set()


def test_the_values_were_there(planted):
    path, plant, codes = planted

    seen = survivors(plant.values, [*raw(path, codes), shown(path)])

    assert set(plant.values.values()) - seen == set()


def test_maps_and_outlines_of_fonts_do_not_spell_the_old_text(planted, written):
    _, plant, _ = planted
    characters = set("".join(value for value in plant.values if not value.isdecimal()))

    with pikepdf.open(written) as pdf:
        maps = [
            value.ToUnicode.read_bytes()
            for value in pdf.objects
            if isinstance(value, pikepdf.Dictionary) and "/ToUnicode" in value
        ]

    assert maps
    for character in characters:
        assert not any(character.encode("utf-16-be").hex().encode() in found for found in maps), character


def test_what_is_not_replaced_stays_where_it_was(planted, written):
    path, *_ = planted

    before, after = (pypdfium2.PdfDocument(file)[0].get_textpage() for file in (path, written))
    places = []
    for page in (before, after):
        found = set()
        search = page.search("患者")
        while hit := search.get_next():
            found.add(tuple(round(edge) for edge in page.get_charbox(hit[0])[:2]))
        places.append(found)

    assert len(places[0]) > 15
    assert len(places[0] & places[1]) >= len(places[0]) - 1


def test_a_file_with_a_password_is_refused(tmp_path):
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(user="secret", owner="other"))

    with pytest.raises(UnreadableDocument, match="encrypted: the PDF has a password"):
        read(path, ref="#0001")


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\n" + bytes(range(256)) * 20, b"no pdf"])
def test_a_damaged_file_is_refused(tmp_path, data):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)

    with pytest.raises(UnreadableDocument, match="corrupt"):
        read(path, ref="#0001")
