"""What people say to an alarm that was none.

Read narrowly, and only while the questions are stopped: nothing else may be said beside it. The alert stays for a person to
look at, whatever is said.
"""

from __future__ import annotations

import re

_MOST_WORDS = 8
_CALM = (
    "no oh sorry lol haha wait um er and so honestly really please thank thanks you have got there theres is was this its it "
    "that thats not isnt wasnt what i we meant mean didnt said like just only an a any at all me us of everyone everybody both he "
    "she they hes shes theyre are were im the kids children baby in to about emergency danger false alarm mistake misunderstanding "
    "misunderstood misread wrong hurt nobody nobodys one noone nothing nothings happened happening worry safe fine ok okay "
    "alright right well with him her now here"
)
_CALM_WORDS = frozenset(_CALM.split())
_SAYS_SO = re.compile(
    r"\b(not (?:an|a|in|any) (?:emergency|danger)|isnt an emergency|wasnt an emergency|no (?:emergency|danger)|false alarm|"
    r"(?:nobody|no one|noone)(?: is|s| was)? (?:hurt|in danger)|nothing(?: is|s| has)? (?:wrong|happened|happening|to worry about)|"
    r"misunderst\w+|misread|not what (?:i|we) (?:meant|mean|said)|isnt what i meant|didnt mean (?:that|it)(?: like that)?|got (?:me|it|that) wrong|"
    r"(?:everyone|everybody|all|both|kids|children|baby|he|she|they|hes|shes|theyre|us)(?: of us)?(?: is| are|s|re)?(?: all)? (?:safe|fine|ok|okay|alright|all right|well))\b"
)
_UNWELL = re.compile(
    r"^(?:is|are|was|were) |\b(?:not|isnt|wasnt|arent|no one(?: is)?|nobody(?: is)?|nothing(?: is)?) (?:at all |all )?"
    r"(?:safe|fine|ok|okay|alright|all right|well)\b"
    r"|\b(?<!nobody )(?<!nobodys )(?<!no one )(?<!noone )(?<!nobody is )(?<!no one is )(?<!nobody was )(?<!no one was )hurt\b|\bnot$"
)


def says_all_is_well(text: str) -> bool:
    """Whether these words say that nobody is in danger, or that something else was meant, and no more than that.

    >>> says_all_is_well("no, that's not what I meant!"), says_all_is_well("Nobody's hurt. He's fine")
    (True, True)
    >>> says_all_is_well("he's not safe"), says_all_is_well("he's fine but I'm not"), says_all_is_well("is he ok")
    (False, False, False)
    """
    plain = re.sub(r"[.,!?;:-]", " ", re.sub(r"['’]", "", text.lower()))
    words = plain.split()
    plain = " ".join(words)
    if len(words) > _MOST_WORDS or not _CALM_WORDS.issuperset(words):
        return False
    return bool(_SAYS_SO.search(plain)) and not _UNWELL.search(plain)
