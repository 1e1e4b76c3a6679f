"""Things change and plans are looked back at: the family is asked in their conversation, and the team sees every voice apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import answers, audit, drafts, notices
from tests.gateway.talk import Person, words
from tests.review.agreed import Agreed, Worker, agreed_plan


@pytest.fixture(scope="module")
def agreed(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agreed]:
    """One live plan for the whole module: its tests come in the order of its life."""
    with agreed_plan(empty_store, tmp_path_factory.mktemp("looking-back")) as made:
        assert (
            made.signs_in("lead-professional")
            .sends("/living", {"starts": "2026-11-23", "lines": [202, 204]})
            .is_success
        )
        made.service.clock.forward(days=20)
        yield made


@pytest.fixture
def lead(agreed: Agreed) -> Worker:
    return agreed.signs_in("lead-professional")


@pytest.fixture
def mum(agreed: Agreed) -> Person:
    return agreed.family.comes_in()


def told(agreed: Agreed) -> list[str]:
    """What staff are told by notice, the oldest first."""
    with agreed.service.database.read() as tx:
        draft = drafts.by_reference(tx, agreed.family.reference)
        found = notices.listing(tx, limit=100, draft_id=draft.id)
    return [one.kind for one in reversed(found) if one.audience == "staff"]


def values(person: Person) -> list[str]:
    return [option["value"] for option in person.last["messages"][-1]["options"]]


def test_a_live_plan_rests_and_says_what_can_be_said(mum: Person) -> None:
    assert mum.last["state"]["stage"] == "live"
    rest = words(mum.last)
    assert "Your plan began on 23 November 2026." in rest
    assert "We look back at it with you by 22 February 2027." in rest
    assert values(mum)[:3] == ["after.things", "after.crisis", "after.spend"]


def test_money_is_read_back_before_it_is_kept(agreed: Agreed, mum: Person, lead: Worker) -> None:
    mum.says("we spent 18.50 on petrol in december")
    assert 'I have put: £18.50 on "petrol to the pool", on 12 December 2026. Is that right?' in words(mum.last)
    assert lead.living()["spendings"] == []
    mum.says("yes")
    (spent,) = lead.living()["spendings"]
    assert (spent["line"], spent["pence"], spent["source"], spent["by"]) == (202, 1850, "conversation", "m1")
    assert spent["words"] == "we spent 18.50 on petrol in december"
    mum.says("we spent 18.50 on petrol in december")
    assert "I have the same thing on the same day already." in words(mum.last)
    mum.picks("after.spend.no")
    mum.says("it was 20 for the bus yesterday")
    assert "I am not sure which part of your plan it was for." in words(mum.last)
    mum.picks("after.spend.back")
    assert mum.last["state"]["stage"] == "live"


def test_words_that_are_neither_are_asked_again(mum: Person) -> None:
    mum.says("he changed his trousers")
    assert "Please choose one of these" in words(mum.last)
    assert mum.last["state"]["stage"] == "live"


def test_things_have_changed_opens_a_quick_review_at_once(agreed: Agreed, mum: Person, lead: Worker) -> None:
    mum.says("Things have changed. His PA has left.")
    said = words(mum.last)
    assert "I have told the team." in said
    assert "01632 960000" in said or "call them too" in said
    assert "14 December 2026" in said, "the next working day"
    assert mum.last["state"]["stage"] == "review"
    assert told(agreed).count("things_changed") == 1
    (review,) = lead.reviews()["reviews"]
    assert (review["kind"], review["cause"], review["state"]) == ("quick", "things_changed", "open")
    assert review["words"] == "Things have changed. His PA has left."
    assert lead.reviews()["status"] == "review_due"


def test_only_what_they_name_is_asked_again_and_both_answers_stay(agreed: Agreed, mum: Person, lead: Worker) -> None:
    with agreed.service.database.read() as tx:
        draft = drafts.by_reference(tx, agreed.family.reference)
        before = answers.current(tx, draft.id)["S2"]
    heads = [value for value in values(mum) if value.startswith("after.head.")]
    mum.picks(heads[0])
    assert {"after.ask.S1", "after.all"} <= set(values(mum))
    mum.picks("after.all")
    mum.says("S2")
    assert "Last time the answer was" in words(mum.last)
    mum.says("he wants to hold a hand in town these days")
    assert "I have kept your words." in words(mum.last)
    mum.picks("after.level.3")
    assert "Is there more that has changed?" in words(mum.last)
    (changed,) = lead.reviews()["reviews"][0]["changed"]
    assert (changed["code"], changed["before"], changed["after"]) == ("S2", before.level, 3)
    assert changed["own_words"] == "he wants to hold a hand in town these days"
    with agreed.service.database.read() as tx:
        rows = [one for one in answers.history(tx, draft.id) if one.question_id == "S2"]
    assert [one.level for one in rows][-2:] == [before.level, 3]
    what_if = lead.reviews()["reviews"][0]["what_if"]
    assert what_if["difference_pence"] == what_if["after_pence"] - what_if["before_pence"] > 0
    guide = lead.gets(agreed.path).json()["allocation"]["amount_pence"]
    assert guide == what_if["after_pence"], "their guide amount follows their answers"
    assert lead.living()["lines"][2]["agreed_pence"] == 29_250, "what was agreed does not"
    assert mum.state["answers"]["S2"]["level"] == 3


def test_they_go_on_to_the_part_of_the_plan_that_changes(agreed: Agreed, mum: Person, lead: Worker) -> None:
    mum.picks("after.told")
    mum.picks("after.parts.yes")
    assert "The team has what you told me." in words(mum.last)
    assert told(agreed).count("answered") == 1
    assert any(value.startswith("plan.go.") for value in values(mum))
    assert lead.reviews()["reviews"][0]["state"] == "told"
    assert agreed.family.comes_in().last["state"]["stage"] in ("plan", "review", "live")


def test_a_professional_carries_on_and_the_plan_is_live_again(agreed: Agreed, lead: Worker) -> None:
    done = lead.sends("/reviews/1/outcome", {"outcome": "carry_on", "reason": "A new PA begins on Monday"}).json()
    assert (done["status"], done["reviews"][0]["outcome"]) == ("live", "carry_on")
    assert done["reviews"][0]["outcome_by"] == "demo.lead-professional"
    again = lead.sends("/reviews/1/outcome", {"outcome": "stop", "reason": "x"})
    assert again.status_code == 409


def test_a_crisis_is_answered_kindly_and_nothing_is_taken_away(agreed: Agreed) -> None:
    mum = agreed.family.comes_in()
    if mum.last["state"]["stage"] != "live":
        mum.picks("plan.go.P19") if "plan.go.P19" in values(mum) else mum.says("what's left")
        mum.says("check and send")
    mum.says("we can't cope any more")
    said = words(mum.last)
    assert "You do not have to wait." in said
    assert "Nothing is taken away because you told me this." in said
    assert mum.last["state"]["stage"] == "review"
    mum.picks("after.told")
    mum.picks("after.parts.no")
    lead = agreed.signs_in("lead-professional")
    assert lead.reviews()["reviews"][0]["cause"] == "crisis"
    assert lead.sends("/reviews/2/outcome", {"outcome": "carry_on", "reason": "Extra nights are found"}).is_success


def test_a_professional_asks_and_the_family_looks_back_goal_by_goal(agreed: Agreed, lead: Worker) -> None:
    ask = {"kind": "other", "due": "2026-12-20", "reason": "Three weeks are gone"}
    assert lead.sends("/reviews", ask).is_success
    assert lead.sends("/reviews", ask).status_code == 409, "one at a time"
    mum = agreed.family.comes_in()
    assert mum.last["state"]["stage"] == "review"
    assert "It is not a test." in words(mum.last)
    assert "Swim with other children, not only with me" in words(mum.last)
    mum.picks("after.goal.part")
    mum.says("he goes in but only with his dad")
    mum.says("our sundays are lovely now")
    assert "Which of these is nearest?" in words(mum.last)
    mum.says("we got there")
    mum.picks("after.child.yes")
    assert "How does Ty see it?" in words(mum.last)
    mum.picks("after.goal.not_yet")
    mum.picks("after.next")
    mum.picks("after.skip")
    for said in ("The pool", "More evenings", "skip", "yes he loves grandad"):
        mum.says(said)
    assert "Shall I send it to the team now?" in words(mum.last)
    review = lead.reviews()["reviews"][0]
    assert review["state"] == "open", "nothing goes before they say so"
    mum.says("yes")
    assert "The team has it now." in words(mum.last)
    assert mum.last["state"]["stage"] == "review"
    review = lead.reviews()["reviews"][0]
    assert review["state"] == "told"
    about = {one["about"]: one for one in review["about"]}
    swim = about["goal/80"]
    assert {one["voice"]: (one["choice"], one["words"]) for one in swim["said"]} == {
        "family": ("part", "he goes in but only with his dad"),
        "child": ("not_yet", ""),
    }
    assert swim["differs"] is True
    assert about["goal/81"]["said"][0]["words"] == "our sundays are lovely now"
    assert about["money"]["said"] == []
    assert about["safe"]["said"][0]["words"] == "yes he loves grandad"
    assert told(agreed).count("answered") == 3


def test_the_professionals_view_stands_beside_and_words_stay(agreed: Agreed, lead: Worker) -> None:
    view = {"goals": [{"goal": 80, "reached": "got_there", "words": "I saw him swim"}], "questions": []}
    review = lead.sends("/reviews/3/view", view).json()["reviews"][0]
    swim = next(one for one in review["about"] if one["about"] == "goal/80")
    assert [one["voice"] for one in swim["said"]] == ["child", "family", "professional"]
    unknown = {"goals": [{"goal": 999, "reached": "part"}]}
    assert lead.sends("/reviews/3/view", unknown).status_code == 422
    assert lead.sends("/reviews/99/view", view).status_code == 404
    assert agreed.signs_in("finance").sends("/reviews/3/view", view).status_code == 403


def test_the_new_years_plan_starts_from_what_was_lived(agreed: Agreed, lead: Worker) -> None:
    mum = agreed.family.comes_in()
    mum.picks("plan.new_year")
    asked = words(mum.last)
    assert '– "petrol to the pool": £18.50 spent, of £292.50' in asked
    assert '– "Swim with other children, not only with me": not yet. It stays in.' in asked, "the child's word counts"
    assert '– "That we all get a Sunday": you got there. It is not in the new plan.' in asked
    mum.says("no")
    assert "after.things" in values(mum)
    mum.picks("plan.new_year")
    mum.says("yes")
    plan = lead.gets(agreed.path).json()["plan"]
    petrol = next(line for line in plan["lines"] if line["what"] == "petrol to the pool")
    assert petrol["notes"] == "Last year: £18.50 spent, of £292.50."
    goals = next(section["text"] for section in plan["sections"] if section["section"] == "P08")
    assert "Swim with other children" in goals
    assert "a Sunday" not in goals
    gone = [one for one in plan["differences"] if one["section"] == "P08" and one["kind"] == "gone"]
    assert "That we all get a Sunday" in [one["pieces"][0]["text"] for one in gone]
    assert plan["versions"][0]["version"] == 1, "what was sent stays"


def test_a_plan_that_stops_is_closed_and_nothing_more_is_paid(agreed: Agreed, lead: Worker) -> None:
    stop = {"outcome": "stop", "reason": "They move to another council", "last": "2027-01-10"}
    done = lead.sends("/reviews/3/outcome", stop).json()
    assert done["status"] == "closed"
    living = lead.living()
    assert {one["covers_from"] for one in living["payments"]} == {"2026-11-23", "2026-12-21"}
    assert living["schedules"][-1]["cause"] == "stopped"
    for path, body in (
        ("/living", {"starts": "2027-01-11"}),
        ("/living/schedule", {"change_from": "2026-12-21", "reason": "x"}),
        ("/reviews", {"due": "2027-01-10", "reason": "x"}),
    ):
        assert lead.sends(path, body).status_code == 409


def test_what_was_said_is_in_no_audit_line(agreed: Agreed) -> None:
    with agreed.service.database.read() as tx:
        draft = drafts.by_reference(tx, agreed.family.reference)
        lines = audit.lines(tx, subject=draft.id, limit=10_000)
    assert {"review.opened", "review.said", "review.told", "review.outcome"} <= {one.action for one in lines}
    assert not any("grandad" in one.detail or "swim" in one.detail for one in lines)
    assert audit.verify(agreed.service.database) == []
