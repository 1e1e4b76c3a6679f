"""Channel-neutral messages: what the assistant says, before any channel renders it (contract.md, Conversations)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

MessageKind = Literal["say", "question", "confirm", "summary", "result", "safety", "error"]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice a person can make; ``number`` is what they type or press for it."""

    value: str
    label: str
    number: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LevelRead:
    """The reading that a ``confirm`` message asks about."""

    question_id: str
    level: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Message:
    """One thing the assistant says. ``text`` is plain text with blank lines between paragraphs."""

    kind: MessageKind
    text: str
    spoken: str = ""
    """The same for the ear; empty means: speak ``text``."""
    options: tuple[Option, ...] = ()
    question_id: str | None = None
    reading: LevelRead | None = None
    heading: str = ""
    """Short title, e.g. "Safe at home · question 1 of 16"."""
    rows: tuple[tuple[str, str, str], ...] = ()
    """Summary rows (question code, title, answer in words) of a check-your-answers message."""
    details: tuple[tuple[str, str], ...] = ()
    """Explanation lines (text, detail) of a result."""
    once: tuple[tuple[str, str], ...] = ()
    """Secrets shown once: ("pin", "123456") fills ``{pin}`` in text; never stored with the transcript."""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values for the road between processes."""
        return asdict(self)


def message_from_json(data: dict[str, Any]) -> Message:
    """Rebuild a message that crossed a process border."""
    reading = data.get("reading")
    return Message(
        **{
            **data,
            "options": tuple(Option(**option) for option in data.get("options") or ()),
            "reading": LevelRead(**reading) if reading else None,
            "rows": tuple(tuple(row) for row in data.get("rows") or ()),
            "details": tuple(tuple(row) for row in data.get("details") or ()),
            "once": tuple(tuple(row) for row in data.get("once") or ()),
        }
    )
