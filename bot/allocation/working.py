"""The calculation itself: from levels to a guide amount or the reason for none. Pure, exact and the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.allocation.bracket import Bracket, bracket
from bot.allocation.numbers import round_half_up
from bot.allocation.points import Scored, Total, score, totals
from bot.allocation.protection import Protected, protect
from bot.allocation.request import AllocationRequest
from bot.allocation.result import NoFigureReason, Status
from bot.content.models import AgePack, AllocationTable, Questionnaire, Stream


@dataclass(frozen=True, slots=True)
class Setting:
    """What a request is worked out with. ``table`` is None only for an age pack without points."""

    questionnaire: Questionnaire
    pack: AgePack
    table: AllocationTable | None
    on: date


@dataclass(frozen=True, slots=True)
class Working:
    """Every step of one calculation. A step that was not reached is None or empty."""

    request: AllocationRequest
    setting: Setting
    status: Status
    scored: tuple[Scored, ...]
    totals: dict[Stream, Total] | None = None
    no_figure: tuple[NoFigureReason, ...] = ()
    bracket: Bracket | None = None
    rounded_pence: int | None = None
    """What the table gives, rounded to its step; also under the point where its amounts start."""
    protected: Protected | None = None
    amount_pence: int | None = None
    """The guide amount, in pence a year."""

    @property
    def missing(self) -> tuple[Scored, ...]:
        return tuple(item for item in self.scored if item.missing) if self.setting.pack.scored else ()

    @property
    def flags(self) -> tuple[str, ...]:
        """What a professional should notice."""
        found: list[str] = []
        reasons = {item.reason for item in self.no_figure}
        if "age_not_scored" in reasons:
            found.append(f"under_{self.setting.pack.to_age + 1}")
        if "hand_over" in reasons:
            found.append("hand_over")
        if any(item.bespoke_level is not None for item in self.scored):
            found.append("needs_person_to_cost")
        if "score_above_table" in reasons:
            found.append("score_above_table")
        if self.below:
            found.append("below_threshold")
        if any(item.differ for item in self.scored):
            found.append("answers_differ")
        if any(item.counted is not None and item.counted.bad_day_used for item in self.scored):
            found.append("hard_days_counted")
        if self.protected is not None and self.protected.effect in ("raised", "held"):
            found.append("transition_protection")
        return tuple(found)

    @property
    def below(self) -> bool:
        """The need score is under the point where the table's amounts start."""
        table = self.setting.table
        return (
            self.bracket is not None
            and self.totals is not None
            and table is not None
            and self.totals["social_care"].need_score < table.below_threshold_under
        )


def work_out(request: AllocationRequest, setting: Setting) -> Working:
    """Work out a checked request (see :func:`bot.allocation.run.allocate`, which checks and explains as well)."""
    scored = score(setting.questionnaire, setting.pack, request.answers, request.prefer_by)
    if setting.table is None:
        reason: Literal["hand_over", "age_not_scored"] = "hand_over" if setting.pack.hand_over else "age_not_scored"
        return Working(request, setting, "bespoke", scored, no_figure=(NoFigureReason(reason=reason),))
    if any(item.missing for item in scored):
        return Working(request, setting, "not_ready", scored)
    by_stream = totals(scored)
    hit = bracket(setting.table, by_stream["social_care"].need_score)
    reasons = _no_figure(scored, above=hit is None)
    if reasons or hit is None:
        return Working(request, setting, "bespoke", scored, by_stream, reasons)
    return _amount(Working(request, setting, "ok", scored, by_stream, (), hit), hit, setting.table)


def _no_figure(scored: Sequence[Scored], above: bool) -> tuple[NoFigureReason, ...]:
    levels = [(item.question.id, item.bespoke_level) for item in scored if item.bespoke_level is not None]
    reasons = [NoFigureReason(reason="level_needs_person", code=code, level=level) for code, level in levels]
    return (*reasons, NoFigureReason(reason="score_above_table")) if above else tuple(reasons)


def _amount(working: Working, hit: Bracket, table: AllocationTable) -> Working:
    """Under the point where amounts start there is a signpost in place of a figure, unless protection gives one."""
    rounded = round_half_up(hit.exact_pence, table.rounding_pence)
    given = 0 if working.below else rounded
    context = working.request.context
    protected = None
    if context.protection is not None and context.previous_pence is not None:
        protected = protect(given, context.previous_pence, context.protection, working.setting.on)
    amount = given if protected is None else protected.after_pence
    signpost = working.below and amount == 0
    return Working(
        working.request,
        working.setting,
        "below_threshold" if signpost else "ok",
        working.scored,
        working.totals,
        bracket=hit,
        rounded_pence=rounded,
        protected=protected,
        amount_pence=None if signpost else amount,
    )
