"""What one turn has seen so far, for the parts of the engine that Rasa calls without telling them of each other.

Rasa swallows an error of an action and carries on with a half turn, and so would record and answer something that
never happened. Here the first error marks the turn; the tracker store then refuses to save it and the channel answers
with an error, so the gateway keeps the message and tries again.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Optional


@dataclass
class Turn:
    """One message on its way through the engine."""

    intent: Optional[str] = None
    """Name of the intent the message was taken for."""
    failure: Optional[str] = None
    """Name of the first thing that went wrong, never any text."""


_current: ContextVar[Optional[Turn]] = ContextVar("turn", default=None)


class TurnFailed(Exception):
    """The turn cannot be completed and must leave no trace. The message says why, without personal text."""


def begin() -> Turn:
    """Start a turn in this task. Tasks that it starts see the same object."""
    turn = Turn()
    _current.set(turn)
    return turn


def current() -> Optional[Turn]:
    """The turn of this task; None outside one, e.g. in ``rasa shell``."""
    return _current.get()


def failed(reason: str) -> TurnFailed:
    """Mark the turn as failed and give the error to raise; the first reason stays."""
    turn = current()
    if turn is not None and turn.failure is None:
        turn.failure = reason
    return TurnFailed(reason)
