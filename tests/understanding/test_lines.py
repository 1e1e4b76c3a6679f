"""Plan lines as people type and say them: what is read, and what is asked instead of guessed."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.understanding import line_pipeline
from bot.understanding.line_item import MISSING
from bot.understanding.lines import read_lines

ROOT = Path(__file__).resolve().parents[2]


def only(text: str) -> dict[str, Any]:
    (line,) = read_lines(text)
    return line.to_json()


def short(text: str) -> list[tuple[Any, ...]]:
    """(what, pence, unit, quantity, per, pence a year, missing) of each line."""
    return [(*list(line.to_json().values())[:6], line.missing) for line in read_lines(text)]


def test_two_lines_of_one_message_and_the_number_that_is_missing_is_asked_for() -> None:
    assert short("a PA for 3 hours on sundays, 13.50 an hour, and the trampoline place, that's a tenner") == [
        ("PA", 1350, "hour", 3, "week", 210600, ()),
        ("trampoline place", 1000, "session", None, "once", None, ("how_often",)),
    ]


@pytest.mark.parametrize(
    ("said", "pence"),
    [
        ("a tenner", 1000),
        ("a fiver", 500),
        ("twenty quid", 2000),
        ("a score", 2000),
        ("couple of hundred", 20000),
        ("twelve pound fifty", 1250),
        ("£12-50", 1250),
        ("1,250", 125000),
        ("£1.2k", 120000),
        ("50p", 50),
        ("half a grand", 50000),
        ("a monkey", 50000),
        ("a pound twenty", 120),
        ("two and a half grand", 250000),
        ("fifteen hundred quid", 150000),
        ("ninety nine p", 99),
        ("twenty four pounds ninety nine", 2499),
        ("12 pounds and 50 pence", 1250),
        ("£13.5", 1350),
        ("thirteen point five pounds", 1350),
        ("three fivers", 1500),
        ("twnty quid", 2000),
        ("10er", 1000),
        ("£ 12 50", 1250),
    ],
)
def test_amounts_however_they_are_said(said: str, pence: int) -> None:
    assert only(f"swimming, {said} a year")["unit_cost_pence"] == pence
    assert only(f"swimming, {said} a year")["annual_pence"] == pence


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("two fifty", "which_amount"),
        ("between 10 and 15", "which_amount"),
        ("10-15 quid", "which_amount"),
        ("£10-15", "which_amount"),
        ("a tenner or fifteen quid", "which_amount"),
        ("a few quid", "which_amount"),
        ("€20", "pounds"),
        ("20 dollars", "pounds"),
        ("12.5.0", "check_amount"),
        ("£1e9", "check_amount"),
        ("-£20", "check_amount"),
        ("minus twenty quid", "check_amount"),
        ("£4.999", "check_amount"),
        ("£3,50", "check_amount"),
        ("£999999999999", "check_amount"),
        ("a million pounds", "check_amount"),
    ],
)
def test_an_amount_that_can_mean_two_things_or_nothing_is_asked_for(said: str, missing: str) -> None:
    line = only(f"swimming {said} a week")
    assert (line["unit_cost_pence"], line["annual_pence"], line["missing"]) == (None, None, [missing])


def test_pounds_and_pence_are_settled_by_what_they_are_for() -> None:
    assert only("PA thirteen fifty an hour, 3 hours a week")["unit_cost_pence"] == 1350
    assert only("caravan twelve fifty a year")["missing"] == ["which_amount"]


@pytest.mark.parametrize(
    ("said", "quantity", "per", "times"),
    [
        ("twice a week", 2, "week", 52),
        ("every other Saturday", 1, "fortnight", 26),
        ("every fornight", 1, "fortnight", 26),
        ("once a month", 1, "month", 12),
        ("twice a term", 2, "term", 3),
        ("4 times a year", 4, "year", 1),
        ("every day", 1, "day", 365),
        ("weekdays", 5, "week", 52),
        ("Mon, Wed and Fri", 3, "week", 52),
        ("on mondays in term time", 1, "week", 39),
        ("on mondays term time only", 1, "week", 39),
        ("on mondays in the school holidays", 1, "week", 13),
        ("on mondays, 40 weeks", 1, "week", 40),
        ("x 38 weeks", 1, "week", 38),
        ("on school days", 5, "week", 39),
        ("every 4 weeks", 13, "year", 1),
        ("every three months", 4, "year", 1),
        ("the first saturday of the month", 1, "month", 12),
        ("one weekend in four", 13, "year", 1),
    ],
)
def test_how_often(said: str, quantity: int, per: str, times: int) -> None:
    line = only(f"swimming £6 a go {said}")
    assert (line["quantity"], line["per"]) == (quantity, per)
    assert line["annual_pence"] == 600 * quantity * times
    assert line["missing"] == []


@pytest.mark.parametrize(
    ("said", "hours", "per"),
    [
        ("3 hours on a Sunday and 2 on a Wednesday", 5, "week"),
        ("6 till 8 on school nights", 10, "week"),
        ("half an hour every day", 0.5, "day"),
        ("an hour and a half on tuesdays", 1.5, "week"),
        ("10am-1pm on Saturdays", 3, "week"),
        ("10pm till 7am two nights a week", 18, "week"),
        ("90 minutes every other saturday", 1.5, "fortnight"),
        ("45 mins a day 5 days a week", 3.75, "week"),
        ("16 hours a month", 16, "month"),
        ("two ours on a satday", 2, "week"),
        ("three lots of two hours a week", 6, "week"),
        ("in term time 5 hours a week, in the holidays 15 hours a week", 390, "year"),
    ],
)
def test_hours(said: str, hours: float, per: str) -> None:
    line = only(f"a PA, {said}, £12 an hour")
    assert (line["unit"], line["unit_cost_pence"], line["quantity"], line["per"]) == ("hour", 1200, hours, per)


@pytest.mark.parametrize(
    ("text", "unit", "annual"),
    [
        ("£25 a fortnight ironing", "fortnight", 65000),
        ("£60 a month membership", "month", 72000),
        ("£500 for the year for a season ticket", "year", 50000),
        ("one off 450 quid for a trike", "one-off", 45000),
        ("a trike, £450", "one-off", 45000),
        ("drum lessons £120 a term", "term", 36000),
        ("two nights a month respite at £120 a night", "night", 288000),
        ("a week in August at the caravan, £650", "week", 65000),
        ("petrol 45p a mile, 20 miles a week", "session", 46800),
        ("bowling £9 each time we go, about once a month", "session", 10800),
        ("playscheme £42 a day, 3 days a week in the holidays", "day", 163800),
        ("swimming for both kids £5 per child every week", "session", 52000),
    ],
)
def test_what_a_year_costs(text: str, unit: str, annual: int) -> None:
    line = only(text)
    assert (line["unit"], line["annual_pence"], line["missing"]) == (unit, annual, [])


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("gym membership", ["amount", "how_often"]),
        ("a PA on sundays for 3 hours", ["amount"]),
        ("PA at £12 an hour", ["how_long", "how_often"]),
        ("PA £12 an hour on Sundays", ["how_long"]),
        ("pa 2 or 3 hours on a saturday 13 an hour", ["how_long"]),
        ("swimming £6 2 or 3 times a week", ["how_often"]),
        ("PA 3 hours £39 on saturdays", ["amount_for"]),
        ("gym £60 a month term time only", ["how_many_weeks"]),
        ("PA in the summer holidays 10 hours a week £12 an hour", ["how_many_weeks"]),
        ("crazy golf £9 per person once a month", ["how_many_people"]),
        ("PA three hours on sundays at minimum wage", ["amount"]),
        ("twenty quid a week", ["what"]),
    ],
)
def test_what_is_still_to_be_asked(text: str, missing: list[str]) -> None:
    assert only(text)["missing"] == missing
    assert list(MISSING) == sorted(MISSING, key=MISSING.index)


@pytest.mark.parametrize("free", ["it's free", "no cost", "doesn't cost anything", "£0", "for nothing"])
def test_help_that_costs_nothing_stays(free: str) -> None:
    line = only(f"nan takes him to the park on saturdays, {free}")
    assert (line["unit_cost_pence"], line["annual_pence"], line["missing"]) == (0, 0, [])
    assert "nan takes him to the park" in line["what"]


@pytest.mark.parametrize(
    "text",
    [
        "12 an hour for a PA no sorry 14 an hour, 3 hours a week",
        "PA £12 an hour, no wait, £14 an hour, 3 hours a week",
        "PA 2 hours, make that 3 hours, a week at 14 an hour",
        "it's 14 not 12 an hour for a PA 3 hours a week",
        "PA was 12 an hour it's 14 now, 3 hours a week",
    ],
)
def test_what_is_put_right_counts(text: str) -> None:
    line = only(text)
    assert (line["unit_cost_pence"], line["quantity"], line["annual_pence"]) == (1400, 3, 1400 * 3 * 52)


def test_a_total_beside_its_parts_is_one_line_and_one_that_does_not_agree_is_asked_about() -> None:
    assert only("PA 3 hours at 12 so 36 a week")["annual_pence"] == 36 * 52 * 100
    wrong = only("PA 3 hours at 12 so 40 a week")
    assert (wrong["unit_cost_pence"], wrong["annual_pence"]) == (None, None)
    assert "which_amount" in wrong["missing"]


def test_a_list_is_read_line_by_line() -> None:
    listed = "- PA 3hrs Sunday £13.50ph\n- trampolining £10 weekly\n2) iPad £350 one off"
    assert [line[:3] for line in short(listed)] == [
        ("PA", 1350, "hour"),
        ("trampolining", 1000, "week"),
        ("iPad", 35000, "one-off"),
    ]


def test_speech_without_stops_is_cut_at_each_new_thing() -> None:
    said = "swimming six pound a week the gym twenty quid a month and drum lessons eighteen pound a week"
    assert [line[0] for line in short(said)] == ["swimming", "gym", "drum lessons"]


def test_numbers_that_are_neither_money_nor_time_are_left_alone() -> None:
    line = only("for my 8 year old, 1:1 swimming at £5.50 on saturdays at 10am")
    assert (line["unit_cost_pence"], line["quantity"], line["annual_pence"]) == (550, 1, 28600)


def test_what_it_is_instead_of_and_the_money_there_is_are_no_lines() -> None:
    assert [line[:2] for line in short("petrol £15 a week instead of a taxi at £60 a week")] == [("petrol", 1500)]
    assert [line[:2] for line in short("swimming £6 a week out of my £500 a year")] == [("swimming", 600)]


def test_what_is_not_wanted_is_no_line() -> None:
    assert short("we don't want a PA") == []


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "...", "?!", "🙂", "-", "£", "and", "\x00\x01", "﷽" * 50])
def test_nothing_is_read_from_nothing(text: str) -> None:
    assert all(line.annual_pence is None for line in read_lines(text))


def test_what_else_a_line_knows() -> None:
    (carer,) = read_lines("a carer about 20 hours a week at 13.75 per hour plus holiday pay, term time only")
    assert (carer.worker, carer.on_costs, carer.approximate, carer.season, carer.weeks) == (
        True,
        True,
        True,
        "term_time",
        39,
    )
    (petrol,) = read_lines("petrol 45p a mile, 20 miles a week")
    assert petrol.miles
    assert petrol.words == "petrol 45p a mile, 20 miles a week"


def test_spacy_is_not_imported_before_a_line_is_read() -> None:
    """The service starts without it, and the engine's environment does not have it."""
    code = (
        "import sys, bot.understanding.understand, bot.understanding.lines, bot.understanding.line_item; "
        "assert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)


@pytest.mark.parametrize(
    "text",
    [
        "Two things. Carer - 8 hours a week, £15.60 an hour.",
        "I'm 82 so I can't lift her now. A girl from the agency, £21 an hour, 8 hours a week",
        "my daughter's 16, she'd like a personal trainer at £30 an hour for 1 hour a week",
        "lego group £10 a week, he's been on the list since 2021",
        "reflexology, £25 a treatment, when I can fit it in",
        "laundry service: £19 a week, the bedding's nonstop",
        "someone to iron, £12 an hour, 2 hours a week would be bliss",
        "a bed guard. £65 off the internet, one off",
        "A lock for the garden gate. B&Q do one, £34.99",
    ],
)
def test_talk_around_a_line_is_no_line(text: str) -> None:
    only(text)


def test_who_says_the_price_is_not_what_it_is_for() -> None:
    assert only("The agency quoted us £24.75 an hour for a nurse, four hours once a month")["what"] == "nurse"
    assert only("My cousin says the camp is £300 a year")["what"] == "camp"


@pytest.mark.parametrize(
    ("text", "annual"),
    [
        ("toy library, 60p a toy, five toys a month", 3600),
        ("short break at the farm, £310 each stay, two stays a year", 62000),
        ("sign lessons £13 a lesson, 30 lessons", 39000),
        ("cooking lessons with Jo, 6 x £20", 12000),
        ("5 driving lessons, £38 each", 19000),
        ("carer is £18 an hour on weekdays. We want 10 hours a week, all weekdays", 936000),
        ("a PA, £13 an hour, an hour and three quarters a week", 118300),
        ("£13 an hour for Bev, 5 hours a week term time, 8 in the holidays", 388700),
        ("sitter for the other two £10 an hour 3 hours a month", 36000),
        ("cleaner used to be weekly, now I want her once a month, two hours, £16 an hour", 38400),
        ("two nights respite a year at £180 a night", 36000),
        ("DBS check £23 once", 2300),
    ],
)
def test_units_of_ones_own_blocks_and_what_was(text: str, annual: int) -> None:
    assert (only(text)["annual_pence"], only(text)["missing"]) == (annual, [])


def test_a_sum_of_the_lines_before_is_none_of_them() -> None:
    said = "Club £12 a week, carer £48 a week. Sixty quid a week in all."
    assert [line[:2] for line in short(said)] == [("Club", 1200), ("carer", 4800)]


def test_two_threads_that_ask_at_once_get_the_one_pipeline() -> None:
    line_pipeline._built.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        built = list(pool.map(lambda _: line_pipeline.pipeline(), range(8)))
    assert line_pipeline._built.cache_info().misses == 1
    assert len({id(one) for one in built}) == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("karate £5, bus £2, every Tuesday", [("karate", 26000), ("bus", 10400)]),
        ("drama £7 and singing £9, both on a Thursday", [("drama", 36400), ("singing", 46800)]),
        ("club £30 every Saturday, and a taxi there £9, taxi back £9 same days", [("club", 156000), ("taxi", 46800), ("taxi back", 46800)]),
        ("new goggles £12 and swimming £6, every week", [("new goggles", 1200), ("swimming", 31200)]),
    ],
)  # fmt: skip
def test_how_often_said_once_is_of_all_that_do_not_say_it(said: str, expected: list[tuple[str, int]]) -> None:
    assert [(line.what, line.annual_pence) for line in read_lines(said)] == expected


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("sitter £1O.OO an hour, 2 hours a week", ["check_amount"]),
        ("sitter £l2 an hour, 2 hours a week", ["check_amount"]),
        ("hippo therapy R500 a session weekly", ["pounds"]),
        ("one night in four at a lodge, £60 a night", ["how_often"]),
        ("Riding 20-something quid, once a week", ["which_amount"]),
    ],
)
def test_what_cannot_be_read_for_sure_is_asked_for(text: str, missing: list[str]) -> None:
    line = only(text)
    assert (line["annual_pence"], line["missing"]) == (None, missing)


@pytest.mark.parametrize(
    ("text", "annual"),
    [
        ("lessons, six of them at £18 each", 10800),
        ("waterproof mattress cover, £27 each, we'd need two of them", 5400),
        ("tennis coaching £140 for a block of ten", 14000),
        ("a scribe, 20 hours in total at £15 an hour", 30000),
        ("hotel £65 a night, 2 nights, four times a year", 52000),
        ("5 hours split over Monday and Wednesday with a carer at £14 an hour", 364000),
        ("£4.20 bus fare, twice a day, five days a week in term time", 163800),
        ("summer club £35 a day, 10 days a year, £350 all in", 35000),
        ("gym is normally £32 a month but with the carer card it's £19 a month", 22800),
        ("a trike, RRP £890, on offer at £640", 64000),
        ("a new bed, £500, but his nan's giving us £200 so we only need £300", 30000),
        ("£20. No, £25 a month, for the cinema card", 30000),
    ],
)
def test_counts_blocks_and_prices_that_another_takes_the_place_of(text: str, annual: int) -> None:
    assert (only(text)["annual_pence"], only(text)["missing"]) == (annual, [])


@pytest.mark.parametrize(
    "beside",
    [
        "My mum used to do it for free but she's 74 now.",
        "We tried it in the summer and he was a different child.",
        "He's 6 foot 1 and 14 stone.",
        "My husband works 60 hours a week.",
        "Jaydon is 11 and has been on a list since 2022.",
        "How much have we got left?",
        "She sleeps in with me 7 nights a week.",
        "We get £92 a week DLA.",
    ],
)
def test_what_is_told_beside_a_line_neither_adds_one_nor_changes_it(beside: str) -> None:
    for said in (f"{beside} Swimming £6 a go, twice a week.", f"Swimming £6 a go, twice a week. {beside}"):
        assert [line[:6] for line in short(said)] == [("Swimming", 600, "session", 2, "week", 62400)]


@pytest.mark.parametrize(
    "text",
    ["we had a PA for 6 months in 2022 but she left", "what sort of things can we have?", "my mum died in 2019", "ok",
     "he gets £92 a week DLA", "is £500 a lot?"],
)  # fmt: skip
def test_talk_that_wants_nothing_holds_no_line(text: str) -> None:
    assert short(text) == []
