"""Recognizer files: what they may say, and how they are read."""

from deid.catalog.lexicon import WordIndex
from deid.catalog.loading import Catalog, read_folder, shipped_catalog
from deid.catalog.marked import Marked, parse_marked, write_marked
from deid.catalog.schema import ExtensionSpec, ProtectSpec, RecognizerSpec
from deid.catalog.wordfinder import WordFinder

__all__ = [
    "Catalog",
    "ExtensionSpec",
    "Marked",
    "ProtectSpec",
    "RecognizerSpec",
    "WordFinder",
    "WordIndex",
    "parse_marked",
    "read_folder",
    "shipped_catalog",
    "write_marked",
]
