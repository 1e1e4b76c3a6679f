"""A day said later of a goal changes that goal, and is no goal of its own."""

from __future__ import annotations

import pytest

from tests.plans.talk.talking import Talker


def with_goals() -> Talker:
    ty = Talker()
    ty.go("P08")
    for goal, when in (("learn to swim 25 metres", "easter"), ("have a friend round", "july")):
        ty.say(goal)
        ty.say("we will see it")
        ty.say(when)
    return ty


def test_a_day_alone_is_for_the_goal_that_was_said_last() -> None:
    ty = with_goals()
    told = ty.say("actually make it by the end of August")
    swim, friend = ty.records("P08")
    assert (friend.get("when"), friend.get("when_date")) == ("by the end of August", "2027-08-31")
    assert swim.get("when") == "easter"
    assert "“have a friend round”" in told
    assert "By when" in told
    assert "is there something else" in ty.prompt.text.lower()


@pytest.mark.parametrize(
    "said",
    ["the swimming one by june", "learn to swim 25 metres by June.", "swimming, can that be by june instead", "swim 25 metres by june please"],
)  # fmt: skip
def test_a_goal_that_is_named_gets_the_day(said: str) -> None:
    ty = with_goals()
    ty.say(said)
    swim, friend = ty.records("P08")
    assert swim.get("when_date") == "2027-06-30"
    assert friend.get("when") == "july"


@pytest.mark.parametrize("said", ["ride a bike by june", "walk to school by himself", "be able to stand by the road"])
def test_another_goal_stays_another_goal(said: str) -> None:
    ty = with_goals()
    ty.say(said)
    assert [goal.get("main") for goal in ty.records("P08")] == ["learn to swim 25 metres", "have a friend round", said]


def test_the_first_goal_of_all_is_a_goal() -> None:
    ty = Talker()
    ty.go("P08")
    ty.say("by June he can swim")
    assert [goal.get("main") for goal in ty.records("P08")] == ["by June he can swim"]
