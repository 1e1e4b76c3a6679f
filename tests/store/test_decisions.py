"""A decision is kept as it was signed, with who signed it; nobody changes it afterwards, and it goes with its draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import audit, decisions
from bot.store.database import Database, Transaction
from bot.store.decisions import DecidedLine, NewDecision
from bot.store.drafts import Draft
from tests.store.helpers import NOW

SWIMMING = DecidedLine(
    line_id=3,
    what="Swimming with Zebedee",
    verdict="changed",
    asked_pence=60_000,
    agreed_pence=45_000,
    one_off=False,
    stream="social_care",
    legal_basis="ca1989-s17",
    managed_by="direct_payment",
    reason="The pool has a cheaper time",
)
PROPOSAL = NewDecision(
    outcome="agree_in_part",
    final_pence=50_000,
    guide_pence=60_000,
    contingency_pence=5_000,
    route="full",
    plan_version=1,
    parts={"plan": "abc", "answers": "def"},
    bound="0" * 64,
    policy="exampleshire/2026-04-01",
    proposed_by="demo.lead-professional",
    proposed_role="lead-professional",
    amount_by="demo.lead-professional",
    reasons=("The pool costs less than you thought",),
    contingency_reason="Prices may go up",
    what_would_help="",
    lines=(SWIMMING,),
)
PERSONAL = ("Zebedee", "cheaper time", "less than you thought", "Prices may go up", "Please say more")


def test_what_was_proposed_and_signed_comes_back_whole(database: Database, draft: Draft) -> None:
    with database.write() as tx:
        made = decisions.propose(tx, draft.id, PROPOSAL, at=NOW)
        assert made.state == "waiting"
        assert decisions.in_force(tx, draft.id) is None
    with database.write() as tx:
        signed(tx, draft, 1)
    with database.read() as tx:
        found = decisions.in_force(tx, draft.id)
        assert found is not None
        assert found.said == PROPOSAL
        assert (found.state, found.signed and found.signed.user) == ("signed", "demo.team-manager")
        assert decisions.waiting(tx, draft.id) is None
        assert decisions.of_all(tx) == (found,)


def signed(tx: Transaction, draft: Draft, seq: int) -> None:
    decisions.take_step(
        tx,
        draft.id,
        seq,
        user="demo.team-manager",
        role="team-manager",
        step="signed",
        bound=PROPOSAL.bound,
        reason="Please say more",
        at=NOW + timedelta(hours=1),
    )


def test_a_later_proposal_takes_the_place_of_one_nobody_signed(database: Database, draft: Draft) -> None:
    with database.write() as tx:
        decisions.propose(tx, draft.id, PROPOSAL, at=NOW)
        decisions.propose(tx, draft.id, replace(PROPOSAL, final_pence=40_000), at=NOW)
        assert [one.state for one in decisions.listing(tx, draft.id)] == ["replaced", "waiting"]
        signed(tx, draft, 2)
        decisions.propose(tx, draft.id, replace(PROPOSAL, final_pence=45_000), at=NOW)
        assert [one.state for one in decisions.listing(tx, draft.id)] == ["replaced", "signed", "waiting"]
        held = decisions.in_force(tx, draft.id)
        assert held is not None
        assert held.said.final_pence == 40_000


@pytest.mark.parametrize("table", ["decisions", "decision_lines", "decision_steps"])
@pytest.mark.parametrize("change", ["UPDATE {table} SET draft_id = draft_id", "DELETE FROM {table}"])
def test_nobody_changes_or_removes_what_was_decided(database: Database, draft: Draft, table: str, change: str) -> None:
    with database.write() as tx:
        decisions.propose(tx, draft.id, PROPOSAL, at=NOW)
        signed(tx, draft, 1)
    with pytest.raises(DBAPIError, match="append-only"), database.write() as tx:
        tx.connection.execute(text(change.format(table=table)))


def test_it_goes_with_its_draft(database: Database, draft: Draft) -> None:
    with database.write() as tx:
        decisions.propose(tx, draft.id, PROPOSAL, at=NOW)
        signed(tx, draft, 1)
    with database.write() as tx:
        tx.connection.execute(text("DELETE FROM drafts"))
    with database.read() as tx:
        assert decisions.of_all(tx) == ()
        for table in ("decision_lines", "decision_steps"):
            assert tx.connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608


def test_words_are_sealed_and_the_audit_holds_codes(database: Database, draft: Draft) -> None:
    with database.write() as tx:
        decisions.propose(tx, draft.id, PROPOSAL, at=NOW)
        signed(tx, draft, 1)
    with database.read() as tx:
        kept = [
            str(bytes(value) if isinstance(value, memoryview) else value)
            for table in ("decisions", "decision_lines", "decision_steps", "audit")
            for row in tx.connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
            for value in row
        ]
        assert not [words for words in PERSONAL if any(words in value for value in kept)]
        actions = [line.action for line in audit.lines(tx, subject=draft.id)]
    assert actions[-2:] == ["decision.proposed", "decision.signed"]
