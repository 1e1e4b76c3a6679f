"""Several lines in one message: where each begins, and what is said of more than one."""

from __future__ import annotations

import pytest

from bot.understanding.lines import read_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Overnight respite £165 a night, 18 nights a year\ntwo hours every weekday evening, carer, £15 an hour", [297000, 780000]),
        ("Beavers, £38 each term and £18 per week - Music therapy - term time only", [11400, 70200]),
        ("hoist service £90 every 3 months. a week in august at the caravan, 650 quid.", [36000, 65000]),
        ("online group, seven pounds each fortnight and £13 an hour, 3 hours, 2 days a week, for a support worker", [18200, 405600]),
        ("dance £6.50 pw x 39. one overnight a month, £135.", [25350, 162000]),
        ("Saturdays she has rugby (£2.50), Sundays she has church club (£1).", [13000, 5200]),
        ("he'd go to cubs on Tuesdays (£3) and to the inclusive gym on Saturdays (£5.50)", [15600, 28600]),
        ("iPad £329 with a case £30 and a stand at £19", [32900, 3000, 1900]),
        ("a laptop £420 a printer £60 ink £12 a month", [42000, 6000, 14400]),
        ("safe space bed £2,400 and after school care, £11 an hour, 3 hours on Mondays", [240000, 171600]),
    ],
)  # fmt: skip
def test_a_line_may_begin_with_its_price_its_times_or_its_day(text: str, expected: list[int]) -> None:
    assert [line.annual_pence for line in read_lines(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cinema £6 and popcorn £4 once a month", [7200, 4800]),
        ("cinema with PA once a month: ticket £7, PA 4 hours at £13 an hour", [8400, 62400]),
        ("karate five pound bus there two pound every tuesday night", [26000, 10400]),
    ],
)
def test_how_often_said_last_or_before_a_colon_is_of_all(text: str, expected: list[int]) -> None:
    assert [line.annual_pence for line in read_lines(text)] == expected


def test_how_often_of_one_is_not_that_of_the_next() -> None:
    lines = read_lines("swimming every week £6, and the trampoline place, that's a tenner")
    assert [line.missing for line in lines] == [(), ("how_often",)]
    lines = read_lines("gym sometimes, £6 a visit and horse riding £28 a session every other Saturday")
    assert [line.missing for line in lines] == [("how_often",), ()]


def test_a_total_of_all_lines_is_none_of_them() -> None:
    said = "ballet £15 a week and gymnastics £18 a week so £33 a week altogether"
    assert [(line.what, line.annual_pence) for line in read_lines(said)] == [("ballet", 78000), ("gymnastics", 93600)]


def test_a_name_said_again_is_the_same_line() -> None:
    (line,) = read_lines("Sooz next door has her 4 till 5.30 on Wednesdays, I'd pay Sooz £10 an hour")
    assert (line.unit_cost_pence, line.annual_pence) == (1000, 78000)


@pytest.mark.parametrize(
    "text",
    [
        "Bouncy castle, once, £70 dry or £95 with a slide",
        "Ceiling hoist, the man said £3,000, the letter says £5,000",
        "Rafting, once — was it £28, was it £82?",
        "Portable hoist: anything from nine hundred to fifteen hundred.",
    ],
)
def test_two_prices_for_one_thing_are_asked_about(text: str) -> None:
    assert [line.missing for line in read_lines(text)] == [("which_amount",)]


@pytest.mark.parametrize(
    ("text", "pence", "hours"),
    [
        ("PA £13 an hour 5 hours a week no hang on it's 6", 1300, 6),
        ("13 an hour no sorry 14 an hour for a pa on saturdays for four hours", 1400, 4),
        ("a PA for 2 hours, no, call it three, every week at £13 an hour", 1300, 3),
    ],
)
def test_what_is_put_right_is_what_it_is_like(text: str, pence: int, hours: int) -> None:
    (line,) = read_lines(text)
    assert (line.unit_cost_pence, line.quantity, line.per) == (pence, hours, "week")
