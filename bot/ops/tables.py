"""Evaluation reports as plain tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def show(report: Mapping[str, Any]) -> str:
    """Every part of an evaluation report: totals, then a row for each label, then the confusion matrix."""
    return "\n\n".join("\n".join(_part(name, part)) for name, part in report.items())


def _part(name: str, part: Mapping[str, Any]) -> list[str]:
    lines = [
        name.upper(),
        "  ".join(f"{key} {_figure(value)}" for key, value in part.items() if not isinstance(value, Mapping)),
    ]
    for key in ("per_question", "per_label", "per_level", "per_field"):
        if key in part:
            lines += ["", *_rates(key.removeprefix("per_"), part[key])]
    if part.get("per_rule"):
        lines += ["", *(f"{rule:<40}{count:>5}" for rule, count in part["per_rule"].items())]
    if part.get("confusion"):
        lines += ["", "confusion (row: label, then what was read)"]
    for label, counts in part.get("confusion", {}).items():
        lines.append(f"{label:<22}" + "  ".join(f"{read}: {count}" for read, count in counts.items()))
    return lines


def _rates(title: str, rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    columns = list(next(iter(rows.values())))
    head = f"{title:<22}" + "".join(f"{column:>14}" for column in columns)
    return [
        head,
        *(f"{label:<22}" + "".join(f"{_figure(row[column]):>14}" for column in columns) for label, row in rows.items()),
    ]


def _figure(value: Any) -> str:
    return "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
