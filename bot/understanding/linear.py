"""A linear classifier with calibrated probabilities: numbers from :mod:`features` to calibrated probabilities. Inference only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Indices, Values


@dataclass(frozen=True)
class Linear:
    """A trained classifier over a shared vocabulary."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    """One row for each gram of the vocabulary, one column for each label."""
    bias: NDArray[np.float32]
    temperature: float
    """Divides the scores; found on held-out predictions, so that 0.8 means right 8 times in 10."""

    def scores(self, indices: Indices, values: Values) -> NDArray[np.float32]:
        """Scores before calibration, one for each label."""
        return np.asarray(values @ self.weights[indices] + self.bias, dtype=np.float32)

    def probabilities(self, indices: Indices, values: Values) -> NDArray[np.float32]:
        """Calibrated probabilities in the order of ``labels``; they sum to 1."""
        return softmax(self.scores(indices, values) / self.temperature)

    def ranking(self, indices: Indices, values: Values) -> list[tuple[str, float]]:
        """Labels with their probabilities, most likely first."""
        found = self.probabilities(indices, values)
        return [(self.labels[i], float(found[i])) for i in np.argsort(-found)]


def softmax(scores: NDArray[Any]) -> NDArray[np.float32]:
    """Scores as probabilities along the last axis.

    >>> softmax(np.array([0.0, 0.0], dtype=np.float32)).tolist()
    [0.5, 0.5]
    """
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)
