"""Professionals' own answers, the levels agreed over everybody's, and the guide amounts from those. All append-only.

Nothing here touches what a family answered (:mod:`bot.store.answers`) or its own guide amount
(:mod:`bot.store.allocations`). The case's revision is moved by :func:`bot.store.cases.change` in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, bindparam, select

from bot.store.casework_tables import AgreedLevelRow, ModeratedAllocationRow, ProfessionalAnswerRow
from bot.store.database import Transaction, lock_draft, next_seq
from bot.store.database import add as add_rows

Status = Literal["answered", "skipped", "not_sure", "varies"]

_ANSWERS = (
    select(ProfessionalAnswerRow)
    .where(ProfessionalAnswerRow.draft_id == bindparam("draft_id"))
    .order_by(ProfessionalAnswerRow.seq)
)
_AGREED = select(AgreedLevelRow).where(AgreedLevelRow.draft_id == bindparam("draft_id")).order_by(AgreedLevelRow.seq)
_ALLOCATIONS = (
    select(ModeratedAllocationRow)
    .where(ModeratedAllocationRow.draft_id == bindparam("draft_id"))
    .order_by(ModeratedAllocationRow.seq)
)


@dataclass(frozen=True, slots=True)
class NewProfessionalAnswer:
    """A professional's own answer, to be stored."""

    question_id: str
    level: int | None
    status: Status
    reason: str
    """In words, kept encrypted."""
    rests_on: str = ""
    """What it rests on: a visit, a report."""
    hard_level: int | None = None
    hard_days: int | None = None
    """Days a week, 1 to 7."""


@dataclass(frozen=True, slots=True)
class ProfessionalAnswer:
    """It as it was stored, with who gave it."""

    seq: int
    question_id: str
    questionnaire: str
    """Id and version."""
    level: int | None
    hard_level: int | None
    hard_days: int | None
    status: Status
    by: str
    role: str
    reason: str
    rests_on: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewAgreedLevel:
    """A level that a named person agrees on, to be stored."""

    question_id: str
    level: int
    basis: str
    """Of what had been said: :func:`bot.cases.moderation.basis_of`."""
    reason: str


@dataclass(frozen=True, slots=True)
class AgreedLevel:
    """It as it was stored."""

    seq: int
    question_id: str
    questionnaire: str
    level: int
    basis: str
    by: str
    role: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ModeratedAllocation:
    """A guide amount from agreed levels. ``result`` is the engine's JSON reply with its whole trace; pence a year."""

    seq: int
    at: datetime
    by: str
    answers_hash: str
    """Of the request it answers, with the agreed levels in it."""
    result: str
    amount_pence: int | None
    family_amount_pence: int | None
    """From the family's own answers, on the same day and by the same table."""
    status: str
    questionnaire: str
    tables: str


def add_answers(
    tx: Transaction,
    draft_id: str,
    given: Sequence[NewProfessionalAnswer],
    *,
    questionnaire: str,
    by: str,
    role: str,
    at: datetime,
) -> None:
    """Keep a professional's answers. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    first = next_seq(tx, ProfessionalAnswerRow, draft_id)
    rows = [
        {
            "draft_id": draft_id,
            "seq": seq,
            "question_id": answer.question_id,
            "questionnaire": questionnaire,
            "level": answer.level,
            "hard_level": answer.hard_level,
            "hard_days": answer.hard_days,
            "status": answer.status,
            "by": by,
            "role": role,
            "reason_sealed": tx.cipher.seal(answer.reason, *_place("professional_answers.reason", draft_id, seq)),
            "rests_on_sealed": tx.cipher.seal(answer.rests_on, *_place("professional_answers.rests_on", draft_id, seq)),
            "at": at,
        }
        for seq, answer in enumerate(given, start=first)
    ]
    if rows:
        add_rows(tx, ProfessionalAnswerRow, *rows)


def answer_history(tx: Transaction, draft_id: str) -> tuple[ProfessionalAnswer, ...]:
    """Every answer that professionals gave about a draft, oldest first."""
    return tuple(_answer(tx, row) for row in tx.connection.execute(_ANSWERS, {"draft_id": draft_id}))


def answered_between(tx: Transaction, first: datetime, before: datetime) -> tuple[str, ...]:
    """Ids of the drafts about which a professional answered from one moment to another."""
    query = select(ProfessionalAnswerRow.draft_id).where(
        ProfessionalAnswerRow.at >= first, ProfessionalAnswerRow.at < before
    )
    return tuple(tx.connection.scalars(query.distinct().order_by(ProfessionalAnswerRow.draft_id)))


def current_answers(tx: Transaction, draft_id: str) -> dict[str, ProfessionalAnswer]:
    """The last one for each question, by question code."""
    return {answer.question_id: answer for answer in answer_history(tx, draft_id)}


def add_agreed(
    tx: Transaction,
    draft_id: str,
    agreed: Sequence[NewAgreedLevel],
    *,
    questionnaire: str,
    by: str,
    role: str,
    at: datetime,
) -> None:
    """Keep the levels that somebody agreed on. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    first = next_seq(tx, AgreedLevelRow, draft_id)
    rows = [
        {
            "draft_id": draft_id,
            "seq": seq,
            "question_id": level.question_id,
            "questionnaire": questionnaire,
            "level": level.level,
            "basis": level.basis,
            "by": by,
            "role": role,
            "reason_sealed": tx.cipher.seal(level.reason, *_place("agreed_levels.reason", draft_id, seq)),
            "at": at,
        }
        for seq, level in enumerate(agreed, start=first)
    ]
    if rows:
        add_rows(tx, AgreedLevelRow, *rows)


def agreed_history(tx: Transaction, draft_id: str) -> tuple[AgreedLevel, ...]:
    """Every level that was agreed on, oldest first."""
    return tuple(_agreed(tx, row) for row in tx.connection.execute(_AGREED, {"draft_id": draft_id}))


def current_agreed(tx: Transaction, draft_id: str) -> dict[str, AgreedLevel]:
    """The last one for each question. It may rest on answers that were changed since: compare ``basis``."""
    return {level.question_id: level for level in agreed_history(tx, draft_id)}


def add_allocation(
    tx: Transaction,
    draft_id: str,
    *,
    by: str,
    answers_hash: str,
    result: str,
    amount_pence: int | None,
    family_amount_pence: int | None,
    status: str,
    questionnaire: str,
    tables: str,
    at: datetime,
) -> None:
    """Keep a guide amount from agreed levels. The same as the last one is not kept twice. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    last = latest_allocation(tx, draft_id)
    if last is not None and (last.answers_hash, last.result) == (answers_hash, result):
        return
    seq = next_seq(tx, ModeratedAllocationRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "at": at,
        "by": by,
        "answers_hash": answers_hash,
        "result_sealed": tx.cipher.seal(result, *_place("moderated_allocations.result", draft_id, seq)),
        "amount_pence": amount_pence,
        "family_amount_pence": family_amount_pence,
        "status": status,
        "questionnaire": questionnaire,
        "tables": tables,
    }
    add_rows(tx, ModeratedAllocationRow, row)


def allocation_history(tx: Transaction, draft_id: str) -> tuple[ModeratedAllocation, ...]:
    """Every amount from agreed levels, oldest first."""
    return tuple(_allocation(tx, row) for row in tx.connection.execute(_ALLOCATIONS, {"draft_id": draft_id}))


def latest_allocation(tx: Transaction, draft_id: str) -> ModeratedAllocation | None:
    """The last one, or None. It may rest on older answers: compare ``answers_hash``."""
    found = allocation_history(tx, draft_id)
    return found[-1] if found else None


def _place(column: str, draft_id: str, seq: int) -> tuple[str, str]:
    return column, f"{draft_id}/{seq}"


def _answer(tx: Transaction, row: Row[Any]) -> ProfessionalAnswer:
    here = (row.draft_id, row.seq)
    return ProfessionalAnswer(
        seq=row.seq,
        question_id=row.question_id,
        questionnaire=row.questionnaire,
        level=row.level,
        hard_level=row.hard_level,
        hard_days=row.hard_days,
        status=cast(Status, row.status),
        by=row.by,
        role=row.role,
        reason=tx.cipher.open(row.reason_sealed, *_place("professional_answers.reason", *here)),
        rests_on=tx.cipher.open(row.rests_on_sealed, *_place("professional_answers.rests_on", *here)),
        at=row.at,
    )


def _agreed(tx: Transaction, row: Row[Any]) -> AgreedLevel:
    return AgreedLevel(
        seq=row.seq,
        question_id=row.question_id,
        questionnaire=row.questionnaire,
        level=row.level,
        basis=row.basis,
        by=row.by,
        role=row.role,
        reason=tx.cipher.open(row.reason_sealed, *_place("agreed_levels.reason", row.draft_id, row.seq)),
        at=row.at,
    )


def _allocation(tx: Transaction, row: Row[Any]) -> ModeratedAllocation:
    return ModeratedAllocation(
        seq=row.seq,
        at=row.at,
        by=row.by,
        answers_hash=row.answers_hash,
        result=tx.cipher.open(row.result_sealed, *_place("moderated_allocations.result", row.draft_id, row.seq)),
        amount_pence=row.amount_pence,
        family_amount_pence=row.family_amount_pence,
        status=row.status,
        questionnaire=row.questionnaire,
        tables=row.tables,
    )
