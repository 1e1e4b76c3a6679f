"""The same conversation on every channel: what is stored in the end is the same as on the web, to the byte.

The service here is a second one beside the running product, on its store and its engine: the doors stand open, with
servers in the providers' places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.gateway.channels.capabilities import CAPABILITIES
from bot.gateway.standing import standing_of
from bot.store import calls, conversations, drafts
from bot.store.conversations import Conversation
from tests.conversations.script import read
from tests.gateway.talk import Person
from tests.live.doors import KINDS, Doors, open_doors
from tests.live.system import System
from tests.simulators.caller import Caller
from tests.simulators.phones import MetaPhone, Phone

pytestmark = pytest.mark.live

CONVERSATIONS = Path(__file__).parents[1] / "conversations"

RAS = ["yes. its for my son hes 8", "Ty", "3", "option 3 please", "3.", "2", "(2)", "three", "2️⃣", "3", "no 3",
       "Option 3", "2", "2", "it's 2", "3", "2", "2", "yes", "yes"]  # fmt: skip
"""The worked example, each number in another of the shapes people text."""


@pytest.fixture(scope="module")
def doors(system: System, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    with open_doors(system, tmp_path_factory.mktemp("channels")) as opened:
        yield opened


@pytest.fixture(scope="module")
def on_the_web(doors: Doors) -> tuple[str, list[Any], str]:
    """The questions, answered on the web."""
    person = Person.arrives(doors.system)  # type: ignore[arg-type]  # has the .http it needs
    for words in RAS:
        person.says(words)
    assert person.last["state"]["amount"]["amount_pence"] == 505000
    return doors.stored(draft_of(doors, person))


@pytest.mark.parametrize("door", list(KINDS))
def test_the_questions_by_phone_are_stored_as_on_the_web(
    doors: Doors, on_the_web: tuple[str, list[Any], str], door: str
) -> None:
    phone = doors.phone(door)
    phone.says("hello")
    for number, words in enumerate(RAS):
        assert phone.says("2) yes" if number == RAS.index("2") else words)
    assert doors.stored(doors.conversation(phone).draft_id) == on_the_web
    assert "£5,050" not in phone.screen, "the amount is told to who asks"
    assert "£5,050" in phone.says("amount")
    for message in phone.inbox:
        assert not re.search(r"\bTy\b", message.text), "nobody who picks up this phone reads the name"
        assert len(message.text) <= MOST[door]


PLAN = [beat.does for beat in read(CONVERSATIONS / "plan-tapped.txt").beats if beat.does.startswith(">")]
"""A whole plan, picked and typed, and sent."""


ONE_OF_EACH_KIND = tuple({CAPABILITIES[door]: door for door in reversed(KINDS)}.values())
"""Doors that say something differently. Two that can carry the same differ in how their provider brings and takes a
message, which the questions have tested above."""


@pytest.fixture(scope="module")
def plan_on_the_web(doors: Doors) -> tuple[str, list[Any], str]:
    """The plan, made on the web."""
    person = Person.arrives(doors.system)  # type: ignore[arg-type]
    for does in PLAN:
        person.picks(does[3:]) if does.startswith(">> ") else person.says(does[2:])
    assert person.last["state"]["stage"] == "sent"
    return doors.stored(draft_of(doors, person))


@pytest.mark.parametrize("door", ONE_OF_EACH_KIND)
def test_a_whole_plan_by_phone_is_stored_as_on_the_web(
    doors: Doors, plan_on_the_web: tuple[str, list[Any], str], door: str
) -> None:
    """What is picked on the web is texted by its number, or tapped."""
    phone = doors.phone(door)
    phone.says("hello")
    for does in PLAN:
        assert picks(doors, phone, does[3:]) if does.startswith(">> ") else phone.says(does[2:]), does
        assert all(len(message.text) <= MOST[door] for message in phone.last)
    assert doors.stored(doors.conversation(phone).draft_id) == plan_on_the_web


def in_a_call(doors: Doors, caller: Caller) -> Conversation:
    """The conversation that somebody talks in."""
    with doors.service.settings.database.read() as tx:
        call = calls.find(tx, caller.sid)
        assert call is not None
        assert call.conversation_id is not None
        return conversations.get(tx, call.conversation_id)


def rings(doors: Doors) -> Caller:
    """Somebody who begins something new by telephone."""
    caller = doors.caller()
    caller.rings()
    caller.presses("1")
    return caller


def test_the_questions_by_telephone_are_stored_as_on_the_web(
    doors: Doors, on_the_web: tuple[str, list[Any], str]
) -> None:
    caller = rings(doors)
    for number, words in enumerate(RAS):
        digit = re.sub(r"\D", "", words)
        if len(digit) == 1 and "hes" not in words and number % 2:
            caller.presses(digit)
        else:
            caller.says(words)
        assert not caller.hung_up
    assert doors.stored(in_a_call(doors, caller).draft_id) == on_the_web
    assert "£" not in caller.heard, "others in the room may hear"


def test_a_whole_plan_by_telephone_is_stored_as_on_the_web(
    doors: Doors, plan_on_the_web: tuple[str, list[Any], str]
) -> None:
    """What is picked on the web is a key; longer words are read back, and kept with a key."""
    caller = rings(doors)
    for does in PLAN:
        if does.startswith(">> "):
            presses_for(doors, caller, does[3:])
        else:
            caller.says(does[2:])
            if caller.parts[0].startswith("I heard:"):
                caller.presses("1")
    assert doors.stored(in_a_call(doors, caller).draft_id) == plan_on_the_web


def presses_for(doors: Doors, caller: Caller, value: str) -> None:
    """Press the key for what is picked on the web, hearing more of the options where there are more than five."""
    services = doors.service.app.state.services
    with services.database.read() as tx:
        prompt = standing_of(services, tx, in_a_call(doors, caller)).prompt(services.content)
    label = next((option.label for message in prompt for option in message.options if option.value == value), None)
    if label is None:
        caller.says(next(row[1] for message in prompt for row in message.rows if value.endswith(f".{row[0]}")))
        return
    for _ in range(5):
        for part in caller.parts:
            if part.startswith(f"For: {label.rstrip('.')}, press "):
                caller.presses(part.rsplit(" ", 1)[1].rstrip("."))
                return
        caller.presses("5")
    raise AssertionError(f"{label!r} was not offered:\n{caller.heard}")


MOST = {"notify": 459, "twilio_sms": 459, "meta": 1024, "twilio_whatsapp": 1600}
"""Characters of one message."""


def picks(doors: Doors, phone: Phone, value: str) -> str:
    """Tap an option where it can be tapped, else text its number, as it stands on the screen."""
    if phone.last and any(choice[0] == value for choice in phone.last[-1].choices):
        assert isinstance(phone, MetaPhone)
        return phone.taps(value)
    option = next(
        (option for message in doors.prompt(phone) for option in message.options if option.value == value), None
    )
    if option is None:  # a row of a page that is changed by its name on the web, and by its words in a text
        row = next(row for message in doors.prompt(phone) for row in message.rows if value.endswith(f".{row[0]}"))
        return phone.says(row[1])
    return phone.says(str(option.number))


def draft_of(doors: Doors, person: Person) -> str:
    with doors.service.settings.database.read() as tx:
        return drafts.by_reference(tx, person.last["state"]["draft_reference"]).id
