"""The scores of finds that are written down by hand."""

from __future__ import annotations

from deid.evaluation.comparing import compare
from deid.evaluation.scoring import Scores, rules_for


def score(samples, found, **options):
    """Of one sequence of finds for each sample; the options are those of `rules_for`."""
    rules = rules_for(samples, **options)
    comparisons = [compare(sample, finds, rules) for sample, finds in zip(samples, found, strict=True)]
    return Scores.of(samples, comparisons, rules)
