"""The person's own words for the thing: what is left of a line beside amounts and times, without the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.understanding.line_words import PERIODS, UNITS, word_set

_ARTICLES = word_set("a an the some wee")

_BEFORE = _ARTICLES | word_set(
    "called sorry look listen nah pet hun duck honest insha'allah inshaallah inshallah mashallah alhamdulillah willing unless needing wanting am hmm anyhow whats whatd summat owt whatever said says reckons eeh reyt blimey crikey gosh och hiya wow phew found covers none only either reckon sure honestly obviously ideally mainly mostly definitely literally personally apparently main biggest addition aye nowt bab i we id wed ill well im were ive weve want wants wanted need needs would like likes love loves can could may might have has had get gets getting u "
    "got go goes going gonna wanna to for of on at in with from is are was be it its this that thats theres there theyre these "
    "those and then also plus so um umm uh er erm ah oh ok okay right yeah yes yep well please maybe perhaps probably basically "
    "just really actually possibly he she they hes shes you do does did doing been claim quoted given think thought guess suppose how much what about "
    "thing first second another one more pay pays paid paying buy buying money cash cost costs costing price priced spend "
    "spending put use using let lets me us say saying please hi hello as well because cos first next last lastly finally other "
    "too but or n by every each half our add include including hoping hope will id which who if plan thinking kind sort "
    "something somewhere anywhere similar around about each been being bit quite fancy each total per nothing now currently lovely great good nice perfect ideal best brilliant fab put down add love mate charges charge charged works fancies buys covers requires"
)
"""Words that lead up to the thing's name."""

_AFTER = word_set(
    "wi wiv im ive ill whos counting meaning insha'allah inshallah inshaallah innit either depending whichever unless anyhow anyway tbh honestly a an the is are was were be its it thats that this which for on at of to with in by from and or so but please thanks thank you ta cheers "
    "maybe perhaps probably like about just only too as well each every would will around who whom gets get does he she we they "
    "i id hes shes up costs cost costing charges charge charged charging comes come i'd want need because cos if when where there then also plus per "
    "roughly approx really actually lol innit yeah ok okay x pay pays paying paid priced price said say think guess um er erm uh "
    "both down pet hun duck hen pal mind idk dunno being has have had into over during until till than not no there's theres altogether total usually normally lovely great good nice perfect ideal best brilliant fab fine enough love mate any now currently though tho another"
)
"""Words that lead away from it."""

_PLACING = word_set(
    "according wi wiv to for with at in from on by near round around down over up out inside towards home so because cos as which who that when while if though although where since but of "
    "after before until during"
)
"""Words that begin something said about the thing, and not another one."""

_GOING = word_set("goes comes attends loves enjoys")
"""Words that end a name's part of a sentence: "our Callum goes"."""

_TELLING = word_set("has been hes shes theyre it its he she we they i ill im weve ive were theyve")
"""Words that begin a sentence: about the thing said before, or to say another."""

_PRONOUNS = word_set(
    "hers ours theirs yours mine nobody noone nobodys her him them it us me you they she he everyone both all myself himself herself one my his our their your things thing stuff bits"
)

_REPORTING = word_set("says said reckons reckon mentioned mentions suggested suggests recommended recommends")

_HAVING = word_set("has have had")
_SAYING = _REPORTING | word_set(
    "bill bills billed want got runs run pay pays paid do does did say quoted quote quotes charge charges charged charging paying asks asked wrote wanted sell sells sold has have had offers offered told wants"
)
"""After a name, verbs of who says or takes the price."""

_TALK = word_set(
    "off split dressed washed showered bathed fed changed direct debit standing order priced time trouble sense loved adores adored hates hated enjoyed went idea ideas clue main talked spoke said claim weighs weigh give gives giving gave given take takes taking took make makes making made come comes coming came find finds found know knows "
    "knew ask asks asked quote quoted tell told see seen try tried wrong right yet still again already later today tomorrow soon "
    "though tho anyway hopefully honestly definitely certainly exactly only even much more less extra same different ones other "
    "others another need needed wanting hope hoping been being done working work works worked using used start started stop "
    "happen happens sorted sort okay fine good lovely happy wish looking finished ended asking quick quickly fast bear recommended diagnosed packed guessing guess would could should might must shall be am able any anything "
    "everything something nothing someone's else here there where when why how what which who whose"
)
"""Words of talk: alone, they name no thing."""

EMPTY = _PRONOUNS | _TALK | _BEFORE | _AFTER
"""Words that, by themselves, name nothing."""

_HESITATION = re.compile(r"u+h*m*|e+r+m*|h+m+|a+h+|o+h+")

_WANTING = word_set("want wants wanting need needs needing like love buy fancies after add hire book thinking hoping")

_NOT_WANTED = word_set("dont doesnt not wont didnt")

GENERIC = word_set(
    "ticket tickets entry session sessions lesson lessons fee fees price cost rate pay wage wages cost charge charges they each "
    "class classes admission subs pair set pack box whole bundle agency company charity provider quote quotes visit visits lot new one ones fare offer sale refurbished same top top-up private prices reusable online local season package job longer shorter hour hours rates staff"
)
"""Names of an amount, which belong to the thing said before."""

WORKERS = word_set(
    "pa pas assistant assistants carer carers worker workers sitter sitters babysitter helper helpers buddy befriender nanny "
    "nurse nurses tutor cleaner gardener childminder mentor companion enabler keyworker sister brother auntie aunty aunt uncle "
    "cousin nan nanny gran grandma grandad grandpa neighbour friend someone somebody person lady woman man student support staff"
)
"""Words for somebody who is paid by the hour."""

OCCASIONS = word_set(
    "club clubs lesson lessons class classes session sessions group groups swimming swim football dance drama karate music "
    "piano guitar drums gym trampolining bowling cinema riding course workshop therapy physio art yoga"
)
"""Things whose price is for the whole of one time, however long it is."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Words between the amounts and times of a line."""

    start: int
    end: int
    """Tokens, with what leads to and away from the name stripped."""
    placed: bool
    """Says where, with whom or why, of a thing that was named before."""
    told: bool
    """Begins like a sentence: "he goes with …"."""
    wanted: bool
    """Led by "I want", "we need"."""
    refused: bool
    """ "we don't want"."""
    named: bool
    """Begins with an article, as a thing of its own does."""
    past: bool = False
    """ "we had a PA": told of another time."""
    speaks: bool = False
    """Who sells it or says the price, and not the thing: "the agency quoted us", "Argos do"."""


def find(words: Sequence[str], start: int, end: int) -> Thing | None:
    """The thing named by plain words ``start`` to ``end``; None when they only lead from one amount to another.

    >>> words = "i would like a trampoline please".split()
    >>> find(words, 0, 6)
    Thing(start=4, end=5, placed=False, told=True, wanted=True, refused=False, named=True, past=False, speaks=False)
    >>> find("that is about".split(), 0, 3) is None
    True
    """
    start = _after_cleft(words, _after_whom(words, start, end), end)
    first, last = start, _before_reason(words, start, end)
    if tuple(words[start : start + 2]) == ("in", "addition"):
        start = first = start + 2
    if start >= end:
        return None
    while first < last and _leads_here(words, start, first) and not _kept(words, first, last):
        first += 1
        last = end if first == last else last
    first = _after_help_is(words, _after_quote_for(words, first, last), last)
    if (wanting := _wanting(words, first, last)) is not None:
        return find(words, wanting, end)
    while first < last and (words[last - 1] in _AFTER or not words[last - 1][-1:].isalnum()):
        last -= 1
    last = next((at for at in range(first + 1, last - 1) if words[at] in _WHO and words[at + 1] in _OF_IT), last)
    last = next((at for at in range(first + 2, last - 1) if _of_kin(words, at)), last)
    if not _mate(words, first) and all(word in EMPTY for word in words[first:last]) and not _sum(words, first, last):
        return None
    if all(UNITS.get(word) in PERIODS for word in words[first:last]):
        return None  # "that's from last year"
    if last - first == 2 and words[first] in _TAKING and words[first + 1] in _OBJECTS:
        return None  # "they bill us £80 a term"
    led = words[start:first]
    refused = any(word in _NOT_WANTED for word in led) or (
        words[first] in _NOT_WANTED and any(word in ("want", "need") for word in words[first:last])
    )
    told = [at for at in range(first, end) if words[at] in _SAYING]
    if told and told[0] > first and told[-1] + 1 < last and words[told[-1]] in _REPORTING:
        # "my cousin says the camp": the camp
        return find(words, next(at for at in range(told[-1] + 1, end) if not _leads(words[at]) or at == end - 1), end)
    return Thing(
        first,
        last,
        placed=(words[start] in _PLACING and start > 0 and not _round_school(words, start, last))
        or (words[first] in _PLACING and not _round_school(words, first, last))
        or words[start] in _COMING
        or (words[start] in _WHO | {"you"} and bool({"at", "in"} & set(led)) and "pay" in led),
        told=words[start] in _TELLING
        or words[first] in _OBJECTS
        or (words[first] in _OF_LIFE and last - first == 1)
        or (words[last - 1] in _GOING and not _RELATING & set(words[first:last])),
        wanted=(any(_wants(led, at) for at in range(len(led))) or _would_have(led) or _could_do(led))
        and words[start] not in _REASONS,
        refused=refused,
        named=any(word in _ARTICLES for word in led[-2:]),
        past=bool("had" in led or (words[start] in _WHO and {"was", "were"} & set(led[:2]) and not _WANTING & set(led)))
        and not any(word in led for word in ("if", "wish", "never")),
        speaks=_speaks(words, told, first, end),
    )


def _after_cleft(words: Sequence[str], start: int, end: int) -> int:
    """Behind "what I'm on about is", "it's just", "there's", which lead to what is meant, whatever was said before.

    >>> _after_cleft("honest what i need is a window cleaner".split(), 0, 8)
    4
    >>> _after_cleft("loves cricket theres disability cricket".split(), 0, 5)
    2
    """
    found = start
    for at in range(start, end - 1):
        if words[at] == "what" and words[at + 1] in _WHO_WANTS:
            being = next((to for to in range(at + 2, min(at + _SOON_IS, end - 1)) if words[to] in ("is", "be")), None)
            found = being if being is not None else found
        elif words[at] in ("its", "thats") and words[at + 1] in ("just", "only", "mainly"):
            found = at
        elif words[at] == "theres" and at > start and words[at + 1] not in ("this", "these"):
            if words[at - 1] in _RELATED | {"if", "how", "what"}:
                continue
            found = at
    return found


_SOON_IS = 8
_WHO_WANTS = word_set("i im we he hes she shes they us id wed my our would")

_OF_LIFE = word_set(
    "mum mums mam mams dad dads husband husbands hubby wife wifes partner partners son sons daughter daughters lad lads boy boys girl girls "
    "twins gp doctor doctors epilepsy autism adhd seizures meds medication operation diagnosis list delay essay sleep "
    "bedroom bedrooms shift shifts rigs stroke back knees school schools everything anything"
)
"""What is told of a family's life: alone it is hardly what is bought."""

_COMING = word_set("comes goes come coming")
""" "comes to the house each month": where, of what was named before."""

_STOPPED = word_set(", . ; : ( ! ? and but - plus then")


def _after_whom(words: Sequence[str], start: int, end: int) -> int:
    """ "For Ellie a bike helmet": the helmet, whoever it is for."""
    if words[start] != "for" or words[start + 1 : start + 2] == ["a"] or (start and words[start - 1] not in _STOPPED):
        return start
    article = next((at for at in range(start + 2, min(start + 4, end)) if words[at] in ("a", "an", "some")), None)
    return start if article is None or article + 1 >= end else article


def _round_school(words: Sequence[str], first: int, last: int) -> bool:
    """ "after school care", a thing of its own."""
    return words[first] in ("after", "before") and words[first + 1 : first + 2] == ["school"] and last - first > 2


def _leads_here(words: Sequence[str], start: int, at: int) -> bool:
    """Whether a word only leads up to the name; "after" does so in "I'm after a trike"."""
    if words[at] in _FOR_WHOM and at > start and words[at - 1] in _GIVING:
        return True  # "£19 buys him a month of the app"
    return _leads(words[at]) or (words[at] == "after" and at > start and words[at - 1] in _SEEKING)


_FOR_WHOM, _GIVING = word_set("him her me us them"), word_set("buys buy gets get")
_SEEKING = word_set("be im am i we he she hes shes theyre they were is are")


def _after_quote_for(words: Sequence[str], first: int, last: int) -> int:
    """ "got a quote off the builder for the fence": the fence."""
    if words[first : first + 1] not in (["quote"], ["quotes"]) and tuple(words[first : first + 3]) not in _PAYMENT_FOR:
        return first
    said = next((at for at in range(first + 1, last) if words[at] == "for"), None)
    if said is None:
        return first
    return next((at for at in range(said + 1, last) if not _leads(words[at])), first)


_PAYMENT_FOR = (("direct", "payment", "for"), ("direct", "payments", "for"), ("my", "money", "for"))


def _wanting(words: Sequence[str], first: int, last: int) -> int | None:
    """Where somebody named is said to want what follows: "my girl wants guitar lessons"."""
    naming = next((at for at in range(last - 1, first, -1) if words[at] not in EMPTY), first)
    found = None
    for at in range(first + 1, naming):
        if words[at] in _RELATED:
            break
        if (
            words[at] in _WISHING
            and words[at - 1] not in _NOT_WANTED | _KINDS_OF_NEEDS
            and words[at + 1] not in _NOT_NAMED
        ):
            found = at
    return found


_WISHING = word_set("requires wants needs fancies wanna want need")
_KINDS_OF_NEEDS = word_set("special additional complex support sensory medical extra learning sen")
""" "the special needs bike shop"."""

_NOT_NAMED = word_set("help him her it them us me")
_RELATED = word_set("who that which where when to so for with if as because and cos whose what")


def _sum(words: Sequence[str], first: int, last: int) -> bool:
    """ "spending money", which is for something, and not only an amount; "one to one", which is not only a number."""
    return tuple(words[first:last]) in _NAMES_OF_SMALL_WORDS


_NAMES_OF_SMALL_WORDS = (
    ("home", "help"),
    ("help", "at", "home"),
    ("spending", "money"),
    ("one", "to", "one"),
    ("one", "-", "to", "-", "one"),
)


def _of_kin(words: Sequence[str], at: int) -> bool:
    """ "the seizure monitor | my sister swears by"."""
    return words[at] in ("my", "his", "her", "our") and words[at + 1] in _KIN and words[at - 1] not in _LEADING_TO


_KIN = word_set(
    "mum mam dad husband wife partner son daughter sister brother cousin nan gran grandma grandad auntie aunty aunt uncle mate mates friend "
    "friends teacher physio ot neighbour niece nephew boyfriend girlfriend"
)
_LEADING_TO = (
    _PLACING
    | _RELATED
    | word_set("pay paying see take takes taking help helps and or not is are me him her us like give gives")
)

_SPEAKING = _AFTER | _PRONOUNS | word_set("half some most part back")
""" "the charity pays half", "the agency never got back to me"."""


def _before_reason(words: Sequence[str], start: int, end: int) -> int:
    """Where the name has to end: "a tent because he loves them" is a tent."""
    return next((at for at in range(start + 1, end) if words[at] in _REASONS), end)


_OBJECTS = word_set("him them me us")
_TAKING = word_set("bill bills billed invoice invoices sting stings set sets knock do does owe owes")
_WHO = word_set("he she they we i")
_OF_IT = word_set("cant cannot loves likes uses used knows trusts met saw")
""" "a cooker he can't turn on" is a cooker."""

_REASONS = word_set("because cos coz cause so")


def _speaks(words: Sequence[str], told: Sequence[int], first: int, end: int) -> bool:
    """Whether the last verb of saying or selling has only small words after it."""
    if told and words[told[-1]] in _HAVING and any(word in ("me", "him", "her", "us") for word in words[told[-1] :]):
        return False  # "my sister has him"
    if end - first > 1 and words[end - 1] in ("takes", "take"):
        return True  # "sir takes £6 a time"
    return bool(told) and told[-1] > first and all(word in _SPEAKING for word in words[told[-1] + 1 : end])


def _leads(word: str) -> bool:
    return word in _BEFORE or not word[:1].isalnum() or _HESITATION.fullmatch(word) is not None


def _after_help_is(words: Sequence[str], first: int, last: int) -> int:
    """ "what would help us is a cleaner": the cleaner."""
    if words[first : first + 1] not in (["help"], ["helps"], ["suit"]):
        return first
    said = next((at for at in range(first, min(first + _SOON, last)) if words[at] in ("is", "be")), None)
    if said is None:
        return first
    return next((at for at in range(said + 1, last) if not _leads(words[at])), first)


_SOON = 5


def _wants(led: Sequence[str], at: int) -> bool:
    """Whether a word of wanting is one: not so in "she's like a fish", "he wants to be like him"."""
    if list(led[at + 1 : at + 3]) == ["to", "be"] or (led[at] == "like" and at and led[at - 1] in _BEING):
        return False
    return led[at] in _WANTING


_BEING = word_set("be shes hes its theyre is are was just thats im")


def _would_have(led: Sequence[str]) -> bool:
    """ "he'd have a mentor", whose "d" is gone by now."""
    return any(pair in (("he", "have"), ("she", "have"), ("it", "have")) for pair in pairwise(led))


def _could_do(led: Sequence[str]) -> bool:
    """ "could do with a raincoat"."""
    return {"could", "do", "with"} <= set(led)


def _mate(words: Sequence[str], at: int) -> bool:
    return words[at : at + 1] == ["mate"] and at > 0 and words[at - 1] in _ARTICLES


def _kept(words: Sequence[str], at: int, end: int) -> bool:
    """Two-word names that begin with a word that elsewhere only leads to one; "a mate", who is not just spoken to."""
    if _mate(words, at):
        return True
    return at + 1 < end and (words[at], words[at + 1]) in {
        ("one", "to"), ("one", "-"), ("second", "hand"), ("go", "kart"), ("go", "karting"), ("go", "ape"), ("first", "aid"), ("look", "after"), ("pet", "sitter"), ("pet", "food"), ("pet", "insurance"), ("pet", "therapy"),
        ("put", "away"), ("last", "minute"), ("pay", "as"), ("dont", "want"), ("dont", "need"), ("half", "day"), ("get", "to"),
        ("go", "out"), ("going", "out"), ("to", "get"), ("spending", "money"),
    }  # fmt: skip


_VERBS = word_set(
    "swears swear came sent wrote saw stops stopped keeps kept manage manages recommended diagnosed asked rang gave turned talked is are was were theres loves likes enjoys needs wants means helps hates isnt arent wasnt cant couldnt doesnt didnt dont wont keeps "
    "says said told reckons gets goes comes runs lives knows remember happened happens struggles broke died started starts "
    "feel feels felt matters misses missed sleeps slept hurts makes died passed moved lost drives thinks thought hope hopes became become"
)


def is_sentence(words: Sequence[str]) -> bool:
    """Whether words tell something, as in "my granddaughter loves horses", rather than name a thing."""
    return any(
        word in _VERBS and not (word == "needs" and at and words[at - 1] in _KINDS_OF_NEEDS)
        for at, word in enumerate(words)
    )


_TELLING_VERBS = _VERBS | word_set("ask looking springs left earn earns")
_RELATING = word_set("who that which where when to so for someone somebody anyone anybody person")


def tells(words: Sequence[str]) -> bool:
    """Whether the verb of some words is their own, and not one that says what a thing is like.

    >>> tells("carers were rubbish".split()), tells("club where kids get help that is kind".split())
    (True, False)
    """
    verb = next((at for at, word in enumerate(words) if word in _TELLING_VERBS), None)
    return verb is not None and not any(word in _RELATING for word in words[:verb])
