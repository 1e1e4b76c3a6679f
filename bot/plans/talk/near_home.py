"""Ideas from near home in the talk. The looking itself is done outside; here is what is asked for, shown and added.

What was found lies in the exchange as it was shown, so that the options of a message stay those of the message, whatever
the directory says a minute later.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from bot.interview.messages import Message, Option
from bot.plans.directory_words import ADD, COST, MORE, NONE
from bot.plans.model import Exchange, Line
from bot.plans.talk.keeping import put_lines
from bot.plans.talk.line_questions import follow
from bot.plans.talk.order import current
from bot.plans.talk.prompts import question, record_text
from bot.plans.talk.scene import Scene
from bot.plans.talk.turn import PlanTurn

NEAR = "plan.near"
_SEEN = "near/seen"


def look(scene: Scene, words: str = "") -> PlanTurn:
    """Ideas are wanted: for the words said, else for what the plan already says is wanted."""
    return replace(scene.turn(effects=("near",)), asked=words or wanted(scene))


def wanted(scene: Scene) -> str:
    """What the family wants, in their own words: their goals, the help they named, what matters to the child."""
    goals = [record_text(goal) for goal in scene.plan.goals()]
    help_named = [entry.text for entry in scene.said("P10").entries]
    likes = [entry.text for code in ("P03", "P01") for entry in scene.said(code).entries]
    return ". ".join(goals + help_named + likes)[:1_000]


def seen(scene: Scene) -> frozenset[str]:
    """Ids of services that were shown here already."""
    return frozenset(scene.place.asked.get(_SEEN, ()))


def shown(scene: Scene, message: Message, ids: tuple[str, ...]) -> Scene:
    """The scene after ideas were shown."""
    kept = json.dumps({"text": message.text, "options": [[one.value, one.label] for one in message.options]})
    asked = {**scene.place.asked, _SEEN: (*scene.place.asked.get(_SEEN, ()), *ids)}
    return scene.at(asked=asked).asking(Exchange("near", words=kept))


def searching(scene: Scene, said: str) -> Scene:
    """What is wanted was not clear: asked for, and the next words are looked for."""
    label = scene.say(f"option.{NONE}")
    return shown(scene, question(scene, said, options=(Option(NONE, label, 1),)), ())


def prompt(scene: Scene, exchange: Exchange) -> Message:
    """The ideas as they were shown."""
    kept = json.loads(exchange.words)
    options = tuple(Option(value, label, number) for number, (value, label) in enumerate(kept["options"], 1))
    return question(scene, kept["text"], options=options)


def take(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """Add one, see more, go on; or words, which are looked for instead."""
    if choice == NONE:
        more = current(scene) in ("P10", "P11") and scene.plan.lines
        return scene.asking(Exchange("more") if more else None).turn()
    if choice == MORE:
        return look(scene)
    if choice is not None and choice.startswith((ADD, COST)):
        return replace(scene.turn(effects=("service",)), asked=choice)
    return look(scene, text)


def add(scene: Scene, line: Line, *before: Message) -> PlanTurn:
    """A line from the directory; what it does not say is asked for like anything else."""
    scene, ids = put_lines(scene.asking(None), (line,))
    if current(scene) not in ("P10", "P11"):
        return scene.turn(*before, changed=True)
    return follow(scene, ids, *before)


PROMPTS: dict[str, Callable[[Scene, Exchange], Message]] = {"near": prompt}
TAKES: dict[str, Callable[[Scene, Exchange, str, str | None], PlanTurn]] = {"near": take}
