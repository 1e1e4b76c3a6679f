"""What a language model made of a message, and what its word is worth: a proposal to the family, and a line of the audit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.store.audit import Detail
from bot.understanding.reading import LevelReading, Reading

CONFIDENCE = 0.5
"""Given to every level the model reads. Nobody has measured how often a council's model is right."""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the model made of a message that our own reading could not place: a level or an intent, never both."""

    question_id: str
    model: str
    level: int | None = None
    intent: str | None = None

    def onto(self, reading: Reading) -> Reading:
        """The local reading with the model's level. The family is asked whether it is right, as with any other."""
        if self.level is None:
            return reading
        level = LevelReading(self.question_id, self.level, CONFIDENCE, "sure", read_by="language_model")
        return replace(reading, kind="answer", level=level)

    def trace(self) -> dict[str, Detail]:
        """For the audit: codes alone."""
        said: dict[str, Detail] = {"level": self.level} if self.intent is None else {"intent": self.intent}
        return {"question": self.question_id, **said, "model": self.model}
