"""Results of the allocation service, each bound to the answers it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from bot.store import audit
from bot.store.database import Transaction, lock_draft, next_seq
from bot.store.database import add as add_row
from bot.store.tables import AllocationRow

_LATEST = (
    select(AllocationRow)
    .where(AllocationRow.draft_id == bindparam("draft_id"))
    .order_by(AllocationRow.seq.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Allocation:
    """One result. ``result`` is the service's JSON reply with its whole trace; money is pence a year."""

    seq: int
    at: datetime
    answers_hash: str
    """Of the answers that were sent to be worked out, made by the interview."""
    result: str
    amount_pence: int | None
    status: str
    """As in the allocation reply: ok, not_ready, bespoke, below_threshold."""
    questionnaire: str
    """Id and version, e.g. "exampleshire/2026.1"."""
    tables: str
    """Ids and versions of the tables used, with spaces between them."""


def add(
    tx: Transaction,
    draft_id: str,
    *,
    answers_hash: str,
    result: str,
    amount_pence: int | None,
    status: str,
    questionnaire: str,
    tables: str,
    actor: str,
    at: datetime,
) -> Allocation:
    """Keep a result. The same result for the same answers as the last one is not kept twice. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    last = latest(tx, draft_id)
    if last is not None and (last.answers_hash, last.result) == (answers_hash, result):
        return last
    seq = next_seq(tx, AllocationRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "at": at,
        "answers_hash": answers_hash,
        "result_sealed": tx.cipher.seal(result, "allocations.result", f"{draft_id}/{seq}"),
        "amount_pence": amount_pence,
        "status": status,
        "questionnaire": questionnaire,
        "tables": tables,
    }
    add_row(tx, AllocationRow, row)
    detail: dict[str, audit.Detail] = {
        "seq": seq,
        "status": status,
        "answers": answers_hash,
        "questionnaire": questionnaire,
        "tables": tables.split(),
    }
    audit.note(tx, at=at, actor=actor, action="allocation.stored", subject=draft_id, detail=detail)
    return Allocation(seq, at, answers_hash, result, amount_pence, status, questionnaire, tables)


def latest(tx: Transaction, draft_id: str) -> Allocation | None:
    """The last result of a draft. It may rest on older answers: compare ``answers_hash``."""
    row = tx.connection.execute(_LATEST, {"draft_id": draft_id}).first()
    return None if row is None else _allocation(tx, row)


def history(tx: Transaction, draft_id: str) -> tuple[Allocation, ...]:
    """Every result of a draft, oldest first."""
    query = select(AllocationRow).where(AllocationRow.draft_id == draft_id).order_by(AllocationRow.seq)
    return tuple(_allocation(tx, row) for row in tx.connection.execute(query))


def _allocation(tx: Transaction, row: Row[Any]) -> Allocation:
    return Allocation(
        seq=row.seq,
        at=row.at,
        answers_hash=row.answers_hash,
        result=tx.cipher.open(row.result_sealed, "allocations.result", f"{row.draft_id}/{row.seq}"),
        amount_pence=row.amount_pence,
        status=row.status,
        questionnaire=row.questionnaire,
        tables=row.tables,
    )
