"""A user's regex that runs away is an error that names it, wherever in the file it stands."""

from __future__ import annotations

import pytest

from deid.catalog import Catalog
from deid.detection import expressions
from deid.errors import DetectionFailed
from deid.pipeline import Deidentifier

RECOGNIZER = """
schema: 1
entity: BADGE
title: 工牌号
source: invented
identifier: direct
patterns:
  - {{name: plain, regex: '{pattern}', score: 0.5}}
cues:
  - {{words: [工牌号], value: '{value}'}}
reject: '{reject}'
examples: {{match: ['工牌号：[B7](BADGE)'], no_match: [无]}}
"""
HARMLESS = {"pattern": "B[B0-9]+", "value": "[A-Z]+", "reject": "B0"}


@pytest.mark.parametrize("place", HARMLESS)
def test_a_regex_of_a_users_folder_has_a_time_limit(tmp_path, monkeypatch, place):
    monkeypatch.setattr(expressions, "TIMEOUT", 0.2)
    runaway = {"pattern": "(?:B|BB)+[!?]", "value": "(?:B|BB)+[!?]", "reject": "(?:B|BB)+[!?]"}
    (tmp_path / "badge.yaml").write_text(
        RECOGNIZER.format(**HARMLESS | {place: runaway[place]}), encoding="utf-8"
    )
    detect = Deidentifier(catalog=Catalog.load(tmp_path)).detect
    with pytest.raises(DetectionFailed, match=r"BADGE.*took longer than 0\.2 s"):
        detect("请留意B！工牌号：" + "B" * 60)
