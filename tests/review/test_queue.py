"""The first page of professionals and the same by API: order, filters, search, pages, workload, taking a case up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.review import queue as review_queue
from bot.store import audit, cases, conversations, drafts, messages, safety
from bot.store.drafts import DraftStatus
from tests.plans.documents.families import PLAN
from tests.review.office import Office, Professional, open_office

CHILDREN = "children"


@pytest.fixture
def office(empty_store: Path, tmp_path: Path) -> Iterator[Office]:
    shutil.copy(empty_store, tmp_path / "store.db")
    with open_office(tmp_path / "store.db") as opened:
        yield opened


def case(office: Office, status: DraftStatus = "sent", *, days_ago: float = 0, lead: str | None = None) -> str:
    """The reference of a case that came to be in this status so many days ago."""
    reference = office.family(plan=PLAN, status=status)
    at = office.now - timedelta(days=days_ago)
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        cases.opened(tx, draft.id, team=CHILDREN, at=at)
        if lead is not None:
            cases.change(tx, draft.id, expected_revision=0, actor=lead, action="case.taken", at=at, lead=lead)
    return reference


def raise_alert(office: Office, reference: str) -> None:
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        conversation, _ = conversations.open_conversation(
            tx, draft.id, channel="web", language="en", actor="family", at=office.now
        )
        said = messages.append_in(tx, conversation, body='{"text": "help"}', at=office.now)
        safety.record(
            tx,
            draft_id=draft.id,
            message_id=said.id,
            level="RED-A",
            rule_id="test",
            text_id="RED",
            alert="waiting",
            at=office.now,
        )


def note(office: Office, reference: str, action: str) -> None:
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        audit.note(tx, at=office.now, actor="family", action=action, subject=draft.id)


def listed(lead: Professional, query: str = "") -> list[str]:
    return [draft["reference"] for draft in lead.gets(f"/drafts{query}").json()["drafts"]]


def test_what_needs_somebody_now_comes_first(office: Office) -> None:
    live, working = case(office, "live"), case(office, "looked_at", days_ago=2)
    new, old = case(office, days_ago=1), case(office, days_ago=5)
    due, asked = case(office, "review_due"), case(office, "live")
    alarm = case(office, "live")
    note(office, asked, "family.person")
    raise_alert(office, alarm)
    assert listed(office.staff()) == [alarm, old, new, asked, due, working, live]
    found = {one["reference"]: one for one in office.staff().gets("/drafts").json()["drafts"]}
    assert found[alarm]["band"] == "alert"
    assert found[asked]["band"] == "asked"
    assert found[old]["sent_at"] is None


def test_a_wish_that_was_dealt_with_is_not_first_any_more(office: Office) -> None:
    reference = case(office, "live")
    note(office, reference, "family.person")
    assert office.staff().gets("/drafts").json()["drafts"][0]["band"] == "asked"
    note(office, reference, "case.person_done")
    assert office.staff().gets("/drafts").json()["drafts"][0]["band"] == "lived"


def test_filters_by_status_team_lead_age_and_what_is_due(office: Office) -> None:
    mine = case(office, "looked_at", days_ago=3, lead="demo.lead-professional")
    late, fresh = case(office, days_ago=30), case(office)
    due = case(office, "review_due")
    lead = office.staff()
    assert listed(lead, "?status=looked_at") == [mine]
    assert listed(lead, "?lead=me") == [mine]
    assert set(listed(lead, "?lead=nobody")) == {late, fresh, due}
    assert listed(lead, "?older_than=10") == [late]
    assert listed(lead, "?due=true") == [late, due]
    assert listed(lead, "?team=early_help") == []
    assert set(listed(lead, f"?team={CHILDREN}")) == {mine, late, fresh, due}
    aged = {one["reference"]: one for one in lead.gets("/drafts").json()["drafts"]}
    assert (aged[late]["late"], aged[fresh]["late"]) == (True, False)
    assert aged[late]["age_days"] == 21
    assert "21 days, late" in lead.reads("/review?due=yes")


def test_a_reference_is_found_however_it_is_typed(office: Office) -> None:
    reference, other = case(office), case(office)
    lead = office.staff()
    typed = f" {reference.lower().replace('-', ' ')} "
    assert listed(lead, f"?reference={typed}") == [reference]
    found = lead.client.get("/review", params={"reference": typed})
    assert (found.status_code, found.headers["location"]) == (303, f"/review/drafts/{reference}")
    assert listed(lead, f"?reference={reference[:-1]}") == []
    nothing = lead.reads("/review?reference=EX-0000-0000")
    assert "There is no draft with this reference" in nothing
    assert "Error: " in nothing
    assert other in nothing


def test_another_teams_draft_is_neither_listed_nor_found(office: Office) -> None:
    reference = case(office)
    stranger = office.staff(team="early_help")
    assert listed(stranger) == []
    assert listed(stranger, f"?reference={reference}") == []
    assert stranger.gets("/drafts").json()["workload"] == []
    assert stranger.posts(f"/drafts/{reference}/take", {}).status_code == 404


def test_pages_follow_each_other_without_a_gap(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_queue, "PAGE", 2)
    every = [case(office, days_ago=days) for days in (5, 4, 3)]
    lead = office.staff()
    first = lead.gets("/drafts").json()
    assert first["total"] == 3
    second = lead.gets(f"/drafts?after={first['next']}").json()
    assert [one["reference"] for one in (*first["drafts"], *second["drafts"])] == every
    assert second["next"] is None
    assert f"after={first['next']}" in lead.reads("/review?status=sent")
    assert lead.gets("/drafts?after=nobody").status_code == 404


def test_the_list_shows_no_name(office: Office) -> None:
    office.family(plan=PLAN, status="sent", name="Zebediah")
    lead = office.staff()
    assert "Zebediah" not in lead.gets("/drafts").text
    assert "Zebediah" not in lead.reads("/review")


def test_whoever_takes_a_case_leads_it_and_a_sent_plan_is_looked_at(office: Office) -> None:
    reference = case(office)
    lead = office.staff()
    html = lead.reads("/review")
    assert "Take it" in html
    taken = lead.sends(f"/review/drafts/{reference}/take", {}, page="/review")
    assert (taken.status_code, taken.headers["location"]) == (303, f"/review/drafts/{reference}")
    found = lead.gets(f"/drafts?reference={reference}").json()["drafts"][0]
    assert (found["lead"], found["status"], found["band"]) == ("demo.lead-professional", "looked_at", "working")
    again = lead.posts(f"/drafts/{reference}/take", {}).json()
    assert again["revision"] == found["revision"]
    with office.database.read() as tx:
        lines = audit.lines(tx, subject=drafts.by_reference(tx, reference).id, limit=50)
    assert [line.actor for line in lines if line.action == "case.taken"] == ["demo.lead-professional"]


def test_two_who_take_one_case_do_not_both_get_it(office: Office) -> None:
    reference = case(office)
    first, second = office.staff(), office.staff("team-manager")
    assert first.posts(f"/drafts/{reference}/take", {"revision": 0}).status_code == 200
    late = second.posts(f"/drafts/{reference}/take", {"revision": 0})
    assert late.status_code == 409
    assert "Lead professional (demo) leads it" in late.json()["detail"]
    page = second.sends(f"/review/drafts/{reference}/take", {"revision": "0"}, page="/review")
    assert page.status_code == 409
    assert "Somebody else leads this case" in page.text


def test_the_workload_is_told_by_lead(office: Office) -> None:
    case(office, lead="ann")
    case(office, "live", lead="ann")
    case(office)
    loads = office.staff().gets("/drafts").json()["workload"]
    assert [(load["lead"], load["cases"], load["waiting"]) for load in loads] == [(None, 1, 1), ("ann", 2, 1)]
    assert "Who has how much" in office.staff().reads("/review")
