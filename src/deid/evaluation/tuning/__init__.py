"""Tuning: what labelled samples say about recognizers, as files that people read and edit."""

from deid.evaluation.tuning.tuner import Tuning, tune

__all__ = ["Tuning", "tune"]
