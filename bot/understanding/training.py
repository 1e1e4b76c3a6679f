"""Training, in the engine's environment (scikit-learn comes with Rasa). Nothing here runs while serving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.understanding.examples import LevelExamples
from bot.understanding.features import Features
from bot.understanding.intents import ANSWER
from bot.understanding.linear import Linear, softmax
from bot.understanding.model import Model

FOLDS = 4


def train(intents: Sequence[tuple[str, str]], questions: Sequence[LevelExamples]) -> Model:
    """Learn everything from ``intents`` (text, intent name) and the level utterances."""
    spoken = [(text, ANSWER) for question in questions for text in question.texts()]
    features = Features.fit([text for text, _ in [*intents, *spoken]])
    space = Space(features)
    by_topic = [(text, question.question_id) for question in questions for text in question.texts()]
    steady = [(text, "steady") for question in questions for text, _ in question.labelled()]
    varying = [(item.text, "varies") for question in questions for item in question.varies]
    return Model(
        features=features,
        intents=space.classifier([*intents, *spoken], strength=10.0),
        topics=space.classifier(by_topic, strength=10.0),
        varies=space.classifier([*steady, *varying], strength=10.0),
        levels={
            question.question_id: space.classifier(
                [(text, str(level)) for text, level in question.labelled()], strength=10.0
            )
            for question in questions
        },
    )


class Space:
    """Texts as rows of one sparse matrix, and classifiers over it."""

    def __init__(self, features: Features) -> None:
        self.features = features

    def matrix(self, texts: Sequence[str]) -> Any:
        from scipy.sparse import csr_matrix

        rows = [self.features.of(text) for text in texts]
        starts = np.cumsum([0, *[len(indices) for indices, _ in rows]])
        indices = np.concatenate([indices for indices, _ in rows])
        values = np.concatenate([values for _, values in rows])
        return csr_matrix((values, indices, starts), shape=(len(rows), len(self.features.vocabulary)))

    def classifier(self, examples: Sequence[tuple[str, str]], *, strength: float) -> Linear:
        """Multinomial logistic regression, calibrated on out-of-fold scores.

        ``strength``: inverse of the regularisation (scikit-learn's C).
        """
        from sklearn.model_selection import StratifiedKFold

        labels = tuple(sorted({label for _, label in examples}))
        matrix = self.matrix([text for text, _ in examples])
        truth = np.array([labels.index(label) for _, label in examples])
        held_out = np.zeros((len(examples), len(labels)), dtype=np.float32)
        for learn, check in StratifiedKFold(FOLDS, shuffle=True, random_state=7).split(matrix, truth):
            weights, bias = _fit(matrix[learn], truth[learn], len(labels), strength)
            held_out[check] = matrix[check] @ weights + bias
        weights, bias = _fit(matrix, truth, len(labels), strength)
        return Linear(labels, weights, bias, temperature(held_out, truth))


def _fit(
    matrix: Any, truth: NDArray[np.int64], classes: int, strength: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, max_iter=200, tol=1e-3, class_weight="balanced")
    model.fit(matrix, truth)
    weights, bias = model.coef_.T, model.intercept_
    if classes == 2:  # scikit-learn keeps one column; a softmax needs two
        weights, bias = np.hstack([-weights / 2, weights / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    return weights.astype(np.float32), bias.astype(np.float32)


def temperature(scores: NDArray[np.float32], truth: NDArray[np.int64]) -> float:
    """The divisor of held-out scores that makes their probabilities most honest (lowest log loss)."""
    candidates = np.geomspace(0.2, 5.0, 60)
    rows = np.arange(len(truth))
    losses = [-np.log(softmax(scores / t)[rows, truth] + 1e-9).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))])
