"""From need score to an amount: the row of a table that is hit, and what it gives there (domain notes 3.4 A2, A3)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.allocation.numbers import plain, pounds, round_half_up
from bot.content.models import AllocationTable, TableRow


@dataclass(frozen=True, slots=True)
class Bracket:
    """The part of a table that a need score falls into."""

    row: TableRow
    score_from: int
    score_to: int
    """Where the next row starts; for the last figures of an interpolated table its top, which belongs to it."""
    holds_top: bool
    """``score_to`` itself is still in this bracket."""
    from_pence: int
    to_pence: int
    """Pence a year at both ends; the same in a banded table."""
    exact_pence: Fraction
    """Pence a year at the score, before rounding."""
    arithmetic: str

    @property
    def last_score(self) -> str:
        """The last score that belongs to the bracket, with two decimals where the next row takes over."""
        return str(self.score_to) if self.holds_top else f"{self.score_to - 1}.99"


def bracket(table: AllocationTable, score: Fraction) -> Bracket | None:
    """The bracket of a need score (0-100), or None where the table has no figure: a person works it out.

    No figure: a row without an amount, or a score above the last anchor of an interpolated table.
    """
    rows = sorted(table.rows, key=lambda row: row.score_from)
    index = max(i for i, row in enumerate(rows) if row.score_from <= score)
    row, after = rows[index], rows[index + 1 : index + 2]
    if row.amount_pence is None:
        return None
    end = after[0].score_from if after else 100
    if table.method == "band":
        return Bracket(
            row, row.score_from, end, not after, row.amount_pence, row.amount_pence, Fraction(row.amount_pence), ""
        )
    anchor = after[0] if after and after[0].amount_pence is not None else table.top
    if anchor is None or anchor.amount_pence is None:
        # The last figure has nothing to rise to: it holds at its own score, and above it there is no figure.
        anchor = row
    if score > anchor.score_from:
        return None
    return _between(row, row.amount_pence, anchor.score_from, anchor.amount_pence or 0, score, anchor in after)


def _between(row: TableRow, low: int, end: int, high: int, score: Fraction, next_row: bool) -> Bracket:
    width = end - row.score_from
    exact = Fraction(low) if width == 0 else low + (high - low) * (score - row.score_from) / Fraction(width)
    arithmetic = (
        f"{pounds(low)} + ({pounds(high)} − {pounds(low)}) × ({plain(score, 4)} − {row.score_from})"
        f" ÷ ({end} − {row.score_from}) = {pounds(round_half_up(exact))}"
    )
    return Bracket(row, row.score_from, end, not next_row, low, high, exact, arithmetic)
