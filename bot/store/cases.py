"""Cases: a draft as professionals hold it. Its status is the draft's; here are its team, who leads it, and a revision.

Two people who change one case at once do not overwrite each other: every change names the revision it was made on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, bindparam, select, update

from bot.store import audit
from bot.store.casework_tables import CaseRow
from bot.store.database import Transaction, add, lock_draft
from bot.store.drafts import DraftStatus
from bot.store.tables import DraftRow

_ONE = select(CaseRow).where(CaseRow.draft_id == bindparam("draft_id"))
_STATUS = select(DraftRow.status).where(DraftRow.id == bindparam("draft_id"))
_KEEP = object()


class NoSuchCase(LookupError):
    """No professional has anything to do with this draft yet."""


class StaleCase(Exception):
    """Somebody else changed the case after it was read. Nothing was changed: read it again, and see what they did."""

    def __init__(self, current_revision: int) -> None:
        super().__init__(f"the case is at revision {current_revision}")
        self.current_revision = current_revision


@dataclass(frozen=True, slots=True)
class Case:
    """A case at one moment."""

    draft_id: str
    status: DraftStatus
    """The draft's own: see :mod:`bot.cases.statuses`."""
    team: str
    """Id of the council's team that has it."""
    lead: str | None
    """User id of the professional who leads it; None while nobody does."""
    revision: int
    """Goes up by one with every change a professional makes."""
    opened: datetime
    status_since: datetime


def opened(tx: Transaction, draft_id: str, *, team: str, at: datetime) -> Case:
    """The case of a draft; the first time, a new one with this team. Raises NoSuchDraft."""
    draft = lock_draft(tx, draft_id)
    if tx.connection.execute(_ONE, {"draft_id": draft_id}).first() is None:
        row = {"draft_id": draft_id, "team": team, "lead": None, "revision": 0, "opened": at, "status_since": at}
        add(tx, CaseRow, row)
        detail: dict[str, audit.Detail] = {"team": team, "status": draft.status}
        audit.note(tx, at=at, actor="service", action="case.opened", subject=draft_id, detail=detail)
    return get(tx, draft_id)


def placed(tx: Transaction, draft_id: str, *, team: str, at: datetime) -> Case:
    """The case of a draft, with this team as long as nobody has done anything with it. Raises NoSuchDraft."""
    case = opened(tx, draft_id, team=team, at=at)
    if case.revision or case.team == team:
        return case
    tx.connection.execute(update(CaseRow).where(CaseRow.draft_id == draft_id).values(team=team))
    audit.note(tx, at=at, actor="service", action="case.placed", subject=draft_id, detail={"team": team})
    return get(tx, draft_id)


def get(tx: Transaction, draft_id: str) -> Case:
    """The case of this draft. Raises NoSuchCase."""
    row = tx.connection.execute(_ONE, {"draft_id": draft_id}).first()
    if row is None:
        raise NoSuchCase(draft_id)
    return _case(row, tx.connection.scalar(_STATUS, {"draft_id": draft_id}))


def change(
    tx: Transaction,
    draft_id: str,
    *,
    expected_revision: int | None,
    actor: str,
    action: str,
    at: datetime,
    detail: Mapping[str, audit.Detail] | None = None,
    status: DraftStatus | None = None,
    team: str | None = None,
    lead: object = _KEEP,
) -> Case:
    """Change a case and write down who did, in one transaction. What is None, or not given, stays as it is.

    Whether a status may follow is the caller's rule (:func:`bot.cases.statuses.step`). ``expected_revision`` None is
    for what the service does by itself. Raises StaleCase when the case is not at that revision, and NoSuchCase.
    """
    lock_draft(tx, draft_id)
    case = get(tx, draft_id)
    if expected_revision is not None and case.revision != expected_revision:
        raise StaleCase(case.revision)
    values: dict[str, Any] = {"revision": case.revision + 1}
    if team is not None:
        values["team"] = team
    if lead is not _KEEP:
        values["lead"] = lead
    if status is not None and status != case.status:
        values["status_since"] = at
        tx.connection.execute(update(DraftRow).where(DraftRow.id == draft_id).values(status=status, updated=at))
    tx.connection.execute(update(CaseRow).where(CaseRow.draft_id == draft_id).values(**values))
    noted: dict[str, audit.Detail] = {"case_revision": case.revision + 1, "status": status or case.status}
    audit.note(tx, at=at, actor=actor, action=action, subject=draft_id, detail=noted | dict(detail or {}))
    return get(tx, draft_id)


def _case(row: Row[Any], status: str | None) -> Case:
    return Case(
        draft_id=row.draft_id,
        status=cast(DraftStatus, status),
        team=row.team,
        lead=row.lead,
        revision=row.revision,
        opened=row.opened,
        status_since=row.status_since,
    )
