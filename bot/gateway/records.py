"""How messages lie in the store: what a person sent and what was said to them, as JSON it does not read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from bot.gateway.place import Asked
from bot.gateway.wire import MessageOut, SaidOut
from bot.interview.messages import Message, message_from_json
from bot.store.messages import StoredMessage

MASK = "••••••"


@dataclass(frozen=True, slots=True)
class Received:
    """One message of a person, word for word. Exactly one of ``text`` and ``choice`` is set."""

    text: str | None = None
    choice: str | None = None
    question_id: str | None = None
    """The question its sender says they were looking at, when they say so."""
    label: str = ""
    """What the picked option said; of a number that was typed with more around it, the words as they were typed."""
    shown: str | None = None
    """Where this device stood when the message was sent (:mod:`bot.gateway.place`); None: where it stands when it comes in."""
    safety: str = "GREEN"
    """The highest level that screening found in it."""
    asks: Asked | None = None
    """What the safety text asked that went out when it came in."""

    @property
    def words(self) -> str:
        """As it reads in a transcript."""
        return self.label or self.text or self.choice or ""

    def same_request(self, other: Received) -> bool:
        """Whether both come from the same request body."""
        return (self.text, self.choice, self.question_id) == (other.text, other.choice, other.question_id)

    def to_body(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def received(stored: StoredMessage) -> Received:
    """A person's message out of the store."""
    return Received(**json.loads(stored.body))


def masked(message: Message) -> str:
    """A message of ours as it is stored: secrets that are shown once are hidden.

    >>> json.loads(masked(Message("say", "Your PIN: {pin}", once=(("pin", "482913"),))))["text"]
    'Your PIN: ••••••'
    """
    hidden = with_secrets(replace(message, once=tuple((name, MASK) for name, _ in message.once)))
    return json.dumps(replace(hidden, once=()).to_json(), ensure_ascii=False)


def with_secrets(message: Message) -> Message:
    """A message with its once-only secrets filled in, for the one reply that shows them."""
    text, spoken = message.text, message.spoken
    for name, value in message.once:
        text, spoken = text.replace(f"{{{name}}}", value), spoken.replace(f"{{{name}}}", value)
    return replace(message, text=text, spoken=spoken)


def message_out(message: Message, id: str) -> MessageOut:
    """A message of ours on the wire."""
    return MessageOut.model_validate(_wire(with_secrets(message), id))


def said_out(stored: StoredMessage) -> SaidOut:
    """A line of the transcript on the wire, by whoever said it."""
    if stored.direction == "in":
        said = received(stored)
        line: dict[str, object] = {"id": stored.id, "kind": "say", "text": said.words, "spoken": said.words}
        status = "pending" if stored.state == "pending" else "applied" if stored.state == "applied" else "kept"
        return SaidOut.model_validate(line | {"author": "person", "at": stored.at.isoformat(), "status": status})
    line = _wire(message_from_json(json.loads(stored.body)), stored.id)
    return SaidOut.model_validate(line | {"author": "assistant", "at": stored.at.isoformat(), "status": "applied"})


def _wire(message: Message, id: str) -> dict[str, object]:
    data = message.to_json()
    del data["once"]
    return data | {"id": id, "spoken": message.spoken or message.text}
