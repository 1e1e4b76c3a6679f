"""How many units of a line are bought, and in what stretch of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.understanding.frequency import Frequency
from bot.understanding.line_facts import Amount, Draft, Slot
from bot.understanding.line_item import TIMES_A_YEAR, WEEKS_OF, Missing, Per, Season, Unit

HOURS_OF_A_WEEK = 168
LEAST_OF_A_BLOCK = 4
_MANY_WEEKS = 20
_FEW_WEEKS = 4
"""Up to so many, "two weeks a year" are bought one by one; more say in which weeks something happens."""

_COARSE = ("mile", "hour", "session", "day", "night", "week", "fortnight", "month", "term", "year")
PERIOD_OF: dict[str, Per] = {
    "week": "week", "fortnight": "fortnight", "month": "month", "term": "term", "year": "year"
}  # fmt: skip

_FEAST = re.compile(r"\b(?:christmas|xmas|easter|halloween|birthday)\b", re.IGNORECASE)
"""Named by a time that comes once a year: "Christmas panto tickets"."""

_ROUNDS = re.compile(r"\b(?:games|rounds|rides|tickets|goes)\b", re.IGNORECASE)
"""Counted in one visit: "£6.75 a game, 2 games, once a fortnight"."""

_TIMES_SIGN = re.compile(r"[x×*]\s?\d|\d\s?[x×*](?!\w)")
""" "ear defenders £15 x 2"."""

_WAYS = re.compile(r"\b(?:trips|journeys|rides)\b", re.IGNORECASE)
"""Ways counted one by one: "both ways, £9 a trip, ten trips a week"."""


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


class Quantities:
    """What was said, and what of it has to be asked for."""

    def __init__(self, draft: Draft, naming: Naming) -> None:
        self.draft = draft
        self.naming = naming
        self.missing: set[Missing] = set()
        self.amounts = [amount for amount in draft.amounts if not amount.old]
        self.main, self.totals = self._main_and_totals()
        self.slots = _whole(draft.slots)

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

    def _quantity(self, unit: Unit) -> tuple[Fraction | None, Per]:
        draft = self.draft
        if draft.conflict:
            self.missing.add("how_often")
        if unit == "one-off":
            return self._how_many_things(), "once"
        if unit in PERIOD_OF and not self._counted_weeks(unit):
            return self._each_period(unit)
        if self._counted_weeks(unit):
            return self._weeks_of_year()
        if self._by_mile:
            return self._miles()
        if unit == "hour":
            return self._hours()
        return self._occasions(unit)

    def _how_many_things(self) -> Fraction:
        main = self.main
        if main is not None and main.unit == "session":
            return self.draft.things or self.draft.times or self.draft.counts.get("session") or Fraction(1)
        by_number = main is not None and (main.at or main.each or _TIMES_SIGN.search(self.naming.words) is not None)
        several = self.draft.things or (self.draft.times if by_number else None)
        if several is not None and several > 1 and main is not None:
            if main.covers:
                return Fraction(1)  # "two bean bags for £90"
            if by_number:
                return several
            self.missing.add("amount_for")
        if main is not None and main.each and self.draft.people is not None:
            return self.draft.people
        sessions = self.draft.counts.get("session")
        return sessions if sessions is not None and main is not None and (main.at or main.each) else Fraction(1)

    def _each_period(self, unit: Unit) -> tuple[Fraction | None, Per]:
        """ "£60 a month": one a month, however often one goes in it."""
        people = self._people()
        if self.draft.some_weeks or (unit in ("month", "term") and self._season() is not None and unit == "month"):
            self.missing.add("how_many_weeks")
        return people, PERIOD_OF[unit]

    def _counted_weeks(self, unit: Unit) -> bool:
        """ "£150 a week for 2 weeks in August": so many weeks of the year, and not every week."""
        if unit != "week":
            return False
        count = self.draft.counts.get("week")
        weeks = self.draft.weeks
        if count is not None:
            return True
        few = weeks is not None and weeks.number <= _FEW_WEEKS and not weeks.times
        return weeks is not None and weeks.unit == "week" and (few or self.draft.moment or self.draft.some_weeks)

    def _weeks_of_year(self) -> tuple[Fraction | None, Per]:
        count = self.draft.counts.get("week")
        if count is None and self.draft.weeks is not None:
            count = Fraction(self.draft.weeks.number)
        slot = self.slots[0].often
        if slot is not None and slot.times is not None and slot.per not in ("week", "day", "fortnight"):
            return (count or Fraction(1)) * slot.times, slot.per
        if self.draft.moment or self.draft.some_weeks or count != 1 or self.draft.weeks is not None:
            return count, "year"
        self.missing.add("how_often")
        return count, "once"

    def _miles(self) -> tuple[Fraction | None, Per]:
        miles = self.draft.counts.get("mile")
        if miles is None:
            self.missing.add("how_long")
        times, per = self._often("mile")
        if miles is None or times is None:
            return miles, per
        return miles * times * (2 if self.draft.both_ways else 1), per

    def _hours(self) -> tuple[Fraction | None, Per]:
        if any(slot.open_hours for slot in self.slots) or all(slot.hours is None for slot in self.slots):
            self.missing.add("how_long")
        days = self._block_of_days()
        if days is not None:
            return days, "once"
        times, per = self._often("hour")
        if "how_long" in self.missing:
            return None, per
        if times is None:
            hours = self.slots[0].hours
            return hours if len(self.slots) == 1 else None, per
        total = times * self._staff()
        week = total * TIMES_A_YEAR[per] / TIMES_A_YEAR["week"]
        if per != "once" and week > HOURS_OF_A_WEEK:
            self.missing.add("how_long")
            return None, per
        return total, per

    def _block_of_days(self) -> Fraction | None:
        """Hours of so many days that end: "6 hours a day, 12 days"."""
        slot, days = self.slots[0], self.draft.counts.get("day")
        if len(self.slots) > 1 or slot.hours is None or slot.often is None or days is None or days < LEAST_OF_A_BLOCK:
            return None
        daily = slot.often.plain and slot.often.per == "day" and not self.draft.seasons
        return slot.hours * days * self._staff() if daily else None

    def _staff(self) -> Fraction:
        """Two PAs at £13 an hour are paid twice as much, and £6 an hour for each of two children is twice £6."""
        main = self.main
        if self.draft.people is not None and main is not None and (main.per_person or main.each):
            return self.draft.people
        several = self.draft.things
        return several if several is not None and self.naming.worker and several <= 4 else Fraction(1)

    def _occasions(self, unit: Unit) -> tuple[Fraction | None, Per]:
        times, per = self._often(unit)
        people = self._people()
        if times is None:
            counted = self.draft.counts.get(unit) if unit in ("night", "day") else None
            return counted, per
        times *= 2 if self.draft.both_ways and not _WAYS.search(self.naming.words) else 1
        tickets = self.draft.counts.get("session")
        each = self.main is not None and (self.main.each or _ROUNDS.search(self.naming.words) is not None)
        plain = all(slot.often is None or slot.often.plain for slot in self.slots)
        each = each or (self.main is not None and self.main.unit == "session" and plain)
        if tickets is not None and self._often_said() and each and people == 1:
            times *= tickets
        return (times * people if people is not None else None), per

    def _people(self) -> Fraction | None:
        """How many pay. None, and asked for, when the price is for each person and how many was not said."""
        main = self.main
        if main is None:
            return Fraction(1)
        if main.per_person:
            people = self.draft.people
            if people is None:
                self.missing.add("how_many_people")
            return people
        by_ticket = main.each or re.search(r"\btickets?\b", self.naming.words, re.IGNORECASE) is not None
        return self.draft.people if self.draft.people is not None and by_ticket else Fraction(1)

    def _often(self, unit: str) -> tuple[Fraction | None, Per]:
        """Units bought in a stretch of time, over all slots; hours are counted with each."""
        known = [(slot, slot.often) for slot in self.slots if slot.often is not None]
        if unit == "hour" and self._two_seasons():
            return self._by_season()
        if unit == "hour":
            return self._sum([(slot.hours, often) for slot, often in known])
        if unit == "night" and len(known) == 1 and known[0][1].per in ("month", "term", "year"):
            nights = self.draft.counts.get("night")
            days_said = known[0][1].days
            if nights is not None and (days_said is None or days_said.occasions in (1, nights)):
                return self._sum([(nights, known[0][1])])  # "2 nights, four times a year"
        if unit == "day":
            days = self.draft.counts.get("day")
            if days is not None and len(known) == 1 and known[0][1].per in ("month", "term", "year"):
                return self._sum([(days, known[0][1])])  # "five days, £48 a day, once a year"
            return self._sum([(_days_of(often), often) for _, often in known])
        if unit == "night" and any(often.days is not None and often.days.weekend for _, often in known):
            self.missing.add("how_long")
        return self._sum([(Fraction(1), often) for _, often in known])

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

    def _sum(self, parts: Sequence[tuple[Fraction | None, Frequency]]) -> tuple[Fraction | None, Per]:
        draft = self.draft
        if not parts:
            return self._without_often()
        each = [(number, often) for number, often in parts]
        if any(often.times is None for _, often in each):
            self.missing.add("how_often")
            return None, each[0][1].per
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
        if self._weeks_unsettled(per):
            self.missing.add("how_many_weeks" if per != "day" else "how_often")
        if per == "day" and (self._season() is not None or draft.some_weeks or draft.moment or draft.weeks is not None):
            self.missing.add("how_often")
        return total, per

    def _weeks_unsettled(self, per: Per) -> bool:
        if per == "month":
            return (self._season() is not None or self.draft.some_weeks) and self.draft.weeks is None
        return self.draft.some_weeks and per in ("day", "week", "fortnight") and self.draft.weeks is None

    def _without_often(self) -> tuple[Fraction | None, Per]:
        """Nothing said how often. A time that comes once a year, or "x 38 weeks", may still settle it."""
        draft = self.draft
        units = self._counted_units()
        each = self.main is not None and (self.main.each or self.main.unit == "session")
        if units is None and each and draft.things is not None:
            units = draft.things  # "two panto tickets this Christmas at £24 each"
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
        if draft.moment or _FEAST.search(self.naming.what) or (draft.yearly_break and units is not None):
            return units or Fraction(1), "once" if draft.this_time else "year"
        if draft.free and (self.main is None or not self.main.money.pence):
            return None, "once"
        block = self._block()
        if block is None:
            self.missing.add("how_often")
        return block, "once"

    def _every_week(self) -> bool:
        """ "lessons £9, 36 weeks of the year": once in each of them."""
        weeks = self.draft.weeks
        alone = self.draft.times is None and not self.draft.open_times and not self.draft.counts
        by_visit = self.main is not None and self.main.unit in (None, "session") and not self.main.covers
        return weeks is not None and weeks.unit == "week" and weeks.number >= _MANY_WEEKS and alone and by_visit

    def _block(self) -> Fraction | None:
        """So many sessions, days or nights that end: "£13 a lesson, 30 lessons". Two or three may be those of a week."""
        draft, main = self.draft, self.main
        if main is None or draft.open_times or draft.some_weeks or draft.seasons or draft.weeks is not None:
            return None
        if main.at and main.unit is None and draft.times is not None and draft.times >= LEAST_OF_A_BLOCK:
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
        if unit != "week" and per in ("week", "fortnight") and count is not None and count.denominator == 1:
            return int(count)
        season = self._season()
        return WEEKS_OF[season] if season is not None and per in ("week", "fortnight") else None


def _coarseness(amount: Amount, draft: Draft) -> int:
    """Where an amount stands between a mile and a year; without a unit it is for an hour ("3 hours at 9") or a session."""
    unit = amount.unit
    if unit is None:
        unit = "hour" if amount.at and any(slot.hours is not None for slot in draft.slots) else "session"
    return _COARSE.index(unit) if unit in _COARSE else _COARSE.index("session")


def _days_of(often: Frequency) -> Fraction:
    """Days of one occasion: a weekend has two."""
    return Fraction(2) if often.days is not None and often.days.weekend else Fraction(1)


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


def _whole(slots: Sequence[Slot]) -> list[Slot]:
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
