"""The conversation in a terminal says the same as the page."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.live.system import System

pytestmark = pytest.mark.live
ROOT = Path(__file__).resolve().parents[2]


def chat(address: str, *lines: str, resume: bool = False) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "bin" / "sevensteps"), "chat", "--address", address, *(["--resume"] if resume else [])]
    said = "".join(f"{line}\n" for line in lines)
    return subprocess.run(command, input=said, capture_output=True, text=True, timeout=120, check=False)


def test_a_conversation_is_had_paused_and_taken_up_again(system: System) -> None:
    first = chat(system.url, "yes. its for my son hes 8", "Ty", "2", "pause")
    assert first.returncode == 0
    assert "computer program" in first.stdout
    assert "question 1 of 16" in first.stdout
    assert "question 2 of 16" in first.stdout
    reference = re.search(r"EX-\w{4}-\w{4}", first.stdout)
    pin = re.search(r"PIN: (\d{6})", first.stdout)
    assert reference
    assert pin
    back = chat(system.url, reference[0], pin[1], "yes", "3", resume=True)
    assert back.returncode == 0
    assert "question 3 of 16" in back.stdout
    answers = system.stored_answers(reference[0])
    assert {code: answer["level"] for code, answer in answers.items()} == {"S1": 1, "S2": 2}


def test_nothing_there_is_said_in_a_sentence() -> None:
    done = chat("http://127.0.0.1:9", "hello")
    assert done.returncode == 1
    assert "make run" in done.stderr
