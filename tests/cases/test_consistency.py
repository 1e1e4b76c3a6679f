"""Like cases and unlike decisions are found, small groups are hidden, and nothing else is called unlike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.cases.consistency import Decided, Gap, alike, gap_means, groups, month_days, report, unlike

ONE = Decided(
    reference="EX-1",
    on=date(2026, 11, 10),
    outcome="agree",
    final_pence=500_000,
    guide_pence=500_000,
    score=Decimal("48.5"),
    row="Regular help",
    needs=(("safe", 2), ("well", 2)),
    team="children",
    ages="8 to 13",
    route="full",
)


def other(**changed: object) -> Decided:
    return replace(ONE, reference="EX-2", **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "like"),
    [
        ({"score": Decimal("53.5")}, True),
        ({"score": Decimal("53.6")}, False),
        ({"row": "More help"}, False),
        ({"needs": (("safe", 3), ("well", 1))}, True),
        ({"needs": (("safe", 0), ("well", 2))}, False),
        ({"needs": (("safe", 2),)}, False),
        ({"score": None}, False),
        ({"team": "early_help", "ages": "0 to 7"}, True),
    ],
)
def test_like_is_the_same_row_a_similar_score_and_similar_needs(changed: dict[str, object], like: bool) -> None:
    assert alike(ONE, other(**changed)) is like


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"final_pence": 400_001}, None),
        ({"final_pence": 400_000}, "share"),
        ({"final_pence": 650_000}, "share"),
        ({"outcome": "refuse_for_now", "final_pence": None}, "outcome"),
        ({"outcome": "agree_in_part"}, None),
        ({"final_pence": 100_000, "guide_pence": 0}, None),
    ],
)
def test_unlike_is_a_not_yet_beside_a_yes_or_shares_a_fifth_apart(changed: dict[str, object], why: str | None) -> None:
    found = unlike([ONE], [ONE, other(**changed)])
    assert [pair.why for pair in found] == ([why] if why else [])


def test_a_pair_is_told_once_the_widest_first_and_the_later_case_before_the_earlier() -> None:
    near, far = other(final_pence=390_000), replace(ONE, reference="EX-3", final_pence=200_000, on=date(2026, 11, 20))
    found = unlike([ONE, near, far], [ONE, near, far])
    assert [(pair.one.reference, pair.other.reference) for pair in found] == [
        ("EX-3", "EX-1"),
        ("EX-3", "EX-2"),
        ("EX-2", "EX-1"),
    ]


def test_a_month_is_held_against_the_year_before_and_counts_its_own() -> None:
    old = other(on=date(2025, 11, 30), final_pence=250_000)
    too_old = replace(old, reference="EX-3", on=date(2025, 10, 1))
    found = report([ONE, old, too_old], [], "2026-11", hide_below=1)
    assert [pair.other.reference for pair in found.unlike] == ["EX-2"]
    assert found.decisions == 1
    assert report([ONE, old], [], "2026-12", hide_below=1).unlike == ()


def test_small_groups_are_hidden_and_so_is_what_gives_them_away() -> None:
    decided = [replace(ONE, reference=f"EX-{number}") for number in range(7)]
    decided += [replace(ONE, reference=f"EX-A{number}", team="early_help", final_pence=250_000) for number in range(6)]
    decided += [replace(ONE, reference=f"EX-B{number}", team="adulthood") for number in range(2)]
    found = {group.name: group for group in groups(decided, lambda one: one.team, 5)}
    assert (found["adulthood"].decisions, found["adulthood"].share_percent) == (None, None)
    shown = [group.decisions for group in found.values() if group.decisions is not None]
    assert len(shown) == 1, "with one group hidden, another is: 15 less 13 would be no secret"
    everything = groups(decided, lambda one: one.route, 5)
    assert (everything[0].decisions, everything[0].outcomes, everything[0].share_percent) == (15, (15, 0, 0), 100)
    assert report(decided[:4], [], "2026-11", hide_below=5).decisions is None


def test_families_and_professionals_are_compared_over_enough_cases() -> None:
    gaps = [Gap(f"EX-{number}", "S1", "ann", 1, 2) for number in range(5)]
    gaps += [Gap(f"EX-{number}", "H2", "ann", 1, 3) for number in range(4)]
    (mean,) = gap_means(gaps, lambda gap: gap.question, 5)
    assert (mean.name, mean.cases, mean.mean) == ("S1", 5, Decimal("-1.00"))
    (by_worker,) = gap_means(gaps, lambda gap: gap.worker, 5)
    assert (by_worker.name, by_worker.cases) == ("ann", 5)


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "november", "2026-11-01", ""])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        month_days(month)
