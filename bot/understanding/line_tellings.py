"""Clauses that tell of people's lives, whatever numbers and days are in them: "my mum's 78", "weekends are hard for us".

They stay as words that may still name something ("he does pottery, that's eleven pounds"), but what they say of times is
not said of the help: "My husband is away Monday to Friday".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.understanding.line_marks import Bare, Count, Cue, Days, Each, Mark, Money, Times
from bot.understanding.line_talk import tells_of_money
from bot.understanding.line_words import DAYS, PERIODS, word_set
from bot.understanding.segment_parts import Element, Stop
from bot.understanding.things import Thing

_REASONS = word_set("so because cos coz")
"""Words that part clauses without a stop."""

_BECAUSE = word_set("because cos coz")
_OPENING = word_set(
    "and but so because cos coz since as well then also just honestly basically sometimes often usually mostly though obviously "
    "sorry ok right yeah um er like only even our the my his her their your a an big little "
    "older elder eldest oldest younger youngest baby"
)
"""Words that a clause may begin with before who it is about."""

_PEOPLE = word_set(
    "mum mums mam mams mother mothers dad dads father husband husbands hubby wife wifes partner partners son sons daughter "
    "daughters lad lads boy boys girl girls brother brothers sister sisters nan nans gran grans grandma grandmas grandad grandads "
    "granny twins kids baby teacher teachers gp doctor doctors consultant ot school council bus buses train social meds medication "
    "tablets bedtime shift shifts bloke ex family house flat car van boiler"
)
"""Who and what is told of, and not paid."""

_PERSON = word_set("i im ive he hes she shes we were weve they theyve theyre")
_BEGINNING = word_set("theres my our his its")
"""Behind an amount or a time these begin something else, stop or none; so does whom it is about."""

_AS_WHO = {
    "as": word_set("you i im ive he hes she shes we they theyre my his her our"),
    "since": word_set("i im ive he hes she shes we they theyre my his her our the it"),
}
"""Before these, "as" and "since" begin a reason: "as I can't leave him"."""

_BEING = word_set("is are was were be am been isnt arent wasnt werent")
_BEING_SAID = word_set("im hes shes were theyre ive weve")
_AFTER_WE = word_set("in on at up away off both all not so very out under over between stuck skint full")
""" "we're in a flat", whose "are" is gone by now."""

_TELLING = word_set(
    "lives live lived sleeps sleep slept wakes woke hits hit lasted lasts broke breaks sits sit cries cry cried lost died passed weighs "
    "wears bites bit screams melts struggles manage manages concentrate concentrates focus focuses hates hated grew fell kicked lashes "
    "bangs kicks punches eats ate drinks wees poos soils wets bolts absconds masks copes coped cope hides knows knew remember forgot"
)
"""Verbs of clauses that say nothing of help, whoever it is that they tell of."""

_TELLING_OF_US = word_set(
    "leave leaves leaving work works lift lifted carry carried runs ran started stopped moved turned did came left went let met said told asked waited visited saw heard looked wrote ring phone "
    "email rang phoned emailed tried"
)
"""Verbs that say nothing of help when it is the family, or the world around it, that they tell of; "the club runs on Saturdays"."""

_MAY = (["to"], ["can"], ["could"], ["would"], ["might"], ["wed"], ["id"])
""" "I'd manage two weekends a month" says how often help is wanted."""

_US = word_set("i im ive we weve")

_NEGATED = word_set("dont doesnt cant cannot couldnt never wont wouldnt didnt havent hasnt hadnt")

_WANTING = word_set(
    "want wants wanted wanting need needs needing require requires requiring would like love after looking hoping thinking fancy fancies use uses pay pays paid paying book help "
    "getting please could have has there here coming comes come doing does do did starting going goes go gone attends able "
    "free available promised booked happy get gets got take takes took cost costs charges charge"
)
"""Words of clauses that may well speak of help, though they are told."""

_ASKING = word_set(
    "want wants wanted wanting need needs needing require requires requiring would like love looking hoping thinking fancy pay pays book help please could"
)
_OF_THE_DAY = word_set("day morning evening night afternoon week weekend bedtime meal mealtime")
_ALWAYS_TOLD = word_set(
    "appointment appointments seizures fits meds friends siblings dogs cats bedrooms jobs operations"
)
_HARD = word_set(
    "hard worst best tough bad difficult nightmare hell awful horrible long quiet stressful busy tricky worse his her my our when"
)
_OLDEST = 99
"""Years; a number above tells of nobody's age."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIRST_WORDS = 10
_LONGEST = 30
"""Words of a clause that are looked at for money told of; nobody tells of it in more."""


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    stop: Stop | None


def without_tellings(elements: Sequence[Element], words: Sequence[str]) -> list[Element]:
    """``elements`` without the times and bare numbers of clauses that only tell; the things in them marked as told."""
    clauses = list(_clauses(elements, words))
    inside: dict[int, list[Element]] = {at: [] for at in range(len(clauses))}
    kept: list[Element] = []
    at = 0
    for element in elements:
        while at + 1 < len(clauses) and element.start >= clauses[at].end:
            at += 1
        inside[at].append(element)
    telling = named = priced = False
    only_told = True  # of the sentence so far
    for at, clause in enumerate(clauses):
        own = inside[at]
        following = inside.get(at + 1, [])
        if _tells_of_money(clause, own, words):
            telling = True
            continue
        stop = clause.stop if clause.stop is not None and clause.stop.start == clause.start else None
        only_told = only_told or (stop is not None and stop.strength == "sentence")
        goes_on = telling and only_told and _goes_on(clause, own, words)
        telling = (
            (_tells(clause, own, words, telling) or goes_on)
            and not _prices_it(following)
            and not _meant_later(clause, words)
        )
        only_told = only_told and telling
        timed = any(isinstance(element, Mark) for element in own)
        if named and priced and _only_reason(clause, own, words) and not _prices_it(following):
            continue
        named = named or any(isinstance(element, Thing) for element in own)
        priced = priced or any(_is_priced(element) for element in own)
        if (telling and timed) or (
            words[clause.start] in _BECAUSE and words[clause.start + 1 :][:1] != ["of"] and not _of_help(own)
        ):
            kept += [_as_told(element) for element in own if not isinstance(element, Mark)]
        elif (words[clause.start] in _BECAUSE or _asks(clause, words)) and not any(
            _is_priced(element) for element in own
        ):
            kept += [_as_told(element) for element in own]
        else:
            kept += own
    return kept


def _goes_on(clause: _Clause, own: Sequence[Element], words: Sequence[str]) -> bool:
    """ "He has seizures, about three a month.": the end of a sentence that names nothing new, behind a clause that tells."""
    comma = clause.stop is not None and clause.stop.strength == "comma"
    ends = clause.end >= len(words) or words[clause.end] in (".", ";", "!", "?")
    marks = [element.meaning for element in own if isinstance(element, Mark)]
    named = any(isinstance(element, Thing) for element in own)
    return comma and ends and not named and not any(_priced(meaning) for meaning in marks)


def _only_reason(clause: _Clause, own: Sequence[Element], words: Sequence[str]) -> bool:
    """ "…, every Thursday so we all get a break": a reason, which says nothing of what was named and priced before it."""
    led = words[clause.start : clause.start + 2]
    if len(led) < 2 or led[0] not in _REASONS or led[1] not in _PERSON | {"it", "its"}:
        return False
    said = any(isinstance(element, Mark) and element.meaning != Cue("total") for element in own)
    wanted = any(isinstance(element, Thing) and element.wanted for element in own)
    return not said and not wanted


def _meant_later(clause: _Clause, words: Sequence[str]) -> bool:
    """ "I'm on the tills 4 till 8, so a childminder them hours"."""
    later = pairwise(words[clause.end : clause.end + _LONGEST])
    return any(first in ("them", "those", "these", "same") and second in _HOURS for first, second in later)


_HOURS = word_set("hours times days nights evenings mornings")


def _clauses(elements: Sequence[Element], words: Sequence[str]) -> Iterator[_Clause]:
    """The message cut at its stops and before "so" and "because"."""
    stops = {element.start: element for element in elements if isinstance(element, Stop)}
    taken = {at for element in elements if isinstance(element, Thing) for at in range(element.start + 1, element.end)}
    ends = {element.end for element in elements if isinstance(element, Mark)}
    start, stop = 0, None
    for at, word in enumerate(words):
        begun = (word in _REASONS and at not in taken) or (at in ends and word in _PERSON | _BEGINNING)
        after = set(words[at + 1 : at + 2])
        begun = begun or (at not in taken and bool(after & _AS_WHO.get(word, frozenset())))
        if at > start and (at in stops or begun):
            yield _Clause(start, at, stop)
            start = at
        stop = stops.get(at, stop if at > start else None)
    yield _Clause(start, len(words), stop)


def _tells(clause: _Clause, own: Sequence[Element], words: Sequence[str], before: bool) -> bool:
    said = words[clause.start : clause.end]
    if clause.stop is not None and clause.stop.start == clause.start:
        said = said[1:]
    marks = [element.meaning for element in own if isinstance(element, Mark)]
    if not said or any(_priced(meaning) for meaning in marks) or _bare_rate(own):
        return False
    first = next((at for at, word in enumerate(said) if word not in _OPENING), len(said))
    rest = list(said[first : first + _FIRST_WORDS])
    if not rest:
        return False
    joined = clause.stop is not None and clause.stop.strength == "and"
    if before and joined and rest[0] not in _PERSON and said[0] not in ("a", "an", "some", "the"):
        timed = any(isinstance(meaning, (Count, Days, Each, Times)) for meaning in marks)
        return not timed or rest[0].endswith(("s", "ed"))
    return _of_people(rest, marks) or _of_days(rest, marks) or _of_there(rest, marks)


def _of_people(rest: Sequence[str], marks: Sequence[object]) -> bool:
    """ "I'm up with him 5 times a night", "Dad lives 200 miles away", "the social worker came last Tuesday"."""
    if any(meaning in (Cue("term_time"), Cue("holidays"), Cue("moment"), Cue("fix")) for meaning in marks):
        return False
    counted = any(isinstance(meaning, Count) and meaning.unit == "item" for meaning in marks)
    if counted and any(isinstance(meaning, (Count, Each)) and meaning.unit in PERIODS for meaning in marks):
        return False  # "he's through two pairs a year"
    ours = rest[0] in _US or rest[0] in _PEOPLE
    verb = next(
        (
            at
            for at, word in enumerate(rest[:4])
            if (word in _TELLING or (ours and word in _TELLING_OF_US)) and rest[at - 1 : at] not in _MAY
        ),
        None,
    )
    said = rest[verb] in ("said", "told", "asked") if verb is not None else False
    if said and any(isinstance(meaning, Count) and meaning.unit == "session" for meaning in marks):
        return False  # "and we said 20 lessons"
    helps = bool(_ASKING & set(rest[: verb if verb is not None else len(rest)]))
    if verb is not None and verb > 0 and not helps:
        return True
    person = rest[0] in _PERSON or rest[0] in _PEOPLE
    if not person:
        return False
    if rest[0] in ("it", "that") or _ALWAYS_TOLD & set(rest):
        return bool(_ALWAYS_TOLD & set(rest))
    if rest[1:3] in (["can", "do"], ["only", "does"], ["could", "do"]) and {"before", "then"} & set(rest):
        return True
    if rest[:2] == ["they", "on"] and any(isinstance(meaning, (Count, Days, Each, Times)) for meaning in marks):
        return False  # "… and they're on once a month": a club's times
    if _NEGATED & set(rest[:3]) and not {"know", "sure", "how", "more"} & set(rest):
        return True
    if rest[0] in _OTHERS and rest[1:2] and rest[1] in _PEOPLE and rest[2:3] in (["gets"], ["got"], ["has"], ["had"]):
        return True  # "my sister's lad gets twenty hours a week"
    being = (
        rest[0] in _BEING_SAID
        or bool(_BEING & set(rest[1:3]))
        or (rest[0] in ("we", "they") and rest[1:2] and rest[1] in _AFTER_WE)
    )
    number = any(isinstance(meaning, Bare) for meaning in marks)
    possessive = rest[0] in _PEOPLE and rest[0].endswith("s") and (number or rest[1:2] in _IS_SO)
    return (bool(being) or possessive) and not (_WANTING & set(rest[1:]))


_OTHERS = word_set("sisters brothers cousins mates friends neighbours")
_IS_SO = (["a"], ["an"], ["at"], ["in"], ["on"], ["off"], ["away"], ["not"], ["got"], ["working"], ["out"])
"""Behind "dad's" these say what he is, or where."""


def _of_days(rest: Sequence[str], marks: Sequence[object]) -> bool:
    """ "Mondays are the worst"."""
    day = rest[0] in DAYS or rest[0] in ("weekends", "weekend", "nights", "evenings", "mornings", "holidays")
    timed = any(isinstance(meaning, Count) for meaning in marks)
    if rest[0] in ("every", "each") and len(rest) > 3 and rest[1] in _OF_THE_DAY and rest[2] in _BEING:
        return not timed and rest[3] in _HARD | {"a", "like", "so", "different"}  # "every morning is a battle"
    return day and len(rest) > 2 and rest[1] in _BEING and bool(_HARD & set(rest[2:5])) and not timed


def _of_there(rest: Sequence[str], marks: Sequence[object]) -> bool:
    """ "there are 12 in his class"."""
    marks = [meaning for meaning in marks if meaning not in (Cue("price"), Cue("about"))]
    people = all(
        isinstance(meaning, Bare) or (isinstance(meaning, Count) and meaning.unit == "person") for meaning in marks
    )
    return (
        people
        and (rest[0] == "theres" or rest[:2] in (["there", "are"], ["there", "is"]))
        and bool({"in", "at"} & set(rest[2:5]))
    )


def _asks(clause: _Clause, words: Sequence[str]) -> bool:
    """ "does that count", typed without its question mark."""
    start = clause.start + (clause.stop is not None and clause.stop.start == clause.start)
    first, second = [*words[start : start + 2], "", ""][:2]
    return first in ("does", "do", "did", "is", "are", "was", "should", "am") and second in _ASKED_OF


_ASKED_OF = word_set("that it this they you i we he she these those")


def _tells_of_money(clause: _Clause, own: Sequence[Element], words: Sequence[str]) -> bool:
    """ "we've been awarded £3,000", "is £40 a week a lot": an amount, and nothing bought for it."""
    amounts = [element for element in own if isinstance(element, Mark) and isinstance(element.meaning, Money)]
    named = any(isinstance(element, Thing) and not element.told for element in own)
    if len(amounts) != 1 or clause.end - clause.start > _LONGEST:
        return False
    start = clause.start + (clause.stop is not None and clause.stop.start == clause.start)
    behind = list(words[amounts[0].end : clause.end])
    behind = behind[: behind.index("if")] if "if" in behind else behind  # "… for £12.80 if that's ok"
    said = [*words[start : amounts[0].start], "MONEY", *behind]
    return tells_of_money(" ".join(said), named)


def _of_help(own: Sequence[Element]) -> bool:
    """Whether a reason runs on into what is paid for, as in speech without stops: hours or an amount are said in it."""
    return _bare_rate(own) or any(
        _is_priced(element)
        or (
            isinstance(element, Mark)
            and isinstance(element.meaning, Bare)
            and (element.meaning.figure.value or 0) > _OLDEST
        )
        or (isinstance(element, Mark) and isinstance(element.meaning, Count) and element.meaning.unit != "person")
        for element in own
    )


def _is_priced(element: Element) -> bool:
    return isinstance(element, Mark) and _priced(element.meaning)


def _priced(meaning: object) -> bool:
    return isinstance(meaning, Money) or meaning == Cue("free")


def _bare_rate(own: Sequence[Element]) -> bool:
    """Whether a number without a sign is an amount by its looks: "13.50", "12 an hour"."""
    for at, element in enumerate(own):
        if not isinstance(element, Mark) or not isinstance(element.meaning, Bare):
            continue
        figure = element.meaning.figure
        following = own[at + 1] if at + 1 < len(own) else None
        meaning = following.meaning if isinstance(following, Mark) and following.start == element.end else None
        rate = isinstance(meaning, Each) or (isinstance(meaning, Count) and meaning.article)
        large = figure.whole is not None and figure.whole > _OLDEST and not _FIRST_YEAR < figure.whole < _LAST_YEAR
        if figure.decimals == 2 or figure.pair is not None or rate or large:
            return True
    return False


def _prices_it(following: Sequence[Element]) -> bool:
    """Whether what follows is a price without a name, which then is of what is told here."""
    priced = any(_is_priced(element) for element in following)
    return priced and not any(isinstance(element, Thing) for element in following)


def _as_told(element: Element) -> Element:
    return replace(element, told=True, wanted=False, named=False) if isinstance(element, Thing) else element
