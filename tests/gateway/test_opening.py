"""By the clock: who answers the phone now comes first. Without a clear time both numbers are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.content.loader import Content
from bot.content.models import Council
from bot.gateway.opening import state_of
from tests.gateway.service import CONTENT, Service
from tests.gateway.talk import Person, words

NEAR_THE_EDGE = "I can't do this any more"
WORRIED = "my partner has been hitting her"
EMERGENCY = "he's got a knife and mum is hurt"
MASH, EDT, TEAM = "01632 960102", "01632 960103", "01632 960101"
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def with_hours(hours: str | None) -> Council:
    contacts = tuple(
        contact.model_copy(update={"hours": hours}) if contact.id == "mash" else contact
        for contact in CONTENT.council.contacts
    )
    return CONTENT.council.model_copy(update={"contacts": contacts})


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2026, 11, 23, 8, 29, tzinfo=UTC), "closed"),
        (datetime(2026, 11, 23, 8, 30, tzinfo=UTC), "open"),
        (datetime(2026, 11, 27, 17, 29, tzinfo=UTC), "open"),
        (datetime(2026, 11, 27, 17, 30, tzinfo=UTC), "closed"),
        (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), "closed"),
        (datetime(2026, 11, 29, 12, 0, tzinfo=UTC), "closed"),
        (datetime(2027, 7, 5, 7, 30, tzinfo=UTC), "open"),
        (datetime(2027, 7, 5, 16, 30, tzinfo=UTC), "closed"),
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), "closed"),
        (datetime(2026, 12, 28, 12, 0, tzinfo=UTC), "closed"),
        (datetime(2026, 12, 29, 12, 0, tzinfo=UTC), "open"),
        (datetime(2027, 3, 29, 12, 0, tzinfo=UTC), "closed"),
    ],
    ids=[
        "before they open",
        "as they open",
        "the last minute",
        "as they close",
        "Saturday",
        "Sunday",
        "summer time, as they open",
        "summer time, as they close",
        "Christmas Day",
        "the day for Boxing Day",
        "the day after",
        "Easter Monday",
    ],
)
def test_the_day_team_is_there_when_its_hours_say_so(moment: datetime, state: str) -> None:
    assert state_of(CONTENT.council, "mash", moment) == state


@pytest.mark.parametrize(
    ("hours", "state"),
    [
        ("Monday to Friday, 12pm to 1pm", "open"),
        ("Monday to Friday, 12am to 12pm", "closed"),
        ("Saturday to Monday, 9am to 5pm", "open"),
        ("Tuesday to Sunday, 9am to 5pm", "closed"),
        ("monday to friday, 9:00 am to 5:00 pm", "open"),
        ("Nights, weekends and bank holidays", None),
        ("Monday to Friday, mornings", None),
        (None, None),
    ],
)
def test_hours_are_read_in_one_form_and_never_guessed_at(hours: str | None, state: str | None) -> None:
    assert state_of(with_hours(hours), "mash", MONDAY_NOON) == state


def test_a_contact_that_is_not_there_has_no_hours() -> None:
    assert state_of(CONTENT.council, "nobody", MONDAY_NOON) is None


def test_every_closed_day_is_a_working_day_that_would_be_taken_for_open() -> None:
    days = CONTENT.council.closed_days
    assert list(days) == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert len([day for day in days if day.year == 2027]) == 8, "England has eight bank holidays in a year"


def at_noon_on(service: Service, day: date) -> None:
    service.clock.now = datetime(day.year, day.month, day.day, 12, 0, tzinfo=UTC)


def told(service: Service, who: str = "who.parent", text: str = NEAR_THE_EDGE) -> str:
    return words(Person.at_the_first_question(service, who=who).says(text))


def test_by_day_a_carer_is_given_the_day_team_first(service: Service) -> None:
    at_noon_on(service, MONDAY_NOON.date())
    said = told(service)
    assert CONTENT.safety_text("CARER_open", name="Ty") in said
    assert said.index(MASH) < said.index(EDT)


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2026, 12, 25)], ids=["Saturday", "Christmas Day"])
def test_when_it_is_closed_nobody_is_sent_to_the_day_team_first(service: Service, day: date) -> None:
    at_noon_on(service, day)
    assert MASH not in told(service)
    said = told(service, text=WORRIED)
    assert "The children's team is closed now" in said
    assert said.index(EDT) < said.index(MASH)


def test_by_day_a_worry_about_a_child_leads_to_the_day_team(service: Service) -> None:
    at_noon_on(service, MONDAY_NOON.date())
    said = told(service, text=WORRIED)
    assert CONTENT.safety_text("DISC_adult") in said
    assert said.index(MASH) < said.index(EDT)


def test_on_sms_the_short_first_part_goes_by_the_clock_as_well(service: Service) -> None:
    at_noon_on(service, MONDAY_NOON.date())
    for moment, first in ((MONDAY_NOON, "CARER_first_open"), (MONDAY_NOON + timedelta(hours=9), "CARER_first")):
        service.clock.now = moment
        opened = service.http.post("/api/v1/conversations", json={"channel": "sms"}).json()
        reply = Person(service, opened).says(NEAR_THE_EDGE)
        assert reply["messages"][0]["text"] == CONTENT.safety_text(first)


def test_who_would_like_a_call_hears_when_nobody_is_there_to_make_it(service: Service) -> None:
    for hour, number, other in ((12, TEAM, EDT), (20, EDT, TEAM)):
        at_noon_on(service, MONDAY_NOON.date())
        service.clock.now = service.clock.now.replace(hour=hour)
        parent = Person.at_the_first_question(service)
        parent.says(EMERGENCY)
        said = words(parent.picks("safety.person"))
        assert number in said
        assert other not in said
        parent.picks("safety.carry_on")
        parent.says(NEAR_THE_EDGE)
        assert ("is closed now" in words(parent.says("call me"))) is (hour == 20)


def without_hours(content: Content) -> Content:
    return replace(content, council=with_hours(None))


def test_where_the_hours_are_not_known_the_words_are_those_without_a_time(service: Service) -> None:
    at_noon_on(service, MONDAY_NOON.date())
    service.app.state.services = replace(
        service.app.state.services, settings=replace(service.settings, content=without_hours(CONTENT))
    )
    assert CONTENT.safety_text("CARER", name="Ty") in told(service)
    assert CONTENT.safety_text("DISC_adult") in told(service, text=WORRIED)
