"""The shape of what a council sets for notices: when a family may be written to, and where its teams read e-mail."""

from __future__ import annotations

from datetime import date

from pydantic import Field, model_validator

from bot.content.models import PlainText, Strict


class NoticeRules(Strict):
    """``casework/notices/<council>.yaml``. On the council's closed days no family is written to."""

    council: str
    example: bool
    """True: made up; a council must replace it."""
    source: PlainText
    valid_from: date
    family_from_hour: int = Field(ge=0, le=23)
    """First hour of the day, by the clock in the United Kingdom, at which a family may be written to."""
    family_to_hour: int = Field(ge=1, le=24)
    """Hour from which nothing is sent to a family any more."""
    mailboxes: dict[str, PlainText]
    """E-mail address by team id; several addresses with commas between."""

    @model_validator(mode="after")
    def _a_day_that_ends_after_it_begins(self) -> NoticeRules:
        if self.family_to_hour <= self.family_from_hour:
            raise ValueError("family_to_hour must be later than family_from_hour")
        wrong = [team for team, address in self.mailboxes.items() if "@" not in address]
        if wrong:
            raise ValueError(f"the mailbox of {wrong[0]} is no e-mail address")
        return self
