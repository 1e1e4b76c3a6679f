"""Phrases that say how to take the amounts and times around them: totals, corrections, what is only an aside."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from bot.understanding.line_marks import Aside, Cue, Meaning
from bot.understanding.line_words import UNITS, word_set
from bot.understanding.phrases import (
    Phrase,
    always,
    class_after,
    class_before,
    words_after,
    words_before,
)
from bot.understanding.thing_words import FILLERS

if TYPE_CHECKING:
    from spacy.tokens import Span


def _comes_to(span: Span) -> Meaning | None:
    """ "which comes to £36"; not "she comes to the house"."""
    sum_follows = class_after(span) in ("NUMBER", "NOTE", "FOREIGN") or words_after(span)[:1] in _BEFORE_SUM
    return Cue("total") if sum_follows else None


_BEFORE_SUM = (["£"], ["about"], ["around"], ["roughly"], ["just"], ["nearly"], ["a"], ["like"])


def _lifts(span: Span) -> bool:
    """ "my neighbour gives us lifts to physio", "school gave us a leaflet for a steel pan group"; not "it gives me two hours"."""
    return bool(_GIVEN & set(words_after(span, 2)))


_GIVEN = word_set(
    "lift lifts ride rides leaflet leaflets flyer letter number numbers card quote list name names website link details poster"
)


def _the_lot(span: Span) -> Meaning | None:
    """ "£35 the lot" is paid once; behind several amounts it is their sum."""
    amounts = 0
    for token in reversed(span.doc[max(0, span.start - 2 * _SOON) : span.start]):
        if token.norm_ in ("and", "plus", ".", ";", "then"):
            break
        amounts += token.norm_ == "£" or token.ent_type_ in ("POUNDS", "NOTE")
    return Cue("total") if amounts > 1 else Cue("lot")


def _at(span: Span) -> Meaning | None:
    """ "3 hours at 12", "at about £14"; not "looking at £300"."""
    skip = 1 if set(words_after(span)) & _ABOUT else 0
    following = words_after(span, skip + 1)[skip:]
    amount = class_after(span, skip) in ("NUMBER", "NOTE", "FOREIGN") or following in (["£"], ["a"])
    return Cue("about" if words_before(span) == ["looking"] else "at") if amount else None


_SAID_AT_MOST = ("NUMBER", "POUNDS", "PENCE", "NOTE", "UNIT")
""" "twenty quid tops"; not "wide-neck tops"."""

_ABOUT = word_set("about around roughly approx say only just like nearly maybe circa almost")


def _on(span: Span) -> Meaning | None:
    """ "the PA's on £13": what somebody earns."""
    after = words_after(span, 2)
    figure = span.doc[span.end]._.figure if class_after(span) == "NUMBER" else None
    amount = after[:1] == ["£"] or (figure is not None and (figure.decimals == 2 or figure.pair is not None))
    return Cue("at") if amount else None


def _no(span: Span) -> Meaning | None:
    """ "no 14 an hour", "on Mondays no Tuesdays": a no that puts right, at the start of a part or before a number or day."""
    before, after = words_before(span), class_after(span)
    if words_after(span) == ["one"] and class_after(span, 1) not in ("UNIT", "POUNDS"):
        return None  # "no one old please"
    if not before or words_after(span)[:1] == ["£"]:
        return Cue("fix") if before else None
    often = words_after(span)[:1] in (["every"], ["each"], ["once"], ["twice"]) or after == "ADVERB"
    return Cue("fix") if after in ("NUMBER", "DAY", "NOTE") or often else None


def _well(span: Span) -> Meaning | None:
    """ "A fiver. Well, £5.50."; "well" elsewhere only begins a sentence."""
    figure = span.doc[span.end]._.figure if class_after(span) == "NUMBER" else None
    amount = words_after(span) == ["£"] or (figure is not None and figure.decimals == 2)
    as_well = words_before(span) == ["as"]  # "laundry help as well, £12"
    return Cue("fix") if span.start and amount and not as_well else None


def _opens(span: Span) -> bool:
    """Whether a phrase opens the message: "ok so it's £20 for swimming" sums up nothing."""
    return all(token.norm_ in FILLERS for token in span.doc[: span.start])


def _so(span: Span) -> Meaning:
    """ "3 hours at £12, so £36"; "so we know he's up" sums up nothing."""
    if _opens(span):
        return Aside(drop=True)
    soon = list(takewhile(lambda token: token.norm_ not in _ENDS, span.doc[span.end : span.end + _SOON]))
    sum_follows = any(token.norm_ == "£" or token.ent_type_ in ("NUMBER", "POUNDS", "NOTE") for token in soon)
    return Cue("total") if sum_follows else Aside(drop=True)


_ENDS = (".", ";", "!", "?")


def _sorry(span: Span) -> Meaning | None:
    return Cue("fix") if span.start else None


def _what_there_is(span: Span) -> Meaning | None:
    """ "we have £3,000 and want a PA": money there is; not "can I have £20 and"."""
    asked = words_before(span)[:1] in (["can"], ["could"], ["may"], ["would"], ["should"])
    return (
        Aside(drop=True)
        if words_after(span)[:1] in (["and"], ["so"], ["left"], ["to"], ["spare"]) and not asked
        else None
    )


def _left_in(span: Span) -> Meaning | None:
    """ "there's £900 in the pot"; not "I chuck £3.50 in the pot each time"."""
    return None if set(words_before(span, 4)) & _PUTTING else Cue("budget")


_PUTTING = word_set(
    "put puts chuck chucks pop pops throw throws bung bungs stick sticks drop drops give gives pay pays"
)


def _was(span: Span) -> Meaning | None:
    """ "riding was £20"; not "I was thinking"."""
    following = words_after(span)
    named = following[:1] in (["a"], ["an"]) and class_after(span, 1) not in ("NOTE", "POUNDS", "UNIT", "NUMBER")
    if named and not {"hundred", "thousand", "score", "ton", "grand"} & set(words_after(span, 2)):
        return None  # "what I asked for was an enabler"
    return None if words_before(span) in (["i"], ["we"], ["he"], ["she"], ["they"]) else Cue("was")


def _now(span: Span) -> Meaning | None:
    """ "it's now £12"; not "£12 now"."""
    return Cue("fix") if class_after(span) in ("NUMBER", "NOTE") or words_after(span) == ["£"] else None


def _now_late(span: Span) -> Meaning | None:
    """ "£13 in 2024, £13.60 an hour now": at the end of a part, the amount before it is the one."""
    following = words_after(span)
    return Cue("now") if span.start and (not following or following[0] in (",", ".", ";", "!", ")", "and")) else None


def _usually(span: Span) -> Meaning | None:
    """ "normally £32"; not "usually 4 hours"."""
    money = words_after(span) == ["£"] or (class_after(span) == "NUMBER" and class_after(span, 1) == "POUNDS")
    return Cue("was") if money else None


def _usual(span: Span) -> Meaning | None:
    """ "£349 new, but £199 refurbished": behind an amount, the one that may not be paid."""
    return Cue("usual") if class_before(span) in ("NUMBER", "POUNDS", "PENCE", "UNIT") else None


def _then(span: Span) -> Meaning | None:
    """ "eleven pound last year, thirteen now": behind an amount, what it was."""
    if span[0].norm_ != "last" and span[-1].norm_ != "before":
        return None
    return Cue("usual") if class_before(span) in ("NUMBER", "POUNDS", "PENCE", "NOTE") else None


def _not(span: Span) -> Meaning | None:
    following = words_after(span)
    return Cue("not") if class_after(span) in ("NUMBER", "NOTE") or following[:1] in (["£"], ["the"]) else None


def _price(span: Span) -> Meaning | None:
    """ "which costs", "it's": only where an amount follows, else they belong to the sentence."""
    following = words_after(span)
    amount = class_after(span) in ("NUMBER", "NOTE", "FOREIGN") or following[:1] in (
        ["£"],
        ["free"],
        ["about"],
        ["around"],
    )
    a_note = following[:1] == ["a"] and class_after(span, 1) in ("NOTE", "POUNDS")
    return Cue("price") if amount or a_note else None


def _second(span: Span) -> str:
    """The word after the next."""
    return [*words_after(span, 2), "", ""][1]


_WHO_SAYS = word_set(
    "lady man woman shop agency club school teacher coach carer driver therapist they he she people centre"
)
""" "lady say 13 pound"; not "3 hours, say"."""

_LIKING = (["id"], ["would"], ["we"], ["he"], ["she"], ["shes"], ["hes"], ["im"], ["theyre"])


def _like(span: Span) -> Meaning | None:
    """ "like 20 quid"; not "I'd like"."""
    amount = class_after(span) in ("NUMBER", "NOTE") or words_after(span)[:1] in (["£"], ["a"])
    return Cue("about") if amount and words_before(span) not in _LIKING else None


def _there_and_back(span: Span) -> Meaning:
    """ "£14 there and back" is for both; "£2 single, there and back" for each."""
    each = {"single", "one", "each"} & set(words_before(span, 4))
    return Cue("both_ways") if each else Aside(drop=True)


def _on_costs(span: Span) -> Meaning | None:
    """ "plus holiday pay", without an amount of its own: "and the insurance is ninety pounds" is a line."""
    if span[-1].norm_ == "top" and words_after(span) == ["of"]:
        return None  # "on top of the twenty-five a year for joining"
    for at in range(span.end, min(len(span.doc), span.end + _SOON)):
        token = span.doc[at]
        if token.norm_ in (",", ".", ";", "and"):
            break
        if token.norm_ == "£" or token.ent_type_ in ("POUNDS", "NOTE"):
            return None
    return Cue("on_costs")


_SOON = 7
"""Words after it in which its own amount would stand."""


PHRASES: tuple[Phrase, ...] = (
    Phrase(
        ("so|which|= is|makes|means|thats|its|that", "so that is|makes|means|be"),
        lambda span: None if _opens(span) else Cue("total"),
    ),
    always(
        Cue("total"),
        "=",
        "equals",
        "in all",
        "in total",
        "total of|is?",
        "altogether",
        "all in",
        "all together",
        "overall",
        "for all of it",
    ),
    Phrase(("so",), _so),
    Phrase(("for the whole? job|thing|package|project|works",), _the_lot),
    Phrase(("for? the lot", "and? that|thatd|thats|its|itd would? be|is? the lot"), _the_lot),
    Phrase(("so|and|which? thats|that|its|it? comes|works|adds to|out|up at|to?",), _comes_to),
    always(
        Cue("fix"),
        "ours|mine would|will|ll? is|be",
        "nope|nah ,? no|wait|sorry|hang|hold? on? ,? its|says? here?",
        "no sorry its|thats|i|make? mean|meant|that|it?",
        "sorry no its|thats|i? mean|meant?",
        "sorry its|i|make mean|meant|that?",
        "no wait its|thats|make|i? that|mean?",
        "wait no its|thats|make|i? that|mean?",
        "no ,? hes|shes|its|theyre|he|she|they on|up|down at|to?",
        "no hang on its?",
        "hang on no? its?",
        "no no its?",
        "no its",
        "no i mean|meant",
        "i mean|meant",
        "no? ,? what am i saying|on|like",
        "no? make that|it",
        "no? ,? lets? call it",
        "no? scrap that its|make? it?",
        "correction",
        "no? ,? i? tell a lie its?",
        "no? scrub|forget|ignore that its?",
        "or rather",
        "actually no? its|thats|make|it? is|it?",
        "no actually its|thats?",
        "oops its?",
        "wait its?",
        "hang|hold on its?",
        "i tell a lie its?",
        "no i tell a lie its?",
        "no? not quite",
        "no ,? im|thats|i wrong|was wrong? ,? its?",
        "no? i? tell a lie it was",
        "well no its",
        "no ,? wait|hang|hold on? ,? its?",
        "its? gone|went|going up|down to",
        "but|and its|thats now",
        "has|have gone up|down to",
        "goes|going|go|is|are? up|down to",
        "ought to|should get|be|have|earn|pay",
        "reduced|down|discounted to",
        "on offer at|for?",
        "in the sale at|for?",
        "on offer",
        "with a|the|his|her|my|our carer|carers|max|blue|disability|disabled|concession|access card|pass|badge|discount|rate its|is|thats|it is?",
        "but|and does|do|did|will|would? do|does it|him|her|us for|at",
        "so i|we only need",
        "so our|my|the bit|half|share|part is|would be?",
        "leaves|leaving us|me?",
        "instead of that",
    ),
    Phrase(("sorry", "sorry ,|-|–"), _sorry),
    Phrase(("well", "well ,|-|–"), _well),
    Phrase(("its? now", "it will be now", "but its|thats really|actually|in? fact?"), _now),
    Phrase(
        (
            "but? with a|the|his|her|my|our max|blue|disability|disabled|concession|access|carers? card|pass|badge|discount",
        ),
        lambda span: Cue("fix") if words_after(span) == ["£"] or class_after(span) == "NUMBER" else None,
    ),
    Phrase(("new|normally|usually", "full price"), _usual),
    Phrase(("half price", ", half price"), _usual),
    always(
        Cue("usual"),
        ",? no? ,? thats|its|that|it is|was? the? old|last price|prices|rate|rates|fee|years|time price|rate?",
    ),
    Phrase(("last|the year|time|term|month|summer|week before?",), _then),
    Phrase(("now|currently|nowadays", "these days"), _now_late),
    Phrase(("no", "no ,|-|–"), _no),
    Phrase(("not",), _not),
    always(
        Cue("was"),
        "used to be|pay|cost|charge",
        "gone|went? up from",
        "did say|charge|cost",
        "rrp",
        "full|list|normal|usual price is|of?",
        "it|this|that? was going|gonna to? be",
        "it was|were",
        "ago it|they|that|he|she? cost|was|were|charged",
        "they were",
        "it? had been",
        "last year it was",
    ),
    Phrase(("was",), _was),
    Phrase(("i|we said|put|told|quoted",), lambda span: Cue("was") if words_after(span) == ["£"] else None),
    Phrase(("we|i|ive|weve|they have|got|get|gave|give us|me? £ <NUMBER>",), _what_there_is),
    Phrase(("is|its|theyre|are? normally|usually is|are|costs|cost?",), _usually),
    Phrase(("£? <NUMBER> <POUNDS>? left? in the|my|our|his|her pot|budget|account",), _left_in),
    Phrase(("at|@",), _at),
    Phrase(("on",), _on),
    always(
        Cue("each"),
        "each",
        "apiece",
        "a piece",
        "each one|of them|person|child?",
        "for each one|of them",
        "is|its? what one costs|is",
        "is|its? what each costs|is",
    ),
    always(
        Cue("both_ways"),
        "each way",
        "both ways",
        "per|each|a trip|way each|both way|ways",
        "there and back each",
    ),
    always(Aside(drop=True), "round trip", "return"),
    Phrase(("there and|n|& back",), _there_and_back),
    Phrase(
        (
            "plus|and|with|+|inc|including|& holiday pay",
            "plus|and|with|+|inc|including|& the? ni|pension|tax|insurance|contributions",
            "plus|and|with|+|inc|including|& national insurance",
            "plus|and|with|+|inc|including|& employers|employer national? insurance|ni|costs|contributions|pension",
            "plus|and|with|+|inc|including|& on - costs",
            "plus|and|with|+|inc|including|& on costs",
            "on top",
        ),
        _on_costs,
    ),
    Phrase(
        ("across|over",),
        lambda span: (
            Cue("spread")
            if (class_after(span) == "NUMBER" and UNITS.get(_second(span)) == "day")
            or (class_before(span) == "UNIT" and class_after(span) == "DAY")  # "5 hours over Saturday and Sunday"
            else None
        ),
    ),
    always(Cue("spread"), "split|spread|shared|divided out? over|across|between|on"),
    Phrase(("like",), _like),
    Phrase(("say",), lambda span: None if set(words_before(span)) & _WHO_SAYS else Cue("about")),
    always(Aside(drop=True), "or was|is it"),
    always(
        Cue("same"),
        "the|on? the? same day|days|night|nights|time|times|date|dates|week|weeks|weekend|weekends|evening|evenings|morning|mornings|<DAY> again|too|as? well?",
        "the? same again",
        "on? that|those|these same? day|days|night|nights",
        "both|all times|days|nights|weeks|visits",
    ),
    always(
        Cue("about"),
        "no|not more|less|fewer than",
        "about|around|roughly|approx|approximately|circa|nearly|almost|probably|maybe",
        "something|somewhere|some like|around|about",
        "up to",
        "or so|thereabouts",
        "ish",
        "on average",
        "in the region of",
        "give or take",
        "at the moment|minute",
        "at|about? a guess",
        "more or less",
        "just under|over",
        "a bit over|under",
        "a maximum|minimum of",
        "max|maximum",
        "at the? most|least",
        "at max",
    ),
    always(
        Cue("budget"),
        "guide amount|budget|figure",
        "my|our|the|his|her|whole budget|allocation|pot",
        "out of my|our|the|his|her",
        "a|the budget of",
    ),
    always(
        Cue("instead"),
        "instead of",
        "rather than",
        "compared to|with",
        "used to do|have|take|mind|look|help|come|go",
        "putting|chipping in",
        "contributing|contributes",
        "cheaper|better|less|more than",
        "saves|saving us|me?",
    ),
    Phrase(("tops",), lambda span: Cue("about") if class_before(span) in _SAID_AT_MOST else None),
    Phrase(("giving|gives|gave us|me|him|her",), lambda span: None if _lifts(span) else Cue("instead")),
    Phrase(
        (
            "its|thats|theyre|this|that|they|it|which|she|he|who? costs|cost|charges|charge|costing|charging us|me? about|around?",
            "the? cost|price|fee|rate|pay|wage|wages|charge is|would|will|of be?",
            "thats|its|theyre|hes|shes|is|are|was",
            "that|this|it|they|which|there would|will be|cost",
            "that|this|it|they|which is|are",
            "theres",
            "priced|paid|paying|charged at",
            "runs|run to?",
            "on? the? rate of",
            "at a rate|cost|price of",
            "she|he|they gets|get|earns|wants|asks|ask|want|charges|charge|is|does|comes",
            "she|he|they would|will want|charge|cost|be",
            "gets paid?",
            "we|i pay|pays",
            "works out|is|at|are? at",
            "need|needs to be paid",
            "be",
        ),
        _price,
    ),
)
"""How to take what stands around."""
