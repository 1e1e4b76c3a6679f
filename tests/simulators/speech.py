"""A caller's words as sound, and what a recogniser hears in that sound: flite speaks, pocketsphinx listens.

This is plumbing with synthetic speech and a closed grammar; it says nothing about real voices. The recogniser is offered
the few words that the call itself offers, and so can hear nothing else.
"""

from __future__ import annotations

import math
import random
import re
import struct
import subprocess
import wave
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pocketsphinx import Decoder, Endpointer, get_model_path

from tests.simulators.caller import Caller

FLITE = Path("/usr/bin/flite")
MODEL, DICTIONARY = (Path(get_model_path(f"en-us/{name}")) for name in ("en-us", "cmudict-en-us.dict"))
RATE = 16_000
"""Samples a second, of 16 bits: what the model was trained on. A telephone line carries half of it."""

NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
]
NAMES = ("oscar", "ruby", "martin")
"""What a caller may call a child here."""
_LEAD_IN, _LEAD_OUT = 0.3, 0.7
"""Seconds of an open line before and after what is said, so that it has a beginning and an end."""
_HISS = 12
"""How loud an open line is, of 32767."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a recogniser would report of one turn. No words: nothing was heard."""

    words: str = ""
    confidence: float = 0.0
    """The probability, from 0 to 1, of the best way through the grammar. With a silence at its end and without are two
    ways, so a word is often heard with just under a half: enough to be right, too little not to be read back."""


class Speaker(Caller):
    """A caller who never touches a key. ``voice`` is one of flite's: awb is Scottish, rms is American."""

    voice = "awb"
    read_back: tuple[str, ...] = ()
    """What was heard so badly that the call asked whether it was right."""

    def speaks(self, words: str) -> str:
        """Say it aloud; what is heard in it is what is sent. To "I heard …" they say yes, if it is what they said."""
        self._is_heard(words)
        if self.heard.startswith("I heard: "):
            assert self.parts[0] == f"I heard: {words}."
            self.read_back += (words,)
            self._is_heard("yes")
        return self.heard

    def _is_heard(self, words: str) -> None:
        recognised = listen(spoken(words, self.voice), self.offered())
        assert recognised.words == words, f"{words!r} was spoken, {recognised.words!r} was heard"
        self.says(recognised.words, recognised.confidence)

    def is_silent(self, seconds: float = 3) -> str:
        """An open line and nobody who speaks."""
        recognised = listen(hiss(seconds), self.offered())
        assert recognised == Recognised(), "silence was heard as words"
        return self.waits()

    def offered(self) -> tuple[str, ...]:
        """What can be said here: the words for the keys, as the call hands them to its recogniser, and the numbers of
        the options that were read out. Where a number is asked for, all numbers; where nothing is offered, names."""
        commands = [word for word in self.gather["hints"].split(", ") if word not in NUMBERS]
        if self.gather["finishOnKey"] == "#":
            return (*commands, *NUMBERS)
        keys = sorted({int(key) for key in re.findall(r"\bpress ([1-5])\b", self.heard)})
        return (*commands, *(NUMBERS[key] for key in keys)) if keys else (*commands, *NAMES)


def grammar(words: tuple[str, ...]) -> str:
    """One of these and nothing else, as JSGF.

    >>> print(grammar(("skip", "not sure")))
    #JSGF V1.0;
    grammar turn;
    public <turn> = skip | not sure;
    """
    return f"#JSGF V1.0;\ngrammar turn;\npublic <turn> = {' | '.join(words)};"


@cache
def spoken(words: str, voice: str) -> bytes:
    """The words as flite says them, between two pieces of an open line."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        subprocess.run([str(FLITE), "-voice", voice, "-t", words, "-o", str(path)], check=True, timeout=30)
        with wave.open(str(path)) as sound:
            form = (sound.getframerate(), sound.getsampwidth(), sound.getnchannels())
            assert form == (RATE, 2, 1), form
            return hiss(_LEAD_IN) + sound.readframes(sound.getnframes()) + hiss(_LEAD_OUT)


@cache
def hiss(seconds: float) -> bytes:
    """An open line."""
    noise = random.Random(RATE)
    samples = [round(noise.gauss(0, _HISS)) for _ in range(math.floor(seconds * RATE))]
    return struct.pack(f"<{len(samples)}h", *samples)


@cache
def listen(sound: bytes, words: tuple[str, ...]) -> Recognised:
    """Find where somebody speaks, and which of the words it is. The same sound is listened to once."""
    speech = _speech_in(sound)
    if not speech:
        return Recognised()
    decoder = _decoder()
    decoder.add_jsgf_string("turn", grammar(words))
    decoder.activate_search("turn")
    decoder.start_utt()
    decoder.process_raw(speech, no_search=False, full_utt=True)
    decoder.end_utt()
    best = decoder.hyp()
    return Recognised() if best is None or not best.hypstr else Recognised(best.hypstr, round(best.prob, 4))


@cache
def _decoder() -> Decoder:
    # Loudness is evened out within one turn ("batch"), so that what was heard before makes no difference.
    return Decoder(hmm=str(MODEL), dict=str(DICTIONARY), lm=None, cmn="batch", loglevel="FATAL")


def _speech_in(sound: bytes) -> bytes:
    """The part with a voice in it."""
    endpointer = Endpointer(sample_rate=RATE)
    size, found = endpointer.frame_bytes, b""
    for start in range(0, len(sound) - size + 1, size):
        found += endpointer.process(sound[start : start + size]) or b""
    return found
