"""Which parts of a message belong to one line, and where the next one begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice

from bot.understanding import sharing, things
from bot.understanding.amount_marks import cue_at, with_amounts
from bot.understanding.line_marks import Aside, Bare, Count, Cue, Days, Each, Mark, Money, Times, Weeks
from bot.understanding.line_words import UNITS, word_set
from bot.understanding.segment_parts import MOST_ELEMENTS, Element, Segment, Stop, Strength, is_price, pieces_of
from bot.understanding.things import Thing

_STOPS: dict[str, Strength] = {
    **dict.fromkeys((".", ";", "!", "?"), "sentence"),
    **dict.fromkeys((",", ":", "(", ")", "–", "but"), "comma"),
    **dict.fromkeys(("and", "&", "n", "plus", "+", "also", "then"), "and"),
}


def split(words: Sequence[str], spaced: Sequence[bool], marks: Sequence[Mark]) -> list[Segment]:
    """The lines of a message. ``words`` in plain form; ``spaced`` says which are followed by a space."""
    elements = with_amounts(_told(list(_elements(words, spaced, marks))), words)
    pieces = [piece for part in _led_by_days(pieces_of(elements), words) for piece in _without_stops(part, words)]
    return _without_chatter(_assembled(_without_talk(pieces, words), words), words)


def _elements(words: Sequence[str], spaced: Sequence[bool], marks: Sequence[Mark]) -> Iterator[Element]:
    """Marks, stops and what is left between them, in order."""
    by_start = {mark.start: mark for mark in marks}
    run: int | None = None
    at = 0
    said = False

    def thing(end: int) -> Iterator[Thing]:
        if run is not None and (found := things.find(words, run, end)) is not None:
            # "£30 a month, so dad has time for us"
            purpose = said and words[run - 1] == "so" and words[run] not in ("a", "an", "the", "some")
            yield replace(found, placed=True) if purpose else found

    while at < len(words):
        mark = by_start.get(at)
        stop = _stop(words, spaced, at)
        if mark is not None and not (isinstance(mark.meaning, Aside) and not mark.meaning.drop):
            yield from thing(at)
            run = None
            if not isinstance(mark.meaning, Aside):
                said = said or isinstance(mark.meaning, (Money, Bare, Count))
                yield mark
            at = mark.end
        elif mark is None and stop is not None:
            yield from thing(at)
            run = None
            yield Stop(at, at + 1, stop)
            at += 1
        else:
            run = at if run is None else run
            at = mark.end if mark is not None else at + 1
    yield from thing(len(words))


def _told(elements: list[Element]) -> list[Element]:
    """Without what is only compared with, or the money there is: "instead of a taxi at £60", "out of my £600"."""
    kept: list[Element] = []
    aside = False
    for at, element in enumerate(elements):
        if isinstance(element, Stop):
            aside = False
        elif _only_compared(elements, at):
            aside = True  # "£20 an hour, not 25 like the other one"
        elif cue_at(elements, at) == "was" and at + 1 < len(elements) and _how_often(elements[at + 1]):
            aside = True  # "used to be weekly, now once a month"
        elif cue_at(elements, at) == "fix":
            aside = False
        elif (
            isinstance(element, Mark)
            and isinstance(element.meaning, Cue)
            and element.meaning.name in ("instead", "budget")
        ):
            aside = True
        if not aside:
            kept.append(element)
    return kept


def _only_compared(elements: Sequence[Element], at: int) -> bool:
    """Whether a part begins with an amount that it is not."""
    first = at > 0 and isinstance(elements[at - 1], Stop)
    following = elements[at + 1] if at + 1 < len(elements) else None
    figure = isinstance(following, Mark) and isinstance(following.meaning, (Money, Bare))
    later = elements[at + 2] if at + 2 < len(elements) else None
    return first and cue_at(elements, at) == "not" and figure and isinstance(later, (Thing, Stop, type(None)))


def _how_often(element: Element) -> bool:
    return isinstance(element, Mark) and isinstance(element.meaning, (Days, Each, Times))


def _stop(words: Sequence[str], spaced: Sequence[bool], at: int) -> Strength | None:
    word = words[at]
    if word == "-":
        return "comma" if at and spaced[at - 1] and spaced[at] else None
    if word == "&" and at and not spaced[at - 1] and not spaced[at]:
        return None  # "B&Q"
    if word == "." and at + 1 < len(words) and not spaced[at]:
        return None
    return _STOPS.get(word)


def _led_by_days(pieces: list[list[Element]], words: Sequence[str]) -> list[list[Element]]:
    """Parts that only say the day put before what they lead to: "Monday: club £4. Tuesday: …", "…, and on Fridays, gym"."""
    led: list[list[Element]] = []
    told = False  # whether a part before says a day
    for at, piece in enumerate(pieces):
        own = [element for element in piece if not isinstance(element, Stop)]
        marks = [element.meaning for element in own if isinstance(element, Mark)]
        only_days = bool(own) and len(marks) == len(own) and all(isinstance(meaning, Days) for meaning in marks)
        only_often = (
            bool(own) and len(marks) == len(own) and all(isinstance(meaning, (Days, Each)) for meaning in marks)
        )
        following = pieces[at + 1] if at + 1 < len(pieces) else []
        colon = bool(following) and isinstance(following[0], Stop) and words[following[0].start] == ":"
        leads = any(isinstance(element, Thing) for element in following) and any(map(is_price, following))
        timed = any(isinstance(element, Mark) and isinstance(element.meaning, Days) for element in following)
        if leads and not timed and ((only_days and told) or (only_often and colon)):
            pieces[at + 1] = [*piece, *(element for element in following if not isinstance(element, Stop))]
        else:
            led.append(piece)
        told = told or any(isinstance(meaning, Days) for meaning in marks)
    return led


def _without_stops(piece: list[Element], words: Sequence[str]) -> list[list[Element]]:
    """One part, cut where a new thing with its own price begins without a stop, as in speech, and where it is too long."""
    cuts: list[int] = []
    priced = named = first_is_price = False
    named_next = _things_before_prices(piece)
    last_price = max(
        (at for at, element in enumerate(piece) if is_price(element) and not _puts_right(piece, at)), default=-1
    )
    for at, element in enumerate(piece):
        if at - (cuts[-1] if cuts else 0) >= MOST_ELEMENTS:
            cuts.append(at)
            priced = named = first_is_price = False
        if is_price(element) and not _puts_right(piece, at):
            if priced and named and first_is_price and named_next[at]:
                cuts.append(at)
                named = False
            priced, first_is_price = True, first_is_price or not named
        elif isinstance(element, Thing):
            if priced and named and not _where(piece, at, words) and at < last_price:
                cuts.append(at)
                priced = first_is_price = False
            named = True
    return [piece[start:end] for start, end in zip([0, *cuts], [*cuts, len(piece)], strict=True)]


def _where(piece: Sequence[Element], at: int, words: Sequence[str]) -> bool:
    """Whether a thing is only said of the one before: not so in "£6 a week with my PA who is £12 an hour"."""
    thing = piece[at]
    own = cue_at(piece, at + 1) == "price" and words[piece[at + 1].start].startswith("who")
    return isinstance(thing, Thing) and thing.placed and not own


def _puts_right(piece: Sequence[Element], at: int) -> bool:
    """Whether the amount at ``at`` is a total, or puts right the one before."""
    return any(cue_at(piece, before) in ("total", "fix", "not", "was") for before in (at - 1, at - 2))


def _things_before_prices(piece: Sequence[Element]) -> list[bool]:
    """For each place of a part, whether a thing comes behind it before the next price does."""
    found = [False] * len(piece)
    named = False
    for at in range(len(piece) - 1, -1, -1):
        found[at] = named
        named = isinstance(piece[at], Thing) or (named and not is_price(piece[at]))
    return found


def _assembled(pieces: Sequence[list[Element]], words: Sequence[str]) -> list[Segment]:
    """Parts put together into lines."""
    segments: list[Segment] = []
    for at, piece in enumerate(pieces):
        stop = piece[0] if piece and isinstance(piece[0], Stop) else None
        part = Segment([element for element in piece if not isinstance(element, Stop)])
        strength = _strongest(segments, stop)
        if not part.elements:
            if segments and stop is not None:
                segments[-1].stopped(stop)
            continue
        if _sums_up(segments, part):
            continue
        for line in sharing.with_last(segments, part, words) if len(segments) > 1 and stop is not None else ():
            line.elements += sharing.how_often(part.marks)
        if segments and (shared := _of_all(part, stop, words)):
            for segment in segments:
                if not segment.full:
                    segment.elements += [element for element in shared if not (segment.priced and is_price(element))]
        if (
            not segments
            or segments[-1].full
            or _begins(segments[-1], part, strength, words)
            or _named_ahead(segments[-1], part, strength, islice(pieces, at + 1, None))
        ):
            segments.append(part)
        elif _second_rate(segments[-1], part):
            part.named_before = chosen_thing(segments[-1], words)
            segments.append(part)
        else:
            _join(segments[-1], part, stop, strength, words)
    sharing.share(segments, words)
    return segments


def _sums_up(lines: Sequence[Segment], part: Segment) -> bool:
    """Whether a part only says what the lines before come to: "club £12 a week, carer £48 a week, sixty quid in all"."""
    said = [mark.meaning.pence for mark in part.marks if isinstance(mark.meaning, Money)]
    total = any(isinstance(mark.meaning, Cue) and mark.meaning.name == "total" for mark in part.marks)
    if len(lines) < 2 or part.things or len(said) != 1 or not total:
        return False
    each = [mark.meaning.pence for line in lines for mark in line.marks if isinstance(mark.meaning, Money)]
    return said[0] == sum(pence for pence in each if pence is not None)


def _without_chatter(lines: list[Segment], words: Sequence[str]) -> list[Segment]:
    """Beside a line that is priced, words without a price or a time are talk, unless they say what is wanted too."""
    if not any(line.priced for line in lines):
        return [line for line in lines if not line.marks or not _only_ages(line)]

    def asked_for(line: Segment) -> bool:
        first = line.things[0] if line.things else None
        if first is None or is_generic(first, words) or (line.marks and isinstance(line.marks[0].meaning, Bare)):
            return False
        return first.wanted or (not first.told and words[first.start - 1] in ("a", "an", "some"))

    kept: list[Segment] = []
    for line in lines:
        if line.priced or (any(_tells(mark) for mark in line.marks) and not _only_told(line, words)) or asked_for(line):
            kept.append(line)
        elif kept:
            # "…, when I can fit it in" is no line, and says how often the one before is.
            kept[-1].elements += [
                mark for mark in line.marks if isinstance(mark.meaning, Cue) and mark.meaning.name in _SAID_OF
            ]
    return kept


def _only_told(line: Segment, words: Sequence[str]) -> bool:
    """Whether all that is named is told: "she sleeps in with me 7 nights a week"."""
    said = line.things
    return bool(said) and all(
        not thing.wanted and not thing.named and things.tells(words[thing.start : thing.end]) for thing in said
    )


def _only_ages(line: Segment) -> bool:
    """ "The baby's 4 months": nothing in it says what help costs, how long or how often."""
    return all(isinstance(mark.meaning, Count) and mark.meaning.unit in ("month", "year") for mark in line.marks)


_SAID_OF = ("vague", "one_off", "term_time", "holidays", "all_year")


def _tells(mark: Mark) -> bool:
    """Whether a phrase says how long or how often, as it would be said of help: "4 months" is an age, "all three terms" none."""
    meaning = mark.meaning
    if isinstance(meaning, Count):
        return meaning.unit not in ("week", "month", "term", "year", "person")
    return isinstance(meaning, (Days, Each, Times, Weeks)) or (isinstance(meaning, Cue) and meaning.name == "free")


def _without_talk(pieces: list[list[Element]], words: Sequence[str]) -> list[list[Element]]:
    """Without the parts that tell something else, as long as another names a thing."""
    first_price = next((at for at, piece in enumerate(pieces) if any(map(is_price, piece))), len(pieces))
    kept = [
        piece
        for at, piece in enumerate(pieces)
        if not _is_talk(piece, words) or (first_price < at and _has_own_price(pieces, at))
    ]
    return kept if any(isinstance(element, Thing) for piece in kept for element in piece) else pieces


def _has_own_price(pieces: Sequence[list[Element]], at: int) -> bool:
    """Whether a name, after a line with its own price, has one in the part behind it: "swing (£90) with a net (£20)"."""
    said = [element for element in pieces[at] if isinstance(element, Thing)]
    following = pieces[at + 1] if at + 1 < len(pieces) else []
    first = pieces[at][0]
    joined = isinstance(first, Stop) and first.strength == "and"
    apart = bool(said) and not said[0].told and (joined or (said[0].placed and said[0].named))
    own = any(map(is_price, following)) and not any(isinstance(element, Thing) for element in following)
    return apart and own and not _puts_right(following, next(at for at, e in enumerate(following) if is_price(e)))


def _is_talk(piece: Sequence[Element], words: Sequence[str]) -> bool:
    """A part that tells something else: "she's 14 and at college", "he started year 7 in September"."""
    own = [element for element in piece if not isinstance(element, Stop)]
    said = [element for element in own if isinstance(element, Thing)]
    if not own or any(is_price(element) for element in own) or any(thing.wanted for thing in said):
        return False
    if _told_of_then(piece, words):
        return True
    lead = words[own[0].start - 1] if own[0].start else ""
    told = bool(said) and all(
        thing.told or thing.placed or things.is_sentence(words[thing.start : thing.end]) for thing in said
    )
    if not told and not (lead in ("are", "theres", "is") and not said):
        return False
    return not any(isinstance(element, Mark) and _says_when(element) for element in own)


def _told_of_then(piece: Sequence[Element], words: Sequence[str]) -> bool:
    """ "We tried it in the summer", "last time we asked for 4 hours": what was, whatever times it names."""
    start = piece[0].end if isinstance(piece[0], Stop) else 0
    said = list(words[start : start + 4])
    if said[:1] == ["last"]:
        said = said[2:]
    return len(said) > 1 and said[0] in _THEY and said[1] in _DID | _LIVES


_THEY = word_set("we i he she they it")
_LIVES = word_set("sleeps wakes lives eats weighs")
_DID = word_set(
    "tried went did asked had spoke looked saw came loved cried hated started waited visited rang phoned moved lost"
)


def _says_when(mark: Mark) -> bool:
    """Whether a phrase says how long, how often or in what part of the year, as it would be said of help."""
    meaning = mark.meaning
    if isinstance(meaning, Count):
        return meaning.unit not in ("person", "month", "year")
    names = ("one_off", "term_time", "holidays", "vague", "fix", "all_year", "both_ways")
    return not isinstance(meaning, (Cue, Bare)) or (isinstance(meaning, Cue) and meaning.name in names)


def _of_all(part: Segment, stop: Stop | None, words: Sequence[str]) -> list[Mark]:
    """What is said of every line before: "…, both in term time", "… both £6"."""
    start = stop.end if stop is not None else part.elements[0].start
    inside = {at for element in part.elements for at in range(element.start, element.end)}
    both = [at for at in range(start, part.elements[-1].end) if words[at] in ("both", "all") and at not in inside]
    return [mark for mark in part.marks if both and mark.start > both[0]]


def _named_ahead(line: Segment, part: Segment, strength: Strength | None, later: Iterable[list[Element]]) -> bool:
    """Whether a bare name after a priced line gets its own price in what follows: "PA (£13 an hour), gym (£20 a month)"."""
    first = part.things[0] if part.things else None
    if not line.priced or part.marks or first is None or first.told:
        return False
    if first.placed and not first.named and strength != "and":
        return False
    for piece in later:
        if any(isinstance(element, Thing) for element in piece):
            return False
        if any(is_price(element) and not _puts_right(piece, at) for at, element in enumerate(piece)):
            return True
    return False


def _strongest(segments: Sequence[Segment], stop: Stop | None) -> Strength | None:
    """How strongly a part is parted from what went before: ", and" counts as "and", ". Also" as a new sentence."""
    strengths = [stop.strength] if stop is not None else []
    if segments:
        for element in reversed(segments[-1].elements):
            if not isinstance(element, Stop):
                break
            strengths.append(element.strength)
    return next((strength for strength in ("sentence", "and", "comma") if strength in strengths), None)


def _begins(line: Segment, part: Segment, strength: Strength | None, words: Sequence[str]) -> bool:
    """Whether ``part`` begins a new line after ``line``."""
    if not part.things or (not _has_name(line) and line.named_before is None):
        # Words without a thing belong to the line before, and the first thing to amounts that had none.
        summed_up = bool(part.things) and words[part.elements[0].start] in ("thats", "which", "being")
        stands = any(is_price(mark) and not _puts_right(line.marks, at) for at, mark in enumerate(line.marks))
        return bool(part.things) and stands and part.priced and not summed_up
    first = part.things[0]
    if not (line.priced and part.priced) and is_generic(first, words):
        return False
    named = any(not thing.speaks for thing in line.things)
    if first.speaks and len(part.things) == 1 and (not line.priced or not part.priced) and named:
        return False
    if line.priced and not part.priced and part.marks and not any(_names(thing, words) for thing in line.things):
        return False
    if not line.priced and _completes(line, part, words):
        return False
    if line.priced and _all_put_right(part):
        return False  # "£500, but his nan pays half, so we only need £250"
    if line.priced and part.priced and _is_replaced(line) and _only_reprices(part, first, words):
        return False  # "normally £32 a month, but with his card it's £19"
    if part.priced:
        if not line.marks and strength != "sentence":
            return _list_item(line, first, strength)
        return not (first.placed and not line.priced)
    if (first.placed or first.told or _sentence(first, words)) and not first.wanted:
        return False
    if part.marks:
        if line.priced and not _timed(line) and not _sooner(first, part) and not (first.named or first.wanted):
            return False  # "…£12 an hour, 2 hours a week would be bliss"
        return bool(line.marks) or first.named or first.wanted
    if not line.marks:
        two_names = strength == "and" and min(_length(line.things[-1]), _length(first)) > 1 if line.things else False
        return strength == "sentence" or first.named or first.wanted or two_names
    if isinstance(_last(line), Thing) and strength == "and":
        # "£15 a week for arts and crafts": the price was said of both.
        return first.named or first.wanted
    return strength in ("and", "sentence") or first.named or first.wanted


def _has_name(line: Segment) -> bool:
    """Whether a line has a name: "an hour before school" has none."""
    return any(line.priced or not thing.placed or thing.wanted or thing.named for thing in line.things)


def _is_replaced(line: Segment) -> bool:
    """Whether the only amounts of a line so far are such as another takes the place of."""
    prices = [at for at, mark in enumerate(line.marks) if is_price(mark)]
    return all(_puts_right(line.marks, at) or cue_at(line.marks, at + 1) in ("usual", "now") for at in prices)


def _all_put_right(part: Segment) -> bool:
    """Whether every amount of a part is the one meant by an earlier one."""
    marks = part.marks
    prices = [at for at, mark in enumerate(marks) if isinstance(mark.meaning, Money)]
    return bool(prices) and all(cue_at(marks, at - 1) == "fix" for at in prices)


def _only_reprices(part: Segment, first: Thing, words: Sequence[str]) -> bool:
    if first.placed or first.told or is_generic(first, words):
        return True
    return any(mark.meaning == Cue("fix") for mark in part.marks)


def _names(thing: Thing, words: Sequence[str]) -> bool:
    return not thing.speaks and not is_generic(thing, words)


def _sentence(thing: Thing, words: Sequence[str]) -> bool:
    return things.is_sentence(words[thing.start : thing.end])


def _timed(line: Segment) -> bool:
    """Whether a line says how often, or how long."""
    return any(
        isinstance(mark.meaning, (Days, Each, Times, Weeks))
        or (isinstance(mark.meaning, Count) and not mark.meaning.article)
        for mark in line.marks
    )


def _sooner(thing: Thing, part: Segment) -> bool:
    """Whether the thing stands before all that is said of it."""
    return thing.start < part.marks[0].start


def _completes(line: Segment, part: Segment, words: Sequence[str]) -> bool:
    """Whether a part with a price prices the line before: "a blanket. £65 off the internet", "a lock, Argos do one at £9"."""
    if not part.priced or not line.things:
        return False
    first = part.things[0]
    before = [element for element in part.elements if element.start < first.start]
    return any(is_price(element) for element in before) and words[first.start - 1] not in _NAMES_ANOTHER


_NAMES_ANOTHER = word_set("for on a an the")
"""After a price, these lead to a thing of its own: "£6 a week for swimming"."""


def _is_people(element: Element) -> bool:
    return isinstance(element, Mark) and isinstance(element.meaning, Count) and element.meaning.unit == "person"


def _length(thing: Thing) -> int:
    return thing.end - thing.start


def _last(line: Segment) -> Element | None:
    return next((element for element in reversed(line.elements) if not isinstance(element, Stop)), None)


def _list_item(line: Segment, first: Thing, strength: Strength | None) -> bool:
    """After a bare name: "a trike and a trampoline £90" are two, "arts and crafts £5" and "piano, half hour lesson £9" one."""
    return (first.named or first.wanted) and strength is not None and not first.placed


def _second_rate(line: Segment, part: Segment) -> bool:
    """A part with an amount and times of its own, and no name: "£12 on weekdays, £15 on Sundays"."""
    if (
        not line.priced
        or not part.priced
        or any(_puts_right(part.elements, at) for at in range(len(part.elements) + 1))
    ):
        return False

    def timed(segment: Segment) -> bool:
        return any(isinstance(mark.meaning, Days) for mark in segment.marks)

    def rated(segment: Segment) -> bool:
        return sum(isinstance(mark.meaning, Money) for mark in segment.marks) == 1

    return timed(line) and timed(part) and rated(part) and bool(line.things or line.named_before)


def _join(line: Segment, part: Segment, stop: Stop | None, strength: Strength | None, words: Sequence[str]) -> None:
    last = _last(line)
    if stop is not None:
        line.elements.append(stop)
    if strength == "sentence" and line.priced and not part.priced:
        # "There are 3 kids in the house." says nothing of who goes.
        part.elements = [element for element in part.elements if not _is_people(element)]
    if (
        isinstance(last, Thing)
        and part.things
        and part.elements[0] is part.things[0]
        and not last.told
        and strength != "sentence"
        and not part.things[0].placed
        and not part.things[0].told
        and not _sentence(part.things[0], words)
    ):
        # "arts and crafts", "bike, helmet and lock": one name across the stop.
        whole = Thing(last.start, part.things[0].end, last.placed, last.told, last.wanted, last.refused, last.named)
        line.elements = [element for element in line.elements if element is not last]
        line.elements.append(whole)
        line.elements += [element for element in part.elements if element is not part.things[0]]
    else:
        line.elements += part.elements


def is_generic(thing: Thing, words: Sequence[str]) -> bool:
    """Whether a thing only names the amount: "tickets", "the fee"."""
    return all(word in things.GENERIC or word in UNITS for word in words[thing.start : thing.end])


def chosen_thing(line: Segment, words: Sequence[str]) -> Thing | None:
    """The words that name a line, and not where, with whom or why it is, who says the price, or the talk around it."""
    found = [(at, element) for at, element in enumerate(line.elements) if isinstance(element, Thing)]
    if not found:
        return line.named_before
    prices = [at for at, element in enumerate(line.elements) if is_price(element)]
    parts = list(accumulate(isinstance(element, Stop) for element in line.elements))
    priced_parts = {parts[at] for at in prices}
    first = prices[0] if prices else None
    bought = _first_thing_after(line, first)

    def names_well(candidate: tuple[int, Thing]) -> tuple[int, int]:
        at, thing = candidate
        return _names_well(line, at, thing, words, first, parts[at] in priced_parts, at == bought), -at

    return max(found, key=names_well)[1]


def _names_well(
    line: Segment, at: int, thing: Thing, words: Sequence[str], first: int | None, beside: bool, follows: bool
) -> int:
    """How well a thing names its line: by how it is said, and by where it stands to the price.

    ``first``: where the first price stands; ``beside``: a price is in the same part; ``follows``: it is the first thing
    behind the first price.
    """
    name = words[thing.start : thing.end]
    score = 0
    if is_generic(thing, words):
        score -= 6
    if thing.speaks or things.is_sentence(name):
        score -= 4
    if thing.told and not thing.wanted:
        score -= 1 if thing.named else 3
    if "so" in words[max(0, thing.start - 2) : thing.start] and (thing.named or not thing.placed):
        score += 2 if thing.named else 3  # "he's mad on buses, so a day ticket"
    if thing.wanted:
        score += 2
    led = words[line.elements[at - 1].end if at else 0 : thing.start]
    bought = bool({"for", "on", "of", "to"} & set(led)) and beside and follows
    if thing.placed and not bought:
        score -= 2
    if first is not None and at > first and not bought:
        score -= 1 if beside else 2
    if beside and (bought or (first is not None and at < first)):
        score += 1
    return score


def _first_thing_after(line: Segment, start: int | None) -> int:
    return next(
        (at for at, element in enumerate(line.elements) if at > (start or 0) and isinstance(element, Thing)), -1
    )
