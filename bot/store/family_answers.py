"""What a family said to a decision: that they have it, that they agree, or that somebody shall look again.

Their agreement stands beside the officer's signature, bound to the same hash. Rows are added and never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, select

from bot.store import audit
from bot.store.database import Transaction, lock_draft, next_seq
from bot.store.database import add as add_row
from bot.store.decision_tables import FamilyAnswerRow

Kind = Literal["read", "agreed", "look_again"]


@dataclass(frozen=True, slots=True)
class FamilyAnswer:
    """One answer of one person to one decision."""

    seq: int
    decision: int
    at: datetime
    kind: Kind
    member: str
    """Member id of the plan: who said it."""
    role: str
    """parent, young_person …, as they take part."""
    bound: str
    """The decision's hash, as it was signed."""
    reply_by: date | None
    """Of a wish to look again: the day by which somebody answers it."""
    words: str
    """What they wrote; may be empty."""


def add(
    tx: Transaction,
    draft_id: str,
    *,
    decision: int,
    kind: Kind,
    member: str,
    role: str,
    bound: str,
    reply_by: date | None = None,
    words: str = "",
    at: datetime,
) -> FamilyAnswer:
    """Keep an answer. Said twice by the same person to the same decision, it is kept once. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    for known in listing(tx, draft_id):
        if (known.decision, known.kind, known.member, known.words) == (decision, kind, member, words):
            return known
    seq = next_seq(tx, FamilyAnswerRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "decision": decision,
        "at": at,
        "kind": kind,
        "member": member,
        "role": role,
        "bound": bound,
        "reply_by": reply_by,
        "words_sealed": tx.cipher.seal(words, *_place(draft_id, seq)),
    }
    add_row(tx, FamilyAnswerRow, row)
    detail: dict[str, audit.Detail] = {"decision": decision, "member": member, "role": role, "bound": bound}
    audit.note(tx, at=at, actor="family", action=f"decision.family_{kind}", subject=draft_id, detail=detail)
    return FamilyAnswer(seq, decision, at, kind, member, role, bound, reply_by, words)


def listing(tx: Transaction, draft_id: str, decision: int | None = None) -> tuple[FamilyAnswer, ...]:
    """Every answer to a draft's decisions, or to one of them, oldest first."""
    query = select(FamilyAnswerRow).where(FamilyAnswerRow.draft_id == draft_id).order_by(FamilyAnswerRow.seq)
    if decision is not None:
        query = query.where(FamilyAnswerRow.decision == decision)
    return tuple(_answer(tx, row) for row in tx.connection.execute(query))


def look_again_waiting(tx: Transaction, draft_id: str, decision: int) -> FamilyAnswer | None:
    """The wish that this decision is looked at again; the first one, where it was said more than once."""
    return next((one for one in listing(tx, draft_id, decision) if one.kind == "look_again"), None)


def _place(draft_id: str, seq: int) -> tuple[str, str]:
    return "family_answers.words", f"{draft_id}/{seq}"


def _answer(tx: Transaction, row: Row[Any]) -> FamilyAnswer:
    return FamilyAnswer(
        seq=row.seq,
        decision=row.decision,
        at=row.at,
        kind=cast(Kind, row.kind),
        member=row.member,
        role=row.role,
        bound=row.bound,
        reply_by=row.reply_by,
        words=tx.cipher.open(row.words_sealed, *_place(row.draft_id, row.seq)),
    )
