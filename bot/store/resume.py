"""Coming back to a draft by reference and PIN, or by reference and one's own code, with a limit to wrong tries.

Every try is counted before it is checked, so many at once gain nothing. A reference that does not exist is counted,
refused and timed in the same way as a wrong PIN, so nobody can learn from the answer which references exist, or how
many people take part (``pins`` says how).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, text, update

from bot.store import audit, members, pins
from bot.store.database import Database, Transaction
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


class WrongPin(Exception):
    """The reference and PIN or code do not belong together, or there is no such reference: it is not said which."""


class TooManyTries(Exception):
    """Too many wrong tries. ``retry_after`` is how long to wait."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"too many wrong tries; wait {int(retry_after.total_seconds())} seconds")
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Entered:
    """Who came back, and to what."""

    draft: Draft
    member: str
    """"m1" by the PIN; the id of the member whose code it was."""


def set_pin(database: Database, draft_id: str, *, actor: str, at: datetime) -> str:
    """Give the draft a new PIN and return it, once; an older one stops working. Raises NoSuchDraft."""

    def keep(tx: Transaction, pin_hash: str) -> None:
        tx.connection.execute(update(DraftRow).where(DraftRow.id == draft_id).values(pin_hash=pin_hash))
        audit.note(tx, at=at, actor=actor, action="draft.pin_set", subject=draft_id)

    return pins.give(database, draft_id, keep)[1]


def check(database: Database, reference: str, pin: str, *, client: str, now: datetime) -> Entered:
    """The draft and who it is, when reference and PIN, or code, belong together. Raises WrongPin or TooManyTries.

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
        draft_id = tx.connection.scalar(select(DraftRow.id).where(DraftRow.reference == reference)) or "nobody"
        kept = pins.kept(tx, draft_id)

    member = pins.whose(database.cipher, draft_id, kept, pin)
    if member is None:
        with database.write() as tx:
            audit.note(tx, at=now, actor="family", action="resume.wrong", subject=draft_id)
        raise _wrong_pin()

    with database.write() as tx:
        _one_at_a_time(tx)
        if pins.kept(tx, draft_id).get(member) != kept[member]:  # withdrawn or replaced while we were hashing
            raise _wrong_pin()
        forgiven: list[ColumnElement[bool]] = [ResumeAttemptRow.id.in_(counted)]
        if len(kept) == 1:
            # Slips before it, but only of somebody alone: one of several could go on guessing at another's code.
            same = ResumeAttemptRow.hash.in_(hashes["reference"])
            forgiven.append(and_(ResumeAttemptRow.kind == "reference", same))
        tx.connection.execute(delete(ResumeAttemptRow).where(or_(*forgiven)))
        members.came_in(tx, draft_id, member, at=now)
        detail = {"member": member}
        audit.note(tx, at=now, actor="family", action="resume.right", subject=draft_id, detail=detail)
        return Entered(get(tx, draft_id), member)


def _wrong_pin() -> WrongPin:
    return WrongPin("this reference and PIN do not belong together")


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
