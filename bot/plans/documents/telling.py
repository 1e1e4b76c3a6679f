"""What every part of a document needs: the plan, the words of content for one reader, and who said what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.content.loader import Content
from bot.content.models import Who, Wording
from bot.content.plan_models import PlanField, PlanScript, PlanSection
from bot.interview.state import About
from bot.plans.documents.clean import clean
from bot.plans.documents.tree import Quote, Value
from bot.plans.model import Entry, Member, Plan, Record, Section

GOAL = "goal"
"""A record's field of this name holds the id of a goal."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a document says that is not in the plan itself."""

    reference: str
    on: date
    """The day the document is made."""
    about: About
    """Whom the plan is for."""
    version: int | None = None
    """Number of the sent version that the plan is; None: it was not sent, or has changed since."""
    agreed: bool = False
    """A named person of the council agreed to this version."""
    example: bool = True
    """The guide amount comes from an example table, or from example questions."""
    in_part: bool = False
    """A named person of the council agreed to a part of this version; the letter says to which."""

    @property
    def decided(self) -> bool:
        """Agreed, whole or in part."""
        return self.agreed or self.in_part


@dataclass(frozen=True)
class Telling:
    """One plan told to one reader."""

    content: Content
    plan: Plan
    cover: Cover
    who: Who
    always_name: bool = False
    """Say after every quote who said it (the officer's view); else only where it is not the one who speaks throughout."""

    def say(self, key: str, **values: object) -> str:
        """A text of content, by its key."""
        return self.content.text(key, self.who, **self._child(), **values)

    def of(self, wording: Wording) -> str:
        """A label or title of the script."""
        return self.content.fill(wording.for_(self.who), **self._child())

    @cached_property
    def script(self) -> PlanScript:
        """The version of the prompts that the plan was begun with."""
        name, _, version = self.plan.script.partition("/")
        return self.content.plan_script(name, version)

    def section(self, code: str) -> PlanSection:
        """The script's section."""
        return self.script.section(code)

    def said(self, code: str) -> Section:
        """What the plan holds in a section."""
        return self.plan.section(code)

    def day(self, day: date) -> str:
        """ "3 May 2027"."""
        return f"{day.day} {day:%B %Y}"

    def name(self, member_id: str) -> str:
        """What somebody is called in the plan; their role where no name is known."""
        member = self._member(member_id)
        if member is None:
            return self.say("doc.someone")
        if member.name:
            return clean(member.name)
        if member.role == "young_person" and self.cover.about.name:
            return clean(self.cover.about.name)
        role = self.say(f"plan.role.{member.role}")
        return role[:1].upper() + role[1:]

    def is_young(self, member_id: str) -> bool:
        """Whether this is the young person whose plan it is."""
        member = self._member(member_id)
        return member is not None and member.role == "young_person"

    @property
    def one_voice(self) -> bool:
        """Only one person made this plan, so that a quote without a name is theirs."""
        return len(self.plan.members) <= 1

    def quote(self, entry: Entry) -> Quote:
        """An entry, in quotes. The child's own words always say who told them."""
        return self.words(entry.text, entry.by, child=entry.child_said)

    def words(self, text: str, by: str, *, child: bool = False, named: bool = True) -> Quote:
        """Somebody's words about anything. ``named=False`` where it was said just before whose they are."""
        young = self.is_young(by)
        return Quote(clean(text), self._said_by(by, told=child and not young) if named or child else "", child or young)

    def _said_by(self, by: str, *, told: bool) -> str:
        if told:
            return self.say("doc.told_by", words=self.name(by))
        return "" if self.one_voice and not self.always_name else self.name(by)

    def goal_name(self, number: int) -> str:
        """ "Goal 2": by the place of a goal's record among the goals; empty for a record that is none."""
        ids = [goal.id for goal in self.plan.goals()]
        return self.say("doc.goal", count=ids.index(number) + 1) if number in ids else ""

    def value(self, field: PlanField, record: Record, said: str) -> Value:
        """A record's value: the label of what was picked, a goal by its number, else own words in quotes."""
        if field.id == GOAL and said.isdecimal() and (goal := self.goal_name(int(said))):
            return goal
        return self.picked(field, said) or self.words(said, record.by, child=field.child_says, named=False)

    def picked(self, field: PlanField, said: str) -> str:
        """The label of a picked option; empty for own words."""
        return next((self.of(choice.label) for choice in field.options if choice.id == said), "")

    def _member(self, member_id: str) -> Member | None:
        return next((member for member in self.plan.members if member.id == member_id), None)

    def _child(self) -> dict[str, object]:
        about = self.cover.about
        return {"name": clean(about.name or ""), "pronouns": about.pronoun, "age": about.age}
