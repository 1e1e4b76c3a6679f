"""All content in one frozen bundle: read once at start-up, refused whole if anything in it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from bot.content.asking import find_topic
from bot.content.checks import read_and_check
from bot.content.living_models import LivingRules
from bot.content.models import (
    AllocationTable,
    Clarify,
    Contact,
    Council,
    GlossaryTerm,
    HelpTopic,
    Questionnaire,
    Stream,
    Who,
    Wording,
)
from bot.content.notices_models import NoticeRules
from bot.content.plan_models import OnCostRates, PlanRules, PlanScript, Story
from bot.content.problems import ContentError
from bot.content.retention_models import Retention
from bot.content.sign_off_models import SignOff
from bot.content.small_budgets_models import SmallBudgets
from bot.content.teams_models import Teams
from bot.content.wording import YOUR_CHILD, Pronouns, fill

ROOT = Path(__file__).parent
DEFAULT_COUNCIL = "exampleshire"


@dataclass(frozen=True, slots=True)
class Content:
    """What families read and what the council set. Nothing in it changes after loading."""

    council: Council
    questionnaires: tuple[Questionnaire, ...]
    tables: tuple[AllocationTable, ...]
    """Every table, also those not in use by the council (for comparison)."""
    texts: Mapping[str, Wording]
    safety_texts: Mapping[str, Wording]
    help: Mapping[str, HelpTopic]
    """Help topics by id."""
    glossary: Mapping[str, GlossaryTerm]
    """Glossary terms by id."""
    clarify: Mapping[str, Clarify]
    """Words for a level in doubt, by question id."""
    national: tuple[Contact, ...]
    """Helplines for the whole of England or the UK."""
    plan_scripts: tuple[PlanScript, ...]
    stories: tuple[Story, ...]
    """Pen pictures of what others did, for somebody who is stuck."""
    on_cost_rates: tuple[OnCostRates, ...]
    """What employing somebody costs beside their pay, oldest first."""
    plan_rules: PlanRules
    """What this council sets for plans."""
    teams: Teams
    """This council's teams of professionals."""
    notice_rules: NoticeRules
    """When families may be written to, and where teams read e-mail."""
    retention: tuple[Retention, ...]
    """How long this council keeps each class of record; nothing is deleted by age on a day for which there is none."""
    living: tuple[LivingRules, ...]
    """What it sets for the time a plan is lived; nothing goes live on a day for which there is none."""
    small_budgets: tuple[SmallBudgets, ...]
    """Its small budgets, by the days they hold; see :mod:`bot.cases.small_budgets`."""
    sign_off: SignOff | None
    """Who may sign decisions; without it nobody can (:mod:`bot.cases.sign_off`)."""

    def questionnaire(self, id: str, version: str | None = None, on: date | None = None) -> Questionnaire:
        """A questionnaire by id; without a version the newest, or the newest in force ``on`` a day. Raises KeyError."""
        found = [q for q in self.questionnaires if q.id == id and version in (None, q.version)]
        if on is not None:
            found = [q for q in found if q.valid_from <= on]
        if not found:
            raise KeyError(id if version is None else f"{id} {version}")
        return max(found, key=lambda q: q.valid_from)

    def table(self, id: str, on: date) -> AllocationTable:
        """The version of a table in force on a day. Raises KeyError outside its dates."""
        for table in self.tables:
            if table.id == id and in_force(table, on):
                return table
        raise KeyError(f"{id} on {on.isoformat()}")

    def table_for(self, stream: Stream, age_pack: str, on: date) -> AllocationTable:
        """The table the council uses for a stream and age pack on a day. Raises KeyError when there is none."""
        for table in self.tables:
            if (
                table.id in self.council.tables
                and table.stream == stream
                and age_pack in table.age_packs
                and in_force(table, on)
            ):
                return table
        raise KeyError(f"no {stream} table for ages {age_pack} on {on.isoformat()}")

    def plan_script(self, id: str, version: str | None = None) -> PlanScript:
        """The prompts for building a plan; without a version the newest. Raises KeyError."""
        found = [script for script in self.plan_scripts if script.id == id and version in (None, script.version)]
        if not found:
            raise KeyError(id if version is None else f"{id} {version}")
        return max(found, key=lambda script: script.valid_from)

    def on_costs(self, on: date) -> OnCostRates:
        """The rates for employing somebody on a day. Raises KeyError where none are known."""
        for rates in self.on_cost_rates:
            if in_force(rates, on):
                return rates
        raise KeyError(f"on-costs on {on.isoformat()}")

    def retention_on(self, on: date) -> Retention:
        """The retention periods in force on a day. Raises KeyError where the council has set none."""
        begun = [rules for rules in self.retention if rules.valid_from <= on]
        if not begun:
            raise KeyError(f"retention periods on {on.isoformat()}")
        return max(begun, key=lambda rules: rules.valid_from)

    def living_rules(self, on: date) -> LivingRules:
        """The council's rules for living a plan on a day. Raises KeyError where it has set none."""
        for rules in self.living:
            if rules.in_force(on):
                return rules
        raise KeyError(f"rules for living a plan on {on.isoformat()}")

    def stories_for(self, section: str) -> tuple[Story, ...]:
        """Stories that may help with a section, such as "P08"."""
        return tuple(story for story in self.stories if section in story.sections)

    def contact(self, id: str) -> Contact:
        """A contact of the council, or a national helpline. Raises KeyError."""
        for contact in (*self.council.contacts, *self.national):
            if contact.id == id:
                return contact
        raise KeyError(id)

    def contacts_out_of_date(self, on: date) -> tuple[Contact, ...]:
        """Contacts of the council, and helplines, that somebody should have checked again before this day."""
        return tuple(contact for contact in (*self.council.contacts, *self.national) if contact.is_out_of_date(on))

    def text(self, key: str, who: Who, **values: object) -> str:
        """A sentence of the assistant, with its gaps filled.

        ``pronouns`` ("he", "she" or "they", which is the default) sets {they}, {them} …; the council's name, team and
        telephone numbers fill themselves; ``name`` is "your child" until it is known. Raises KeyError for an unknown
        key and :class:`bot.content.wording.UnfilledGapError` for a gap that nothing fills.
        """
        return self.fill(self.texts[key].for_(who), **values)

    def safety_text(self, id: str, who: Who = "parent", **values: object) -> str:
        """A fixed safety text, filled in the same way as :meth:`text`."""
        return self.fill(self.safety_texts[id].for_(who), **values)

    def help_for(self, intent: str) -> HelpTopic | None:
        """The answer to an intent, or None when content holds none."""
        return next((topic for topic in self.help.values() if intent in topic.intents), None)

    def help_asked(self, text: str) -> HelpTopic | None:
        """The help topic that a question about the plan names in its own words ("what if the money runs out?")."""
        return find_topic(self.help.values(), text)

    def fill(self, wording: str, **values: object) -> str:
        """Fill the gaps of any content, such as a level's label. See :meth:`text`."""
        pronouns = cast(Pronouns, values.pop("pronouns", None) or "they")
        values["name"] = values.get("name") or YOUR_CHILD
        return fill(wording, self._council_values() | values, pronouns)

    def _council_values(self) -> dict[str, Any]:
        phones = {f"{contact.id}_phone": contact.phone for contact in self.council.contacts if contact.phone}
        return phones | {
            "council": self.council.name,
            "team": self.council.team,
            "reply_within": self.council.reply_within,
            "how_to_disagree": self.council.how_to_disagree,
            "complaints": self.council.complaints,
        }


def in_force(dated: AllocationTable | OnCostRates, on: date) -> bool:
    """Whether a table or rates hold on a day; both ends of their dates are included."""
    return dated.valid_from <= on and (dated.valid_to is None or on <= dated.valid_to)


def load(root: Path = ROOT, council: str = DEFAULT_COUNCIL) -> Content:
    """Read and check everything under ``root``. Raises ContentError naming file, line and remedy for each problem.

    What comes with Sevensteps is read once in a process; another folder is read each time.
    """
    return _own(council) if root == ROOT else _read(root, council)


@cache
def _own(council: str) -> Content:
    return _read(ROOT, council)


def _read(root: Path, council: str) -> Content:
    files, problems = read_and_check(root)
    if problems:
        raise ContentError(problems)
    councils = {source.model.id: source.model for source in files.councils}
    plan_rules = {source.model.council: source.model for source in files.plan_rules}
    return Content(
        council=councils[council],
        questionnaires=tuple(source.model for source in files.questionnaires),
        tables=tuple(source.model for source in files.tables),
        texts=MappingProxyType({k: v for source in files.texts for k, v in source.model.items()}),
        safety_texts=MappingProxyType({k: v for source in files.safety_texts for k, v in source.model.items()}),
        help=MappingProxyType({source.model.id: source.model for source in files.help}),
        glossary=MappingProxyType({t.id: t for source in files.glossary for t in source.model.terms}),
        clarify=MappingProxyType({source.model.question: source.model for source in files.clarify}),
        national=tuple(contact for source in files.national for contact in source.model.contacts),
        plan_scripts=tuple(source.model for source in files.plan_scripts),
        stories=tuple(source.model for source in files.stories),
        on_cost_rates=tuple(sorted((source.model for source in files.on_costs), key=lambda rates: rates.valid_from)),
        plan_rules=plan_rules[council],
        teams=next(source.model for source in files.teams if source.model.council == council),
        notice_rules=next(source.model for source in files.notice_rules if source.model.council == council),
        retention=tuple(source.model for source in files.retention if source.model.council == council),
        living=tuple(source.model for source in files.living if source.model.council == council),
        small_budgets=tuple(source.model for source in files.small_budgets if source.model.council == council),
        sign_off=next((source.model for source in files.sign_off if source.model.council == council), None),
    )
