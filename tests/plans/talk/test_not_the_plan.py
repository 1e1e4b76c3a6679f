"""What is said at a plan and is not of it: swearing alone, and words to look for help with."""

from __future__ import annotations

import pytest

from bot.plans.talk import near_home
from tests.plans.talk.talking import Talker


@pytest.mark.parametrize("code", ["P01", "P08", "P10", "P11"])
@pytest.mark.parametrize("said", ["fuck you", "you're a stupid bot", "this is shit", "Piss off!!"])
def test_swearing_alone_is_put_down_nowhere_and_the_question_is_asked_again(code: str, said: str) -> None:
    ty = Talker()
    ty.go(code)
    before, prompt = ty.plan, ty.prompt.text
    told = ty.say(said)
    assert "I have not put that down" in told
    assert "person" in told
    assert ty.plan == before
    assert ty.prompt.text == prompt


def test_swearing_in_what_is_told_is_kept_as_it_was_said() -> None:
    ty = Talker()
    ty.go("P07")
    ty.say("the nights are shit, he is up at four")
    assert ty.words("P07") == ["the nights are shit, he is up at four"]


def looking() -> Talker:
    """Somebody who was asked for one thing to look for."""
    ty = Talker()
    ty.go("P10")
    ty.plan = near_home.searching(ty.scene, ty.scene.say("plan.directory.unclear")).plan
    return ty


def test_after_tell_me_one_thing_the_next_words_are_looked_for_and_are_no_line() -> None:
    ty = looking()
    assert "Tell me one thing to look for" in ty.prompt.text
    turn = ty.say("a trampoline club")
    assert turn == ""
    assert ty.effects == ("near",)
    assert ty.lines() == ()
    assert ty.words("P10") == []


def test_or_one_goes_on_without() -> None:
    ty = looking()
    ty.pick("plan.service.none")
    assert "Tell me one thing" not in ty.prompt.text
    assert ty.at == "P10"
