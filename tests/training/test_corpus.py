"""Which of the teacher's labels are believed, and that the manifest is that of the shipped model."""

import hashlib
import json
from importlib.resources import files

import pytest

from deid.training.corpus import _believed
from deid.training.sentences import IGNORE


@pytest.mark.parametrize("word", ["王建国", "公孙敏", "李王军", "马尔维尔·法尔"])
def test_names_that_hold_a_title_are_believed(word):
    assert _believed(word, "PER") == "PERSON"


@pytest.mark.parametrize("word", ["刘医生", "乔治国王", "周王", "朱元璋皇帝", "陈老师", "他"])
def test_what_ends_in_a_title_or_looks_like_no_name_is_left_open(word):
    assert _believed(word, "PER") == IGNORE


def test_the_manifest_is_that_of_the_shipped_model():
    folder = files("deid") / "models"
    model = (folder / "tagger.onnx").read_bytes()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))["model"]

    assert (manifest["bytes"], manifest["sha256"]) == (len(model), hashlib.sha256(model).hexdigest())
    assert f"{len(model):,} bytes" in (folder / "README.md").read_text("utf-8")
    assert len(model) < 6_000_000


def test_the_networks_of_names_are_those_of_the_manifest():
    folder = files("deid") / "models"
    told = json.loads((folder / "manifest.json").read_text("utf-8"))["surroundings"]

    assert told["files"] == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in told["files"]
    }
    assert not {"blind-b.txt", "ordinary.txt", "realistic.txt", "dense.txt"} & set(told["data"])
