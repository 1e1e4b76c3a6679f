"""Finding a table that fits a council's own children and its pot: price per point, benchmark, and fit to the pot.

Pure and exact. The sample is past cases: a need score (0-100) and what their help costs now, in pence a year
(seed 002: costing current packages is the essential first step). Formulae: domain notes 3.4, A1, A4 and A15.
Nothing here sets a table: it proposes figures for a council to consult on and decide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Literal

from bot.allocation.bracket import bracket
from bot.allocation.numbers import round_half_up
from bot.content.models import AllocationTable

Method = Literal["percentile", "isotonic"]
"""percentile: the child at the r-th percentile of need gets the r-th percentile of cost (A4).
isotonic: the rising curve nearest to what children of each score cost now (least squares)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One child of the sample."""

    need_score: Fraction
    cost_pence: int


@dataclass(frozen=True, slots=True)
class Pot:
    """The money there is: pence a year, of which ``contingency_percent`` is kept back (seed 001: 12 %)."""

    pence: int
    contingency_percent: int = 12

    def __post_init__(self) -> None:
        if self.pence <= 0:
            raise ValueError("the pot must be more than 0")
        if not 0 <= self.contingency_percent < 100:
            raise ValueError("the contingency must be from 0 to 99 percent")

    @property
    def reserve_pence(self) -> int:
        """Kept back for gaps, crises and changes in need."""
        return round_half_up(Fraction(self.pence * self.contingency_percent, 100))

    @property
    def to_share_pence(self) -> int:
        return self.pence - self.reserve_pence


@dataclass(frozen=True, slots=True)
class PricePerPoint:
    """A1: what one point is worth, in exact pence a year."""

    pence: Fraction
    threshold: Fraction

    def amount(self, points: Fraction) -> int:
        """Pence a year for some points; points up to the threshold carry no money."""
        return round_half_up(self.pence * max(Fraction(0), points - self.threshold))


def price_per_point(pot: Pot, points: Sequence[Fraction], threshold: Fraction = Fraction(0)) -> PricePerPoint:
    """k = B(1 − c) ÷ Σ max(0, P − T). Raises ValueError when nobody has points over the threshold.

    >>> k = price_per_point(Pot(120_000_000, 12), [Fraction(41)] * 180)
    >>> round_half_up(k.pence), k.amount(Fraction("42.2"))
    (14309, 603837)
    """
    counted = sum((max(Fraction(0), item - threshold) for item in points), Fraction(0))
    if not counted:
        raise ValueError("no child has points over the threshold, so a point has no price")
    return PricePerPoint(Fraction(pot.to_share_pence) / counted, threshold)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point of a proposed table: the amount in pence a year at a need score."""

    score: int
    pence: int


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A4: a proposed curve, and whether money follows need before and after it."""

    anchors: tuple[Anchor, ...]
    scale: Fraction
    """What current costs were multiplied by so that the sample fits its part of the pot."""
    capped: int
    """Cases with a cost above ``cap_pence``, which count at it."""
    correlation_before: float | None
    correlation_after: float | None
    """Spearman rank correlation of need and money, −1 to 1; None when all scores or all amounts are the same."""


def benchmark(
    cases: Sequence[Case],
    pot: Pot,
    at_scores: Sequence[int],
    *,
    method: Method = "percentile",
    cap_pence: int | None = None,
    population: int | None = None,
    step_pence: int = 5000,
) -> Benchmark:
    """Propose amounts at some scores from what similar children cost now, scaled to the pot.

    ``cap_pence`` tames outliers, such as the >£150,000 package for low need of seed 000. ``population`` is how many
    children the pot is for, when the sample is a part of them. Amounts never fall as the score rises. They are
    rounded down to ``step_pence``, so that rounding does not spend what is not there.
    Raises ValueError on fewer than two cases, on a cost below 0, or when the curve is 0 everywhere.
    """
    if len(cases) < 2:
        raise ValueError("a benchmark needs two cases or more")
    costs = [case.cost_pence if cap_pence is None else min(case.cost_pence, cap_pence) for case in cases]
    if min(costs) < 0:
        raise ValueError("a cost must not be below 0")
    scores = [case.need_score for case in cases]
    curve = _by_percentile(scores, costs) if method == "percentile" else _by_regression(scores, costs)
    expected = sum((_on_curve(curve, score) for score in scores), Fraction(0))
    if not expected:
        raise ValueError("nobody of the sample would get anything: check the costs")
    scale = Fraction(pot.to_share_pence) * Fraction(len(cases), population or len(cases)) / expected
    anchors = tuple(
        Anchor(score, (scale * _on_curve(curve, Fraction(score)) / step_pence).__floor__() * step_pence)
        for score in sorted(at_scores)
    )
    return Benchmark(
        anchors=anchors,
        scale=scale,
        capped=sum(cap_pence is not None and case.cost_pence > cap_pence for case in cases),
        correlation_before=rank_correlation(scores, [Fraction(case.cost_pence) for case in cases]),
        correlation_after=rank_correlation(scores, [_on_curve(curve, score) for score in scores]),
    )


type Curve = list[tuple[Fraction, Fraction]]
"""Scores and pence in rising order of score, each score once."""


def _by_percentile(scores: Sequence[Fraction], costs: Sequence[int]) -> Curve:
    """A(P) = Q_C(F_P(P)): equal scores share the middle of their ranks."""
    ranked = sorted(costs)
    points: Curve = []
    before = 0
    for score, same in groupby(sorted(scores)):
        count = len(list(same))
        points.append((score, _quantile(ranked, before + Fraction(count - 1, 2))))
        before += count
    return points


def _quantile(ranked: Sequence[int], rank: Fraction) -> Fraction:
    """The value at a rank counted from 0, straight between neighbours."""
    low = rank.__floor__()
    high = min(low + 1, len(ranked) - 1)
    return ranked[low] + (ranked[high] - ranked[low]) * (rank - low)


def _by_regression(scores: Sequence[Fraction], costs: Sequence[int]) -> Curve:
    """The mean cost at each score, made to rise by :func:`isotonic`, weighted by how many children there are."""
    groups = groupby(sorted(zip(scores, costs, strict=True)), key=lambda pair: pair[0])
    rows = [(score, [cost for _, cost in pairs]) for score, pairs in groups]
    risen = isotonic([Fraction(sum(found), len(found)) for _, found in rows], [len(found) for _, found in rows])
    return [(score, value) for (score, _), value in zip(rows, risen, strict=True)]


def isotonic(values: Sequence[Fraction], weights: Sequence[int]) -> list[Fraction]:
    """The never-falling sequence nearest to ``values`` in weighted squares (pool adjacent violators).

    >>> [str(v) for v in isotonic([Fraction(1), Fraction(4), Fraction(2), Fraction(5)], [1, 1, 1, 1])]
    ['1', '3', '3', '5']
    """
    pools: list[tuple[Fraction, int, int]] = []
    for value, weight in zip(values, weights, strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (low, low_weight, low_count), (high, high_weight, high_count) = pools[-2:]
            weight_sum = low_weight + high_weight
            mean = (low * low_weight + high * high_weight) / weight_sum
            pools[-2:] = [(mean, weight_sum, low_count + high_count)]
    return [mean for mean, _, count in pools for _ in range(count)]


def _on_curve(curve: Curve, score: Fraction) -> Fraction:
    """Straight between the points of a curve, and flat beyond its ends."""
    index = bisect_right([point for point, _ in curve], score)
    if index == 0:
        return curve[0][1]
    if index == len(curve):
        return curve[-1][1]
    (left, low), (right, high) = curve[index - 1], curve[index]
    return low + (high - low) * (score - left) / (right - left)


def rank_correlation(left: Sequence[Fraction], right: Sequence[Fraction]) -> float | None:
    """Spearman's: does money follow need? A figure for a report; no money is worked out from it.

    >>> rank_correlation([Fraction(1), Fraction(2), Fraction(3)], [Fraction(30), Fraction(20), Fraction(10)])
    -1.0
    """
    a, b = _ranks(left), _ranks(right)
    mean = Fraction(len(a) + 1, 2)
    both = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    spread = sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b)
    return None if not spread else float(both) / float(spread) ** 0.5


def _ranks(values: Sequence[Fraction]) -> list[Fraction]:
    """Ranks from 1; equal values share the middle of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks, before = [Fraction(0)] * len(values), 0
    for _, same in groupby(order, key=values.__getitem__):
        indexes = list(same)
        for index in indexes:
            ranks[index] = before + Fraction(len(indexes) + 1, 2)
        before += len(indexes)
    return ranks


@dataclass(frozen=True, slots=True)
class Fit:
    """A15: what a table would be expected to cost against the pot, in pence a year."""

    expected_pence: int
    reserve_pence: int
    pot_pence: int
    at_current_cost: int
    """Cases for whom the table has no figure; they count at what they cost now."""

    @property
    def left_pence(self) -> int:
        """What is left over; below 0 the table does not fit."""
        return self.pot_pence - self.reserve_pence - self.expected_pence

    @property
    def fits(self) -> bool:
        return self.left_pence >= 0


def fit_to_pot(
    amount: Callable[[Fraction], int | None], cases: Sequence[Case], pot: Pot, population: int | None = None
) -> Fit:
    """Σ A(sample) × population ÷ sample + reserve ≤ B. Raises ValueError without cases.

    ``amount`` gives pence a year for a need score, or None where a person works it out.
    """
    if not cases:
        raise ValueError("a fit needs cases")
    amounts = [amount(case.need_score) for case in cases]
    spent = sum(case.cost_pence if found is None else found for case, found in zip(cases, amounts, strict=True))
    expected = Fraction(spent * (population or len(cases)), len(cases))
    return Fit(round_half_up(expected), pot.reserve_pence, pot.pence, amounts.count(None))


def table_amount(table: AllocationTable) -> Callable[[Fraction], int | None]:
    """What a table gives at a need score, as a family would see it: 0 below its start, None where a person decides."""

    def amount(score: Fraction) -> int | None:
        hit = bracket(table, score)
        if hit is None:
            return None
        return 0 if score < table.below_threshold_under else round_half_up(hit.exact_pence, table.rounding_pence)

    return amount
