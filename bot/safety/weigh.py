"""Computes the points of ``words.csv`` from the lines of ``data/``; run by ``make safety-words``, never by the service.

For each level it looks for the points that tell its lines best from all others (a multinomial logistic regression with
a price on points, so that most stay at nothing), keeps the entries that are worth most, fits those once more, and rounds
to whole numbers.
Nothing is drawn by lot: the same lines give the same table. With it goes a check on lines left out: points from the odd
lines are measured on the even ones, and the other way round.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.safety.evaluate import Report, evaluate
from bot.safety.levels import Speaker
from bot.safety.rules import ROOT, RuleSet, default_rules
from bot.safety.screening import counted_text
from bot.safety.weighed import LEVELS, SCALE, Points, entries, stem

DATA = Path(__file__).parents[2] / "data"
MOST = 8_000
"""Entries in the table: as many as a person can still look through."""
SEEN = 3
"""Lines in which an entry must stand to be looked at."""
LOOKED_AT = 25_000
"""Entries that are looked at together, before the best of them are chosen."""
COMMON = 45
"""The commonest words say nothing by themselves, nor do pairs of them: "that the"."""
TELLING = frozenset({"not", "no", "can"})
"""Common, and yet they say something."""
TOLL, PRICE = 0.4, 1.0
"""What every weight costs by its size, which leaves most of them nothing, and what large ones cost more."""
ROUNDS = 250
SPREAD = 10 / 3
"""Makes the weights of an ordinary line about as large as one, so that the prices mean the same for all."""
LAST_RED = 3
"""Number of the last RED level among the goals."""
QUESTIONS = ("E1", "S2", "H3", "F1", "P2", "W1", "H1", "S3", "E2", "F2", "H4", "P1", "S1", "W2", "F3", "H2")
KNOWN = 8.0
"""As how many lines an example counts that a rule says must not raise: somebody looked at each of them."""
ORDINARY = ("levels", "nlu", "plans")
WORTH = {"plainly-said": 2.0, "talk-about-plans-is-green": 3.0}
"""As how many lines those of a file count: few, and nearest to what is mostly said."""
NOT_ORDINARY = ("urgent_help", "human_handoff")
"""Intents whose lines may well be alarming."""
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Line:
    """One line to learn from."""

    source: str
    text: str
    who: str
    question: str | None
    level: str
    found: tuple[str, ...] = ()
    """Its entries, in order of the alphabet."""
    counted: str = ""
    """The text that they were found in."""
    worth: float = 1.0
    """As how many lines it counts."""

    def row(self) -> dict[str, Any]:
        """As a line of ``evaluate``."""
        return {"text": self.text, "who": self.who, "q": self.question, "safety": self.level}


@dataclass(frozen=True, slots=True)
class Table:
    """Points for each entry, and where each level starts."""

    points: dict[str, Points]
    start: Points


def main() -> None:
    """Read, fit, write, and say what came out."""
    rules = default_rules()
    lines = list(read_lines(rules))
    print(f"{len(lines)} lines: {dict(Counter(line.level for line in lines))}")
    for name, kept in (("odd", 0), ("even", 1)):
        table = fit([line for at, line in enumerate(lines) if at % 2 == kept])
        rest = [line for at, line in enumerate(lines) if at % 2 != kept]
        print(f"points from {name} lines, measured on the others:")
        print(_figures(rest, with_table(rules, table)))
    table = fit(lines)
    folder = ROOT / "weighed"
    (folder / "words.csv").write_text(as_csv(table, spelled(lines)), encoding="utf-8")
    _write_start(folder / "rules.yaml", table.start)
    print(f"{len(table.points)} entries in {folder / 'words.csv'}")


def read_lines(rules: RuleSet, every: int = 1) -> Iterable[Line]:
    """The lines of ``data/safety``, the examples of the rules of patterns, and as ordinary ones the answers and intents
    that understanding learns from. ``every``: 2 for each second one, and so on."""
    for said in islice(_said(rules), 0, None, every):
        speaker = cast(Speaker, said.who) if said.who in ("adult", "child") else None
        counted = counted_text(said.text, speaker, said.question, rules)
        found = entries(counted, rules.weighed.alike, None if speaker == "child" else said.question)
        yield replace(said, found=tuple(sorted(found)), counted=counted)


def _said(rules: RuleSet) -> Iterable[Line]:
    for path in sorted((DATA / "safety").glob("*.jsonl")):
        for at, text in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(text)
            line = _line(path.stem, row["text"], row["who"], row.get("q"), row["safety"], at)
            yield replace(line, worth=WORTH.get(path.stem, 1.0))
    at = 0
    for rule in rules.rules:
        for said, level in (
            *((one, rule.file.level) for one in rule.file.must_raise),
            *((one, "GREEN") for one in rule.file.must_not),
        ):
            at += 1
            line = _line("examples", said.text, said.who or "", said.question, said.level or level, at)
            yield replace(line, worth=KNOWN if line.level == "GREEN" else 1.0)
    for path in sorted((DATA / "levels").glob("*.yml")):
        data = _read(path)
        for level, texts in data["levels"].items():
            if (data["question"], level) != ("F1", 3):
                for answer in texts:
                    yield _line("levels", str(answer), "adult", data["question"], "GREEN")
    for path in sorted((DATA / "lines").glob("*.jsonl")):
        for at, row in enumerate(path.read_text(encoding="utf-8").splitlines()):
            yield _line("plans", json.loads(row)["text"], "", None, "GREEN", at)
    for path in sorted((DATA / "nlu").glob("*.yml")):
        for item in _read(path)["nlu"]:
            if item.get("intent") not in NOT_ORDINARY:
                for at, said in enumerate(item["examples"].splitlines()):
                    yield _line("nlu", said.strip().removeprefix("- "), "", None, "GREEN", at)


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def _line(source: str, text: str, who: str, question: str | None, level: str, at: int = 0) -> Line:
    """Every second line that answers no question is read as said at one of them, in turn: families may say anything at
    any question, and being asked must not look harmless by itself."""
    if question is None and at % 2:
        question = QUESTIONS[at // 2 % len(QUESTIONS)]
    return Line(source, text, who, question, level)


def fit(lines: Sequence[Line], most: int = MOST) -> Table:
    """Points for the entries that tell the levels apart best."""
    count = Counter(entry for line in lines for entry in line.found)
    words = Counter(word for line in lines for word in line.found if word[0].isalnum() and " " not in word)
    common = {word for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0]))[:COMMON]} - TELLING
    seen = [e for e, n in sorted(count.items()) if n >= SEEN and not all(part in common for part in e.split())]
    goal = np.array([0 if line.level == "GREEN" else 1 + LEVELS.index(line.level) for line in lines], dtype=np.int64)
    first = _best(_told(lines, seen, goal), seen, LOOKED_AT)
    rough, _, telling = _fit(lines, first, count, goal)
    often = np.sqrt(np.array([count[entry] for entry in first]))
    chosen = _best(np.abs(rough).sum(axis=1) * telling * often, first, most)
    fine, start, telling = _fit(lines, chosen, count, goal)
    points = np.rint(fine * telling[:, None] * SPREAD * SCALE).astype(int)
    table = {entry: tuple(int(p) for p in row) for entry, row in zip(chosen, points, strict=True) if row.any()}
    return Table(table, tuple(round(float(one) * SCALE) for one in start))


def _best(worth: Floats, names: list[str], most: int) -> list[str]:
    """The names worth most, by the alphabet."""
    return sorted(names[at] for at in np.argsort(-worth, kind="stable")[:most] if worth[at] > 0)


def _places(lines: Sequence[Line], chosen: list[str]) -> tuple[Ints, Ints, Ints]:
    """Number of the line and number of the entry for everything found, and how many entries each line holds."""
    place = {entry: at for at, entry in enumerate(chosen)}
    found = [[place[entry] for entry in line.found if entry in place] for line in lines]
    lengths = np.array([len(row) for row in found], dtype=np.int64)
    columns = np.array([at for row in found for at in row], dtype=np.int64)
    return np.repeat(np.arange(len(lines)), lengths), columns, lengths


def _told(lines: Sequence[Line], names: list[str], goal: Ints) -> Floats:
    """How much each entry tells of the levels by itself (log-likelihood ratio, summed over the levels)."""
    rows, columns, _ = _places(lines, names)
    n, often = len(lines), np.bincount(columns, minlength=len(names)).astype(float)
    told = np.zeros(len(names))
    for group in (*(goal == level for level in range(len(LEVELS) + 1)), goal > 0, (goal > 0) & (goal <= LAST_RED)):
        share = group.mean()
        inside = np.bincount(columns, group[rows].astype(float), len(names))
        for seen, expected in (
            (inside, often * share),
            (often - inside, often * (1 - share)),
            (group.sum() - inside, (n - often) * share),
            (n - group.sum() - often + inside, (n - often) * (1 - share)),
        ):
            told += np.where(seen > 0, seen * np.log(np.maximum(seen, 1e-9) / np.maximum(expected, 1e-9)), 0)
    return told


def _fit(lines: Sequence[Line], chosen: list[str], count: Counter[str], goal: Ints) -> tuple[Floats, Floats, Floats]:
    """Weights by entry and level, the starts, and how telling each entry is (rare ones more).

    Accelerated proximal steps (FISTA), begun afresh whenever they overshoot: each goes down the slope of the surprise,
    then takes a little from every weight, so that weights that are worth nothing end at nothing.
    """
    rows, columns, lengths = _places(lines, chosen)
    telling = np.log(len(lines) / np.array([count[entry] for entry in chosen])) / 4
    value = telling[columns] * SPREAD / np.sqrt(lengths + 1.0)[rows]
    size, wide, n = len(chosen), len(LEVELS), len(lines)
    wanted = np.zeros((n, wide + 1))
    wanted[np.arange(n), goal] = 1
    worth = np.array([line.worth for line in lines])[:, None]

    def slopes(weights: Floats, start: Floats) -> tuple[Floats, Floats]:
        sums = np.zeros((n, wide + 1))
        for level in range(wide):
            sums[:, level + 1] = start[level] + np.bincount(rows, weights[level][columns] * value, n)
        odds = np.exp(sums - sums.max(axis=1, keepdims=True))
        wrong = worth * (odds / odds.sum(axis=1, keepdims=True) - wanted)
        down = np.array([np.bincount(columns, wrong[rows, level + 1] * value, size) for level in range(wide)])
        return down + PRICE * weights, wrong[:, 1:].sum(axis=0)

    way = np.ones(size)
    for _ in range(15):  # the greatest curve, by power iteration; it bounds the steps
        along = worth[:, 0] * np.bincount(rows, way[columns] * value, n)
        way = np.bincount(columns, along[rows] * value, size)
        curve = float(np.linalg.norm(way))
        way /= curve
    step, start_step = 1 / (0.3 * curve + PRICE), 1 / (0.15 * float(worth.sum()))
    weights, start = np.zeros((wide, size)), np.zeros(wide)
    ahead, start_ahead, speed = weights, start, 1.0
    for _ in range(ROUNDS):
        down, start_down = slopes(ahead, start_ahead)
        moved = ahead - step * down
        moved = np.sign(moved) * np.maximum(np.abs(moved) - step * TOLL, 0)
        start_moved = start_ahead - start_step * start_down
        faster = (1 + np.sqrt(1 + 4 * speed * speed)) / 2
        if float(((ahead - moved) * (moved - weights)).sum()) > 0:
            faster, ahead, start_ahead = 1.0, moved, start_moved
        else:
            ahead = moved + (speed - 1) / faster * (moved - weights)
            start_ahead = start_moved + (speed - 1) / faster * (start_moved - start)
        weights, start, speed = moved, start_moved, float(faster)
    return weights.T, start, telling


def with_table(rules: RuleSet, table: Table) -> RuleSet:
    """The rules with other points."""
    firsts = frozenset(entry.split()[0] for entry in table.points if " " in entry)
    return replace(rules, weighed=replace(rules.weighed, points=table.points, firsts=firsts, start=table.start))


def spelled(lines: Iterable[Line]) -> dict[str, str]:
    """For each stem the whole word that stands for it most often."""
    forms: dict[str, Counter[str]] = {}
    for line in lines:
        for word in line.counted.split():
            forms.setdefault(stem(word), Counter())[word] += 1
    return {bare: min(found, key=lambda word: (-found[word], word)) for bare, found in forms.items()}


def as_csv(table: Table, words: dict[str, str]) -> str:
    """The table as text, groups first, then by the alphabet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("words", *LEVELS))
    rows = {" ".join(words.get(part, part) for part in entry.split()): points for entry, points in table.points.items()}
    writer.writerows((entry, *rows[entry]) for entry in sorted(rows, key=lambda entry: (entry[0].isalnum(), entry)))
    return out.getvalue()


def _write_start(path: Path, start: Points) -> None:
    """Put the starts into the file, which holds them on one line."""
    one = f"start: {{{', '.join(f'{level}: {p}' for level, p in zip(LEVELS, start, strict=True))}}}"
    text = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(one if line.startswith("start:") else line for line in text) + "\n", encoding="utf-8")


def _figures(lines: Sequence[Line], rules: RuleSet) -> str:
    def of(chosen: Iterable[Line]) -> Report:
        return evaluate((line.row() for line in chosen), rules)

    danger = of(line for line in lines if line.level != "GREEN")
    ordinary = of(line for line in lines if line.source in ORDINARY)
    sounding = of(line for line in lines if line.level == "GREEN" and line.source not in ORDINARY)
    raised = 1 - sum(n for (said, found), n in danger.confusion.items() if said[0] == "R" and found == "GREEN") / max(
        1, sum(n for (said, _), n in danger.confusion.items() if said[0] == "R")
    )
    return (
        f"  RED as RED {danger.recall('RED'):.3f}, raised at all {raised:.3f}; AMBER raised {danger.recall('AMBER'):.3f}; "
        f"false alarms: ordinary {ordinary.false_alarm_rate:.3f}, alarming-sounding {sounding.false_alarm_rate:.3f}"
    )


if __name__ == "__main__":
    main()
