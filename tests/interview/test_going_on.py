"""Words that go on to the plan, where going on is what is offered; and words that ask about it, or put it off."""

from __future__ import annotations

import pytest

from bot.interview import Interview, current_step, interpret
from bot.interview.expecting import GOES_ON
from bot.understanding.reading import Reading
from tests.interview.test_walks import CODES, CONTENT, QUESTIONNAIRE, answered, begun

GOES = [
    "let's make the plan", "Make the plan please", "go on to the plan", "ok lets do his support plan now", "plan please",
    "Can we start on the plan?", "yes, I'd like to make a plan", "move on to the plan bit",
]  # fmt: skip
ASKS = [
    "what is the plan", "are they getting rid of plans", "can i do the plan tomorrow", "is the plan ready", "how do i make a plan",
    "I don't want to make a plan", "no plan", "he has an EHC plan",
]  # fmt: skip


ALL_ANSWERED = answered(begun(), dict.fromkeys(CODES, 1))


def read(text: str, interview: Interview = ALL_ANSWERED) -> str | None:
    """The option that these words pick, where understanding alone takes them for a question about the law."""
    law = Reading(kind="question", text=text, intent="explain_law_change", confidence=0.37)
    return interpret(CONTENT, interview, text, None, law).choice


@pytest.mark.parametrize("text", GOES)
def test_who_wants_to_make_the_plan_goes_on(text: str) -> None:
    assert current_step(QUESTIONNAIRE, ALL_ANSWERED) == "check"
    assert read(text) == GOES_ON["check"]


@pytest.mark.parametrize("text", ASKS)
def test_who_asks_about_plans_or_puts_it_off_does_not(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", GOES)
def test_in_the_middle_of_the_questions_it_is_no_choice(text: str) -> None:
    assert read(text, begun()) is None
