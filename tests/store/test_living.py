"""A plan that is lived, as it is kept: payments in versions, each made once; spending; reviews; nothing changed afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import drafts, living, payments, reviews, spending
from bot.store.database import Database
from bot.store.payments import NewPayment, NotToBeMade
from bot.store.visibility import Viewer
from tests.store.helpers import NOW

TODAY = NOW.date()
EVERYBODY = Viewer("ann", "all", True)
NOBODY = Viewer("bob", frozenset({"another_team"}), False)


def scheduled(database: Database, draft: drafts.Draft, *days: date, pence: int = 1_000) -> int:
    """A version of the first year's payments, one on each day."""
    made = [NewPayment(3, "direct_payment", "social_care", day, day, day, pence, 12_000) for day in days]
    with database.write() as tx:
        kept = payments.add_schedule(
            tx,
            draft.id,
            made,
            year=1,
            decision=1,
            rhythm="monthly",
            change_from=TODAY,
            last=TODAY,
            cause="changed",
            reason="Because Zoë said so",
            by="ann",
            at=NOW,
        )
    return kept.seq


def test_what_was_made_stays_and_the_newest_version_holds_the_rest(database: Database, draft: drafts.Draft) -> None:
    april, may = date(2026, 4, 1), date(2026, 5, 1)
    assert scheduled(database, draft, TODAY, april) == 1
    with database.write() as tx:
        payments.made(tx, draft.id, 1, 1, on=TODAY, by="fin", at=NOW)
    assert scheduled(database, draft, april, may, pence=2_000) == 2
    with database.read() as tx:
        standing = payments.of_year(tx, draft.id, 1)
        assert [(one.schedule, one.pay_on, one.pence, one.made_on) for one in standing] == [
            (1, TODAY, 1_000, TODAY),
            (2, april, 2_000, None),
            (2, may, 2_000, None),
        ]
        assert payments.between(tx, EVERYBODY, april, april)[0].reference == draft.reference
        assert payments.between(tx, NOBODY, TODAY, may) == ()
        assert [one.reason for one in payments.schedules(tx, draft.id)] == ["Because Zoë said so"] * 2


@pytest.mark.parametrize(("schedule", "number"), [(1, 1), (1, 2), (2, 9), (7, 1)])
def test_a_payment_is_made_once_and_only_as_the_newest_version_has_it(
    database: Database, draft: drafts.Draft, schedule: int, number: int
) -> None:
    scheduled(database, draft, TODAY, date(2026, 4, 1))
    with database.write() as tx:
        payments.made(tx, draft.id, 1, 1, on=TODAY, by="fin", at=NOW)
    scheduled(database, draft, date(2026, 4, 1))
    with database.write() as tx, pytest.raises(NotToBeMade):
        payments.made(tx, draft.id, schedule, number, on=TODAY, by="fin", at=NOW)


def test_spending_taken_back_counts_no_more_and_is_still_there(database: Database, draft: drafts.Draft) -> None:
    new = [spending.NewSpending(3, TODAY, pence, f"{pence} for Zoë") for pence in (100, 250)]
    with database.write() as tx:
        spending.spent(tx, draft.id, new, source="typed", by="ann", at=NOW)
    with database.write() as tx:
        spending.take_back(tx, draft.id, 1, reason="A slip", by="ann", at=NOW)
        with pytest.raises(spending.NoSuchSpending):
            spending.take_back(tx, draft.id, 1, reason="Again", by="ann", at=NOW)
    with database.read() as tx:
        assert [(one.pence, one.words, one.taken_back) for one in spending.listing(tx, draft.id)] == [
            (100, "100 for Zoë", True),
            (250, "250 for Zoë", False),
        ]
        assert spending.sums_of_all(tx) == {(draft.id, 3): [(TODAY, 250)]}


def test_what_was_said_in_a_review_stays_and_the_last_word_counts(database: Database, draft: drafts.Draft) -> None:
    with database.write() as tx:
        number = reviews.open_review(
            tx, draft.id, kind="quick", cause="crisis", due=TODAY, words="It is all too much", by="m1", at=NOW
        )
        for choice in ("part", "got_there"):
            reviews.say(
                tx, draft.id, number, about="goal/7", voice="child", choice=choice, words="Yes", by="m1", at=NOW
            )
    with database.read() as tx:
        waiting = reviews.waiting(tx, draft.id)
        assert waiting is not None
        assert (waiting.words, waiting.state, len(waiting.said)) == ("It is all too much", "open", 2)
        last = waiting.last_said("goal/7", "child")
        assert last is not None
        assert last.choice == "got_there"
        assert waiting.last_said("goal/7", "family") is None
    with database.write() as tx:
        reviews.step(tx, draft.id, number, step="told", by="m1", at=NOW)
        reviews.step(tx, draft.id, number, step="outcome", outcome="carry_on", reason="It holds", by="ann", at=NOW)
        with pytest.raises(reviews.NoSuchReview):
            reviews.step(tx, draft.id, 9, step="told", by="m1", at=NOW)
    with database.read() as tx:
        assert reviews.waiting(tx, draft.id) is None
        done = reviews.get(tx, draft.id, number)
        assert done.outcome is not None
        assert (done.state, done.outcome.reason) == ("done", "It holds")


def test_no_row_is_changed_and_all_go_with_their_draft(database: Database, draft: drafts.Draft) -> None:
    scheduled(database, draft, TODAY)
    with database.write() as tx:
        payments.made(tx, draft.id, 1, 1, on=TODAY, by="fin", at=NOW)
        living.begin_year(tx, draft.id, starts=TODAY, decision=1, plan_version=1, rules="1", by="ann", at=NOW)
        living.start_line(tx, draft.id, year=1, line=3, on=TODAY, by="ann", at=NOW)
        living.tick(tx, draft.id, line=3, check="dbs", tick="seen", on=TODAY, note="", by="ann", at=NOW)
    tables = ("plan_years", "line_starts", "line_checks", "payment_schedules", "payments", "payments_made")
    for table in tables:
        for statement in (f"UPDATE {table} SET draft_id = draft_id", f"DELETE FROM {table}"):  # noqa: S608 - our own
            with pytest.raises(DBAPIError, match="append-only"), database.write() as tx:
                tx.connection.execute(text(statement))
    with database.write() as tx:
        tx.connection.execute(text("DELETE FROM drafts"))
    with database.read() as tx:
        for table in tables:
            assert tx.connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608 - our own
