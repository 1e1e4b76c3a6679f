"""At the help to buy, words that name none are not put in, and nothing of them is lost: one tap puts them in after all."""

from __future__ import annotations

import pytest

from tests.plans.talk.talking import Talker

TALK = "we paid £6.40 to park"
NOT_HEARD = "I did not hear help to buy in that"


@pytest.fixture(params=["P10", "P11"])
def ty(request: pytest.FixtureRequest) -> Talker:
    talker = Talker()
    talker.go(request.param)
    return talker


def values(ty: Talker) -> list[str]:
    return [option.value for option in ty.prompt.options]


def test_talk_is_not_put_in_and_the_question_stands(ty: Talker) -> None:
    asked = ty.prompt.text
    before = values(ty)
    assert NOT_HEARD in ty.say(TALK)
    assert ty.lines() == ()
    assert ty.prompt.text == asked
    assert values(ty) == [*before, "plan.put_in"]


def test_a_tap_puts_it_in_word_for_word(ty: Talker) -> None:
    ty.say(TALK)
    ty.pick("plan.put_in")
    (line,) = ty.lines()
    assert line.unit_cost_pence == 640
    assert "plan.put_in" not in values(ty)


def test_the_next_words_are_a_wish_as_if_nothing_had_been_said(ty: Talker) -> None:
    ty.say(TALK)
    ty.say("swimming")
    assert [line.what for line in ty.lines()] == ["swimming"]


def test_the_newest_talk_is_the_one_that_is_put_in(ty: Talker) -> None:
    ty.say(TALK)
    ty.say("wrong chat")
    ty.pick("plan.put_in")
    assert [line.what for line in ty.lines()] == ["wrong chat"]


def test_between_two_wishes_too() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("the gym, £20 a month")
    ty.pick("plan.right")
    asked = ty.prompt.text
    assert NOT_HEARD in ty.say(TALK)
    assert ty.prompt.text == asked
    assert len(ty.lines()) == 1
    ty.pick("plan.put_in")
    assert len(ty.lines()) == 2


def test_talk_changes_no_line_that_waits_for_a_yes() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("the gym, £20 a month")
    before = ty.lines()
    ty.say("wrong chat")
    assert ty.lines() == before
    assert ty.prompt.kind == "confirm"
