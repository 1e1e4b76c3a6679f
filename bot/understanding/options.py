"""Which of the offered options a message picks, if it clearly picks one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from bot.understanding.normalise import fold, normalise

_MIN_PART = 4
"""Characters a part of a label needs before it may stand for the whole."""

_WORDS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "won": 1}
"""Numbers as words. Not "to", "too" or "for": in a sentence they are hardly ever numbers."""

_LEAD = (
    r"(?:(?:(?:hes|shes|theyre|he is|she is) (?:a|at|about a)|i|id|ill|we|its|it|is|thats|that|would|say|think|guess|choose|pick|picked|go|going|with|for|put|like|have|"
    r"probably|maybe|definitely|um|er|erm|uh|so|ok|okay|yes|yeah|oh|please|just|a|an|the|my|answer|press|pressed|am|"
    r"take|want|be|hmm|well)\s+)*"
)
_NOUN = r"(?:(?:option|number|no|choice|level|answer|num|nr)\s*)?"
_TAIL = (
    r"(?:\s+(?:please|pls|plz|thanks|thank you|thx|ta|i think|i guess|id say|really|probably|for him|for her|for them|"
    r"for me|for us|one|option|is right|mate|love|lol|then|sorry|ok|x+))*"
)
_NUMBER = re.compile(rf"^{_LEAD}(?:the\s+)?{_NOUN}#?(?P<number>\d{{1,2}}|[a-z]+){_TAIL}$")


class Choosable(Protocol):
    """What :func:`match` needs to know of an option (bot.interview.messages.Option has it)."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def number(self) -> int: ...


def match(text: str, options: Sequence[Choosable]) -> str | None:
    """The value of the one option that ``text`` picks; None when it picks none, or more than one.

    >>> from types import SimpleNamespace as Option
    >>> offered = [Option(value="S1.0", label="Safe at home", number=1), Option(value="S1.1", label="With checks", number=2)]
    >>> match("(2)", offered), match("option one please", offered), match("1 or 2", offered)
    ('S1.1', 'S1.0', None)
    """
    if not options:
        return None
    exact = normalise(text).casefold()
    for option in options:
        if exact == option.value.casefold():
            return option.value
    plain = fold(text)
    if not plain:
        return None
    labels = [(option.value, fold(option.label)) for option in options]
    same = [value for value, label in labels if label == plain]
    if len(same) == 1:
        return same[0]
    by_number = _by_number(normalise(text), options)
    if by_number is not None:
        return by_number
    return _number_and_label(plain, options) or _number_then_words(plain, options) or _part(plain, labels)


_PLACES = {
    "first": 0, "1st": 0, "top": 0, "upper": 0, "former": 0, "second": 1, "2nd": 1, "last": -1, "bottom": -1, "lower": -1, "latter": -1,
}  # fmt: skip
_PLACE = re.compile(rf"^{_LEAD}(?:the\s+)?(?P<place>{'|'.join(_PLACES)}){_TAIL}$")


def by_place(text: str, options: Sequence[Choosable]) -> str | None:
    """The value of the option that ``text`` picks by where it stands in the list, whatever its number.

    >>> from types import SimpleNamespace as Option
    >>> two = [Option(value="S1.2", label="Someone stays close", number=3), Option(value="S1.3", label="Right beside him", number=4)]
    >>> by_place("the first one please", two), by_place("I'd say the latter", two), by_place("first he bolts", two)
    ('S1.2', 'S1.3', None)
    """
    found = _PLACE.match(fold(text))
    return options[_PLACES[found["place"]]].value if found else None


def _by_number(text: str, options: Sequence[Choosable]) -> str | None:
    if re.search(r"[-−]\s*\d|\d\s*[.,/:-]\s*\d|\d\s*%", text):
        return None  # -1, 1.5, 2-3, 1/2, 10%
    found = _NUMBER.match(fold(text))
    if not found:
        return None
    word = found["number"]
    number = int(word) if word.isdecimal() else _WORDS.get(word)
    return next((option.value for option in options if option.number == number), None)


_NUMBER_THEN_WORDS = re.compile(
    r"^(?:option |number |its |it is |more |nearer |closer to )?(?P<number>\d)(?: (?:really|probably|i think|i suppose|i guess|id say|mostly))*"
    r"(?P<rest> (?:but|as|because|cos|cause|coz|when|if|only when|although|tho|though) .*)?$"
)


def _number_then_words(plain: str, options: Sequence[Choosable]) -> str | None:
    """ "4 really but only when hes awake": the number is the answer, and the rest is kept with it as the person's words.

    Not when the rest holds another number: "2 but sometimes 3" is an answer that varies.
    """
    found = _NUMBER_THEN_WORDS.match(plain)
    if (
        not found
        or plain == found["number"]
        or any(word.isdecimal() or word in _WORDS for word in (found["rest"] or "").split())
    ):
        return None
    return next((option.value for option in options if option.number == int(found["number"])), None)


def _number_and_label(plain: str, options: Sequence[Choosable]) -> str | None:
    """ "3 someone stays close" copied with its number."""
    for option in options:
        if plain == f"{option.number} {fold(option.label)}":
            return option.value
    return None


def _part(plain: str, labels: Sequence[tuple[str, str]]) -> str | None:
    """A run of whole words that only one label holds, and that says enough to be meant."""
    if len(plain) < _MIN_PART:
        return None
    holding = [value for value, label in labels if f" {plain} " in f" {label} "]
    shortest = min((len(label) for value, label in labels if value in holding), default=0)
    # one word of a long sentence may be an accident ("home"); two words, or most of a short label, are not
    enough = len(plain.split()) >= 2 or len(plain) * 3 >= shortest
    return holding[0] if len(holding) == 1 and enough else None
