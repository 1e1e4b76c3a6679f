"""Plan content: every section there once and in order, names and cues that tell sections apart, and rates without gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import get_args

from bot.content.files import Files, Source
from bot.content.plan_models import MoneyWay, OnCostRates, PlanField, PlanRules, PlanScript, PlanSection
from bot.content.problems import Problem
from bot.content.yaml_lines import Document, Where

SECTIONS = tuple(f"P{number:02d}" for number in range(20))
FIXED_KINDS = {
    "P00": "start",
    "P08": "records",
    "P10": "help",
    "P11": "lines",
    "P12": "money",
    "P18": "records",
    "P19": "check",
}
"""Sections that the plan talk treats in a way of their own. Each kind has one place, but for words and records."""
OWN_KINDS = {"start", "help", "lines", "money", "check"}
APPROVAL_QUESTIONS = range(1, 8)
KEPT_FIELDS = frozenset({"main", "wish", "way"})
"""Field ids that the plan itself uses: the answer to the prompt, the service words turned round, the money way."""
PLAIN = re.compile(r"[a-z0-9£]+( [a-z0-9£]+)*")
UNSPENT = ("P17", "unspent")
"""The section and field that ask what should happen with money that is not spent."""


def plan_problems(files: Files) -> Iterator[Problem]:
    """What is wrong with scripts, stories, rates and rules, each alone and together."""
    for script in files.plan_scripts:
        yield from _sections(script)
        yield from _fields(script)
        yield from _words(script)
        yield from _money_ways(script)
    yield from _stories(files)
    yield from _rates(files.on_costs)
    yield from _rules(files)


def _sections(source: Source[PlanScript]) -> Iterator[Problem]:
    document, found = source.document, [section.id for section in source.model.sections]
    for code in SECTIONS:
        if found.count(code) != 1:
            yield document.problem(
                ("sections",), f"{code} is there {found.count(code)} times", "Write each of P00 to P19 once."
            )
    if sorted(found) == list(SECTIONS) and found != list(SECTIONS):
        yield document.problem(("sections",), "the sections are not in order", "Put them in order, P00 to P19.")
    for number, section in enumerate(source.model.sections):
        wanted = FIXED_KINDS.get(section.id)
        if section.kind != wanted and (wanted or section.kind in OWN_KINDS):
            yield document.problem(
                ("sections", number, "kind"),
                f"{section.id} is of the kind {section.kind}",
                f"It must be {wanted or 'words or records'}.",
            )
        for position, question in enumerate(section.approval):
            if question not in APPROVAL_QUESTIONS:
                yield document.problem(
                    ("sections", number, "approval", position),
                    f"{section.id} answers approval question {question}",
                    "There are seven: use 1 to 7.",
                )
    answered = {question for section in source.model.sections for question in section.approval}
    for question in APPROVAL_QUESTIONS:
        if question not in answered:
            yield document.problem(("sections",), f"no section answers approval question {question}", "Name it in one.")


def _fields(source: Source[PlanScript]) -> Iterator[Problem]:
    for number, section in enumerate(source.model.sections):
        seen: set[str] = set()
        for where, field in _all_fields(section):
            at: Where = ("sections", number, *where)
            if field.id in seen or field.id in KEPT_FIELDS:
                why = "there twice" if field.id in seen else "used by the plan itself"
                yield source.document.problem(
                    at, f'the field "{field.id}" of {section.id} is {why}', "Give it an id of its own."
                )
            seen.add(field.id)
            for option, count in Counter(option.id for option in field.options).items():
                if count > 1:
                    yield source.document.problem(
                        at, f'{section.id}, {field.id}: the option "{option}" is there twice', "Keep one of them."
                    )
            guesses = [(id, (*at, "guess", id), words) for id, words in field.guess.items()]
            yield from _twice(source.document, guesses)


def _all_fields(section: PlanSection) -> Iterator[tuple[Where, PlanField]]:
    for number, field in enumerate(section.follow_ups):
        yield ("follow_ups", number), field
    for number, field in enumerate(section.record.fields if section.record else ()):
        yield ("record", "fields", number), field


def _words(source: Source[PlanScript]) -> Iterator[Problem]:
    """Words that are matched against what people type: written plainly, and each in one place."""
    script, document = source.model, source.document
    for key in ("names", "headings", "cues"):
        listed = [
            (section.id, ("sections", n, key), getattr(section, key)) for n, section in enumerate(script.sections)
        ]
        yield from _twice(document, listed)
    yield from _twice(
        document, [(wish.id, ("service_words", n, "words"), wish.words) for n, wish in enumerate(script.service_words)]
    )


def _twice(document: Document, listed: Iterable[tuple[str, Where, tuple[str, ...]]]) -> Iterator[Problem]:
    """Words that are not in plain spelling, and words that stand for two things and so for neither."""
    home: dict[str, str] = {}
    for owner, where, phrases in listed:
        for phrase in phrases:
            if not PLAIN.fullmatch(phrase):
                yield document.problem(
                    where,
                    f'"{phrase}" of {owner} is not in plain spelling',
                    "Write lower-case letters, figures and single spaces; leave out apostrophes and hyphens.",
                )
            if phrase in home:
                also = "twice" if home[phrase] == owner else f"in {home[phrase]} too"
                yield document.problem(
                    where,
                    f'"{phrase}" of {owner} is there {also}',
                    "Keep it where it says more; it cannot point to both.",
                )
            home.setdefault(phrase, owner)


def _money_ways(source: Source[PlanScript]) -> Iterator[Problem]:
    found = [way.id for way in source.model.money_ways]
    for id in get_args(MoneyWay.model_fields["id"].annotation):
        if found.count(id) != 1:
            yield source.document.problem(
                ("money_ways",), f'the way "{id}" is there {found.count(id)} times', "A family chooses from all four."
            )
    for choice, count in Counter(choice.id for choice in source.model.sharing).items():
        if count > 1:
            yield source.document.problem(("sharing",), f'"{choice}" is there twice', "Keep one of them.")


def _stories(files: Files) -> Iterator[Problem]:
    for source in files.stories:
        for number, code in enumerate(source.model.sections):
            if code not in SECTIONS:
                yield source.document.problem(
                    ("sections", number), f"{code} is no section of a plan", "Use P00 to P19."
                )
        if not source.model.sections:
            yield source.document.problem(("sections",), "the story is told nowhere", "Name a section.")


def _rates(found: list[Source[OnCostRates]]) -> Iterator[Problem]:
    dated = sorted(found, key=lambda source: source.model.valid_from)
    for source in dated:
        rates, low_high = source.model, source.model.pension_band_yearly_pence
        if rates.valid_to is not None and rates.valid_to < rates.valid_from:
            yield source.document.problem(("valid_to",), "the rates end before they start", "Correct the dates.")
        if low_high[0] > low_high[1]:
            yield source.document.problem(("pension_band_yearly_pence",), "the band is upside down", "Swap the two.")
    for before, after in pairwise(dated):
        last = before.model.valid_to
        if last is None or last >= after.model.valid_from:
            yield after.document.problem(
                ("valid_from",),
                f"two rates hold on {after.model.valid_from.isoformat()}, here and in {before.document.file}",
                "End the earlier ones the day before.",
            )
        elif last + timedelta(days=1) != after.model.valid_from:
            yield after.document.problem(
                ("valid_from",),
                f"no rates hold from {(last + timedelta(days=1)).isoformat()} to the day before these",
                "Start them the day after the earlier ones end.",
            )


def _rules(files: Files) -> Iterator[Problem]:
    councils = {source.model.id for source in files.councils}
    scripts = {source.model.id: source.model for source in files.plan_scripts}
    seen: set[str] = set()
    for source in files.plan_rules:
        rules, document = source.model, source.document
        if rules.council not in councils:
            yield document.problem(("council",), f'there is no council "{rules.council}"', "Correct the id.")
        if rules.council in seen:
            yield document.problem(("council",), f'"{rules.council}" has rules twice', "Keep one file.")
        seen.add(rules.council)
        if rules.usual_hourly_pence[0] > rules.usual_hourly_pence[1]:
            yield document.problem(("usual_hourly_pence",), "the lowest is above the highest", "Swap the two.")
        spends = [(spend.id, ("ask_first", n, "words"), spend.words) for n, spend in enumerate(rules.ask_first)]
        yield from _twice(document, spends)
        if rules.script not in scripts:
            yield document.problem(("script",), f'there is no plan script "{rules.script}"', "Correct the id.")
        else:
            yield from _unspent(document, rules, scripts[rules.script])
    for council in files.councils:
        if council.model.id not in seen:
            yield council.document.problem(
                ("id",), f"{council.model.id} has no rules for plans", f"Write plan/rules/{council.model.id}.yaml."
            )


def _unspent(document: Document, rules: PlanRules, script: PlanScript) -> Iterator[Problem]:
    """What a family picked is stored by its id, so the script has to know each id that the council offers."""
    section = next((section for section in script.sections if section.id == UNSPENT[0]), None)
    field = next((field for field in section.follow_ups if field.id == UNSPENT[1]), None) if section else None
    known = {option.id for option in field.options} if field else set()
    for number, choice in enumerate(rules.unspent):
        if choice.id not in known:
            yield document.problem(
                ("unspent", number),
                f'{script.id} does not offer "{choice.id}" for money not spent',
                f"Add it to the field {UNSPENT[1]} of {UNSPENT[0]}, or take it out.",
            )
