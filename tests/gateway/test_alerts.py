"""An alert reaches people by every route, is said again until one of them picks it up, and never twice at once."""

from __future__ import annotations

import hmac
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.gateway.alert_sender import AlertSender
from bot.store import audit, jobs, outbox, safety
from tests.gateway.duty import SECRET, MailServer, Receiver
from tests.gateway.service import Service, running
from tests.gateway.talk import Person

EMERGENCY = "he's got a knife and mum is hurt"
NEAR_THE_EDGE = "I can't do this any more"
FRIDAY_EVENING = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


@pytest.fixture
def routes(receiver: Receiver, mail: MailServer) -> dict[str, Any]:
    """A council in live mode, as far as alerts go, with both routes."""
    return {
        "mode": "live",
        "alert_webhook_url": receiver.url,
        "alert_webhook_secret": SECRET,
        "alert_email_to": "duty@council.example, manager@council.example",
        "smtp_url": mail.url,
    }


@pytest.fixture
def council(empty_store: Path, tmp_path: Path, routes: dict[str, Any]) -> Iterator[Service]:
    """The service, which sends nothing by itself: a test's own sender does."""
    shutil.copy(empty_store, tmp_path / "store.db")
    with running(tmp_path / "store.db", lifespan="off", **routes) as started:
        yield started


@pytest.fixture
def sender(council: Service) -> Iterator[AlertSender]:
    sender = AlertSender(council.settings)
    yield sender
    sender.close()


def deliveries(council: Service) -> list[tuple[str, int, str]]:
    with council.database.read() as tx:
        return sorted((d.route, d.number, d.state) for d in outbox.listing(tx, limit=100))


def test_red_goes_out_at_once_by_both_routes(
    council: Service, sender: AlertSender, receiver: Receiver, mail: MailServer
) -> None:
    person = Person.at_the_first_question(council)
    reply = person.says(EMERGENCY)
    reference = reply["state"]["draft_reference"]
    assert sender.run_once() == 2
    ((headers, body),) = receiver.taken
    expected = "sha256=" + hmac.new(SECRET.encode(), body, sha256).hexdigest()
    assert headers["X-Sevensteps-Signature"] == expected
    (said,) = receiver.said
    assert (said["level"], said["reference"], said["number"]) == ("RED-A", reference, 1)
    assert said["link"] == f"{council.url}/review/drafts/{reference}"
    assert datetime.fromisoformat(said["raised_at"]) == council.clock.now
    ((recipients, message),) = mail.taken
    assert recipients == ["duty@council.example", "manager@council.example"]
    assert message["Subject"] == "Sevensteps alert RED-A: a person must look now"
    assert message["From"] == "sevensteps@council.example"
    text = message.get_payload()
    assert reference in text
    assert "22 November 2026, 21:40" in text
    for personal in ("Ty", "knife", "mum"):
        assert personal not in body.decode()
        assert personal not in message["Subject"] + text


def test_what_is_sent_lies_in_the_store_with_the_message(council: Service) -> None:
    Person.at_the_first_question(council).says(EMERGENCY)
    assert deliveries(council) == [("email", 1, "queued"), ("webhook", 1, "queued")]


def test_sending_again_at_the_same_time_sends_nothing(
    council: Service, sender: AlertSender, receiver: Receiver
) -> None:
    Person.at_the_first_question(council).says(EMERGENCY)
    sender.run_once()
    assert sender.run_once() == 0
    council.clock.forward(minutes=4, seconds=59)
    assert sender.run_once() == 0
    assert len(receiver.taken) == 1


def test_drill_an_alert_that_nobody_picks_up(
    council: Service, sender: AlertSender, receiver: Receiver, mail: MailServer
) -> None:
    """RED at night: said at once, then every five minutes, until a named person takes it; then never again."""
    Person.at_the_first_question(council).says(EMERGENCY)
    sender.run_once()
    for _ in range(3):
        council.clock.forward(minutes=5)
        assert sender.run_once() == 2
    assert [said["number"] for said in receiver.said] == [1, 2, 3, 4]
    assert mail.taken[-1][1]["Subject"].endswith("look now (message 4)")
    with council.database.write() as tx:
        (event,) = safety.waiting(tx)
        safety.pick_up(tx, event.id, by="ann.duty", at=council.clock.now)
    for _ in range(3):
        council.clock.forward(minutes=5)
        assert sender.run_once() == 0
    assert len(receiver.taken) == 4
    with council.database.read() as tx:
        actions = [line.action for line in audit.lines(tx, subject=event.draft_id, limit=500)]
    assert actions.count("alert.sent") == 2, "the first message by each route"
    assert actions[-1] == "safety.picked_up"
    assert audit.verify(council.database) == []


def test_after_a_long_silence_it_is_said_once_and_not_once_for_each_time_missed(
    council: Service, sender: AlertSender, receiver: Receiver
) -> None:
    Person.at_the_first_question(council).says(EMERGENCY)
    sender.run_once()
    council.clock.forward(hours=10)
    sender.run_once()
    assert [said["number"] for said in receiver.said] == [1, 2]


def test_several_alerts_of_one_draft_are_said_each_but_only_the_worst_again(
    council: Service, sender: AlertSender, receiver: Receiver
) -> None:
    council.clock.now = MONDAY_MORNING
    person = Person.at_the_first_question(council)
    person.says(NEAR_THE_EDGE)
    person.says(EMERGENCY)
    sender.run_once()
    assert sorted(said["level"] for said in receiver.said) == ["AMBER-1", "RED-A"]
    council.clock.forward(hours=1)
    sender.run_once()
    assert [said["level"] for said in receiver.said[2:]] == ["RED-A"]


def test_amber_waits_for_the_working_morning_then_comes_every_hour(
    council: Service, sender: AlertSender, receiver: Receiver
) -> None:
    council.clock.now = FRIDAY_EVENING
    Person.at_the_first_question(council).says(NEAR_THE_EDGE)
    assert sender.run_once() == 0
    council.clock.now = MONDAY_MORNING - timedelta(seconds=1)
    assert sender.run_once() == 0
    council.clock.now = MONDAY_MORNING
    sender.run_once()
    assert [(said["level"], said["urgency"]) for said in receiver.said] == [("AMBER-1", "same_day")]
    for _ in range(7):
        council.clock.forward(hours=1)
        sender.run_once()
    assert len(receiver.taken) == 8
    council.clock.forward(hours=1)
    assert sender.run_once() == 0, "five o'clock: the next morning is soon enough"
    council.clock.now = MONDAY_MORNING + timedelta(days=1)
    sender.run_once()
    assert len(receiver.taken) == 9


def test_amber_within_working_hours_goes_out_at_once(council: Service, sender: AlertSender, receiver: Receiver) -> None:
    council.clock.now = MONDAY_MORNING
    Person.at_the_first_question(council).says(NEAR_THE_EDGE)
    sender.run_once()
    assert len(receiver.taken) == 1


def test_a_second_amber_is_as_urgent_as_a_red(council: Service, sender: AlertSender, receiver: Receiver) -> None:
    council.clock.now = FRIDAY_EVENING
    person = Person.at_the_first_question(council)
    person.says(NEAR_THE_EDGE)
    person.says("honestly I can't go on any more")
    sender.run_once()
    assert [said["urgency"] for said in receiver.said] == ["immediate"]


def test_a_failing_receiver_is_tried_again_ever_more_slowly(
    council: Service, sender: AlertSender, receiver: Receiver, mail: MailServer
) -> None:
    receiver.status = 500
    Person.at_the_first_question(council).says(EMERGENCY)
    assert sender.run_once() == 1, "the e-mail went out"
    council.clock.forward(seconds=14)
    sender.run_once()
    assert len(receiver.taken) == 1
    council.clock.forward(seconds=1)
    sender.run_once()
    assert len(receiver.taken) == 2
    receiver.status = 204
    council.clock.forward(seconds=30)
    assert sender.run_once() == 1
    keys = {headers["Idempotency-Key"] for headers, _ in receiver.taken}
    assert len(keys) == 1, "one message, tried three times"
    assert deliveries(council) == [("email", 1, "sent"), ("webhook", 1, "sent")]
    assert len(mail.taken) == 1


def test_a_route_that_stays_broken_is_given_up_then_begun_anew_and_shown(
    council: Service, sender: AlertSender, receiver: Receiver, mail: MailServer
) -> None:
    mail.refuses = True
    receiver.close()
    Person.at_the_first_question(council).says(EMERGENCY)
    for _ in range(40):
        sender.run_once()
        council.clock.forward(seconds=15)
    assert [d for d in deliveries(council) if d[1] == 1] == [("email", 1, "failed"), ("webhook", 1, "failed")]
    mail.refuses = False
    council.clock.forward(minutes=5)
    sender.run_once()
    assert ("email", 2, "sent") in deliveries(council)
    assert len(mail.taken) == 1
    with council.database.read() as tx:
        (event,) = safety.waiting(tx)
        actions = [line.action for line in audit.lines(tx, subject=event.draft_id, limit=500)]
    assert actions.count("alert.failed") == 2


def test_only_one_process_sends(council: Service, sender: AlertSender, receiver: Receiver) -> None:
    Person.at_the_first_question(council).says(EMERGENCY)
    assert jobs.take(council.database, "alerts", "another process", 60, council.clock.now)
    assert sender.run_once() == 0
    assert receiver.taken == []
    council.clock.forward(seconds=61)
    assert sender.run_once() == 2, "the other one died, and its lease ran out"


def test_a_password_is_never_sent_in_the_clear(council: Service, mail: MailServer) -> None:
    Person.at_the_first_question(council).says(EMERGENCY)
    url = mail.url.replace("smtp://", "smtp://user:secret@")
    careful = AlertSender(replace(council.settings, alert_webhook_url=None, smtp_url=url))
    careful.run_once()
    careful.close()
    assert mail.taken == []
    assert ("email", 1, "queued") in deliveries(council)


def test_an_alert_from_before_a_route_was_configured_is_told_too(council: Service, receiver: Receiver) -> None:
    Person.at_the_first_question(council).says(EMERGENCY)
    with council.database.write() as tx:
        (event,) = safety.waiting(tx)
        safety.record(
            tx,
            draft_id=event.draft_id,
            message_id=event.message_id,
            level="RED-C",
            rule_id="from-an-older-version",
            text_id="DISC_adult",
            alert="waiting",
            at=council.clock.now,
        )
    only_webhook = AlertSender(replace(council.settings, smtp_url=None))
    only_webhook.run_once()
    only_webhook.close()
    assert sorted(said["level"] for said in receiver.said) == ["RED-A", "RED-C"]


def test_the_service_sends_by_itself(
    empty_store: Path, tmp_path: Path, routes: dict[str, Any], receiver: Receiver
) -> None:
    shutil.copy(empty_store, tmp_path / "own.db")
    with running(tmp_path / "own.db", **routes) as council:
        Person.at_the_first_question(council).says(EMERGENCY)
        until = time.monotonic() + 20
        while not receiver.taken and time.monotonic() < until:
            time.sleep(0.1)
        assert [said["level"] for said in receiver.said] == ["RED-A"]


def test_a_demo_sends_nothing_and_keeps_it_for_the_page(
    empty_store: Path, tmp_path: Path, routes: dict[str, Any], receiver: Receiver, mail: MailServer
) -> None:
    shutil.copy(empty_store, tmp_path / "demo.db")
    with running(tmp_path / "demo.db", lifespan="off", **(routes | {"mode": "demo"})) as demo:
        reference = Person.at_the_first_question(demo).says(EMERGENCY)["state"]["draft_reference"]
        sender = AlertSender(demo.settings)
        assert sender.run_once() == 1
        sender.close()
        assert (receiver.taken, mail.taken) == ([], [])
        assert deliveries(demo) == [("page", 1, "sent")]
        demo.http.post("/api/v1/review/demo-login", json={"user": "team-manager"})
        page = demo.http.get("/review/outbox").text
        assert "Sevensteps alert RED-A: a person must look now" in page
        assert reference in page
        assert "nothing leaves this computer" in page
