"""A session starts inside the interview: the draft knows where it stands, so there is nothing else to restore."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, ActiveLoop, SessionStarted
from rasa_sdk.executor import CollectingDispatcher

from actions.interview_form import NAME


class SessionStart(Action):  # type: ignore[misc]
    """Takes the place of Rasa's own: no slots are carried over, and the loop is active from the first message."""

    def name(self) -> str:
        return "action_session_start"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        return [SessionStarted(), ActiveLoop(NAME), ActionExecuted("action_listen")]
