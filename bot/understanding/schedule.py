"""How long and how often: "3 hours", "twice a week", "every other Saturday", "for 38 weeks"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from bot.understanding.figures import Figure
from bot.understanding.line_marks import ONE, Aside, Count, Cue, Days, Each, Mark, Meaning, Times, Weeks
from bot.understanding.line_words import ADVERBS, DAYS, MONTHS, SHORT_DAYS, UNITS, word_set
from bot.understanding.phrases import Phrase, always, class_after, class_before, words_after, words_before

if TYPE_CHECKING:
    from spacy.tokens import Span

_ORDER = {"other": 2, "second": 2, "2nd": 2, "alternate": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_EVERY_DAY = frozenset(range(7))
_WEEKDAYS = frozenset(range(5))
_WEEKEND = frozenset({5, 6})
_PER = {"a", "an", "per", "each", "every", "/", "in", "of"}


def _figures(span: Span) -> list[Figure]:
    return [token._.figure for token in span if token.ent_type_ == "NUMBER"]


def _unit(span: Span) -> str:
    return next(UNITS[token.norm_] for token in reversed(list(span)) if token.norm_ in UNITS)


def _count(span: Span) -> Meaning | None:
    """ "3 hours", "2 or 3 hours" (left open), "half an hour", "an hour and a half"."""
    unit = _unit(span)
    figures = _figures(span)
    if "£" in words_before(span) or _names_a_thing(span, unit, figures):
        return None
    if len(figures) > 1:
        return Count(None, unit)
    if figures[0].pair is not None:
        return None
    return Count(figures[0].value, unit)


def _names_a_thing(span: Span, unit: str, figures: list[Figure]) -> bool:
    """ "a 10 week course", "2 day pass": one after a number, before the thing it belongs to."""
    several = any(figure.value is None or figure.value != 1 for figure in figures)
    one_word = span[-1].norm_ in (
        "week",
        "day",
        "month",
        "year",
        "night",
        "term",
        "session",
        "mile",
        "ticket",
        "class",
        "lesson",
    )
    return several and one_word and unit != "hour" and _thing_follows(span) and words_after(span) != ["respite"]


def _article(span: Span) -> Meaning | None:
    """ "an hour", "a week". Before a noun it names a thing instead: "a day centre", "a night sitter"."""
    unit = _unit(span)
    if class_before(span) in _AMOUNT or (
        span.start and span.doc[span.start - 1].norm_ in ("£", "each", "once", "twice")
    ):
        return Count(ONE, unit, article=True)
    if unit in ("person", "session") and span[-1].norm_ not in (
        "session",
        "lesson",
        "class",
        "time",
        "visit",
        "go",
        "ticket",
    ):
        return None
    if unit != "hour" and _thing_follows(span) and not _counted_before(span):
        return None
    return Count(ONE, unit, article=True)


_AMOUNT = ("NUMBER", "POUNDS", "PENCE", "NOTE", "UNIT", "DAY", "FOREIGN")


def _counted_before(span: Span) -> bool:
    """Whether an amount or a count stands close before: "£12.50 for the PA an hour", "3 sessions a week"."""
    start = max(0, span.start - 4)
    return any(span.doc[at].ent_type_ in ("NUMBER", "POUNDS", "PENCE", "NOTE") for at in range(start, span.start))


def _thing_follows(span: Span) -> bool:
    """Whether the next word belongs to a thing's name and not to the sentence around it."""
    if span.end >= len(span.doc):
        return False
    following = span.doc[span.end]
    return (
        following.is_alpha
        and not following.ent_type_
        and following.norm_ not in _SMALL_WORDS
        and not following.norm_.endswith("ly")
    )


_SMALL_WORDS = word_set(
    "a an the of in on at for to from with and or but so then plus also is its thats that this which when while because cos if "
    "as per each every all both term during over only she he they it we i my his her their our was will would costs cost "
    "until till by about around max maximum minimum total please thanks maybe probably times x off out long now again just "
    "altogether alternate except not no than twice once roughly extra school daily until respite through throughout after "
    "before into onto there here im id ill shes hes theyre weve ive today tomorrow want need like usually"
)


def _and_a_half(span: Span) -> Meaning | None:
    words = [token.norm_ for token in span]
    part = Fraction(1, 4) if "quarter" in words else Fraction(1, 2)
    return Count(1 + part, _unit(span))


def _part(span: Span) -> Meaning | None:
    words = [token.norm_ for token in span]
    if "quarters" in words:
        return Count(Fraction(3, 4), "hour")
    return Count(Fraction(1, 4) if "quarter" in words else Fraction(1, 2), _unit(span))


def _lots(span: Span) -> Meaning | None:
    """ "three lots of two hours"."""
    values = [figure.value for figure in _figures(span)]
    if "£" in words_before(span) or values[0] is None or values[-1] is None:
        return None
    return Count(values[0] * values[-1] if len(values) > 1 else values[0], _unit(span))


def _lots_of(span: Span) -> Meaning | None:
    """ "four lots of fifty quid"."""
    return Times(_figures(span)[0].value)


def _adverb(span: Span) -> Meaning:
    return Each(ADVERBS[span[-1].norm_], rate=span[-1].norm_ in ("ph", "pd", "hourly"))


def _each(span: Span) -> Meaning | None:
    """ "per hour", "every fortnight", "each visit", "every 6 weeks"."""
    figures = _figures(span)
    unit = _unit(span)
    order = next((_ORDER[token.norm_] for token in span if token.norm_ in _ORDER), None)
    if order is not None:
        return Each(unit, Fraction(order))
    if not figures:
        every = span[0].norm_ in ("every", "each")
        if every and unit in ("year", "week", "day", "night") and span[-1].norm_.endswith("s"):
            return None
        if unit == "daypart" or (unit == "night" and every and class_before(span) not in _AMOUNT):
            return Each("day")
        return Each(unit, rate=span[0].norm_ in ("per", "/"))
    if figures[0].value is None or figures[0].value <= 0:
        return Each(unit, None)
    return Each(unit, figures[0].value)


def _bare_period(span: Span) -> Meaning | None:
    """ "5 hrs wk", "£20 wk", "3 x week": a stretch of time without the small word before it."""
    word, before = span[0].norm_, words_before(span)
    after_times = before and before[0] in ("x", "times", "once", "twice")
    short = word in ("wk", "mth", "hr", "yr") and class_before(span) in ("NUMBER", "POUNDS", "UNIT", "NOTE", "PENCE")
    return Each(UNITS[word], rate=True) if after_times or short else None


def _days(span: Span) -> Meaning | None:
    """ "on Sundays", "every other Saturday", "Mondays". A day before a noun is part of a name: "the Tuesday group"."""
    token = next(token for token in span if token.norm_ in DAYS)
    word, led = token.norm_, span[0].norm_ not in DAYS
    if word in SHORT_DAYS and not led and not _listed(span):
        return None
    alone = class_before(span) != "DAY" and (not span.start or span.doc[max(0, span.start - 2)].ent_type_ != "DAY")
    if not led and alone and not token.norm_.endswith("s") and span[-1].ent_type_ == "DAY" and _thing_follows(span):
        return None
    if words_before(span) == ["the"] and not led and not token.norm_.endswith("s"):
        return None
    order = next((_ORDER[item.norm_] for item in span if item.norm_ in _ORDER), 1)
    if any(item.norm_ in ("most", "some", "odd") for item in span):
        return Cue("vague")
    if (
        words_after(span)[:1]
        and words_after(span)[0] in ("a", "per", "each", "every")
        and class_after(span, 1) == "UNIT"
    ):
        period = UNITS[words_after(span, 2)[1]]
        if period in ("month", "term", "year", "fortnight"):
            return Count(ONE, "session")
    return Days(frozenset({DAYS[word]}), order)


def _listed(span: Span) -> bool:
    """Whether a short day stands beside another, or beside a stop: "Mon Wed Fri", "PA, sat, 3 hours"."""
    before, after = words_before(span), words_after(span)
    beside = class_before(span) in ("DAY", "NUMBER", "UNIT") or class_after(span) in ("DAY", "NUMBER")
    joined = (after and after[0] in ("&", "-", "/", ",", "and", "n", "to", "morning")) or (
        before and before[0] in ("&", "/", "-", ",", "and", "n", "to")
    )
    return bool(beside or joined or not before or not after)


def _count_of_days(span: Span) -> Meaning | None:
    """ "two sundays a month". Not "13.50 sundays"."""
    number = _figures(span)[0].whole
    following = words_after(span)
    if number is None or number > 7 or not following or following[0] not in _PER:
        return None
    return Count(Fraction(number), "session")


def _weeks(span: Span) -> Meaning | None:
    """ "for 38 weeks", "40 weeks a year", "x 39 weeks", "10 months of the year"."""
    number = _figures(span)[0].whole
    unit = _unit_named(span)
    if number is None or not 0 < number <= (52 if unit == "week" else 12):
        return None
    return Weeks(number, "week" if unit == "week" else "month", times=span[0].norm_ in ("x", "times", "by"))


def _unit_named(span: Span) -> str:
    return next(UNITS[token.norm_] for token in span if UNITS.get(token.norm_) in ("week", "month"))


def _times(span: Span) -> Meaning | None:
    words = [token.norm_ for token in span]
    figures = _figures(span)
    if "£" in words_before(span):
        return None
    if len(figures) > 1 or "or" in words or "to" in words or "-" in words:
        return Times(None)
    if figures:
        return Times(figures[0].value)
    return Times(Fraction({"once": 1, "twice": 2, "thrice": 3}[words[0]]))


def _multiply(span: Span) -> Meaning | None:
    """ "x 2": so many times, when a unit does not follow."""
    value = _figures(span)[0].value
    return None if class_after(span) in ("UNIT", "POUNDS") or value is None else Times(value)


def _one_in(span: Span) -> Meaning | None:
    """ "one weekend in four": every fourth."""
    every = _figures(span)[-1].value
    if every is None or every <= 0 or _figures(span)[0].value != 1:
        return None
    unit = next((UNITS[token.norm_] for token in span if token.norm_ in UNITS), "week")
    return Each("week" if unit in ("weekend", "day") or _has_day(span) else unit, every)


def _has_day(span: Span) -> bool:
    return any(token.ent_type_ == "DAY" for token in span)


_LETTERS = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}


def _per_letters(span: Span) -> Meaning | None:
    """ "p.a.", "p/h", "pm", "pa": only after an amount. "a pa" is a person."""
    letters = "".join(token.norm_ for token in span if token.is_alpha)
    if class_before(span) not in ("NUMBER", "POUNDS", "PENCE", "NOTE", "UNIT"):
        return None
    if class_before(span) == "UNIT" and letters not in _LETTERS and span[-1].norm_ not in ("w", "wk"):
        return None
    if letters in _LETTERS:
        return Each(_LETTERS[letters], rate=True)
    if letters == "pa":
        figure = span.doc[span.start - 1]._.figure
        small = figure is not None and figure.value is not None and figure.value < 30
        return None if small and "." not in [token.norm_ for token in span] else Each("year")
    return Each(
        {"ph": "hour", "phr": "hour", "pw": "week", "pwk": "week", "pm": "month", "pp": "person", "pn": "night"}[
            letters
        ],
        rate=True,
    )


def _month(span: Span) -> Meaning | None:
    """ "in August" comes once a year; "from September" is when it starts."""
    if span[0].norm_ in ("from", "since", "until", "till", "starting", "by"):
        return Aside(drop=True)
    if span[-1].norm_ == "may" and span[0].norm_ not in ("in", "during", "every", "each", "this", "next"):
        return None
    return Cue("moment")


def _school_days(span: Span) -> Meaning | None:
    if span[-1].norm_ in ("day", "morning", "night", "evening") and span[0].norm_ not in (
        "every",
        "each",
        "per",
        "a",
        "/",
    ):
        return None
    return Days(_WEEKDAYS, school=True)


_MONTH = "|".join(sorted(MONTHS))
_WEEKS_WORD = "week|weeks|wk|wks|month|months"

PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            "<NUMBER> <UNIT>",
            "<NUMBER> full|whole|extra|more|small|big|long|short|solid|separate|paid|single|different|individual <UNIT>",
            "<NUMBER> to|or|- <NUMBER> <UNIT>",
            "between <NUMBER> and|to|& <NUMBER> <UNIT>",
            "<NUMBER> of the <UNIT>",
        ),
        _count,
    ),
    Phrase(("a|an <UNIT>", "a full|whole|single <UNIT>"), _article),
    Phrase(("a|an? hour|hr|day|week and a half|quarter",), _and_a_half),
    Phrase(
        (
            "half a|an? hour|hr|hours|day",
            "three quarters of an hour",
            "a? quarter of an hour",
            "a half hour",
            "half a|an day|night",
        ),
        _part,
    ),
    Phrase(("<NUMBER> lots|sets|payments of",), _lots_of),
    Phrase(
        (
            "<NUMBER> lots|blocks|slots|sessions of <NUMBER> <UNIT>",
            "<NUMBER> x <NUMBER> <UNIT>",
            "<NUMBER> lots of an <UNIT>",
        ),
        _lots,
    ),
    Phrase(("x|times|by|* <NUMBER> <UNIT>",), _count),
    Phrase(("<ADVERB>", "once <ADVERB>"), _adverb),
    Phrase(
        (
            "per|every|each|/ single? <UNIT>",
            "per <NUMBER> <UNIT>",
            "every|each|alternate|once? other|second|2nd|alternate|third|3rd|fourth|4th <UNIT>",
            "alternate <UNIT>",
            "once|one? every|in <NUMBER> <UNIT>",
            "every|each <NUMBER> <UNIT>",
            "for each|every <UNIT>",
        ),
        _each,
    ),
    always(Each("half-term", rate=True), "per|a|each half - term", "per|a|each half term"),
    Phrase(("week|wk|month|mth|hr|yr|fortnight|year",), _bare_period),
    always(
        Each("year"), "for|over|in|across the whole|full|entire? year", "a whole year", "for a year", "over the year"
    ),
    always(Each("term"), "for the whole? term", "by the term"),
    always(Each("hour"), "by the hour", "an hours"),
    always(Each("day"), "every single day", "7 days a week every day"),
    always(Each("week", None), "bi - weekly|wkly", "bi weekly", "biweekly"),
    always(Each("month", None), "bi - monthly", "bi monthly", "bimonthly"),
    always(Each("month"), "once in the month"),
    Phrase(
        (
            "on|every|each|of|at|this|next? a|the? <DAY> morning|mornings|afternoon|afternoons|evening|evenings|night|nights?",
            "on|every|each? other|second|2nd|alternate|third|3rd|fourth|4th <DAY> morning|mornings|afternoon|afternoons|evening|"
            "evenings|night|nights?",
            "on? most|some|odd <DAY>",
        ),
        _days,
    ),
    Phrase(("<NUMBER> <DAY>", "<NUMBER> <DAY> mornings|afternoons|evenings|nights"), _count_of_days),
    always(
        Days(_WEEKDAYS),
        "on|every|each|during? the? weekday|weekdays|weeknight|weeknights mornings|afternoons|evenings|nights|morning|evening?",
        "on|every|each|in? week|working day|days|night|nights mornings|evenings?",
        "weekday mornings|afternoons|evenings",
    ),
    Phrase(
        (
            "on|every|each|per|a|/? school day|days|morning|mornings|night|nights|evening|evenings",
            "every morning|day|afternoon before|after school",
            "each morning|day|afternoon before|after school",
            "every|each day at|in school",
        ),
        _school_days,
    ),
    always(
        Days(_WEEKEND, weekend=True),
        "at|on|over|every|each|in? a|the? weekend|weekends",
        "every|each single? weekend",
    ),
    always(Days(_WEEKEND, every=2, weekend=True), "every|each? other|second|2nd|alternate weekend|weekends"),
    always(Days(_WEEKEND), "both days at|of|over|on? the? weekend?"),
    Phrase(("one|a <UNIT|DAY> in|out|of of|every? <NUMBER>", "one in every? <NUMBER> <UNIT|DAY>"), _one_in),
    always(
        Each("month"),
        "on|every? the? first|second|third|fourth|last|1st|2nd|3rd|4th <DAY> of|in|each|every|a the|each|every|a? month",
        "on? the? first|last|1st|second|third weekend|week|day of|in|each|every|a the|each|every|a? month",
    ),
    Phrase(
        (
            f"for|over|x|times|by|of|only|just|about <NUMBER> {_WEEKS_WORD}",
            f"for? <NUMBER> {_WEEKS_WORD} a|per|each|every|/ year|annum",
            f"for? <NUMBER> {_WEEKS_WORD} of|in|out of? a|the|each year",
        ),
        _weeks,
    ),
    Phrase(
        (
            "once|twice|thrice",
            "<NUMBER> times|x",
            "<NUMBER> or|to|- <NUMBER> times|x",
            "once or twice",
            "twice or thrice",
            "two or three times",
        ),
        _times,
    ),
    Phrase(("x|times <NUMBER>",), _multiply),
    Phrase(
        (
            "p . a .?",
            "pa",
            "p . h .?",
            "p / h|hr",
            "p . w .?",
            "p / w|wk",
            "p . m .?",
            "p / m",
            "pm",
            "pp",
            "p . p .?",
            "pn",
            "p h",
            "/ h|d|w|m|y",
        ),
        _per_letters,
    ),
    Phrase(
        (
            f"in|during|for|this|next|every|each|over|around|late|early|mid? {_MONTH}",
            f"from|since|until|till|starting|by in? <ORDINAL>? {_MONTH}",
            f"from|since|on? the? <ORDINAL> of? {_MONTH}",
        ),
        _month,
    ),
    always(
        Cue("moment"),
        "at|for|over|every|each|around|before christmas|xmas|easter|halloween|diwali|eid",
        "for|on|at|around his|her|my|their|the birthday|birthdays",
        "every|each summer|winter|spring|autumn|christmas|easter",
        "once|one a summer|christmas",
    ),
    always(
        Cue("term_time"),
        "in|during|only|just? term - time only?",
        "in|during|only|just|for? term time|times only?",
        "in|during|only? termtime|tt|tto only?",
        "in|during|through|throughout|all? the? school? term|terms only?",
        "in|during|on|for? the? school weeks only?",
        "in|during the school year",
        "but? not|except|excluding|minus in|during|over|for|the? the|school? school? holidays|hols",
        "apart from in? the? school? holidays|hols",
        "when|while|whilst hes|shes|theyre|im at|in school|college",
        "when|while school is on|open|in",
    ),
    always(
        Cue("holidays"),
        "in|during|over|throughout|through|only|just all? the? school? holidays|hols only?",
        "in|during|over|for|every|each? the? school holidays|hols|holiday only?",
        "for all? the school? holidays|hols only?",
        "holidays|hols only",
        "when school is shut|closed|off",
        "when schools shut|closed|off",
        "when hes|shes|theyre|im off school",
    ),
    always(
        Cue("all_year"), "all year round?", "52 weeks", "term time and|& the? holidays|hols", "all through the year"
    ),
    always(
        Cue("some_weeks"),
        "in|during|over|at|for|every|each? the? summer|easter|christmas|xmas|winter|october|may|february holiday|holidays|hols|break|breaks",
        "in|during|over|at|for|every|each|through? the? half - term|terms",
        "in|during|over|at|for|every|each|through? the? half term|terms",
        "but? not|except|excluding|minus in|during|for? the? <MONTH>",
        "apart from in? <MONTH>",
        "from? <MONTH> to|till|until|- <MONTH>",
        "in|over|during|for the? summer",
        "in|over|during|for|all the? six|6 weeks holiday|holidays|off?",
    ),
    always(
        Cue("vague"),
        "now and then|again",
        "every now and|& then|again",
        "now n then",
        "dont|not|dunno|no know|sure|idea? how often|many|regularly times|it|we|he|she?",
        "every so often",
        "every once in a while",
        "once in a while",
        "from time to time",
        "as and when",
        "when|whenever we|he|she|i|they can|could|want|wants|feel|feels|fancies|fancy|need|needs",
        "when needed|possible",
        "sometimes|occasionally|regularly|often|frequently|rarely",
        "not often",
        "a lot",
        "most|some weeks|months|days",
        "several|many|various times",
        "here and there",
        "quite often",
    ),
)
"""How long and how often."""


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


_AND = {"and", "&", ",", "n", "/", "+", "or"}
_TO = {"to", "-", "till", "til", "until", "thru", "through"}
