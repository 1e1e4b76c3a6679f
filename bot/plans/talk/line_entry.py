"""Lines of the plan out of what the reader found in plain talk."""

from __future__ import annotations

from bot.plans.model import Line
from bot.plans.talk.keeping import put_lines
from bot.plans.talk.prompts import short
from bot.plans.talk.scene import Scene
from bot.understanding.line_item import LineItem
from bot.understanding.lines import read_lines

COSTS = "P11"
MOST_LINES = 60
"""Lines that a plan holds; beyond, words are kept and a person is offered."""


def add_from(
    scene: Scene, text: str, *, only_priced: bool = False, asked: bool = False
) -> tuple[Scene, tuple[int, ...]]:
    """The lines of a text; where it names no money and no times, the whole of it is what is wanted. ``asked``: the family
    said that it is."""
    items = read_lines(text, asked=asked)
    lines = [as_line(item) for item in items if item.what and not (only_priced and item.unit_cost_pence is None)]
    if not lines and not only_priced:
        what = items[0].what if items and items[0].what else text.strip()
        lines = [Line(0, short(what, 120), "", missing=items[0].missing if items else ("amount", "how_often"))]
    return put_lines(scene, lines[: MOST_LINES - len(scene.plan.lines)])


def as_line(item: LineItem) -> Line:
    """A line as the plan keeps it."""
    settled = item.weeks is not None or item.months is not None or item.season is not None
    return Line(
        0,
        item.what,
        "",
        unit_cost_pence=item.unit_cost_pence,
        unit="mile" if item.miles else item.unit,
        quantity=item.quantity,
        per=item.per,
        times=item.times_a_year if settled else None,
        missing=item.missing,
        kind="person" if item.worker else "other",
        notes="",
    )
