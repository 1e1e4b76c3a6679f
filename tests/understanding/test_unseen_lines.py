"""How plan lines are read that nobody tuned against. The floors are what was measured; the target is 90 %."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bot.understanding.evaluate_lines import Items
from bot.understanding.lines import read_lines

UNSEEN = Path(__file__).parent / "unseen" / "lines.jsonl"
LEARNED = sorted((Path(__file__).resolve().parents[2] / "data" / "lines").glob("*.jsonl"))


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_unseen_lines_are_read_right_as_often_as_was_measured() -> None:
    items = Items()
    for row in rows(UNSEEN):
        items.add(row, {"items": [item.to_json() for item in read_lines(row["text"])]})
    report = items.report()
    assert report is not None
    assert report["n"] >= 150
    assert report["figures_right"] >= 0.905
    assert report["fully_right"] >= 0.88
    assert report["lines_right"] >= 0.90
    assert report["lines_read_right"] >= 0.90


def test_no_unseen_line_is_among_those_the_rules_were_made_from() -> None:
    unseen = {plain(row["text"]) for row in rows(UNSEEN)}
    for path in LEARNED:
        assert sum(plain(row["text"]) in unseen for row in rows(path)) == 0, path.name
