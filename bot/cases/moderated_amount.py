"""The guide amount from agreed levels, beside the family's own: the difference in pence, and which answers made it.

Both come from the one engine (:mod:`bot.allocation`), on the day and by the table of the family's own amount, so that
nothing but answers can make the difference. What another day's table would give is a what-if, never stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.allocation.request import AllocationRequest
from bot.allocation.result import AllocationResult, QuestionTrace
from bot.allocation.run import allocate
from bot.cases.moderation import FAR_SCORE, Side, agreed_request, professional_request
from bot.content.loader import Content


@dataclass(frozen=True, slots=True)
class Cause:
    """One question whose agreed level is not the one that counted before."""

    code: str
    title: str
    before: int | None
    """None: the family gave no level."""
    after: int
    points: Decimal
    """More social care points than before; less than 0 when fewer."""
    alone_pence: int | None
    """What this one change would do to the guide amount by itself. None where either has no figure."""


@dataclass(frozen=True, slots=True)
class Moderated:
    """Two results, and what lies between them."""

    before: AllocationResult
    """From the family's own answers."""
    after: AllocationResult
    """From the agreed levels where there are some, and the family's own answers everywhere else."""
    causes: tuple[Cause, ...]

    @property
    def difference_pence(self) -> int | None:
        """After less before, a year; None where either has no figure."""
        return _difference(self.before, self.after)


def moderated(
    content: Content, request: Mapping[str, Any], found: Iterable[Side], *, on: date, table: str | None = None
) -> Moderated:
    """Work out both amounts and why they differ.

    ``request`` is the family's own (:func:`bot.interview.allocation_request`); ``on`` the day whose table holds.
    Raises :class:`bot.allocation.refusal.AllocationRefused` where no table does.
    """
    every = tuple(found)
    own = {**request, "table": table}
    before = _worked_out(content, own, on)
    after = _worked_out(content, agreed_request(own, every), on)
    causes = []
    was, now = _by_code(before), _by_code(after)
    for side in every:
        if side.agreed is None or not side.scored:
            continue
        old, new = was[side.code], now[side.code]
        if old.level_used == new.level_used:
            continue
        alone = _worked_out(content, agreed_request(own, (side,)), on)
        causes.append(
            Cause(
                code=side.code,
                title=new.title,
                before=old.level_used,
                after=side.agreed.level,
                points=_social_care(new) - _social_care(old),
                alone_pence=_difference(before, alone),
            )
        )
    return Moderated(before, after, tuple(causes))


def score_apart(content: Content, request: Mapping[str, Any], found: Iterable[Side], *, on: date) -> Decimal | None:
    """How far the need score from a professional's own levels lies above the family's; None where either has none.

    From :data:`bot.cases.moderation.FAR_SCORE` either way somebody should talk with the family first.
    """
    family = _worked_out(content, dict(request), on).scores.need_score
    own = _worked_out(content, professional_request(request, found), on).scores.need_score
    return None if family is None or own is None else own - family


def is_far(apart: Decimal | None) -> bool:
    """Whether two need scores are far apart.

    >>> is_far(Decimal("-10.0")), is_far(Decimal("9.9")), is_far(None)
    (True, False, False)
    """
    return apart is not None and abs(apart) >= FAR_SCORE


def _worked_out(content: Content, request: Mapping[str, Any], on: date) -> AllocationResult:
    asked = AllocationRequest.model_validate({**request, "on": on.isoformat()})
    return allocate(content, asked, on)


def _by_code(result: AllocationResult) -> dict[str, QuestionTrace]:
    return {question.code: question for question in result.trace.questions}


def _social_care(question: QuestionTrace) -> Decimal:
    return question.stream_points.get("social_care", Decimal(0))


def _difference(before: AllocationResult, after: AllocationResult) -> int | None:
    if before.amount_pence is None or after.amount_pence is None:
        return None
    return after.amount_pence - before.amount_pence
