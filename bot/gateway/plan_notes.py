"""What a worker may ask about a plan, by the seven questions that they look at, for a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from bot.content.plan_models import PlanScript
from bot.plans.check import Check, Status


@dataclass(frozen=True, slots=True)
class Note:
    """One finding, in the words the reader reads."""

    status: Status
    text: str
    section: str
    """Where it can be changed, "P08" …"""
    title: str


@dataclass(frozen=True, slots=True)
class Notes:
    """All findings about one of the seven questions."""

    number: int
    question: str
    status: Status
    """ok where all of them are; not_yet where one of them is."""
    words: str
    """The status in words."""
    found: tuple[Note, ...]


def notes(checks: Iterable[Check], script: PlanScript, say: Callable[..., str]) -> tuple[Notes, ...]:
    """Findings by question. ``say`` gives a text of content by its key; the checks come in the questions' order."""
    grouped = []
    for number, of_one in groupby(checks, key=lambda check: check.question):
        found = tuple(
            Note(check.status, say(check.key, **dict(check.values)), check.section, script.section(check.section).title)
            for check in of_one
        )
        statuses = {note.status for note in found}
        status: Status = "not_yet" if "not_yet" in statuses else "look_at" if "look_at" in statuses else "ok"
        grouped.append(Notes(number, say(f"ready.question_{number}"), status, say(f"ready.status_{status}"), found))
    return tuple(grouped)
