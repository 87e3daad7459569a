"""Persons of one name are told apart the same way, whether or not each pair of them is compared."""

from __future__ import annotations

import random

import pytest

from deid.link import clusters
from deid.link.clusters import Member, persons_of_a_name
from deid.link.codes import key_of

KINDS = ("CN_RESIDENT_ID", "PHONE_NUMBER", "MEDICAL_RECORD_NUMBER", "DATE_OF_BIRTH", "sex")


def members(draw: random.Random) -> list[Member]:
    """Rows of a list, most of them with numbers of their own."""
    made = []
    values = draw.choice((3, 50, 10_000))
    kinds = draw.sample(KINDS, draw.randint(1, 3))
    for row in range(draw.randint(2, 14)):
        keys = frozenset(
            key_of(kind, f"{draw.randrange(2 if kind == 'sex' else values):016x}")
            for kind in kinds
            if draw.random() < 0.9
        )
        made.append(
            Member("表", f"1\0{row}", frozenset(key for key in keys if key[0] != key_of("sex", "")[0]), keys)
        )
    return made


@pytest.mark.parametrize("seed", range(200))
def test_comparing_each_pair_finds_the_same_persons(seed, monkeypatch):
    found = members(random.Random(seed))
    quickly = [group.members for group in persons_of_a_name(found)]

    monkeypatch.setattr(clusters, "_all_differ", lambda groups: False)

    assert quickly == [group.members for group in persons_of_a_name(found)]
