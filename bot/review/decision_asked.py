"""What professionals send when they decide: the bodies of the API, which the pages fill in as well."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.cases.amounts import MOST_PENCE
from bot.cases.decision import LineSaid, Outcome, Said, Verdict
from bot.gateway.wire import clean

MAX_WORDS = 4000
MOST_REASONS = 20
MOST_LINES = 200
MOST_ON_PANEL = 12

Pence = Annotated[int, Field(ge=0, le=MOST_PENCE)]
Words = Annotated[str, Field(max_length=MAX_WORDS)]
Revision = Annotated[
    int | None, Field(ge=0, description="Of the case as you read it; a case that moved on since is not changed.")
]


class LineIn(BaseModel):
    """What is decided about one line of the plan."""

    model_config = ConfigDict(extra="forbid")

    line_id: int = Field(ge=0, le=1_000_000)
    verdict: Verdict
    agreed_pence: Pence = 0
    stream: Literal["social_care", "sen", "nhs"] = "social_care"
    legal_basis: str = Field(default="", max_length=80, description="Id of a legal basis; left out, the usual one.")
    reason: Words = ""


class DecisionIn(BaseModel):
    """A decision. Without `lines`, an amount lower than what the family asked for takes the same share from every line,
    and a higher one leaves the rest as contingency."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "decision": "agree",
                    "final_pence": 380000,
                    "reasons": ["The plan needs less than the guide amount this year."],
                }
            ]
        },
    )

    decision: Outcome
    final_pence: Pence | None = None
    """For a year; null or 0 with `refuse_for_now`."""
    reasons: Words | Annotated[list[Words], Field(max_length=MOST_REASONS)] = ""
    """In words for the family. Needed wherever the final amount is not the guide amount."""
    lines: Annotated[list[LineIn], Field(max_length=MOST_LINES)] | None = None
    contingency_pence: Pence = 0
    contingency_reason: Words = ""
    what_would_help: Words = ""
    revision: Revision = None

    def said(self) -> Said:
        """As the rules see it."""
        reasons = [self.reasons] if isinstance(self.reasons, str) else self.reasons
        return Said(
            outcome=self.decision,
            final_pence=self.final_pence,
            reasons=tuple(text for reason in reasons if (text := clean(reason).strip())),
            lines=None if self.lines is None else tuple(_line(line) for line in self.lines),
            contingency_pence=self.contingency_pence,
            contingency_reason=clean(self.contingency_reason).strip(),
            what_would_help=clean(self.what_would_help).strip(),
        )


class ProposalIn(DecisionIn):
    """The same, for somebody else to sign."""

    panel: list[Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\w.:/@+-]+$")]] = Field(
        default_factory=list, max_length=MOST_ON_PANEL, description="User ids of those who decide together, if several."
    )


class StepIn(BaseModel):
    """A signature, or a proposal sent or taken back."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"revision": 4, "bound": "", "reason": ""}]}
    )

    revision: Revision = None
    bound: str = Field(
        default="", max_length=64, description="The decision's hash as you read it, so that you sign that."
    )
    reason: Words = ""


class VoteIn(StepIn):
    """A vote of one member of a panel."""

    agrees: bool


def _line(line: LineIn) -> LineSaid:
    reason = clean(line.reason).strip()
    return LineSaid(line.line_id, line.verdict, line.agreed_pence, line.stream, line.legal_basis, reason)
