"""The channels' doors beside the running product: a second service on its store and its engine, with servers in the
providers' places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.gateway.settings import utc_now
from bot.gateway.standing import standing_of
from bot.interview import Message
from bot.store import answers, drafts, numbers
from bot.store.conversations import Conversation
from tests.gateway.service import Service, running
from tests.live.system import System
from tests.simulators.caller import Caller
from tests.simulators.phones import MetaPhone, NotifyPhone, Phone, Providers, TwilioPhone, TwilioWhatsAppPhone

PUBLIC = "https://chat.example.gov.uk"

KINDS: dict[str, type[Phone]] = {
    "notify": NotifyPhone,
    "twilio_sms": TwilioPhone,
    "meta": MetaPhone,
    "twilio_whatsapp": TwilioWhatsAppPhone,
}


@dataclass
class Doors:
    """The second service and its providers."""

    system: System
    service: Service
    providers: Providers

    def settle(self) -> None:
        self.service.app.state.doors.worker.run_once()

    def phone(self, door: str) -> Phone:
        servers = {"notify": self.providers.notify, "meta": self.providers.meta}
        return KINDS[door](self.service.http, servers.get(door, self.providers.twilio), self.settle, PUBLIC)

    def conversation(self, phone: Phone) -> Conversation:
        database = self.service.settings.database
        with database.write() as tx:
            found = numbers.conversation_of(tx, numbers.found(tx, phone.door, phone.address, at=utc_now()))
        assert found is not None
        return found

    def prompt(self, phone: Phone) -> tuple[Message, ...]:
        """What is asked now, as the web would show it."""
        services = self.service.app.state.services
        with services.database.read() as tx:
            return standing_of(services, tx, self.conversation(phone)).prompt(services.content)

    def stored(self, draft_id: str) -> tuple[str, list[Any], str]:
        """What there is of a draft in the end: its stage, every answer ever given, and the whole state."""
        with self.service.settings.database.read() as tx:
            draft = drafts.get(tx, draft_id)
            rows = answers.history(tx, draft_id)
        kept = [
            (row.question_id, row.level, row.hard_level, row.hard_days, row.status, row.by, row.words) for row in rows
        ]
        return draft.stage, kept, without_times(json.loads(draft.state))

    def caller(self) -> Caller:
        """Somebody with a telephone, who has not rung yet."""
        return Caller(self.service.http, PUBLIC)


@contextmanager
def open_doors(system: System, folder: Path) -> Iterator[Doors]:
    """Open them; ``folder`` is for a store that nothing is written to."""
    providers = Providers()
    environment = system._processes["service"].environment
    changed = {
        "database": system.database,
        "engine_url": system.engine_road.url,
        "engine_secret": environment["SEVENSTEPS_ENGINE_SECRET"],
        "public_address": PUBLIC,
        "clock": utc_now,
        "channels": providers.settings,
    }
    unused = folder / "unused.db"
    with running(unused, lifespan="off", **changed) as service:
        yield Doors(system, service, providers)
    providers.close()


def without_times(state: Any) -> str:
    """The state as it lies in the store, but for moments and ids of messages, which no two drafts share."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(item) for key, item in value.items() if key not in ("at", "message_id")}
        return [bare(item) for item in value] if isinstance(value, list) else value

    return json.dumps(bare(state), ensure_ascii=False)
