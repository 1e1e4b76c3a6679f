"""Only a provider is let in: what nobody we know has signed is refused, and nothing of it is kept but a count."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.gateway.channels.settings import ChannelSettings
from tests.gateway.channels.conftest import Doors
from tests.gateway.service import running
from tests.simulators.phones import META_SECRETS, META_VERIFY, NOTIFY_TOKENS, OLDER_TWILIO_TOKEN

DOORS = ("notify", "twilio_sms", "twilio_whatsapp", "meta")
PROVIDER = {"notify": "notify", "twilio_sms": "twilio", "twilio_whatsapp": "twilio", "meta": "meta"}


def forged(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The same request, as somebody else might bring it."""
    names = ("Authorization", "X-Twilio-Signature", "X-Hub-Signature-256")
    mine = next(name for name in names if name in request["headers"])
    without = {name: value for name, value in request["headers"].items() if name != mine}
    wrong = request["headers"][mine][:-4] + "AAA="
    return [request | {"headers": without | added} for added in ({}, {mine: ""}, {mine: wrong}, {mine: "é".encode()})]


@pytest.mark.parametrize("door", DOORS)
def test_what_nobody_signed_is_refused_and_leaves_only_a_count(doors: Doors, door: str) -> None:
    phone = doors.phone(door)
    before = doors.count("channel_numbers"), doors.count("channel_brought"), refused(doors, door)
    for request in forged(phone.message("hello")):
        phone.posts(request, 403)
    assert (doors.count("channel_numbers"), doors.count("channel_brought")) == before[:2]
    assert refused(doors, door) == before[2] + 4
    assert doors.worker.run_once() == 0


@pytest.mark.parametrize("door", DOORS[1:])  # Notify signs nothing: its callbacks carry a token, and come over TLS
def test_a_changed_body_is_refused(doors: Doors, door: str) -> None:
    phone = doors.phone(door)
    request = phone.message("yes")
    body = request["content"] if isinstance(request["content"], bytes) else request["content"].encode()
    phone.posts(request | {"content": body.replace(b"yes", b"no")}, 403)


@pytest.mark.parametrize(
    ("door", "older"),
    [
        ("notify", {"token": NOTIFY_TOKENS[1]}),
        ("twilio_sms", {"token": OLDER_TWILIO_TOKEN}),
        ("meta", {"secret": META_SECRETS[1]}),
    ],
)
def test_while_a_token_is_replaced_both_are_good(doors: Doors, door: str, older: dict[str, str]) -> None:
    phone = doors.phone(door)
    phone.posts(phone.message("hello", **older))
    doors.settle()
    assert phone.inbox


def test_twilio_signs_blank_fields_emoji_and_fields_it_sends_twice(doors: Doors) -> None:
    phone = doors.phone("twilio_sms")
    request = phone.message("👍 it’s “fine” & 100% +1", FromState="", Latitude="", NewField="é")
    phone.posts(request)
    # Twilio's own rule for a field that is there twice: each value, sorted.
    twice = phone.message("hello")
    signature = signature_of(phone, "MediaUrl0", ["b", "a"], twice)
    content = twice["content"] + "&MediaUrl0=b&MediaUrl0=a"
    phone.posts(twice | {"content": content, "headers": twice["headers"] | {"X-Twilio-Signature": signature}})


def signature_of(phone: Any, name: str, values: list[str], request: dict[str, Any]) -> str:
    from urllib.parse import parse_qsl

    from twilio.request_validator import RequestValidator

    from tests.simulators.providers import TWILIO_TOKEN

    class Twice(dict[str, str]):
        def getlist(self, key: str) -> list[str]:
            return values if key == name else [self[key]]

    form = Twice(parse_qsl(request["content"], keep_blank_values=True)) | {}
    form = Twice({**form, name: ""})
    return str(RequestValidator(TWILIO_TOKEN).compute_signature(phone.public + phone.path, form))


def test_behind_a_proxy_the_public_address_is_what_was_signed(doors: Doors) -> None:
    phone = doors.phone("twilio_sms")
    phone.posts(phone.message("hello"))
    phone.public = str(doors.service.http.base_url).rstrip("/")
    phone.posts(phone.message("hello"), 403)


def test_another_accounts_message_is_refused(doors: Doors) -> None:
    phone = doors.phone("twilio_sms")
    phone.posts(phone.message("hello", AccountSid="AC" + "1" * 32), 403)


def test_meta_is_told_its_challenge_and_nobody_else(doors: Doors) -> None:
    http = doors.service.http
    asked = {"hub.mode": "subscribe", "hub.verify_token": META_VERIFY, "hub.challenge": "1158201444"}
    right = http.get("/channels/whatsapp", params=asked)
    assert (right.status_code, right.text) == (200, "1158201444")
    assert right.headers["content-type"].startswith("text/plain")
    for wrong in ({"hub.verify_token": "guess"}, {"hub.mode": "unsubscribe"}, {"hub.verify_token": ""}):
        assert http.get("/channels/whatsapp", params=asked | wrong).status_code == 403
    assert http.get("/channels/whatsapp").status_code == 403


def test_a_door_without_settings_is_not_there(empty_store: Path, tmp_path: Path) -> None:
    shutil.copy(empty_store, tmp_path / "store.db")
    with running(tmp_path / "store.db", lifespan="off", channels=ChannelSettings()) as service:
        for path in ("notify/received", "notify/receipts", "twilio/messages", "twilio/status", "whatsapp"):
            assert service.http.post(f"/channels/{path}", json={}).status_code == 404, path
        assert service.http.get("/channels/whatsapp").status_code == 404


@pytest.mark.parametrize("door", DOORS)
def test_fields_nobody_told_us_of_are_accepted(doors: Doors, door: str) -> None:
    phone = doors.phone(door)
    assert phone.says("hello", something_new="1", another="")


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"null", b'{"entry": 1}', b'{"entry": [{"changes": [{"value": []}]}]}', b"{"]
)
def test_a_signed_body_that_is_no_message_harms_nothing(doors: Doors, raw: bytes) -> None:
    import hashlib
    import hmac

    signature = "sha256=" + hmac.new(META_SECRETS[0].encode(), raw, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": signature, "Content-Type": "application/json"}
    before = doors.count("channel_brought")
    assert doors.service.http.post("/channels/whatsapp", content=raw, headers=headers).status_code in (200, 422)
    notify = {"Authorization": f"Bearer {NOTIFY_TOKENS[0]}"}
    for path in ("received", "receipts"):
        reply = doors.service.http.post(f"/channels/notify/{path}", content=raw, headers=notify)
        assert reply.status_code in (200, 422)
    assert doors.count("channel_brought") == before


def refused(doors: Doors, door: str) -> float:
    figures = doors.service.http.get("/metrics").text
    name = f'sevensteps_channel_refused_total{{provider="{PROVIDER[door]}"}}'
    return next((float(line.split()[-1]) for line in figures.splitlines() if line.startswith(name)), 0.0)
