"""What leads up to the name of a thing: "what would help us is", "got a quote off the builder for", "my girl wants"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.understanding.line_words import word_set
from bot.understanding.thing_words import (
    ARTICLES,
    BEFORE,
    EMPTY,
    HESITATION,
    KINDS_OF_NEEDS,
    NOT_WANTED,
    RELATED,
    WANTING,
)


def after_cleft(words: Sequence[str], start: int, end: int) -> int:
    """Behind "what I'm on about is", "it's just", "there's", which lead to what is meant, whatever was said before.

    >>> after_cleft("honest what i need is a window cleaner".split(), 0, 8)
    4
    >>> after_cleft("loves cricket theres disability cricket".split(), 0, 5)
    2
    """
    found = start
    for at in range(start, end - 1):
        if words[at] == "what" and words[at + 1] in _WHO_WANTS:
            being = next((to for to in range(at + 2, min(at + _SOON_IS, end - 1)) if words[to] in _IS), None)
            found = being if being is not None else found
        elif words[at] in ("its", "thats") and words[at + 1] in ("just", "only", "mainly"):
            found = at
        elif words[at] == "theres" and at > start and words[at + 1] not in ("this", "these"):
            if words[at - 1] in RELATED | {"if", "how", "what"}:
                continue
            found = at
    return found


_SOON_IS = 8
_IS = ("is", "be", "was")

_WHO_WANTS = word_set("i im we he hes she shes they us id wed my our would")

_STOPPED = word_set("so ok um er well right , . ; : ( ! ? and but - plus then")


def after_whom(words: Sequence[str], start: int, end: int) -> int:
    """ "For Ellie a bike helmet": the helmet, whoever it is for."""
    if words[start] != "for" or words[start + 1 : start + 2] == ["a"] or (start and words[start - 1] not in _STOPPED):
        return start
    article = next((at for at in range(start + 2, min(start + 5, end)) if words[at] in ("a", "an", "some")), None)
    return start if article is None or article + 1 >= end else article


def leads_here(words: Sequence[str], start: int, at: int) -> bool:
    """Whether a word only leads up to the name; "after" does so in "I'm after a trike"."""
    if words[at] in _FOR_WHOM and at > start and words[at - 1] in _GIVING:
        return True  # "£19 buys him a month of the app"
    if words[at] in ("off", "up") and at > 0 and words[at - 1] in _UP_TO:
        return True  # "first off the stairgate", "we've priced up the swing"
    if words[at] in ("them", "those", "these") and at > 1 and words[at - 1] in ("of", "o", "on"):
        return words[at - 2] == "one" or words[at - 2] == "o"  # "one of them blackout tents"
    return leads(words[at]) or (words[at] == "after" and at > start and words[at - 1] in _SEEKING)


_UP_TO = word_set("first next last start starting kick kicking priced looked signed lined finally")


_FOR_WHOM, _GIVING = word_set("him her me us them"), word_set("buys buy gets get")


_SEEKING = word_set("be im am i we he she hes shes theyre they were is are")


def after_quote_for(words: Sequence[str], first: int, last: int) -> int:
    """ "got a quote off the builder for the fence": the fence."""
    if words[first : first + 1] not in (["quote"], ["quotes"]) and tuple(words[first : first + 3]) not in _PAYMENT_FOR:
        return first
    said = next((at for at in range(first + 1, last) if words[at] == "for"), None)
    if said is None:
        return first
    return next((at for at in range(said + 1, last) if not leads(words[at])), first)


_PAYMENT_FOR = (("direct", "payment", "for"), ("direct", "payments", "for"), ("my", "money", "for"))


def wish(words: Sequence[str], first: int, last: int) -> int | None:
    """Where somebody named is said to want what follows: "my girl wants guitar lessons"."""
    naming = next((at for at in range(last - 1, first, -1) if words[at] not in EMPTY), first)
    found = None
    for at in range(first + 1, naming):
        if words[at] in RELATED:
            break
        if (
            words[at] in _WISHING
            and words[at - 1] not in NOT_WANTED | KINDS_OF_NEEDS
            and words[at + 1] not in _NOT_NAMED
        ):
            found = at
    return found


_WISHING = word_set("requires wants needs fancies wanna want need")

_NOT_NAMED = word_set("for help him her it them us me")


def leads(word: str) -> bool:
    return word in BEFORE or not word[:1].isalnum() or HESITATION.fullmatch(word) is not None


def after_help_is(words: Sequence[str], first: int, last: int) -> int:
    """ "what would help us is a cleaner": the cleaner."""
    if words[first : first + 1] not in (["help"], ["helps"], ["suit"]):
        return first
    said = next((at for at in range(first, min(first + _SOON, last)) if words[at] in ("is", "be")), None)
    if said is None:
        return first
    return next((at for at in range(said + 1, last) if not leads(words[at])), first)


_SOON = 5


def wants(led: Sequence[str], at: int) -> bool:
    """Whether a word of wanting is one: not so in "she's like a fish", "he wants to be like him"."""
    led = list(led)
    if (led[at + 1 : at + 2] == ["to"] and set(led[at + 2 : at + 3]) & _NO_GOODS) or (
        led[at] == "like" and at and led[at - 1] in _BEING
    ):
        return False
    return led[at] in WANTING


_NO_GOODS = word_set("be know keep stay")
_BEING = word_set("be shes hes its theyre is are was just thats im")


def would_have(led: Sequence[str]) -> bool:
    """ "he'd have a mentor", whose "d" is gone by now."""
    return any(pair in (("he", "have"), ("she", "have"), ("it", "have")) for pair in pairwise(led))


def is_my_view(led: Sequence[str]) -> bool:
    """ "I reckon an exercise bike", "I'm thinking a trike": a wish, as what is named has its article."""
    mine = any(who in ("i", "we", "im", "id") and thinks in _THINKING for who, thinks in pairwise(led))
    return mine and led[-1] in ("a", "an", "some")


_THINKING = word_set("reckon think thought thinking suggest propose fancied figured")


def after_maker(words: Sequence[str], first: int, last: int) -> int:
    """ "my sister in Ireland found a weighted vest", "my aunt weaves the mat": the vest, the mat."""
    if words[first : first + 1] not in (["my"], ["our"], ["his"], ["her"]):
        return first
    verb = next((at for at in range(first + 2, last - 2) if words[at] in _MAKING and words[at + 1] in ARTICLES), None)
    return first if verb is None else next((at for at in range(verb + 1, last) if not leads(words[at])), first)


_MAKING = word_set(
    "found finds seen saw spotted makes make made weave weaves wove knits knit knitted sews sew sewed builds build built sells selling "
    "prints prints printed bakes crochets crocheted carves recommends recommended showed"
)


def could_do(led: Sequence[str]) -> bool:
    """ "could do with a raincoat"."""
    return {"could", "do", "with"} <= set(led)


def mate(words: Sequence[str], at: int) -> bool:
    return words[at : at + 1] == ["mate"] and at > 0 and words[at - 1] in ARTICLES


def kept(words: Sequence[str], at: int, end: int) -> bool:
    """Two-word names that begin with a word that elsewhere only leads to one; "a mate", who is not just spoken to."""
    if mate(words, at):
        return True
    return at + 1 < end and (words[at], words[at + 1]) in {
        ("one", "to"), ("one", "-"), ("second", "hand"), ("go", "kart"), ("go", "karting"), ("go", "ape"), ("first", "aid"), ("look", "after"), ("pet", "sitter"), ("pet", "food"), ("pet", "insurance"), ("pet", "therapy"),
        ("put", "away"), ("last", "minute"), ("pay", "as"), ("dont", "want"), ("dont", "need"), ("half", "day"), ("get", "to"),
        ("go", "out"), ("going", "out"), ("to", "get"), ("spending", "money"),
    }  # fmt: skip
