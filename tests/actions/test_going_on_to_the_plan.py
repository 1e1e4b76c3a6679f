"""From the guide amount to the plan: only once there is a result."""

from __future__ import annotations

from dataclasses import replace

from bot.content.loader import load
from bot.interview import start
from bot.interview.state import About
from bot.plans import conversation

CONTENT = load()


def test_there_is_no_plan_to_go_on_to_before_the_answers_are_agreed() -> None:
    fresh = replace(start(CONTENT.questionnaire("default-ras")), about=About(True, "parent", "Ty", "he", 9))
    assert not conversation.has_result(CONTENT, fresh)
    assert conversation.has_result(CONTENT, replace(fresh, checked=True, cursor="result"))
