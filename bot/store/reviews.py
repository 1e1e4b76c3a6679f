"""Looking back at a plan, and quick reviews when things have changed: who said what, and the outcome.

How far a review is follows from its steps: open, told (the family has said how it went), done (a named person wrote down
the outcome). Words are sealed; a changed mind is a new row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select

from bot.store import audit
from bot.store.database import Transaction, add, lock_draft, next_seq
from bot.store.living_tables import ReviewRow, ReviewStepRow, ReviewWordsRow

Kind = Literal["first", "yearly", "quick", "other"]
"""first and yearly: by the dates of the plan. quick: things have changed, or a crisis. other: asked for by a professional."""
Voice = Literal["child", "family", "professional"]
Outcome = Literal["carry_on", "change", "stop"]


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody said about one thing."""

    seq: int
    about: str
    """"goal/7", or the code of a question: "worked", "change", "money", "safe" …"""
    voice: Voice
    choice: str
    """What was picked, as a code; may be empty."""
    words: str
    by: str
    """Member id of the family, or user id."""
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """What happened in a review."""

    step: Literal["told", "outcome"]
    outcome: Outcome | Literal[""]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """A looking back, or a quick review."""

    seq: int
    kind: Kind
    cause: str
    """"due", "things_changed", "crisis", or "asked"."""
    due: date
    by: str
    at: datetime
    words: str
    """What the family said when it was opened, or why a professional opened it."""
    steps: tuple[ReviewStep, ...]
    said: tuple[Words, ...]

    @property
    def state(self) -> Literal["open", "told", "done"]:
        if any(step.step == "outcome" for step in self.steps):
            return "done"
        return "told" if self.steps else "open"

    @property
    def outcome(self) -> ReviewStep | None:
        """The last word on it; None while there is none."""
        return next((step for step in reversed(self.steps) if step.step == "outcome"), None)

    def last_said(self, about: str, voice: Voice) -> Words | None:
        """What this voice said last about it."""
        return next((one for one in reversed(self.said) if one.about == about and one.voice == voice), None)


class NoSuchReview(LookupError):
    """This draft has no review with this number."""


def open_review(
    tx: Transaction, draft_id: str, *, kind: Kind, cause: str, due: date, words: str, by: str, at: datetime
) -> int:
    """Open a review; its number comes back. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    seq = next_seq(tx, ReviewRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "kind": kind,
        "cause": cause,
        "due": due,
        "by": by,
        "at": at,
        "words_sealed": tx.cipher.seal(words, "reviews.words", f"{draft_id}/{seq}"),
    }
    add(tx, ReviewRow, row)
    detail: dict[str, audit.Detail] = {"review": seq, "kind": kind, "cause": cause, "due": due.isoformat()}
    audit.note(tx, at=at, actor=by, action="review.opened", subject=draft_id, detail=detail)
    return seq


def say(
    tx: Transaction,
    draft_id: str,
    review: int,
    *,
    about: str,
    voice: Voice,
    choice: str,
    words: str,
    by: str,
    at: datetime,
) -> None:
    """Keep what somebody said. Raises NoSuchReview and NoSuchDraft."""
    lock_draft(tx, draft_id)
    seq = len(get(tx, draft_id, review).said) + 1
    row = {
        "draft_id": draft_id,
        "review": review,
        "seq": seq,
        "about": about,
        "voice": voice,
        "choice": choice,
        "by": by,
        "at": at,
        "words_sealed": tx.cipher.seal(words, "review_words.words", f"{draft_id}/{review}/{seq}"),
    }
    add(tx, ReviewWordsRow, row)
    detail: dict[str, audit.Detail] = {"review": review, "about": about, "voice": voice}
    audit.note(tx, at=at, actor=by, action="review.said", subject=draft_id, detail=detail)


def step(
    tx: Transaction,
    draft_id: str,
    review: int,
    *,
    step: Literal["told", "outcome"],
    outcome: Outcome | Literal[""] = "",
    reason: str = "",
    by: str,
    at: datetime,
) -> None:
    """Write down that the family has told how it went, or the outcome. Raises NoSuchReview and NoSuchDraft."""
    lock_draft(tx, draft_id)
    number = len(get(tx, draft_id, review).steps) + 1
    row = {
        "draft_id": draft_id,
        "review": review,
        "number": number,
        "step": step,
        "outcome": outcome,
        "by": by,
        "at": at,
        "reason_sealed": tx.cipher.seal(reason, "review_steps.reason", f"{draft_id}/{review}/{number}"),
    }
    add(tx, ReviewStepRow, row)
    detail: dict[str, audit.Detail] = {"review": review, "outcome": outcome}
    audit.note(tx, at=at, actor=by, action=f"review.{step}", subject=draft_id, detail=detail)


def get(tx: Transaction, draft_id: str, review: int) -> Review:
    """One review. Raises NoSuchReview."""
    for one in listing(tx, draft_id):
        if one.seq == review:
            return one
    raise NoSuchReview(review)


def waiting(tx: Transaction, draft_id: str) -> Review | None:
    """The review that the family has not told about yet: a quick one first, then the oldest."""
    found = [one for one in listing(tx, draft_id) if one.state == "open"]
    return min(found, key=lambda one: (one.kind != "quick", one.seq), default=None)


def listing(tx: Transaction, draft_id: str) -> tuple[Review, ...]:
    """Every review of a plan, oldest first."""
    return of_drafts(tx, [draft_id]).get(draft_id, ())


def of_all(tx: Transaction) -> dict[str, tuple[Review, ...]]:
    """Every review of every plan, by draft id, for reports and for what is due."""
    return of_drafts(tx, None)


def of_drafts(tx: Transaction, draft_ids: list[str] | None) -> dict[str, tuple[Review, ...]]:
    """Reviews by draft id, oldest first; of all drafts with None."""
    reviews = select(ReviewRow).order_by(ReviewRow.draft_id, ReviewRow.seq)
    steps = select(ReviewStepRow).order_by(ReviewStepRow.number)
    said = select(ReviewWordsRow).order_by(ReviewWordsRow.seq)
    if draft_ids is not None:
        reviews = reviews.where(ReviewRow.draft_id.in_(draft_ids))
        steps = steps.where(ReviewStepRow.draft_id.in_(draft_ids))
        said = said.where(ReviewWordsRow.draft_id.in_(draft_ids))
    rows = tx.connection.execute(reviews).all()
    if not rows:
        return {}
    steps_of: dict[tuple[str, int], list[ReviewStep]] = {}
    for taken in tx.connection.execute(steps):
        place = f"{taken.draft_id}/{taken.review}/{taken.number}"
        reason = tx.cipher.open(taken.reason_sealed, "review_steps.reason", place)
        made = ReviewStep(taken.step, taken.outcome, reason, taken.by, taken.at)
        steps_of.setdefault((taken.draft_id, taken.review), []).append(made)
    said_of: dict[tuple[str, int], list[Words]] = {}
    for spoken in tx.connection.execute(said):
        words = tx.cipher.open(
            spoken.words_sealed, "review_words.words", f"{spoken.draft_id}/{spoken.review}/{spoken.seq}"
        )
        one = Words(spoken.seq, spoken.about, spoken.voice, spoken.choice, words, spoken.by, spoken.at)
        said_of.setdefault((spoken.draft_id, spoken.review), []).append(one)
    found: dict[str, tuple[Review, ...]] = {}
    for row in rows:
        place_ = (row.draft_id, row.seq)
        review = Review(
            row.seq,
            row.kind,
            row.cause,
            row.due,
            row.by,
            row.at,
            tx.cipher.open(row.words_sealed, "reviews.words", f"{row.draft_id}/{row.seq}"),
            tuple(steps_of.get(place_, ())),
            tuple(said_of.get(place_, ())),
        )
        found[row.draft_id] = (*found.get(row.draft_id, ()), review)
    return found
