"""What a message means in the plan talk: an option, words that steer, a question back, or part of the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.plans.talk.ask import ask
from bot.plans.talk.scene import Scene
from bot.plans.talk.steering_words import PlanCommand, match
from bot.understanding import options
from bot.understanding.reading import Command, Reading

_FEW, _SHORT, _QUESTION = 3, 8, 25
"""Words up to which a message can be a command, and a question back; anything longer is part of the plan. One or two
words are a command only where they are exactly one: "team" is somebody's answer, and "a person" may be."""
_SURE = 0.75
_ASKS = re.compile(
    r"\?\s*$|^\W*(?:what|who|why|how|when|where|can|could|do|does|is|are|will|would|should)\b", re.IGNORECASE
)

COMMANDS: dict[Command, PlanCommand] = {
    "back": "back",
    "change": "change",
    "skip": "skip",
    "not_sure": "idea",
    "why": "why",
    "example": "idea",
    "repeat": "repeat",
    "slower": "slower",
    "progress": "left",
    "pause": "pause",
    "person": "person",
    "help": "help",
}
"""What the commands of every step mean here."""

PAIRS: dict[str, tuple[str, str]] = {
    "lines": ("plan.right", "plan.redo"),
    "filed": ("plan.right", "plan.move"),
    "keep_line": ("plan.add_line", "plan.same_line"),
    "move": ("plan.there", "plan.here"),
    "consent": ("plan.send_yes", "plan.send_no"),
}
"""What yes and no mean, where that is not "plan.yes" and "plan.no"."""


UNKNOWN = "plan.unknown"
"""The option that "I don't know" picks where it is offered."""


@dataclass(frozen=True, slots=True)
class PlanReading:
    """One message, understood for the plan."""

    kind: Literal["choice", "command", "question", "words"]
    text: str = ""
    choice: str | None = None
    command: PlanCommand | None = None
    target: str | None = None
    """Section that a command names."""


def interpret(scene: Scene, text: str, choice: str | None, understood: Reading) -> PlanReading:
    """A click, else an option that the words pick, else words that steer, else a question back, else part of the plan."""
    if choice is not None:
        return PlanReading("choice", choice=choice)
    shown = ask(scene)[-1].options
    count = len(text.split())
    if count <= _SHORT and (value := options.match(text, shown)) is not None:
        return PlanReading("choice", text, choice=value)
    answer = understood.command or understood.intent
    if count <= _SHORT and answer in ("yes", "no"):
        exchange = scene.place.exchange
        pair = PAIRS.get(exchange.kind if exchange else "", ("plan.yes", "plan.no"))
        value = pair[answer == "no"]
        if any(option.value == value for option in shown):
            return PlanReading("choice", text, choice=value)
        if answer == "no":
            return PlanReading("command", text, command="done")
    steer = match(text, scene.script.sections)
    not_known = answer == "not_sure" or (steer is not None and steer.command == "idea")
    if count <= _SHORT and not_known and any(option.value == UNKNOWN for option in shown):
        return PlanReading("choice", text, choice=UNKNOWN)
    if steer is not None:
        return PlanReading("command", text, command=steer.command, target=steer.target)
    if (
        understood.kind == "command"
        and understood.command in COMMANDS
        and count <= _SHORT
        and (understood.confidence >= 1 or (count >= _FEW and understood.confidence >= _SURE))
    ):
        return PlanReading("command", text, command=COMMANDS[understood.command])
    if understood.kind == "question" and count <= _QUESTION and understood.confidence >= _SURE and _ASKS.search(text):
        return PlanReading("question", text)
    if understood.kind == "chat" and count <= _SHORT // 2 and understood.intent in ("thanks", "chitchat"):
        return PlanReading("question", text)
    return PlanReading("words", text)


def interrupts(reading: PlanReading) -> bool:
    """Whether a rule should answer this first (a question back), and the talk then ask again."""
    return reading.kind == "question"
