"""P12, who looks after the money: the four ways and what each asks of the family, for every line; never "you cannot"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from bot.content.plan_models import PlanSection
from bot.interview.messages import Message, Option
from bot.plans.model import Exchange, Line, Manager
from bot.plans.talk.keeping import add_entry
from bot.plans.talk.own_words import go_on
from bot.plans.talk.prompts import question, say, short
from bot.plans.talk.scene import CHOICE, Scene, option_list
from bot.plans.talk.turn import PlanTurn

CODE = "P12"
FROM_AGE = 16
"""From 16 a young person can choose how the money is managed (domain notes 1.7 no. 106 and 4)."""


def paid_lines(scene: Scene) -> tuple[Line, ...]:
    """Lines that cost something, or whose cost is not known yet."""
    return tuple(line for line in scene.plan.lines if line.unit_cost_pence != 0)


def prompt(scene: Scene, section: PlanSection) -> Message:
    """The four ways, each in a sentence; more about each is one choice away."""
    first = len(scene.script.money_ways) + 1
    more = (
        Option("plan.money_more", scene.say("option.plan.money_more"), first),
        Option("plan.skip", scene.say("option.plan.skip"), first + 1),
    )
    own_choice = scene.say("plan.money_16") if (scene.about.age or 0) >= FROM_AGE else ""
    return question(scene, scene.of(section.ask), own_choice, options=(*_ways(scene), *more))


def _ways(scene: Scene, *, mix: bool = True) -> tuple[Option, ...]:
    ways = [way for way in scene.script.money_ways if mix or way.id != "mix"]
    return tuple(
        Option(f"{CHOICE}way.{way.id}", way.title, number, hint=scene.of(way.text))
        for number, way in enumerate(ways, 1)
    )


def take(scene: Scene, text: str, choice: str | None) -> PlanTurn:
    """One way for everything, a mix line by line, or own words that a person will read."""
    if choice == "plan.money_more":
        said = "\n\n".join(f"{way.title}\n{scene.of(way.asks_of_you)}" for way in scene.script.money_ways)
        return scene.turn(Message("say", said))
    if choice is None:
        scene = add_entry(scene, CODE, "main", text)
        if (meant := way_said(text)) is None:
            return _help_wanted(scene)
        choice = f"{CHOICE}way.{meant}"
    way = choice.removeprefix(f"{CHOICE}way.")
    scene = add_entry(scene, CODE, "way", way)
    lines = paid_lines(scene)
    if way == "mix" and lines:
        return scene.asking(Exchange("manager", target=lines[0].id, waiting=tuple(line.id for line in lines[1:]))).turn(
            changed=True
        )
    if way != "mix":
        for line in lines:
            scene = scene.with_plan(scene.plan.with_line(replace(line, managed_by=cast(Manager, way))))
    return _employing(scene)


_WAYS = {
    "direct_payment": r"paid (?:straight )?(?:in)?to (?:me|us|my|our)\b|\bdirect payments?\b|\b(?:myself|ourselves)\b",
    "third_party": r"\b(?:a group|an agency|an organisation|a charity|a company|third party|someone else)\b",
    "council": r"\bcouncil\b",
    "mix": r"\b(?:a mix|mixture|some of each|bit of both)\b",
}


def way_said(text: str) -> str | None:
    """The one way that words name; None where they name none or several, or say what is not wanted.

    >>> way_said("I want to have it paid to me"), way_said("not the council please"), way_said("mum can help")
    ('direct_payment', None, None)
    """
    plain = text.lower()
    if re.search(r"\b(?:not|no|never|don't|dont|rather)\b", plain):
        return None
    found = [way for way, words in _WAYS.items() if re.search(words, plain)]
    return found[0] if len(found) == 1 else None


def manager_prompt(scene: Scene, exchange: Exchange) -> Message:
    """Who looks after the money for this one?"""
    line = scene.plan.line(exchange.target or 0)
    return question(scene, scene.say("plan.manager_ask", words=short(line.what)), options=_ways(scene, mix=False))


def take_manager(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """The way for one line; words that are no way are kept with the line as a note."""
    line = scene.plan.line(exchange.target or 0)
    if choice is not None:
        line = replace(line, managed_by=cast(Manager, choice.removeprefix(f"{CHOICE}way.")))
    else:
        line = replace(line, notes=f"{line.notes}\n{text}".strip())
    scene = scene.with_plan(scene.plan.with_line(line))
    if exchange.waiting:
        return scene.asking(Exchange("manager", target=exchange.waiting[0], waiting=exchange.waiting[1:])).turn(
            changed=True
        )
    return _employing(scene)


def _employing(scene: Scene) -> PlanTurn:
    """People paid by direct payment: does the family employ them? It brings on-costs, so it is asked, not guessed."""
    open_lines = [
        line
        for line in paid_lines(scene)
        if line.kind == "person" and line.managed_by != "council" and line.employed is None
    ]
    if open_lines:
        waiting = tuple(line.id for line in open_lines[1:])
        return scene.asking(Exchange("employed", target=open_lines[0].id, waiting=waiting)).turn(changed=True)
    return _checks(scene)


def employed_prompt(scene: Scene, exchange: Exchange) -> Message:
    """Would you employ them yourself?"""
    line = scene.plan.line(exchange.target or 0)
    options = option_list(scene, "plan.employ_self", "plan.employ_other", "plan.employ_unsure")
    return question(scene, scene.say("plan.employ_ask", words=short(line.what)), options=options)


def take_employed(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """Not sure stays open, and the readiness check says so."""
    line = scene.plan.line(exchange.target or 0)
    if choice in ("plan.employ_self", "plan.employ_other"):
        line = replace(line, employed=choice == "plan.employ_self")
    elif choice is None:
        line = replace(line, notes=f"{line.notes}\n{text}".strip())
    scene = scene.with_plan(scene.plan.with_line(line))
    if exchange.waiting:
        return scene.asking(Exchange("employed", target=exchange.waiting[0], waiting=exchange.waiting[1:])).turn(
            changed=True
        )
    return _checks(scene)


def _checks(scene: Scene) -> PlanTurn:
    """DBS and references of each paid person (domain notes 4, P13)."""
    open_lines = [line for line in paid_lines(scene) if line.kind == "person" and line.checks is None]
    if open_lines:
        waiting = tuple(line.id for line in open_lines[1:])
        return scene.asking(Exchange("checks", target=open_lines[0].id, waiting=waiting)).turn(changed=True)
    return _help_wanted(scene)


def checks_prompt(scene: Scene, exchange: Exchange) -> Message:
    """Has a check been thought of?"""
    line = scene.plan.line(exchange.target or 0)
    options = option_list(scene, *(f"plan.checks.{value}" for value in ("wanted", "applied", "seen", "not_needed")))
    return question(scene, scene.say("plan.checks_ask", words=short(line.what)), options=options)


def take_checks(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """What was thought of; own words are kept as a note."""
    line = scene.plan.line(exchange.target or 0)
    if choice is not None:
        line = replace(line, checks=choice.removeprefix("plan.checks."))  # type: ignore[arg-type]
    else:
        line = replace(line, notes=f"{line.notes}\n{text}".strip())
    scene = scene.with_plan(scene.plan.with_line(line))
    if exchange.waiting:
        return scene.asking(Exchange("checks", target=exchange.waiting[0], waiting=exchange.waiting[1:])).turn(
            changed=True
        )
    return _help_wanted(scene)


def pass_one(scene: Scene, exchange: Exchange) -> PlanTurn:
    """One line's question left open; the next line's, or the next question, comes."""
    if exchange.waiting:
        after = Exchange(exchange.kind, target=exchange.waiting[0], waiting=exchange.waiting[1:])
        return scene.asking(after).turn(say(scene, "plan.skipped"))
    return _help_wanted(scene)


def _help_wanted(scene: Scene) -> PlanTurn:
    """The section's follow-ups: help with payroll, an account, employing people."""
    chosen = [entry.text for entry in scene.said(CODE).entries if entry.field == "way"]
    way = next((one.title for one in scene.script.money_ways if chosen and one.id == chosen[-1]), "")
    kept = say(scene, "plan.money_way", words=way) if way else say(scene, "plan.money_kept")
    return go_on(scene.asking(None), CODE, kept)


PROMPTS: dict[str, Callable[[Scene, Exchange], Message]] = {
    "manager": manager_prompt,
    "employed": employed_prompt,
    "checks": checks_prompt,
}
TAKES: dict[str, Callable[[Scene, Exchange, str, str | None], PlanTurn]] = {
    "manager": take_manager,
    "employed": take_employed,
    "checks": take_checks,
}
