"""One line's facts, gathered from its phrases in order: amounts, hours, how often, and how to take them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from bot.understanding import frequency
from bot.understanding.frequency import OPEN, Frequency
from bot.understanding.line_facts import Amount, Draft, Slot
from bot.understanding.line_item import Season
from bot.understanding.line_marks import Bare, Count, Cue, Days, Each, Mark, Money, Times, Weeks
from bot.understanding.line_words import PERIODS, UNITS, word_set
from bot.understanding.money import readings
from bot.understanding.segment_parts import Element, Segment, Stop
from bot.understanding.things import Thing

_MOST_TIMES = 7
"""More times than this are not meant for a week."""

_RATE_BEFORE = 3
""" "the rate is £13" stands for an hour."""

_FEW_TOGETHER = 3
_NEAR = 5
"""Words between two amounts that an "or" may stand in."""

_COSTS = word_set("cost costs price rate charge charges fee pay")
_LONG = ("month", "term", "year")
_MULTIPLY = word_set("x times by *")
_OCCASIONS = {"session", "day", "night", "daypart", "weekend"}


def gather(segment: Segment, words: Sequence[str]) -> Draft:
    """The facts of one line."""
    return _Gathering(segment, words).run()


class _Gathering:
    """Walks over the elements of one line, once."""

    def __init__(self, segment: Segment, words: Sequence[str]) -> None:
        self._elements: list[Element] = [element for element in segment.elements if not isinstance(element, Stop)]
        self._words = words
        self._draft = Draft()
        self._at = 0
        self._fix = False
        self._unit_ahead: str | None = None
        self._at_of_money = 0
        self._money_end = 0

    def run(self) -> Draft:
        while self._at < len(self._elements):
            element = self._elements[self._at]
            self._at += 1
            if isinstance(element, Mark):
                self._take(element)
            elif isinstance(element, Thing) and not element.told:
                self._fix = False  # "no sorry I'm looking at the wrong one, £58" still puts right
        if any(not amount.usual for amount in self._draft.amounts):
            for amount in self._draft.amounts:
                amount.old |= amount.usual
        if self._draft.amounts and all(amount.old for amount in self._draft.amounts):
            self._draft.amounts[-1].old = False  # "the one we saw was £120"
        self._settle_pairs()
        known = [amount for amount in self._draft.amounts if amount.money.trouble != "amount"]
        self._draft.amounts = known or self._draft.amounts[:1]
        for amount in self._draft.amounts:
            if amount.unit is None and not amount.old and not amount.total:
                self._take_unit(amount, [known for known in self._draft.amounts if known.old])
        return self._draft

    def _settle_pairs(self) -> None:
        """ "one seventy five a week, that's £1.75": the second only says which is meant."""
        amounts = self._draft.amounts
        for amount in [amount for amount in amounts if amount.money.pair is not None]:
            said = readings(amount.money.pair) if amount.money.pair is not None else ()
            other = next((other for other in amounts if other is not amount and other.money.pence in said), None)
            if other is not None:
                amount.money, amount.old = other.money, False
                amount.unit = amount.unit or other.unit
                amounts.remove(other)

    def _take(self, mark: Mark) -> None:
        meaning = mark.meaning
        if isinstance(meaning, Cue):
            self._cue(meaning)
            self._draft.this_time |= meaning.name in ("moment", "break") and self._this_time(mark)
        elif isinstance(meaning, Money):
            self._money(mark, meaning)
        elif isinstance(meaning, Count):
            self._count(mark, meaning)
        elif isinstance(meaning, Each):
            self._each(mark, meaning)
        elif isinstance(meaning, Days):
            self._days(meaning)
        elif isinstance(meaning, Times):
            self._times(meaning)
        elif isinstance(meaning, Weeks):
            self._draft.weeks = meaning
        elif isinstance(meaning, Bare):
            self._bare(mark, meaning)

    def _this_time(self, mark: Mark) -> bool:
        """ "this August" comes once, "in August" every year."""
        return bool({"this", "next"} & set(self._words[mark.start : mark.end]))

    # what is next

    def _next(self, ahead: int = 0) -> Element | None:
        at = self._at + ahead
        return self._elements[at] if at < len(self._elements) else None

    def _next_meaning(self, ahead: int = 0) -> object:
        element = self._next(ahead)
        return element.meaning if isinstance(element, Mark) else None

    def _cue_before(self, name: str, back: int = 2) -> bool:
        """Whether a cue stands just before the current mark, other small cues between."""
        for at in range(self._at - 2, max(-1, self._at - 2 - back), -1):
            element = self._elements[at]
            if not isinstance(element, Mark) or not isinstance(element.meaning, Cue):
                return False
            if element.meaning.name == name:
                return True
        return False

    def _times_before(self) -> Fraction | None:
        element = self._elements[self._at_of_money - 1] if self._at_of_money else None
        return element.meaning.number if isinstance(element, Mark) and isinstance(element.meaning, Times) else None

    def _sums_up(self) -> bool:
        """Whether something was said that a total can be of; "so £40 a month" begins."""
        draft = self._draft
        return bool(draft.amounts or draft.counts) or any(slot.hours or slot.often for slot in draft.slots)

    def _all_in(self) -> bool:
        """ "£35 a day, 10 days a year, £350 all in": a sum that is called one behind it."""
        following = self._next_meaning() == Cue("total") and not isinstance(self._next_meaning(1), (Money, Bare))
        return following and any(amount.unit is not None for amount in self._draft.amounts)

    # cues

    def _cue(self, cue: Cue) -> None:
        draft = self._draft
        match cue.name:
            case "free":
                draft.free = True
            case "one_off":
                draft.one_off = True
            case "fix":
                self._fix = True
            case "both_ways":
                draft.both_ways = True
            case "vague":
                draft.open_times = True
            case "term_time" | "holidays":
                self._season("term_time" if cue.name == "term_time" else "holidays")
            case "some_weeks":
                draft.some_weeks = True
            case "break":
                draft.some_weeks = draft.yearly_break = True
            case "all_year":
                draft.seasons |= {"term_time", "holidays"}
            case "moment":
                draft.moment = True
            case "on_costs":
                draft.on_costs = True
            case "about":
                draft.about = True
            case "spread":
                draft.spread = self._slot.hours is not None
                if draft.spread and self._slot.often is None:
                    self._slot.often = Frequency(Fraction(1), "week", plain=True)
            case "bought":
                draft.bought = True
            case "lot":
                draft.lot = True
                for amount in draft.amounts[-1:]:
                    amount.covers = amount.unit is None
            case "usual":
                for amount in draft.amounts[-1:]:
                    amount.usual = True
            case "now":
                for amount in draft.amounts[:-1]:
                    amount.old = True

    def _season(self, season: Season) -> None:
        """Of the hours just said, or of those that follow: "in term time 5 hours a week, in the holidays 15"."""
        self._draft.seasons.add(season)
        slot = self._slot
        if slot.season is not None and slot.season != season and (slot.hours is not None or slot.often is not None):
            slot = Slot()
            self._draft.slots.append(slot)
        slot.season = season

    # amounts

    def _money(self, mark: Mark, money: Money) -> None:
        self._at_of_money = self._at - 1
        amount = Amount(
            money,
            at=self._cue_before("at")
            or "rate" in self._words[max(0, mark.start - _RATE_BEFORE) : mark.start]
            or self._words[max(0, mark.start - 1)] in _MULTIPLY,
            total=(self._cue_before("total") or self._all_in()) and self._sums_up(),
            old=self._cue_before("was") or self._cue_before("not"),
        )
        self._rate(mark, amount)
        if amount.unit is None and self._unit_ahead is not None:
            self._set_unit(amount, self._unit_ahead)
            self._unit_ahead = None
        if amount.unit in PERIODS and (times := self._times_before()) is not None:
            # "4 x £25 a year"
            self._often(Frequency(times, PERIODS[amount.unit]))
            amount.unit, self._draft.times = "session", None
        earlier = [known for known in self._draft.amounts if not known.old]
        if earlier and not self._fix and self._either(mark):
            # "£8, or was it £9, a week"
            earlier[-1].old, amount.money = True, Money(None, "which_amount")
            amount.unit = amount.unit or earlier[-1].unit
        if amount.unit is None and not amount.at and self._words[mark.start - 1 : mark.start] == ["for"]:
            amount.covers = amount.covers or self._counted_before(mark)
        self._money_end = mark.end
        if any(known.old for known in self._draft.amounts) and not amount.old:
            self._take_unit(amount, self._draft.amounts)
        if self._fix and earlier and not amount.old:
            earlier[-1].old = True
            self._take_unit(amount, earlier)
        self._fix = False
        self._draft.amounts.append(amount)

    def _either(self, mark: Mark) -> bool:
        """Whether the amount at ``mark`` is another for the same: "£6 or £8", "he says £6 but the website says £8"."""
        between = self._words[self._money_end : mark.start]
        return "or" in between[:_NEAR] or between[-1:] in (["says"], ["said"], ["reckons"])

    def _counted_before(self, mark: Mark) -> bool:
        """ "ten classes for sixty quid": the amount is for the whole count."""
        before = self._elements[self._at - 2] if self._at > 1 else None
        counted = before.meaning if isinstance(before, Mark) and before.end == mark.start - 1 else None
        if isinstance(counted, Bare) and counted.figure.whole is not None and counted.figure.whole > 1:
            self._draft.counts.setdefault("session", counted.figure.value)  # "6 for £150"
            return True
        return isinstance(counted, Count) and counted.number is not None and counted.number > 1

    @staticmethod
    def _take_unit(amount: Amount, earlier: Sequence[Amount]) -> None:
        """A put-right amount is for what the wrong one was for, unless it says otherwise."""
        known = next((known for known in reversed(earlier) if known.unit is not None), None)
        if amount.unit is None and known is not None:
            amount.unit = known.unit
        if earlier:
            amount.at = amount.at or earlier[-1].at

    def _rate(self, mark: Mark, amount: Amount) -> None:
        """What follows an amount and says what it is for: "an hour", "each", "per child", "for 3 hours"."""
        end = mark.end
        while True:
            element = self._next()
            meaning = self._next_meaning()
            if not isinstance(element, Mark) or self._apart(end, element.start):
                return
            if isinstance(meaning, Count) and self._after_for(element) and amount.unit is None and not amount.at:
                amount.covers = meaning.unit not in ("week", "month", "person", "mile")
                return
            if (
                isinstance(meaning, Cue)
                and meaning.name == "total"
                and not isinstance(self._next_meaning(1), (Money, Bare))
            ):
                amount.covers = amount.unit is None
                return
            if isinstance(meaning, Cue) and meaning.name in ("each", "both_ways", "about", "price"):
                amount.each = amount.each or meaning.name == "each"
                self._cue(meaning)
            elif self._per_person(meaning):
                amount.per_person = True
            elif isinstance(meaning, Count) and amount.unit is None and (meaning.article or self._one_hour(meaning)):
                self._set_unit(amount, meaning.unit)
            elif isinstance(meaning, Each) and (amount.per_person or amount.each) and frequency.of_each(meaning):
                return
            elif (
                isinstance(meaning, Each)
                and amount.unit is None
                and meaning.every == 1
                and not meaning.named
                and (meaning.unit != "weekend" or meaning.rate)
            ):
                self._set_unit(amount, meaning.unit)
                often = frequency.of_each(meaning)
                if often is not None and often.per == "day" and not meaning.rate:
                    self._often(often)
            elif isinstance(meaning, Each) and amount.unit is None and meaning.unit == "week" and meaning.every == 2:
                amount.unit = "fortnight"
            elif isinstance(meaning, Days) and amount.unit is None and self._of_counted_days(element):
                amount.unit = "session"  # "five Sundays, £18 a Sunday"
            elif isinstance(meaning, Days) and meaning.school and amount.unit is None and not self._slot.hours:
                amount.unit = "day"
                return
            else:
                return
            self._at += 1
            end = element.end

    def _of_counted_days(self, mark: Mark) -> bool:
        led = self._words[mark.start] in ("a", "per", "each") or self._words[mark.start - 1] in ("a", "per", "each")
        return led and self._draft.counts.get("session") is not None and self._slot.often is None

    def _one_hour(self, count: Count) -> bool:
        """ "15 hours a month, £14.50 one hour"."""
        return count == Count(Fraction(1), "hour") and self._slot.hours is not None

    @staticmethod
    def _per_person(meaning: object) -> bool:
        one = (isinstance(meaning, Count) and meaning.article) or isinstance(meaning, Each)
        return one and isinstance(meaning, (Count, Each)) and meaning.unit == "person"

    def _set_unit(self, amount: Amount, unit: str) -> None:
        if unit in ("quarter", "half-term"):
            amount.unit = "session"
            self._often(frequency.of_each(Each(unit)) or OPEN)
        else:
            amount.unit = {"minute": "hour", "weekend": "session", "daypart": "session"}.get(unit, unit)

    def _apart(self, end: int, start: int) -> bool:
        """Whether more than small words stand between two marks."""
        return any(word not in _SMALL for word in self._words[end:start])

    def _after_for(self, mark: Mark) -> bool:
        return mark.start > 0 and self._words[mark.start - 1] == "for"

    # hours and counts

    def _count(self, mark: Mark, count: Count) -> None:
        if count.unit in ("hour", "minute"):
            if not self._cue_before("was"):
                self._hours(count)
            return
        if count.unit == "item":
            self._draft.things = count.number
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
        elif count.unit in _OCCASIONS and period is not None:
            self._at += 1
            self._often(_so_often(count.number, period))
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

    def _counted(self) -> str | None:
        """Days, nights or visits that were counted, when the time they fall in comes only now: "two nights respite a year"."""
        if self._slot.often is not None:
            return None
        return next((unit for unit in ("night", "day", "session") if unit in self._draft.counts), None)

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

    def _multiplied(self, mark: Mark) -> bool:
        return self._words[mark.start] in _MULTIPLY

    def _hours(self, count: Count) -> None:
        draft, slot = self._draft, self._slot
        mark = self._elements[self._at - 1]
        if isinstance(mark, Mark) and self._multiplied(mark) and draft.amounts and draft.amounts[-1].unit is None:
            draft.amounts[-1].unit = "hour"
        number = count.number if count.unit == "hour" or count.number is None else count.number / 60
        draft.minutes = draft.minutes or (count.unit == "minute") or (number is not None and number < 1)
        if self._fix:
            self._fix = False
        elif slot.hours is not None or slot.open_hours:
            slot = Slot()
            draft.slots.append(slot)
        slot.hours, slot.open_hours = number, number is None
        if count.a_week:
            self._often(Frequency(Fraction(1), "week"))
            return
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

    @property
    def _slot(self) -> Slot:
        return self._draft.slots[-1]

    # how often

    def _often(self, often: Frequency) -> None:
        slot = self._slot
        amount = self._draft.amounts[-1] if self._draft.amounts else None
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
        if self._priced_next(each) or self._cost_per(mark, each):
            self._unit_ahead = each.unit
            return
        often = frequency.of_each(each)
        counted = (
            self._counted() if often is not None and often.plain and often.per != "day" and not each.rate else None
        )
        if often is not None and often.plain and not each.rate and each.unit in _LONG and self._counted_thing():
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

    def _cost_per(self, mark: Mark, each: Each) -> bool:
        """ "the cost per night is £188"."""
        return each.rate and not self._draft.amounts and self._words[mark.start - 1] in _COSTS

    def _priced_next(self, each: Each) -> bool:
        """ "2 nights a week, each night is 95 pounds": what the amount that follows is for."""
        said = self._slot.often is not None or any(slot.hours is not None for slot in self._draft.slots)
        price = self._next_meaning() == Cue("price") and isinstance(self._next_meaning(1), Money)
        one = each.every == 1 and each.unit in ("night", "day", "session")
        return said and price and one and not self._draft.amounts

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
        if period is not None:
            self._at += 1
            self._often(_so_often(times.number, period))
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

    def _hourly(self) -> bool:
        """Whether what is paid is paid by the hour: "£13.50 an hour, and she'd do 3 on a Thursday"."""
        return any(amount.unit == "hour" and not amount.old for amount in self._draft.amounts)

    def _of_hours(self) -> bool:
        """Whether the name just before says that hours are counted: "buddy hrs: 4"."""
        before = self._elements[self._at - 2] if self._at > 1 else None
        return isinstance(before, Thing) and UNITS.get(self._words[before.end - 1]) == "hour"

    def _bought_together(self, mark: Mark) -> bool:
        """Whether a number closes a part behind an amount and "for"."""
        amount = self._draft.amounts[-1] if self._draft.amounts else None
        behind = amount is not None and amount.unit is None and self._money_end == mark.start - 1
        return behind and self._words[mark.start - 1] == "for"

    def _names_next(self, mark: Mark) -> bool:
        """Whether a thing follows at once: "two weighted blankets"; not "two things really, a PA"."""
        following = self._next()
        return isinstance(following, Thing) and following.start == mark.end

    def _bare(self, mark: Mark, bare: Bare) -> None:
        """A number that is no amount: hours before a day, weeks after "x", or how many of the thing."""
        following = self._next_meaning()
        value = bare.figure.value
        if self._draft.spread and isinstance(following, Days):
            return
        period = self._period_next()
        if period is not None and value is not None and self._of_hours():
            self._hours(Count(value, "hour"))  # "PA hours: 4 a week"
        elif period is not None and value is not None:
            self._at += 1
            self._often(_so_often(value, period))
        elif (self._fix and value is not None and self._slot.hours is not None) or (
            isinstance(following, Days)
            and (any(slot.hours is not None for slot in self._draft.slots) or self._hourly())
            and value is not None
        ):
            self._hours(Count(value, "hour"))
        elif (
            isinstance(following, Cue)
            and following.name in ("term_time", "holidays")
            and value is not None
            and self._slot.hours is not None
        ):
            self._hours(Count(value, "hour"))  # "5 hours a week in term time, 8 in the holidays"
        elif isinstance(following, Cue) and following.name == "at" and value is not None and value.denominator == 1:
            self._draft.counts.setdefault("session", value)  # "four at £7 each"
        elif self._bought_together(mark) and value is not None and value.denominator == 1 and value > _FEW_TOGETHER:
            self._draft.counts.setdefault("session", value)  # "£250 for 10"
            self._draft.amounts[-1].covers = True
        elif self._names_next(mark) and value is not None and value.denominator == 1 and 0 < value <= 20:
            self._draft.things = value


def _so_often(number: Fraction | None, period: Frequency) -> Frequency:
    """ "3 times" in a stretch of time; left open when either is."""
    times = None if number is None or period.times is None else number * period.times
    return replace(period, times=times, plain=False)


def _every(meaning: object) -> bool:
    """ "every week", and not "a week"."""
    return isinstance(meaning, Each) and not meaning.rate


_SMALL = word_set(
    "for of in is its thats that was about so just like only , a the it on at each every per to around - with and total"
)
