"""Stretches of time said by the clock: "6 till 8", "10am-1pm", "half seven till half eight"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from bot.understanding.line_marks import Aside, Count, Meaning
from bot.understanding.line_words import UNITS
from bot.understanding.phrases import Phrase, around, class_after, class_before, numbers_in, words_after, words_before

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_UNTIL = {"while", "till", "til", "until", "thru", "through"}
_NOON, _DAY = 12, 24


def _hour_of(token: Token) -> Fraction | None:
    """Hours since midnight or noon; None when it is no time of day."""
    if token.ent_type_ == "CLOCK":
        hours, minutes = token.norm_.split(":")
        found = Fraction(int(hours)) + Fraction(int(minutes), 60)
    else:
        figure = token._.figure
        if figure.pair is not None:
            found = Fraction(figure.pair[0]) + Fraction(figure.pair[1], 60)
        elif figure.value is None or figure.decimals not in (0, 2):
            return None
        else:
            hours, part = divmod(figure.value, 1)
            if part * 100 >= 60:
                return None
            found = Fraction(hours) + part * 100 / 60
    return found if found <= _DAY else None


def _between(span: Span) -> Meaning | None:
    """Hours from the first time to the second."""
    times: list[tuple[Fraction, str | None]] = []
    part = Fraction(0)
    quarter = False
    for token in span:
        if token.norm_ == "half":
            part = Fraction(1, 2)
        elif token.norm_ == "quarter":
            quarter = True
        elif quarter and token.norm_ in ("past", "to"):
            part, quarter = Fraction(1, 4) if token.norm_ == "past" else -Fraction(1, 4), False
        elif token.ent_type_ in ("NUMBER", "CLOCK"):
            hour = _hour_of(token)
            if hour is None:
                return None
            times.append((hour + part, None))
            part = Fraction(0)
        elif token.norm_ in ("am", "pm"):
            times[-1] = (times[-1][0], token.norm_)
    (start, morning), (end, evening) = times
    if not _by_the_clock(span, start, end):
        return None
    if (morning is None and evening is None) or max(start, end) > _NOON:
        hours = (end - start) % (_DAY if max(start, end) > _NOON else _NOON) or Fraction(_NOON)
    elif morning is not None and evening is not None:
        hours = (_of_day(end, evening) - _of_day(start, morning)) % _DAY
    else:
        hours = (end - start) % _NOON or Fraction(_NOON)
    return Count(hours, "hour")


def _of_day(hour: Fraction, half: str) -> Fraction:
    return hour % _NOON + (_NOON if half == "pm" else 0)


def _by_the_clock(span: Span, start: Fraction, end: Fraction) -> bool:
    """Whether two numbers are times and not, say, two amounts: "10 till 2" is, "10 to 15 quid" is not."""
    words = {token.norm_ for token in span}
    if "£" in words_before(span):
        return False
    if words & {"am", "pm"}:
        return True
    if class_after(span) in ("POUNDS", "PENCE", "UNIT", "FOREIGN", "NOTE"):
        return False
    if (
        words & _UNTIL
        or words & {"oclock", "half", "quarter", "past"}
        or any(token.ent_type_ == "CLOCK" for token in span)
    ):
        return True
    staff = end == 1 and start <= 3  # "one to one", "2 to 1"
    if max(start, end) > _NOON or staff:
        return False
    rate = words_after(span)[:1] in (["a"], ["an"], ["per"], ["/"]) and class_after(span, 1) == "UNIT"
    if rate or "or" in words:
        return False
    if words_after(span, 3)[:2] in _OF_DAY or words_after(span, 2) in _OF_NIGHT:
        return True
    beside_day = class_before(span) == "DAY" or class_after(span) == "DAY" or words_after(span)[:1] == ["on"]
    every = words_after(span)[:1] in (["every"], ["each"], ["weekdays"])
    # Two rising numbers may be a range of prices, but not where an amount has its sign.
    led = span[0].norm_ == "from" and "to" in words
    return end < start or beside_day or every or led or _has_sign(span.doc)


_OF_DAY = (["in", "the"], ["of", "a"], ["of", "the"])
_OF_NIGHT = (["at", "night"], ["every", "morning"], ["every", "evening"], ["every", "night"])
""" "7 to 9 in the morning"."""


def _has_sign(doc: Doc) -> bool:
    """Whether an amount in a message has its sign. Kept with the message, so that many numbers do not each read all of it."""
    known: bool | None = doc.user_data.get(_SIGNED)
    if known is None:
        known = any(token.norm_ == "£" or token.ent_type_ in ("POUNDS", "NOTE") for token in doc)
        doc.user_data[_SIGNED] = known
    return known


_SIGNED = "an amount has its sign"


def _moment(span: Span) -> Meaning | None:
    """A time of day, which says nothing of how long or how much."""
    for token in span:
        if token.ent_type_ == "NUMBER":
            hour = _hour_of(token)
            if hour is None or hour > _NOON:
                return None
    if "£" in words_before(span):
        return None
    if span[0].norm_ == "half" and class_after(span) in ("UNIT", "POUNDS"):
        return None
    return Aside(drop=True)


def _told_time(span: Span) -> Meaning | None:
    """ "in bed at 7", "up by 3": a time of day, where no price can be meant."""
    hour = _hour_of(span[-1])
    priced = class_after(span) in ("POUNDS", "PENCE", "UNIT", "NOTE") or words_after(span)[:1] in (
        ["a"],
        ["an"],
        ["per"],
        ["/"],
        ["each"],
    )
    return None if hour is None or hour > _NOON or priced else Aside(drop=True)


def _of_my_age(span: Span) -> Meaning | None:
    """ "My knees are shot at 67": an age, where a clause about oneself ends with it."""
    age, before = numbers_in(span)[0], set(words_before(span, 6))
    old = age.whole is not None and _OLD <= age.whole < _OLDEST and not age.decimals
    mine = bool(before & {"my", "i", "im"}) and bool(before & {"are", "is", "am", "im", "cant", "was"})
    return Aside(drop=True) if old and mine and words_after(span) in ([], ["."], [","], ["!"]) else None


_OLD, _OLDEST = 40, 100


def _behind_a_day(span: Span) -> Meaning | None:
    """ "Sundays at 2": an hour, when the amount is said elsewhere; "3 hours on Sundays at 12" is paid £12."""
    number = numbers_in(span)[0]
    whole = number.whole is not None and not number.decimals
    minutes = number.decimals == 2 and number.value is not None and number.value * 100 % 5 == 0  # "Tuesdays at 4.15"
    clock = (whole or minutes) and number.value is not None and 1 <= number.value <= _HOURS
    led = words_before(span)[-1:]
    of_day = class_before(span) == "DAY" or (bool(led) and UNITS.get(led[0]) == "daypart")
    day = of_day and class_after(span) not in ("POUNDS", "PENCE", "UNIT", "ADVERB")
    rate = words_after(span)[:1] in (["a"], ["an"], ["per"], ["each"], ["/"])
    signs = ("£", "free")
    elsewhere = any(token.norm_ in signs or token.ent_type_ in ("POUNDS", "NOTE", "PENCE") for token in around(span))
    return Aside(drop=True) if clock and day and elsewhere and not rate else None


_HOURS = 12

PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            "from|between? half? <NUMBER|CLOCK> am|pm? till|til|until|while|thru|through|to|- half? <NUMBER|CLOCK> am|pm?",
            "between <NUMBER|CLOCK> am|pm? and|& <NUMBER|CLOCK> am|pm?",
            "half past <NUMBER> till|til|until|while|thru|through|to half? past? <NUMBER>",
            "half|quarter past|to? <NUMBER> till|til|until|while|thru|through|to|- half|quarter past|to? <NUMBER>",
            "quarter past|to <NUMBER> till|til|until|while|thru|through|to|- <NUMBER>",
            "<NUMBER> till|til|until|while|thru|through|to quarter past|to <NUMBER>",
            "<NUMBER> till|til|until|while|thru|through|to half past <NUMBER>",
            "<NUMBER> oclock? till|til|until|while|thru|through|to <NUMBER> oclock?",
        ),
        _between,
    ),
    Phrase(("at|@ <NUMBER>",), lambda span: _behind_a_day(span) or _of_my_age(span)),
    Phrase(("bed|up|asleep|awake|wakes|home|tea|dinner at|by|till|until|about <NUMBER|CLOCK>",), _told_time),
    Phrase(
        (
            "at|from|by|around|about|after|before|til|till? <NUMBER|CLOCK> am|pm|oclock",
            "at|from|by|around|about|after|before? half|quarter past? <NUMBER>",
            "at|from|by|around|about|after|before? <CLOCK>",
            "comes|come|coming|arrives|arrive|collected|collects at <NUMBER|CLOCK>",
            "starts|start|starting|begins|opens|open|closes|close|shuts|ends|finishes|finish|leaves|leave at|from? <NUMBER>",
        ),
        _moment,
    ),
)
"""Times of day, as a stretch of hours or to be left aside."""
