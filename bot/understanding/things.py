"""The person's own words for the thing: what is left of a line beside amounts and times, without the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.line_words import word_set

_ARTICLES = word_set("a an the some")

_BEFORE = _ARTICLES | word_set(
    "i we id wed ill well im were ive weve want wants wanted need needs would like likes love loves can could may might have has had get gets getting u "
    "got go goes going gonna wanna to for of on at in with from is are was be it its this that thats theres there theyre these "
    "those and then also plus so um umm uh er erm ah oh ok okay right yeah yes yep well please maybe perhaps probably basically "
    "just really actually possibly he she they hes shes you do does did doing think thought guess suppose how much what about "
    "thing first second another one more pay pays paid paying buy buying money cash cost costs costing price priced spend "
    "spending put use using let lets me us say saying please hi hello as well because cos first next last lastly finally other "
    "too but or n by every each half our add include including hoping hope will id which who if plan thinking kind sort "
    "something somewhere anywhere similar around about each been being bit quite fancy each total per nothing now currently charges charge charged works"
)
"""Words that lead up to the thing's name."""

_AFTER = word_set(
    "a an the is are was were be its it thats that this which for on at of to with in by from and or so but please thanks thank you ta cheers "
    "maybe perhaps probably like about just only too as well each every would will around who whom gets get does he she we they "
    "i id hes shes up costs cost costing charges charge charged charging comes come i'd want need because cos if when where there then also plus per "
    "roughly approx really actually lol innit yeah ok okay x pay pays paying paid priced price said say think guess um er erm uh "
    "being has have had into over during until till than not no there's theres altogether total usually normally any now currently though tho"
)
"""Words that lead away from it."""

_PLACING = word_set(
    "to for with at in from on by near round around so because cos as which who that when while if though although where since but of "
    "after before until during"
)
"""Words that begin something said about the thing, and not another one."""

_TELLING = word_set("hes shes theyre it its he she we they i ill im weve ive were theyve")
"""Words that begin a sentence: about the thing said before, or to say another."""

_PRONOUNS = word_set(
    "her him them it us me you they she he everyone both all myself himself herself one my his our their your"
)

_WANTING = word_set("want wants need needs like love")

_NOT_WANTED = word_set("dont doesnt not wont didnt")

GENERIC = word_set(
    "ticket tickets entry session sessions lesson lessons fee fees price cost rate pay wage wages cost charge charges they each "
    "class classes admission subs agency company charity provider"
)
"""Names of an amount, which belong to the thing said before."""

ASKED_ONCE = word_set(
    "deposit registration joining assessment flooring ipad tablet laptop trike bike tricycle scooter wheelchair buggy "
    "pushchair headphones defenders blanket bed mattress humidifier washing-machine dryer fridge freezer tv television "
    "xbox playstation console tent fence gate ramp rails hoist swing slide sandpit beanbag helmet boots shoes coat camera "
    "printer keyboard drum guitar desk chair sofa carpet curtains locks alarm radio speaker kindle phone "
    "computer chromebook trampoline hot-tub shed greenhouse tricycle harness carseat seat sling walker projector"
)
"""Things that are bought and then last, so that how often need not be asked."""

_NOT_BOUGHT = word_set(
    "club clubs park place lesson lessons class classes session sessions hire hired rental repair repairs insurance contract sim "
    "bill bills credit course group groups cleaning hall centre arena space service servicing app subscription trip trips riding "
    "ride rides therapy shop pass cover warranty maintenance training coach coaching tuition tutor teacher"
)

WORKERS = word_set(
    "pa pas assistant assistants carer carers worker workers sitter sitters babysitter helper helpers buddy befriender nanny "
    "nurse nurses tutor cleaner gardener childminder mentor companion enabler keyworker sister brother auntie aunty aunt uncle "
    "cousin nan nanny gran grandma grandad grandpa neighbour friend someone somebody person lady woman man student support"
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


def find(words: Sequence[str], start: int, end: int) -> Thing | None:
    """The thing named by plain words ``start`` to ``end``; None when they only lead from one amount to another.

    >>> words = "i would like a trampoline please".split()
    >>> find(words, 0, 6)
    Thing(start=4, end=5, placed=False, told=True, wanted=True, refused=False, named=True)
    >>> find("that is about".split(), 0, 3) is None
    True
    """
    first, last = start, end
    while (
        first < last and (words[first] in _BEFORE or not words[first][:1].isalnum()) and not _kept(words, first, last)
    ):
        first += 1
    while first < last and (words[last - 1] in _AFTER or not words[last - 1][-1:].isalnum()):
        last -= 1
    if all(word in _PRONOUNS for word in words[first:last]):
        return None
    led = words[start:first]
    refused = any(word in _NOT_WANTED for word in led) or (
        words[first] in _NOT_WANTED and any(word in ("want", "need") for word in words[first:last])
    )
    return Thing(
        first,
        last,
        placed=words[start] in _PLACING or words[first] in _PLACING,
        told=words[start] in _TELLING,
        wanted=any(word in _WANTING for word in led),
        refused=refused,
        named=bool(led) and led[-1] in _ARTICLES,
    )


def _kept(words: Sequence[str], at: int, end: int) -> bool:
    """Two-word names that begin with a word that elsewhere only leads to one."""
    return at + 1 < end and (words[at], words[at + 1]) in {
        ("one", "to"), ("one", "-"), ("second", "hand"), ("go", "kart"), ("go", "karting"), ("go", "ape"), ("first", "aid"),
        ("put", "away"), ("last", "minute"), ("pay", "as"), ("dont", "want"), ("dont", "need"), ("half", "day"), ("get", "to"),
        ("go", "out"), ("going", "out"), ("to", "get"),
    }  # fmt: skip


def lasts(words: Sequence[str]) -> bool:
    """Whether a thing is bought once.

    >>> lasts(["trike"]), lasts(["trampoline", "place"]), lasts(["new", "goggles"])
    (True, False, True)
    """
    if not words or any(word in _NOT_BOUGHT for word in words):
        return False
    return words[0] == "new" or any(word in ASKED_ONCE for word in words) or ("washing" in words and "machine" in words)
