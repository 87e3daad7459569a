from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from deid.resolve import resolve
from deid.types import Detection


def claim(entity_type, start, end, score=0.9):
    return Detection(entity_type, start, end, score, entity_type.lower())


def spans(entities):
    return [(e.entity_type, e.start, e.end) for e in entities]


def test_the_higher_score_tier_wins():
    assert spans(resolve([claim("PHONE", 0, 11, 0.5), claim("ID", 0, 11, 0.9)])) == [("ID", 0, 11)]


def test_within_a_tier_the_type_of_higher_priority_wins():
    entities = resolve([claim("A", 0, 4, 0.7), claim("B", 0, 4, 0.8)], priorities={"A": 90})

    assert spans(entities) == [("A", 0, 4)]


def test_what_the_loser_had_outside_stays_covered():
    entities = resolve([claim("PHONE", 2, 6), claim("NAME", 0, 8, 0.7)])

    assert spans(entities) == [("NAME", 0, 2), ("PHONE", 2, 6), ("NAME", 6, 8)]


def test_a_winner_grows_over_the_rest_of_its_own_type():
    assert spans(resolve([claim("NAME", 2, 4), claim("NAME", 0, 3, 0.7)])) == [("NAME", 0, 4)]


def test_kept_types_never_shield_a_direct_identifier():
    entities = resolve(
        [claim("DISEASE", 0, 9, 1.0), claim("PERSON", 0, 2, 0.5)], yielding=frozenset({"DISEASE"})
    )

    assert spans(entities) == [("PERSON", 0, 2)]


def test_neighbours_are_not_joined():
    assert spans(resolve([claim("PERSON", 0, 2), claim("PERSON", 2, 4)])) == [
        ("PERSON", 0, 2),
        ("PERSON", 2, 4),
    ]


def test_below_its_threshold_a_claim_is_dropped():
    assert resolve([claim("PERSON", 0, 2, 0.3)], thresholds={"PERSON": 0.4}) == ()


claims = st.lists(
    st.builds(
        lambda kind, start, length, score: claim(kind, start, start + length, score),
        st.sampled_from(["A", "B", "C"]),
        st.integers(0, 30),
        st.integers(1, 12),
        st.sampled_from([0.3, 0.6, 0.7, 0.95]),
    ),
    max_size=12,
)


@given(claims)
def test_entities_are_disjoint_ordered_and_cover_every_claimed_character(detections):
    entities = resolve(detections)

    assert all(a.end <= b.start for a, b in pairwise(entities))
    claimed = {i for d in detections for i in range(d.start, d.end)}
    assert {i for e in entities for i in range(e.start, e.end)} == claimed


@given(claims, st.randoms())
def test_the_order_of_claims_does_not_matter(detections, random):
    shuffled = list(detections)
    random.shuffle(shuffled)

    assert spans(resolve(detections)) == spans(resolve(shuffled))
