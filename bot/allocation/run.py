"""The one way in: a request and the content to a guide amount with its whole explanation. Pure; the day is given."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import ValidationError

from bot.allocation import sentences as say
from bot.allocation.checking import checked
from bot.allocation.explain import Explainer
from bot.allocation.numbers import decimal, shown_score, weekly_pence
from bot.allocation.points import STREAMS
from bot.allocation.refusal import AllocationRefused, unreadable
from bot.allocation.request import AllocationRequest
from bot.allocation.result import AllocationResult, Scores, StreamResult
from bot.allocation.trace import trace
from bot.allocation.working import Working, work_out
from bot.content.loader import Content
from bot.content.models import Stream, Who


def allocate(content: Content, request: AllocationRequest, today: date) -> AllocationResult:
    """Work out a guide amount (indicative allocation) and explain it.

    The same content, request and day always give the same result. Raises
    :class:`bot.allocation.refusal.AllocationRefused` naming every code, level, date or id that does not fit.
    """
    working = work_out(request, checked(content, request, today))
    expires_on = _expires_on(working)
    explainer = Explainer(working, content.council, expires_on)
    weekly = None if working.amount_pence is None else weekly_pence(working.amount_pence)
    return AllocationResult(
        status=working.status,
        scores=_scores(working),
        streams=tuple(_stream(working, stream, explainer.who) for stream in STREAMS),
        amount_pence=working.amount_pence,
        weekly_pence=weekly,
        flags=working.flags,
        not_included=explainer.not_included(),
        missing=tuple(item.question.id for item in working.missing),
        explanation=explainer.lines(),
        expires_on=expires_on,
        trace=trace(working),
    )


def allocate_json(content: Content, request: object, today: date) -> dict[str, Any]:
    """:func:`allocate` for a request that was read from JSON, with the reply as plain JSON values."""
    try:
        asked = AllocationRequest.model_validate(request)
    except ValidationError as error:
        raise AllocationRefused(unreadable(error.errors())) from error
    return allocate(content, asked, today).model_dump(mode="json")


def _scores(working: Working) -> Scores:
    if working.totals is None:
        return Scores(need_score=None, social_care=None, sen=None, nhs=None)
    points = {stream: decimal(total.points, 2) for stream, total in working.totals.items()}
    return Scores(need_score=shown_score(working.totals["social_care"].need_score), **points)


def _stream(working: Working, stream: Stream, who: Who) -> StreamResult:
    money = stream == "social_care"
    total = None if working.totals is None else working.totals[stream]
    amount = working.amount_pence if money else None
    if working.status == "not_ready":
        signal = say.NOT_WORKED_OUT
    elif total is None or (money and amount is None):
        signal = say.PERSON_WORKS_OUT if working.status == "bespoke" else say.OPEN_BELOW
    else:
        signal = say.SIGNALS[stream] if total.points else say.NO_SIGNAL
    return StreamResult(
        stream=stream,
        score=None if total is None else decimal(total.points, 2),
        most=None if total is None else decimal(total.most, 2),
        need_score=None if total is None or not total.most else shown_score(total.need_score),
        amount_pence=amount,
        weekly_pence=None if amount is None else weekly_pence(amount),
        signal=signal.for_(who),
    )


def _expires_on(working: Working) -> date | None:
    """The last day of the figure: a year on, or sooner when the table or the protection ends. None without a figure.

    An allocation is for twelve months and is looked at again each year (LGSCO Haringey 24 013 837).
    """
    if working.amount_pence is None:
        return None
    ends = [_a_year_on(working.setting.on)]
    if working.setting.table is not None and working.setting.table.valid_to is not None:
        ends.append(working.setting.table.valid_to)
    if working.protected is not None and working.protected.effect in ("raised", "held"):
        ends.append(working.protected.rule.until)
    return min(ends)


def _a_year_on(day: date) -> date:
    """The same day next year; 28 February after 29 February.

    >>> _a_year_on(date(2028, 2, 29))
    datetime.date(2029, 2, 28)
    """
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
