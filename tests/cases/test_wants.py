"""What families want and cannot find: families are counted, few are hidden, and no words of theirs are told."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases.wants import OTHER, Asked, Wants, wants
from bot.content.directory_models import load_needs
from bot.plans.directory import Service
from bot.plans.model import Line, Plan

TODAY = date(2026, 11, 23)
SWIM = Service("s1", "Splash swimming club", minimum_age=5, maximum_age=12)


def asked(
    family: int, *what: str, age: int = 8, team: str = "children", name: str = "Zebedee", source: str = ""
) -> Asked:
    lines = tuple(Line(number, text, "m1", source=source) for number, text in enumerate(what, start=1))
    return Asked(f"d{family}", team, age, Plan("default-plan/1", TODAY, lines=lines), (name,))


def counted(found: Wants) -> dict[str, tuple[int | None, int | None]]:
    return {
        row: tuple(
            None if cell.hidden else cell.families
            for cell in (found.by_need.cells[row, "found"], found.by_need.cells[row, "not_found"])
        )  # type: ignore[misc]
        for row in found.by_need.rows
    }


def look(*every: Asked, services: tuple[Service, ...] | None = (SWIM,)) -> Wants:
    return wants(every, load_needs(), services, today=TODAY, hide_below=5)


def test_a_want_is_held_against_the_directory_for_the_age_of_the_child() -> None:
    young = [asked(number, "Swimming on a Saturday") for number in range(5)]
    old = [asked(number, "swim lessons", age=15) for number in range(5, 11)]
    found = look(*young, *old)
    assert counted(found) == {"swimming": (5, 6)}
    assert found.families == 11


def test_what_was_taken_from_the_directory_is_found_also_where_it_is_not_read() -> None:
    taken = [asked(number, "Swimming", source="s1 2026-10-01") for number in range(5)]
    own = [asked(number, "Swimming") for number in range(5, 11)]
    assert counted(look(*taken, *own, services=None)) == {"swimming": (5, 6)}


def test_a_family_is_counted_once_however_many_lines_it_has() -> None:
    every = [asked(number, "Swimming", "swimming lessons", "A pool pass") for number in range(6)]
    assert counted(look(*every)) == {"swimming": (6, 0)}


def test_few_families_are_hidden() -> None:
    found = look(*[asked(number, "Swimming") for number in range(4)])
    assert found.families is None
    assert counted(found) == {"swimming": (None, 0)}
    assert found.by_need.row_sums["swimming"].hidden


def test_words_of_enough_families_are_told_and_never_a_name() -> None:
    every = [asked(number, "Xylophone for Zebedee, 25 pounds a week") for number in range(6)]
    every.append(asked(7, "An accordion for Marmaduke", name="Marmaduke"))
    found = look(*every)
    assert [(word.word, word.families) for word in found.words] == [("xylophone", 6)]
    assert OTHER in found.by_need.rows


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(["Swimming", "A drum", "Zebedee's thing", "Llama walks"])),
        max_size=30,
    )
)
def test_nothing_under_the_limit_is_ever_shown(lines: list[tuple[int, str]]) -> None:
    found = look(*(asked(family, what) for family, what in lines))
    cells = [*found.by_need.cells.values(), *found.by_team.cells.values(), *found.by_need.row_sums.values()]
    assert all(cell.hidden or cell.families == 0 or cell.families >= 5 for cell in cells)
    assert all(word.families >= 5 and "zebedee" not in word.word for word in found.words)
