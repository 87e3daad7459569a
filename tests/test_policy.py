"""Policies: the built-in ones, the file format, and errors that help."""

from __future__ import annotations

import pickle

import pytest

from deid.aliases import ALIASES, ROLES, canonical_role, canonical_type
from deid.errors import PolicyError
from deid.operators import OPERATORS, Request
from deid.pipeline import Deidentifier
from deid.policy import OperatorSpec, Policy, shipped_policies

_TYPES = """
PERSON CN_ADDRESS LOCATION PHONE_NUMBER AGE DATE_TIME DATE_OF_BIRTH ORGANIZATION
CN_MEDICAL_INSTITUTION DISEASE MEDICATION PROCEDURE SYMPTOM CN_RESIDENT_ID CN_HMT_RESIDENCE_PERMIT
CN_FOREIGN_PR_ID CN_PASSPORT CN_HKM_TRAVEL_PERMIT CN_TW_TRAVEL_PERMIT CN_EXIT_PERMIT HK_ID_CARD
TW_NATIONAL_ID MO_ID_CARD CN_MILITARY_ID CN_HOUSEHOLD_REG CN_BIRTH_CERT CN_SOCIAL_SECURITY
CN_MEDICAL_INSURANCE_TOKEN CN_DRIVER_LICENSE CN_BANK_CARD CN_BANK_ACCOUNT CN_ALIPAY CN_USCC
CN_ORG_CODE CN_TAX_ID CN_VEHICLE_PLATE VIN CN_WECHAT_ID CN_QQ USERNAME EMAIL_ADDRESS URL IP_ADDRESS
MAC_ADDRESS IMEI ICCID IMSI UUID GEO_COORDINATE CN_POSTAL_CODE CN_IOT_NUMBER PUBLIC_HOTLINE
MEDICAL_RECORD_NUMBER CN_EXAM_NUMBER CN_HEALTH_CARD CN_PHYSICIAN_QUALIFICATION CN_PHYSICIAN_LICENSE
CN_NURSE_LICENSE CN_MEDICAL_INSTITUTION_CODE OTHER_ID ETHNICITY RELIGION NATIONALITY NATIVE_PLACE
MARITAL_STATUS EDUCATION OCCUPATION INCOME LANGUAGE POLITICAL_AFFILIATION SEXUAL_ORIENTATION
CRIMINAL_RECORD DISABILITY FAMILY BIOMETRIC ENCODED_CONTENT
"""
TYPES = tuple(_TYPES.split())
MINIMAL = {"schema": 1, "name": "own", "title": "自定义"}


def policy(**fields):
    return Policy.parse({**MINIMAL, **fields}, source="own.yaml")


def written(tmp_path, content, name="own.yaml", encoding="utf-8"):
    path = tmp_path / name
    path.write_text(content, encoding)
    return path


# Built-in policies


def test_the_built_in_policies_are_these():
    assert shipped_policies() == (
        "dd-preclosing",
        "gbt39725-limited",
        "handover-closing",
        "internal-analysis",
        "mask",
        "special-disease",
    )


@pytest.mark.parametrize("name", shipped_policies())
def test_a_built_in_policy_is_named_like_its_file_and_names_only_known_types(name):
    loaded = Policy.load(name, entity_types=TYPES)

    assert loaded.name == name
    assert loaded.title
    assert loaded.description
    loaded.check(TYPES)


@pytest.mark.parametrize("name", shipped_policies())
def test_a_built_in_policy_gives_unknown_types_a_label(name):
    assert Policy.load(name).operator_for("A_TYPE_OF_SOMEONE_ELSE").operator == "label"


@pytest.mark.parametrize("name", ["dd-preclosing", "mask", "internal-analysis"])
def test_a_built_in_policy_keeps_medical_terms_and_public_hotlines_only(name):
    loaded = Policy.load(name)

    kept = {entity_type for entity_type in TYPES if loaded.operator_for(entity_type).operator == "keep"}

    assert kept == {"DISEASE", "MEDICATION", "PROCEDURE", "SYMPTOM", "PUBLIC_HOTLINE"}


@pytest.mark.parametrize(
    ("entity_type", "operator", "params"),
    [
        ("PERSON", "label", {}),
        ("PHONE_NUMBER", "label", {}),
        ("CN_RESIDENT_ID", "label", {}),
        ("OTHER_ID", "label", {}),
        ("ORGANIZATION", "label", {}),
        ("CN_MEDICAL_INSTITUTION", "label", {}),
        ("AGE", "generalize", {"width": 5, "top": 90}),
        ("DATE_TIME", "generalize", {"level": "month"}),
        ("DATE_OF_BIRTH", "generalize", {"level": "year"}),
        ("CN_ADDRESS", "generalize", {"level": "prefecture"}),
        ("LOCATION", "generalize", {"level": "prefecture"}),
        ("ETHNICITY", "generalize", {}),
        ("RELIGION", "label", {"numbered": False}),
        ("OCCUPATION", "label", {"numbered": False}),
    ],
)
def test_dd_preclosing_labels_direct_identifiers_and_generalises_the_others(entity_type, operator, params):
    assert Policy.load("dd-preclosing").operator_for(entity_type) == OperatorSpec(
        operator=operator, params=params
    )


def test_mask_says_that_it_is_not_for_disclosure():
    assert "不得用于对外披露" in Policy.load("mask").description
    assert "NOT FOR DISCLOSURE" in Policy.load("mask").description


def test_mask_masks_numbers_as_people_know_them():
    spec = Policy.load("mask").operator_for("PHONE_NUMBER")

    result = OPERATORS[spec.operator].operate("13812345678", Request("PHONE_NUMBER", params=spec.params))

    assert result == "138****5678"


@pytest.mark.parametrize("name", shipped_policies())
def test_every_operator_of_a_built_in_policy_can_run(name):
    loaded = Policy.load(name)

    for entity_type in TYPES:
        spec = loaded.operator_for(entity_type)
        request = Request(entity_type, "值", 1, key=bytes(32), params=spec.params)
        assert OPERATORS[spec.operator].operate("某个值", request)


# Files


def test_a_policy_is_loaded_from_a_file(tmp_path):
    path = written(tmp_path, "schema: 1\nname: own\ntitle: 自定义\noperators:\n  PERSON: redact\n")

    assert Policy.load(path).operator_for("PERSON").operator == "redact"
    assert Policy.load(str(path)) == Policy.load(path)


def test_a_policy_file_may_begin_with_a_byte_order_mark(tmp_path):
    path = written(tmp_path, "schema: 1\nname: own\ntitle: 自定义\n", encoding="utf-8-sig")

    assert Policy.load(path).title == "自定义"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- 1\n", "own.yaml: a policy is a mapping"),
        ("", "own.yaml: a policy is a mapping"),
        ("schema: 1\nname: [", "own.yaml: line 2"),
        ("schema: 1\nschema: 1\nname: own\ntitle: x\n", "own.yaml: line 2: a key stands twice"),
        (
            "schema: 1\nname: own\ntitle: x\noperators:\n  PERSON: label\n  PERSON: keep\n",
            "line 6: a key stands twice",
        ),
        ("? [a, b]\n: 1\n", "own.yaml: line 1: a key is a single word"),
        ("schema: 2\nname: own\ntitle: x\n", "own.yaml: schema"),
        ("name: own\ntitle: x\n", "own.yaml: schema"),
        ("schema: 1\nname: own\n", "own.yaml: title"),
        ("schema: 1\nname: Own Policy\ntitle: x\n", "own.yaml: name"),
        ("schema: 1\nname: own\ntitle: x\nreversible: 'no'\n", "own.yaml: reversible"),
        ("schema: 1\nname: own\ntitle: x\nown_organization: yes\n", "own.yaml: own_organization"),
        ("schema: 1\nname: own\ntitle: x\nown_names: 某公司\n", "own.yaml: own_names"),
        ("schema: 1\nname: own\ntitle: x\nthresholds: {PERSON: 2}\n", "own.yaml: thresholds.PERSON"),
        ("schema: 1\nname: own\ntitle: x\noperators: {PERSON: 1}\n", "own.yaml: operators.PERSON"),
        ("schema: 1\nname: own\ntitle: x\noperators: [PERSON]\n", "own.yaml: operators"),
    ],
)
def test_a_malformed_file_is_an_error_that_says_where(tmp_path, content, said):
    path = written(tmp_path, content)

    with pytest.raises(PolicyError) as caught:
        Policy.load(path)

    assert said in caught.value.message


def test_a_file_in_another_encoding_is_an_error(tmp_path):
    path = written(tmp_path, "schema: 1\nname: own\ntitle: 自定义\n", encoding="gb18030")

    with pytest.raises(PolicyError, match="not in UTF-8"):
        Policy.load(path)


def test_a_missing_file_is_an_error_that_lists_the_built_in_policies(tmp_path):
    with pytest.raises(PolicyError, match="no such policy file") as caught:
        Policy.load(tmp_path / "own.yaml")

    assert "dd-preclosing" in caught.value.hint


@pytest.mark.parametrize(
    ("fields", "said", "hint"),
    [
        ({"operator": {}}, "operator: no such field", "operators"),
        ({"operators": {"PERSON": "lable"}}, "operators.PERSON: no operator called 'lable'", "label"),
        (
            {"operators": {"PERSON": {"operator": "mask", "params": {"char": "*"}}}},
            "operators.PERSON: mask",
            "chars",
        ),
        (
            {"operators": {"PERSON": {"operator": "label", "by_rolle": {}}}},
            "by_rolle: no such field",
            "by_role",
        ),
        (
            {"operators": {"PERSON": {"operator": "label", "by_role": {"doctor": "kep"}}}},
            "by_role.doctor: no op",
            "keep",
        ),
        (
            {"operators": {"PERSON": {"operator": "label", "by_role": {"clinican": "keep"}}}},
            "by_role: no such person: 'clinican'",
            "clinician",
        ),
        ({"operators": {"PERSON": "generalize"}}, "operators.PERSON: generalize", "AGE"),
        ({"operators": {"PERSON": "replace"}}, "operators.PERSON: replace", "redact"),
        (
            {"operators": {"AGE": {"operator": "generalize", "params": {"widht": 5}}}},
            "no parameter called 'widht'",
            "width",
        ),
        ({"operators": {"PERSN": "surrogate"}}, "no stand-ins for PERSN", "did you mean PERSON?"),
        ({"operators": {"DATE_TME": "shift_date"}}, "DATE_TME is no date", "did you mean DATE_TIME?"),
        (
            {"operators": {"AGE": {"operatr": "label"}}},
            "AGE.operatr: no such field",
            "did you mean operator?",
        ),
        (
            {"operators": {"AGE": {"operator": "generalize", "width": 5}}},
            "AGE.width: no such",
            "under params",
        ),
        ({"status": "de-identifed"}, "status: ", "did you mean de-identified?"),
        ({"withhold": {"deceased": "pasage"}}, "withhold.deceased: ", "did you mean passage?"),
        ({"own_organization": "kep"}, "own_organization: ", "did you mean keep?"),
        ({"default": "keep"}, "default: keep would publish", "operators"),
        ({"default": "lable"}, "default: no operator called 'lable'", "label"),
        ({"operators": {"CN_ID_CARD": "label", "CN_RESIDENT_ID": "label"}}, "another name", ""),
        (
            {
                "operators": {
                    "PERSON": {"operator": "label", "params": {"word": "客户"}},
                    "CN_QQ": {"operator": "label", "params": {"word": "客户"}},
                }
            },
            "already that of PERSON",
            "own word",
        ),
    ],
)
def test_an_error_says_where_and_what_there_is(fields, said, hint):
    with pytest.raises(PolicyError) as caught:
        policy(**fields)

    assert caught.value.message.startswith("own.yaml: ")
    assert said in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("name", ["dd-preclosng", "DD", ""])
def test_an_unknown_policy_lists_those_that_exist(name):
    with pytest.raises(PolicyError, match="no policy called") as caught:
        Policy.load(name)

    assert "dd-preclosing" in caught.value.hint


@pytest.mark.parametrize("part", ["operators: {PRESON: label}", "thresholds: {PRESON: 0.5}"])
def test_an_unknown_entity_type_lists_near_names(tmp_path, part):
    path = written(tmp_path, f"schema: 1\nname: own\ntitle: x\n{part}\n")

    with pytest.raises(PolicyError, match="no entity type called 'PRESON'") as caught:
        Policy.load(path, entity_types=TYPES)

    assert "PERSON" in caught.value.hint


def test_a_type_of_a_guest_recognizer_is_no_error_when_it_is_announced(tmp_path):
    path = written(
        tmp_path, "schema: 1\nname: own\ntitle: x\noperators: {US_SSN: label, CREDIT_CARD: redact}\n"
    )

    loaded = Policy.load(path, entity_types=["US_SSN", "CREDIT_CARD"])

    assert loaded.operator_for("US_SSN").operator == "label"
    assert loaded.operator_for("CREDIT_CARD").operator == "redact"


# Choosing an operator


@pytest.mark.parametrize("name", ["CN_ID_CARD", "CN_RESIDENT_ID", "cn_id_card"])
def test_names_of_other_tools_are_understood_on_both_sides(name):
    assert policy(operators={name: "redact"}).operator_for("CN_RESIDENT_ID").operator == "redact"
    assert policy(operators={"CN_RESIDENT_ID": "redact"}).operator_for(name).operator == "redact"


REFINED = policy(
    operators={
        "PERSON": {
            "operator": "label",
            "by_role": {"医生": "redact", "staff": {"operator": "label", "params": {"word": "员工"}}},
            "by_label": {"收费员：": "hash", "主治医师": {"operator": "mask"}},
        }
    }
)


@pytest.mark.parametrize(
    ("role", "label", "operator"),
    [
        (None, None, "label"),
        ("unknown", None, "label"),
        ("patient", None, "label"),
        ("doctor", None, "redact"),
        ("医生", None, "redact"),
        ("staff", "主治医师", "label"),
        ("doctor", "主治医师", "redact"),
        (None, "主治医师", "mask"),
        ("patient", "主治医师", "mask"),
        (None, "收费员", "hash"),
        (None, " 收 费 员: ", "hash"),
        (None, ("姓名", "收费员"), "hash"),
        (None, ("姓名",), "label"),
        (None, (), "label"),
    ],
)
def test_the_role_decides_before_the_label_before_the_type(role, label, operator):
    assert REFINED.operator_for("PERSON", role=role, label=label).operator == operator


def test_the_operator_of_a_type_comes_without_its_exceptions():
    assert type(REFINED.operator_for("PERSON")) is OperatorSpec


def test_the_companys_own_names_stay_or_go():
    names = ["示例健康咨询有限公司", "400-000-0000"]

    assert policy(own_names=names).names() == tuple(names)
    assert policy(own_names=names, own_organization="replace").names() == ()


def test_a_policy_is_immutable_and_pickled():
    assert pickle.loads(pickle.dumps(REFINED)) == REFINED
    with pytest.raises(ValueError, match="frozen"):
        REFINED.name = "other"


def test_the_fingerprint_changes_with_the_policy_and_with_nothing_else():
    assert REFINED.fingerprint == pickle.loads(pickle.dumps(REFINED)).fingerprint
    assert policy().fingerprint != policy(thresholds={"PERSON": 0.5}).fingerprint


def test_a_threshold_may_be_a_whole_number():
    assert policy(thresholds={"CN_ID_CARD": 1}).thresholds == {"CN_RESIDENT_ID": 1.0}


# Aliases


def test_no_alias_is_an_entity_type_of_deid_and_every_alias_leads_to_one():
    assert not set(ALIASES) & set(TYPES)
    assert set(ALIASES.values()) <= set(TYPES)


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("CN_PHONE", (), "PHONE_NUMBER"),
        ("person", (), "PERSON"),
        ("CREDIT_CARD", ("CREDIT_CARD",), "CREDIT_CARD"),
        ("credit_card", ("CREDIT_CARD",), "CREDIT_CARD"),
        ("Own", ("Own",), "Own"),
        ("US_SSN", (), "US_SSN"),
    ],
)
def test_a_name_leads_to_its_entity_type(name, known, expected):
    assert canonical_type(name, known=known) == expected


@pytest.mark.parametrize(
    ("word", "role"), [("患者", "client"), (" 医生 ", "clinician"), ("Staff", "staff"), ("司机", "司机")]
)
def test_a_word_leads_to_its_role(word, role):
    assert canonical_role(word) == role


def test_roles_are_stable():
    assert all(canonical_role(role) == role for role in ROLES.values())


def test_a_policy_extends_a_built_in_one_line_by_line():
    base = Policy.load("dd-preclosing")

    policy = Policy.parse(
        {
            "schema": 1,
            "extends": "dd-preclosing",
            "name": "ours",
            "operators": {"AGE": "redact"},
            "thresholds": {"PERSON": 0.5},
        }
    )

    assert (policy.name, policy.title) == ("ours", base.title)
    assert policy.operator_for("AGE").operator == "redact"
    assert policy.operator_for("DATE_TIME") == base.operator_for("DATE_TIME")
    assert policy.thresholds == {**base.thresholds, "PERSON": 0.5}


def test_a_policy_extends_only_what_exists():
    with pytest.raises(PolicyError, match="no built-in policy called 'dd-preclose'"):
        Policy.parse({"schema": 1, "extends": "dd-preclose", "name": "ours"})


# What a policy says of itself


@pytest.mark.parametrize("name", shipped_policies())
def test_a_built_in_policy_says_what_its_output_is_and_which_articles_it_serves(name):
    loaded = Policy.load(name)

    assert loaded.status == (
        "reversible" if loaded.reversible else "identified" if name == "mask" else "de-identified"
    )
    assert any("个人信息保护法" in article for article in loaded.articles)
    assert len(loaded.articles) == len(loaded.articles_en)


def test_only_the_reversible_policy_encrypts():
    assert [name for name in shipped_policies() if Policy.load(name).uses("encrypt")] == ["handover-closing"]
    assert [name for name in shipped_policies() if Policy.load(name).reversible] == ["handover-closing"]


def test_special_diseases_have_no_numbers_that_link_records_and_no_relatives():
    loaded = Policy.load("special-disease")

    for kind in TYPES:
        spec = loaded.operator_for(kind)
        assert spec.operator != "keep" or kind == "PUBLIC_HOTLINE"
        assert spec.operator != "label" or spec.params["numbered"] is False


# Extending and paths


def test_a_policy_extends_a_file_beside_it(tmp_path):
    written(
        tmp_path,
        "schema: 1\nname: base\ntitle: 基础\nextends: mask\noperators: {AGE: keep, PERSON: hash}\n",
        "base.yaml",
    )
    path = written(
        tmp_path, "schema: 1\nname: own\ntitle: 自定义\nextends: ./base.yaml\noperators: {PERSON: redact}\n"
    )

    loaded = Policy.load(path)

    assert [loaded.operator_for(kind).operator for kind in ("AGE", "PERSON", "VIN")] == [
        "keep",
        "redact",
        "mask",
    ]


def test_a_policy_that_extends_itself_is_an_error(tmp_path):
    path = written(tmp_path, "schema: 1\nname: own\ntitle: 自定义\nextends: ./own.yaml\n")

    with pytest.raises(PolicyError, match="extends itself"):
        Policy.load(path)


@pytest.mark.parametrize(
    ("path", "label", "operator"),
    [
        ("财务/工资.xlsx", "", "redact"),
        ("病历/1.txt", "", "label"),
        ("", "", "label"),
        ("财务/a.csv", "收款人", "hash"),
    ],
)
def test_the_path_decides_after_the_label(path, label, operator):
    own = policy(
        operators={
            "PERSON": {"operator": "label", "by_path": {"财务/*": "redact"}, "by_label": {"收款人": "hash"}}
        }
    )

    assert own.operator_for("PERSON", path=path, label=label).operator == operator


def test_a_misspelt_level_names_the_nearest(tmp_path):
    with pytest.raises(PolicyError) as caught:
        policy(operators={"CN_ADDRESS": {"operator": "generalize", "params": {"level": "provnce"}}})

    assert caught.value.hint == "did you mean province?"


def test_a_policy_made_in_python_is_checked_for_entity_types_too():
    policy = Policy.parse({"schema": 1, "name": "p", "title": "p", "operators": {"PERSN": "label"}})

    with pytest.raises(PolicyError, match="PERSN") as error:
        Deidentifier(policy=policy)

    assert "PERSON" in error.value.hint
