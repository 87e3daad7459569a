"""report.html: one page, self-contained and printable. Counts and de-identified paths, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from deid.report.charts import COLOURS, bars, heatmaps
from deid.report.model import DocumentReport, EntityCount, RunReport
from deid.report.wording import Language, words

_PLAIN_REASONS = frozenset(
    {
        "empty",
        "encrypted",
        "encoding",
        "unsupported",
        "memory",
        "disk",
        "permission",
        "stopped",
        "new",
        "changed",
        "linked",
    }
)
"""Reasons that say it all; with others the message of the program stands below."""

_ROWS, _BARS, _COLUMNS = 56, 20, 18
"""How much fits in the charts: documents on two printed pages, types. index.xlsx has them all."""

_OTHERS = "*"


def render_page(report: RunReport, *, language: Language = "zh") -> str:
    """The HTML of the report."""
    word = partial(words, language)
    with_finds = [document for document in report.documents if document.found]
    shown = _most(with_finds, _ROWS)
    documents = [d for d in report.documents if d.state != "ignored"]
    bar_kinds, _ = _grouped(report.entities, _BARS, (), word)
    map_kinds, map_documents = _grouped(report.entities, _COLUMNS, shown, word)
    content: Mapping[str, Any] = {
        "report": report,
        "language": language,
        "word": word,
        "titles": {kind.entity_type: _title(kind, language) for kind in report.entities},
        "colours": COLOURS,
        "bars": bars(bar_kinds, [_title(kind, language) for kind in bar_kinds]),
        "heatmaps": list(heatmaps(map_documents, map_kinds, [_title(kind, language) for kind in map_kinds])),
        "shown": len(shown),
        "with_finds": len(with_finds),
        "documents": documents,
        "done": [d for d in documents if d.state == "done"],
        "not_done": [d for d in documents if d.state != "done"],
        "beside": sum(d.reason == "litter" for d in report.documents),
        "ignored": [d for d in report.documents if d.state == "ignored"],
        "kinds": [k for k in COLOURS if k and any(kind.identifier == k for kind in report.entities)],
        "plain_reasons": _PLAIN_REASONS,
        "percent": _percent(report),
        "created": report.created.replace("T", " "),
    }
    return _template().render(content)


def _grouped(
    kinds: Sequence[EntityCount], most: int, documents: Sequence[DocumentReport], word: Callable[..., str]
) -> tuple[list[EntityCount], list[DocumentReport]]:
    """The most frequent types and, where there are more, all the others as one; documents to match."""
    if len(kinds) <= most:
        return list(kinds), list(documents)
    first, others = kinds[: most - 1], kinds[most - 1 :]
    operators: Counter[str] = Counter()
    for kind in others:
        operators.update(kind.operators)
    rest = EntityCount(_OTHERS, word("others", count=len(others)), "", dict(operators))
    named = {kind.entity_type for kind in first}
    changed = []
    for document in documents:
        entities = {kind: count for kind, count in document.entities.items() if kind in named}
        changed.append(
            replace(document, entities={**entities, _OTHERS: document.found - sum(entities.values())})
        )
    return [*first, rest], changed


@cache
def _template() -> Template:
    source = (files("deid.report") / "templates/report.html.j2").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["thousands"] = lambda number: f"{number:,}"
    return environment.from_string(source)


def _title(kind: EntityCount, language: Language) -> str:
    return kind.title if language == "zh" or kind.entity_type == _OTHERS else kind.entity_type


def _most(documents: list[DocumentReport], count: int) -> list[DocumentReport]:
    chosen = sorted(documents, key=lambda document: (-document.found, document.number))[:count]
    return sorted(chosen, key=lambda document: document.number)


def _percent(report: RunReport) -> str:
    if not report.characters:
        return "0%"
    share = 100 * report.replaced_characters / report.characters
    return f"{share:.1f}%"
