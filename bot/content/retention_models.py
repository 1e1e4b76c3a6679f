"""The shape of a council's retention periods: how long each class of record is kept, from when, and who says so."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from pydantic import Field, model_validator

from bot.content.models import PlainText, Strict

RecordClass = Literal[
    "unfinished",
    "sent",
    "agreed",
    "safety",
    "notices",
    "channel_messages",
    "staff_sessions",
    "resume_attempts",
    "engine",
    "audit",
]
"""unfinished: a conversation, with or without a guide amount, whose plan was never sent. sent: a plan that was sent and
never agreed. agreed: a case that came to its end. safety: any of these in which an alert was raised. notices: news that
went out. channel_messages: what channels keep of messages on their way. engine: the dialogue engine's redacted record."""


class Period(Strict):
    """How long one class of record is kept. Years, months and days add up."""

    years: int = Field(default=0, ge=0, le=100)
    months: int = Field(default=0, ge=0, le=1200)
    days: int = Field(default=0, ge=0, le=36500)
    until_age: int | None = Field(default=None, ge=18, le=100)
    """Also kept until the child's birthday of this number, in whole years, whichever is later."""
    always: bool = False
    """True: never deleted by age."""
    counted_from: PlainText
    """From when, for people to read."""
    source: PlainText

    @model_validator(mode="after")
    def _a_period_or_none(self) -> Period:
        if bool(self.years or self.months or self.days) == self.always:
            raise ValueError("give years, months or days, or say always: true, and not both")
        return self


class Retention(Strict):
    """The periods in force from a day; ``casework/retention/<council>.yaml``. An older file is another name."""

    council: str
    version: str
    valid_from: date
    example: bool
    """True: made up; live mode refuses it."""
    approved_by: PlainText | None = None
    """Who in the council agreed these periods, and when. Live mode asks for it."""
    source: PlainText
    periods: dict[RecordClass, Period]

    @model_validator(mode="after")
    def _every_class(self) -> Retention:
        missing = [name for name in get_args(RecordClass) if name not in self.periods]
        if missing:
            raise ValueError(f"no period for {', '.join(missing)}")
        return self
