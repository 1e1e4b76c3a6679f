"""What employing somebody adds, worked out by hand at 12.07 % holiday, 15 % above £96 a week, 3 % pension."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.plans.costs import line_cost
from bot.plans.on_costs import on_costs
from tests.plans.plans import RATES, RULES, weekly

ONCE = {("payroll", ""): 186_00, ("insurance", ""): 95_00}


def added(*lines, rates=RATES):
    return on_costs([(line, line_cost(line, RULES)) for line in lines], RULES, rates)


def items(*lines):
    return {(item.kind, item.employee): item.pence for item in added(*lines).items}


def jo(line_id=1, pence=1350, hours=10, **more):
    return weekly(line_id, "Jo", pence, hours, kind="person", employed=True, **more)


def test_ten_hours_a_week_all_year():
    # Pay £135 x 52 = £7,020. Holiday 12.07 % = £847.314 → £847.31.
    # A week with holiday £135 x 1.1207 = £151.2945; above £96: £55.2945 x 52 = £2,875.314; 15 % = £431.2971 → £431.30.
    # Pension: £7,867.31 a year is not above £10,000.
    assert items(jo()) == {("holiday", "Jo"): 847_31, ("employer_ni", "Jo"): 431_30, ("pension", "Jo"): 0} | ONCE
    assert added(jo()).pence == 847_31 + 431_30 + 186_00 + 95_00 == 1559_61


def test_in_term_time_alone_the_pay_of_a_week_counts_not_the_average_of_the_year():
    # £151.2945 in 39 weeks: £55.2945 x 39 = £2,156.4855; 15 % = £323.472825 → £323.47 (on the average it would be £136.27).
    # Holiday 12.07 % of £5,265 = £635.4855 → £635.49.
    found = items(jo(times=Fraction(39)))
    assert found["employer_ni", "Jo"] == 323_47
    assert found["holiday", "Jo"] == 635_49


def test_a_few_hours_in_term_and_many_in_the_holidays():
    # Term: 4 h x £13.50 x 1.1207 = £60.52, below £96. Holidays: 20 h = £302.589; above: £206.589 x 13 = £2,685.657;
    # 15 % = £402.84855 → £402.85.
    found = items(jo(1, hours=4, times=Fraction(39)), jo(2, hours=20, times=Fraction(13)))
    assert found["employer_ni", "Jo"] == 402_85


def test_somebody_paid_more_gets_a_pension():
    # £15 x 20 h x 52 = £15,600; with holiday £17,482.92. Pension: (£17,482.92 - £6,240) x 3 % = £337.2876 → £337.29.
    # NI: £300 x 1.1207 = £336.21; above: £240.21 x 52 = £12,490.92; 15 % = £1,873.638 → £1,873.64. Holiday £1,882.92.
    assert (
        items(jo(pence=1500, hours=20))
        == {
            ("holiday", "Jo"): 1882_92,
            ("employer_ni", "Jo"): 1873_64,
            ("pension", "Jo"): 337_29,
        }
        | ONCE
    )


def test_pension_stops_at_the_top_of_the_band():
    # £30 x 40 h x 52 = £62,400, above £50,270: (£50,270 - £6,240) x 3 % = £1,320.90
    assert items(jo(pence=3000, hours=40))["pension", "Jo"] == 1320_90


def test_two_lines_of_one_person_are_one_employee_and_two_people_are_two():
    # Five hours are £67.50 x 1.1207 = £75.65 a week: below the threshold for two people, above it for one.
    one = items(jo(1, hours=5, supplier="Jo"), replace(jo(2, hours=5), what="Saturdays", supplier=" jo "))
    two = items(jo(1, hours=5), replace(jo(2, hours=5), what="Sam next door"))
    assert one["employer_ni", "Jo"] == 431_30
    assert two["employer_ni", "Jo"] == two["employer_ni", "Sam next door"] == 0
    assert [two[key] for key in ONCE] == [186_00, 95_00]


def test_each_item_names_its_text_rate_and_limits():
    told = {item.kind: (item.key, dict(item.values)) for item in added(jo()).items}
    assert told["holiday"] == ("cost.holiday", {"rate": "12.07%", "amount": "£847.31"})
    assert told["employer_ni"] == ("cost.employer_ni", {"rate": "15%", "from": "£96", "amount": "£431.30"})
    assert told["pension"] == ("cost.pension_none", {"from": "£10,000", "amount": "£0"})


def test_the_allowance_is_told_and_not_taken_off():
    costs = added(jo())
    assert costs.allowance_pence == 431_30
    assert ("cost.allowance", (("amount", "£10,500"),)) in costs.notes
    assert costs.pence == 1559_61


def test_the_rates_are_those_of_today_and_the_day_they_end_is_told():
    assert added(jo()).notes[-2:] == (
        ("cost.rates", (("date", "6 April 2026"),)),
        ("cost.rates_change", (("date", "5 April 2027"),)),
    )
    open_end = RATES.model_copy(update={"valid_to": None, "valid_from": date(2026, 4, 6)})
    assert [key for key, _ in added(jo(), rates=open_end).notes] == ["cost.allowance", "cost.rates"]


def test_without_rates_nothing_is_added_and_that_is_said():
    costs = added(jo(), rates=None)
    assert (costs.pence, costs.items) == (0, ())
    assert [key for key, _ in costs.notes] == ["cost.rates_missing"]


@pytest.mark.parametrize(
    "line",
    [
        jo(pence=None),
        jo(pence=0),
        replace(jo(), employed=None),
        replace(jo(), employed=False),
        replace(jo(), managed_by="council"),
    ],
)
def test_nobody_employed_or_no_cost_yet_adds_nothing(line):
    assert added(line).items == ()
    assert added(line, rates=None).notes == ()


people = st.lists(
    st.tuples(st.integers(1, 5000), st.fractions(0, 60, max_denominator=8), st.sampled_from(["Jo", "Sam", ""])),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(people=people)
def test_shares_of_the_lines_add_up_to_the_items(people):
    lines = [replace(jo(number, pence, hours), supplier=name) for number, (pence, hours, name) in enumerate(people)]
    costs = added(*lines)
    assert sum(share for _, share in costs.by_line) == costs.pence
    assert all(share >= 0 for _, share in costs.by_line)


@settings(max_examples=60, deadline=None)
@given(pence=st.integers(1, 4000), hours=st.integers(1, 40), more=st.integers(1, 10))
def test_more_hours_never_add_less(pence, hours, more):
    assert added(jo(pence=pence, hours=hours + more)).pence >= added(jo(pence=pence, hours=hours)).pence
