"""Parts of the year: term time, holidays, "for 38 weeks", "in August", "at Christmas"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.understanding.line_marks import Aside, Cue, Meaning, Weeks
from bot.understanding.line_words import UNITS
from bot.understanding.phrases import Phrase, always, class_before, numbers_in, thing_follows

if TYPE_CHECKING:
    from spacy.tokens import Span

_MOST = {"week": 52, "month": 12}


def _weeks(span: Span) -> Meaning | None:
    """ "for 38 weeks", "40 weeks a year", "x 39 weeks", "10 months of the year"."""
    number = numbers_in(span)[0].whole
    unit = next(UNITS[token.norm_] for token in span if UNITS.get(token.norm_) in _MOST)
    if number is None or not 0 < number <= _MOST[unit]:
        return None
    return Weeks(number, "week" if unit == "week" else "month", times=span[0].norm_ in ("x", "times", "by"))


def _running(span: Span) -> Meaning | None:
    """ "ten weeks running"."""
    weeks = _weeks(span)
    return replace(weeks, times=True) if isinstance(weeks, Weeks) else None


def _month(span: Span) -> Meaning | None:
    """ "in August" comes once a year; "from September" is when it starts."""
    if span[0].norm_ in ("from", "since", "until", "till", "starting", "by"):
        return Aside(drop=True)
    if span[-1].norm_ == "may" and span[0].norm_ not in ("in", "during", "every", "each", "this", "next"):
        return None
    return Cue("moment")


def _hols(span: Span) -> Meaning | None:
    """ "10 hrs a week term time, 20 hrs a week hols"; not "holidays" as a thing of its own."""
    return Cue("holidays") if class_before(span) in ("UNIT", "ADVERB") and not thing_follows(span) else None


def _all_weeks(span: Span) -> Meaning | None:
    return Cue("all_year") if numbers_in(span)[0].value == _MOST["week"] else None


_WEEKS = "week|weeks|wk|wks|month|months"

PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            f"for|over|x|times|by|of|only|just|about <NUMBER> {_WEEKS}",
            f"for? <NUMBER> {_WEEKS} a|per|each|every|/ year|annum",
            f"for? <NUMBER> {_WEEKS} of|in|out of? a|the|each year",
        ),
        _weeks,
    ),
    Phrase(
        (f"<NUMBER> {_WEEKS} running|straight|solid", f"<NUMBER> {_WEEKS} in a row", f"<NUMBER> {_WEEKS} on the trot"),
        _running,
    ),
    Phrase(
        (
            "in|during|for|this|next|every|each|over|around|late|early|mid? <MONTH>",
            "from|since|until|till|starting|by in? <ORDINAL>? <MONTH>",
            "from|since|on? the? <ORDINAL> of? <MONTH>",
        ),
        _month,
    ),
    Phrase(
        (
            f"for|over|during|in the|those|these <NUMBER> {_WEEKS}",
            f"for|over|during|in? the <NUMBER> {_WEEKS} of the? summer|holidays|hols",
        ),
        lambda span: _weeks(span) if class_before(span) in ("UNIT", "DAY", "ADVERB") else None,
    ),
    always(Aside(drop=True), "since|from christmas|xmas|easter|summer|spring|autumn|winter|then|last year|week|month?"),
    always(
        Cue("moment"),
        "at|for|over|every|each|around|before|this|next this|next? christmas|xmas|easter|halloween|diwali|eid",
        "for|on|at|around his|her|my|their|the birthday|birthdays",
        "every|each summer|winter|spring|autumn",
        "in|during|over|this|next the? spring|autumn",
        "once in|over|during|every|each the? summer|winter|spring|autumn",
        "once a summer|christmas",
    ),
    always(
        Cue("term_time"),
        "in|during|only|just? term - time only?",
        "in|during|only|just|for? term time|times only?",
        "in|during|only? termtime|tt|tto only?",
        "in|during|through|throughout|all? the? school? term|terms only?",
        "in|during|on|for? the? school weeks only?",
        "in|during the school year",
        "in school time|terms",
        "and? none|nothing in|during|over the? school? holidays|hols",
        "but? not|except|excluding|minus|bar|barring|outside in|during|over|for|of? the? school? holidays|hols",
        "apart from in? the? school? holidays|hols",
        "not in|on holiday|holidays of? the? school",
        "when|while|whilst hes|shes|theyre|im at|in school|college",
        "only? when|while|whilst school|schools|theyre is? on|open|in|back",
    ),
    always(
        Cue("holidays"),
        "in|during|over|throughout|through|only|just all? the? school? holidays|hols only?",
        "in|during|over|for|every|each? the? school holidays|hols only?",
        "for all? the school? holidays|hols only?",
        "holidays|hols only",
        "school hols",
        "of|through|throughout the? school? holidays|hols|holiday",
        "when school is shut|closed|off",
        "when schools shut|closed|off",
        "when hes|shes|theyre|im off school",
    ),
    Phrase(("for? <NUMBER> weeks a year", "<NUMBER> weeks"), _all_weeks),
    Phrase(
        ("in|during|over|for|every|each? the? school holiday only?",),
        lambda span: None if thing_follows(span) else Cue("holidays"),  # "the school holiday scheme"
    ),
    Phrase(("holidays|hols",), _hols),
    always(
        Cue("all_year"),
        "all year round?",
        "term time and|& the? holidays|hols",
        "all through the year",
        "even|including|inc|right in|during|over|through|throughout? the? summer|school|easter|christmas? holidays|hols|holiday|break|breaks",
        "holidays|hols|summer and all|included|too|as",
        "term time or not",
        "whether|if school is? on|in or not|off|no",
        "no|without breaks|break for? the? holidays|summer?",
        "fifty - two|two weeks",
        "every week of the year",
    ),
    always(
        Cue("break"),
        "in|during|over|at|for|every|each? the|this|next? summer|easter|christmas|xmas|winter|<MONTH> holiday|holidays|hols|break|breaks",
        "in|over|during|for|this|next the? summer",
        "of|through|throughout the? summer|easter|christmas|xmas holiday|holidays|hols|break",
        "in|over|during|for|all the? <NUMBER> weeks holiday|holidays|off",
    ),
    always(
        Cue("some_weeks"),
        "in|during the? season",
        "in|during|over|at|for|every|each|through? the? half - term|terms",
        "in|during|over|at|for|every|each|through? the? half term|terms",
        "but? not|except|excluding|minus in|during|for? the? <MONTH>",
        "apart from in? <MONTH>",
        "from? <MONTH> to|till|until|- <MONTH>",
    ),
)
"""When in the year."""
