"""Figures over many plans, in which nobody can be found: small numbers are hidden, and so is what would give them away.

A count of 1 up to the council's limit is hidden. Where one cell of a row or column is hidden, its sum would give it away,
so the next smallest cell is hidden as well (complementary suppression). A sum of money is hidden with the count of
families that it is of. Nothing is rounded: what is shown is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to count: in which row and column it goes, of which family it is, and how much it weighs."""

    row: str
    column: str
    family: str
    """Counted once in each cell, however many goals or lines it has there."""
    amount: int = 1
    """Goals, or pence."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure."""

    families: int
    amount: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A report: rows, columns, cells, and sums beside and below, in which what is hidden stays hidden."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    row_sums: Mapping[str, Cell]
    column_sums: Mapping[str, Cell]
    everything: Cell

    def shown(self, row: str, column: str) -> int | None:
        """What a reader may see; None where it is hidden."""
        cell = self.cells[row, column]
        return None if cell.hidden else cell.amount


def table(facts: Iterable[Fact], columns: Sequence[str], hide_below: int, rows: Sequence[str] | None = None) -> Table:
    """Count facts into a table. Rows are given, or those that the facts name, in alphabetical order."""
    found = list(facts)
    names = tuple(rows) if rows is not None else tuple(sorted({fact.row for fact in found}))
    heads = tuple(columns)
    cells = {
        (row, column): _cell(found, lambda fact, row=row, column=column: (fact.row, fact.column) == (row, column))  # type: ignore[misc]
        for row in names
        for column in heads
    }
    row_sums = {row: _cell(found, lambda fact, row=row: fact.row == row) for row in names}  # type: ignore[misc]
    column_sums = {column: _cell(found, lambda fact, column=column: fact.column == column) for column in heads}  # type: ignore[misc]
    everything = _cell(found, lambda fact: True)
    hidden = _hidden(names, heads, cells, row_sums, column_sums, everything, hide_below)
    whole = _SUM
    return Table(
        names,
        heads,
        {place: _with(cell, place in hidden) for place, cell in cells.items()},
        {row: _with(cell, (row, whole) in hidden) for row, cell in row_sums.items()},
        {column: _with(cell, (whole, column) in hidden) for column, cell in column_sums.items()},
        _with(everything, (whole, whole) in hidden),
    )


_SUM = "\0sum"
"""Stands for the row of column sums and the column of row sums."""


def _cell(facts: Sequence[Fact], wanted: Callable[[Fact], bool]) -> Cell:
    mine = [fact for fact in facts if wanted(fact)]
    return Cell(len({fact.family for fact in mine}), sum(fact.amount for fact in mine))


def _with(cell: Cell, hidden: bool) -> Cell:
    return Cell(cell.families, cell.amount, hidden)


def _hidden(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], Cell],
    row_sums: Mapping[str, Cell],
    column_sums: Mapping[str, Cell],
    everything: Cell,
    below: int,
) -> set[tuple[str, str]]:
    """Places that are hidden, sums with them: in no row or column is there exactly one hidden place among those that
    are not plainly nothing."""
    grid = dict(cells)
    grid |= {(row, _SUM): cell for row, cell in row_sums.items()}
    grid |= {(_SUM, column): cell for column, cell in column_sums.items()}
    grid[_SUM, _SUM] = everything
    lines = [[(row, column) for column in (*columns, _SUM)] for row in (*rows, _SUM)]
    lines += [[(row, column) for row in (*rows, _SUM)] for column in (*columns, _SUM)]
    hidden = {place for place, cell in grid.items() if 0 < cell.families < below}
    changed = True
    while changed:
        changed = False
        for line in lines:
            gone = [place for place in line if place in hidden]
            if len(gone) != 1:
                continue
            # The smallest of the rest goes too: a figure before a sum, and what is nothing only where there is no other.
            rest = [place for place in line if place not in hidden]
            more = [place for place in rest if grid[place].families]
            if not more:
                continue
            hidden.add(min(more, key=lambda place: (_SUM in place, grid[place].families, place)))
            changed = True
    return hidden
