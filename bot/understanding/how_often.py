"""How often the units of a line are bought, over all its occasions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.understanding.frequency import Frequency
from bot.understanding.line_facts import Amount, Draft
from bot.understanding.line_item import TIMES_A_YEAR, WEEKS_OF, Missing, Per, Season, Unit
from bot.understanding.slots import whole

LEAST_OF_A_BLOCK = 4

_MANY_WEEKS = 20
_A_WEEK = 7

_COARSE = ("mile", "hour", "session", "day", "night", "week", "fortnight", "month", "term", "year")

PERIOD_OF: dict[str, Per] = {
    "week": "week", "fortnight": "fortnight", "month": "month", "term": "term", "year": "year"
}  # fmt: skip

_FEAST = re.compile(r"\b(?:christmas|xmas|easter|halloween|birthday)\b", re.IGNORECASE)
"""Named by a time that comes once a year: "Christmas panto tickets"."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What is known of the thing itself."""

    what: str
    words: str
    worker: bool
    lasts: bool
    """Bought once, by its nature."""
    lesson: bool
    """Said as an occasion of its own (a lesson, a club), so that its price is for the whole of it."""


def _coarseness(amount: Amount, draft: Draft) -> int:
    """Where an amount stands between a mile and a year; without a unit it is for an hour ("3 hours at 9") or a session."""
    unit = amount.unit
    if unit is None:
        unit = "hour" if amount.at and any(slot.hours is not None for slot in draft.slots) else "session"
    return _COARSE.index(unit) if unit in _COARSE else _COARSE.index("session")


def _days_of(often: Frequency) -> Fraction:
    """Days of one occasion: a weekend has two."""
    return Fraction(2) if often.days is not None and often.days.weekend else Fraction(1)


class HowOften:
    """What was said, and what of it has to be asked for."""

    def __init__(self, draft: Draft, naming: Naming) -> None:
        self.draft = draft
        self.naming = naming
        self.missing: set[Missing] = set()
        self.amounts = [amount for amount in draft.amounts if not amount.old]
        self.main, self.totals = self._main_and_totals()
        self.slots = whole(draft.slots)

    def _main_and_totals(self) -> tuple[Amount | None, list[Amount]]:
        if not self.amounts:
            return None, []
        plain = [amount for amount in self.amounts if not amount.total] or self.amounts
        main = min(plain, key=lambda amount: _coarseness(amount, self.draft))
        return main, [amount for amount in self.amounts if amount is not main]

    @property
    def _by_mile(self) -> bool:
        return (self.main is not None and self.main.unit == "mile") or (
            self.main is not None and self.main.unit is None and "mile" in self.draft.counts and self._small_or_at()
        )

    def _small_or_at(self) -> bool:
        """ "25 miles a week at 45p", or less than a pound beside miles."""
        main = self.main
        return main is not None and (main.at or (main.money.pence is not None and main.money.pence < 100))

    def _often_said(self) -> bool:
        return any(slot.often is not None for slot in self.draft.slots)

    def _often(self, unit: str) -> tuple[Fraction | None, Per]:
        """Units bought in a stretch of time, over all slots; hours are counted with each."""
        known = [(slot, slot.often) for slot in self.slots if slot.often is not None]
        if unit == "hour" and self._two_seasons():
            return self._by_season()
        if unit == "hour":
            return self._sum([(slot.hours, often) for slot, often in known], unit)
        if unit == "night" and len(known) == 1 and known[0][1].per in ("month", "term", "year"):
            nights = self.draft.counts.get("night")
            days_said = known[0][1].days
            if nights is not None and (days_said is None or days_said.occasions in (1, nights)):
                return self._sum([(nights, known[0][1])], unit)  # "2 nights, four times a year"
        if unit == "day":
            days = self.draft.counts.get("day")
            if (
                days is not None
                and self.draft.moment
                and len(known) == 1
                and known[0][1].plain
                and known[0][1].per == "day"
            ):
                return days, "once" if self.draft.this_time else "year"  # "this July, five days, £45 every day"
            if days is not None and len(known) == 1 and known[0][1].per in ("month", "term", "year"):
                return self._sum([(days, known[0][1])], unit)  # "five days, £48 a day, once a year"
            return self._sum([(_days_of(often), often) for _, often in known], unit)
        if unit == "night" and any(often.days is not None and often.days.weekend for _, often in known):
            self.missing.add("how_long")
        return self._sum([(Fraction(1), often) for _, often in known], unit)

    def _two_seasons(self) -> bool:
        seasons = {slot.season for slot in self.slots if slot.hours is not None}
        return seasons == {"term_time", "holidays"}

    def _by_season(self) -> tuple[Fraction | None, Per]:
        """Hours of a year, when the weeks of term and of the holidays have their own."""
        total = Fraction(0)
        for slot in self.slots:
            often = slot.often
            if slot.hours is None or slot.season is None:
                continue
            if often is None or often.times is None or often.per not in ("week", "fortnight"):
                self.missing.add("how_often")
                return None, "year"
            total += slot.hours * often.times * WEEKS_OF[slot.season] / (2 if often.per == "fortnight" else 1)
        return total, "year"

    def _sum(self, parts: Sequence[tuple[Fraction | None, Frequency]], unit: str) -> tuple[Fraction | None, Per]:
        draft = self.draft
        if not parts:
            return self._without_often(unit)
        each = [(number, often) for number, often in parts]
        if any(often.times is None for _, often in each):
            self.missing.add("how_often")
            return None, each[0][1].per
        daily = self.draft.counts.get("day") == _A_WEEK and all(often.plain and often.per == "day" for _, often in each)
        if daily:  # "half an hour every morning, seven days"
            each = [(number, Frequency(Fraction(_A_WEEK), "week")) for number, _ in each]
        per = each[0][1].per
        numbers = [(number if number is not None else Fraction(0)) * (often.times or 0) for number, often in each]
        if all(often.per == per for _, often in each):
            total = sum(numbers, Fraction(0))
        else:
            total = sum(
                (number * TIMES_A_YEAR[often.per] for number, (_, often) in zip(numbers, each, strict=True)),
                Fraction(0),
            )
            per = "year"
        total *= draft.times if draft.times is not None else 1
        total *= 2 if draft.both_ways and unit == "hour" else 1
        if self._weeks_unsettled(per):
            self.missing.add("how_many_weeks" if per != "day" else "how_often")
        if per == "day" and (self._season() is not None or draft.some_weeks or draft.moment or draft.weeks is not None):
            self.missing.add("how_often")
        return total, per

    def _weeks_unsettled(self, per: Per) -> bool:
        if per == "month":
            return (self._season() is not None or self.draft.some_weeks) and self.draft.weeks is None
        return self.draft.some_weeks and per in ("day", "week", "fortnight") and self.draft.weeks is None

    def _without_often(self, unit: str) -> tuple[Fraction | None, Per]:
        """Nothing said how often. A time that comes once a year, or "x 38 weeks", may still settle it."""
        draft = self.draft
        units = self._counted_units()
        each = self.main is not None and (self.main.each or self.main.at or self.main.unit == "session")
        if units is None and each and draft.things is not None:
            units = draft.things  # "two panto tickets this Christmas at £24 each"
        days = draft.counts.get("day")
        if unit == "hour" and days and days <= _A_WEEK and len(self.slots) == 1 and (draft.seasons or draft.times):
            # "half an hour each way, five days, in term time", "half an hour morning and night, seven days"
            hours = self.slots[0].hours
            times = (draft.times or 1) * (2 if draft.both_ways else 1)
            return hours * days * times if hours else None, "week"
        if units is not None and units <= _A_WEEK and units > 1 and draft.seasons == {"term_time"} and self._by_day():
            return units, "week"  # "£4.75 a morning, five mornings, term time"
        if draft.one_off:
            return units or Fraction(1), "once"
        if draft.weeks is not None and draft.weeks.times:
            return (units or Fraction(1)) * (draft.times or 1), "week" if draft.weeks.unit == "week" else "month"
        if self._every_week() and draft.weeks is not None:
            return units or Fraction(1), "week"
        if draft.weeks is not None and draft.weeks.unit == "week" and draft.weeks.number == 1:
            return Fraction(1), "year"  # "one week a year £480"
        if draft.in_all and units is not None:
            return units, "once"
        weeks = draft.counts.get("week")
        if units is not None and units <= _A_WEEK and weeks is not None and weeks >= _MANY_WEEKS:
            return units, "week"  # "£3.80 a day, five days, 39 weeks"
        if draft.moment or _FEAST.search(self.naming.what) or (draft.yearly_break and units is not None):
            return (units or Fraction(1)) * (draft.times or 1), "once" if draft.this_time else "year"
        if draft.free and (self.main is None or not self.main.money.pence):
            return None, "once"
        block = self._block()
        if block is None:
            self.missing.add("how_often")
        return block, "once"

    def _by_day(self) -> bool:
        """Whether what is paid is paid by the day or the visit, and so many of them were counted."""
        main = self.main
        return main is not None and not main.covers and not self.draft.one_off and main.unit in ("session", "day")

    def _every_week(self) -> bool:
        """ "lessons £9, 36 weeks of the year": once in each of them."""
        weeks = self.draft.weeks
        alone = self.draft.times is None and not self.draft.open_times and not self.draft.counts
        by_visit = self.main is not None and self.main.unit in (None, "session") and not self.main.covers
        return weeks is not None and weeks.unit == "week" and weeks.number >= _MANY_WEEKS and alone and by_visit

    def _block(self) -> Fraction | None:
        """So many sessions, days or nights that end: "£13 a lesson, 30 lessons". Two or three may be those of a week."""
        draft, main = self.draft, self.main
        nights = draft.counts.get("night")
        if (main is None or main.money.trouble == "amount") and nights is not None and nights >= LEAST_OF_A_BLOCK:
            return nights  # "a holiday with a nurse, five nights, I don't know the cost"
        unknown = main is None or main.money.trouble == "amount"
        visits = draft.counts.get("session", draft.things if self.naming.lesson else None)
        if unknown and visits is not None and visits >= LEAST_OF_A_BLOCK and not draft.open_times:
            return visits  # "six sessions of music therapy, waiting for the price"
        if main is None or draft.open_times or draft.some_weeks or draft.seasons or draft.weeks is not None:
            return None
        if (main.at or main.each) and main.unit is None and draft.times is not None and draft.times >= LEAST_OF_A_BLOCK:
            return draft.times  # "6 x £20"
        counted = next((name for name in ("session", "day", "night") if name in draft.counts), "session")
        unit = main.unit or (counted if main.at or main.each else None)
        if main.covers and (draft.counts.get("session") or 0) >= LEAST_OF_A_BLOCK:
            return Fraction(1)  # "£140 for a block of ten"
        if unit == "session" and draft.things is not None and draft.things >= LEAST_OF_A_BLOCK:
            return draft.things  # "5 driving lessons, £38 each"
        count = draft.counts.get(unit) if unit in ("session", "day", "night") else None
        if count is None and self.naming.lasts:
            count = draft.times  # "three lots of bedding at £24 a set"
        least = 2 if self.naming.lasts else LEAST_OF_A_BLOCK
        return count if count is not None and count >= least else None

    def _counted_units(self) -> Fraction | None:
        hours = [slot.hours for slot in self.slots if slot.hours is not None]
        if self.main is not None and (self.main.unit == "hour" or self.main.at) and hours:
            return sum(hours, Fraction(0))
        for unit in ("night", "day", "session"):
            if self.draft.counts.get(unit) is not None and not (self.main is not None and self.main.covers):
                return self.draft.counts[unit]
        return None

    def _season(self) -> Season | None:
        seasons = self.draft.seasons
        return next(iter(seasons)) if len(seasons) == 1 else None

    def _weeks(self, per: Per, unit: Unit) -> int | None:
        if self.draft.weeks is not None and self.draft.weeks.unit == "week":
            return self.draft.weeks.number
        count = self.draft.counts.get("week")
        if (
            unit != "week"
            and per in ("week", "fortnight")
            and count is not None
            and count > 1
            and count.denominator == 1
        ):
            return int(count)
        season = self._season()
        return WEEKS_OF[season] if season is not None and per in ("week", "fortnight") else None
