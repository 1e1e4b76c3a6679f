"""Measures on labelled lines: how much is read, and how often what is read is right (contract.md, `evaluate`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.understanding.evaluate_lines import Items
from bot.understanding.line_item import PLAN_LINES

Understand = Callable[[str, str | None, str], Mapping[str, Any]]
"""``(text, question, who)`` to the report of :func:`bot.understanding.understand.understand`."""

RED = ("RED-A", "RED-B", "RED-C")


def evaluate(lines: Iterable[Mapping[str, Any]], understand: Understand) -> dict[str, Any]:
    """One report over JSON lines with ``text``, optional ``q`` and ``who``, and one of ``level``, ``intent``, ``safety``,
    ``items`` (plan lines; asked by P11 unless ``q`` says otherwise).

    ``accept`` lists the labels that are right as well. ``level`` null: said while ``q`` is open, and no answer to it. Raises ValueError for a line without a label.
    """
    levels, beside, intents, safety, items = _Levels(), _Beside(), _Intents(), _Safety(), Items()
    for number, line in enumerate(lines, 1):
        question = line.get("q") or (PLAN_LINES[-1] if "items" in line else None)
        report = understand(line["text"], question, line.get("who") or "parent")
        if "level" in line:
            (beside if line["level"] is None else levels).add(line, report)
        elif "intent" in line:
            intents.add(line, report)
        elif "safety" in line:
            safety.add(line, report)
        elif "items" in line:
            items.add(line, report)
        else:
            raise ValueError(f'line {number} has none of "level", "intent", "safety" and "items"')
    parts = {
        "levels": levels.report(),
        "beside": beside.report(),
        "intents": intents.report(),
        "safety": safety.report(),
        "items": items.report(),
    }
    return {name: part for name, part in parts.items() if part is not None}


class _Levels:
    def __init__(self) -> None:
        self.rows: list[tuple[str, int, set[int], int | None]] = []

    def add(self, line: Mapping[str, Any], report: Mapping[str, Any]) -> None:
        read = report["level"] if report["kind"] in ("answer", "safety") else None
        self.rows.append((line.get("q") or "-", line["level"], {line["level"], *line.get("accept", ())}, read))

    def report(self) -> dict[str, Any] | None:
        if not self.rows:
            return None
        by_question, by_label = defaultdict(list), defaultdict(list)
        confusion: dict[str, Counter[str]] = {str(level): Counter() for level in range(4)}
        for row in self.rows:
            by_question[row[0]].append(row)
            by_label[str(row[1])].append(row)
            confusion[str(row[1])]["unclear" if row[3] is None else str(row[3])] += 1
        return {
            **_rates(self.rows),
            "per_question": {code: _rates(rows) for code, rows in sorted(by_question.items())},
            "per_label": {label: _rates(rows) for label, rows in sorted(by_label.items())},
            "confusion": {label: dict(counts) for label, counts in confusion.items()},
        }


class _Beside:
    """Talk that answers nothing: any level read from it is wrong."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()

    def add(self, _: Mapping[str, Any], report: Mapping[str, Any]) -> None:
        read = report["kind"] in ("answer", "safety") and report["level"] is not None
        self.kinds["a level" if read else "two levels" if report.get("between") else report["kind"]] += 1

    def report(self) -> dict[str, Any] | None:
        """``taken_for_a_level``: the share read back as a level; ``offered_two``: in doubt between two."""
        if not self.kinds:
            return None
        every = self.kinds.total()
        return {
            "n": every,
            "taken_for_a_level": _share(self.kinds["a level"], every),
            "offered_two": _share(self.kinds["two levels"], every),
            "confusion": {"no answer": dict(self.kinds.most_common())},
        }


def _rates(rows: list[tuple[str, int, set[int], int | None]]) -> dict[str, Any]:
    read = [row for row in rows if row[3] is not None]
    return {
        "n": len(rows),
        "coverage": _share(len(read), len(rows)),
        "exact": _share(sum(row[3] == row[1] for row in read), len(read)),
        "accuracy": _share(sum(row[3] in row[2] for row in read), len(read)),
        "within_one": _share(
            sum(min(abs(row[3] - a) for a in row[2]) <= 1 for row in read if row[3] is not None), len(read)
        ),
    }


class _Intents:
    def __init__(self) -> None:
        self.rows: list[tuple[str, set[str], str]] = []

    def add(self, line: Mapping[str, Any], report: Mapping[str, Any]) -> None:
        said = report["intent"] or ("answer" if report["kind"] == "answer" else "unclear")
        self.rows.append((line["intent"], {line["intent"], *line.get("accept", ())}, said))

    def report(self) -> dict[str, Any] | None:
        if not self.rows:
            return None
        per_label: dict[str, list[tuple[str, set[str], str]]] = defaultdict(list)
        confusion: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.rows:
            per_label[row[0]].append(row)
            confusion[row[0]][row[2]] += 1
        return {
            **self._rates(self.rows),
            "per_label": {label: self._rates(rows) for label, rows in sorted(per_label.items())},
            "confusion": {label: dict(counts.most_common()) for label, counts in sorted(confusion.items())},
        }

    @staticmethod
    def _rates(rows: list[tuple[str, set[str], str]]) -> dict[str, Any]:
        read = [row for row in rows if row[2] != "unclear"]
        return {
            "n": len(rows),
            "coverage": _share(len(read), len(rows)),
            "accuracy": _share(sum(row[2] in row[1] for row in read), len(read)),
            "exact": _share(sum(row[2] == row[0] for row in read), len(read)),
            "right_of_all": _share(sum(row[2] in row[1] for row in rows), len(rows)),
        }


class _Safety:
    def __init__(self) -> None:
        self.rows: list[tuple[str, set[str], str, str | None]] = []

    def add(self, line: Mapping[str, Any], report: Mapping[str, Any]) -> None:
        raised = report["safety"]
        self.rows.append((line["safety"], {line["safety"], *line.get("accept", ())}, raised["level"], raised["rule"]))

    def report(self) -> dict[str, Any] | None:
        if not self.rows:
            return None
        red = [row for row in self.rows if row[0] in RED]
        amber = [row for row in self.rows if row[0].startswith("AMBER")]
        green = [row for row in self.rows if row[0] == "GREEN"]
        per_level = {}
        for level in sorted({row[0] for row in self.rows}):
            rows = [row for row in self.rows if row[0] == level]
            per_level[level] = {
                "n": len(rows),
                "raised": _share(sum(row[2] != "GREEN" for row in rows), len(rows)),
                "acceptable": _share(sum(row[2] in row[1] for row in rows), len(rows)),
            }
        return {
            "n": len(self.rows),
            "red_recall": _share(sum(row[2] in RED or row[2] in row[1] for row in red), len(red)),
            "amber_recall": _share(sum(row[2] != "GREEN" for row in amber), len(amber)),
            "false_alarm_rate": _share(sum(row[2] not in row[1] for row in green), len(green)),
            "per_level": per_level,
            "per_rule": dict(Counter(row[3] for row in self.rows if row[3]).most_common()),
            "confusion": {
                level: dict(Counter(row[2] for row in self.rows if row[0] == level).most_common())
                for level in sorted({row[0] for row in self.rows})
            },
        }


def _share(part: int, whole: int) -> float | None:
    """A share to four places; None where there is nothing to share."""
    return round(part / whole, 4) if whole else None
