"""How often a line is: said in the next sentence, of something else, as one sum, or for two kinds of days."""

from __future__ import annotations

import pytest

from bot.understanding.lines import read_lines


def said(text: str) -> list[tuple[str, int | None, str, float | None, str, tuple[str, ...]]]:
    return [
        (
            item.what.casefold(),
            item.unit_cost_pence,
            item.unit,
            None if item.quantity is None else float(item.quantity),
            item.per,
            item.missing,
        )
        for item in read_lines(text)
    ]


ONE = [
    ("Evening helper, £13.20/hr, 1 hr each weekday so 5 hrs per week", ("evening helper", 1320, "hour", 5, "week", ())),
    ("Cello, twenty-one pounds a lesson", ("cello", 2100, "session", None, "once", ("how_often",))),
    (
        "Speech therapist... £31 each visit, and she's promised us two visits a month",
        ("speech therapist", 3100, "session", 2, "month", ()),
    ),
    (
        "Shiatsu, £28, or £32 if she comes to us; once a fortnight",
        ("shiatsu", None, "session", 1, "fortnight", ("which_amount",)),
    ),
    ("A fiver for the magazine. It comes out twice a month", ("magazine", 500, "session", 2, "month", ())),
    ("£3.99 for the comic, two a month", ("comic", 399, "session", 2, "month", ())),
    ("respite 240 a night, six of them spread over the year", ("respite", 24000, "night", 6, "year", ())),
    (
        "six sessions of drama therapy, waiting for the price",
        ("drama therapy", None, "session", 6, "once", ("amount",)),
    ),
    ("stair gate £115, she climbs every single day", ("stair gate", 11500, "one-off", 1, "once", ())),
    ("Goggles are £6 and he goes swimming twice a fortnight", ("goggles", 600, "one-off", 1, "once", ())),
    ("lamps, one for his room, one for the lounge, £45 each", ("lamps", 4500, "one-off", 2, "once", ())),
    ("a pair of football boots £45 each", ("pair of football boots", 4500, "one-off", 1, "once", ())),
    ("It's a fiver each for me and Jo. Bowling, every fortnight.", ("bowling", 500, "session", 1, "fortnight", ())),
    ("Two pairs of shoes please, they are £45", ("pairs of shoes", 4500, "one-off", 1, "once", ("amount_for",))),
    ("thickener £12 a tin and a tin lasts us two weeks", ("thickener", 1200, "session", 1, "fortnight", ())),
    ("Bellringing! The tower captain takes them on a Tuesday for £4", ("bellringing", 400, "session", 1, "week", ())),
    (
        "hydro pool hire… they split it between us families so our share is £11 each Monday",
        ("hydro pool hire", 1100, "session", 1, "week", ()),
    ),
]


@pytest.mark.parametrize(("text", "line"), ONE, ids=[text[:40] for text, _ in ONE])
def test_one_line_and_how_often_it_is(
    text: str, line: tuple[str, int | None, str, float | None, str, tuple[str, ...]]
) -> None:
    assert said(text) == [line]


SEVERAL = [
    (
        "carer £14 an hour 3 hours in the week and £15 an hour 5 hours at weekends",
        [("carer", 1400, "hour", 3, "week", ()), ("carer", 1500, "hour", 5, "week", ())],
    ),
    (
        "He goes climbing, £10.50, first Sunday of the month, with an instructor who's another £25 each time",
        [("climbing", 1050, "session", 1, "month", ()), ("instructor", 2500, "session", 1, "month", ())],
    ),
    (
        "riding lessons cost £28 and he has one every other week, plus hat hire £2",
        [
            ("riding lessons", 2800, "session", 1, "fortnight", ()),
            ("hat hire", 200, "session", None, "once", ("how_often",)),
        ],
    ),
]


@pytest.mark.parametrize(("text", "lines"), SEVERAL, ids=[text[:40] for text, _ in SEVERAL])
def test_several_lines_and_how_often_they_are(
    text: str, lines: list[tuple[str, int | None, str, float | None, str, tuple[str, ...]]]
) -> None:
    assert said(text) == lines


def test_what_somebody_else_pays_prices_nothing_that_is_wanted() -> None:
    wanted = read_lines("His brother's dentist is £90 a visit. We need somebody for the walk to Guides, Tuesdays.")[-1]
    assert wanted.unit_cost_pence is None
    assert "amount" in wanted.missing
