"""People join a plan with codes of their own: each comes in as themselves, until their code is withdrawn."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.store import audit, conversations, members, pins, resume
from bot.store.conversations import Conversation, NoSuchConversation
from bot.store.crypto import Cipher, new_key
from bot.store.database import Database, NoSuchDraft
from bot.store.drafts import Draft
from bot.store.members import NoSuchMember, TooManyMembers
from bot.store.resume import TooManyTries, WrongPin
from tests.store.helpers import NOW, new_draft

pytestmark = pytest.mark.usefixtures("quick_hashing")


@pytest.fixture
def pin(database: Database, draft: Draft) -> str:
    return resume.set_pin(database, draft.id, actor="family", at=NOW)


def invite(database: Database, draft: Draft, role: str = "young_person") -> tuple[str, str]:
    return members.invite(database, draft.id, role, actor="family", at=NOW)


def withdraw(database: Database, draft: Draft, member: str) -> None:
    with database.write() as tx:
        members.withdraw(tx, draft.id, member, actor="family", at=NOW)


def enter(database: Database, draft: Draft, typed: str, at: timedelta = timedelta(0), client: str = "home") -> str:
    """Who comes in."""
    entered = resume.check(database, draft.reference, typed, client=client, now=NOW + at)
    assert entered.draft.id == draft.id
    return entered.member


def opened(database: Database, draft: Draft, member: str) -> tuple[Conversation, str]:
    with database.write() as tx:
        return conversations.open_conversation(
            tx, draft.id, channel="web", language="en", actor="family", at=NOW, member=member
        )


def people(database: Database, draft: Draft) -> tuple[members.Member, ...]:
    with database.read() as tx:
        return members.listing(tx, draft.id)


def test_each_comes_in_as_themselves_and_comes_back(database: Database, draft: Draft, pin: str) -> None:
    sam, sams_code = invite(database, draft)
    dad, dads_code = invite(database, draft, "parent")
    assert (sam, dad) == ("m2", "m3")
    assert all(len(code) == 6 and code.isdigit() for code in (sams_code, dads_code))
    for _ in range(3):
        assert enter(database, draft, sams_code) == "m2"
        assert enter(database, draft, pin) == "m1"
        assert enter(database, draft, dads_code) == "m3"


def test_who_was_invited_and_who_came_is_known(database: Database, draft: Draft) -> None:
    _, code = invite(database, draft)
    members.invite(database, draft.id, "parent", actor="family", at=NOW, invited_by="m2")
    for days in (1, 2):
        enter(database, draft, code, timedelta(days=days))
    sam, dad = people(database, draft)
    assert (sam.id, sam.role, sam.invited_by, sam.created, sam.withdrawn) == ("m2", "young_person", "m1", NOW, False)
    assert sam.joined == NOW + timedelta(days=1)
    assert (dad.id, dad.role, dad.invited_by, dad.joined) == ("m3", "parent", "m2", None)


def test_a_code_opens_no_other_draft(database: Database, draft: Draft) -> None:
    other = new_draft(database)
    _, code = invite(database, draft)
    invite(database, other)
    with pytest.raises(WrongPin):
        enter(database, other, code)


def test_a_person_can_be_invited_before_there_is_a_pin(database: Database, draft: Draft) -> None:
    _, code = invite(database, draft)
    pin = resume.set_pin(database, draft.id, actor="family", at=NOW)
    assert (enter(database, draft, code), enter(database, draft, pin)) == ("m2", "m1")


def test_a_pin_from_before_there_were_codes_still_works(database: Database, draft: Draft) -> None:
    """It was hashed with a salt and cost of its own."""
    older = PasswordHasher(time_cost=2, memory_cost=16, parallelism=2, salt_len=12)
    with database.write() as tx:
        pin_hash = older.hash(database.cipher.lookup("pin", f"{draft.id}/123456"))
        tx.connection.execute(text("UPDATE drafts SET pin_hash = :hash"), {"hash": pin_hash})
    assert enter(database, draft, "123456") == "m1"
    _, code = invite(database, draft)
    assert (enter(database, draft, code), enter(database, draft, "123456")) == ("m2", "m1")


def test_no_two_people_of_a_draft_have_the_same_digits(
    database: Database, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([7, 7, 8, 7, 8, 9, 9, 10])
    monkeypatch.setattr(pins, "secrets", SimpleNamespace(randbelow=lambda _: next(drawn)))
    pin = resume.set_pin(database, draft.id, actor="family", at=NOW)
    codes = [invite(database, draft)[1] for _ in range(2)]
    newer = resume.set_pin(database, draft.id, actor="family", at=NOW)
    assert [pin, *codes, newer] == ["000007", "000008", "000009", "000010"]
    assert [enter(database, draft, typed) for typed in (*codes, newer)] == ["m2", "m3", "m1"]


def test_a_seventh_person_is_refused(database: Database, draft: Draft) -> None:
    assert [invite(database, draft)[0] for _ in range(5)] == ["m2", "m3", "m4", "m5", "m6"]
    withdraw(database, draft, "m3")
    with pytest.raises(TooManyMembers):
        invite(database, draft)
    assert len(people(database, draft)) == 5


def test_nobody_is_invited_to_no_draft(database: Database) -> None:
    with pytest.raises(NoSuchDraft):
        members.invite(database, "nowhere", "parent", actor="family", at=NOW)
    with pytest.raises(NoSuchDraft), database.write() as tx:
        members.withdraw(tx, "nowhere", "m2", actor="family", at=NOW)


def test_a_withdrawn_code_is_a_wrong_one_and_shuts_its_devices_out(database: Database, draft: Draft, pin: str) -> None:
    sam, sams_code = invite(database, draft)
    _, dads_code = invite(database, draft, "parent")
    sams, sams_token = opened(database, draft, sam)
    mums, mums_token = opened(database, draft, "m1")
    with database.read() as tx:
        assert conversations.authenticate(tx, sams_token) == sams
    withdraw(database, draft, sam)
    with pytest.raises(WrongPin):
        enter(database, draft, sams_code)
    assert (enter(database, draft, pin), enter(database, draft, dads_code)) == ("m1", "m3")
    with database.read() as tx:
        with pytest.raises(NoSuchConversation):
            conversations.authenticate(tx, sams_token)
        assert conversations.authenticate(tx, mums_token) == mums
        assert conversations.get(tx, sams.id).member == sam
    assert [(one.id, one.withdrawn) for one in people(database, draft)] == [("m2", True), ("m3", False)]


def test_who_has_no_code_cannot_lose_one(database: Database, draft: Draft, pin: str) -> None:
    sam, _ = invite(database, draft)
    withdraw(database, draft, sam)
    for nobody in (sam, "m1", "m3"):
        with pytest.raises(NoSuchMember):
            withdraw(database, draft, nobody)
        with pytest.raises(NoSuchMember):
            members.new_code(database, draft.id, nobody, actor="family", at=NOW)
    assert enter(database, draft, pin) == "m1"


def test_a_code_withdrawn_in_the_middle_of_a_try_does_not_open(
    database: Database, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam, code = invite(database, draft)
    slow = pins.whose

    def meanwhile(*arguments: object) -> str | None:
        found = slow(*arguments)  # type: ignore[arg-type]
        withdraw(database, draft, sam)
        return found

    monkeypatch.setattr(pins, "whose", meanwhile)
    with pytest.raises(WrongPin):
        enter(database, draft, code)


def test_who_lost_their_code_gets_another(database: Database, draft: Draft) -> None:
    sam, lost = invite(database, draft)
    _, token = opened(database, draft, sam)
    code = members.new_code(database, draft.id, sam, actor="family", at=NOW)
    assert enter(database, draft, code) == sam
    with pytest.raises(WrongPin):
        enter(database, draft, lost)
    with database.read() as tx:
        assert conversations.authenticate(tx, token).member == sam


def test_a_wrong_try_takes_one_slow_hash_whoever_there_is(
    database: Database, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time of the answer would tell which references exist, and how many people take part."""
    alone, together = new_draft(database), new_draft(database)
    for one in (alone, together):
        resume.set_pin(database, one.id, actor="family", at=NOW)
    for _ in range(5):
        invite(database, together)
    made: list[tuple[object, ...]] = []
    slow = pins.hash_secret

    def counted(*arguments: object, **cost: object) -> bytes:
        made.append(tuple(sorted(cost.items())))
        return slow(*arguments, **cost)  # type: ignore[arg-type]

    monkeypatch.setattr(pins, "hash_secret", counted)
    for reference in ("EX-2222-2222", draft.reference, alone.reference, together.reference):
        with pytest.raises(WrongPin):
            resume.check(database, reference, "not digits", client="c", now=NOW)
    assert len(made) == 4
    assert len(set(made)) == 1


def test_one_member_cannot_go_on_guessing_at_another_between_their_own(
    database: Database, draft: Draft, pin: str
) -> None:
    _, code = invite(database, draft)
    for own in (code, pin):
        for _ in range(2):
            with pytest.raises(WrongPin):
                enter(database, draft, "wrong", client="a")
        assert enter(database, draft, own) in ("m1", "m2")
    with pytest.raises(WrongPin):
        enter(database, draft, "wrong", client="b")
    for right in (pin, code):
        with pytest.raises(TooManyTries):
            enter(database, draft, right)
    assert enter(database, draft, code, timedelta(minutes=15)) == "m2"


def test_the_audit_says_who_and_never_the_code(database: Database, draft: Draft, pin: str) -> None:
    sam, code = invite(database, draft)
    enter(database, draft, code)
    other_code = members.new_code(database, draft.id, sam, actor="family", at=NOW)
    withdraw(database, draft, sam)
    with database.read() as tx:
        lines = audit.lines(tx, subject=draft.id, after=2)
    assert [(line.action, line.detail) for line in lines] == [
        ("member.invited", '{"by":"m1","member":"m2","role":"young_person"}'),
        ("resume.right", '{"member":"m2"}'),
        ("member.code_renewed", '{"member":"m2"}'),
        ("member.withdrawn", '{"member":"m2"}'),
    ]
    assert not any(secret in line.detail for line in lines for secret in (pin, code, other_code))


def test_a_role_in_words_is_refused(database: Database, draft: Draft) -> None:
    with pytest.raises(audit.NotACode):
        invite(database, draft, "his dad Tom")
    assert people(database, draft) == ()


def test_codes_outlive_a_change_of_keys(url: str) -> None:
    old, new = new_key(), new_key()
    before = Database(url, Cipher([old]))
    draft = new_draft(before)
    _, older = invite(before, draft)
    before.close()
    after = Database(url, Cipher([new, old]))
    _, newer = invite(after, draft)
    assert [enter(after, draft, code) for code in (older, newer)] == ["m2", "m3"]
    after.close()


def test_two_invited_at_once_are_two_people(database: Database, draft: Draft) -> None:
    both = threading.Barrier(2)

    def work(_: int) -> tuple[str, str]:
        both.wait()
        return invite(database, draft)

    with ThreadPoolExecutor(2) as pool:
        given_out = dict(pool.map(work, range(2)))
    assert set(given_out) == {"m2", "m3"}
    for member, code in given_out.items():
        assert enter(database, draft, code) == member
    assert audit.verify(database) == []


def test_many_invited_at_once_are_never_more_than_six(database: Database, draft: Draft) -> None:
    def work(number: int) -> tuple[str, str]:
        if number == 3:
            return "m1", resume.set_pin(database, draft.id, actor="family", at=NOW)
        try:
            return invite(database, draft)
        except TooManyMembers:
            return "full", ""

    with ThreadPoolExecutor(4) as pool:
        given_out = list(pool.map(work, range(8)))
    assert sorted(member for member, _ in given_out) == ["full", "full", "m1", "m2", "m3", "m4", "m5", "m6"]
    assert all(enter(database, draft, code) == member for member, code in given_out if code)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["invite", "pin", "m2 out", "m3 out", "m2 anew", "m3 anew"]), max_size=8))
def test_in_any_order_each_opens_as_themselves_and_old_digits_open_nothing(
    database: Database, steps: list[str]
) -> None:
    draft = new_draft(database)
    holds: dict[str, str] = {}
    ended: list[str] = []
    for step in steps:
        member = "m1" if step == "pin" else step[:2]
        try:
            if step == "invite":
                member, code = invite(database, draft)
            elif step == "pin":
                code = resume.set_pin(database, draft.id, actor="family", at=NOW)
            elif step.endswith("anew"):
                code = members.new_code(database, draft.id, member, actor="family", at=NOW)
            else:
                withdraw(database, draft, member)
                code = ""
        except NoSuchMember:
            assert member not in holds
            continue
        except TooManyMembers:
            assert len(people(database, draft)) == 5
            continue
        ended += [holds.pop(member)] if member in holds else []
        holds |= {member: code} if code else {}
    with database.read() as tx:
        kept = pins.kept(tx, draft.id)
    assert {typed: pins.whose(database.cipher, draft.id, kept, typed) for typed in holds.values()} == {
        code: member for member, code in holds.items()
    }
    for typed in set(ended) - set(holds.values()):
        assert pins.whose(database.cipher, draft.id, kept, typed) is None
