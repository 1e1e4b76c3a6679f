"""Whether words tell something, as a sentence does, or name a thing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.line_words import word_set
from bot.understanding.thing_words import KINDS_OF_NEEDS, RELATING

_VERBS = word_set(
    "gone torn snapped knackered ruined wrecked bust busted leaks rusted rotted swears swear came sent wrote saw stops stopped keeps kept manage manages recommended diagnosed asked rang gave turned talked is are was were theres works loves likes enjoys needs wants means helps hates isnt arent wasnt cant couldnt doesnt didnt dont wont keeps "
    "says said told reckons gets goes comes runs lives knows remember happened happens struggles broke died started starts "
    "feel feels felt matters misses missed sleeps slept hurts makes died passed moved lost drives thinks thought hope hopes became become"
)


def is_sentence(words: Sequence[str]) -> bool:
    """Whether words tell something, as in "my granddaughter loves horses", rather than name a thing."""
    return any(
        word in _VERBS and not (word == "needs" and at and words[at - 1] in KINDS_OF_NEEDS)
        for at, word in enumerate(words)
    )


_TELLING_VERBS = _VERBS | word_set("ask looking springs left earn earns")


def is_told(words: Sequence[str]) -> bool:
    """Whether the verb of some words is their own, and not one that says what a thing is like.

    >>> is_told("carers were rubbish".split()), is_told("club where kids get help that is kind".split())
    (True, False)
    """
    verb = next((at for at, word in enumerate(words) if word in _TELLING_VERBS), None)
    return verb is not None and not any(word in RELATING for word in words[:verb])
