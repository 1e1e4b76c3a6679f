"""What is known of one interview: facts, answers and where an open exchange stands. Nothing derived is kept here.

The path, the stage and the progress are computed (:mod:`bot.interview.path`); so a changed answer or a changed
age re-opens just what depends on it and loses nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from bot.content.models import Who
from bot.plans.model import Plan
from bot.plans.serialise import plan_from_json, plan_to_json
from bot.understanding.reading import ReadBy

Respondent = Literal["parent", "young_person", "grandparent", "carer"]
Pronoun = Literal["he", "she", "they"]
Status = Literal["answered", "skipped", "not_sure", "varies"]
KeepHelping = Literal["yes", "no", "not_sure"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One accepted answer. ``level`` is None for skipped and not sure: they are never zero."""

    status: Status
    by: Respondent
    level: int | None = None
    hard_level: int | None = None
    """Level on hard days (status "varies")."""
    hard_days: int | None = None
    """Hard days a week, 1 to 7 (status "varies")."""
    words: str = ""
    """The person's own words, when they used words."""
    keep_helping: KeepHelping | None = None
    """Of unpaid help (F3): are they happy to keep doing this?"""
    read_by: ReadBy = "local"
    """Who read the level that the person then said yes to; "local" also where a level was picked."""


@dataclass(frozen=True, slots=True)
class About:
    """Who is answering and about whom. ``age`` in whole years."""

    consent: bool = False
    who: Respondent | None = None
    name: str | None = None
    pronoun: Pronoun = "they"
    age: int | None = None
    family_here: bool | None = None
    """A young person was asked whether a parent or carer is there for the family questions."""


AwaitingKind = Literal[
    "confirm", "between", "earlier", "usual", "hard", "days", "keep_helping", "restart", "restart_again", "change"
]


@dataclass(frozen=True, slots=True)
class Awaiting:
    """An open exchange inside a step: something was read, or asked, and waits for the person."""

    kind: AwaitingKind
    question_id: str | None = None
    level: int | None = None
    second: int | None = None
    hard_level: int | None = None
    hard_days: int | None = None
    confidence: float = 1.0
    words: str = ""
    read_by: ReadBy = "local"


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading for a question that has not come yet: offered when it does ("Earlier you said …")."""

    level: int
    confidence: float
    words: str
    hard_level: int | None = None
    hard_days: int | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """The whole state of one interview, as stored with the draft."""

    questionnaire: str
    version: str
    about: About = About()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    cursor: str | None = None
    """The step a person went back to; None means the first open step of the path."""
    awaiting: Awaiting | None = None
    kept: Mapping[str, Kept] = field(default_factory=dict)
    held: Mapping[str, str] = field(default_factory=dict)
    """Own words by question code that were read wrongly there: they go with the answer that is chosen instead."""
    tries: int = 0
    """How often in a row the words at this step were not understood."""
    checked: bool = False
    """The check-your-answers page was agreed."""
    finished: bool = False
    """The person read the result and said that is all for now."""
    paused: bool = False
    slow: bool = False
    plan: Plan | None = None
    """The support plan that follows the questions, once it was begun."""
    making: bool = False
    """Whoever began is at the plan, rather than at the questions."""

    @property
    def reader(self) -> Who:
        """Which wording the person reads."""
        return "young_person" if self.about.who == "young_person" else "parent"

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values; the inverse of :func:`interview_from_json`."""
        data = asdict(replace(self, plan=None))
        return data | {"plan": plan_to_json(self.plan) if self.plan else None}

    def with_answer(self, question_id: str, answer: Answer) -> Interview:
        """This interview with one answer set; the check page must be agreed again."""
        return replace(
            self,
            answers={**self.answers, question_id: answer},
            kept={code: kept for code, kept in self.kept.items() if code != question_id},
            held={code: words for code, words in self.held.items() if code != question_id},
            cursor=None,
            awaiting=None,
            tries=0,
            checked=False,
            finished=False,
        )


def interview_from_json(data: Mapping[str, Any]) -> Interview:
    """Rebuild a stored interview. Raises TypeError on unknown fields."""
    awaiting = data.get("awaiting")
    return Interview(
        **{
            **data,
            "about": About(**data["about"]),
            "answers": {code: Answer(**answer) for code, answer in data["answers"].items()},
            "awaiting": Awaiting(**awaiting) if awaiting else None,
            "kept": {code: Kept(**kept) for code, kept in data.get("kept", {}).items()},
            "plan": plan_from_json(data["plan"]) if data.get("plan") else None,
        }
    )
