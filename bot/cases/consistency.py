"""Are like cases decided alike? A monthly look at decisions, for the group that watches over consistency (seed 002).

Two cases are alike when their need scores lie in the same row of the table and close together, and no part of the needs
is more than a level apart. Their decisions are unlike when one is agreed and the other is not yet, or when the shares of
the guide amount that were agreed are far from each other. Unlike is not wrong: there are reasons, and the group reads
them. Groups of few cases are hidden (:mod:`bot.cases.reports`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Literal

from bot.cases.reports import Fact, Table, table

Outcome = Literal["agree", "agree_in_part", "refuse_for_now"]
OUTCOMES: tuple[Outcome, ...] = ("agree", "agree_in_part", "refuse_for_now")

SCORES_ALIKE = Decimal(5)
"""Need scores (0-100) this close together count as similar."""
LEVELS_ALIKE = 1
"""In no part of the needs may the highest levels be further apart."""
SHARES_UNLIKE = Fraction(1, 5)
"""From this difference between final ÷ guide two decisions are unlike."""
LOOK_BACK_DAYS = 365
"""A month's decisions are held against each other and against those of the year before."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that was signed, with what it was decided on."""

    reference: str
    on: date
    outcome: Outcome
    final_pence: int | None
    guide_pence: int | None
    score: Decimal | None
    """Need score, 0-100; None where none was worked out."""
    row: str
    """Label of the table's row; empty where there is no figure."""
    needs: tuple[tuple[str, int], ...]
    """The highest level in each section of the questions, by section id."""
    team: str
    ages: str
    """Name of the child's age band."""
    route: str

    @property
    def share(self) -> Fraction | None:
        """Final ÷ guide, exact; None without either, or with a guide amount of 0."""
        if self.final_pence is None or not self.guide_pence:
            return None
        return Fraction(self.final_pence, self.guide_pence)


@dataclass(frozen=True, slots=True)
class Unlike:
    """Two like cases that were decided differently; the later one first."""

    one: Decided
    other: Decided
    why: Literal["outcome", "share"]


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a comparison: a team, an age band or a route."""

    name: str
    decisions: int | None
    """None: hidden, as there are few."""
    outcomes: tuple[int | None, ...]
    """How many of each of :data:`OUTCOMES`; None: hidden."""
    share_percent: int | None
    """The middle of final ÷ guide, in percent; None: hidden, or nothing to compare."""


@dataclass(frozen=True, slots=True)
class Gap:
    """How a family and a professional saw one question of one case."""

    reference: str
    question: str
    worker: str
    family: int
    professional: int


@dataclass(frozen=True, slots=True)
class GapMean:
    """The mean of family less professional level over cases, for one question or one professional."""

    name: str
    cases: int
    mean: Decimal
    """Below 0: the family saw less need than the professional did, as is to be expected (seed 001)."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """One month's report."""

    month: str
    decisions: int | None
    """In the month; None: hidden."""
    by_team: tuple[Group, ...]
    by_ages: tuple[Group, ...]
    by_route: tuple[Group, ...]
    unlike: tuple[Unlike, ...]
    gaps_by_question: tuple[GapMean, ...]
    gaps_by_worker: tuple[GapMean, ...]


def month_days(month: str) -> tuple[date, date]:
    """First and last day of a month written as "2026-11". Raises ValueError.

    >>> month_days("2026-02")
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", month):
        raise ValueError(month)
    first = date(int(month[:4]), int(month[5:]), 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def report(decided: Sequence[Decided], gaps: Iterable[Gap], month: str, *, hide_below: int) -> Consistency:
    """A month's report. Raises ValueError for what is no month."""
    first, last = month_days(month)
    mine = [one for one in decided if first <= one.on <= last]
    before = [one for one in decided if first - timedelta(days=LOOK_BACK_DAYS) <= one.on <= last]
    seen = list(gaps)
    return Consistency(
        month=month,
        decisions=len(mine) if not 0 < len(mine) < hide_below else None,
        by_team=groups(mine, lambda one: one.team, hide_below),
        by_ages=groups(mine, lambda one: one.ages, hide_below),
        by_route=groups(mine, lambda one: one.route, hide_below),
        unlike=unlike(mine, before),
        gaps_by_question=gap_means(seen, lambda gap: gap.question, hide_below),
        gaps_by_worker=gap_means(seen, lambda gap: gap.worker, hide_below),
    )


def alike(one: Decided, other: Decided) -> bool:
    """Whether two cases are so alike that people may ask why their decisions are not."""
    if one.score is None or other.score is None or not one.row or one.row != other.row:
        return False
    if abs(one.score - other.score) > SCORES_ALIKE:
        return False
    mine, theirs = dict(one.needs), dict(other.needs)
    return mine.keys() == theirs.keys() and all(abs(mine[name] - theirs[name]) <= LEVELS_ALIKE for name in mine)


def unlike(mine: Sequence[Decided], among: Sequence[Decided]) -> tuple[Unlike, ...]:
    """Pairs of like cases with unlike decisions, of which at least one is among ``mine``; the widest apart first."""
    pairs: dict[frozenset[str], Unlike] = {}
    for one in mine:
        for other in among:
            key = frozenset((one.reference, other.reference))
            if len(key) < 2 or key in pairs or not alike(one, other):
                continue
            why = _why_unlike(one, other)
            if why is not None:
                later, earlier = sorted((one, other), key=lambda each: (each.on, each.reference), reverse=True)
                pairs[key] = Unlike(later, earlier, why)
    return tuple(sorted(pairs.values(), key=_width))


def groups(decided: Iterable[Decided], name: Callable[[Decided], str], hide_below: int) -> tuple[Group, ...]:
    """Decisions by whatever ``name`` gives, few of them hidden, and what would give the hidden away as well."""
    every = list(decided)
    facts = [Fact(name(one), one.outcome, one.reference) for one in every]
    counted = table(facts, OUTCOMES, hide_below)
    return tuple(_group(counted, row, [one for one in every if name(one) == row]) for row in counted.rows)


def gap_means(gaps: Iterable[Gap], name: Callable[[Gap], str], hide_below: int) -> tuple[GapMean, ...]:
    """The mean gap by question or by professional; those over few cases are left out."""
    by: dict[str, list[Gap]] = {}
    for gap in gaps:
        by.setdefault(name(gap), []).append(gap)
    means = []
    for known, found in sorted(by.items()):
        cases = len({gap.reference for gap in found})
        if cases >= hide_below:
            total = sum(gap.family - gap.professional for gap in found)
            means.append(GapMean(known, cases, (Decimal(total) / len(found)).quantize(Decimal("0.01"))))
    return tuple(means)


def _why_unlike(one: Decided, other: Decided) -> Literal["outcome", "share"] | None:
    if (one.outcome == "refuse_for_now") != (other.outcome == "refuse_for_now"):
        return "outcome"
    if one.share is not None and other.share is not None and abs(one.share - other.share) >= SHARES_UNLIKE:
        return "share"
    return None


def _width(pair: Unlike) -> tuple[int, Fraction, str, str]:
    between = abs((pair.one.share or Fraction(0)) - (pair.other.share or Fraction(0)))
    return (0 if pair.why == "outcome" else 1, -between, pair.one.reference, pair.other.reference)


def _group(counted: Table, row: str, found: Sequence[Decided]) -> Group:
    whole = counted.row_sums[row]
    shares = [one.share for one in found if one.share is not None]
    return Group(
        name=row,
        decisions=None if whole.hidden else whole.families,
        outcomes=tuple(counted.shown(row, outcome) for outcome in OUTCOMES),
        share_percent=None if whole.hidden or not shares else round(100 * median(shares)),
    )
