"""What a council sets for decisions: who may sign up to how much, when a panel decides, legal bases, and days to reply."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field, model_validator

from bot.content.models import PlainText, Strict


class SignOffLimit(Strict):
    """Up to how much one role may sign. A role that is not listed may sign nothing."""

    role: str = Field(pattern=r"^[a-z][a-z-]*$")
    up_to_pence: int | Literal["any"]
    """The final amount for a year, included. "any" has to be written: a limit that was forgotten allows nothing."""

    def covers(self, pence: int) -> bool:
        """Whether a final amount is within it."""
        return self.up_to_pence == "any" or pence <= self.up_to_pence


class PanelRule(Strict):
    """When several decide together, and how many of them have to agree."""

    above_pence: int = Field(ge=0)
    """Above this final amount nobody signs alone. Below it a panel may be chosen."""
    members_at_least: int = Field(ge=2)
    agree_at_least: int = Field(ge=2)
    roles_at_least: int = Field(ge=1)
    """Those who agree hold at least so many different roles."""
    one_of: tuple[str, ...] = Field(min_length=1)
    """At least one of those who agree holds one of these roles."""

    @model_validator(mode="after")
    def _can_be_met(self) -> PanelRule:
        if self.agree_at_least > self.members_at_least:
            raise ValueError("more have to agree than a panel has members")
        if self.roles_at_least > self.agree_at_least:
            raise ValueError("more roles have to agree than people")
        return self


class SignOffPeriod(Strict):
    """Limits between two days, both included."""

    valid_from: date
    valid_to: date | None = None
    limits: tuple[SignOffLimit, ...]
    panel: PanelRule

    @model_validator(mode="after")
    def _sound(self) -> SignOffPeriod:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("the last day comes before the first")
        if len({limit.role for limit in self.limits}) != len(self.limits):
            raise ValueError("a role has two limits")
        return self

    def in_force(self, on: date) -> bool:
        """Whether these limits hold on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def limit(self, role: str) -> SignOffLimit | None:
        """The limit of a role; None where it has none, and so may sign nothing."""
        return next((limit for limit in self.limits if limit.role == role), None)


class LegalBasis(Strict):
    """Under which law a line is paid for. Social care and school money rest on different ones, and so does paying the
    family instead of a provider: a decision that names the wrong one has to be made again."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    label: PlainText
    streams: tuple[str, ...] = Field(min_length=1)
    """Whose money it can be used for: social_care, sen, nhs."""
    direct_payment: bool
    """True: for money that is paid to the family or young person. False: for what the council or another arranges."""
    valid_from: date
    valid_to: date | None = None

    def fits(self, stream: str, managed_by: str | None, on: date) -> bool:
        """Whether a line of this stream, looked after in this way, can rest on it on a day."""
        dated = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        return dated and stream in self.streams and self.direct_payment == (managed_by == "direct_payment")


class SignOff(Strict):
    """A file under ``casework/sign_off/``: what one council decided about deciding."""

    council: str
    example: bool
    """True: made up for the demonstration; a council must replace it."""
    source: PlainText
    question_within_working_days: int = Field(ge=5, le=60)
    """A family is asked to question a decision within so many working days of the letter."""
    look_again_working_days: int = Field(ge=1, le=40)
    """Somebody who did not work on it answers within so many working days."""
    periods: tuple[SignOffPeriod, ...]
    legal_bases: tuple[LegalBasis, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _without_gaps(self) -> SignOff:
        for before, after in zip(self.periods, self.periods[1:], strict=False):
            if before.valid_to is None or after.valid_from != before.valid_to + timedelta(days=1):
                raise ValueError(f"the limits from {after.valid_from} do not follow on the day after those before them")
        if len({basis.id for basis in self.legal_bases}) != len(self.legal_bases):
            raise ValueError("two legal bases have the same id")
        return self

    def period(self, on: date) -> SignOffPeriod | None:
        """The limits in force on a day; None where none are, so that nobody can sign."""
        return next((period for period in self.periods if period.in_force(on)), None)

    def bases_for(self, stream: str, managed_by: str | None, on: date) -> tuple[LegalBasis, ...]:
        """The legal bases that a line can rest on, the usual one first."""
        return tuple(basis for basis in self.legal_bases if basis.fits(stream, managed_by, on))

    def basis(self, basis_id: str) -> LegalBasis | None:
        """The legal basis with this id."""
        return next((basis for basis in self.legal_bases if basis.id == basis_id), None)
