"""Anyone can try a channel without an account: a phone in the terminal, in demo mode and only there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.ops import chat_phone
from tests.gateway.service import Service


def typed(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> None:
    waiting: Iterator[str] = iter(lines)

    def next_line(_: str = "") -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", next_line)


def test_a_texting_phone_in_the_terminal(service: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    typed(monkeypatch, ["hello", "yes", "1", "Ty", "8", "STOP", "hello"])
    assert chat_phone.run(service.url, "sms") == 0
    said = capsys.readouterr().out
    assert "Q1 of 16." in said
    assert "charged as" in said
    assert "(nothing came back)" in said


def test_a_whatsapp_phone_in_the_terminal(service: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    typed(monkeypatch, ["hello"])
    assert chat_phone.run(service.url, "whatsapp", "07700 900123") == 0
    assert "[ Yes, start ]" in capsys.readouterr().out


def test_in_live_mode_it_is_not_there(live_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, ["hello"])
    assert chat_phone.run(live_service.url, "sms") == 1


def test_without_a_service_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    typed(monkeypatch, ["hello"])
    assert chat_phone.run("http://127.0.0.1:9", "sms") == 1
    assert "make run" in capsys.readouterr().err
