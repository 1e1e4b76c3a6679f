"""The made-up directory answers as Open Referral UK has it, and our own client finds ideas in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from actions.directory_client import DEMO_PATH, DirectoryClient
from bot.content.directory_models import load_demo, load_needs
from bot.plans.directory import Note
from bot.plans.directory_near import near
from bot.plans.directory_needs import Wanted
from bot.plans.directory_parse import read_service
from tests.gateway.service import Service

TODAY = date(2026, 11, 22)
REQUIRED = {
    "service": {"id", "organization_id", "name", "status", "url"},
    "organization": {"id", "name", "description"},
    "schedules": {"id"},
    "service_areas": {"id"},
    "service_at_locations": {"id"},
    "location": {"id", "location_type"},
    "addresses": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "accessibility": {"id"},
    "cost_options": {"id"},
    "contacts": {"id"},
    "phones": {"id", "number"},
    "attributes": {"id", "link_id", "link_entity"},
    "taxonomy_term": {"id", "name", "description"},
}
"""Fields that the UK profile of HSDS 3.0 requires, by the name under which an object is nested."""


def get(service: Service, path: str, **params: Any) -> Any:
    reply = service.http.get(DEMO_PATH + path, params=params)
    assert reply.status_code == 200, reply.text
    assert reply.headers["access-control-allow-origin"] == "*"
    return reply.json()


def names(service: Service, **params: Any) -> list[str]:
    return [one["name"] for one in get(service, "/services", per_page=100, **params)["contents"]]


def objects(name: str, data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object inside an answer, with the name under which it is nested."""
    if isinstance(data, list):
        for item in data:
            yield from objects(name, item)
    elif isinstance(data, dict):
        yield name, data
        for inner, value in data.items():
            yield from objects(inner, value)


def test_the_nine_addresses_answer(service: Service) -> None:
    about = get(service, "/")
    assert about["version"] == "HSDS-UK-3.0"
    assert about["profile"]
    assert service.http.get(about["openapi_url"]).status_code == 200
    for path in ("/services", "/taxonomies", "/taxonomy_terms", "/service_at_locations"):
        page = get(service, path)
        assert set(page) == {
            "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
        }  # fmt: skip
        first = page["contents"][0]
        assert get(service, f"{path}/{first['id']}") == first


def test_every_service_has_what_the_profile_requires_and_nothing_empty(service: Service) -> None:
    services = get(service, "/services", per_page=100)["contents"]
    assert len(services) >= 20
    for name, found in objects("service", services):
        assert REQUIRED[name] <= set(found), (name, found)
        assert all(value not in (None, "", [], {}) for value in found.values()), found
        UUID(found["id"])
    assert {one["status"] for one in services} == {"active", "temporarily closed"}


def test_our_own_reading_of_every_service_leaves_nothing_out(service: Service) -> None:
    notes: list[Note] = []
    read = [read_service(one, notes) for one in get(service, "/services", per_page=100)["contents"]]
    assert notes == []
    running = [one for one in load_demo().services if one.status == "active"]
    assert [one.name for one in read if one is not None] == [one.name for one in running]
    for one, written in zip((one for one in read if one is not None), running, strict=True):
        assert len(one.cost_options) == len(written.costs)
        assert len(one.sessions) == len(written.sessions)
        assert one.complaints is not None


def test_pages(service: Service) -> None:
    first = get(service, "/services", per_page=10)
    last = get(service, "/services", per_page=10, page=first["total_pages"])
    beyond = get(service, "/services", per_page=10, page=first["total_pages"] + 1)
    assert (first["first_page"], first["last_page"], first["size"]) == (True, False, 10)
    assert (last["first_page"], last["last_page"]) == (False, True)
    assert (beyond["empty"], beyond["contents"]) == (True, [])


def test_services_are_found_by_word_age_topic_day_and_place(service: Service) -> None:
    assert names(service, search="trampoline") == ["Bounce for All"]
    assert "Warm water for adults" not in names(service, search="swim", minimum_age=8, maximum_age=11)
    assert "Friday Youth Group" not in names(service, minimum_age=8, maximum_age=11)
    assert "Friday Youth Group" in names(service, minimum_age=12, maximum_age=15)
    swimming = next(one for one in get(service, "/taxonomy_terms")["contents"] if one["code"] == "swimming")
    assert names(service, taxonomy_term_id=swimming["id"]) == [
        "Saturday Quiet Swim",
        "One to one swimming lessons",
        "Warm water for adults",
    ]
    assert names(service, day="FR", start_time="18:00") == ["Friday Youth Group"]
    assert names(service, search="music", postcode="XM7") == ["Loud and Proud drums", "All on Stage"]
    near_the_pool = names(service, postcode="XM1 2AB", proximity=5000)
    assert "Bounce for All" in near_the_pool
    assert "Farm helpers" not in near_the_pool
    assert "Fernbridge sitters" in near_the_pool
    at_the_farm = get(service, "/service_at_locations", search="animals")["contents"]
    assert [one["location"]["name"] for one in at_the_farm] == ["Mereham Community Farm"]
    assert at_the_farm[0]["service"]["name"] == "Farm helpers"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/services/nobody", 404),
        ("/taxonomies/x", 404),
        ("/taxonomy_terms/x", 404),
        ("/service_at_locations/x", 404),
        ("/services?page=0", 422),
        ("/services?per_page=5000", 422),
        ("/services?minimum_age=eight", 422),
        ("/services?day=someday", 422),
    ],
)
def test_refusals_are_open_to_all_too(service: Service, path: str, status: int) -> None:
    reply = service.http.get(DEMO_PATH + path)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.json()["status"] == status


def test_it_is_described_with_examples(service: Service) -> None:
    paths = service.http.get("/openapi.json").json()["paths"]
    own = {path: methods["get"] for path, methods in paths.items() if path.startswith(DEMO_PATH)}
    assert len(own) == 9
    for described in own.values():
        assert described["responses"]["200"]["content"]["application/json"]["example"]


def test_a_real_council_serves_no_made_up_services(live_service: Service) -> None:
    assert live_service.http.get(f"{DEMO_PATH}/services").status_code == 404


def test_the_councils_topics_of_our_needs_are_there(service: Service) -> None:
    terms = {one["id"] for one in get(service, "/taxonomy_terms")["contents"]}
    named = {id for need in load_needs() for id in need.term_ids}
    assert named
    assert named <= terms


FINDS = [
    ("I want him to swim", 8, "XM1 2AB", "One to one swimming lessons"),
    ("somewhere to bounce on a trampoline", 8, "", "Bounce for All"),
    ("inclusive football", 9, "XM2", "Everyone Plays football"),
    ("a night out for us", 5, "Exampleton", "Fernbridge sitters"),
    ("a saturday club", 10, "", "Open Door Saturday Club"),
    ("something in the summer holidays", 6, "", "Free holiday fun days"),
    ("a sensory room", 3, "", "Sensory room"),
    ("a youth group", 15, "", "Friday Youth Group"),
    ("a friend of her own", 12, "", "Good Company befriending"),
    ("a PA", 7, "", "Exampleshire PA finder"),
    ("payroll", 7, "", "Plain Pay payroll"),
    ("borrow some equipment", 2, "", "Toy and equipment library"),
    ("to meet other parents", 4, "", "Parent forum coffee morning"),
    ("something for her brother", 11, "", "Brothers and sisters group"),
    ("music", 11, "XM7", "Loud and Proud drums"),
    ("to cook for himself", 16, "", "Cook and eat club"),
    ("help with bedtime and sleep", 6, "", "Sleep clinic"),
    ("a bike", 9, "", "Bikes for Everybody"),
    ("filling in forms", 9, "", "Benefits and rights advice"),
    ("go on the bus to college", 16, "", "Travel training"),
]


def test_families_find_what_they_look_for(service: Service) -> None:
    client = DirectoryClient(service.url + DEMO_PATH, load_needs())
    found = {}
    for words, age, home, _ in FINDS:
        ideas = client.ideas(Wanted(words, TODAY, age=age, home=near(home), left_pence=400_000))
        assert all(one.service.suits(age) for one in ideas.suggestions)
        found[words] = ideas.suggestions[0].service.name if ideas.suggestions else ideas.status
    assert found == {words: first for words, _, _, first in FINDS}
