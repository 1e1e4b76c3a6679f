"""Cases belong to teams: who finds one, who opens it, who moves it, and what another team hears of it (nothing)."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.store import audit, cases, drafts
from tests.gateway.service import Service, running
from tests.gateway.talk import Person

EMERGENCY = "he's got a knife and mum is hurt"


@dataclass
class Worker:
    """A made-up member of staff with a token of their own."""

    service: Service
    user: str
    headers: dict[str, str]

    @classmethod
    def of(cls, service: Service, role: str, team: str | None = None) -> Worker:
        body = {"user": role} | ({"team": team} if team else {})
        with httpx.Client(base_url=service.url, timeout=30, trust_env=False, verify=False) as http:
            reply = http.post("/api/v1/review/demo-login", json=body)
        assert reply.status_code == 200, reply.text
        token = reply.json()["token"]
        user = f"demo.{role}" if team is None else f"demo.{role}.{team}"
        return cls(service, user, {"Authorization": f"Bearer {token}"})

    def gets(self, path: str) -> httpx.Response:
        return httpx.get(
            f"{self.service.url}/api/v1/review{path}", headers=self.headers, timeout=30, trust_env=False, verify=False
        )

    def posts(self, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        return httpx.post(
            f"{self.service.url}/api/v1/review{path}",
            headers=self.headers,
            json=body,
            timeout=30,
            trust_env=False,
            verify=False,
        )

    def sees(self) -> set[str]:
        return {line["reference"] for line in self.gets("/drafts").json()["drafts"]}


def family(service: Service, age: int | None) -> Person:
    """A parent who has said how old the child is, or has only begun."""
    if age is None:
        return Person.arrives(service)
    return Person.at_the_first_question(service, age=str(age))


def reference_of(person: Person) -> str:
    return str(person.last["state"]["draft_reference"])


@pytest.fixture(scope="module")
def service(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = tmp_path_factory.mktemp("teams") / "store.db"
    shutil.copy(empty_store, store)
    with running(store, lifespan="off") as started:
        yield started


@pytest.fixture(scope="module")
def three(service: Service) -> dict[str, str]:
    """A family of each team."""
    ages = {"early_help": 4, "children": 10, "preparing_for_adulthood": 15}
    return {team: reference_of(family(service, age)) for team, age in ages.items()}


def test_each_team_finds_and_opens_its_own_cases_alone(service: Service, three: dict[str, str]) -> None:
    for team, own in three.items():
        worker = Worker.of(service, "lead-professional", team)
        others = set(three.values()) - {own}
        assert own in worker.sees()
        assert not worker.sees() & others
        assert worker.gets(f"/drafts/{own}").status_code == 200
        for other in others:
            assert worker.gets(f"/drafts/{other}").status_code == 404
            assert worker.gets(f"/drafts/{other}").json() == worker.gets("/drafts/EX-2222-2222").json()
            assert worker.gets(f"/drafts/{other}/plan/now.html").status_code == 404


def test_roles_above_teams_and_the_demos_own_accounts_see_all(service: Service, three: dict[str, str]) -> None:
    for worker in (
        Worker.of(service, "head-of-service", "children"),
        Worker.of(service, "group-manager"),
        Worker.of(service, "lead-professional"),
    ):
        assert set(three.values()) <= worker.sees()


def test_a_draft_without_an_age_is_the_front_doors_until_there_is_one(service: Service) -> None:
    person = family(service, None)
    reference = reference_of(person)
    front, other = (Worker.of(service, "team-manager", team) for team in ("children", "early_help"))
    assert reference in front.sees()
    assert reference not in other.sees()
    assert other.gets(f"/drafts/{reference}").status_code == 404
    with service.database.read() as tx:
        draft = drafts.by_reference(tx, reference)
        with pytest.raises(cases.NoSuchCase):
            cases.get(tx, draft.id)
    assert front.gets(f"/drafts/{reference}").status_code == 200, "opening it makes it a case"
    person.picks("consent.yes")
    person.picks("who.parent")
    person.says("Ty")
    person.says("3")
    assert reference in other.sees(), "nobody had done anything with it, so it goes where the age says"
    assert front.gets(f"/drafts/{reference}").status_code == 404


def test_alerts_are_their_teams_as_well(service: Service) -> None:
    person = family(service, 15)
    person.says(EMERGENCY)
    theirs, others = (Worker.of(service, "team-manager", team) for team in ("preparing_for_adulthood", "early_help"))
    (alert,) = (one for one in theirs.gets("/alerts").json()["alerts"] if one["reference"] == reference_of(person))
    assert alert["id"] not in {one["id"] for one in others.gets("/alerts").json()["alerts"]}
    assert others.posts(f"/alerts/{alert['id']}/pick-up").status_code == 404
    assert theirs.posts(f"/alerts/{alert['id']}/pick-up").json()["picked_up_by"] == theirs.user
    assert alert["id"] not in {one["id"] for one in others.gets("/alerts?state=picked_up").json()["alerts"]}


def test_a_case_moves_to_another_team_with_a_name_to_it(service: Service) -> None:
    reference = reference_of(family(service, 13))
    manager = Worker.of(service, "team-manager", "children")
    older = Worker.of(service, "lead-professional", "preparing_for_adulthood")
    revision = _revision(service, reference)
    moved = manager.posts(f"/drafts/{reference}/assign", {"team": "preparing_for_adulthood", "revision": revision})
    assert moved.status_code == 200, moved.text
    assert (moved.json()["team"], moved.json()["lead"]) == ("preparing_for_adulthood", None)
    assert moved.json()["revision"] == revision + 1
    assert manager.gets(f"/drafts/{reference}").status_code == 404
    assert older.gets(f"/drafts/{reference}").status_code == 200
    taken = older.posts(f"/drafts/{reference}/assign", {"lead": "me", "revision": revision + 1})
    assert taken.json()["lead"] == older.user
    line = _audit(service, reference, "case.assigned")[-1]
    assert line["actor"] == older.user
    assert (line["detail"]["lead"], line["detail"]["lead_before"]) == (older.user, None)


def test_who_leads_a_case_keeps_it_when_it_changes_team_with_them(service: Service) -> None:
    reference = reference_of(family(service, 12))
    lead = Worker.of(service, "lead-professional", "children")
    head = Worker.of(service, "head-of-service")
    assert lead.posts(f"/drafts/{reference}/assign", {"lead": "me", "revision": 0}).status_code == 200
    kept = head.posts(f"/drafts/{reference}/assign", {"team": "early_help", "lead": lead.user, "revision": 1})
    assert kept.status_code == 422, "they do not work in that team"
    gone = head.posts(f"/drafts/{reference}/assign", {"team": "early_help", "revision": 1})
    assert gone.json()["lead"] is None
    assert lead.gets(f"/drafts/{reference}").status_code == 404


def test_two_who_assign_at_once_do_not_overwrite_each_other(service: Service) -> None:
    reference = reference_of(family(service, 9))
    first, second = Worker.of(service, "team-manager", "children"), Worker.of(service, "group-manager")
    assert first.posts(f"/drafts/{reference}/assign", {"lead": "me", "revision": 0}).status_code == 200
    late = second.posts(f"/drafts/{reference}/assign", {"team": "early_help", "revision": 0})
    assert late.status_code == 409
    assert "Team manager of the children team (demo)" in late.json()["detail"]
    assert first.gets(f"/drafts/{reference}").status_code == 200, "it did not move"


@pytest.mark.parametrize(
    "body",
    [
        {"team": "no_such_team", "revision": 0},
        {"lead": "nobody.known", "revision": 0},
        {"lead": "demo.auditor", "revision": 0},
        {"team": "early_help"},
        {"team": "early_help", "revision": -1},
    ],
)
def test_what_cannot_be_assigned_is_refused(service: Service, body: dict[str, Any]) -> None:
    Worker.of(service, "auditor")
    reference = reference_of(family(service, 9))
    manager = Worker.of(service, "team-manager", "children")
    assert manager.posts(f"/drafts/{reference}/assign", body).status_code == 422
    assert _revision(service, reference) == 0


def test_the_form_shows_teams_and_people_and_keeps_what_was_picked(service: Service) -> None:
    reference = reference_of(family(service, 9))
    Worker.of(service, "lead-professional", "children")
    with httpx.Client(
        base_url=service.url, follow_redirects=True, timeout=30, trust_env=False, verify=False
    ) as browser:
        browser.post("/review/sign-in", data={"role": "head-of-service"})
        path = f"/review/drafts/{reference}/assign"
        page = browser.get(path).text
        csrf = re.search(r'name="csrf" value="([^"]+)"', page)
        assert csrf
        assert re.search(r'value="children"\s+checked', page)
        form = {"csrf": csrf[1], "revision": "0", "team": "children", "lead": "demo.lead-professional.children"}
        assert form["lead"] in page
        assert browser.post(path, data=form | {"csrf": "wrong"}).status_code == 403
        wrong = browser.post(path, data=form | {"team": "early_help"})
        assert wrong.status_code == 422
        assert "<title>Error: " in wrong.text
        assert re.search(r'value="early_help"\s+checked', wrong.text)
        done = browser.post(path, data=form)
        assert done.url.path == f"/review/drafts/{reference}"
        late = browser.post(path, data=form | {"team": "early_help", "lead": ""})
        assert late.status_code == 409
        assert "Somebody" in unescape(late.text) or "Head of service (demo)" in late.text
        assert re.search(r'value="early_help"\s+checked', late.text)


def test_the_wish_for_a_person_is_dealt_with_once_and_shown_with_a_name(service: Service) -> None:
    person = family(service, 10)
    reference = reference_of(person)
    worker = Worker.of(service, "lead-professional", "children")
    done = f"/drafts/{reference}/person-asked/done"
    assert worker.posts(done).status_code == 409, "nobody asked"
    person.says("person")
    assert _line(worker, reference)["person_asked_at"] is not None
    assert Worker.of(service, "lead-professional", "early_help").posts(done).status_code == 404
    after = worker.posts(done)
    assert after.status_code == 200, after.text
    assert (after.json()["person_asked_at"], after.json()["person_done_by"]) == (None, worker.user)
    again = worker.posts(done)
    assert again.status_code == 409
    assert "Lead professional of the children team (demo)" in again.json()["detail"]
    assert _audit(service, reference, "case.person_done")[-1]["actor"] == worker.user
    person.says("person")
    assert _line(worker, reference)["person_asked_at"] is not None, "they asked again"


def test_the_pages_have_a_button_for_it(service: Service) -> None:
    person = family(service, 10)
    person.says("person")
    reference = reference_of(person)
    with httpx.Client(
        base_url=service.url, follow_redirects=True, timeout=30, trust_env=False, verify=False
    ) as browser:
        browser.post("/review/sign-in", data={"role": "lead-professional"})
        page = browser.get(f"/review/drafts/{reference}").text
        csrf = re.search(r'name="csrf" value="([^"]+)"', page)
        assert csrf
        path = f"/review/drafts/{reference}/person-asked/done"
        assert f'action="{path}"' in page
        assert browser.post(path, data={"csrf": "wrong"}).status_code == 403
        after = browser.post(path, data={"csrf": csrf[1]}).text
        assert "was dealt with by Lead professional (demo)" in unescape(after)
        assert f'action="{path}"' not in after


def test_opening_a_case_is_written_down_as_what_it_was(service: Service, three: dict[str, str]) -> None:
    line = _audit(service, three["early_help"], "case.opened")
    assert [(one["actor"], one["detail"]) for one in line] == [
        ("service", {"team": "early_help", "status": "in_progress"})
    ]
    assert audit.verify(service.database) == []


def _line(worker: Worker, reference: str) -> dict[str, Any]:
    return dict(worker.gets(f"/drafts/{reference}").json()["draft"])


def _revision(service: Service, reference: str) -> int:
    with service.database.read() as tx:
        return cases.get(tx, drafts.by_reference(tx, reference).id).revision


def _audit(service: Service, reference: str, action: str) -> list[dict[str, Any]]:
    with service.database.read() as tx:
        lines = audit.lines(tx, subject=drafts.by_reference(tx, reference).id, limit=500)
    return [{"actor": line.actor, "detail": json.loads(line.detail)} for line in lines if line.action == action]
