"""A preview as one self-contained HTML page. It holds originals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from deid.report.wording import Language, words


def render_comparison(
    rows: Sequence[Any], *, policy: Any, titles: Mapping[str, str], language: Language = "zh"
) -> str:
    """The HTML of `deid.preview` rows; `titles` are those of entity types."""
    source = (files("deid.report") / "templates/preview.html.j2").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(source)
    return template.render(
        rows=rows, policy=policy, titles=titles, language=language, word=partial(words, language)
    )
