"""What a message means in the plan talk: an option, words that steer, a question back, or part of the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.plans.talk import questions
from bot.plans.talk.ask import ask
from bot.plans.talk.opening import settled
from bot.plans.talk.order import CHECK, START, current
from bot.plans.talk.own_words import field_of
from bot.plans.talk.rude import is_only_rude
from bot.plans.talk.scene import Scene
from bot.plans.talk.steering_words import PlanCommand, Steer, fold, match, named
from bot.understanding import options
from bot.understanding.reading import Command, Reading

_FEW, SHORT, _QUESTION = 3, 8, 25
"""Words up to which a message can be a command, and a question back; anything longer is part of the plan. One or two
words are a command only where they are exactly one: "team" is somebody's answer, and "a person" may be."""
_SURE = 0.75
_THANKS = re.compile(r"\b(?:thanks?|thankyou|thx|cheers|ta)\b", re.IGNORECASE)
_AT_US = re.compile(r"\W*(?:you|ur|you're|youre|u r|this (?:thing|bot|chat|computer|machine))\b", re.IGNORECASE)
"""Said to the assistant, and not about the child."""
_YES = re.compile(
    r"(?:(?:oh|um|er) )?(?:yes|yeah|yep|yup|ok|okay|sure|of course|there is|there are|i do|we do)(?: (?:please|yes|there is|there are|i do|we do|sure))*"
)
_NO = re.compile(
    r"(?:oh |um |er )?(?:no|nope|nah|none|nothing|no one|nobody)(?: (?:no|thanks|thank you|sorry|not really|he|she|it|they|we|i|has|does|is|are|do|have|"
    r"hasnt|doesnt|isnt|arent|dont|havent|none|nothing|not|that|i|know|of|there))*"
)
"""A plain no, as an answer: "no", "no he doesn't", "none that I know of"."""

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

    kind: Literal["choice", "command", "question", "yes", "rude", "words"]
    """yes: a bare yes to something that wants words. rude: swearing or an insult, and nothing else."""
    text: str = ""
    choice: str | None = None
    command: PlanCommand | None = None
    target: str | None = None
    """Section that a command names."""
    topic: str | None = None
    """Help topic that answers a question back; None where a rule answers it."""


def interpret(scene: Scene, text: str, choice: str | None, understood: Reading) -> PlanReading:
    """A click, else an option that the words pick, else words that steer, else a question back, else part of the plan."""
    if choice is not None:
        return PlanReading("choice", choice=choice)
    scene = settled(scene)
    shown = ask(scene)[-1].options
    count = len(text.split())
    if count <= SHORT and (value := options.match(text, shown)) is not None:
        return PlanReading("choice", text, choice=value)
    answer = understood.command or understood.intent
    if _plain_no(scene, text):
        return PlanReading("words", text)
    if count <= SHORT and answer in ("yes", "no"):
        exchange = scene.place.exchange
        pair = PAIRS.get(exchange.kind if exchange else "", ("plan.yes", "plan.no"))
        value = pair[answer == "no"]
        if any(option.value == value for option in shown):
            return PlanReading("choice", text, choice=value)
        if answer == "no":
            return PlanReading("command", text, command="done")
    if _wants_words(scene) and _YES.fullmatch(fold(text)):
        adds = any(option.value == "plan.add" for option in shown)
        return PlanReading("choice", text, choice="plan.add") if adds else PlanReading("yes", text)
    steer = match(text, scene.script.sections) or _part_named(scene, text)
    not_known = answer == "not_sure" or (steer is not None and steer.command == "idea")
    if count <= SHORT and not_known and any(option.value == UNKNOWN for option in shown):
        return PlanReading("choice", text, choice=UNKNOWN)
    return steered(scene, text, understood, steer)


def steered(scene: Scene, text: str, understood: Reading, steer: Steer | None) -> PlanReading:
    """What a message is that picks no option: words that steer, a question back, else words."""
    count = len(text.split())
    if is_only_rude(text):
        return PlanReading("rude", text)
    if steer is not None:
        return PlanReading("command", text, command=steer.command, target=steer.target)
    if (
        understood.kind == "command"
        and understood.command in COMMANDS
        and count <= SHORT
        and (understood.confidence >= 1 or (count >= _FEW and understood.confidence >= _SURE))
    ):
        return PlanReading("command", text, command=COMMANDS[understood.command])
    if count <= _QUESTION and questions.is_one(text):
        if (topic := questions.topic(scene, text)) is not None:
            return PlanReading("question", text, topic=topic)
        if understood.kind == "question" and understood.confidence >= _SURE:
            return PlanReading("question", text)
    # "he is funny" is somebody's answer, and "Ty" somebody's name: only plain thanks are talk beside the plan
    if understood.kind == "chat" and ((count <= SHORT // 2 and _THANKS.search(text)) or _AT_US.match(text)):
        return PlanReading("question", text)
    return PlanReading("words", text)


def _plain_no(scene: Scene, text: str) -> bool:
    """Whether "no" is the answer: "Does Ty have allergies?", "no" says something, and is put down."""
    exchange = scene.place.exchange
    if exchange is None or exchange.kind != "field" or not _NO.fullmatch(fold(text)):
        return False
    field = field_of(scene.section(current(scene)), exchange.name)
    return not field.options and field.id != "goal" and questions.wants_yes_or_no(scene.of(field.ask))


def _wants_words(scene: Scene) -> bool:
    """Whether the question asks for more than a yes. Who is there today (P00) is answered by it."""
    exchange = scene.place.exchange
    if exchange is None or exchange.kind in ("main", "more", "over", "turned"):
        return current(scene) not in (START, CHECK)
    return exchange.kind == "field" and not ask(scene)[-1].options


def _part_named(scene: Scene, text: str) -> Steer | None:
    """Where a part is asked for, its everyday name alone is enough: "goals", "money"."""
    exchange = scene.place.exchange
    if (exchange is not None and exchange.kind == "which") or (exchange is None and current(scene) == CHECK):
        target = named(fold(text), scene.script.sections)
        return Steer("jump", target) if target else None
    return None


def interrupts(reading: PlanReading) -> bool:
    """Whether a rule should answer this first (a question back), and the talk then ask again."""
    return reading.kind == "question" and reading.topic is None
