"""What a message was understood to mean: the one value that passes from understanding to the interview.

This module uses the standard library alone, because it is imported in both environments
(the engine's Python 3.10 and the service's Python 3.12).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["choice", "answer", "command", "question", "chat", "unclear"]
"""choice: an option was picked (click, number, label or part of one). answer: words about the child's needs.
command: a word that steers the conversation (back, skip …). question: the person asks something back.
chat: thanks, small talk, out of scope. unclear: not understood."""

Certainty = Literal["sure", "between", "lost"]
"""sure: read back and confirm. between: offer the two likely levels. lost: offer all four."""

ReadBy = Literal["local", "language_model"]
"""local: our own model, in this process. language_model: a model that the council runs itself, when it is configured."""

Command = Literal[
    "back",
    "change",
    "skip",
    "not_sure",
    "varies",
    "why",
    "example",
    "repeat",
    "slower",
    "progress",
    "pause",
    "person",
    "help",
    "start_again",
    "yes",
    "no",
]


@dataclass(frozen=True, slots=True)
class LevelReading:
    """A level read from free text for one question. It never counts before the person confirms it."""

    question_id: str
    level: int
    """0 to 3, as in the questionnaire."""
    confidence: float
    """Calibrated probability, 0 to 1, that a fair professional would accept this level."""
    certainty: Certainty = "sure"
    second: int | None = None
    """The other likely level when certainty is "between"."""
    hard_level: int | None = None
    """Level on hard days, when the words say that it varies."""
    hard_days: int | None = None
    """Days a week that are hard (1 to 7), when the words say so."""
    read_by: ReadBy = "local"


@dataclass(frozen=True, slots=True)
class Reading:
    """One message, understood.

    >>> Reading(kind="command", text="go back please", command="back").command
    'back'
    """

    kind: Kind
    text: str
    """The person's own words, untouched (empty for a click)."""
    choice: str | None = None
    """The option value that was picked, e.g. "S1.2"."""
    command: Command | None = None
    target: str | None = None
    """Question code a command points at, e.g. "change the one about nights" -> "H3"."""
    intent: str | None = None
    """Intent name of data/nlu, e.g. "explain_question"."""
    confidence: float = 1.0
    level: LevelReading | None = None
    """Reading for the question being asked."""
    others: tuple[LevelReading, ...] = ()
    """Readings for other questions, found in the same message; kept and offered when their question comes."""
    term: str | None = None
    """Glossary id the person asks about (intent explain_term)."""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values; the inverse of :func:`from_json`."""
        return asdict(self)


def from_json(data: dict[str, Any]) -> Reading:
    """Rebuild a reading that crossed a process border. Raises TypeError on unknown fields."""
    level = data.get("level")
    return Reading(
        **{
            **data,
            "level": LevelReading(**level) if level else None,
            "others": tuple(LevelReading(**item) for item in data.get("others") or ()),
        }
    )
