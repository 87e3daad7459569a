"""The vault: encrypted, bound, and refused when anything in it was changed."""

from __future__ import annotations

import sqlite3

import pytest

from deid.errors import VaultError
from deid.keys import ProjectKey
from deid.vault import Vault, VaultRow, destroy

KEY, OTHER = ProjectKey(bytes(range(32))), ProjectKey(bytes(32))
ROWS = [VaultRow("PERSON", f"P-{n:04d}", f"王{n}") for n in range(30)] + [
    VaultRow("PHONE_NUMBER", "〔电话1〕", "13800138000")
]


@pytest.fixture
def vault(tmp_path):
    made = Vault.new(tmp_path / "vault.sqlite", key=KEY)
    made.add(ROWS)
    made.save()
    return tmp_path / "vault.sqlite"


def test_what_was_put_in_comes_out(vault):
    opened = Vault.open(vault, key=KEY)

    assert sorted(opened) == sorted(ROWS)
    assert opened.status().counts == {"PERSON": 30, "PHONE_NUMBER": 1}


def test_it_is_a_base_in_which_nothing_can_be_read(vault):
    content = vault.read_bytes()

    assert not any(row.original.encode() in content or row.stand_in.encode() in content for row in ROWS)
    assert b"PERSON" not in content
    with sqlite3.connect(vault) as base:
        assert base.execute("select count(*) from records").fetchone() == (32,)
    base.close()


def test_a_vault_with_one_byte_changed_is_refused(vault):
    content = vault.read_bytes()

    for place in [*range(110), *range(110, len(content), 97), len(content) - 1]:
        changed = bytearray(content)
        changed[place] ^= 1
        vault.write_bytes(changed)
        with pytest.raises(VaultError, match="cannot be opened"):
            Vault.open(vault, key=KEY)


@pytest.mark.parametrize("keep", [0, 100, 511, 4096, -1])
def test_a_truncated_vault_is_refused(vault, keep):
    vault.write_bytes(vault.read_bytes()[:keep])

    with pytest.raises(VaultError, match="cannot be opened"):
        Vault.open(vault, key=KEY)


def test_another_key_is_refused_and_a_missing_vault_too(vault, tmp_path):
    with pytest.raises(VaultError, match="cannot be opened"):
        Vault.open(vault, key=OTHER)
    with pytest.raises(VaultError, match="no such vault"):
        Vault.open(tmp_path / "none", key=KEY)
    with pytest.raises(VaultError, match="already"):
        Vault.new(vault, key=KEY)


def test_one_stand_in_for_two_originals_is_an_error(vault):
    opened = Vault.open(vault, key=KEY)
    opened.add(ROWS)

    with pytest.raises(VaultError, match="two originals") as caught:
        opened.add([VaultRow("PERSON", "P-0001", "李四")])
    assert "李四" not in str(caught.value)


def test_after_a_rotation_only_the_new_key_opens_it(vault):
    Vault.open(vault, key=KEY).rotated(OTHER).save()

    assert sorted(Vault.open(vault, key=OTHER)) == sorted(ROWS)
    with pytest.raises(VaultError):
        Vault.open(vault, key=KEY)


def test_a_destroyed_vault_is_gone(vault):
    destroy(vault)

    assert not vault.exists()
    with pytest.raises(VaultError, match="no such vault"):
        destroy(vault)
