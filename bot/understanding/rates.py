"""For every so many units, and so many times: "per hour", "weekly", "every 6 weeks", "twice", "p.a."."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from bot.understanding.counts import unit_in
from bot.understanding.days import ORDER
from bot.understanding.line_marks import Cue, Each, Meaning, Times
from bot.understanding.line_words import ADVERBS, UNITS, word_set
from bot.understanding.phrases import (
    SMALL_WORDS,
    Phrase,
    always,
    around,
    class_after,
    class_before,
    numbers_in,
    thing_follows,
    words_after,
    words_before,
)

if TYPE_CHECKING:
    from spacy.tokens import Span

_AMOUNT = ("NUMBER", "POUNDS", "PENCE", "NOTE")
_LETTERS = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}
_PER_LETTERS = {
    "ph": "hour", "phr": "hour", "pw": "week", "pwk": "week", "pm": "month", "pp": "person", "pn": "night"
}  # fmt: skip
_LEAST_A_YEAR = 30
"""Pounds. Less is no price for a year: "£13.50 pa" speaks of a PA."""

_COUNTED_A_YEAR = word_set("nights days sessions weeks visits trips miles times lessons")
""" "24 nights pa"; "5 hours PA" speaks of a PA."""

_ONCE = {"once": 1, "twice": 2, "thrice": 3}


def _adverb(span: Span) -> Meaning:
    """ "weekly"."""
    return Each(ADVERBS[span[-1].norm_], rate=span[-1].norm_ in ("ph", "pd", "hourly"))


def _each(span: Span) -> Meaning | None:
    """ "per hour", "every fortnight", "each visit", "every 6 weeks"."""
    figures, unit = numbers_in(span), unit_in(span)
    if (order := next((ORDER[token.norm_] for token in span if token.norm_ in ORDER), None)) is not None:
        return Each(unit, Fraction(order))
    if figures and (unit in ("hour", "minute") or span[-1].norm_ == "times"):
        return None  # "£16 an hour each 5 hours a week", "£5 each two times a week"
    if figures:
        every = figures[-1].value
        if unit == "day" and every is not None and every in (_A_WEEK, 2 * _A_WEEK):
            return Each("week", every / _A_WEEK)
        return Each(unit, every if every is not None and every > 0 else None)
    every_one = span[0].norm_ in ("every", "each")
    if span[0].norm_ in ("in", "for", "by") and thing_follows(span):
        return None
    if every_one and unit in ("year", "week", "day", "night") and span[-1].norm_.endswith("s"):
        return None
    if unit == "daypart" and span[0].norm_ in ("per", "/") and class_before(span) in _AMOUNT:
        return Each("session", rate=True)  # "£6 per evening" goes with "two evenings a week"
    if unit == "daypart" or (unit == "night" and every_one and class_before(span) not in (*_AMOUNT, "UNIT", "DAY")):
        return Each("day")
    return Each(unit, rate=span[0].norm_ in ("per", "/"))


def _so_many_apart(span: Span) -> Meaning | None:
    """ "six-weekly", "six monthly", where a price is said elsewhere: every so many of them; not "gym £6 monthly"."""
    figure, unit = numbers_in(span)[0], ADVERBS[span[-1].norm_]
    elsewhere = any(token.norm_ == "£" or token.ent_type_ in ("POUNDS", "NOTE") for token in around(span))
    joined = span[1].norm_ == "-"
    if unit not in ("week", "month") or "£" in words_before(span) or not (joined or (figure.spelled and elsewhere)):
        return None
    return Each(unit, figure.value) if figure.whole is not None and 1 < figure.whole <= _MOST_APART else None


_A_WEEK = 7
_MOST_APART = 12


def _years(span: Span) -> Meaning | None:
    """ "a year's ticket to the museum": for a year."""
    following = words_after(span)
    lasts = "'" in span[-1].text and bool(following) and following[0].isalpha() and following[0] not in SMALL_WORDS
    return Each(UNITS[span[-1].norm_]) if lasts and UNITS[span[-1].norm_] in ("year", "month") else None


def _each_in(span: Span) -> Meaning | None:
    """ "2 hours in week", "30 pounds for month", "22 pounds for the hour": after an amount or a count alone."""
    if span[0].norm_ in ("once", "one", "1"):
        return Each(unit_in(span))  # "once in week"
    before = (
        class_before(span) in _AMOUNT
        or words_before(span) in (["twice"], ["thrice"])
        or (class_before(span) == "UNIT" and span[0].norm_ != "the")
    )
    return None if not before or thing_follows(span) else Each(unit_in(span), rate=True)


def _bare_period(span: Span) -> Meaning | None:
    """ "5 hrs wk", "£20 wk", "3 x week": a stretch of time without the small word before it."""
    word, before = span[0].norm_, words_before(span)
    after_times = before and before[0] in ("x", "times", "time", "once", "twice")
    short = word in ("wk", "mth", "hr", "yr") and class_before(span) in (*_AMOUNT, "UNIT")
    signed = class_before(span) == "NUMBER" and "£" in words_before(span, 2)
    short = short or ((signed or class_before(span) in ("POUNDS", "PENCE", "NOTE")) and not thing_follows(span))
    return Each(UNITS[word], rate=True) if after_times or short else None


def _letters(span: Span) -> Meaning | None:
    """ "p.a.", "p/h", "pm", "pa": only after an amount. "a pa" is a person."""
    letters = "".join(token.norm_ for token in span if token.is_alpha)
    before = class_before(span)
    if letters in _LETTERS:
        return Each(_LETTERS[letters], rate=True) if before in (*_AMOUNT, "UNIT") else None
    counted = before == "UNIT" and (letters in ("pw", "pwk") or words_before(span)[0] in _COUNTED_A_YEAR)
    if before == "" and words_before(span) == [","] and len(letters) > 1 and letters != "pa":
        return Each(_PER_LETTERS[letters]) if letters in _PER_LETTERS and _amount_before(span) else None
    if letters == "pa" and counted and not words_after(span):
        return None
    if before not in _AMOUNT and not counted:
        return None
    if letters == "pa":
        figure = span.doc[span.start - 1]._.figure
        small = figure is not None and figure.value is not None and figure.value < _LEAST_A_YEAR
        return Each("year") if not small or "." in [token.norm_ for token in span] else None
    return Each(_PER_LETTERS[letters], rate=True) if letters in _PER_LETTERS else None


def _amount_before(span: Span) -> bool:
    """ "£10, pw": an amount, and a comma between."""
    return span.start > 1 and span.doc[span.start - 2].ent_type_ in _AMOUNT


def _one_in(span: Span) -> Meaning | None:
    """ "one weekend in four", "one in four Saturdays": every fourth."""
    figures = numbers_in(span)
    every = figures[-1].value
    if every is None or every <= 1 or (len(figures) > 1 and figures[0].value != 1):
        return None
    unit = next((UNITS[token.norm_] for token in span if token.norm_ in UNITS), "week")
    if unit == "night":
        return Each(unit, None)  # two a week, or now and then: which is asked
    return Each("week" if unit in ("weekend", "day") else unit, every)


_PER = (["a"], ["an"], ["per"], ["every"], ["each"], ["in"], ["or"], ["/"], ["the"], ["he"], ["she"], ["we"])
"""Behind "once" these say in what time, or begin a clause: "once a week", "once he's settled"."""


def _times(span: Span) -> Meaning | None:
    """ "twice", "three times"; "two or three times" is left open."""
    figures = numbers_in(span)
    often = words_after(span) in _PER or class_after(span) in ("ADVERB", "DAY", "UNIT")
    if "£" in words_before(span) or (span[0].norm_ == "once" and len(span) == 1 and not often):
        return None  # "once" alone is a purchase, read in cues
    if len(figures) > 1 or any(token.norm_ in ("or", "to", "-") for token in span):
        return Times(None)
    return Times(figures[0].value if figures else Fraction(_ONCE[span[0].norm_]))


def _multiply(span: Span) -> Meaning | None:
    """ "x 2": so many times, when a unit does not follow."""
    figure = numbers_in(span)[0]
    priced = figure.decimals == _PENCE  # "5 seats x 16.50"
    return None if class_after(span) in ("UNIT", "POUNDS") or figure.value is None or priced else Times(figure.value)


_PENCE = 2
"""Digits behind the point of pounds and pence."""


PHRASES: tuple[Phrase, ...] = (
    Phrase(("<ADVERB>", "once <ADVERB>"), _adverb),
    Phrase(("<NUMBER> -? <ADVERB>",), _so_many_apart),
    always(
        Each("year", Fraction(1, 2)),
        "every|each half - year|yearly?",
        "every|each half year",
        "half - yearly",
        "half yearly",
    ),
    Phrase(
        ("every|each|in <NUMBER>? <UNIT> ,? one|1 time", "one|1 time every|each|in <NUMBER>? <UNIT>"),
        lambda span: _each(span[:-2] if span[-1].norm_ == "time" else span[2:]),
    ),
    Phrase(("a <UNIT>",), _years),
    Phrase(
        (
            "per|every|each|/ single|full|whole? <UNIT>",
            "per|every|each <NUMBER> <UNIT>",
            "every|each|alternate|once? other|second|2nd|alternate|third|3rd|fourth|4th <UNIT>",
            "once|one every|in <NUMBER> <UNIT>",
            "for each|every <UNIT>",
        ),
        _each,
    ),
    Phrase(
        (
            "in|for week|month|year|fortnight|hour|hr|day|night|session|lesson|visit|time|journey|trip",
            "for|in one|1|each|every time",
            "once|one|1 time? in week|month|year",
            "for? the session|day|night|week|month|year",
            "the hour",
        ),
        _each_in,
    ),
    Phrase(
        ("a|per summer|winter|easter|christmas",),
        lambda span: None if thing_follows(span) else Each("year"),
    ),
    Phrase(("week|wk|month|mth|hour|hr|yr|fortnight|year",), _bare_period),
    Phrase(
        ("p . a|h|w|m|p .?", "p / h|hr|w|wk|m", "pa|pm|pp|pn", "p h", "/ h|d|w|m|y"),
        _letters,
    ),
    Phrase(("one|a <UNIT|DAY> in|out|of of|every? <NUMBER>", "one in every? <NUMBER> <UNIT|DAY>"), _one_in),
    always(Each("half-term", rate=True), "per|a|each half - term", "per|a|each half term"),
    always(Times(Fraction(2)), "morning|am and|& evening|night|afternoon|pm|teatime|bedtime"),
    always(
        Each("day", Fraction(1, 2)),
        "every|each morning and|& every|each? evening|night|afternoon|teatime|bedtime",
        "every|each day , morning and|& evening|night",
    ),
    always(Each("year"), "for|over|in|across the whole|full|entire? year", "a whole year", "for a year"),
    always(Each("term"), "for the whole? term", "by the term"),
    always(Each("hour", rate=True), "by the hour"),
    always(Each("week"), "every|each week god sends|gives"),
    always(Each("week"), "in|over|across|throughout|during the week|wk"),
    always(Each("month"), "in|over|across|throughout the month"),
    always(Each("month"), "once in the month"),
    always(Each("month", rate=True), "per|a|each|every calendar month"),
    always(Each("half-term", rate=True), "for a|the|each whole half - term", "for a|the|each whole half term"),
    always(Each("month", named=True), "on? the <ORDINAL> of|in every|each|the month"),
    always(Each("week", Fraction(2)), "one? week on ,|and? one? week? off", "week about", "one week in|out of two"),
    always(Cue("vague"), "not every|each <UNIT|DAY>"),
    always(Each("week", None), "bi - weekly|wkly", "bi weekly", "biweekly"),
    always(Each("month", None), "bi - monthly", "bi monthly", "bimonthly"),
    Phrase(
        (
            "once|twice|thrice",
            "<NUMBER> times|x",
            "<NUMBER> or|to|- <NUMBER> times|x",
            "once or twice",
            "twice or thrice",
        ),
        _times,
    ),
    Phrase(("x|times <NUMBER>",), _multiply),
    always(
        Cue("vague"),
        "now and then|again",
        "every now and|& then|again",
        "now n then",
        "dont|not|dunno|no know|sure|idea? how often|many|regularly times|it|we|he|she?",
        "havent|hasnt|not|never decided|settled|agreed|said|known|sure|worked|fixed|set|picked|sorted out? how often|many|much?",
        "havent|hasnt|not|never decided|settled|agreed|worked|fixed|set|picked|sorted out? when|which what|days?",
        "every so often",
        "every once in a while",
        "once in a while",
        "from time to time",
        "as and when",
        "when|whenever we|he|she|i|they can|could|want|wants|feel|feels|fancies|fancy|need|needs",
        "when needed|possible",
        "whenever",
        "as many|much|often as you|youll|we|they|he|she|i will|can|could|let|get|give|need|want|wants us|me|him|her|give|get|have?",
        "the odd",
        "not regular|regularly like?",
        "if|whether thats|its|it|that is|was? a|per <UNIT> or a|per? <UNIT>",
        "sometimes|occasionally|regularly|often|frequently|rarely",
        "not often",
        "a lot",
        "most|some weeks|months|days",
        "several|many|various times",
        "here and there",
        "on and off",
        "off and on",
        "quite often",
    ),
)
"""How often, and what an amount is for."""
