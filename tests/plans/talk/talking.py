"""Somebody who talks about a plan, without channels or store: says or picks something, and sees what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from bot.content.loader import Content, load
from bot.interview.messages import Message
from bot.interview.state import About
from bot.plans.model import Entry, Line, Member, Plan, Record
from bot.plans.talk import advance, ask, begin, interpret
from bot.plans.talk.interpret import PlanReading
from bot.plans.talk.order import current
from bot.plans.talk.scene import Scene
from bot.understanding import commands
from bot.understanding.reading import Reading

TODAY = date(2026, 11, 22)
CONTENT: Content = load()
TY = About(True, "parent", "Ty", "he", 9)


@dataclass
class Talker:
    """One person at one plan."""

    plan: Plan = field(default_factory=lambda: begin("default-plan/1", "parent", TODAY))
    about: About = TY
    guide: int | None = 505_000
    member: str = "m1"
    last: tuple[Message, ...] = ()
    effects: tuple[str, ...] = ()

    @property
    def scene(self) -> Scene:
        return Scene(CONTENT, self.plan, self.about, self.member, TODAY, self.guide, "EX-7K3M-9Q2P")

    @property
    def prompt(self) -> Message:
        """What is asked now."""
        return ask(self.scene)[-1]

    @property
    def at(self) -> str:
        """The section the person is at."""
        return current(self.scene)

    def say(self, text: str) -> str:
        """Type something; what comes back, without the next question."""
        steering = commands.match(text)
        understood = (
            Reading("command", text, command=steering.command) if steering is not None else Reading("unclear", text)
        )
        return self._take(interpret(self.scene, text, None, understood))

    def pick(self, value: str) -> str:
        """Tap an option of the current question. Fails when it is not there."""
        assert value in [option.value for option in self.prompt.options], [o.value for o in self.prompt.options]
        return self._take(PlanReading("choice", choice=value))

    def go(self, code: str) -> None:
        """Go to a section."""
        self.pick_anyway(f"plan.go.{code}")

    def pick_anyway(self, value: str) -> str:
        """An option that may come from an old page."""
        return self._take(PlanReading("choice", choice=value))

    def _take(self, reading: PlanReading) -> str:
        turn = advance(self.scene, reading)
        self.plan, self.last, self.effects = turn.plan, turn.messages, turn.effects
        return "\n".join(message.text for message in turn.messages)

    def words(self, code: str) -> list[str]:
        """What stands in a section."""
        return [entry.text for entry in self.plan.section(code).entries]

    def entries(self, code: str) -> tuple[Entry, ...]:
        return self.plan.section(code).entries

    def records(self, code: str) -> tuple[Record, ...]:
        return self.plan.section(code).records

    def lines(self) -> tuple[Line, ...]:
        return self.plan.lines

    def as_member(self, member_id: str, role: str, name: str = "") -> Talker:
        """Another person at the same plan."""
        members = self.plan.members
        if all(member.id != member_id for member in members):
            members = (*members, Member(member_id, role, name))  # type: ignore[arg-type]
        return Talker(replace(self.plan, members=members), self.about, self.guide, member_id)
