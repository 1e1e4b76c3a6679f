"""Every conversation in this folder, played against the really running product."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.script import UPDATE, play, read, rewrite
from tests.live.system import System

pytestmark = pytest.mark.live

FILES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_conversation(system: System, path: Path) -> None:
    script = read(path)
    person = play(system, script)
    if UPDATE:
        rewrite(script)
    # What the person said, in their own words and in order, is all on record, and nothing waits.
    said = [beat.does[2:].strip() for beat in script.beats if beat.does.startswith("> ")]
    record = person.reads()["messages"]
    lines = [line for line in record if line["author"] == "person"]
    typed = [line["text"].strip() for line in lines if line["text"].strip() in said]
    assert all(line["status"] != "pending" for line in lines)
    if script.one_device:
        assert typed == said, "the transcript holds every word that was typed, in order"


def test_there_are_conversations() -> None:
    assert len(FILES) >= 15
