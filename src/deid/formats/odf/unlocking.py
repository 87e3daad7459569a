"""OpenDocument with a password, decrypted in memory (ODF 1.3, part 2, 4.8; the single encrypted package of LibreOffice 24.8)."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from base64 import b64decode
from io import BytesIO
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from lxml import etree

from deid.formats.files import Held, opened
from deid.formats.odf.chunks import PARSING

_MOST = 1 << 30  # bytes
_MOST_ROUNDS = 10_000_000
_MOST_MEMORY = 1 << 20  # KiB
_DAMAGED = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    zlib.error,
    RuntimeError,
    etree.LxmlError,
)
_ENTRY = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


def encrypted_parts(path: str) -> dict[str, Any]:
    """Name of each part that is encrypted, and its entry in the manifest; nothing for other files."""
    try:
        with opened(path) as handle, zipfile.ZipFile(handle) as package:
            if "META-INF/manifest.xml" not in package.namelist() or "mimetype" not in package.namelist():
                return {}
            with package.open("META-INF/manifest.xml") as manifest:
                root = etree.parse(manifest, etree.XMLParser(**PARSING)).getroot()
    except _DAMAGED:
        return {}
    entries = (entry for entry in root.iter("*") if entry.find(f"{_ENTRY}encryption-data") is not None)
    return {entry.get(f"{_ENTRY}full-path", ""): entry for entry in entries}


def decrypted(path: str, parts: dict[str, Any], password: str) -> Held | None:
    """The package without its password, or nothing where it is another one, or of a kind that is not known."""
    out = BytesIO()
    try:
        with opened(path) as handle, zipfile.ZipFile(handle) as package:
            if "encrypted-package" in parts:
                return Held(
                    _part(package.read("encrypted-package"), parts["encrypted-package"], password), ".odt"
                )
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
                for info in package.infolist():
                    if info.filename == "META-INF/manifest.xml" or info.is_dir():
                        continue
                    data = package.read(info)
                    if info.filename in parts:
                        data = _part(data, parts[info.filename], password)
                    target.writestr(info.filename, data)
    except (*_DAMAGED, InvalidTag):
        return None
    return Held(out.getvalue(), ".odt")


def _part(data: bytes, entry: Any, password: str) -> bytes:
    found = {
        _local(one.tag): {_local(key): value for key, value in one.attrib.items()} for one in entry.iter("*")
    }
    algorithm, derivation = found["algorithm"], found["key-derivation"]
    vector = b64decode(algorithm["initialisation-vector"])
    key = _key(found.get("start-key-generation", {}), derivation, password)
    kind = algorithm["algorithm-name"].rpartition("#")[2].lower()
    if kind.endswith("-gcm"):
        plain = AESGCM(key).decrypt(vector, data.removeprefix(vector), None)
    elif kind.endswith("-cbc"):
        decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        plain = decryptor.update(data) + decryptor.finalize()
    else:
        raise ValueError("an algorithm that is not known")
    checksum = found["encryption-data"].get("checksum", "")
    if (
        checksum
        and kind.endswith("-cbc")
        and not _is_right(plain, checksum, found["encryption-data"].get("checksum-type", ""))
    ):
        raise ValueError("another password")
    return _inflated(plain)


def _key(start: dict[str, str], derivation: dict[str, str], password: str) -> bytes:
    name = start.get("start-key-generation-name", "SHA1").lower()
    secret = (hashlib.sha256 if "sha256" in name else hashlib.sha1)(password.encode()).digest()
    size, salt = int(derivation.get("key-size", "16")), b64decode(derivation["salt"])
    if "argon2id" in derivation["key-derivation-name"]:
        rounds, memory, lanes = (
            int(derivation[f"argon2-{one}"]) for one in ("iterations", "memory", "lanes")
        )
        if rounds > 100 or memory > _MOST_MEMORY:
            raise ValueError("too costly")
        return Argon2id(salt=salt, length=size, iterations=rounds, lanes=lanes, memory_cost=memory).derive(
            secret
        )
    rounds = int(derivation["iteration-count"])
    if rounds > _MOST_ROUNDS:
        raise ValueError("too costly")
    return hashlib.pbkdf2_hmac("sha1", secret, salt, rounds, size)


def _is_right(plain: bytes, checksum: str, kind: str) -> bool:
    """Whether the checksum of the beginning is that of the manifest; padding counts or not, as producers have it."""
    digest = hashlib.sha256 if "sha256" in kind.lower() else hashlib.sha1
    whole = plain[: -plain[-1]] if plain and 0 < plain[-1] <= 16 else plain
    return b64decode(checksum) in (digest(plain[:1024]).digest(), digest(whole[:1024]).digest())


def _inflated(plain: bytes) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    data = unpacker.decompress(plain, _MOST)
    if unpacker.unconsumed_tail:
        raise ValueError("too large")
    return data


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
