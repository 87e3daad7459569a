"""What tests of all folders share."""

from __future__ import annotations

import gc

import pytest

from deid.batch.supervisor import Workers


def pytest_collection_finish():
    """Ten thousand collected tests are there to the end: no search for cycles needs to go through them."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def in_this_process(monkeypatch):
    """Runs have no workers: to start one takes most of the time of a small run, and tests/batch does it."""
    start = Workers.__init__
    monkeypatch.setattr(Workers, "__init__", lambda self, count, **options: start(self, 0, **options))
