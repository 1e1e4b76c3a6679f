"""The parts of a message, cut further where it is said without stops: "swimming £5 gym £20 a month"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.line_marks import Count, Cue, Days, Each, Mark, Times
from bot.understanding.line_words import word_set
from bot.understanding.segment_parts import MOST_ELEMENTS, Element, Stop, cue_at, is_price, puts_right
from bot.understanding.things import Thing

_SEASONS = (Cue("term_time"), Cue("holidays"), Cue("moment"), Cue("break"), Cue("some_weeks"))


def led_by_days(pieces: list[list[Element]], words: Sequence[str]) -> list[list[Element]]:
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
        if (
            (season and sentence and named)
            or (leads and not timed and _when_we_go(piece, words))
            or (leads and not timed and ((only_days and told) or (only_often and colon)))
        ):
            pieces[at + 1] = [*piece, *(element for element in following if not isinstance(element, Stop))]
        else:
            led.append(piece)
        told = told or any(isinstance(meaning, Days) for meaning in marks)
    return led


def _when_we_go(piece: Sequence[Element], words: Sequence[str]) -> bool:
    """ "And when we go, which is once a month, | parking is £4.50": how often what follows is."""
    own = [element.meaning for element in piece if isinstance(element, Mark)]
    said = [meaning for meaning in own if not isinstance(meaning, Cue)]
    often = bool(said) and all(
        isinstance(one, (Days, Each, Times)) or (isinstance(one, Count) and one.article) for one in said
    )
    if not often or len(own) + 1 < len(piece) or not isinstance(piece[0], Stop):
        return False
    start = piece[0].start
    while start and words[start - 1] not in (".", ";", "!", "?") and piece[0].start - start < _SOON:
        start -= 1
    return bool({"when", "whenever"} & set(words[start : start + 3]))


_SOON = 8


def without_stops(piece: list[Element], words: Sequence[str]) -> list[list[Element]]:
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
    if at < 2 or not set(words[piece[max(0, at - 3)].start : piece[at].end + 2]) & ALTOGETHER:
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


ALTOGETHER = word_set("altogether total overall together")
