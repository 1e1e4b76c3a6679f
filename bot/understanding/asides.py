"""Numbers told of people's lives, which are neither money nor help: ages, work, sleep, medicine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.line_marks import Aside, Meaning
from bot.understanding.line_words import word_set
from bot.understanding.phrases import Phrase, always, class_after, numbers_in, words_after

if TYPE_CHECKING:
    from spacy.tokens import Span

_OLDEST = 99

_OF_PEOPLE = word_set(
    "has had have loves likes could can cant cannot needs wants would wouldnt doesnt hates lives goes hes shes still gets never"
)
"""Verbs that only somebody who has an age is told with."""


def _age(span: Span) -> Meaning | None:
    """ "Jaydon is 11 and has been on a list": a number that a life goes on after; not "the gym is 11 and a hat 5"."""
    age = numbers_in(span)[0].whole
    following = words_after(span, 2)
    told = len(following) == 2 and following[0] in ("and", "so", "but") and following[1] in _OF_PEOPLE
    return Aside(drop=True) if told and age is not None and age <= _OLDEST else None


def _of_life(span: Span) -> Meaning | None:
    """ "my husband works 60 hours a week"; with an amount right behind it is what somebody is paid for."""
    return None if words_after(span) in (["at"], ["@"], ["for"]) or class_after(span) == "POUNDS" else Aside(drop=True)


PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            "is|was <NUMBER>",
            "cousins|mates|friends|kids|husbands|wifes|partners|mums|dads|nans|uncles|aunties|carers <NUMBER>",
        ),
        _age,
    ),
    Phrase(
        (
            "i|we|husband|hubby|wife|partner|dad|mum|he|she|both work|works|worked <NUMBER> <UNIT> a|per|each|every? <UNIT>?",
            "sleep|sleeps|slept|asleep|awake|up for|about? <NUMBER> <UNIT> a|per|each|every? <UNIT>?",
            "sleep|sleeps|slept|up|wakes|woke <NUMBER> times a|per|each|every? <UNIT>?",
            "waited|waiting|wait for|about|over? <NUMBER> <UNIT>",
            "after|for <NUMBER> years of",
        ),
        _of_life,
    ),
    always(Aside(), "i|im|we|were|he|hes|she|shes on|talking|thinking about"),
    always(
        Aside(drop=True),
        "<NUMBER> tablets|meds|medicines|pills|injections|seizures|fits a|per|each|every|times? <UNIT>?",
        "<NUMBER> kids|children|people|families|others in|on|at the",
        "<NUMBER> foot|feet|ft <NUMBER>? inch|inches?",
        "<NUMBER> <UNIT> away|drive|walk|from",
        "<NUMBER> <UNIT> down|up the road",
        "<NUMBER> waiting lists",
        "leave|leaves|leaving|left him|her|them|me|it alone? for <NUMBER> <UNIT>",
        "leave|leaves|leaving|left him|her|them|me|it alone? for a <UNIT>",
        "takes|took me|us|him|her|them|you? about|over|nearly? <NUMBER> <UNIT> to|by|on|just|of",
        "dont|doesnt|cant|wont|not do|run|open|work at|on|in? the? weekend|weekends|<DAY>|evenings|nights|holidays",
        "open|opens|shut|shuts|close|closes|closed till|until|at|from <NUMBER|CLOCK>",
        "<NUMBER> dogs|cats|rabbits|pets|bed|bedroom|bedroomed|bathroom|bathrooms",
        "when|before|after he|she|i|they|we|it was|were|is|turned|turns <NUMBER>",
        "got|has <NUMBER> friends|mates|brothers|sisters|cousins|siblings|dogs|cats",
        "turned|turns|turning <NUMBER> on|in|next|last <DAY|MONTH>",
        "been|done|gone <NUMBER> times already|now|before?",
        "left|stopped|finished|quit after <NUMBER> <UNIT>",
        "<NUMBER> lads|lasses|leader|leaders|volunteers|teens|others",
        "<NUMBER> <UNIT> off",
        "<NUMBER> <UNIT> on ,|and|then? <NUMBER> <UNIT>? off",
        "<NUMBER> <UNIT> to|for myself|ourselves",
        "looks|acts|seems|functions like? about|more? like? a? <NUMBER>",
        "god love|bless him|her|them|it",
        "bless him|her|them",
        "a? standing order|debit of|for?",
        "a? direct debit of",
        "goes|comes out",
        "at <NUMBER|CLOCK> on the dot",
        "at <NUMBER|CLOCK> sharp|exactly|prompt",
        "if poss",
        "round|around by us|ours|here",
        "round|around here|ours",
        "in our|this area|village|town|street",
        "without fail|exception",
        "regular? as|like clockwork",
        "come rain or shine",
        "on the regular|reg",
        "asked|asks|told|rang|phoned|called|emailed|checked|texted me|us|him|her|them? once|twice|thrice",
        "asked|asks|told|rang|phoned|called|emailed|checked|texted me|us|him|her|them? <NUMBER> times",
        "<NUMBER> different|separate ones|kinds|sorts|types|places",
        "the other? <DAY|UNIT> in? between",
        "not the? same every|each <UNIT>",
        "only? take|takes|has|have|got|get|only <NUMBER> kids|children|people|young",
        "number one|two|three|four",
        "the big|main|important|other one",
        "theres? a? waiting list",
        "no strings",
        "bar none",
        "for cash",
        "<NUMBER> things really|love|please|then?",
        "rain or|and shine",
        "by|via|on|through|with direct debit",
        "by|via|on|through standing order",
        "by|via|in card|cash|cheque|invoice|paypal|bacs",
        "mans|man|someones|bloke|builder|guy|they? coming|visiting|calling round|over|out? on|this|next? <DAY> to quote|measure|look|see",
        "till|until|til he|she|i|they was|were|is|are|hes|shes <NUMBER>",
        "give me a? minute|minutes|sec|second|moment|mo",
        "wait|hang|hold on? a minute|minutes|sec|second|moment|mo",
        "mum|dad|mam|nan|gran|she|he|they|we|i|teacher|school|someone|somebody will find out|back",
        "mum|dad|mam|nan|gran|she|he|they|we|i will|to check|ask|ring|enquire",
        "rang|phoned|tried|asked|called|emailed <NUMBER> places|people|companies|agencies|of? them?",
    ),
)
"""What is told by the way."""
