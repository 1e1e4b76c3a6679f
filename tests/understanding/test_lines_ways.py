"""Ways to say how much, how often and how long, each in one plain line."""

from __future__ import annotations

import pytest

from bot.understanding.lines import read_lines


@pytest.mark.parametrize(
    ("said", "pence"),
    [
        ("ten bob", 50),
        ("five squids", 500),
        ("a fiver", 500),
        ("firty quid", 3000),
        ("four ninety nine", 499),
        ("a hundred and ninety-nine ninety-nine", 19999),
        ("twelve and a half quid", 1250),
        ("half a ton", 5000),
        ("eicht pound", 800),
        ("£18 and 50p", 1850),
    ],
)
def test_an_amount_a_week(said: str, pence: int) -> None:
    (line,) = read_lines(f"the gym is {said} a week")
    assert (line.unit_cost_pence, line.unit) == (pence, "week")


@pytest.mark.parametrize(
    ("said", "pence"), [("eight fifty", 850), ("three fifty", 350), ("two fifty", None), ("thirteen fifty", 1350)]
)
def test_a_spoken_pair_for_a_visit_is_pounds_and_pence_unless_it_may_be_hundreds(said: str, pence: int | None) -> None:
    (line,) = read_lines(f"swimming, {said} a go, on Mondays")
    assert line.unit_cost_pence == pence
    assert (line.missing == ("which_amount",)) is (pence is None)


@pytest.mark.parametrize(
    ("said", "pence"), [("thirty two fifty", 3250), ("twelve fifty", None), ("eighty nine ninety nine", 8999)]
)
def test_a_spoken_pair_for_goods_is_asked_about_only_when_it_may_be_thousands(said: str, pence: int | None) -> None:
    (line,) = read_lines(f"a trike, {said}")
    assert line.unit_cost_pence == pence


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("six monthly", 2),
        ("every half year", 2),
        ("once every 7 days", 52),
        ("first and third Wednesday", 24),
        ("Tuesdays like clockwork", 52),
        ("every Monday bar the holidays", 39),
        ("Fridays, even in the holidays", 52),
        ("ev wk", 52),
        ("every ither Saturday", 26),
        ("Sundies", 52),
        ("once every spring", 1),
        ("Friday half ten", 52),
        ("so that's £20 a week", 104),
    ],
)
def test_so_many_times_a_year(said: str, times: int) -> None:
    (line,) = read_lines(f"swimming £10, {said}")
    assert line.annual_pence == times * 1000


@pytest.mark.parametrize("said", ["whenever the sun comes out", "when we can"])
def test_how_often_that_is_left_open_is_asked(said: str) -> None:
    (line,) = read_lines(f"swimming £10, {said}")
    assert line.missing == ("how_often",)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("hour and half", 1.5),
        ("two hours and a half", 2.5),
        ("2 1/2 hours", 2.5),
        ("1hr 30", 1.5),
        ("6 o clock to 8 o clock", 2),
        ("noon till 3", 3),
        ("9 in the morning till 1", 4),
        ("two howers", 2),
    ],
)
def test_so_long_each_week(said: str, hours: float) -> None:
    (line,) = read_lines(f"PA £10 an hour, {said} every Monday")
    assert line.annual_pence == hours * 1000 * 52


@pytest.mark.parametrize(
    ("text", "annual"),
    [
        ("Two nights at the lodge twice a year, so four nights a year at £89", 35600),
        ("a girl on £12 an hour who does 5 hours over Saturday and Sunday", 312000),
        ("carer, three hours on Monday and three on Tuesday, six hours altogether each week, at £10 an hour", 312000),
        ("a score a week for his spends. twenty quid, love", 104000),
        ("It were eleven pound last year for the dance, thirteen now, every Monday", 67600),
        ("respite Fri 6pm to Sun 6pm, monthly, £400", 480000),
        ("£300 for a week at the lodge in July", 30000),
        ("bath lift, fitted, a hundred and forty.", 14000),
    ],
)
def test_what_is_said_twice_or_in_parts_is_one_sum(text: str, annual: int) -> None:
    (line,) = read_lines(text)
    assert line.annual_pence == annual


def test_a_season_that_opens_a_message_is_that_of_all_its_lines() -> None:
    club, tutor = read_lines("Term-time only: youth club £9 a week, tutor £15 a visit every Monday")
    assert (club.annual_pence, tutor.annual_pence) == (9_00 * 39, 15_00 * 39)
