"""What the review API takes and gives about looking back at a plan. Days are YYYY-MM-DD, money is pence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.cases.reviews import Outcome, Reached
from bot.review.living_wire import MAX_WORDS, MOST, Asked
from bot.store.drafts import DraftStatus
from bot.store.reviews import Kind, Voice


class OpenReviewIn(Asked):
    """Ask the family to look back, outside the plan's own dates."""

    kind: Literal["quick", "other"] = "other"
    due: date
    reason: str = Field(min_length=1, max_length=MAX_WORDS)


class GoalIn(BaseModel):
    """How you see one goal."""

    model_config = ConfigDict(extra="forbid")

    goal: int = Field(ge=0, le=1_000_000)
    reached: Reached
    words: str = Field(default="", max_length=MAX_WORDS)


class QuestionIn(BaseModel):
    """What you say to one question."""

    model_config = ConfigDict(extra="forbid")

    about: Literal["worked", "change", "money", "safe"]
    words: str = Field(min_length=1, max_length=MAX_WORDS)


class ViewIn(Asked):
    """A professional's own view, beside the family's; nobody's words are overwritten."""

    goals: list[GoalIn] = Field(default_factory=list, max_length=MOST)
    questions: list[QuestionIn] = Field(default_factory=list, max_length=4)


class OutcomeIn(Asked):
    """What comes of the review, in your own name."""

    outcome: Outcome
    reason: str = Field(min_length=1, max_length=MAX_WORDS)
    last: date | None = Field(default=None, description="With stop: the last day that is paid for; null: today.")


class SaidOut(BaseModel):
    """What one voice said."""

    voice: Voice
    choice: str
    words: str
    by: str
    at: datetime


class AboutOut(BaseModel):
    """One goal or one question, and what each voice said of it last."""

    about: str
    title: str
    said: list[SaidOut]
    differs: bool
    """Two voices see the goal differently."""


class ChangedOut(BaseModel):
    """A question of the RAS that was answered again, old and new side by side."""

    code: str
    title: str
    before: int | None
    before_words: str
    after: int | None
    after_words: str
    own_words: str


class WhatIfOut(BaseModel):
    """The guide amount with the new answers; the agreed amount stays until somebody decides again."""

    before_pence: int | None
    after_pence: int | None
    difference_pence: int | None


class ReviewOut(BaseModel):
    """A looking back, or a quick review."""

    review: int
    kind: Kind
    cause: str
    due: date
    opened: datetime
    opened_by: str
    words: str
    state: Literal["open", "told", "done"]
    about: list[AboutOut]
    sections: list[str]
    """Parts of the plan that the family wants to change, by code."""
    changed: list[ChangedOut]
    what_if: WhatIfOut | None
    outcome: Outcome | None
    outcome_by: str | None
    outcome_reason: str


class ReviewList(BaseModel):
    """Every review of a plan, newest first."""

    reference: str
    status: DraftStatus
    revision: int
    live: bool
    next_due: list[tuple[str, date]]
    """Kind and day of what the plan's dates ask for."""
    reviews: list[ReviewOut]
