"""News on its way: queued with what it tells of, told once, claimed by one sender, and taken back when it is not needed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.store import audit, cases, members, news_addresses, notices
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.notices import Audience, Notice
from tests.store.helpers import NOW

ALL: tuple[Audience, ...] = ("family", "staff")
NUMBER = "+447700900123"


def in_a_minute(_tries: int) -> datetime:
    return NOW + timedelta(minutes=1)


def tell(database: Database, draft: Draft, to: str, event: str | None = "return:1", at: datetime = NOW) -> None:
    with database.write() as tx:
        notices.queue(
            tx, draft_id=draft.id, to=to, kind="returned" if to == "family" else "answered", at=at, event=event
        )


def give_number(database: Database, draft: Draft, member: str = "m1") -> None:
    with database.write() as tx:
        news_addresses.propose(tx, draft.id, member, "sms", NUMBER, at=NOW)
        news_addresses.confirm(tx, draft.id, member, at=NOW)


def all_of(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as tx:
        return sorted((n.recipient, n.route, n.state) for n in notices.listing(tx, limit=100))


def claim(database: Database, at: datetime = NOW) -> Notice | None:
    with database.write() as tx:
        return notices.claim(tx, at, ALL, in_a_minute)


def settle(database: Database, notice: Notice, state: notices.Settled) -> None:
    with database.write() as tx:
        notices.settle(tx, notice.id, state, at=NOW)


def test_without_an_address_a_family_is_told_in_the_conversation_alone(database: Database, draft: Draft) -> None:
    tell(database, draft, "family")
    assert all_of(database) == [("m1", "conversation", "queued")]
    assert claim(database) is None, "a line in the conversation waits there"


def test_an_address_counts_only_once_it_was_confirmed(database: Database, draft: Draft) -> None:
    with database.write() as tx:
        news_addresses.propose(tx, draft.id, "m1", "sms", NUMBER, at=NOW)
    tell(database, draft, "family", "return:1")
    with database.write() as tx:
        assert news_addresses.confirm(tx, draft.id, "m1", at=NOW).address == NUMBER
    tell(database, draft, "family", "return:2")
    assert [route for _, route, _ in all_of(database)] == ["conversation", "conversation", "sms"]


def test_nothing_to_confirm_is_said_so(database: Database, draft: Draft) -> None:
    with database.write() as tx, pytest.raises(news_addresses.NothingToConfirm):
        news_addresses.confirm(tx, draft.id, "m1", at=NOW)


def test_the_same_event_is_told_once(database: Database, draft: Draft) -> None:
    give_number(database, draft)
    for _ in range(3):
        tell(database, draft, "family")
    tell(database, draft, "family", None)
    tell(database, draft, "family", None)
    assert len(all_of(database)) == 4, "once for the event by two routes, and once for the moment"


def test_what_is_undone_tells_nothing(database: Database, draft: Draft) -> None:
    def fails_afterwards() -> None:
        with database.write() as tx:
            notices.queue(tx, draft_id=draft.id, to="family", kind="decided", at=NOW)
            raise RuntimeError("what it tells of failed")

    with pytest.raises(RuntimeError):
        fails_afterwards()
    assert all_of(database) == []


def test_everybody_who_takes_part_is_told_and_nobody_who_left(database: Database, draft: Draft) -> None:
    for _ in range(3):
        members.invite(database, draft.id, "parent", actor="family", at=NOW)
    with database.write() as tx:
        for member in ("m2", "m3"):
            members.came_in(tx, draft.id, member, at=NOW)
        members.withdraw(tx, draft.id, "m3", actor="family", at=NOW)
    tell(database, draft, "family")
    assert [recipient for recipient, _, _ in all_of(database)] == ["m1", "m2"]


def test_the_team_is_told_until_somebody_leads(database: Database, draft: Draft) -> None:
    with database.write() as tx:
        cases.opened(tx, draft.id, team="children", at=NOW)
    tell(database, draft, "lead", "answered:1")
    with database.write() as tx:
        cases.change(tx, draft.id, expected_revision=0, actor="ann", action="case.taken", at=NOW, lead="ann")
    tell(database, draft, "lead", "answered:2")
    tell(database, draft, "team", "answered:2")
    tell(database, draft, "bob@council.example", "answered:2")
    assert [recipient for recipient, _, _ in all_of(database)] == [
        "team:children",
        "team:children",
        "user:ann",
        "user:bob@council.example",
    ]


def test_one_sender_at_a_time_has_a_notice_and_a_lost_try_comes_again(database: Database, draft: Draft) -> None:
    tell(database, draft, "bob", "answered:1")
    first = claim(database)
    assert first is not None
    assert claim(database) is None, "claimed: nobody else sends this try"
    again = claim(database, in_a_minute(1))
    assert again is not None, "whoever claimed it died"
    assert (again.id, again.tries) == (first.id, 2), "the same id: the receiver knows a repeat by it"
    settle(database, again, "sent")
    assert claim(database, NOW + timedelta(days=1)) is None


def test_two_alike_go_out_as_one(database: Database, draft: Draft) -> None:
    give_number(database, draft)
    tell(database, draft, "family", "return:1")
    tell(database, draft, "family", "return:2", NOW + timedelta(hours=1))
    later = NOW + timedelta(hours=2)
    notice = claim(database, later)
    assert notice is not None
    settle(database, notice, "sent")
    assert claim(database, later) is None
    assert [state for _, route, state in all_of(database) if route == "sms"] == ["sent", "withdrawn"]


def test_who_was_told_in_the_conversation_gets_no_message_about_it(database: Database, draft: Draft) -> None:
    give_number(database, draft)
    tell(database, draft, "family")
    with database.write() as tx:
        assert [notice.kind for notice in notices.unseen(tx, draft.id, "m1")] == ["returned"]
        notices.seen(tx, draft.id, "m1", at=NOW)
        assert notices.unseen(tx, draft.id, "m1") == ()
    assert claim(database) is None
    assert all_of(database) == [("m1", "conversation", "sent"), ("m1", "sms", "withdrawn")]


def test_stop_takes_back_what_is_on_its_way_and_forgets_the_address(database: Database, draft: Draft) -> None:
    give_number(database, draft)
    tell(database, draft, "family")
    with database.write() as tx:
        news_addresses.stop(tx, draft.id, "m1", at=NOW)
    assert claim(database) is None
    tell(database, draft, "family", "return:2")
    with database.read() as tx:
        known = news_addresses.get(tx, draft.id, "m1")
        assert known is not None
        assert (known.address, known.in_use) == (None, False)
        (line,) = [line for line in audit.lines(tx, subject=draft.id) if line.action == "news.stopped"]
    assert "07" not in line.detail
    assert [route for _, route, state in all_of(database) if state == "queued"] == ["conversation", "conversation"]


def test_an_address_is_nowhere_in_plain_sight(database: Database, draft: Draft) -> None:
    give_number(database, draft)
    with database.read() as tx:
        row = tx.connection.exec_driver_sql("SELECT * FROM news_addresses").one()
        assert not any(NUMBER.encode() in bytes(value) for value in row if isinstance(value, bytes | memoryview))
        assert all(NUMBER[3:] not in line.detail for line in audit.lines(tx))
