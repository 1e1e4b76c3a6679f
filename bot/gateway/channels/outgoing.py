"""What goes out to a phone, and how a door sends it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

from bot.gateway.channels.capabilities import Capabilities, Door


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as a channel shows it to be tapped."""

    value: str
    title: str
    """What stands on the button, or at the head of a row."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one person, as it will be read."""

    text: str
    choices: tuple[Choice, ...] = ()
    """Empty where the options are numbered lines of the text."""
    as_list: bool = False
    """The choices are rows of a list, and not buttons."""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def outgoing(data: str) -> Outgoing:
    """A message out of the store."""
    made = json.loads(data)
    return Outgoing(made["text"], tuple(Choice(**choice) for choice in made["choices"]), made["as_list"])


class NotSent(Exception):
    """A provider did not take a message. ``reason`` is a short code for the record.

    ``again``: it may at another time. ``unsure``: it did not say, and may have taken it.
    """

    def __init__(self, reason: str, *, again: bool, unsure: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.unsure = unsure


class Stopped(NotSent):
    """The provider says that this number has opted out."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, again=False)


class Sender(Protocol):
    """A door, as the outbox sees it. Threads may share it."""

    door: Door

    @property
    def capabilities(self) -> Capabilities: ...

    def send(self, address: str, message: Outgoing, reference: str) -> str:
        """Hand over a message; returns the provider's id for it. Raises NotSent."""

    def went_out(self, address: str, message: Outgoing, reference: str, since: datetime) -> str | None:
        """The provider's id of a message that may have been handed over before; None when it was not, as far as the
        provider can say. Raises NotSent when it does not answer."""
