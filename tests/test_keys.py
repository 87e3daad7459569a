"""The project key: made, derived, kept in a file, and never shown."""

from __future__ import annotations

import hashlib
import hmac
import pickle
import stat
import sys
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import KeyFileError
from deid.keys import ProjectKey, mac, new_salt

KEY = ProjectKey(bytes(range(32)))
SALT = b"a salt of 16 byt"


def test_generated_keys_differ():
    assert ProjectKey.generate() != ProjectKey.generate()


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_an_error(length):
    with pytest.raises(KeyFileError, match="32 bytes"):
        ProjectKey(bytes(length))


def test_derived_keys_depend_on_purpose_and_key():
    other = ProjectKey(bytes(32))

    derived = {KEY.derive("numbering"), KEY.derive("hash"), other.derive("numbering")}

    assert len(derived) == 3


def test_a_derived_key_is_always_the_same():
    # Fixed: codes of an earlier run must be found again by a later version.
    assert KEY.derive("numbering").hex() == (
        "fdca321262db421683a31c758b1163d4a83823962754a0a7185776bd1af1c6b0"
    )


def test_a_derived_key_has_the_length_asked_for():
    assert len(KEY.derive("vault", 64)) == 64


def test_a_derived_key_needs_a_purpose():
    with pytest.raises(ValueError, match="purpose"):
        KEY.derive("")


@pytest.mark.parametrize("shown", [repr, str, "{}".format, lambda key: f"{key!r}"])
def test_a_key_is_never_shown(shown):
    text = shown(KEY)

    assert KEY.fingerprint in text
    assert bytes(range(32)).hex() not in text
    assert repr(bytes(range(32)))[2:-1] not in text


def test_a_key_is_pickled_for_workers():
    assert pickle.loads(pickle.dumps(KEY)) == KEY


def test_a_passphrase_and_salt_lead_to_one_key():
    first = ProjectKey.from_passphrase("一句好记的长口令", salt=SALT)

    assert first == ProjectKey.from_passphrase("一句好记的长口令", salt=SALT)
    assert first != ProjectKey.from_passphrase("一句好记的长口令", salt=new_salt())


def test_a_passphrase_is_the_same_however_it_was_composed():
    assert ProjectKey.from_passphrase("caf\u00e9 au lait", salt=SALT) == ProjectKey.from_passphrase(
        "cafe\u0301 au lait", salt=SALT
    )


@pytest.mark.parametrize(
    ("passphrase", "salt", "said"), [("hunter2", SALT, "passphrase"), ("long enough", b"salt", "salt")]
)
def test_a_weak_passphrase_or_salt_is_an_error_that_does_not_show_it(passphrase, salt, said):
    with pytest.raises(KeyFileError, match=said) as caught:
        ProjectKey.from_passphrase(passphrase, salt=salt)

    assert passphrase not in str(caught.value)


def test_a_saved_key_is_loaded_again(tmp_path):
    path = tmp_path / "project.key"

    KEY.save(path)

    assert ProjectKey.load(path) == KEY


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such mode")
def test_a_key_file_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "project.key"

    KEY.save(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_is_never_overwritten(tmp_path):
    path = tmp_path / "project.key"
    KEY.save(path)

    with pytest.raises(KeyFileError, match="not overwritten"):
        ProjectKey.generate().save(path)

    assert ProjectKey.load(path) == KEY


@pytest.mark.parametrize(
    "content", ["", "\n", "张三", "deid-key-1", "deid-key-1\nzz\nzz\n", "deid-key-1\n00\n00\n"]
)
def test_a_malformed_key_file_is_an_error(tmp_path, content):
    path = tmp_path / "project.key"
    path.write_text(content, "utf-8")

    with pytest.raises(KeyFileError):
        ProjectKey.load(path)


def test_a_flipped_digit_in_a_key_file_is_noticed(tmp_path):
    path = tmp_path / "project.key"
    KEY.save(path)
    content = path.read_text("ascii")
    path.write_text(content.replace("0f10", "0f11"), "ascii")

    with pytest.raises(KeyFileError, match="damaged"):
        ProjectKey.load(path)


def test_a_missing_key_file_is_an_error_without_its_path(tmp_path):
    path = tmp_path / "王建国.key"

    with pytest.raises(KeyFileError, match="does not exist") as caught:
        ProjectKey.load(path)

    assert "王建国" not in "".join(traceback.format_exception_only(caught.type, caught.value))
    assert caught.value.__suppress_context__


def test_a_key_file_in_a_missing_folder_cannot_be_written(tmp_path):
    with pytest.raises(KeyFileError, match="cannot be written"):
        KEY.save(tmp_path / "missing" / "project.key")


def test_mac_is_hmac_sha256_over_length_prefixed_parts():
    message = b"\0\0\0\0\0\0\0\x06" + "张三".encode()

    assert mac(b"key", "张三") == hmac.new(b"key", message, hashlib.sha256).digest()


@given(st.lists(st.text()), st.lists(st.text()))
def test_mac_tells_all_lists_of_parts_apart(one, other):
    assert (mac(b"key", *one) == mac(b"key", *other)) == (one == other)


@pytest.mark.parametrize("parts", [(), ("", ""), ("number", "PERSON", "张三"), ("a", "b", "c", "d" * 300)])
def test_mac_is_the_same_however_many_parts_it_has_in_common_with_others(parts):
    message = b"".join(len(part.encode()).to_bytes(8, "big") + part.encode() for part in parts)

    for _ in range(2):
        assert mac(b"key", *parts) == hmac.new(b"key", message, hashlib.sha256).digest()


def test_mac_of_one_key_tells_nothing_of_what_was_asked_before():
    first = mac(b"key", "张三")
    others = [mac(b"other", "张三"), mac(b"key", "李四")]

    assert mac(b"key", "张三") == first
    assert len({first, *others}) == 3


def test_mac_takes_texts_that_are_not_valid_unicode():
    assert mac(b"key", "\ud800") != mac(b"key", "?")


def test_mac_without_key_is_an_error():
    with pytest.raises(ValueError, match="key"):
        mac(b"", "13800138000")
