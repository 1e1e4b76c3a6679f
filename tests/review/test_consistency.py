"""The group that watches over consistency: like cases with unlike decisions, reasons without names, few people hidden."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store import audit, cases, decisions, drafts
from bot.store.decisions import NewDecision, Outcome
from tests.review.office import Office, open_office
from tests.store.test_decisions import PROPOSAL

SEEN = replace(PROPOSAL, lines=(), contingency_pence=0, contingency_reason="", guide_pence=505_000)


@pytest.fixture(scope="module")
def office(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("consistency")
    shutil.copy(empty_store, folder / "store.db")
    with open_office(folder / "store.db") as opened:
        lead = opened.staff()
        for final_pence in (505_000, 505_000, 505_000, 505_000, 250_000):
            decide(opened, opened.family(name="Zebedee"), final_pence)
        decide(opened, opened.family(name="Zebedee"), None, "refuse_for_now", "Zebedee's mum Jo says =it can wait")
        young = opened.family(age=15, name="Ann")
        decide(opened, young, 500_000, reason="Ann asked for it.")
        for reference in [one["reference"] for one in lead.gets("/drafts").json()["drafts"]][:6]:
            body = {"answers": [{"code": "S2", "level": 3, "reason": "Seen on the bus."}], "revision": 0}
            assert lead.posts(f"/drafts/{reference}/moderation", body).is_success
        yield opened


def decide(
    office: Office,
    reference: str,
    final_pence: int | None,
    outcome: Outcome = "agree",
    reason: str = "Agreed as it was asked for.",
) -> None:
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        team = "preparing_for_adulthood" if reason.startswith("Ann") else "children"
        cases.opened(tx, draft.id, team=team, at=office.now)
        new: NewDecision = replace(SEEN, outcome=outcome, final_pence=final_pence, reasons=(reason,))
        made = decisions.propose(tx, draft.id, new, at=office.now)
        decisions.take_step(
            tx,
            draft.id,
            made.seq,
            user="demo.team-manager",
            role="team-manager",
            step="signed",
            bound=new.bound,
            at=office.now,
        )


def test_like_cases_with_unlike_decisions_are_found(office: Office) -> None:
    found = office.staff("group-manager").gets("/reports/consistency?month=2026-11").json()
    assert found["decisions"] == 7
    kinds = [pair["why"] for pair in found["unlike"]]
    assert kinds.count("outcome") == 6, "the one that is not yet, beside each that is agreed"
    assert kinds.count("share") == 5, "the one at half the guide amount, beside each at all of it"
    first = found["unlike"][0]["cases"]
    assert {case["outcome"] for case in first} == {"agree", "refuse_for_now"}
    assert office.staff("group-manager").gets("/reports/consistency?month=2026-12").json()["unlike"] == []


def test_groups_of_few_are_hidden(office: Office) -> None:
    teams = {
        one["name"]: one for one in office.staff("auditor").gets("/reports/consistency?month=2026-11").json()["by_team"]
    }
    assert teams["Preparing for adulthood"]["decisions"] is None
    assert teams["Disabled children's team"]["decisions"] is None, "it would be 7 less what is hidden"


def test_families_see_less_than_professionals_and_it_is_measured(office: Office) -> None:
    found = office.staff("group-manager").gets("/reports/consistency?month=2026-11").json()
    assert found["gaps_by_question"] == [{"name": "S2", "cases": 6, "mean": -1.0}]
    assert found["gaps_by_worker"] == [{"name": "demo.lead-professional", "cases": 6, "mean": -1.0}]


def test_cases_of_other_teams_are_not_named(office: Office) -> None:
    found = office.staff("lead-professional", team="early_help").gets("/reports/consistency?month=2026-11").json()
    assert found["unlike"]
    assert {case["reference"] for pair in found["unlike"] for case in pair["cases"]} == {"a case of another team"}


def test_the_table_holds_no_formula_and_what_is_hidden_stays_so(office: Office) -> None:
    reply = office.staff("auditor").gets("/reports/consistency.csv?month=2026-11")
    assert reply.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    teams = [row for row in rows if row["part"] == "team"]
    assert {row["decisions"] for row in teams} == {"hidden"}
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
    assert "Zebedee" not in reply.text
    with office.database.read() as tx:
        actions = [line.action for line in audit.lines(tx, subject="consistency", limit=500)]
    assert "report.exported" in actions


def test_the_log_has_every_reason_and_no_names(office: Office) -> None:
    manager = office.staff("team-manager")
    log = manager.gets("/decisions-log").json()["decisions"]
    assert len(log) == 7
    reasons = [reason for one in log for reason in one["reasons"]]
    assert any("[name]'s mum" in reason for reason in reasons)
    assert not any("Zebedee" in reason or "Ann" in reason for reason in reasons)
    page = manager.reads("/review/decisions-log")
    assert "Zebedee" not in page
    assert "agreed, £5,050 a year (guide amount £5,050)" in page
    one_team = office.staff("lead-professional", team="preparing_for_adulthood").gets("/decisions-log").json()
    assert len(one_team["decisions"]) == 1
    assert office.staff("auditor").gets("/decisions-log").status_code == 403
    assert office.staff("finance").gets("/reports/consistency").status_code == 403


def test_the_page_shows_the_month_and_refuses_what_is_none(office: Office) -> None:
    auditor = office.staff("auditor")
    page = auditor.reads("/review/reports/consistency?month=2026-11")
    assert "7 decisions in November 2026" in page
    assert "hidden" in page
    assert "one is a yes, the other is not yet" in page
    assert '<svg class="chart" role="img"' in page
    assert "Final of guide: hidden" in page
    reply = auditor.client.get("/review/reports/consistency?month=May")
    assert reply.status_code == 422
    assert "<title>Error: " in reply.text
    assert auditor.gets("/reports/consistency?month=2026-99").status_code == 422
