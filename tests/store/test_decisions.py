"""A decision is kept as it was signed, with who signed it; nobody changes it afterwards, and it goes with its draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import audit, contingency, decisions, family_answers, letters
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


TABLES = (
    "decisions",
    "decision_lines",
    "decision_steps",
    "decision_letters",
    "family_answers",
    "contingency_requests",
    "contingency_answers",
)


def with_everything(database: Database, draft: Draft) -> None:
    """A signed decision with its letter, the family's agreement, and a draw on its contingency."""
    with database.write() as tx:
        decisions.propose(tx, draft.id, PROPOSAL, at=NOW)
        signed(tx, draft, 1)
        letters.add(tx, draft.id, letters.Letter(1, "parent", NOW, date(2026, 4, 1), "f" * 64, '"Dear Zebedee"'))
        family_answers.add(
            tx,
            draft.id,
            decision=1,
            kind="look_again",
            member="m1",
            role="parent",
            bound=PROPOSAL.bound,
            reply_by=date(2026, 3, 16),
            words="Zebedee needs it",
            at=NOW,
        )
        contingency.ask(tx, draft.id, decision=1, by="lee", pence=500, cause="gap", reason="Zebedee fell", at=NOW)
        contingency.answer(
            tx, draft.id, 1, by="tess", role="team-manager", agreed=True, left_pence=4_500, reason="", at=NOW
        )


def test_letters_answers_and_draws_come_back_whole(database: Database, draft: Draft) -> None:
    with_everything(database, draft)
    with database.read() as tx:
        letter = letters.get(tx, draft.id, 1, "parent")
        assert letter is not None
        assert (letter.body, letter.question_by) == ('"Dear Zebedee"', date(2026, 4, 1))
        assert letters.get(tx, draft.id, 1, "young_person") is None
        wish = family_answers.look_again_waiting(tx, draft.id, 1)
        assert wish is not None
        assert (wish.words, wish.reply_by, wish.member) == ("Zebedee needs it", date(2026, 3, 16), "m1")
        (request,) = contingency.listing(tx, draft.id)
        assert request.answered is not None
        assert (request.reason, request.answered.left_pence) == ("Zebedee fell", 4_500)


def test_what_a_family_says_twice_is_kept_once(database: Database, draft: Draft) -> None:
    with_everything(database, draft)
    with database.write() as tx:
        for _ in range(2):
            family_answers.add(tx, draft.id, decision=1, kind="agreed", member="m1", role="parent", bound="b", at=NOW)
        assert [one.kind for one in family_answers.listing(tx, draft.id)] == ["look_again", "agreed"]


def test_a_draw_is_answered_once(database: Database, draft: Draft) -> None:
    with_everything(database, draft)
    with pytest.raises(contingency.AlreadyAnswered), database.write() as tx:
        contingency.answer(tx, draft.id, 1, by="x", role="y", agreed=False, left_pence=0, reason="", at=NOW)
    with pytest.raises(contingency.NoSuchRequest), database.read() as tx:
        contingency.get(tx, draft.id, 2)


def test_nobody_changes_or_removes_what_was_decided(database: Database, draft: Draft) -> None:
    with_everything(database, draft)
    for table in TABLES:
        for change in (f"UPDATE {table} SET draft_id = draft_id", f"DELETE FROM {table}"):  # noqa: S608
            with pytest.raises(DBAPIError, match="append-only"), database.write() as tx:
                tx.connection.execute(text(change))


def test_it_goes_with_its_draft(database: Database, draft: Draft) -> None:
    with_everything(database, draft)
    with database.write() as tx:
        tx.connection.execute(text("DELETE FROM drafts"))
    with database.read() as tx:
        assert decisions.of_all(tx) == ()
        for table in TABLES:
            assert tx.connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608


def test_words_are_sealed_and_the_audit_holds_codes(database: Database, draft: Draft) -> None:
    with_everything(database, draft)
    with database.read() as tx:
        kept = [
            str(bytes(value) if isinstance(value, memoryview) else value)
            for table in (*TABLES, "audit")
            for row in tx.connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
            for value in row
        ]
        assert not [words for words in PERSONAL if any(words in value for value in kept)]
        actions = [line.action for line in audit.lines(tx, subject=draft.id)]
    assert actions[1:] == [
        "decision.proposed",
        "decision.signed",
        "decision.family_look_again",
        "contingency.asked",
        "contingency.agreed",
    ]
