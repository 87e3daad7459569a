"""Labelled samples: read, measure, tune, make."""
