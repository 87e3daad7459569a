"""deid policy explain and diff: what a policy does and why, in both languages."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from deid.cli.app import build
from deid.policy import shipped_policies


def called(*arguments, language="zh", monkeypatch):
    monkeypatch.setenv("DEID_LANG", language)
    result = CliRunner().invoke(build(), ["policy", *arguments], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("name", shipped_policies())
@pytest.mark.parametrize(
    ("language", "said"), [("zh", "仍是个人信息|是个人信息"), ("en", "personal information")]
)
def test_a_policy_explains_itself(name, language, said, monkeypatch):
    shown = called("explain", name, language=language, monkeypatch=monkeypatch)

    assert any(word in "".join(shown.split()) for word in said.replace(" ", "").split("|"))
    assert ("个人信息保护法" if language == "zh" else "PIPL") in shown


def test_an_explanation_names_every_type_once(monkeypatch):
    content = json.loads(called("explain", "special-disease", "--json", monkeypatch=monkeypatch))
    titles = [title for rule in content["operators"] for title in rule["types"]]

    assert len(titles) == len(set(titles)) > 60
    assert content["personal_information"] is True
    assert content["articles"]


def test_a_difference_shows_what_the_two_say(tmp_path, monkeypatch):
    own = tmp_path / "own.yaml"
    own.write_text(
        "schema: 1\nname: own\ntitle: 自定义\nextends: dd-preclosing\noperators:\n"
        "  PERSON: {operator: label, by_role: {clinician: redact}}\n  AGE: keep\n",
        "utf-8",
    )

    rows = json.loads(called("diff", "dd-preclosing", str(own), "--json", monkeypatch=monkeypatch))

    assert [(row["field"], row["own"]) for row in rows] == [
        ("AGE", "keep"),
        ("PERSON", "label; PERSON role clinician: redact"),
    ]
    assert "没有不同" in called("diff", "mask", "mask", monkeypatch=monkeypatch)
