"""Taking back what was put before a family: a question nobody has answered, or the whole return."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.store import cases, returns
from bot.store.database import Transaction


def withdraw_open(tx: Transaction, draft_id: str, questions: Collection[str], *, by: str, at: datetime) -> None:
    """Take back those of the questions that the family has not answered. Without any question left, the plan is with
    the team again: a family is not left with nothing but "send it again"."""
    asked = [question for one in returns.this_round(tx, draft_id) for question in one.questions]
    gone = {one.id for one in asked if one.id in questions and not one.done and not one.withdrawn}
    if not gone:
        return
    for question_id in sorted(gone):
        returns.happened(tx, draft_id, question_id, "withdrawn", by=by, at=at)
    if all(one.withdrawn or one.id in gone for one in asked):
        end_return(tx, draft_id, by=by, at=at)
    else:
        cases.change(tx, draft_id, expected_revision=None, actor=by, action="return.questions_withdrawn", at=at)


def end_return(tx: Transaction, draft_id: str, *, by: str, at: datetime) -> None:
    """The team does not wait for the family any more. What they answered stays."""
    returns.end_round(tx, draft_id, "taken_back", by=by, at=at)
    action = "case.return_taken_back"
    cases.change(tx, draft_id, expected_revision=None, actor=by, action=action, at=at, status="looked_at")
