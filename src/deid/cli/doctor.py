"""`deid doctor`: is everything in place? One line for each thing, and what to do about it."""

from __future__ import annotations

import locale
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from pathlib import Path
from typing import Annotated, Literal

import typer

from deid.cli.messages import text
from deid.cli.options import option
from deid.cli.output import INCOMPLETE, console, plain, print_json, size, table
from deid.errors import DeidError

_MARKS = {"fine": "[green]✓[/]", "warning": "[yellow]![/]", "wrong": "[red]✗[/]"}
# Invented; the check digit of the identity number is right.
_SELF_TEST = "患者：张伟，身份证号11010519491231002X，电话13800138000"
_EXPECTED = ("PERSON", "CN_RESIDENT_ID", "PHONE_NUMBER")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says."""

    check: str
    verdict: Literal["fine", "warning", "wrong"]
    says: str


def doctor_command(as_json: Annotated[bool, option("--json", "json.help")] = False) -> None:
    findings = examine()
    wrong = [finding for finding in findings if finding.verdict == "wrong"]
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        rows = table("", "", "")
        for finding in findings:
            rows.add_row(_MARKS[finding.verdict], text(f"doctor.{finding.check}"), plain(finding.says))
        shown = console()
        shown.print(rows)
        shown.print(text("doctor.wrong", count=len(wrong)) if wrong else text("doctor.fine"), style="bold")
    if wrong:
        raise typer.Exit(INCOMPLETE)


def examine() -> list[Finding]:
    """All checks, in order. A check that fails in an unforeseen way is a finding, too."""
    checks: dict[str, Callable[[], Finding]] = {
        "python": _python, "packages": _packages, "conflict": _conflict, "recognizers": _recognizers,
        "policies": _policies, "model": _model, "office": _office, "encoding": _encoding, "cores": _cores, "disk": _disk,
    }  # fmt: skip
    findings = []
    for name, check in checks.items():
        try:
            findings.append(check())
        except DeidError as error:
            findings.append(Finding(name, "wrong", error.message))
        except Exception as error:
            findings.append(Finding(name, "wrong", type(error).__name__))
    return findings


def _python() -> Finding:
    fine = sys.version_info >= (3, 10)
    says = f"{platform.python_version()} {platform.system()} {platform.machine()}"
    return Finding("python", "fine" if fine else "wrong", says)


def _packages() -> Finding:
    try:
        wanted = requires("deid-zh") or []
    except PackageNotFoundError:
        return Finding("packages", "warning", text("doctor.not_installed"))
    found, missing = [], []
    for requirement in wanted:
        if "extra ==" in requirement:
            continue
        name = re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0]
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding("packages", "wrong", text("doctor.missing", names=", ".join(missing)))
    return Finding("packages", "fine", ", ".join(found))


def _conflict() -> Finding:
    """PyPI's `deid`, a tool for DICOM images, installs the same folder and the same command."""
    try:
        distribution("deid")
    except PackageNotFoundError:
        return Finding("conflict", "fine", text("doctor.none"))
    return Finding("conflict", "wrong", text("doctor.conflict_found"))


def _recognizers() -> Finding:
    from deid.catalog import shipped_catalog

    catalog = shipped_catalog()
    verdict: Literal["fine", "wrong"] = "fine" if catalog.specs else "wrong"
    return Finding("recognizers", verdict, text("recognizers.count", count=len(catalog.specs)))


def _policies() -> Finding:
    from deid.policy import Policy, shipped_policies

    names = shipped_policies()
    for name in names:
        Policy.load(name)
    return Finding("policies", "fine" if names else "wrong", ", ".join(names) or text("doctor.none"))


def _model() -> Finding:
    from deid.pipeline import Deidentifier

    started = time.perf_counter()
    found = {entity.entity_type for entity in Deidentifier().detect(_SELF_TEST)}
    seconds = f"{time.perf_counter() - started:.1f}"
    missing = [kind for kind in _EXPECTED if kind not in found]
    if missing:
        return Finding("model", "wrong", text("doctor.model_wrong", missing=", ".join(missing)))
    return Finding("model", "fine", text("doctor.model_works", seconds=seconds))


def _office() -> Finding:
    for name in ("soffice", "libreoffice"):
        if shutil.which(name):
            return Finding("office", "fine", name)
    places = ("C:/Program Files/LibreOffice/program/soffice.exe", "/Applications/LibreOffice.app")
    if found := next((place for place in places if Path(place).exists()), ""):
        return Finding("office", "fine", found)
    return Finding("office", "warning", text("doctor.office_missing"))


def _encoding() -> Finding:
    terminal, names = sys.stdout.encoding or "?", sys.getfilesystemencoding()
    try:
        "〔姓名1〕".encode(terminal)
        "〔姓名1〕".encode(names)
    except (UnicodeEncodeError, LookupError):
        return Finding("encoding", "warning", text("doctor.encoding_poor", terminal=terminal, names=names))
    return Finding("encoding", "fine", f"{terminal}, {names}, {locale.getpreferredencoding(False)}")


def _cores() -> Finding:
    from deid.formats.sharing import core_count

    return Finding("cores", "fine", text("doctor.core_count", count=core_count()))


def _disk() -> Finding:
    free, temporary = shutil.disk_usage(".").free, shutil.disk_usage(tempfile.gettempdir()).free
    verdict: Literal["fine", "warning"] = "fine" if min(free, temporary) > 1_000_000_000 else "warning"
    return Finding("disk", verdict, text("doctor.free", free=size(free), temporary=size(temporary)))
