"""Numbers, messages that came in, and the outbox, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.store import inbound, numbers, suppression, texts_out
from bot.store.crypto import Cipher, new_key
from bot.store.database import Database, Transaction
from tests.store.helpers import NOW

ADDRESS = "+447700900123"


def bring(database: Database, id: str, *, minutes: int = 0, address: str = ADDRESS) -> bool:
    with database.write() as tx:
        numbers.one_at_a_time(tx, "notify", address)
        number = numbers.found(tx, "notify", address, at=NOW)
        at = NOW + timedelta(minutes=minutes)
        return inbound.keep(
            tx, number_id=number.id, door="notify", provider_id=id, body=id, shown="S1", sent_at=at, at=NOW
        )


def queue(tx: Transaction, cause: str, part: int = 0) -> bool:
    number = numbers.found(tx, "notify", ADDRESS, at=NOW)
    return texts_out.queue(
        tx,
        number_id=number.id,
        cause=cause,
        part=part,
        purpose="reply",
        body=f"{cause} {part}",
        place=cause,
        at=NOW,
        due=NOW,
    )


def test_brought_many_times_at_once_a_message_is_kept_once(database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(lambda _: bring(database, "one"), range(8)))
    assert sorted(kept) == [False] * 7 + [True]


def test_a_numbers_messages_are_one_workers_at_a_time_and_in_the_order_they_were_sent(database: Database) -> None:
    bring(database, "second", minutes=2)
    bring(database, "first", minutes=1)
    with database.write() as tx:
        mine = numbers.claim(tx, "me", 60, NOW)
        assert mine is not None
        assert numbers.claim(tx, "you", 60, NOW) is None
        message = inbound.oldest(tx, mine)
        assert message is not None
        assert (message.body, message.shown) == ("first", "S1")
        inbound.settle(tx, message.id)
        numbers.give_back(tx, mine, "me")
        assert numbers.claim(tx, "you", 60, NOW) == mine
    with database.write() as tx:
        assert numbers.claim(tx, "me", 60, NOW + timedelta(seconds=59)) is None
        assert numbers.claim(tx, "me", 60, NOW + timedelta(seconds=60)) == mine, "who claimed it has died"


def test_what_goes_out_is_queued_once_claimed_once_and_in_order(database: Database) -> None:
    with database.write() as tx:
        assert [queue(tx, "a", 0), queue(tx, "a", 1), queue(tx, "a", 0)] == [True, True, False]
    with database.write() as tx:
        first = texts_out.claim(tx, NOW, 90)
        assert first is not None
        assert (first.body, first.was) == ("a 0", "queued")
        assert texts_out.claim(tx, NOW, 90) is None, "the second part waits for the first"
        texts_out.accepted(tx, first.id, "provider-1", at=NOW)
        second = texts_out.claim(tx, NOW, 90)
        assert second is not None
        assert second.body == "a 1"
    with database.write() as tx:
        again = texts_out.claim(tx, NOW + timedelta(seconds=91), 90)
        assert again is not None
        assert (again.body, again.was) == ("a 1", "sending"), "who sent it has died: it may have gone out"


@pytest.mark.parametrize(
    ("reports", "ends"),
    [
        (("delivered", "sent"), "delivered"),
        (("sent", "failed"), "failed"),
        (("failed", "delivered"), "delivered"),
        (("delivered", "failed"), "delivered"),
    ],
)
def test_reports_in_any_order(database: Database, reports: tuple[str, ...], ends: str) -> None:
    with database.write() as tx:
        queue(tx, "a")
        text = texts_out.claim(tx, NOW, 90)
        assert text is not None
        texts_out.accepted(tx, text.id, "provider-1", at=NOW)
        for became in reports:
            assert texts_out.report(tx, became, provider_id="provider-1", at=NOW)  # type: ignore[arg-type]
        assert [out.state for out in texts_out.of_number(tx, text.number_id)] == [ends]
        assert not texts_out.report(tx, "sent", provider_id="unknown", at=NOW)


def test_after_a_new_key_numbers_opt_outs_and_repeats_are_still_known(url: str, database: Database) -> None:
    old = new_key()
    before, after = Database(url, Cipher([old])), Database(url, Cipher([new_key(), old]))
    bring(before, "one")
    with before.write() as tx:
        number = numbers.found(tx, "notify", ADDRESS, at=NOW)
        suppression.stop(tx, "sms", ADDRESS, at=NOW)
    assert not bring(after, "one")
    with after.write() as tx:
        assert numbers.found(tx, "notify", ADDRESS, at=NOW) == number
        assert suppression.is_stopped(tx, "sms", ADDRESS)
        assert not suppression.is_stopped(tx, "whatsapp", ADDRESS)
        assert suppression.start(tx, "sms", ADDRESS)
        assert not suppression.is_stopped(tx, "sms", ADDRESS)
    before.close()
    after.close()
