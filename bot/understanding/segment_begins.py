"""Whether a part of a message begins a new line after the one before it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding import sharing
from bot.understanding.line_known import is_known
from bot.understanding.line_marks import Bare, Cue, Money
from bot.understanding.line_names import NOT_SAID, is_generic
from bot.understanding.line_words import PRICED_THERE, word_set
from bot.understanding.segment_parts import Segment, Strength, cue_at, is_price, is_put_right
from bot.understanding.sentences import is_sentence
from bot.understanding.thing_words import EMPTY, GENERIC, IT_OR_US
from bot.understanding.things import Thing


def begins(line: Segment, part: Segment, strength: Strength | None, words: Sequence[str]) -> bool:
    """Whether ``part`` begins a new line after ``line``."""
    if not part.things or (not _has_name(line) and line.named_before is None):
        # Words without a thing belong to the line before, and the first thing to amounts that had none.
        summed_up = bool(part.things) and words[part.elements[0].start] in ("thats", "which", "being")
        stands = any(is_price(mark) and not is_put_right(line, mark) for mark in line.marks)
        apart = strength == "sentence" or any(cue_at(part.marks, at) == "one_off" for at in range(len(part.marks)))
        return bool(part.things) and stands and part.priced and not summed_up and apart
    first = part.things[0]
    if not (line.priced and part.priced) and is_generic(first, words):
        return False
    named = any(not thing.speaks for thing in line.things)
    alone = len(part.things) == 1 or (not line.priced and all(thing.placed for thing in part.things[1:]))
    if first.speaks and alone and (not line.priced or not part.priced) and named:
        return False  # "trampoline repairs. Man says £85 to fix the lot"
    if not (line.priced or line.timed) and cue_at(part.elements, 0) == "fix":
        return False  # "a buggy board, no wait, the pushchair"
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
    if line.things and not (line.timed or part.priced) and _says_its_days(part, words):
        return False  # "wheelchair rugby, £4. Training is Thursday nights"
    if not line.priced and part.priced and not first.wanted and _speaks_of_before(first, words):
        return False
    if not line.priced and part.priced and _tells_of_it(line, first, words):
        return False
    there = first.placed and words[first.end - 1] in PRICED_THERE and "for" not in words[first.start - 2 : first.start]
    if line.priced and part.priced and there and len(part.things) == 1:
        return False  # "£6 on the leaflet and £8 on the website"; not "and £7 for the reading app"
    again = not first.named or words[first.start - 1] == "the"
    if line.priced != part.priced and again and _repeats(line, first, words):
        return False  # "Sooz has her on Wednesdays, I'd pay Sooz £10 an hour"
    told = bool(line.things) and all(thing.told or thing.wanted for thing in line.things)
    if not line.priced and strength == "comma" and told and line.timed and _is_its_price(part, words):
        return False  # "I want to see my mates on a Friday, pizza's a tenner"
    nameless = not any(_names(thing, words) for thing in line.things) and not (line.timed and _named_by_asker(line))
    if line.priced and not part.priced and part.marks and nameless:
        return False
    if not line.priced and _completes(line, part, words):
        return False
    if line.priced and _all_put_right(part):
        return False  # "£500, but his nan pays half, so we only need £250"
    if line.priced and part.priced and line.things and words[part.elements[0].start - 1] == "or":
        return False  # "reflexology, £28, or £32 if she comes to us"
    if line.priced and part.priced and _is_replaced(line) and _only_reprices(part, first, words):
        return False  # "normally £32 a month, but with his card it's £19"
    if part.priced:
        if not line.marks and strength != "sentence":
            return _list_item(line, first, strength)
        return not (first.placed and not line.priced)
    if (first.placed or first.told or is_sentence(words[first.start : first.end])) and not first.wanted:
        return False
    if strength == "and" and isinstance(line.last, Thing) and line.priced and _bare_name(part, words):
        return False  # "£5 for stay and play on Fridays"
    if _says_when(line, part, first, words):
        return False
    if part.marks:
        if line.priced and not line.timed and not _sooner(first, part) and not (first.named or first.wanted):
            return False  # "…£12 an hour, 2 hours a week would be bliss"
        return bool(line.marks) or first.named or first.wanted
    if not line.marks:
        two_names = strength == "and" and min(_length(line.things[-1]), _length(first)) > 1 if line.things else False
        return strength == "sentence" or first.named or first.wanted or two_names
    if isinstance(line.last, Thing) and strength == "and":
        # "£15 a week for arts and crafts": the price was said of both.
        return first.named or first.wanted
    return strength in ("and", "sentence") or first.named or first.wanted


def _speaks_of_before(thing: Thing, words: Sequence[str]) -> bool:
    """ "a communication book, the lady in Hexham makes them for £58", "help to clean the house. The woman asks £15 an hour"."""
    name = words[thing.start : thing.end]
    known = len(name) == 1 and name[0] in _SOMEBODY and words[thing.start - 1] == "the"
    return known or bool(_MAKING & set(name) and _IT & set(name))


def _tells_of_it(line: Segment, first: Thing, words: Sequence[str]) -> bool:
    """ "Hydrotherapy pool hire. They split it between us families so our share is £11", "Bellringing! The captain takes them
    on a Tuesday for £4"."""
    named = any(not thing.told and is_known(words[thing.start : thing.end]) for thing in line.things)
    title = line.things[0] if len(line.things) == 1 and not line.marks else None
    opens = title is not None and title.start <= 1 and title.end - title.start <= _TITLE and not title.told
    name = words[first.start : first.end]
    told = opens or (named and first.told and not is_known(name))
    return told and not first.wanted and bool(IT_OR_US & {*name[1:], *words[first.end : first.end + 1]})


_TITLE = 2
"""Words that may open a message as its heading."""


_SOMEBODY = word_set("woman lady man lad lass girl guy bloke person")
_MAKING = word_set("makes make does do sells sell fits builds prints knits sews stocks has")
_IT = word_set("them it one these those all")


def _says_its_days(part: Segment, words: Sequence[str]) -> bool:
    """Whether a part says when what was named takes place, and nothing else."""
    often = bool(sharing.how_often(part.marks)) and len(part.things) == 1
    return often and words[part.things[0].start : part.things[0].end][-1] in _TAKING_PLACE and not part.things[0].wanted


_TAKING_PLACE = word_set(
    "training practice practices rehearsal rehearsals sessions classes lessons matches meetings games"
)


def _asks_back(part: Segment, first: Thing, words: Sequence[str]) -> bool:
    """Whether a part only says that somebody has not named a price."""
    prices = [mark for mark in part.marks if is_price(mark)]
    unknown = bool(prices) and all(mark.meaning == Money(None, "amount") for mark in prices)
    if not unknown or first.wanted or first.named:
        return False
    talk = any(word in EMPTY for word in words[first.start : first.end])  # "still waiting to hear what they charge"
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
    said = {word for known in line.things for word in words[known.start : known.end]} - EMPTY - GENERIC
    named = set(words[thing.start : thing.end]) - EMPTY - GENERIC
    return bool(said & named) and (named <= said or len(named) > _SHORT_NAME)


_SHORT_NAME = 3
"""Words. "Night carer … Day carer" are two; in more words somebody named is told of again."""


def _is_its_price(part: Segment, words: Sequence[str]) -> bool:
    """Whether a part says what something is, "X is £5", and neither how often nor how long."""
    if part.timed or part.elements[0] is not part.things[0] or len(part.things) > 1 or part.things[0].wanted:
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
    return all(is_put_right(line, line.marks[at]) or cue_at(line.marks, at + 1) in ("usual", "now") for at in prices)


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


def _length(thing: Thing) -> int:
    return thing.end - thing.start


def _list_item(line: Segment, first: Thing, strength: Strength | None) -> bool:
    """After a bare name: "a trike and a trampoline £90" are two, "arts and crafts £5" and "piano, half hour lesson £9" one."""
    return (first.named or first.wanted) and strength is not None and not first.placed
