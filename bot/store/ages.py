"""How old records are, for the periods they are kept; and the deletion of rows that are no one family's alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Column, ColumnElement, Table, and_, delete, func, select

from bot.store import drafts
from bot.store.casework_tables import CaseRow
from bot.store.channel_tables import NumberRow
from bot.store.database import Transaction
from bot.store.drafts import DraftStatus
from bot.store.holdings import table
from bot.store.records_tables import HoldRow
from bot.store.tables import ConversationRow, DraftRow, MessageRow, SafetyEventRow

RowClass = Literal["notices", "channel_messages", "staff_sessions", "resume_attempts"]

_HELD = select(HoldRow.draft_id).where(HoldRow.lifted.is_(None))
_HELD_NUMBERS = (
    select(NumberRow.id)
    .join(ConversationRow, ConversationRow.id == NumberRow.conversation_id)
    .where(ConversationRow.draft_id.in_(_HELD))
)


@dataclass(frozen=True, slots=True)
class Age:
    """When things happened to one draft."""

    draft_id: str
    status: DraftStatus
    created: datetime
    last_used: datetime
    status_since: datetime
    """Of a draft that no professional has opened, when it was last used."""
    last_alert: datetime | None
    held: bool
    """A legal hold stands."""


def of_drafts(tx: Transaction, unused_since: datetime) -> tuple[Age, ...]:
    """Drafts that nobody has changed since this moment, the oldest first."""
    found = tx.connection.execute(
        _ages().where(DraftRow.updated < unused_since).order_by(DraftRow.updated, DraftRow.id)
    )
    return tuple(_age(row) for row in found)


def of_draft(tx: Transaction, draft_id: str) -> Age:
    """The same of one draft. Raises NoSuchDraft."""
    row = tx.connection.execute(_ages().where(DraftRow.id == draft_id)).first()
    if row is None:
        raise drafts.NoSuchDraft(draft_id)
    return _age(row)


def conversations_on_hold(tx: Transaction) -> frozenset[str]:
    """Ids of conversations of families under a legal hold."""
    return frozenset(tx.connection.scalars(select(ConversationRow.id).where(ConversationRow.draft_id.in_(_HELD))))


def delete_rows(tx: Transaction, name: RowClass, before: datetime, *, dry_run: bool) -> dict[str, int]:
    """Delete rows of a class from before this moment, but of no family under a legal hold. How many, by table."""
    counted = {}
    for one, old in _old(name, before):
        if dry_run:
            counted[one.name] = int(tx.connection.scalar(select(func.count()).select_from(one).where(old)) or 0)
        else:
            counted[one.name] = tx.connection.execute(delete(one).where(old)).rowcount
    return counted


def _old(name: RowClass, before: datetime) -> list[tuple[Table, ColumnElement[bool]]]:
    def of(table_name: str, column: str, *more: ColumnElement[bool]) -> tuple[Table, ColumnElement[bool]]:
        one = table(table_name)
        moment: Column[Any] = one.c[column]
        return one, and_(moment < before, *more)

    match name:
        case "notices":
            settled = table("notices").c.state != "queued"
            return [of("notices", "settled", settled, table("notices").c.draft_id.not_in(_HELD))]
        case "channel_messages":
            inbound, out = table("channel_inbound"), table("channel_out")
            done = inbound.c.state != "pending"
            return [
                of("channel_inbound", "at", done, inbound.c.number_id.not_in(_HELD_NUMBERS)),
                of("channel_out", "settled", out.c.number_id.not_in(_HELD_NUMBERS)),
                of("channel_brought", "at"),
            ]
        case "staff_sessions":
            return [of(name, "expires") for name in ("staff_sessions", "sign_ins", "late_forms")]
        case "resume_attempts":
            return [of("resume_attempts", "at")]


def _ages() -> Any:
    said = select(func.max(MessageRow.at)).where(MessageRow.draft_id == DraftRow.id).scalar_subquery()
    raised = (
        select(func.max(SafetyEventRow.at))
        .where(SafetyEventRow.draft_id == DraftRow.id, SafetyEventRow.alert != "none")
        .scalar_subquery()
    )
    held = select(HoldRow.id).where(HoldRow.draft_id == DraftRow.id, HoldRow.lifted.is_(None)).exists()
    return select(
        DraftRow.id,
        DraftRow.status,
        DraftRow.created,
        DraftRow.updated,
        CaseRow.status_since,
        said.label("said"),
        raised.label("raised"),
        held.label("held"),
    ).outerjoin(CaseRow, CaseRow.draft_id == DraftRow.id)


def _age(row: Any) -> Age:
    last_used = max(row.updated, row.said) if row.said is not None else row.updated
    return Age(
        draft_id=row.id,
        status=cast(DraftStatus, row.status),
        created=row.created,
        last_used=last_used,
        status_since=row.status_since or last_used,
        last_alert=row.raised,
        held=bool(row.held),
    )
