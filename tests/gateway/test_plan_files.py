"""Plans to take away: which files there are, for whom, and what their names and headers give away."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import httpx
import pytest

from bot.gateway import documents
from bot.gateway.documents import Printers
from bot.gateway.problems import Problem
from bot.plans.documents.pdf import PdfUnavailableError
from bot.plans.documents.tree import Document
from tests.gateway.planning import Family, family_with, one_family, sends_the_plan, with_guide_amount
from tests.gateway.service import Service
from tests.gateway.talk import Person
from tests.plans.documents.families import PLAN

KINDS = ("plan", "profile", "chart", "emergency", "easy_read")
BEGINS = {"html": b"<!doctype html>", "pdf": b"%PDF-", "docx": b"PK", "odt": b"PK", "txt": b""}
"""What a file of each ending begins with."""
TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}
A_DOCUMENT = Document("plan", (), "EX-2222-2222", None, True, PLAN.begun, "", "", "", ("", ""))
PERSONAL = re.compile(r"Ty\b|Mum|buses|kettle", re.IGNORECASE)


@pytest.fixture(scope="module")
def family(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    """One for all tests that only read."""
    with one_family(empty_store, tmp_path_factory.mktemp("files"), PLAN) as made:
        yield made


def takes(person: Person, file: str) -> httpx.Response:
    path = f"/api/v1/conversations/{person.id}/plan/{file}"
    return person.service.http.get(path, headers=person.headers)


def browser_of(person: Person) -> httpx.Client:
    """A browser that holds this person's conversation."""
    cookies = {"sevensteps": f"{person.id}.{person.token}"}
    headers = {"Accept": "text/html"}
    return httpx.Client(
        base_url=person.service.url, cookies=cookies, headers=headers, timeout=60, trust_env=False, verify=False
    )


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("ending", list(BEGINS))
def test_every_kind_in_every_ending_and_in_large_print(family: Family, ending: str, large: bool) -> None:
    person = family.comes_in()
    bodies = set()
    for kind in KINDS:
        reply = takes(person, f"{kind}.{ending}?large={str(large).lower()}")
        assert reply.status_code == 200, (kind, ending, reply.text)
        assert reply.headers["content-type"] == TYPES[ending]
        assert reply.content.startswith(BEGINS[ending])
        bodies.add(reply.content)
    assert len(bodies) == len(KINDS), "each kind is another document"


@pytest.mark.parametrize("file", ["plan.html", "chart.docx", "easy_read.txt", "summary.txt", "data.json"])
def test_the_browser_gets_by_its_cookie_what_the_token_gets(family: Family, file: str) -> None:
    person = family.comes_in()
    with browser_of(person) as browser:
        seen, by_token = browser.get(f"/plan/{file}"), takes(person, file)
    assert seen.status_code == by_token.status_code == 200
    assert seen.headers["content-type"] == by_token.headers["content-type"]
    if not file.endswith("docx"):  # which holds the time at which it was made
        assert seen.content == by_token.content


def test_the_plan_holds_the_familys_own_words_and_their_sums(family: Family) -> None:
    person = family.comes_in()
    plan = takes(person, "plan.txt").text
    for needed in ("He knows every bus in town", "Swim with other children, not only with me", "£3,388.68"):
        assert needed in plan, needed
    assert "£" not in takes(person, "profile.txt").text
    assert json.loads(takes(person, "data.json").text)["plan"]["lines"]


def test_the_text_message_says_nothing_about_the_child(family: Family) -> None:
    text = takes(family.comes_in(), "summary.txt").text
    assert family.reference in text
    assert len(text) <= 459, "three text messages"
    assert not PERSONAL.search(text)


@pytest.mark.parametrize(
    ("what", "ending"), [*product(KINDS, ["html", "docx"]), ("plan", "pdf"), ("summary", "txt"), ("data", "json")]
)
def test_nothing_is_kept_and_names_say_nothing_of_anybody(family: Family, what: str, ending: str) -> None:
    reply = takes(family.comes_in(), f"{what}.{ending}")
    assert reply.headers["cache-control"] == "private, no-store"
    how, _, name = reply.headers["content-disposition"].partition("; ")
    assert how == ("inline" if ending in ("html", "txt") else "attachment"), "pages are read, files are saved"
    assert name == f'filename="{family.reference}-{what.replace("_", "-")}.{ending}"'


def test_large_print_is_told_apart_by_its_name(family: Family) -> None:
    reply = takes(family.comes_in(), "plan.odt?large=true")
    assert reply.headers["content-disposition"].endswith(f'"{family.reference}-plan-large.odt"')


def test_a_page_may_use_its_own_styles_and_nothing_else(family: Family) -> None:
    reply = takes(family.comes_in(), "plan.html")
    policy = reply.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "script" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("file", ["data.pdf", "data.txt", "summary.html", "summary.pdf", "plan.json", "chart.json"])
def test_what_there_is_not_is_not_found(family: Family, file: str) -> None:
    person = family.comes_in()
    reply = takes(person, file)
    assert (reply.status_code, reply.headers["content-type"]) == (404, "application/problem+json")
    with browser_of(person) as browser:
        page = browser.get(f"/plan/{file}")
    assert page.status_code == 404
    assert "We cannot find that" in page.text


@pytest.mark.parametrize("file", ["officer.html", "plan.exe", "everything.txt"])
def test_kinds_and_endings_that_nobody_knows(family: Family, file: str) -> None:
    """Not the officer's document either: it is for the team."""
    person = family.comes_in()
    assert takes(person, file).status_code == 422
    with browser_of(person) as browser:
        assert browser.get(f"/plan/{file}").status_code == 404


def test_before_there_is_a_plan_there_is_no_file(family: Family) -> None:
    person = with_guide_amount(family.service)
    assert takes(person, "plan.html").status_code == 404
    with browser_of(person) as browser:
        assert browser.get("/plan/plan.html").status_code == 404
        assert "Your plan so far" not in browser.get("/chat").text


def test_nobody_gets_another_familys_plan(family: Family) -> None:
    shared = family.service
    mine, other = family.comes_in(), Person.arrives(shared)
    path = f"/api/v1/conversations/{mine.id}/plan/plan.txt"
    assert shared.http.get(path).status_code == 401
    assert shared.http.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 401
    theirs = shared.http.get(path, headers=other.headers)
    assert theirs.status_code == 404
    assert "bus" not in theirs.text
    with httpx.Client(
        base_url=shared.url, trust_env=False, verify=False, cookies={"sevensteps": f"{mine.id}.wrong"}
    ) as browser:
        assert browser.get("/plan/plan.html").headers["location"] == "/"
    with httpx.Client(base_url=shared.url, trust_env=False, verify=False) as browser:
        assert browser.get("/plan/plan.html").status_code == 303


def test_too_many_at_once_have_to_wait(family: Family) -> None:
    person = family.comes_in()
    replies = [takes(person, "summary.txt") for _ in range(21)]
    assert [reply.status_code for reply in replies] == [200] * 20 + [429]
    assert int(replies[-1].headers["retry-after"]) >= 1
    assert takes(family.comes_in(), "summary.txt").status_code == 200, "another device has its own share"


def test_without_a_maker_of_pdfs_it_says_what_to_take_instead(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*_: object, **__: object) -> bytes:
        raise PdfUnavailableError("no Pango")

    monkeypatch.setattr(documents, "write", unavailable)
    person = family.comes_in()
    reply = takes(person, "plan.pdf")
    assert (reply.status_code, reply.json()["type"]) == (503, "/problems/no-pdf")
    assert "Please take the web page, Word or OpenDocument file." in reply.json()["detail"]
    assert "Pango" not in reply.text
    with browser_of(person) as browser:
        page = browser.get("/plan/plan.pdf")
    assert page.status_code == 503
    assert "Please take the web page, Word or OpenDocument file." in page.text


def test_so_many_pdfs_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others wait for their turn, and each gets theirs."""
    running_now, most, lock = 0, 0, threading.Lock()

    def slow(*_: object, **__: object) -> bytes:
        nonlocal running_now, most
        with lock:
            running_now += 1
            most = max(most, running_now)
        time.sleep(0.05)
        with lock:
            running_now -= 1
        return b"%PDF-"

    monkeypatch.setattr(documents, "write", slow)
    printers = Printers(at_once=2, waiting=3, wait_seconds=20)
    with ThreadPoolExecutor(5) as threads:
        made = list(threads.map(lambda _: printers.pdf(A_DOCUMENT), range(5)))
    assert made == [b"%PDF-"] * 5
    assert most == 2


def test_with_a_full_queue_it_says_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, begun = threading.Event(), threading.Event()

    def slow(*_: object, **__: object) -> bytes:
        begun.set()
        assert go_on.wait(20)
        return b"%PDF-"

    monkeypatch.setattr(documents, "write", slow)
    for printers in (Printers(at_once=1, waiting=0), Printers(at_once=1, waiting=1, wait_seconds=0.05)):
        go_on.clear()
        begun.clear()
        with ThreadPoolExecutor(1) as thread:
            first = thread.submit(printers.pdf, A_DOCUMENT)
            assert begun.wait(20)
            with pytest.raises(Problem) as refused:
                printers.pdf(A_DOCUMENT)
            go_on.set()
            assert first.result(20) == b"%PDF-"
        assert (refused.value.status, refused.value.headers["Retry-After"]) == (503, "10")
        assert printers.pdf(A_DOCUMENT) == b"%PDF-", "there is room again"


def test_the_version_stands_on_what_was_sent_and_a_draft_says_so(service: Service) -> None:
    family = family_with(service, PLAN)
    person = family.comes_in()
    assert "DRAFT" in takes(person, "plan.txt").text
    sends_the_plan(person)
    assert person.last["state"]["stage"] == "sent"
    sent = takes(person, "plan.txt").text
    assert "ersion 1" in sent
    assert "agreed" in sent.lower(), "it is sent, and not agreed yet"
