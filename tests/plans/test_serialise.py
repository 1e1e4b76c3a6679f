"""A plan goes to the store and comes back the same; what is not a plan is refused with the place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings

from bot.plans.fingerprint import canonical_json, fingerprint
from bot.plans.model import Entry, Place, Plan, Section, Sent
from bot.plans.serialise import NotAPlan, plan_from_json, plan_to_json
from tests.plans.plans import TODAY, any_plan, plan_of, weekly

modest = settings(max_examples=60, deadline=None)


@modest
@given(plan=any_plan)
def test_nothing_is_lost_on_the_way_to_the_store_and_back(plan):
    text = json.dumps(plan_to_json(plan))
    assert plan_from_json(json.loads(text)) == plan


@modest
@given(plan=any_plan)
def test_the_fingerprint_survives_the_store_and_the_sending(plan):
    kept = plan_from_json(json.loads(json.dumps(plan_to_json(plan))))
    noted = replace(plan, sent=(*plan.sent, Sent(9, datetime(2026, 11, 22, tzinfo=UTC), "x")), changed_since_sent=True)
    assert fingerprint(plan) == fingerprint(kept) == fingerprint(noted)


def test_two_and_a_half_hours_stay_exact():
    data = plan_to_json(plan_of(weekly(7, "PA", 1350, "5/2")))
    assert data["lines"][0]["quantity"] == "5/2"
    assert plan_from_json(data).lines[0].quantity == Fraction(5, 2)


def test_a_plan_kept_before_the_model_grew_still_reads():
    old = {"script": "default-plan/1", "begun": "2026-11-22", "lines": [{"id": 1, "what": "swimming", "by": "m1"}]}
    plan = plan_from_json(old)
    assert plan.lines[0].unit_cost_pence is None
    assert plan.lines[0].stream == "social_care"


def test_one_changed_word_changes_the_fingerprint_and_moving_about_does_not():
    said = plan_of(P01=Section((Entry(1, "main", "He loves trains.", "m1"),)))
    other = plan_of(P01=Section((Entry(1, "main", "He likes trains.", "m1"),)))
    moved = replace(said, places={"m1": Place(cursor="P08")})
    assert fingerprint(said) != fingerprint(other)
    assert fingerprint(said) == fingerprint(moved)


def test_the_canonical_text_is_written_out():
    plan = Plan("default-plan/1", TODAY, lines=(weekly(1, "café", 0, "1/2"),))
    assert canonical_json(plan) == (
        '{"begun":"2026-11-22","lines":[{"by":"m1","goal":1,"id":1,"managed_by":"direct_payment","per":"week",'
        '"quantity":"1/2","unit":"hour","unit_cost_pence":0,"what":"caf\\u00e9"}],"script":"default-plan/1"}'
    )


REFUSED = {
    "plan: does not know the field colour": {"colour": "red"},
    "plan.lines[0]: does not know the field price": {"lines": [{"id": 1, "what": "x", "by": "m1", "price": 3}]},
    "plan.lines[0]: the field what, by is missing": {"lines": [{"id": 1}]},
    "plan.lines[0].unit_cost_pence: needs a whole number, not 13.5": {
        "lines": [{"id": 1, "what": "x", "by": "m1", "unit_cost_pence": 13.5}]
    },
    "plan.lines[0].unit_cost_pence: needs a whole number, not True": {
        "lines": [{"id": 1, "what": "x", "by": "m1", "unit_cost_pence": True}]
    },
    "plan.lines[0].per: needs one of day, week, fortnight, month, term, year, once, not 'moon'": {
        "lines": [{"id": 1, "what": "x", "by": "m1", "per": "moon"}]
    },
    "plan.lines[0].quantity: needs a Fraction as text, not '1e999999999'": {
        "lines": [{"id": 1, "what": "x", "by": "m1", "quantity": "1e999999999"}]
    },
    "plan.lines[0].quantity: needs a Fraction as text, not '1/0'": {
        "lines": [{"id": 1, "what": "x", "by": "m1", "quantity": "1/0"}]
    },
    "plan.begun: needs a date as text, not 'soon'": {"begun": "soon"},
    "plan.sections: needs an object, not []": {"sections": []},
    "plan.sections.P01.entries: needs a list, not 'hello'": {"sections": {"P01": {"entries": "hello"}}},
    "plan.members[0]: needs an object, not 'Mum'": {"members": ["Mum"]},
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_not_a_plan_is_refused_with_the_place(why):
    with pytest.raises(NotAPlan) as refused:
        plan_from_json({"script": "default-plan/1", "begun": "2026-11-22"} | REFUSED[why])
    assert str(refused.value) == why
