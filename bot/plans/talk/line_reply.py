"""One gap of a line filled from a reply: the amount, how often, for how many hours, for how many weeks or people.

The reply is read by the same reader as everything else, put into a line whose other parts are known, so that "twice a
month", "every other saturday" and "half an hour" mean here what they mean anywhere. What it leaves open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from bot.plans.model import Line
from bot.understanding.line_item import LineItem
from bot.understanding.lines import read_lines
from bot.understanding.numbers import NUMBER_WORDS

THING = "club"
"""Stands for what the line is about, which is known already."""
_COUNTS = re.compile(
    r"about|around|roughly|maybe|(?:half|each|every|other|times?|once|twice|thrice)|(?:hour|minute|day|night|session|mile)s?"
    r"|(?:week|fortnight|month|term|year)(?:s|ly)?|daily|pounds?|quid|pence|tenner|fiver|price|cost(?:s|ing)?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:weekend|morning|evening|afternoon|holiday)s?"
    r"|school|summer|whole|there|just|only|thats?|would|will|both|people|with|long"
)
"""Words of an answer that a cost is made of."""


def says_more(line: Line, reply: str) -> bool:
    """Whether a reply holds words that the line cannot keep as numbers; then it is kept beside the line as it is.

    >>> says_more(Line(1, "club", "m1"), "every other saturday, 2 hours"), says_more(Line(1, "club", "m1"), "my sister said 14")
    (False, True)
    """
    known = set(NUMBER_WORDS) | set(line.what.lower().split())
    words = [word for word in re.findall(r"[^\W\d_]+", reply.lower()) if len(word) > 3]
    return any(word not in known and _COUNTS.fullmatch(word) is None for word in words)


RATES = ("week", "fortnight", "month", "term", "year")
AMOUNTS = ("amount", "which_amount", "pounds", "check_amount")


def filled(line: Line, code: str, reply: str) -> Line | None:
    """The line with the gap ``code`` filled; None when the reply does not fill it."""
    if code == "what":
        return replace(_without(line, code), what=reply.strip()) if reply.strip() else None
    if code in AMOUNTS:
        return _amount(line, code, reply)
    fill = _FILLS.get(code)
    done = fill(line, reply) if fill else None
    return None if done is None else _without(done, code)


def _without(line: Line, *codes: str) -> Line:
    return replace(line, missing=tuple(code for code in line.missing if code not in codes))


def _first(text: str) -> LineItem | None:
    items = read_lines(text, asked=True)
    return items[0] if len(items) == 1 else None


def _amount(line: Line, code: str, reply: str) -> Line | None:
    """A price, and whatever else the reply settles ("12.50 an hour, 3 hours a week")."""
    item = _first(f"{THING} {reply}")
    if item is None or item.unit_cost_pence is None:
        return None
    priced = replace(_without(line, *AMOUNTS), unit_cost_pence=item.unit_cost_pence)
    if item.unit in RATES or item.unit == "one-off":
        # A price by the week or month says how often as well.
        return replace(
            _without(priced, "how_often", "how_long"),
            unit=item.unit,
            quantity=item.quantity,
            per=item.per,
            times=_times(item),
        )
    if "how_often" not in item.missing:
        settled = _without(priced, "how_often", "how_long")
        return replace(settled, unit=item.unit, quantity=item.quantity, per=item.per, times=_times(item))
    if line.unit == "hour" and line.quantity is not None and item.unit == "session":
        # "3 hours on sundays", and now only "13.50": for each hour, or for the whole time?
        return replace(priced, missing=(*priced.missing, "amount_for"))
    if item.unit == "hour" and item.quantity is not None and line.unit != "hour" and "how_long" not in item.missing:
        # On Saturdays is known; now "13.50 an hour, 3 hours" says for how long each time.
        return replace(_without(priced, "how_long"), unit="hour", quantity=(line.quantity or 1) * item.quantity)
    if item.unit == "hour" and line.unit != "hour":
        gaps = ("how_long",) if "how_long" not in priced.missing else ()
        return replace(priced, unit="hour", missing=(*gaps, *priced.missing))
    return replace(priced, unit="mile" if item.miles else item.unit if line.unit is None else line.unit)


def _how_often(line: Line, reply: str) -> Line | None:
    unit = "an hour" if line.unit == "hour" else "each time"
    item = _first(f"{THING} £1 {unit} {reply}")
    if item is None or "how_often" in item.missing:
        return None
    quantity = item.quantity if item.quantity is not None else Fraction(1)
    if line.unit == "hour" and "how_long" in item.missing:
        # So many times; the hours of each are known, or still to be asked.
        quantity = line.quantity or Fraction(1)
        times = _count(f"{THING} £1 each time {reply}")
        return replace(line, quantity=quantity * times, per=item.per, times=_times(item))
    if line.unit in ("hour", "mile") and line.quantity is not None and item.unit != "hour":
        quantity *= line.quantity
    return replace(line, quantity=quantity, per=item.per, times=_times(item), unit=line.unit or item.unit)


def _count(text: str) -> Fraction:
    item = _first(text)
    return item.quantity if item is not None and item.quantity is not None else Fraction(1)


def _how_long(line: Line, reply: str) -> Line | None:
    if line.unit == "mile":
        number = _number(reply)
        return None if number is None else replace(line, quantity=(line.quantity or 1) * number)
    timed = re.search(r"h(?:ou)?rs?\b|hour|min|half|day|night|morning|\dh", reply, re.IGNORECASE)
    said = f"{reply} hours" if timed is None and _number(reply) is not None else reply
    item = _first(f"{THING} £1 an hour {said} every week")
    if item is None or item.quantity is None or "how_long" in item.missing:
        return None
    return replace(line, quantity=(line.quantity or 1) * item.quantity, unit="hour")


def _amount_for(line: Line, reply: str) -> Line | None:
    plain = reply.lower()
    if re.search(r"\bhour|\bhr|per h\b", plain):
        return replace(line, unit="hour")
    if re.search(r"each|time|whole|session|all of it|altogether|lot|total|go\b|visit|day", plain):
        return replace(line, unit="session", quantity=Fraction(1))
    return None


def _how_many_weeks(line: Line, reply: str) -> Line | None:
    if re.search(r"\ball (?:year|of them|the year)|every week|year round|52", reply.lower()):
        return replace(line, times=None)
    unit = line.per if line.per in ("week", "fortnight", "month") else "week"
    said = reply if re.search(r"[a-z]", reply, re.IGNORECASE) else f"{reply} {unit}s a year"
    item = _first(f"{THING} £1 a {unit} {said}")
    if item is None or _times(item) is None:
        return None
    return replace(line, times=_times(item), per=line.per or "week")


def _how_many_people(line: Line, reply: str) -> Line | None:
    number = _number(reply)
    return None if number is None else replace(line, quantity=(line.quantity or 1) * number)


def _number(text: str) -> Fraction | None:
    digits = re.findall(r"\d+(?:\.\d+)?", text)
    if len(digits) == 1:
        return Fraction(digits[0])
    words = [NUMBER_WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in NUMBER_WORDS]
    return Fraction(words[0]) if len(words) == 1 and not digits else None


def _times(item: LineItem) -> Fraction | None:
    return item.times_a_year if item.weeks is not None or item.months is not None or item.season else None


_FILLS: dict[str, Callable[[Line, str], Line | None]] = {
    "how_often": _how_often,
    "how_long": _how_long,
    "amount_for": _amount_for,
    "how_many_weeks": _how_many_weeks,
    "how_many_people": _how_many_people,
}
