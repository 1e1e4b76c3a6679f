"""Costed lines of a plan, read from what a person typed or said.

    >>> ironing, = read_lines("£25 a fortnight ironing")
    >>> ironing.what, ironing.unit_cost_pence, ironing.annual_pence
    ('ironing', 2500, 65000)

A number that is missing, or can mean two things, is named in ``missing`` and not guessed. The first call imports spaCy,
which takes some seconds; a process that will need it soon can call :func:`warm` when it has time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.understanding.bullets import unbulleted
from bot.understanding.costing import cost
from bot.understanding.draft import gather
from bot.understanding.how_often import Naming
from bot.understanding.line_facts import Draft
from bot.understanding.line_goods import is_done_once, is_object, lasts
from bot.understanding.line_item import LineItem
from bot.understanding.line_known import is_activity
from bot.understanding.line_marks import Count, Cue, Days, Each, Mark, Money
from bot.understanding.line_names import chosen_thing
from bot.understanding.line_talk import is_income, parted, punctuated, without_questions
from bot.understanding.line_words import DAYS, word_set
from bot.understanding.normalise import normalise
from bot.understanding.segment_parts import Element, Segment, Stop, is_price
from bot.understanding.segments import split
from bot.understanding.sentences import is_told
from bot.understanding.sharing import how_often
from bot.understanding.thing_words import OCCASIONS, WORKERS
from bot.understanding.things import Thing

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_LINES = 100
"""More are not read from one message; what a plan needs is far below."""

_IS = re.compile(r"'s$")
""" "the gym's £25": an "is", not a part of the name."""

_LESSONS = ("lesson", "class", "treatment", "appointment", "haircut", "outing", "workshop")
"""Counted by themselves: "a lesson a week at £9"."""

_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}


def warm() -> None:
    """Import spaCy and build the pipeline now, so that the first message does not wait for it."""
    from bot.understanding.line_pipeline import pipeline

    pipeline()


def read_lines(text: str) -> tuple[LineItem, ...]:
    """The lines that ``text`` speaks of, in order; none when it names neither a thing nor an amount."""
    from bot.understanding.line_pipeline import pipeline

    plain = _one_line(text)
    if not plain:
        return ()
    doc = pipeline()(plain)
    words = [token.norm_ for token in doc]
    spaced = [bool(token.whitespace_) for token in doc]
    segments = split(words, spaced, doc._.marks)
    read = [(item, segment) for segment in segments[:MAX_LINES] if (item := _item(segment, words, doc)) is not None]
    read = [(item, segment) for at, (item, segment) in enumerate(read) if not _free_beside(read, at, words)]
    items = [item for item, _ in read]
    return tuple(
        item
        for item, segment in read
        if not _sums_up(item, items) and (segment.priced or not _only_mentioned(item, items))
    )


def _free_beside(read: Sequence[tuple[LineItem, Segment]], at: int, words: Sequence[str]) -> bool:
    """What is free, and said only to tell it from what is paid: "mum minds her for nowt but we need a nursery, £52 a day"."""
    if read[at][0].unit_cost_pence != 0:
        return False
    here = read[at][1]
    if at and _goes_along(here, words):
        return True
    if at + 1 >= len(read) or not read[at + 1][0].unit_cost_pence:
        return False
    following = read[at + 1][1]
    free = max((mark.end for mark in here.marks if is_price(mark)), default=0)
    return "but" in words[free : following.elements[0].start]


def _goes_along(line: Segment, words: Sequence[str]) -> bool:
    """ "cinema £7.50, his carer gets in free", "with his keyworker who's free": whom a line before is with, or where it is."""
    thing = line.things[0] if line.things else None
    if thing is None or thing.wanted or line.timed:
        return False
    name = set(words[thing.start : thing.end])
    return thing.placed or bool(name & _ALONG)


_ALONG = WORKERS | word_set(
    "whoever mum dad mam adult adults grown-up companion parent parents sibling siblings bairn under"
)


def _sums_up(item: LineItem, beside: Sequence[LineItem]) -> bool:
    """A sum without a name that the others come to: "the total's £1,560 a year: a sitter, £15 an hour for 2 hours a week"."""
    others = [other for other in beside if other is not item]
    known = bool(others) and not item.what and item.annual_pence is not None
    return known and item.annual_pence == sum(other.annual_pence or 0 for other in others)


def _only_mentioned(item: LineItem, beside: list[LineItem]) -> bool:
    """Something with neither price nor times, beside something that has a price, is talk around it: no line of its own.

    >>> [item.what for item in read_lines("the gym is £20 a month, he loves the treadmill")]
    ['gym']
    """
    bare = {"amount", "how_often"} <= set(item.missing) and item.quantity is None
    return bare and any(other.unit_cost_pence is not None for other in beside)


def _one_line(text: str) -> str:
    """Lines of a list joined by a stop, without bullets; "1½" as "1.5"."""
    for sign, decimals in _FRACTIONS.items():
        text = re.sub(rf"(\d)\s?{sign}", rf"\g<1>{decimals}", text).replace(sign, f"0{decimals}")
    lines = (parted(normalise(unbulleted(line))) for line in without_questions(punctuated(text)).splitlines())
    return " ; ".join(line for line in lines if line)


def _item(segment: Segment, words: list[str], doc: Doc) -> LineItem | None:
    thing = chosen_thing(segment, words)
    if thing is not None and (thing.refused or (thing.told and not thing.wanted and not segment.marks)):
        return None  # "we don't want a PA", "he is cheeky and loves buses"
    if thing is not None and thing.past and not segment.priced:
        return None  # "we had a PA for 6 months, but she left"
    if thing is not None and is_income(words[thing.start : thing.end]):
        return None
    if thing is not None and not segment.marks and _tells(thing, words):
        return None
    timed = any(isinstance(mark.meaning, Count) and mark.meaning.unit == "hour" for mark in segment.marks)
    if thing is not None and timed and words[thing.start] in DAYS and not how_often(segment.marks):
        day = Days(frozenset({DAYS[words[thing.start]]}))  # "Monday carer two hours, Friday carer three"
        segment.elements.append(Mark(thing.start, thing.start + 1, day))
    rated = any(isinstance(mark.meaning, (Count, Each)) for mark in segment.marks)
    if thing is not None and not rated and lasts(words[thing.start : thing.end]):
        segment.elements = [element for element in segment.elements if not _by_a_day(element, thing, words)]
    draft = gather(segment, words)
    if thing is None and not draft.amounts:
        return None
    name = words[thing.start : thing.end] if thing is not None else []
    parts = [element for element in segment.elements if not isinstance(element, Stop)]
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    naming = Naming(
        what=_name(thing, segment, doc) if thing is not None else _counted(segment, doc),
        words=doc[start:end].text,
        worker=any(word in WORKERS for word in name),
        lasts=lasts(name) or (bool(draft.amounts) and _an_object(thing, words)) or _just_priced(draft, name),
        lesson=any(word in OCCASIONS for word in name),
    )
    return cost(draft, naming)


def _by_a_day(element: Element, thing: Thing, words: Sequence[str]) -> bool:
    """ "a washing machine, they can bring it on Friday": one day, and neither "every Friday" nor "tap on Mon"."""
    if not isinstance(element, Mark) or not isinstance(element.meaning, Days) or element.meaning.every != 1:
        return False
    said = words[element.start : element.end]
    if element.start == thing.end or element.end == thing.start:
        return False
    return len(element.meaning.days) == 1 and not {"every", "each"} & set(said) and not said[-1].endswith("s")


def _just_priced(draft: Draft, name: Sequence[str]) -> bool:
    """ "fidget box twenty five quid": an amount and nothing else of what is no activity, and nobody; or of what is done once."""
    alone = not (draft.counts or draft.things or draft.moment or draft.times)
    plain = all(amount.money.pence and amount.unit is None and not amount.at for amount in draft.amounts)
    if not draft.amounts or not alone or not plain:
        return False
    if is_done_once(name):
        return True
    for_all = not draft.people and not any(amount.each for amount in draft.amounts)
    return for_all and is_object(name) and not is_activity(name) and not _PRONOUNS & set(name)


_PRONOUNS = word_set("him her us me them i he she we they")


def _an_object(thing: Thing | None, words: Sequence[str]) -> bool:
    """ "a peanut ball, £18": what is said with "a" is a thing, when it is nothing that happens."""
    article = thing is not None and thing.start > 0 and words[thing.start - 1] in ("a", "an")
    return thing is not None and article and is_object(words[thing.start : thing.end])


def _tells(thing: Thing, words: list[str]) -> bool:
    """Whether a name without a price or a time is something told: "my mum died", "ask my mum"."""
    return is_told(words[thing.start : thing.end]) and not thing.wanted


def _name(thing: Thing, segment: Segment, doc: Doc) -> str:
    """The words of a thing; "the gym's" before its price without the "is"."""
    text = str(doc[thing.start : thing.end].text)
    following = [mark.meaning for mark in segment.marks if mark.start == thing.end]
    said = any(isinstance(meaning, (Money, Count, Cue)) for meaning in following)
    told = thing.end < len(doc) and doc[thing.end].norm_ in ("gone", "been", "only")
    return _IS.sub("", text) if said or told else text


def _counted(segment: Segment, doc: Doc) -> str:
    """The word for what is counted, when nothing else names the line: "one overnight a month", "6 lessons at £25"."""
    for mark in segment.marks:
        meaning = mark.meaning
        if (
            isinstance(meaning, Count)
            and meaning.unit in ("session", "night", "weekend")
            and (not meaning.article or doc[mark.end - 1].norm_ in _LESSONS)
        ):
            return str(doc[mark.end - 1].text)
    return ""
