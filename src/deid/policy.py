"""A policy: what becomes of each type of entity, from which score on, and for whom.

The file format is strict: an unknown field, entity type, operator or parameter is an error
that lists near names, because a misspelt type would silently fall to the default. The format
is described, field by field, in docs/reference/policy.md.

>>> policy = Policy.load("dd-preclosing")
>>> policy.operator_for("AGE")
OperatorSpec(operator='generalize', params={'width': 5, 'top': 90})
>>> policy.operator_for("A_TYPE_OF_SOMEONE_ELSE").operator
'label'
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from deid.aliases import ALIASES, ROLE_NAMES, canonical_role, canonical_type
from deid.errors import PolicyError
from deid.operators import OPERATORS
from deid.operators.generalize import COLUMN_TYPES
from deid.operators.reversing import REVERSIBLE

if TYPE_CHECKING:
    import sys

    if sys.version_info >= (3, 11):
        from importlib.resources.abc import Traversable
    else:
        from importlib.abc import Traversable

_ROLES = frozenset(ROLE_NAMES.values())
ATTRIBUTES = ("under-14", "deceased", "special-disease")
"""Of persons, see docs/concepts/linking.md."""

SUFFIXES = (".yaml", ".yml")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class OperatorSpec(_Strict):
    """An operator and its parameters; in a file also just its name."""

    operator: str = Field(description=f"One of {', '.join(OPERATORS)}.")
    params: dict[str, Any] = Field(default_factory=dict, description="Parameters of the operator.")


def _from_name(content: object) -> object:
    return {"operator": content} if isinstance(content, str) else content


_Spec = Annotated[OperatorSpec, BeforeValidator(_from_name)]


class OperatorRule(OperatorSpec):
    """The operator of an entity type, with exceptions."""

    by_role: dict[str, _Spec] = Field(
        default_factory=dict,
        description="Role (client, relative, clinician, staff, counterparty, public) → operator; who has no role is a client.",
    )
    by_attribute: dict[str, _Spec] = Field(
        default_factory=dict,
        description="Attribute of the person (under-14, deceased, special-disease) → operator; before the role.",
    )
    by_label: dict[str, _Spec] = Field(
        default_factory=dict, description="Column header or field label in the document → operator."
    )
    by_path: dict[str, _Spec] = Field(
        default_factory=dict, description="Pattern of source paths (`财务/*`, `*.csv`) → operator."
    )

    def specs(self) -> Iterator[tuple[str, OperatorSpec]]:
        """All operators of the rule, each with where it stands."""
        yield "", self
        for part, refined in (
            ("by_attribute", self.by_attribute),
            ("by_role", self.by_role),
            ("by_label", self.by_label),
            ("by_path", self.by_path),
        ):
            for name, spec in refined.items():
                yield f".{part}.{name}", spec


_Rule = Annotated[OperatorRule, BeforeValidator(_from_name)]
_Threshold = Annotated[float, Field(ge=0, le=1, strict=False)]
_Words = Annotated[tuple[str, ...], Field(strict=False)]


class Policy(_Strict):
    """What to do with what was found. Immutable and picklable."""

    schema_: Literal[1] = Field(alias="schema", description="Version of this format.")
    extends: str = Field(
        "",
        description="A built-in policy, or a file beside this one: what this file does not say is taken from it.",
    )
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", description="Short name in ASCII lower case.")
    title: str = Field(min_length=1, description="What people call it; stands in reports.")
    description: str = Field("", description="What it is for, and what it is not for.")
    status: Literal["identified", "reversible", "de-identified"] = Field(
        "de-identified",
        description="What the output is in law: it still identifies, can be led back, or is de-identified.",
    )
    articles: _Words = Field(
        (), description="Articles of laws and standards that the policy serves, in Chinese."
    )
    articles_en: _Words = Field((), description="The same in English.")
    recipient: str = Field("", description="Who receives the output. Another recipient needs another key.")
    reversible: bool = Field(
        False,
        description="Whether the originals can be restored: encrypt may be used, and a run keeps a vault.",
    )
    own_organization: Literal["keep", "replace"] = Field(
        "keep", description="Whether the company's own names and hotlines stay."
    )
    own_names: _Words = Field((), description="The company's own names and hotlines, as they are written.")
    default: _Spec = Field(
        OperatorSpec(operator="label"), description="For types that `operators` does not name; never keep."
    )
    operators: dict[str, _Rule] = Field(default_factory=dict, description="Entity type → operator.")
    withhold: dict[str, Literal["row", "passage", "file"]] = Field(
        default_factory=dict,
        description="Role or attribute of a person → what of a document is left out because it tells of her.",
    )
    thresholds: dict[str, _Threshold] = Field(
        default_factory=dict,
        description="Entity type → score below which a detection is dropped; overrides the recognizer's.",
    )

    @model_validator(mode="before")
    @classmethod
    def _canonical_names(cls, content: Any) -> Any:
        if not isinstance(content, dict):
            return content
        content = dict(content)
        for part in ("operators", "thresholds"):
            if isinstance(content.get(part), dict):
                content[part] = _renamed(content[part], canonical_type, part)
        return content

    @model_validator(mode="after")
    def _operators_exist(self) -> Policy:
        _check_spec("default", self.default, "")
        if self.default.operator == "keep":
            raise PolicyError(
                "default: keep would publish every type that the policy does not name",
                hint="name the types to keep under operators",
            )
        _check_way_back("default", self.default, reversible=self.reversible)
        _check_names("withhold", self.withhold, (*_ROLES, *ATTRIBUTES))
        words: dict[str, str] = {}
        for entity_type, rule in self.operators.items():
            _check_names(f"operators.{entity_type}.by_role", map(canonical_role, rule.by_role), _ROLES)
            _check_names(f"operators.{entity_type}.by_attribute", rule.by_attribute, ATTRIBUTES)
            for place, spec in rule.specs():
                _check_spec(f"operators.{entity_type}{place}", spec, entity_type)
                _check_way_back(f"operators.{entity_type}{place}", spec, reversible=self.reversible)
                word = spec.params.get("word") if spec.operator == "label" else None
                # Numbers are counted per type: two types under one word would share 〔客户1〕.
                if word is not None and words.setdefault(word, entity_type) != entity_type:
                    raise PolicyError(
                        f"operators.{entity_type}{place}: the label word is already that of {words[word]}",
                        hint="give each entity type its own word, or numbers will be confused",
                    )
        return self

    @classmethod
    def load(cls, name_or_path: str | Path, *, entity_types: Collection[str] | None = None) -> Policy:
        """A built-in policy by name, or one from a YAML file.

        `entity_types` are those that exist; with them a file that names another one is an error.
        Built-in policies may speak of types that a reduced catalog does not have.
        """
        text = str(name_or_path)
        builtin = isinstance(name_or_path, str) and not _is_path(text)
        if builtin and text not in shipped_policies():
            raise PolicyError(f"no policy called {text!r}", hint=near_names(text, shipped_policies()))
        file = _folder() / f"{text}.yaml" if builtin else Path(name_or_path)
        policy = cls.parse(
            _read(file), source=file.name, folder=None if builtin else Path(name_or_path).parent
        )
        if entity_types is not None and not builtin:
            policy.check(entity_types, source=file.name)
        return policy

    @classmethod
    def parse(cls, content: Any, *, source: str = "policy", folder: Path | None = None) -> Policy:
        """A policy from the content of a file; `source` is what messages call it.

        `folder` is where files that it extends are looked for.
        """
        if not isinstance(content, dict):
            raise PolicyError(f"{source}: a policy is a mapping of fields")
        content = _extended(content, source, folder)
        try:
            return cls.model_validate(content)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_context=False)
            # a field misspelt is also one that is missing
            first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
            place = ".".join(str(part) for part in first["loc"])
            raise PolicyError(f"{source}: {place}: {_message(first)}", hint=_field_hint(first)) from None
        except PolicyError as error:
            raise PolicyError(f"{source}: {error.message}", hint=error.hint) from None

    def check(self, entity_types: Collection[str], *, source: str = "policy") -> None:
        """PolicyError when the policy names an entity type that is not among `entity_types`."""
        known = (
            {canonical_type(name) for name in entity_types} | set(entity_types) | set(COLUMN_TYPES.values())
        )
        for part, named in (("operators", self.operators), ("thresholds", self.thresholds)):
            for entity_type in named:
                if entity_type not in known:
                    raise PolicyError(
                        f"{source}: {part}: no entity type called {entity_type!r}",
                        hint=near_names(entity_type, (*known, *ALIASES), len(known) < 10),
                    )

    def operator_for(
        self,
        entity_type: str,
        *,
        role: str | None = None,
        attributes: Collection[str] = (),
        label: str | Iterable[str] | None = None,
        path: str = "",
    ) -> OperatorSpec:
        """The operator of an entity: of an attribute of the person, else her role, its label, path, type, else the default.

        `label` is what the layout says the text is (TextBlock.labels, or one of them), `path` that of
        the source in the folder, with `/`.
        """
        rule = self.operators.get(entity_type) or self.operators.get(canonical_type(entity_type))
        if rule is None:
            return self.default
        told = next((spec for name, spec in rule.by_attribute.items() if name in attributes), None)
        if told is not None:
            return told
        if rule.by_role:
            role = canonical_role(role or "unknown")
            roles = {canonical_role(name): spec for name, spec in rule.by_role.items()}
            if spec := roles.get(role) or (roles.get("client") if role == "unknown" else None):
                return spec
        if label is not None and rule.by_label:
            labels = {_plain(word) for word in ((label,) if isinstance(label, str) else label)}
            for name, spec in rule.by_label.items():
                if _plain(name) in labels:
                    return spec
        for pattern, spec in rule.by_path.items() if path else ():
            if fnmatchcase(path, pattern):
                return spec
        return OperatorSpec(operator=rule.operator, params=rule.params)

    def specs_of(self, entity_type: str) -> tuple[OperatorSpec, ...]:
        """The operators that an entity of the type may meet, by its role, label or path."""
        rule = self.operators.get(entity_type) or self.operators.get(canonical_type(entity_type))
        return tuple(spec for _, spec in rule.specs()) if rule else (self.default,)

    def uses(self, operator: str) -> bool:
        """Whether any rule, or the default, names the operator."""
        specs = (spec for rule in self.operators.values() for _, spec in rule.specs())
        return any(spec.operator == operator for spec in (self.default, *specs))

    def depends_on(self, attribute: str) -> bool:
        """Whether people with the attribute are treated in another way."""
        return attribute in self.withhold or any(
            attribute in rule.by_attribute for rule in self.operators.values()
        )

    def names(self) -> tuple[str, ...]:
        """The company's own names and hotlines that stay; empty when they are to be replaced."""
        return self.own_names if self.own_organization == "keep" else ()

    @property
    def fingerprint(self) -> str:
        """Changes when anything that could change an output changes."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()


def _is_path(text: str) -> bool:
    return text.endswith(SUFFIXES) or bool({"/", "\\"} & set(text))


def _extended(
    content: dict[Any, Any], source: str, folder: Path | None, seen: tuple[Path, ...] = ()
) -> dict[Any, Any]:
    """`content` over the policy that it extends; operators and thresholds line by line."""
    base = content.get("extends")
    if not isinstance(base, str) or not base:
        return content
    if folder is not None and _is_path(base):
        file = (folder / base).resolve()
        if file in seen:
            raise PolicyError(f"{source}: extends: {file.name} extends itself")
        below = _read(file)
        if not isinstance(below, dict):
            raise PolicyError(f"{file.name}: a policy is a mapping of fields")
        below = _extended(below, file.name, file.parent, (*seen, file))
    elif base in shipped_policies():
        below = _read(_folder() / f"{base}.yaml")
    else:
        raise PolicyError(
            f"{source}: extends: no built-in policy called {base!r}",
            hint=near_names(base, shipped_policies()),
        )
    merged = {**below, **content}
    for part in ("operators", "thresholds"):
        own = content.get(part, {})
        if isinstance(own, dict):
            names = {canonical_type(name) for name in own}
            kept = {
                name: spec for name, spec in below.get(part, {}).items() if canonical_type(name) not in names
            }
            merged[part] = {**kept, **own}
    return merged


def shipped_policies() -> tuple[str, ...]:
    """Names of the built-in policies, sorted."""
    names = (file.name for file in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def _folder() -> Traversable:
    return files("deid") / "policies"


class _Loader(yaml.SafeLoader):
    """Safe YAML in which a key that stands twice is an error: YAML itself takes the last, silently."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in seen:
            problem = "a key stands twice" if isinstance(key, yaml.ScalarNode) else "a key is a single word"
            raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
        seen.add(key.value)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _read(file: Traversable | Path) -> Any:
    try:
        return yaml.load(file.read_text("utf-8-sig"), Loader=_Loader)
    except FileNotFoundError:
        there = ", ".join(shipped_policies())
        raise PolicyError(f"{file.name}: no such policy file", hint=f"built-in policies: {there}") from None
    except OSError as error:
        raise PolicyError(f"{file.name}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise PolicyError(f"{file.name}: not in UTF-8", hint="save the file with encoding UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not readable as YAML"
        place = f" line {mark.line + 1}:" if mark else ""
        raise PolicyError(f"{file.name}:{place} {problem}") from None


def _renamed(content: Mapping[Any, Any], rename: Any, part: str) -> dict[Any, Any]:
    renamed: dict[Any, Any] = {}
    for name, spec in content.items():
        new = rename(name) if isinstance(name, str) else name
        if new in renamed:
            raise PolicyError(f"{part}: {name} is another name of {new}, which stands there too")
        renamed[new] = spec
    return renamed


def _check_names(place: str, names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise PolicyError(f"{place}: no such person: {name!r}", hint=near_names(name, known))


def _check_spec(place: str, spec: OperatorSpec, entity_type: str) -> None:
    operator = OPERATORS.get(spec.operator)
    if operator is None:
        hint = near_names(spec.operator, OPERATORS)
        raise PolicyError(f"{place}: no operator called {spec.operator!r}", hint=hint)
    try:
        operator.check(spec.params, entity_type=entity_type)
    except PolicyError as error:
        raise PolicyError(f"{place}: {error.message}", hint=error.hint) from None


def _check_way_back(place: str, spec: OperatorSpec, *, reversible: bool) -> None:
    """A reversible policy promises that everything comes back, any other that nothing does."""
    if spec.operator == "encrypt" and not reversible:
        hint = "write reversible: true, or use pseudonym"
        raise PolicyError(f"{place}: encrypt needs a reversible policy", hint=hint)
    if reversible and (spec.operator not in REVERSIBLE or spec.params.get("numbered") is False):
        hint = f"use one of {', '.join(REVERSIBLE)} (label with numbers), or write reversible: false"
        raise PolicyError(
            f"{place}: {spec.operator} cannot be led back, but the policy is reversible", hint=hint
        )


def _plain(label: str) -> str:
    return "".join(label.split()).rstrip(":：")


def near_names(name: str, known: Iterable[str], list_all: bool = True) -> str:
    """A hint: which names are near, and which there are."""
    names = sorted(set(known))
    near = get_close_matches(name, names, n=3) or get_close_matches(name.upper(), names, n=3)
    mean = f"did you mean {' or '.join(near)}?" if near else ""
    there = f"there are: {', '.join(names)}" if list_all else ""
    return " ".join(part for part in (mean, there) if part)


def _message(error: Mapping[str, Any]) -> str:
    return "no such field" if error["type"] == "extra_forbidden" else str(error["msg"])


def _field_hint(error: Mapping[str, Any]) -> str:
    if error["type"] == "literal_error":
        near = get_close_matches(str(error["input"]), re.findall("'([^']+)'", error["msg"]), n=1)
        return f"did you mean {near[0]}?" if near else ""
    if error["type"] != "extra_forbidden":
        return ""
    model = Policy if len(error["loc"]) == 1 else OperatorRule
    fields = [field.alias or name for name, field in model.model_fields.items()]
    if model is OperatorRule and not get_close_matches(str(error["loc"][-1]), fields):
        return "what an operator is told stands under params"
    return near_names(str(error["loc"][-1]), fields)
