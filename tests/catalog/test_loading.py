from __future__ import annotations

import pickle

import pytest

from deid.catalog import Catalog, shipped_catalog
from deid.errors import CatalogError

GOOD = """
schema: 1
entity: BADGE
title: 工牌号
identifier: direct
source: the company's own
patterns:
  - {name: badge, regex: 'GH[0-9]{5}', score: 0.7}
examples:
  match: ['工牌[GH12345](BADGE)']
  no_match: ['GH123456']
"""


def folder(tmp_path, **files):
    for name, content in files.items():
        (tmp_path / f"{name}.yaml").write_text(content, "utf-8")
    return tmp_path


def test_a_users_folder_adds_to_the_shipped_recognizers(tmp_path):
    catalog = Catalog.load(folder(tmp_path, badge=GOOD))

    assert "BADGE" in catalog.entity_types
    assert "PERSON" in catalog.entity_types


def test_a_later_folder_overrides_a_type(tmp_path):
    catalog = Catalog.load(folder(tmp_path, person=GOOD.replace("BADGE", "PERSON")))

    assert catalog.by_type["PERSON"].title == "工牌号"


def test_the_same_type_twice_in_a_folder_is_an_error_that_names_both_files(tmp_path):
    with pytest.raises(CatalogError, match=r"b\.yaml: BADGE is already defined in a\.yaml"):
        Catalog.load(folder(tmp_path, a=GOOD, b=GOOD))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("score: 0.7", "scores: 0.7"), "scores"),
        (("source: the company's own\n", ""), "standard"),
        (("  no_match: ['GH123456']\n", ""), "no_match"),
        (("schema: 1", "schema: 2"), "schema"),
        (("entity: BADGE", "entity: badge"), "entity"),
    ],
)
def test_a_wrong_field_is_an_error_that_names_it(tmp_path, change, message):
    with pytest.raises(CatalogError, match=message):
        Catalog.load(folder(tmp_path, badge=GOOD.replace(*change)))


def test_yaml_that_does_not_parse_names_file_and_line(tmp_path):
    with pytest.raises(CatalogError, match=r"badge\.yaml: line \d+"):
        Catalog.load(folder(tmp_path, badge=GOOD + "\n  : :\n - ]"))


def test_a_catalog_survives_pickling_and_keeps_its_fingerprint():
    catalog = shipped_catalog()

    assert pickle.loads(pickle.dumps(catalog)).fingerprint == catalog.fingerprint


def test_an_unknown_lexicon_is_an_error_with_near_names():
    with pytest.raises(CatalogError) as caught:
        shipped_catalog().lexicon("surname")

    assert "surnames" in caught.value.hint


EXTENSION = """
schema: 1
extends: PHONE_NUMBER
source: the company's own
threshold: 0.5
scores: {mobile: 0.1}
cues:
  - {words: [台席], value: '[0-9]{4}', score: 0.6}
"""


def test_an_extension_changes_only_what_it_names(tmp_path):
    before, after = (
        catalog.by_type["PHONE_NUMBER"]
        for catalog in (shipped_catalog(), Catalog.load(folder(tmp_path, phone=EXTENSION)))
    )

    assert (after.threshold, after.priority) == (0.5, before.priority)
    assert after.cues == (*before.cues, after.cues[-1])
    assert {p.name: p.score for p in after.patterns}["mobile"] == 0.1
    assert [p.regex for p in after.patterns] == [p.regex for p in before.patterns]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("PHONE_NUMBER", "PHONE_NUMBR"), "no entity type"),
        (("mobile:", "mobil:"), "no pattern called mobil"),
        (("threshold: 0.5", "treshold: 0.5"), "treshold"),
    ],
)
def test_an_extension_of_what_is_not_there_is_an_error(tmp_path, change, message):
    with pytest.raises(CatalogError, match=message):
        Catalog.load(folder(tmp_path, phone=EXTENSION.replace(*change)))


def test_a_list_called_more_adds_to_the_list(tmp_path):
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "titles_after.more.txt").write_text("陪跑师\n主任\n", "utf-8")

    words = Catalog.load(tmp_path).lexicon("titles_after")

    assert words == (*shipped_catalog().lexicon("titles_after"), "陪跑师")
