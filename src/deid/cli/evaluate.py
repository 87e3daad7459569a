"""`deid evaluate`: figures in the terminal, every error on a page, and a bar for CI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from deid.cli.messages import language, text
from deid.cli.options import option
from deid.cli.output import INCOMPLETE, console, errors, fail, plain, print_json, table
from deid.cli.run import ReportLanguage

if TYPE_CHECKING:
    from deid.evaluation.intervals import Interval
    from deid.evaluation.measuring import Evaluation
    from deid.evaluation.samples import Samples
    from deid.evaluation.scoring import Counts

_WORST = 20
_VALUES = 12
_COLUMNS = ("gold", "found", "recall", "precision", "f1", "f2", "strict_recall", "leaked", "excess")
_NARROW, _WIDE = ("gold", "recall", "precision", "f2", "leaked"), 116
_STANDARD_OUTPUT = Path("-")


class Conventions(str, Enum):
    """What `--conventions` may be."""

    MAP = "map"
    STRICT = "strict"


def evaluate_command(
    files: Annotated[
        list[Path], typer.Argument(metavar="SAMPLES...", help=text("evaluate.samples"), show_default=False)
    ],
    policy: Annotated[str, option("--policy", "run.policy", panel="settings")] = "dd-preclosing",
    known: Annotated[Path | None, option("--known", "run.known", metavar="FILE", panel="settings")] = None,
    recognizers: Annotated[
        Path | None, option("--recognizers", "run.recognizers", metavar="DIR", panel="settings")
    ] = None,
    model: Annotated[Path | None, option("--model", "run.model", metavar="DIR", panel="settings")] = None,
    label: Annotated[
        list[str] | None, option("--label", "samples.label", metavar="OLD=NEW", panel="settings")
    ] = None,
    ignore: Annotated[
        list[str] | None, option("--ignore", "evaluate.ignore", metavar="TYPE", panel="settings")
    ] = None,
    overlap: Annotated[
        float, option("--overlap", "evaluate.overlap", metavar="SHARE", panel="settings")
    ] = 0.5,
    conventions: Annotated[
        Conventions, option("--conventions", "evaluate.conventions", panel="settings")
    ] = Conventions.MAP,
    distinct: Annotated[bool, option("--distinct-types", "evaluate.distinct", panel="settings")] = False,
    against: Annotated[
        Path | None, option("--against", "evaluate.against", metavar="FILE", panel="output")
    ] = None,
    out: Annotated[Path | None, option("--out", "evaluate.out", metavar="FILE", panel="output")] = None,
    as_json: Annotated[
        Path | None, option("--json", "evaluate.json", metavar="FILE|-", panel="output")
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        option("--fail-under", "evaluate.fail_under", metavar="NAME=NUMBER", panel="output"),
    ] = None,
    show_values: Annotated[bool, option("--show-values", "evaluate.show_values", panel="output")] = False,
    report_language: Annotated[
        ReportLanguage, option("--report-language", "evaluate.language", panel="output")
    ] = ReportLanguage.CHINESE,
) -> None:
    bars = dict(_bar(written) for written in fail_under or ())
    if not 0 <= overlap <= 1:
        fail(text("evaluate.bad_overlap"))
    from deid.catalog import Catalog
    from deid.cli.samples import kept_apart, load_samples
    from deid.evaluation.measuring import Evaluation, evaluate
    from deid.pipeline import Deidentifier

    for path, is_own in ((out, _is_page), (as_json, _is_evaluation)):
        if path is not None and path != _STANDARD_OUTPUT:
            _refuse_to_overwrite(path, is_own, inputs=(*files, known, recognizers, model, against))
    earlier = Evaluation.load(against) if against is not None else None
    samples = load_samples(files, label)
    catalog = Catalog.load(recognizers) if recognizers is not None else None
    deidentifier = Deidentifier(policy=policy, catalog=catalog, known=known, model=model)
    with _progress(show=as_json != _STANDARD_OUTPUT) as progress:
        evaluation = evaluate(
            samples,
            deidentifier,
            overlap=overlap,
            conventions=conventions.value,
            classes={} if distinct else None,
            unscored=[name.upper() for name in ignore or ()],
            apart=kept_apart(label),
            progress=progress,
        )
    below = _below(evaluation, bars)
    if out is not None:
        evaluation.write_page(samples, out, against=earlier, language=report_language.value)
    if as_json == _STANDARD_OUTPUT:
        print_json(evaluation.to_dict())
    else:
        if as_json is not None:
            evaluation.save(as_json)
        _show(evaluation, earlier)
        if show_values:
            _show_worst(evaluation, samples)
            _show_unlabelled(evaluation, samples)
        if out is not None:
            console().print(plain(text("evaluate.wrote", path=out)), soft_wrap=True)
    for message in below:
        errors().print(plain(message), style="bold red", soft_wrap=True)
    if below:
        raise typer.Exit(INCOMPLETE)


# --- what was asked for ----------------------------------------------------------------------


def _refuse_to_overwrite(
    path: Path, is_own: Callable[[Path], bool], *, inputs: Iterable[Path | None]
) -> None:
    """Only what an evaluation wrote before makes room for a new one, and nothing that this one reads."""
    if not path.exists():
        return
    read = any(other is not None and other.exists() and path.samefile(other) for other in inputs)
    if read or not is_own(path):
        fail(text("samples.exists", name=path.name), hint=text("evaluate.new_name"))


def _is_page(path: Path) -> bool:
    from deid.evaluation.page import MARK

    with path.open("rb") as file:
        return MARK.encode() in file.read(1000)


def _is_evaluation(path: Path) -> bool:
    from deid.errors import SamplesError
    from deid.evaluation.measuring import Evaluation

    try:
        Evaluation.load(path)
    except SamplesError:
        return False
    return True


def _bar(written: str) -> tuple[str, float]:
    name, _, number = written.partition("=")
    try:
        bar = float(number)
    except ValueError:
        fail(text("evaluate.bad_bar"))
    if not 0 <= bar <= 1:
        fail(text("evaluate.bad_bar"))
    from deid.evaluation.scoring import FIGURES

    name = name.strip()
    if name != "direct.covered" and name.rpartition(".")[2] not in FIGURES:
        fail(text("evaluate.no_figure", name=name))
    return name, bar


def _below(evaluation: Evaluation, bars: dict[str, float]) -> list[str]:
    """A line for each figure that is below its bar, or that the samples cannot tell."""
    lines = []
    for name, bar in bars.items():
        try:
            value = evaluation.figure(name)
        except ValueError:
            fail(text("evaluate.no_figure", name=name))
        if value is None:
            lines.append(text("evaluate.undefined", name=name))
        elif value < bar:
            lines.append(text("evaluate.below", name=name, value=f"{value:.4f}", bar=f"{bar:g}"))
    return lines


# --- what is shown -----------------------------------------------------------------------------


def _show(evaluation: Evaluation, earlier: Evaluation | None) -> None:
    from deid.cli.samples import own_name, read_as_lines
    from deid.evaluation.intervals import OVERALL

    scores, shown = evaluation.scores, console()
    titles: Mapping[str, str] = evaluation.settings.get("titles", {})
    wide = shown.width >= _WIDE
    names = ["type", *(_COLUMNS if wide else _NARROW)]
    rows = table(*(text(f"evaluate.{name}") for name in names), numbers=tuple(range(1, len(names))))
    for column in rows.columns:
        column.no_wrap = True
    listed = sorted(scores.by_type.items(), key=lambda row: (-row[1].gold, -row[1].found, row[0]))
    for name, counts in [*listed, (OVERALL, scores.overall)]:
        if counts.gold or counts.found:
            cells = _cells(counts, evaluation.intervals.get(name, {}))
            title = text("evaluate.all") if name == OVERALL else own_name(name, titles)
            style = "bold" if name == OVERALL else ""
            rows.add_row(plain(title), *(cells[column] for column in names[1:]), style=style)
    for line in read_as_lines(evaluation.settings.get("aligned", {}), titles):
        shown.print(plain(line), style="dim")
    shown.print(rows)
    direct = scores.directly
    shown.print(
        text(
            "evaluate.direct",
            covered=_percent(direct.covered),
            whole=direct.leaked_whole,
            part=direct.leaked_part,
            documents=direct.documents,
            total=len(scores.documents),
        ),
        soft_wrap=True,
    )
    _show_lists(evaluation)
    if earlier is not None:
        _show_change(evaluation, earlier)
    shown.print(
        text(
            "evaluate.summary",
            documents=len(scores.documents),
            characters=f"{scores.characters:,}",
            seconds=f"{evaluation.seconds:.1f}",
        ),
        style="dim",
    )


def _show_lists(evaluation: Evaluation) -> None:
    """How many errors of which kind, and how many differences of convention."""
    from deid.evaluation.page import words

    kinds = Counter(mistake.kind for mistake in evaluation.mistakes if mistake.counted)
    if kinds:
        listed = ", ".join(f"{words(language(), f'kind.{kind}')} {n}" for kind, n in kinds.most_common())
        console().print(text("evaluate.errors", list=listed), soft_wrap=True)
    differences: Counter[str] = Counter()
    for (kind, _, _), count in evaluation.convention_counts.items():
        differences[kind] += count
    if differences:
        listed = ", ".join(
            f"{words(language(), f'convention.{kind}')} {n}" for kind, n in differences.most_common()
        )
        mapped = evaluation.settings["conventions"] == "map"
        key = "evaluate.mapped" if mapped else "evaluate.mapped_strict"
        console().print(text(key, list=listed), soft_wrap=True)
    if counts := evaluation.unlabelled_counts:
        listed = ", ".join(f"{name} {count:,}" for name, count in counts.items())
        shown = text("evaluate.unlabelled", count=f"{sum(counts.values()):,}", list=listed)
        console().print(plain(shown), style="yellow", soft_wrap=True)


def _show_change(evaluation: Evaluation, earlier: Evaluation) -> None:
    from deid.evaluation.comparison import compared
    from deid.evaluation.intervals import OVERALL

    change = compared(evaluation, earlier)
    shown = console()
    shown.print(
        text("evaluate.compared", created=earlier.created.replace("T", " "), **change.counts), style="bold"
    )
    if change.unlike:
        shown.print(plain(text("evaluate.unlike", names=", ".join(change.unlike))), style="yellow")
    measures = ("recall", "precision", "f1", "f2")[: 4 if shown.width >= _WIDE else 2]
    rows = table("", *(text(f"evaluate.{measure}") for measure in measures))
    for name, row in change.gains.items():
        cells = []
        for measure in measures:
            gain = row.get(measure)
            if gain is None or not gain.change:
                cells.append("")
                continue
            doubt = "" if gain.is_sure else f" {text('evaluate.chance')}"
            cells.append(f"{gain.change * 100:+.1f} [{gain.low * 100:+.1f}, {gain.high * 100:+.1f}]{doubt}")
        if any(cells):
            rows.add_row(text("evaluate.all") if name == OVERALL else plain(name), *map(plain, cells))
    if rows.row_count:
        shown.print(rows)


def _show_worst(evaluation: Evaluation, samples: Samples) -> None:
    from deid.evaluation.excerpts import excerpt
    from deid.evaluation.measuring import unique_ids

    texts = {sample.id: sample.text for sample in unique_ids(samples)}
    shown = console()
    shown.print(text("evaluate.worst"))
    for mistake in evaluation.mistakes[:_WORST]:
        marks = {0: "{}", 1: "【{}】", 2: "{{{}}}", 3: "【{{{}}}】"}
        pieces = excerpt(texts[mistake.sample], mistake)
        line = "".join(marks[int(what)].format(piece) for piece, what in pieces)
        shown.print(plain(f"{mistake.entity_type} {mistake.kind}: {line}"), soft_wrap=True)


def _show_unlabelled(evaluation: Evaluation, samples: Samples) -> None:
    """The most frequent values of each type that is never labelled."""
    from deid.evaluation.measuring import unique_ids

    texts = {sample.id: sample.text for sample in unique_ids(samples)}
    values: dict[str, Counter[str]] = {name: Counter() for name in evaluation.unlabelled_counts}
    for find in evaluation.unlabelled:
        values[find.entity_type][texts[find.sample][find.start : find.end].replace("\n", "⏎")] += 1
    for name, counts in values.items():
        listed = ", ".join(f"{value} {count}" for value, count in counts.most_common(_VALUES))
        console().print(plain(f"{name}: {listed}"), soft_wrap=True)


def _cells(counts: Counts, intervals: Mapping[str, Interval]) -> dict[str, str]:
    """Column → what stands in it; recall and precision with their intervals."""
    cells = {name: f"{getattr(counts, name):,}" for name in ("gold", "found", "leaked", "excess")}
    for name in ("recall", "precision", "f1", "f2", "strict_recall"):
        cells[name] = _percent(counts.figure(name))
        if name in ("recall", "precision") and (interval := intervals.get(name)):
            cells[name] += f" {interval.low * 100:3.0f}–{interval.high * 100:<3.0f}"
    return cells


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value * 100:.1f}"


@contextmanager
def _progress(*, show: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A function for `evaluate`; None where there is no terminal to draw on."""
    shown = errors()
    if not show or not shown.is_terminal:
        yield None
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=shown, transient=True) as bars:
        task = bars.add_task(text("evaluate.reading"), total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
