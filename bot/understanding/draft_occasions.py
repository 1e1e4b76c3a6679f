"""How long, how many and how often, as one line says it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bot.understanding import frequency
from bot.understanding.draft_walk import Walk
from bot.understanding.frequency import OPEN, Frequency
from bot.understanding.line_facts import Amount, Slot
from bot.understanding.line_marks import Bare, Count, Cue, Days, Each, Mark, Money, Times, Weeks
from bot.understanding.line_words import PERIODS, word_set
from bot.understanding.thing_words import WORKERS
from bot.understanding.things import Thing

_MOST_TIMES = 7
"""More times than this are not meant for a week."""

_FAR = 20
"""Words back to which "of them" may speak."""

_TILL = word_set("till til until to - while")
_COSTS = word_set("cost costs price rate charge charges fee pay")
_APART = word_set(", . ; and plus")
_ALTERNATE = 2
_LONG = ("month", "term", "year")
_OCCASIONS = {"session", "day", "night", "daypart", "weekend"}


class Occasions(Walk):
    """Hours, counts, days and stretches of time."""

    def _count(self, mark: Mark, count: Count) -> None:
        if count.unit in ("hour", "minute"):
            if not self._cue_before("was"):
                self._hours(count)
            return
        if count.unit == "item":
            self._draft.things = count.number
            if self._said_behind(mark):
                self._draft.amounts[-1].each = True
            if (times := self._period_next()) is not None and not self._hired(mark):
                self._at += 1
                self._often(so_often(count.number, times))  # "£90 a day out, four of them a year"
                self._draft.things = None
            return
        if count.article and count.unit in PERIODS and self._counted_thing():
            self._often(Frequency(self._draft.things, PERIODS[count.unit]))
            self._draft.things = None
            return
        period = self._period_next()
        if count.unit == "person":
            if not count.article:
                self._draft.people = count.number
        elif count.unit == "mile":
            self._draft.counts["mile"] = count.number
            if period is not None:
                self._at += 1
                self._often(replace(period, plain=False) if count.number is not None else OPEN)
        elif count.unit in _OCCASIONS and period is not None and self._said_anew(count, period):
            self._at += 1
            self._draft.counts.pop(count.unit, None)
            self._draft.times, self._slot.often = None, so_often(count.number, period)
            if count.unit in ("night", "day"):
                self._draft.counts.setdefault(f"{count.unit}s often", count.number)
        elif count.unit in _OCCASIONS and period is not None:
            self._at += 1
            if self._multiplied(mark) and self._draft.amounts and self._draft.amounts[-1].unit is None:
                self._draft.amounts[-1].unit = "session"  # "£4.20 x 2 nights a week"
            self._often(so_often(count.number, period))
            if count.unit in ("night", "day"):
                self._draft.counts.setdefault(f"{count.unit}s often", count.number)
        elif count.article and count.unit in ("day", "night", "daypart") and self._slot.hours is not None:
            self._often(Frequency(Fraction(1), "day", plain=True))
        elif (
            count.article and count.unit in PERIODS and (self._draft.times is not None or self._slot.hours is not None)
        ):
            self._often(Frequency(Fraction(1), PERIODS[count.unit], plain=True))
        elif count.article and count.unit in PERIODS and (counted := self._counted()) is not None:
            often = Frequency(self._draft.counts.pop(counted), PERIODS[count.unit])
            self._often(often)
            if counted in ("night", "day"):
                self._draft.counts[f"{counted}s often"] = often.times
        elif count.article and count.unit == "week" and self._for_one_week(mark):
            self._draft.counts["week"] = count.number  # "£300 for a week at the Calvert Trust in July"
        elif count.article and count.unit in PERIODS and self._unit_late(mark, count.unit):
            self._draft.amounts[-1].unit = count.unit
        elif count.article and count.unit in ("fortnight", "month", "year") and self._behind_thing(mark):
            self._often(Frequency(Fraction(1), PERIODS[count.unit], plain=True))  # "a pair of socks a month at £6"
        elif self._multiplied(mark) and count.unit in ("week", "month") and count.number is not None:
            self._draft.weeks = Weeks(int(count.number), "week" if count.unit == "week" else "month", times=True)
        else:
            self._draft.counts["session" if count.unit == "daypart" else count.unit] = count.number
            if self._multiplied(mark) and self._draft.amounts and self._draft.amounts[-1].unit is None:
                self._draft.amounts[-1].unit = count.unit

    def _said_behind(self, mark: Mark) -> bool:
        """ "reading rulers 2 quid, three of those", "brushes are £6.40 and I'd want 4 of them": a price, and then how many."""
        amounts = [amount for amount in self._draft.amounts if not amount.old]
        if len(amounts) != 1 or amounts[0].unit is not None or amounts[0].covers or amounts[0].total:
            return False
        if self._slot.often is not None or self._draft.counts:
            return False  # "£16.80 every Monday, and there's 6 of them in it"
        between = self._words[self._money_end : mark.start]
        return bool(between) and bool(_APART & set(between)) and "for" not in between[-2:]

    def _said_anew(self, count: Count, period: Frequency) -> bool:
        """ "two nights twice a year, so four nights a year": the same said as one sum."""
        often, counted = self._slot.often, self._draft.counts.get(count.unit)
        if often is None or often.a_year is None or not counted or not count.number or not period.a_year:
            return False
        return self._cue_before("total") and counted * often.a_year == count.number * period.a_year

    def _hired(self, mark: Mark) -> bool:
        """Whether so many are people: "two of them a week" may be two carers."""
        return any(word in WORKERS for word in self._words[max(0, mark.start - _FAR) : mark.end])

    def _counted(self) -> str | None:
        """Days, nights or visits that were counted, when the time they fall in comes only now: "two nights respite a year"."""
        if self._slot.often is not None:
            return None
        return next((unit for unit in ("night", "day", "session") if unit in self._draft.counts), None)

    def _for_one_week(self, mark: Mark) -> bool:
        """Whether an amount is for one week somewhere that comes once a year."""
        amount = self._draft.amounts[-1] if self._draft.amounts else None
        where = self._words[mark.end : mark.end + 1] in (["at"], ["in"], ["with"], ["away"])
        once = any(isinstance(one, Mark) and one.meaning in (Cue("moment"), Cue("break")) for one in self._elements)
        return amount is not None and amount.unit is None and where and once and self._words[mark.start - 1] == "for"

    def _unit_late(self, mark: Mark, unit: str) -> bool:
        """ "£10 phone top up a month": the unit of an amount, after the thing. Not "£650 caravan, a week in August"."""
        amount = self._draft.amounts[-1] if self._draft.amounts else None
        before = self._elements[self._at - 2] if self._at > 1 else None
        own_time = unit in ("week", "day") and self._next_meaning() == Cue("moment")
        alone = self._slot.often is None and self._slot.hours is None and not own_time
        behind = isinstance(before, Thing) or (
            isinstance(before, Mark)
            and isinstance(before.meaning, Money)
            and before.end < mark.start
            and self._words[mark.start - 1] in (".", ",", ";")
            and not isinstance(self._next(), Thing)
        )
        return amount is not None and amount.unit is None and not amount.old and behind and alone

    def _hour_late(self, mark: Mark, count: Count) -> bool:
        """ "£40 for the coach an hour, one hour a month": what the amount is for, as the hours are said later."""
        amount = self._draft.amounts[-1] if self._draft.amounts else None
        before = self._elements[self._at - 2] if self._at > 1 else None
        if amount is None or amount.unit is not None or not count.article or not isinstance(before, Thing):
            return False
        later = [element.meaning for element in self._elements[self._at :] if isinstance(element, Mark)]
        hours = any(isinstance(one, Count) and one.unit == "hour" and not one.article for one in later)
        return hours and before.end == mark.start and count.unit == "hour" and self._slot.hours is None

    def _behind_thing(self, mark: Mark) -> bool:
        """Whether a thing stands right before, and neither an amount nor how often was said."""
        before = self._elements[self._at - 2] if self._at > 1 else None
        free = not self._draft.amounts and self._slot.often is None
        return free and isinstance(before, Thing) and before.end == mark.start

    def _counted_thing(self) -> bool:
        """Whether a counted thing stands just before: "two swimming lessons a week", "two sessions of hydro a month"."""
        before = self._elements[self._at - 3 : self._at - 1] if self._at >= 3 else []
        if len(before) != 2 or not isinstance(before[0], Mark) or not isinstance(before[1], Thing):
            return False
        counted = before[0].meaning
        if isinstance(counted, Count) and counted.unit == "session" and not counted.article:
            self._draft.things = counted.number
            self._draft.counts.pop("session", None)
            return counted.number is not None
        return isinstance(counted, Bare) and self._draft.things is not None

    def _hours(self, count: Count) -> None:
        draft, slot = self._draft, self._slot
        mark = self._elements[self._at - 1]
        if isinstance(mark, Mark) and self._multiplied(mark) and draft.amounts and draft.amounts[-1].unit is None:
            draft.amounts[-1].unit = "hour"
        if isinstance(mark, Mark) and self._hour_late(mark, count):
            draft.amounts[-1].unit = "hour"
            return
        number = count.number if count.unit == "hour" or count.number is None else count.number / 60
        draft.minutes = draft.minutes or (count.unit == "minute") or (number is not None and number < 1)
        if number is not None and number == slot.hours and self._cue_before("total") and not self._fix:
            return  # "9 till 3 so 6 hours"
        said = [one.hours for one in draft.slots if one.hours is not None]
        in_all = self._next_meaning() == Cue("total") or self._cue_before("total")
        if len(said) > 1 and in_all and number == sum(said, Fraction(0)) and not self._fix:
            if self._next_meaning() == Cue("total"):
                self._at += 1
            self._at += self._period_next() is not None
            return  # "three on Monday, three on Tuesday, so six hours altogether each week"
        if number is not None and self._hours_anew(number):
            self._at += 1
            return  # "an hour each weekday, so 5 hours a week"
        if number is not None and number == slot.hours and isinstance(mark, Mark) and self._by_the_clock(mark):
            return  # "2 hours Friday 6-8"
        if number is not None and number == slot.hours and slot.often is not None and self._covered():
            return  # "half an hour a week, £18 for the half hour"
        if number is not None and number == slot.hours and slot.often is None and self._covered():
            slot.hours = None  # "£25 for half an hour, and she has half an hour a week"
        if self._fix:
            self._fix = False
        elif slot.hours is not None or slot.open_hours:
            slot = Slot()
            draft.slots.append(slot)
        slot.hours, slot.open_hours = number, number is None
        if count.a_week:
            self._often(Frequency(Fraction(1), "week"))
            return
        if self._next_meaning() == Cue("about") and isinstance(self._next_meaning(1), (Count, Each)):
            self._draft.about = True
            self._at += 1  # "an hour or so a day"
        following = self._next_meaning()
        if following == Cue("total") and not isinstance(self._next_meaning(1), (Money, Bare)):
            draft.in_all = True
            self._at += 1
        elif (period := self._period_next()) is not None:
            self._at += 1
            slot.weekly = period.per == "week" and period.plain and not _every(following)
            if slot.weekly and slot.often is not None and slot.often.days is not None and slot.often.days.every == 1:
                slot.often = period  # "on weekdays, 10 hours a week" is ten in all
            else:
                self._often(period)

    def _hours_anew(self, number: Fraction) -> bool:
        """The hours of each occasion, and how often it is, said as one sum."""
        slot, period = self._slot, self._period_next()
        if slot.hours is None or slot.often is None or slot.often.a_year is None or period is None or not period.a_year:
            return False
        return not self._fix and self._cue_before("total") and slot.hours * slot.often.a_year == number * period.a_year

    def _covered(self) -> bool:
        """Whether the amount said last is for all the hours that were said with it."""
        return bool(self._draft.amounts) and self._draft.amounts[-1].covers and len(self._draft.slots) == 1

    def _by_the_clock(self, mark: Mark) -> bool:
        """Whether hours are said as a stretch between two times, of no other day."""
        return bool(_TILL & set(self._words[mark.start : mark.end])) and not isinstance(self._next_meaning(), Days)

    def _period_next(self) -> Frequency | None:
        """The stretch of time that follows a count: "a week", "each month"."""
        meaning = self._next_meaning()
        if isinstance(meaning, Cue) and meaning.name in ("about", "total", "each"):
            return None
        if (
            isinstance(meaning, Count)
            and meaning.article
            and meaning.unit in ("quarter", "weekend", "night", "daypart", *PERIODS)
        ):
            return frequency.of_each(Each(meaning.unit))
        if isinstance(meaning, Each):
            # "3 days each half term" may be of the three breaks or of the six halves.
            return OPEN if meaning.unit == "half-term" else frequency.of_each(meaning)
        return None

    def _often(self, often: Frequency) -> None:
        slot = self._slot
        amount = self._draft.amounts[-1] if self._draft.amounts else None
        days = often.days
        if days is not None and days.weekend and days.every == _ALTERNATE and self._alternate_weekends():
            return
        if self._fix and slot.often is None and amount is not None and amount.unit in PERIODS:
            # "£10 every week, I mean every month"
            self._fix = False
            if often.plain:
                amount.unit = often.per
                return
            amount.unit = "session"
        if slot.often is None or self._fix:
            slot.often, self._fix = often, False
            return
        both = frequency.together(slot.often, often)
        if both is not None:
            slot.often = both
        elif (
            often.days is not None and slot.often.days is not None and slot.often.days.days.isdisjoint(often.days.days)
        ):
            self._draft.slots.append(Slot(often=often))
        else:
            self._draft.conflict = True

    def _each(self, mark: Mark, each: Each) -> None:
        if each.unit == "weekend" and each.every == _ALTERNATE and self._alternate_weekends():
            return
        if self._priced_next(each) or self._cost_per(mark, each):
            self._unit_ahead = each.unit
            return
        often = frequency.of_each(each)
        counted = (
            self._counted() if often is not None and often.plain and often.per != "day" and not each.rate else None
        )
        by_rate = each.rate and bool(self._draft.amounts)  # and not "two respite nights per month, £165"
        several = self._draft.things
        if often is not None and often.plain and each.unit in _LONG and several and self._of_visits():
            # "£250 a night, six of them over the year"
            often, self._draft.things = replace(often, times=several, plain=False), None
        elif often is not None and often.plain and not by_rate and each.unit in _LONG and self._counted_thing():
            often, self._draft.things = replace(often, times=self._draft.things, plain=False), None
        elif often is not None and counted is not None:
            often = replace(often, times=self._draft.counts.pop(counted), plain=False)  # "5 nights over the year"
        if often is not None:
            self._often(often)
            return
        # "£13.75 for a PA per hour", "hourly rate 13.20": the unit stands apart from its amount.
        unpriced = [amount for amount in self._draft.amounts if amount.unit is None and not amount.old]
        if unpriced:
            self._set_unit(unpriced[-1], each.unit)
        elif not self._draft.amounts:
            self._unit_ahead = each.unit

    def _of_visits(self) -> bool:
        """Whether the amount said last is for a night, a day or a visit, and how often is not said."""
        amount = self._draft.amounts[-1] if self._draft.amounts else None
        return amount is not None and amount.unit in ("night", "day", "session") and self._slot.often is None

    def _cost_per(self, mark: Mark, each: Each) -> bool:
        """ "the cost per night is £188"."""
        return each.rate and not self._draft.amounts and self._words[mark.start - 1] in _COSTS

    def _priced_next(self, each: Each) -> bool:
        """ "2 nights a week, each night is 95 pounds": what the amount that follows is for."""
        said = self._slot.often is not None or any(slot.hours is not None for slot in self._draft.slots)
        price = self._next_meaning() == Cue("price") and isinstance(self._next_meaning(1), Money)
        one = each.every == 1 and each.unit in ("night", "day", "session")
        return said and price and one and not self._draft.amounts

    def _set_unit(self, amount: Amount, unit: str) -> None:
        if unit in ("quarter", "half-term"):
            amount.unit = "session"
            self._often(frequency.of_each(Each(unit)) or OPEN)
        else:
            amount.unit = {"minute": "hour", "weekend": "session", "daypart": "session"}.get(unit, unit)

    def _days(self, days: Days) -> None:
        if days.school:
            self._draft.seasons.add("term_time")
        if self._draft.spread:
            return
        slot, often = self._slot, frequency.of_days(days)
        if slot.weekly and days.every == 1 and not self._fix and not self._is_hours(self._next_meaning()):
            return
        two_sets = slot.often is not None and slot.often.days is not None and slot.hours is not None
        if (
            two_sets
            and not self._fix
            and isinstance(self._next_meaning(), Count)
            and self._is_hours(self._next_meaning())
        ):
            self._draft.slots.append(Slot(often=often))
        else:
            self._often(often)

    @staticmethod
    def _is_hours(meaning: object) -> bool:
        return isinstance(meaning, Count) and meaning.unit in ("hour", "minute")

    def _times(self, times: Times) -> None:
        period = self._period_next()
        mark = self._elements[self._at - 1]
        amount = self._draft.amounts[-1] if self._draft.amounts else None
        if amount is not None and isinstance(mark, Mark) and self._multiplied(mark) and mark.start == self._money_end:
            amount.each = amount.each or amount.unit is None  # "the class £6 x 10"
        if period is not None:
            self._at += 1
            self._often(so_often(times.number, period))
        elif times.number is None:
            self._draft.open_times = True
        elif times.number > _MOST_TIMES and times.number.denominator == 1 and self._weekly():
            self._draft.weeks = Weeks(int(times.number), times=True)
        elif isinstance(self._next_meaning(), Weeks):
            self._draft.times = times.number
        else:
            weekly = self._slot.often
            if weekly is not None and weekly.plain:
                self._slot.often = replace(weekly, times=times.number, plain=False)
            else:
                self._draft.times = times.number

    def _weekly(self) -> bool:
        """Whether "x 39" can only be so many weeks."""
        if self._slot.hours is not None and self._slot.often is None:
            return True
        by_week = bool(self._draft.amounts) and self._draft.amounts[-1].unit == "week"
        return by_week or (self._slot.often is not None and self._slot.often.per == "week")


def so_often(number: Fraction | None, period: Frequency) -> Frequency:
    """ "3 times" in a stretch of time; left open when either is."""
    times = None if number is None or period.times is None else number * period.times
    return replace(period, times=times, plain=False)


def _every(meaning: object) -> bool:
    """ "every week", and not "a week"."""
    return isinstance(meaning, Each) and not meaning.rate
