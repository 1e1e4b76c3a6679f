"""Who has signed in, as they last did: their name for the pages, and whom a case can be given to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from bot.store.database import Transaction, insert_or
from bot.store.sign_in_tables import StaffMemberRow
from bot.store.staff_sessions import Teams, teams_from, teams_text

_NAME = "staff_members.name"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One member of staff."""

    user: str
    """The id that the audit and every case knows them by."""
    name: str
    role: str
    teams: Teams
    last_signed_in: datetime


def seen(tx: Transaction, *, user: str, name: str, role: str, teams: Teams, at: datetime) -> None:
    """Keep how somebody signed in, in place of how they did before."""
    row = {
        "role": role,
        "teams": teams_text(teams),
        "name_sealed": tx.cipher.seal(name, _NAME, user),
        "last_signed_in": at,
    }
    insert = insert_or(tx, StaffMemberRow).values(user=user, **row)
    tx.connection.execute(insert.on_conflict_do_update(index_elements=[StaffMemberRow.user], set_=row))


def listing(tx: Transaction) -> tuple[StaffMember, ...]:
    """Everybody, by name."""
    found = [_member(tx, row) for row in tx.connection.execute(select(StaffMemberRow))]
    return tuple(sorted(found, key=lambda member: (member.name.casefold(), member.user)))


def names(tx: Transaction, users: Collection[str]) -> dict[str, str]:
    """Names by user id; an id that never signed in is left out."""
    query = select(StaffMemberRow).where(StaffMemberRow.user.in_(users))
    return {row.user: tx.cipher.open(row.name_sealed, _NAME, row.user) for row in tx.connection.execute(query)}


def name(tx: Transaction, user: str) -> str:
    """Their name for a sentence that somebody reads; the id itself for whoever never signed in, such as the family."""
    return names(tx, [user]).get(user, user)


def _member(tx: Transaction, row: Row[Any]) -> StaffMember:
    name = tx.cipher.open(row.name_sealed, _NAME, row.user)
    return StaffMember(row.user, name, row.role, teams_from(row.teams), row.last_signed_in)
