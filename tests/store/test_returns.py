"""What a family was asked and what it replied stays as it was; comments keep their mark; all of it goes with its draft."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import cases, comments, returns
from bot.store.database import Database
from bot.store.returns import NewQuestion
from tests.store.helpers import NOW, new_draft


def returned(database: Database, *questions: str) -> str:
    """The id of a draft whose plan went back with these questions."""
    draft = new_draft(database)
    with database.write() as tx:
        cases.opened(tx, draft.id, team="children", at=NOW)
        asked = [NewQuestion(words) for words in questions]
        returns.send_back(tx, draft.id, asked, version=1, by="ann", role="team-manager", at=NOW)
    return draft.id


def test_words_are_kept_as_they_were_typed_and_encrypted(database: Database) -> None:
    draft_id = returned(database, "Who helps?  And when?")
    with database.write() as tx:
        (question,) = returns.this_round(tx, draft_id)[0].questions
        assert returns.happened(tx, draft_id, question.id, "answered", by="m1", at=NOW, words="Nan – on “Fridays”\n:)")
    with database.read() as tx:
        (question,) = returns.this_round(tx, draft_id)[0].questions
        assert question.words == "Who helps?  And when?"
        assert [event.words for event in question.events] == ["Nan – on “Fridays”\n:)"]
        assert question.done
        for column, table in (("words_sealed", "returned_questions"), ("words_sealed", "return_events")):
            (sealed,) = tx.connection.execute(text(f"SELECT {column} FROM {table}")).one()  # noqa: S608 - our own names
            assert b"helps" not in bytes(sealed)
            assert b"Nan" not in bytes(sealed)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan_returns SET by = 'bob'",
        "DELETE FROM plan_returns",
        "UPDATE returned_questions SET section = 'P01'",
        "DELETE FROM returned_questions",
        "UPDATE return_events SET kind = 'withdrawn'",
        "DELETE FROM return_events",
    ],
)
def test_the_database_refuses_to_change_what_was_asked_or_answered(database: Database, statement: str) -> None:
    draft_id = returned(database, "Who helps?")
    with database.write() as tx:
        (question,) = returns.this_round(tx, draft_id)[0].questions
        returns.happened(tx, draft_id, question.id, "answered", by="m1", at=NOW, words="Nan")
    with pytest.raises(DBAPIError, match="append-only"), database.write() as tx:
        tx.connection.execute(text(statement))


def test_everything_goes_with_its_draft(database: Database) -> None:
    draft_id = returned(database, "Who helps?")
    with database.write() as tx:
        (question,) = returns.this_round(tx, draft_id)[0].questions
        returns.happened(tx, draft_id, question.id, "answered", by="m1", at=NOW, words="Nan")
        comments.write(tx, draft_id, about="case", asks="note", words="x", version=1, by="ann", role="r", at=NOW)
        tx.connection.execute(text("DELETE FROM drafts WHERE id = :id"), {"id": draft_id})
        for table in ("comments", "plan_returns", "returned_questions", "return_events"):
            left = tx.connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own names
            assert left == 0, table


def test_a_round_goes_on_over_several_returns_and_ends_once(database: Database) -> None:
    draft_id = returned(database, "One?")
    with database.write() as tx:
        returns.send_back(tx, draft_id, [NewQuestion("Two?")], version=1, by="ann", role="r", at=NOW)
        assert [one.seq for one in returns.this_round(tx, draft_id)] == [1, 2]
        assert returns.end_round(tx, draft_id, "sent_again", by="m1", at=NOW)
        assert not returns.end_round(tx, draft_id, "sent_again", by="m1", at=NOW)
        assert returns.this_round(tx, draft_id) == ()
        returns.send_back(tx, draft_id, [NewQuestion("Three?")], version=2, by="ann", role="r", at=NOW)
        (third,) = returns.this_round(tx, draft_id)
        assert [question.words for question in third.questions] == ["Three?"]
        assert [one.ended.kind for one in returns.of_draft(tx, draft_id) if one.ended] == ["sent_again", "sent_again"]


def test_an_answer_to_a_question_of_another_draft_is_not_kept(database: Database) -> None:
    mine, theirs = returned(database, "Mine?"), returned(database, "Theirs?")
    with database.write() as tx:
        (question,) = returns.this_round(tx, theirs)[0].questions
        assert not returns.happened(tx, mine, question.id, "answered", by="m1", at=NOW, words="x")
        assert not returns.this_round(tx, theirs)[0].questions[0].done


def test_a_change_by_a_comment_moves_the_case_on(database: Database) -> None:
    draft_id = returned(database, "One?")
    with database.write() as tx:
        before = cases.get(tx, draft_id).revision
        comments.write(tx, draft_id, about="case", asks="note", words="x", version=1, by="ann", role="r", at=NOW)
        assert cases.get(tx, draft_id).revision == before + 1
    with pytest.raises(cases.StaleCase), database.write() as tx:
        comments.write(
            tx,
            draft_id,
            about="case",
            asks="note",
            words="late",
            version=1,
            by="bob",
            role="r",
            at=NOW,
            expected_revision=before,
        )
    with database.read() as tx:
        assert [comment.words for comment in comments.of_draft(tx, draft_id)] == ["x"]
