"""Professionals read plans: what was sent and stays as it was, what is different word by word, sums, checks, who takes part."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.interview import interview_from_json
from bot.plans.model import Entry, Place, Plan, Section
from bot.review.word_changes import word_changes
from bot.store import audit, drafts
from tests.gateway.planning import Family, family_with, one_family, sends_the_plan, with_guide_amount
from tests.gateway.service import Service
from tests.plans.documents.families import LINES, PLAN
from tests.review.test_reading_drafts import Staff, words_of

SECOND_WORDS = "Buses. Swimming on a Saturday. Music in the car, and loud.\nFish and chips after."


def changed(plan: Plan) -> Plan:
    """Other words for what matters, a goal taken out, one thing dearer and one thing gone."""
    said, goals = plan.section("P03"), plan.section("P08")
    first = replace(said.entries[0], text=SECOND_WORDS)
    plan = plan.with_section("P03", replace(said, entries=(first, *said.entries[1:])))
    plan = plan.with_section("P08", replace(goals, records=goals.records[:1]))
    pa, place, *rest = plan.lines
    lines = (replace(pa, unit_cost_pence=1500), replace(place, managed_by="council"), *rest[:-1])
    return replace(plan, lines=lines, changed_since_sent=True)


@pytest.fixture(scope="module")
def family(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    """A family that sent its plan twice and then went on with it."""
    with one_family(empty_store, tmp_path_factory.mktemp("plans"), PLAN) as made:
        person = made.comes_in()
        sends_the_plan(person)
        sent = person.reads()["state"]["stage"]
        assert sent == "sent"
        second = changed(_plan_of(made))
        made.has(second)
        sends_the_plan(made.comes_in())
        now = _plan_of(made)
        more = Section(entries=(*now.section("P01").entries, Entry(290, "main", "He hums when he is happy.", "m1")))
        made.has(replace(now.with_section("P01", more), changed_since_sent=True))
        yield made


def _plan_of(family: Family) -> Plan:
    with family.service.database.read() as tx:
        plan = interview_from_json(json.loads(drafts.by_reference(tx, family.reference).state)).plan
    assert plan is not None
    return plan


@pytest.fixture
def lead(family: Family) -> Staff:
    return Staff(family.service, "lead-professional")


@pytest.fixture
def plan(family: Family, lead: Staff) -> dict[str, Any]:
    return dict(lead.gets(f"/drafts/{family.reference}").json()["plan"])


def test_each_version_is_listed_with_when_who_and_what_it_costs(family: Family, plan: dict[str, Any]) -> None:
    first, second = plan["versions"]
    assert (first["version"], second["version"]) == (1, 2)
    assert (first["by"], second["by"]) == ("Mum", "Mum")
    assert datetime.fromisoformat(first["at"]) <= datetime.fromisoformat(second["at"])
    assert first["fingerprint"] != second["fingerprint"]
    assert len(first["fingerprint"]) == 64
    assert second["total_pence"] > first["total_pence"] > 0
    assert first["guide_pence"] == plan["totals"]["guide_pence"]
    assert first["differences"] == []


def test_what_is_different_is_shown_word_by_word(plan: dict[str, Any]) -> None:
    found = plan["versions"][1]["differences"]
    (words,) = [one for one in found if one["section"] == "P03"]
    assert (words["kind"], words["by"]) == ("changed", "Mum")
    assert [(piece["kind"], piece["text"]) for piece in words["pieces"] if piece["kind"] != "same"] == [
        ("gone", "Friday."),
        ("new", "Saturday."),
    ]
    assert "".join(piece["text"] for piece in words["pieces"] if piece["kind"] != "gone") == SECOND_WORDS
    (goal,) = [one for one in found if one["section"] == "P08"]
    assert (goal["kind"], goal["pieces"]) == ("gone", [{"kind": "gone", "text": "That we all get a Sunday"}])
    costs = {(one["what"], one["kind"]) for one in found if one["section"] == "P11"}
    assert (LINES[0].what, "changed") in costs
    assert (f"{LINES[1].what} – who looks after the money", "changed") in costs
    assert ("", "gone") in costs, "the swim club fee"
    assert {one["what"] for one in found if one["title"] == "Sums"} >= {"All costs in the first year"}


def test_what_was_changed_since_it_was_sent_is_told_apart(plan: dict[str, Any]) -> None:
    assert plan["changed_since_sent"] is True
    (new,) = plan["differences"]
    assert (new["kind"], new["section"]) == ("new", "P01")
    assert new["pieces"] == [{"kind": "new", "text": "He hums when he is happy."}]
    now = {section["section"]: section["text"] for section in plan["sections"]}
    assert "He hums when he is happy." in now["P01"]
    assert "P18" not in now, "nothing stands there"


def test_sums_checks_and_who_takes_part(family: Family, plan: dict[str, Any]) -> None:
    state = family.comes_in().last["state"]
    assert plan["totals"]["total_pence"] == state["plan"]["total_pence"]
    assert [{**line, "id": None} for line in plan["lines"]] == [{**line, "id": None} for line in state["plan"]["lines"]]
    assert plan["totals"]["left_pence"] == plan["totals"]["guide_pence"] - sum(
        line["total_pence"] + line["on_costs_pence"] for line in plan["lines"] if line["stream"] == "social_care"
    )
    assert {check["question"] for check in plan["checks"]} == set(range(1, 8))
    assert all(check["text"] and check["question_words"] and check["title"] for check in plan["checks"])
    (mum,) = plan["members"]
    assert (mum["id"], mum["role"], mum["name"], mum["withdrawn"]) == ("m1", "parent", "Mum", False)
    assert len(plan["shared_with"]) == 2


def test_a_version_opens_as_it_was_sent(family: Family, lead: Staff) -> None:
    pages = {which: lead.gets(f"/drafts/{family.reference}/plan/{which}.txt") for which in (1, 2, "now")}
    assert {reply.status_code for reply in pages.values()} == {200}
    first, second, now = (reply.text for reply in pages.values())
    assert "Swimming on a Friday" in first
    assert "Swimming on a Saturday" in second
    assert "He hums when he is happy" in now
    assert "He hums" not in first + second
    assert lead.gets(f"/drafts/{family.reference}").json()["plan"]["versions"][0]["fingerprint"] in "".join(
        first.split()
    )
    assert pages[1].headers["cache-control"] == "private, no-store"
    assert pages[1].headers["content-disposition"] == f'inline; filename="{family.reference}-officer-version-1.txt"'


@pytest.mark.parametrize("ending", ["html", "docx", "odt", "pdf"])
def test_the_officers_document_comes_in_every_format(family: Family, lead: Staff, ending: str) -> None:
    reply = lead.gets(f"/drafts/{family.reference}/plan/2.{ending}?large=true")
    assert reply.status_code == 200
    assert reply.headers["content-disposition"].endswith(f'officer-version-2-large.{ending}"')


def test_versions_that_there_are_not(family: Family, lead: Staff) -> None:
    assert lead.gets(f"/drafts/{family.reference}/plan/3.html").status_code == 404
    assert lead.gets("/drafts/EX-2222-2222/plan/1.html").status_code == 404
    for wrong in ("0.html", "-1.html", "first.html", "1.exe"):
        assert lead.gets(f"/drafts/{family.reference}/plan/{wrong}").status_code == 422
    without = with_guide_amount(family.service).last["state"]["draft_reference"]
    assert lead.gets(f"/drafts/{without}").json()["plan"] is None
    assert lead.gets(f"/drafts/{without}/plan/now.html").status_code == 404


def test_who_may_read_drafts_may_read_plans_and_nobody_else(family: Family) -> None:
    path = f"/drafts/{family.reference}/plan/1.html"
    roles = {
        "lead-professional": 200,
        "team-manager": 200,
        "group-manager": 200,
        "head-of-service": 200,
        "auditor": 403,
    }
    assert {role: Staff(family.service, role).gets(path).status_code for role in roles} == roles
    family.service.http.cookies.clear()
    url = f"/api/v1/review{path}"
    assert family.service.http.get(url).status_code == 401
    assert family.service.http.get(url, headers=family.comes_in().headers).status_code == 401
    page = family.service.http.get(f"/review{path}")
    assert (page.status_code, page.headers["location"].split("?")[0]) == (303, "/review/sign-in")


def test_reading_a_version_is_written_down(family: Family) -> None:
    Staff(family.service, "team-manager").gets(f"/drafts/{family.reference}/plan/1.txt")
    lines = Staff(family.service, "auditor").gets(f"/audit?reference={family.reference}&limit=500").json()["lines"]
    last = next(line for line in reversed(lines) if line["action"] == "plan.viewed")
    assert (last["actor"], last["detail"]) == ("demo.team-manager", {"role": "team-manager", "version": 1})
    assert not re.search(r"\bbus\b", str(lines)), "ids are drawn by lot, and may spell it within"
    assert audit.verify(family.service.database) == []


def test_a_draft_whose_plan_was_sent_is_found_by_that(family: Family, lead: Staff) -> None:
    sent = lead.gets("/drafts?status=sent").json()["drafts"]
    assert [(line["reference"], line["status"]) for line in sent] == [(family.reference, "sent")]


def test_the_pages_show_the_same(family: Family) -> None:
    with httpx.Client(
        base_url=family.service.url, follow_redirects=True, timeout=60, trust_env=False, verify=False
    ) as browser:
        browser.post("/review/sign-in", data={"role": "lead-professional"})
        listed = words_of(browser.get("/review?status=sent").text)
        assert family.reference in listed
        assert "Plan sent" in listed
        page = browser.get(f"/review/drafts/{family.reference}").text
        shown = words_of(page)
        for needed in ("What was sent", "What is different in version 2", "taken out: Friday.", "new: Saturday.",
                       "It was changed since version 2, and not sent again.", "He hums when he is happy.",
                       "All costs in the first year", "The seven questions", "Mum (parent), began it",
                       "How will you spend the money?"):  # fmt: skip
            assert needed in shown, needed
        assert "<del>" in page
        assert "<ins>" in page
        for which in ("1.html", "2.html", "now.html"):
            assert f'href="/review/drafts/{family.reference}/plan/{which}"' in page
            assert browser.get(f"/review/drafts/{family.reference}/plan/{which}").status_code == 200


@pytest.mark.parametrize("stage", ["making", "checking", "sent"])
def test_drafts_at_every_stage_of_a_plan_can_be_opened(service: Service, stage: str) -> None:
    family = family_with(service, None)
    place = Place(cursor="P03") if stage == "making" else Place(cursor="P19")
    family.has(PLAN, place)
    person = family.comes_in()
    person.picks("plan.go.P19" if stage == "checking" else "plan.go.P03")
    if stage == "sent":
        family.has(PLAN)
        sends_the_plan(family.comes_in())
    with httpx.Client(
        base_url=service.url, follow_redirects=True, timeout=60, trust_env=False, verify=False
    ) as browser:
        listed = words_of(browser.post("/review/sign-in", data={"role": "lead-professional"}).text)
        said = {"making": "Making the plan", "checking": "Checking the plan", "sent": "Plan sent"}[stage]
        assert said in listed
        page = words_of(browser.get(f"/review/drafts/{family.reference}").text)
        assert said in page
        assert ("The family has not sent it yet." in page) == (stage != "sent")


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "one two"), ("one two", ""), ("a  b\nc", "a b\n c d"), ("same", "same"), ("a b a", "b a b")],
)
def test_both_texts_are_whole_in_the_pieces(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
