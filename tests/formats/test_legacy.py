"""Old binary Office files: converted in a private folder, checked, and nothing is left of them on the disk."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from types import SimpleNamespace

import docx
import openpyxl
import pytest
from compound import compound
from hostile_docx import simple
from hostile_odf import package, root
from openpyxl.chart import BarChart, Reference
from planting import Planter, raw_text, replaced, survivors, unzipped, zipped

from deid.batch.run import run_folder
from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats import legacy, read, sniff, text_of, write
from deid.formats import workplace as workplaces
from deid.formats.files import Held
from deid.formats.options import Options
from deid.formats.workplace import workplace

pytestmark = pytest.mark.slow

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="a script for a shell")


def text_document(planter):
    n = planter.name
    more = f"""<text:p><text:bookmark text:name="{n("bookmark")}"/><text:a xlink:href="http://example.com/{n("link")}">{n("text of a link")}</text:a>
<text:note text:note-class="endnote"><text:note-citation>2</text:note-citation><text:note-body><text:p>{n("endnote")}</text:p></text:note-body></text:note>
<draw:frame draw:name="f" svg:width="5cm" svg:height="1cm" text:anchor-type="paragraph"><draw:text-box><text:p>{n("text box")}</text:p></draw:text-box><svg:title>{n("title of a box")}</svg:title><svg:desc>{n("description of a box")}</svg:desc></draw:frame></text:p>
<text:section text:name="s" text:display="none"><text:p>{n("hidden section")}</text:p></text:section>"""
    changed = f"""<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>{n("reviser")}</dc:creator><dc:date>2023-05-06T10:00:00</dc:date></office:change-info><text:p>{n("deleted")}</text:p></text:deletion></text:changed-region></text:tracked-changes>"""
    body = f"""<office:body><office:text>{changed}{more}<text:p>x<text:change text:change-id="c1"/>y</text:p><text:p>{n("body")}<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{n("note")}</text:p></text:note-body></text:note>
<office:annotation><dc:creator>{n("commentator")}</dc:creator><text:p>{n("comment")}</text:p></office:annotation></text:p><table:table table:name="t"><table:table-column/><table:table-row><table:table-cell><text:p>{n("cell")}</text:p></table:table-cell></table:table-row></table:table></office:text></office:body>"""
    master = f'<office:automatic-styles><style:page-layout style:name="pm1"><style:header-style/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header><text:p>{n("header")}</text:p></style:header><style:footer><text:p>{n("footer")}</text:p></style:footer></style:master-page></office:master-styles>'
    meta = f"""<office:meta><dc:title>{n("title")}</dc:title><dc:subject>{n("subject")}</dc:subject><meta:keyword>{n("keyword")}</meta:keyword><meta:user-defined meta:name="{n("property")}">{n("value of a property")}</meta:user-defined><meta:initial-creator>{n("author")}</meta:initial-creator></office:meta>"""
    return package(
        "odt",
        {
            "content.xml": root("document-content", body),
            "styles.xml": root("document-styles", master),
            "meta.xml": root("document-meta", meta),
        },
    )


def workbook(planter):
    n = planter.name
    hidden = '<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    validation = f"""<table:content-validations><table:content-validation table:name="v" table:condition="of:cell-content-is-in-list(&quot;{n("choice")}&quot;)" table:base-cell-address="x.A1"><table:help-message table:title="{n("title of help")}" table:display="true"><text:p>{n("help")}</text:p></table:help-message></table:content-validation></table:content-validations>"""
    more = f"""<table:table table:name="{n("hidden sheet")}" table:style-name="ta2"><table:table-row table:visibility="collapse"><table:table-cell office:value-type="string" table:content-validation-name="v"><text:p>{n("hidden row")}</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p><text:a xlink:href="http://example.com/{n("link")}">{n("text of a link")}</text:a></text:p></table:table-cell></table:table-row></table:table>
<table:named-expressions><table:named-expression table:name="e" table:expression="of:=&quot;{n("named expression")}&quot;"/></table:named-expressions>"""
    body = f"""{hidden}<office:body><office:spreadsheet>{validation}<table:table table:name="{n("sheet")}"><table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>{n("comment")}</text:p></office:annotation><text:p>{n("cell")}</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="{planter.phone("number")}"><text:p>1</text:p></table:table-cell><table:table-cell office:value-type="string" table:formula="of:=&quot;{n("formula")}&quot;"><text:p>x</text:p></table:table-cell></table:table-row></table:table>{more}</office:spreadsheet></office:body>"""
    meta = f"<office:meta><dc:title>{n('title')}</dc:title><meta:initial-creator>{n('author')}</meta:initial-creator></office:meta>"
    return package(
        "ods", {"content.xml": root("document-content", body), "meta.xml": root("document-meta", meta)}
    )


def slides(planter):
    n = planter.name
    hidden = '<office:automatic-styles><style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style></office:automatic-styles>'
    more = f"""<draw:page draw:name="{n("name of a slide")}" draw:style-name="dp2" draw:master-page-name="Default"><draw:g><draw:rect svg:width="9cm" svg:height="3cm" svg:x="1cm" svg:y="5cm"><svg:title>{n("title of a shape")}</svg:title><svg:desc>{n("description of a shape")}</svg:desc><text:p>{n("shape in a group")}</text:p></draw:rect></draw:g>
<draw:frame svg:width="9cm" svg:height="3cm" svg:x="1cm" svg:y="9cm"><draw:text-box><text:p><text:a xlink:href="http://example.com/{n("link")}">{n("text of a link")}</text:a></text:p></draw:text-box></draw:frame></draw:page>"""
    body = f"""{hidden}<office:body><office:presentation>{more}<draw:page draw:name="p" draw:master-page-name="Default"><draw:frame svg:width="9cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>{n("text")}</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame svg:width="9cm" svg:height="3cm" presentation:class="notes"><draw:text-box><text:p>{n("notes")}</text:p></draw:text-box></draw:frame></presentation:notes></draw:page></office:presentation></office:body>"""
    master = '<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="pm1"/></office:master-styles>'
    meta = f"<office:meta><dc:title>{n('title')}</dc:title><meta:initial-creator>{n('author')}</meta:initial-creator></office:meta>"
    return package(
        "odp",
        {
            "content.xml": root("document-content", body),
            "styles.xml": root("document-styles", master),
            "meta.xml": root("document-meta", meta),
        },
    )


LOST = {
    "title of a box",
    "description of a box",
    "title of a shape",
    "description of a shape",
    "name of a slide",
}
"""What LibreOffice does not write into old files."""


def made(tmp_path, name, data, source):
    """A file of an old kind, as LibreOffice writes it."""
    (tmp_path / f"a.{source}").write_bytes(data)
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            name,
            f"a.{source}",
        ],
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=True,
    )
    return tmp_path / f"a.{name}"


@needs_office
@pytest.mark.parametrize(
    ("make", "source", "name", "new"),
    [(text_document, "odt", "doc", "docx"), (workbook, "ods", "xls", "xlsx"), (slides, "odp", "ppt", "pptx")],
)
def test_nothing_planted_survives_and_the_output_is_of_the_new_format(tmp_path, make, source, name, new):
    planter = Planter()
    path, out, folder = (
        made(tmp_path, name, make(planter), source),
        tmp_path / f"b.{new}",
        tmp_path / "office",
    )

    assert sniff(path) == name
    document = read(path, ref="#1", options=Options(folder=str(folder)))
    write(document, replaced(document, planter.values), out)

    found = list(raw_text(out.read_bytes()))
    seen = survivors(planter.values, [block.text for block in document.blocks()])
    assert set(planter.values.values()) - seen <= LOST
    assert document.format == new
    assert document.details["removed"][f"{name} format"] == 1
    assert survivors(planter.values, [*found, *text_of(out, format=new)]) == set()
    assert "〔替〕" in "".join(found)
    originals = [one for one in folder.rglob("*") if one.is_file() and "profile" not in one.parts]
    assert originals == []


@needs_office
def test_charts_of_old_workbooks_stay(tmp_path):
    book, data = openpyxl.Workbook(), io.BytesIO()
    for row in (("张三丰", 1), ("x", 2)):
        book.active.append(row)
    chart = BarChart()
    chart.title = "张三丰"
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=2))
    book.active.add_chart(chart)
    book.save(data)
    document = read(made(tmp_path, "xls", data.getvalue(), "xlsx"), ref="#1")

    write(document, replaced(document, ["张三丰"]), tmp_path / "b.xlsx")

    drawn = unzipped(tmp_path / "b.xlsx")["xl/charts/chart1.xml"].decode()
    assert "〔替〕" in drawn
    assert "张三丰" not in drawn


@needs_office
def test_a_damaged_file_is_one_clear_reason(tmp_path):
    path = made(tmp_path, "doc", text_document(Planter()), "odt")
    path.write_bytes(path.read_bytes()[:5000])

    with pytest.raises(UnreadableDocument, match="corrupt"):
        read(path, ref="#1", options=Options(folder=str(tmp_path / "office")))


def old_file(tmp_path, monkeypatch, script):
    """A file that counts as an old one, and a program that stands for LibreOffice."""
    path, fake = tmp_path / "a.doc", tmp_path / "soffice"
    path.write_bytes(legacy_head())
    fake.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    fake.chmod(0o700)
    monkeypatch.setattr(legacy, "program", lambda: str(fake))
    monkeypatch.setattr(legacy, "kind_of", lambda _: legacy._WORD)
    return path


def legacy_head():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@needs_posix
def test_a_conversion_that_hangs_is_ended_with_its_children(tmp_path, monkeypatch):
    script = f"echo $$ > {tmp_path}/pid; sleep 300 & echo $! > {tmp_path}/child; wait"
    path = old_file(tmp_path, monkeypatch, script)
    monkeypatch.setattr(legacy, "_SECONDS", 1)

    with pytest.raises(UnreadableDocument, match="more than 1 s"):
        read(path, ref="#1", options=Options(folder=str(tmp_path / "office")))

    assert list((tmp_path / "office").iterdir()) == []
    for name in ("pid", "child"):
        assert has_ended(int((tmp_path / name).read_text()))


def has_ended(process):
    for _ in range(300):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)  # until it is waited for
    return False


@needs_posix
@pytest.mark.parametrize(("stream", "count"), [("Macros/VBA/dir", 1), ("Data", None)])
def test_macros_that_are_not_converted_are_counted(tmp_path, monkeypatch, stream, count):
    path = converting(tmp_path, monkeypatch)
    path.write_bytes(compound({stream: b"x"}))

    document = read(path, ref="#1", options=Options(folder=str(tmp_path / "office")))

    assert document.details["removed"].get("macro") == count


@needs_posix
@pytest.mark.parametrize(
    ("end", "reason"),
    [("exit 0", "corrupt"), ("exit 1", "corrupt"), ("exit 137", "ended"), ("kill -9 $$", "ended")],
)
def test_a_program_that_was_killed_is_no_damaged_file(tmp_path, monkeypatch, end, reason):
    path = old_file(tmp_path, monkeypatch, end)

    with pytest.raises(UnreadableDocument, match=reason):
        read(path, ref="#1", options=Options(folder=str(tmp_path / "office")))


@needs_posix
def test_the_original_stands_in_a_folder_for_nobody_else(tmp_path, monkeypatch):
    path = old_file(
        tmp_path,
        monkeypatch,
        f'for last; do :; done; ls -ld "$(dirname "$last")" > {tmp_path}/seen; echo "$TMPDIR" >> {tmp_path}/seen',
    )
    folder = tmp_path / "office"

    with pytest.raises(UnreadableDocument, match="cannot read"):
        read(path, ref="#1", options=Options(folder=str(folder)))

    mode, temporary = (tmp_path / "seen").read_text().splitlines()
    assert mode.startswith("drwx------")
    assert temporary.startswith(str(folder))
    assert list(folder.iterdir()) == []


@needs_posix
def test_the_program_reaches_no_network_and_runs_no_macros(tmp_path, monkeypatch):
    script = f'echo "$https_proxy $HTTP_PROXY" > {tmp_path}/seen; p=${{1#*file://}}; cat "$p"/user/*.xcu >> {tmp_path}/seen; echo "$@" >> {tmp_path}/seen'
    path = old_file(tmp_path, monkeypatch, script)

    with pytest.raises(UnreadableDocument):
        read(path, ref="#1", options=Options(folder=str(tmp_path / "office")))

    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    assert seen.startswith("http://127.0.0.1:9 http://127.0.0.1:9")
    assert all(
        word in seen
        for word in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "Writer/Content/Update")
    )
    assert "--infilter=MS Word 97 --convert-to docx" in seen  # else what is no such file is read as text


def converting(tmp_path, monkeypatch, before=""):
    """A file that counts as an old one, and a program that makes a document of it."""
    (tmp_path / "new.docx").write_bytes(simple("无"))
    script = 'while [ "$1" != --outdir ]; do shift; done; mkdir "$2"; cp'
    path = old_file(tmp_path, monkeypatch, f'{before}\n{script} {tmp_path}/new.docx "$2"/a.docx')
    path.write_bytes(compound({"Data": b"x"}))
    return path


@needs_posix
def test_properties_in_another_code_page_than_they_say_go(tmp_path, monkeypatch):
    """As LibreOffice gives those in GBK of a file that says that it is Western, or nothing."""
    path = converting(tmp_path, monkeypatch)
    western = "赵思远".encode("gbk").decode("cp1252")
    unread = "赵思远".encode("gbk").decode("utf-8", "replace")
    book = docx.Document()
    book.core_properties.author = western
    book.core_properties.title = f"{western}-1"
    book.core_properties.subject = unread
    book.core_properties.keywords = "Müller, 目录····"
    book.save(tmp_path / "new.docx")

    document = read(path, ref="#1", options=Options(folder=str(tmp_path / "office")))
    write(document, {}, tmp_path / "b.docx")

    texts = "".join(text_of(tmp_path / "b.docx"))
    assert document.details["removed"]["property"] == 3
    assert western not in texts
    assert unread not in texts
    assert "Müller, 目录····" in texts


@needs_posix
def test_the_profile_of_the_next_conversion_has_its_version_and_no_history(tmp_path, monkeypatch):
    """Without the version LibreOffice starts twice, which takes three times as long."""
    item = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}"><value>1</value></prop></item>'
    version, history = (
        item.format("Setup/Product", "ooSetupLastVersion"),
        item.format("Office.Histories", "x"),
    )
    (tmp_path / "used.xcu").write_text(f"<oor:items>\n{version}\n{history}\n</oor:items>", encoding="utf-8")
    settings = '"${1#*file://}"/user/registrymodifications.xcu'
    path = converting(
        tmp_path, monkeypatch, f"cat {settings} > {tmp_path}/seen; cp {tmp_path}/used.xcu {settings}"
    )

    for _ in range(2):
        read(path, ref="#1", options=Options(folder=str(tmp_path / "office")))

    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    assert version in seen
    assert "DisableMacrosExecution" in seen
    assert "Histories" not in seen


@needs_posix
def test_a_profile_that_the_end_of_a_run_took_away_is_made_again(tmp_path, monkeypatch):
    path, folder = converting(tmp_path, monkeypatch), tmp_path / "office"

    for _ in range(2):
        read(path, ref="#1", options=Options(folder=str(folder)))
        shutil.rmtree(folder)


@needs_posix
def test_nothing_waits_for_the_end_of_folders_that_are_gone(tmp_path, monkeypatch):
    path, waiting = converting(tmp_path, monkeypatch), []
    for name in "甲乙":
        read(path, ref="#1", options=Options(folder=str(tmp_path / name)))
        waiting.append(workplaces._kept[tmp_path / name]._guard)
        shutil.rmtree(tmp_path / name)

    read(path, ref="#1", options=Options(folder=str(tmp_path / "丙")))

    assert all(guard.poll() is not None for guard in waiting)
    assert tmp_path / "丙" in workplaces._kept


@needs_posix
def test_a_run_in_this_process_leaves_nothing_that_waits(tmp_path, monkeypatch):
    path = converting(tmp_path, monkeypatch)
    (tmp_path / "records").mkdir()
    path.rename(tmp_path / "records" / "a.doc")
    before = set(workplaces._kept)

    done = run_folder(tmp_path / "records", tmp_path / "safe", workers=0)

    assert [one.name for one in (tmp_path / "safe").iterdir()] == ["a.docx"]
    assert set(workplaces._kept) == before
    assert not (done.project / "office").exists()


@needs_posix
def test_what_a_killed_process_left_is_gone_after_the_next_conversion(tmp_path, monkeypatch):
    path, folder = old_file(tmp_path, monkeypatch, "exit 0"), tmp_path / "office"
    ended = subprocess.Popen(["true"])
    ended.wait()
    left, used = folder / f"deid-office-{ended.pid}-x", folder / f"deid-office-{os.getppid()}-x"
    for one in (left, used):
        one.mkdir(parents=True)
        (one / "a.doc").write_text("张三", encoding="utf-8")

    with pytest.raises(UnreadableDocument):
        read(path, ref="#1", options=Options(folder=str(folder)))

    assert list(folder.iterdir()) == [used]


KILLED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has its background ignore both
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from deid.formats import legacy, read
from deid.formats.options import Options
legacy.program, legacy.kind_of = lambda: sys.argv[2], lambda _: legacy._WORD
read(sys.argv[1], ref="#1", options=Options(folder=sys.argv[3]))
"""


@needs_posix
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_nothing_is_left_of_a_process_that_is_ended_while_it_converts(tmp_path, monkeypatch, how):
    folder, child = tmp_path / "office", tmp_path / "child"
    path = old_file(tmp_path, monkeypatch, f"sleep 300 & echo $! > {child}.new; mv {child}.new {child}; wait")
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), str(tmp_path / "soffice"), str(folder)],
        stderr=subprocess.DEVNULL,
    )
    assert comes(child.exists)
    assert list(folder.glob("*/a.doc"))

    process.send_signal(how)

    assert process.wait(60) != 0
    assert comes(lambda: list(folder.iterdir()) == [])
    assert has_ended(int(child.read_text()))


ENDED = f"{KILLED}os._exit(0)".replace("import signal,", "import os, signal,")


@needs_posix
def test_nothing_is_left_of_a_process_that_ends_at_once_as_workers_do(tmp_path, monkeypatch):
    folder, path = tmp_path / "office", converting(tmp_path, monkeypatch)

    subprocess.run(
        [sys.executable, "-c", ENDED, str(path), str(tmp_path / "soffice"), str(folder)],
        check=True,
        timeout=60,
    )

    assert comes(lambda: list(folder.iterdir()) == [])


def comes(is_so):
    """Whether it is so within a minute."""
    for _ in range(1200):
        if is_so():
            return True
        time.sleep(0.05)
    return False


@needs_posix
def test_nothing_is_left_when_the_work_fails(tmp_path):
    def interrupted():
        with workplace(str(tmp_path), 0) as work:
            (work.path / "a.doc").write_text("张三", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is in memory is known on Linux")
@pytest.mark.parametrize(
    ("kind", "free", "is_taken"),
    [("tmpfs", 1 << 40, True), ("tmpfs", 1 << 20, False), ("ext4", 1 << 40, False)],
)
def test_without_a_project_the_folder_is_in_memory_where_there_is_room(
    tmp_path, monkeypatch, kind, free, is_taken
):
    memory, disk = tmp_path / "memory", tmp_path / "disk"
    memory.mkdir()
    disk.mkdir()
    monkeypatch.setattr(workplaces, "_mounts", lambda: {str(memory): kind})
    monkeypatch.setattr(workplaces.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(memory))
    monkeypatch.setattr(workplaces.tempfile, "tempdir", str(disk))

    with workplace("", 1000) as work:
        place, mode = work.path.parent, work.path.stat().st_mode & 0o777

    assert place == (memory if is_taken else disk)
    assert mode == 0o700
    assert not list(tmp_path.rglob("deid-office-*"))


def test_without_libreoffice_the_reason_says_so(tmp_path, monkeypatch):
    (tmp_path / "a.doc").write_bytes(legacy_head())
    monkeypatch.setattr(legacy, "program", lambda: "")
    monkeypatch.setattr(legacy, "kind_of", lambda _: legacy._WORD)

    with pytest.raises(UnsupportedDocument, match="no LibreOffice") as error:
        read(tmp_path / "a.doc", ref="#1")

    assert "docx" in error.value.hint


def test_a_file_of_another_program_is_named_as_unsupported(tmp_path, monkeypatch):
    (tmp_path / "a.doc").write_bytes(legacy_head())
    monkeypatch.setattr(legacy, "kind_of", lambda _: None)
    monkeypatch.setattr(legacy, "is_mail", lambda _: False)

    with pytest.raises(UnsupportedDocument, match="OLE"):
        read(tmp_path / "a.doc", ref="#1")


@needs_posix
@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 9, legacy_head(), compound({"欧阳甲": "欧阳甲".encode()})]
)
def test_what_is_no_old_office_file_is_never_given_to_the_program(tmp_path, monkeypatch, data):
    """LibreOffice would take it for text, and say that all went well."""
    fake = tmp_path / "soffice"
    fake.write_text(f"#!/bin/sh\ntouch {tmp_path}/called\n", encoding="utf-8")
    fake.chmod(0o700)
    monkeypatch.setattr(legacy, "program", lambda: str(fake))

    for reader in (partial(legacy.read, options=Options()), read):
        with pytest.raises(UnreadableDocument):
            reader(Held(data, ".doc"), ref="#1")

    assert not (tmp_path / "called").exists()


@needs_office
def test_a_run_over_old_files_leaves_only_its_outputs(tmp_path):
    source, target = tmp_path / "records", tmp_path / "safe"
    source.mkdir()
    for name in ("甲.doc", "乙.doc"):
        shutil.copy(made(tmp_path, "doc", text_document(Planter()), "odt"), source / name)

    done = run_folder(source, target, workers=2)

    assert sorted(path.suffix for path in target.iterdir()) == [".docx", ".docx"]
    assert comes(lambda: not list((done.project / "office").glob("*")))


@needs_office
def test_what_is_converted_within_a_packed_file_gives_it_a_true_name(tmp_path):
    old = made(tmp_path, "xls", workbook(Planter()), "ods").read_bytes()
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "化验.csv.gz").write_bytes(gzip.compress(old))
    (source / "打包.zip").write_bytes(zipped({"化验.csv.gz": gzip.compress(old)}))

    run_folder(source, target, workers=0)

    assert sorted(one.name for one in target.iterdir()) == ["化验.xlsx.gz", "打包.zip"]
    assert list(unzipped(target / "打包.zip")) == ["化验.xlsx.gz"]
    with gzip.open(target / "化验.xlsx.gz") as packed:
        assert openpyxl.load_workbook(io.BytesIO(packed.read())).sheetnames
