"""From answers to points: which level of each question counts, and what it gives to each stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from bot.allocation.request import Answer
from bot.content.models import AgePack, Question, Questionnaire, Section, Stream

STREAMS: tuple[Stream, ...] = get_args(Stream)


@dataclass(frozen=True, slots=True)
class Given:
    """One person's answer, and the level of it that may count."""

    answer: Answer
    level: int | None
    """The usual level, or the hard-day level where hard days come often enough; None when there is none."""
    bad_day_used: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, what was said about it and the points it gives. Without a level there are no points, not even 0."""

    question: Question
    section: Section
    given: tuple[Given, ...]
    counted: Given | None
    """The answer that counts; None when nobody gave a level."""
    differ: bool
    """Two people gave levels that are not the same."""
    factor_percent: int
    """The age pack's weight; 100 leaves the points as they are."""

    @property
    def level(self) -> int | None:
        return None if self.counted is None else self.counted.level

    @property
    def points(self) -> Fraction:
        """Points over all streams; 0 for a question that is not scored. Raises ValueError without a level."""
        if self.level is None:
            raise ValueError(f"{self.question.id} has no level, and no level is not 0")
        return self._points_at(self.level)

    @property
    def most(self) -> Fraction:
        """The points of the highest level."""
        return self._points_at(len(self.question.levels) - 1)

    def share(self, stream: Stream, points: Fraction) -> Fraction:
        """The part of some points that belongs to a stream."""
        return points * self.question.shares.get(stream, 0) / 100

    @property
    def missing(self) -> bool:
        """A scored question without a level (domain notes 3.2 rule 6)."""
        return self.question.scored and self.level is None

    @property
    def bespoke_level(self) -> int | None:
        """The level, from whoever gave it, that asks for a person to work out the cost (rule 7); else None."""
        at = self.question.bespoke_at
        levels = [given.level for given in self.given if given.level is not None]
        return max(levels) if at is not None and levels and max(levels) >= at else None

    def _points_at(self, level: int) -> Fraction:
        if not self.question.scored:
            return Fraction(0)
        return Fraction(self.question.levels[level].points * self.factor_percent, 100)


def score(
    questionnaire: Questionnaire, pack: AgePack, answers: Sequence[Answer], prefer_by: str | None = None
) -> tuple[Scored, ...]:
    """Every question of the questionnaire, in its order, with the answer that counts.

    Where people differ, nobody's answers are mixed or averaged (domain notes 3.4 A10): the one with fewer points
    counts until a person has spoken with them, or the answer of ``prefer_by``.
    """
    sections = {code: section for section in questionnaire.sections for code in section.questions}
    return tuple(
        _scored(question, sections[question.id], questionnaire.bad_days_per_week, pack, answers, prefer_by)
        for question in questionnaire.questions
    )


def _scored(
    question: Question,
    section: Section,
    from_days: int,
    pack: AgePack,
    answers: Sequence[Answer],
    prefer_by: str | None,
) -> Scored:
    given = tuple(as_counted(question, answer, from_days) for answer in answers if answer.code == question.id)
    with_level = [(item.level, item) for item in given if item.level is not None]
    preferred = [(level, item) for level, item in with_level if item.answer.by == prefer_by]
    candidates = preferred or with_level
    counted = min(candidates, key=lambda pair: pair[0])[1] if candidates else None
    return Scored(
        question=question,
        section=section,
        given=given,
        counted=counted,
        differ=len({level for level, _ in with_level}) > 1,
        factor_percent=pack.points_factor_percent.get(question.id, 100),
    )


def as_counted(question: Question, answer: Answer, from_days: int) -> Given:
    """The hard-day level counts from ``from_days`` hard days a week (rule 8), and never takes points away."""
    hard, days = answer.bad_day_level, answer.bad_days_per_week
    if answer.level is None or hard is None or days is None or not question.bad_day_rule:
        return Given(answer, answer.level, bad_day_used=False)
    used = days >= from_days and hard > answer.level
    return Given(answer, hard if used else answer.level, bad_day_used=used)


@dataclass(frozen=True, slots=True)
class Total:
    """Points of one stream and the most there could be with the questions switched on."""

    points: Fraction
    most: Fraction

    @property
    def need_score(self) -> Fraction:
        """100 × points ÷ most, exact (domain notes 3.2)."""
        return 100 * self.points / self.most


def totals(scored: Sequence[Scored]) -> dict[Stream, Total]:
    """Points by stream. Raises ValueError when a scored question has no level."""
    counting = [item for item in scored if item.question.scored]
    return {
        stream: Total(
            sum((item.share(stream, item.points) for item in counting), Fraction(0)),
            sum((item.share(stream, item.most) for item in counting), Fraction(0)),
        )
        for stream in STREAMS
    }


def section_points(scored: Sequence[Scored], section_id: str, stream: Stream) -> Fraction:
    """Points of one section for one stream. Raises ValueError when a scored question has no level."""
    within = [item for item in scored if item.section.id == section_id and item.question.scored]
    return sum((item.share(stream, item.points) for item in within), Fraction(0))
