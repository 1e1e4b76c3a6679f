"""How long, and how many of a unit: "3 hours", "half an hour", "two nights", "three lots of two hours"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from bot.understanding.line_marks import ONE, Aside, Count, Meaning, Times
from bot.understanding.line_words import SLANG, UNITS, word_set
from bot.understanding.phrases import (
    Phrase,
    class_after,
    class_before,
    numbers_in,
    stands_alone,
    thing_follows,
    words_after,
    words_before,
)
from bot.understanding.thing_words import WORKERS

if TYPE_CHECKING:
    from spacy.tokens import Span

_COMPOUND = word_set("week day month year night term session mile ticket class lesson")
"""Units that, after a number and before a noun, belong to its name: "a 10 week course", "a 2 day pass"."""

_ONE_AT_A_TIME = word_set("session lesson class time visit go ticket")
_NUMBERED = [[word] for word in ("level", "year", "stage", "grade", "band", "route", "number", "size", "part")]
"""After these a number is a name: "level 2 swim coach"."""

_OUT = (["at"], ["out"], ["with"], ["away"], ["by"], ["trip"], ["off"])
""" "a day at the zoo", "a night away"."""

_MONEY = ("NUMBER", "POUNDS", "PENCE", "NOTE")
_AMOUNT = ("NUMBER", "POUNDS", "PENCE", "NOTE", "UNIT", "DAY", "FOREIGN")


def unit_in(span: Span) -> str:
    """The unit a phrase names last."""
    return next(UNITS[token.norm_] for token in reversed(list(span)) if token.norm_ in UNITS)


_STAYS = (["respite"], ["round"], ["stay"], ["stays"], ["break"], ["breaks"], ["away"])
""" "a 2 night stay", of which the nights are bought."""


def _count(span: Span) -> Meaning | None:
    """ "3 hours", and "2 or 3 hours", which is left open."""
    unit, figures = unit_in(span), numbers_in(span)
    if "£" in words_before(span) or figures[0].pair is not None or words_before(span)[-1:] in _NUMBERED:
        return None
    if figures[0].decimals == 2 and unit not in ("hour", "mile", "minute"):
        return None  # "8.75 entry"
    if span.text.lower() == "one time" and words_after(span) in (*_ENDS, ["only"]):
        return None  # "£24 each, one time"
    if [token.norm_ for token in span][:1] in (["one"], ["1"]) and unit in ("session", "night", "day") and _only(span):
        return None  # said by itself, or "one night only": bought once
    several = any(figure.value is None or figure.value != 1 for figure in figures)
    named = thing_follows(span) and words_after(span) not in _STAYS
    if several and span[-1].norm_ in _COMPOUND and named:
        return None
    return Count(figures[0].value if len(figures) == 1 else None, unit)


def _only(span: Span) -> bool:
    return stands_alone(span) or words_after(span) == ["only"]


def _article(span: Span) -> Meaning | None:
    """ "an hour", "a week". Before a noun it names a thing instead: "a day centre", "a night sitter"."""
    unit = unit_in(span)
    named = words_before(span) in (["theres"], ["join"], ["found"], ["run"])
    if unit == "session" and named and words_after(span)[:1] not in (["a"], ["per"], ["every"], ["each"]):
        return None  # "there's a class on Tuesdays"
    if unit in ("night", "day") and words_after(span) == ["out"] and class_before(span) in _MONEY:
        return Count(ONE, "session", article=True)  # "£9 a night out"
    if (
        class_before(span) in _AMOUNT
        or set(words_before(span)) & SLANG.keys()
        or words_before(span) in (["£"], ["each"], ["once"], ["twice"])
    ):
        return Count(ONE, unit, article=True)
    if unit in ("day", "night", "weekend") and words_after(span)[:1] in _OUT:
        return None
    periodic = words_after(span)[:1] in (["a"], ["per"]) and class_after(span, 1) == "UNIT"
    if unit in ("person", "session") and span[-1].norm_ not in _ONE_AT_A_TIME and not periodic:
        return None
    if unit != "hour" and thing_follows(span) and not _amount_near(span):
        return None
    return Count(ONE, unit, article=True)


def _amount_near(span: Span) -> bool:
    """Whether an amount or a count stands close before: "3 sessions of speech therapy a week"."""
    start = max(0, span.start - 4)
    return any(span.doc[at].ent_type_ in ("NUMBER", "POUNDS", "PENCE", "NOTE") for at in range(start, span.start))


def _and_a_half(span: Span) -> Meaning | None:
    """ "an hour and a half"."""
    part = Fraction(1, 4) if span[-1].norm_ == "quarter" else Fraction(1, 2)
    return Count(1 + part, next(UNITS[token.norm_] for token in span if token.norm_ in UNITS))


def _and_quarters(span: Span) -> Meaning | None:
    """ "an hour and three quarters"."""
    return Count(1 + Fraction(3, 4), "hour") if numbers_in(span)[-1].value == 3 else None


def _part(span: Span) -> Meaning | None:
    """ "half an hour", "three quarters of an hour"."""
    words = [token.norm_ for token in span]
    unit = unit_in(span)
    if unit not in ("hour", "day", "night"):
        return None
    if "/" in words:
        over, under = (figure.value for figure in numbers_in(span))
        return Count(over / under, unit) if over and under and over < under <= 4 else None
    if "quarters" in words:
        return Count(Fraction(3, 4), unit) if numbers_in(span)[0].value == 3 else None
    return Count(Fraction(1, 4) if "quarter" in words else Fraction(1, 2), unit)


def _whole_and_part(span: Span) -> Meaning | None:
    """ "2 1/2 hours"."""
    whole, over, under = (figure.value for figure in numbers_in(span))
    if whole is None or over is None or not under or not over < under <= 4:
        return None
    return Count(whole + over / under, unit_in(span))


def _so_many_and_a_half(span: Span) -> Meaning | None:
    """ "two hours and a half"."""
    whole, unit = numbers_in(span)[0].value, unit_in(span)
    if whole is None or unit not in ("hour", "day") or "£" in words_before(span):
        return None
    return Count(whole + (Fraction(1, 4) if span[-1].norm_ == "quarter" else Fraction(1, 2)), unit)


def _hours_minutes(span: Span) -> Meaning | None:
    """ "1hr 30", "an hour forty-five", at the end of a part or before how often."""
    figures = numbers_in(span)
    hours, minutes = (figures[0].value, figures[1].whole) if len(figures) > 1 else (ONE, figures[0].whole)
    ends = words_after(span)[:1] in ([], [","], ["."], [";"], [")"], ["on"], ["every"], ["each"], ["at"], ["@"])
    if unit_in(span) != "hour" or "£" in words_before(span) or not (ends or class_after(span) == "DAY"):
        return None
    return Count(hours + Fraction(minutes, 60), "hour") if hours and minutes in _PARTS_OF_HOUR else None


_PARTS_OF_HOUR = (15, 20, 30, 40, 45)


def _alone(span: Span) -> Meaning | None:
    """ "tutor, hour a week": the small word before it left out."""
    following = words_after(span)[:1] in (["a"], ["per"], ["each"], ["every"], ["/"]) and class_after(span, 1) == "UNIT"
    led = class_before(span) in _AMOUNT or words_before(span) in (
        ["an"],
        ["per"],
        ["a"],
        ["half"],
        ["each"],
        ["/"],
        ["every"],
    )
    return Count(ONE, "hour") if following and not led else None


def _of_them(span: Span) -> Meaning | None:
    """ "six of them at £18": how many of the thing; "for two of them" are people."""
    number = numbers_in(span)[0].value
    people = words_before(span) in (["for"], ["the"], ["both"], ["all"])
    return None if people or number is None else Count(number, "item")


def _so_many_wanted(span: Span) -> Meaning | None:
    """ "they're £34 each and I want two"."""
    number = numbers_in(span)[0].whole
    ends = words_after(span) in _ENDS
    return Count(Fraction(number), "item") if ends and number is not None and 1 < number <= _MOST_WANTED else None


_ENDS: tuple[list[str], ...] = (
    [],
    [","],
    ["."],
    [";"],
    ["!"],
    [")"],
    ["please"],
    ["thanks"],
    ["because"],
    ["cos"],
    ["if"],
    ["and"],
    ["so"],
    ["to"],
)
_MOST_WANTED = 20


def _so_many_apart(span: Span) -> Meaning | None:
    """ "non-slip mats, 2 of, £11 per mat", "plates, three piece, each one £8": how many, between stops."""
    number = numbers_in(span)[0].whole
    apart = words_before(span) in _STOPPED and words_after(span) in _STOPPED
    return Count(Fraction(number), "item") if apart and number is not None and 0 < number <= _MOST_WANTED else None


_STOPPED: tuple[list[str], ...] = ([], [","], ["."], [";"], ["("], [")"], ["–"], [":"])


def _pair(span: Span) -> Meaning | None:
    """ "a pair of PAs" are two; a pair of boots is one."""
    return Count(Fraction(2), "item") if set(words_after(span, 1)) & WORKERS else None


def _block(span: Span) -> Meaning | None:
    """ "a course of 8 music therapy sessions"; what is counted may follow at once: "a block of 10 lessons"."""
    number = numbers_in(span)[0].value
    if span[0].norm_ in _PACKS or span[1].norm_ in _PACKS:
        priced = words_after(span)[:1] in (["costs"], ["cost"], ["is"], ["comes"], ["for"], ["£"], ["at"])
        if priced and class_after(span, 1) in ("NUMBER", "") and not thing_follows(span):
            return Aside(drop=True)  # "a pack of three costs £13": how many are in it
    return Count(number, "session") if class_after(span) != "POUNDS" and number is not None else None


_PACKS = ("pack", "set", "bundle")


def _there_and_back(span: Span) -> Meaning | None:
    """ "9 miles there and 9 back"."""
    there, back = (figure.value for figure in numbers_in(span))
    return Count(there + back, "mile") if there and back and unit_in(span) == "mile" else None


_MOST_LOTS = 8
"""Times a week that somebody comes; more before "x 5 hours" is what an hour costs."""


def _lots(span: Span) -> Meaning | None:
    """ "three lots of two hours", "2 x 3 hours"."""
    lots, *each = (figure.value for figure in numbers_in(span))
    one = each[0] if each else ONE
    if "£" in words_before(span) or lots is None or one is None:
        return None
    if lots > _MOST_LOTS and span[1].norm_ == "x" and unit_in(span) == "hour":
        return None  # "14 x 5hrs": pounds
    return Count(lots * one, unit_in(span))


def _lots_of(span: Span) -> Meaning | None:
    """ "four lots of fifty quid"."""
    return Times(numbers_in(span)[0].value)


def _whole(span: Span) -> Meaning | None:
    """ "£180 for the weekend"; not "a sign of the week"."""
    named = span[0].norm_ == "of" and "whole" not in span.text.lower() and class_before(span) != "UNIT"
    return None if named else Count(ONE, unit_in(span))


PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            "<NUMBER> <UNIT>",
            "<NUMBER> full|whole|wee|little|extra|more|small|big|long|short|solid|separate|paid|single|different|individual <UNIT>",
            "<NUMBER> to|or|- <NUMBER> <UNIT>",
            "between <NUMBER> and|to|& <NUMBER> <UNIT>",
            "<NUMBER> of the <UNIT>",
            "<NUMBER> - hour|hr|minute|min",
            "x|times|by|* <NUMBER> <UNIT>",
        ),
        _count,
    ),
    Phrase(("a|an <UNIT>", "a full|whole|single <UNIT>"), _article),
    Phrase(("a|an? <UNIT> and|n|& a? half|quarter",), _and_a_half),
    Phrase(("a|an? hour|hr and <NUMBER> quarters",), _and_quarters),
    Phrase(
        (
            "half a|an? <UNIT>",
            "<NUMBER> quarters of an <UNIT>",
            "a? quarter of an <UNIT>",
            "a half <UNIT>",
            "<NUMBER> / <NUMBER> of? an? <UNIT>",
        ),
        _part,
    ),
    Phrase(("<NUMBER> <NUMBER> / <NUMBER> <UNIT>",), _whole_and_part),
    Phrase(("<NUMBER> <UNIT> and|n|& a? half|quarter",), _so_many_and_a_half),
    Phrase(("<NUMBER>|an <UNIT> and? <NUMBER>",), _hours_minutes),
    Phrase(
        ("<NUMBER> lots|blocks|slots of <NUMBER> <UNIT>", "<NUMBER> x <NUMBER> <UNIT>", "<NUMBER> lots of an <UNIT>"),
        _lots,
    ),
    Phrase(("hour|hr",), _alone),
    Phrase(("<NUMBER> <UNIT> there and|&|n <NUMBER> back",), _there_and_back),
    Phrase(("<NUMBER> hpw|hrspw|hrpw|hourspw",), lambda span: Count(numbers_in(span)[0].value, "hour", a_week=True)),
    Phrase(("<NUMBER> of|on '? them|these|those|em",), _of_them),
    Phrase(("want|wants|need|needs|take|takes|having|get|buy|order|say <NUMBER>",), _so_many_wanted),
    Phrase(("<NUMBER> of", "<NUMBER> piece|pieces|units|items"), _so_many_apart),
    Phrase(("<NUMBER> of the",), lambda span: _of_them(span) if thing_follows(span) else None),
    Phrase(("a|one? block|course|set|pack|bundle|series of <NUMBER>",), _block),
    Phrase(("a? pair of",), _pair),
    Phrase(("<NUMBER> lots|sets|payments of",), _lots_of),
    Phrase(("<NUMBER> pair|pairs",), lambda span: None if words_after(span) == ["of"] else _of_them(span)),
    Phrase(("<NUMBER> lots|payments|instalments|goes",), lambda span: Count(numbers_in(span)[0].value, "session")),
    Phrase(("for the hour",), _whole),
    Phrase(("for|of the whole? week|night|day|weekend|month",), _whole),
)
"""Counts of a unit."""
