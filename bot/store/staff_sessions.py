"""Sessions of signed-in staff, kept on the server; the cookie holds a token that is stored only as a hash.

A session that has ended stays for a day, marked so: it can never be used again, and a form that was sent with it can
still be kept for the person whose session it was.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Row, delete, select, update

from bot.store import audit
from bot.store.database import Transaction, add
from bot.store.sign_in_tables import StaffSessionRow

LIFETIME = timedelta(hours=10)
"""The longest working day: then staff sign in again, however busy the session was."""

IDLE = timedelta(minutes=60)

KEPT = timedelta(days=1)
"""How long a session is remembered after its last possible moment."""

Teams = frozenset[str] | Literal["all"]


@dataclass(frozen=True, slots=True)
class StaffSession:
    """Who is signed in, in which role, and the token that their forms carry."""

    user: str
    role: str
    teams: Teams
    """Ids of the teams whose cases they work on."""
    csrf: str
    created: datetime
    last_seen: datetime
    expires: datetime
    """However busy it is."""

    @property
    def ends(self) -> datetime:
        """When it ends if nothing more is done."""
        return min(self.last_seen + IDLE, self.expires)


def start(
    tx: Transaction,
    *,
    user: str,
    role: str,
    teams: Teams,
    at: datetime,
    subject: str | None = None,
    provider_session: str | None = None,
) -> tuple[StaffSession, str]:
    """A new session and its token, which is returned once. ``subject`` and ``provider_session`` are the provider's
    names for the person and for their session there, by which it may end this one."""
    tx.connection.execute(delete(StaffSessionRow).where(StaffSessionRow.expires <= at - KEPT))
    token = new_token()
    session = StaffSession(user, role, teams, new_token(), created=at, last_seen=at, expires=at + LIFETIME)
    row = {
        "id_hash": _hash(token),
        "user": user,
        "role": role,
        "teams": teams_text(teams),
        "csrf": session.csrf,
        "created": at,
        "last_seen": at,
        "expires": session.expires,
        "subject": subject,
        "provider_session": provider_session,
        "ended": None,
    }
    add(tx, StaffSessionRow, row)
    detail: dict[str, audit.Detail] = {"role": role, "teams": "all" if teams == "all" else sorted(teams)}
    audit.note(tx, at=at, actor=user, action="staff.signed_in", subject=user, detail=detail)
    return session, token


def find(tx: Transaction, token: str, *, now: datetime) -> StaffSession | None:
    """The session of this token, and notes that it was used; None when there is none, or it ended, ran out or lay idle.

    Needs a writing transaction. Within one minute a second use is not written again.
    """
    row = _row(tx, token)
    if row is None or row.ended is not None:
        return None
    session = _session(row)
    if session.ends <= now:
        return None
    if session.last_seen + timedelta(minutes=1) <= now:
        seen = update(StaffSessionRow).where(StaffSessionRow.id_hash == _hash(token)).values(last_seen=now)
        tx.connection.execute(seen)
        session = replace(session, last_seen=now)
    return session


def ended(tx: Transaction, token: str, *, now: datetime) -> StaffSession | None:
    """The session of this token, when it is over and not forgotten yet; None for one that goes on, or never was."""
    row = _row(tx, token)
    if row is None or (row.ended is None and _session(row).ends > now):
        return None
    return _session(row)


def of_user(tx: Transaction, user: str, *, now: datetime) -> tuple[StaffSession, ...]:
    """The sessions of a person that go on, the last one used first."""
    query = select(StaffSessionRow).where(StaffSessionRow.user == user, StaffSessionRow.ended.is_(None))
    rows = tx.connection.execute(query.order_by(StaffSessionRow.last_seen.desc(), StaffSessionRow.created.desc()))
    return tuple(session for session in map(_session, rows) if session.ends > now)


def end(tx: Transaction, token: str, *, at: datetime) -> None:
    """Sign out. Does nothing when the session is over already."""
    row = _row(tx, token)
    if row is not None and row.ended is None:
        tx.connection.execute(update(StaffSessionRow).where(StaffSessionRow.id_hash == _hash(token)).values(ended=at))
        audit.note(tx, at=at, actor=row.user, action="staff.signed_out", subject=row.user)


def end_all(tx: Transaction, user: str, *, by: str, at: datetime) -> int:
    """Sign a person out everywhere, by their own wish or somebody else's; how many sessions that were."""
    return _end_where(tx, [StaffSessionRow.user == user], at=at, actor=by, action="staff.signed_out_everywhere")


def end_by_provider(tx: Transaction, *, subject: str | None, provider_session: str | None, at: datetime) -> int:
    """End what the provider says has ended: one of its sessions, or all of a person's. At least one must be given."""
    conditions = []
    if subject is not None:
        conditions.append(StaffSessionRow.subject == subject)
    if provider_session is not None:
        conditions.append(StaffSessionRow.provider_session == provider_session)
    if not conditions:
        raise ValueError("a provider ends a session or a person's sessions, never all there are")
    return _end_where(tx, conditions, at=at, actor="sign-in-provider", action="staff.signed_out_by_provider")


def new_token() -> str:
    """For a cookie, or for the forms of one session: 256 bits."""
    return secrets.token_urlsafe(32)


def teams_text(teams: Teams) -> str:
    """As they are stored."""
    return "all" if teams == "all" else json.dumps(sorted(teams))


def teams_from(text: str) -> Teams:
    return "all" if text == "all" else frozenset(json.loads(text))


def _end_where(tx: Transaction, conditions: list[Any], *, at: datetime, actor: str, action: str) -> int:
    conditions = [*conditions, StaffSessionRow.ended.is_(None)]
    users = tx.connection.scalars(select(StaffSessionRow.user).where(*conditions)).all()
    tx.connection.execute(update(StaffSessionRow).where(*conditions).values(ended=at))
    for user in sorted(set(users)):
        audit.note(tx, at=at, actor=actor, action=action, subject=user, detail={"sessions": users.count(user)})
    return len(users)


def _row(tx: Transaction, token: str) -> Row[Any] | None:
    return tx.connection.execute(select(StaffSessionRow).where(StaffSessionRow.id_hash == _hash(token))).first()


def _session(row: Row[Any]) -> StaffSession:
    return StaffSession(row.user, row.role, teams_from(row.teams), row.csrf, row.created, row.last_seen, row.expires)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
