"""The small folder of `planted`, as a fixture, and a key."""

from __future__ import annotations

import pytest
from planted import FILES, Work

from deid.keys import ProjectKey


@pytest.fixture
def work(tmp_path) -> Work:
    made = Work(tmp_path / "records", tmp_path / "safe")
    for name, content in FILES.items():
        made.write(name, content)
    return made


@pytest.fixture
def key() -> ProjectKey:
    return ProjectKey(bytes(range(32)))
