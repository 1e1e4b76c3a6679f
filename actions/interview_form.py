"""The loop: takes an answer, or refuses a command or question so that its rule answers it; then asks what comes next."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.base import speak
from actions.digressions import digression
from actions.guide_amount import guide_amount
from actions.plan_turn import plan_step
from actions.second_reader import second_reading
from actions.services import Services
from actions.step import Incoming, apply, incoming, load, now_of, prompt, was_applied
from bot.interview import Interview, Message, Turn, advance, interpret, interrupts
from bot.interview.questions_back import explain_result
from bot.interview.words import Words
from bot.plans import conversation
from bot.plans.conversation import Now
from bot.store.drafts import Draft
from bot.understanding.reading import Reading, from_json

NAME = "interview_form"
WHY = "result.why"
"""The option that asks how the amount came about; the answer is in the stored trace, which the interview has not."""


class InterviewForm(Action):  # type: ignore[misc]
    """Named like the form, so that RulePolicy drives it in place of Rasa's own form action (dialogue notes 4.3)."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        return NAME

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        said = incoming(tracker.latest_message)
        fresh = tracker.latest_action_name == "action_listen"
        speak(dispatcher, await asyncio.to_thread(self._turn, said, fresh))
        # Spares the policy a second run: after the question there is nothing to do but listen.
        return [FollowupAction("action_listen")]

    def _turn(self, said: Incoming, fresh: bool) -> tuple[Message, ...]:
        messages: tuple[Message, ...] = ()
        if fresh and said.intent != "wake":
            messages = self._take(said)
        return (*messages, *prompt(self.services, said))

    def _take(self, said: Incoming) -> tuple[Message, ...]:
        content = self.services.content
        understood = from_json(said.reading) if said.reading else Reading(kind="unclear", text=said.text)
        draft, interview = load(self.services, said.draft_id)
        now = now_of(self.services, said, draft)
        if conversation.at_plan(content, interview, None, now) is not None:
            return self._take_plan(said, draft, interview, understood, now)
        reading = interpret(content, interview, said.text, said.choice, understood)
        if interrupts(interview, reading):
            raise ActionExecutionRejection(NAME)
        second, model = None, self.services.language_model
        if model is not None and not was_applied(self.services, said):
            second = second_reading(model, content, interview, reading)

        def step(current: Interview) -> Turn:
            if second is not None and second.intent is not None:
                # Rasa chose its rule by the local reading, so the step of this intent is run here.
                digress = digression(self.services, second.intent)
                meant = replace(said, intent=second.intent)
                return digress.advance(Words(content, current), meant, self.services.now().date())
            if reading.choice == conversation.MAKE and conversation.has_result(content, current):
                return conversation.begin(content, current, now)
            turn = advance(content, current, second.onto(reading) if second else reading)
            if reading.choice == WHY:
                outcome = guide_amount(self.services, said.draft_id, current)
                return replace(turn, messages=(explain_result(Words(content, current), outcome),))
            return turn

        return apply(self.services, said, step, second)

    def _take_plan(
        self, said: Incoming, draft: Draft, interview: Interview, understood: Reading, now: Now
    ) -> tuple[Message, ...]:
        """The same for the plan, and for what waits for the family, whose words are their own."""
        step = plan_step(self.services, draft.id, interview, said.text, said.choice, understood, now)
        if step is None:
            raise ActionExecutionRejection(NAME)
        return apply(self.services, said, step)
