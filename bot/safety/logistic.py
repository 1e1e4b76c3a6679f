"""Fits points: a multinomial logistic regression by scikit-learn, which the engine's environment brings along.

Run by :mod:`bot.safety.fitting` as a script of its own, in that environment: ``python logistic.py IN.npz OUT.npz``. Only on
a developer's machine; the service adds up whole numbers and nothing more.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np


def main(source: Path, result: Path) -> None:
    """Read a sparse matrix, one goal and one worth for each row; write weights (levels by entries) and starts.

    The goals are 0 (GREEN, or talk) to the number of others. The weights of 0 are taken from all, so that it stands at nothing.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    given = np.load(source)
    lines = csr_matrix((given["values"], given["columns"], given["starts"]), shape=tuple(given["shape"]))
    model = LogisticRegression(C=float(given["c"]), max_iter=int(given["rounds"]), solver="lbfgs")
    model.fit(lines, given["goal"], sample_weight=given["worth"])
    if len(model.coef_) == 1:  # of two goals scikit-learn keeps what tells the second from the first
        np.savez(result, weights=model.coef_, start=model.intercept_)
    else:
        np.savez(result, weights=model.coef_[1:] - model.coef_[0], start=model.intercept_[1:] - model.intercept_[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
