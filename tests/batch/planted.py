"""A small folder with planted values, and a run over it in this process.

No part of conftest: workers import the tests by name, and `conftest` is the name of several files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deid.batch.run import FolderRun, run_folder

NAMES = ("欧阳靖宇", "令狐晚晴")
PHONES = ("13800138000", "13912345678")
IDENTITY = "11010519491231002X"
PLANTED = (*NAMES, *PHONES, IDENTITY)
KNOWN = [("PERSON", name) for name in NAMES]

FILES = {
    "欧阳靖宇/病历.txt": f"姓名：欧阳靖宇\n身份证号：{IDENTITY}\n联系电话：{PHONES[0]}\n诊断：慢性支气管炎\n",
    "欧阳靖宇/随访/令狐晚晴_回访.md": f"# 回访\n\n令狐晚晴（{PHONES[1]}）代欧阳靖宇来电。\n",
    "名单.csv": f"姓名,手机号\n欧阳靖宇,{PHONES[0]}\n令狐晚晴,{PHONES[1]}\n",
    "导出.json": f'{{"姓名": "令狐晚晴", "手机": "{PHONES[1]}"}}\n',
}


@dataclass
class Work:
    """Source, output and project of a test, and a way to run."""

    source: Path
    target: Path

    @property
    def project(self) -> Path:
        return self.target.with_name(self.target.name + ".deid")

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, **options: object) -> FolderRun:
        arguments = {"known": KNOWN, "workers": 0, **options}
        return run_folder(self.source, self.target, **arguments)

    def outputs(self) -> dict[str, bytes]:
        found = (path for path in self.target.rglob("*") if path.is_file())
        return {path.relative_to(self.target).as_posix(): path.read_bytes() for path in found}

    def number(self, done: FolderRun, source: str) -> int:
        return next(number for number, name in done.sources.items() if name == source)

    def document(self, done: FolderRun, source: str):
        number = self.number(done, source)
        return next(document for document in done.report.documents if document.number == number)
