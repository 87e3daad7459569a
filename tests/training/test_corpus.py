"""Which of the teacher's labels are believed, and that the manifest is that of the shipped model."""

import hashlib
import json
from importlib.resources import files
from random import Random

import pytest

from deid.detection.tagger import TAGS
from deid.training.corpus import _believed, _labelled
from deid.training.sentences import IGNORE


@pytest.mark.parametrize("word", ["王建国", "公孙敏", "李王军", "马尔维尔·法尔"])
def test_names_that_hold_a_title_are_believed(word):
    assert _believed(word, "PER") == "PERSON"


@pytest.mark.parametrize("word", ["刘医生", "乔治国王", "周王", "朱元璋皇帝", "陈老师", "他"])
def test_what_ends_in_a_title_or_looks_like_no_name_is_left_open(word):
    assert _believed(word, "PER") == IGNORE


def test_labelled_documents_are_learned_as_they_are_and_with_other_names(tmp_path):
    path = tmp_path / "marked.txt"
    path.write_text("### a-01\n[李志强](PERSON)由[王秀英](PERSON)陪同来诊，住[长沙](LOCATION)。\n", "utf-8")

    learned = {found.text for seed in range(9) for found in _labelled(Random(seed), [path])}
    [own, *_] = _labelled(Random(1), [path])

    assert own.text == "李志强由王秀英陪同来诊,住长沙。"
    assert [TAGS[tag] for tag in own.tags[:4]] == ["B-PER", "I-PER", "E-PER", "O"]
    assert len(learned) > 1
    assert all("陪同来诊,住长沙" in text for text in learned)


def test_places_and_bodies_stand_for_each_other(tmp_path):
    path = tmp_path / "marked.txt"
    path.write_text(
        "### a-01\n我从[长沙](LOCATION)来，在[云栖社](ORGANIZATION)。\n"
        "### a-02\n我从[武汉](LOCATION)去，在[望江楼](ORGANIZATION)。\n",
        "utf-8",
    )

    learned = {item.text for seed in range(20) for item in _labelled(Random(seed), [path])}

    assert {"我从武汉来,在云栖社。", "我从长沙来,在望江楼。", "我从长沙去,在望江楼。"} <= learned


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
