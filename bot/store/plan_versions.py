"""Versions of a plan that were sent, each kept as it was sent. The database refuses to change one, or to delete one
while its draft is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, tuple_

from bot.store import audit
from bot.store.database import Transaction, lock_draft
from bot.store.database import add as add_row
from bot.store.drafts import StaleDraft
from bot.store.tables import PlanVersionRow

_ALL = select(PlanVersionRow).where(PlanVersionRow.draft_id == bindparam("draft_id")).order_by(PlanVersionRow.version)
_LATEST = (
    select(PlanVersionRow)
    .where(PlanVersionRow.draft_id == bindparam("draft_id"))
    .order_by(PlanVersionRow.version.desc())
    .limit(1)
)
_ONE = select(PlanVersionRow).where(
    PlanVersionRow.draft_id == bindparam("draft_id"), PlanVersionRow.version == bindparam("version")
)


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A plan as it was sent. Money is pence a year."""

    version: int
    """From 1, without gaps."""
    at: datetime
    fingerprint: str
    """Of what was sent, made by the plan's own room."""
    body: str
    """JSON, opaque to this room."""
    total_pence: int
    guide_pence: int | None
    """The guide amount it was held against; None when there was none."""
    by: str
    """Member id of who sent it."""
    questionnaire: str
    """Id and version, e.g. "exampleshire/2026.1"; so for the script and the rules."""
    tables: str
    """Ids and versions of the tables used, with spaces between them."""
    script: str
    rules: str


def add(
    tx: Transaction,
    draft_id: str,
    *,
    version: int,
    fingerprint: str,
    body: str,
    total_pence: int,
    guide_pence: int | None,
    by: str,
    questionnaire: str,
    tables: str,
    script: str,
    rules: str,
    actor: str,
    at: datetime,
) -> PlanVersion:
    """Keep what was sent. What was sent last is not kept twice: its first row comes back.

    Raises StaleDraft when ``version`` is not the next one, as somebody else sent meanwhile, and NoSuchDraft.
    """
    draft = lock_draft(tx, draft_id)
    last = latest(tx, draft_id)
    if last is not None and last.fingerprint == fingerprint:
        return last
    if version != (1 if last is None else last.version + 1):
        raise StaleDraft(draft.revision)
    added = PlanVersion(
        version, at, fingerprint, body, total_pence, guide_pence, by, questionnaire, tables, script, rules
    )
    row = {
        "draft_id": draft_id,
        "version": version,
        "at": at,
        "fingerprint": fingerprint,
        "body_sealed": tx.cipher.seal(body, *_body_place(draft_id, version)),
        "total_pence": total_pence,
        "guide_pence": guide_pence,
        "by": by,
        "questionnaire": questionnaire,
        "tables": tables,
        "script": script,
        "rules": rules,
    }
    add_row(tx, PlanVersionRow, row)
    detail: dict[str, audit.Detail] = {
        "version": version,
        "fingerprint": fingerprint,
        "total_pence": total_pence,
        "guide_pence": guide_pence,
        "by": by,
    }
    audit.note(tx, at=at, actor=actor, action="plan.sent", subject=draft_id, detail=detail)
    return added


def latest(tx: Transaction, draft_id: str) -> PlanVersion | None:
    """What was sent last, or None."""
    row = tx.connection.execute(_LATEST, {"draft_id": draft_id}).first()
    return None if row is None else _version(tx, row)


def get(tx: Transaction, draft_id: str, version: int) -> PlanVersion | None:
    """The version with this number, or None."""
    row = tx.connection.execute(_ONE, {"draft_id": draft_id, "version": version}).first()
    return None if row is None else _version(tx, row)


def listing(tx: Transaction, draft_id: str) -> tuple[PlanVersion, ...]:
    """Every version of a draft's plan, oldest first."""
    return tuple(_version(tx, row) for row in tx.connection.execute(_ALL, {"draft_id": draft_id}))


def latest_of_all(tx: Transaction) -> Iterator[tuple[str, PlanVersion]]:
    """What was sent last for each draft, with the draft's id, in their order: for figures over many plans."""
    last = select(PlanVersionRow.draft_id, func.max(PlanVersionRow.version)).group_by(PlanVersionRow.draft_id)
    where = tuple_(PlanVersionRow.draft_id, PlanVersionRow.version).in_(last)
    for row in tx.connection.execute(select(PlanVersionRow).where(where).order_by(PlanVersionRow.draft_id)):
        yield row.draft_id, _version(tx, row)


def _body_place(draft_id: str, version: int) -> tuple[str, str]:
    return "plan_versions.body", f"{draft_id}/{version}"


def _version(tx: Transaction, row: Row[Any]) -> PlanVersion:
    return PlanVersion(
        version=row.version,
        at=row.at,
        fingerprint=row.fingerprint,
        body=tx.cipher.open(row.body_sealed, *_body_place(row.draft_id, row.version)),
        total_pence=row.total_pence,
        guide_pence=row.guide_pence,
        by=row.by,
        questionnaire=row.questionnaire,
        tables=row.tables,
        script=row.script,
        rules=row.rules,
    )
