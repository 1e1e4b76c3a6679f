"""How often, as a number of times in a stretch of time, and what two ways of saying it together mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from bot.understanding.line_item import TIMES_A_YEAR, Per
from bot.understanding.line_marks import Days, Each
from bot.understanding.line_words import PERIODS

_PARTS_OF_YEAR = {"quarter": 4, "half-term": 6}


@dataclass(frozen=True, slots=True)
class Frequency:
    """``times`` in each ``per``. ``times`` None: said, but left open ("two or three times a week")."""

    times: Fraction | None
    per: Per
    days: Days | None = None
    """The days of the week it was said by."""
    plain: bool = False
    """Said as the stretch alone ("every week", "a day"), which goes with a more exact word beside it."""

    @property
    def a_year(self) -> Fraction | None:
        """Times in a whole year."""
        return None if self.times is None else self.times * TIMES_A_YEAR[self.per]


_DAYS = 7

OPEN = Frequency(None, "week")


def of_each(each: Each) -> Frequency | None:
    """ "every week", "every 6 weeks", "every other month"; None for what is no stretch of time ("per hour").

    >>> of_each(Each("week", Fraction(2))).per, of_each(Each("month", Fraction(3))).times, of_each(Each("hour"))
    ('fortnight', Fraction(4, 1), None)
    """
    unit = {"weekend": "week", "night": "day", "daypart": "day"}.get(each.unit, each.unit)
    if unit not in _PARTS_OF_YEAR and unit not in PERIODS:
        return None
    if each.every is None:
        return OPEN
    if each.every < 1 and unit in PERIODS:
        return Frequency(1 / each.every, PERIODS[unit])  # "the 1st and 3rd Saturday of the month"
    if unit in _PARTS_OF_YEAR:
        return Frequency(_PARTS_OF_YEAR[unit] / each.every, "year")
    per = PERIODS[unit]
    if each.every == 1:
        return Frequency(Fraction(1), per, plain=True)
    if per == "day":
        return Frequency(1 / each.every, "day")
    if per == "week" and each.every == 2:
        return Frequency(Fraction(1), "fortnight", plain=True)
    return Frequency(Fraction(TIMES_A_YEAR[per]) / each.every, "year")


def of_days(days: Days) -> Frequency:
    """ "on Sundays", "weekdays", "every other Saturday"."""
    if days.every == 1:
        return Frequency(Fraction(days.occasions), "week", days)
    if days.every == 2:
        return Frequency(Fraction(days.occasions), "fortnight", days)
    return Frequency(Fraction(52 * days.occasions, days.every), "year", days)


def together(first: Frequency, second: Frequency) -> Frequency | None:
    """Both said of the same thing; None when one does not go with the other.

    >>> twice, weekly = Frequency(Fraction(2), "week"), Frequency(Fraction(1), "week", plain=True)
    >>> together(twice, weekly) == twice
    True
    """
    if first.times is None or second.times is None:
        return first if first.times is None else second
    if first.a_year == second.a_year and not (first.days or second.days):
        return second if first.plain else first  # "each term, so three in the year"
    if first.days and second.days and first.days.days.isdisjoint(second.days.days):
        return None
    if (first.times, first.per) == (second.times, second.per):
        return first if first.days else second
    for plain, exact in ((first, second), (second, first)):
        # "2 hours a day, Mon Wed Fri"; "every week on Tuesdays and Thursdays"; "every day, 3 days a week"
        if plain.plain and plain.per in ("day", "week") and exact.per == "week":
            return exact
    for weekend, named in ((first, second), (second, first)):
        # "every other weekend, the Saturday and the Sunday"
        whole = weekend.days is not None and weekend.days.weekend and named.days is not None
        if whole and weekend.days and named.days and named.days.days <= weekend.days.days and named.days.every == 1:
            times = (named.times or Fraction(0)) * (weekend.times or Fraction(0))
            return replace(weekend, times=times, days=replace(weekend.days, weekend=False))
    for plain, exact in ((first, second), (second, first)):
        if plain.plain and plain.per == "day" and exact.per == "fortnight" and exact.days is not None:
            return exact
    for daily, of_week in ((first, second), (second, first)):
        each, days = daily.times, of_week.times
        if daily.per == "day" and not daily.plain and of_week.per == "week" and each and days and days <= _DAYS:
            return replace(of_week, times=days * each, plain=False)  # "twice a day, five days a week"
    for often, seldom in ((first, second), (second, first)):
        # "a Saturday lad, four hours, alternate Saturdays"
        if often.days and seldom.days and often.days.days == seldom.days.days and often.days.every == 1:
            return seldom
    for coarse, named in ((first, second), (second, first)):
        # "fortnightly on a Thursday", "once a month on a Saturday"
        stay = coarse.times == 1 and named.times != 1  # "Friday to Sunday once a month"
        weekly = named.days is not None and named.days.every == 1 and (named.times == 1 or stay)
        if weekly and coarse.days is None and TIMES_A_YEAR[coarse.per] < TIMES_A_YEAR["week"]:
            return replace(coarse, days=named.days)
    if first.plain and first.per == second.per:
        return second
    if second.plain and first.per == second.per:
        return first
    return None
