"""What stands in the place of an amount: that it is free, or that the price is not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.line_marks import Cue, Meaning, Money
from bot.understanding.phrases import Phrase, always, words_after, words_before

if TYPE_CHECKING:
    from spacy.tokens import Span


def _free(span: Span) -> Meaning | None:
    """ "free", but not "gluten free", "free time", "free school meals", "when Grandad's free"."""
    if {"when", "whenever", "if"} & set(words_before(span, 4)):
        return None
    if span[-1].norm_ == "free" and len(span) == 1:
        before, after = words_before(span), words_after(span)
        if before and before[0] in (
            "-",
            "gluten",
            "dairy",
            "nut",
            "sugar",
            "fat",
            "hands",
            "smoke",
            "germ",
            "sim",
            "wheat",
            "lactose",
            "latex",
            "egg",
            "scent",
            "perfume",
            "bpa",
            "tear",
            "noise",
            "stress",
            "him",
            "us",
            "be",
            "are",
        ):
            return None
        if after and after[0] in (
            "time",
            "school",
            "range",
            "hand",
            "up",
            "standing",
            "from",
            "play",
            "-",
            "to",
            "running",
            "hours",
        ):
            return None
    if span[-1].norm_ in ("nothing", "nowt") and words_after(span)[:1] == ["like"]:
        return None
    return Cue("free")


_NOT_KNOWN = "havent|hasnt|hadnt|not|never|didnt|dont|doesnt|cant|cannot|couldnt|no|aint|nobody|noone|forgot|forgotten|forget|lost|unsure|dunno|without"
_SMALL = (
    "got|had|been|seen|given|gave|told|tell|get|find|have|know|remember|asked|ask|checked|check|worked|looked|sure|me|us|on|of|about|out|up|in|at|"
    "a|the|her|his|their|its|any|my|what|exact|proper|actual|real|idea|clue|yet|into|said|say|mentioned|sent|to|for"
)
_PRICES = "rate|rates|price|prices|cost|costs|fee|fees|fare|fares|quote|quotes|figure|figures|charges|tariff"
_SELLERS = (
    "folk|folks|people|they|he|she|it|that|those|these|them|one|ones|others|you|id|hes|shes|theyd|theyll|youd|would|itd|do|does|the|a|place|lady|man|"
    "woman|agency|club|centre|carer|carers|pa|pas|id|i|we"
)
""" "I haven't got her rates", "no idea what folk charge for that", "they never told me the fare"."""

PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            "free",
            "for free",
            "free of? charge",
            "no|without|zero|nil charge|cost|fee|money|payment|costs|fees",
            "at no cost|charge|extra",
            "for nothing|nowt|nuffin",
            "costs|cost|charges|charge nothing|nowt|zero|nil",
            "wont|doesnt|dont|wouldnt take|accept|want a|any? <PENCE|POUNDS>|money|anything|payment",
            "doesnt|dont|wont|didnt|not cost|charge us|me|him|her? anything|nothing|owt|a <PENCE>?",
            "does|do|will not cost|charge us|me? anything|nothing",
            "isnt|not charged|charging anything?",
            "no need to pay",
            "dont|doesnt|wont have|need|want to? pay|paying|paid anything?",
            "nothing to pay",
        ),
        _free,
    ),
    always(
        Money(None, "amount"),
        "£ ?",
        "£ ? ?",
        "£ x|xx|xxx",
        "how much its|it|that? is|costs|cost|would|will? cost|be?",
        "idc|idk|idm|dunno how much its|it|that|they? is|costs|cost|charge?",
        "idc|idk|idm|dunno what its|it|that|they costs|cost|charge|charges",
        "dont|not|never mind|care|fussed|bothered|worried about? how much its|it|that|they? is|costs|cost|charge?",
        "dont|not|never mind|care|fussed|bothered|worried about? what its|it|that|they costs|cost|charge|charges",
        "money|price|cost is|s? no object|issue|problem",
        "dont|not|no|dunno know|sure|idea|certain? how much its|it|that? is|costs|cost?",
        "dont|not|dunno know|sure|certain? what|how it|its|they|that costs|cost|much|charge|charges|is",
        "costs|prices|price vary|varies|depends",
        "not|havent|never|nobody|nobodys priced|costed it|them|that|this? up? yet?",
        "no figure|price|quote|prices|figures|quotes yet|for|on? it|that|this|them?",
        "never checked|asked|looked|found at|into|out? the? price|prices|cost|costs",
        "nobody|noone|none|cant|couldnt|wont|not tells|tell|told|give|gives|given|gave|get|find|say|says us|me? the|a price|cost|fee|figure|quote|prices|costs",
        "nobody|noone|no one will|can|could|would|has|have|is|ll? tell|telling|told|give|giving|given|say|saying|know|knows us|me? the|a? price|cost|fee|figure|quote|prices|costs",
        "waiting on|for|to the|a? hear? price|quote|prices|cost|figure",
        "awaiting|need|needs|getting|get to? get? the|a|them|some? price|quote|quotes|prices",
        "not|havent|nor rung|phoned|called|rang|shopped|asked round|around? for? prices|quotes|price?",
        "price|cost|quote to|tbc be? confirmed|follow|come?",
        "tbc",
        "couldnt|cant|couldn't tell you? what|how much it|they|that? costs|is|charge?",
        "whatever it|they|that costs|cost|charge|charges|is",
        "havent|not|never added|worked|totted|totalled it|them|that|all? up|out yet?",
        "price|prices all over the? shop|place?",
        "not picked|chosen|decided|settled on? which|one yet?",
        "havent|hasnt picked|chosen|decided|settled on? which|one? yet?",
        "havent|not checked|asked|found|got|looked|seen out|at|into? the? price|prices|cost|costs",
        "forgot|forgotten the? price|cost",
        "not sure of|about the? cost|price|amount",
        "no idea of|on? the? cost|price|costs",
        "no idea what|how it|its|they costs|cost|much|charge|charges|is",
        "cant remember how|what much|it? it? is|costs|cost|was?",
        "minimum|living|min wage",
        "the going|normal|usual|standard rate|price",
        "going rate",
        "£ £ £?",
        f"{_NOT_KNOWN} {_SMALL}? {_SMALL}? {_SMALL}? {_PRICES}",
        f"what|much|how {_SELLERS}? {_SELLERS}? charge|charges|charging|bill|bills|asks|asking",
        f"no|any idea|clue|notion of|on|about? what {_SELLERS} {_SELLERS}? cost|costs|are|is|be|come|comes",
        "never|not|didnt|hasnt|havent said|say|told|mentioned|mention|gave us|me|him|her? how much like?",
        f"{_PRICES} {_SELLERS}? will|ill find|check|ask|get|let|tell",
        f"{_PRICES} {_SELLERS}? unknown|pending|unclear|unconfirmed",
        f"{_PRICES} not known|confirmed|sure|fixed|set|agreed|decided|given yet?",
        f"find|check|ask|see|checking|asking|finding|wait|waiting out? for|on|what|how|about? the|her|his|their? {_PRICES}",
        "not|havent|never|hasnt looked|checked|asked|rung|phoned|found|worked|seen at|into|out|up|round? what|how much? it|they|he|she|that|theyd|itd|them|one|ones "
        "costs|cost|charge|charges|is|are|comes|come|charging to|at? yet?",
        "loads|lots|some|bit|enough|plenty of? money|cash|dosh",
        "some money|cash|dosh",
        "hundreds|thousands|loads of? <POUNDS>?",
    ),
)
"""Words for nothing to pay, and for a price that has to be asked for."""
