"""One service for each file of tests, all doors open, with servers in the providers' places.

Nothing runs in the background: a test does the work between its steps, by the clock that it moves.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.gateway.channels.worker import ChannelWorker
from bot.store import texts_out
from bot.store.texts_out import TextOut
from tests.gateway.service import Service, running
from tests.simulators.phones import MetaPhone, NotifyPhone, Phone, Providers, TwilioPhone, TwilioWhatsAppPhone

PUBLIC = "https://chat.example.gov.uk"
"""What the providers know us by, behind a proxy: not the address the tests knock at."""

KINDS: dict[str, type[Phone]] = {
    "notify": NotifyPhone,
    "twilio_sms": TwilioPhone,
    "twilio_whatsapp": TwilioWhatsAppPhone,
    "meta": MetaPhone,
}


@dataclass
class Doors:
    """The service, the providers, and the work between them."""

    service: Service
    providers: Providers

    @property
    def worker(self) -> ChannelWorker:
        worker: ChannelWorker = self.service.app.state.doors.worker
        return worker

    def settle(self) -> None:
        self.worker.run_once()

    def phone(self, door: str = "notify") -> Phone:
        """Somebody new."""
        servers = {"notify": self.providers.notify, "meta": self.providers.meta}
        provider = servers.get(door, self.providers.twilio)
        return KINDS[door](self.service.http, provider, self.settle, PUBLIC)

    def at_the_first_question(self, door: str = "notify") -> Phone:
        phone = self.phone(door)
        for words in ("hello", "yes. its for my son hes 8", "Ty"):
            phone.says(words)
        for words in ("1", "Ty", "8"):
            if "Q1 of 16" not in phone.screen and "someone nearby" not in phone.screen:
                phone.says(words)
        return phone

    def outbox(self, phone: Phone) -> tuple[TextOut, ...]:
        """What was queued for somebody."""
        from bot.store import numbers

        with self.service.database.write() as tx:
            number = numbers.found(tx, phone.door, phone.address, at=self.service.clock())
            return texts_out.of_number(tx, number.id)

    def count(self, table: str) -> int:
        """Rows of a table."""
        from sqlalchemy import text

        with self.service.database.read() as tx:
            return int(tx.connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - our own names

    def answers(self, phone: Phone) -> dict[str, int | None]:
        """The answers that hold in the draft somebody talks about."""
        from bot.store import answers, numbers

        with self.service.database.write() as tx:
            number = numbers.found(tx, phone.door, phone.address, at=self.service.clock())
            conversation = numbers.conversation_of(tx, number)
            assert conversation is not None
            return {code: answer.level for code, answer in answers.current(tx, conversation.draft_id).items()}


@pytest.fixture(scope="module")
def _open(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    store = tmp_path_factory.mktemp("doors") / "store.db"
    shutil.copy(empty_store, store)
    providers = Providers()
    with running(store, lifespan="off", public_address=PUBLIC, channels=providers.settings) as service:
        yield Doors(service, providers)
    providers.close()


@pytest.fixture
def doors(_open: Doors) -> Doors:
    """All doors open; providers and engine well."""
    for server in (_open.providers.notify, _open.providers.twilio, _open.providers.meta):
        server.failure = None
    _open.service.engine.failure = None
    return _open
