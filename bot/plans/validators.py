"""Other things a worker may ask about (domain notes 4): spending to ask about first, pay, checks, a plan that changes nothing.

They look for whole words, and give a reason; whether it fits, people decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.content.models import Who
from bot.content.plan_models import PlanRules
from bot.interview.words import pounds
from bot.plans.check import Check, check, plain_words
from bot.plans.model import Line, Plan
from bot.plans.totals import Totals

_RELATION = r"(?:mum|mummy|mother|dad|daddy|father|step ?mum|step ?dad|husband|wife|partner|brother|sister|siblings?)"
_WHOSE = r"(?:my|his|her|their|our|the)"
_SAME_HOME = re.compile(
    rf"\b(?:lives? (?:with us|with me|here|at home)|same (?:house|home|household)|live in)\b"
    rf"|\bpay(?:ing)? (?:{_WHOSE} )?(?:{_RELATION}|me|myself)\b"
    rf"|^ ?(?:(?:{_WHOSE} )?{_RELATION}|me|myself)(?: (?:to|for|as|helps?|helping|looking|doing|who|does|gives)\b| ?$)"
)
"""Words for somebody of the same home who is to be paid, not for whom the help makes room ("so that mum can rest")."""

_ALONE = re.compile(
    r"\b(?:alone with|one to one|1 to 1|1 1|overnights?|nights?|sleep ?overs?|sitters?|sitting|babysit\w*|without (?:us|me)"
    r"|while (?:i|we|mum|dad)|so (?:that )?(?:i|we|mum|dad) can|tak(?:e|es|ing) (?:\w+ ){1,3}(?:out|to|swimming|for)"
    r"|(?:goes?|going) out with|pick(?:s|ing)? (?:\w+ )?up|drives?|driving)\b"
)
"""Words for a paid person who may be by themselves with the child."""

_AS_NOW = re.compile(
    r"\b(?:as now|same as (?:now|before|today|last year)|carry on|carries on|as it is|as we have now|still)\b"
)
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "and",
        "or",
        "with",
        "by",
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
        "my",
        "our",
        "we",
        "i",
        "me",
        "him",
        "them",
        "it",
        "is",
        "some",
        "more",
        "new",
    ]
)


def paid_people(plan: Plan) -> tuple[Line, ...]:
    """Lines that pay somebody to be with the child, or to help."""
    return tuple(line for line in plan.lines if line.unit_cost_pence != 0 and (line.kind == "person" or line.employed))


def paid_people_unchecked(plan: Plan) -> Iterator[Check]:
    """A DBS check and references thought about, for each paid person; the more so where they may be alone with the child."""
    noted = any(risk.get("checks") for risk in plan.section("P13").records)
    for line in paid_people(plan):
        alone = bool(_ALONE.search(plain_words(f"{line.what} {line.notes}"))) or line.unit == "night"
        if line.checks is None and not noted:
            name = "alone_not_yet" if alone else "checks_not_yet"
            yield check(6, "not_yet", name, "P13", words=line.what)
        elif line.checks == "not_needed" and alone and not noted:
            yield check(6, "look_at", "alone_not_yet", "P13", words=line.what)


def pay(plan: Plan, rules: PlanRules, totals: Totals) -> Iterator[Check]:
    """An hour that pays less than the law's least for adults, or that is not a usual price."""
    rates = totals.on_costs.rates
    low, high = rules.usual_hourly_pence
    for line in paid_people(plan):
        if line.unit != "hour" or line.unit_cost_pence is None:
            continue
        if rates is not None and line.employed and line.unit_cost_pence < rates.living_wage_hourly_pence:
            least = pounds(rates.living_wage_hourly_pence)
            yield check(4, "look_at", "line_pay_low", "P11", words=line.what, amount=least)
        elif not low <= line.unit_cost_pence <= high:
            yield check(4, "look_at", "line_pay_odd", "P11", words=line.what)


def said_twice(plan: Plan) -> Iterator[Check]:
    """The same thing at the same price as often: perhaps put down twice."""
    seen: dict[tuple[object, ...], int] = {}
    for line in plan.lines:
        same = (
            plain_words(line.what),
            line.unit_cost_pence,
            line.unit,
            line.quantity,
            line.per,
            line.times,
            line.supplier,
        )
        seen[same] = seen.get(same, 0) + 1
        if seen[same] == 2:
            yield check(4, "look_at", "line_twice", "P11", words=line.what)


def ask_first(plan: Plan, rules: PlanRules) -> Iterator[Check]:
    """Kinds of spending that the council's rules list, and paying somebody of the same home. Never a refusal."""
    reader: Who = "young_person" if {member.role for member in plan.members} == {"young_person"} else "parent"
    for line in plan.lines:
        if line.unit_cost_pence == 0:
            continue
        words = plain_words(f"{line.what} . {line.supplier}")
        for spend in rules.ask_first:
            rest = _without(words, spend.not_words)
            if any(_phrase(listed) in rest for listed in spend.words):
                yield check(4, "look_at", "ask_first", "P11", words=line.what, meaning=spend.say.for_(reader))
        if line.kind == "person" and any(_SAME_HOME.search(plain_words(part)) for part in (line.what, line.supplier)):
            meaning = rules.same_household.for_(reader)
            yield check(4, "look_at", "ask_first", "P11", words=line.what, meaning=meaning)


def _without(words: str, phrases: tuple[str, ...]) -> str:
    for phrase in phrases:
        words = words.replace(_phrase(phrase), " ")
    return words


_phrase = cache(plain_words)
"""For phrases of the council's rules alone, which are few: what families write is not kept here."""


def only_the_same(plan: Plan) -> Iterator[Check]:
    """Every paid line says it goes on as now, or is told as help of today in "what is working": a poor plan (seed 002)."""
    today = set(plain_words(" ".join(entry.text for entry in plan.section("P07").entries)).split())
    bought = [line for line in plan.lines if line.unit_cost_pence != 0]
    if bought and all(_as_now(line, today) for line in bought):
        yield check(2, "look_at", "only_the_same", "P10")


def _as_now(line: Line, today: set[str]) -> bool:
    if _AS_NOW.search(plain_words(f"{line.what} {line.notes}")):
        return True
    telling = set(plain_words(line.what).split()) - _SMALL_WORDS
    return bool(telling) and telling <= today
