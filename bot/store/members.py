"""People who take part in making one plan, each with a code of their own.

The one who began (``m1``) has no row here: they come in with the draft's PIN. A code works as often as its owner comes
back, until it is withdrawn, and that is for good: the devices it opened are shut out at once
(``conversations.authenticate``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, func, select, update

from bot.store import audit, pins
from bot.store.database import Database, Transaction, add, lock_draft
from bot.store.pins import FIRST_MEMBER
from bot.store.tables import MemberRow

MOST_MEMBERS = 6
"""With the one who began, and with those whose code was withdrawn: their words stay in the plan under their id."""

_COUNT = select(func.count()).select_from(MemberRow).where(MemberRow.draft_id == bindparam("draft_id"))
_ALL = select(MemberRow).where(MemberRow.draft_id == bindparam("draft_id")).order_by(MemberRow.member_id)


class NoSuchMember(LookupError):
    """Nobody who was invited to this draft has this id, or their code was withdrawn."""


class TooManyMembers(Exception):
    """The plan has as many people as it can."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who was invited."""

    id: str
    role: str
    """As the plan names it: parent, young_person …"""
    invited_by: str
    """Member id."""
    created: datetime
    joined: datetime | None
    """When they first came in."""
    withdrawn: bool


def invite(
    database: Database, draft_id: str, role: str, *, actor: str, at: datetime, invited_by: str = FIRST_MEMBER
) -> tuple[str, str]:
    """The next member's id and their code of six digits, which is returned once. Raises NoSuchDraft, TooManyMembers."""

    def keep(tx: Transaction, code_hash: str) -> str:
        others = tx.connection.scalar(_COUNT, {"draft_id": draft_id}) or 0
        if others + 1 >= MOST_MEMBERS:
            raise TooManyMembers(f"a plan has at most {MOST_MEMBERS} people")
        member_id = f"m{others + 2}"
        row = {
            "draft_id": draft_id,
            "member_id": member_id,
            "role": role,
            "code_hash": code_hash,
            "created": at,
            "joined": None,
            "invited_by": invited_by,
        }
        add(tx, MemberRow, row)
        detail = {"member": member_id, "role": role, "by": invited_by}
        audit.note(tx, at=at, actor=actor, action="member.invited", subject=draft_id, detail=detail)
        return member_id

    return pins.give(database, draft_id, keep)


def new_code(database: Database, draft_id: str, member_id: str, *, actor: str, at: datetime) -> str:
    """Another code for a member who lost theirs, or never saw it; the older one stops working.

    Raises NoSuchDraft, and NoSuchMember also for one whose code was withdrawn.
    """

    def keep(tx: Transaction, code_hash: str) -> None:
        _change(tx, _if_in(draft_id, member_id).values(code_hash=code_hash))
        audit.note(tx, at=at, actor=actor, action="member.code_renewed", subject=draft_id, detail={"member": member_id})

    return pins.give(database, draft_id, keep)[1]


def withdraw(tx: Transaction, draft_id: str, member_id: str, *, actor: str, at: datetime) -> None:
    """End a member's code, and with it what they opened. Raises NoSuchDraft, and NoSuchMember also the second time."""
    lock_draft(tx, draft_id)
    _change(tx, _if_in(draft_id, member_id).values(code_hash=None))
    audit.note(tx, at=at, actor=actor, action="member.withdrawn", subject=draft_id, detail={"member": member_id})


def came_in(tx: Transaction, draft_id: str, member_id: str, *, at: datetime) -> None:
    """Note when a member first came in. Does nothing later, nor for the one who began."""
    tx.connection.execute(_if_in(draft_id, member_id).where(MemberRow.joined.is_(None)).values(joined=at))


def listing(tx: Transaction, draft_id: str) -> tuple[Member, ...]:
    """Everybody who was invited to a draft, in order."""
    return tuple(_member(row) for row in tx.connection.execute(_ALL, {"draft_id": draft_id}))


def _if_in(draft_id: str, member_id: str) -> Update:
    mine = update(MemberRow).where(MemberRow.draft_id == draft_id, MemberRow.member_id == member_id)
    return mine.where(MemberRow.code_hash.is_not(None))


def _change(tx: Transaction, change: Update) -> None:
    if tx.connection.execute(change).rowcount == 0:
        raise NoSuchMember("nobody who may come in has this id")


def _member(row: Any) -> Member:
    return Member(
        id=row.member_id,
        role=row.role,
        invited_by=row.invited_by,
        created=row.created,
        joined=row.joined,
        withdrawn=row.code_hash is None,
    )
