"""From one message to one :class:`Reading`. The same object serves the engine, the service and the command line."""

from __future__ import annotations

import re

from bot.understanding import commands, intents, levels, topics
from bot.understanding.model import Model
from bot.understanding.normalise import normalise
from bot.understanding.reading import LevelReading, Reading

PLAINLY = 0.80
"""From this probability a longer message that begins with yes or no is one, and a command is one, whatever else it says."""

HEARD_FIRST = frozenset({"urgent_help", "human_handoff"})
"""Who may want a person is not told that it sounded like an answer."""


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
        if not self._model.features.knows(plain):
            return Reading(kind="unclear", text=text, confidence=0.0)
        ranked = self._ranked(plain, question)
        if question is not None and _tells_of_someone(plain):
            ranked = [item for item in ranked if item[0] not in intents.STEERING]
        intent, confidence = ranked[0]
        if intents.is_doubtful(intent, confidence):
            return self._doubtful(text, plain, confidence, question)
        if intent == intents.ANSWER or self._answers_after_all(intent, confidence, plain, question):
            return Reading(
                kind="answer",
                text=text,
                intent=intents.ANSWER,
                confidence=confidence,
                level=levels.read(self._model, question, plain) if question else None,
                others=levels.others(self._model, question, plain),
            )
        return Reading(
            kind=intents.kind(intent),
            text=text,
            command=intents.COMMANDS.get(intent),
            target=self._target(intent, plain),
            intent=intent,
            confidence=confidence,
            level=self._level_beside(intent, plain, question),
        )

    def ranking(self, text: str, question: str | None = None) -> list[tuple[str, float]]:
        """All intents with their probabilities, for evaluation and for Rasa's intent_ranking."""
        return [item for item in self._ranked(normalise(text), question) if item[0] != intents.BESIDE]

    def _ranked(self, plain: str, question: str | None) -> list[tuple[str, float]]:
        return intents.rank(self._model, *self._model.features.of(plain), asked=question is not None)

    def _doubtful(self, text: str, plain: str, confidence: float, question: str | None) -> Reading:
        """No intent is likely. Words that clearly speak of a level of the question asked still are an answer."""
        level = levels.read(self._model, question, plain) if question else None
        if level is not None and level.certainty == "sure":
            return Reading(kind="answer", text=text, intent=intents.ANSWER, confidence=confidence, level=level)
        return Reading(kind="unclear", text=text, confidence=confidence, level=level)

    def _answers_after_all(self, intent: str, confidence: float, plain: str, question: str | None) -> bool:
        """ "No different to his sister" and "yeah, most nights" begin like a yes or no, and are answers; "4 or 5 times" is
        no small talk; "done in", where it is asked how people cope, is no wish to stop."""
        if question is None or confidence >= PLAINLY or intent in HEARD_FIRST:
            return False
        if intent in {"yes", "no"}:
            if len(plain.split()) < 3:
                return False
        elif intent not in intents.CHAT and not topics.speaks_of(self._model, question, plain):
            return False
        level = levels.read(self._model, question, plain)
        return level is not None and level.certainty == "sure"

    def _level_beside(self, intent: str, plain: str, question: str | None) -> LevelReading | None:
        """What a command says of the level in passing: "it varies, some nights he is up four times", "yes with
        everything". For the interview to use when nothing awaits a yes or no."""
        if question is None or len(plain.split()) < 3:
            return None
        if intent in {"yes", "no"}:
            return levels.read(self._model, question, plain)
        if intent == "answer_varies":
            level = levels.read(self._model, question, plain, changes=True)
            return level if level is not None and level.hard_level is not None else None
        return None

    @staticmethod
    def _target(intent: str, plain: str) -> str | None:
        if intent not in {"change_answer", "go_back"}:
            return None
        return commands.mentioned(plain)


_SOMEONE = re.compile(
    r"\b(?:he|she|they|him|hes|shes|theyre|he'?s|she'?s|they'?re|he'?ll|she'?ll|my (?:son|daughter|lad|girl|boy))\b",
    re.I,
)
_FIRST_PART = re.compile(r"[,.;!?]|\s-\s|\b(?:because|cos|coz|cause|as|but|and)\b", re.I)


def _tells_of_someone(plain: str) -> bool:
    """Whether a message is about the child and not about this conversation: "he won't go back to bed" does not steer,
    "skip this one, he's asleep" does."""
    return bool(_SOMEONE.search(plain)) and commands.match(_FIRST_PART.split(plain)[0]) is None
