"""Sessions of signed-in staff, kept on the server; the cookie holds a token that is stored only as a hash."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, select, update

from bot.store import audit
from bot.store.database import Transaction, add
from bot.store.tables import StaffSessionRow

LIFETIME = timedelta(hours=10)
"""The longest working day: then staff sign in again, however busy the session was."""

IDLE = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class StaffSession:
    """Who is signed in, in which role, and the token that their forms carry."""

    user: str
    role: str
    teams: frozenset[str] | Literal["all"]
    """Ids of the teams whose cases they work on."""
    csrf: str
    created: datetime
    last_seen: datetime
    expires: datetime


def start(
    tx: Transaction, *, user: str, role: str, teams: frozenset[str] | Literal["all"], at: datetime
) -> tuple[StaffSession, str]:
    """A new session and its token, which is returned once. Sessions that have run out are dropped."""
    tx.connection.execute(delete(StaffSessionRow).where(StaffSessionRow.expires <= at))
    token = secrets.token_urlsafe(32)
    session = StaffSession(
        user, role, teams, secrets.token_urlsafe(32), created=at, last_seen=at, expires=at + LIFETIME
    )
    kept = "all" if teams == "all" else json.dumps(sorted(teams))
    add(tx, StaffSessionRow, {"id_hash": _hash(token), **asdict(session), "teams": kept})
    detail: dict[str, audit.Detail] = {"role": role, "teams": "all" if teams == "all" else sorted(teams)}
    audit.note(tx, at=at, actor=user, action="staff.signed_in", subject=user, detail=detail)
    return session, token


def find(tx: Transaction, token: str, *, now: datetime) -> StaffSession | None:
    """The session of this token, and notes that it was used; None when there is none, or it ran out or lay idle.

    Needs a writing transaction. Within one minute a second use is not written again.
    """
    session = _stored(tx, token)
    if session is None or session.expires <= now or session.last_seen + IDLE <= now:
        return None
    if session.last_seen + timedelta(minutes=1) <= now:
        seen = update(StaffSessionRow).where(StaffSessionRow.id_hash == _hash(token)).values(last_seen=now)
        tx.connection.execute(seen)
        session = replace(session, last_seen=now)
    return session


def end(tx: Transaction, token: str, *, at: datetime) -> None:
    """Sign out. Does nothing when the session is gone already."""
    session = _stored(tx, token)
    if session is not None:
        tx.connection.execute(delete(StaffSessionRow).where(StaffSessionRow.id_hash == _hash(token)))
        audit.note(tx, at=at, actor=session.user, action="staff.signed_out", subject=session.user)


def _stored(tx: Transaction, token: str) -> StaffSession | None:
    row = tx.connection.execute(select(StaffSessionRow).where(StaffSessionRow.id_hash == _hash(token))).first()
    if row is None:
        return None
    teams: frozenset[str] | Literal["all"] = "all" if row.teams == "all" else frozenset(json.loads(row.teams))
    return StaffSession(row.user, row.role, teams, row.csrf, row.created, row.last_seen, row.expires)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
