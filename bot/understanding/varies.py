"""Words that say it changes: the level of usual days, the level of hard days, and how many days a week are hard."""

from __future__ import annotations

import re

from bot.understanding.normalise import fold, normalise

_PART = re.compile(
    r"(?<=[.;!?])\s+|[.;,]\s+|\s+-\s+|\s+(?=(?:but|except|otherwise|although|though|whereas|while|rest of the time|"
    r"other (?:days|nights|times|weeks)|(?:on )?(?:bad|good|hard|rough|poorly|school|pain) (?:days?|nights?|weeks?)|"
    r"some (?:days|nights|weeks)|weekends|in the holidays|when)\b)",
    re.IGNORECASE,
)

_NUMBERS = {
    "one": 1, "once": 1, "two": 2, "twice": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7
}  # fmt: skip
_NUMBER = r"(?P<n>[1-7]|one|two|three|four|five|six|seven)"
_TIMES = r"(?P<n>once|twice|[1-7]|one|two|three|four|five|six|seven|couple)"
_UNIT = r"(?:days?|nights?|times?|mornings?|evenings?|afternoons?)"

_DAYS = (
    re.compile(
        rf"\b(?:[1-6]|one|two|three|four|five|six) or {_NUMBER} {_UNIT} (?:a|per|each|out of the|in the|in a) week\b"
    ),
    re.compile(rf"\b{_NUMBER} (?:\w+ ){{0,2}}?{_UNIT} (?:a|per|each|every|in the|in a|out of the|of the) week\b"),
    re.compile(rf"\b{_NUMBER} (?:\w+ )?{_UNIT}? ?(?:out of|in) (?:every )?(?:7|seven)\b"),
    re.compile(rf"\b{_TIMES} (?:of )?(?:{_UNIT} )?(?:a|per|each|every|in the|in a|in) week\b"),
    re.compile(rf"\b{_TIMES} (?:of )?(?:\w+ )?{_UNIT} (?:a|per|each|out of the|out of|in the|in a) (?:week|seven)\b"),
    re.compile(rf"\b{_NUMBER} (?:bad|hard|rough|pain|poorly|awful)(?: (?:days?|nights?|ones?|times?))?\b"),
)
_BARE = re.compile(rf"\b{_NUMBER} (?:days?|nights?|mornings?|evenings?)\b")
_WEEKEND = re.compile(r"\bweekends?\b|\bsaturdays? and sundays?\b|\bsat and sun\b")
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)days?\b")
_OTHER_DAY = re.compile(r"\bevery (?:other|second) (?:day|night)\b")


def parts(text: str) -> list[str]:
    """The pieces of a message that may each speak of other days.

    >>> parts("fine most days but when he's poorly i keep checking him")
    ['fine most days', "but when he's poorly i keep checking him"]
    """
    found: list[str] = []
    for piece in _PART.split(normalise(text)):
        if found and len(found[-1].split()) < 3:
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return found


def hard_days(text: str) -> int | None:
    """How many days a week are hard, when the words say so; None when they do not.

    >>> hard_days("about two nights a week he's up"), hard_days("weekends are awful"), hard_days("on bad days")
    (2, 2, None)
    """
    plain = fold(text)
    for pattern in _DAYS:
        if found := pattern.search(plain):
            word = found["n"]
            return int(word) if word.isdecimal() else _NUMBERS[word]
    if _WEEKEND.search(plain):
        return 2
    if _OTHER_DAY.search(plain):
        return 4
    bare = _BARE.findall(plain)
    if len(bare) == 1:
        return int(bare[0]) if bare[0].isdecimal() else _NUMBERS[bare[0]]
    named = {match.group() for match in _WEEKDAY.finditer(plain)}
    return len(named) if 0 < len(named) <= 3 and "to" not in plain.split() else None
