"""A family that talks to the actions the way the engine does: one call of rasa-sdk's protocol for each action."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from rasa_sdk.executor import ActionExecutor

from actions.registry import every_action
from actions.services import Services
from bot.content.loader import Content, load
from bot.interview import Interview, interview_from_json, start
from bot.store import answers, audit, drafts
from bot.understanding.reading import LevelReading, Reading

CONTENT: Content = load()
QUESTIONNAIRE = CONTENT.questionnaire("default-ras")
CODES = [question.id for question in QUESTIONNAIRE.questions]
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

Said = list[dict[str, Any]]

LOST = "we just kind of hover i suppose"
"""Words that our own reading does not place."""
YES = Reading(kind="command", text="yes", command="yes", intent="yes")

_numbers = count(1)


def new_draft(services: Services) -> str:
    """A draft at its first step, and its id."""
    interview = start(QUESTIONNAIRE)
    with services.database.write() as tx:
        return drafts.create(
            tx,
            prefix="EX",
            questionnaire_id=QUESTIONNAIRE.id,
            questionnaire_version=QUESTIONNAIRE.version,
            state=json.dumps(interview.to_json()),
            stage="consent",
            position=0,
            actor="family",
            at=NOW,
        ).id


def unclear(text: str) -> Reading:
    """What our own reading makes of words it cannot place."""
    return Reading(kind="unclear", text=text, confidence=0.1)


def read_as(text: str, code: str, level: int, **more: Any) -> Reading:
    """What our own reading makes of words about a level."""
    return Reading(kind="answer", text=text, intent="answer", level=LevelReading(code, level, 0.8, **more))


def lost(text: str, code: str = "S1") -> Reading:
    """Words that speak of the question, but of no level that our own reading would bet on."""
    return read_as(text, code, 0, certainty="lost")


@dataclass
class Family:
    """One draft, and what can be done with it."""

    services: Services
    draft_id: str = ""
    executor: ActionExecutor = field(default_factory=ActionExecutor)

    def __post_init__(self) -> None:
        self.draft_id = self.draft_id or new_draft(self.services)
        for action in every_action(self.services):
            self.executor.register_action(action)

    def click(self, value: str, message_id: str | None = None) -> Said:
        """Pick an option."""
        return self.turn(Reading(kind="choice", text="", choice=value, intent="choose"), "/choose", message_id)

    def says(self, reading: Reading, message_id: str | None = None) -> Said:
        """Say words, which our own reading understands like this."""
        return self.turn(reading, reading.text, message_id)

    def turn(self, reading: Reading, text: str, message_id: str | None = None) -> Said:
        """The loop takes one message. Raises ActionExecutionRejection for what a rule answers."""
        return self.run("interview_form", reading, text, message_id)

    def run(
        self,
        action: str,
        reading: Reading,
        text: str,
        message_id: str | None = None,
        after: str = "action_listen",
        intent: str | None = None,
    ) -> Said:
        """What one action says, called as the engine calls it; ``after``: the action before it."""
        return [
            response["custom"] for response in self.call(action, reading, text, message_id, after, intent)["responses"]
        ]

    def call(
        self,
        action: str,
        reading: Reading,
        text: str,
        message_id: str | None = None,
        after: str = "action_listen",
        intent: str | None = None,
    ) -> dict[str, Any]:
        """The whole reply: what is said, and events for the engine."""
        tracker = {
            "sender_id": "c-1",
            "slots": {},
            "events": [],
            "paused": False,
            "latest_action_name": after,
            "active_loop": {"name": "interview_form"},
            "latest_message": {
                "text": text,
                "intent": {"name": intent or reading.intent or "nlu_fallback"},
                "reading": reading.to_json(),
                "metadata": {
                    "draft_id": self.draft_id,
                    "message_id": message_id or f"m-{next(_numbers)}",
                    "choice": reading.choice,
                    "internal": reading.choice is not None,
                },
            },
        }
        call = {"next_action": action, "sender_id": "c-1", "domain": {}, "tracker": tracker}
        result = asyncio.run(self.executor.run(call))
        assert result is not None
        return dict(result.model_dump())

    def begin(self, name: str = "Sam", age: str = "8") -> Family:
        """Up to the first question, S1."""
        self.click("consent.yes")
        self.click("who.parent")
        self.says(unclear(name))
        self.says(unclear(age))
        return self

    def answer_all(self, level: int = 2) -> Family:
        """Every question from S1 on, and the check page."""
        for code in CODES:
            self.click(f"{code}.{level}")
            if self.interview.awaiting is not None:
                self.click("keep_helping.yes")
        self.click("check.yes")
        return self

    @property
    def draft(self) -> drafts.Draft:
        with self.services.database.read() as tx:
            return drafts.get(tx, self.draft_id)

    @property
    def interview(self) -> Interview:
        return interview_from_json(json.loads(self.draft.state))

    @property
    def stored(self) -> dict[str, answers.Answer]:
        """The answers that hold, by question."""
        with self.services.database.read() as tx:
            return answers.current(tx, self.draft_id)

    def audit(self, action: str | None = None) -> list[tuple[str, dict[str, Any]]]:
        """Actions and details of the draft's lines."""
        with self.services.database.read() as tx:
            lines = audit.lines(tx, subject=self.draft_id, limit=500)
        return [(line.action, json.loads(line.detail)) for line in lines if action in (None, line.action)]


def words(said: Said) -> str:
    """All that was said, as one text."""
    return "\n".join(message["text"] for message in said)
