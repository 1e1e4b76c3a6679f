"""Which parts of a message belong to one line, and where the next one begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from bot.understanding import segment_anew as anew
from bot.understanding import sharing, sums
from bot.understanding.amount_marks import with_amounts
from bot.understanding.line_known import is_known
from bot.understanding.line_marks import Count, Cue, Days, Mark, Money
from bot.understanding.line_names import chosen_thing, is_generic
from bot.understanding.segment_begins import begins
from bot.understanding.segment_cuts import ALTOGETHER, led_by_days, without_stops
from bot.understanding.segment_elements import elements_of
from bot.understanding.segment_parts import Element, Segment, Stop, Strength, is_price, pieces_of, puts_right
from bot.understanding.segment_talk import without_chatter, without_talk
from bot.understanding.sentences import is_sentence
from bot.understanding.thing_words import GENERIC
from bot.understanding.things import Thing


def split(words: Sequence[str], spaced: Sequence[bool], marks: Sequence[Mark]) -> list[Segment]:
    """The lines of a message. ``words`` in plain form; ``spaced`` says which are followed by a space."""
    elements = with_amounts(elements_of(words, spaced, marks), words)
    pieces = [piece for part in led_by_days(pieces_of(elements), words) for piece in without_stops(part, words)]
    segments = _assembled(without_talk(pieces, words), words)
    for line, following in pairwise(segments):
        sums.drop_sum(line, following)
    return without_chatter(segments, words)


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
            or begins(segments[-1], part, strength, words)
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


def _sums_up(lines: Sequence[Segment], part: Segment, words: Sequence[str]) -> bool:
    """Whether a part only says what the lines before come to: "club £12 a week, carer £48 a week, sixty quid in all"."""
    said = [mark.meaning.pence for mark in part.marks if isinstance(mark.meaning, Money)]
    if len(said) == 1 and said[0] and not _names_help(part, words) and sums.comes_to(lines, said[0]):
        return True
    total = any(isinstance(mark.meaning, Cue) and mark.meaning.name == "total" for mark in part.marks)
    if len(lines) < 2 or part.things or len(said) != 1 or not total:
        return False
    start, end = part.elements[0].start - 2, part.elements[-1].end
    if (
        lines[-1].priced
        and set(words[max(0, start) : end]) & ALTOGETHER
        and all(line.timed or not line.priced for line in lines)
    ):
        return True
    each = [mark.meaning.pence for line in lines for mark in line.marks if isinstance(mark.meaning, Money)]
    return said[0] == sum(pence for pence in each if pence is not None)


def _names_help(part: Segment, words: Sequence[str]) -> bool:
    """Whether a part names what families buy; "his total therefore" is none of it."""
    return any(is_known(words[thing.start : thing.end]) and not is_generic(thing, words) for thing in part.things)


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
    if not line.priced or first is None or (first.speaks and words[first.start] in GENERIC):
        return False
    by_day = bool(part.marks) and part.elements[0] is part.marks[0] and isinstance(part.marks[0].meaning, Days)
    if by_day and len(part.marks) == 1 and any(isinstance(mark.meaning, Days) for mark in line.marks):
        pass  # "Saturdays she has rugby (£2.50), Sundays she has church club (£1)"
    elif (first.told and not first.wanted and not (strength == "and" and is_known(words[first.start : first.end]))) or (
        part.marks and (strength != "and" or part.marks != sharing.how_often(part.marks))
    ):
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


def _is_people(element: Element) -> bool:
    return isinstance(element, Mark) and isinstance(element.meaning, Count) and element.meaning.unit == "person"


def _second_rate(line: Segment, part: Segment) -> bool:
    """A part with an amount and times of its own, and no name: "£12 on weekdays, £15 on Sundays", "£14 for 3 hours in the
    week and £15 for 5 at weekends"."""
    if not line.priced or not part.priced or any(puts_right(part.elements, at) for at in range(len(part.elements) + 1)):
        return False

    def timed(segment: Segment) -> bool:
        return any(isinstance(mark.meaning, Days) for mark in segment.marks)

    def rated(segment: Segment) -> bool:
        return sum(isinstance(mark.meaning, Money) for mark in segment.marks) == 1

    def lasts(segment: Segment) -> bool:
        meanings = [mark.meaning for mark in segment.marks]
        return any(isinstance(one, Count) and one.unit == "hour" and not one.article for one in meanings)

    apart = timed(part) and (timed(line) or (lasts(line) and lasts(part) and rated(line)))
    return apart and rated(part) and bool(line.things or line.named_before)


def _join(line: Segment, part: Segment, stop: Stop | None, strength: Strength | None, words: Sequence[str]) -> None:
    last = line.last
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
        and not _WHOM & set(words[last.start : last.end])
        and not is_sentence(words[part.things[0].start : part.things[0].end])
    ):
        # "arts and crafts", "bike, helmet and lock": one name across the stop.
        whole = Thing(last.start, part.things[0].end, last.placed, last.told, last.wanted, last.refused, last.named)
        line.elements = [element for element in line.elements if element is not last]
        line.elements.append(whole)
        line.elements += [element for element in part.elements if element is not part.things[0]]
    else:
        line.elements += part.elements


_WHOM = {"him", "them"}
""" "Grandad takes him to the match, ticket's £22": a sentence, and what is priced."""
