"""`calibrate`: a council's scored cases and budget in, a proposed table and what it would do out."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from typing import Any

from bot.allocation.calibration import Case, Pot, benchmark, price_per_point

AT_SCORES = (15, 30, 45, 60, 75, 85)
"""Need scores at which the default table has its anchors (domain notes 3.3)."""


def report(sample: Path, pot_pence: int, contingency_percent: int, population: int | None) -> dict[str, Any]:
    """From a CSV with columns ``need_score`` (0-100), ``cost_pence`` and, for a price per point, ``points``.

    Raises KeyError for a missing column and ValueError for a value that is no number, naming the line.
    """
    pot = Pot(pot_pence, contingency_percent)
    cases, points = [], []
    with sample.open(newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            try:
                cases.append(Case(Fraction(row["need_score"]), int(row["cost_pence"])))
                if row.get("points"):
                    points.append(Fraction(row["points"]))
            except ValueError as error:
                raise ValueError(f"line {number} of {sample.name}: {error}") from error
    curve = benchmark(cases, pot, AT_SCORES, population=population)
    result: dict[str, Any] = {
        "cases": len(cases),
        "to_share_pence": pot.to_share_pence,
        "anchors": [{"score": anchor.score, "amount_pence": anchor.pence} for anchor in curve.anchors],
        "scale": f"{float(curve.scale):.4f}",
        "need_and_money_correlation": {"before": curve.correlation_before, "after": curve.correlation_after},
        "note": "A proposal. A council must consult families and check equality before it uses a table.",
    }
    if len(points) == len(cases):
        price = price_per_point(pot, points)
        result["price_per_point_pence"] = f"{float(price.pence):.2f}"
    return result
