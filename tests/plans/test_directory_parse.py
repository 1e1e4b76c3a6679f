"""Odd payloads of real-life directories: what is usable is kept as it was written, the rest is left out with a note."""

from __future__ import annotations

import re
import time as clock
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.plans.directory import Contact, Note, Place, Service, Session
from bot.plans.directory_fields import plain
from bot.plans.directory_parse import MOST_SERVICES, is_id, read_page, read_service

FULL: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "organization_id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
    "name": "Splash & play",
    "description": "<p>Warm water.</p><ul><li>Hoist</li><li>Float</li></ul>",
    "url": "https://leisure.example/splash",
    "email": "splash@leisure.example",
    "status": "active",
    "minimum_age": 5,
    "maximum_age": 16,
    "assured_date": "2026-08-20",
    "last_modified": "2026-10-01T12:30:00Z",
    "alert": "No swim on 25 December",
    "organization": {
        "id": "d9d5e0f5",
        "name": "Town Leisure",
        "description": "The pool",
        "website": "https://x.example",
    },
    "schedules": [{"id": "s", "freq": "WEEKLY", "byday": "SA,SU", "opens_at": "09:30", "closes_at": "11:00:00+01:00"}],
    "service_areas": [{"id": "a", "name": "Exampleton"}],
    "service_at_locations": [
        {
            "id": "l",
            "location": {
                "id": "p",
                "location_type": "physical",
                "name": "The Pool",
                "latitude": "54.60",
                "longitude": 1.2,
                "addresses": [{"address_1": "1 Water Lane", "city": "Exampleton", "postal_code": "xm1 2ab"}],
                "accessibility": [{"description": "Hoist"}, {"details": "Changing bed"}],
            },
        }
    ],
    "cost_options": [
        {"id": "c", "option": "Child", "amount": 3.2, "currency": "GBP", "amount_description": "per session"}
    ],
    "contacts": [
        {"name": "Jo", "title": "Manager", "email": "jo@leisure.example", "phones": [{"number": "01632 960132"}]},
        {"name": "Complaints", "phones": [{"number": "01632 960121"}]},
    ],
    "attributes": [{"link_entity": "service", "taxonomy_term": {"id": "t1", "name": "Swimming"}}],
}


def read(**changed: Any) -> tuple[Service | None, list[Note]]:
    """A service with the three things that are required, and what a test adds."""
    notes: list[Note] = []
    return read_service({"id": "s-1", "name": "Club", "status": "active"} | changed, notes), notes


def good(**changed: Any) -> Service:
    service, _ = read(**changed)
    assert service is not None
    return service


def test_a_whole_service_is_read() -> None:
    notes: list[Note] = []
    service = read_service(FULL, notes)
    assert service is not None
    assert notes == []
    assert service.name == "Splash & play"
    assert service.description == "Warm water. Hoist Float"
    assert (service.minimum_age, service.maximum_age) == (5, 16)
    assert service.sessions == (Session(("SA", "SU"), time(9, 30), time(11, 0)),)
    assert service.places == (
        Place("The Pool", "1 Water Lane", "Exampleton", "XM1", (54.6, 1.2), access=("Hoist", "Changing bed")),
    )
    assert service.cost_options[0].pence == 320
    assert service.contacts == (
        Contact("Jo Manager", "01632 960132", "jo@leisure.example"),
        Contact(email="splash@leisure.example"),
    )
    assert service.complaints == Contact("Complaints", "01632 960121")
    assert (service.organisation, service.topics, service.topic_ids) == ("Town Leisure", ("Swimming",), ("t1",))
    assert service.checked_on(date(2026, 11, 22)) == date(2026, 8, 20)
    assert service.alert == "No swim on 25 December"


def test_three_fields_are_enough_and_everything_else_may_be_null() -> None:
    service, notes = read(**{name: None for name in FULL if name not in ("id", "name", "status")})
    assert service == Service("s-1", "Club", detailed=True)
    assert notes == []


@pytest.mark.parametrize("missing", ["id", "name", "status"])
@pytest.mark.parametrize("empty", [None, "", "   ", [], {"a": 1}, True])
def test_without_one_of_the_three_there_is_no_service(missing: str, empty: Any) -> None:
    service, notes = read(**{missing: empty})
    assert service is None
    assert any(note.where == missing for note in notes)


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed", "ACTIVE?"])
def test_a_service_that_is_not_running_is_left_out_without_a_note(status: str) -> None:
    assert read(status=status) == (None, [])
    assert good(status=" Active ").name == "Club"


@pytest.mark.parametrize(
    ("low", "high", "comes", "stays_away"),
    [
        ("5", "16.0", [5, 16], [4, 17]),
        ("8 years", "11 yrs", [8, 11], [7, 12]),
        ("18+", None, [18], [17]),
        (4.5, 7.5, [5, 7], [4, 8]),
        (None, 10, [0, 10], [11]),
        (16, 0, [16, 40], [15]),
        (16, 9, [9, 16], [8, 17]),
        (0, 999, [0, 17], []),
        (None, None, [0, 25], []),
    ],
)
def test_ages_in_the_forms_that_feeds_use(low: Any, high: Any, comes: list[int], stays_away: list[int]) -> None:
    service = good(minimum_age=low, maximum_age=high)
    assert all(service.suits(age) for age in comes)
    assert not any(service.suits(age) for age in stays_away)


@pytest.mark.parametrize(
    ("low", "high"),
    [("adults", None), (None, "grown up"), (0, 0), (None, 0), (-3, None), ({}, None), (True, None), (500, None)],
)
def test_ages_that_make_no_sense_suit_nobody_and_never_a_child_by_chance(low: Any, high: Any) -> None:
    service = good(minimum_age=low, maximum_age=high)
    assert not any(service.suits(age) for age in (None, 0, 8, 17, 30))


def test_when_the_age_is_not_known_services_for_adults_are_left_out() -> None:
    assert not good(minimum_age=18).suits(None)
    assert good(minimum_age=5).suits(None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("description", {"en": "Fun"}),
        ("description", ["Fun"]),
        ("assured_date", "soon"),
        ("assured_date", 20260820),
        ("assured_date", "2026-02-30"),
        ("last_modified", {"$date": 1}),
        ("url", "javascript:alert(1)"),
        ("url", "https://user:secret@x.example"),
        ("url", "see our page"),
        ("url", "http://[broken"),
        ("email", "not an email"),
        ("service_at_locations", "everywhere"),
        ("service_at_locations", [{"location": "here"}]),
        ("service_at_locations", [{"location": {"latitude": "north", "longitude": 1, "name": "Hall"}}]),
        ("schedules", [{"byday": "SA", "opens_at": "nine"}]),
        ("schedules", [7]),
        ("cost_options", [{"option": "Child", "amount": "five pounds"}]),
        ("contacts", [{"phones": [{"number": "ask Jo"}]}]),
        ("organization", "Town Leisure"),
        ("attributes", {"taxonomy_term": 5}),
    ],
)
def test_what_has_another_type_is_dropped_with_a_note_and_the_service_stays(name: str, value: Any) -> None:
    service, notes = read(**{name: value})
    assert service is not None
    assert service.name == "Club"
    assert notes
    assert all(note.where.startswith(name) for note in notes)


def test_unknown_fields_and_a_single_object_in_place_of_a_list_do_no_harm() -> None:
    service, notes = read(x_council_only=[1, 2], cost_options={"option": "Child", "amount": "2.50"})
    assert service is not None
    assert service.cost_options[0].pence == 250
    assert notes == []


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<p>Fun &amp; games<br/>for <b>a</b>ll</p>", "Fun & games for all"),
        ("&lt;p&gt;Twice escaped&lt;/p&gt;", "Twice escaped"),
        ("Under <5s and 3 < 4", "Under <5s and 3 < 4"),
        ("<script>steal()</script>Club<style>p{}</style>", "Club"),
        ("<!-- note -->Club", "Club"),
        ("a\u200bb\u202ec\x00d\ud800", "abc d"),
        ("Zoë’s café – £5", "Zoë’s café – £5"),
        ("line\r\n\tline", "line line"),
    ],
)
def test_markup_and_hidden_characters_are_taken_out(written: str, read_as: str) -> None:
    assert plain(written) == read_as


def test_a_very_long_description_is_cut_between_words() -> None:
    description = good(description="word " * 20_000).description
    assert len(description) <= 2000
    assert description.endswith("word …")


@pytest.mark.parametrize("id", ["..", ".", "a b", "a\nb", "x" * 151, ""])
def test_an_id_that_could_lead_astray_is_no_id(id: str) -> None:
    assert not is_id(id)


def test_a_date_to_come_is_no_check_and_a_change_stands_in_for_it() -> None:
    today = date(2026, 11, 22)
    assert good(assured_date="2027-01-01").checked_on(today) is None
    assert good(assured_date="2027-01-01", last_modified="2026-05-01").checked_on(today) == date(2026, 5, 1)


def test_points_nobody_filled_in_are_no_point() -> None:
    for latitude, longitude in ((0, 0), (None, 1), ("", ""), (91, 1), (54, 181)):
        location = {"name": "Hall", "latitude": latitude, "longitude": longitude}
        assert good(service_at_locations=[{"location": location}]).places[0].point is None


SERVICE = {"id": "1", "name": "Club", "status": "active"}


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        ({"total_items": 1, "total_pages": 7, "page_number": 1, "contents": [SERVICE]}, 7),
        ({"totalElements": 1, "totalPages": "3", "content": [SERVICE]}, 3),
        ({"total_pages": None, "contents": [SERVICE]}, 1),
        ({"total_pages": -2, "contents": [SERVICE]}, 1),
        ([SERVICE], 1),
    ],
)
def test_pages_of_new_and_older_feeds_and_plain_lists(data: Any, pages: int) -> None:
    page = read_page(data)
    assert page is not None
    assert [service.name for service in page.services] == ["Club"]
    assert page.pages == pages


@pytest.mark.parametrize(
    "data", [None, "services", 7, {}, {"contents": None}, {"contents": {"1": SERVICE}}, {"error": "no"}]
)
def test_what_is_no_list_of_services_is_said_to_be_none(data: Any) -> None:
    assert read_page(data) is None


def test_broken_and_repeated_entries_cost_nobody_else_their_place() -> None:
    page = read_page([None, SERVICE, "x", SERVICE, {"id": "2", "name": "Swim", "status": "active"}, {"id": "3"}])
    assert page is not None
    assert [service.id for service in page.services] == ["1", "2"]
    assert page.left_out == 4


def test_of_ten_thousand_services_those_that_speak_of_it_are_read_while_somebody_waits() -> None:
    names = ["Splash" if number % 100 == 99 else "Club" for number in range(10_000)]
    data = [FULL | {"id": f"s-{number}", "name": name} for number, name in enumerate(names)]
    began = clock.process_time()
    page = read_page(data, re.compile("splash"))
    assert page is not None
    assert clock.process_time() - began < 2
    assert len(page.services) == MOST_SERVICES
    assert page.left_out == 9000
    page = read_page(data, re.compile("Splash"))
    assert page is not None
    assert sum(service.name == "Splash" for service in page.services) == 100


odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["5", "MO", "£5 a session"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(FULL)) | st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(FULL)), odd, max_size=8))
def test_nothing_a_directory_sends_raises(fields: dict[str, Any]) -> None:
    notes: list[Note] = []
    service = read_service(SERVICE | fields, notes)
    if service is not None:
        assert is_id(service.id)
        assert service.name == plain(service.name)
    read_page(fields)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>!-/[]&;abp#x1 \"'", max_size=60))
def test_no_markup_however_broken_raises(text: str) -> None:
    assert "<p>" not in plain(text)
    assert "<b>" not in plain(text)
