"""The walk never leaves the questions of the real interview, and the stock project asks those same questions."""

from __future__ import annotations

import os
from collections import Counter

import pytest
import yaml

from bench import stock_project
from bench.machine import family, memory_gb
from bench.reading import level_lines
from bench.walk import QUESTIONS, Reply, Said, walk
from bot.content.loader import Content, load
from bot.interview import Interview, advance, ask, current_step, interpret, stage, start
from bot.interview.state import About
from bot.safety import screen
from bot.understanding import commands
from bot.understanding.normalise import normalise
from bot.understanding.reading import Certainty, LevelReading, Reading

ABOUT = About(consent=True, who="parent", name="Sam", age=9)


@pytest.fixture(scope="module")
def content() -> Content:
    return load(council=stock_project.COUNCIL)


class Assistant:
    """The real interview; only what the trained model would make of free text is given."""

    def __init__(self, content: Content, certainty: Certainty) -> None:
        self.content = content
        self.certainty: Certainty = certainty
        self.questionnaire = content.questionnaire(*stock_project.QUESTIONNAIRE)
        opened = start(self.questionnaire)
        self.interview = Interview(opened.questionnaire, opened.version, about=ABOUT)
        self.changed: Counter[str] = Counter()

    def hears(self, said: Said) -> Reply:
        assert said.question == current_step(self.questionnaire, self.interview)
        reading = interpret(self.content, self.interview, said.text, None, self.understood(said))
        turn = advance(self.content, self.interview, reading)
        self.interview = turn.interview
        self.changed.update(code for code, _ in turn.recorded)
        assert stage(self.questionnaire, self.interview) == "ras"
        asked = ask(self.content, self.interview)[-1]
        return Reply(current_step(self.questionnaire, self.interview), asked.kind == "confirm")

    def understood(self, said: Said) -> Reading:
        if steering := commands.match(normalise(said.text)):
            return Reading(kind="command", text=said.text, command=steering.command, target=steering.target)
        level = LevelReading(said.question, 2, 0.9, self.certainty)
        return Reading(kind="answer", text=said.text, intent="answer", level=level)


@pytest.fixture(scope="module")
def held(content: Content) -> tuple[list[Said], Assistant]:
    """The whole conversation of the benchmark, with words that are understood, and the assistant after it."""
    assistant = Assistant(content, "sure")
    return walk(1000, assistant.hears), assistant


def test_a_thousand_messages_stay_in_the_questions(held: tuple[list[Said], Assistant]) -> None:
    said, assistant = held
    assert len(said) == 1000
    assert set(assistant.changed) == set(QUESTIONS[:-1])
    assert min(assistant.changed.values()) > 5
    texts = Counter(one.text for one in said)
    assert min(texts["why"], texts["back"], texts["how many left"], texts["yes"]) > 50


def test_words_that_are_not_understood_are_answered_by_number_instead(content: Content) -> None:
    texts = [said.text for said in walk(100, Assistant(content, "lost").hears)]
    assert "yes" not in texts


def test_early_and_late_messages_are_much_the_same_mixture(held: tuple[list[Said], Assistant]) -> None:
    texts = [one.text for one in held[0]]
    early, late = Counter(texts[9:100]), Counter(texts[899:1000])
    for text in ("why", "back", "yes"):
        assert abs(early[text] / 91 - late[text] / 101) < 0.04


def test_nothing_that_is_said_stops_the_questions_for_safety(held: tuple[list[Said], Assistant]) -> None:
    for text, question in sorted({(said.text, said.question) for said in held[0]}):
        assert screen(text, who="adult", question=question).level == "GREEN", text


def test_questions_of_the_walk_are_those_of_the_questionnaire(content: Content) -> None:
    asked = content.questionnaire(*stock_project.QUESTIONNAIRE).questions
    assert tuple(question.id for question in asked) == QUESTIONS


def test_the_stock_form_has_the_same_questions_and_words_for_each() -> None:
    own = yaml.safe_load((stock_project.STOCK / "domain.yml").read_text())
    assert own["forms"]["ras_form"]["required_slots"] == [code.lower() for code in QUESTIONS]
    borrowed = stock_project.borrowed_domain()
    for code in own["forms"]["ras_form"]["required_slots"]:
        assert {f"utter_ask_{code}", f"utter_why_{code}", f"utter_confirm_{code}_3"} <= borrowed["responses"].keys()
        for mapping in own["slots"][code]["mappings"]:
            assert set(mapping["not_intent"]) <= set(borrowed["intents"])
    assert "{" not in str([text for said in borrowed["responses"].values() for text in said[0]["text"]])


def test_the_stock_project_understands_by_our_own_configuration() -> None:
    ours = yaml.safe_load((stock_project.ROOT / "config.yml").read_text())
    stock = yaml.safe_load((stock_project.STOCK / "config.yml").read_text())
    assert stock["pipeline"] == ours["pipeline"]
    assert [policy["name"] for policy in stock["policies"]] == [policy["name"] for policy in ours["policies"]]


def test_memory_and_family_of_this_very_process() -> None:
    assert os.getpid() in family(os.getppid())
    assert 0.005 < memory_gb([os.getpid()]) < 2


def test_there_are_lines_for_every_question() -> None:
    assert {question for _, question in level_lines()} == set(QUESTIONS)
