"""What a professional can comment on, and what a comment asks for.

A comment is about the whole case, a section of the plan, one line, one goal, or one question, and asks for one of three
things: nothing (a note for colleagues), an answer from the family, or a change to the plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from bot.plans.model import Plan

Asks = Literal["note", "question", "change"]
ASKS: tuple[Asks, ...] = get_args(Asks)
TO_THE_FAMILY: frozenset[Asks] = frozenset({"question", "change"})
"""Those that may go back to the family; a note never does."""

Kind = Literal["case", "section", "line", "goal", "question"]
_TARGET = re.compile(r"case|section\.P[01][0-9]|line\.[1-9][0-9]{0,6}|goal\.[1-9][0-9]{0,6}|question\.[A-Z][0-9]{1,2}")

GOALS, COSTS = "P08", "P11"
MOST_WORDS = 4000
"""Characters of a comment, and of a question to the family."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a comment is about."""

    kind: Kind
    id: str = ""
    """Section code, line id, record id of a goal, or question code; empty for the whole case."""

    @property
    def code(self) -> str:
        """As it is stored and sent: "case", "section.P03", "line.12"."""
        return f"{self.kind}.{self.id}" if self.id else self.kind

    @property
    def section(self) -> str:
        """The section of the plan where a family would change it; empty where that is not in the plan."""
        return {"section": self.id, "line": COSTS, "goal": GOALS}.get(self.kind, "")


def target(code: str) -> Target:
    """Read a target. Raises ValueError.

    >>> target("line.12")
    Target(kind='line', id='12')
    >>> target("goal.0")
    Traceback (most recent call last):
    ...
    ValueError: a comment is about case, section.P03, line.12, goal.7 or question.S1, not 'goal.0'
    """
    if not _TARGET.fullmatch(code):
        raise ValueError(f"a comment is about case, section.P03, line.12, goal.7 or question.S1, not {code[:40]!r}")
    kind, _, number = code.partition(".")
    return Target(kind, number)  # type: ignore[arg-type]  # the pattern names the kinds


def is_there(what: Target, plan: Plan | None, sections: frozenset[str], questions: frozenset[str]) -> bool:
    """Whether the draft has what a comment is to be about. What was laid aside can still be spoken of."""
    match what.kind:
        case "case":
            return True
        case "question":
            return what.id in questions
        case "section":
            return plan is not None and what.id in sections
    if plan is None:
        return False
    if what.kind == "line":
        return any(str(line.id) == what.id for line in (*plan.lines, *plan.lines_laid_aside))
    goals = plan.section(GOALS)
    return any(str(goal.id) == what.id for goal in (*goals.records, *goals.records_laid_aside))
