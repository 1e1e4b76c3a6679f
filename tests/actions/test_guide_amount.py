"""The guide amount: worked out once for the same answers, stored with its trace, and never made up."""

from __future__ import annotations

import json

from bot.store import allocations
from tests.actions.allocation_server import AllocationServer
from tests.actions.family import Family, unclear, words


def results(family: Family) -> tuple[allocations.Allocation, ...]:
    with family.services.database.read() as tx:
        return allocations.history(tx, family.draft_id)


def look(family: Family) -> str:
    """Come to the result once more."""
    return words(family.run("interview_form", unclear(""), "", intent="wake"))


def test_nothing_is_worked_out_before_the_answers_are_agreed(family: Family, allocation: AllocationServer) -> None:
    family.click("S1.2")
    family.run("action_explain_result", unclear("how much"), "how much")
    assert (allocation.asked, results(family)) == (0, ())


def test_it_is_stored_with_its_trace_and_used_again(family: Family, allocation: AllocationServer) -> None:
    family.answer_all()
    assert allocation.asked == 1
    (kept,) = results(family)
    assert kept.status == "ok"
    assert json.loads(kept.result)["amount_pence"] == kept.amount_pence
    pounds = f"£{(kept.amount_pence or 0) // 100:,}"
    assert pounds in look(family)
    assert pounds in look(family)
    assert allocation.asked == 1
    lines = family.audit("allocation.stored")
    assert len(lines) == 1
    assert lines[0][1]["answers"] == kept.answers_hash


def test_the_stored_one_stands_while_the_service_is_away(family: Family, allocation: AllocationServer) -> None:
    family.answer_all()
    before = look(family)
    allocation.away = True
    assert look(family) == before
    why = words(family.click("result.why"))
    assert json.loads(results(family)[0].result)["explanation"][0]["text"] in why


def test_a_changed_answer_is_worked_out_anew_and_the_old_result_stays_on_record(
    family: Family, allocation: AllocationServer
) -> None:
    family.answer_all(1)
    family.click("result.change")
    family.click("change.H3")
    family.click("H3.2")
    family.click("check.yes")
    assert allocation.asked == 2
    old, new = results(family)
    assert old.answers_hash != new.answers_hash
    assert (old.amount_pence or 0) < (new.amount_pence or 0)


def test_an_answer_changed_back_brings_the_first_amount_again(family: Family) -> None:
    family.answer_all(1)
    for level in (2, 1):
        family.click("result.change")
        family.click("change.H3")
        family.click(f"H3.{level}")
        family.click("check.yes")
    first, _, third = results(family)
    assert (first.answers_hash, first.amount_pence) == (third.answers_hash, third.amount_pence)


def test_while_the_service_is_away_no_figure_is_said_and_no_answer_is_lost(
    family: Family, allocation: AllocationServer
) -> None:
    allocation.away = True
    family.answer_all()
    said = look(family)
    assert "£" not in said
    assert "saved" in said
    assert len(family.stored) == 16
    assert results(family) == ()
    allocation.away = False
    assert "£" in words(family.click("result.again"))


def test_a_service_that_cannot_be_reached_is_away_too(family: Family, allocation: AllocationServer) -> None:
    allocation.close()
    family.answer_all()
    assert "£" not in look(family)
    assert family.draft.status == "ready"


def test_what_is_asked_holds_no_name_and_no_words(family: Family) -> None:
    family.answer_all()
    (kept,) = results(family)
    assert "Sam" not in kept.result
