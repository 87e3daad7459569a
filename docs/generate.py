"""Writes the parts of the reference pages that follow from the code, and what is worked out beforehand.

Between `<!-- generated: NAME -->` and `<!-- end -->` a page is replaced; the rest is prose.
`--check` changes nothing and fails when a page, or a schema, is stale.

    python docs/generate.py [--check]
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

os.environ["DEID_LANG"] = "en"
ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    ROOT / "docs/reference/entity-types.md",
    ROOT / "docs/reference/cli.md",
    ROOT / "docs/reference/python.md",
    ROOT / "docs/reference/policy.md",
    ROOT / "recognizers/README.md",
)
_REGION = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_MARKUP = re.compile(r"\[/?(?:bold|dim|red|green|yellow)?[a-z ]*\]")

_MEANINGS = {  # of fields whose name says it to those who know the code
    "schema_": "Version of this format.",
    "score_if_valid": "Score of a pattern's value that the validator confirms.",
    "score_if_invalid": "Score of a pattern's value that the validator does not confirm.",
    "title": "What the list is called.",
    "standard": "The standard that the words come from.",
    "source": "Where the words come from when there is no standard.",
    "note": "What a reader should know.",
    "words": "The words themselves.",
}

FOLDERS = {
    "identity": "Identity documents",
    "contact": "Contact",
    "finance": "Finance",
    "organization": "Organisations",
    "vehicle": "Vehicles",
    "device": "Devices and networks",
    "medical": "Medical numbers and terms",
    "person": "Persons",
    "place": "Places",
    "time": "Dates and ages",
    "social": "Social attributes",
}


def table(header: str, rows: Iterable[Iterable[str]]) -> str:
    names = header.split(" | ")
    lines = [f"| {header} |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(_cell(text) for text in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


# --- entity types ------------------------------------------------------------------------


def entity_types() -> str:
    from deid.catalog import shipped_catalog
    from deid.policy import Policy

    catalog, policy = shipped_catalog(), Policy.load("dd-preclosing")
    parts = []
    for folder, title in FOLDERS.items():
        specs = [spec for spec in catalog.specs if catalog.files[spec.entity].startswith(folder + "/")]
        if not specs:
            continue
        rows = (
            (
                f"[`{spec.entity}`](../../recognizers/{catalog.files[spec.entity]})",
                spec.title,
                spec.identifier,
                str(spec.level),
                policy.operator_for(spec.entity).operator,
                spec.standard or spec.source,
            )
            for spec in sorted(specs, key=lambda spec: spec.entity)
        )
        parts.append(
            f"## {title}\n\n"
            + table("Type | Title | Identifier | Level | dd-preclosing | Standard or source", rows)
        )
    listed = [catalog.files[spec.entity].split("/")[0] for spec in catalog.specs]
    if unknown := set(listed) - set(FOLDERS):
        raise SystemExit(f"docs/generate.py: no title for folders {sorted(unknown)}")
    return f"{len(catalog.specs)} types.\n\n" + "\n".join(parts)


def aliases() -> str:
    from deid.aliases import ALIASES

    return table(
        "Name elsewhere | Type here", ((f"`{old}`", f"`{new}`") for old, new in sorted(ALIASES.items()))
    )


# --- the command line --------------------------------------------------------------------


def command_line() -> str:
    from deid.cli.app import build

    return "\n".join(_commands(build(), "deid"))


def _commands(app: Any, name: str) -> Iterator[str]:
    """Read from Typer's own records, which change less than what it makes of them."""
    for info in app.registered_commands:
        yield from _command(f"{name} {info.name}", info)
    for group in app.registered_groups:
        yield f"## {name} {group.name}\n\n{_prose(group.help)}\n"
        yield from _commands(group.typer_instance, f"{name} {group.name}")


def _command(name: str, info: Any) -> Iterator[str]:
    arguments, options = [], []
    # Not get_type_hints: Python 3.10 makes Optional[Annotated[...]] of a parameter whose default is None.
    for parameter in inspect.signature(info.callback, eval_str=True).parameters.values():
        kind, given = get_args(parameter.annotation)
        if type(given).__name__ == "ArgumentInfo":
            metavar = given.metavar or parameter.name.upper()
            optional = parameter.default is not parameter.empty and not metavar.startswith("[")
            arguments.append((f"[{metavar}]" if optional else metavar, given.help))
        else:
            value = "" if kind is bool else " " + (given.metavar or _choices(kind) or "TEXT")
            words = [
                given.default,
                *(given.param_decls or ()),
            ]  # inside Annotated the first name comes as default
            options.append(
                (", ".join(f"{word}{value}" for word in words if str(word).startswith("-")), given.help)
            )
    usage = " ".join([name, *(metavar for metavar, _ in arguments), *(["[OPTIONS]"] if options else [])])
    yield f"{'##' if name.count(' ') == 1 else '###'} {name}\n\n```\n{usage}\n```\n\n{_prose(info.help)}\n"
    rows = [(f"`{word}`", _plain(text or "")) for word, text in (*arguments, *options)]
    if rows:
        yield table("Argument or option | What", rows)


def _choices(kind: Any) -> str:
    kinds = [kind, *get_args(kind)]
    found = [member.value for k in kinds if isinstance(k, type) and issubclass(k, Enum) for member in k]
    return "|".join(found)


def _plain(text: str) -> str:
    return _MARKUP.sub("", text).strip()


def _prose(text: str | None) -> str:
    """Help as Markdown: lines that show commands become a block of code."""
    lines = (text or "").strip().splitlines()
    out: list[str] = []
    for line in lines:
        code = "[bold]" in line
        inside = bool(out) and out[-1].startswith("    ")
        if code and not inside and out and out[-1]:
            out.append("")
        out.append("    " + _plain(line) if code else _plain(line))
    return "\n".join(out)


# --- Python ------------------------------------------------------------------------------


def public_names() -> str:
    import deid

    parts = []
    for name in sorted(deid.__all__, key=str.casefold):
        value = getattr(deid, name)
        if inspect.isclass(value) and issubclass(value, Exception):
            continue
        signature = _signature(value)
        shown = f"```\n{name}{signature}\n```\n\n" if signature else ""
        parts.append(f"### {name}\n\n{shown}{_summary(value)}\n")
        if inspect.isclass(value):
            rows = list(_members(value))
            if rows:
                parts.append(table("Member | What", rows))
    return "\n".join(parts)


def _signature(value: Any) -> str:
    """Of functions and of what users construct; values that deid makes have a table of fields."""
    if inspect.isclass(value) and (dataclasses.is_dataclass(value) or hasattr(value, "model_fields")):
        return ""
    parts = []
    for parameter in inspect.signature(value).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        default = parameter.default
        shown = default.__name__ if callable(default) and default.__name__ != "<lambda>" else repr(default)
        shown = "…" if shown.startswith("<") else shown
        parts.append(
            f"{parameter.name}: {parameter.annotation}"
            + ("" if default is parameter.empty else f" = {shown}")
        )
    result = inspect.signature(value).return_annotation
    arrow = "" if inspect.isclass(value) else f" -> {result}"
    line = f"({', '.join(parts)}){arrow}"
    return line if len(line) < 90 else "(\n" + "".join(f"    {part},\n" for part in parts) + f"){arrow}"


def _summary(value: Any) -> str:
    text = inspect.getdoc(value) or ""
    return re.split(r"\n\s*\n(?=>>>|    )", text)[0].strip()


def _members(value: type) -> Iterator[tuple[str, str]]:
    for name, info in getattr(value, "model_fields", {}).items():
        yield f"`{info.alias or name}`", info.description or ""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if not field.name.startswith("_"):
                yield f"`{field.name}`", f"`{field.type}`"
    for name, member in vars(value).items():
        function = member.__func__ if isinstance(member, (classmethod, staticmethod)) else member
        text = inspect.getdoc(function) or ""
        if name.startswith("_") or not text:
            continue
        if inspect.isfunction(function):
            yield f"`{name}()`", text.split("\n\n")[0]
        elif isinstance(function, (property, cached_property)):
            yield f"`{name}`", text.split("\n\n")[0]


def errors() -> str:
    import deid
    import deid.errors

    drawing = (deid.errors.__doc__ or "").partition("\n\n")[2].rpartition("\n\n")[0]
    return f"```\n{inspect.cleandoc(drawing)}\n```\n"


# --- files -------------------------------------------------------------------------------


def recognizer_format() -> str:
    from deid.catalog import schema

    parts = []
    for title, model in (
        ("A recognizer file", schema.RecognizerSpec),
        ("`patterns`: PatternSpec", schema.PatternSpec),
        ("`cues`: CueSpec", schema.CueSpec),
        ("`lexicons`: LexiconSpec", schema.LexiconSpec),
        ("`tagger`: TaggerSpec", schema.TaggerSpec),
        ("`examples`: ExamplesSpec", schema.ExamplesSpec),
        ("An extension", schema.ExtensionSpec),
        ("A protect file", schema.ProtectSpec),
    ):
        parts.append(
            f"### {title}\n\n{inspect.getdoc(model)}\n\n"
            + table("Field | Type | Default | Meaning", _fields(model))
        )
    return "\n".join(parts)


def _fields(model: Any) -> Iterator[tuple[str, str, str, str]]:
    for name, info in model.model_fields.items():
        default = "required" if info.is_required() else _default(info)
        meaning = info.description or _MEANINGS.get(name) or _meaning_of_model(info.annotation)
        yield f"`{info.alias or name}`", _type_name(info.annotation), default, meaning


def _meaning_of_model(annotation: Any) -> str:
    kinds = [annotation, *get_args(annotation)]
    return next((f"See `{kind.__name__}` below." for kind in kinds if hasattr(kind, "model_fields")), "")


def _default(info: Any) -> str:
    value = info.get_default(call_default_factory=True)
    if value in ("", (), None, {}):
        return "–"
    return f"`{getattr(value, 'operator', value)}`"


def _type_name(annotation: Any) -> str:
    plain = isinstance(annotation, type) and not get_args(annotation)  # list[str] is a type in Python 3.10
    text = annotation.__name__ if plain else str(annotation)
    text = re.sub(r"Annotated\[([^,\[\]]+(?:\[[^\]]*\])?),.*?(?=\]*$)\]", r"\1", text)
    text = re.sub(
        r"typing\.|deid\.[a-z.]+\.|Literal\[([^\]]*)\]", lambda match: (match[1] or "").replace("'", ""), text
    )
    return (
        text.replace(", ...]", "]")
        .replace("tuple[", "list[")
        .replace("NoneType", "none")
        .replace("| None", "")
    )


def validators() -> str:
    from deid.validators import VALIDATORS

    rows = []
    for name, check in sorted(VALIDATORS.items()):
        module = sys.modules[check.__module__]
        rows.append((f"`{name}`", (inspect.getdoc(module) or "").split("\n")[0].rstrip(".")))
    return table("Validator | Checks", rows)


def policy_fields() -> str:
    from deid.policy import OperatorRule, Policy

    rows = [
        *_fields(Policy),
        *((f"`operators.*.{n.strip('`')}`", t, d, m) for n, t, d, m in _fields(OperatorRule)),
    ]
    return table("Field | Type | Default | Meaning", rows)


def policies() -> str:
    from deid.catalog import shipped_catalog
    from deid.policy import Policy, shipped_policies

    loaded = [Policy.load(name) for name in shipped_policies()]
    rows = [
        [f"`{spec.entity}`", spec.title, *(_rule(policy.operator_for(spec.entity)) for policy in loaded)]
        for spec in sorted(shipped_catalog().specs, key=lambda spec: spec.entity)
    ]
    return table("Type | Title | " + " | ".join(policy.name for policy in loaded), rows)


def _rule(rule: Any) -> str:
    params = ", ".join(f"{name} {value}" for name, value in rule.params.items())
    return rule.operator + (f" ({params})" if params else "")


REGIONS: dict[str, Callable[[], str]] = {
    "entity-types": entity_types,
    "aliases": aliases,
    "command-line": command_line,
    "public-names": public_names,
    "errors": errors,
    "recognizer-format": recognizer_format,
    "validators": validators,
    "policy-fields": policy_fields,
    "policies": policies,
}


def outputs() -> Iterator[tuple[Path, str]]:
    """Every generated file with its content."""
    from deid.catalog import shipped_catalog
    from deid.catalog.schema import ExtensionSpec, ProtectSpec, RecognizerSpec
    from deid.detection.composite import Composite
    from deid.detection.needs import as_kept
    from deid.policy import Policy

    for page in PAGES:
        yield (
            page,
            _REGION.sub(lambda m: f"{m[1]}\n{REGIONS[m[2]]().rstrip()}\n\n{m[3]}", page.read_text("utf-8")),
        )
    regexes = Composite(shipped_catalog()).regexes()
    yield ROOT / "src/deid/detection/needs.json", as_kept(regexes)
    models = {
        "recognizer": RecognizerSpec,
        "extension": ExtensionSpec,
        "protect": ProtectSpec,
        "policy": Policy,
    }
    for name, model in models.items():
        schema = json.dumps(model.model_json_schema(by_alias=True), ensure_ascii=False, indent=2)
        yield ROOT / f"docs/reference/{name}.schema.json", schema + "\n"


def main(check: bool) -> int:
    stale = []
    for path, content in outputs():
        if not path.exists() or path.read_text("utf-8") != content:
            stale.append(path.relative_to(ROOT).as_posix())
            if not check:
                path.write_text(content, "utf-8", newline="\n")
    for name in stale:
        print(f"{name}: {'stale, run `make docs`' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
