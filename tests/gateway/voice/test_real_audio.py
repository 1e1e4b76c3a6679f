"""Calls that are really spoken: each word is made into sound by flite and heard by pocketsphinx before it is sent.

Plumbing with synthetic speech and a closed grammar; says nothing about real voices.
"""

from __future__ import annotations

import pytest

from tests.gateway.channels.conftest import PUBLIC
from tests.gateway.service import Service
from tests.gateway.voice.test_calls import levels
from tests.simulators.speech import DICTIONARY, FLITE, MODEL, NUMBERS, Speaker

pytestmark = [
    pytest.mark.skipif(not FLITE.exists(), reason="needs flite to speak: bin/install-debian-packages voice"),
    pytest.mark.skipif(
        not (MODEL.is_dir() and DICTIONARY.is_file()), reason="needs the model that comes with pocketsphinx to listen"
    ),
]


@pytest.fixture
def speaker(service: Service) -> Speaker:
    """Somebody who has just rung and only speaks."""
    service.engine.failure = None
    speaker = Speaker(service.http, PUBLIC)
    speaker.rings()
    return speaker


def by_number(speaker: Speaker, option: str) -> str:
    """Say the number that was read out for this option."""
    return speaker.speaks(NUMBERS[int(speaker.key_of(option))])


@pytest.mark.parametrize("voice", ["awb", "rms"])
def test_who_only_speaks_gets_to_the_second_question(service: Service, speaker: Speaker, voice: str) -> None:
    speaker.voice = voice
    speaker.speaks("one")
    speaker.speaks("yes")
    by_number(speaker, "parent")
    speaker.speaks("ruby")
    assert "ruby" in speaker.heard.lower()
    speaker.speaks("eight")
    assert "question 1 of 16" in speaker.heard
    speaker.speaks("skip")
    assert "question 2 of 16" in speaker.heard
    speaker.speaks("back")
    assert "question 1 of 16" in speaker.heard
    first = speaker.heard
    assert speaker.speaks("repeat") == first
    speaker.speaks("slower")
    assert speaker.rate == "80%"
    assert "question 1 of 16" in speaker.heard
    speaker.speaks("three")
    assert "question 2 of 16" in speaker.heard
    assert levels(service, speaker) == {"S1": 2}
    # The recogniser was not sure of each word, as it said itself; those were read back before they counted.
    assert "ruby" in speaker.read_back
    assert "three" not in speaker.read_back


def test_silence_is_heard_as_silence_and_met_kindly(speaker: Speaker) -> None:
    assert speaker.is_silent().startswith("No hurry")
    assert "press 1" in speaker.heard
    speaker.speaks("one")
    assert speaker.is_silent().startswith("No hurry")
    assert speaker.is_silent().startswith("I could not hear you")
    assert speaker.rate == "80%"
    by_number(speaker, "yes")
    assert not speaker.hung_up
    assert "parent" in speaker.heard
