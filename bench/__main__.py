"""``python -m bench``: measure everything in one run, print a table, write bench/results.json."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import against_stock, gateway, machine, reading, report, training
from bench.figures import Figure, Window, milliseconds, ratio
from bench.plan import FULL, QUICK, Plan
from bench.running import ROOT, environment

RESULTS = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"
Details = dict[str, Any]


def measure_training(_plan: Plan, folder: Path) -> tuple[list[Figure], Details]:
    """Training from nothing."""
    return [Figure("training", "Training the model from nothing", training.seconds(folder), "s", 60)], {}


def measure_reading(plan: Plan, _folder: Path) -> tuple[list[Figure], Details]:
    """Single messages, understood and screened."""
    found = reading.measure(plan.lines)
    figures = [
        Figure("understanding", "Understanding a message, one core, median", found["understanding_ms"], "ms", 15),
        Figure("safety", "Screening a message for safety, one core, median", found["safety_ms"], "ms", 2),
    ]
    return figures, {"lines": found["lines"]}


def measure_gateway(plan: Plan, folder: Path) -> tuple[list[Figure], Details]:
    """Everything started by its one command, and one long conversation."""
    found = gateway.measure(plan.messages, plan.allocations, folder)
    early, late = plan.early.median(found.turns), plan.late.median(found.turns)
    figures = [
        Figure("start", "From the start command to the first reply", found.start_seconds, "s", 20),
        Figure("turn_early", f"A turn over HTTP, messages {plan.early}, median", early, "ms"),
        Figure("turn_late", f"A turn over HTTP, messages {plan.late}, median", late, "ms"),
        Figure("turn_growth", f"Messages {plan.late} against {plan.early}", ratio(late, early), "times", 1.2),
        Figure("allocation", "A guide amount over HTTP, median", found.allocation_ms, "ms"),
        Figure("memory", "All processes together after the conversation (PSS)", found.memory_gb, "GB", 1.2),
    ]
    return figures, {"turns_ms": [milliseconds(seconds) for seconds in found.turns]}


def measure_against_stock(plan: Plan, folder: Path) -> tuple[list[Figure], Details]:
    """The engine alone beside stock Rasa."""
    beginning, window = Window(1, 20), plan.stock_window
    with against_stock.assistants(folder) as (ours, stock):
        held = against_stock.compare(window.last, ours, stock)
    our_ms, stock_ms = window.median(held.ours), window.median(held.stock)
    alike = sum(one == other for one, other in zip(held.ours_at, held.stock_at, strict=True)) / window.last
    figures = [
        Figure("engine_ours", f"Our engine and actions, messages {window}, median", our_ms, "ms"),
        Figure("engine_stock", f"Stock Rasa and its actions, messages {window}, median", stock_ms, "ms"),
        Figure(
            "faster", f"Ours faster than stock at messages {window}", ratio(stock_ms, our_ms), "times", 10, "at least"
        ),
        Figure("ours_start", f"Our engine, messages {beginning}, median", beginning.median(held.ours), "ms"),
        Figure("stock_start", f"Stock Rasa, messages {beginning}, median", beginning.median(held.stock), "ms"),
        Figure("same_question", "Both ask the same question, share of messages", round(alike, 3), ""),
    ]
    details = {
        "ours_ms": [milliseconds(seconds) for seconds in held.ours],
        "stock_ms": [milliseconds(seconds) for seconds in held.stock],
    }
    return figures, details


MEASURES: dict[str, Callable[[Plan, Path], tuple[list[Figure], Details]]] = {
    "gateway": measure_gateway,
    "stock": measure_against_stock,
    "reading": measure_reading,
    "training": measure_training,
}


def run(plan: Plan, chosen: Sequence[str]) -> tuple[list[Figure], dict[str, Any]]:
    """Measure one thing after the other. Returns the figures, and all that was found as plain values."""
    about, began = machine.describe(), datetime.now(UTC)
    print(report.sentence(about), flush=True)
    # "Everything installed and the model trained" is where the start is measured from.
    subprocess.run(["bin/sevensteps", "train"], cwd=ROOT, env=environment(), check=True)
    figures: list[Figure] = []
    details: Details = {}
    for name in chosen:
        print(f"Measuring: {name} …", flush=True)
        with tempfile.TemporaryDirectory(prefix=f"sevensteps-bench-{name}-") as folder:
            found, more = MEASURES[name](plan, Path(folder))
        figures += found
        details[name] = more
    if plan.quick:
        figures = [_unjudged(one) for one in figures]
    results = {
        "at": began.isoformat(timespec="seconds"),
        "quick": plan.quick,
        "machine": about,
        "figures": [one.to_json() for one in figures],
        "details": details,
    }
    return figures, results


def _unjudged(one: Figure) -> Figure:
    return Figure(one.id, one.name, one.value, one.unit, one.target, one.sense, judged=False)


def main() -> None:
    """Returns normally when everything could be measured, whether or not every target holds."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few messages only: shows that it works, judges nothing")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES), help="some of the measures")
    parser.add_argument("--write-docs", action="store_true", help="put the table of a full run into docs/benchmarks.md")
    options = parser.parse_args()
    if options.write_docs and (options.quick or set(options.only) != set(MEASURES)):
        parser.error("--write-docs needs a full run: leave out --quick and --only")
    figures, results = run(QUICK if options.quick else FULL, options.only)
    report.write_json(RESULTS, results)
    print("\n" + report.table(figures))
    print(f"\nWritten to {RESULTS.relative_to(ROOT)}")
    if options.write_docs:
        report.write_docs(PAGE, report.markdown(figures, results["machine"], results["at"][:10]))
        print(f"Written to {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
