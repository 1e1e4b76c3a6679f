"""What people write under "when", on Sunday 22 November 2026 unless another day is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.plans.dates import When, read_when
from bot.plans.named_times import easter

SUNDAY = date(2026, 11, 22)

CERTAIN = {
    "by christmas": "2026-12-25",
    "by Christmas!": "2026-12-25",
    "before xmas": "2026-12-24",
    "christmas eve": "2026-12-24",
    "new year": "2027-01-01",
    "new year's eve": "2026-12-31",
    "easter": "2027-03-28",
    "by next easter": "2027-03-28",
    "easter 2028": "2028-04-16",
    "good friday": "2027-03-26",
    "next summer": "2027-08-31",
    "by the summer": "2027-08-31",
    "end of next summer": "2027-08-31",
    "before the summer": "2027-05-31",
    "in the summer holidays": "2027-08-31",
    "spring 2027": "2027-05-31",
    "winter": "2027-02-28",
    "end of march": "2027-03-31",
    "by the end of March 2027": "2027-03-31",
    "by end of Feb": "2027-02-28",
    "start of march": "2027-03-01",
    "mid-march": "2027-03-16",
    "first week of march": "2027-03-07",
    "last week in march": "2027-03-31",
    "in march": "2027-03-31",
    "by may": "2027-05-31",
    "May 2027": "2027-05-31",
    "in november": "2026-11-30",
    "next january": "2027-01-31",
    "before march": "2027-02-28",
    "febuary": "2027-02-28",
    "march '27": "2027-03-31",
    "in 6 months": "2027-05-22",
    "6 months": "2027-05-22",
    "in six months' time": "2027-05-22",
    "in about 6 months": "2027-05-22",
    "within 3 months": "2027-02-22",
    "after 3 months, then once a year": "2027-02-22",
    "over the next 6 months": "2027-05-22",
    "in the next year": "2027-11-22",
    "in a year": "2027-11-22",
    "in the next month": "2026-12-22",
    "a year": "2027-11-22",
    "in half a year": "2027-05-22",
    "in 18 months": "2028-05-22",
    "in a couple of weeks": "2026-12-06",
    "in a fortnight": "2026-12-06",
    "2 weeks from now": "2026-12-06",
    "10 days": "2026-12-02",
    "this time next year": "2027-11-22",
    "12/3/27": "2027-03-12",
    "١٢/٣/٢٧": "2027-03-12",
    "12/03/2027": "2027-03-12",
    "12.3.27": "2027-03-12",
    "12-3-2027": "2027-03-12",
    "2027-03-12": "2027-03-12",
    "03/2027": "2027-03-31",
    "by 12/3": "2027-03-12",
    "1/4": "2027-04-01",
    "12 March 2027": "2027-03-12",
    "the 12th of march": "2027-03-12",
    "12 mar": "2027-03-12",
    "March 12th": "2027-03-12",
    "march 12, 2027": "2027-03-12",
    "Friday 12 March": "2027-03-12",
    "Fri 12/3/27": "2027-03-12",
    "6 May": "2027-05-06",
    "22 November": "2026-11-22",
    "by the 5th": "2026-12-05",
    "by friday": "2026-11-27",
    "on Mon": "2026-11-23",
    "this Friday": "2026-11-27",
    "friday week": "2026-12-04",
    "a week on friday": "2026-12-04",
    "tomorrow": "2026-11-23",
    "today": "2026-11-22",
    "the day after tomorrow": "2026-11-24",
    "next week": "2026-11-29",
    "by the end of next week": "2026-11-29",
    "this week": "2026-11-22",
    "next month": "2026-12-31",
    "end of the month": "2026-11-30",
    "start of next month": "2026-12-01",
    "by the end of the year": "2026-12-31",
    "end of next year": "2027-12-31",
    "next year": "2027-12-31",
    "end of 2027": "2027-12-31",
    "in 2028": "2028-12-31",
    "by christmas if we can": "2026-12-25",
    "hopefully by next summer": "2027-08-31",
    "we would like it by easter at the latest, please": "2027-03-28",
    "no later than 1 june": "2027-06-01",
}

OPEN = [
    "",
    "   ",
    "?",
    "asap",
    "as soon as possible",
    "soon",
    "her 16th birthday",
    "his birthday in june",
    "when he is ready",
    "by the time she's 12",
    "we may do it",
    "it may be a while",
    "next christmas",
    "next december",
    "next friday",
    "next weekend",
    "after easter",
    "after the summer",
    "from january",
    "since last summer",
    "march or april",
    "between march and may",
    "3 to 6 months",
    "3-6 months",
    "in 6 or 8 months",
    "in a few weeks",
    "in 1.5 years",
    "every month",
    "once a month",
    "every 6 weeks",
    "always",
    "ongoing",
    "24/7",
    "half term",
    "end of term",
    "next term",
    "the easter holidays",
    "sometime in the new year",
    "before he starts big school in september",
    "by the time she goes back in january",
    "first thing in january",
    "before the summer holidays",
    "by the end of the school year",
    "early march",
    "march 27",
    "dec 26",
    "20 november",
    "Monday 12 March 2027",
    "christmas or easter",
    "not before christmas",
    "for 6 months",
    "2 hours a week",
    "half a day",
    "50/50",
    "3.30",
    "year 9",
    "ages",
    "he did 3/4 of it",
    "2 weeks after christmas",
    "a week before christmas",
    "by 2028",
]

PAST = [
    "yesterday",
    "last year",
    "last summer",
    "last christmas",
    "last march",
    "last week",
    "last friday",
    "2 months ago",
    "1/1/2020",
    "12/3/26",
    "12 March 2026",
    "march 2026",
    "in 2019",
    "12/3/96",
]

IMPOSSIBLE = [
    "31 february",
    "30/2/27",
    "31/11/2026",
    "12/13/27",
    "0/5/27",
    "29 Feb 2027",
    "31st of June",
    "31/2",
    "1/1/2127",
    "in 500 years",
    "in 999999 years",
    "2027-13-01",
    "13/2027",
    "1/0000",
    "0000-01-01",
    "5 march 0000",
    "31/12/9999",
]


@pytest.mark.parametrize("words", CERTAIN)
def test_certain_words_are_a_day(words):
    assert read_when(words, SUNDAY) == When(date.fromisoformat(CERTAIN[words]))


@pytest.mark.parametrize("words", OPEN)
def test_words_that_leave_it_open_are_left_as_they_are(words):
    assert read_when(words, SUNDAY) == When()


@pytest.mark.parametrize("words", PAST)
def test_a_day_that_is_over_is_named_so(words):
    assert read_when(words, SUNDAY) == When(problem="past")


@pytest.mark.parametrize("words", IMPOSSIBLE)
def test_a_day_that_cannot_be_is_named_so(words):
    assert read_when(words, SUNDAY) == When(problem="impossible")


ON_ANOTHER_DAY = [
    ("next summer", date(2027, 3, 1), None),  # this year's or the one after?
    ("this summer", date(2027, 3, 1), "2027-08-31"),
    ("in the summer", date(2027, 7, 10), None),
    ("by the end of the summer", date(2027, 7, 10), "2027-08-31"),
    ("by christmas", date(2026, 12, 28), "2027-12-25"),
    ("christmas", date(2026, 12, 25), "2026-12-25"),
    ("winter", date(2026, 3, 1), "2027-02-28"),
    ("end of winter", date(2027, 1, 10), "2027-02-28"),
    ("by friday", date(2026, 11, 27), None),  # said on a Friday
    ("in a month", date(2027, 1, 31), "2027-02-28"),
    ("in a year", date(2028, 2, 29), "2029-02-28"),
    ("29 february", date(2027, 6, 1), "2028-02-29"),
    ("by the 31st", date(2027, 1, 31), "2027-01-31"),
    ("this week", date(2026, 11, 25), "2026-11-29"),
    ("this time next week", date(2026, 11, 25), "2026-12-02"),
    ("by the weekend", date(2026, 11, 25), None),
    ("this weekend", date(2026, 11, 25), "2026-11-29"),
]


@pytest.mark.parametrize(("words", "today", "day"), ON_ANOTHER_DAY)
def test_the_same_words_on_another_day(words, today, day):
    assert read_when(words, today) == When(date.fromisoformat(day) if day else None)


def test_easter_in_the_years_that_children_of_today_will_plan_for():
    known = ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21"]
    assert [easter(2024 + number).isoformat() for number in range(7)] == known


modest = settings(max_examples=100, deadline=None)
days = st.dates(date(2024, 1, 1), date(2040, 12, 31))


@modest
@given(today=days, ahead=st.integers(0, 9000))
def test_every_day_ahead_is_read_back_from_its_british_forms(today, ahead):
    day = today + timedelta(days=ahead)
    for form in ("%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%A %d %B %Y", "the %d of %b %Y", "%Y-%m-%d"):
        assert read_when(day.strftime(form), today) == When(day)


@modest
@given(
    text=st.text(max_size=60) | st.lists(st.sampled_from([*CERTAIN, *OPEN, *PAST]), max_size=3).map(" ".join),
    today=days,
)
def test_whatever_is_typed_there_is_a_day_not_past_or_none(text, today):
    when = read_when(text, today)
    assert when.date is None or (when.problem == "" and when.date >= today)
