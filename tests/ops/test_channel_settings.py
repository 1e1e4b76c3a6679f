"""A door opens when all it needs is set, and a mistake in its settings is named before anybody writes to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.gateway.channels.settings import ChannelSettings
from bot.ops import config
from bot.ops.processes import new_wiring, processes
from tests.ops.test_alert_settings import LIVE, SECRET, WEBHOOK

NOTIFY = {
    "SEVENSTEPS_NOTIFY_API_KEY": "key",
    "SEVENSTEPS_NOTIFY_TEMPLATE": "f33517ff-2a88-4f6e-b855-c550268ce08a",
    "SEVENSTEPS_NOTIFY_TOKENS": "a long enough token, the one before it",
}
TWILIO = {
    "SEVENSTEPS_TWILIO_ACCOUNT": "AC0",
    "SEVENSTEPS_TWILIO_TOKENS": "token",
    "SEVENSTEPS_TWILIO_SMS_FROM": "+441632960000",
}
META = {
    "SEVENSTEPS_META_PHONE_ID": "1",
    "SEVENSTEPS_META_ACCESS_TOKEN": "token",
    "SEVENSTEPS_META_APP_SECRETS": "secret",
    "SEVENSTEPS_META_VERIFY_TOKEN": "verify",
}


def test_without_any_setting_every_door_is_shut(tmp_path: Path) -> None:
    assert config.read({"DATA_DIR": str(tmp_path)}).channels == ChannelSettings()


def test_each_door_opens_by_its_own_settings(tmp_path: Path) -> None:
    read = config.read({"DATA_DIR": str(tmp_path)} | NOTIFY | TWILIO | META).channels
    assert read.notify is not None
    assert read.notify.tokens == ("a long enough token", "the one before it")
    assert read.twilio is not None
    assert (read.twilio.sms_from, read.twilio.whatsapp_from) == ("+441632960000", None)
    assert read.meta is not None
    assert read.meta.phone_id == "1"
    for secret in ("a long enough token", "key", "secret", "verify"):
        assert f"'{secret}'" not in repr(read), "secrets are in no log"


@pytest.mark.parametrize("door", [NOTIFY, TWILIO, META], ids=["notify", "twilio", "meta"])
def test_what_a_door_still_lacks_is_named(tmp_path: Path, door: dict[str, str]) -> None:
    for name in door:
        if name.endswith("_FROM"):
            continue
        with pytest.raises(config.NotConfigured) as refused:
            config.read({"DATA_DIR": str(tmp_path)} | door | {name: ""})
        assert [sentence.split()[0] for sentence in refused.value.missing] == [name]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (NOTIFY | {"SEVENSTEPS_NOTIFY_TOKENS": "short"}, "fewer than 10 characters"),
        (TWILIO | {"SEVENSTEPS_TWILIO_SMS_FROM": "01632 960000"}, "It must be a number such as +441632960000"),
    ],
)
def test_what_cannot_work_is_named(tmp_path: Path, wrong: dict[str, str], words: str) -> None:
    with pytest.raises(config.NotConfigured) as refused:
        config.read({"DATA_DIR": str(tmp_path)} | wrong)
    assert words in str(refused.value)


def test_in_live_mode_providers_need_an_https_address(tmp_path: Path) -> None:
    live = LIVE | WEBHOOK | SECRET | NOTIFY | {"DATA_DIR": str(tmp_path)}
    assert config.read(live).channels.notify is not None
    with pytest.raises(config.NotConfigured) as refused:
        config.read(live | {"SEVENSTEPS_PUBLIC_ADDRESS": "http://chat.example.gov.uk"})
    assert "https address only" in str(refused.value)


def test_the_service_is_told_and_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NOTIFY.items():
        monkeypatch.setenv(name, value)
    service, *others = processes(config.read({"DATA_DIR": str(tmp_path)}), new_wiring())
    assert service.environment.items() >= NOTIFY.items()
    assert not any(name in other.environment for other in others for name in NOTIFY)
