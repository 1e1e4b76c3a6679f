"""Which section comes next for a person, how far they are, and what is left. Computed, never stored."""

from __future__ import annotations

from bot.content.plan_models import PlanSection
from bot.plans.model import Place, Plan
from bot.plans.talk.scene import Scene

CHECK = "P19"
START = "P00"


def codes(scene: Scene) -> tuple[str, ...]:
    """The sections of this plan in the script's order. A small budget asks a part of them; where the speaker went, and
    what somebody filled in without being asked, belongs to the plan all the same."""
    return tuple(section.id for section in scene.script.sections if _belongs(scene, section.id))


def numbered(scene: Scene) -> tuple[str, ...]:
    """Those of them that progress counts."""
    return tuple(code for code in scene.script.numbered if _belongs(scene, code))


def _belongs(scene: Scene, code: str) -> bool:
    asked = scene.asked
    return asked is None or code in asked or code == scene.place.cursor or is_filled(scene.plan, code)


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
    return not _is_open(scene.place, code)


def _is_open(place: Place, code: str) -> bool:
    return place.progress.get(code) not in ("done", "skipped", "later")


def current(scene: Scene) -> str:
    """The section the speaker is at: where they went to, else their first open one, else the check."""
    place = scene.place
    if place.cursor is not None:
        return place.cursor
    # Asked many times in a turn: looks no further than the first that is open.
    order = (section.id for section in scene.script.sections)
    return next((code for code in order if code != CHECK and _is_open(place, code) and _belongs(scene, code)), CHECK)


def previous(scene: Scene) -> str | None:
    """The section before the current one; None at the first."""
    order = codes(scene)
    index = order.index(current(scene))
    return order[index - 1] if index else None


def position(scene: Scene) -> tuple[int, int]:
    """Number of the current section among those counted (0 at the start), and how many there are: "5 of 19"."""
    counted = numbered(scene)
    code = current(scene)
    return (counted.index(code) + 1 if code in counted else 0, len(counted))


def left(scene: Scene) -> tuple[PlanSection, ...]:
    """Sections in which nothing stands yet, the check left out."""
    return tuple(
        section
        for section in scene.script.sections
        if section.id not in (START, CHECK) and not is_filled(scene.plan, section.id) and _belongs(scene, section.id)
    )
