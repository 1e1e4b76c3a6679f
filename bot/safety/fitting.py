"""Fits the points of weighed words: for the safety rules, and for what is wanted in a plan. Never run by the service.

The fitting itself is :mod:`bot.safety.logistic`, which needs the engine's environment and is run there as a script.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve()
ENGINE = HERE.parents[2] / ".envs" / "engine" / "bin" / "python"
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def logistic(
    columns: Sequence[int],
    starts: Sequence[int],
    values: Floats,
    *,
    width: int,
    goal: Ints,
    worth: Sequence[float],
    c: float,
    rounds: int,
) -> tuple[Floats, Floats]:
    """Weights (entries by goals but the first), and where each of those goals starts.

    ``columns``, ``starts`` and ``values`` are a sparse matrix, a row for each line, ``width`` entries wide; ``goal`` and
    ``worth`` say of each line what it is, 0 for what all are told from, and as how many it counts. ``c``: how little large
    weights cost. Raises CalledProcessError where the engine's environment is missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        given, result = Path(folder) / "lines.npz", Path(folder) / "points.npz"
        np.savez(
            given,
            columns=np.array(columns, dtype=np.int32),
            starts=np.array(starts, dtype=np.int32),
            values=values,
            shape=np.array([len(starts) - 1, width]),
            goal=goal,
            worth=np.array(worth),
            c=c,
            rounds=rounds,
        )
        subprocess.run([ENGINE, HERE.with_name("logistic.py"), given, result], check=True)
        found = np.load(result)
        return found["weights"].T, found["start"]
