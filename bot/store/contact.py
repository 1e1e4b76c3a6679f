"""Whether a family said that it is safe to contact them, and that they would like a call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update

from bot.store import audit
from bot.store.database import Transaction, add, lock_draft
from bot.store.drafts import SafeContact
from bot.store.tables import CallBackRow, DraftRow


def set_safe_contact(tx: Transaction, draft_id: str, answer: SafeContact, *, message_id: str, at: datetime) -> None:
    """Keep what the family said; the last answer holds. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    changed = update(DraftRow).where(DraftRow.id == draft_id).values(safe_contact=answer, safe_contact_at=at)
    tx.connection.execute(changed)
    detail: dict[str, audit.Detail] = {"safe": answer, "message": message_id}
    audit.note(tx, at=at, actor="family", action="family.safe_contact", subject=draft_id, detail=detail)


def ask_for_call(tx: Transaction, draft_id: str, *, message_id: str, at: datetime) -> None:
    """Keep that the family would like a call. The same message asks once, however often it is applied."""
    lock_draft(tx, draft_id)
    known = select(CallBackRow.at).where(CallBackRow.message_id == message_id)
    if tx.connection.execute(known).first() is None:
        add(tx, CallBackRow, {"message_id": message_id, "draft_id": draft_id, "at": at})
        audit.note(
            tx, at=at, actor="family", action="family.call_back", subject=draft_id, detail={"message": message_id}
        )


def call_asked_at(tx: Transaction, draft_id: str) -> datetime | None:
    """When the family last asked for a call; None when they have not."""
    asked: datetime | None = tx.connection.scalar(
        select(func.max(CallBackRow.at)).where(CallBackRow.draft_id == draft_id)
    )
    return asked
