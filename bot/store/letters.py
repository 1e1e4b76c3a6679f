"""Letters about signed decisions, each kept as it was written, with the hash of its words. Never changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from bot.store.database import Transaction, lock_draft
from bot.store.database import add as add_row
from bot.store.decision_tables import LetterRow


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as one reader got it."""

    decision: int
    reader: str
    """For whom it is written: parent or young_person."""
    at: datetime
    question_by: date
    """The last day of the time in which the family is asked to question the decision."""
    fingerprint: str
    """Of its words, made by the letter's own room."""
    body: str
    """JSON, opaque to this room."""


def add(tx: Transaction, draft_id: str, letter: Letter) -> None:
    """Keep a letter. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    row = {
        "draft_id": draft_id,
        "decision": letter.decision,
        "reader": letter.reader,
        "at": letter.at,
        "question_by": letter.question_by,
        "fingerprint": letter.fingerprint,
        "body_sealed": tx.cipher.seal(letter.body, *_place(draft_id, letter.decision, letter.reader)),
    }
    add_row(tx, LetterRow, row)


def get(tx: Transaction, draft_id: str, decision: int, reader: str) -> Letter | None:
    """The letter about a decision for one reader, or None."""
    found = (letter for letter in of_decision(tx, draft_id, decision) if letter.reader == reader)
    return next(found, None)


def of_decision(tx: Transaction, draft_id: str, decision: int) -> tuple[Letter, ...]:
    """The letters about one decision, by reader."""
    query = (
        select(LetterRow)
        .where(LetterRow.draft_id == draft_id, LetterRow.decision == decision)
        .order_by(LetterRow.reader)
    )
    return tuple(_letter(tx, row) for row in tx.connection.execute(query))


def _place(draft_id: str, decision: int, reader: str) -> tuple[str, str]:
    return "decision_letters.body", f"{draft_id}/{decision}/{reader}"


def _letter(tx: Transaction, row: Row[Any]) -> Letter:
    return Letter(
        decision=row.decision,
        reader=row.reader,
        at=row.at,
        question_by=row.question_by,
        fingerprint=row.fingerprint,
        body=tx.cipher.open(row.body_sealed, *_place(row.draft_id, row.decision, row.reader)),
    )
