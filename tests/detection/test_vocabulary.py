"""Catalogs with the same lists share what is built from them."""

from __future__ import annotations

from deid.catalog import Catalog, shipped_catalog
from deid.catalog.schema import ProtectSpec
from deid.detection.vocabulary import vocabulary_of

SHIPPED = shipped_catalog()


def test_catalogs_that_differ_in_their_recognizers_share_a_vocabulary():
    fewer = Catalog(SHIPPED.specs[:3], SHIPPED.protects, dict(SHIPPED.lexicons))

    assert vocabulary_of(fewer) is vocabulary_of(SHIPPED)


def test_other_lists_make_another_vocabulary():
    protect = ProtectSpec(
        schema=1, protect="x", title="", examples=("康护灵",), against=("PERSON",), words=("康护灵",)
    )
    protecting = Catalog(SHIPPED.specs, (*SHIPPED.protects, protect), SHIPPED.lexicons)
    naming = Catalog(SHIPPED.specs, SHIPPED.protects, SHIPPED.lexicons | {"common_words": ("康护灵",)})

    assert "康护灵" in vocabulary_of(protecting).protected
    assert "康护灵" in vocabulary_of(naming).ordinary_words
    assert "康护灵" not in vocabulary_of(SHIPPED).protected
    assert "康护灵" not in vocabulary_of(SHIPPED).ordinary_words
