"""A family hears of the decision where it is, reads the letter, signs it, or gets another look; the officer sees both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.store import audit, drafts, family_answers
from tests.gateway.planning import Family, one_family, sends_the_plan
from tests.gateway.service import Service
from tests.gateway.talk import Person, words
from tests.review.decided import PLAN, TOTAL

WHY = "The club has free places on Saturdays."


@pytest.fixture(scope="module")
def family(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    with one_family(empty_store, tmp_path_factory.mktemp("decided"), PLAN) as made:
        yield made


class Officer:
    """A member of staff at the review API."""

    def __init__(self, service: Service, user: str) -> None:
        reply = service.http.post("/api/v1/review/demo-login", json={"user": user})
        assert reply.status_code == 200, reply.text
        service.http.cookies.clear()
        self.service, self.headers = service, {"Authorization": f"Bearer {reply.json()['token']}"}

    def posts(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        reply = self.service.http.post(f"/api/v1/review/drafts/{path}", json=body, headers=self.headers)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def gets(self, path: str) -> dict[str, Any]:
        reply = self.service.http.get(f"/api/v1/review/drafts/{path}", headers=self.headers)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())


def told(person: Person) -> str:
    """What is asked of somebody who comes back, after anything else that is said then."""
    return words(person.last)


def test_from_the_plan_to_two_signatures(family: Family) -> None:
    service, path = family.service, f"{family.reference}/decision"
    first = family.comes_in()
    sends_the_plan(first)
    assert first.last["state"]["stage"] == "sent"
    assert letter(service, first, "letter.txt").status_code == 404
    lead, manager = Officer(service, "lead-professional"), Officer(service, "team-manager")
    lead.posts(f"{path}/proposal", {"decision": "agree_in_part", "final_pence": 100_000, "reasons": WHY})
    assert first.reads()["state"]["stage"] == "sent"
    signed = manager.posts(f"{path}/signature", {})

    # What was typed before they had heard of it is not taken for an answer to it.
    first.says("yes")
    with service.database.read() as tx:
        draft = drafts.by_reference(tx, family.reference)
        assert family_answers.listing(tx, draft.id) == ()
    person = family.comes_in()
    assert person.last["state"]["stage"] == "agreed"
    assert "A part of your plan is agreed, with £1,000 a year." in told(person)
    assert WHY in words(person.says("why"))
    said = letter(service, person, "letter.txt")
    assert said.status_code == 200
    assert WHY in said.text
    assert "£1,000" in letter(service, person, "summary.txt").text
    assert letter(service, person, "letter.docx", large=True).headers["content-disposition"].endswith('-large.docx"')
    assert letter(service, person, "summary.pdf").status_code == 404

    person.says("no")
    assert person.last["state"]["question_id"] == "decided-1.again"
    heard = words(person.says("The club is full. We asked them twice."))
    assert "Someone who did not work on it looks again. They reply by 4 December 2026." in heard
    assert person.last["state"]["stage"] == "sent"
    seen = lead.gets(path)
    assert (seen["status"], seen["look_again"]["words"]) == ("looked_at", "The club is full. We asked them twice.")
    assert seen["look_again"]["reply_by"] == "2026-12-04"
    assert seen["in_force"]["family"][0]["same_as_signed"] is True

    group = Officer(service, "group-manager")
    again = group.posts(
        path, {"decision": "agree", "final_pence": TOTAL, "reasons": "The club is full, so all of it is needed."}
    )
    assert (again["second_look"], again["status"]) == (True, "agreed")
    back = family.comes_in()
    assert "Your plan is agreed, with £1,625 a year." in told(back)
    assert "This is the second look that you asked for." in letter(service, back, "letter.txt").text
    assert "I have written down that you agree" in words(back.says("I agree"))
    assert back.last["state"]["stage"] == "agreed"
    plan = service.http.get(f"/api/v1/conversations/{back.id}/plan/plan.txt", headers=back.headers).text
    assert "Exampleshire Council has agreed to this version of the plan." in plan
    record = lead.gets(path)["in_force"]
    assert [(one["kind"], one["role"], one["same_as_signed"]) for one in record["family"]] == [
        ("agreed", "parent", True)
    ]
    assert record["bound"] != signed["bound"]
    with service.database.read() as tx:
        lines = audit.lines(tx, subject=draft.id, limit=500)
    actions = [line.action for line in lines]
    assert actions.count("decision.family_agreed") == 1
    assert actions.count("family.disagree") == 1
    assert not [line for line in lines if "asked them twice" in line.detail]


def letter(service: Service, person: Person, name: str, *, large: bool = False) -> Any:
    path = f"/api/v1/conversations/{person.id}/decision/{name}"
    return service.http.get(path, headers=person.headers, params={"large": large})
