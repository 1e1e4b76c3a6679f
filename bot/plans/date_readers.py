"""The ways of naming a day that are read: by number, by name, by the calendar, and counted from today. Each reader knows
one of them; :mod:`bot.plans.dates` tries them in order.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from bot.plans.named_times import NAMED, Span, month_span
from bot.understanding.numbers import NUMBER_WORDS

Problem = Literal["", "past", "impossible"]

Found = date | Problem | None
"""A day, a problem, or None: a time is meant, but which day is open."""

YEARS_AHEAD = 25
"""A plan is for somebody who is at most 25; what is further off was mistyped."""

JUST_GONE = timedelta(days=31)
"""A day without a year that went by so lately may be a slip or may be next year's: not certain."""

NUMBER = rf"(?:\d{{1,6}}|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}|a couple of|couple of|half an?|an?)"


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month.

    >>> add_months(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    last = month_span(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1).last
    return last.replace(day=min(day.day, last.day))


# --- days by number ---------------------------------------------------------------------------------------------------

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1] else None


def _year(digits: str, today: date) -> int:
    """Two digits are of this century, unless that is further off than any plan: then it is long past."""
    if len(digits) == 4:
        return int(digits)
    year = 2000 + int(digits)
    return year if year <= today.year + YEARS_AHEAD else year - 100


def _numbered_day(match: re.Match[str], today: date) -> Found:
    """12/3/27 or 12 March: the month by number or name, with or without the year and the day of the week."""
    told = match.groupdict()
    if told.get("m") and not told.get("year") and (int(match["d"]) > 31 or int(match["m"]) > 12):
        return None  # "50/50"
    month, number = int(told["m"]) if told.get("m") else _MONTHS.index(match["month"][:3]) + 1, int(match["d"])
    if told.get("year"):
        day = _day(_year(match["year"], today), month, number)
    else:
        this_year = _day(today.year, month, number)
        if this_year and today - JUST_GONE <= this_year < today:
            return None
        day = this_year if this_year and this_year >= today else _day(today.year + 1, month, number)
    if day is None:
        return "impossible"
    weekday = told.get("weekday")
    return day if not weekday or _WEEKDAYS[day.weekday()] == weekday[:3] else None


def _numbered_month(match: re.Match[str], today: date) -> Found:
    """03/2027."""
    month = int(match["m"])
    return month_span(int(match["year"]), month).last if 1 <= month <= 12 else "impossible"


def _month_and_number(match: re.Match[str], today: date) -> Found:
    """ "march 27": the 27th, or 2027? Certain only where the number cannot be a year soon."""
    return None if 0 <= 2000 + int(match["d"]) - today.year <= 10 else _numbered_day(match, today)


def _day_of_this_month(match: re.Match[str], today: date) -> Found:
    """ "by the 15th", and nothing else: the next one."""
    number = int(match["d"])
    months = (month_span(today.year + (today.month + more > 12), (today.month + more - 1) % 12 + 1) for more in (0, 1))
    days = (_day(span.first.year, span.first.month, number) for span in months)
    return next((day for day in days if day and day >= today), None)


# --- times with a name, and weeks, months, years ------------------------------------------------------------------------

_EDGE = (
    r"(?:(?:the )?(?P<edge>before|start|beginning|first day|first week|middle|mid|end|last day|last week|early|late"
    r"|last \w+day)(?: of| in)?(?: the)? )?"
)
_WHICH = r"(?:(?:the )?(?P<which>this coming|coming|this|next|last|the) )?"


def _edge(span: Span, edge: str | None) -> date | None:
    """The last day that is meant: of the span, or of its beginning or middle; None where it is vague."""
    if edge == "before":
        return span.first - timedelta(days=1)
    if edge in ("start", "beginning", "first day"):
        return span.first
    if edge == "first week":
        return min(span.last, span.first + timedelta(days=6))
    if edge in ("middle", "mid"):
        return span.first + (span.last - span.first) // 2
    return None if edge == "early" or ((edge or "").endswith("day") and edge != "last day") else span.last


def _named(match: re.Match[str], today: date) -> Found:
    """Christmas, summer, March …: of the year that is told, this year's, next year's, or the next to come."""
    spans, edge, which = NAMED[match["name"]], match["edge"], match["which"]
    if match["year"]:
        return None if match["name"] == "winter" else _edge(spans(_year(match["year"], today)), edge)
    if which == "last":
        return "past"
    now = spans(today.year)
    if which == "next":
        return _edge(spans(today.year + 1), edge) if now.last < today else None
    if which == "this":
        return day if (day := _edge(now, edge)) and day >= today else None
    if not edge and which in (None, "the") and now.first < today < now.last and (now.last - now.first).days > 31:
        return None  # "in the summer", said in July
    days = (_edge(spans(today.year + more), edge) for more in (-1, 0, 1))
    return next((day for day in days if day and day >= today), None)


def _calendar_unit(match: re.Match[str], today: date) -> Found:
    """Next week, the end of the month, this year: weeks end on Sunday."""
    unit, edge, which = match["unit"], match["edge"], match["which"]
    if which == "last":
        return "past"
    if which in (None, "the") and edge is None:
        return None
    ahead = 1 if which == "next" else 0
    if unit == "weekend" and ahead:
        return None
    if unit in ("week", "weekend"):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=ahead)
        return _edge(Span(monday, monday + timedelta(days=6)), edge)
    if unit == "month":
        first = add_months(today.replace(day=1), ahead)
        return _edge(month_span(first.year, first.month), edge)
    return _edge(month_span(today.year + ahead, 1, 12), edge)


def _whole_year(match: re.Match[str], today: date) -> Found:
    return _edge(month_span(int(match["year"]), 1, 12), match["edge"])


# --- from today on ------------------------------------------------------------------------------------------------------


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    return 2 if "couple" in words else NUMBER_WORDS.get(words, 1)


def _from_today(match: re.Match[str], today: date) -> Found:
    """In 6 months, in half a year, 2 weeks from now."""
    unit, many = match["unit"], _number(match["number"])
    if match["number"].startswith("half"):
        return add_months(today, 6) if unit.startswith("y") else None
    if unit.startswith(("y", "m")):
        return add_months(today, many * (12 if unit.startswith("y") else 1))
    return today + timedelta(days=many * {"d": 1, "w": 7, "f": 14}[unit[0]])


def _weekday(match: re.Match[str], today: date) -> Found:
    """Friday, this Friday, Friday week: the next one after today. "Next Friday" may be either of two."""
    which = match["which"]
    ahead = (_WEEKDAYS.index(match["weekday"][:3]) - today.weekday()) % 7
    if which == "last":
        return "past"
    if which == "next" or not ahead:
        return None
    return today + timedelta(days=ahead + (7 if match["week"] or match["a_week"] else 0))


def _in_days(days: int) -> Callable[[re.Match[str], date], Found]:
    return lambda match, today: today + timedelta(days=days)


def _open(match: re.Match[str], today: date) -> Found:
    """ "3 to 6 months": a time is named, but no one day."""
    return None


def _over(match: re.Match[str], today: date) -> Found:
    """ "2 months ago"."""
    return "past"


# --- the ways, those that know more first -------------------------------------------------------------------------------

_UNITS = r"(?:days?|weeks?|wks?|fortnights?|months?|mths?|years?|yrs?)"
_UP_TO = r"^(?:(?:on|by|before|until|till) )?(?:the )?"
_TH = r"(?:st|nd|rd|th)"
_NAMES = "|".join(sorted(NAMED, key=len, reverse=True))
_NOT_IN_A_NUMBER, _END_OF_NUMBER = r"(?<![\d/.-])", r"(?![\d/.-]*\d)"
_BEFORE_DAY = r"(?:\b(?P<which>this|next|last|coming) )?"
_FULL_WEEKDAY = r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SHORT_WEEKDAY = r"(?<=\b(?:on|by) )(?P<weekday>mon|tues?|wed|thurs?|thu|fri|sat|sun)"

READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Found]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_NOT_IN_A_NUMBER}(?P<year>\d{{4}})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?){_END_OF_NUMBER}", _numbered_day),
        (
            rf"(?:\b{_WEEKDAY} )?{_NOT_IN_A_NUMBER}(?P<d>\d\d?)(?P<sep>[-/. ])(?P<m>\d\d?)(?P=sep)"
            rf"(?P<year>\d{{4}}|\d\d){_END_OF_NUMBER}",
            _numbered_day,
        ),
        (rf"{_UP_TO}(?:{_WEEKDAY} )?(?P<d>\d\d?)/(?P<m>\d\d?)$", _numbered_day),
        (rf"{_NOT_IN_A_NUMBER}(?P<m>\d\d?)/(?P<year>\d{{4}}){_END_OF_NUMBER}", _numbered_month),
        (
            rf"\b(?:{_WEEKDAY} )?(?:the )?(?P<d>\d\d?){_TH}?(?: of)? ?{_MONTH}\b(?: '?(?P<year>\d{{4}}|\d\d)\b)?",
            _numbered_day,
        ),
        (rf"\b(?:{_WEEKDAY} )?{_MONTH} (?:the )?(?P<d>\d\d?){_TH}?(?: (?P<year>\d{{4}}))\b", _numbered_day),
        (rf"\b(?:{_WEEKDAY} )?{_MONTH} (?:the )?(?P<d>\d\d?){_TH}\b", _numbered_day),
        (rf"\b{_MONTH} (?P<d>\d\d?)\b", _month_and_number),
        (rf"{_UP_TO}(?P<d>\d\d?){_TH}$", _day_of_this_month),
        (rf"\b{_EDGE}{_WHICH}(?P<name>{_NAMES})\b(?: '?(?P<year>(?:19|20|21)\d\d\b|(?<=')\d\d\b))?", _named),
        (rf"\b{NUMBER} ?{_UNITS} ago\b|\byesterday\b", _over),
        (rf"\b{NUMBER} ?(?:-|to|and) ?{NUMBER} ?{_UNITS}", _open),
        (r"\b(?:this time|in the|over the|within the) next year\b", lambda match, today: add_months(today, 12)),
        (r"\b(?:this time|in the|over the|within the) next month\b", lambda match, today: add_months(today, 1)),
        (r"\b(?:this time|in the|over the|within the) next week\b", _in_days(7)),
        (
            rf"(?:^|\b(?:in|within|inside|after|by|over|next) )(?:the )?(?:next )?(?<![\d.])(?P<number>{NUMBER}) ?"
            rf"(?P<unit>{_UNITS})(?:'s?)?(?: time| from (?:now|today)| away)?(?! on\b| \w*day\b)(?=$| \w)",
            _from_today,
        ),
        (
            rf"{_BEFORE_DAY}(?:\b(?P<a_week>a week on) )?\b{_FULL_WEEKDAY}\b(?P<week> week\b)?",
            _weekday,
        ),
        (rf"(?P<which>(?!))?(?P<a_week>(?!))?{_SHORT_WEEKDAY}\b(?P<week> week\b)?", _weekday),
        (rf"\b{_EDGE}{_WHICH}(?P<unit>weekend|week|month|year)\b", _calendar_unit),
        (rf"\b{_EDGE}(?:(?<=end of )|(?:in|during) |^)(?P<year>(?:19|20|21)\d\d)\b", _whole_year),
        (r"\bthe day after tomorrow\b|\bday after tomorrow\b", _in_days(2)),
        (r"\b(?:tomorrow|tomorow|tommorow|tommorrow)\b", _in_days(1)),
        (r"\b(?:today|tonight)\b", _in_days(0)),
    )
)
"""Pattern and what it means; raises ValueError or OverflowError beyond the calendar. A match may hold ``d``, ``m`` or ``month``, ``year``, ``edge``, ``which`` and the like."""
