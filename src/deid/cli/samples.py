"""`deid samples convert|check|split|stats|prelabel|generate`: labelled files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deid.cli import generate, prelabel
from deid.cli.messages import text, translated
from deid.cli.options import option
from deid.cli.output import INCOMPLETE, console, errors, fail, plain, print_json, show_error, table
from deid.errors import SamplesError

if TYPE_CHECKING:
    from deid.evaluation.samples import Samples
    from deid.evaluation.suspects import Suspect

_LISTED = 40


def build() -> typer.Typer:
    """The subcommands."""
    app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    app.command("convert", help=text("samples.convert.help"))(convert_command)
    app.command("check", help=text("samples.check.help"))(check_command)
    app.command("split", help=text("samples.split.help"))(split_command)
    app.command("stats", help=text("samples.stats.help"))(stats_command)
    app.command("prelabel", help=text("samples.prelabel.help"))(prelabel.prelabel_command)
    app.command("generate", help=text("samples.generate.help"))(generate.generate_command)
    return app


def convert_command(
    source: Annotated[Path, typer.Argument(metavar="IN", help=text("samples.in"), show_default=False)],
    target: Annotated[Path, typer.Argument(metavar="OUT", help=text("samples.out"), show_default=False)],
    read_as: Annotated[str, option("--from", "samples.from", metavar="FORMAT")] = "",
    written_as: Annotated[str, option("--to", "samples.to", metavar="FORMAT")] = "",
    label: Annotated[list[str] | None, option("--label", "samples.label", metavar="OLD=NEW")] = None,
    force: Annotated[bool, option("--force", "samples.force")] = False,
) -> None:
    _refuse_to_overwrite(target, force=force)
    from deid.evaluation.formats import format_of

    name = written_as or format_of(target)
    samples = load_samples([source], label, read_as=read_as)
    samples.save(target, format=name)
    console().print(_summary(samples), soft_wrap=True)
    show_repairs(samples.repairs)
    errors().print(text("samples.holds_values"), style="dim")


def check_command(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help=text("samples.file"), show_default=False)
    ],
    read_as: Annotated[str, option("--from", "samples.from", metavar="FORMAT")] = "",
    label: Annotated[list[str] | None, option("--label", "samples.label", metavar="OLD=NEW")] = None,
    show_all: Annotated[bool, option("--all", "samples.all")] = False,
    show_values: Annotated[bool, option("--show-values", "detect.show_values")] = False,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.evaluation.samples import Samples
    from deid.evaluation.shifts import shift_of
    from deid.evaluation.suspects import suspects

    names = label_names(label or ())
    loaded: list[Samples] = []
    report: list[dict[str, Any]] = []
    for file in files:
        try:
            samples = Samples.load(file, format=read_as, labels=names)
        except SamplesError as error:
            report.append({"file": file.name, "error": error.message, "hint": error.hint})
            if not as_json:
                show_error(error.message, error.hint)
            continue
        loaded.append(samples)
        found = suspects(samples)
        places = [[mark[:2] for mark in sample.marks] for sample in samples]
        shift = shift_of([sample.text for sample in samples], places)
        shown = [_as_json(suspect, samples, show_values=show_values) for suspect in found]
        report.append(
            {
                "file": file.name,
                "samples": len(samples),
                "titles": dict(samples.titles),
                "repairs": samples.repairs,
                "shift": shift._asdict() if shift else None,
                "suspects": shown,
            }
        )
        if not as_json:
            console().print(plain(f"{file.name}: {_summary(samples)}"), style="bold", soft_wrap=True)
            for name, title in samples.titles.items():
                console().print(plain(text("samples.own_label", label=title, type=name)), soft_wrap=True)
            show_repairs(samples.repairs)
            if shift:
                said = text("samples.check.shifted", by=f"{shift.by:+d}", odd=shift.odd, labels=shift.labels)
                console().print(said, style="bold red", soft_wrap=True)
            _show_suspects(shown, show_all=show_all, show_values=show_values)
    if as_json:
        print_json(report)
    _refuse_unknown(names, loaded)
    if any("error" in each or each["shift"] for each in report):
        raise typer.Exit(INCOMPLETE)


def split_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=text("samples.file"), show_default=False)],
    folder: Annotated[Path, option("--out", "samples.split.out", metavar="DIR")],
    share: Annotated[float, option("--share", "samples.split.share")] = 0.5,
    count: Annotated[int | None, option("--folds", "samples.split.folds", metavar="N")] = None,
    seed: Annotated[int, option("--seed", "samples.split.seed")] = 0,
    read_as: Annotated[str, option("--from", "samples.from", metavar="FORMAT")] = "",
    written_as: Annotated[str, option("--to", "samples.to", metavar="FORMAT")] = "spans",
    label: Annotated[list[str] | None, option("--label", "samples.label", metavar="OLD=NEW")] = None,
    force: Annotated[bool, option("--force", "samples.force")] = False,
) -> None:
    from deid.evaluation.formats import encoded, suffix_of
    from deid.evaluation.private import make_folder, write_private
    from deid.evaluation.splitting import folds, split

    if count is not None and count < 2:
        fail(text("samples.split.bad_folds"))
    samples = load_samples([file], label, read_as=read_as)
    parts = folds(samples, count, seed=seed) if count else split(samples, share, seed=seed)
    kind = "fold" if count else "part"
    names = [folder / f"{kind}-{number}{suffix_of(written_as)}" for number in range(1, len(parts) + 1)]
    for path in names:
        _refuse_to_overwrite(path, force=force)
    make_folder(folder)
    shown = console()
    for path, part in zip(names, parts, strict=True):
        write_private(path, encoded(part, written_as))
        shown.print(plain(f"{path}: {_summary(part)}"), soft_wrap=True)
    show_repairs(samples.repairs)
    errors().print(text("samples.holds_values"), style="dim")


def stats_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=text("samples.file"), show_default=False)],
    read_as: Annotated[str, option("--from", "samples.from", metavar="FORMAT")] = "",
    label: Annotated[list[str] | None, option("--label", "samples.label", metavar="OLD=NEW")] = None,
    as_json: Annotated[bool, option("--json", "json.help")] = False,
) -> None:
    from deid.catalog import shipped_catalog
    from deid.evaluation.describing import statistics

    samples = load_samples([file], label, read_as=read_as)
    found = statistics(samples)
    if as_json:
        print_json({**asdict(found), "titles": dict(samples.titles), "repairs": samples.repairs})
        return
    specs = shipped_catalog().by_type
    shown = console()
    shown.print(_summary(samples), style="bold", soft_wrap=True)
    shortest, middle, longest = found.lengths
    shown.print(
        text(
            "samples.stats.lines",
            characters=f"{found.characters:,}",
            shortest=shortest,
            middle=middle,
            longest=longest,
            groups=found.groups,
            largest=found.largest_group,
            unlabelled=found.unlabelled,
            optional=found.optional,
        )
    )
    names = ("type", "title", "marks", "values", "samples", "length")
    rows = table(*(text(f"samples.stats.{name}") for name in names), numbers=(2, 3, 4))
    for each in found.types:
        spec = specs.get(each.entity_type)
        lengths = f"{each.shortest}–{each.middle}–{each.longest}"
        counts = (f"{each.marks:,}", f"{each.values:,}", f"{each.samples:,}")
        title = spec.title if spec else samples.titles.get(each.entity_type, "—")
        rows.add_row(each.entity_type, plain(title), *counts, lengths)
    shown.print(rows)
    show_repairs(samples.repairs)


# --- shared by the commands --------------------------------------------------------------


def load_samples(files: Sequence[Path], label: Sequence[str] | None, *, read_as: str = "") -> Samples:
    """The samples of all files, with the label names of `--label OLD=NEW`; ids of several files begin with its name."""
    from deid.evaluation.samples import Samples

    labels = label_names(label or ())
    loaded = [Samples.load(file, format=read_as, labels=labels) for file in files]
    _refuse_unknown(labels, loaded)
    if len(loaded) == 1:
        return loaded[0]
    items = (
        replace(sample, id=f"{file.stem}/{sample.id}")
        for file, samples in zip(files, loaded, strict=True)
        for sample in samples
    )
    repairs = sum((Counter(samples.repairs) for samples in loaded), Counter[str]())
    titles = {kind: title for samples in loaded for kind, title in samples.titles.items()}
    return Samples(tuple(items), ", ".join(samples.name for samples in loaded), repairs, titles)


def _refuse_unknown(labels: Mapping[str, str], loaded: Sequence[Samples]) -> None:
    """Leave when `--label OLD=NEW` names what no label of any file is called."""
    from deid.aliases import squeezed

    unused = frozenset.intersection(*(samples.unused for samples in loaded)) if loaded else frozenset()
    if missing := [name for name in labels if squeezed(name) in unused]:
        there = ", ".join(sorted({kind for samples in loaded for kind in samples.entity_types}))
        fail(text("samples.no_such_label", label=missing[0]), hint=text("samples.labels_are", labels=there))


def label_names(given: Sequence[str]) -> dict[str, str]:
    """`OLD=NEW` of the command line as a map."""
    names = {}
    for each in given:
        old, separator, new = each.rpartition("=")
        if not separator or not old.strip():
            fail(text("samples.bad_label"), hint="--label 客户编号=CLIENT_NO")
        names[old.strip()] = new.strip()
    return names


def kept_apart(given: Sequence[str] | None) -> set[str]:
    """Labels that stand for themselves (`--label TEL=TEL`), whatever is found where they stand."""
    return {new for old, new in label_names(given or ()).items() if old == new}


def show_repairs(repairs: Mapping[str, int]) -> None:
    """What reading mended, a line each."""
    for kind, count in repairs.items():
        errors().print(f"{text('warning')} {text(f'samples.repairs.{kind}', count=count)}", soft_wrap=True)


def own_name(entity_type: str, titles: Mapping[str, str]) -> str:
    """`LABEL_115767E0 客人名`: a type with the word that the labellers have for it."""
    return f"{entity_type} {titles[entity_type]}" if entity_type in titles else entity_type


def read_as_lines(labels: Mapping[str, str], titles: Mapping[str, str]) -> list[str]:
    """What is said of labels that are read as another type."""
    return [
        text(
            "tune.read_as",
            name=own_name(label, titles),
            word=titles.get(label, label),
            label=label,
            type=entity_type,
        )
        for label, entity_type in labels.items()
    ]


def _refuse_to_overwrite(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        fail(text("samples.exists", name=path.name), hint=text("samples.exists.hint"))


def _summary(samples: Samples) -> str:
    marks = sum(len(sample.marks) for sample in samples)
    return text("samples.summary", samples=len(samples), marks=marks, kinds=len(samples.entity_types))


def _as_json(suspect: Suspect, samples: Samples, *, show_values: bool) -> dict[str, Any]:
    content = asdict(suspect)
    sample = samples[suspect.index]
    if show_values:
        content["value"] = sample.text[suspect.start : suspect.end]
    return content


def _show_suspects(found: list[dict[str, Any]], *, show_all: bool, show_values: bool) -> None:
    shown = console()
    if not found:
        shown.print(text("samples.check.fine"), style="dim")
        return
    shown.print(text("samples.check.suspects", count=len(found)), style="yellow")
    names = ["sample", "place", "type", "reason", "note", *(["value"] if show_values else [])]
    rows = table(*(text(f"samples.check.{name}") for name in names))
    for each in found if show_all else found[:_LISTED]:
        place = f"{each['start']}–{each['end']}"
        reason = text(f"samples.reason.{each['reason']}")
        row = [each["sample"], place, each["entity_type"], reason, translated(each["note"])]
        rows.add_row(*map(plain, row + ([each["value"].replace("\n", "⏎")] if show_values else [])))
    shown.print(rows)
    if len(found) > _LISTED and not show_all:
        shown.print(text("samples.check.more", count=len(found) - _LISTED))
