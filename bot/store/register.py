"""Lines of the register of risks and opportunities, kept encrypted and only added."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.exc import IntegrityError

from bot.store import audit
from bot.store.casework_tables import CaseRow, RegisterEntryRow
from bot.store.database import Transaction, add, lock_draft
from bot.store.visibility import Viewer


class NoSuchEntry(LookupError):
    """The register has no such line."""


class ReplacedBefore(Exception):
    """Another line stands in the place of this one already: read that one, and replace it if need be."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A line to be kept. Its words are encrypted."""

    kind: str
    title: str
    decided: str
    reason: str
    tags: tuple[str, ...]
    review_by: date | None = None
    draft_id: str | None = None
    """None: about no case."""
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """It as it was stored."""

    id: str
    said: NewEntry
    by: str
    role: str
    at: datetime


def write(tx: Transaction, new: NewEntry, *, by: str, role: str, at: datetime) -> StoredEntry:
    """Keep a line. One that replaces another is about the same case. Raises NoSuchEntry, ReplacedBefore, NoSuchDraft."""
    if new.draft_id is not None:
        lock_draft(tx, new.draft_id)
    if new.replaces is not None:
        old = get(tx, new.replaces)
        if old.said.draft_id != new.draft_id:
            raise NoSuchEntry(new.replaces)
        if tx.connection.scalar(select(RegisterEntryRow.id).where(RegisterEntryRow.replaces == new.replaces)):
            raise ReplacedBefore(new.replaces)
    entry_id = secrets.token_urlsafe(9)
    words = json.dumps({"title": new.title, "decided": new.decided, "reason": new.reason})
    row = {
        "id": entry_id,
        "draft_id": new.draft_id,
        "kind": new.kind,
        "tags": " ".join(new.tags),
        "body_sealed": tx.cipher.seal(words, "register_entries.body", entry_id),
        "by": by,
        "role": role,
        "at": at,
        "review_by": new.review_by,
        "replaces": new.replaces,
    }
    try:
        add(tx, RegisterEntryRow, row)
    except IntegrityError:  # somebody else replaced the same line at this moment
        raise ReplacedBefore(new.replaces) from None
    detail: dict[str, audit.Detail] = {"entry": entry_id, "kind": new.kind, "replaces": new.replaces, "role": role}
    audit.note(tx, at=at, actor=by, action="register.written", subject=new.draft_id or "register", detail=detail)
    return StoredEntry(entry_id, new, by, role, at)


def get(tx: Transaction, entry_id: str) -> StoredEntry:
    """One line. Raises NoSuchEntry."""
    row = tx.connection.execute(select(RegisterEntryRow).where(RegisterEntryRow.id == entry_id)).first()
    if row is None:
        raise NoSuchEntry(entry_id)
    return _entry(tx, row)


def of_draft(tx: Transaction, draft_id: str) -> tuple[StoredEntry, ...]:
    """Lines about one case, oldest first."""
    return _entries(tx, _in_order(select(RegisterEntryRow).where(RegisterEntryRow.draft_id == draft_id)))


def seen_by(tx: Transaction, viewer: Viewer) -> tuple[StoredEntry, ...]:
    """General lines, and those about cases of this person, oldest first."""
    query = select(RegisterEntryRow).outerjoin(CaseRow, CaseRow.draft_id == RegisterEntryRow.draft_id)
    if viewer.teams != "all":
        theirs = or_(CaseRow.team.in_(viewer.teams), CaseRow.lead == viewer.user)
        query = query.where(or_(RegisterEntryRow.draft_id.is_(None), theirs))
    return _entries(tx, _in_order(query))


def _in_order(query: Select[Any]) -> Select[Any]:
    return query.order_by(RegisterEntryRow.at, RegisterEntryRow.id)


def _entries(tx: Transaction, query: Select[Any]) -> tuple[StoredEntry, ...]:
    rows: Sequence[Row[Any]] = tx.connection.execute(query.with_only_columns(*RegisterEntryRow.__table__.columns)).all()
    return tuple(_entry(tx, row) for row in rows)


def _entry(tx: Transaction, row: Row[Any]) -> StoredEntry:
    words = json.loads(tx.cipher.open(row.body_sealed, "register_entries.body", row.id))
    said = NewEntry(
        kind=row.kind,
        title=words["title"],
        decided=words["decided"],
        reason=words["reason"],
        tags=tuple(row.tags.split()),
        review_by=row.review_by,
        draft_id=row.draft_id,
        replaces=row.replaces,
    )
    return StoredEntry(row.id, said, row.by, row.role, row.at)
