"""Days of the week: "on Sundays", "Mon, Wed and Fri", "weekdays", "every other Saturday", "school nights"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from bot.understanding.line_known import is_activity
from bot.understanding.line_marks import ONE, Count, Cue, Days, Each, Mark, Meaning
from bot.understanding.line_words import DAYS, SHORT_DAYS, UNITS, word_set
from bot.understanding.phrases import (
    SMALL_WORDS,
    Phrase,
    always,
    class_after,
    class_before,
    numbers_in,
    thing_follows,
    words_after,
    words_before,
)
from bot.understanding.thing_words import WORKERS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

ORDER = {"other": 2, "second": 2, "2nd": 2, "alternate": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
"""Which ones of a row: "every other"."""

_WEEKDAYS = frozenset(range(5))
_WEEKEND = frozenset({5, 6})
_JOINS = word_set("& - – / , and n to morning + plus till until thru through")
_AND = word_set("and & , n / + or plus again also then")
_TO = word_set("to - – till til until thru through")
_PER = word_set("a an per each every / in of")
_LONG_PERIODS = word_set("month term year fortnight")
_MOST_DAYS = 7


def _days(span: Span) -> Meaning | None:
    """ "on Sundays", "every other Saturday", "Mondays". A day before a noun is part of a name: "the Tuesday group"."""
    token = next(token for token in span if token.norm_ in DAYS)
    if UNITS.get(span[-1].norm_) not in (None, "daypart", "night") and span[-1].norm_ != "time":
        return None
    led = span[0].norm_ not in DAYS
    several = token.norm_.endswith("s")
    heads = token.norm_ in SHORT_DAYS and _heads_a_part(span)  # "Mon drama £6, Tue swimming £5"
    if not led and token.norm_ in SHORT_DAYS and not (_in_a_row(span) or (heads and words_after(span) == [":"])):
        return None
    before_that = span.doc[span.start - 2].ent_type_ if span.start > 1 else ""
    in_row = "DAY" in (class_before(span), before_that)
    by_the_clock = words_after(span) in (["half"], ["quarter"])  # "rebound therapy Friday half ten"
    if token.norm_ in SHORT_DAYS and class_before(span) == "NUMBER" and is_activity(words_after(span)):
        by_the_clock = True  # "£5.50 Sat dance"
    alone = not led and not several and not in_row and not heads and not by_the_clock
    if alone and span[-1].ent_type_ == "DAY" and thing_follows(span):
        return None
    if not led and not several and words_before(span) == ["the"]:
        return None
    if token.norm_ == "sat" and len(span) == 1 and words_after(span)[:1] in _SEATED:
        return None  # "sat at home all day he is"
    small = {item.norm_ for item in span} & {"the", "a"}
    if token.norm_ == "sun" and ("the" in small or (small and thing_follows(span))):
        return None  # "whenever the sun comes out", "a sun hat"
    if any(item.norm_ in ("most", "some", "odd") for item in span):
        return Cue("vague")
    a_unit = words_after(span)[:1] in (["a"], ["per"], ["each"], ["every"]) and class_after(span, 1) == "UNIT"
    if a_unit and UNITS[words_after(span, 2)[1]] in _LONG_PERIODS:
        return Count(ONE, "session")  # "a Saturday a month"
    order = next((ORDER[item.norm_] for item in span if item.norm_ in ORDER), 1)
    return Days(frozenset({DAYS[token.norm_]}), order)


_SEATED = (["at"], ["in"], ["with"], ["there"], ["down"], ["here"], ["about"], ["around"], ["watching"], ["indoors"])


def _heads_a_part(span: Span) -> bool:
    """Whether a short day begins a part of the message; "sun cream" and "sat nav" are things."""
    before, after = words_before(span), words_after(span)
    return (
        before in ([], [","], [";"], ["."], ["and"], [":"], ["–"], ["so"], ["um"], ["er"], ["then"], ["is"])
        and span[0].norm_ != "sun"
        and after != ["nav"]
    )


def _in_a_row(span: Span) -> bool:
    """Whether a short day stands beside another, or beside a stop: "Mon Wed Fri", "PA, sat, 3 hours"."""
    before, after = words_before(span), words_after(span)
    if len(span) > 1 and span[-1].ent_type_ == "UNIT":
        return True  # "sat nites"
    if not before or not after or before[0] in _JOINS or after[0] in _JOINS or after == ["£"]:
        return True
    return class_before(span) in ("DAY", "NUMBER", "UNIT") or class_after(span) in ("DAY", "NUMBER")


def _so_many(span: Span) -> Meaning | None:
    """ "two sundays a month". Not "13.50 sundays"."""
    number = numbers_in(span)[0].whole
    following = words_after(span)
    if number is None or number > _MOST_DAYS:
        return None
    if not following or following[0] not in _PER:
        several = numbers_in(span)[0].spelled and number > 1 and span[-1].norm_.endswith("s")
        return Count(Fraction(number), "session") if several else None  # "four Saturdays to teach her"
    return Count(Fraction(number), "session")


def _school_days(span: Span) -> Meaning | None:
    """ "on school days", "every school morning". Without such a word before, one day is part of a name."""
    unit = UNITS.get(span[-1].norm_)
    if unit not in (None, "day", "night", "daypart"):
        return None
    one = unit is not None and not span[-1].norm_.endswith("s")
    led = span[0].norm_ in ("every", "each", "per", "a", "/")
    return Days(_WEEKDAYS, school=True) if led or not one else None


def _working_days(span: Span) -> Meaning | None:
    """ "weekday evenings", "week nights", "working days"."""
    units = [UNITS[token.norm_] for token in span if token.norm_ in UNITS and token.norm_ != "week"]
    return Days(_WEEKDAYS) if all(unit in ("day", "night", "daypart") for unit in units) else None


def _weekend(span: Span) -> Meaning | None:
    """ "at the weekend". In "weekend respite" it is part of the name."""
    if span[0].norm_ == "a" and words_after(span)[:1] in (["away"], ["break"], ["in"], ["with"], ["out"], ["trip"]):
        return None  # "a weekend away, £450"
    led = span.start if span[0].norm_ == "a" else span.start - 1
    of_its_own = led >= 0 and span.doc[led].norm_ == "a" and not (led and span.doc[led - 1].ent_type_ in _AMOUNT)
    if of_its_own and words_after(span) == ["at"]:
        return None  # "a weekend at the adventure centre"; not "£15 a weekend at the club"
    if len(span) == 1 and span[0].norm_ == "weekend" and span.start and _ends_a_name(span.doc[span.start - 1]):
        return None  # "a caravan weekend"
    follows = thing_follows(span) or words_after(span) == ["respite"]
    named = len(span) == 1 and span[0].norm_ == "weekend" and follows
    return None if named else Days(_WEEKEND, weekend=True)


def _ends_a_name(before: Token) -> bool:
    """Whether the word before "weekend" is one that says what kind it is."""
    word = before.norm_
    return word.isalpha() and not before.ent_type_ and word not in (SMALL_WORDS | WORKERS | _WHICH) - _STAYS


_AMOUNT = ("NUMBER", "POUNDS", "PENCE", "NOTE", "UNIT")
_STAYS = word_set("respite")
_WHICH = word_set("this next last one other another whole full his my our their both second single not no do does any")


def _of_seven(span: Span) -> Meaning | None:
    """ "four days out of seven"."""
    number = numbers_in(span)[0].whole
    return Days(frozenset(range(number))) if number is not None and 0 < number <= _MOST_DAYS else None


def _but_one(span: Span) -> Meaning:
    """ "every day except Sunday"."""
    return Days((_WEEKDAYS | _WEEKEND) - {DAYS[span[-1].norm_]})


def _both_days(span: Span) -> Meaning:
    """ "alternate weekends, both days"; behind other days they are those."""
    named = [token for token in span.doc[max(0, span.start - _NEAR) : span.start] if token.ent_type_ == "DAY"]
    return Cue("same") if named else Days(_WEEKEND)


def _from_to(span: Span) -> Meaning | None:
    """ "Fri 6pm to Sun 6pm": a weekend; days with nothing said of the hour are each of them, "Mon to Thu"."""
    first, last = (DAYS[token.norm_] for token in span if token.ent_type_ == "DAY")
    timed = any(token.ent_type_ in ("NUMBER", "CLOCK") or UNITS.get(token.norm_) == "daypart" for token in span)
    if not timed or first not in (4, 5) or last not in (6, 0):
        return None
    return Days(_WEEKEND, weekend=True)


_NEAR = 12
"""Words back in which the days stand that both are of."""

PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            "on|every|each|of|at|this|next? a|the|single? <DAY> <UNIT>?",
            "on|every|each? other|second|2nd|alternate|third|3rd|fourth|4th <DAY> <UNIT>?",
            "on? most|some|odd <DAY>",
            "on|every|each|of|at? a|the? <DAY> tea|lunch|dinner|night|bed|play time",
        ),
        _days,
    ),
    Phrase(("<NUMBER> <DAY> <UNIT>?",), _so_many),
    Phrase(
        (
            "on|every|each|in|during|of? a|the? weekday|weekdays|weeknight|weeknights <UNIT>?",
            "on|every|each? week|working days|nights|day|night <UNIT>?",
        ),
        _working_days,
    ),
    Phrase(
        (
            "on|every|each|per|a|/? school <UNIT>",
            "every|each <UNIT> before|after school",
            "every|each day at|in school",
        ),
        _school_days,
    ),
    Phrase(("at|on|over|every|each|in? a|the? weekend|weekends", "every|each single weekend"), _weekend),
    always(Days(_WEEKEND, every=2, weekend=True), "every|each? other|second|2nd|alternate weekend|weekends"),
    Phrase(
        (
            "every|each single? day except|excluding|but|bar|minus on? <DAY>",
            "every|each day apart|other from|than on? <DAY>",
        ),
        _but_one,
    ),
    always(Days(_WEEKEND), "both days at|of|over|on? the? weekend", "both weekend days|mornings|afternoons|evenings"),
    Phrase(("both days",), _both_days),
    Phrase(
        (
            "from? <DAY> at? <NUMBER|CLOCK|UNIT>? am|pm|oclock? to|till|til|until|through|- <DAY> at? <NUMBER|CLOCK|UNIT>? am|pm|oclock?",
        ),
        _from_to,
    ),
    Phrase(("<NUMBER> days|nights out? of|in seven|7",), _of_seven),
    Phrase(
        ("for|on? all the? <NUMBER> days|mornings|afternoons|evenings|nights|lunchtimes",),
        lambda span: _of_seven(span) if numbers_in(span)[0].whole in (5, 7) else None,
    ),
    always(
        Each("month", Fraction(1, 2), named=True),
        "on|every? the? 1st|first|2nd|second and|& 3rd|third|4th|fourth|last <DAY> of|in|each|every|a the|each|every|a? month",
        "on|every? the? 1st|first and|& 3rd|third <DAY>",
        "on|every? the? 2nd|second and|& 4th|fourth|last <DAY>",
    ),
    Phrase(
        ("on the last <DAY>",),
        lambda span: Each("month", named=True) if words_after(span)[:1] in ([], [","], ["."], [";"], ["!"]) else None,
    ),
    always(
        Each("month", named=True),
        "on|every? the? first|second|third|fourth|last|1st|2nd|3rd|4th <DAY> of|in|each|every|a the|each|every|a? month",
        "on? the? first|last|1st|second|third weekend|week|day of|in|each|every|a the|each|every|a? month",
    ),
)
"""Days of the week, and those that stand for a month."""


def days_together(marks: Sequence[Mark], words: Sequence[str]) -> list[Mark]:
    """Days said in a row as one: "Mon, Wed and Fri", "Monday to Thursday"."""
    found: list[Mark] = []
    for mark in marks:
        before = found[-1] if found else None
        joined = _joined(before, mark, words[before.end : mark.start]) if before is not None else None
        if before is not None and joined is not None:
            found[-1] = Mark(before.start, mark.end, joined)
        else:
            found.append(mark)
    return found


def _joined(first: Mark, second: Mark, between: Sequence[str]) -> Days | None:
    one, two = first.meaning, second.meaning
    if not isinstance(one, Days) or not isinstance(two, Days) or one.every != two.every or one.weekend or two.weekend:
        return None
    if all(word in _AND for word in between):
        return Days(one.days | two.days, one.every)
    if len(between) == 1 and between[0] in _TO and len(one.days) == len(two.days) == 1:
        start, end = min(one.days), min(two.days)
        return Days(frozenset((start + day) % 7 for day in range((end - start) % 7 + 1)))
    return None
