"""What a turn of the plan talk sees: content, the plan, who speaks, the guide amount and the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from bot.content.loader import Content
from bot.content.models import Who, Wording
from bot.content.plan_models import PlanField, PlanRules, PlanScript, PlanSection
from bot.interview.messages import Message, Option
from bot.interview.state import About
from bot.plans.model import Exchange, Member, Place, Plan, Progress, Section
from bot.plans.talk.turn import PlanTurn
from bot.plans.totals import Totals, totals

CHOICE = "plan."
"""Every option value of the plan talk begins with it."""


@dataclass(frozen=True)
class Scene:
    """One member's view of the plan on one day. Immutable; the helpers return changed copies."""

    content: Content
    plan: Plan
    about: About
    """Whom the plan is for, from the interview."""
    speaker: str
    """Member id of who is typing."""
    today: date
    guide_pence: int | None = None
    """The guide amount a year; None where there is none (yet)."""
    reference: str = ""
    asked: tuple[str, ...] | None = None
    """Sections that the route of a small budget asks; None: all of them."""

    @property
    def rules(self) -> PlanRules:
        """What the council sets for plans."""
        return self.content.plan_rules

    @cached_property
    def script(self) -> PlanScript:
        """The version of the prompts that this plan was begun with."""
        name, _, version = self.plan.script.partition("/")
        return self.content.plan_script(name, version)

    @cached_property
    def sums(self) -> Totals:
        """Everything added up, with the rates in force today."""
        try:
            rates = self.content.on_costs(self.today)
        except KeyError:  # no rates for this day: the sums say that they hold none
            rates = None
        return totals(self.plan, self.guide_pence, self.rules, rates)

    @property
    def me(self) -> Member:
        """Who is typing."""
        return self.plan.member(self.speaker)

    @property
    def place(self) -> Place:
        """Where the speaker stands."""
        return self.plan.place(self.speaker)

    @property
    def reader(self) -> Who:
        """Which wording the speaker reads."""
        return "young_person" if self.me.role == "young_person" else "parent"

    def say(self, key: str, **values: object) -> str:
        """A sentence of the assistant, by its key."""
        return self.content.text(key, self.reader, **self._child(), **values)

    def of(self, wording: Wording, **values: object) -> str:
        """Content of the script for this reader. A prompt may name the guide amount."""
        return self.content.fill(wording.for_(self.reader), **self._child(), **values)

    def section(self, code: str) -> PlanSection:
        """The script's section."""
        return self.script.section(code)

    def said(self, code: str) -> Section:
        """What is known in a section."""
        return self.plan.section(code)

    def with_plan(self, plan: Plan) -> Scene:
        """The same scene with another state of the plan."""
        return replace(self, plan=plan)

    def at(self, **changes: object) -> Scene:
        """The speaker's place changed."""
        place = replace(self.place, **changes)  # type: ignore[arg-type]
        return self.with_plan(replace(self.plan, places={**self.plan.places, self.speaker: place}))

    def asking(self, exchange: Exchange | None) -> Scene:
        """An exchange opened or closed; words were understood."""
        return self.at(exchange=exchange, tries=0)

    def progress(self, code: str, value: Progress) -> Scene:
        """A section marked for the speaker."""
        return self.at(progress={**self.place.progress, code: value})

    def turn(self, *messages: Message, changed: bool = False, effects: tuple[str, ...] = ()) -> PlanTurn:
        """The end of a turn."""
        plan = self.plan
        if changed and plan.sent and not plan.changed_since_sent:
            plan = replace(plan, changed_since_sent=True)
        return PlanTurn(plan, messages, effects, changed)  # type: ignore[arg-type]

    def new_id(self) -> tuple[Scene, int]:
        """A number for a new entry, record or line; never used twice in a plan."""
        number = self.plan.next_id
        return self.with_plan(replace(self.plan, next_id=number + 1)), number

    def _child(self) -> Mapping[str, object]:
        return {"name": self.about.name, "pronouns": self.about.pronoun, "age": self.about.age}


def option_list(scene: Scene, *values: str) -> tuple[Option, ...]:
    """Options whose label is the text "option." and the value."""
    return tuple(Option(value, scene.say(f"option.{value}"), number) for number, value in enumerate(values, 1))


def field_options(scene: Scene, field: PlanField) -> tuple[Option, ...]:
    """The options of a follow-up that is a choice."""
    return tuple(
        Option(f"{CHOICE}pick.{choice.id}", scene.of(choice.label), number)
        for number, choice in enumerate(field.options, 1)
    )
