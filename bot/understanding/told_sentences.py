"""Sentences that only tell, and name no help though they are full of names: "He loves trains, buses and anything with wheels."

They say neither a price nor a time. What they name is marked as told, when another sentence names something too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.understanding.line_known import is_known
from bot.understanding.line_marks import Cue, Mark
from bot.understanding.line_words import word_set
from bot.understanding.segment_parts import Element, Stop
from bot.understanding.sentences import is_sentence
from bot.understanding.thing_words import WHO
from bot.understanding.things import Thing

_SMALL_CUES = ("about", "price", "not", "total", "now", "fix")
"""Cues that say neither what something costs nor when it is."""

_SORRY = word_set("sorry excuse scuse pardon ignore forgive apologies")
_WHOSE = word_set("my our his her their the")
_OF_STATE = word_set(
    "on in off at out up down been gone not just playing acting kicking having being never always still only"
)
""" "my phone's on 3%", "the cat's been sick": how something is."""
_LIKING = word_set("loves loved likes liked hates hated adores adored lives live lived eats sleeps knows has got")
_ENDED = word_set("left quit died retired resigned cried broke packed walked let moved")
""" "the last carer left after three days"."""
_SETTLED = word_set("covered sorted funded finished")
_NEAR = 2
_TITLE = 3
"""Up to so many words may be a name by themselves: "Zorbing with Sam."."""


def with_told_sentences(elements: Sequence[Element], words: Sequence[str]) -> list[Element]:
    """``elements``, with the things of sentences that only tell marked as told."""
    sentences = list(_sentences(elements))
    telling = [_only_tells(sentence, words) for sentence in sentences]
    named = any(
        isinstance(element, Thing) and not element.told
        for sentence, tells in zip(sentences, telling, strict=True)
        if not tells
        for element in sentence
    )
    return [
        replace(element, told=True) if named and tells and isinstance(element, Thing) else element
        for sentence, tells in zip(sentences, telling, strict=True)
        for element in sentence
    ]


def _sentences(elements: Sequence[Element]) -> Iterator[list[Element]]:
    """The elements up to each end of a sentence, with it."""
    sentence: list[Element] = []
    for element in elements:
        sentence.append(element)
        if isinstance(element, Stop) and element.strength == "sentence":
            yield sentence
            sentence = []
    yield sentence


def _only_tells(sentence: Sequence[Element], words: Sequence[str]) -> bool:
    things = [element for element in sentence if isinstance(element, Thing)]
    if not things or any(thing.wanted for thing in things) or any(_says(element) for element in sentence):
        return False
    start = _first_word(things[0].start, words)
    said = words[start : things[-1].end + _NEAR]
    if things[0].told and said[0] in WHO and len(said) > 1 and said[1] in _LIKING:
        return True  # "he loves trains, buses and anything with wheels"
    if said[0] in _SORRY:
        return True
    if len(said) > 1 and said[0].endswith("s") and said[1] in _SETTLED and not said[0].endswith("ss"):
        return True  # "Physio's covered. It's the swimming"
    if len(said) > _TITLE + _NEAR and not any(is_known(words[thing.start : thing.end]) for thing in things):
        # "There is a lovely place by the canal"; not "Indoor skydiving for disabled flyers."
        led = things[0].start > start or is_sentence(words[things[0].start : things[0].end])
        return led and words[start] not in ("a", "an", "some", "the")
    state = said[0] in _WHOSE and len(said) > _NEAR and said[1].endswith("s") and said[2] in _OF_STATE
    return state or any(_ENDED & set(words[thing.end : thing.end + _NEAR]) for thing in things)


def _first_word(at: int, words: Sequence[str]) -> int:
    """Where the sentence begins that the word at ``at`` is in."""
    while at > 0 and words[at - 1] not in (".", ";", "!", "?"):
        at -= 1
    return at


def _says(element: Element) -> bool:
    """Whether an element says what something costs, how much of it or when."""
    if not isinstance(element, Mark):
        return False
    return not (isinstance(element.meaning, Cue) and element.meaning.name in _SMALL_CUES)
