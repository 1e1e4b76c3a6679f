"""Computes the points of ``wanted.csv`` from the lines of ``data``; run by ``make line-words``, never by the service.

Lines that were written down for a message are wanted; what else the reader finds in it, and in talk, is not. The points
are those of a logistic regression with a price on large ones, rounded. The same data give the same table.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.safety.fitting import logistic
from bot.understanding.evaluate_lines import same_name
from bot.understanding.line_item import LineItem
from bot.understanding.lines import found_in
from bot.understanding.wanted import SCALE, START, TABLE, Stretch, entries, stretches, whole

TOP = Path(__file__).resolve().parents[2]
TALK = (
    "talk/*.jsonl",
    "safety/ordinary-plan-talk.jsonl",
    "safety/ordinary-talk.jsonl",
    "safety/ordinary-of-all-kinds.jsonl",
)
HELP, COSTS = "P10", "P11"
"""Prompts. What is said when asked for help to buy names some; of answers to the second nobody marked which do."""
WORTH = {"chatter": 3.0, "talk": 2.5, "wishes": 2.0}
"""As how many lines those of a file of ``data/lines`` count: most others were written with hardly any talk."""
SEEN = 2
"""Lines in which an entry must stand to be looked at."""
C = 1.0
"""How little large points cost."""
ROUNDS = 200
SPREAD = 10 / 12


@dataclass(frozen=True, slots=True)
class Example:
    """One line that the reader found."""

    stretch: Stretch
    wanted: bool
    worth: float = 1.0


def main() -> None:
    """Read, fit, write."""
    examples = list(read_examples())
    print(f"{len(examples)} lines found, {sum(example.wanted for example in examples)} of them wanted")
    points = fit(examples)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("words", "points"))
        for entry in sorted(points, key=lambda entry: (entry[0].isalnum(), entry)):
            writer.writerow((entry, points[entry]))
    print(f"{len(points)} entries in {TABLE}")


def read_examples(data: Path = TOP / "data") -> Iterator[Example]:
    """Every line that the reader finds in the data, with whether somebody wrote it down as one."""
    for path in sorted((data / "lines").glob("*.jsonl")):
        worth = WORTH.get(path.stem.rsplit("-", 1)[0], 1.0)
        for row in _rows(path):
            yield from _labelled(row, worth)
    for pattern in TALK:
        for path in sorted(data.glob(pattern)):
            for row in _rows(path):
                if row.get("q") != COSTS:
                    words, read = found_in(row["text"])
                    for stretch in stretches(read, words) or [whole(words)]:
                        yield Example(stretch, row.get("q") == HELP)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _labelled(row: Mapping[str, Any], worth: float) -> Iterator[Example]:
    """As many lines found as written down are those, however they are read. Of more, those that fit best are."""
    words, read = found_in(row["text"])
    found = stretches(read, words)
    if not read:
        yield Example(whole(words), bool(row["items"]), worth)
    left = list(row["items"])
    for (item, _), stretch in zip(read, found, strict=True):
        fits = [(_fit_of(item, one), -at) for at, one in enumerate(left)]
        best = max(fits, default=(0, 0))
        wanted = len(read) == len(row["items"]) or best[0] > 1
        if wanted and best[0] > 1:
            left.pop(-best[1])
        yield Example(stretch, wanted, worth)


def _fit_of(item: LineItem, written: Mapping[str, Any]) -> int:
    """How much of a line that was written down a line found has: its name, its price, its year."""
    named = bool(item.what) and same_name(written.get("what") or "", item.what)
    priced = item.unit_cost_pence is not None and item.unit_cost_pence == written.get("unit_cost_pence")
    yearly = item.annual_pence is not None and item.annual_pence == written.get("annual_pence")
    return 2 * named + 2 * priced + yearly


def fit(examples: Sequence[Example]) -> dict[str, int]:
    """Points for each entry that tells wishes from talk."""
    found = [sorted(entries(example.stretch)) for example in examples]
    count = Counter(entry for one in found for entry in one)
    place = {entry: at for at, entry in enumerate(sorted(entry for entry, n in count.items() if n >= SEEN))}
    telling = np.array([np.log(len(examples) / count[entry]) * SPREAD for entry in place])
    columns: list[int] = []
    starts = [0]
    values = []
    for one in found:
        here = [place[entry] for entry in one if entry in place]
        columns += here
        starts.append(len(columns))
        values.append(telling[here] / np.sqrt(len(here) + 1.0))
    weights, start = logistic(
        columns,
        starts,
        np.concatenate(values),
        width=len(place),
        goal=np.array([int(example.wanted) for example in examples]),
        worth=[example.worth for example in examples],
        c=C,
        rounds=ROUNDS,
    )
    points = np.rint(weights[:, 0] * telling * SCALE).astype(int)
    table = {entry: int(one) for entry, one in zip(place, points, strict=True) if one}
    return {START: round(float(start[0]) * SCALE), **table}


if __name__ == "__main__":
    main()
