"""What a call remembers between two requests: how it goes on, and what was said last."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal, Self

Mode = Literal["start", "reference", "pin", "talk", "heard", "amount_pin", "ended"]
"""start: begin or come back. reference, pin: coming back. talk: in the conversation. heard: words are read back before
they count. amount_pin: the PIN opens the amount. ended: good-bye was said."""
Asking = Literal["choose", "speak", "digits", "nothing"]
"""choose: a key or a few words. speak: longer words, or a key. digits: several, then the hash key. nothing: hang up."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option, as it is offered by ear."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Memory:
    """One call."""

    mode: Mode = "start"
    said: tuple[str, ...] = ()
    """What was said last, a part at a time: for "repeat"."""
    asking: Asking = "choose"
    choices: tuple[Choice, ...] = ()
    """All options of what was asked, in their order."""
    first: int = 0
    """Which of them was offered as 1: more than a person keeps in mind are told a few at a time."""
    slow: bool = False
    silences: int = 0
    """How often in a row nothing was heard."""
    misses: int = 0
    """How often in a row a reference or PIN was not understood."""
    words: str = ""
    """Words that were heard and wait to be agreed to."""
    reference: str = ""
    """The reference that was given, waiting for its PIN."""
    unlocked: bool = False
    """The PIN was given in this call, so the amount may be said."""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        data = json.loads(text)
        data["said"] = tuple(data["said"])
        data["choices"] = tuple(Choice(**choice) for choice in data["choices"])
        return cls(**data)
