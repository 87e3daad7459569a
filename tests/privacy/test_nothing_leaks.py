"""Planted values are looked for wherever a person or a log collector could see them."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import traceback

import pytest

from deid import Deidentifier, KnownList, Policy
from deid.catalog import Catalog
from deid.errors import DeidError
from deid.known import KnownValue

PLANTED = ("万俟晓棠", "13912345678", "11010519491231002X", "梧桐里8号院")
NOTE = "患者万俟晓棠，身份证11010519491231002X，电话13912345678，住合肥市蜀山区梧桐里8号院3号楼201室。"


def assert_clean(text):
    assert not [value for value in PLANTED if value in text]


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("deid used the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def test_no_network_is_used_even_for_mail_addresses_and_links(no_network):
    found = Deidentifier().detect(NOTE + "邮箱wanqi@example.com，网址https://example.com/u/8")

    assert {"EMAIL_ADDRESS", "URL"} <= {entity.entity_type for entity in found}


def test_nothing_is_sent_or_left_behind_by_the_libraries_beneath(tmp_path):
    """The model runtime reports to its maker and keeps a session file, unless it is told not to."""
    home, scratch = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    scratch.mkdir()
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "PYTHONPATH")}

    subprocess.run(
        [sys.executable, "-c", "import deid; deid.detect('患者王秀兰，电话13800138000，邮箱a@example.com')"],
        check=True,
        env=kept
        | {"HOME": str(home), "TMPDIR": str(scratch), "TEMP": str(scratch), "USERPROFILE": str(home)},
    )

    assert [path.name for folder in (home, scratch) for path in folder.rglob("*")] == []


def test_results_reports_and_objects_show_no_value_but_in_the_text(caplog):
    caplog.set_level(logging.DEBUG)
    known = KnownList.from_values([KnownValue("PERSON", "万俟晓棠")])
    deidentifier = Deidentifier(known=known)

    result = deidentifier.deidentify(NOTE)

    for shown in (
        result.text,
        repr(result),
        repr(result.entities),
        repr(result.report),
        repr(known),
        repr(deidentifier),
        caplog.text,
    ):
        assert_clean(shown)


@pytest.mark.parametrize(
    "provoke",
    [
        lambda: Deidentifier(policy="dd-preclosin"),
        lambda: Policy.load("/nowhere/万俟晓棠/policy.yaml"),
        lambda: Catalog.load("/nowhere/13912345678"),
        lambda: KnownList.load("/nowhere/万俟晓棠.csv"),
        lambda: KnownList.from_values([{"不认识的列": "万俟晓棠"}]),
    ],
    ids=["policy", "policy file", "catalog", "list file", "list column"],
)
def test_errors_name_no_value(provoke):
    with pytest.raises(DeidError) as caught:
        provoke()

    assert_clean(
        f"{caught.value} {caught.value.hint} {''.join(traceback.format_exception_only(caught.value))}"
    )
