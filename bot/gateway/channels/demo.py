"""A phone on the screen, for who would like to try a channel without an account. It exists in demo mode alone.

Everything is as on a real phone but the provider: the same recording, turn, words, and outbox. ``bin/sevensteps chat
--as sms`` is such a phone.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.gateway.channels import gsm7
from bot.gateway.channels.arrived import Arrived, record
from bot.gateway.channels.capabilities import CAPABILITIES, Capabilities, Door
from bot.gateway.channels.outgoing import Outgoing
from bot.gateway.channels.worker import ChannelWorker
from bot.gateway.limits import MAX_CHOICE, MAX_TEXT
from bot.gateway.services import Services
from bot.store import numbers, texts_out

WAIT_SECONDS = 30
MOST_PHONES = 200
"""Phones whose screens are kept; the least used are forgotten first."""


class DemoDoor:
    """Keeps what is sent to each phone until its screen is read."""

    def __init__(self, door: Door) -> None:
        self.door: Door = door
        self._lock = threading.Lock()
        self._screens: OrderedDict[str, list[Outgoing]] = OrderedDict()

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES[self.door]

    def send(self, address: str, message: Outgoing, reference: str) -> str:
        with self._lock:
            self._screens.setdefault(address, []).append(message)
            self._screens.move_to_end(address)
            if len(self._screens) > MOST_PHONES:
                self._screens.popitem(last=False)
        return secrets.token_urlsafe(12)

    def went_out(self, address: str, message: Outgoing, reference: str, since: datetime) -> str | None:
        """A screen forgets when the service ends."""
        return None

    def read(self, address: str) -> list[Outgoing]:
        """What came since it was read last."""
        with self._lock:
            return self._screens.pop(address, [])


class DemoPhones:
    """The demo's phones of one process."""

    def __init__(self, services: Services, doors: Sequence[DemoDoor], worker: ChannelWorker) -> None:
        self._services = services
        self._doors = {door.door: door for door in doors}
        self._worker = worker

    def say(self, door: Door, number: str, text: str, choice: str | None) -> list[Outgoing]:
        """Write from a phone; returns what it reads then."""
        message = Arrived(door, secrets.token_urlsafe(16), number, "text" if choice is None else "choice", text, choice)
        database, until = self._services.database, time.monotonic() + WAIT_SECONDS
        record(database, [message], self._services.now())
        self._worker.run_once()
        while self._is_under_way(door, number) and time.monotonic() < until:
            time.sleep(0.05)  # somebody else has taken it up
        return self._doors[door].read(number)

    def _is_under_way(self, door: Door, number: str) -> bool:
        database = self._services.database
        with database.write(survives_power_cut=False) as tx:
            found = numbers.found(tx, door, number, at=self._services.now())
            return numbers.is_claimed(tx, found.id) or texts_out.waits(tx, found.id)


class Written(BaseModel):
    """A message from a phone on the screen."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "07700 900123", "text": "hello"}]})

    number: Annotated[str, Field(min_length=1, max_length=40)]
    text: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    choice: Annotated[str | None, Field(max_length=MAX_CHOICE)] = None


class TapOut(BaseModel):
    """A button, or a row of a list."""

    value: str
    title: str
    description: str


class ShownOut(BaseModel):
    """One message on the screen."""

    text: str
    choices: list[TapOut]
    segments: int
    """Text messages it would be charged as."""


class ScreenOut(BaseModel):
    """What came back."""

    messages: list[ShownOut]


def phones_of(request: Request) -> DemoPhones:
    """The phones of this process."""
    found: DemoPhones = request.app.state.doors.demo_phones
    return found


router = APIRouter(prefix="/channels/demo", tags=["Channels"])


@router.post("/{channel}")
def write(
    channel: Literal["sms", "whatsapp"], written: Written, phones: Annotated[DemoPhones, Depends(phones_of)]
) -> ScreenOut:
    """Write a text or WhatsApp message as somebody with this number would, and read the reply (demo mode only)."""
    door: Door = "demo_sms" if channel == "sms" else "demo_whatsapp"
    came = phones.say(door, written.number, written.text, written.choice)
    return ScreenOut(
        messages=[
            ShownOut(
                text=message.text,
                choices=[TapOut(value=c.value, title=c.title, description=c.description) for c in message.choices],
                segments=gsm7.segments(message.text),
            )
            for message in came
        ]
    )
