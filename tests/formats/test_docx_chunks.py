"""Text that a Word document imports when it is opened, from a part of another kind."""

from __future__ import annotations

import base64
import quopri

import pytest
from hostile_docx import _DEFAULTS, _OVERRIDES, _part, content_types, para, relations, run, simple
from planting import Planter, raw_text, replaced, survivors, unzipped, zipped

from deid.errors import UnreadableDocument
from deid.formats import read, text_of, write

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    "text/html": ("htm", lambda name: f"<html><body><p>{name[:1]}<b>{name[1:]}</b>复诊</p></body></html>".encode()),
    "application/xhtml+xml": (
        "xhtml",
        lambda name: f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{name}复诊</p></body></html>'.encode(),
    ),
    "text/plain": ("txt", lambda name: f"{name}复诊".encode("gb18030")),
    "application/rtf": (
        "rtf",
        lambda name: (r"{\rtf1\ansi " + "".join(rf"\u{ord(c)}?" for c in name + "复诊") + "}").encode(),
    ),
    "message/rfc822": ("mht", lambda name: web_archive(name)),
    f"{_WORD}.main+xml": ("docx", lambda name: simple(f"{name}复诊")),
    _WORD: ("docx", lambda name: simple(f"{name}复诊")),
}  # fmt: skip


def web_archive(name):
    page = quopri.encodestring(f"<p>{name}复诊</p>".encode())
    note = base64.encodebytes(f"{name}复诊".encode())
    return (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + page + b"\n--b\n"
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + note + b"--b--\n"
    )  # fmt: skip


def importing(kind, suffix, content):
    return zipped(
        {
            "[Content_Types].xml": content_types(
                {"word/document.xml": _OVERRIDES["word/document.xml"], f"word/chunk.{suffix}": kind},
                _DEFAULTS,
            ),
            "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
            f"word/chunk.{suffix}": content,
            "word/_rels/document.xml.rels": relations(("AltChunkId1", "aFChunk", f"chunk.{suffix}")),
            "word/document.xml": _part(
                "w:document", f'<w:body>{para(run("前文"))}<w:altChunk r:id="AltChunkId1"/></w:body>'
            ),
        }
    )


@pytest.mark.parametrize("kind", KINDS)
def test_imported_text_is_read_and_written(tmp_path, kind):
    suffix, content = KINDS[kind]
    planter = Planter()
    path, out = tmp_path / "a.docx", tmp_path / "b.docx"
    path.write_bytes(importing(kind, suffix, content(planter.name("chunk"))))
    document = read(path, ref="#1")

    write(document, replaced(document, planter.values), out)

    assert survivors(planter.values, (block.text for block in document.blocks())) == {"chunk"}
    assert survivors(planter.values, text_of(out)) == set()
    assert survivors(planter.values, raw_text(out.read_bytes())) == set()
    assert next(block.text for block in read(out, ref="#2").blocks() if "复诊" in block.text) == "〔替〕复诊"
    parts = unzipped(out)
    assert 'altChunk r:id="rId1"' in parts["word/document.xml"].decode().replace("w:", "")
    types = parts["[Content_Types].xml"].decode()
    assert f'ContentType="{kind}"' in types
    assert document.details["removed"] == {}


def test_what_goes_from_imported_text_is_counted(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(importing("text/html", "html", b"<p>a<script>b()</script></p>"))

    assert read(path, ref="#1").details["removed"] == {"script": 1}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("application/pdf", b"%PDF-1.4"),
        ("application/xml", b"<x>1</x>"),
        (_WORD, b"PK not a package"),
        ("text/html", b""),
        ("application/rtf", b"plain"),
    ],
)
def test_a_document_whose_imported_text_cannot_be_read_is_refused(tmp_path, kind, content):
    path = tmp_path / "a.docx"
    path.write_bytes(importing(kind, "bin", content))

    with pytest.raises(UnreadableDocument):
        list(read(path, ref="#1").blocks())
