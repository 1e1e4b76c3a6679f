"""From one message to one :class:`Reading`. The same object serves the engine, the service and the command line."""

from __future__ import annotations

from bot.understanding import commands, intents, levels
from bot.understanding.model import Model
from bot.understanding.normalise import normalise
from bot.understanding.reading import LevelReading, Reading


class Reader:
    """Understands messages with one trained model. Holds no state of any conversation."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def read(self, text: str, question: str | None = None, who: str = "parent") -> Reading:
        """What ``text`` means when ``question`` (a code such as "S1") is being asked, or no RAS question at all.

        Options of the moment are not known here: a picked option is matched before, by
        :func:`bot.understanding.options.match`.
        """
        plain = normalise(text)
        if steering := commands.match(plain):
            return Reading(
                kind="command",
                text=text,
                command=steering.command,
                target=steering.target,
                intent=intents.INTENTS[steering.command],
            )
        indices, values = self._model.features.of(plain)
        if len(indices) == 0:
            return Reading(kind="unclear", text=text, confidence=0.0)
        intent, confidence = intents.rank(self._model, indices, values)[0]
        level = levels.read(self._model, question, indices, values) if question else None
        if confidence < intents.UNDERSTOOD:
            return self._doubtful(text, confidence, level)
        if intent != intents.ANSWER:
            return Reading(
                kind=intents.kind(intent),
                text=text,
                command=intents.COMMANDS.get(intent),
                target=self._target(intent, plain),
                intent=intent,
                confidence=confidence,
            )
        return Reading(kind="answer", text=text, intent=intent, confidence=confidence, level=level)

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """All intents with their probabilities, for evaluation and for Rasa's intent_ranking."""
        return intents.rank(self._model, *self._model.features.of(normalise(text)))

    @staticmethod
    def _doubtful(text: str, confidence: float, level: LevelReading | None) -> Reading:
        """No intent is likely. Words that clearly speak of a level of the question asked still are an answer."""
        if level is not None and level.certainty == "sure":
            return Reading(kind="answer", text=text, intent=intents.ANSWER, confidence=confidence, level=level)
        return Reading(kind="unclear", text=text, confidence=confidence, level=level)

    @staticmethod
    def _target(intent: str, plain: str) -> str | None:
        if intent not in {"change_answer", "go_back"}:
            return None
        return commands.mentioned(plain)
