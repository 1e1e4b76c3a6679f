"""Moderation: what the family, the young person and a professional each said, and what a named person agreed.

Nothing is averaged, and nobody's answer is overwritten (domain notes 3.4 A10; seed 001: families tend to say less than
there is, professionals more). Where they differ, a named person agrees on one level and says why; the guide amount is
worked out from the agreed levels once more, beside the family's own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from bot.allocation.points import as_counted
from bot.allocation.request import Answer as AllocationAnswer
from bot.content.models import Question, Questionnaire

Voice = Literal["family", "young_person", "professional"]
"""family: a parent, a grandparent or another carer."""
VOICES: tuple[Voice, ...] = get_args(Voice)

Status = Literal["answered", "skipped", "not_sure", "varies"]

FAR_LEVELS = 2
"""From so many levels apart somebody should talk with the family first (domain notes 3.4 A10)."""
FAR_SCORE = 10
"""The same for the need score of social care, 0 to 100."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says to one question now. ``level`` None: skipped, not sure, or blank; never 0."""

    voice: Voice
    status: Status
    level: int | None = None
    hard_level: int | None = None
    hard_days: int | None = None
    """Days a week, 1 to 7."""

    def counts(self, question: Question, from_days: int) -> int | None:
        """The level that counts: the one on hard days, where those come often enough (domain notes 3.2 rule 8)."""
        hard = self.hard_level if self.hard_days is not None else None
        answer = AllocationAnswer(
            code=question.id,
            level=self.level,
            bad_day_level=hard,
            bad_days_per_week=None if hard is None else self.hard_days,
            by="worker",
        )
        return as_counted(question, answer, from_days).level


@dataclass(frozen=True, slots=True)
class Agreed:
    """The level that a named person agreed on. It is the level that counts, hard days included."""

    level: int
    basis: str
    """Fingerprint of what had been said: see :func:`basis_of`."""


@dataclass(frozen=True, slots=True)
class Side:
    """One question with all that was said to it, side by side."""

    code: str
    scored: bool
    said: tuple[Said, ...]
    """At most one of each voice, in the order of :data:`VOICES`."""
    levels: tuple[tuple[Voice, int], ...]
    """The level that counts of each voice that gave one."""
    basis: str
    agreed: Agreed | None
    """What was agreed over these answers."""
    outdated: Agreed | None
    """What was agreed over other answers: somebody changed theirs since, so it holds no more."""

    @property
    def apart(self) -> int:
        """How many levels lie between the lowest and the highest; 0 where fewer than two voices gave one."""
        found = [level for _, level in self.levels]
        return max(found) - min(found) if found else 0

    @property
    def far(self) -> bool:
        return self.apart >= FAR_LEVELS

    @property
    def differs(self) -> bool:
        """Voices gave other levels; or a professional gave the only one, where the family left it blank."""
        return self.apart > 0 or [voice for voice, _ in self.levels] == ["professional"]

    @property
    def open(self) -> bool:
        """A named person still has to agree on a level before anybody decides. An answer without points changes no
        amount, so it stays as it is."""
        return self.scored and self.differs and self.agreed is None


def sides(
    questionnaire: Questionnaire, said: Mapping[str, Sequence[Said]], agreed: Mapping[str, Agreed]
) -> tuple[Side, ...]:
    """Every question that somebody said something to, in the questionnaire's order."""
    return tuple(
        _side(question, questionnaire.bad_days_per_week, said[question.id], agreed.get(question.id))
        for question in questionnaire.questions
        if said.get(question.id)
    )


def open_questions(found: Iterable[Side]) -> tuple[str, ...]:
    """Codes of the questions on which a named person still has to agree. With any, nobody may decide."""
    return tuple(side.code for side in found if side.open)


def basis_of(said: Iterable[Said]) -> str:
    """A fingerprint of who says which level to one question; the same when somebody says the same again.

    >>> one = basis_of([Said("family", "answered", 1), Said("professional", "answered", 2)])
    >>> one == basis_of([Said("professional", "answered", 2), Said("family", "answered", 1)])
    True
    >>> one == basis_of([Said("family", "answered", 2), Said("professional", "answered", 2)])
    False
    """
    rows = sorted([one.voice, one.status, one.level, one.hard_level, one.hard_days] for one in said)
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def agreed_request(request: Mapping[str, Any], found: Iterable[Side]) -> dict[str, Any]:
    """The family's request to the allocation service with each agreed level in the place of what was said there."""
    return _with_levels(request, {side.code: side.agreed.level for side in found if side.agreed is not None})


def professional_request(request: Mapping[str, Any], found: Iterable[Side]) -> dict[str, Any]:
    """The same with a professional's own levels wherever they gave one: to see how far apart the two scores are."""
    own = {side.code: level for side in found for voice, level in side.levels if voice == "professional"}
    return _with_levels(request, own)


def _with_levels(request: Mapping[str, Any], levels: Mapping[str, int]) -> dict[str, Any]:
    """The family's own come first: the explanation speaks to whoever comes first in a request."""
    kept = [answer for answer in request["answers"] if answer["code"] not in levels]
    worked = [{"code": code, "level": level, "by": "worker"} for code, level in levels.items()]
    return {**request, "answers": [*kept, *worked]}


def _side(question: Question, from_days: int, said: Sequence[Said], agreed: Agreed | None) -> Side:
    ordered = tuple(sorted(said, key=lambda one: VOICES.index(one.voice)))
    counted = [(one.voice, one.counts(question, from_days)) for one in ordered]
    basis = basis_of(ordered)
    holds = agreed is not None and agreed.basis == basis
    return Side(
        code=question.id,
        scored=question.scored,
        said=ordered,
        levels=tuple((voice, level) for voice, level in counted if level is not None),
        basis=basis,
        agreed=agreed if holds else None,
        outdated=None if holds else agreed,
    )
