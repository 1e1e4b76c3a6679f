"""The development sets of plan lines are read as well as they were when the rules were last worked on: none may fall back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.understanding.evaluate_lines import Items
from bot.understanding.lines import read_lines

SETS = Path(__file__).resolve().parents[2] / "data" / "lines"

FULLY_RIGHT = {
    "dev": 759,  # of 762
    "dev-2": 310,  # of 320
    "dev-3": 450,  # of 455
    "dev-4": 369,  # of 384
    "dev-5": 213,  # of 220
    "dev-6": 215,  # of 220
    "dev-7": 185,  # of 190
    "dev-8": 180,  # of 190
    "dev-9": 184,  # of 190
    "dev-10": 183,  # of 190
    "dev-11": 185,  # of 190
    "dev-12": 181,  # of 190
    "dev-13": 184,  # of 190
    "dev-14": 177,  # of 190
    "dev-15": 167,  # of 190
    "dev-16": 146,  # of 190
    "chatter-1": 92,  # of 150
    "chatter-2": 44,  # of 75
    "chatter-3": 151,  # of 200
    "chatter-4": 123,  # of 200
    "chatter-5": 124,  # of 195
    "chatter-6": 113,  # of 195
    "talk-1": 247,  # of 260
    "talk-2": 124,  # of 129
    "talk-3": 210,  # of 225
    "talk-4": 288,  # of 300
    "wishes-1": 161,  # of 210
    "wishes-2": 236,  # of 337
}
"""Messages of each set that are read fully right."""


@pytest.mark.parametrize(("name", "least"), FULLY_RIGHT.items())
def test_a_development_set_is_read_as_well_as_before(name: str, least: int) -> None:
    items = Items()
    rows = [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        items.add(row, {"items": [item.to_json() for item in read_lines(row["text"])]})
    report = items.report()
    assert report is not None
    assert round(report["fully_right"] * len(rows)) >= least


def test_every_development_set_has_its_floor() -> None:
    assert {path.stem for path in SETS.glob("*.jsonl")} == set(FULLY_RIGHT)
