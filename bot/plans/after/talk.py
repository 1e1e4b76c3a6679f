"""Talking about what waits: when it comes first, how it is read, and the ways round it that always work."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.messages import Message, Option
from bot.plans.after.matter import OPEN, Matter, Step, Waiting, standing_in
from bot.plans.model import Exchange
from bot.plans.talk import command, pages, questions
from bot.plans.talk.interpret import SHORT, PlanReading, steered
from bot.plans.talk.order import CHECK, current
from bot.plans.talk.prompts import say
from bot.plans.talk.scene import CHOICE, Scene
from bot.plans.talk.steering_words import match
from bot.plans.talk.turn import PlanTurn
from bot.understanding import options
from bot.understanding.reading import Reading

HEARD = "heard"
"""Where somebody is in a matter who has heard what it is about, and no more."""

_IN_PASSING = ("repeat", "slower", "help", "person", "pause", "left", "read_back", "differences")
"""Commands of the plan after which the same is asked again."""


def front(scene: Scene, waiting: Waiting) -> Matter | None:
    """What comes before the plan for this speaker, or stands where the plan rests; None while the plan goes on."""
    pressing = (matter for matter in waiting.matters if matter.pressing(scene) and not _aside(scene, matter))
    if (first := next(pressing, None)) is not None:
        return first
    plan = scene.plan
    if not at_rest(scene) or not plan.sent or plan.changed_since_sent:
        return None
    return next((matter for matter in waiting.matters if not matter.pressing(scene)), None)


def at_rest(scene: Scene) -> bool:
    """Whether the speaker is through with the plan for now: at the check, with nothing asked."""
    return current(scene) == CHECK and scene.place.exchange is None


def left_for_later(scene: Scene, waiting: Waiting) -> bool:
    """Whether something waits that this speaker went round, so that the way back is to be offered."""
    return at_rest(scene) and any(matter.pressing(scene) and _aside(scene, matter) for matter in waiting.matters)


def with_way_back(scene: Scene, waiting: Waiting, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """A page of the plan with the option that leads to what was left for later."""
    if not left_for_later(scene, waiting):
        return messages
    *before, prompt = messages
    way = Option(OPEN, scene.say(f"option.{OPEN}"), len(prompt.options) + 1)
    return (*before, replace(prompt, options=(*prompt.options, way)))


def opened_again(scene: Scene) -> PlanTurn:
    """Nothing is left for later any more."""
    return scene.at(aside={}).turn()


def interpret(scene: Scene, matter: Matter, text: str, choice: str | None, understood: Reading) -> PlanReading:
    """As for the plan: a click, an option that the words pick, words that steer, a question back, else words."""
    if choice is not None:
        return PlanReading("choice", choice=choice)
    shown = matter.ask(scene)[-1].options
    count = len(text.split())
    if count <= SHORT and (value := options.match(text, shown)) is not None:
        return PlanReading("choice", text, choice=value)
    answer = understood.command or understood.intent
    if count <= SHORT and answer in ("yes", "no"):
        picked = next((option.value for option in shown if option.value.endswith(f".{answer}")), None)
        return PlanReading("choice", text, choice=picked) if picked else PlanReading("words", text)
    return steered(scene, text, understood, match(text, scene.script.sections))


def advance(scene: Scene, matter: Matter, reading: PlanReading) -> Step:
    """Apply a reading to what waits. What the matter does not take, it is asked about again, or gone round."""
    if standing_in(scene, matter.key) is None:
        scene = scene.at(after=Exchange(HEARD, matter.key))
    if reading.kind == "question" and reading.topic is not None:
        return Step(scene, (questions.answer(scene, reading.topic),))
    if reading.kind == "choice":
        return _choice(scene, matter, reading)
    if (taken := matter.take(scene, reading)) is not None:
        return _kept(taken, matter)
    if reading.kind != "command" or reading.command is None:
        return Step(scene, (say(scene, "after.unclear"),))
    if reading.command in _IN_PASSING:
        return _of_plan(command(scene, reading.command, reading.target), scene)
    match reading.command:
        case "skip" | "later" | "done":
            return later(scene, matter)
        case "jump" | "change" | "invite" | "apart" | "together":
            turn = command(scene, reading.command, reading.target)
            return _kept(replace(_of_plan(turn, scene), meanwhile=True), matter)
        case "check" | "amount":
            turn = command(later(scene, matter).scene, reading.command, reading.target)
            return _of_plan(turn, scene)
        case "back":
            return Step(scene, (say(scene, "after.nothing_before"),))
    return Step(scene, (say(scene, "after.no_hurry"),))


def later(scene: Scene, matter: Matter) -> Step:
    """Left for later: it comes again when the speaker picks it."""
    gone_round = scene.at(aside={**scene.place.aside, matter.key: "later"})
    return Step(gone_round, (say(scene, "after.left_for_later"),))


def _choice(scene: Scene, matter: Matter, reading: PlanReading) -> Step:
    value = reading.choice or ""
    if value.startswith(f"{CHOICE}go."):
        turn = pages.go_to(scene, value.removeprefix(f"{CHOICE}go."))
        return _kept(replace(_of_plan(turn, scene), meanwhile=True), matter)
    if value not in {option.value for option in matter.ask(scene)[-1].options}:
        return Step(scene, (Message("error", scene.say("choice.unknown")),))
    taken = matter.take(scene, reading)
    if taken is None:
        return later(scene, matter)
    return _kept(taken, matter)


def _kept(step: Step, matter: Matter) -> Step:
    """Who goes to the plan for a while finds the matter again when they are through."""
    if not step.meanwhile:
        return step
    aside = {**step.scene.place.aside, matter.key: "meanwhile"}
    return replace(step, scene=step.scene.at(aside=aside))


def _of_plan(turn: PlanTurn, scene: Scene) -> Step:
    return Step(scene.with_plan(turn.plan), turn.messages, (), turn.effects)


def _aside(scene: Scene, matter: Matter) -> bool:
    kept = scene.place.aside.get(matter.key)
    return kept == "later" or (kept == "meanwhile" and not at_rest(scene))
