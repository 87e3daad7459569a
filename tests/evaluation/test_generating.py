"""Invented documents: reproducible, unlike each other, and right about what they hold."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from itertools import pairwise
from random import Random

import pytest
from typer.testing import CliRunner

from deid.catalog import shipped_catalog
from deid.cli.app import build
from deid.errors import SamplesError
from deid.evaluation import generating, values
from deid.evaluation.cast import Cast
from deid.evaluation.fillers import filler
from deid.evaluation.generating import MEDICAL_TERMS, fragments, generate, kinds, slot_types, templates
from deid.evaluation.samples import Samples
from deid.evaluation.templating import Expansion, Piece, parse, slots
from deid.normalize import shadow
from deid.validators import VALIDATORS, resident_id

VALID = {
    "HK_ID_CARD": "hkid",
    "CN_HMT_RESIDENCE_PERMIT": "hmt_residence",
    "CN_FOREIGN_PR_ID": "foreign_pr",
    "TW_NATIONAL_ID": "tw_national_id",
    "CN_PHYSICIAN_QUALIFICATION": "physician_qualification",
    "CN_MEDICAL_INSTITUTION_CODE": "medical_institution_code",
    "CN_USCC": "uscc",
    "CN_ORG_CODE": "org_code",
    "VIN": "vin",
    "IMEI": "imei",
    "ICCID": "iccid",
    "IP_ADDRESS": "ip",
    "MAC_ADDRESS": "mac",
}
NODES = {
    **{f"{template.kind}/{template.name}": [template.nodes] for template in templates()},
    **{f"fragment {name}": list(alternatives) for name, alternatives in fragments().items()},
}


@pytest.fixture(scope="module")
def many() -> Samples:
    return generate(600, seed=3)


def surfaces(samples: Samples, entity_type: str) -> list[str]:
    return [
        shadow(sample.text[mark.start : mark.end]).text
        for sample in samples
        for mark in sample.marks
        if mark.entity_type == entity_type
    ]


def test_the_same_seed_gives_the_same_documents_in_another_process():
    code = (
        "from deid.evaluation.generating import generate;"
        "print(hash_ := __import__('hashlib').sha256("
        "'|'.join(repr((s.text, s.marks, s.optional)) for s in generate(60, seed=9)).encode()).hexdigest())"
    )

    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


def test_another_seed_gives_other_documents():
    assert not {s.text for s in generate(30, seed=1)} & {s.text for s in generate(30, seed=2)}


def test_more_documents_begin_with_the_same_ones():
    assert generate(20, seed=4).items == generate(150, seed=4).items[:20]


def test_no_two_documents_are_alike(many):
    texts = [re.sub(r"[0-9\s]", "", sample.text) for sample in many]

    assert len(set(texts)) == len(texts)
    by_group = defaultdict(list)
    for sample in many:
        by_group[sample.group].append(sample)
    for group, samples in by_group.items():
        people = Counter(
            name
            for sample in samples
            for name in {sample.text[m.start : m.end] for m in sample.marks if m.entity_type == "PERSON"}
            if len(name) > 2
        )
        assert not people or people.most_common(1)[0][1] <= 2, group


def test_documents_of_one_template_share_little_text():
    samples = generate(60, seed=5, kinds=["discharge"])
    for group in {sample.group for sample in samples}:
        pieces = [
            {sample.text[i : i + 8] for i in range(len(sample.text) - 7)}
            for sample in samples
            if sample.group == group
        ]
        overlaps = [len(a & b) / min(len(a), len(b)) for a, b in pairwise(pieces)]
        assert sum(overlaps) / len(overlaps) < 0.6, group


def test_there_are_templates_of_every_kind():
    assert len(templates()) >= 60
    assert len(kinds()) >= 20
    assert len({(template.kind, template.name) for template in templates()}) == len(templates())


def test_every_kind_and_every_type_occurs(many):
    assert {sample.group.partition("/")[0] for sample in many} == set(kinds())
    assert set(many.entity_types) == set(values.ENTITY_TYPES) - MEDICAL_TERMS


def test_every_type_of_the_catalog_can_be_made():
    assert set(values.ENTITY_TYPES) == set(shipped_catalog().entity_types)


def test_offsets_are_right_and_disjoint(many):
    for sample in many:
        position = 0
        for mark in sorted((*sample.marks, *sample.optional)):
            assert position <= mark.start < mark.end <= len(sample.text), sample.id
            surface = sample.text[mark.start : mark.end]
            assert surface == surface.strip(), sample.id
            position = mark.end
        assert list(sample.marks) == sorted(sample.marks)


def test_a_sample_is_grouped_by_its_template(many):
    names = {f"{template.kind}/{template.name}" for template in templates()}

    assert {sample.group for sample in many} == names


@pytest.mark.parametrize(("entity_type", "validator"), VALID.items())
def test_check_characters_are_valid(many, entity_type, validator):
    found = surfaces(many, entity_type)

    assert found
    assert all(VALIDATORS[validator](surface) for surface in found)


def test_identity_numbers_in_full_are_valid(many):
    compact = [re.sub(r"[ -]", "", surface) for surface in surfaces(many, "CN_RESIDENT_ID")]
    whole = [number for number in compact if re.fullmatch(r"[0-9]{17}[0-9X]", number)]

    assert len(whole) > 100
    assert all(resident_id.is_valid(number) for number in whole)


@pytest.mark.parametrize(
    "subject", ["patient", "child", "infant", "newborn", "elder", "woman", "father", "row3"]
)
def test_number_birth_date_sex_and_age_of_a_person_agree(subject):
    for seed in range(40):
        cast = Cast.new(Random(seed))
        number = values.surface(cast, "CN_RESIDENT_ID", subject, "plain")
        person = cast.person(subject)
        assert resident_id.birth_date(number) == person.born
        assert resident_id.sex(number) == person.sex
        assert person.born <= cast.visit
        assert values.surface(cast, "CN_RESIDENT_ID", subject, "plain") == number
        age = values.surface(cast, "AGE", subject, "n")
        if age.isdigit():
            years = cast.visit.year - person.born.year
            assert int(age) in (years, years - 1)


def test_relatives_fit_the_principal():
    for seed in range(120):
        cast = Cast.new(Random(seed))
        child, father, mother = cast.person("child"), cast.person("father"), cast.person("mother")
        assert father.born < child.born
        assert mother.born < child.born
        assert (father.sex, mother.sex) == ("male", "female")
        assert cast.kin_word("mother") in ("母亲", "妈妈", "母")


def test_a_name_in_short_is_the_name_of_the_same_person():
    for seed in range(60):
        cast = Cast.new(Random(seed))
        full = values.surface(cast, "PERSON", "doctor", "full")
        assert full.startswith(values.surface(cast, "PERSON", "doctor", "surname")) or "·" in full


@pytest.mark.parametrize("where", NODES)
def test_every_slot_has_a_value(where):
    for nodes in NODES[where]:
        for name, subject, form in slots(nodes):
            cast = Cast.new(Random(f"{name}{subject}{form}"))
            who = subject.replace("@", "patient").replace("#", "1")
            if name in values.ENTITY_TYPES:
                assert values.surface(cast, name, who, form).strip(), (name, subject, form)
            elif name not in fragments() and name != "IGNORE":
                assert filler(cast, name, who) is not None


def test_every_template_can_be_filled_again_and_again():
    for template in templates():
        for seed in range(4):
            assert any(piece.entity_type for piece in generating.fill(template, Random(seed)))


def test_every_fragment_is_used():
    used = {name for where in NODES.values() for nodes in where for name, _, _ in slots(nodes)}

    assert set(fragments()) <= used


def test_kinds_choose_the_documents():
    assert {sample.group.partition("/")[0] for sample in generate(20, kinds=["chat", "csv"])} == {
        "chat",
        "csv",
    }


def test_types_choose_the_marks_and_the_documents_that_hold_them():
    samples = generate(40, seed=1, types=["CN_USCC", "VIN"])

    assert set(samples.entity_types) == {"CN_USCC", "VIN"}
    assert sum(bool(sample.marks) for sample in samples) > 10


def test_medical_terms_are_marked_only_where_all_of_them_are():
    samples = generate(20, seed=1, types=[*MEDICAL_TERMS, "PERSON"])

    assert set(samples.entity_types) == {*MEDICAL_TERMS, "PERSON"}
    assert all(slot_types(template.nodes) & MEDICAL_TERMS for template in templates() if template.medical)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [({"kinds": ["chats"]}, "chat"), ({"types": ["PERSONS"]}, "PERSON")],
)
def test_an_unknown_kind_or_type_is_an_error_that_names_near_ones(arguments, hint):
    with pytest.raises(SamplesError) as caught:
        generate(1, **arguments)

    assert hint in caught.value.hint


def test_distractors_stand_unmarked_among_the_values(many):
    text = "\n".join(
        "".join("■" if any(m.start <= i < m.end for m in s.marks) else c for i, c in enumerate(s.text))
        for s in many.items[:200]
    )

    for sign in ("国药准字", "mg", "mmol/L", "订单号", "阴性"):
        assert sign in text


def test_a_thousand_documents_take_seconds():
    start = time.perf_counter()

    generate(1000, seed=8)

    assert time.perf_counter() - start < 20


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{a|b}", {"a", "b"}),
        ("x[[y]]", {"x", "xy"}),
        ("{~,~a~b}", {"a,b", "b,a"}),
        ("{~,~a~[[0%b]]}", {"a"}),
        ("{2-3*;*k}", {"k;k", "k;k;k"}),
        ("\\{a\\|b\\}\\n", {"{a|b}\n"}),
        ("{a[[{b|c}]]|d}", {"a", "ab", "ac", "d"}),
        ("[1] (CT) [a", {"[1] (CT) [a"}),
    ],
)
def test_the_language_of_templates(template, expected):
    nodes = parse(template)

    found = {
        "".join(piece.text for piece in Expansion(Random(seed), {}, lambda slot: []).expand(nodes))
        for seed in range(80)
    }

    assert found == expected


def test_marked_text_of_a_template_is_a_piece_of_its_own():
    pieces = list(Expansion(Random(1), {}, lambda slot: []).expand(parse("住[{5|6}床](IGNORE)")))

    assert pieces[0] == Piece("住")
    assert pieces[1].entity_type == "IGNORE"
    assert pieces[1].text in ("5床", "6床")


@pytest.mark.parametrize("template", ["{a", "{a|b", "[[a", "{PERSON}}", "{word word}", "{2-3*;k}"])
def test_a_malformed_template_is_an_error(template):
    with pytest.raises(SamplesError):
        parse(template)


def test_the_command_writes_a_file_that_can_be_read(tmp_path):
    target = tmp_path / "invented.jsonl"
    command = ["samples", "generate", str(target), "--count", "12", "--seed", "2", "--kind", "chat"]

    result = CliRunner().invoke(build(), command)

    assert result.exit_code == 0, result.output
    assert [s.text for s in Samples.load(target)] == [s.text for s in generate(12, seed=2, kinds=["chat"])]
    assert CliRunner().invoke(build(), command).exit_code != 0  # it would be overwritten


@pytest.mark.parametrize("format", ["marked", "spans", "conll", "xlsx"])
def test_generated_documents_survive_the_formats(tmp_path, format):
    samples = generate(125, seed=6)
    target = tmp_path / "samples"

    samples.save(target, format=format)
    read = Samples.load(target, format=format)

    assert [(s.text, s.marks) for s in read] == [(s.text, s.marks) for s in samples]
