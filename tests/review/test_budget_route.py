"""A professional chooses the route of a budget, with a reason; nothing is refused by it and every choice is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.gateway.standing import standing
from bot.plans.model import Member, Plan
from bot.store import budget_routes, drafts
from tests.review.office import CONTENT, Office, open_office


@pytest.fixture(scope="module")
def office(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("route")
    shutil.copy(empty_store, folder / "store.db")
    with open_office(folder / "store.db") as opened:
        yield opened


def test_a_route_is_suggested_chosen_with_a_reason_and_changed(office: Office) -> None:
    reference = office.family(age=5)
    lead = office.staff()
    first = lead.gets(f"/drafts/{reference}/route").json()
    assert (first["route"], first["chosen"], first["for_family"]) == ("full", [], [])
    suggested = {route["route"]: route["suggested"] for route in first["routes"]}
    assert suggested["lead_professional"]
    assert not suggested["practice"]
    body = {"route": "lead_professional", "reason": "A club and some advice may be enough.", "revision": 0}
    chosen = lead.posts(f"/drafts/{reference}/route", body).json()
    assert (chosen["route"], chosen["revision"]) == ("lead_professional", 1)
    assert chosen["chosen"][0]["policy"] == "exampleshire/2026.1"
    assert any("up to £3,000" in line for line in chosen["for_family"])
    assert lead.posts(f"/drafts/{reference}/route", {**body, "revision": 1}).json()["revision"] == 1
    lead.posts(f"/drafts/{reference}/route", {"route": "full", "reason": "It is not enough.", "revision": 1})
    with office.database.read() as tx:
        draft_id = drafts.by_reference(tx, reference).id
        assert [one.route for one in budget_routes.history(tx, draft_id)] == ["lead_professional", "full"]
        assert budget_routes.current(tx, draft_id) == "full"


def test_a_limit_under_the_guide_amount_is_said_and_not_suggested(office: Office) -> None:
    reference = office.family(age=15)
    routes = {route["route"]: route for route in office.staff().gets(f"/drafts/{reference}/route").json()["routes"]}
    assert routes["practice"]["under_guide"]
    assert not routes["practice"]["suggested"]
    assert not routes["full"]["under_guide"]


def test_a_day_without_a_limit_refuses_in_words(office: Office) -> None:
    reference = office.family()
    office.forward(days=-300)
    body = {"route": "practice", "reason": "To try out.", "revision": 0}
    reply = office.staff().posts(f"/drafts/{reference}/route", body)
    office.forward(days=300)
    assert reply.status_code == 409
    assert "set no limit" in reply.json()["title"]


def test_who_may_not(office: Office) -> None:
    reference = office.family()
    body = {"route": "practice", "reason": "To try out.", "revision": 0}
    assert office.staff("auditor").posts(f"/drafts/{reference}/route", body).status_code == 403
    assert (
        office.staff("lead-professional", team="early_help").posts(f"/drafts/{reference}/route", body).status_code
        == 404
    )
    assert office.staff().posts(f"/drafts/{reference}/route", {**body, "revision": 7}).status_code == 409
    assert office.staff().posts(f"/drafts/{reference}/route", {**body, "route": "cash"}).status_code == 422


def test_the_page_keeps_what_was_typed(office: Office) -> None:
    reference = office.family()
    lead = office.staff()
    path = f"/review/drafts/{reference}/route"
    wrong = lead.sends(path, {"route": "practice", "reason": ""})
    assert wrong.status_code == 422
    assert "<title>Error: " in wrong.text
    assert 'value="practice" aria-describedby="route-practice-hint" checked' in wrong.text
    late = lead.sends(path, {"route": "practice", "reason": "To try out.", "revision": "9"})
    assert late.status_code == 409
    assert "To try out." in late.text
    assert lead.sends(path, {"route": "practice", "reason": "To try out."}).status_code == 303
    page = lead.reads(path)
    assert "up to £200 for a year" in page
    assert "Lead professional (demo) (lead professional)" in page


def test_the_familys_plan_gets_lighter_wherever_they_come_in(office: Office) -> None:
    reference = office.family(plan=Plan("default-plan/1", date(2026, 11, 1), members=(Member("m1", "parent", "Mum"),)))
    assert total_of(office, reference) == 19
    body = {"route": "practice", "reason": "To try out.", "revision": 0}
    assert office.staff().posts(f"/drafts/{reference}/route", body).is_success
    assert total_of(office, reference) == 7
    office.staff().posts(f"/drafts/{reference}/route", {"route": "full", "reason": "Not enough.", "revision": 1})
    assert total_of(office, reference) == 19


def total_of(office: Office, reference: str) -> int:
    """Parts of the plan that the family's state counts."""
    with office.database.read() as tx:
        draft_id = drafts.by_reference(tx, reference).id
        return standing(tx, CONTENT, draft_id, today=office.now.date()).state(CONTENT).total
