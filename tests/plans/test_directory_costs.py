"""Prices: pence and a unit only where the directory's words settle them; everything else is left to be asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.plans.directory import CostOption, Note
from bot.plans.directory_parse import read_service


def cost(**option: Any) -> CostOption:
    return costs(cost_options=[option])[0]


def costs(**fields: Any) -> tuple[CostOption, ...]:
    notes: list[Note] = []
    service = read_service({"id": "1", "name": "Club", "status": "active"} | fields, notes)
    assert service is not None
    return service.cost_options


@pytest.mark.parametrize(
    ("amount", "pence"),
    [
        (6.5, 650),
        ("6.50", 650),
        ("£6.50", 650),
        ("1,250", 125_000),
        (0.1 + 0.2, 30),
        (6.1, 610),
        (0, 0),
        (12, 1200),
        (-5, None),
        (6.333, None),
        (1e9, None),
        (float("nan"), None),
        ("5-10", None),
        ("free", None),
        (True, None),
        ([6], None),
    ],
)
def test_amounts(amount: Any, pence: int | None) -> None:
    assert cost(option="Child", amount=amount).pence == pence


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("per session", "session"),
        ("£6.50 a class", "session"),
        ("per person per visit", "session"),
        ("each lesson", "session"),
        ("a 2 hour session", "session"),
        ("per half-day session", "session"),
        ("an hour", "hour"),
        ("£14/hr", "hour"),
        ("Hourly rate", "hour"),
        ("per day", "day"),
        ("per night", "night"),
        ("weekly", "week"),
        ("p/w", "week"),
        ("every fortnight", "fortnight"),
        ("per calendar month", "month"),
        ("£20 pcm", "month"),
        ("per school term", "term"),
        ("termly", "term"),
        ("Annual membership", "year"),
        ("per annum", "year"),
        ("45p a mile", "mile"),
        ("one-off joining fee", "one-off"),
        # Not settled: none, two, or something that only looks like one.
        ("", None),
        ("per child", None),
        ("per half hour", None),
        ("a 10 week course", None),
        ("£5 a session or £50 a term", None),
        ("in term time", None),
        ("a day out", None),
        ("ph 01632 960132", None),
    ],
)
def test_units(words: str, unit: str | None) -> None:
    assert cost(option="Child", amount_description=words).unit == unit


@pytest.mark.parametrize(
    ("option", "pence"),
    [
        ({"amount_description": "£6.50 per session"}, 650),
        ({"option": "£6 a visit"}, 600),
        ({"amount_description": "Free of charge."}, 0),
        ({"option": "Free"}, 0),
        ({"amount_description": "45p a mile"}, 45),
        ({"amount": 6.5, "amount_description": "£6.50 a session, £3 for brothers"}, 650),
        # Open: nobody may put a figure to these.
        ({"amount_description": "from £5"}, None),
        ({"amount": 5, "amount_description": "From"}, None),
        ({"amount": 5, "amount_description": "£5 to £10"}, None),
        ({"amount_description": "£5-£10 per session"}, None),
        ({"amount_description": "£5 adults, £3 children"}, None),
        ({"amount": 0, "amount_description": "Contact us for prices"}, None),
        ({"amount": 0, "amount_description": "suggested donation £2"}, None),
        ({"amount": 5, "amount_description": "£7.50 per session"}, None),
        ({"amount_description": "Free parking"}, None),
        ({"amount_description": "First visit free, then £4"}, 400),
        ({"option": "Child", "amount": 20, "currency": "EUR"}, None),
        ({"amount_description": "Depends on your income"}, None),
    ],
)
def test_words_settle_a_price_or_leave_it_open(option: dict[str, Any], pence: int | None) -> None:
    assert cost(**option).pence == pence


def test_the_words_stay_beside_the_figure() -> None:
    assert cost(option="Child", amount=4, amount_description="<b>per</b> session") == CostOption(
        "Child", 400, "session", "per session"
    )


def test_older_feeds_say_fees_in_words() -> None:
    assert costs(fees="£4 per session") == (CostOption("", 400, "session", "£4 per session"),)
    assert costs(fees="Free") == (CostOption("", 0, None, "Free"),)
    assert costs(fees="Please ask") == (CostOption("", None, None, "Please ask"),)
    assert costs(fees="£9", cost_options=[{"option": "Child", "amount": 2}]) == (CostOption("Child", 200, None),)
    assert costs(cost_options=[{}, {"id": "7"}]) == ()


def test_a_price_holds_between_its_days() -> None:
    option = cost(option="Child", amount=4, valid_from="2026-04-01", valid_to="2026-12-31")
    assert [
        option.holds(day) for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31), date(2027, 1, 1))
    ] == [
        False,
        True,
        True,
        False,
    ]
