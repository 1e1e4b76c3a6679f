"""Actions of the stock project, served by Rasa's own ``python -m rasa_sdk``: validation of the form and four interruptions.

They do the work of ours as Rasa's documentation would have it done, with the answers in slots. They do less: nothing is
encrypted, nothing is audited, and there is no draft to store.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

QUESTIONS = ("s1", "s2", "s3", "h1", "h2", "h3", "h4", "e1", "e2", "p1", "p2", "w1", "w2", "f1", "f2", "f3")
NUMBERS = {"1": "0", "2": "1", "3": "2", "4": "3", "5": "not sure"}


class ValidateRasForm(FormValidationAction):
    """A number is an answer; a level read from words is read back and counts after a yes."""

    def name(self) -> str:
        return "validate_ras_form"


def _validate(question: str) -> Callable[..., dict[str, Any]]:
    def validate(
        _self: ValidateRasForm, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Any
    ) -> dict[str, Any]:
        picked = NUMBERS.get(str(value).strip())
        if picked is not None:
            return {question: picked, "read_level": None}
        waiting = tracker.get_slot("read_level") or ""
        if waiting.startswith(f"{question}.") and _intent(tracker) == "yes":
            return {question: waiting.split(".")[1], "read_level": None}
        level = _reading(tracker).get("level") or {}
        if level.get("certainty") == "sure":
            dispatcher.utter_message(response=f"utter_confirm_{question}_{level['level']}")
            return {question: None, "read_level": f"{question}.{level['level']}"}
        dispatcher.utter_message(response="utter_choose")
        return {question: None}

    return validate


for _question in QUESTIONS:
    setattr(ValidateRasForm, f"validate_{_question}", _validate(_question))


class Explain(Action):
    """Why the question is asked."""

    def name(self) -> str:
        return "action_explain"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        dispatcher.utter_message(response=f"utter_why_{tracker.get_slot('requested_slot')}")
        return []


class GoBack(Action):
    """Ask the question before again."""

    def name(self) -> str:
        return "action_go_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        at = QUESTIONS.index(tracker.get_slot("requested_slot") or QUESTIONS[0])
        return [SlotSet(QUESTIONS[max(0, at - 1)], None), SlotSet("read_level", None)]


class Change(Action):
    """Ask the question that the person names again."""

    def name(self) -> str:
        return "action_change"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        target = str(_reading(tracker).get("target") or "").lower()
        return [SlotSet(target, None), SlotSet("read_level", None)] if target in QUESTIONS else []


class Progress(Action):
    """How many questions are left."""

    def name(self) -> str:
        return "action_progress"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        left = sum(tracker.get_slot(question) is None for question in QUESTIONS)
        dispatcher.utter_message(text=f"{len(QUESTIONS) - left} of {len(QUESTIONS)} are done. {left} to go.")
        return []


def _intent(tracker: Tracker) -> str | None:
    return (tracker.latest_message.get("intent") or {}).get("name")


def _reading(tracker: Tracker) -> dict[str, Any]:
    return tracker.latest_message.get("reading") or {}
