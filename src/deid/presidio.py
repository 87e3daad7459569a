"""The only door to Presidio: our engines, for us and for anyone.

`analyzer()` gives an AnalyzerEngine that finds exactly what `deid.detect` finds; any
EntityRecognizer can be added to it. `anonymizer()` gives an AnonymizerEngine with our
operators. No recognizer that comes with Presidio is loaded: their word boundaries do not
exist in Chinese text.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.operators import Operator as PresidioOperator
from presidio_anonymizer.operators import OperatorType

from deid.catalog import Catalog, shipped_catalog
from deid.detection.composite import Composite
from deid.detection.nlp import pipeline
from deid.detection.reading import LIKELY
from deid.detection.tagger import tag
from deid.errors import DetectionFailed
from deid.normalize import shadow
from deid.operators import OPERATORS, Request
from deid.types import Detection, Entity, Subject

LANGUAGE = "zh"
_METADATA = "deid"
_WINDOW_BEFORE, _WINDOW_AFTER, _BOOST = 16, 8, 0.35
_TOLD = ("label", "number", "key", "form", "subject", "attempt", "origin", "near", "divisions")
_TYPE_OF_LABEL = {
    "PER": "PERSON",
    "LOC": "LOCATION",
    "ADR": "CN_ADDRESS",
    "ORG": "ORGANIZATION",
    "HOS": "CN_MEDICAL_INSTITUTION",
}


class DropRecords(logging.Filter):
    """Presidio logs texts at DEBUG and matched values in some warnings; nothing may pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        return False


def silence() -> None:
    """Shut Presidio's loggers at every level. Done by every function here that makes an engine."""
    for name in ("presidio-analyzer", "presidio-anonymizer", "decision_process"):
        logger = logging.getLogger(name)
        if not any(isinstance(item, DropRecords) for item in logger.filters):
            logger.addFilter(DropRecords())


@dataclass(frozen=True)
class TaggedSpan:
    """What Presidio's SpacyRecognizer reads of a spaCy span; offsets of the original."""

    label_: str
    start_char: int
    end_char: int


class NlpEngine(SpacyNlpEngine):  # type: ignore[misc]
    """Our spaCy pipeline behind Presidio's interface; offsets of entities are raw characters."""

    engine_name = "deid"

    def __init__(self, model: Path | None = None) -> None:
        self._model = model
        super().__init__(models=[{"lang_code": LANGUAGE, "model_name": "deid"}])

    def load(self) -> None:
        self.nlp = {LANGUAGE: pipeline(self._model)}

    def _doc_to_nlp_artifact(self, doc: Any, language: str) -> NlpArtifacts:
        tagged = doc.user_data["deid"]
        read = shadow(doc.text)
        believed = [tag for tag in tagged if tag.score >= LIKELY]
        spans = [
            TaggedSpan(_TYPE_OF_LABEL[tag.label], *read.original(tag.start, tag.end)) for tag in believed
        ]
        artifacts = NlpArtifacts(
            entities=spans,
            tokens=doc,
            tokens_indices=[],
            lemmas=[],
            nlp_engine=self,
            language=language,
            scores=[tag.score for tag in believed],
        )
        artifacts.deid_tagged = tagged
        return artifacts

    def artifacts(self, texts: Sequence[str]) -> Iterator[NlpArtifacts]:
        """Artifacts of many texts, in order; batched."""
        for _, artifacts in self.process_batch(list(texts), LANGUAGE, batch_size=64):
            yield artifacts


class WindowEnhancer(ContextAwareEnhancer):  # type: ignore[misc]
    """Context for foreign recognizers: their words as substrings of a character window.

    Presidio's own enhancer compares lemmas of tokens, which in Chinese match by chance, and
    is quadratic in the length of the text. Our recognizers have weighed context already.
    """

    def __init__(self) -> None:
        super().__init__(
            context_similarity_factor=_BOOST,
            min_score_with_context_similarity=0.4,
            context_prefix_count=_WINDOW_BEFORE,
            context_suffix_count=_WINDOW_AFTER,
        )

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        words = {recognizer.id: tuple(recognizer.context or ()) for recognizer in recognizers}
        given = tuple(context or ())
        for result in raw_results:
            metadata = result.recognition_metadata or {}
            if _METADATA in metadata:
                continue
            wanted = words.get(metadata.get(RecognizerResult.RECOGNIZER_IDENTIFIER_KEY, ""), ())
            window = (
                text[max(0, result.start - _WINDOW_BEFORE) : result.start]
                + text[result.end : result.end + _WINDOW_AFTER]
            )
            if any(word in window for word in wanted) or any(word in wanted for word in given):
                result.score = min(1.0, max(result.score + _BOOST, 0.4))
        return raw_results


class CatalogRecognizer(EntityRecognizer):  # type: ignore[misc]
    """All recognizers of a catalog as one Presidio recognizer; results are disjoint."""

    def __init__(self, composite: Composite, *, name: str = "deid") -> None:
        self.composite = composite
        types = composite.only if composite.only is not None else composite.catalog.entity_types
        super().__init__(supported_entities=sorted(types), name=name, supported_language=LANGUAGE)

    def load(self) -> None:
        """Nothing to load: parts are compiled at first use."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        tagged = getattr(nlp_artifacts, "deid_tagged", None)
        if tagged is None:  # another NLP engine is in charge
            tagged = tag([text])[0]
        found = self.composite.detect(text, tagged)
        return [self._result(entity) for entity in found if entity.entity_type in entities]

    def _result(self, entity: Entity) -> RecognizerResult:
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            _METADATA: entity.detections,
        }
        return RecognizerResult(
            entity.entity_type, entity.start, entity.end, entity.score, recognition_metadata=metadata
        )


def recognizers(catalog: Catalog | None = None) -> list[EntityRecognizer]:
    """One Presidio recognizer for each recognizer file, for a registry of one's own."""
    silence()
    catalog = catalog or shipped_catalog()
    return [
        CatalogRecognizer(Composite(catalog, only=frozenset({spec.entity})), name=f"deid {spec.entity}")
        for spec in catalog.specs
    ]


def analyzer(
    composite: Composite | None = None,
    *,
    catalog: Catalog | None = None,
    guests: Sequence[EntityRecognizer] = (),
    model: Path | None = None,
) -> AnalyzerEngine:
    """An AnalyzerEngine for language `zh` with all our recognizers and the given foreign ones.

    `model` is a folder with a tagger that `deid train` wrote.
    """
    silence()
    ours = CatalogRecognizer(composite or Composite(catalog or shipped_catalog()))
    registry = RecognizerRegistry(recognizers=[ours, *guests], supported_languages=[LANGUAGE])
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=NlpEngine(model),
        supported_languages=[LANGUAGE],
        context_aware_enhancer=WindowEnhancer(),
    )


def analyze(engine: AnalyzerEngine, text: str, artifacts: NlpArtifacts | None = None) -> list[Detection]:
    """What an engine finds, as detections in original offsets. DetectionFailed when it raises."""
    try:
        results = engine.analyze(text, LANGUAGE, nlp_artifacts=artifacts)
    except DetectionFailed:
        raise
    except Exception as error:  # a foreign recognizer may raise anything, with the text in its message
        raise DetectionFailed(f"a recognizer failed: {type(error).__name__}") from None
    return [detection for result in results for detection in _detections(result)]


def guest_detections(
    guests: Sequence[EntityRecognizer], text: str, artifacts: NlpArtifacts
) -> list[Detection]:
    """What foreign recognizers find in a block that does not pass through an engine."""
    found: list[Detection] = []
    for guest in guests:
        try:
            results = guest.analyze(
                text=text, entities=list(guest.supported_entities), nlp_artifacts=artifacts
            )
        except Exception as error:
            raise DetectionFailed(f"a recognizer failed: {type(error).__name__}") from None
        found += (detection for result in results or () for detection in _detections(result))
    return found


def _detections(result: RecognizerResult) -> tuple[Detection, ...]:
    metadata = result.recognition_metadata or {}
    if _METADATA in metadata:
        first = metadata[_METADATA][0]
        whole = Detection(
            result.entity_type,
            result.start,
            result.end,
            result.score,
            first.recognizer,
            first.evidence,
            first.form,
        )
        return (
            whole,
            *(d for d in metadata[_METADATA][1:] if result.start <= d.start and d.end <= result.end),
        )
    name = metadata.get(RecognizerResult.RECOGNIZER_NAME_KEY, "guest")
    return (
        Detection(result.entity_type, result.start, result.end, float(result.score), str(name), ("guest",)),
    )


def _operator_class(name: str) -> type[PresidioOperator]:
    ours = OPERATORS[name]

    class DeidOperator(PresidioOperator):  # type: ignore[misc]
        """One of our operators behind Presidio's interface.

        Besides its own parameters it takes `key`, `subject` and the other fields of a Request by
        reference, or the whole Request as `request`.
        """

        def operate(self, text: str, params: dict[str, Any] | None = None) -> str:
            params = dict(params or {})
            request = params.pop("request", None)
            entity_type = params.pop("entity_type", "")
            if request is None:
                told = {name: params.pop(name) for name in _TOLD if name in params}
                if isinstance(told.get("subject"), str):
                    told["subject"] = Subject(told["subject"])
                request = Request(entity_type=entity_type, params=params, **told)
            return ours.operate(text, request)

        def validate(self, params: dict[str, Any] | None = None) -> None:
            params = dict(params or {})
            for name in ("request", "entity_type", *_TOLD):
                params.pop(name, None)
            ours.check(params)

        def operator_name(self) -> str:
            return f"deid_{name}"

        def operator_type(self) -> OperatorType:
            return OperatorType.Anonymize

    DeidOperator.__name__ = DeidOperator.__qualname__ = f"Deid{name.title()}"
    return DeidOperator


def anonymizer() -> AnonymizerEngine:
    """An AnonymizerEngine that knows our operators as `deid_label`, `deid_mask` and so on.

    Give it disjoint results and `merge_entities_with_spaces=False`: Presidio's own conflict
    handling leaves clear text behind and joins neighbours into one.
    """
    silence()
    engine = AnonymizerEngine()
    for name in OPERATORS:
        engine.add_anonymizer(_operator_class(name))
    return engine
