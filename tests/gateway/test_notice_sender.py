"""Notices reach families within their hours and staff at once; a failed try comes again, a killed one too, none twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from bot.gateway.conversations import open_conversation
from bot.gateway.notice_hours import TRIES, family_may_be_told
from bot.gateway.notice_sender import NoticeSender
from bot.gateway.notices import NotDelivered, Outgoing, routes
from bot.gateway.wire import NewConversation
from bot.store import audit, cases, contact, drafts, news_addresses, notices
from bot.store.notices import FamilyKind, StaffKind
from tests.gateway.duty import MailServer
from tests.gateway.service import CONTENT, Service, running

TUESDAY_NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NUMBER = "+447700900123"


class Texts:
    """A provider of text messages that can be told to fail, or to die while it sends."""

    def __init__(self) -> None:
        self.taken: list[Outgoing] = []
        self.fails: Exception | None = None

    def send(self, notice: Outgoing) -> None:
        if self.fails is not None:
            raise self.fails
        self.taken.append(notice)

    def close(self) -> None:
        """Nothing is held."""


class Killed(BaseException):
    """The process ended here."""


@pytest.fixture(scope="module")
def council(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    path = tmp_path_factory.mktemp("sender") / "store.db"
    shutil.copy(empty_store, path)
    with running(path, lifespan="off", mode="live", public_address="https://chat.example.gov.uk") as started:
        yield started


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


@pytest.fixture
def texts() -> Texts:
    return Texts()


@pytest.fixture
def sender(council: Service, texts: Texts, mail: MailServer) -> NoticeSender:
    council.clock.now = TUESDAY_NOON
    settings = replace(council.settings, smtp_url=mail.url)
    return NoticeSender(settings, routes(settings, {"sms": texts}))


@pytest.fixture
def family(council: Service) -> Iterator[str]:
    """The id of a draft whose family may be told by text; what was on its way of it is taken back afterwards."""
    council.clock.now = TUESDAY_NOON
    opened = open_conversation(council.app.state.services, NewConversation())
    with council.database.write() as tx:
        draft_id = drafts.by_reference(tx, opened.state.draft_reference).id
        cases.opened(tx, draft_id, team="children", at=TUESDAY_NOON)
        news_addresses.propose(tx, draft_id, "m1", "sms", NUMBER, at=TUESDAY_NOON)
        news_addresses.confirm(tx, draft_id, "m1", at=TUESDAY_NOON)
    yield draft_id
    with council.database.write() as tx:
        for notice in notices.listing(tx, limit=100, draft_id=draft_id):
            if notice.state == "queued":
                notices.settle(tx, notice.id, "withdrawn", at=council.clock())


def tell(council: Service, draft_id: str, to: str = "family", kind: notices.Kind = "decided") -> None:
    with council.database.write() as tx:
        notices.queue(tx, draft_id=draft_id, to=to, kind=kind, at=council.clock(), event="it:1")


def states(council: Service, draft_id: str) -> dict[str, str]:
    with council.database.read() as tx:
        return {notice.route: notice.state for notice in notices.listing(tx, limit=10, draft_id=draft_id)}


def test_a_text_says_only_that_there_is_news_and_where(
    council: Service, sender: NoticeSender, texts: Texts, family: str
) -> None:
    tell(council, family)
    assert sender.run_once() == 1
    (sent,) = texts.taken
    assert sent.to == NUMBER
    assert sent.text == (
        "There is news about your plan. Go to https://chat.example.gov.uk/resume and use your reference and PIN. "
        'There is no rush. You asked us to tell you. If you want us to stop, go there and say "stop telling me".'
    )
    assert sent.subject == "There is news for you"
    assert len(sent.text) <= 306, "two parts of a text message"
    with council.database.read() as tx:
        actions = [line.action for line in audit.lines(tx, subject=family, limit=500)]
    assert actions[-1] == "notice.sent"
    assert sender.run_once() == 0
    assert len(texts.taken) == 1


def test_every_kind_has_words_for_both_readers() -> None:
    for kind in get_args(FamilyKind):
        for who in ("parent", "young_person"):
            assert CONTENT.text(f"notice.family.{kind}", who)  # type: ignore[arg-type]
    for kind in get_args(StaffKind):
        assert CONTENT.text(f"notice.staff.{kind}", "parent")


def test_the_team_gets_an_e_mail_with_a_link_and_no_names(
    council: Service, sender: NoticeSender, mail: MailServer, family: str
) -> None:
    council.clock.now = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    tell(council, family, "team", "answered")
    assert sender.run_once() == 1
    ((recipients, message),) = mail.taken
    with council.database.read() as tx:
        reference = drafts.get(tx, family).reference
    assert recipients == ["disabledchildren@exampleshire.example"]
    assert message["Subject"] == f"Sevensteps: {reference}"
    assert f"https://chat.example.gov.uk/review/drafts/{reference}" in message.get_payload()
    assert message.get_payload().splitlines()[0] == "A family answered what they were asked."


def test_a_person_whose_user_id_is_no_address_is_told_by_their_team(
    council: Service, sender: NoticeSender, mail: MailServer, family: str
) -> None:
    tell(council, family, "ann.lead", "sign_off")
    sender.run_once()
    assert mail.taken[-1][0] == ["disabledchildren@exampleshire.example"]


def test_a_team_without_a_mailbox_shows_as_not_delivered(
    council: Service, sender: NoticeSender, mail: MailServer, family: str
) -> None:
    with council.database.write() as tx:
        cases.change(tx, family, expected_revision=None, actor="ann", action="case.moved", at=TUESDAY_NOON, team="new")
    tell(council, family, "team", "answered")
    assert sender.run_once() == 0
    assert states(council, family) == {"email": "failed"}
    assert mail.taken == []


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (datetime(2026, 11, 24, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 19, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 20, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), True),  # eight by the clock in summer
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), False),
    ],
)
def test_families_have_quiet_hours_and_closed_days(at: datetime, may: bool) -> None:
    assert family_may_be_told(CONTENT.notice_rules, CONTENT.council, at) is may


def test_at_night_a_family_is_left_alone_until_morning(
    council: Service, sender: NoticeSender, texts: Texts, family: str
) -> None:
    council.clock.now = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    tell(council, family)
    assert sender.run_once() == 0
    council.clock.now = datetime(2026, 11, 25, 8, 1, tzinfo=UTC)
    assert sender.run_once() == 1
    assert len(texts.taken) == 1


def test_a_failed_try_comes_again_and_is_given_up_in_the_end(
    council: Service, sender: NoticeSender, texts: Texts, family: str
) -> None:
    tell(council, family)
    texts.fails = NotDelivered("status 503")
    tries = 0
    while states(council, family)["sms"] == "queued":
        assert sender.run_once() == 0
        council.clock.now = max(council.clock.now + timedelta(minutes=31), TUESDAY_NOON)
        if council.clock.now.hour >= 20:
            council.clock.forward(hours=13)
        tries += 1
        assert tries < 200
    assert states(council, family)["sms"] == "failed"
    with council.database.read() as tx:
        (sms,) = [n for n in notices.listing(tx, limit=10, draft_id=family) if n.route == "sms"]
    assert sms.tries == TRIES


def test_after_a_failed_try_it_goes_out_once(council: Service, sender: NoticeSender, texts: Texts, family: str) -> None:
    tell(council, family)
    texts.fails = NotDelivered("status 503")
    sender.run_once()
    texts.fails = None
    assert sender.run_once() == 0, "not before its time"
    council.clock.forward(minutes=1)
    assert sender.run_once() == 1
    council.clock.forward(hours=1)
    assert sender.run_once() == 0
    assert len(texts.taken) == 1


def test_a_number_that_opted_out_is_not_tried_again(
    council: Service, sender: NoticeSender, texts: Texts, family: str
) -> None:
    tell(council, family)
    texts.fails = NotDelivered("opted out", final=True)
    sender.run_once()
    assert states(council, family)["sms"] == "failed"


def test_killed_between_claim_and_send_it_goes_out_later_and_once(
    council: Service, sender: NoticeSender, texts: Texts, family: str
) -> None:
    tell(council, family)
    texts.fails = Killed()  # type: ignore[assignment]
    with pytest.raises(Killed):
        sender.run_once()
    texts.fails = None
    other = NoticeSender(council.settings, {"sms": texts})
    assert other.run_once() == 0, "its try is still claimed"
    council.clock.forward(minutes=1)
    assert other.run_once() == 1
    council.clock.forward(hours=1)
    assert sender.run_once() == other.run_once() == 0
    assert len(texts.taken) == 1
    assert states(council, family)["sms"] == "sent"


@pytest.mark.parametrize("takes_back", ["stop", "not safe"])
def test_nothing_goes_out_to_who_took_it_back(
    council: Service, sender: NoticeSender, texts: Texts, family: str, takes_back: str
) -> None:
    tell(council, family)
    with council.database.write() as tx:
        if takes_back == "stop":
            news_addresses.stop(tx, family, "m1", at=council.clock())
        else:
            contact.set_safe_contact(tx, family, "no", message_id="m", at=council.clock())
    assert sender.run_once() == 0
    assert texts.taken == []
    assert states(council, family) == {"conversation": "queued", "sms": "withdrawn"}


def test_a_demo_sends_nothing_out_and_shows_what_it_would_have(council: Service, mail: MailServer, family: str) -> None:
    demo = replace(council.settings, mode="demo", smtp_url=mail.url)
    tell(council, family)
    tell(council, family, "team", "answered")
    assert NoticeSender(demo, routes(demo)).run_once() == 2
    assert mail.taken == []
