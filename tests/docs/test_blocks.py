"""Every block of the documentation runs.

`python` blocks of a page share a namespace, in order, in a folder with a copy of a part of the
demo folder (the files that the page names, and the referrals); lines `# > …` are what the block prints. In `console` blocks every `$ deid …` must
succeed, unless a comment `# exit code N` says otherwise; other commands are not run.
"""

from __future__ import annotations

import re
import shlex
import shutil
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "recognizers" / "README.md"]
    if "records" not in page.parts and "sources" not in page.parts
)
_BLOCK = re.compile(r"^```(python|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
_EXIT = re.compile(r"# exit code ([0-9]+)")


def blocks(page: str) -> list[tuple[int, str, str]]:
    """`(line, kind, code)` of each block that runs."""
    text = (ROOT / page).read_text("utf-8")
    return [(text.count("\n", 0, m.start()) + 1, m[1], m[2]) for m in _BLOCK.finditer(text)]


MARKS = {
    "README.md": [],
    "docs/how-to/train.md": [pytest.mark.train],
    "docs/zh/how-to/train.md": [pytest.mark.train],
}


def needs_running(page: str) -> bool:
    return any(kind == "python" or "$ deid " in code for _, kind, code in blocks(page))


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=MARKS.get(page, [pytest.mark.slow])) for page in PAGES if needs_running(page)],
)
def test_blocks_run(page, tmp_path, monkeypatch):
    _copy_records(page, tmp_path / "docs" / "examples" / "records")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEID_LANG", "en")
    namespace: dict[str, object] = {"__name__": "__main__"}

    for line, kind, code in blocks(page):
        place = f"{page}:{line}"
        if kind == "python":
            _run_python(code, namespace, place)
        else:
            for command in code.splitlines():
                if command.startswith("$ deid "):
                    _run_command(command.removeprefix("$ deid "), place)


def _copy_records(page: str, target: Path) -> None:
    text = (ROOT / page).read_text("utf-8")
    for file in (EXAMPLES / "records").rglob("*.*"):
        path = file.relative_to(EXAMPLES / "records")
        if path.parts[0] == "转诊" or path.as_posix() in text:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target / path)


def _run_python(code: str, namespace: dict[str, object], place: str) -> None:
    shown = StringIO()
    with redirect_stdout(shown):
        exec(compile(code, place, "exec"), namespace)

    said = [line.removeprefix("# > ") for line in code.splitlines() if line.startswith("# > ")]
    assert shown.getvalue().splitlines() == said, place


def _run_command(command: str, place: str) -> None:
    from deid.cli.app import build

    wanted = _EXIT.search(command)
    arguments = shlex.split(command, comments=True)

    result = CliRunner().invoke(build(), arguments)

    assert result.exit_code == (int(wanted[1]) if wanted else 0), f"{place}: deid {command}\n{result.output}"


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    lost = []
    for link in _LINK.findall((ROOT / page).read_text("utf-8")):
        path, _, anchor = link.partition("#")
        if "://" in link or path.isupper():
            continue
        target = (ROOT / page).parent / path if path else ROOT / page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            lost.append(link)

    assert lost == []


def _anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
