"""What a council sets for the time a plan is lived: payments, checks before a start, looking back, money not spent."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from bot.content.models import PlainText, Strict

CheckFor = Literal["direct_payment", "third_party", "paid_person", "employed"]
"""Lines that a check is for. direct_payment, third_party: lines whose money is looked after so. paid_person: lines that
pay a person whom the council did not find itself. employed: lines whose person the family employs itself."""


class StartCheck(Strict):
    """Something that a named person must have seen before a line may start."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: PlainText
    """What was seen or signed, in words for professionals."""
    before: CheckFor
    why: PlainText
    """The rule it rests on."""
    may_be_left_out: bool = False
    """A named person may say that it is not needed here, with a reason."""


class LivingRules(Strict):
    """A file under ``casework/living/``: what one council set, in force between two days (both included)."""

    council: str
    version: str
    valid_from: date
    valid_to: date | None = None
    example: bool
    """True: made up for the demonstration; a council must replace it."""
    source: PlainText
    year_begins_month: int = Field(ge=1, le=12)
    """Month in which the council's financial year begins, on the first day: April."""
    usual_rhythm: Literal["four_weekly", "monthly"]
    checks: tuple[StartCheck, ...]
    invite_days_before: int = Field(ge=0, le=60)
    """So many days before a looking back is due, the family is asked how it went."""
    quick_reply_days: int = Field(ge=0, le=10)
    """Working days within which a person calls, when a family says that things have changed."""
    most_spent_once_pence: int = Field(gt=0)
    """More than this typed as one sum is asked about again: it may be a slip of the finger."""
    unspent_small_pence: int = Field(ge=0)
    """Money not spent up to this sum stays with the family, whatever the plan says."""
    hide_counts_below: int = Field(ge=2)
    """In reports, groups of fewer families than this are not shown."""

    @model_validator(mode="after")
    def _sound(self) -> LivingRules:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("the last day comes before the first")
        if len({check.id for check in self.checks}) != len(self.checks):
            raise ValueError("two checks have the same id")
        return self

    def check(self, check_id: str) -> StartCheck:
        """The check with this id. Raises KeyError."""
        for check in self.checks:
            if check.id == check_id:
                return check
        raise KeyError(check_id)

    def in_force(self, on: date) -> bool:
        """Whether the rules hold on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
