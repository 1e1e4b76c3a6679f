"""Any order, any time: going to a section by its name, what is left, back, skip, and nothing of the plan taken for a command."""

from __future__ import annotations

import pytest

from bot.plans.talk.steering_words import match
from tests.plans.talk.talking import CONTENT, Talker

SECTIONS = CONTENT.plan_script("default-plan").sections


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("let's do the money", "P11"),
        ("can we talk about goals", "P08"),
        ("go to staying safe", "P13"),
        ("lets do good days", "P06"),
        ("can i do who looks after the money now please", "P12"),
        ("go back to the goals", "P08"),
        ("P05", "P05"),
        ("who will do what", "P16"),
    ],
)
def test_a_section_is_found_by_what_people_call_it(said: str, code: str) -> None:
    steer = match(said, SECTIONS)
    assert steer is not None
    assert steer.target == code


@pytest.mark.parametrize(
    "said",
    [
        "he wants to go to the park with friends",
        "money for swimming",
        "friends",
        "she would like to do the splits",
        "let's do more swimming",
        "nothing is going well",
        "he is left alone at break",
        "we want to go back to normal",
        "done with hospitals for good",
        "12",
    ],
)
def test_parts_of_a_plan_are_no_commands(said: str) -> None:
    assert match(said, SECTIONS) is None


def test_what_is_left_lists_the_empty_parts() -> None:
    ty = Talker()
    ty.go("P01")
    ty.say("he is cheeky")
    told = ty.say("what's left?")
    assert "Good days and bad days" in told
    assert "Who I am" not in told


def test_back_goes_to_the_section_before() -> None:
    ty = Talker()
    ty.go("P06")
    ty.say("back")
    assert ty.at == "P05"


def test_read_it_back_reads_every_word_in_quotes() -> None:
    ty = Talker()
    assert "nothing" in ty.say("read it back")
    ty.go("P01")
    ty.say("he is cheeky")
    assert "“he is cheeky”" in ty.say("read it back")


def test_pause_and_person_are_asked_of_the_outside() -> None:
    ty = Talker()
    ty.say("pause")
    assert ty.effects == ("pause",)
    ty.say("person")
    assert ty.effects == ("person",)


def test_an_option_of_an_old_page_changes_nothing() -> None:
    ty = Talker()
    ty.go("P01")
    before = ty.plan
    ty.pick_anyway("plan.right")
    assert ty.plan == before
    assert ty.last[0].kind == "error"
