"""A session's end is said before it comes, and costs nobody what they typed; nobody else gets to see that."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.gateway.service import Service, running
from tests.gateway.talk import Person

NOTE = 'Rang the school. They\'ll ring back\nby four & "no later".'


@pytest.fixture(scope="module")
def service(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = tmp_path_factory.mktemp("sessions") / "store.db"
    shutil.copy(empty_store, store)
    with running(store, lifespan="off") as started:
        yield started


@pytest.fixture(scope="module")
def alert(service: Service) -> str:
    """Path of the form that takes an alert."""
    Person.at_the_first_question(service).says("he's got a knife and mum is hurt")
    with browser_of(service) as browser:
        found = re.search(r'action="(/review/alerts/[^"]+)"', signed_in(browser, "team-manager").text)
    assert found
    return found[1]


def browser_of(service: Service) -> httpx.Client:
    return httpx.Client(base_url=service.url, follow_redirects=True, timeout=30, trust_env=False, verify=False)


def signed_in(browser: httpx.Client, role: str = "lead-professional", next: str = "") -> httpx.Response:
    page = browser.post("/review/sign-in", data={"role": role, "next": next})
    assert page.status_code == 200, page.text
    return page


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def test_every_page_says_when_the_session_ends(service: Service) -> None:
    with browser_of(service) as browser:
        page = signed_in(browser).text
        ends = service.clock.now.replace(tzinfo=None)
        said = re.search(r"Ends at (\d\d:\d\d)", page)
        assert said
        assert said[1] == f"{(ends.hour + 1) % 24:02}:{ends.minute:02}", "an hour from now, in winter"
        service.clock.forward(minutes=30)
        later = re.search(r"Ends at (\d\d:\d\d)", browser.get("/review").text)
        assert later
        assert later[1] > said[1] or later[1].startswith("00"), "a page that is opened makes it longer"
        whole = browser.get("/review/sessions").text
        assert "at the latest" in whole
        assert "What you typed is kept" in whole


def test_what_came_after_the_end_is_shown_again_and_can_be_sent(service: Service, alert: str) -> None:
    with browser_of(service) as browser:
        form = {"csrf": csrf_of(signed_in(browser).text), "note": NOTE}
        service.clock.forward(minutes=61)
        late = browser.post(alert, data=form)
        assert late.url.path == "/review/sign-in"
        assert late.url.params["next"].startswith("/review/late/")
        shown = signed_in(browser, next=late.url.params["next"]).text
        assert NOTE.split("\n")[0] in unescape(shown)
        assert f'action="{alert}"' in shown
        assert form["csrf"] not in shown
        again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', shown.split("</form>")[1]))
        assert unescape(again["note"]) == NOTE
        sent = browser.post(alert, data={name: unescape(value) for name, value in again.items()})
        assert sent.status_code == 200
        assert "They'll ring back" in unescape(sent.text)
        forget = browser.post(f"{late.url.params['next']}/forget", data={"csrf": again["csrf"]})
        assert forget.url.path == "/review/sessions"
        assert browser.get(late.url.params["next"]).status_code == 404


def test_somebody_else_never_sees_it_and_after_two_hours_nobody(service: Service, alert: str) -> None:
    with browser_of(service) as ann, browser_of(service) as bob:
        form = {"csrf": csrf_of(signed_in(ann, "team-manager").text), "note": "only for me"}
        service.clock.forward(minutes=61)
        where = ann.post(alert, data=form).url.params["next"]
        signed_in(bob, "head-of-service")
        assert bob.get(where).status_code == 404
        assert bob.get("/review/late/none-like-this").status_code == 404
        signed_in(ann, "team-manager")
        assert "only for me" in ann.get(where).text
        service.clock.forward(minutes=50)
        ann.get("/review")
        service.clock.forward(minutes=55)
        ann.get("/review")
        service.clock.forward(minutes=20)
        assert ann.get(where).status_code == 404


def test_nothing_is_kept_that_another_site_sent_or_that_nobody_typed(service: Service, alert: str) -> None:
    with browser_of(service) as browser:
        csrf = csrf_of(signed_in(browser, "group-manager").text)
        service.clock.forward(minutes=61)
        for form, headers in (
            ({"csrf": "a guess", "note": "not mine"}, {}),
            ({"csrf": csrf, "note": "not mine"}, {"Sec-Fetch-Site": "cross-site"}),
            ({"csrf": csrf, "note": ""}, {}),
        ):
            reply = browser.post(alert, data=form, headers=headers)
            assert reply.url.path == "/review/sign-in"
            assert not reply.url.query
    with browser_of(service) as stranger:
        assert not stranger.post(alert, data={"csrf": csrf, "note": "x"}).url.query


def test_what_was_typed_is_sealed_in_the_store(service: Service, alert: str) -> None:
    with browser_of(service) as browser:
        form = {"csrf": csrf_of(signed_in(browser).text), "note": "Plover Lane"}
        service.clock.forward(minutes=61)
        assert browser.post(alert, data=form).url.query
    with service.database.read() as tx:
        rows = tx.connection.exec_driver_sql("SELECT body_sealed FROM late_forms").scalars().all()
    assert rows
    assert not any(b"Plover" in bytes(row) for row in rows)
