"""Which files there are, and each of them read into its model; nothing here judges what they say together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.content.living_models import LivingRules
from bot.content.models import (
    AllocationTable,
    Clarify,
    Contact,
    Council,
    GlossaryTerm,
    HelpTopic,
    Questionnaire,
    Strict,
    Wording,
)
from bot.content.notices_models import NoticeRules
from bot.content.plan_models import OnCostRates, PlanRules, PlanScript, Story
from bot.content.problems import ContentError, Problem
from bot.content.retention_models import Retention
from bot.content.sign_off_models import SignOff
from bot.content.small_budgets_models import SmallBudgets
from bot.content.teams_models import Teams
from bot.content.yaml_lines import Document, Where, read_yaml


class Contacts(Strict):
    """The shape of ``councils/national.yaml``."""

    contacts: tuple[Contact, ...]


class Glossary(Strict):
    """The shape of ``glossary.yaml``."""

    terms: tuple[GlossaryTerm, ...]


@dataclass(frozen=True, slots=True)
class Source[T]:
    """A model, and the file it came from."""

    document: Document
    model: T


@dataclass(slots=True)
class Files:
    """All content as read, file by file."""

    root: Path
    questionnaires: list[Source[Questionnaire]] = field(default_factory=list)
    tables: list[Source[AllocationTable]] = field(default_factory=list)
    councils: list[Source[Council]] = field(default_factory=list)
    national: list[Source[Contacts]] = field(default_factory=list)
    texts: list[Source[dict[str, Wording]]] = field(default_factory=list)
    safety_texts: list[Source[dict[str, Wording]]] = field(default_factory=list)
    help: list[Source[HelpTopic]] = field(default_factory=list)
    glossary: list[Source[Glossary]] = field(default_factory=list)
    clarify: list[Source[Clarify]] = field(default_factory=list)
    plan_scripts: list[Source[PlanScript]] = field(default_factory=list)
    stories: list[Source[Story]] = field(default_factory=list)
    on_costs: list[Source[OnCostRates]] = field(default_factory=list)
    plan_rules: list[Source[PlanRules]] = field(default_factory=list)
    teams: list[Source[Teams]] = field(default_factory=list)
    living: list[Source[LivingRules]] = field(default_factory=list)
    notice_rules: list[Source[NoticeRules]] = field(default_factory=list)
    retention: list[Source[Retention]] = field(default_factory=list)
    small_budgets: list[Source[SmallBudgets]] = field(default_factory=list)
    sign_off: list[Source[SignOff]] = field(default_factory=list)


def read_all(root: Path) -> tuple[Files, list[Problem]]:
    """Read every content file under ``root``; a file that cannot be read is left out and its problems are listed."""
    files, problems = Files(root), list[Problem]()

    def into[T](pattern: str, shape: type[T], found: list[Source[T]], skip: str = "") -> None:
        for path in sorted(root.glob(pattern)):
            if path.name == skip:
                continue
            try:
                document = read_yaml(path, root)
                found.append(Source(document, parse(document, shape)))
            except ContentError as error:
                problems.extend(error.problems)

    into("questionnaires/*/*.yaml", Questionnaire, files.questionnaires)
    into("tables/*/*.yaml", AllocationTable, files.tables)
    into("councils/*.yaml", Council, files.councils, skip="national.yaml")
    into("councils/national.yaml", Contacts, files.national)
    into("texts/*.yaml", dict[str, Wording], files.texts)
    into("safety_texts.yaml", dict[str, Wording], files.safety_texts)
    into("help/*.yaml", HelpTopic, files.help)
    into("glossary.yaml", Glossary, files.glossary)
    into("clarify/*.yaml", Clarify, files.clarify)
    into("plan/script/*/*.yaml", PlanScript, files.plan_scripts)
    into("plan/stories/*.yaml", Story, files.stories)
    into("plan/on_costs/*.yaml", OnCostRates, files.on_costs)
    into("plan/rules/*.yaml", PlanRules, files.plan_rules)
    into("casework/teams/*.yaml", Teams, files.teams)
    into("casework/living/*.yaml", LivingRules, files.living)
    into("casework/notices/*.yaml", NoticeRules, files.notice_rules)
    into("casework/retention/*.yaml", Retention, files.retention)
    into("casework/small_budgets/*.yaml", SmallBudgets, files.small_budgets)
    into("casework/sign_off/*.yaml", SignOff, files.sign_off)
    return files, problems


def parse[T](document: Document, shape: type[T]) -> T:
    """A file's values as its model. Raises ContentError with a line and a remedy for each value that does not fit."""
    try:
        return TypeAdapter(shape).validate_python(document.data)
    except ValidationError as error:
        raise ContentError([_problem(document, item) for item in error.errors()]) from error


def _problem(document: Document, item: Any) -> Problem:
    where: Where = tuple(item["loc"])
    name, inside = str(where[-1]) if where else "the file", _inside(document, where[:-1])
    match item["type"]:
        case "extra_forbidden":
            what, do = f'unknown key "{name}"{inside}', "Take it out, or check its spelling."
        case "missing" if name in ("parent", "young_person"):
            what = f"the {name.replace('_', '-')} wording is missing{inside}"
            do = "Write it, or write the text once if it suits both readers."
        case "missing":
            what, do = f'"{name}" is missing{inside}', f'Add a line "{name}: …".'
        case "string_too_short":
            what, do = f'"{name}" is empty{inside}', "Write it, or take the line out."
        case "value_error":
            what, do = item["msg"].removeprefix("Value error, "), "Correct it."
        case _:
            what, do = f'"{name}" does not fit{inside}: {item["msg"]}', "Correct the value."
    return document.problem(where, what, do)


def _inside(document: Document, where: Where) -> str:
    """ " in S1, levels, 2": the nearest id above a place, and the keys below it."""
    parts, data = list[str](), document.data
    for key in where:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            break
        has_id = isinstance(data, dict) and ("id" in data or "question" in data)
        parts = [str(data.get("id", data.get("question")))] if has_id else [*parts, str(key)]
    return f" in {', '.join(parts)}" if parts else ""


def wordings(model: Strict, where: Where = ()) -> Iterator[tuple[Where, Wording]]:
    """Every wording inside a model, and where it stands."""
    for name in type(model).model_fields:
        yield from _wordings_in(getattr(model, name), (*where, name))


def _wordings_in(value: object, where: Where) -> Iterator[tuple[Where, Wording]]:
    if isinstance(value, Wording):
        yield where, value
    elif isinstance(value, Strict):
        yield from wordings(value, where)
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _wordings_in(item, (*where, position))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _wordings_in(item, (*where, key))
