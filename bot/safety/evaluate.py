"""How well the screen does on lines with a known level: recall per level, false alarms, and which rules spoke.

Lines are those of contract.md, ``evaluate``: ``text``, optional ``q`` and ``who`` ("parent" or "young_person"), and
``safety`` (a level) with optional ``accept`` (levels that are right as well). Lines without ``safety`` are ordinary
answers: anything but GREEN is a false alarm, save F1 level 3, which starts the carer path by design.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from bot.safety.levels import ORDER, Level, Speaker, is_red, rank
from bot.safety.rules import RuleSet
from bot.safety.screening import screen

_WHO: dict[str, Speaker] = {"parent": "adult", "young_person": "child", "adult": "adult", "child": "child"}


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """What came of the lines of one level."""

    n: int
    exact: int
    accepted: int
    """The level itself, or another that the line accepts."""
    raised: int
    """RED lines that came out RED; AMBER lines that came out at least AMBER; GREEN lines that stayed GREEN."""

    @property
    def recall(self) -> float:
        """Share raised, 0 to 1 (1 when there are no lines)."""
        return self.raised / self.n if self.n else 1.0


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """What one rule did, over all lines."""

    right: int
    """It decided, and raised a line that should be raised."""
    false_alarms: int
    """It decided, and raised a line that should be GREEN."""


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one set of lines."""

    n: int
    levels: Mapping[Level, LevelFigures]
    rules: Mapping[str, RuleFigures]
    confusion: Mapping[tuple[Level, Level], int]
    """(expected, found) and how often."""

    def recall(self, colour: str) -> float:
        """Share of all RED (or AMBER) lines that were raised at least so far."""
        chosen = [figures for level, figures in self.levels.items() if level.startswith(colour)]
        n = sum(figures.n for figures in chosen)
        return sum(figures.raised for figures in chosen) / n if n else 1.0

    @property
    def false_alarm_rate(self) -> float:
        """Share of GREEN lines that were raised."""
        green = self.levels["GREEN"]
        return 1 - green.recall if green.n else 0.0

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "n": self.n,
            "red_recall": self.recall("RED"),
            "amber_recall": self.recall("AMBER"),
            "false_alarm_rate": self.false_alarm_rate,
            "levels": {
                level: {"n": f.n, "exact": f.exact, "accepted": f.accepted, "recall": f.recall}
                for level, f in self.levels.items()
            },
            "rules": {rule: {"right": f.right, "false_alarms": f.false_alarms} for rule, f in self.rules.items()},
            "confusion": [{"expected": e, "found": f, "n": n} for (e, f), n in sorted(self.confusion.items())],
        }


def evaluate(lines: Iterable[Mapping[str, Any]], rules: RuleSet | None = None) -> Report:
    """Screen every line and count.

    >>> report = evaluate([{"text": "he's got a knife", "safety": "RED-A"}, {"text": "sleeps well", "q": "H3", "level": 0}])
    >>> report.recall("RED"), report.false_alarm_rate
    (1.0, 0.0)
    """
    counted: dict[Level, Counter[str]] = {level: Counter() for level in ORDER}
    spoke: dict[str, Counter[str]] = {}
    confusion: Counter[tuple[Level, Level]] = Counter()
    n = 0
    for line in lines:
        expected = expected_level(line)
        if expected is None:
            continue
        n += 1
        found = screen(line["text"], who=_WHO.get(line.get("who") or ""), question=line.get("q"), rules=rules)
        accept = {expected, *line.get("accept", ())} if "safety" in line else {expected}
        counts = counted[expected]
        counts["n"] += 1
        counts["exact"] += found.level == expected
        counts["accepted"] += found.level in accept
        counts["raised"] += raised_enough(expected, found.level)
        confusion[expected, found.level] += 1
        if found.rule_id:
            kind = "false_alarms" if accept == {"GREEN"} else "right"
            spoke.setdefault(found.rule_id, Counter())[kind] += 1
    return Report(
        n=n,
        levels={level: LevelFigures(c["n"], c["exact"], c["accepted"], c["raised"]) for level, c in counted.items()},
        rules={rule: RuleFigures(c["right"], c["false_alarms"]) for rule, c in sorted(spoke.items())},
        confusion=confusion,
    )


def expected_level(line: Mapping[str, Any]) -> Level | None:
    """The level a line should get; None for a line that says nothing about it.

    >>> expected_level({"text": "…", "q": "F1", "level": 3}) is None
    True
    """
    if "safety" in line:
        return cast(Level, line["safety"])
    if "level" in line:
        return None if (line.get("q"), line["level"]) == ("F1", 3) else "GREEN"
    return None


def raised_enough(expected: Level, found: Level) -> bool:
    """Whether a line was raised as far as the targets of the issue ask."""
    if expected == "GREEN":
        return found == "GREEN"
    return is_red(found) if is_red(expected) else rank(found) > 0
