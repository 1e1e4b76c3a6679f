"""What a support plan is: sections in people's own words, goals and other records, costed lines, and where the talk stands.

Nothing derived is kept: totals, readiness and progress are computed from this. Every word has a speaker, and a child's
own words are marked as theirs. Money is integer pence; a quantity is an exact fraction ("2.5" hours); dates are explicit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

Role = Literal["parent", "young_person", "grandparent", "carer", "worker"]
"""As :data:`bot.interview.state.Respondent`, and a professional."""

Unit = Literal["hour", "day", "night", "week", "fortnight", "month", "term", "year", "session", "mile", "one-off"]
Per = Literal["day", "week", "fortnight", "month", "term", "year", "once"]
Manager = Literal["direct_payment", "third_party", "council"]
"""Who looks after the money of a line; a plan with more than one of them is a mix (domain notes 1.7)."""

Kind = Literal["person", "activity", "equipment", "break", "travel", "other"]
Checks = Literal["wanted", "applied", "seen", "not_needed"]
"""Of a DBS check and references for a person who is paid."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who takes part in making the plan. The first one started it."""

    id: str
    """"m1", "m2" …; opaque to families."""
    role: Role
    name: str
    """What this person is called in the plan: "Mum", "Sam"; empty until known."""
    apart: bool = False
    """Answers on their own: does not see the others' words until the check page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something said in a section, in somebody's own words. Never rewritten; a correction replaces it by a new one."""

    id: int
    field: str
    """What it answers: "main" for the section's own prompt, else the id of the follow-up."""
    text: str
    by: str
    """Member id of who said or typed it."""
    child_said: bool = False
    """These are the child's own words, told by ``by``; shown in quotes with both named."""
    wish: str = ""
    """The service words that were turned round to reach this ("respite every month"); both are kept."""
    filed: bool = False
    """Put here from a pasted page, and read back."""


@dataclass(frozen=True, slots=True)
class Record:
    """One goal, risk, action, decision, person …: values by the field ids of its section's content."""

    id: int
    by: str
    values: Mapping[str, str] = field(default_factory=dict)
    """A date is kept as the person's own words under "when", and as ISO text under "when_date" where it is certain."""

    def get(self, name: str) -> str:
        """The value of a field; empty when it was not given."""
        return self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class Section:
    """What is known in one section, P00 to P18, by everybody who takes part."""

    entries: tuple[Entry, ...] = ()
    records: tuple[Record, ...] = ()
    entries_laid_aside: tuple[Entry, ...] = ()
    """Words that their speaker replaced or took out. Kept for the record, shown in no document."""
    records_laid_aside: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the plan spends on, or one help that costs nothing."""

    id: int
    what: str
    """In the family's own words."""
    by: str
    unit_cost_pence: int | None = None
    """None while it is not known; 0 for help that costs nothing."""
    unit: Unit | None = None
    quantity: Fraction | None = None
    """How many units in each ``per``: 3 hours a week is quantity 3, per "week"."""
    per: Per | None = None
    times: Fraction | None = None
    """How many ``per`` in a year, where said or known: 39 weeks in term time, 13 in the holidays; None means all year."""
    missing: tuple[str, ...] = ()
    """What is still to be asked about it, by the codes of :mod:`bot.understanding.line_item`."""
    goal: int | None = None
    """Record id of the goal (P08) that it serves."""
    kind: Kind = "other"
    supplier: str = ""
    employed: bool | None = None
    """The family employs this person themselves, so that on-costs are added."""
    managed_by: Manager | None = None
    stream: str = "social_care"
    checks: Checks | None = None
    """Of a paid person: DBS and references."""
    source: str = ""
    """Where the cost came from: "" the family's own words, else a directory service's id and the date it was checked."""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who may see the plan, and the family's yes to sending it."""

    who: tuple[str, ...] = ()
    """"team", "school", "health", "social_worker" …: values of the council's content."""
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One version that was sent. Its content is kept unchanged by the store under this number."""

    version: int
    at: datetime
    fingerprint: str
    """SHA-256 of the plan as sent."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked last inside a section and waits for an answer."""

    kind: str
    """See :mod:`bot.plans.talk`."""
    name: str = ""
    """Field id, missing code or option asked for."""
    target: int | None = None
    """Record or line id."""
    waiting: tuple[int, ...] = ()
    """Line or record ids still to be asked about after this one."""
    words: str = ""


Progress = Literal["started", "done", "skipped", "later"]
Aside = Literal["later", "meanwhile"]
"""later: until the person picks it again. meanwhile: until they are through with the part of the plan that they went to."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one member stands: two people may work on one plan at the same time, each at their own place."""

    cursor: str | None = None
    """The section this member went to; None means their first open one."""
    exchange: Exchange | None = None
    progress: Mapping[str, Progress] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Follow-ups that were asked, by section or record ("P03", "P08/7"): never more than two."""
    tries: int = 0
    """How often in a row nothing came to mind, or the words were not understood."""
    aside: Mapping[str, Aside] = field(default_factory=dict)
    """What waits for an answer (:mod:`bot.plans.after`) and was gone round, by its key."""
    after: Exchange | None = None
    """Where this member is in what waits."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A support plan in the making, and after it was sent."""

    script: str
    """Version of the plan prompts it was begun with, e.g. "default-plan/1"."""
    begun: date
    members: tuple[Member, ...] = ()
    sections: Mapping[str, Section] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    lines_laid_aside: tuple[Line, ...] = ()
    over_reason: str = ""
    """"We think we need more because …", when the lines come to more than the guide amount."""
    sharing: Sharing = Sharing()
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each member stands, by member id."""
    sent: tuple[Sent, ...] = ()
    changed_since_sent: bool = False
    based_on: str = ""
    """Reference and version of last year's plan that this one started from."""
    next_id: int = 1

    def section(self, code: str) -> Section:
        """The section with this code; an empty one when nothing was said in it."""
        return self.sections.get(code) or Section()

    def member(self, member_id: str) -> Member:
        """Raises KeyError."""
        for member in self.members:
            if member.id == member_id:
                return member
        raise KeyError(member_id)

    def line(self, line_id: int) -> Line:
        """Raises KeyError."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise KeyError(line_id)

    def place(self, member_id: str) -> Place:
        """Where this member stands; at the start when they have not begun."""
        return self.places.get(member_id) or Place()

    def goals(self) -> tuple[Record, ...]:
        """What the family wants to happen (P08), in the order they said it."""
        return self.section("P08").records

    def with_section(self, code: str, section: Section) -> Plan:
        """This plan with one section replaced."""
        return replace(self, sections={**self.sections, code: section})

    def with_line(self, line: Line) -> Plan:
        """This plan with one line added, or replaced where its id is there already."""
        if any(known.id == line.id for known in self.lines):
            return replace(self, lines=tuple(line if known.id == line.id else known for known in self.lines))
        return replace(self, lines=(*self.lines, line))
