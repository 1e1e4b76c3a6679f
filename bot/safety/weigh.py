"""Computes the points of the tables in ``bot/content/safety/weighed`` from the lines of ``data/``; run by
``make safety-words``, never by the service.

For each level it looks for the points that tell its lines best from all others (a multinomial logistic regression with
a price on large points), keeps the entries that are worth most, fits those once more, and rounds to whole numbers. The
same lines give the same tables. With it goes a check on lines left out: points from the odd lines are measured on the
even ones, and the other way round.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.safety.evaluate import Report, evaluate
from bot.safety.fitting import Floats, Ints, logistic
from bot.safety.rules import ROOT, RuleSet, default_rules
from bot.safety.weigh_lines import ORDINARY, Line, read_lines
from bot.safety.weighed import LEVELS, SCALE, TABLES, Points, stem

MOST = 150_000
"""Entries in the tables. More gained nothing; with 40,000, which were enough for half as many lines, false alarms at the
same danger seen were a sixth more."""
SEEN = 3
"""Lines in which an entry must stand to be looked at."""
COMMON = 45
"""The commonest words say nothing by themselves, nor do pairs of them: "that the"."""
TELLING = frozenset({"not", "no", "can"})
"""Common, and yet they say something."""
C = 0.3
"""How little a large weight costs."""
ROUNDS = 300
SPREAD = 10 / 3
"""Makes the weights of an ordinary line about as large as one, so that the price means the same for all."""
OF_PATTERNS = 0.5
"""How strongly what the patterns found is taken at first; the price makes it count for less than words that say it all."""


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
    place: dict[str, int] = {}
    for line in lines:
        place.setdefault(line.text, len(place))
    for name, kept in (("odd", 0), ("even", 1)):
        table = fit([line for line in lines if place[line.text] % 2 == kept])
        rest = list({line.text: line for line in lines if place[line.text] % 2 != kept}.values())
        print(f"points from {name} lines, measured on the others:")
        print(_figures(rest, with_table(rules, table)))
    table = fit(lines)
    folder = ROOT / "weighed"
    for name, text in as_csv(table, spelled(lines)).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    _write_start(folder / "rules.yaml", table.start)
    print(f"{len(table.points)} entries in {folder}")


def fit(lines: Sequence[Line], most: int = MOST) -> Table:
    """Points for the entries that tell the levels apart best."""
    count = Counter(entry for line in lines for entry in line.found)
    words = Counter(word for line in lines for word in line.found if word[0].isalnum() and " " not in word)
    common = {word for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0]))[:COMMON]} - TELLING
    seen = [e for e, n in sorted(count.items()) if n >= SEEN and not all(part in common for part in e.split())]
    hits = [hit for hit, n in sorted(Counter(hit for line in lines for hit in line.hits).items()) if n >= SEEN]
    goal = np.array([0 if line.level == "GREEN" else 1 + LEVELS.index(line.level) for line in lines], dtype=np.int64)
    telling = np.log(len(lines) / np.array([count[entry] for entry in seen])) / 4
    chosen, telling_most = seen, telling
    if len(seen) > most:
        rough, _ = _fit(lines, seen, telling, hits, goal)
        often = np.sqrt(np.array([count[entry] for entry in seen]))
        worth = np.abs(rough[: len(seen)]).sum(axis=1) * telling * often
        best = np.sort(np.argsort(-worth, kind="stable")[:most])
        chosen, telling_most = [seen[at] for at in best], telling[best]
    fine, start = _fit(lines, chosen, telling_most, hits, goal)
    scale = np.concatenate([telling_most * SPREAD, np.full(len(hits), OF_PATTERNS)])
    points = np.rint(fine * scale[:, None] * SCALE).astype(int)
    table = {e: tuple(int(p) for p in row) for e, row in zip((*chosen, *hits), points, strict=True) if row.any()}
    return Table(table, tuple(round(float(one) * SCALE) for one in start))


def _fit(
    lines: Sequence[Line], chosen: Sequence[str], telling: Floats, hits: Sequence[str], goal: Ints
) -> tuple[Floats, Floats]:
    """Weights by entry (those of the patterns last) and level, and the starts. Rare entries tell more."""
    place = {entry: at for at, entry in enumerate(chosen)}
    place_of_hit = {hit: len(chosen) + at for at, hit in enumerate(hits)}
    columns: list[int] = []
    starts = [0]
    values: list[Floats] = []
    for line in lines:
        found = [place[entry] for entry in line.found if entry in place]
        values.append(telling[found] * SPREAD / np.sqrt(len(found) + 1.0))
        spoken = [place_of_hit[hit] for hit in line.hits if hit in place_of_hit]
        values.append(np.full(len(spoken), OF_PATTERNS))
        columns += found + spoken
        starts.append(len(columns))
    return logistic(
        columns,
        starts,
        np.concatenate(values),
        width=len(chosen) + len(hits),
        goal=goal,
        worth=[line.worth for line in lines],
        c=C,
        rounds=ROUNDS,
    )


def with_table(rules: RuleSet, table: Table) -> RuleSet:
    """The rules with other points."""
    firsts = frozenset(entry.split()[0] for entry in table.points if " " in entry and entry[0] != "+")
    return replace(rules, weighed=replace(rules.weighed, points=table.points, firsts=firsts, start=table.start))


def spelled(lines: Iterable[Line]) -> dict[str, str]:
    """For each stem the whole word that stands for it most often."""
    forms: dict[str, Counter[str]] = {}
    for line in lines:
        for word in line.counted.split():
            forms.setdefault(stem(word), Counter())[word] += 1
    return {bare: min(found, key=lambda word: (-found[word], word)) for bare, found in forms.items()}


def as_csv(table: Table, words: dict[str, str]) -> dict[str, str]:
    """The tables as text: words (groups first, then by the alphabet), pieces, and what the patterns found."""
    rows: dict[str, dict[str, Points]] = {name: {} for name in TABLES}
    for entry, points in table.points.items():
        kind = {"#": "pieces", "+": "patterns"}.get(entry[0], "words")
        rows[kind][" ".join(words.get(part, part) for part in entry.split()) if kind == "words" else entry] = points
    return {name: _as_csv(found) for name, found in rows.items()}


def _as_csv(rows: dict[str, Points]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("words", *LEVELS))
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
    ordinary = of(line for line in lines if line.source.startswith(ORDINARY))
    sounding = of(line for line in lines if line.level == "GREEN" and not line.source.startswith(ORDINARY))
    raised = 1 - sum(n for (said, found), n in danger.confusion.items() if said[0] == "R" and found == "GREEN") / max(
        1, sum(n for (said, _), n in danger.confusion.items() if said[0] == "R")
    )
    return (
        f"  RED as RED {danger.recall('RED'):.3f}, raised at all {raised:.3f}; AMBER raised {danger.recall('AMBER'):.3f}; "
        f"false alarms: ordinary {ordinary.false_alarm_rate:.3f}, alarming-sounding {sounding.false_alarm_rate:.3f}"
    )


if __name__ == "__main__":
    main()
