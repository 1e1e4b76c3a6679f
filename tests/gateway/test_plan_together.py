"""Others who join a plan with a code of their own, by the API and by the page; and the state that a plan shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.plans.model import Plan
from bot.store import drafts, members
from tests.gateway.planning import Family, one_family
from tests.gateway.talk import Person, words
from tests.gateway.test_pages import Browser
from tests.gateway.test_plan_files import browser_of
from tests.plans.documents.families import PLAN

EMPTY = replace(PLAN, sections={}, lines=(), over_reason="")


@pytest.fixture(scope="module")
def house(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    """One for all tests; each begins with a plan of its own."""
    with one_family(empty_store, tmp_path_factory.mktemp("together"), PLAN) as made:
        yield made


def begins(house: Family, plan: Plan = EMPTY) -> Person:
    house.has(plan)
    return house.comes_in()


def invites(person: Person, role: str = "young_person") -> str:
    """The code for somebody who is to join; it is shown this once."""
    person.says("invite")
    said = words(person.picks(f"plan.invite.{role}"))
    code = re.search(r"\b(\d{6})\b", said)
    assert code, said
    assert code[1] not in words(person.reads())
    return code[1]


def resumes(house: Family, pin: str) -> Any:
    body = {"reference": house.reference, "pin": pin}
    return house.service.http.post("/api/v1/conversations/resume", json=body)


def test_a_member_comes_in_by_the_api_straight_to_the_plan_in_words_for_them(house: Family) -> None:
    code = invites(begins(house))
    reply = resumes(house, code)
    assert reply.status_code == 200
    opened = reply.json()
    assert (opened["state"]["stage"], opened["state"]["plan"]["sections"]) == ("plan", {})
    ty = Person(house.service, opened)
    ty.picks("plan.go.P03")
    assert "Ty say" not in words(ty.last), "the young person is asked, not asked about"
    ty.says("buses")
    assert "buses" in ty.reads()["state"]["plan"]["sections"]["P03"]
    mum = house.comes_in()
    assert "buses" in mum.last["state"]["plan"]["sections"]["P03"], "it is one plan"


def test_each_has_a_place_of_their_own_in_it(house: Family) -> None:
    mum = begins(house)
    ty = Person(house.service, resumes(house, invites(mum)).json())
    mum.picks("plan.go.P04")
    ty.picks("plan.go.P01")
    assert mum.reads()["state"]["question_id"] == "P04"
    assert ty.reads()["state"]["question_id"] == "P01"
    said = [line["text"] for line in ty.reads()["messages"]]
    assert not any("young person" in line.lower() and "code" in line.lower() for line in said)


def test_a_member_comes_in_by_the_page(house: Family) -> None:
    code = invites(begins(house), "grandparent")
    browser = Browser(house.service)
    browser.goes_to("/resume")
    browser._see(browser.http.post("/resume", data={"reference": house.reference.lower(), "pin": f" {code} "}))
    assert browser.status == 200
    assert browser.http.cookies["sevensteps"]
    assert "Save and go on" in browser.words
    browser.sends(choice="plan.go.P02")
    browser.sends(text="me and the allotment")
    browser.sends(choice="plan.go.P19")
    assert "“me and the allotment”" in browser.words


def test_a_wrong_code_opens_nothing(house: Family) -> None:
    code = invites(begins(house))
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    reply = resumes(house, wrong)
    assert (reply.status_code, reply.json()["type"]) == (401, "/problems/wrong-pin")
    browser = Browser(house.service)
    browser._see(browser.http.post("/resume", data={"reference": house.reference, "pin": wrong}))
    assert browser.status == 401
    assert wrong not in browser.page


def test_a_withdrawn_code_is_shut_out_everywhere_and_the_words_stay(house: Family) -> None:
    mum = begins(house)
    code = invites(mum, "carer")
    carer = Person(house.service, resumes(house, code).json())
    carer.picks("plan.go.P07")
    carer.says("school runs are hard")
    with house.service.database.write() as tx:
        draft = drafts.by_reference(tx, house.reference)
        last = members.listing(tx, draft.id)[-1]
        members.withdraw(tx, draft.id, last.id, actor="family", at=house.service.clock())
    assert resumes(house, code).status_code == 401
    assert carer.sends({"text": "hello"}).status_code == 401
    path = f"/api/v1/conversations/{carer.id}"
    for address in (path, f"{path}/plan/plan.txt"):
        assert house.service.http.get(address, headers=carer.headers).status_code == 401
    with browser_of(carer) as browser:
        for page in ("/chat", "/plan/plan.html"):
            reply = browser.get(page)
            assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert "school runs are hard" in mum.reads()["state"]["plan"]["sections"]["P07"]


def test_no_more_than_six_can_join(house: Family) -> None:
    mum = begins(house)
    for _ in range(6):
        mum.says("invite")
        mum.picks("plan.invite.parent")
    assert not re.search(r"\b\d{6}\b", words(mum.last))
    with house.service.database.read() as tx:
        assert len(members.listing(tx, drafts.by_reference(tx, house.reference).id)) == 5


def test_the_state_has_the_plan_as_the_contract_says(house: Family) -> None:
    state = begins(house, PLAN).last["state"]
    assert set(state) == {
        "stage", "question_id", "position", "total", "answers", "draft_reference", "pin_set", "amount", "plan", "safety",
    }  # fmt: skip
    assert (state["stage"], state["question_id"], state["total"]) == ("plan_check", "P19", 19)
    plan = state["plan"]
    assert set(plan) == {"sections", "lines", "total_pence", "guide_pence"}
    assert set(plan["sections"]) <= {f"P{number:02}" for number in range(20)}
    assert plan["sections"]["P03"].startswith("Buses. Swimming on a Friday.")
    assert plan["total_pence"] == sum(
        line["total_pence"] + line["on_costs_pence"] for line in plan["lines"] if line["total_pence"] is not None
    )
    assert plan["guide_pence"] == state["amount"]["amount_pence"]
    for line in plan["lines"]:
        assert set(line) == {
            "goal", "what", "stream", "supplier", "unit_cost_pence", "unit", "units_per_year", "total_pence",
            "on_costs_pence", "one_off", "managed_by", "who_is_paid", "dbs", "notes",
        }  # fmt: skip
        assert line["total_pence"] is None or isinstance(line["total_pence"], int)


def test_before_there_is_a_plan_the_state_has_none(house: Family) -> None:
    assert Person.arrives(house.service).last["state"]["plan"] is None


def test_the_example_of_a_state_in_the_description_is_of_the_same_shape(house: Family) -> None:
    schemas = house.service.http.get("/openapi.json").json()["components"]["schemas"]
    (example,) = schemas["StateOut"]["examples"]
    state = begins(house, PLAN).last["state"]
    assert set(example) == set(state)
    assert set(example["plan"]) == set(state["plan"])
    assert set(example["plan"]["lines"][0]) == set(state["plan"]["lines"][0])
    assert set(example["amount"]) == set(state["amount"])
    paths = house.service.http.get("/openapi.json").json()["paths"]
    files = paths["/api/v1/conversations/{conversation_id}/plan/{what}.{ending}"]["get"]
    assert {"200", "401", "404", "422", "429", "503"} == set(files["responses"])
    assert set(files["responses"]["200"]["content"]) > {"application/pdf", "text/html", "application/json"}
    assert "/api/v1/review/drafts/{reference}/plan/{which}.{ending}" in paths
