"""What a caller did: a key, some words, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.gateway.channels.codes import reference_in
from bot.gateway.wire import clean
from bot.store.references import ALPHABET

UNSURE = 0.5
"""Below this the recogniser is asked about. What the figure means differs between providers: it is a hint."""
MOST_WORDS = 4_000
"""Characters of one answer; the recogniser's own limit is far below."""

Command = Literal["repeat", "skip", "back", "slower", "pause", "person"]
KEYS: dict[str, Command] = {"*": "repeat", "#": "skip", "8": "back", "9": "slower", "7": "pause", "0": "person"}
"""They mean the same all through a call, so that answers use 1 to 5 alone (research: channels 4.1 rule 3)."""

_NUMBERS = {"one": 1, "two": 2, "to": 2, "too": 2, "three": 3, "four": 4, "for": 4, "five": 5, "won": 1}
_DIGITS = {
    "zero": "0",
    "oh": "0",
    "nought": "0",
    "nil": "0",
    "one": "1",
    "won": "1",
    "two": "2",
    "to": "2",
    "too": "2",
    "three": "3",
    "four": "4",
    "for": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "ate": "8",
    "nine": "9",
}
_LETTERS = {
    "ay": "A",
    "bee": "B",
    "see": "C",
    "sea": "C",
    "dee": "D",
    "ef": "F",
    "jay": "J",
    "kay": "K",
    "are": "R",
} | {
    "tea": "T",
    "tee": "T",
    "you": "U",
    "why": "Y",
    "zed": "Z",
    "zee": "Z",
    "pea": "P",
    "queue": "Q",
    "cue": "Q",
    "em": "M",
    "en": "N",
    "ex": "X",
    "aitch": "H",
    "gee": "G",
}
_FILLERS = re.compile(r"^(?:(?:um+|uh+|er+|erm+|ah+|oh|well|so|please)[\s,.]+)+", re.IGNORECASE)
_CHOSEN = re.compile(
    r"(?:i(?:'ll| will)? (?:choose|pick|say|press|think)|press|option|number|choice|answer|key|it is|it's|the)*\s*"
    r"(?P<number>[1-5]|one|won|two|to|too|three|four|for|five)(?:st|nd|rd|th)?"
    r"(?:\s*(?:please|one|thanks|thank you|yes|yeah|ok|okay))*",
    re.IGNORECASE,
)
_RELAY = re.compile(r"\b(relay uk|text relay|typetalk|relay assistant|relay operator|relayed call)\b", re.IGNORECASE)
_SLOWER = frozenset({"slower", "slow down", "go slower", "too fast", "more slowly", "slowly please", "slower please"})
_REPEAT = frozenset({"repeat", "say again", "say that again", "again", "pardon", "repeat that", "what", "come again"})
_KEYPAD = {
    letter: digit
    for digit, letters in {
        "2": "ABC",
        "3": "DEF",
        "4": "GHI",
        "5": "JKL",
        "6": "MNO",
        "7": "PQRS",
        "8": "TUV",
        "9": "WXYZ",
    }.items()
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What came with one request. At most one of the two is set; neither is silence."""

    digits: str = ""
    words: str = ""
    confidence: float | None = None

    @property
    def is_silence(self) -> bool:
        return not self.digits and not self.words

    @property
    def is_unsure(self) -> bool:
        return self.confidence is not None and self.confidence < UNSURE

    @property
    def is_relay(self) -> bool:
        """Whether somebody who relays the call introduces themselves: that is no answer."""
        return bool(_RELAY.search(self.words))


def heard(form: Mapping[str, str]) -> Heard:
    """Read a request. Keys count before words, as somebody who presses a key means it.

    >>> heard({"Digits": "3"}).digits, heard({"SpeechResult": "Um, yes yes.", "Confidence": "0.9"}).words
    ('3', 'yes')
    """
    digits = "".join(sign for sign in form.get("Digits", "")[:40] if sign in "0123456789*#")
    if digits:
        return Heard(digits=digits)
    words = without_stutter(clean(form.get("SpeechResult", ""))[:MOST_WORDS])
    try:
        confidence = float(form["Confidence"]) if form.get("Confidence") else None
    except ValueError:
        confidence = None
    return Heard(words=words, confidence=confidence if words else None)


def without_stutter(words: str) -> str:
    """Words without a hesitation in front, and a short answer that was said twice, once. Longer talk stays as it is.

    >>> without_stutter("Um, yes yes."), without_stutter("er two two"), without_stutter("He is very very slow.")
    ('yes', 'two', 'He is very very slow.')
    """
    words = words.strip()
    rest = _FILLERS.sub("", words).strip()
    parts: list[str] = re.findall(r"[\w']+", rest.lower())
    if parts and len(parts) <= 4 and len(set(parts)) == 1:
        return parts[0]
    return rest or words


def number(words: str) -> int | None:
    """The number of an option that was said, and nothing else with it.

    >>> number("two"), number("Option 3, please."), number("press four"), number("one of us sleeps there")
    (2, 3, 4, None)
    """
    found = _CHOSEN.fullmatch(re.sub(r"[^\w' ]", " ", words).strip())
    if found is None:
        return None
    said: str = found["number"].lower()
    return int(said) if said.isdigit() else _NUMBERS[said]


def said_command(words: str) -> Literal["repeat", "slower"] | None:
    """Whether the words ask for what a call does by itself. All other commands are the conversation's."""
    plain = re.sub(r"[^\w ]", "", words).strip().lower()
    return "repeat" if plain in _REPEAT else "slower" if plain in _SLOWER else None


def digits_in(heard: Heard) -> str:
    """The digits that were pressed or said, one after the other.

    >>> digits_in(Heard(digits="482913#")), digits_in(Heard(words="four eight two, nine 1 3"))
    ('482913', '482913')
    """
    if heard.digits:
        return re.sub(r"\D", "", heard.digits)
    found = []
    for part in re.findall(r"[a-z]+|\d+", heard.words.lower()):
        if part.isdigit():
            found.append(part)
        elif part in _DIGITS:
            found.append(_DIGITS[part])
    return "".join(found)


def spelled_reference(words: str, prefix: str) -> str | None:
    """A reference that was said letter by letter, with or without the council's letters in front.

    >>> spelled_reference("E X seven K three M nine Q two P", "EX"), spelled_reference("seven kay 3 em, nine queue 2 pea", "EX")
    ('EX-7K3M-9Q2P', 'EX-7K3M-9Q2P')
    """
    signs = ""
    for part in re.findall(r"[A-Za-z]+|\d+", words):
        lower = part.lower()
        signs += part if part.isdigit() or len(part) == 1 else _DIGITS.get(lower) or _LETTERS.get(lower) or part
    signs = signs.upper()
    tail = signs.removeprefix(prefix)[-8:]
    if len(tail) < 8 or any(sign not in ALPHABET for sign in tail):
        return reference_in(words, prefix)
    return reference_in(f"{prefix}-{tail[:4]}-{tail[4:]}", prefix)


def keypad_signs(digits: str) -> tuple[str, ...]:
    """For each pressed key, the signs of a reference it may stand for.

    >>> keypad_signs("73")
    ('7PQR', '3DF')
    """
    return tuple("".join(sign for sign in ALPHABET if _KEYPAD.get(sign, sign) == digit) for digit in digits)
