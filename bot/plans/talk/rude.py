"""Swearing and insults that are a whole message: never part of a plan, and never answered in kind.

What else is in a message counts more than the swearing in it: "nights are shit, he is up at 4" is put down word for word.
"""

from __future__ import annotations

import re

from bot.understanding.line_words import word_set

_SWEARING = frozenset(
    [
        "fuck",
        "fucks",
        "fucking",
        "fucked",
        "fuckin",
        "fck",
        "effing",
        "ffs",
        "wtf",
        "stfu",
        "shit",
        "shite",
        "shitty",
        "crap",
        "crappy",
        "bollocks",
        "bullshit",
        "arse",
        "arsehole",
        "asshole",
        "bastard",
        "bastards",
        "bitch",
        "bugger",
        "twat",
        "twats",
        "wanker",
        "wankers",
        "wank",
        "prick",
        "pricks",
        "dickhead",
        "knobhead",
        "cunt",
        "cunts",
        "tosser",
        "piss",
    ]
)
_INSULTS = frozenset(
    [
        "idiot",
        "idiots",
        "idiotic",
        "stupid",
        "moron",
        "morons",
        "dumb",
        "thick",
        "useless",
        "pathetic",
        "rubbish",
        "muppet",
        "numpty",
        "loser",
        "losers",
        "clown",
        "git",
        "knob",
        "dick",
        "ass",
        "sod",
        "bloody",
    ]
)
"""Rude only when they are said of somebody or something: "useless" and "rubbish" alone may be an answer."""
_TALKED_TO = word_set("you your youre u ur this thats bot computer machine robot program council")
_AT = _TALKED_TO | {"shut"}
_BESIDE = _TALKED_TO | word_set(
    "ure that thing is are it its a an the of off up so just what all total absolute complete load right "
    "oh go get lot people suck sucks hate i to and me with my yourself very really such as "
)
"""Words that make the rude ones no more than that."""


def is_only_rude(text: str) -> bool:
    """Whether a message swears or insults, and says nothing else.

    >>> is_only_rude("You're useless!!"), is_only_rude("piss off"), is_only_rude("this is a load of crap")
    (True, True, True)
    >>> is_only_rude("useless"), is_only_rude("stupid bot")
    (False, True)
    >>> is_only_rude("nights are shit"), is_only_rude("he is not stupid"), is_only_rude("you are lovely")
    (False, False, False)
    """
    words = re.findall(r"[a-z]+", text.lower().replace("'", "").replace("’", ""))
    known = _SWEARING | _INSULTS | _BESIDE
    rude = any(word in _SWEARING for word in words) or bool(_AT & set(words) and _INSULTS & set(words))
    return rude and all(word in known for word in words)
