"""Answers, append-only: every one a family gave, and which holds now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, func, select, tuple_

from bot.store.database import Transaction
from bot.store.tables import AnswerRow

AnswerStatus = Literal["answered", "skipped", "not_sure", "varies", "cleared"]
"""As in contract.md; ``cleared`` takes an earlier answer back (start again), and is never among the current ones."""


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer to be stored. ``words`` are the person's own, kept encrypted."""

    question_id: str
    level: int | None
    status: AnswerStatus
    by: str
    words: str = ""
    hard_level: int | None = None
    hard_days: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was stored: what, by whom, when, to which question of which questionnaire."""

    seq: int
    question_id: str
    questionnaire_id: str
    questionnaire_version: str
    level: int | None
    hard_level: int | None
    hard_days: int | None
    """Days a week, 1 to 7."""
    status: AnswerStatus
    by: str
    words: str
    message_id: str | None
    at: datetime


def history(tx: Transaction, draft_id: str) -> tuple[Answer, ...]:
    """Every answer of a draft, oldest first."""
    rows = tx.connection.execute(select(AnswerRow).where(AnswerRow.draft_id == draft_id).order_by(AnswerRow.seq))
    return tuple(_answer(tx, row) for row in rows)


def current(tx: Transaction, draft_id: str) -> dict[str, Answer]:
    """The answer that holds now for each question, by question code, in the order they were last given."""
    latest = (
        select(AnswerRow.draft_id, func.max(AnswerRow.seq))
        .where(AnswerRow.draft_id == draft_id)
        .group_by(AnswerRow.draft_id, AnswerRow.question_id)
    )
    rows = tx.connection.execute(
        select(AnswerRow)
        .where(
            AnswerRow.draft_id == draft_id,
            tuple_(AnswerRow.draft_id, AnswerRow.seq).in_(latest),
            AnswerRow.status != "cleared",
        )
        .order_by(AnswerRow.seq)
    )
    return {row.question_id: _answer(tx, row) for row in rows}


def words_place(draft_id: str, seq: int) -> tuple[str, str]:
    """Where an answer's words belong, for sealing and opening them."""
    return "answers.words", f"{draft_id}/{seq}"


def _answer(tx: Transaction, row: Row[Any]) -> Answer:
    return Answer(
        seq=row.seq,
        question_id=row.question_id,
        questionnaire_id=row.questionnaire_id,
        questionnaire_version=row.questionnaire_version,
        level=row.level,
        hard_level=row.hard_level,
        hard_days=row.hard_days,
        status=cast(AnswerStatus, row.status),
        by=row.by,
        words=tx.cipher.open(row.words_sealed, *words_place(row.draft_id, row.seq)),
        message_id=row.message_id,
        at=row.at,
    )
