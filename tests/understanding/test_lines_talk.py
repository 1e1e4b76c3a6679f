"""Plan lines among talk: what is said before, between and behind a name and its price changes nothing."""

from __future__ import annotations

import pytest

from bot.understanding.lines import read_lines

LINE = ("after school club", 600, 2, "week", 62400)


def short(text: str) -> list[tuple[object, ...]]:
    return [(i.what, i.unit_cost_pence, i.quantity, i.per, i.annual_pence) for i in read_lines(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The twins turned seven. After school club, £6 a go, Mondays and Thursdays.",
        "The OT came out in May, so: after school club, £6 a go, Mondays and Thursdays",
        "After school club, honestly it's a godsend, £6 a go, Mondays and Thursdays",
        "After school club, not the posh one, £6 a go, Mondays and Thursdays",
        "After school club (him and whoever is about) £6 a go, Mondays and Thursdays",
        "After school club, £6 a go, Mondays and Thursdays, his teacher swears by it",
        "After school club, £6 a go, Mondays and Thursdays, he's 11 in May",
        "After school club, £6 a go, Mondays and again on a Thursday without fail",
    ],
)
def test_talk_around_a_line_is_none_of_it(text: str) -> None:
    assert [(what.lower() if isinstance(what, str) else what, *rest) for what, *rest in short(text)] == [LINE]


def test_somebody_who_goes_is_no_line_and_says_how_often() -> None:
    assert short("it's just the swimming four pound ten a time and wor kid gans monday and thursday") == [
        ("swimming", 410, 2, "week", 42640)
    ]


def test_what_is_free_is_no_line_when_it_is_only_told_from_what_is_paid() -> None:
    assert short("the youth group is free but the archery is £7 every Saturday") == [("archery", 700, 1, "week", 36400)]


def test_a_price_for_both_is_two_lines() -> None:
    assert short("Judo and pottery, they're both £6 a week.") == [
        ("Judo", 600, 1, "week", 31200),
        ("pottery", 600, 1, "week", 31200),
    ]


def test_two_carers_at_different_times_are_two_lines() -> None:
    assert [line.what for line in read_lines("Night carer Saturdays, £120 a night. Day carer Sundays, £80 a day.")] == [
        "Night carer",
        "Day carer",
    ]


def test_a_sum_said_first_is_not_paid_again() -> None:
    assert short("The total's £1,560 a year: that is a sitter, £15 an hour for 2 hours a week.") == [
        ("sitter", 1500, 2, "week", 156000)
    ]


@pytest.mark.parametrize(
    "once",
    ["just the once", "and that's it", "in one go", "won't need it again", "done and dusted", "this one time only"],
)
def test_ways_of_saying_once(once: str) -> None:
    assert short(f"Sleep consultant £160, {once}") == [("Sleep consultant", 16000, 1, "once", 16000)]


def test_as_often_as_somebody_likes_is_asked_about_even_with_a_once_in_it() -> None:
    (line,) = read_lines("cleaner £16 an hour, two hours, I only want her once a month")
    assert (line.quantity, line.per, line.annual_pence) == (2, "month", 38400)


@pytest.mark.parametrize(
    "unknown",
    [
        "I haven't got her rates",
        "no idea what folk charge for that",
        "they never told us the fee",
        "the price I will find out",
    ],
)
def test_a_price_that_is_not_known_yet_is_asked_for(unknown: str) -> None:
    (line,) = read_lines(f"a carer for 4 hours a week, {unknown}")
    assert (line.what, line.quantity, line.missing) == ("carer", 4, ("amount",))


def test_numbers_for_words_in_a_text_message() -> None:
    (line,) = read_lines("some1 2 take me 2 the match, 3 hours on saturdays, £11 ph")
    assert (line.unit_cost_pence, line.quantity, line.annual_pence) == (1100, 3, 171600)


def test_an_amount_for_nine_hours_that_nobody_works_for_is_for_one() -> None:
    (line,) = read_lines("The PA: 9 hours a week, £15.10.")
    assert (line.unit, line.annual_pence, line.missing) == ("hour", 706680, ())


def test_pence_behind_a_comma_are_read_and_what_may_lack_a_digit_is_asked() -> None:
    assert [line.unit_cost_pence for line in read_lines("headphones 189,99 pounds once")] == [18999]
    assert [line.missing for line in read_lines("£12,00 an hour for a carer, 3 hours a week")] == [("check_amount",)]


@pytest.mark.parametrize(
    "price",
    [
        "£6 if you book, £8 on the door",
        "£6 on the leaflet and £8 on the website",
        "six, seven quid",
        "£6 or £7",
    ],
)
def test_two_prices_for_the_same_are_asked_about(price: str) -> None:
    assert [(line.what, line.missing) for line in read_lines(f"Bouncing every Tuesday, {price}")] == [
        ("Bouncing", ("which_amount",))
    ]


def test_a_line_that_ends_without_a_stop_keeps_its_own_days() -> None:
    assert short("snooker, £7 a session, every Friday gym £20 on Tuesdays") == [
        ("snooker", 700, 1, "week", 36400),
        ("gym", 2000, 1, "week", 104000),
    ]


def test_alternate_weekends_are_said_of_both_days() -> None:
    (line,) = read_lines("PA £12 an hour, 3 hrs Sat & 3 hrs Sun, alternate weekends")
    assert (line.quantity, line.per, line.annual_pence) == (6, "fortnight", 187200)


def test_every_day_of_the_holidays_is_not_every_day_of_the_year() -> None:
    (line,) = read_lines("swimming £4.20 every day of the holidays")
    assert (line.annual_pence, line.missing) == (None, ("how_often",))


def test_a_pair_pays_twice_where_the_price_is_for_each() -> None:
    assert short("Judo £3.50 each for the pair of them, Mondays") == [("Judo", 350, 2, "week", 36400)]
