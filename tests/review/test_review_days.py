"""The days of a plan: its looking backs are opened when they come near, once, whoever looks; and people are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.review.review_days import ReviewDays
from bot.store import drafts, notices
from tests.gateway.talk import words
from tests.review.agreed import Agreed, agreed_plan


@pytest.fixture(scope="module")
def agreed(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agreed]:
    """A live plan that began on 23 November 2026 and names "in three months" for its first looking back."""
    with agreed_plan(empty_store, tmp_path_factory.mktemp("days")) as made:
        assert made.signs_in("lead-professional").sends("/living", {"starts": "2026-11-23", "lines": [202]}).is_success
        yield made


def looked(agreed: Agreed, year: int, month: int, day: int) -> int:
    """How many reviews two processes open on a day."""
    agreed.service.clock.now = datetime(year, month, day, 9, tzinfo=UTC)
    return sum(ReviewDays(agreed.service.settings).run_once() for _ in range(2))


def test_nothing_is_opened_before_its_time(agreed: Agreed) -> None:
    assert looked(agreed, 2027, 2, 7) == 0
    lead = agreed.signs_in("lead-professional")
    assert lead.reviews()["next_due"] == [["first", "2027-02-22"], ["yearly", "2027-11-23"]]


def test_the_first_is_opened_two_weeks_before_and_the_family_and_the_lead_are_told(agreed: Agreed) -> None:
    assert looked(agreed, 2027, 2, 8) == 1
    with agreed.service.database.read() as tx:
        draft = drafts.by_reference(tx, agreed.family.reference)
        told = {(one.audience, one.kind) for one in notices.listing(tx, limit=50, draft_id=draft.id)}
    assert draft.status == "review_due"
    assert told >= {("family", "review"), ("staff", "review_due")}
    person = agreed.family.comes_in()
    assert person.last["state"]["stage"] == "review"
    assert "It is time to look back at the plan with you." in words(person.last)
    review = agreed.signs_in("lead-professional").reviews()["reviews"][0]
    assert (review["kind"], review["cause"], review["due"], review["opened_by"]) == (
        "first",
        "due",
        "2027-02-22",
        "review-days",
    )


def test_it_is_not_opened_again_while_it_waits_or_when_it_is_done(agreed: Agreed) -> None:
    assert looked(agreed, 2027, 3, 8) == 0
    lead = agreed.signs_in("lead-professional")
    done = lead.sends("/reviews/1/outcome", {"outcome": "carry_on", "reason": "We met them at home"}).json()
    assert done["status"] == "live"
    assert looked(agreed, 2027, 3, 9) == 0


def test_the_yearly_one_comes_and_a_closed_plan_has_no_more(agreed: Agreed) -> None:
    assert looked(agreed, 2027, 11, 9) == 1
    lead = agreed.signs_in("lead-professional")
    assert lead.reviews()["reviews"][0]["kind"] == "yearly"
    stop = {"outcome": "stop", "reason": "He is eighteen"}
    assert lead.sends("/reviews/2/outcome", stop).json()["status"] == "closed"
    assert looked(agreed, 2028, 11, 9) == 0
