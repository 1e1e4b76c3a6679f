"""Which parts of a message belong to one line, and where the next one begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from bot.understanding import segment_anew as anew
from bot.understanding import sharing, things
from bot.understanding.amount_marks import with_amounts
from bot.understanding.line_known import is_known
from bot.understanding.line_marks import Bare, Count, Cue, Days, Each, Mark, Money, Times, Weeks
from bot.understanding.line_names import NOT_SAID, chosen_thing, is_generic
from bot.understanding.line_words import PRICED_THERE, word_set
from bot.understanding.segment_elements import elements_of
from bot.understanding.segment_parts import (
    MOST_ELEMENTS,
    Element,
    Segment,
    Stop,
    Strength,
    cue_at,
    is_price,
    pieces_of,
    puts_right,
)
from bot.understanding.segment_talk import without_chatter, without_talk
from bot.understanding.things import Thing


def split(words: Sequence[str], spaced: Sequence[bool], marks: Sequence[Mark]) -> list[Segment]:
    """The lines of a message. ``words`` in plain form; ``spaced`` says which are followed by a space."""
    elements = with_amounts(elements_of(words, spaced, marks), words)
    pieces = [piece for part in _led_by_days(pieces_of(elements), words) for piece in _without_stops(part, words)]
    return without_chatter(_assembled(without_talk(pieces, words), words), words)


_SEASONS = (Cue("term_time"), Cue("holidays"), Cue("moment"), Cue("break"), Cue("some_weeks"))


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
        season = bool(own) and all(mark in _SEASONS for mark in marks) and len(marks) == len(own)
        sentence = isinstance(piece[0], Stop) and piece[0].strength != "comma" if piece else False
        named = any(isinstance(element, Thing) and not element.told for element in following)
        if (season and sentence and named) or (
            leads and not timed and ((only_days and told) or (only_often and colon))
        ):
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
    total = _total_of_all(piece, words)
    last_price = max(
        (at for at, element in enumerate(piece) if is_price(element) and not puts_right(piece, at)), default=-1
    )
    for at, element in enumerate(piece):
        if at - (cuts[-1] if cuts else 0) >= MOST_ELEMENTS:
            cuts.append(at)
            priced = named = first_is_price = False
        if at == total:
            cuts.append(at)
        if is_price(element) and not puts_right(piece, at):
            if priced and named and first_is_price and named_next[at] and words[element.start - 1] != "or":
                cuts.append(at)
                named = False
            priced, first_is_price = True, first_is_price or not named
        elif isinstance(element, Thing):
            if (
                priced
                and named
                and not _where(piece, at, words)
                and at < last_price
                and not _alternative(piece, at, words)
            ):
                cuts.append(at)
                priced = first_is_price = False
            named = True
    return [piece[start:end] for start, end in zip([0, *cuts], [*cuts, len(piece)], strict=True)]


def _total_of_all(piece: Sequence[Element], words: Sequence[str]) -> int | None:
    """Where a part ends with what all of it comes to: "…, and swimming £5 a week so £70 altogether"."""
    at = len(piece) - 1
    if at < 2 or not set(words[piece[max(0, at - 3)].start : piece[at].end + 2]) & _ALTOGETHER:
        return None
    while at > 0 and not isinstance(piece[at], Thing) and (cue_at(piece, at) != "total" or at == len(piece) - 1):
        at -= 1
    prices = sum(is_price(element) for element in piece[at:])
    behind_price = any(is_price(element) for element in piece[:at])
    return at if cue_at(piece, at) == "total" and prices == 1 and behind_price else None


def _alternative(piece: Sequence[Element], at: int, words: Sequence[str]) -> bool:
    """Whether the next price is another for the same: "£70 dry or £95 with a slide"."""
    thing = piece[at]
    if isinstance(thing, Thing) and "or" in words[max(0, thing.start - 2) : thing.start]:
        return True  # "the stroller's £400 or the better one's £650"
    following = next((element for element in piece[at:] if is_price(element)), None)
    return following is not None and words[following.start - 1] == "or"


def _where(piece: Sequence[Element], at: int, words: Sequence[str]) -> bool:
    """Whether a thing is only said of the one before: not so in "£6 a week with my PA who is £12 an hour"."""
    thing = piece[at]
    own = cue_at(piece, at + 1) == "price" and words[piece[at + 1].start].startswith("who")
    if isinstance(thing, Thing) and thing.named and at + 1 < len(piece) and is_price(piece[at + 1]):
        own = own or "with" in words[max(0, thing.start - 2) : thing.start]  # "an iPad £329 with a case £30"
    return isinstance(thing, Thing) and thing.placed and not own


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
        if _sums_up(segments, part, words):
            continue
        for line in sharing.with_last(segments, part, words) if len(segments) > 1 and stop is not None else ():
            line.elements += sharing.how_often(part.marks)
        shared = _of_all(part, stop, words) if segments else []
        for segment in segments[:-1] if part.things == [] else segments:
            if shared and not segment.full:
                segment.elements += [element for element in shared if not (segment.priced and is_price(element))]
        if (
            not segments
            or segments[-1].full
            or (_two_names(segments[-1], part, strength) and _both_next(islice(pieces, at + 1, at + 2), words))
            or _begins(segments[-1], part, strength, words)
            or _named_ahead(segments[-1], part, strength, islice(pieces, at + 1, None), words)
            or anew.begins(segments[-1], part, strength, islice(pieces, at + 1, None), words)
        ):
            ending = anew.ends_before(segments[-1], part, strength, words) if segments else 0
            if ending:
                segments[-1].elements += part.elements[:ending]
                part = Segment(part.elements[ending:])
            segments.append(part)
        elif _second_rate(segments[-1], part):
            part.named_before = chosen_thing(segments[-1], words)
            segments.append(part)
        else:
            _join(segments[-1], part, stop, strength, words)
    sharing.share(segments, words)
    return segments


_ALTOGETHER = word_set("altogether total overall together")


def _sums_up(lines: Sequence[Segment], part: Segment, words: Sequence[str]) -> bool:
    """Whether a part only says what the lines before come to: "club £12 a week, carer £48 a week, sixty quid in all"."""
    said = [mark.meaning.pence for mark in part.marks if isinstance(mark.meaning, Money)]
    total = any(isinstance(mark.meaning, Cue) and mark.meaning.name == "total" for mark in part.marks)
    if len(lines) < 2 or part.things or len(said) != 1 or not total:
        return False
    start, end = part.elements[0].start - 2, part.elements[-1].end
    if (
        lines[-1].priced
        and set(words[max(0, start) : end]) & _ALTOGETHER
        and all(_timed(line) or not line.priced for line in lines)
    ):
        return True
    each = [mark.meaning.pence for line in lines for mark in line.marks if isinstance(mark.meaning, Money)]
    return said[0] == sum(pence for pence in each if pence is not None)


def _of_all(part: Segment, stop: Stop | None, words: Sequence[str]) -> list[Mark]:
    """What is said of every line before: "…, both in term time", "… both £6"."""
    start = stop.end if stop is not None else part.elements[0].start
    inside = {at for element in part.elements for at in range(element.start, element.end)}
    both = [at for at in range(start, part.elements[-1].end) if words[at] in ("both", "all") and at not in inside]
    return [mark for mark in part.marks if both and mark.start > both[0]]


def _named_ahead(
    line: Segment, part: Segment, strength: Strength | None, later: Iterable[list[Element]], words: Sequence[str]
) -> bool:
    """Whether a bare name after a priced line gets its own price in what follows: "PA (£13 an hour), gym (£20 a month)"."""
    first = part.things[0] if part.things else None
    if not line.priced or first is None or (first.speaks and words[first.start] in things.GENERIC):
        return False
    by_day = bool(part.marks) and part.elements[0] is part.marks[0] and isinstance(part.marks[0].meaning, Days)
    if by_day and len(part.marks) == 1 and any(isinstance(mark.meaning, Days) for mark in line.marks):
        pass  # "Saturdays she has rugby (£2.50), Sundays she has church club (£1)"
    elif first.told or (part.marks and (strength != "and" or part.marks != sharing.how_often(part.marks))):
        return False
    if first.placed and not first.named and strength != "and":
        return False
    for piece in later:
        if any(isinstance(element, Thing) for element in piece):
            return False
        if any(is_price(element) and not puts_right(piece, at) for at, element in enumerate(piece)):
            return True
    return False


def _two_names(line: Segment, part: Segment, strength: Strength | None) -> bool:
    """Whether a line and the part behind it are a name each, joined by "and"."""
    return strength == "and" and all(len(one.things) == 1 and not one.marks for one in (line, part))


def _both_next(later: Iterable[list[Element]], words: Sequence[str]) -> bool:
    """Whether the next part prices all before it: "karate and drama, they're both £6 a week"."""
    piece = next(iter(later), [])
    named = any(isinstance(element, Thing) for element in piece)
    price = next((element for element in piece if is_price(element)), None)
    return price is not None and not named and "both" in words[piece[0].start : price.end + 2]


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
        stands = any(is_price(mark) and not puts_right(line.marks, at) for at, mark in enumerate(line.marks))
        apart = strength == "sentence" or any(cue_at(part.marks, at) == "one_off" for at in range(len(part.marks)))
        return bool(part.things) and stands and part.priced and not summed_up and apart
    first = part.things[0]
    if not (line.priced and part.priced) and is_generic(first, words):
        return False
    named = any(not thing.speaks for thing in line.things)
    if first.speaks and len(part.things) == 1 and (not line.priced or not part.priced) and named:
        return False
    start = line.elements[0].start
    reported = bool({"says", "said", "reckons"} & set(words[max(0, start - 4) : start]))
    if line.priced and part.priced and first.speaks and (reported or any(_speaks(t, words) for t in line.things)):
        return False  # "the man said three thousand, the letter says five"
    if (
        not line.priced
        and _asks_back(part, first, words)
        and any(is_known(words[t.start : t.end]) for t in line.things)
    ):
        return False  # "swimming on Saturdays, the coach hasn't said what the fee is"
    if line.priced and part.priced and first.placed and words[first.end - 1] in PRICED_THERE and len(part.things) == 1:
        return False  # "£6 on the leaflet and £8 on the website"
    again = not first.named or words[first.start - 1] == "the"
    if line.priced != part.priced and again and _repeats(line, first, words):
        return False  # "Sooz has her on Wednesdays, I'd pay Sooz £10 an hour"
    told = bool(line.things) and all(thing.told or thing.wanted for thing in line.things)
    if not line.priced and strength == "comma" and told and _timed(line) and _is_its_price(part, words):
        return False  # "I want to see my mates on a Friday, pizza's a tenner"
    nameless = not any(_names(thing, words) for thing in line.things) and not (_timed(line) and _named_by_asker(line))
    if line.priced and not part.priced and part.marks and nameless:
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
    if strength == "and" and isinstance(_last(line), Thing) and line.priced and _bare_name(part, words):
        return False  # "£5 for stay and play on Fridays"
    if _says_when(line, part, first, words):
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


def _asks_back(part: Segment, first: Thing, words: Sequence[str]) -> bool:
    """Whether a part only says that somebody has not named a price."""
    prices = [mark for mark in part.marks if is_price(mark)]
    unknown = bool(prices) and all(mark.meaning == Money(None, "amount") for mark in prices)
    if not unknown or first.wanted or first.named:
        return False
    talk = any(
        word in things.EMPTY for word in words[first.start : first.end]
    )  # "still waiting to hear what they charge"
    return talk or (words[prices[0].start] in NOT_SAID and first.end == prices[0].start)


def _says_when(line: Segment, part: Segment, first: Thing, words: Sequence[str]) -> bool:
    """Whether a part only says how often the priced line before is: "… and wor kid gans Monday and Thursday"."""
    often = sharing.how_often(part.marks)
    if not line.priced or part.priced or not often or sharing.how_often(line.marks) or first.named or first.wanted:
        return False
    return not is_known(words[first.start : first.end]) and is_known(
        [word for thing in line.things for word in words[thing.start : thing.end]]
    )


def _named_by_asker(line: Segment) -> bool:
    """Whether all a line is named by is one that asks the price: "the gym wants £8 a week", "tae kwon do £40 a month"."""
    return len(line.things) == 1 and line.things[0].speaks


def _speaks(thing: Thing, words: Sequence[str]) -> bool:
    return thing.speaks or words[thing.end : thing.end + 1] in (["said"], ["says"], ["reckons"])


def _repeats(line: Segment, thing: Thing, words: Sequence[str]) -> bool:
    """Whether a thing is named that a line has named already."""
    said = {word for known in line.things for word in words[known.start : known.end]} - things.EMPTY - things.GENERIC
    named = set(words[thing.start : thing.end]) - things.EMPTY - things.GENERIC
    return bool(said & named) and (named <= said or len(named) > _SHORT_NAME)


_SHORT_NAME = 3
"""Words. "Night carer … Day carer" are two; in more words somebody named is told of again."""


def _is_its_price(part: Segment, words: Sequence[str]) -> bool:
    """Whether a part says what something is, "X is £5", and neither how often nor how long."""
    if _timed(part) or part.elements[0] is not part.things[0] or len(part.things) > 1 or part.things[0].wanted:
        return False
    stated = cue_at(part.elements, 1) == "price" and words[part.elements[1].start] in ("is", "are")
    return stated and words[part.things[0].start - 1] not in ("a", "an", "some")


def _bare_name(part: Segment, words: Sequence[str]) -> bool:
    """Whether a part is one word that names, and how often: "(stay and) play on Fridays"."""
    first = part.things[0]
    plain = _length(first) == 1 and not (first.named or first.wanted or first.placed)
    return plain and part.elements[0] is first and part.marks == sharing.how_often(part.marks)


def _has_name(line: Segment) -> bool:
    """Whether a line has a name: "an hour before school" has none."""
    return any(line.priced or not thing.placed or thing.wanted or thing.named for thing in line.things)


def _is_replaced(line: Segment) -> bool:
    """Whether the only amounts of a line so far are such as another takes the place of."""
    prices = [at for at, mark in enumerate(line.marks) if is_price(mark)]
    return all(puts_right(line.marks, at) or cue_at(line.marks, at + 1) in ("usual", "now") for at in prices)


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
    """Whether the thing stands before all that is said of it, but for how many of it there are."""
    first = part.marks[0]
    return thing.start < first.start or (isinstance(first.meaning, Bare) and first.end == thing.start)


def _completes(line: Segment, part: Segment, words: Sequence[str]) -> bool:
    """Whether a part with a price prices the line before: "a blanket. £65 off the internet", "a lock, Argos do one at £9"."""
    if not part.priced or not line.things:
        return False
    first = part.things[0]
    before = [element for element in part.elements if element.start < first.start]
    told = first.told and not first.wanted and len(part.things) == 1  # "£16 an hour they've got a hoist there"
    return any(is_price(element) for element in before) and (told or words[first.start - 1] not in _NAMES_ANOTHER)


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
    if not line.priced or not part.priced or any(puts_right(part.elements, at) for at in range(len(part.elements) + 1)):
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
        and not part.things[0].speaks
        and not _sentence(part.things[0], words)
    ):
        # "arts and crafts", "bike, helmet and lock": one name across the stop.
        whole = Thing(last.start, part.things[0].end, last.placed, last.told, last.wanted, last.refused, last.named)
        line.elements = [element for element in line.elements if element is not last]
        line.elements.append(whole)
        line.elements += [element for element in part.elements if element is not part.things[0]]
    else:
        line.elements += part.elements
