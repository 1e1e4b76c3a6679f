"""Draws on the contingency of a signed decision: who asked for how much and why, and what somebody else said to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.store import audit
from bot.store.database import Transaction, lock_draft, next_seq
from bot.store.database import add as add_row
from bot.store.decision_tables import ContingencyAnswerRow, ContingencyRequestRow


class AlreadyAnswered(ValueError):
    """Somebody else answered this request first."""


class NoSuchRequest(LookupError):
    """This draft has no request with this number."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said to a request."""

    at: datetime
    by: str
    role: str
    agreed: bool
    left_pence: int
    """What was left of the contingency after it."""
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """Money wanted out of the contingency."""

    seq: int
    decision: int
    """Number of the decision whose contingency it is."""
    at: datetime
    by: str
    pence: int
    cause: str
    """gap, crisis or change: see :mod:`bot.cases.contingency`."""
    reason: str
    answered: Answered | None


def ask(
    tx: Transaction, draft_id: str, *, decision: int, by: str, pence: int, cause: str, reason: str, at: datetime
) -> Request:
    """Keep a request. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    seq = next_seq(tx, ContingencyRequestRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "decision": decision,
        "at": at,
        "by": by,
        "pence": pence,
        "cause": cause,
        "reason_sealed": tx.cipher.seal(reason, "contingency_requests.reason", f"{draft_id}/{seq}"),
    }
    add_row(tx, ContingencyRequestRow, row)
    detail: dict[str, audit.Detail] = {"decision": decision, "request": seq, "pence": pence, "cause": cause}
    audit.note(tx, at=at, actor=by, action="contingency.asked", subject=draft_id, detail=detail)
    return Request(seq, decision, at, by, pence, cause, reason, None)


def answer(
    tx: Transaction,
    draft_id: str,
    seq: int,
    *,
    by: str,
    role: str,
    agreed: bool,
    left_pence: int,
    reason: str,
    at: datetime,
) -> Request:
    """Keep what was said to a request. Raises NoSuchRequest, AlreadyAnswered and NoSuchDraft."""
    lock_draft(tx, draft_id)
    request = get(tx, draft_id, seq)
    if request.answered is not None:
        raise AlreadyAnswered(f"{draft_id}/{seq}")
    row = {
        "draft_id": draft_id,
        "request": seq,
        "at": at,
        "by": by,
        "role": role,
        "agreed": agreed,
        "left_pence": left_pence,
        "reason_sealed": tx.cipher.seal(reason, "contingency_answers.reason", f"{draft_id}/{seq}"),
    }
    add_row(tx, ContingencyAnswerRow, row)
    action = "contingency.agreed" if agreed else "contingency.not_agreed"
    detail: dict[str, audit.Detail] = {"request": seq, "role": role, "left_pence": left_pence}
    audit.note(tx, at=at, actor=by, action=action, subject=draft_id, detail=detail)
    return get(tx, draft_id, seq)


def get(tx: Transaction, draft_id: str, seq: int) -> Request:
    """One request. Raises NoSuchRequest."""
    for request in listing(tx, draft_id):
        if request.seq == seq:
            return request
    raise NoSuchRequest(f"{draft_id}/{seq}")


def listing(tx: Transaction, draft_id: str) -> tuple[Request, ...]:
    """Every request of a draft, oldest first."""
    answers = select(ContingencyAnswerRow).where(ContingencyAnswerRow.draft_id == draft_id)
    said = {
        row.request: Answered(
            at=row.at,
            by=row.by,
            role=row.role,
            agreed=row.agreed,
            left_pence=row.left_pence,
            reason=tx.cipher.open(row.reason_sealed, "contingency_answers.reason", f"{draft_id}/{row.request}"),
        )
        for row in tx.connection.execute(answers)
    }
    query = (
        select(ContingencyRequestRow)
        .where(ContingencyRequestRow.draft_id == draft_id)
        .order_by(ContingencyRequestRow.seq)
    )
    return tuple(
        Request(
            seq=row.seq,
            decision=row.decision,
            at=row.at,
            by=row.by,
            pence=row.pence,
            cause=row.cause,
            reason=tx.cipher.open(row.reason_sealed, "contingency_requests.reason", f"{draft_id}/{row.seq}"),
            answered=said.get(row.seq),
        )
        for row in tx.connection.execute(query)
    )
