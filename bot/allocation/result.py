"""What the allocation service answers: a guide amount, never a final one, with all that it rests on.

Money is integer pence (a year, unless the name says weekly). Scores are exact inside and short decimals here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from bot.content.models import Stream

Number = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
"""A decimal for reading; nothing is worked out from it."""

Status = Literal["ok", "not_ready", "bespoke", "below_threshold"]

Flag = str
"""under_7 (the first age with points, whatever it is) · hand_over · needs_person_to_cost · score_above_table ·
below_threshold · answers_differ · hard_days_counted · transition_protection"""


class Answered(BaseModel):
    """Base of all replies."""

    model_config = ConfigDict(frozen=True)


class Line(Answered):
    """One line of the explanation in family words; ``detail`` says more, or is empty."""

    text: str = Field(examples=["We round to the nearest £50. In this example that is about £5,050 a year."])
    detail: str = ""


class Scores(Answered):
    """Points by stream, and the need score (0-100) of social care. Null when nothing was worked out."""

    need_score: Number | None = Field(examples=[48.5])
    social_care: Number | None = Field(examples=[42.2])
    sen: Number | None = Field(examples=[5.9])
    nhs: Number | None = Field(examples=[5.9])


class StreamResult(Answered):
    """One funding stream. SEN and NHS are signals only: no pounds (domain notes 3.2)."""

    stream: Stream
    score: Number | None = Field(description="points")
    most: Number | None = Field(description="the most points there could be")
    need_score: Number | None = Field(description="100 × points ÷ most")
    amount_pence: int | None
    weekly_pence: int | None
    signal: str


class GivenTrace(Answered):
    """One person's answer as it was received, and the level of it that could count."""

    by: str
    level: int | None
    bad_day_level: int | None
    bad_days_per_week: int | None
    bad_day_used: bool
    counted_level: int | None
    counted: bool


class QuestionTrace(Answered):
    """How one question was scored."""

    code: str
    title: str
    section: str
    scored: bool
    level_used: int | None
    by: str | None
    bad_day_used: bool
    points: Number | None
    most: Number
    factor_percent: int
    shares_percent: dict[Stream, int]
    stream_points: dict[Stream, Number]
    given: tuple[GivenTrace, ...]


class SectionTrace(Answered):
    """Points of one section by stream."""

    id: str
    title: str
    outcome: str
    points: Number
    stream_points: dict[Stream, Number]


class EngineTrace(Answered):
    name: str
    version: str


class QuestionnaireTrace(Answered):
    id: str
    version: str
    valid_from: date
    approved_by: str | None
    example: bool
    source: str
    bad_days_per_week: int


class AgePackTrace(Answered):
    id: str
    scored: bool
    points_factor_percent: dict[str, int]


class TableTrace(Answered):
    """Which table the figures rest on, and on whose decision."""

    id: str
    version: str
    title: str
    method: Literal["band", "interpolate"]
    valid_from: date
    valid_to: date | None
    reference: str
    approved_by: str | None
    consulted_on: date | None
    equality_check_ref: str | None
    example: bool
    rounding_pence: int
    below_threshold_under: int
    named_in_request: bool


class NeedScoreTrace(Answered):
    """100 × points ÷ most, with the exact fraction."""

    points: Number
    most: Number
    exact: str = Field(examples=["4220/87"])
    shown: Number


class BracketTrace(Answered):
    """The part of the table that was hit."""

    label: str
    score_from: int
    score_to: int
    includes_score_to: bool
    from_pence: int
    to_pence: int
    arithmetic: str


class RoundingTrace(Answered):
    """``before`` is exact pence, as a fraction where it is one."""

    before: str
    step_pence: int
    after_pence: int


class ProtectionTrace(Answered):
    """What transition protection did, and until when."""

    previous_pence: int
    before_pence: int
    after_pence: int
    effect: Literal["raised", "held", "none", "ended"]
    max_fall_percent: int | None
    max_rise_percent: int | None
    until: date
    reference: str


class NoFigureReason(Answered):
    """Why a table gives no figure here."""

    reason: Literal["age_not_scored", "hand_over", "level_needs_person", "score_above_table"]
    code: str | None = None
    level: int | None = None


class Trace(Answered):
    """Everything a result rests on, so that "how was this worked out?" always has an answer (domain notes 3.5)."""

    engine: EngineTrace
    on: date
    questionnaire: QuestionnaireTrace
    age_pack: AgePackTrace
    table: TableTrace | None
    questions: tuple[QuestionTrace, ...]
    sections: tuple[SectionTrace, ...]
    need_score: NeedScoreTrace | None
    bracket: BracketTrace | None
    rounding: RoundingTrace | None
    protection: ProtectionTrace | None
    no_figure: tuple[NoFigureReason, ...]
    ignored_context: tuple[str, ...]


class AllocationResult(Answered):
    """A guide amount or why there is none. A person checks every one; only a named officer sets a final amount."""

    status: Status
    scores: Scores
    streams: tuple[StreamResult, ...]
    amount_pence: int | None = Field(description="pence a year")
    weekly_pence: int | None = Field(description="pence a week: the year ÷ 52, to the nearest penny")
    flags: tuple[Flag, ...]
    not_included: tuple[str, ...]
    missing: tuple[str, ...] = Field(description="codes of scored questions without a level; they are never 0")
    explanation: tuple[Line, ...]
    expires_on: date | None
    trace: Trace
    is_final: Literal[False] = False
