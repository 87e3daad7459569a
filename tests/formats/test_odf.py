"""OpenDocument: nothing planted survives, cells agree with what they show, and plain files stay as they are."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
import zlib
from base64 import b64decode, b64encode
from datetime import datetime
from html import unescape
from urllib.parse import unquote

import hostile_odf
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hostile_odf import hostile, package, root
from lxml import etree
from planting import Planter, raw_text, replaced, survivors, unzipped

from deid.errors import EncryptedDocument, UnreadableDocument, UnsupportedDocument
from deid.formats import Options, read, sniff, text_of, write

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
KINDS = ["odt", "ods", "odp"]


def document_of(path, data):
    path.write_bytes(data)
    return read(path, ref="#1")


def shown(path):
    """An extractor of its own: the text of every part without tags."""
    return "".join(
        "".join(etree.fromstring(data).itertext())
        for name, data in unzipped(path).items()
        if name.endswith(".xml")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_planted_survives_in_any_part(tmp_path, kind):
    planter = Planter()
    document, out = document_of(tmp_path / f"a.{kind}", hostile(planter, kind)), tmp_path / f"b.{kind}"

    write(document, replaced(document, planter.values), out)

    found = [*raw_text(out.read_bytes()), *text_of(out, format=kind), shown(out)]
    assert survivors(planter.values, found) == set()
    assert "〔替〕" in shown(out)
    assert set(document.details["removed"]) >= {
        "script",
        "signature",
        "thumbnail",
        "picture",
        "embedded file",
        "unknown element",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_check_before_publication_sees_every_place(tmp_path, kind):
    planter = Planter()
    (tmp_path / f"a.{kind}").write_bytes(hostile(planter, kind))

    seen = survivors(planter.values, text_of(tmp_path / f"a.{kind}", format=kind))

    unseen = {
        "inserted",
        "deleted",
        "comment of XML",
        "instruction",
        "set-up of a printer",
        "key",
        "picture",
        "second picture",
    }
    assert set(planter.values.values()) - seen <= unseen


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["odt", "ods"])  # Impress opens nothing that is so hostile
def test_an_office_program_opens_the_output(tmp_path, kind):
    planter = Planter()
    document, out = document_of(tmp_path / f"a.{kind}", hostile(planter, kind)), tmp_path / f"b.{kind}"
    write(document, replaced(document, planter.values), out)

    text = opened_by_office(out, "f" + kind)

    assert survivors(planter.values, [text, re.sub("<[^>]*>", "", text)]) == set()
    assert "〔替〕" in text


def opened_by_office(path, kind):
    """What LibreOffice makes of a file."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            path.name,
        ],
        cwd=path.parent,
        capture_output=True,
        timeout=120,
        check=True,
    )

    return path.with_suffix(f".{kind}").read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_document_of_an_older_version_still_opens(tmp_path):
    content = root(
        "document-content", "<office:body><office:text><text:p>血压</text:p></office:text></office:body>"
    )
    data = package("odt", {"content.xml": content.replace('version="1.3"', 'version="1.2"')}, version="1.2")
    document, out = document_of(tmp_path / "a.odt", data), tmp_path / "b.odt"

    write(document, {}, out)

    assert "血压" in opened_by_office(out, "fodt")


def test_a_picture_from_the_web_is_no_part_that_is_missing(tmp_path):
    picture = '<draw:frame><draw:image xlink:href="http://a.example/zhangsan.png"/></draw:frame>'
    content = root(
        "document-content",
        f"<office:body><office:text><text:p>{picture}</text:p></office:text></office:body>",
    )
    document, out = (
        document_of(tmp_path / "a.odt", package("odt", {"content.xml": content})),
        tmp_path / "b.odt",
    )

    write(document, replaced(document, ["http://a.example/zhangsan.png"]), out)

    assert b'<draw:image xlink:href="http://' in unzipped(out)["content.xml"]
    assert b"zhangsan" not in unzipped(out)["content.xml"]


@pytest.mark.parametrize("written", ["./Object 1", "./Object%201", "Object 1", "Object 1/", ".//Object 1"])
def test_the_address_of_a_chart_is_the_name_of_its_parts(tmp_path, written):
    """LibreOffice shows nothing where the blank in it is encoded."""
    chart = f'<draw:frame><draw:object xlink:href="{written}"/></draw:frame>'
    parts = {
        "content.xml": root(
            "document-content",
            f"<office:body><office:text><text:p>{chart}</text:p></office:text></office:body>",
        ),
        "Object 1/content.xml": root("document-content", "<office:body/>"),
    }
    document, out = document_of(tmp_path / "a.odt", package("odt", parts)), tmp_path / "b.odt"

    write(document, replaced(document, ["张三"]), out)

    (address,) = re.findall('draw:object xlink:href="([^"]*)"', unzipped(out)["content.xml"].decode())
    assert f"{address.removeprefix('./')}/content.xml" in unzipped(out)


def test_styles_of_a_chart_may_have_no_bytes(tmp_path):
    empty = root("document-content", "<office:body/>")
    parts = {"content.xml": empty, "Object 1/content.xml": empty, "Object 1/styles.xml": ""}
    document, out = document_of(tmp_path / "a.odt", package("odt", parts)), tmp_path / "b.odt"

    write(document, {}, out)

    assert {"content.xml", "Object 1/content.xml"} <= unzipped(out).keys()


@pytest.mark.parametrize("version", ["", "1.2", "1.3", "1.4"])
def test_the_list_of_parts_says_the_same_version(tmp_path, version):
    content = root("document-content", "<office:body><office:text/></office:body>")
    data = package("odt", {"content.xml": content}, version=version)
    document, out = document_of(tmp_path / "a.odt", data), tmp_path / "b.odt"

    write(document, {}, out)

    manifest = etree.fromstring(unzipped(out)["META-INF/manifest.xml"])
    found = [one.get(manifest.tag.replace("}manifest", "}version"), "") for one in (manifest, manifest[0])]
    assert found == [version, version]


@pytest.mark.parametrize("kind", KINDS)
def test_what_holds_nothing_personal_says_the_same_and_has_the_same_parts(tmp_path, kind):
    body = {"odt": "<office:text><text:p>血压<text:s/>正常</text:p></office:text>",
            "ods": '<office:spreadsheet><table:table table:name="Sheet1"><table:table-row><table:table-cell office:value-type="float" office:value="1.50"><text:p>1.5</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>',
            "odp": '<office:presentation><draw:page draw:name="p"><draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame></draw:page></office:presentation>'}[kind]  # fmt: skip
    data = package(
        kind,
        {
            "content.xml": root("document-content", f"<office:body>{body}</office:body>"),
            "styles.xml": root("document-styles", ""),
        },
    )
    document, out = document_of(tmp_path / f"a.{kind}", data), tmp_path / f"b.{kind}"

    write(document, replaced(document, ["张三"]), out)

    before, after = unzipped(tmp_path / f"a.{kind}"), unzipped(out)
    assert list(after) == list(before)
    assert etree.tostring(etree.fromstring(after["content.xml"]), method="c14n") == etree.tostring(
        etree.fromstring(before["content.xml"]), method="c14n"
    )
    assert document.details["removed"] == {}
    with zipfile.ZipFile(out) as result:
        assert (result.namelist()[0], result.infolist()[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)


def sheet(cells, more=""):
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    body = f'<office:body><office:spreadsheet><table:table table:name="张三">{rows}</table:table>{more}</office:spreadsheet></office:body>'
    return package("ods", {"content.xml": root("document-content", body)})


def cell(kind, attributes, text):
    return f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{text}</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("old", "values", "new", "expected"),
    [
        (cell("float", 'office:value="1.3800138E10"', "1.38E+10"), ["13800138000"], "〔号〕", ("string", None, "〔号〕")),
        (cell("float", 'office:value="13800138000"', "13800138000"), ["13800138000"], "13900000000", ("float", "13900000000", "13900000000")),
        (cell("date", 'office:date-value="1987-03-14"', "1987-03-14"), ["1987-03-14"], "1987-05-02", ("date", "1987-05-02", "1987-05-02")),
        (cell("date", 'office:date-value="1987-03-14"', "87年3月"), ["1987-03-14"], "1987", ("string", None, "1987")),
        (cell("date", 'office:date-value="1987-03-14T00:00:00"', "14.3."), ["1987-03-14"], "1987-03", ("string", None, "1987-03")),
        (cell("date", 'office:date-value="1987-03-14T08:30:00"', "14.3."), ["1987-03-14"], "1987-03", ("string", None, "1987-03 08:30:00")),
        (cell("date", 'office:date-value="1987-03-14T08:30:00"', "14.3."), ["1987-03-14"], "1987-05-02", ("date", "1987-05-02T08:30:00", "1987-05-02 08:30:00")),
        (cell("date", 'office:date-value="1987-03-14"', "1987年3月14日"), ["1987年3月14日"], "1987年", ("string", None, "1987年")),
        (cell("string", 'office:string-value="李四"', "李"), ["李四"], "〔名〕", ("string", None, "〔名〕")),
    ],
)  # fmt: skip
def test_a_cell_is_what_it_shows(tmp_path, old, values, new, expected):
    document, out = document_of(tmp_path / "a.ods", sheet([old])), tmp_path / "b.ods"

    write(document, replaced(document, values, new), out)

    found = etree.fromstring(unzipped(out)["content.xml"]).find(".//{*}table-cell")
    value = [
        found.get(key) for key in found.attrib if key.endswith(("}value", "}date-value", "}string-value"))
    ]
    kind = next(found.get(key) for key in found.attrib if key.endswith("value-type"))
    assert (kind, value[0] if value else None, "".join(found.itertext())) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14.03.87", "1987-03"),
        ("3/4/1987 08:30", "1987-03"),
        ("1987年3月14日", "14年3月"),
        ("张三 14.03.87", "14年3月"),
    ],
)
def test_a_day_of_which_only_the_value_tells_the_order_is_that_of_the_value(tmp_path, text, expected):
    old = cell("date", 'office:date-value="1987-03-14"', text)
    document, out = document_of(tmp_path / "a.ods", sheet([old])), tmp_path / "b.ods"
    edits = {**replaced(document, ["1987-03-14"], "1987-03"), **replaced(document, [text], "14年3月")}

    write(document, edits, out)

    assert (
        "".join(etree.fromstring(unzipped(out)["content.xml"]).find(".//{*}table-cell").itertext())
        == expected
    )


def test_a_renamed_sheet_is_renamed_wherever_it_is_named(tmp_path):
    row = cell(
        "float", 'table:formula="of:=SUM([$张三.A1:.B2])+INDIRECT(&quot;x&quot;)" office:value="1"', "1"
    )
    names = '<table:named-expressions><table:named-range table:name="n" table:base-cell-address="$张三.$A$1" table:cell-range-address="$张三.$A$1:.$B$2"/></table:named-expressions>'
    document, out = document_of(tmp_path / "a.ods", sheet([row], names)), tmp_path / "b.ods"

    write(document, replaced(document, ["张三"], "患者/1"), out)

    text = unzipped(out)["content.xml"].decode()
    assert 'table:name="患者_1"' in text
    assert "[$患者_1.A1:.B2]" in text
    assert 'table:cell-range-address="$患者_1.$A$1:.$B$2"' in text
    assert "张三" not in text


def test_cells_know_their_headers_and_neighbours(tmp_path):
    rows = [
        cell("string", "", "姓名") + cell("string", "", "电话"),
        cell("string", "", "李四") + cell("float", 'office:value="13800138000"', "13800138000"),
    ]
    document = document_of(tmp_path / "a.ods", sheet(rows))

    found = {block.text: block for block in document.blocks() if not block.search_only and block.table}

    assert (found["李四"].labels, found["13800138000"].labels) == (("姓名",), ("电话",))
    assert (found["13800138000"].table.row, found["13800138000"].table.column) == (1, 1)


def test_tracked_changes_are_read_in_both_views(tmp_path):
    changes = '<text:tracked-changes><text:changed-region xml:id="a" text:id="a"><text:deletion><text:p>山</text:p></text:deletion></text:changed-region><text:changed-region xml:id="b" text:id="b"><text:insertion/></text:changed-region></text:tracked-changes>'
    line = '<text:p>张<text:change text:change-id="a"/><text:change-start text:change-id="b"/>三<text:change-end text:change-id="b"/>丰</text:p>'
    data = package(
        "odt",
        {
            "content.xml": root(
                "document-content", f"<office:body><office:text>{changes}{line}</office:text></office:body>"
            )
        },
    )
    document, out = document_of(tmp_path / "a.odt", data), tmp_path / "b.odt"

    assert {"张三丰", "张山丰"} <= {block.text for block in document.blocks()}
    write(document, replaced(document, ["张三丰", "张山丰"], "某"), out)

    assert shown(out).strip() == "某"


LINES = {
    "a note": '12<text:note text:id="n1"><text:note-citation>1</text:note-citation></text:note>13800138000',
    "a frame": '12<draw:frame text:anchor-type="as-char"/>13800138000',
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_what_is_no_text_parts_numbers_on_both_sides(tmp_path, line):
    text = root(
        "document-content",
        f"<office:body><office:text><text:p>3楼{line}</text:p></office:text></office:body>",
    )
    document = document_of(tmp_path / "a.odt", package("odt", {"content.xml": text}))

    found = [" ".join(block.text.split()) for block in document.blocks()]

    assert "3楼12 13800138000" in found


UNSEEN = {
    "raised": '<text:span text:style-name="T1">2</text:span>',
    "a hidden variable": '<text:variable-set text:name="x" text:display="none">2</text:variable-set>',
    "hidden text": '<text:hidden-text text:condition="ooow:1" text:string-value="2">2</text:hidden-text>',
}


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN)
def test_text_is_read_without_what_is_not_in_line_with_it(tmp_path, unseen):
    style = '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    text = root(
        "document-content",
        f"<office:automatic-styles>{style}</office:automatic-styles>"
        f"<office:body><office:text><text:p>电话13800138000{unseen}</text:p></office:text></office:body>",
    )
    document = document_of(tmp_path / "a.odt", package("odt", {"content.xml": text}))

    assert {"电话13800138000", "电话138001380002"} <= {block.text for block in document.blocks()}


def test_values_of_cells_that_were_changed_are_read(tmp_path):
    old = '<table:change-track-table-cell office:value-type="float" office:value="13800132497"/>'
    changes = (
        '<table:tracked-changes><table:cell-content-change table:id="c1"><table:cell-address table:column="0" table:row="0" table:table="0"/>'
        f"<table:previous>{old}</table:previous></table:cell-content-change></table:tracked-changes>"
    )
    body = f'<office:body><office:spreadsheet>{changes}<table:table table:name="表"/></office:spreadsheet></office:body>'
    document = document_of(
        tmp_path / "a.ods", package("ods", {"content.xml": root("document-content", body)})
    )

    assert "13800132497" in {block.text for block in document.blocks()}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda parts: parts.pop("content.xml"), "corrupt"),
        (lambda parts: parts.update({"content.xml": parts["content.xml"][:-30]}), "corrupt"),
        (
            lambda parts: parts.update(
                {"content.xml": '<!DOCTYPE a [<!ENTITY n "张三">]>' + parts["content.xml"][39:]}
            ),
            "corrupt",
        ),
        (lambda parts: parts.update({"Pictures/a.png": bytes(200 << 20)}), "bomb"),
    ],
)
def test_damage_and_danger_are_one_clear_reason(tmp_path, change, reason):
    parts = {
        "content.xml": root(
            "document-content", "<office:body><office:text><text:p>张三</text:p></office:text></office:body>"
        )
    }
    change(parts)

    with pytest.raises(UnreadableDocument, match=reason) as error:
        list(document_of(tmp_path / "a.odt", package("odt", parts)).blocks())

    assert "张三" not in str(error.value)


def test_an_encrypted_package_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        target.writestr("content.xml", b"\x00\x01")
        target.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>',
        )

    with pytest.raises(UnreadableDocument, match="encrypted"):
        read(tmp_path / "a.odt", ref="#1")


def test_other_kinds_of_open_document_are_named_as_unsupported(tmp_path):
    (tmp_path / "a.odb").write_bytes(
        package("odt", {"content.xml": "<x/>"}, "application/vnd.oasis.opendocument.base")
    )

    with pytest.raises(UnsupportedDocument):
        read(tmp_path / "a.odb", ref="#1")


@pytest.mark.parametrize("ending", ["", "-template"])
def test_content_says_which_it_is(tmp_path, ending):
    for kind, word in hostile_odf.KINDS.items():
        (tmp_path / "a.zip").write_bytes(
            package(kind, {"content.xml": "<x/>"}, f"application/vnd.oasis.opendocument.{word}{ending}")
        )

        assert sniff(tmp_path / "a.zip") == kind


@pytest.mark.slow
def test_a_large_sheet_is_read_and_written_row_by_row(tmp_path):
    row = cell("string", "", "x") * 10
    document, out = document_of(tmp_path / "a.ods", sheet([row] * 3000)), tmp_path / "b.ods"

    assert sum(block.text == "x" for block in document.blocks()) == 30_000
    write(document, {}, out)

    assert unzipped(out)["content.xml"].count(b"<table:table-cell") == 30_000


def test_the_picture_of_an_object_that_stays_goes_so_that_it_is_drawn_anew(tmp_path):
    """A blank one would be shown instead of the chart or the table."""
    frames = "".join(
        f'<draw:frame><draw:{kind} xlink:href="./Object {n}"/><draw:image xlink:href="./ObjectReplacements/Object {n}"/></draw:frame>'
        for n, kind in enumerate(("object", "object-ole"), 1)
    )
    body = f"<office:body><office:text><text:p>{frames}</text:p></office:text></office:body>"
    parts = {
        "content.xml": root("document-content", body),
        "Object 1/content.xml": root("document-content", "<office:body><office:chart/></office:body>"),
        "ObjectReplacements/Object 1": b"of a chart",
        "Object 2": b"ole",
        "ObjectReplacements/Object 2": b"of another program",
    }
    document, out = document_of(tmp_path / "a.odt", package("odt", parts)), tmp_path / "b.odt"

    write(document, {}, out)

    written = unzipped(out)
    assert "ObjectReplacements/Object 1" not in written
    assert b"ObjectReplacements/Object 1" not in b"".join(written.values())
    assert b'"./Object 1"' in written["content.xml"]
    assert written["ObjectReplacements/Object 2"].startswith(b"\x89PNG")
    assert b"ObjectReplacements/Object 2" in written["content.xml"]
    assert document.details["removed"]["picture"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_flat_files_are_read_and_written_as_packages_are(tmp_path, kind):
    planter = Planter()
    body = hostile_odf.CONTENTS[kind](planter)
    picture = planter.name("picture")
    mimetype = f' office:mimetype="application/vnd.oasis.opendocument.{hostile_odf.KINDS[kind]}"'
    flat = body.replace("document-content", "document").replace(
        ' office:version="1.3"', ' office:version="1.3"' + mimetype, 1
    )
    data = f"<draw:image><office:binary-data>{b64encode(picture.encode()).decode()}</office:binary-data></draw:image>"
    flat = flat.replace('<draw:image xlink:href="./ObjectReplacements/Object 1"/>', data, 1)
    document, out = document_of(tmp_path / f"a.f{kind}", flat.encode()), tmp_path / f"b.f{kind}"

    write(document, replaced(document, planter.values), out)

    text = out.read_text(encoding="utf-8")
    tree = etree.fromstring(text.encode())
    found = [text, unquote(text), "".join(tree.itertext()), *text_of(out, format=f"f{kind}")]
    assert document.format == f"f{kind}"
    assert survivors(planter.values, found) == set()
    assert b64decode(tree.find(".//{*}binary-data").text).startswith(b"\x89PNG")


def locked(password, *, whole=False):
    """A package as LibreOffice encrypts it: part by part, or, since 24.8, the whole of it."""
    secret, salt, vector = hashlib.sha256(password.encode()).digest(), b"s" * 16, b"v" * (12 if whole else 16)
    plain = package(
        "odt",
        {
            "content.xml": root(
                "document-content",
                "<office:body><office:text><text:p>张三</text:p></office:text></office:body>",
            )
        },
    )
    if not whole:
        with zipfile.ZipFile(io.BytesIO(plain)) as source:
            plain = source.read("content.xml")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = packer.compress(plain) + packer.flush()
    if whole:
        key = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=1024).derive(secret)
        data, kind = (
            vector + AESGCM(key).encrypt(vector, plain, None),
            "http://www.w3.org/2009/xmlenc11#aes256-gcm",
        )
        derivation = 'm:key-derivation-name="urn:org:documentfoundation:names:experimental:office:manifest:argon2id" l:argon2-iterations="3" l:argon2-memory="1024" l:argon2-lanes="4"'
    else:
        key = hashlib.pbkdf2_hmac("sha1", secret, salt, 1000, 32)
        padded = plain + bytes((16 - len(plain) % 16,)) * (16 - len(plain) % 16)
        encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
        data, kind = (
            encryptor.update(padded) + encryptor.finalize(),
            "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
        )
        derivation = 'm:key-derivation-name="PBKDF2" m:iteration-count="1000"'
    name = "encrypted-package" if whole else "content.xml"
    checksum = b64encode(hashlib.sha256(plain[:1024]).digest()).decode()
    manifest = f"""<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" xmlns:l="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"><m:file-entry m:full-path="{name}">
<m:encryption-data m:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" m:checksum="{checksum}"><m:algorithm m:algorithm-name="{kind}" m:initialisation-vector="{b64encode(vector).decode()}"/>
<m:start-key-generation m:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" m:key-size="32"/><m:key-derivation {derivation} m:key-size="32" m:salt="{b64encode(salt).decode()}"/></m:encryption-data></m:file-entry></m:manifest>"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        target.writestr(name, data)
        target.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


@pytest.mark.parametrize("whole", [False, True])
def test_a_package_with_a_password_is_opened_with_it_and_written_without(tmp_path, whole):
    path, out = tmp_path / "a.odt", tmp_path / "b.odt"
    path.write_bytes(locked("密码", whole=whole))
    document = read(path, ref="#1", options=Options(passwords=("x", "密码")))

    write(document, replaced(document, ["张三"]), out)

    assert shown(out).strip() == "〔替〕"
    assert document.details["removed"] == {"password": 1}
    with pytest.raises(EncryptedDocument, match="none of the passwords"):
        read(path, ref="#1", options=Options(passwords=("x",)))


def test_an_id_that_is_there_twice_is_no_damage(tmp_path):
    body = '<office:body><office:text><text:p xml:id="a">张三</text:p><text:p xml:id="a">李四</text:p></office:text></office:body>'
    document, out = (
        document_of(tmp_path / "a.odt", package("odt", {"content.xml": root("document-content", body)})),
        tmp_path / "b.odt",
    )

    write(document, replaced(document, ["张三"]), out)

    assert {"〔替〕", "李四"} <= {block.text for block in read(out, ref="#2").blocks()}


def test_what_stands_in_a_mark_goes_with_all_it_holds(tmp_path):
    inner = "<text:tab>张三<office:scripts>李四</office:scripts><text:span>王五</text:span></text:tab>复诊"
    body = f"<office:body><office:text><text:p>患者{inner}</text:p></office:text></office:body>"
    path, out = tmp_path / "a.odt", tmp_path / "b.odt"
    document = document_of(
        path, hostile_odf.package("odt", {"content.xml": hostile_odf.root("document-content", body)})
    )

    write(document, {}, out)

    content = unzipped(out)["content.xml"].decode()
    assert not any(name in content for name in ("张三", "李四", "王五"))
    assert "复诊" in content


@pytest.mark.parametrize(
    ("left", "begins"),
    [
        ("2024-04", "2024-04-"),
        ("2024", "2024-"),
        ("〔日期1〕", "1970-01-01"),
        ("2024-03-01T08:09:10", "2024-03-01"),
    ],
)
def test_a_comment_has_a_moment_whatever_is_left_of_it_and_it_is_not_the_old_one(tmp_path, left, begins):
    moment = "2024-04-17T10:15:00.123"
    comment = f"<office:annotation><dc:creator>x</dc:creator><dc:date>{moment}</dc:date></office:annotation>"
    body = f"<office:body><office:text><text:p>{comment}</text:p></office:text></office:body>"
    document = document_of(
        tmp_path / "a.odt", package("odt", {"content.xml": root("document-content", body)})
    )

    write(document, replaced(document, [moment], left), tmp_path / "b.odt")

    [said] = re.findall("<dc:date>(.*?)</dc:date>", unzipped(tmp_path / "b.odt")["content.xml"].decode())
    assert said.startswith(begins)
    assert datetime.fromisoformat(said).date() != datetime.fromisoformat(moment).date()


@pytest.mark.parametrize("value", ["13.11.2008", "2008-11-13", "139-1234-5678"])
def test_a_constant_without_quotes_goes_from_the_formula_of_a_field(tmp_path, value):
    field = f'<text:variable-input text:name="d" text:formula="ooow:{value}" office:value-type="string" office:string-value="{value}"/>'
    body = f"<office:body><office:text><text:p>{field}</text:p></office:text></office:body>"
    document = document_of(
        tmp_path / "a.odt", package("odt", {"content.xml": root("document-content", body)})
    )

    write(document, replaced(document, [value]), tmp_path / "b.odt")

    text = unzipped(tmp_path / "b.odt")["content.xml"].decode()
    assert value not in text
    assert 'ooow:"〔替〕"' in unescape(text)


@pytest.mark.parametrize("kind", ["text-web", "text-master", "text-template"])
def test_texts_of_other_kinds_are_texts(tmp_path, kind):
    body = root(
        "document-content", "<office:body><office:text><text:p>张三</text:p></office:text></office:body>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    document = document_of(tmp_path / "a.odt", package("odt", {"content.xml": body}, mimetype))

    write(document, replaced(document, ["张三"]), tmp_path / "b.odt")

    assert document.format == "odt"
    assert unzipped(tmp_path / "b.odt")["mimetype"].decode() == mimetype


def written_by(formula):
    return f"<table:table-cell table:formula='{formula}'/>"


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([cell("string", "", "欧阳") + written_by("of:=[.A1]&amp;[.A2]"), cell("string", "", "明月")], "欧阳明月"),
        ([cell("float", 'office:value="139"', "139") + cell("float", 'office:value="12345678"', "1.2E+7") + written_by("of:=CONCATENATE([.$A$1];[.B1])")], "13912345678"),
        ([cell("string", "", "139") + written_by('of:=COM.MICROSOFT.TEXTJOIN("";TRUE();[.A1];"1234";[.C1])') + cell("string", "", "5678")], "13912345678"),
        ([cell("string", "", "139") + cell("string", 'table:number-columns-repeated="2"', "5678") + written_by('of:=IF([.A1]="";"";COM.MICROSOFT.CONCAT([.A1:.C1]))')], "13956785678"),
        ([cell("string", "", "x")] * 300 + [cell("string", "", "139") + cell("string", "", "12345678") + written_by("oooc:=[.A301]&amp;[.B301]")], "13912345678"),
        ([written_by('of:="东方"&amp;"永恒"')], "东方永恒"),
    ],
)  # fmt: skip
def test_what_a_formula_of_a_sheet_puts_together_is_read_though_no_result_is_there(tmp_path, rows, value):
    document, out = document_of(tmp_path / "a.ods", sheet(rows)), tmp_path / "b.ods"

    write(document, replaced(document, [value]), out)

    assert value in {block.text for block in document.blocks() if not block.table}
    content = unzipped(out)["content.xml"].decode()
    assert not any(part in content for part in (value[:2], value[-2:], "139", "1234", "5678"))


def test_a_text_that_formulas_put_before_several_values_is_replaced_for_each(tmp_path):
    rows = [cell("string", "", f"1234567{n}") + written_by(f'of:="139"&amp;[.A{n}]') for n in (1, 2)]
    document, out = document_of(tmp_path / "a.ods", sheet(rows)), tmp_path / "b.ods"

    write(
        document, replaced(document, ["13912345671"], "甲") | replaced(document, ["13912345672"], "乙"), out
    )

    content = unzipped(out)["content.xml"].decode()
    assert ['"甲"' in content, '"乙"' in content, "1234567" in content] == [True, True, False]


@pytest.mark.parametrize("formula", ["of:=SUM([.A1:.B1])&amp;[.C1]", "of:=[.A1]*[.B1]&amp;[.C1]"])
def test_cells_that_a_formula_of_a_sheet_reckons_with_stay_apart(tmp_path, formula):
    row = "".join(cell("float", f'office:value="{n}"', n) for n in ("1350", "1200", "15021"))
    document = document_of(tmp_path / "a.ods", sheet([row + written_by(formula)]))

    assert not any(block.text == "1350120015021" and not block.table for block in document.blocks())


@pytest.mark.parametrize(
    ("declared", "line", "expected"),
    [
        (
            '<text:user-field-decl text:name="a" office:value-type="string" office:string-value="1391234"/>'
            '<text:user-field-decl text:name="b" office:value-type="float" office:value="5678"/>'
            '<text:user-field-decl text:name="c" office:value-type="float" office:value="5678"/>',
            '<text:user-field-get text:name="a">1391234</text:user-field-get><text:user-field-input text:name="b">5678</text:user-field-input>',
            ['office:string-value="〔替〕"', 'office:string-value=""'],
        ),
        (
            "",
            '<text:variable-set text:name="a" text:formula="ooow:&quot;1391234&quot;" office:value-type="string">1391234</text:variable-set>'
            '<text:expression text:formula="ooow:5670+8" office:value-type="float" office:value="5678">5678</text:expression>',
            ['text:formula="ooow:"〔替〕""', 'office:string-value="〔替〕"', 'text:formula="ooow:"""'],
        ),
    ],
)
def test_what_goes_from_a_field_goes_from_where_it_is_declared_and_reckoned(
    tmp_path, declared, line, expected
):
    body = f"<text:user-field-decls>{declared}</text:user-field-decls><text:p>电话：{line}，5678步</text:p>"
    text = root("document-content", f"<office:body><office:text>{body}</office:text></office:body>")
    document = document_of(tmp_path / "a.odt", package("odt", {"content.xml": text}))

    write(document, replaced(document, ["13912345678"]), tmp_path / "b.odt")

    content = unescape(unzipped(tmp_path / "b.odt")["content.xml"].decode()).replace("'", '"')
    assert "1391234" not in content
    assert all(one in content for one in expected)
    assert ('text:name="c" office:value-type="float" office:value="5678"' in content) is bool(declared)
    assert "，5678步" in content


@pytest.mark.parametrize("kind", ["odt", "ods"])
def test_the_lines_of_a_cell_are_read_together(tmp_path, kind):
    lines = "<text:p>1391234</text:p><text:p>5678</text:p>"
    cell = '<table:table-cell office:value-type="string">{}</table:table-cell>'
    rows = f"<table:table-row>{cell.format('<text:p>电话</text:p>')}</table:table-row><table:table-row>{cell.format(lines)}</table:table-row>"
    body = f'<table:table table:name="表">{rows}</table:table>'
    inner = "spreadsheet" if kind == "ods" else "text"
    text = root("document-content", f"<office:body><office:{inner}>{body}</office:{inner}></office:body>")
    document = document_of(tmp_path / f"a.{kind}", package(kind, {"content.xml": text}))

    write(document, replaced(document, ["13912345678"]), tmp_path / f"b.{kind}")

    content = unzipped(tmp_path / f"b.{kind}")["content.xml"].decode()
    assert "<text:p>〔替〕</text:p><text:p></text:p>" in content


@pytest.mark.parametrize(("first", "second"), [("甲", "乙"), ("甲" * 300, "乙")])
def test_paragraphs_of_a_cell_are_lines_and_a_row_and_no_view_is_another(tmp_path, first, second):
    cell = f"<table:table-cell><text:p>{first}</text:p><text:p>{second}</text:p></table:table-cell>"
    table = f'<table:table table:name="a"><table:table-row>{cell}</table:table-row></table:table>'
    content = root(
        "document-content", f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    )

    blocks = list(document_of(tmp_path / "a.ods", package("ods", {"content.xml": content})).blocks())

    assert len({block.id for block in blocks}) == len(blocks)
    assert [block.text for block in blocks].count("a") == 1
    assert len([block for block in blocks if block.search_only]) == 2


def test_a_vocabulary_that_is_called_like_somebody_gets_a_name_that_says_nothing(tmp_path):
    text = root(
        "document-content", "<office:body><office:text><text:p>甲</text:p></office:text></office:body>"
    )
    renamed = text.replace("xmlns:text=", "xmlns:zhangsan=").replace("text:p>", "zhangsan:p>")
    document = document_of(tmp_path / "a.odt", package("odt", {"content.xml": renamed}))

    write(document, {}, tmp_path / "b.odt")

    content = unzipped(tmp_path / "b.odt")["content.xml"]
    assert b"zhangsan" not in content
    assert etree.fromstring(content).xpath("string(.)") == "甲"


@pytest.mark.parametrize("kind", ["odt", "ods", "odp"])
@pytest.mark.parametrize(
    ("value", "new", "kept"),
    [
        ("2024-05-03", "2024-05", "2024-05-(?!03)[0-3][0-9]T00:00:00"),
        ("2024-05-03T10:20:30.123000000", "〔日期1〕", "1970-01-01T00:00:00"),
        ("2024-05-03", "2024-02-02", "2024-02-02T10:20:30.123000000"),
    ],
)
def test_the_day_of_a_comment_stays_one(tmp_path, kind, value, new, kept):
    note = "<office:annotation><dc:date>2024-05-03T10:20:30.123000000</dc:date><text:p>一</text:p></office:annotation>"
    body = {
        "odt": f"<office:text><text:p>{note}二</text:p></office:text>",
        "ods": f'<office:spreadsheet><table:table table:name="a"><table:table-row><table:table-cell>{note}</table:table-cell></table:table-row></table:table></office:spreadsheet>',
        "odp": f"<office:presentation><draw:page>{note}</draw:page></office:presentation>",
    }[kind]
    path = tmp_path / f"a.{kind}"
    path.write_bytes(
        package(kind, {"content.xml": root("document-content", f"<office:body>{body}</office:body>")})
    )
    document = read(path, ref="#1")

    write(document, replaced(document, [value], new), tmp_path / "b")

    assert re.search(f"<dc:date>{kept}</dc:date>", unzipped(tmp_path / "b")["content.xml"].decode())


def test_a_field_of_a_day_says_no_moment_that_is_none(tmp_path):
    field = '<text:date text:fixed="true" text:date-value="2024-05-03">三日</text:date>'
    body = f"<office:body><office:text><text:p>{field}</text:p></office:text></office:body>"
    path = tmp_path / "a.odt"
    path.write_bytes(package("odt", {"content.xml": root("document-content", body)}))
    document = read(path, ref="#1")

    write(document, replaced(document, ["2024-05-03"], "2024-05"), tmp_path / "b")

    assert "date-value" not in unzipped(tmp_path / "b")["content.xml"].decode()
