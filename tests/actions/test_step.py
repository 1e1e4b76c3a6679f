"""One step of a draft: stored before anything is said, all of it or nothing, and a message counts once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from actions.base import Step
from actions.services import Services
from bot.store import answers
from bot.store.audit import verify
from tests.actions.family import CONTENT, Family, read_as, unclear, words


def test_an_answer_its_state_and_its_audit_line_are_stored_together(family: Family) -> None:
    said = family.click("S1.2", "m-of-the-answer")
    assert CONTENT.clarify["S1"].short["2"].parent in said[0]["text"]
    assert said[-1]["question_id"] == "S2"
    kept = family.stored["S1"]
    assert (kept.level, kept.status, kept.by, kept.message_id) == (2, "answered", "parent", "m-of-the-answer")
    assert family.interview.answers["S1"].level == 2
    assert family.draft.position == 2
    action, detail = family.audit()[-1]
    assert (action, detail["questions"], detail["message"]) == ("draft.answered", ["S1"], "m-of-the-answer")
    assert verify(family.services.database) == []


def test_nothing_is_kept_when_the_audit_cannot_be_written(family: Family, store_file: Path) -> None:
    refuse(store_file, "draft.answered")
    before = family.draft
    with pytest.raises(Exception, match="refused by the test"):
        family.click("S1.2")
    assert (family.draft, family.stored) == (before, {})


def refuse(store: Path, action: str) -> None:
    """From now on the database takes no audit line of this action."""
    with sqlite3.connect(store) as connection:
        connection.execute(
            f"CREATE TRIGGER refusing BEFORE INSERT ON audit WHEN NEW.action = '{action}' "
            "BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"
        )


def test_a_message_that_comes_twice_counts_once_and_gets_the_current_question(family: Family) -> None:
    first = family.click("S1.2", "m-twice")
    before, lines = family.draft, family.audit()
    again = family.click("S1.2", "m-twice")
    assert (family.draft, family.audit()) == (before, lines)
    assert again == first[-1:]
    assert again[0]["question_id"] == "S2"


def test_a_message_that_comes_late_once_more_does_not_answer_a_later_question(family: Family) -> None:
    family.says(read_as("he needs someone close by", "S1", 2), "m-words")
    family.click("S1.2")
    family.says(read_as("he needs someone close by", "S1", 2), "m-words")
    assert family.interview.awaiting is None
    assert list(family.stored) == ["S1"]


def test_two_messages_with_the_same_words_are_two_messages(family: Family) -> None:
    family.says(unclear("zxcv"))
    family.says(unclear("zxcv"))
    assert family.interview.tries == 2


def test_what_the_engine_writes_for_a_click_is_never_kept_as_words(family: Family) -> None:
    family.click("S1.2")
    assert family.stored["S1"].words == ""


def test_starting_again_lays_answers_aside_and_keeps_them_on_record(family: Family) -> None:
    family.click("S1.2")
    family.run("action_start_again", unclear("start again"), "start again")
    family.click("restart.yes")
    family.click("restart.yes")
    assert family.stored == {}
    with family.services.database.read() as tx:
        record = [(answer.question_id, answer.status, answer.level) for answer in answers.history(tx, family.draft_id)]
    assert record == [("S1", "answered", 2), ("S1", "cleared", None)]


def test_a_pause_gives_a_number_once_and_keeps_it_nowhere(family: Family, store_file: Path) -> None:
    said = family.run("action_pause", unclear("got to go"), "got to go")
    pin = dict(said[-1]["once"])["pin"]
    assert family.draft.reference in said[-1]["text"]
    assert family.draft.pin_set
    assert pin.encode() not in store_file.read_bytes()
    assert family.draft.stage == "paused"


def test_asking_for_a_person_is_on_record_with_the_question_it_was_asked_at(family: Family) -> None:
    said = family.run("action_person", unclear("can i talk to someone"), "can i talk to someone")
    assert "person" in words(said)
    assert ("family.person", {"step": "S1"}) in family.audit()


def test_an_action_that_does_not_say_what_it_does_cannot_be_made(services: Services) -> None:
    class Nothing(Step):
        """Forgets its step."""

    with pytest.raises(TypeError, match="advance"):
        Nothing(services, "action_nothing")  # type: ignore[abstract]
