"""Plans that went back to their family: what was asked, in which words, and what came of it.

Nothing here is changed afterwards. A *round* begins with a return and ends when the family sends its plan again, or the
team takes the return back; another return meanwhile adds its questions to the round.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, bindparam, func, select

from bot.store import audit
from bot.store.casework_tables import ReturnedQuestionRow, ReturnEventRow, ReturnRow
from bot.store.database import Transaction, add, lock_draft, next_seq

Happened = Literal["answered", "changed", "withdrawn", "sent_again", "taken_back"]
"""answered: the family wrote a reply. changed: they changed their plan for it. withdrawn: the team took a question back.
sent_again, taken_back: the end of a round, by the family or by the team."""

_RETURNS = select(ReturnRow).where(ReturnRow.draft_id == bindparam("draft_id")).order_by(ReturnRow.seq)
_QUESTIONS = (
    select(ReturnedQuestionRow)
    .where(ReturnedQuestionRow.draft_id == bindparam("draft_id"))
    .order_by(ReturnedQuestionRow.return_seq, ReturnedQuestionRow.place)
)
_EVENTS = select(ReturnEventRow).where(ReturnEventRow.draft_id == bindparam("draft_id")).order_by(ReturnEventRow.seq)
_BY_KEY = select(ReturnRow.seq).where(
    ReturnRow.draft_id == bindparam("draft_id"), ReturnRow.request_key == bindparam("key")
)
_LAST = select(func.max(ReturnRow.seq)).where(ReturnRow.draft_id == bindparam("draft_id"))


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question to put before the family."""

    words: str
    """Plain words, as the family reads them."""
    section: str = ""
    """Where in the plan it can be changed; empty where that is not in the plan."""
    wants_change: bool = False
    comment_id: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that came of a question."""

    kind: Happened
    by: str
    """Member id of the family, or user id of a professional."""
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was put before the family."""

    id: str
    return_seq: int
    words: str
    section: str
    wants_change: bool
    comment_id: str | None
    events: tuple[Event, ...]
    """Oldest first."""

    @property
    def done(self) -> bool:
        """Whether the family has answered it, or changed their plan for it."""
        return any(event.kind in ("answered", "changed") for event in self.events)

    @property
    def withdrawn(self) -> bool:
        return any(event.kind == "withdrawn" for event in self.events)


@dataclass(frozen=True, slots=True)
class Return:
    """One time that a plan went back."""

    seq: int
    """From 1, without gaps, in a draft."""
    version: int
    """The version of the plan that went back."""
    by: str
    role: str
    at: datetime
    questions: tuple[Question, ...]
    ended: Event | None
    """How its round ended; None while it goes on."""


def send_back(
    tx: Transaction,
    draft_id: str,
    questions: Sequence[NewQuestion],
    *,
    version: int,
    by: str,
    role: str,
    at: datetime,
    request_key: str | None = None,
) -> int:
    """Put questions before the family; the number of the return. The caller changes the case's status with it."""
    lock_draft(tx, draft_id)
    seq = next_seq(tx, ReturnRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "request_key": request_key,
        "version": version,
        "by": by,
        "role": role,
        "at": at,
    }
    add(tx, ReturnRow, row)
    rows = []
    for place, question in enumerate(questions, 1):
        question_id = secrets.token_urlsafe(9)
        rows.append(
            {
                "id": question_id,
                "draft_id": draft_id,
                "return_seq": seq,
                "place": place,
                "comment_id": question.comment_id,
                "section": question.section,
                "wants_change": question.wants_change,
                "words_sealed": tx.cipher.seal(question.words, "returned_questions.words", question_id),
            }
        )
    add(tx, ReturnedQuestionRow, *rows)
    return seq


def was_sent(tx: Transaction, draft_id: str, request_key: str) -> bool:
    """Whether the form with this key has sent the plan back before."""
    return tx.connection.scalar(_BY_KEY, {"draft_id": draft_id, "key": request_key}) is not None


def of_draft(tx: Transaction, draft_id: str) -> tuple[Return, ...]:
    """Every return of a draft's plan, oldest first."""
    of = {"draft_id": draft_id}
    by_question: dict[str, list[Event]] = {}
    ends: list[tuple[int, Event]] = []
    for row in tx.connection.execute(_EVENTS, of):
        event = _event(tx, row)
        if row.question_id is None:
            ends.append((row.return_seq, event))
        else:
            by_question.setdefault(row.question_id, []).append(event)
    questions: dict[int, list[Question]] = {}
    for asked in tx.connection.execute(_QUESTIONS, of):
        found = _question(tx, asked, tuple(by_question.get(asked.id, ())))
        questions.setdefault(asked.return_seq, []).append(found)
    return tuple(
        Return(
            one.seq,
            one.version,
            one.by,
            one.role,
            one.at,
            tuple(questions.get(one.seq, ())),
            next((event for last, event in ends if one.seq <= last), None),
        )
        for one in tx.connection.execute(_RETURNS, of)
    )


def this_round(tx: Transaction, draft_id: str) -> tuple[Return, ...]:
    """The returns of the round that goes on, oldest first; none when there is none."""
    return tuple(one for one in of_draft(tx, draft_id) if one.ended is None)


def happened(
    tx: Transaction, draft_id: str, question_id: str, kind: Happened, *, by: str, at: datetime, words: str = ""
) -> bool:
    """Note what came of a question. False, and nothing noted, when the draft has no such question."""
    lock_draft(tx, draft_id)
    row = tx.connection.execute(
        select(ReturnedQuestionRow).where(
            ReturnedQuestionRow.draft_id == draft_id, ReturnedQuestionRow.id == question_id
        )
    ).first()
    if row is None:
        return False
    _add(tx, draft_id, row.return_seq, question_id, kind, by, words, at)
    return True


def end_round(
    tx: Transaction, draft_id: str, kind: Literal["sent_again", "taken_back"], *, by: str, at: datetime
) -> bool:
    """End the round that goes on; False when there is none."""
    lock_draft(tx, draft_id)
    if not this_round(tx, draft_id):
        return False
    last = int(tx.connection.scalar(_LAST, {"draft_id": draft_id}) or 0)
    _add(tx, draft_id, last, None, kind, by, "", at)
    return True


def _add(
    tx: Transaction,
    draft_id: str,
    return_seq: int,
    question_id: str | None,
    kind: Happened,
    by: str,
    words: str,
    at: datetime,
) -> None:
    seq = next_seq(tx, ReturnEventRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "return_seq": return_seq,
        "question_id": question_id,
        "kind": kind,
        "by": by,
        "words_sealed": tx.cipher.seal(words, "return_events.words", f"{draft_id}/{seq}"),
        "at": at,
    }
    add(tx, ReturnEventRow, row)
    detail: dict[str, audit.Detail] = {"return": return_seq, "question": question_id, "by": by}
    actor = by if kind in ("withdrawn", "taken_back") else "family"
    audit.note(tx, at=at, actor=actor, action=f"return.{kind}", subject=draft_id, detail=detail)


def _event(tx: Transaction, row: Row[Any]) -> Event:
    words = tx.cipher.open(row.words_sealed, "return_events.words", f"{row.draft_id}/{row.seq}")
    return Event(cast(Happened, row.kind), row.by, words, row.at)


def _question(tx: Transaction, row: Row[Any], events: tuple[Event, ...]) -> Question:
    return Question(
        id=row.id,
        return_seq=row.return_seq,
        words=tx.cipher.open(row.words_sealed, "returned_questions.words", row.id),
        section=row.section,
        wants_change=row.wants_change,
        comment_id=row.comment_id,
        events=events,
    )
