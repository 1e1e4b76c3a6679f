"""Decisions by the API: two people behind every sum, limits of the day, and a signature for exactly what was signed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from bot.cases.access import Role
from bot.interview import interview_from_json
from bot.plans.documents.keeping import fingerprint
from bot.store import audit, budget_routes, cases, decisions, drafts, family_answers, letters
from tests.review.decided import CLUB, PLAN, SWIMMING, TOTAL, dear, sends, sent_family
from tests.review.office import Office, Professional, open_office

WHY = "The plan needs less than the guide amount this year."
AGREE = {"decision": "agree", "final_pence": TOTAL, "reasons": WHY}
LESS = {"decision": "agree_in_part", "final_pence": 100_000, "reasons": ["The club has free places."]}


@pytest.fixture(scope="module")
def office(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("decisions")
    shutil.copy(empty_store, folder / "store.db")
    with open_office(folder / "store.db") as opened:
        yield opened


@pytest.fixture
def reference(office: Office) -> str:
    return sent_family(office)


def sends_to(office: Office, role: Role, reference: str, body: Any, way: str = "") -> httpx.Response:
    return office.staff(role).posts(f"/drafts/{reference}/decision{way}", body)


def good(reply: httpx.Response) -> dict[str, Any]:
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def refused(reply: httpx.Response, status: int, kind: str) -> str:
    assert (reply.status_code, reply.json()["type"]) == (status, f"/problems/{kind}"), reply.text
    assert reply.headers["content-type"].startswith("application/problem+json")
    return str(reply.json()["detail"])


def status_of(office: Office, reference: str) -> str:
    with office.database.read() as tx:
        return drafts.by_reference(tx, reference).status


def test_an_officer_agrees_in_one_call_to_what_the_family_asked_for(office: Office, reference: str) -> None:
    made = good(sends_to(office, "team-manager", reference, AGREE))
    assert (made["state"], made["status"], made["final_pence"], made["guide_pence"]) == (
        "signed",
        "agreed",
        TOTAL,
        505_000,
    )
    assert [(line["line_id"], line["agreed_pence"], line["legal_basis"]) for line in made["lines"]] == [
        (1, 65_000, "ca1989-s17a"),
        (2, 97_500, "ca1989-s17"),
        (3, 0, ""),
    ]
    assert [step["user"] for step in made["steps"]] == ["demo.team-manager"]
    assert status_of(office, reference) == "agreed"
    again = refused(sends_to(office, "group-manager", reference, AGREE), 409, "not-now")
    assert "A decision was made" in again


def test_another_amount_takes_two_people(office: Office, reference: str) -> None:
    alone = refused(sends_to(office, "team-manager", reference, LESS), 409, "amount")
    assert "group manager, head of service" in alone
    proposed = good(sends_to(office, "lead-professional", reference, LESS, "/proposal"))
    assert (proposed["state"], proposed["amount_by"], proposed["status"]) == (
        "waiting",
        "demo.lead-professional",
        "sent",
    )
    made = good(sends_to(office, "team-manager", reference, LESS))
    assert (made["state"], made["status"], made["proposed_by"]) == (
        "signed",
        "agreed_in_part",
        "demo.lead-professional",
    )
    assert sum(line["agreed_pence"] for line in made["lines"]) == 100_000


def test_who_proposed_it_cannot_sign_it(office: Office, reference: str) -> None:
    good(sends_to(office, "team-manager", reference, LESS, "/proposal"))
    words = refused(sends_to(office, "team-manager", reference, {}, "/signature"), 409, "proposer")
    assert "You proposed this" in words
    refused(sends_to(office, "team-manager", reference, LESS), 409, "proposer")
    assert good(sends_to(office, "group-manager", reference, {}, "/signature"))["state"] == "signed"


def test_who_last_set_the_amount_cannot_sign_it(office: Office, reference: str) -> None:
    good(sends_to(office, "team-manager", reference, LESS, "/proposal"))
    other_words = LESS | {"reasons": ["There are free places at the club on Saturdays."]}
    second = good(sends_to(office, "lead-professional", reference, other_words, "/proposal"))
    assert (second["proposed_by"], second["amount_by"]) == ("demo.lead-professional", "demo.team-manager")
    refused(sends_to(office, "team-manager", reference, {}, "/signature"), 409, "amount")
    assert good(sends_to(office, "group-manager", reference, {}, "/signature"))["status"] == "agreed_in_part"


def test_who_moves_money_between_lines_sets_the_amount(office: Office, reference: str) -> None:
    lines = [
        {"line_id": 1, "verdict": "changed", "agreed_pence": 40_000, "reason": "There is a cheaper time."},
        {"line_id": 2, "verdict": "agreed", "agreed_pence": 97_500},
        {"line_id": 3, "verdict": "agreed"},
    ]
    kept = {"contingency_pence": 25_000, "contingency_reason": "For the holidays."}
    body = AGREE | kept | {"decision": "agree_in_part", "lines": lines}
    refused(sends_to(office, "team-manager", reference, body), 409, "amount")
    assert good(sends_to(office, "team-manager", reference, body, "/proposal"))["amount_by"] == "demo.team-manager"


def test_who_leads_the_case_does_not_sign_alone(office: Office, reference: str) -> None:
    manager = office.staff("team-manager")
    revision = manager.gets(f"/drafts/{reference}/decision").json()["revision"]
    taken = manager.posts(f"/drafts/{reference}/assign", {"lead": "me", "revision": revision})
    assert taken.status_code == 200, taken.text
    refused(manager.posts(f"/drafts/{reference}/decision", AGREE), 409, "lead")
    good(sends_to(office, "lead-professional", reference, AGREE, "/proposal"))
    assert good(manager.posts(f"/drafts/{reference}/decision", AGREE))["state"] == "signed"


def test_limits_hold_for_the_final_amount(office: Office) -> None:
    reference = sent_family(office, dear(6_000))
    body = {"decision": "agree", "final_pence": 600_000, "reasons": "He needs it."}
    words = refused(sends_to(office, "team-manager", reference, body), 403, "over_limit")
    assert "These can sign: group manager, head of service." in words
    refused(sends_to(office, "lead-professional", reference, body), 403, "no_limit")
    refused(
        sends_to(office, "team-manager", reference, body | {"decision": "refuse_for_now", "final_pence": 0}),
        403,
        "over_limit",
    )
    assert status_of(office, reference) == "sent"
    assert good(sends_to(office, "group-manager", reference, body))["status"] == "agreed"


@pytest.mark.parametrize("role", ["auditor", "finance", "content-author"])
def test_roles_that_do_not_decide_are_kept_out(office: Office, reference: str, role: Role) -> None:
    for way in ("", "/proposal", "/signature", "/back", "/vote"):
        assert sends_to(office, role, reference, AGREE, way).status_code == 403
    assert office.staff(role).gets(f"/drafts/{reference}/decision").status_code == 403


def test_a_role_in_the_body_or_another_teams_case_changes_nothing(office: Office, reference: str) -> None:
    forged = sends_to(office, "lead-professional", reference, AGREE | {"role": "head-of-service"})
    assert forged.status_code == 422
    other = office.staff("team-manager", team="early_help")
    assert other.posts(f"/drafts/{reference}/decision", AGREE).status_code == 404
    assert other.gets(f"/drafts/{reference}/decision").status_code == 404
    assert status_of(office, reference) == "sent"


def test_a_difference_from_the_guide_amount_needs_words(office: Office, reference: str) -> None:
    without = refused(sends_to(office, "team-manager", reference, AGREE | {"reasons": ""}), 422, "decision")
    assert "The guide amount is £5,050. Say why" in without


def test_lines_add_up_and_rest_on_a_law_that_fits(office: Office, reference: str) -> None:
    lines = [
        {"line_id": 1, "verdict": "changed", "agreed_pence": 40_000, "reason": "There is a cheaper time."},
        {"line_id": 2, "verdict": "not_now", "reason": "The club has free places."},
        {"line_id": 3, "verdict": "agreed"},
    ]
    body = LESS | {"final_pence": 45_000, "lines": lines}
    assert "£50 less than the final amount" in refused(
        sends_to(office, "lead-professional", reference, body, "/proposal"), 422, "decision"
    )
    kept = body | {"contingency_pence": 5_000, "contingency_reason": "For when his helper is ill."}
    wrong = kept | {"lines": [lines[0] | {"legal_basis": "sen-budgets-2014"}, *lines[1:]]}
    assert "legal basis that fits" in refused(
        sends_to(office, "lead-professional", reference, wrong, "/proposal"), 422, "decision"
    )
    made = good(sends_to(office, "lead-professional", reference, kept, "/proposal"))
    assert [line["legal_basis_words"][:19] for line in made["lines"]] == ["Children Act 1989, ", "", ""]
    assert made["contingency_pence"] == 5_000


def test_not_yet_says_why_and_can_be_decided_again(office: Office, reference: str) -> None:
    body = {"decision": "refuse_for_now", "final_pence": 0, "reasons": "We do not know yet what school gives."}
    made = good(sends_to(office, "team-manager", reference, body))
    assert (made["status"], made["final_pence"]) == ("not_yet", None)
    assert good(sends_to(office, "group-manager", reference, AGREE))["status"] == "agreed"


def test_before_a_plan_was_sent_there_is_nothing_to_decide(office: Office) -> None:
    reference = office.family()
    refused(sends_to(office, "team-manager", reference, AGREE), 409, "not-now")


@pytest.mark.parametrize("change", ["answer", "version", "levels", "plan now"])
def test_a_proposal_is_stale_after_any_edit(office: Office, change: str) -> None:
    reference = sent_family(office)
    first = good(sends_to(office, "lead-professional", reference, LESS, "/proposal"))
    if change == "answer":
        office.changes_an_answer(reference, "S1", 1)
        with office.database.write() as tx:
            tx.connection.execute(
                text("UPDATE drafts SET status = 'sent' WHERE reference = :reference"), {"reference": reference}
            )
    elif change == "version":
        sends(office, reference, replace(PLAN, lines=(replace(SWIMMING, unit_cost_pence=1500), CLUB)))
    elif change == "plan now":
        edits_without_sending(office, reference)
    else:
        level = {"code": "S1", "level": 2, "reason": "I saw it."}
        body = {"answers": [level], "agreed": [level], "revision": first["revision"]}
        assert office.staff().posts(f"/drafts/{reference}/moderation", body).status_code == 200
    words = refused(sends_to(office, "team-manager", reference, {}, "/signature"), 409, "stale")
    named = {
        "answer": "the answers to the questions",
        "version": "the plan that was sent",
        "levels": "an agreed level",
        "plan now": "the plan that the family is working on",
    }
    assert named[change] in words
    seen = office.staff("team-manager").gets(f"/drafts/{reference}/decision").json()
    assert named[change] in seen["waiting"]["changed_since"]
    assert named[change] in seen["why_not_you"]


def edits_without_sending(office: Office, reference: str) -> None:
    """The family goes on with its plan after sending it."""
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        interview = interview_from_json(json.loads(draft.state))
        assert interview.plan is not None
        changed = replace(interview.plan, over_reason="We need more", changed_since_sent=True)
        drafts.save(
            tx,
            draft.id,
            expected_revision=draft.revision,
            state=json.dumps(replace(interview, plan=changed).to_json()),
            stage="plan",
            position=19,
            message_id=None,
            actor="family",
            at=office.now,
            audit_action="draft.stepped",
        )


def test_differing_answers_are_agreed_on_before_a_decision(office: Office, reference: str) -> None:
    level = {"code": "S1", "level": 1, "reason": "I saw it."}
    first = office.staff().gets(f"/drafts/{reference}/moderation").json()["revision"]
    sent = office.staff().posts(f"/drafts/{reference}/moderation", {"answers": [level], "revision": first})
    words = refused(sends_to(office, "team-manager", reference, AGREE), 409, "levels_open")
    assert "S1" in words
    body = {"agreed": [level], "revision": sent.json()["revision"]}
    assert office.staff().posts(f"/drafts/{reference}/moderation", body).status_code == 200
    made = good(sends_to(office, "team-manager", reference, AGREE))
    assert made["guide_pence"] == 380_000


def test_a_guide_amount_that_somebody_agreed_on_is_signed_by_somebody_else(office: Office, reference: str) -> None:
    level = {"code": "S1", "level": 1, "reason": "I saw it."}
    manager: Professional = office.staff("team-manager")
    first = manager.gets(f"/drafts/{reference}/moderation").json()["revision"]
    manager.posts(f"/drafts/{reference}/moderation", {"answers": [level], "agreed": [level], "revision": first})
    body = {"decision": "agree", "final_pence": 380_000, "reasons": "As the table says, with some kept back."}
    refused(manager.posts(f"/drafts/{reference}/decision", body), 409, "amount")
    made = good(sends_to(office, "group-manager", reference, body))
    assert (made["amount_by"], made["contingency_pence"]) == ("demo.team-manager", 380_000 - TOTAL)


def test_two_officers_at_once_and_a_form_sent_twice(office: Office, reference: str) -> None:
    lead, manager = office.staff(), office.staff("team-manager")
    start = manager.gets(f"/drafts/{reference}/decision").json()["revision"]
    body = LESS | {"revision": start}
    first = good(lead.posts(f"/drafts/{reference}/decision/proposal", body))
    assert good(lead.posts(f"/drafts/{reference}/decision/proposal", body))["number"] == first["number"]
    late = manager.posts(f"/drafts/{reference}/decision/proposal", AGREE | {"revision": start})
    words = refused(late, 409, "stale")
    assert "Lead professional (demo)" in words
    newer = good(lead.posts(f"/drafts/{reference}/decision/proposal", LESS | {"final_pence": 90_000}))
    seen = {"bound": first["bound"], "revision": newer["revision"]}
    refused(manager.posts(f"/drafts/{reference}/decision/signature", seen), 409, "stale")
    good(manager.posts(f"/drafts/{reference}/decision/signature", seen | {"bound": newer["bound"]}))
    refused(manager.posts(f"/drafts/{reference}/decision/signature", seen), 409, "not-now")


def test_a_proposal_goes_back_with_what_should_be_different(office: Office, reference: str) -> None:
    good(sends_to(office, "lead-professional", reference, LESS, "/proposal"))
    refused(sends_to(office, "team-manager", reference, {"reason": " "}, "/back"), 422, "decision")
    back = good(sends_to(office, "team-manager", reference, {"reason": "Ask the club first"}, "/back"))
    assert (back["state"], back["steps"][-1]["reason"]) == ("sent_back", "Ask the club first")
    refused(sends_to(office, "team-manager", reference, {}, "/signature"), 409, "not-now")
    good(sends_to(office, "lead-professional", reference, LESS, "/proposal"))
    assert good(sends_to(office, "lead-professional", reference, {}, "/back"))["state"] == "withdrawn"


def test_while_a_proposal_waits_nothing_else_is_decided_over_it(office: Office, reference: str) -> None:
    good(sends_to(office, "lead-professional", reference, LESS, "/proposal"))
    words = refused(sends_to(office, "team-manager", reference, AGREE), 409, "other-proposal")
    assert "Lead professional (demo)" in words


def test_a_panel_decides_above_its_figure(office: Office) -> None:
    reference = sent_family(office, dear(60_000))
    body = {"decision": "agree", "final_pence": 6_000_000, "reasons": "Two helpers, day and night."}
    refused(sends_to(office, "head-of-service", reference, body), 409, "panel_needed")
    panel = ["demo.team-manager", "demo.group-manager", "demo.head-of-service"]
    few = refused(
        sends_to(office, "lead-professional", reference, body | {"panel": panel[:2]}, "/proposal"), 422, "decision"
    )
    assert "at least 3 members" in few
    made = good(sends_to(office, "lead-professional", reference, body | {"panel": panel}, "/proposal"))
    assert made["panel"] == {
        "members": panel,
        "agreed": False,
        "missing": "2 more to agree; 2 more roles; group manager or head of service",
    }
    refused(sends_to(office, "head-of-service", reference, {}, "/signature"), 409, "panel_decides")
    refused(sends_to(office, "lead-professional", reference, {"agrees": True}, "/vote"), 403, "not_on_panel")
    refused(sends_to(office, "team-manager", reference, {"agrees": False}, "/vote"), 422, "decision")
    one = good(sends_to(office, "team-manager", reference, {"agrees": True}, "/vote"))
    assert one["state"] == "waiting"
    twice = good(sends_to(office, "team-manager", reference, {"agrees": True}, "/vote"))
    assert twice["panel"]["missing"] == "1 more to agree; 1 more role; group manager or head of service"
    done = good(sends_to(office, "group-manager", reference, {"agrees": True}, "/vote"))
    assert (done["state"], done["status"]) == ("signed", "agreed")


def test_a_panel_that_cannot_agree_sends_it_back(office: Office, reference: str) -> None:
    panel = ["demo.team-manager", "demo.group-manager", "demo.head-of-service"]
    good(sends_to(office, "lead-professional", reference, LESS | {"panel": panel}, "/proposal"))
    against = {"agrees": False, "reason": "The club is not free."}
    assert good(sends_to(office, "team-manager", reference, against, "/vote"))["state"] == "waiting"
    assert good(sends_to(office, "group-manager", reference, against, "/vote"))["state"] == "sent_back"
    assert status_of(office, reference) == "sent"


def test_a_second_look_is_by_somebody_else(office: Office, reference: str) -> None:
    good(sends_to(office, "lead-professional", reference, LESS, "/proposal"))
    first = good(sends_to(office, "team-manager", reference, {}, "/signature"))
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        family_answers.add(
            tx,
            draft.id,
            decision=first["number"],
            kind="look_again",
            member="m1",
            role="parent",
            bound=first["bound"],
            words="The club is full",
            at=office.now,
        )
    seen = office.staff().gets(f"/drafts/{reference}/decision").json()
    assert seen["look_again"]["words"] == "The club is full"
    refused(sends_to(office, "team-manager", reference, AGREE), 409, "second_look")
    made = good(sends_to(office, "group-manager", reference, AGREE))
    assert (made["second_look"], made["status"]) == (True, "agreed")
    assert office.staff().gets(f"/drafts/{reference}/decision").json()["look_again"] is None


def test_a_small_budget_is_agreed_close_to_the_family(office: Office) -> None:
    reference = sent_family(office, dear(150))
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        who = {"by": "demo.lead-professional", "role": "lead-professional", "at": office.now}
        budget_routes.add(tx, draft.id, route="practice", policy="exampleshire/2026.1", reason="To try it", **who)
    body = {"decision": "agree", "final_pence": 15_000, "reasons": "To try planning with."}
    assert good(sends_to(office, "lead-professional", reference, body))["route"] == "practice"


def test_the_letter_is_kept_and_says_who_decided_and_by_when(office: Office, reference: str) -> None:
    good(sends_to(office, "lead-professional", reference, LESS, "/proposal"))
    manager = office.staff("team-manager")
    path = f"/drafts/{reference}/decision/1/letter/parent"
    before = manager.gets(f"{path}.html").text
    assert "The club has free places." in before
    assert "team manager" in before
    good(manager.posts(f"/drafts/{reference}/decision/signature", {}))
    with office.database.read() as tx:
        draft = drafts.by_reference(tx, reference)
        kept = letters.get(tx, draft.id, 1, "parent")
    assert kept is not None
    assert kept.fingerprint == fingerprint(kept.body)
    assert kept.question_by.isoformat() == "2026-12-21"
    said = manager.gets(f"{path}.txt").text
    for words in ("21 December 2026", "team manager", "The club has free places.", "£5,050", "Swimming with Zeb"):
        assert words in said
    assert (
        "The decision about my plan".upper()
        in manager.gets(f"/drafts/{reference}/decision/1/letter/young_person.txt").text
    )
    large = manager.gets(f"{path}.docx?large=true")
    assert large.headers["content-disposition"] == f'attachment; filename="decision-letter-{reference}-v1-large.docx"'
    assert manager.gets(f"/drafts/{reference}/decision/2/letter/parent.html").status_code == 404


def test_family_and_team_are_told_once_and_the_audit_holds_codes(office: Office, reference: str) -> None:
    good(sends_to(office, "lead-professional", reference, LESS, "/proposal"))
    good(sends_to(office, "team-manager", reference, {}, "/signature"))
    with office.database.read() as tx:
        draft = drafts.by_reference(tx, reference)
        lines = audit.lines(tx, subject=draft.id)
        told = tx.connection.execute(
            text("SELECT audience, kind FROM notices WHERE draft_id = :draft ORDER BY kind"), {"draft": draft.id}
        ).all()
    actions = [line.action for line in lines]
    assert [actions.count(f"decision.{step}") for step in ("proposed", "signed")] == [1, 1]
    assert not [line for line in lines if "free places" in line.detail]
    assert ("family", "decided") in {tuple(row) for row in told}


def test_money_is_drawn_from_the_contingency_by_two_people_and_never_below_nothing(
    office: Office, reference: str
) -> None:
    more = {"decision": "agree", "final_pence": TOTAL + 10_000, "reasons": "Winter is hard."}
    lead, manager = office.staff(), office.staff("team-manager")
    assert (
        lead.posts(f"/drafts/{reference}/contingency", {"pence": 1, "cause": "gap", "reason": "x"}).status_code == 409
    )
    good(lead.posts(f"/drafts/{reference}/decision/proposal", more))
    good(manager.posts(f"/drafts/{reference}/decision/signature", {}))
    draw = {"pence": 6_000, "cause": "crisis", "reason": "His helper broke a leg."}
    assert lead.posts(f"/drafts/{reference}/contingency", draw | {"pence": 10_001}).status_code == 422
    good(lead.posts(f"/drafts/{reference}/contingency", draw))
    good(lead.posts(f"/drafts/{reference}/contingency", draw))
    assert lead.posts(f"/drafts/{reference}/contingency/1", {"agreed": True}).status_code == 403
    first = good(manager.posts(f"/drafts/{reference}/contingency/1", {"agreed": True}))
    assert first["contingency"]["left_pence"] == 4_000
    over = manager.posts(f"/drafts/{reference}/contingency/2", {"agreed": True})
    assert "There is £40 left" in refused(over, 409, "contingency")
    refused(manager.posts(f"/drafts/{reference}/contingency/1", {"agreed": True}), 409, "stale")
    done = good(manager.posts(f"/drafts/{reference}/contingency/2", {"agreed": False, "reason": "Ask for less"}))
    assert [one["agreed"] for one in done["contingency"]["requests"]] == [True, False]
    assert done["contingency"]["left_pence"] == 4_000
    own = office.staff("group-manager")
    good(own.posts(f"/drafts/{reference}/contingency", draw | {"pence": 100}))
    refused(own.posts(f"/drafts/{reference}/contingency/3", {"agreed": True}), 409, "contingency")


def test_nothing_moves_when_the_case_moved(office: Office, reference: str) -> None:
    before = office.staff().gets(f"/drafts/{reference}/decision").json()["revision"]
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        cases.change(tx, draft.id, expected_revision=None, actor="demo.x", action="case.assigned", at=office.now)
    refused(sends_to(office, "team-manager", reference, AGREE | {"revision": before}), 409, "stale")
    with office.database.read() as tx:
        assert decisions.listing(tx, draft.id) == ()
