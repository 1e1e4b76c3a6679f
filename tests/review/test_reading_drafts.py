"""Professionals read drafts; nobody else does; every reading is written down."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from html import unescape

import httpx
import pytest

from actions.language_model import LanguageModel
from bot.gateway.alert_schedule import uk_time
from bot.store import audit
from tests.actions.stub_model import StubModel
from tests.gateway.service import Service
from tests.gateway.talk import Person

ROLES = ("lead-professional", "team-manager", "group-manager", "head-of-service", "auditor")


class Staff:
    """A member of staff at the review API."""

    def __init__(self, service: Service, user: str) -> None:
        reply = service.http.post("/api/v1/review/demo-login", json={"user": user})
        assert reply.status_code == 200, reply.text
        self.service = service
        self.headers = {"Authorization": f"Bearer {reply.json()['token']}"}

    def gets(self, path: str) -> httpx.Response:
        return self.service.http.get(f"/api/v1/review{path}", headers=self.headers)


@pytest.fixture
def family(service: Service) -> Person:
    """Ty's parent: two answers, one of them changed, one in their own words; then an emergency."""
    person = Person.at_the_first_question(service)
    person.says("i go for a wee and hes got the kettle")
    person.says("yes")
    person.picks("S2.1")
    person.picks("change.S2")
    person.picks("S2.3")
    person.says("he's got a knife and mum is hurt")
    return person


@pytest.fixture
def reference(family: Person) -> str:
    return str(family.last["state"]["draft_reference"])


@pytest.fixture
def lead(service: Service, family: Person) -> Staff:
    return Staff(service, "lead-professional")


def test_answers_are_shown_with_who_when_version_and_own_words(lead: Staff, reference: str) -> None:
    record = lead.gets(f"/drafts/{reference}").json()
    first, second = record["answers"]
    assert (first["question_id"], first["level"], first["by"], first["status"]) == ("S1", 2, "parent", "answered")
    assert first["own_words"] == "i go for a wee and hes got the kettle"
    assert first["questionnaire"].count("/") == 1
    assert first["at"]
    assert "Ty" in first["words_of_level"]
    assert (second["question_id"], second["level"]) == ("S2", 3)
    assert [(old["question_id"], old["level"]) for old in record["earlier_answers"]] == [("S2", 1)]
    assert record["child"] == {"name": "Ty", "age": 8, "who_answers": "parent"}


def test_it_is_shown_who_read_an_answer_from_words(service: Service) -> None:
    stub = StubModel()
    stub.says(level=3)
    model = LanguageModel(stub.url, "county/reader-7b", "the-key", 5.0)
    assert service.engine.services is not None
    service.engine.services = replace(service.engine.services, language_model=model)
    person = Person.at_the_first_question(service)
    for said in ("i go for a wee and hes got the kettle", "we just kind of hover i suppose"):
        person.says(said)
        person.says("yes")
    person.picks("S3.1")
    reference = person.last["state"]["draft_reference"]
    answers = Staff(service, "lead-professional").gets(f"/drafts/{reference}").json()["answers"]
    assert [(answer["level"], answer["read_by"]) for answer in answers] == [
        (2, "local"),
        (3, "language_model"),
        (1, "local"),
    ]
    with httpx.Client(
        base_url=service.url, follow_redirects=True, timeout=30, trust_env=False, verify=False
    ) as browser:
        browser.post("/review/sign-in", data={"role": "lead-professional"})
        page = words_of(browser.get(f"/review/drafts/{reference}").text)
    assert page.count("The council's language model read this level from their words") == 1
    assert page.count("Sevensteps' own reading of their words") == 1, "not beside a level that was only picked"
    stub.close()


def test_whether_those_who_help_go_on_is_shown_and_is_no_change_of_the_answer(service: Service) -> None:
    person = Person.at_the_first_question(service)
    while person.last["state"]["question_id"] != "F3":
        person.says("2")
    person.says("2")
    person.picks("keep_helping.no")
    record = Staff(service, "lead-professional").gets(f"/drafts/{person.last['state']['draft_reference']}").json()
    helped = record["answers"][-1]
    assert helped["question_id"] == "F3"
    assert helped["words_of_level"].endswith("They are not happy to keep helping, or not for long.")
    assert record["earlier_answers"] == []


def test_the_transcript_is_word_for_word(lead: Staff, reference: str) -> None:
    said = [
        line["text"] for line in lead.gets(f"/drafts/{reference}").json()["transcript"] if line["author"] == "person"
    ]
    assert said[4] == "i go for a wee and hes got the kettle"
    assert said[-1] == "he's got a knife and mum is hurt"


def test_safety_comes_first_and_says_that_it_waits(lead: Staff, reference: str) -> None:
    (event,) = lead.gets(f"/drafts/{reference}").json()["safety"]
    assert event["level"] == "RED-A"
    assert event["alert"] == "waiting"
    assert event["said"] == "he's got a knife and mum is hurt"
    (line,) = lead.gets("/drafts").json()["drafts"]
    assert (line["safety"], line["alerts_waiting"]) == ("RED-A", 1)


def test_the_list_holds_no_names_and_can_be_narrowed(lead: Staff, service: Service, reference: str) -> None:
    everything = lead.gets("/drafts")
    assert not re.search(r"\bTy\b", everything.text)
    assert [draft["reference"] for draft in lead.gets("/drafts?status=in_progress").json()["drafts"]] == [reference]
    assert lead.gets("/drafts?status=ready").json()["drafts"] == []
    assert lead.gets("/drafts?status=nonsense").status_code == 422


def test_who_would_like_a_person_or_does_not_agree_is_seen_in_the_list(service: Service, lead: Staff) -> None:
    quiet = Person.at_the_first_question(service).last["state"]["draft_reference"]
    person = Person.at_the_first_question(service)
    person.says("person")
    while person.last["state"]["stage"] == "ras":
        person.says("2")
    person.picks("keep_helping.yes")
    person.picks("check.yes")
    service.clock.forward(minutes=1)
    person.picks("result.disagree")
    reference = person.last["state"]["draft_reference"]
    lines = {line["reference"]: line for line in lead.gets("/drafts").json()["drafts"]}
    assert (lines[quiet]["person_asked_at"], lines[quiet]["disagreed_at"]) == (None, None)
    line = lines[reference]
    asked_at, disagreed_at = (datetime.fromisoformat(line[key]) for key in ("person_asked_at", "disagreed_at"))
    assert asked_at < disagreed_at
    assert lead.gets(f"/drafts/{reference}").json()["draft"].items() <= line.items()
    with httpx.Client(
        base_url=service.url, follow_redirects=True, timeout=30, trust_env=False, verify=False
    ) as browser:
        page = words_of(browser.post("/review/sign-in", data={"role": "lead-professional"}).text)
        assert page.count("Would like a person") == page.count("Does not agree") == 1
        draft = words_of(browser.get(f"/review/drafts/{reference}").text)
        for at, what in ((asked_at, "they would like a person"), (disagreed_at, "they do not agree")):
            assert f"On {uk_time(at):%-d %B %Y, %H:%M} they last said that {what}." in draft
        assert "Would like a person" not in words_of(browser.get(f"/review/drafts/{quiet}").text)


def test_the_guide_amount_comes_with_its_trace(service: Service) -> None:
    person = Person.at_the_first_question(service)
    while person.last["state"]["stage"] == "ras":
        person.says("2")
    person.picks("check.yes")
    lead = Staff(service, "team-manager")
    record = lead.gets(f"/drafts/{person.last['state']['draft_reference']}").json()
    assert record["allocation"]["amount_pence"] == person.last["state"]["amount"]["amount_pence"]
    assert record["allocation"]["is_final"] is False
    assert record["allocation"]["trace"]["table"]["example"] is True
    assert lead.gets("/drafts?status=ready").json()["drafts"][0]["reference"] == record["draft"]["reference"]


def test_reading_a_draft_is_written_down(service: Service, lead: Staff, reference: str) -> None:
    lead.gets(f"/drafts/{reference}")
    lines = Staff(service, "auditor").gets(f"/audit?reference={reference}").json()["lines"]
    seen = [(line["actor"], line["action"]) for line in lines]
    assert seen[-1] == ("demo.lead-professional", "draft.viewed")
    assert "kettle" not in str(lines)
    assert audit.verify(service.database) == []


def test_nobody_without_a_sign_in_reads_anything(service: Service, reference: str) -> None:
    service.http.cookies.clear()
    for path in ("/drafts", f"/drafts/{reference}", "/audit"):
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            reply = service.http.get(f"/api/v1/review{path}", headers=headers)
            assert reply.status_code == 401
            assert reply.headers["content-type"] == "application/problem+json"
            assert reference not in reply.text


def test_a_familys_token_opens_no_review(service: Service, family: Person, reference: str) -> None:
    service.http.cookies.clear()
    assert service.http.get(f"/api/v1/review/drafts/{reference}", headers=family.headers).status_code == 401


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_is_listed_and_no_more(service: Service, reference: str, role: str) -> None:
    staff = Staff(service, role)
    reads_drafts, reads_audit = role != "auditor", role == "auditor"
    assert staff.gets("/drafts").status_code == (200 if reads_drafts else 403)
    assert staff.gets(f"/drafts/{reference}").status_code == (200 if reads_drafts else 403)
    assert staff.gets("/audit").status_code == (200 if reads_audit else 403)


def test_a_draft_that_does_not_exist_is_not_found(lead: Staff) -> None:
    assert lead.gets("/drafts/EX-2222-2222").status_code == 404
    assert lead.gets("/drafts/%00").status_code == 404


def test_an_unknown_role_cannot_sign_in(service: Service) -> None:
    for body in ({"user": "admin"}, {"user": ""}, {}, []):
        assert service.http.post("/api/v1/review/demo-login", json=body).status_code == 422


def test_a_session_ends_when_it_lies_idle(service: Service, lead: Staff) -> None:
    assert lead.gets("/drafts").status_code == 200
    service.clock.forward(minutes=61)
    assert lead.gets("/drafts").status_code == 401


def test_the_audit_comes_in_pages(service: Service, family: Person) -> None:
    auditor = Staff(service, "auditor")
    first = auditor.gets("/audit?limit=5").json()
    assert [line["seq"] for line in first["lines"]] == [1, 2, 3, 4, 5]
    assert auditor.gets(f"/audit?limit=5&after={first['next']}").json()["lines"][0]["seq"] == 6


def words_of(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_the_pages_show_the_same(service: Service, reference: str) -> None:
    with httpx.Client(
        base_url=service.url, follow_redirects=True, timeout=30, trust_env=False, verify=False
    ) as browser:
        assert "Choose a role" not in browser.get("/review").text
        assert browser.get("/review").url.path == "/review/sign-in"
        assert browser.get(f"/review/drafts/{reference}").url.path == "/review/sign-in"
        assert "Choose a role" in browser.post("/review/sign-in", data={}).text
        drafts = browser.post("/review/sign-in", data={"role": "lead-professional"})
        assert drafts.url.path == "/review"
        assert reference in drafts.text
        draft = words_of(browser.get(f"/review/drafts/{reference}").text)
        for needed in ("Ty, 8", "Safety: a person must look at this", "RED-A", "he's got a knife and mum is hurt",
                       "i go for a wee and hes got the kettle", "Level 2", "Parent,", "Answers that were changed (1)"):  # fmt: skip
            assert needed in draft, needed
        assert draft.index("Safety: a person") < draft.rindex("Guide amount") < draft.rindex("What was said")
        refused = browser.get("/review/audit", headers={"Accept": "text/html"})
        assert refused.status_code == 403
        assert "Your role does not allow that" in refused.text


def test_signing_out_ends_the_session_on_the_server(service: Service, family: Person) -> None:
    with httpx.Client(
        base_url=service.url, follow_redirects=True, timeout=30, trust_env=False, verify=False
    ) as browser:
        page = browser.post("/review/sign-in", data={"role": "auditor"}).text
        assert "Audit" in page
        cookie = browser.cookies["staff"]
        csrf = re.search(r'name="csrf" value="([^"]+)"', page)
        assert csrf
        assert browser.post("/review/sign-out", data={"csrf": "wrong"}).status_code == 403
        browser.post("/review/sign-out", data={"csrf": csrf[1]})
        assert "staff" not in browser.cookies
        browser.cookies.set("staff", cookie)
        assert browser.get("/review/audit").url.path == "/review/sign-in"
