"""Anyone can try a call without an account: a telephone in the terminal, in demo mode and only there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.ops import chat_call
from tests.gateway.service import Service


def typed(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> None:
    waiting: Iterator[str] = iter(lines)

    def next_line(_: str = "") -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", next_line)


def test_a_call_in_the_terminal(
    service: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, ["1", "1", "1", "Ty", "8#", "3", ""])
    assert chat_call.run(service.url) == 0
    said = capsys.readouterr().out
    assert "question 2 of 16" in said
    assert "No hurry" in said
    assert "Your answers are kept" in said


def test_three_silences_end_it(
    service: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, ["", "", "", "never asked for"])
    assert chat_call.run(service.url) == 0
    assert "The call has ended." in capsys.readouterr().out


def test_in_live_mode_it_is_not_there(live_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, ["1"])
    assert chat_call.run(live_service.url) == 1


def test_without_a_service_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, ["1"])
    assert chat_call.run("http://127.0.0.1:9") == 1
    assert "make run" in capsys.readouterr().err
