"""Words that steer the plan talk: "let's do the money", "what's left?", "read it back", "that's all".

Taken only when they are the whole message, so that "he always wants to go back home" stays part of the plan. The names
of sections are content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bot.content.plan_models import PlanSection

PlanCommand = Literal[
    "back",
    "change",
    "skip",
    "later",
    "idea",
    "why",
    "repeat",
    "slower",
    "left",
    "read_back",
    "done",
    "jump",
    "check",
    "pause",
    "person",
    "help",
    "amount",
    "invite",
    "apart",
    "together",
    "differences",
]


@dataclass(frozen=True, slots=True)
class Steer:
    """A command, and the section that it names."""

    command: PlanCommand
    target: str | None = None


_WHOLE: tuple[tuple[PlanCommand, str], ...] = (
    ("left", r"what(?:s| is)? (?:is )?(?:left|next|still to do|missing)|whats to do|what have (?:i|we) (?:still )?(?:got )?(?:left|to do)|what else is there|how much is left|where (?:am i|are we)|how far (?:am i|are we)|how many (?:more|left)|list|the list|menu of sections|show me the list"),
    ("differences", r"whats? (?:is )?(?:different|changed|new)(?: from (?:last year|before))?|what (?:have i|have we|did i|did we|has) changed?|show me (?:the|what) (?:changes|changed|is different)|(?:the )?differences"),
    ("read_back", r"read (?:it|that|this|the plan|my plan|me (?:it|the plan|my plan)|it all) ?(?:back|out|out loud|to me)?|what have (?:i|we) (?:got|put|said|written)(?: so far)?|show me (?:the|my) plan|(?:the|my) plan so far|see (?:the|my) plan"),
    ("check", r"check and send|send (?:it|(?:the|my|our) (?:new )?plan|(?:the|my) new one)(?: off| in| now| again)*(?: to (?:the team|the council|them))?(?: now)?|(?:im|i am|were|we are) (?:done|finished|ready to send)|(?:check|finish) (?:the|my) plan|thats (?:the )?(?:whole plan|everything)"),
    ("done", r"thats (?:all|it|the lot|everything for (?:this|now))|nothing (?:else|more)|no more|no thats (?:all|it)|all done|that will do|done|none|nothing|nothing really|not really|no nothing|nope nothing|nothing to add|no one|nobody"),
    ("idea", r"(?:give me |any |some |an |have you (?:got )?(?:any )?)?(?:ideas?|inspiration)(?: please)?|(?:tell me )?(?:a|some|any) (?:story|stories)|what (?:do|did|have) (?:other|others|other people|other families)(?: people| families)? (?:do|put|say|write|done|said)|(?:im|i am) stuck|stuck|what (?:should|could|can) i (?:say|put|write)|like what|(?:give me )?(?:an )?example|(?:i )?(?:cant|can not|cannot) think(?: of (?:anything|any|one))?|no idea|(?:i )?(?:dont|do not) know(?: yet| what to (?:say|put|write))?|not sure(?: yet)?|im not sure|dunno|idk"),
    ("later", r"later|ask me later|come back to (?:it|this|that)(?: later)?|do (?:it|this|that) (?:one )?later|not now|leave (?:it|this|that) (?:for later|for now|till later)"),
    ("skip", r"skip(?: it| this| that| this one| that one)?|pass|next(?: one| question)?|move on|leave (?:it|this|that)(?: one)?(?: out| blank)?|miss this (?:one )?out|(?:id |i would )?rather not(?: say)?|go on to the next(?: one)?"),
    ("amount", r"(?:back to|show me|what (?:is|was|s)|whats) (?:the |my |our )?guide amount|back to the (?:result|questions)|leave the plan|stop the plan"),
    ("invite", r"(?:can |could |i want to |id like to )?(?:ask|invite|add|let|get) (?:some(?:one|body) else|(?:an)?other (?:person|parent)|(?:his|her|their|my) (?:dad|mum|partner|husband|wife)|my (?:son|daughter)|another person)(?: to (?:join|help|answer|do it|do this)(?: too| with me)?)?(?: join(?: in)?)?|invite|share (?:it |the plan )?with (?:some(?:one|body)|(?:his|her|their) (?:dad|mum))"),
    ("apart", r"(?:i want to |can i |id like to )?answer (?:on my own|alone|apart|by myself)|answer apart|on my own"),
    ("together", r"(?:i want to |can i |can we |id like to )?answer together|together"),
)  # fmt: skip

_JUMP = re.compile(
    r"^(?:(?:can|could|may|shall) (?:i|we|you) |i (?:want|would like|need) to |id like to |lets |let us |please |ok |now |and )*"
    r"(?P<verb>do|go (?:back )?to|talk about|start with|carry on with|look at|see|jump to|move to|change|edit|fix|add to|write|fill in|on to|back to)\s+"
    r"(?:the |my |our |his |her |their |a |some |about |bit |part |section |number )*(?P<what>.+?)(?: (?:bit|part|section|one|now|first|next|please|page|question))*$"
)
LONGEST = 300
"""Characters. Nobody says a command in more; a longer message is what the plan is about."""
_STARTS = re.compile(r"^(?:please |ok |right |so |well |erm? |um |oh |and |hi |hello |yes |yeah )+")
_ENDS = re.compile(r"(?: (?:please|pls|thanks|thank you|ta|for now|now then|mate|love))+$")


def match(text: str, sections: Iterable[PlanSection]) -> Steer | None:
    """The command that a message is, or None when it is part of the plan.

    >>> match("what's left?", ())
    Steer(command='left', target=None)
    >>> match("he wants to be left alone on Sundays", ()) is None
    True
    """
    if len(text) > LONGEST:
        return None
    plain = fold(text)
    plain = _ENDS.sub("", _STARTS.sub("", plain)) or plain
    if found := _JUMP.match(plain):
        target = named(found["what"], sections)
        if target is not None:
            return Steer("change" if found["verb"] in ("change", "edit", "fix") else "jump", target)
    for command, pattern in _WHOLE:
        if re.fullmatch(pattern, plain):
            return Steer(command)
    target = named(plain, sections, whole=True)
    return Steer("jump", target) if target else None


def named(words: str, sections: Iterable[PlanSection], *, whole: bool = False) -> str | None:
    """The section that folded words name, by its code, number, title or another name; None when none or two do."""
    if code := re.fullmatch(r"p?(\d{1,2})", words):
        wanted = f"P{int(code[1]):02d}"
        if (whole and not words.startswith("p")) or all(section.id != wanted for section in sections):
            return None
        return wanted
    found = set()
    wanted = mine(words)
    for section in sections:
        names, mine_of_names = _called(section.title, section.names)
        # a bare word such as "friends" may be an answer; only a title or a name of two words is taken alone
        if (words in names or wanted in mine_of_names) and (
            not whole or words == fold(section.title) or len(words.split()) > 1
        ):
            found.add(section.id)
    return found.pop() if len(found) == 1 else None


@cache
def _called(title: str, names: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """What a section is called, folded, and the same as :func:`mine` has it. They are the script's words, and few."""
    folded = frozenset((fold(title), *map(fold, names)))
    return folded, frozenset(map(mine, folded))


def mine(words: str) -> str:
    """ "How he tells people things" is the part "How I tell people things".

    >>> mine("how she tells people things") == mine("how i tell people things")
    True
    >>> mine("who he is"), mine("his goals")
    ('who i am', 'my goals')
    """
    plain = re.sub(r"\b(?:his|her|hers|their|him|them|me)\b", "my", words)
    plain = re.sub(r"\b(?:he|she|they|we) (?:is|are)\b", "i am", plain)
    plain = re.sub(r"\b(?:he|she|they|we)\b", "i", plain)
    return re.sub(r"\bi (\w{3,}?)s\b", r"i \1", plain)


def fold(text: str) -> str:
    """Lower case, no punctuation, no apostrophes.

    >>> fold("What's LEFT?!")
    'whats left'
    """
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))
