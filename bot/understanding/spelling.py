"""Slips of the finger and of the ear in the few words that amounts and times are read by. All other words stay."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.understanding import line_words
from bot.understanding.line_words import word_set

MIN_LENGTH = 5
"""Shorter words have too many neighbours to be put right from one letter."""

_TARGETS = word_set(
    "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen three seven eight couple pounds pound pence tenner fiver grand hours minutes nights weeks "
    "weekly fortnight fortnights fortnightly month months monthly session sessions lesson lessons every twice between "
    "monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday "
    "sundays weekend weekends weekday weekdays yearly annually termly daily holidays"
)

_SLIPS = {
    slip: word
    for word, slips in {
        "would": "wud",
        "two": "twa twae",
        "eleven": "elevin elleven",
        "twelve": "twelf twelv twleve",
        "thirteen": "firteen thurteen therteen",
        "fifteen": "fiveteen fiften fifeteen",
        "thirty": "firty thurty therty",
        "three": "thre",
        "other": "ither uvver",
        "sunday": "sundy sundi sonday",
        "sundays": "sundies sundys sundis sondays",
        "monday": "mundy mondy munday",
        "mondays": "mondies mondys",
        "friday": "fridy fryday",
        "fridays": "fridies fridys",
        "thousand": "thoosand thousan",
        "four": "fower",
        "someone": "some1 sum1 sumone somone",
        "anyone": "any1 ne1",
        "together": "2gether",
        "before": "b4",
        "fortnight": "fortneet fortnicht fornight fornite fortnite tnight",
        "fortnightly": "fornightly fortnitely fornitely",
        "every": "ilka ilk evry evrey eveyr evey ivvry ivery ivry evvry ev",
        "each": "eech eahc",
        "once": "wonce onece wance yince",
        "twice": "twise",
        "wednesday": "wensday wendsday wedsday wensdy",
        "wednesdays": "wensdays wendsdays wedsdays",
        "saturday": "satdy setterday saterday satday satuday",
        "saturdays": "saterdays satdays satudays",
        "tuesday": "tuseday chewsday",
        "tuesdays": "tusedays",
        "quid": "qiud qid quied qwid",
        "tenner": "tener tenna tennar",
        "fiver": "fivr fiva fivver",
        "pound": "poun poud pund",
        "pounds": "ponds punds pouns pounda",
        "hour": "hor houre hourr huor",
        "hours": "oors hous horus hors hrz hourz howers hoors houers owers",
        "week": "wek weke weeek wekk",
        "weekly": "weakly wekly",
        "month": "mth mnth monf munth",
        "months": "monfs munths",
        "forty": "fourty",
        "fifty": "fivety fity",
        "ninety": "ninty",
        "nineteen": "ninteen",
        "one": "ae",
        "six": "sax",
        "eight": "eigth eigt echt",
        "twenty": "twnty twenny tweny",
        "night": "neet nicht nite nigth",
        "nights": "neets nichts nites nigths",
        "year": "yr yaer yeer",
        "half": "harf haf",
        "hundred": "hunner hunnert hunnerd hundret hunderd hundered hundread hunred",
        "pence": "pense",
        "mileage": "milage",
        "mile": "mlie",
        "term": "trem",
        "morning": "mornin morn mornign moring",
        "mornings": "mornins mornin's",
        "evening": "evenin evning",
        "evenings": "evenins evnings",
        "afternoon": "afternoo arvo efternoon",
        "dont": "dinnae dinna dinny divvent divint",
        "cant": "cannae canna cannot cany",
        "wont": "willnae winnae wullnae",
        "wouldnt": "wouldnae wudnae",
        "didnt": "didnae",
        "havent": "havenae hivnae huvnae",
        "hasnt": "hasnae hisnae",
        "wasnt": "wasnae wisnae",
        "isnt": "isnae",
        "doesnt": "doesnae disnae doesny",
        "about": "aboot abaht abart",
        "he": "hed",
        "they": "theyd theyll theyve",
        "it": "itd itll",
        "that": "thatd thatll",
        "you": "youd youll youre youve",
        "who": "whod wholl",
        "out": "oot",
        "down": "doon",
        "now": "noo",
        "house": "hoose",
    }.items()
    for slip in slips.split()
}

_OWN_WORDS = word_set(
    "there forth fifth sixth third eighth seventh mouth mouths moths tender fever fibre fibres fiber fibers grant grants grans grandad brand "
    "weeds weeps weedy peace dairy daisy males mules milks lessen yearn sever severe couples coupled nightie sundae thirst "
    "thirsty session mondeo thee them these those horses house pound found round night light eighths hundredth bounds "
    "ounces tennis tenders fives nightly friend friends everyone everything grandma holiday footy threw hundreds thousands "
    "threes sevens steven granda sundry sixties haves holidaying couplet twelfth eleventh"
)
"""Words that are one letter away from one of ours, and mean themselves."""

_HEARD = {
    ("an", "our"): "hour",
    ("an", "oor"): "hour",
    ("per", "oor"): "hour",
    ("half", "oor"): "hour",
    ("per", "our"): "hour",
    ("half", "our"): "hour",
    ("each", "our"): "hour",
    ("a", "weak"): "week",
    ("per", "weak"): "week",
    ("every", "weak"): "week",
    ("each", "weak"): "week",
    ("a", "moth"): "month",
    ("per", "moth"): "month",
    ("every", "moth"): "month",
    ("a", "nigh"): "night",
    ("a", "quit"): "quid",
    ("an", "eve"): "evening",
    ("one", "eve"): "evening",
    ("1", "eve"): "evening",
    ("every", "eve"): "evening",
    ("each", "eve"): "evening",
    ("dont", "ken"): "know",
    ("didnt", "ken"): "know",
}
"""Words that are right elsewhere, after the word that tells them apart."""


def repair(words: Sequence[str]) -> list[str]:
    """Words in plain form, with slips put right.

    >>> repair("twnty quid evry fornight for two ours".split())
    ['twenty', 'quid', 'every', 'fortnight', 'for', 'two', 'hours']
    >>> repair("there is thirsty work in our house".split())
    ['there', 'is', 'thirsty', 'work', 'in', 'our', 'house']
    """
    mended = [_repair(word) for word in words]
    for at in range(1, len(mended)):
        before, word = mended[at - 1], mended[at]
        if (before, word) in _HEARD:
            mended[at] = _HEARD[before, word]
        elif word == "ours" and (before.isdecimal() or before in _COUNTS):
            mended[at] = "hours"
        elif word in _CONTRACTED and before not in _OF_A_SHED and set(mended[at + 1 : at + 2]) & _DOING:
            mended[at] = _CONTRACTED[word]
        elif word == "pr" and mended[at + 1 : at + 2] and mended[at + 1] in line_words.UNITS:
            mended[at] = "per"
        elif word in _TEXTED and before.isalpha() and before not in _COUNTED and mended[at + 1 : at + 2]:
            to, following = _TEXTED[word]
            mended[at] = to if mended[at + 1] in following else word
    return mended


_CONTRACTED = {"shed": "she", "wed": "we"}
"""Typed without the apostrophe: "shed go every Sunday"."""

_OF_A_SHED = word_set(
    "a an the my our his her their garden tool wooden sensory potting new old big small this that on every each and as might may very so"
)
_DOING = word_set(
    "go have do be like love want need come give get take use only also just probably never still really prefer attend dae stay see help "
    "benefit manage pay sit book say spend start join try play ride swim keep share hire buy"
)

_TEXTED = {
    "2": (
        "to",
        word_set(
            "the his her my our me him them us be do go get sit take help play cook watch look see come teach talk read keep stay walk "
            "drive clean make pick collect mind bath feed wash dress learn use let give bring run swim ride work hang chat support"
        ),
    ),
    "4": ("for", word_set("the his her my our me him them us when if")),
}
"""Numbers that stand for the word they sound like: "some1 2 sit with her", "shed 4 his den"."""

_COUNTED = word_set(
    "us them the all both each of these those only just about is are its for at x or and with than over times every next last"
)
"""Before a number that means itself: "us 2 go", "both 2"."""

_COUNTS = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half", "couple", "few"}


@lru_cache(maxsize=4096)
def _repair(word: str) -> str:
    if word in _SLIPS:
        return _SLIPS[word]
    if (
        not MIN_LENGTH <= len(word) <= _MAX_LENGTH
        or word in _TARGETS
        or word in _OWN_WORDS
        or line_words.word_class(word)
        or not word.isalpha()
    ):
        return word
    near = {
        target for part in (word, *_without_one(word)) for target in _NEAR.get(part, ()) if _one_apart(word, target)
    }
    return near.pop() if len(near) == 1 else word


def _without_one(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def _one_apart(word: str, target: str) -> bool:
    """One letter more, less or other, or two neighbours swapped; the first letter is hardly ever the wrong one."""
    if word[0] != target[0]:
        return False
    if len(word) != len(target):
        longer, shorter = sorted((word, target), key=len, reverse=True)
        return shorter in _without_one(longer)
    other = [at for at in range(len(word)) if word[at] != target[at]]
    if len(other) == 2 and other[1] == other[0] + 1:
        return word[other[0]] == target[other[1]] and word[other[1]] == target[other[0]]
    return len(other) == 1


def _index() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for target in sorted(_TARGETS):
        for part in (target, *_without_one(target)):
            found.setdefault(part, []).append(target)
    return found


_NEAR = _index()
_MAX_LENGTH = max(map(len, _TARGETS)) + 1
"""A longer word is more than one letter away from all of them."""
