"""How often, when it is said once for several lines: "swim £4.50 and chips £3, every Saturday", "taxi £9, same days"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding import things
from bot.understanding.line_goods import lasts
from bot.understanding.line_marks import Count, Cue, Days, Each, Mark, Money, Times, Weeks
from bot.understanding.line_words import PERIODS, word_set
from bot.understanding.segment_parts import Segment
from bot.understanding.thing_words import GENERIC

_ALONG = word_set("there back afterwards after home")
"""Said of a second thing, these mean that it comes with the first: "taxi back £9"."""

_BESIDE = ("price", "each", "total", "about", "term_time", "holidays", "all_year")
"""Cues that may stand with how often without being of one line alone."""


def how_often(marks: Sequence[Mark]) -> list[Mark]:
    """Those of ``marks`` that say how often, with the season they are said for."""
    return [
        mark
        for mark in marks
        if isinstance(mark.meaning, (Days, Times, Weeks))
        or (isinstance(mark.meaning, Each) and not mark.meaning.rate and mark.meaning.unit in (*PERIODS, "weekend"))
        or (isinstance(mark.meaning, Count) and mark.meaning.article and mark.meaning.unit in PERIODS)
        or (isinstance(mark.meaning, Cue) and mark.meaning.name in ("term_time", "holidays"))
    ]


def with_last(lines: Sequence[Segment], part: Segment, words: Sequence[str]) -> list[Segment]:
    """The lines before the last that ``part`` is said of as well: it says nothing but how often, and they do not."""
    often = how_often(part.marks)
    alone = all(
        mark in often or (isinstance(mark.meaning, Cue) and mark.meaning.name in _BESIDE) for mark in part.marks
    )
    named = any(not all(word in GENERIC or word in _OF_THEM for word in _name(thing, words)) for thing in part.things)
    if not often or not alone or named or not _lacks(lines[-1], words):
        return []
    found: list[Segment] = []
    for line in reversed(lines[:-1]):
        if not _lacks(line, words):
            break
        found.append(line)
    return found


_OF_THEM = word_set("of them all both the")


def share(lines: Sequence[Segment], words: Sequence[str]) -> None:
    """Give lines that are said to go along with another one its days."""
    _share_back(lines, words)
    _share_led(lines, words)
    _share_season(lines, words)
    for at, line in enumerate(lines[1:], 1):
        before = lines[at - 1]
        same = any(mark.meaning == Cue("same") for mark in line.marks)
        if not (same or _goes_along(line, words)) or not _lacks(line, words):
            continue
        if same and at > 1 and _lacks(before, words) and _alike(before, line, words):
            before.elements += how_often(lines[at - 2].marks)  # "taxi there £9, taxi back £9 same days"
        line.elements += how_often(before.marks)


def _share_back(lines: Sequence[Segment], words: Sequence[str]) -> None:
    """Give lines what is said last of how often, when they are joined by an "and": "cinema £6 and popcorn £4 once a month"."""
    for at in range(len(lines) - 1, 0, -1):
        line, before = lines[at], lines[at - 1]
        last_price = max((mark.end for mark in line.marks if isinstance(mark.meaning, Money)), default=None)
        hours = any(
            isinstance(mark.meaning, Count) and mark.meaning.unit == "hour" and not mark.meaning.article
            for mark in before.marks
        )
        own = any(_of_a_visit(mark) for mark in line.marks)  # "£3.50 per session weekly" is said of this one
        if last_price is None or hours or own or not _lacks(before, words) or not _joined(before, line, words):
            continue
        often = [mark for mark in how_often(line.marks) if mark.start > last_price or _every(mark)]
        named_after = any(thing.start > last_price and not (thing.told or thing.placed) for thing in line.things)
        if often and not named_after and all(mark.start >= last_price for mark in often):
            before.elements += often


def _of_a_visit(mark: Mark) -> bool:
    """ "a night", "per session", "an hour": a line that is priced so, or said to last so long, is like no other."""
    meaning = mark.meaning
    if isinstance(meaning, Count):
        return meaning.unit in ("hour", "night", "day")
    return isinstance(meaning, Each) and meaning.rate and meaning.unit in ("hour", "night", "day", "session")


def _every(mark: Mark) -> bool:
    """ "every week", "on Sundays", which right behind an amount still says when, and not what the amount is for."""
    return isinstance(mark.meaning, (Days, Times)) or (isinstance(mark.meaning, Each) and not mark.meaning.rate)


def _joined(before: Segment, line: Segment, words: Sequence[str]) -> bool:
    """Whether an "and" stands between two lines, and no end of a sentence."""
    start = line.elements[0].start
    ends = [thing.end for thing in before.things] + [mark.end for mark in before.marks]
    end = max((end for end in ends if end <= start), default=start)
    between = words[end:start]
    stops = {".", ";", "!", "?", ",", "("} & set(between)
    return (
        bool({"and", "&", "plus", "+", "n"} & set(between) and stops <= {","}) or not stops
    )  # or said without any stop


def _share_led(lines: Sequence[Segment], words: Sequence[str]) -> None:
    """Give lines how often is said before a colon: "once a month: ticket £7, PA 4 hours at £13"."""
    led: list[Mark] = []
    for at, line in enumerate(lines):
        start = line.elements[0].start
        if at and {".", ";", "!", "?"} & set(words[max(0, start - 3) : start]):
            led = []
        if led and _lacks(line, words):
            line.elements += led
        price = next((mark.start for mark in line.marks if isinstance(mark.meaning, Money)), None)
        often = how_often(line.marks)
        often += [mark for mark in line.marks if isinstance(mark.meaning, Each) and mark.meaning.unit in PERIODS]
        said = [mark for mark in often if price is None or mark.end < price]
        if said and said[0].end < len(words) and ":" in words[said[-1].end : said[-1].end + 1]:
            led = said


def _share_season(lines: Sequence[Segment], words: Sequence[str]) -> None:
    """Give all lines the season that the message opens with: "Term-time only: club £9 a day, tutor £15 an hour"."""
    first = lines[0].elements[0] if lines and lines[0].elements else None
    if not isinstance(first, Mark) or first.meaning not in (Cue("term_time"), Cue("holidays")):
        return
    if first.start > _OPENING or words[first.end : first.end + 1] != [":"]:
        return
    for line in lines[1:]:
        if not any(mark.meaning in (Cue("term_time"), Cue("holidays"), Cue("all_year")) for mark in line.marks):
            line.elements.append(first)


_OPENING = 2
"""Words before a season that opens a message: "all in term time: …"."""


def _goes_along(line: Segment, words: Sequence[str]) -> bool:
    """ "pizza after", "taxi back", "Dan's £13 an hour and it's two hours each time"."""
    timed = any(isinstance(mark.meaning, Count) and mark.meaning.unit in ("hour", "minute") for mark in line.marks)
    each_time = any(mark.meaning == Each("session") for mark in line.marks)
    if each_time and (timed or any(thing.placed for thing in line.things) or _more(line, words)):
        return True
    ends = {words[thing.end - 1] for thing in line.things} | {
        words[thing.end] for thing in line.things if thing.end < len(words)
    }
    return bool(ends & _ALONG)


def _more(line: Segment, words: Sequence[str]) -> bool:
    """ "an instructor who's another £25 each time"."""
    prices = [mark.start for mark in line.marks if isinstance(mark.meaning, Money)]
    return any({"another", "extra", "more"} & set(words[max(0, start - 2) : start + 1]) for start in prices)


def _alike(one: Segment, other: Segment, words: Sequence[str]) -> bool:
    """Whether two lines name the same kind of thing: "taxi there", "taxi back"."""
    return any(words[a.start] == words[b.start] for a in one.things for b in other.things)


def _lacks(line: Segment, words: Sequence[str]) -> bool:
    """Whether a priced line does not say how often, and is nothing that is bought once."""
    period = any(isinstance(mark.meaning, (Count, Each)) and mark.meaning.unit in _LONG for mark in line.marks)
    once = any(isinstance(mark.meaning, Cue) and mark.meaning.name in _SETTLED for mark in line.marks)
    counted = any(
        isinstance(mark.meaning, Count)
        and (
            mark.meaning.a_week
            or (not mark.meaning.article and mark.meaning.unit in ("day", "night", "week", "session", "item"))
        )
        for mark in line.marks
    )
    by_mile = any(isinstance(mark.meaning, (Count, Each)) and mark.meaning.unit == "mile" for mark in line.marks)
    lasting = any(lasts(_name(thing, words)) for thing in line.things)
    priced = any(isinstance(mark.meaning, Money) for mark in line.marks)
    return priced and not (period or once or counted or by_mile or lasting) and not how_often(line.marks)


_LONG = ("week", "fortnight", "month", "term", "year", "night")
_SETTLED = ("one_off", "free", "vague", "lot", "bought", "moment", "some_weeks", "break")


def _name(thing: things.Thing, words: Sequence[str]) -> list[str]:
    return list(words[thing.start : thing.end])
