"""Encryption of personal text at rest, and keyed hashes for looking things up.

A key is 32 random bytes, written as URL-safe base64. ``SEVENSTEPS_KEYS`` holds one or more, separated by commas:
the first encrypts, all of them decrypt. A new key is put in front; the old one stays for what it has sealed.

Every sealed value is tied to its place (table, column and row): copied to another row, it no longer opens.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEYS_VARIABLE = "SEVENSTEPS_KEYS"
_FORMAT = b"\x01"
_KEY_ID_BYTES = 8
_NONCE_BYTES = 12


class BadKey(ValueError):
    """The keys in the environment are missing or are not 32 bytes of URL-safe base64."""


class CannotOpen(ValueError):
    """A stored value was sealed with a key we do not hold, was changed, or was moved from its place."""


@dataclass(frozen=True, slots=True)
class _Key:
    """What is derived from one key: separate secrets for sealing and for lookups, and a name to find it by."""

    id: bytes
    aead: AESGCM
    lookup: bytes


class Cipher:
    """Seals and opens text, and makes keyed hashes.

    >>> cipher = Cipher([new_key()])
    >>> sealed = cipher.seal("Ty likes trains", "drafts.state", "d1")
    >>> b"trains" in sealed
    False
    >>> cipher.open(sealed, "drafts.state", "d1")
    'Ty likes trains'
    >>> cipher.open(sealed, "drafts.state", "d2")
    Traceback (most recent call last):
    ...
    bot.store.crypto.CannotOpen: drafts.state cannot be opened: it was changed, moved or sealed with another key
    """

    def __init__(self, keys: Sequence[str]) -> None:
        """Raises BadKey when there is no key or one is malformed."""
        if not keys:
            raise BadKey(f"{KEYS_VARIABLE} holds no key. Put in one made with: openssl rand -base64 32 | tr '+/' '-_'")
        self._keys = tuple(_derive(key) for key in keys)

    def seal(self, text: str, field: str, row: str) -> bytes:
        """Encrypt ``text`` for one place: ``field`` is table.column, ``row`` names the row."""
        key = self._keys[0]
        nonce = os.urandom(_NONCE_BYTES)
        return _FORMAT + key.id + nonce + key.aead.encrypt(nonce, text.encode(), _place(field, row))

    def open(self, sealed: bytes, field: str, row: str) -> str:
        """The text that was sealed for this place. Raises CannotOpen."""
        key_id = sealed[1 : 1 + _KEY_ID_BYTES]
        nonce = sealed[1 + _KEY_ID_BYTES : 1 + _KEY_ID_BYTES + _NONCE_BYTES]
        body = sealed[1 + _KEY_ID_BYTES + _NONCE_BYTES :]
        for key in self._keys:
            if sealed[:1] == _FORMAT and key.id == key_id:
                try:
                    return key.aead.decrypt(nonce, body, _place(field, row)).decode()
                except (InvalidTag, ValueError):
                    break
        raise CannotOpen(f"{field} cannot be opened: it was changed, moved or sealed with another key")

    def lookup(self, purpose: str, value: str) -> str:
        """A keyed hash to store and find ``value`` by, without keeping it. Differs for each ``purpose``."""
        return _mac(self._keys[0].lookup, purpose, value)

    def lookups(self, purpose: str, value: str) -> tuple[str, ...]:
        """The keyed hash under every key, newest first: what an older key stored is still found."""
        return tuple(_mac(key.lookup, purpose, value) for key in self._keys)


def new_key() -> str:
    """A fresh random key as it is written in the environment."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def keys_from(environ: Mapping[str, str]) -> list[str]:
    """The keys named in ``SEVENSTEPS_KEYS``, newest first; empty when it is not set.

    >>> keys_from({"SEVENSTEPS_KEYS": "a, b"})
    ['a', 'b']
    """
    return [key.strip() for key in environ.get(KEYS_VARIABLE, "").split(",") if key.strip()]


def demo_key(data_dir: Path) -> str:
    """The key of demo mode: made once, kept in ``data_dir/demo.key`` that only its owner can read.

    Two processes that start together end with the same key.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "demo.key"
    if not path.exists():
        draft = data_dir / f".demo.key.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(new_key() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # unlike a rename, this never replaces a key that another process just made
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _derive(key: str) -> _Key:
    try:
        raw = base64.b64decode(key, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 32:
        raise BadKey(f"A key in {KEYS_VARIABLE} is not 32 bytes of URL-safe base64 (44 characters).")
    return _Key(
        id=hashlib.sha256(b"sevensteps key id" + raw).digest()[:_KEY_ID_BYTES],
        aead=AESGCM(_expand(raw, b"sevensteps seal")),
        lookup=_expand(raw, b"sevensteps lookup"),
    )


def _expand(raw: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(raw)


def _place(field: str, row: str) -> bytes:
    return f"{field}\x00{row}".encode()


def _mac(secret: bytes, purpose: str, value: str) -> str:
    return hmac.new(secret, f"{purpose}\x00{value}".encode(), hashlib.sha256).hexdigest()
