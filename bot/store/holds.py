"""Legal holds: while one stands, nothing of this family is deleted, whoever asks and however old it is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update

from bot.store import audit
from bot.store.database import Transaction, add, lock_draft
from bot.store.records_tables import HoldRow

_WHY, _LIFTED_WHY = "legal_holds.why", "legal_holds.lifted_why"


class OnHold(Exception):
    """A legal hold stands: nothing was deleted."""


class NoSuchHold(LookupError):
    """No hold has this id, or it was lifted before."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold, in force until it is lifted; the day of its review does not end it."""

    id: str
    draft_id: str
    why: str
    placed: datetime
    placed_by: str
    review_on: date
    """When somebody must look whether it is still needed."""
    lifted: datetime | None
    lifted_by: str | None
    lifted_why: str | None

    @property
    def stands(self) -> bool:
        return self.lifted is None


def place(tx: Transaction, draft_id: str, *, by: str, why: str, review_on: date, at: datetime) -> Hold:
    """Stop the deletion of all that is held about a family. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    id = secrets.token_urlsafe(16)
    row = {
        "id": id,
        "draft_id": draft_id,
        "why_sealed": tx.cipher.seal(why, _WHY, id),
        "placed": at,
        "placed_by": by,
        "review_on": review_on,
        "lifted": None,
        "lifted_by": None,
        "lifted_why_sealed": None,
    }
    add(tx, HoldRow, row)
    detail: dict[str, audit.Detail] = {"hold": id, "review_on": review_on.isoformat()}
    audit.note(tx, at=at, actor=by, action="hold.placed", subject=draft_id, detail=detail)
    return Hold(id, draft_id, why, at, by, review_on, None, None, None)


def lift(tx: Transaction, draft_id: str, hold_id: str, *, by: str, why: str, at: datetime) -> None:
    """Let the periods run again. Raises NoSuchDraft, and NoSuchHold also the second time."""
    lock_draft(tx, draft_id)
    mine = update(HoldRow).where(HoldRow.id == hold_id, HoldRow.draft_id == draft_id, HoldRow.lifted.is_(None))
    sealed = tx.cipher.seal(why, _LIFTED_WHY, hold_id)
    if not tx.connection.execute(mine.values(lifted=at, lifted_by=by, lifted_why_sealed=sealed)).rowcount:
        raise NoSuchHold(hold_id)
    audit.note(tx, at=at, actor=by, action="hold.lifted", subject=draft_id, detail={"hold": hold_id})


def of_draft(tx: Transaction, draft_id: str) -> tuple[Hold, ...]:
    """Every hold there has been, oldest first."""
    query = select(HoldRow).where(HoldRow.draft_id == draft_id).order_by(HoldRow.placed, HoldRow.id)
    return tuple(_hold(tx, row) for row in tx.connection.execute(query))


def is_held(tx: Transaction, draft_id: str) -> bool:
    """Whether a hold stands."""
    standing = select(HoldRow.id).where(HoldRow.draft_id == draft_id, HoldRow.lifted.is_(None)).limit(1)
    return tx.connection.execute(standing).first() is not None


def to_review(tx: Transaction, today: date) -> tuple[Hold, ...]:
    """Holds that stand and must be looked at again, the longest overdue first."""
    due = select(HoldRow).where(HoldRow.lifted.is_(None), HoldRow.review_on <= today)
    return tuple(_hold(tx, row) for row in tx.connection.execute(due.order_by(HoldRow.review_on, HoldRow.id)))


def _hold(tx: Transaction, row: Row[Any]) -> Hold:
    lifted_why = row.lifted_why_sealed
    return Hold(
        id=row.id,
        draft_id=row.draft_id,
        why=tx.cipher.open(row.why_sealed, _WHY, row.id),
        placed=row.placed,
        placed_by=row.placed_by,
        review_on=row.review_on,
        lifted=row.lifted,
        lifted_by=row.lifted_by,
        lifted_why=None if lifted_why is None else tx.cipher.open(lifted_why, _LIFTED_WHY, row.id),
    )
