"""What the review API takes and gives about a plan that is lived. Money is pence; days are YYYY-MM-DD."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.cases.payments import Rhythm
from bot.cases.spending import Trouble
from bot.cases.unspent import Unspent
from bot.store.drafts import DraftStatus
from bot.store.living import Tick
from bot.store.payments import Cause

MAX_WORDS = 2000
MAX_TEXT = 40_000
MOST = 200

Revision = Field(ge=0, description="Of the case as you read it.")
LineId = Field(ge=0, le=1_000_000, description="The line's number in the plan.")
Words = Field(default="", max_length=MAX_WORDS)


class Asked(BaseModel):
    """Every change names the revision of the case that it was made on."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Revision


class BeginIn(Asked):
    """Start the plan, or go on with it by a new decision."""

    starts: date
    rhythm: Rhythm | None = Field(default=None, description="How often money is paid; the council's usual one if null.")
    lines: list[int] | None = Field(
        default=None, max_length=MOST, description="Lines to start. Null: every one that may start."
    )


class TickIn(Asked):
    """What you have seen before a line starts, in your own name."""

    line: int = LineId
    check: str = Field(max_length=60)
    tick: Tick = "seen"
    on: date = Field(description="The day on which you saw it, or decided.")
    note: str = Words


class StartLineIn(Asked):
    """Start a line of a plan that is lived."""

    on: date


class ScheduleIn(Asked):
    """Work out anew what is still to be paid: by the newest decision, in another rhythm, or up to an earlier day."""

    change_from: date
    rhythm: Rhythm | None = None
    last: date | None = Field(default=None, description="The last day that is paid for; null: the end of the year.")
    reason: str = Field(min_length=1, max_length=MAX_WORDS)


class PaymentNumber(BaseModel):
    """One payment of a case."""

    model_config = ConfigDict(extra="forbid")

    schedule: int = Field(ge=1, le=1_000_000)
    number: int = Field(ge=1, le=1_000_000)


class MadeIn(Asked):
    """Payments that were made."""

    payments: list[PaymentNumber] = Field(min_length=1, max_length=MOST)
    on: date


class SpendingIn(Asked):
    """What was spent: typed, one on each line of the text, or pasted as CSV with the heads date, line and amount."""

    text: str = Field(min_length=1, max_length=MAX_TEXT)
    form: Literal["typed", "csv"] = "typed"
    sure: bool = Field(default=False, description="Take what is large, or there already: you looked at it.")


class TakeBackIn(Asked):
    """Take back a spending that was written down by mistake. It stays in the record."""

    spending: int = Field(ge=1, le=1_000_000)
    reason: str = Field(min_length=1, max_length=MAX_WORDS)


class UnspentIn(Asked):
    """What happens with money that was not spent, decided in your own name."""

    decision: Unspent
    reason: str = Words


class CheckOut(BaseModel):
    """One thing to be seen before a line starts."""

    check: str
    label: str
    why: str
    may_be_left_out: bool
    tick: Tick | None
    on: date | None
    by: str | None


class LineOut(BaseModel):
    """One agreed line."""

    line: int
    what: str
    """The family's words; empty for those who may not read them."""
    managed_by: str | None
    stream: str
    one_off: bool
    agreed_pence: int
    paid_pence: int
    spent_pence: int
    left_pence: int
    over_pence: int
    checks: list[CheckOut]
    missing: list[str]
    started_on: date | None


class PaymentOut(BaseModel):
    """One payment. References and numbers, no names."""

    reference: str
    schedule: int
    number: int
    line: int
    managed_by: str
    stream: str
    pay_on: date
    covers_from: date
    covers_to: date
    pence: int
    financial_year: str
    made_on: date | None


class ScheduleOut(BaseModel):
    """One version of a year's payments."""

    schedule: int
    year: int
    rhythm: str
    change_from: date
    last: date
    cause: Cause
    by: str
    at: datetime
    reason: str


class SpendingOut(BaseModel):
    """One spending."""

    spending: int
    line: int
    on: date
    pence: int
    words: str
    source: str
    by: str
    at: datetime
    taken_back: bool


class NotReadOut(BaseModel):
    """A row that was not taken."""

    row: int
    words: str
    trouble: Trouble
    text: str


class UnspentOut(BaseModel):
    """Money that was paid and not spent."""

    pence: int
    over_pence: int
    agreed_in_plan: Unspent | None
    small: bool
    rule: Unspent
    decided: Unspent | None
    decided_by: str | None
    decided_pence: int | None
    reason: str


class LivingOut(BaseModel):
    """A plan that is lived."""

    reference: str
    status: DraftStatus
    revision: int
    decision: int
    plan_version: int
    example: bool
    """True: the council's rules are made up for the demonstration."""
    usual_rhythm: Rhythm
    year: int | None
    starts: date | None
    ends: date | None
    lines: list[LineOut]
    payments: list[PaymentOut]
    schedules: list[ScheduleOut]
    spendings: list[SpendingOut]
    unspent: UnspentOut


class SpendingTaken(BaseModel):
    """What came of a text."""

    taken: int
    not_taken: list[NotReadOut]
    living: LivingOut


class PaymentList(BaseModel):
    """Payments of all cases you may know of, by their days."""

    payments: list[PaymentOut]
    total_pence: int
