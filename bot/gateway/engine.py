"""The road to the dialogue engine: one turn out, channel-neutral messages back. Loopback only, with a shared secret."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from bot.gateway.tls import trusted
from bot.interview.messages import Message, message_from_json

TURN_PATH = "/webhooks/gateway/turn"
TIMEOUT_SECONDS = 10.0
"""For one try. A turn takes some 50 ms; the first one after a start takes longer."""
TRIES = 2
CHOOSE = "/choose"
"""What the engine reads for a click. People's own text never starts with a slash when it gets there."""


class EngineAway(Exception):
    """The engine or the actions behind it gave no reply. The turn may or may not have been applied: send the same
    message_id again later; a message that was applied is not applied twice."""


@dataclass(frozen=True, slots=True)
class EngineTurn:
    """One message of a person, on its way to the engine."""

    conversation_id: str
    draft_id: str
    message_id: str
    question: str | None
    """The step the person was shown when they wrote it."""
    who: str
    """Whose wording they read: parent or young_person."""
    text: str = ""
    choice: str | None = None
    member: str = "m1"
    """Who of those that take part writes."""

    def body(self) -> dict[str, object]:
        """The JSON that the engine's channel takes.

        >>> turn = EngineTurn("c1", "d1", "m1", "S1", "parent", text="/restart please")
        >>> turn.body()["text"]
        'restart please'
        """
        return {
            "sender": self.conversation_id,
            "text": CHOOSE if self.choice is not None else plain(self.text),
            "metadata": {
                "draft_id": self.draft_id,
                "message_id": self.message_id,
                "question": self.question,
                "who": self.who,
                "choice": self.choice,
                "member": self.member,
                "internal": self.choice is not None,
            },
        }


def plain(text: str) -> str:
    """A person's words without leading slashes, which the engine would take for its own commands.

    >>> plain("/restart"), plain(" //S1{}"), plain("/")
    ('restart', 'S1{}', 'slash')
    """
    return text.lstrip("/ \t\r\n\v\f") or "slash"


class Engine:
    """A client for one engine; threads may share it."""

    def __init__(self, url: str, secret: str, timeout: float = TIMEOUT_SECONDS) -> None:
        self._http = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=httpx.Timeout(timeout, connect=2.0),
            trust_env=False,
            verify=trusted(),
        )

    def send(self, turn: EngineTurn) -> tuple[Message, ...]:
        """The engine's messages for one turn. Raises EngineAway after two tries."""
        last: Exception | None = None
        for _ in range(TRIES):
            try:
                reply = self._http.post(TURN_PATH, json=turn.body())
                reply.raise_for_status()
                messages = tuple(message_from_json(item) for item in reply.json()["messages"])
            except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
                last = error
                continue
            if messages:
                return messages
            last = ValueError("no messages")
        raise EngineAway(type(last).__name__) from last

    def close(self) -> None:
        self._http.close()
