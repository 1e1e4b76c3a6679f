"""What a family reads about a service, what its buttons stand for, and the line that a service becomes."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from bot.content.loader import Content, load
from bot.content.models import Who
from bot.plans.directory import Contact, CostOption, Ideas, Place, Reason, Service, Session, Suggestion
from bot.plans.directory_line import as_line, in_plan, source
from bot.plans.directory_words import Say, chosen, describe, details, message, price, which_cost
from bot.plans.model import Line, Plan

TODAY = date(2026, 11, 22)
SWIM = Service(
    "s-1",
    "Saturday Quiet Swim",
    description="A calm swim.",
    url="https://leisure.example/swim",
    organisation="Exampleton Leisure",
    minimum_age=3,
    maximum_age=17,
    sessions=(
        Session(("SA", "SU"), time(8, 30), time(12, 0)),
        Session(words="Not at Easter"),
        Session(("MO",), until=date(2026, 1, 1)),
    ),
    places=(Place("The Pool", "1 Water Lane", "Exampleton", "XM1", access=("A hoist",)),),
    cost_options=(CostOption("Child", 320, "session"), CostOption("One helper", 0, None, "free")),
    contacts=(Contact("Pool desk", "01632 960132"), Contact(email="pool@leisure.example")),
    complaints=Contact("Complaints", "01632 960121"),
    alert="No swim on 25 December",
    assured=date(2026, 8, 14),
)
WHY = (Reason("word", "swim"), Reason("age"), Reason("miles", "2"), Reason("fits"))


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(params=["parent", "young_person"])
def say(content: Content, request: Any) -> Say:
    reader: Who = request.param
    return partial(_say, content, reader)


def _say(content: Content, reader: Who, key: str, **values: object) -> str:
    return content.text(key, reader, **values)


def test_an_idea_says_what_why_when_how_much_whom_to_ask_and_how_old_it_is(say: Say) -> None:
    assert describe(say, Suggestion(SWIM, "activity", WHY), TODAY).splitlines() == [
        "Saturday Quiet Swim, by Exampleton Leisure",
        "A calm swim.",
        "They say: No swim on 25 December",
        'Why: You said "swim". It is for ages 3 to 17. It is about 2 miles away. It fits in what is left of your guide amount.',
        "When: Saturdays, Sundays, 8.30am to 12pm; Not at Easter",
        "Cost: Child: £3.20 each time; One helper: Free",
        "Ask them: Pool desk, 01632 960132",
        "This was checked 3 months ago.",
    ]


def test_before_one_is_chosen_all_is_there_also_how_to_complain(say: Say) -> None:
    told = details(say, SWIM, TODAY)
    for part in (
        "Where: The Pool, 1 Water Lane, Exampleton XM1",
        "Getting in: A hoist",
        "Ask them: Pool desk, 01632 960132; pool@leisure.example; https://leisure.example/swim",
        "If something is wrong, tell them: Complaints, 01632 960121",
    ):
        assert part in told.splitlines()


def test_what_the_directory_does_not_say_has_no_line(say: Say) -> None:
    bare = Service("s-2", "Club")
    assert describe(
        say, Suggestion(bare, "activity", (Reason("like", "friend"), Reason("cost_unknown"))), TODAY
    ).splitlines() == [
        "Club",
        'Why: You said "friend". This may go with it. It does not say what it costs. Ask them.',
        "It does not say when this was last checked. Ring first, as it may have changed.",
    ]


@pytest.mark.parametrize(
    ("assured", "said"),
    [
        (date(2026, 11, 22), "This was checked in the last month."),
        (date(2026, 10, 23), "This was checked in the last month."),
        (date(2026, 10, 22), "This was checked a month ago."),
        (date(2026, 8, 22), "This was checked 3 months ago."),
        (date(2025, 11, 22), "This was checked 12 months ago."),
        (date(2025, 11, 21), "This was last checked 12 months ago. Ring first, as it may have changed."),
        (date(2024, 11, 22), "This was last checked 2 years ago. Ring first, as it may have changed."),
        (date(2026, 11, 23), "It does not say when this was last checked. Ring first, as it may have changed."),
    ],
)
def test_the_age_of_a_check_is_said_and_old_ones_are_marked(say: Say, assured: date, said: str) -> None:
    assert details(say, Service("s", "Club", assured=assured), TODAY).splitlines()[-1] == said


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (CostOption("", 650, "hour"), "£6.50 an hour"),
        (CostOption("Child", 600, None, "with tea"), "Child: £6 – with tea"),
        (CostOption("Child", None, None, "from £5"), "Child: from £5"),
        (CostOption("Ask us", None, None), "Ask us"),
        (CostOption("", 0, None), "Free"),
        (CostOption("T-shirt", 1200, "one-off"), "T-shirt: £12, one time only"),
    ],
)
def test_prices_are_read_out_as_the_directory_has_them(say: Say, cost: CostOption, said: str) -> None:
    assert price(say, cost) == said


def test_ages_are_said_in_each_form(say: Say) -> None:
    for low, high, said in ((5, None, "5 and over"), (None, 11, "up to 11"), (0, 11, "up to 11"), (5, 11, "5 to 11")):
        service = Service("s", "Club", minimum_age=low, maximum_age=high)
        assert f"It is for ages {said}." in describe(say, Suggestion(service, "activity", (Reason("age"),)), TODAY)


def test_buttons_add_show_more_or_go_on(say: Say) -> None:
    other = Service(
        "odd.id/with:things", "Everybody's very long and winding football club for all of the county and more"
    )
    asked = message(say, Ideas("found", (Suggestion(SWIM, "activity", WHY), Suggestion(other, "activity", ()))), TODAY)
    assert [(option.number, option.label) for option in asked.options] == [
        (1, "Add Saturday Quiet Swim"),
        (2, "Add Everybody's very long and winding football club for all of …"),
        (3, "Show me more"),
        (4, "Go on without"),
    ]
    assert chosen(asked.options[0].value) == ("s-1", None)
    assert chosen(asked.options[1].value) == ("odd.id/with:things", None)
    assert chosen(asked.options[2].value) is None


@pytest.mark.parametrize(
    ("status", "part"),
    [
        ("none", "I found nothing on the list that fits this."),
        ("no_more", "That is all I found for this."),
        ("unclear", "Tell me one thing to look for."),
        ("away", "Your plan does not need it."),
    ],
)
def test_no_ideas_is_a_kind_sentence_without_buttons(say: Say, status: Any, part: str) -> None:
    said = message(say, Ideas(status), TODAY)
    assert part in said.text
    assert said.options == ()


def test_what_was_read_before_the_directory_went_away_is_marked_with_its_day(say: Say) -> None:
    said = message(say, Ideas("found", (Suggestion(SWIM, "activity", WHY),), date(2026, 11, 21)), TODAY)
    assert "This is what it said on 21 November 2026." in said.text


def test_of_several_prices_one_is_asked_for(say: Say) -> None:
    asked = which_cost(say, SWIM, TODAY)
    assert asked is not None
    assert asked.text == "Which price is the one for you? Saturday Quiet Swim:"
    assert [(option.label, chosen(option.value)) for option in asked.options] == [
        ("Child: £3.20 each time", ("s-1", 0)),
        ("One helper: Free", ("s-1", 1)),
    ]
    assert which_cost(say, Service("s", "Club", cost_options=SWIM.cost_options[:1]), TODAY) is None


@pytest.mark.parametrize("value", ["plan.service.cost.x.s-1", "plan.service.cost.1", "plan.skip", "", "S1.2"])
def test_other_options_are_none_of_these(value: str) -> None:
    assert chosen(value) is None


@pytest.mark.parametrize(
    ("unit", "quantity", "per"),
    [
        ("session", None, None),
        ("hour", None, None),
        ("night", None, None),
        ("mile", None, None),
        (None, None, None),
        ("week", 1, "week"),
        ("month", 1, "month"),
        ("term", 1, "term"),
        ("year", 1, "year"),
        ("one-off", 1, "once"),
    ],
)
def test_a_line_takes_over_price_and_unit_and_leaves_open_what_nobody_said(
    unit: Any, quantity: int | None, per: Any
) -> None:
    line = as_line(SWIM, CostOption("Child", 320, unit, "with tea"), TODAY, "activity")
    assert line == Line(
        id=0,
        what="Saturday Quiet Swim",
        by="",
        unit_cost_pence=320,
        unit=unit,
        quantity=None if quantity is None else Fraction(quantity),
        per=per,
        kind="activity",
        supplier="Exampleton Leisure",
        source="s-1 2026-08-14",
        notes="Child – with tea",
    )


def test_a_free_service_costs_nothing_and_one_without_a_price_is_to_be_asked() -> None:
    assert as_line(SWIM, SWIM.cost_options[1], TODAY).unit_cost_pence == 0
    assert as_line(SWIM, None, TODAY).unit_cost_pence is None


def test_services_in_the_plan_are_known_by_where_their_lines_came_from() -> None:
    bare = Service("s-2", "Club")
    lines = (as_line(SWIM, None, TODAY), as_line(bare, None, TODAY), Line(3, "ironing", "m1"))
    assert source(bare, TODAY) == "s-2"
    assert in_plan(Plan("default-plan/1", TODAY, lines=lines)) == {"s-1", "s-2"}
