"""Professionals' answers, agreed levels, routes and the register are kept sealed and as they were given, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import budget_routes, moderation, register
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.moderation import NewAgreedLevel, NewProfessionalAnswer
from bot.store.register import NewEntry, NoSuchEntry, ReplacedBefore
from tests.store.helpers import NOW

SECRET = "Zebedee was at home alone"
TABLES = ("professional_answers", "agreed_levels", "moderated_allocations", "budget_routes", "register_entries")
ENTRY = NewEntry("risk", SECRET, SECRET, SECRET, ("home",), date(2027, 1, 1))


def fill(database: Database, draft: Draft) -> str:
    who = {"questionnaire": "default-ras/1", "by": "ann", "role": "lead-professional", "at": NOW}
    with database.write() as tx:
        answers = [
            NewProfessionalAnswer("S1", 2, "answered", SECRET, SECRET),
            NewProfessionalAnswer("S2", None, "skipped", ""),
        ]
        moderation.add_answers(tx, draft.id, answers, **who)  # type: ignore[arg-type]
        moderation.add_agreed(tx, draft.id, [NewAgreedLevel("S1", 2, "basis", SECRET)], **who)  # type: ignore[arg-type]
        moderation.add_allocation(
            tx,
            draft.id,
            by="ann",
            answers_hash="h",
            result=SECRET,
            amount_pence=3_000_000_000,
            family_amount_pence=None,
            status="ok",
            questionnaire="default-ras/1",
            tables="",
            at=NOW,
        )
        budget_routes.add(
            tx, draft.id, route="practice", policy="p", reason=SECRET, by="ann", role="lead-professional", at=NOW
        )
        about = NewEntry("risk", SECRET, SECRET, SECRET, ("home",), draft_id=draft.id)
        return register.write(tx, about, by="ann", role="lead-professional", at=NOW).id


def test_what_was_given_comes_back_and_lies_sealed(database: Database, draft: Draft) -> None:
    entry_id = fill(database, draft)
    with database.read() as tx:
        assert [(one.level, one.status, one.reason) for one in moderation.answer_history(tx, draft.id)] == [
            (2, "answered", SECRET),
            (None, "skipped", ""),
        ]
        assert moderation.current_agreed(tx, draft.id)["S1"].reason == SECRET
        kept = moderation.latest_allocation(tx, draft.id)
        assert kept is not None
        assert (kept.amount_pence, kept.result) == (3_000_000_000, SECRET)
        assert budget_routes.current(tx, draft.id) == "practice"
        assert register.get(tx, entry_id).said.decided == SECRET
        assert moderation.answered_between(tx, NOW, NOW + timedelta(days=1)) == (draft.id,)
        assert moderation.answered_between(tx, NOW - timedelta(days=1), NOW) == ()
        for table in TABLES:
            for row in tx.connection.execute(text(f"SELECT * FROM {table}")):  # noqa: S608 - our own names
                assert not any(
                    SECRET.encode() in bytes(value) for value in row if isinstance(value, bytes | memoryview)
                )
                assert not any("Zebedee" in value for value in row if isinstance(value, str))


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_only_added_and_go_with_their_draft(database: Database, draft: Draft, table: str) -> None:
    fill(database, draft)
    for statement in (f"UPDATE {table} SET \"by\" = 'me'", f"DELETE FROM {table}"):  # noqa: S608 - our own names
        with pytest.raises(DBAPIError, match="append-only"), database.write() as tx:
            tx.connection.execute(text(statement))
    with database.write() as tx:
        tx.connection.execute(text("DELETE FROM drafts WHERE id = :id"), {"id": draft.id})
    with database.read() as tx:
        assert tx.connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608 - our own names


def test_a_general_line_stays_and_is_replaced_once_by_one_of_its_kind(database: Database, draft: Draft) -> None:
    with database.write() as tx:
        first = register.write(tx, ENTRY, by="ann", role="lead-professional", at=NOW)
    with pytest.raises(DBAPIError, match="append-only"), database.write() as tx:
        tx.connection.execute(text("DELETE FROM register_entries"))
    other = NewEntry("risk", "Other", "No", "So", (), draft_id=draft.id, replaces=first.id)
    with pytest.raises(NoSuchEntry), database.write() as tx:
        register.write(tx, other, by="ann", role="lead-professional", at=NOW)
    second = NewEntry("risk", "Again", "No", "So", (), replaces=first.id)
    with database.write() as tx:
        register.write(tx, second, by="bob", role="lead-professional", at=NOW)
    with pytest.raises(ReplacedBefore), database.write() as tx:
        register.write(tx, second, by="cat", role="lead-professional", at=NOW)
