"""Payments: every penny of the agreed sum, on working days, whatever the start; a change leaves what was paid alone."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases.csv_text import csv_text
from bot.cases.payments import (
    COUNT,
    RHYTHMS,
    AgreedLine,
    NotInTheYear,
    Rhythm,
    financial_year,
    last_working_day,
    periods,
    revised,
    schedule,
    year_end,
)

CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
RHYTHM = st.sampled_from(RHYTHMS)
PENCE = st.integers(0, 9_999_999)


@given(starts=DAYS, rhythm=RHYTHM, sums=st.lists(PENCE, min_size=1, max_size=4))
@settings(max_examples=50)
def test_a_years_payments_add_up_to_the_penny(starts: date, rhythm: Rhythm, sums: list[int]) -> None:
    lines = [AgreedLine(number, pence, one_off=number == 3) for number, pence in enumerate(sums)]
    made = schedule(lines, year_starts=starts, rhythm=rhythm, closed=CHRISTMAS)
    for line in lines:
        mine = [payment.pence for payment in made if payment.line == line.id]
        assert sum(mine) == line.pence
        if mine and not line.one_off:
            assert max(mine) - min(mine) <= 1, "no payment is more than a penny away from another"
    assert all(payment.pay_on.weekday() < 5 and payment.pay_on not in CHRISTMAS for payment in made)
    assert all(payment.pay_on <= payment.covers_from for payment in made), (
        "the money is there before the days it is for"
    )


@given(starts=DAYS, rhythm=RHYTHM)
@settings(max_examples=50)
def test_no_day_of_the_year_is_left_out_or_paid_twice(starts: date, rhythm: Rhythm) -> None:
    found = periods(starts, rhythm)
    assert len(found) == COUNT[rhythm]
    assert (found[0].first, found[-1].last) == (starts, year_end(starts))
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(found))


@given(
    starts=DAYS,
    rhythm=RHYTHM,
    then=RHYTHM,
    pence=st.integers(1300, 999_999),
    paid=st.integers(0, 12),
    day=st.integers(0, 360),
)
@settings(max_examples=50)
def test_what_was_paid_stays_and_an_unchanged_sum_stays_whole(
    starts: date, rhythm: Rhythm, then: Rhythm, pence: int, paid: int, day: int
) -> None:
    line = AgreedLine(1, pence)
    first = schedule([line], year_starts=starts, rhythm=rhythm)
    gone, now = first[:paid], first[paid:]
    after = revised(
        now, gone, [line], year_starts=starts, rhythm=then, change_from=starts + timedelta(days=day), closed=CHRISTMAS
    )
    assert sum(payment.pence for payment in (*gone, *after)) == pence
    days = [
        payment.covers_from + timedelta(days=number)
        for payment in (*gone, *after)
        for number in range((payment.covers_to - payment.covers_from).days + 1)
    ]
    assert len(days) == len(set(days)), "no day is paid for twice"


def test_a_month_begins_on_the_same_day_also_after_a_short_one() -> None:
    firsts = [period.first for period in periods(date(2027, 1, 31), "monthly")][:3]
    assert firsts == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_a_line_that_starts_later_is_paid_for_its_days_at_the_same_dates_as_the_rest() -> None:
    line = AgreedLine(1, 130_000)
    made = schedule([line], year_starts=date(2026, 11, 2), rhythm="four_weekly", first=date(2026, 11, 16))
    assert (made[0].covers_from, made[0].covers_to, made[0].pence) == (date(2026, 11, 16), date(2026, 11, 29), 5_000)
    assert (made[1].covers_from, made[1].pence) == (date(2026, 11, 30), 10_000)
    assert sum(payment.pence for payment in made) == 125_000


def test_a_plan_that_ends_at_the_end_of_the_councils_year_is_paid_for_its_days() -> None:
    made = schedule([AgreedLine(1, 120_000)], year_starts=date(2026, 12, 1), rhythm="monthly", last=date(2027, 3, 15))
    assert [payment.pence for payment in made] == [10_000, 10_000, 10_000, round(Fraction(10_000 * 15, 31))]
    assert made[-1].covers_to == date(2027, 3, 15)


def test_a_dearer_line_gets_more_from_the_day_on_and_a_line_that_is_gone_gets_no_more() -> None:
    lines = [AgreedLine(1, 130_000), AgreedLine(2, 13_000)]
    first = schedule(lines, year_starts=date(2026, 11, 2), rhythm="four_weekly")
    paid = [payment for payment in first if payment.covers_from == date(2026, 11, 2)]
    after = revised(
        [payment for payment in first if payment not in paid],
        paid,
        [AgreedLine(1, 260_000)],
        year_starts=date(2026, 11, 2),
        rhythm="four_weekly",
        change_from=date(2026, 12, 1),
    )
    second = [payment for payment in after if payment.covers_from == date(2026, 11, 30)]
    assert sorted((payment.line, payment.pence) for payment in second) == [(1, 10_000), (2, 1_000)], (
        "its days had begun"
    )
    assert [payment.pence for payment in after if payment.line == 1][1:] == [20_000] * 11
    assert [payment.line for payment in after].count(2) == 1


def test_something_bought_once_is_paid_once_and_only_the_rest_of_it_when_it_becomes_dearer() -> None:
    first = schedule([AgreedLine(1, 45_000, one_off=True)], year_starts=date(2026, 11, 2), rhythm="monthly")
    assert [payment.pence for payment in first] == [45_000]
    dearer = AgreedLine(1, 50_000, one_off=True)
    after = revised((), first, [dearer], year_starts=date(2026, 11, 2), rhythm="monthly", change_from=date(2027, 1, 4))
    assert [payment.pence for payment in after] == [5_000]


def test_days_outside_the_year_are_refused() -> None:
    with pytest.raises(NotInTheYear):
        schedule([AgreedLine(1, 1)], year_starts=date(2026, 11, 2), rhythm="monthly", last=date(2027, 11, 2))
    with pytest.raises(NotInTheYear):
        schedule([AgreedLine(1, 1)], year_starts=date(2026, 11, 2), rhythm="monthly", first=date(2026, 11, 1))


def test_a_payment_that_falls_on_christmas_is_made_on_the_working_day_before() -> None:
    assert last_working_day(date(2026, 12, 28), CHRISTMAS) == date(2026, 12, 24)


def test_the_financial_year_turns_in_april() -> None:
    assert [financial_year(date(2027, month, 1), 4) for month in (3, 4)] == ["2026-27", "2027-28"]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44", "-2+3", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "\uff1d1+1", "-1.2.3"]
)
def test_no_cell_of_a_csv_runs_as_a_formula(cell: str) -> None:
    assert csv_text(["a"], [[cell]]).removeprefix("\ufeffa\r\n").lstrip('"').startswith("'")


def test_a_csv_keeps_sums_as_numbers_and_opens_as_unicode() -> None:
    assert csv_text(["a", "b"], [["-1.50", "Zoë, 5"]]) == '\ufeffa,b\r\n-1.50,"Zoë, 5"\r\n'
