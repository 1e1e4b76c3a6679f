"""Calls and text conversations as they are heard and read, word for word, in ``on_channels``.

A file begins with a remark and with how the person comes in (``= call``, ``= notify``, ``= meta``, …). Then what they do:

- ``> words`` says or types them, ``* 3`` presses keys, ``~`` is silence.
- ``(rings again)`` is another call; ``* {reference}`` and ``* {pin}`` press what was told in the one before.

Under each stands what comes back, each line after a ``|``. ``UPDATE_CONVERSATIONS=1`` writes it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.script import UPDATE
from tests.live.doors import Doors, open_doors
from tests.live.system import System
from tests.simulators.caller import Caller
from tests.simulators.phones import Phone

pytestmark = pytest.mark.live

FILES = sorted((Path(__file__).parent / "on_channels").glob("*.txt"))
SPELLED_REFERENCE = re.compile(r"\bE, X, (?:\w, ){7}\w\b")
SPELLED_PIN = re.compile(r"\b\d(?:, \d){5}\b|(?<=PIN: )\d{6}\b")
REFERENCE = re.compile(r"\bEX-[A-Z0-9]{4}-[A-Z0-9]{4}\b")
KEYPAD = {sign: key for key, signs in
          {"2": "ABC", "3": "DEF", "4": "GHI", "5": "JKL", "6": "MNO", "7": "PQRS", "8": "TUV", "9": "WXYZ"}.items()
          for sign in signs}  # fmt: skip


@pytest.fixture(scope="module")
def doors(system: System, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    with open_doors(system, tmp_path_factory.mktemp("channels")) as opened:
        yield opened


class Told:
    """What a person wrote down: the reference and the PIN they were told last."""

    def __init__(self) -> None:
        self.reference, self.pin = "", ""

    def masked(self, words: str) -> str:
        """The words with names in place of what is new each time, which is remembered."""
        if spelled := SPELLED_REFERENCE.search(words):
            self.reference = spelled[0].replace(", ", "")
        words = SPELLED_REFERENCE.sub("{reference}", words)
        if pin := SPELLED_PIN.search(words):
            self.pin = pin[0].replace(", ", "")
        return REFERENCE.sub("{reference}", SPELLED_PIN.sub("{pin}", words))

    def keys(self, written: str) -> str:
        signs = "".join(KEYPAD.get(sign, sign) for sign in self.reference.removeprefix("EX"))
        return written.replace("{reference}", signs).replace("{pin}", self.pin)


def comes_back(doors: Doors, who: Phone | Caller, does: str, told: Told) -> str:
    if isinstance(who, Phone):
        return who.says(does.removeprefix("> "))
    if does == "~":
        return who.waits()
    return who.says(does[2:]) if does.startswith("> ") else who.presses(told.keys(does[2:]))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_conversation(doors: Doors, path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    way = next(line[2:] for line in lines if line.startswith("= "))
    told, written = Told(), []
    who: Phone | Caller = doors.caller() if way == "call" else doors.phone(way)
    if isinstance(who, Caller):
        said = who.rings()
    for line in lines:
        if line.startswith("|"):
            continue
        written.append(line)
        if line == "(rings again)":
            who = doors.caller()
            said = who.rings()
        elif line.startswith(("> ", "* ", "~")):
            said = comes_back(doors, who, line, told)
        elif not line.startswith("= ") or way != "call":
            continue
        written += [f"| {part}".rstrip() for part in told.masked(said).split("\n")]
    if UPDATE:
        path.write_text("\n".join(written) + "\n", encoding="utf-8")
    assert [line for line in written if line.strip()] == [
        line for line in path.read_text().splitlines() if line.strip()
    ]
