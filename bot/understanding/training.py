"""Training, in the engine's environment (scikit-learn comes with Rasa). Nothing here runs while serving.

The classifiers are linear support vector machines whose scores a softmax with a temperature turns into probabilities.
Multinomial logistic regression was tried first: on the same folds it read no better and took sixty times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.understanding.examples import LevelExamples, Talk
from bot.understanding.features import Features
from bot.understanding.intents import ANSWER, BESIDE, OTHER
from bot.understanding.linear import Linear, softmax
from bot.understanding.model import Model
from bot.understanding.topics import ANY, NONE

FOLDS = 4
LEVELS = ("0", "1", "2", "3")

SHARED = 0.35
"""How much of a level is learnt from all questions together, the rest from its own. "The same as any other kid" means
level 0 everywhere: with 0 the held-out accuracy is 63 %, with 1 it is 66 %, between 0.3 and 0.5 it is 70 %."""

BETWEEN_WEIGHT = 0.5
"""A line for which two levels are fair teaches both, each half."""


@dataclass(frozen=True)
class HeldOut:
    """What a classifier said of its own examples when they were kept from it. For calibration and for reports."""

    labels: tuple[str, ...]
    truth: NDArray[np.int64]
    scores: NDArray[np.float32]

    def probabilities(self, temperature: float) -> NDArray[np.float32]:
        return softmax(self.scores / temperature)


@dataclass(frozen=True)
class Trained:
    """A model, and the held-out scores it was calibrated on, by part ("intents", "level.S1" …)."""

    model: Model
    held_out: dict[str, HeldOut]


def train(
    intents: Sequence[tuple[str, str]],
    questions: Sequence[LevelExamples],
    talk: Talk = Talk(),
) -> Trained:
    """Learn everything from ``intents`` (text, intent name), the level utterances, and what answers none of them."""
    answers = [(text, ANSWER) for question in questions for text in question.texts()]
    others = [(text, OTHER) for text, _ in intents]
    features = Features.fit([text for text, _ in [*intents, *answers]], keep=[text for text, _ in intents])
    talked = [*((text, ANY) for text in talk.any_question), *((text, NONE) for text in talk.no_question)]
    space = _Space(features, [text for text, _ in [*intents, *answers, *talked]])
    topics = [(text, question.question_id) for question in questions for text in question.texts()]
    steady = [(text, "steady") for question in questions for text, _ in question.labelled()]
    varying = [(item.text, "varies") for question in questions for item in question.varies]
    parts = {
        "intents": _classifier(space, [*intents, *((text, BESIDE) for text in talk.beside)], strength=1.0, balance=0.5),
        "tells": _classifier(space, [*others, *answers], strength=0.5, balance=0.5),
        "topics": _classifier(space, [*topics, *talked], strength=1.0, balance=0.0),
        "varies": _classifier(space, [*steady, *varying], strength=0.3, balance=0.5),
    }
    levels = _levels(space, questions)
    model = Model(
        features=features,
        intents=parts["intents"][0],
        tells=parts["tells"][0],
        topics=parts["topics"][0],
        varies=parts["varies"][0],
        levels={code: linear for code, (linear, _) in levels.items()},
    )
    held_out = {name: part for name, (_, part) in parts.items()}
    return Trained(model, held_out | {f"level.{code}": part for code, (_, part) in levels.items()})


def _classifier(
    space: _Space, examples: Sequence[tuple[str, str]], *, strength: float, balance: float
) -> tuple[Linear, HeldOut]:
    """One classifier. ``strength``: the SVM's C. ``balance``: 0 counts every example alike, 1 every label alike."""
    labels = tuple(sorted({label for _, label in examples}))
    matrix = space.rows([text for text, _ in examples])
    truth = np.array([labels.index(label) for _, label in examples])
    counts = np.bincount(truth)
    weights = (counts.mean() / counts[truth]) ** balance
    held_out = _held_out(matrix, truth, weights, truth, len(labels), strength, labels)
    coefficients, bias = _fit(matrix, truth, weights, len(labels), strength)
    return Linear(labels, coefficients, bias, temperature(held_out.scores, truth)), held_out


def _levels(space: _Space, questions: Sequence[LevelExamples]) -> dict[str, tuple[Linear, HeldOut]]:
    """All level classifiers, learnt in one go: every feature counts once for all questions and once for its own."""
    rows = [
        (number, text, level, 1.0) for number, question in enumerate(questions) for text, level in question.labelled()
    ]
    clear = len(rows)
    rows += [
        (number, item.text, level, BETWEEN_WEIGHT)
        for number, question in enumerate(questions)
        for item in question.between
        for level in item.levels
    ]
    asked = np.array([row[0] for row in rows])
    truth = np.array([row[2] for row in rows])
    weights = np.array([row[3] for row in rows])
    matrix = _shared_and_own(space.rows([row[1] for row in rows]), asked, len(questions))
    held_out = _held_out(matrix, truth, weights, asked * 4 + truth, 4, 0.5, LEVELS, clear)
    coefficients, bias = _fit(matrix, truth, weights, 4, 0.5)
    size = space.matrix.shape[1]
    found = {}
    for number, question in enumerate(questions):
        own = np.flatnonzero(asked[:clear] == number)
        mine = HeldOut(LEVELS, truth[own], held_out.scores[own])
        start = size * (1 + number)
        merged = np.sqrt(SHARED) * coefficients[:size] + np.sqrt(1 - SHARED) * coefficients[start : start + size]
        found[question.question_id] = (Linear(LEVELS, merged, bias, temperature(mine.scores, mine.truth)), mine)
    return found


def _shared_and_own(matrix: Any, asked: NDArray[np.int64], questions: int) -> Any:
    from scipy.sparse import csr_matrix, hstack

    cells = matrix.tocoo()
    size = matrix.shape[1]
    own = csr_matrix(
        (cells.data, (cells.row, cells.col + size * asked[cells.row])), shape=(matrix.shape[0], size * questions)
    )
    return hstack([matrix * np.sqrt(SHARED), own * np.sqrt(1 - SHARED)]).tocsr()


class _Space:
    """Every text of the training data, looked up once."""

    def __init__(self, features: Features, texts: Sequence[str]) -> None:
        from scipy.sparse import csr_matrix

        unique = list(dict.fromkeys(texts))
        rows = [features.of(text) for text in unique]
        starts = np.cumsum([0, *[len(indices) for indices, _ in rows]])
        indices = np.concatenate([indices for indices, _ in rows])
        values = np.concatenate([values for _, values in rows]).astype(np.float64)
        self.matrix: Any = csr_matrix((values, indices, starts), shape=(len(rows), len(features.vocabulary)))
        self._row = {text: row for row, text in enumerate(unique)}

    def rows(self, texts: Sequence[str]) -> Any:
        """One row of features for each text."""
        return self.matrix[[self._row[text] for text in texts]]


def _held_out(
    matrix: Any,
    truth: NDArray[np.int64],
    weights: NDArray[np.float64],
    strata: NDArray[np.int64],
    classes: int,
    strength: float,
    labels: tuple[str, ...],
    clear: int | None = None,
) -> HeldOut:
    """Scores of the first ``clear`` rows (all, if None) by classifiers that did not see them. Later rows only teach."""
    from sklearn.model_selection import StratifiedKFold

    clear = len(truth) if clear is None else clear
    extra = np.arange(clear, len(truth))
    scores = np.zeros((clear, classes), dtype=np.float32)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    for learn, check in folds.split(np.zeros(clear), strata[:clear]):
        rows = np.concatenate([learn, extra])
        coefficients, bias = _fit(matrix[rows], truth[rows], weights[rows], classes, strength)
        scores[check] = matrix[check] @ coefficients + bias
    return HeldOut(labels, truth[:clear], scores)


def _fit(
    matrix: Any, truth: NDArray[np.int64], weights: NDArray[np.float64], classes: int, strength: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=strength, tol=1e-3, random_state=7).fit(matrix, truth, sample_weight=weights)
    coefficients, bias = model.coef_.T, model.intercept_
    if classes == 2:  # scikit-learn keeps one column; a softmax needs two
        coefficients, bias = np.hstack([-coefficients / 2, coefficients / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    return coefficients.astype(np.float32), bias.astype(np.float32)


def temperature(scores: NDArray[np.float32], truth: NDArray[np.int64]) -> float:
    """The divisor of held-out scores that makes their probabilities most honest (lowest log loss)."""
    candidates = np.geomspace(0.05, 5.0, 80)
    rows = np.arange(len(truth))
    losses = [-np.log(softmax(scores / t)[rows, truth] + 1e-9).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))])
