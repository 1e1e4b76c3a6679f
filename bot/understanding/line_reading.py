"""One line of a plan, from the parts of a message that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.understanding.costing import cost
from bot.understanding.draft import gather
from bot.understanding.how_often import Naming
from bot.understanding.line_facts import Draft
from bot.understanding.line_goods import is_done_once, is_object, lasts
from bot.understanding.line_item import LineItem
from bot.understanding.line_known import is_activity, is_known
from bot.understanding.line_marks import Count, Cue, Days, Each, Mark, Money, Times
from bot.understanding.line_names import chosen_thing
from bot.understanding.line_talk import is_income
from bot.understanding.line_words import DAYS, PERIODS, word_set
from bot.understanding.segment_parts import Element, Segment, Stop, Strength, is_price
from bot.understanding.sentences import is_told
from bot.understanding.sharing import how_often
from bot.understanding.thing_words import OCCASIONS, WORKERS
from bot.understanding.things import Thing

if TYPE_CHECKING:
    from spacy.tokens import Doc


_IS = re.compile(r"'s$")
""" "the gym's £25": an "is", not a part of the name."""

_LESSONS = ("lesson", "class", "treatment", "appointment", "haircut", "outing", "workshop")
"""Counted by themselves: "a lesson a week at £9"."""


def read_segments(segments: Sequence[Segment], words: list[str], doc: Doc) -> list[tuple[LineItem, Segment]]:
    """The lines of a message, each with its segment. Times that stand before a name are those of the line before, when that
    one lacks them and both are complete so: "a PA, £16 an hour, Sundays 12 to 4, youth club £2 every Wednesday"."""
    read: list[tuple[LineItem, Segment]] = []
    for at, segment in enumerate(segments):
        untouched = _copy(segment)
        before = _copy(segments[at - 1]) if at else None
        own = _read_segment(segment, words, doc)
        if before is not None and read and len(own) == 1 and _TIMES & set(read[-1][0].missing):
            own, read[-1:] = _with_times(before, untouched, words, doc) or (own, read[-1:])
        if before is not None and read and len(own) == 1 and _halves(read[-1][0], own[0][0]):
            own, read[-1:] = _joined(before, untouched, words, doc) or (own, read[-1:])
        read += own
    return read


_TIMES = {"how_often", "how_long"}


def _copy(segment: Segment) -> Segment:
    return Segment(list(segment.elements), segment.named_before)


def _with_times(
    line: Segment, following: Segment, words: list[str], doc: Doc
) -> tuple[list[tuple[LineItem, Segment]], list[tuple[LineItem, Segment]]] | None:
    """Two segments read with what leads the second given to the first; None when they are not both complete then."""
    named = next((at for at, element in enumerate(following.elements) if isinstance(element, Thing)), 0)
    led = following.elements[:named]
    if not led or any(map(is_price, led)):
        return None
    first, second = Segment([*line.elements, *led], line.named_before), Segment(following.elements[named:])
    one, other = _item(_copy(first), words, doc), _item(_copy(second), words, doc)
    if one is None or other is None or not (_stands(one, first, words) and _stands(other, second, words)):
        return None
    return [(other, second)], [(one, first)]


def _halves(one: LineItem, other: LineItem) -> bool:
    """Whether one line lacks nothing but its amount and the next one nothing but its times, or the other way round: "A
    fiver for the magazine. It comes out twice a month"."""
    if one.missing == ("amount",) and other.missing and set(other.missing) <= _TIMES:
        return True
    timed = other.missing == ("amount",) and other.quantity is not None and other.per != "once"
    return timed and bool(one.unit_cost_pence) and one.missing == ("how_often",)


def _joined(
    line: Segment, following: Segment, words: list[str], doc: Doc
) -> tuple[list[tuple[LineItem, Segment]], list[tuple[LineItem, Segment]]] | None:
    """Two segments read as one that lacks nothing, when not both name what families buy: "Jean next door, two hours on
    Tuesdays. The woman's £11 an hour"."""
    whole = Segment([*line.elements, *following.elements], line.named_before)
    item = _item(_copy(whole), words, doc)
    if item is None or item.missing:
        return None
    hours = any(isinstance(mark.meaning, Count) and mark.meaning.unit == "hour" for mark in following.marks)
    told = any(thing.told for thing in following.things)
    if _begins_priced(line) and not _named(line, words) and not told and not hours:
        return [], [(item, whole)]  # "It's a fiver each for me and Jo. Bowling, every fortnight"
    if _named(following, words) and (_named(line, words) or line.priced):
        return None
    if line.priced and (not _named(line, words) or any(thing.wanted for thing in following.things)):
        return None  # "his brother's dentist is £90 a visit", and then what is wanted
    return [], [(item, whole)]


def _begins_priced(line: Segment) -> bool:
    """Whether a line begins with its amount."""
    said = [element for element in line.elements if not isinstance(element, Stop)]
    return any(is_price(element) for element in said[:1]) or (
        len(said) > 1 and is_price(said[1]) and isinstance(said[0], Mark) and said[0].meaning == Cue("price")
    )


def _named(segment: Segment, words: Sequence[str]) -> bool:
    thing = chosen_thing(segment, words)
    return thing is not None and is_known(words[thing.start : thing.end])


def _read_segment(segment: Segment, words: list[str], doc: Doc) -> list[tuple[LineItem, Segment]]:
    """What one segment says: a line, or two when its amounts do not go together and it can be cut into two that stand complete."""
    apart = [Segment(list(segment.elements), segment.named_before) for _ in range(2)]
    item = _item(segment, words, doc)
    if item is None:
        return []
    prices = [mark for mark in segment.marks if isinstance(mark.meaning, Money) and mark.meaning.pence]
    if "which_amount" in item.missing and len(prices) > 1:
        for at in _cuts(apart[0].elements):
            halves = [Segment(apart[0].elements[:at], segment.named_before), Segment(_begun(apart[1].elements[at:]))]
            both = [(read, half) for half in halves if (read := _item(half, words, doc)) is not None]
            if len(both) == len(halves) and all(_stands(read, half, words) for read, half in both):
                return both
    return [(item, segment)]


def _cuts(elements: Sequence[Element]) -> Iterator[int]:
    """Where a segment can be cut: at the strongest stops first, and before a name last, as in speech without stops."""
    order: tuple[Strength, ...] = ("sentence", "and", "comma")
    for strength in order:
        yield from (
            at for at, element in enumerate(elements) if isinstance(element, Stop) and element.strength == strength
        )
    yield from (at for at, element in enumerate(elements) if at and isinstance(element, Thing))


def _begun(elements: Sequence[Element]) -> list[Element]:
    """Without the stops before the first thing said."""
    return list(
        elements[next((at for at, element in enumerate(elements) if not isinstance(element, Stop)), len(elements)) :]
    )


def _stands(item: LineItem, segment: Segment, words: Sequence[str]) -> bool:
    """Whether a line lacks nothing, and names what families buy."""
    return _named(segment, words) and item.unit_cost_pence is not None and not item.missing


def _item(segment: Segment, words: list[str], doc: Doc) -> LineItem | None:
    """What one segment says; None when it is nothing to pay for."""
    thing = chosen_thing(segment, words)
    if thing is not None and (thing.refused or (thing.told and not thing.wanted and not segment.marks)):
        return None  # "we don't want a PA", "he is cheeky and loves buses"
    if thing is not None and thing.past and not segment.priced:
        return None  # "we had a PA for 6 months, but she left"
    if thing is not None and any(pair in _PAID_BEFORE for pair in pairwise(words[thing.start : thing.end])):
        return None  # "that trampoline you paid for is brilliant"
    if thing is not None and is_income(words[thing.start : thing.end]):
        return None
    if thing is not None and not segment.marks and _tells(thing, words):
        return None
    timed = any(isinstance(mark.meaning, Count) and mark.meaning.unit == "hour" for mark in segment.marks)
    often = [mark for mark in how_often(segment.marks) if not isinstance(mark.meaning, Cue)]
    if thing is not None and timed and words[thing.start] in DAYS and not often:
        day = Days(frozenset({DAYS[words[thing.start]]}))  # "Monday carer two hours, Friday carer three"
        segment.elements.append(Mark(thing.start, thing.start + 1, day))
    rated = any(isinstance(mark.meaning, (Count, Each)) for mark in segment.marks)
    if thing is not None and not rated and lasts(words[thing.start : thing.end]):
        segment.elements = [element for element in segment.elements if not _by_a_day(element, thing, words)]
    if thing is not None and segment.priced and lasts(words[thing.start : thing.end]):
        segment.elements = [
            at for at in segment.elements if not (_of_each_day(at, segment) or _of_life(at, segment, words))
        ]
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
        lasts=(lasts(name) or (bool(draft.amounts) and _an_object(thing, words)) or _just_priced(draft, name))
        and not _by_visit(segment, words),
        lesson=any(word in OCCASIONS for word in name),
    )
    return cost(draft, naming)


_PAID_BEFORE = tuple(("you", paid) for paid in ("paid", "bought", "funded", "gave", "got"))


def _by_a_day(element: Element, thing: Thing, words: Sequence[str]) -> bool:
    """ "a washing machine, they can bring it on Friday": one day, and neither "every Friday" nor "tap on Mon"."""
    if not isinstance(element, Mark) or not isinstance(element.meaning, Days) or element.meaning.every != 1:
        return False
    said = words[element.start : element.end]
    if element.start == thing.end or element.end == thing.start:
        return False
    return len(element.meaning.days) == 1 and not {"every", "each"} & set(said) and not said[-1].endswith("s")


def _of_each_day(element: Element, segment: Segment) -> bool:
    """ "A stair gate, £115, she climbs every single day": what is bought once is not bought each day. Right behind an amount it
    says what that is for: "£4 a day"."""
    meaning = element.meaning if isinstance(element, Mark) else None
    if not isinstance(meaning, Each) or meaning.rate or meaning.unit not in ("day", "night", "daypart"):
        return False
    return not any(is_price(mark) and mark.end == element.start for mark in segment.marks)


def _of_life(element: Element, segment: Segment, words: Sequence[str]) -> bool:
    """ "Goggles are £5, and he goes swimming twice a week": how often something else is done, told behind the price of what
    is bought once."""
    meaning = element.meaning if isinstance(element, Mark) else None
    period = isinstance(meaning, Count) and meaning.article and meaning.unit in PERIODS
    if not (period or isinstance(meaning, (Days, Each, Times))):
        return False
    price = max((mark.end for mark in segment.marks if is_price(mark)), default=0)
    return any(
        thing.told and price <= thing.start and thing.end <= element.start and _of_them(words[price : element.start])
        for thing in segment.things
    )


def _of_them(said: Sequence[str]) -> bool:
    """Whether words tell what the child does, and not how often something is bought: "she needs it twice a year"."""
    going = any(one in ("he", "she") and other in _GOING for one, other in pairwise(said))
    return going and not {"it", "them", "one"} & set(said)


_GOING = word_set("goes swims plays climbs walks runs rides trains dances sails skates cycles attends does has")


def _by_visit(segment: Segment, words: Sequence[str]) -> bool:
    """ "Cello, £21 a lesson": paid by the visit, though a cello is a thing to buy."""
    said = (
        mark for mark in segment.marks if isinstance(mark.meaning, (Count, Each)) and mark.meaning.unit == "session"
    )
    return any(words[mark.start] in _A and words[mark.end - 1] in _VISITS for mark in said)


_A = word_set("a an per each every /")
_VISITS = word_set(
    "lesson class session visit appointment treatment workshop swim ride rehearsal practice go time turn round game match"
)


def _just_priced(draft: Draft, name: Sequence[str]) -> bool:
    """ "fidget box twenty five quid": an amount and nothing else of what is no activity, and nobody; or of what is done once."""
    weeks = set(draft.counts) <= {"week"} and is_done_once(name)  # "a course at the college, £120, ten weeks"
    each = draft.things is not None and draft.things > 1 and any(amount.each for amount in draft.amounts)
    alone = not ((draft.counts and not weeks) or (draft.things and not each) or draft.moment or draft.times)
    plain = all(amount.money.pence and amount.unit is None and not (amount.at and each) for amount in draft.amounts)
    if not draft.amounts or not alone or not plain:
        return False
    if is_done_once(name):
        return True
    for_all = not draft.people and (each or not any(amount.each for amount in draft.amounts))
    return for_all and is_object(name) and not is_activity(name) and not _PRONOUNS & set(name[1:])


_PRONOUNS = word_set("him her us me them i he she we they")


def _an_object(thing: Thing | None, words: Sequence[str]) -> bool:
    """ "a peanut ball, £18": what is said with "a" is a thing, when it is nothing that happens."""
    article = thing is not None and thing.start > 0 and words[thing.start - 1] in ("a", "an")
    if thing is None or not article or is_activity(words[thing.end - 1 : thing.end]):
        return False  # "a physio for £40"
    return is_object(words[thing.start : thing.end])


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
