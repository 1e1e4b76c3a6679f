"""A family comes back by reference and PIN; a guesser is stopped, and learns nothing on the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.store import audit, drafts, resume
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.resume import TooManyTries, WrongPin
from tests.store.helpers import NOW, new_draft

pytestmark = pytest.mark.usefixtures("quick_hashing")


@pytest.fixture
def pin(database: Database, draft: Draft) -> str:
    return resume.set_pin(database, draft.id, actor="family", at=NOW)


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 10**6:06}"


def try_wrong(database: Database, draft: Draft, pin: str, times: int, at: object = NOW) -> None:
    for number in range(times):
        with pytest.raises(WrongPin):
            resume.check(database, draft.reference, wrong(pin), client=f"c{number}", now=at)  # type: ignore[arg-type]


def test_the_right_pin_opens_the_draft(database: Database, draft: Draft, pin: str) -> None:
    assert len(pin) == 6
    assert pin.isdigit()
    entered = resume.check(database, draft.reference.lower(), pin, client="c", now=NOW)
    assert (entered.draft.id, entered.member) == (draft.id, "m1")
    assert entered.draft.pin_set
    assert not draft.pin_set


def test_a_new_pin_ends_the_old_one(database: Database, draft: Draft, pin: str) -> None:
    newer = resume.set_pin(database, draft.id, actor="family", at=NOW)
    assert resume.check(database, draft.reference, newer, client="c", now=NOW).draft.id == draft.id
    with pytest.raises(WrongPin):
        resume.check(database, draft.reference, pin, client="c", now=NOW)


def test_a_draft_without_a_pin_cannot_be_opened(database: Database, draft: Draft) -> None:
    with pytest.raises(WrongPin):
        resume.check(database, draft.reference, "", client="c", now=NOW)


def test_a_pin_for_no_draft_is_refused(database: Database) -> None:
    with pytest.raises(drafts.NoSuchDraft):
        resume.set_pin(database, "nowhere", actor="family", at=NOW)


def test_five_wrong_tries_lock_even_the_right_pin_for_a_while(database: Database, draft: Draft, pin: str) -> None:
    try_wrong(database, draft, pin, 5)
    with pytest.raises(TooManyTries) as locked:
        resume.check(database, draft.reference, pin, client="home", now=NOW + timedelta(minutes=5))
    assert locked.value.retry_after == timedelta(minutes=10)
    back = resume.check(database, draft.reference, pin, client="home", now=NOW + timedelta(minutes=15))
    assert back.draft.id == draft.id


def test_a_locked_reference_does_not_lock_another(database: Database, draft: Draft, pin: str) -> None:
    other = new_draft(database)
    other_pin = resume.set_pin(database, other.id, actor="family", at=NOW)
    try_wrong(database, draft, pin, 5)
    assert resume.check(database, other.reference, other_pin, client="c9", now=NOW).draft.id == other.id


def test_a_patient_guesser_is_stopped_for_the_day(database: Database, draft: Draft, pin: str) -> None:
    for round_ in range(3):
        try_wrong(database, draft, pin, 5, at=NOW + timedelta(minutes=16 * round_))
    with pytest.raises(TooManyTries) as locked:
        resume.check(database, draft.reference, pin, client="home", now=NOW + timedelta(hours=2))
    assert locked.value.retry_after == timedelta(hours=22)


def test_an_unknown_reference_is_told_from_a_known_one_by_nothing(database: Database, draft: Draft, pin: str) -> None:
    def said(reference: str) -> list[str]:
        answers = []
        for number in range(6):
            try:
                resume.check(database, reference, wrong(pin), client=f"{reference}{number}", now=NOW)
            except (WrongPin, TooManyTries) as refusal:
                answers.append(f"{type(refusal).__name__}: {refusal}")
        return answers

    assert said("EX-2222-2222") == said(draft.reference)
    assert len(said("anything at all")) == 6


def test_one_client_cannot_go_through_many_references(database: Database, draft: Draft, pin: str) -> None:
    for number in range(20):
        with pytest.raises(WrongPin):
            resume.check(database, f"EX-2222-22{number:02}", "123456", client="bot", now=NOW)
    with pytest.raises(TooManyTries):
        resume.check(database, draft.reference, pin, client="bot", now=NOW)
    assert resume.check(database, draft.reference, pin, client="home", now=NOW).draft.id == draft.id


def test_the_right_pin_wipes_out_slips_before_it(database: Database, draft: Draft, pin: str) -> None:
    for _ in range(3):
        try_wrong(database, draft, pin, 4)
        assert resume.check(database, draft.reference, pin, client="home", now=NOW).draft.id == draft.id


def test_many_tries_at_once_gain_nothing(database: Database, draft: Draft, pin: str) -> None:
    def once(number: int) -> str:
        try:
            resume.check(database, draft.reference, wrong(pin), client=f"c{number}", now=NOW)
        except (WrongPin, TooManyTries) as refusal:
            return type(refusal).__name__
        return "in"

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(once, range(16)))
    assert sorted(said) == ["TooManyTries"] * 11 + ["WrongPin"] * 5


def test_tries_are_in_the_audit_without_the_pin_or_the_reference(database: Database, draft: Draft, pin: str) -> None:
    try_wrong(database, draft, pin, 1)
    resume.check(database, draft.reference, pin, client="home", now=NOW)
    with pytest.raises(WrongPin):
        resume.check(database, "EX-2222-2222", pin, client="home", now=NOW)
    with database.read() as tx:
        lines = audit.lines(tx, after=1)
    assert [(line.action, line.subject) for line in lines] == [
        ("draft.pin_set", draft.id),
        ("resume.wrong", draft.id),
        ("resume.right", draft.id),
        ("resume.wrong", "nobody"),
    ]
    assert not any(secret in line.detail for line in lines for secret in (pin, draft.reference))
