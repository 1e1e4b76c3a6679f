"""Numbers that are no amounts and no times: ages, ratios of staff, school years, telephones, sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.line_marks import Aside, Meaning
from bot.understanding.line_words import word_set
from bot.understanding.phrases import (
    Phrase,
    always,
    class_after,
    class_before,
    numbers_in,
    words_after,
    words_before,
)

if TYPE_CHECKING:
    from spacy.tokens import Span


def _ratio(span: Span) -> Meaning | None:
    """ "1:1", "two to one", "24/7": how many staff, not how much."""
    if span[0].ent_type_ == "CLOCK":
        return Aside() if span.text in ("1:1", "2:1", "3:1", "1:2") else None
    low, high = (token._.figure.value for token in (span[0], span[-1]))
    day_and_night = (low, high) == (24, 7)
    return Aside() if (high == 1 and low in (1, 2, 3)) or (low, high) == (1, 2) or day_and_night else None


def _age(span: Span) -> Meaning | None:
    """ "he's 14", but not "it's 14"; "he's 14 quid" is neither."""
    rate = words_after(span)[:1] in (["a"], ["an"], ["per"]) and class_after(span, 1) == "UNIT"
    rate = rate or numbers_in(span)[0].decimals == 2  # "she's 12.75"
    return (
        None if rate or class_after(span) in ("POUNDS", "PENCE", "UNIT") else Aside(drop=span[0].norm_ in _OF_SOMEONE)
    )


def _aside_number(span: Span) -> Meaning | None:
    return None if class_after(span) in ("POUNDS", "PENCE") else Aside()


def _numbered(span: Span) -> Meaning | None:
    """ "level 3", "bus 12"; not "youth group 2.50"."""
    figure = numbers_in(span)[0]
    return _aside_number(span) if figure.whole is not None and not figure.decimals else None


def _telephone(span: Span) -> Meaning | None:
    """ "07700 900123"."""
    return Aside(drop=True) if span[0].norm_.startswith("0") else None


def _year_ad(span: Span) -> Meaning | None:
    """ "Since 2021"."""
    figure = numbers_in(span)[0]
    year = figure.whole if figure.pair is None else figure.pair[0] * 100 + figure.pair[1]
    return Aside(drop=True) if year is not None and 1920 <= year <= 2100 and class_after(span) != "POUNDS" else None


_OF_SOMEONE = {
    "turned",
    "turning",
    "turns",
    "hes",
    "shes",
    "im",
    "theyre",
    "he",
    "she",
    "who",
    "whos",
    "at",
    "year",
    "yr",
}

_ALONG = (
    "pa|pas|carer|carers|companion|companions|helper|helpers|worker|workers|assistant|adult|adults|hers|his|theirs|mine"
)
"""Who goes along for nothing."""


def _listed(span: Span) -> Meaning | None:
    """ "1) blackout blind": the place in a list; not the end of "(aged 9)"."""
    opened = "(" in words_before(span, 8)
    number = numbers_in(span)[0].whole
    if number is None or number > _LONGEST_LIST or opened or (span[-1].norm_ == "." and not _goes_on(span, number)):
        return None
    return Aside(drop=True)


def _goes_on(span: Span, number: int) -> bool:
    """Whether the next number of a list comes behind "1."; or, behind "2.", the one before it came."""
    doc, after = span.doc, number == 1
    rest = doc[span.end : span.end + _LONGEST_ITEM] if after else doc[max(0, span.start - _LONGEST_ITEM) : span.start]
    wanted = number + 1 if after else number - 1
    return any(
        token.ent_type_ == "NUMBER"
        and token._.figure.whole == wanted
        and token.i + 1 < len(doc)
        and doc[token.i + 1].norm_ == "."
        for token in rest
    )


def _list_place(span: Span) -> Meaning | None:
    """ "number two the lights": the place in a list that is told, which belongs to no name; not "bus number two"."""
    number, following = numbers_in(span)[0].whole, words_after(span)
    led = words_before(span)
    begun = (
        not led
        or not led[0].isalpha()
        or led[0] in _BEGINNING
        or class_before(span) in ("POUNDS", "PENCE", "UNIT", "DAY")
    )
    named = following[:1] in (["the"], ["a"], ["an"], ["is"], ["would"], ["his"], ["her"], [","], [":"], ["-"])
    return Aside(drop=True) if begun and named and number is not None and number <= _LONGEST_LIST else None


_BEGINNING = word_set("and then ok okay so right well first um er please")

_LONGEST_ITEM = 40


_LONGEST_LIST = 10

PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            "<NUMBER> to|:|- <NUMBER>",
            "<NUMBER> - to - <NUMBER>",
            "<NUMBER> - <NUMBER> - <NUMBER>",
            "<NUMBER> / <NUMBER>",
            "<CLOCK>",
        ),
        _ratio,
    ),
    always(
        Aside(drop=True),
        f"his|her|my|the|a|our|one? {_ALONG} goes|go|gets|get|is|are|comes|come in|free? for? free|nothing",
        f"his|her|my|the|a|our|one? {_ALONG} goes|go|gets|get|is|are|comes|come in? free",
        "my|the|his|her other|others <NUMBER>|one|kids|lot? go|goes|get|gets in? free",
        "siblings|brothers|sisters|toddlers|babies go|goes|get|gets in? free",
        f"and|with|but free for his|her|my|the|a|our|one? {_ALONG}",
    ),
    Phrase(("since|in|from|until|till|back|of in? <NUMBER>",), _year_ad),
    Phrase(("<NUMBER> )", "<NUMBER> ."), _listed),
    Phrase(("<ORDINAL> <NUMBER> <NUMBER>?",), _telephone),
    always(
        Aside(drop=True),
        "has|have|s? gone|went|going up|down",
        "the|number|route <NUMBER> bus|tram",
        "the? number <NUMBER> bus|tram",
        "while|whilst i think of|about it",
        "come|comes to think of it",
        "thinking about it",
        "if thats|that is? ok|okay|alright|possible",
        "if possible",
        "one way",
        "by the way",
        "to be honest|fair|frank|blunt|truthful|exact|precise|clear",
        "in all honesty|fairness",
        "fair enough|play|dos",
        "off the top of my head",
        "<NUMBER> stone|kg|kilos|lb|lbs|cm|foot|ft|inches|inch|litres",
    ),
    always(
        Aside(),
        "<NUMBER> -? pin|piece|wheeler|wheeled|seater|handled|handed|tier|berth|burner|legged|sided|string|speed|gear",
    ),
    always(Aside(), "<NUMBER> - a - side", "<NUMBER> a side"),
    Phrase(
        (
            "hes|shes|im|theyre|whos <NUMBER>",
            "he|she|who is <NUMBER>",
            "i am <NUMBER>",
            "at <NUMBER> he|she|i|they|hes|shes|im",
            "aged|age <NUMBER>",
            "aged|age|ages|size|sizes <NUMBER> -|to|/|or <NUMBER>",
            "we|were are? <NUMBER> and <NUMBER>",
            "<NUMBER> - year|yr - old|olds",
            "<NUMBER> year|years|yr|yrs|y|month|months old|olds|o",
            "<NUMBER> yo",
            "hes|shes|im|theyre|turns|turned|turning <NUMBER> in|next|this|last on|since? <MONTH|DAY|UNIT>",
            "turning|turned|nearly|almost <NUMBER>",
            "turns|turning <NUMBER>",
            "since he|she|they|i was|were <NUMBER>",
            "daughter|son|lad|boy|girl|grandson|granddaughter|brother|sister|niece|nephew|baby|twins|wife|husband is|was|are <NUMBER>",
            "daughters|sons|lads|boys|girls|grandsons|granddaughters|brothers|sisters|babys <NUMBER>",
        ),
        _age,
    ),
    Phrase(
        (
            "<ORDINAL>",
            "<NUMBER> %|percent",
            "<NUMBER> staff|workers|carers to",
            "world cup <NUMBER>",
            "<NUMBER> d",
        ),
        _aside_number,
    ),
    Phrase(("number <NUMBER>",), _list_place),
    Phrase(
        (
            "year|yr|key|ks|level|stage|grade|group|number|route|class|room|bus|size|part|band <NUMBER>",
            "unit|flat|floor|platform|ward|gate|terminal|junction|channel|episode|volume|chapter|page|version|zone|plot|bay <NUMBER>",
        ),
        _numbered,
    ),
)
"""Numbers to leave alone."""
