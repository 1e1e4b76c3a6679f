"""Sessions of signed-in staff, kept on the server; the cookie holds a token that is stored only as a hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from bot.store import audit
from bot.store.database import Transaction
from bot.store.tables import StaffSessionRow

LIFETIME = timedelta(hours=10)
"""The longest working day: then staff sign in again, however busy the session was."""

IDLE = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class StaffSession:
    """Who is signed in, in which role, and the token that their forms carry."""

    user: str
    role: str
    csrf: str
    created: datetime
    last_seen: datetime
    expires: datetime


def start(tx: Transaction, *, user: str, role: str, at: datetime) -> tuple[StaffSession, str]:
    """A new session and its token, which is returned once. Sessions that have run out are dropped."""
    tx.session.execute(delete(StaffSessionRow).where(StaffSessionRow.expires <= at))
    token = secrets.token_urlsafe(32)
    row = StaffSessionRow(
        id_hash=_hash(token),
        user=user,
        role=role,
        csrf=secrets.token_urlsafe(32),
        created=at,
        last_seen=at,
        expires=at + LIFETIME,
    )
    tx.session.add(row)
    audit.note(tx, at=at, actor=user, action="staff.signed_in", subject=user, detail={"role": role})
    return _session(row), token


def find(tx: Transaction, token: str, *, now: datetime) -> StaffSession | None:
    """The session of this token, and notes that it was used; None when there is none, or it ran out or lay idle.

    Needs a writing transaction. Within one minute a second use is not written again.
    """
    row = tx.session.get(StaffSessionRow, _hash(token))
    if row is None or row.expires <= now or row.last_seen + IDLE <= now:
        return None
    if row.last_seen + timedelta(minutes=1) <= now:
        row.last_seen = now
    return _session(row)


def end(tx: Transaction, token: str, *, at: datetime) -> None:
    """Sign out. Does nothing when the session is gone already."""
    row = tx.session.get(StaffSessionRow, _hash(token))
    if row is not None:
        tx.session.delete(row)
        audit.note(tx, at=at, actor=row.user, action="staff.signed_out", subject=row.user)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _session(row: StaffSessionRow) -> StaffSession:
    return StaffSession(row.user, row.role, row.csrf, row.created, row.last_seen, row.expires)
