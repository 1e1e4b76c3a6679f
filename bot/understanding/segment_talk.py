"""Parts of a message that tell something, and ask for nothing: who somebody is, what was, what they like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise, repeat

from bot.understanding.line_known import is_known
from bot.understanding.line_marks import Bare, Count, Cue, Days, Each, Mark, Times, Weeks
from bot.understanding.line_names import is_generic
from bot.understanding.line_words import PRICED_THERE, word_set
from bot.understanding.segment_parts import Element, Segment, Stop, is_price, puts_right
from bot.understanding.sentences import is_sentence, is_told
from bot.understanding.things import Thing


def without_chatter(lines: list[Segment], words: Sequence[str]) -> list[Segment]:
    """Beside a line that is priced, words without a price or a time are talk, unless they say what is wanted too."""
    if not any(line.priced for line in lines):
        lines = [line for line in lines if not line.marks or not _only_ages(line)]
        asked = [line for line in lines if line.marks or any(_known(thing, words) for thing in line.things)]
        return asked or lines

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
                mark
                for mark in line.marks
                if isinstance(mark.meaning, Cue)
                and (
                    mark.meaning.name in _SAID_OF
                    or (mark.meaning.name == "moment" and words[mark.start] in ("every", "each"))
                )
            ]
    return kept


def _known(thing: Thing, words: Sequence[str]) -> bool:
    return thing.named or is_known(words[thing.start : thing.end])


def _only_told(line: Segment, words: Sequence[str]) -> bool:
    """Whether all that is named is told: "she sleeps in with me 7 nights a week"."""
    said = line.things
    return bool(said) and all(
        not thing.wanted and not thing.named and is_told(words[thing.start : thing.end]) for thing in said
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


def without_talk(pieces: list[list[Element]], words: Sequence[str]) -> list[list[Element]]:
    """Without the parts that tell something else, as long as another names a thing."""
    last_said = max(
        (at for at, piece in enumerate(pieces) if any(_says(element, words) for element in piece[1:])), default=0
    )
    pieces = [
        piece
        for at, piece in enumerate(pieces)
        if not (_begs_pardon(piece, words, at == 0) and (at >= last_said or not _fixes(piece)))
        and not (at == 0 and len(pieces) > 1 and _for_whom(pieces, words))
    ] or pieces
    first_price = next((at for at, piece in enumerate(pieces) if any(map(is_price, piece))), len(pieces))
    kept = [
        not _is_talk(piece, words) or (first_price < at and _has_own_price(pieces, at))
        for at, piece in enumerate(pieces)
    ]
    for group in _groups(pieces):
        priced = any(map(is_price, (element for at in group for element in pieces[at])))
        if priced and not any(kept[at] and any(isinstance(e, Thing) for e in pieces[at]) for at in group):
            for at in group:
                kept[at] = kept[at] or _named_apart(pieces[at], words)
    helps = {element.start for piece in pieces for element in piece if _names_help(element, words)}
    for at in range(len(pieces)):
        kept[at] = kept[at] and not _by_the_way(pieces, at, words, helps)
    since = 0
    for at, piece in enumerate(pieces):
        if any(map(is_price, piece)):
            _keep_name(pieces, kept, since, at, words)
            since = at + 1
    left = [piece for piece, stays in zip(pieces, kept, strict=True) if stays]
    return left if any(isinstance(element, Thing) for piece in left for element in piece) else pieces


def _by_the_way(pieces: Sequence[list[Element]], at: int, words: Sequence[str], helps: Set[int]) -> bool:
    """Whether a part without a price or a time names nothing that is known, between a name that is and its price: "home help,
    honestly it's a godsend, £13 an hour". ``helps``: where the names that are known begin."""
    piece = pieces[at]
    if any(_says(element, words) for element in piece) or not any(isinstance(element, Thing) for element in piece):
        return False
    if any(isinstance(element, Thing) and element.wanted and element.named for element in piece):
        return False
    if any(element.start in helps for element in piece) or (at and _is_called(pieces[at - 1], piece, words)):
        return False
    before = next((i for i in range(at - 1, -1, -1) if any(map(is_price, pieces[i]))), -1)
    after = next((i for i in range(at + 1, len(pieces)) if any(map(is_price, pieces[i]))), len(pieces))
    around = [element for i in range(max(before, 0), min(after + 1, len(pieces))) if i != at for element in pieces[i]]
    if after == len(pieces) or not any(isinstance(element, Thing) for element in pieces[after]):
        around = [element for element in around if element.start < piece[0].start] if before >= 0 else around
        if after < len(pieces) and before >= 0:
            around = [element for element in around if element.start >= pieces[before][-1].end]
    return any(element.start in helps for element in around)


def _is_called(before: Sequence[Element], piece: Sequence[Element], words: Sequence[str]) -> bool:
    """ "There's a lady at church, Margaret, who'd sit with him"."""
    people = any(isinstance(e, Thing) and _SOMEBODY & set(words[e.start : e.end]) for e in before)
    return people and all(e.end - e.start == 1 for e in piece)


_SOMEBODY = word_set("lady woman man lad lass girl bloke friend mate neighbour student person cousin fella guy")


def _says(element: Element, words: Sequence[str]) -> bool:
    """Whether a part says something of a line: not so "not the posh one"."""
    if isinstance(element, Mark) and isinstance(element.meaning, Bare):
        return words[element.start] != "one"
    return isinstance(element, Mark) and element.meaning not in (Cue("not"), Cue("about"), Cue("price"))


def _names_help(element: Element, words: Sequence[str]) -> bool:
    """Whether a part of a message names something that families buy, and does not tell of it."""
    if not isinstance(element, Thing):
        return False
    name = words[element.start : element.end]
    said = element.wanted or not (element.speaks or is_sentence(name))
    return said and is_known(name)


def _groups(pieces: Sequence[list[Element]]) -> Iterator[list[int]]:
    """The places of parts that only commas stand between."""
    group: list[int] = []
    for at, piece in enumerate(pieces):
        stop = piece[0] if piece and isinstance(piece[0], Stop) else None
        if group and stop is not None and stop.strength != "comma":
            yield group
            group = []
        group.append(at)
    yield group


def _named_apart(piece: Sequence[Element], words: Sequence[str]) -> bool:
    """ "£13 an hour, 3 hours, for a support worker", "£35 a lesson, for equine therapy": a name behind commas, though it is
    led to as a purpose is."""
    said = [element for element in piece if isinstance(element, Thing) and not element.told]
    return any(thing.named or (words[thing.start - 1] == "for" and _known(thing, words)) for thing in said)


def _keep_name(pieces: Sequence[list[Element]], kept: list[bool], since: int, at: int, words: Sequence[str]) -> None:
    """A price without a name is for what was told last before it: "he does pottery, that's eleven pounds"."""
    named = [i for i in range(since, at + 1) if kept[i] and _named(pieces[i], words)]
    if named and (
        any(_names_well(pieces[i], words) for i in named) or not _better_told(pieces, kept, since, at, words)
    ):
        return
    told = [i for i in range(since, at) if any(isinstance(element, Thing) for element in pieces[i])]
    told = [i for i in told if not _told_of_then(pieces[i], words)] or [i for i in told if _asked(pieces[i], words)]
    if told and any(map(_any_known, pieces, repeat(words))):
        told = [i for i in told if _any_known(pieces[i], words) or _asked(pieces[i], words)]
    plain = [i for i in told if any(isinstance(element, Thing) and not element.placed for element in pieces[i])]
    told = plain or told
    if told and (at + 1 == len(pieces) or not _names_late(pieces[at + 1], words)):
        kept[told[-1]] = True


def _names_well(piece: Sequence[Element], words: Sequence[str]) -> bool:
    """Whether what a part names may well be the name: it is wanted, or "a" something, or known, and not only where one pays."""
    said = [element for element in piece if isinstance(element, Thing) and not is_generic(element, words)]
    return any(
        thing.wanted
        or (words[thing.start - 1] in ("a", "an") and not thing.placed)
        or (is_known(words[thing.start : thing.end]) and not _pays_there(thing, words))
        for thing in said
    )


def _pays_there(thing: Thing, words: Sequence[str]) -> bool:
    """ "three pound on the door"."""
    return thing.placed and words[thing.end - 1] in PRICED_THERE


def _better_told(
    pieces: Sequence[list[Element]], kept: Sequence[bool], since: int, at: int, words: Sequence[str]
) -> bool:
    """Whether something known was told before a price, of which nothing known is named: "daft as a brush but the dog trainer
    thinks she'd do it. £50 a lesson"."""
    return any(
        not kept[i] and _any_known(pieces[i], words) and not _told_of_then(pieces[i], words) for i in range(since, at)
    )


def _any_known(piece: Sequence[Element], words: Sequence[str]) -> bool:
    """Whether a part names something that families buy."""
    return any(isinstance(element, Thing) and is_known(words[element.start : element.end]) for element in piece)


def _named(piece: Sequence[Element], words: Sequence[str]) -> bool:
    said = [element for element in piece if isinstance(element, Thing) and not is_generic(element, words)]
    return any(not thing.placed or thing.wanted or thing.named for thing in said) or (
        bool(said) and any(map(is_price, piece))
    )


def _asked(piece: Sequence[Element], words: Sequence[str]) -> bool:
    """ "We've asked Jade. She wants £10 an hour"."""
    start = piece[0].end if isinstance(piece[0], Stop) else 0
    return "asked" in words[start : start + 3]


def _names_late(piece: Sequence[Element], words: Sequence[str]) -> bool:
    """Whether a part holds the name of a price before it: "it's £6, the club"."""
    said = [element for element in piece if isinstance(element, Thing)]
    known = _any_known(piece, words)
    late = any((thing.named or known) and not thing.told and not thing.placed for thing in said)
    return late and not any(map(is_price, piece))


def _has_own_price(pieces: Sequence[list[Element]], at: int) -> bool:
    """Whether a name, after a line with its own price, has one in the part behind it: "swing (£90) with a net (£20)"."""
    said = [element for element in pieces[at] if isinstance(element, Thing)]
    following = pieces[at + 1] if at + 1 < len(pieces) else []
    first = pieces[at][0]
    joined = isinstance(first, Stop) and first.strength == "and"
    apart = bool(said) and not said[0].told and (joined or (said[0].placed and said[0].named))
    own = any(map(is_price, following)) and not any(isinstance(element, Thing) for element in following)
    return apart and own and not puts_right(following, next(at for at, e in enumerate(following) if is_price(e)))


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
        thing.told or thing.placed or is_sentence(words[thing.start : thing.end]) for thing in said
    )
    if not told and not (lead in ("are", "theres", "is") and not said):
        return False
    return not any(isinstance(element, Mark) and _says_when(element) for element in own) and not _so_often(own)


def _so_often(own: Sequence[Element]) -> bool:
    """ "six a year, because …"."""
    meanings = [element.meaning if isinstance(element, Mark) else None for element in own]
    return any(
        isinstance(one, Bare) and isinstance(other, Count) and other.article for one, other in pairwise(meanings)
    )


def _told_of_then(piece: Sequence[Element], words: Sequence[str]) -> bool:
    """ "We tried it in the summer", "last time we asked for 4 hours": what was, whatever times it names."""
    start = piece[0].end if isinstance(piece[0], Stop) else 0
    said = list(words[start : start + 4])
    if said[:1] == ["last"]:
        said = said[2:]
    return len(said) > 1 and said[0] in _THEY and said[1] in _DID | _LIVES


def _begs_pardon(piece: Sequence[Element], words: Sequence[str], first: bool) -> bool:
    """ "Sorry about the noise", "excuse my typing", "ignore the dog". ``first``: the message begins with the part."""
    stop = piece[0] if piece and isinstance(piece[0], Stop) else None
    says = any(
        _says(element, words) and element.meaning != Cue("fix") for element in piece if isinstance(element, Mark)
    )
    if (stop is None and not first) or says:
        return False
    start = stop.end if stop is not None else 0
    return bool(_SORRY & set(words[start : start + 1])) and bool(_ABOUT_WHAT & set(words[start + 1 : start + 2]))


def _fixes(piece: Sequence[Element]) -> bool:
    return any(isinstance(element, Mark) and element.meaning == Cue("fix") for element in piece)


def _for_whom(pieces: Sequence[Sequence[Element]], words: Sequence[str]) -> bool:
    """ "For Ellie, a carer …": a first part that only says whom it is all for; "for zorbing, £15" names what it is."""
    thing = pieces[0][0] if len(pieces[0]) == 1 else None
    if not isinstance(thing, Thing):
        return False
    if words[0] == "for" and words[thing.end : thing.end + 1] == [":"]:
        return any(isinstance(element, Thing) for element in pieces[1])  # "for his blood sugar kit: pouches, £16 each"
    if thing.end - thing.start > 2 or (not thing.placed and thing.start > 1):
        return False
    named = any(
        isinstance(element, Thing)
        and (is_known(words[element.start : element.end]) or not (element.told or element.placed))
        for piece in pieces[1:]
        for element in piece
    )
    return named and "for" in words[: thing.start] and not is_known(words[thing.start : thing.end])


_SORRY = word_set("sorry excuse scuse pardon ignore forgive apologies")
_ABOUT_WHAT = word_set("i im ive its hes shes were about for my me the if any all")
_THEY = word_set("we i he she they it")
_LIVES = word_set("sleeps wakes lives eats weighs")
_DID = word_set(
    "tried went did asked had spoke looked saw came loved cried hated started waited visited stopped rang phoned moved lost"
)


def _says_when(mark: Mark) -> bool:
    """Whether a phrase says how long, how often or in what part of the year, as it would be said of help."""
    meaning = mark.meaning
    if isinstance(meaning, Count):
        return meaning.unit not in ("person", "month", "year")
    names = ("one_off", "term_time", "holidays", "vague", "fix", "all_year", "both_ways")
    return not isinstance(meaning, (Cue, Bare)) or (isinstance(meaning, Cue) and meaning.name in names)
