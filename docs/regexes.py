"""Compiles the regexes of the program with each Python that is named, into src/deid/programs.

Who changes a regex need not run it: what is not there is compiled when it is used. Before a release it is run once.
"""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULE = ROOT / "src" / "deid" / "regexprograms.py"


def patterns() -> list[tuple[str, int]]:
    """The regexes of all that is loaded to detect anything, with their flags, in order."""
    from deid import Deidentifier
    from deid.detection.expressions import Expression
    from deid.regexes import Regex

    Deidentifier().detect(
        "患者王建国，手机13800138000，住址：长沙市岳麓区麓山南路932号，就职于长沙市第一中学。"
    )
    found = set()
    for each in gc.get_objects():
        if isinstance(each, Regex):
            found.add((each._compiled.pattern, int(each.flags)))
        elif isinstance(each, Expression) and isinstance(each._pattern, re.Pattern):
            found.add((each._pattern.pattern, 0))
    return sorted(found)


def main(pythons: list[str]) -> None:
    packed = json.dumps(patterns())
    for python in pythons or [sys.executable]:
        subprocess.run([python, "-I", str(MODULE)], input=packed, encoding="utf-8", check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
