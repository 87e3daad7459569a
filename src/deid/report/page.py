"""report.html: one page, self-contained and printable. Counts and de-identified paths, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from deid.report.charts import COLOURS, bars, heatmaps
from deid.report.model import DocumentReport, EntityCount, RunReport
from deid.report.wording import Language, words

_PLAIN_REASONS = frozenset(
    {"empty", "encrypted", "encoding", "unsupported", "memory", "disk", "stopped", "changed"}
)
"""Reasons that say it all; with others the message of the program stands below."""

_ROWS = 56
"""Documents in the chart: two printed pages. All are in index.xlsx."""


def render_page(report: RunReport, *, language: Language = "zh") -> str:
    """The HTML of the report."""
    word = partial(words, language)
    titles = {kind.entity_type: _title(kind, language) for kind in report.entities}
    with_finds = [document for document in report.documents if document.found]
    shown = _most(with_finds, _ROWS)
    not_done = [d for d in report.documents if d.state not in ("done", "ignored")]
    documents = [d for d in report.documents if d.state != "ignored"]
    content: Mapping[str, Any] = {
        "report": report,
        "language": language,
        "word": word,
        "titles": titles,
        "colours": COLOURS,
        "bars": bars(report.entities, list(titles.values())),
        "heatmaps": list(heatmaps(shown, report.entities, list(titles.values()))),
        "shown": len(shown),
        "with_finds": len(with_finds),
        "documents": documents,
        "done": [d for d in documents if d.state == "done"],
        "not_done": not_done,
        "ignored": [d for d in report.documents if d.state == "ignored"],
        "kinds": [k for k in COLOURS if k and any(kind.identifier == k for kind in report.entities)],
        "plain_reasons": _PLAIN_REASONS,
        "percent": _percent(report),
        "created": report.created.replace("T", " "),
    }
    return _template().render(content)


@cache
def _template() -> Template:
    source = (files("deid.report") / "templates/report.html.j2").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["thousands"] = lambda number: f"{number:,}"
    return environment.from_string(source)


def _title(kind: EntityCount, language: Language) -> str:
    return kind.title if language == "zh" else kind.entity_type


def _most(documents: list[DocumentReport], count: int) -> list[DocumentReport]:
    chosen = sorted(documents, key=lambda document: (-document.found, document.number))[:count]
    return sorted(chosen, key=lambda document: document.number)


def _percent(report: RunReport) -> str:
    if not report.characters:
        return "0%"
    share = 100 * report.replaced_characters / report.characters
    return f"{share:.1f}%"
