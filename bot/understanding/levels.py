"""From free text to a level of one question, and how far to trust it.

The thresholds of level reading are here, but for what is to the point (:mod:`bot.understanding.topics`). They were set on held-out predictions (``bin/sevensteps evaluate`` shows how
they do on lines nobody trained on): a reading that is "sure" is right 8 times in 10 on lines written to be hard, and the
family confirms each one.
"""

from __future__ import annotations

import re

from bot.understanding import topics, varies
from bot.understanding.features import words
from bot.understanding.model import Model
from bot.understanding.negation import turns
from bot.understanding.normalise import normalise
from bot.understanding.reading import Certainty, LevelReading

SURE = 0.60
"""From this probability the reading is read back for a yes."""

SURE_OF_TURNED = 0.75
"""The same for few words with a "not" among them, of which more are misread: "not a good sleeper"."""

FEW = 6
"""Words, up to which they are few."""

BETWEEN = 0.70
"""From this probability together, two neighbouring levels are offered."""

VARIES = 0.50
"""From this probability the words are taken to say that it changes."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def read(model: Model, question_id: str, text: str, *, changes: bool = False) -> LevelReading | None:
    """The level that ``text`` speaks of, or None for a question the model was not trained on.

    Words that clearly speak of another question, or answer none, are lost on this one, whatever level they sound like:
    "he sleeps right through" says nothing of school. ``changes``: it is known already that the person says it varies.
    """
    if question_id not in model.levels:
        return None
    chances = _chances(model, question_id, text)
    elsewhere = topics.clearly_of(model, text) not in (None, question_id)
    if elsewhere or not topics.may_answer(model, question_id, text):
        level = max(range(4), key=lambda candidate: chances[candidate])
        return LevelReading(question_id, level, chances[level], "lost")
    if changes or _varies(model, text):
        varying = _varying(model, question_id, text, chances)
        if varying is not None:
            return varying
    first, second = sorted(range(4), key=lambda level: -chances[level])[:2]
    certainty: Certainty = "lost"
    if chances[first] >= _enough(text):
        certainty = "sure"
    elif abs(first - second) == 1 and chances[first] + chances[second] >= BETWEEN:
        certainty = "between"
    return LevelReading(
        question_id, first, chances[first], certainty, second=second if certainty == "between" else None
    )


def others(model: Model, question_id: str | None, text: str) -> tuple[LevelReading, ...]:
    """Readings for other questions, sure or not, from sentences that clearly speak of those."""
    found: dict[str, LevelReading] = {}
    for sentence in _SENTENCE.split(normalise(text)):
        topic = topics.clearly_of(model, sentence)
        if topic is None or topic == question_id:
            continue
        level = read(model, topic, sentence)
        if level is not None and (topic not in found or found[topic].certainty != "sure"):
            found[topic] = level
    return tuple(found.values())


def _chances(model: Model, question_id: str, text: str) -> list[float]:
    return [float(chance) for chance in model.levels[question_id].probabilities(*model.features.of(text))]


def _enough(text: str) -> float:
    said = words(text)
    return SURE_OF_TURNED if len(said) <= FEW and turns(said) else SURE


def _varies(model: Model, text: str) -> bool:
    chances = dict(model.varies.ranking(*model.features.of(text)))
    return chances["varies"] >= VARIES


def _varying(model: Model, question_id: str, text: str, whole: list[float]) -> LevelReading | None:
    """Usual and hard level: the lowest and highest that the parts of the message speak of. None when all say one."""
    likely = []
    for part in varies.parts(text):
        chances = _chances(model, question_id, part)
        level = max(range(4), key=lambda candidate: chances[candidate])
        likely.append((level, chances[level]))
    usual, hard = min(likely), max(likely)
    if usual[0] == hard[0]:
        first, second = sorted(sorted(range(4), key=lambda level: -whole[level])[:2])
        if min(whole[first], whole[second]) < 0.15:
            return None  # one level through and through: it does not vary after all
        usual, hard = (first, whole[first]), (second, whole[second])
    confidence = min(usual[1], hard[1])
    return LevelReading(
        question_id,
        usual[0],
        confidence,
        "sure" if confidence >= _enough(text) else "lost",
        hard_level=hard[0],
        hard_days=varies.hard_days(text),
    )
