"""What a plain installation gets: every recognizer file, the policies, a command that works."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("deid_zh-*.whl"))


def test_the_wheel_holds_every_file_of_the_checkout(wheel):
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if not name.startswith("deid_zh-")}

    source = {
        f"deid/{p.relative_to(ROOT / 'src/deid').as_posix()}"
        for p in (ROOT / "src/deid").rglob("*")
        if _is_shipped(p)
    }
    data = {
        f"deid/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "recognizers").rglob("*") if _is_shipped(p)
    }
    assert packed == source | data - {"deid/recognizers/README.md"}


def _is_shipped(path):
    return path.is_file() and "__pycache__" not in path.parts


def test_it_installs_from_a_folder_of_wheels_without_a_registry(wheel, tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    # jieba comes as source only; `pip wheel` makes a wheel of it for machines without a registry
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(wheels), str(wheel)],
        check=True,
        capture_output=True,
    )
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"

    subprocess.run(
        [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-index",
            "--find-links",
            str(wheels),
            "deid-zh",
        ],
        check=True,
        capture_output=True,
    )

    code = "import deid; print(deid.Deidentifier().deidentify('患者王秀兰，电话13800138000').text)"
    done = subprocess.run(
        [str(python), "-c", code], check=True, capture_output=True, encoding="utf-8", cwd=tmp_path
    )
    assert "王秀兰" not in done.stdout
    assert "13800138000" not in done.stdout
    shown = subprocess.run(
        [str(python), "-m", "deid", "--version"], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert shown.stdout.strip()
