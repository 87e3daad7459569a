"""Old binary Office files (doc, xls, ppt; wps, et, dps of WPS Office): converted by LibreOffice, then read as
docx, xlsx, pptx. What is written has the new format.

LibreOffice reads nothing but files. So the original stands in clear text, for the seconds that the
conversion takes, in a private folder (`workplace`): within the project of the run, or in memory where there is no run.
Its own profile, macros and links off, no proxy that leads anywhere; killed with its children when time is up.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import olefile

from deid.errors import EncryptedDocument, UnreadableDocument, UnsupportedDocument
from deid.formats.biff import is_bare, is_locked, is_whole, with_code_page
from deid.formats.files import Held, bytes_of, opened
from deid.formats.misread import is_misread, without_misread
from deid.formats.oldtexts import FIRST_97, has_text, holds_text
from deid.formats.options import Options
from deid.formats.workplace import Workplace, forget, keep, kept, workplace
from deid.types import Document

_SECONDS = 120
_LARGEST = 256 << 20  # bytes
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableOLEAutomation" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Save/Document"><prop oor:name="CreateBackup" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""
_VERSION = re.compile(
    r'<item oor:path="/org\.openoffice\.Setup/Product"><prop oor:name="ooSetupLastVersion".*?</item>'
)
"""Of whom a profile is: where it does not say that, LibreOffice looks for older ones and starts a second time."""
_NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True)
class Kind:
    """`filter` is LibreOffice's name of the old format, `target` the new one."""

    name: str
    filter: str
    target: str


_WORD = Kind("doc", "MS Word 97", "docx")
_OLD_WORD = Kind("doc", "MS Word 95", "docx")
_EXCEL = Kind("xls", "MS Excel 97", "xlsx")
_OLD_EXCEL = Kind("xls", "MS Excel 95", "xlsx")
_SLIDES = Kind("ppt", "MS PowerPoint 97", "pptx")
_WORKS = Kind("wps", "MS_Works", "docx")
_MACROS = ("Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT")
_IN_CODE_PAGES = (_OLD_WORD, _OLD_EXCEL, _WORKS)
_OF_ITSELF = (0, 1)
"""What LibreOffice ends with, also where it could not read the file or fell over it."""


def kind_of(path: str) -> Kind | None:
    """Which old format a file is, by the streams in it; None for one that is no document.

    Raises OSError when the file is damaged.
    """
    with opened(path) as handle:
        if is_bare(handle.read(8)):
            return _OLD_EXCEL
    with opened(path) as handle, olefile.OleFileIO(handle) as ole:
        if ole.exists("WordDocument"):
            with ole.openstream("WordDocument") as stream:
                head = stream.read(4)
            return _WORD if int.from_bytes(head[2:4], "little") >= FIRST_97 else _OLD_WORD
        if ole.exists("PowerPoint Document"):
            return _SLIDES
        if ole.exists("Workbook"):
            return _EXCEL
        if ole.exists("Book"):
            return _OLD_EXCEL
        is_works = ole.exists("MatOST") or (ole.exists("CONTENTS") and not ole.exists("Quill"))
        return _WORKS if is_works else None


def _has_macros(data: bytes) -> bool:
    """Whether a document of Word or a workbook has some, of which LibreOffice writes nothing."""
    if is_bare(data):
        return False
    with olefile.OleFileIO(BytesIO(data)) as ole:
        return any(map(ole.exists, _MACROS))


def is_mail(path: str) -> bool:
    """Whether an OLE file is a message of Outlook."""
    with opened(path) as handle, olefile.OleFileIO(handle) as ole:
        return bool(ole.exists("__properties_version1.0"))


def program() -> str:
    """Where LibreOffice is, or nothing."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    usual = ["/Applications/LibreOffice.app/Contents/MacOS/soffice"]
    usual += [
        str(Path(os.environ[name]) / "LibreOffice/program/soffice.exe")
        for name in ("ProgramFiles", "ProgramFiles(x86)")
        if name in os.environ
    ]
    return next((path for path in usual if Path(path).is_file()), "")


def read(path: str, ref: str, options: Options) -> Document:
    """The converted document; `details["removed"]` says that it is another format.

    Raises UnsupportedDocument without LibreOffice, UnreadableDocument when the file is damaged, too
    large, or the conversion takes too long.
    """
    from deid import formats

    kind = _kind(path, ref)
    found = program()
    if not found:
        raise UnsupportedDocument(
            f"{ref}: an Office file of the old binary kind, and no LibreOffice to convert it",
            hint="install LibreOffice, or save it as docx, xlsx or pptx",
        )
    original = bytes_of(path)
    if len(original) > _LARGEST:
        raise UnreadableDocument(f"{ref}: an old Office file of more than {_LARGEST >> 20} MB")
    named = _checked(original, kind, ref)
    converted = _converted(found, named, kind, ref, options.folder)
    if not holds_text(converted, kind.target) and _has_text(original):
        raise UnreadableDocument(f"{ref}: corrupt: LibreOffice makes an empty document of the Office file")
    package, misread = without_misread(converted)
    if kind in _IN_CODE_PAGES and is_misread(package):
        raise UnreadableDocument(f"{ref}: encoding: the Office file does not say which one its text has")
    document = formats.read(Held(package, f".{kind.target}"), ref=ref, options=options)
    removed = {**document.details.get("removed", {}), f"{kind.name} format": 1}
    if misread:
        removed["property"] = misread
    if _has_macros(original):
        removed["macro"] = removed.get("macro", 0) + 1
    return replace(document, details={**document.details, "removed": removed})


def _checked(data: bytes, kind: Kind, ref: str) -> bytes:
    """The file as it is; of an old workbook whose code page had to be named, without what is around it."""
    if kind not in (_EXCEL, _OLD_EXCEL):
        return data
    book = data
    if not is_bare(data):
        name = "Workbook" if kind == _EXCEL else "Book"
        with olefile.OleFileIO(BytesIO(data)) as ole, ole.openstream(name) as stream:
            book = stream.read()
    if not is_whole(book):
        raise UnreadableDocument(f"{ref}: corrupt: the Office file is damaged")
    if kind == _EXCEL:
        return data
    if is_locked(book):
        raise EncryptedDocument(f"{ref}: encrypted", hint="remove the password and run again")
    named = with_code_page(book)
    return data if named is book else named


def _has_text(data: bytes) -> bool:
    """Whether an Office file has text, or cannot be looked into."""
    try:
        return has_text(data)
    except (OSError, ValueError, IndexError, struct.error):
        return True


def _kind(path: str, ref: str) -> Kind:
    try:
        kind = kind_of(path)
    except (OSError, ValueError, IndexError):  # of a parser of broken files
        kind = None
    if kind is None:
        raise UnreadableDocument(f"{ref}: corrupt: the Office file is damaged")
    return kind


def _converted(found: str, data: bytes, kind: Kind, ref: str, folder: str) -> bytes:
    with workplace(folder, len(data)) as work:
        place = work.path
        (place / f"a.{kind.name}").write_bytes(data)
        code = _convert(found, work, kind, ref)
        target = place / "out" / f"a.{kind.target}"
        if not target.is_file() or not zipfile.is_zipfile(target):
            if code not in _OF_ITSELF:
                raise UnreadableDocument(f"{ref}: LibreOffice was ended while it read the Office file")
            raise UnreadableDocument(f"{ref}: corrupt: LibreOffice cannot read the Office file")
        _keep_profile(place)
        return target.read_bytes()


def _convert(found: str, work: Workplace, kind: Kind, ref: str) -> int:
    """What LibreOffice ends with."""
    place = work.path
    profile = place / "profile"
    if ready := kept(place.parent):
        shutil.copytree(ready / "profile", profile)
    else:
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    (place / "tmp").mkdir()
    command = [
        *(found, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"),
        *("--nodefault", "--nolockcheck", f"--infilter={kind.filter}", "--convert-to", kind.target),
        *("--outdir", str(place / "out"), str(place / f"a.{kind.name}")),
    ]
    names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
    environment = {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(place / "tmp")),
        **dict.fromkeys(names, _NOWHERE),
    }
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        work.end_with(process)
        return process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(
            f"{ref}: LibreOffice needs more than {_SECONDS} s for the Office file"
        ) from None
    finally:
        _end(process)


def _keep_profile(place: Path) -> None:
    """LibreOffice takes seconds to make one: those of this process get a copy, which knows of no document."""
    if kept(place.parent):
        return
    profile = keep(place.parent) / "profile"
    try:
        shutil.copytree(
            place / "profile", profile, ignore=shutil.ignore_patterns("backup", "temp", "*.lock", ".lock")
        )
        settings = profile / "user" / "registrymodifications.xcu"
        version = "".join(_VERSION.findall(settings.read_text(encoding="utf-8"))[:1])
        settings.write_text(_PROFILE.replace("</oor:items>", f"{version}\n</oor:items>"), encoding="utf-8")
    except BaseException:
        forget(place.parent)  # the next one makes it anew
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """The process and its children; on all ways out, since soffice starts another program."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
            )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
