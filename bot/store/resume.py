"""Coming back to a draft by reference and PIN, with a limit to wrong tries.

The PIN is six random digits, kept as an argon2 hash of a keyed hash: a copy of the database alone does not reveal it.
Every try is counted before it is checked, so many at once gain nothing. A reference that does not exist is counted,
refused and timed in the same way as a wrong PIN, so nobody can learn from the answer which references exist.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import and_, delete, insert, or_, select, text, update

from bot.store import audit
from bot.store.crypto import Cipher
from bot.store.database import Database, NoSuchDraft, Transaction, lock_draft
from bot.store.drafts import Draft, get
from bot.store.references import normalise
from bot.store.tables import DraftRow, ResumeAttemptRow

_Kind = Literal["reference", "client"]

LIMITS: dict[_Kind, tuple[tuple[int, timedelta], ...]] = {
    "reference": ((5, timedelta(minutes=15)), (15, timedelta(hours=24))),
    "client": ((20, timedelta(minutes=15)), (60, timedelta(hours=24))),
}
"""Wrong tries within a span of time, after which the next must wait. The longer span keeps a patient guesser of one PIN
under one chance in 60,000 a day; a client may stand for a whole school or hospital, so it is allowed more."""

_LONGEST = max(span for limits in LIMITS.values() for _, span in limits)
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex(16))
"""Checked when there is no such draft, so that the refusal takes as long."""


class WrongPin(Exception):
    """The reference and PIN do not belong together, or the reference does not exist: it is not said which."""


class TooManyTries(Exception):
    """Too many wrong tries. ``retry_after`` is how long to wait."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"too many wrong tries; wait {int(retry_after.total_seconds())} seconds")
        self.retry_after = retry_after


def set_pin(database: Database, draft_id: str, *, actor: str, at: datetime) -> str:
    """Give the draft a new PIN and return it, once; an older one stops working. Raises NoSuchDraft."""
    pin = f"{secrets.randbelow(10**6):06}"
    pin_hash = _HASHER.hash(_peppered(database.cipher, draft_id, pin)[0])  # slow on purpose, so before the transaction
    with database.write() as tx:
        lock_draft(tx, draft_id)
        tx.connection.execute(update(DraftRow).where(DraftRow.id == draft_id).values(pin_hash=pin_hash))
        audit.note(tx, at=at, actor=actor, action="draft.pin_set", subject=draft_id)
    return pin


def check(database: Database, reference: str, pin: str, *, client: str, now: datetime) -> Draft:
    """The draft, when reference and PIN belong together. Raises WrongPin or TooManyTries.

    ``client`` is where the try came from (an address or a phone number); only its keyed hash is kept.
    """
    reference = normalise(reference)
    hashes: dict[_Kind, tuple[str, ...]] = {
        "reference": database.cipher.lookups("resume reference", reference),
        "client": database.cipher.lookups("resume client", client),
    }
    with database.write() as tx:
        _one_at_a_time(tx)
        _refuse_too_many(tx, hashes, now)
        tries = [{"kind": kind, "hash": values[0], "at": now} for kind, values in hashes.items()]
        counted = tx.connection.scalars(insert(ResumeAttemptRow).returning(ResumeAttemptRow.id), tries).all()
        row = tx.connection.execute(select(DraftRow).where(DraftRow.reference == reference)).first()
        draft_id, pin_hash = (row.id, row.pin_hash) if row is not None else ("nobody", None)

    if not _matches(database.cipher, draft_id, pin_hash, pin):
        with database.write() as tx:
            audit.note(tx, at=now, actor="family", action="resume.wrong", subject=draft_id)
        raise WrongPin("this reference and PIN do not belong together")

    with database.write() as tx:
        _one_at_a_time(tx)
        slips = and_(ResumeAttemptRow.kind == "reference", ResumeAttemptRow.hash.in_(hashes["reference"]))
        tx.connection.execute(delete(ResumeAttemptRow).where(or_(ResumeAttemptRow.id.in_(counted), slips)))
        audit.note(tx, at=now, actor="family", action="resume.right", subject=draft_id)
        try:
            return get(tx, draft_id)
        except NoSuchDraft:
            raise WrongPin("this reference and PIN do not belong together") from None


def _refuse_too_many(tx: Transaction, hashes: dict[_Kind, tuple[str, ...]], now: datetime) -> None:
    tx.connection.execute(delete(ResumeAttemptRow).where(ResumeAttemptRow.at <= now - _LONGEST))
    waits = []
    for kind, limits in LIMITS.items():
        for count, span in limits:
            times = tx.connection.scalars(
                select(ResumeAttemptRow.at)
                .where(
                    ResumeAttemptRow.kind == kind,
                    ResumeAttemptRow.hash.in_(hashes[kind]),
                    ResumeAttemptRow.at > now - span,
                )
                .order_by(ResumeAttemptRow.at.desc())
                .limit(count)
            ).all()
            if len(times) == count:
                waits.append(times[-1] + span - now)
    if waits:
        raise TooManyTries(max(waits))


def _one_at_a_time(tx: Transaction) -> None:
    # SQLite has one writer anyway; on PostgreSQL two tries at once could both see room for one more.
    if tx.connection.dialect.name == "postgresql":
        tx.connection.execute(text("SELECT pg_advisory_xact_lock(7373738)"))


def _peppered(cipher: Cipher, draft_id: str, pin: str) -> tuple[str, ...]:
    return cipher.lookups("pin", f"{draft_id}/{pin}")


def _matches(cipher: Cipher, draft_id: str, pin_hash: str | None, pin: str) -> bool:
    matches = False
    for candidate in _peppered(cipher, draft_id, pin):
        try:
            matches = _HASHER.verify(pin_hash or _NOBODY, candidate) or matches
        except (VerifyMismatchError, InvalidHashError):
            continue
    return matches
