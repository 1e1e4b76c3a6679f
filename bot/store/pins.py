"""The six digits that open a draft: the PIN of the one who began it, and a code for each person who was invited.

They are random and kept as argon2 hashes of a keyed hash: a copy of the database alone does not reveal them. All of one
draft share argon2's salt and cost, and no two are the same. So one slow hash of what was typed, compared with all of
them, tells who it is, and takes as long for six people as for one or for a draft that does not exist. A quick keyed
hash to look the person up by would do that too, but would undo what argon2 is for. A salt for each would protect no
more, as any one of them opens the draft.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping

from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import ARGON2_VERSION, hash_secret
from sqlalchemy import bindparam, select

from bot.store.crypto import Cipher
from bot.store.database import Database, Transaction, lock_draft
from bot.store.tables import DraftRow, MemberRow

FIRST_MEMBER = "m1"
"""The one who began the draft."""

_HASHER = PasswordHasher()


def _nobodys_hash() -> str:
    """Looks like a hash of ours, without the work of making one: every process would wait for it when it starts."""
    salt, nothing = (
        b64encode(part).decode().rstrip("=")
        for part in (secrets.token_bytes(_HASHER.salt_len), bytes(_HASHER.hash_len))
    )
    cost = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${nothing}"


_NOBODY = _nobodys_hash()
"""What is typed is hashed like this one where nobody has a PIN or code, so that the refusal takes as long."""

_PIN = select(DraftRow.pin_hash).where(DraftRow.id == bindparam("draft_id"))
_CODES = (
    select(MemberRow.member_id, MemberRow.code_hash)
    .where(MemberRow.draft_id == bindparam("draft_id"), MemberRow.code_hash.is_not(None))
    .order_by(MemberRow.member_id)
)


def kept(tx: Transaction, draft_id: str) -> dict[str, str]:
    """The hashes of those who may come in, by member id; none for a draft that does not exist."""
    pin_hash = tx.connection.scalar(_PIN, {"draft_id": draft_id})
    codes = {row.member_id: row.code_hash for row in tx.connection.execute(_CODES, {"draft_id": draft_id})}
    return codes if pin_hash is None else {FIRST_MEMBER: pin_hash, **codes}


def whose(cipher: Cipher, draft_id: str, hashes: Mapping[str, str], typed: str) -> str | None:
    """The member whose PIN or code was typed, or None. Slow on purpose: not for within a transaction."""
    found = None
    for typed_hash in _like_the_others(cipher, draft_id, hashes, typed):
        for member, member_hash in hashes.items():
            if hmac.compare_digest(typed_hash, member_hash):
                found = member
    return found


def give[T](database: Database, draft_id: str, keep: Callable[[Transaction, str], T]) -> tuple[T, str]:
    """New digits that nobody of the draft has, and what ``keep`` made of their hash. Raises NoSuchDraft.

    ``keep`` stores the hash; the draft is locked meanwhile. The slow part is done before, and done again in the rare
    case that somebody else was given digits at the same time.
    """
    while True:
        with database.read() as tx:
            before = kept(tx, draft_id)
        digits, digits_hash = _unlike_the_others(database.cipher, draft_id, before)
        with database.write() as tx:
            lock_draft(tx, draft_id)
            if kept(tx, draft_id) == before:
                return keep(tx, digits_hash), digits


def _unlike_the_others(cipher: Cipher, draft_id: str, hashes: Mapping[str, str]) -> tuple[str, str]:
    while True:
        digits = f"{secrets.randbelow(10**6):06}"
        if not hashes:
            return digits, _HASHER.hash(_peppered(cipher, draft_id, digits)[0])
        digits_hashes = _like_the_others(cipher, draft_id, hashes, digits)
        if not set(digits_hashes) & set(hashes.values()):
            return digits, digits_hashes[0]


def _like_the_others(cipher: Cipher, draft_id: str, hashes: Mapping[str, str], digits: str) -> tuple[str, ...]:
    """The hash under every key, newest first, with the salt and cost that the draft's hashes share."""
    like = next(iter(hashes.values()), _NOBODY)
    cost = extract_parameters(like)
    salt = like.split("$")[4]
    return tuple(
        hash_secret(
            peppered.encode(),
            b64decode(salt + "=" * (-len(salt) % 4)),
            time_cost=cost.time_cost,
            memory_cost=cost.memory_cost,
            parallelism=cost.parallelism,
            hash_len=cost.hash_len,
            type=cost.type,
            version=cost.version,
        ).decode()
        for peppered in _peppered(cipher, draft_id, digits)
    )


def _peppered(cipher: Cipher, draft_id: str, digits: str) -> tuple[str, ...]:
    return cipher.lookups("pin", f"{draft_id}/{digits}")
