"""How many units of a line are bought, and in what stretch of time."""

from __future__ import annotations

import re
from fractions import Fraction

from bot.understanding.how_often import (
    LEAST_OF_A_BLOCK,
    PERIOD_OF,
    HowOften,
)
from bot.understanding.line_item import TIMES_A_YEAR, Per, Unit

HOURS_OF_A_WEEK = 168
_A_WEEK = 7

_FEW_WEEKS = 4
"""Up to so many, "two weeks a year" are bought one by one; more say in which weeks something happens."""

_ROUNDS = re.compile(r"\b(?:games|rounds|rides|tickets|goes)\b", re.IGNORECASE)
"""Counted in one visit: "£6.75 a game, 2 games, once a fortnight"."""

_TIMES_SIGN = re.compile(r"[x×*]\s?\d|\d\s?[x×*](?!\w)")
""" "ear defenders £15 x 2"."""

_TOGETHER = re.compile(r"\btickets? together\b|\bbetween (?:them|us|the two)\b", re.IGNORECASE)

_A_HEAD = re.compile(r"\ba head\b", re.IGNORECASE)
""" "a brunch every Sunday, £12 a head": what one who goes there pays."""
_SEVERAL = re.compile(
    r"\b(?:us|we|we're|our|family|families|everyone|all|both|together|mates|friends)\b", re.IGNORECASE
)

_SEASON = re.compile(r"\b(?:summer|easter|christmas|xmas|winter|half[ -]?term|october|february)\b", re.IGNORECASE)
"""Named by a part of the year: "the Easter scheme, one week"."""

_WAYS = re.compile(r"\b(?:trips|journeys|rides)\b", re.IGNORECASE)
"""Ways counted one by one: "both ways, £9 a trip, ten trips a week"."""


_ONE_FOR = re.compile(
    r"\bone\s+(?:for|in|at|on|to|by|upstairs|downstairs|left|red|blue|big|small|little)\b", re.IGNORECASE
)
"""Things told off one by one."""
_PAIR = re.compile(
    r"\bpair of (?!(?:[\w-]+ ){0,2}(?:shoes|boots|trainers|wellies|socks|gloves|mittens|trousers|splints|skates|slippers|sandals|goggles|"
    r"glasses|shorts|tights|pyjamas|defenders|headphones|earphones|crutches|scissors|jeans|leggings|orthotics|insoles|pads|hearing aids)\b)|\bboth\b",
    re.IGNORECASE,
)
"""Two of what is no pair by itself."""


class Quantities(HowOften):
    """How many units a line buys, by the kind of unit."""

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
        by_number = main is not None and (
            main.at or main.each or main.per_person or _TIMES_SIGN.search(self.naming.words) is not None
        )
        several = self.draft.things or (self.draft.times if by_number else None)
        if several is not None and several > 1 and main is not None:
            if main.covers:
                return Fraction(1)  # "two bean bags for £90"
            if by_number:
                return several
            self.missing.add("amount_for")
        if main is not None and (main.each or main.per_person) and self.draft.people is not None:
            return self.draft.people
        sessions = self.draft.counts.get("session")
        if sessions is not None and main is not None and (main.at or main.each):
            return sessions
        return self._one_by_one() if main is not None and main.each else Fraction(1)

    def _one_by_one(self) -> Fraction:
        """ "Lamps, one for his room and one for the lounge, £45 each", "a pair of stair gates, £45 each"."""
        named = len(_ONE_FOR.findall(self.naming.words))
        pair = 2 if _PAIR.search(self.naming.words) else 1
        return Fraction(max(named, pair))

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
        seasonal = _SEASON.search(self.naming.what) is not None
        if self.draft.moment or self.draft.some_weeks or seasonal or count != 1 or self.draft.weeks is not None:
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
        if (
            len(self.slots) > 1
            or slot.hours is None
            or slot.often is None
            or days is None
            or days < LEAST_OF_A_BLOCK
            or days == _A_WEEK
        ):
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
        if tickets is None and self.main is not None and self.main.each and not self.naming.worker:
            tickets = self.draft.things  # "four seats at £9 each, once a year"
        each = self.main is not None and (self.main.each or _ROUNDS.search(self.naming.words) is not None)
        each = each or (self.draft.both_ways and _WAYS.search(self.naming.words) is not None)
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
            people = self.draft.people or self.draft.things  # "£5 a child, and I've two of them"
            if people is None and _A_HEAD.search(self.naming.words) and not _SEVERAL.search(self.naming.words):
                return Fraction(1)
            if people is None:
                self.missing.add("how_many_people")
            return people
        told_twice = (
            self.draft.people is not None and self.draft.people == self.draft.things
        )  # "two tickets, him and his dad"
        if main.covers or told_twice or _TOGETHER.search(self.naming.words):
            return Fraction(1)  # "£14 for both tickets together"
        by_ticket = main.each or re.search(r"\btickets?\b", self.naming.words, re.IGNORECASE) is not None
        return self.draft.people if self.draft.people is not None and by_ticket else Fraction(1)
