"""The loop: what it takes, what it leaves to a rule, and when it only asks."""

from __future__ import annotations

import pytest
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.understanding.reading import Reading
from tests.actions.family import Family, read_as, unclear, words

COMMAND = Reading(kind="command", text="go back", command="back", intent="go_back")
QUESTION = Reading(kind="question", text="who reads this?", intent="privacy_who_sees")
CHAT = Reading(kind="chat", text="cheers love", intent="thanks")


@pytest.mark.parametrize("reading", [COMMAND, QUESTION, CHAT], ids=["command", "question", "chat"])
def test_what_a_rule_answers_is_refused_and_changes_nothing(family: Family, reading: Reading) -> None:
    before = family.draft
    with pytest.raises(ActionExecutionRejection):
        family.says(reading)
    assert family.draft == before


def test_after_a_rule_it_asks_again_and_does_not_take_the_message_twice(family: Family) -> None:
    asked = family.run("interview_form", QUESTION, QUESTION.text, after="action_answer_question")
    assert [message["question_id"] for message in asked] == ["S1"]
    assert family.interview.tries == 0


def test_a_rules_action_answers_and_asks_nothing_itself(family: Family) -> None:
    said = family.run("action_answer_question", QUESTION, QUESTION.text)
    assert [message["kind"] for message in said] == ["say"]
    assert family.interview.answers == {}


def test_waking_shows_where_things_stand(family: Family) -> None:
    before = family.draft
    said = family.run("interview_form", unclear(""), "", intent="wake")
    assert [message["question_id"] for message in said] == ["S1"]
    assert family.draft == before


def test_a_level_that_was_read_is_read_back_and_counts_after_a_yes(family: Family) -> None:
    asked = family.says(read_as("i go for a wee and hes got the kettle", "S1", 3))
    assert asked[-1]["kind"] == "confirm"
    assert family.stored == {}
    family.says(Reading(kind="command", text="yes", command="yes", intent="yes"))
    assert (family.stored["S1"].level, family.stored["S1"].words) == (3, "i go for a wee and hes got the kettle")


def test_numbers_labels_and_the_words_of_an_option_pick_it(family: Family) -> None:
    family.says(unclear("3"))
    assert family.stored["S1"].level == 2


def test_an_option_that_is_not_on_the_table_is_explained_and_changes_no_answer(family: Family) -> None:
    family.click("S1.2")
    said = family.click("S1.0")
    assert said[0]["kind"] == "error"
    assert family.stored["S1"].level == 2


def test_a_session_starts_inside_the_loop(family: Family) -> None:
    events = family.call("action_session_start", unclear(""), "")["events"]
    assert [(event["event"], event.get("name")) for event in events] == [
        ("session_started", None),
        ("active_loop", "interview_form"),
        ("action", "action_listen"),
    ]


def test_after_its_question_the_loop_listens(family: Family) -> None:
    events = family.call("interview_form", unclear("zxcv"), "zxcv")["events"]
    assert [(event["event"], event["name"]) for event in events] == [("followup", "action_listen")]


def test_back_skip_and_not_sure_do_what_they_say(family: Family) -> None:
    family.run("action_skip", unclear("skip it"), "skip it")
    family.run("action_not_sure", unclear("no idea"), "no idea")
    assert {code: (kept.status, kept.level) for code, kept in family.stored.items()} == {
        "S1": ("skipped", None),
        "S2": ("not_sure", None),
    }
    said = family.run("action_go_back", unclear("back"), "back")
    assert family.interview.cursor == "S2"
    assert words(said)
