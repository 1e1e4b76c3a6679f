"""Looking for help near home for a plan: what the talk asked for is looked up, shown, or added as a line."""

from __future__ import annotations

from dataclasses import replace

from actions.services import Services
from bot.interview import Interview, Message, Outcome, Turn
from bot.plans import conversation
from bot.plans.conversation import Now
from bot.plans.directory import Ideas
from bot.plans.directory_line import as_line, in_plan
from bot.plans.directory_needs import Wanted
from bot.plans.directory_words import chosen, details, message, which_cost
from bot.plans.talk import near_home
from bot.plans.talk.scene import Scene


def ideas(services: Services, turn: Turn, outcome: Outcome | None, now: Now) -> Turn:
    """Ideas for what the talk asked; without a directory, or when it is away, a kind sentence and the plan goes on."""
    scene = conversation.scene(services.content, turn.interview, outcome, now)
    wanted = Wanted(
        words=turn.asked,
        today=now.today,
        age=scene.about.age,
        left_pence=scene.sums.left_pence,
        shown=near_home.seen(scene) | in_plan(scene.plan),
    )
    found = services.directory.ideas(wanted) if services.directory is not None else Ideas("none")
    said = message(scene.say, found, now.today)
    if found.status == "unclear":
        return _with(turn, near_home.searching(scene, said.text))
    if not found.suggestions:
        return _with(turn, scene.asking(None), said)
    ids = tuple(suggestion.service.id for suggestion in found.suggestions)
    return _with(turn, near_home.shown(scene, said, ids))


def picked(services: Services, turn: Turn, outcome: Outcome | None, now: Now) -> Turn:
    """One of the ideas: which price is meant is asked where there are several; then it is a line of the plan."""
    scene = conversation.scene(services.content, turn.interview, outcome, now)
    choice = chosen(turn.asked)
    service = services.directory.service(choice[0]) if services.directory is not None and choice else None
    if service is None or choice is None:
        return _with(turn, scene.asking(None), Message("say", scene.say("plan.directory.gone")))
    costs = service.costs(now.today)
    asked = which_cost(scene.say, service, now.today) if choice[1] is None else None
    if asked is not None:
        return _with(turn, near_home.shown(scene, asked, ()))
    number = choice[1] or 0
    line = as_line(service, costs[number] if number < len(costs) else None, now.today)
    added = near_home.add(scene, line, Message("say", details(scene.say, service, now.today)))
    interview: Interview = replace(turn.interview, plan=added.plan)
    return replace(turn, interview=interview, messages=(*turn.messages, *added.messages))


def _with(turn: Turn, scene: Scene, *said: Message) -> Turn:
    return replace(turn, interview=replace(turn.interview, plan=scene.plan), messages=(*turn.messages, *said))
