"""The results as a table to read, as JSON, and in docs/benchmarks.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figures import Figure

BEGIN, END = "<!-- results: python -m bench --write-docs -->", "<!-- end of results -->"
_VERDICTS = {True: "yes", False: "NO", None: "-"}


def rows(figures: Sequence[Figure]) -> list[tuple[str, str, str, str]]:
    """What is measured, its value, its target, and whether it holds."""
    return [
        (
            one.name,
            f"{_number(one.value)} {one.unit}".strip(),
            "" if one.target is None else f"{one.sense} {_number(one.target)} {one.unit}".strip(),
            _VERDICTS[one.holds],
        )
        for one in figures
    ]


def table(figures: Sequence[Figure]) -> str:
    """For a terminal."""
    lines = [("measured", "value", "target", "holds"), *rows(figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def markdown(figures: Sequence[Figure], machine: dict[str, Any], day: str) -> str:
    """For docs/benchmarks.md."""
    lines = [
        f"Measured on {day}: {sentence(machine)}",
        "",
        "| measured | value | target | holds |",
        "|---|---|---|---|",
    ]
    lines += [f"| {' | '.join(row)} |" for row in rows(figures)]
    return "\n".join(lines)


def sentence(machine: dict[str, Any]) -> str:
    """The machine in words."""
    return (
        f"{machine['cores']} cores of {machine['processor']}, {machine['memory_gb']} GB memory, {machine['system']}, "
        f"Python {machine['python_service']} (service, actions) and {machine['python_engine']} (engine, stock Rasa); "
        f"load before the run {machine['load_before']}."
    )


def write_docs(page: Path, text: str) -> None:
    """Put the table between its marks. Raises ValueError when the marks are not there."""
    before, begin, rest = page.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page} has no place for results: it needs {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")


def write_json(file: Path, results: dict[str, Any]) -> None:
    """One object, indented."""
    file.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) and abs(value) >= 1 else f"{value:g}"
