"""Which section comes next for a person, how far they are, and what is left. Computed, never stored."""

from __future__ import annotations

from bot.content.plan_models import PlanSection
from bot.plans.model import Plan
from bot.plans.talk.scene import Scene

CHECK = "P19"
START = "P00"


def codes(scene: Scene) -> tuple[str, ...]:
    """Every section of the script in order."""
    return tuple(section.id for section in scene.script.sections)


def is_filled(plan: Plan, code: str) -> bool:
    """Whether anything stands in a section, by whoever."""
    section = plan.section(code)
    if section.entries or section.records:
        return True
    if code in ("P10", "P11"):
        return bool(plan.lines)
    return code == "P12" and bool(plan.lines) and all(line.managed_by is not None for line in plan.lines)


def is_closed(scene: Scene, code: str) -> bool:
    """Whether the speaker is through with a section for now."""
    return scene.place.progress.get(code) in ("done", "skipped", "later")


def current(scene: Scene) -> str:
    """The section the speaker is at: where they went to, else their first open one, else the check."""
    place = scene.place
    if place.cursor is not None:
        return place.cursor
    return next((code for code in codes(scene) if code != CHECK and not is_closed(scene, code)), CHECK)


def previous(scene: Scene) -> str | None:
    """The section before the current one; None at the first."""
    order = codes(scene)
    index = order.index(current(scene))
    return order[index - 1] if index else None


def position(scene: Scene) -> tuple[int, int]:
    """Number of the current section among those counted (0 at the start), and how many there are: "5 of 19"."""
    numbered = scene.script.numbered
    code = current(scene)
    return (numbered.index(code) + 1 if code in numbered else 0, len(numbered))


def left(scene: Scene) -> tuple[PlanSection, ...]:
    """Sections in which nothing stands yet, the check left out."""
    return tuple(
        section
        for section in scene.script.sections
        if section.id not in (START, CHECK) and not is_filled(scene.plan, section.id)
    )
