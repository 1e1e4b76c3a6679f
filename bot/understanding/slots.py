"""The occasions of a line, with what each leaves out taken from its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bot.understanding.frequency import Frequency
from bot.understanding.line_facts import Slot


def _told_twice(slots: Sequence[Slot]) -> Sequence[Slot]:
    """Without the whole of a week that its days then come to: "6 hours a week, that is Mondays 3 and Wednesdays 3"."""
    first, *rest = slots
    hours = [slot.hours for slot in rest]
    weekly = all(slot.often is None or slot.often.per == "week" for slot in slots)
    if len(rest) > 1 and first.hours and weekly and sum(hour or 0 for hour in hours) == first.hours:
        return [Slot(first.hours, often=Frequency(Fraction(1), "week"), season=first.season)]
    if not rest or first.hours is None or first.often is None or first.often.days is not None:
        return slots
    by_day = [(slot.hours, slot.often) for slot in rest]
    if not all(hours and often and often.days and often.per == first.often.per for hours, often in by_day):
        return slots
    total = sum(((hours or 0) * ((often.times if often else 0) or 0) for hours, often in by_day), Fraction(0))
    return rest if total == first.hours * (first.often.times or 0) else slots


def whole(slots: Sequence[Slot]) -> list[Slot]:
    """Slots with what they leave out taken from their neighbours: "3 hours on Sundays and on Wednesdays"."""
    slots = _told_twice(slots)
    found: list[Slot] = []
    for slot in slots:
        before = found[-1] if found else None
        hours = slot.hours if slot.hours is not None or slot.open_hours or before is None else before.hours
        found.append(Slot(hours, slot.open_hours, slot.often, slot.season))
    lacking = [slot for slot in found if slot.often is None]
    said = [slot.often for slot in found if slot.often is not None]
    if said and len(lacking) == len(found) - len(said) and lacking:
        # "3 hours swimming and 2 hours football, every week": the one frequency is for both.
        for slot in lacking:
            slot.often = said[-1]
    return found
