"""From free text to a level of one question, and how far to trust it."""

from __future__ import annotations

from bot.understanding.features import Indices, Values
from bot.understanding.model import Model
from bot.understanding.reading import LevelReading

SURE = 0.60
"""From this probability the reading is read back for a yes."""

BETWEEN = 0.75
"""From this probability together, two neighbouring levels are offered."""

VARIES = 0.70
"""From this probability the words are taken to say that it changes."""


def read(model: Model, question_id: str, indices: Indices, values: Values) -> LevelReading | None:
    """The level these words speak of, or None for a question the model was not trained on."""
    linear = model.levels.get(question_id)
    if linear is None:
        return None
    chances = [float(chance) for chance in linear.probabilities(indices, values)]
    ranked = sorted(range(4), key=lambda level: -chances[level])
    first, second = ranked[0], ranked[1]
    if len(indices) == 0:
        return LevelReading(question_id, first, chances[first], "lost")
    if chances[first] >= SURE:
        return LevelReading(question_id, first, chances[first], "sure")
    if abs(first - second) == 1 and chances[first] + chances[second] >= BETWEEN:
        return LevelReading(question_id, first, chances[first], "between", second=second)
    return LevelReading(question_id, first, chances[first], "lost")
