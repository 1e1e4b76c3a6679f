"""Reports: nobody can be found in them, not even by subtracting."""

from __future__ import annotations

from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases.reports import Fact, Table, table

COLUMNS = ("got_there", "part", "not_yet")
BELOW = 5


def facts(counts: dict[tuple[str, str], int]) -> list[Fact]:
    """So many families in each cell, each family in one."""
    numbers = iter(range(10_000))
    return [Fact(row, column, str(next(numbers)), 2) for (row, column), count in counts.items() for _ in range(count)]


def lines(found: Table) -> list[list[tuple[int, bool]]]:
    """Rows and columns with their sums: how many families, and whether it is hidden."""
    rows = [[*(found.cells[row, column] for column in found.columns), found.row_sums[row]] for row in found.rows]
    rows.append([*(found.column_sums[column] for column in found.columns), found.everything])
    turned = [list(line) for line in zip(*rows, strict=True)]
    return [[(cell.families, cell.hidden) for cell in line] for line in chain(rows, turned)]


@given(
    st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from(COLUMNS)), st.integers(0, 12), min_size=1),
)
@settings(max_examples=50)
def test_no_small_number_is_shown_or_can_be_worked_out(counts: dict[tuple[str, str], int]) -> None:
    found = table(facts(counts), COLUMNS, BELOW)
    for line in lines(found):
        assert all(hidden for families, hidden in line if 0 < families < BELOW)
        hidden = [families for families, hidden in line if hidden]
        seen = [families for families, hidden in line if families and not hidden]
        assert len(hidden) != 1 or not seen, "one hidden figure alone is the sum less the others"


def test_the_next_smallest_goes_with_a_small_one() -> None:
    found = table(
        facts(
            {
                ("a", "got_there"): 2,
                ("a", "part"): 9,
                ("a", "not_yet"): 30,
                ("b", "got_there"): 8,
                ("b", "part"): 6,
                ("b", "not_yet"): 7,
            }
        ),
        COLUMNS,
        BELOW,
    )
    assert [found.shown("a", column) for column in COLUMNS] == [None, None, 60]
    assert [found.shown("b", column) for column in COLUMNS] == [None, None, 14]
    assert (found.row_sums["a"].amount, found.row_sums["a"].hidden) == (82, False)


def test_nothing_is_hidden_where_everybody_is_many() -> None:
    found = table(facts({("a", "got_there"): 5, ("a", "part"): 6}), COLUMNS, BELOW)
    assert [found.shown("a", column) for column in COLUMNS] == [10, 12, 0]
    assert not found.everything.hidden


def test_a_family_with_two_goals_is_one_family() -> None:
    twice = [Fact("a", "part", "one family"), Fact("a", "part", "one family")]
    found = table(twice, COLUMNS, BELOW)
    assert found.cells["a", "part"].families == 1
    assert found.cells["a", "part"].hidden
    assert found.row_sums["a"].hidden
    assert found.everything.hidden
