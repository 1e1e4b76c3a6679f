"""Alerts at the top of the workspace until a named person picks them up, and what is known before they act."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.content.loader import Content
from bot.store import audit
from tests.gateway.service import CONTENT, Service, running
from tests.gateway.talk import Person

EMERGENCY = "he's got a knife and mum is hurt"
NEAR_THE_EDGE = "I can't do this any more"


class OnDuty:
    """A member of staff at the review API."""

    def __init__(self, service: Service, role: str = "team-manager") -> None:
        token = service.http.post("/api/v1/review/demo-login", json={"user": role}).json()["token"]
        self.http, self.headers = service.http, {"Authorization": f"Bearer {token}"}

    def alerts(self, query: str = "") -> list[dict[str, Any]]:
        reply = self.http.get(f"/api/v1/review/alerts{query}", headers=self.headers)
        assert reply.status_code == 200, reply.text
        return list(reply.json()["alerts"])

    def picks_up(self, alert: str, body: dict[str, Any] | None = None) -> httpx.Response:
        return self.http.post(f"/api/v1/review/alerts/{alert}/pick-up", headers=self.headers, json=body)


@pytest.fixture
def browser(service: Service) -> Iterator[httpx.Client]:
    """A browser of a lead professional, signed in."""
    with httpx.Client(
        base_url=service.url, follow_redirects=True, timeout=30, trust_env=False, verify=False
    ) as browser:
        browser.post("/review/sign-in", data={"role": "lead-professional"})
        yield browser


def words_of(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def test_waiting_alerts_come_the_most_serious_first(service: Service) -> None:
    Person.at_the_first_question(service).says(NEAR_THE_EDGE)
    service.clock.forward(minutes=3)
    Person.at_the_first_question(service).says(EMERGENCY)
    found = OnDuty(service).alerts("?state=waiting")
    assert [(alert["level"], alert["urgency"]) for alert in found] == [
        ("RED-A", "immediate"),
        ("AMBER-1", "same_day"),
    ]
    assert all(alert["state"] == "waiting" and alert["channel"] == "web" for alert in found)
    assert "knife" not in str(found)
    assert not re.search(r"\bTy\b", str(found))


def test_picking_up_is_done_once_by_a_named_person_and_written_down(service: Service) -> None:
    reference = Person.at_the_first_question(service).says(EMERGENCY)["state"]["draft_reference"]
    first, second = OnDuty(service, "team-manager"), OnDuty(service, "head-of-service")
    (alert,) = first.alerts()
    service.clock.forward(minutes=2)
    taken = first.picks_up(alert["id"], {"note": "Rang EDT about Ty"}).json()
    assert (taken["state"], taken["picked_up_by"], taken["note"]) == (
        "picked_up",
        "demo.team-manager",
        "Rang EDT about Ty",
    )
    service.clock.forward(minutes=1)
    late = second.picks_up(alert["id"], {"note": "me too"}).json()
    assert late == taken, "the first one stays, and the second sees who it is"
    assert first.alerts("?state=waiting") == []
    assert [line["id"] for line in first.alerts("?state=picked_up")] == [alert["id"]]
    auditor = OnDuty(service, "auditor")
    lines = service.http.get(f"/api/v1/review/audit?reference={reference}&limit=500", headers=auditor.headers).json()
    picked = [line for line in lines["lines"] if line["action"] == "safety.picked_up"]
    assert [(line["actor"], line["detail"]["event"]) for line in picked] == [("demo.team-manager", alert["id"])]
    assert not re.search(r"\bEDT\b", str(lines))
    assert audit.verify(service.database) == []


def test_a_note_is_optional_and_an_alert_must_exist(service: Service) -> None:
    Person.at_the_first_question(service).says(EMERGENCY)
    staff = OnDuty(service)
    (alert,) = staff.alerts()
    assert staff.picks_up("nothing-like-it").status_code == 404
    assert staff.picks_up(alert["id"], {"note": "x" * 1001}).status_code == 422
    assert staff.picks_up(alert["id"]).json()["note"] is None
    assert staff.alerts("?state=waiting") == []
    assert service.http.get("/api/v1/review/alerts?state=nonsense", headers=staff.headers).status_code == 422


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("lead-professional", 200),
        ("team-manager", 200),
        ("group-manager", 200),
        ("head-of-service", 200),
        ("auditor", 403),
    ],
)
def test_those_who_see_drafts_pick_up_alerts_and_nobody_else(service: Service, role: str, status: int) -> None:
    Person.at_the_first_question(service).says(EMERGENCY)
    (alert,) = OnDuty(service).alerts()
    staff = OnDuty(service, role)
    assert service.http.get("/api/v1/review/alerts", headers=staff.headers).status_code == status
    assert staff.picks_up(alert["id"]).status_code == status
    service.http.cookies.clear()
    assert service.http.post(f"/api/v1/review/alerts/{alert['id']}/pick-up").status_code == 401
    assert service.http.get("/api/v1/review/alerts").status_code == 401


def test_another_site_cannot_pick_up_in_somebodys_name(service: Service) -> None:
    Person.at_the_first_question(service).says(EMERGENCY)
    staff = OnDuty(service)  # the sign-in leaves its cookie in this client as well
    (alert,) = staff.alerts()
    reply = service.http.post(f"/api/v1/review/alerts/{alert['id']}/pick-up", headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403
    assert len(staff.alerts("?state=waiting")) == 1


def test_the_page_has_alerts_first_and_the_form_takes_one(service: Service, browser: httpx.Client) -> None:
    reference = Person.at_the_first_question(service).says(EMERGENCY)["state"]["draft_reference"]
    page = browser.get("/review").text
    words = words_of(page)
    assert words.index("1 alert nobody has picked up") < words.index("Look now") < words.index("Guide amount")
    assert "Look now. Raised 22 November 2026, 21:40, web." in words
    assert "Do not call or write to them yet." in words
    action = re.search(r'action="(/review/alerts/[^"]+)"', page)
    assert action
    refused = browser.post(action[1], data={"csrf": "wrong", "note": ""})
    assert refused.status_code == 403
    assert "nobody has picked up" in browser.get("/review").text
    taken = browser.post(action[1], data={"csrf": csrf_of(page), "note": "On the phone with police"})
    assert taken.url.path == f"/review/drafts/{reference}"
    draft = words_of(taken.text)
    assert (
        "Picked up by Lead professional (demo) on 22 November 2026, 21:40. They wrote: On the phone with police"
        in draft
    )
    assert "nobody has picked up" not in browser.get("/review").text


def test_the_page_says_when_contact_is_not_safe_and_when_a_call_was_asked_for(
    service: Service, browser: httpx.Client
) -> None:
    parent = Person.at_the_first_question(service)
    parent.says("i have been thinking about ending my life")
    parent.says("yes please")
    page = words_of(browser.get("/review").text)
    assert "Call asked for" in page
    assert "First find out, another way, whether a call is safe." in page
    parent.says("no, he checks it")
    for path in ("/review", f"/review/drafts/{parent.last['state']['draft_reference']}"):
        page = words_of(browser.get(path).text)
        assert "Not safe to contact on this channel" in page
        assert "You may call" not in page
    (alert,) = OnDuty(service).alerts()
    assert (alert["contact"]["safe_contact"], alert["contact"]["may_contact"]) == ("no", False)
    assert alert["contact"]["call_asked_at"] is not None
    parent.picks("safety.contact.yes")
    assert "You may call. Sevensteps holds no phone number" in words_of(browser.get("/review").text)


def test_times_are_those_of_the_clock_on_the_wall(service: Service, browser: httpx.Client) -> None:
    service.clock.now = service.clock.now.replace(month=7)
    browser.post("/review/sign-in", data={"role": "lead-professional"})
    Person.at_the_first_question(service).says(EMERGENCY)
    assert "22 July 2026, 22:40" in browser.get("/review").text


def old_content(content: Content) -> Content:
    """The same, but nobody has checked the emergency duty team's number for too long."""
    contacts = tuple(
        contact.model_copy(update={"verified_on": date(2025, 11, 21)}) if contact.id == "edt" else contact
        for contact in content.council.contacts
    )
    return replace(content, council=content.council.model_copy(update={"contacts": contacts}))


def test_contacts_that_nobody_checked_are_flagged(service: Service, browser: httpx.Client) -> None:
    assert "nobody has checked" not in browser.get("/review").text
    service.app.state.services = replace(
        service.app.state.services, settings=replace(service.settings, content=old_content(CONTENT))
    )
    page = words_of(browser.get("/review").text)
    assert "Contacts that nobody has checked for too long" in page
    assert "(emergency duty team): last checked 21 November 2025" in page


def test_a_contact_is_out_of_date_from_the_day_after_its_last_day() -> None:
    (edt,) = (contact for contact in old_content(CONTENT).council.contacts if contact.id == "edt")
    assert not edt.is_out_of_date(date(2026, 11, 21))
    assert edt.is_out_of_date(date(2026, 11, 22))


def test_contacts_that_nobody_checked_are_named_in_the_log_at_the_start(empty_store: Path, tmp_path: Path) -> None:
    shutil.copy(empty_store, tmp_path / "log.db")
    with capture_logs() as logged, running(tmp_path / "log.db", content=old_content(CONTENT)):
        pass
    assert [(line["event"], line["contact"]) for line in logged] == [("contacts.out_of_date", "edt")]
