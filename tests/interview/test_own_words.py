"""A family's own words stay with the answer they led to, whichever way it was reached; a bare number is no words."""

from __future__ import annotations

import pytest

from bot.interview import Interview, Turn, advance, ask, interpret
from bot.interview.commands import command
from bot.interview.own_words import MOST_HELD
from bot.interview.words import Words
from bot.understanding.reading import Command, LevelReading, Reading
from tests.interview.test_walks import CODES, CONTENT, answered, begun

KETTLE = "i go for a wee and hes got the kettle"


def reads(interview: Interview, text: str, level: LevelReading | None = None, command: Command | None = None) -> Turn:
    """What happens to words that the model reads in this way; an option that they pick comes before the model."""
    kind = "command" if command else "answer" if level else "unclear"
    understood = Reading(kind=kind, text=text, level=level, command=command)  # type: ignore[arg-type]
    return advance(CONTENT, interview, interpret(CONTENT, interview, text, None, understood))


def picks(interview: Interview, value: str) -> Turn:
    return advance(CONTENT, interview, Reading(kind="choice", text="", choice=value))


@pytest.fixture
def between() -> Interview:
    """The kettle was heard as level 2 or 3, and both are offered."""
    return reads(begun(), KETTLE, LevelReading("S1", 2, 0.5, "between", 3)).interview


def test_words_said_in_choosing_between_two_levels_are_kept_with_those_before(between: Interview) -> None:
    said = "4 really but only when hes awake lol"
    turn = reads(between, said)
    ((code, answer),) = turn.recorded
    assert (code, answer.level, answer.words) == ("S1", 3, f"{KETTLE}\n{said}")
    assert "Your words are saved with it." in turn.messages[0].text


@pytest.mark.parametrize("said", ["4", "option 4", "4 please", "number four", "id say 4 really"])
def test_a_number_is_no_words(between: Interview, said: str) -> None:
    ((_, answer),) = reads(between, said).recorded
    assert (answer.level, answer.words) == (3, KETTLE)


def test_a_label_and_a_number_are_no_words_where_nothing_else_was_said() -> None:
    label = ask(CONTENT, begun())[-1].options[2].label
    for said in (label, f"3 {label}", "option 3 please"):
        turn = reads(begun(), said)
        assert turn.recorded[0][1].words == "", said
        assert "Your words" not in turn.messages[0].text


def test_words_said_with_a_yes_are_kept_and_a_yes_is_not() -> None:
    heard = reads(begun(), KETTLE, LevelReading("S1", 2, 0.9)).interview
    said = "yes and he gets out of the back door"
    assert reads(heard, said, command="yes").recorded[0][1].words == f"{KETTLE}\n{said}"
    assert reads(heard, "yeah thats about right", command="yes").recorded[0][1].words == KETTLE
    assert reads(heard, "👍", command="yes").recorded[0][1].words == KETTLE


def test_words_that_were_read_wrongly_stay_with_the_level_that_is_then_chosen() -> None:
    heard = reads(begun(), KETTLE, LevelReading("S1", 1, 0.9)).interview
    said = "no he cant be left at all"
    choices = reads(heard, said, command="no").interview
    assert not choices.answers
    ((_, answer),) = picks(choices, "S1.3").recorded
    assert (answer.level, answer.words) == (3, f"{KETTLE}\n{said}")


@pytest.mark.parametrize("value", ["S1.not_sure", "S1.2"])
def test_they_stay_with_not_sure_as_well_and_are_not_kept_twice(value: str) -> None:
    heard = reads(begun(), KETTLE, LevelReading("S1", 1, 0.9)).interview
    interview = picks(heard, "S1.choices").interview
    interview = reads(interview, KETTLE, LevelReading("S1", 1, 0.9)).interview
    interview = picks(interview, "S1.choices").interview
    assert picks(interview, value).recorded[0][1].words == KETTLE


def test_other_words_instead_of_a_yes_are_added(between: Interview) -> None:
    said = "he can be alone in his room for ten minutes"
    turn = reads(between, said, LevelReading("S1", 2, 0.9))
    assert reads(turn.interview, "yes", command="yes").recorded[0][1].words == f"{KETTLE}\n{said}"


@pytest.mark.parametrize("leaves", ["back", "varies", "change"])
def test_leaving_the_exchange_drops_no_words(between: Interview, leaves: Command) -> None:
    interview = command(Words(CONTENT, between), leaves, "S1" if leaves == "change" else None).interview
    if leaves == "varies":
        for value in ("S1.usual.1", "S1.hard.3"):
            interview = picks(interview, value).interview
        turn = picks(interview, "S1.days.2")
    else:
        turn = picks(interview, "S1.2")
    assert turn.recorded[0][1].words == KETTLE


def test_a_question_that_is_skipped_keeps_no_words(between: Interview) -> None:
    turn = command(Words(CONTENT, between), "skip", None)
    assert turn.recorded[0][1].words == ""
    assert turn.interview.held == {}


def test_held_words_belong_to_their_question_and_are_used_once() -> None:
    heard = reads(begun(), KETTLE, LevelReading("S1", 1, 0.9)).interview
    interview = picks(picks(heard, "S1.choices").interview, "S1.3").interview
    assert picks(interview, "S2.1").recorded[0][1].words == ""
    interview = command(Words(CONTENT, interview), "change", "S1").interview
    assert picks(interview, "S1.2").recorded[0][1].words == ""


def test_words_from_another_question_stay_there_but_what_is_said_in_declining_them_is_kept() -> None:
    other = LevelReading("S2", 2, 0.9)
    both = Reading(kind="answer", text="he bolts everywhere", level=LevelReading("S1", 2, 0.9), others=(other,))
    interview = advance(CONTENT, begun(), both).interview
    interview = reads(interview, "yes", command="yes").interview
    interview = reads(interview, "no outside hes on a strap", command="no").interview
    assert picks(interview, "S2.3").recorded[0][1].words == "no outside hes on a strap"


def test_words_said_on_the_way_through_it_varies_are_kept() -> None:
    interview = command(Words(CONTENT, begun()), "varies", None).interview
    interview = picks(interview, "S1.usual.1").interview
    interview = reads(interview, "4 because he smashes everything").interview
    answer = picks(interview, "S1.days.2").recorded[0][1]
    assert (answer.level, answer.hard_level, answer.words) == (1, 3, "4 because he smashes everything")


def test_words_about_those_who_help_are_added_to_the_answer() -> None:
    interview = answered(begun(), {code: 1 for code in CODES if code != "F3"})
    interview = picks(interview, "F3.1").interview
    turn = reads(interview, "yes but gran is 80 now", command="yes")
    ((code, answer),) = turn.recorded
    assert (code, answer.keep_helping, answer.words) == ("F3", "yes", "yes but gran is 80 now")


def test_what_is_held_does_not_grow_without_end() -> None:
    interview = begun()
    for number in range(30):
        said = f"{number} " + "he climbs and he bolts and he climbs again " * 20
        interview = reads(interview, said, LevelReading("S1", 1, 0.9)).interview
        interview = picks(interview, "S1.choices").interview
    assert len(interview.held["S1"]) == MOST_HELD
    assert "29 he climbs" in interview.held["S1"], "the newest are held"
