"""Every route of the workspace, those of tomorrow too: no session, no right, another team's case, another site's form;
and reading changes nothing but the audit, which says who read what.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter

from bot.review import access
from bot.store import audit, drafts, staff_sessions
from tests.gateway.planning import family_with, sends_the_plan
from tests.gateway.service import Service, running
from tests.gateway.talk import Person
from tests.plans.documents.families import PLAN
from tests.review.routes import OWN_SESSION, Door, doors

WITHOUT_WORDS = {
    "auditor": (
        "/audit",
        "/register",
        "/reports",
        "/holds",
    ),
    "finance": ("/payments", "/spending", "/living", "/unspent", "/reports"),
}
"""What those may open who read no family's words, by parts of paths. Everything else is refused to them."""

CHANGES_ON_THEIR_OWN = {"audit", "audit_head", "staff_sessions", "applied_messages"}
"""Tables that reading may add to: the audit, and when a session was last used."""


@dataclass
class Somebody:
    """Who asks: with a token (the API), and with a cookie and a form's token (the pages)."""

    token: str
    csrf: str

    def headers(self, door: Door) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if door.api else {"Cookie": f"staff={self.token}"}


@dataclass
class Place:
    """A service with one family of the children's team that has sent its plan, and an alert about it."""

    service: Service
    http: httpx.Client
    values: dict[str, str]
    doors: list[Door]

    def is_somebody(self, role: str, team: str | None = None) -> Somebody:
        teams = "all" if team is None else frozenset({team})
        services = self.service.app.state.services
        with services.database.write() as tx:
            session, token = staff_sessions.start(tx, user=f"walker.{role}", role=role, teams=teams, at=services.now())
        return Somebody(token, session.csrf)

    def asks(
        self, door: Door, who: Somebody | None = None, *, csrf: str | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Send a request that is right in everything but what is tried."""
        form = None
        if not door.api and door.method == "POST":
            given = who.csrf if who is not None and csrf is None else csrf
            form = {"csrf": given or "none"}
        sent = (who.headers(door) if who is not None else {}) | (headers or {})
        self.http.cookies.clear()
        return self.http.request(
            door.method,
            door.at(self.values),
            params=dict(door.query),
            json=door.body if door.api else None,
            data=form,
            headers=sent,
        )

    def tables(self) -> dict[str, str]:
        """A fingerprint of every table."""
        with self.service.database.read() as tx:
            run = tx.connection.exec_driver_sql
            names = run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").scalars().all()
            return {
                name: hashlib.sha256(repr(run(f'SELECT * FROM "{name}"').all()).encode()).hexdigest()  # noqa: S608
                for name in names
                if name not in CHANGES_ON_THEIR_OWN
            }

    def views(self) -> int:
        """How many lines the audit has of the family's case."""
        with self.service.database.read() as tx:
            draft = drafts.by_reference(tx, self.values["reference"])
            return len(audit.lines(tx, subject=draft.id, limit=10_000))


@pytest.fixture(scope="module")
def place(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    store = tmp_path_factory.mktemp("routes") / "store.db"
    shutil.copy(empty_store, store)
    with running(store, lifespan="off") as service:
        family = family_with(service, PLAN)
        person: Person = family.comes_in()
        sends_the_plan(person)
        person.says("he's got a knife and mum is hurt")
        with service.database.read() as tx:
            assert drafts.by_reference(tx, family.reference).status == "sent"
            (alert_id,) = tx.connection.exec_driver_sql("SELECT id FROM safety_events").scalars().all()
        values = {"reference": family.reference, "alert_id": alert_id}
        # A connection that is kept may be closed by the service while a slow machine fingerprints its tables.
        limits = httpx.Limits(max_keepalive_connections=0)
        with httpx.Client(base_url=service.url, timeout=60, trust_env=False, verify=False, limits=limits) as http:
            yield Place(service, http, values, doors(service.app))


def wrong(found: list[Door], answer: Callable[[Door], httpx.Response], *statuses: int) -> list[str]:
    """The doors that did not answer so, in words."""
    replies = [(door, answer(door)) for door in found]
    return [
        f"{door.name}: {reply.status_code} {reply.text[:200]!r}"
        for door, reply in replies
        if reply.status_code not in statuses
    ]


def test_there_are_doors_to_try(place: Place) -> None:
    names = {door.name for door in place.doors}
    assert {"GET /review", "GET /api/v1/review/drafts/{reference}", "POST /review/alerts/{alert_id}/pick-up"} <= names
    assert names >= OWN_SESSION


def no_session(place: Place, found: list[Door]) -> list[str]:
    before = place.tables()
    problems = wrong([door for door in found if door.api], place.asks, 401)
    for door in (door for door in found if not door.api):
        reply = place.asks(door)
        if reply.status_code != 303 or not reply.headers["location"].startswith("/review/sign-in"):
            problems.append(f"{door.name}: {reply.status_code} without a session")
    if place.tables() != before:
        problems.append("something changed")
    return problems


def test_nothing_opens_without_a_session(place: Place) -> None:
    assert no_session(place, place.doors) == []


def test_a_familys_own_token_opens_nothing(place: Place) -> None:
    family = Person.arrives(place.service)
    api = [door for door in place.doors if door.api]
    assert wrong(api, lambda door: place.asks(door, headers=family.headers), 401) == []


def without_right(place: Place, found: list[Door], role: str) -> list[str]:
    who = place.is_somebody(role)
    allowed = WITHOUT_WORDS.get(role, ())
    closed = [door for door in found if door.name not in OWN_SESSION and not any(part in door.path for part in allowed)]
    return wrong(closed, lambda door: place.asks(door, who), 403)


@pytest.mark.parametrize("role", ["content-author", "auditor", "finance"])
def test_a_role_without_the_right_is_refused(place: Place, role: str) -> None:
    assert without_right(place, place.doors, role) == []


@pytest.mark.parametrize("role", ["head-of-service-of-everything", "", "admin"])
def test_a_role_that_there_is_not_opens_nothing(place: Place, role: str) -> None:
    who = place.is_somebody(role)
    assert wrong([door for door in place.doors if door.api], lambda door: place.asks(door, who), 401) == []


def other_team(place: Place, found: list[Door]) -> list[str]:
    """A manager of another team has every right of casework, and no part in this case."""
    who = place.is_somebody("team-manager", "early_help")
    before = place.tables()
    problems = wrong([door for door in found if door.of_one_case], lambda door: place.asks(door, who), 403, 404)
    return problems + (["something changed"] if place.tables() != before else [])


def test_another_teams_case_is_not_there(place: Place) -> None:
    assert other_team(place, place.doors) == []


def test_another_teams_case_is_refused_by_the_guard_and_by_nothing_else(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 404 because of an id that there is not would say nothing: the guard must have been asked, for this case."""
    asked: list[str] = []
    guard = access._case_of

    def watched(services: Any, tx: Any, staff: access.Staff, draft: Any, right: Any) -> Any:
        asked.append(draft.reference)
        return guard(services, tx, staff, draft, right)

    monkeypatch.setattr(access, "_case_of", watched)
    who = place.is_somebody("team-manager", "early_help")
    unguarded = []
    for door in (door for door in place.doors if door.of_one_case):
        asked.clear()
        reply = place.asks(door, who)
        if reply.status_code == 403:  # a right that no team manager has
            continue
        if asked != [place.values["reference"]]:
            unguarded.append(f"{door.name}: {reply.status_code}, guard asked for {asked}")
    assert unguarded == []


def test_no_list_holds_another_teams_case(place: Place) -> None:
    who = place.is_somebody("team-manager", "early_help")
    lists = [door for door in place.doors if door.method == "GET" and not door.of_one_case and "{" not in door.path]
    telling = [door.name for door in lists if place.values["reference"] in place.asks(door, who).text]
    assert telling == []


def foreign_form(place: Place, found: list[Door]) -> list[str]:
    who = place.is_somebody("head-of-service")
    before = place.tables()
    pages = [door for door in found if not door.api and door.method != "GET"]
    problems = wrong(pages, lambda door: place.asks(door, who, csrf="wrong"), 403)
    problems += wrong(pages, lambda door: place.asks(door, who, csrf=""), 403)
    other = place.is_somebody("head-of-service")
    problems += wrong(pages, lambda door: place.asks(door, who, csrf=other.csrf), 403)
    cross = {"Sec-Fetch-Site": "cross-site"}
    problems += wrong(pages, lambda door: place.asks(door, who, headers=cross), 403)
    writes = [door for door in found if door.api and door.method != "GET"]
    by_cookie = cross | {"Cookie": f"staff={who.token}"}
    problems += wrong(writes, lambda door: place.asks(door, headers=by_cookie), 403)
    return problems + (["something changed"] if place.tables() != before else [])


def test_a_form_of_another_site_or_session_changes_nothing(place: Place) -> None:
    assert foreign_form(place, place.doors) == []


def reading(place: Place, found: list[Door]) -> list[str]:
    problems = []
    for role in ("head-of-service", "auditor", "finance"):
        who = place.is_somebody(role)
        before = place.tables()
        for door in (door for door in found if door.method == "GET"):
            lines = place.views()
            reply = place.asks(door, who)
            if reply.status_code >= 500:
                problems.append(f"{door.name}: {reply.status_code} for {role}")
            if reply.status_code == 200 and place.views() == lines and door.of_one_case:
                problems.append(f"{door.name}: nobody can tell afterwards that {role} read it")
        after = place.tables()
        changed = sorted(name for name in after if before.get(name) != after[name])
        if changed:
            problems.append(f"reading as {role} changed {', '.join(changed)}")
    return problems


def test_reading_changes_nothing_and_is_written_down(place: Place) -> None:
    problems = reading(place, place.doors)
    assert problems == [], "\n".join(problems)


def test_a_route_that_forgot_its_guard_would_be_found(place: Place) -> None:
    """The checks above, on three routes as somebody might write them in haste. The last test: it adds them for good."""
    hasty = APIRouter()

    @hasty.get("/api/v1/review/drafts/{reference}/hasty")
    def read(reference: str) -> dict[str, str]:
        return {"reference": reference}

    @hasty.get("/review/hasty")
    def change() -> dict[str, str]:
        with place.service.database.write() as tx:
            tx.connection.exec_driver_sql("UPDATE cases SET opened = opened, revision = revision + 1")
        return {}

    @hasty.post("/review/drafts/{reference}/hasty")
    def write(reference: str) -> dict[str, str]:
        return {"reference": reference}

    place.service.app.include_router(hasty)
    found = [Door(method, path, None, {}) for method, path in (
        ("GET", "/api/v1/review/drafts/{reference}/hasty"), ("POST", "/review/drafts/{reference}/hasty"))]  # fmt: skip
    assert len(no_session(place, found)) == 2
    assert len(without_right(place, found, "auditor")) == 2
    assert len(other_team(place, found)) == 2
    assert len(foreign_form(place, found)) == 4
    assert len(reading(place, found)) == 3, "nobody can tell that three roles read it"
    changing = reading(place, [Door("GET", "/review/hasty", None, {})])
    assert len(changing) == 3
    assert all("changed cases" in problem for problem in changing)
