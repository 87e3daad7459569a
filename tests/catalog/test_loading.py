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
