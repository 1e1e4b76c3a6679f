"""What waits for a family: matters, in the order of their weight, and the stage that a plan stands at meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.cases.small_budgets import NOBODY_CHOSE, Chosen
from bot.interview.messages import Message
from bot.plans.after.deeds import Deed
from bot.plans.model import Exchange
from bot.plans.talk.interpret import PlanReading
from bot.plans.talk.scene import Scene
from bot.plans.talk.turn import PlanEffect

LATER = "after.later"
"""The option, offered with any matter, to leave it for later."""
OPEN = "after.open"
"""The option that leads back to what was left for later."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a matter made of a reading. The next prompt is not part of it."""

    scene: Scene
    messages: tuple[Message, ...] = ()
    deeds: tuple[Deed, ...] = ()
    effects: tuple[PlanEffect, ...] = ()
    meanwhile: bool = False
    """The speaker goes to the plan for a while, as the scene says where; the matter comes again when they are through."""


class Matter(Protocol):
    """One thing that waits for the family."""

    @property
    def key(self) -> str:
        """Tells it from every other that this family gets, e.g. "returned-2". What was left for later is known by it."""

    @property
    def stage(self) -> str:
        """The stage of contract.md while it is in front."""

    def pressing(self, scene: Scene) -> bool:
        """Whether it comes before everything else for this speaker. One that does not press stands where the plan
        rests: in place of "You sent your plan"."""

    def place(self, scene: Scene) -> str:
        """What is asked now, as a short string: different wherever what is typed would be about something else."""

    def ask(self, scene: Scene) -> tuple[Message, ...]:
        """What is asked now; the last message is the prompt."""

    def take(self, scene: Scene, reading: PlanReading) -> Step | None:
        """What a reading does: an option that was offered, words, or a command with the words it was read from. None
        leaves it to what holds everywhere (:func:`bot.plans.after.talk.advance`)."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that waits for a family, the most important first."""

    matters: tuple[Matter, ...] = ()
    stage: str = ""
    """The stage of contract.md of a plan that was sent and not changed since; empty means "sent"."""
    chosen: Chosen = NOBODY_CHOSE
    """The route of the budget that a professional chose; it decides which sections of the plan are asked."""


NOTHING = Waiting()


def standing_in(scene: Scene, key: str) -> Exchange | None:
    """Where the speaker is in the matter with this key; None until they have said something to it, so that what
    introduces it is said once."""
    after = scene.place.after
    return after if after is not None and after.name == key else None
