"""A line is read the same whatever is said before or behind it, and however its parts are set apart."""

from __future__ import annotations

import pytest

from bot.understanding.lines import read_lines

LINES = (
    "swimming £6.50 every Saturday",
    "a PA, £13.20 an hour, 4 hours a week",
    "a trike, £450, one off",
    "gym £22 a month",
    "taxi to college, £9 each way, Mondays and Thursdays",
    "respite two nights a month, £165 a night",
)
BEFORE = (
    "ok so {}",
    "um, {}",
    "sorry about the noise, {}",
    "For Ellie, {}",
    "the next thing is {}",
    "could you put down {}",
)
BEHIND = (
    "{} please",
    "{} x",
    "{} lol",
    "{} if that's ok",
    "{} cos we get no other help",
    "{} so we all get a break",
    "{}. Sorry I'm on the bus.",
    "{}. She's 12 now.",
)


def figures(text: str) -> list[tuple[object, ...]]:
    return [
        (item.unit_cost_pence, item.unit, item.quantity, item.per, item.annual_pence, item.missing)
        for item in read_lines(text)
    ]


@pytest.mark.parametrize("around", [*BEFORE, *BEHIND])
@pytest.mark.parametrize("line", LINES)
def test_words_around_a_line_change_none_of_its_figures(line: str, around: str) -> None:
    expected = figures(line)
    assert len(expected) == 1
    assert expected[0][-2] is not None
    assert figures(around.format(line)) == expected


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a trike - £450 - one off", "a trike, £450, one off"),
        ("carer Saturdays 10 till 2 - £13 an hour", "carer Saturdays 10 till 2, £13 an hour"),
        ("a PA, er, 4 hours at, um, £14 an hour, weekly", "a PA, 4 hours at £14 an hour, weekly"),
        ("a PA 4 hours a week at about £14", "a PA 4 hours a week at £14"),
        ("PA 4 hours a week thirteen pounds fifty/hr", "PA 4 hours a week £13.50/hr"),
        ("1) gym £22 a month 2) trike £450", "gym £22 a month; trike £450"),
        ("ok so 1. gym £22 a month. 2. trike £450", "gym £22 a month; trike £450"),
        (
            "cleaner 15 an hour 2 hours a week gardener £20 a month",
            "cleaner £15 an hour 2 hours a week; gardener £20 a month",
        ),
    ],
)
def test_how_a_line_is_set_apart_changes_nothing(text: str, same: str) -> None:
    assert figures(text) == figures(same)
    assert all(figure[-2] is not None for figure in figures(same))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("climbing £11 every week, with his keyworker who's free", ["climbing"]),
        ("a washing machine £380, they can bring it on Friday", ["washing machine"]),
        ("a weighted blanket, the heavy one, sixty five quid", ["weighted blanket"]),
        ("home help 2 hours a week. The woman's £15 an hour", ["home help"]),
        ("laser tag, no wait, the VR place, £10 every Saturday", ["VR place"]),
        ("For zorbing, £15 on Sundays", ["zorbing"]),
        ("gym pass for Demi, the physio said it'd do her good, £25 a month", ["gym pass for Demi"]),
    ],
)
def test_what_is_said_beside_a_line_is_no_other(text: str, names: list[str]) -> None:
    assert [item.what for item in read_lines(text)] == names


def test_two_lines_said_as_one_are_two() -> None:
    together = "Riding for the Disabled, 18 quid a go, every Tuesday after school, and respite two nights a month, £69 per night"
    read = read_lines(together)
    assert [item.unit_cost_pence for item in read] == [1800, 6900]
    assert all(item.annual_pence is not None for item in read)
