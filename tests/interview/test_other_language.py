"""Words in another language are not guessed at: how to get help in it is said, and the question comes again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.interview import Interview, Turn, advance, ask, interpret, start
from bot.interview.other_language import in_other_words_than_english
from bot.understanding.reading import LevelReading, Reading
from tests.interview.test_walks import CONTENT, QUESTIONNAIRE, begun

POLISH, URDU, UKRAINIAN = "on nie spi w nocy", "mera beta raat ko nahi sota", "Він погано спить"
ENGLISH_LINES = [
    text
    for path in sorted(Path("data/levels").glob("*.yml"))
    for lines in yaml.load(path.read_text(), yaml.CSafeLoader)["levels"].values()
    for text in lines
]
HELP = "I can only use English for now"


def says(interview: Interview, text: str, level: LevelReading | None = None) -> Turn:
    understood = Reading(kind="answer" if level else "unclear", text=text, level=level)
    return advance(CONTENT, interview, interpret(CONTENT, interview, text, None, understood))


@pytest.mark.parametrize("text", [POLISH, URDU, UKRAINIAN, "میرا بیٹا رات کو نہیں سوتا", "moje dziecko nie mowi"])
@pytest.mark.parametrize("level", [None, LevelReading("S1", 0, 0.9)], ids=["not read", "read as something"])
def test_help_in_another_language_is_offered_and_nothing_is_put_down(text: str, level: LevelReading | None) -> None:
    turn = says(begun(), text, level)
    assert HELP in turn.messages[0].text
    assert "speaks your language" in turn.messages[0].text
    assert turn.interview == begun(), "it counts as no try, and no level is offered"
    assert ask(CONTENT, turn.interview)[-1].question_id == "S1"


def test_it_is_said_each_time_and_a_number_then_counts() -> None:
    interview = begun()
    for text in (POLISH, URDU, POLISH, UKRAINIAN):
        turn = says(interview, text)
        assert HELP in turn.messages[0].text
        interview = turn.interview
    assert says(interview, "2").recorded[0][1].level == 1


def test_a_reading_by_a_model_that_may_know_the_language_stands() -> None:
    turn = says(begun(), POLISH, LevelReading("S1", 2, 0.5, read_by="language_model"))
    assert ask(CONTENT, turn.interview)[-1].kind == "confirm"


def test_no_child_is_called_i_do_not_understand_but_a_name_may_be_written_in_any_letters() -> None:
    interview = start(QUESTIONNAIRE)
    for choice in ("consent.yes", "who.parent"):
        interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice=choice)).interview
    turn = says(interview, "nie rozumiem")
    assert HELP in turn.messages[0].text
    assert turn.interview.about.name is None
    for name in ("Тимур", "Meri", "Gece"):
        assert says(interview, name).interview.about.name == name


def test_no_line_of_the_families_we_learn_from_is_taken_for_another_language() -> None:
    """Spelling, dialect, speech by dictation and new speakers of English: over six thousand lines of them."""
    assert len(ENGLISH_LINES) > 5000
    assert [line for line in ENGLISH_LINES if in_other_words_than_english(line)] == []


def test_where_content_has_no_such_help_the_words_are_just_not_understood() -> None:
    content = replace(CONTENT, help={id: topic for id, topic in CONTENT.help.items() if id != "access_language"})
    turn = advance(content, begun(), Reading(kind="unclear", text=POLISH))
    assert "I did not follow that" in turn.messages[0].text
