"""What every action of Sevensteps is: a name for Rasa, and a step taken in a thread so that the loop stays free."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from actions.step import Incoming, apply, incoming
from bot.interview import Interview, Message, Turn
from bot.interview.words import Words


class Step(Action, ABC):  # type: ignore[misc]
    """An action that steps the interview. Subclasses say how, in :meth:`advance`."""

    def __init__(self, services: Services, name: str) -> None:
        self.services = services
        self._name = name

    def name(self) -> str:
        return self._name

    @abstractmethod
    def advance(self, words: Words, said: Incoming, today: date) -> Turn:
        """What this action does to the interview."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        said = incoming(tracker.latest_message)
        messages = await asyncio.to_thread(self._step, said)
        speak(dispatcher, messages)
        return []

    def _step(self, said: Incoming) -> tuple[Message, ...]:
        def advance(interview: Interview) -> Turn:
            return self.advance(Words(self.services.content, interview), said, self.services.now().date())

        return apply(self.services, said, advance)


def speak(dispatcher: CollectingDispatcher, messages: Sequence[Message]) -> None:
    """Hand channel-neutral messages to the engine, in order."""
    for message in messages:
        dispatcher.utter_message(json_message=message.to_json())
