"""What waits for a family, read from the store: one reader for each idea of :mod:`bot.plans.after`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from bot.cases.small_budgets import NOBODY_CHOSE, Chosen, Route
from bot.plans.after.matter import NOTHING, Matter, Waiting
from bot.plans.after.returned import Question, Returned
from bot.store import budget_routes, returns
from bot.store.database import Transaction
from bot.store.drafts import Draft, DraftStatus
from bot.waiting.decided import decided
from bot.waiting.living import at_rest, under_review

Reader = Callable[[Transaction, Draft], Matter | None]
"""Makes the matter of one idea; None while nothing of it waits. Only asked once a plan was sent."""


def returned(tx: Transaction, draft: Draft) -> Matter | None:
    """The questions of a plan that came back."""
    if draft.status != "returned":
        return None
    round_ = returns.this_round(tx, draft.id)
    if not round_:
        return None
    asked = tuple(
        Question(question.id, question.words, question.section, question.wants_change, question.done)
        for one in round_
        for question in one.questions
        if not question.withdrawn
    )
    return Returned(round_[-1].seq, asked) if asked else None


READERS: tuple[Reader, ...] = (returned, decided, under_review, at_rest)
"""The most important first."""

STAGES: dict[DraftStatus, str] = {
    "returned": "returned",
    "agreed": "agreed",
    "agreed_in_part": "agreed",
    "live": "live",
    "review_due": "review",
    "closed": "closed",
}
"""The stage of contract.md where a sent plan rests; "sent" for every other status."""


def waiting(tx: Transaction, draft: Draft) -> Waiting:
    """What waits for the family of this draft."""
    chosen = route(tx, draft)
    if draft.status in ("in_progress", "ready"):
        return NOTHING if chosen is None else replace(NOTHING, chosen=chosen)
    matters = tuple(matter for read in READERS if (matter := read(tx, draft)) is not None)
    return Waiting(matters, STAGES.get(draft.status, ""), chosen or NOBODY_CHOSE)


def route(tx: Transaction, draft: Draft) -> Chosen | None:
    """The route of the budget that a professional chose last; None where nobody did."""
    last = budget_routes.history(tx, draft.id)[-1:]
    return Chosen(cast(Route, last[0].route), last[0].reason) if last else None
