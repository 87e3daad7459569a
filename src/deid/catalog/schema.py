"""What may stand in a recognizer file. One file, one entity type; strict, so that a typo is an error.

`recognizers/README.md` is generated from the field descriptions below.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Identifier = Literal["direct", "quasi", "sensitive", "auxiliary"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PatternSpec(_Strict):
    """A shape of the value itself."""

    name: str = Field(description="Names the pattern in explanations; unique within the file.")
    regex: str = Field(
        description="Matched on the shadow text: ASCII digits and letters, simplified script, one kind of dash. "
        "Groups do not matter unless one is called `value`: then only that group is the entity."
    )
    score: float = Field(ge=0, le=1, description="Score of the bare shape, without cue or check.")
    boundary: Literal["ascii", "none"] = Field(
        "ascii",
        description="`ascii`: no ASCII letter or digit may touch the value on either side. `none`: the regex says it all.",
    )
    requires_cue: bool = Field(False, description="The shape counts only with a cue nearby.")
    validate_: bool = Field(
        True, alias="validate", description="Whether the file's `validator` speaks about this pattern."
    )


class CueSpec(_Strict):
    """Words before a value (`住院号：`), and what the value may look like after them."""

    words: tuple[str, ...] = Field(description="Cue words, longest match wins.")
    value: str = Field(description="Regex of the value that follows the cue, its colon, brackets and spaces.")
    score: float = Field(0.6, ge=0, le=1, description="Score of a value that only the cue supports.")
    gap: str = Field(
        "",
        description="Regex of what may stand between cue and value besides colons, brackets, 是, 为 and white space.",
    )
    strict: bool = Field(
        False,
        description="The cue must be followed by a separator or a verb (：, 是, 为, space), not by the value itself.",
    )


class LexiconSpec(_Strict):
    """A list of words, each of which is an entity where it stands."""

    file: str = Field(description="A file in `lexicons/`, one word a line.")
    score: float = Field(ge=0, le=1, description="Score of a word found.")
    requires_cue: bool = Field(False, description="The word counts only with a cue nearby.")


class TaggerSpec(_Strict):
    """Labels of the sequence tagger that propose this type."""

    labels: tuple[str, ...] = Field(description="Labels of the tagger: PER, LOC, ADR, ORG, HOS.")
    score: float = Field(0.85, ge=0, le=1, description="Score of a tagged stretch.")


class ExamplesSpec(_Strict):
    """Every example is a test."""

    match: tuple[str, ...] = Field(
        min_length=1, description="Marked text; exactly the marked values are found."
    )
    no_match: tuple[str, ...] = Field(
        min_length=1, description="Text in which this entity type is not found."
    )


class RecognizerSpec(_Strict):
    """A recognizer file: everything deid knows about one entity type."""

    schema_: Literal[1] = Field(alias="schema", description="Version of this format.")
    entity: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$", description="The entity type; unique in a folder.")
    title: str = Field(description="What it is called in Chinese; used in labels and reports.")
    label: str = Field("", description="Short Chinese word for labels such as 〔姓名1〕; the title if empty.")
    identifier: Identifier = Field(
        description="direct, quasi, sensitive or auxiliary, after GB/T 42460-2023 annexes A and B."
    )
    level: int = Field(3, ge=1, le=5, description="Data level of GB/T 39725-2020 when the value is present.")
    standard: str = Field("", description="The standard that defines the value.")
    source: str = Field("", description="Where the knowledge comes from when there is no standard.")
    note: str = Field("", description="What a reader should know: traps, what was left out and why.")
    patterns: tuple[PatternSpec, ...] = ()
    validator: str = Field("", description="Name in `deid.validators.VALIDATORS`: evidence, not a veto.")
    score_if_valid: float = Field(0.9, ge=0, le=1)
    score_if_invalid: float = Field(0.2, ge=0, le=1)
    context: tuple[str, ...] = Field(
        (), description="Words near a value that support it (window of 24 characters before, 8 after)."
    )
    context_score: float = Field(
        0.35, ge=0, le=1, description="Added to the score, up to 1.0, when a cue or context word is near."
    )
    not_before: str = Field("", description="Regex that must not match right before the value.")
    not_after: str = Field("", description="Regex that must not match right after the value.")
    reject: str = Field("", description="Regex of values that are never this type (full match).")
    separators: str = Field(
        "",
        description="Characters that may stand between the characters of a pattern's value, besides one line break.",
    )
    masked: str = Field("", description="Regex of masked forms, with `*` for every mask character.")
    partial: str = Field(
        "", description="Regex of what may follow 后四位, 尾号, 末6位 after a cue of this type."
    )
    repair: bool = Field(
        False, description="Try OCR repairs (O→0, l→1 …) after a cue or when the check then passes."
    )
    cues: tuple[CueSpec, ...] = ()
    headers: tuple[str, ...] = Field(
        (), description="Table headers and field labels that name this type, besides the cue words."
    )
    lexicons: tuple[LexiconSpec, ...] = ()
    tagger: TaggerSpec | None = None
    grammar: str = Field("", description="Name of a grammar: address, person, date, age, organization …")
    threshold: float = Field(0.4, ge=0, le=1, description="Below this score a detection is dropped.")
    priority: int = Field(50, description="Among equal scores the higher priority wins.")
    examples: ExamplesSpec

    @model_validator(mode="after")
    def _says_where_it_comes_from(self) -> RecognizerSpec:
        if not (self.standard or self.source):
            raise ValueError("one of `standard` and `source` is required")
        if not (self.patterns or self.cues or self.lexicons or self.tagger or self.grammar):
            raise ValueError("nothing to recognise with: give patterns, cues, lexicons, tagger or grammar")
        return self


class ExtensionSpec(_Strict):
    """A file that changes a recognizer of an earlier folder: what it holds is added, what it names is replaced."""

    schema_: Literal[1] = Field(alias="schema")
    extends: str = Field(description="The entity type whose recognizer is changed.")
    source: str = Field(description="Where the changes come from.")
    note: str = ""
    threshold: float | None = Field(None, ge=0, le=1, description="Replaces the threshold.")
    priority: int | None = Field(None, description="Replaces the priority.")
    context_score: float | None = Field(None, ge=0, le=1, description="Replaces what a cue nearby adds.")
    scores: dict[str, float] = Field(
        default_factory=dict, description="Name of a pattern → its new score; 0 takes it out of play."
    )
    patterns: tuple[PatternSpec, ...] = Field((), description="Added.")
    cues: tuple[CueSpec, ...] = Field((), description="Added.")
    headers: tuple[str, ...] = Field((), description="Added.")
    context: tuple[str, ...] = Field((), description="Added.")
    lexicons: tuple[LexiconSpec, ...] = Field((), description="Added.")
    examples: ExamplesSpec | None = Field(None, description="Added; each is a test as in a recognizer file.")

    def applied_to(self, spec: RecognizerSpec) -> RecognizerSpec:
        """The changed recognizer; ValueError when a score names no pattern of it."""
        if unknown := set(self.scores) - {pattern.name for pattern in spec.patterns}:
            raise ValueError(f"scores: no pattern called {', '.join(sorted(unknown))}")
        patterns = [p.model_copy(update={"score": self.scores.get(p.name, p.score)}) for p in spec.patterns]
        changed = {
            name: value
            for name in ("threshold", "priority", "context_score")
            if (value := getattr(self, name)) is not None
        }
        added = {
            name: (*getattr(spec, name), *getattr(self, name))
            for name in ("cues", "headers", "context", "lexicons")
        }
        return spec.model_copy(update={"patterns": (*patterns, *self.patterns), **added, **changed})


class ProtectSpec(_Strict):
    """A protect file: words that are never personal information, wherever they stand."""

    schema_: Literal[1] = Field(alias="schema")
    protect: str = Field(description="Name of the list.")
    title: str
    standard: str = ""
    source: str = ""
    note: str = ""
    against: tuple[str, ...] = Field(description="Entity types that a word of this list can never be.")
    words: tuple[str, ...] = ()
    files: tuple[str, ...] = Field((), description="Files in `lexicons/`.")
    only_with: tuple[str, ...] = Field(
        (),
        description="Where given, the words are names all the same unless one of these or three of the list stand in the text, and nothing but the look of it makes a name of a word.",
    )
    examples: tuple[str, ...] = Field(
        min_length=1, description="Texts in which no type of `against` is found."
    )
