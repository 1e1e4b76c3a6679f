"""Commands in a few words: the lexicon.

A command is taken from here only when it is the whole message, so that "he won't go back to bed" stays an answer.
Longer ways of saying the same ("can we go back one please") are learnt from data/nlu instead. STOP, END, CANCEL and
QUIT are no commands: on SMS the carrier takes them to mean "never write to me again".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.normalise import fold
from bot.understanding.numbers import NUMBER_WORDS
from bot.understanding.reading import Command

CODES = ("S1", "S2", "S3", "H1", "H2", "H3", "H4", "E1", "E2", "P1", "P2", "W1", "W2", "F1", "F2", "F3")
"""Question codes in the order they are asked; "change question 6" is the sixth."""

_PHRASES: dict[Command, str] = {
    "back": "back|go back|back one|one back|go back one|go back a step|previous|previous question|last question|"
    "take me back|can i go back|can we go back|go back please|back please|undo|undo that|the one before|"
    "go to the last question|go back to the last question|bak|go bak|i want to go back|lets go back|can you go back",
    "change": "change|change it|change that|change answer|change my answer|change an answer|change a question|edit|"
    "edit answer|i want to change my answer|can i change my answer|change question|change please|correct that",
    "skip": "skip|skip it|skip this|skip that|skip please|skip this one|skip that one|skip question|skip this question|"
    "skip the question|pass|next|next question|next one|next please|move on|can i skip|can i skip this|"
    "can we skip this|leave it|leave this one|leave that one|miss this one|miss this one out|come back to it|"
    "come back to it later|ask me later|later|not this one|rather not say|id rather not say|prefer not to say|"
    "i dont want to answer|i dont want to answer that|dont want to answer|dont want to say|skp|skip pls",
    "not_sure": "not sure|im not sure|i am not sure|unsure|dont know|i dont know|do not know|i do not know|dunno|"
    "i dunno|no idea|ive no idea|i have no idea|not a clue|no clue|havent a clue|idk|not really sure|not too sure|"
    "i cant say|cant say|hard to say|couldnt say|couldnt tell you|im unsure|no idea sorry|not sure sorry|"
    "sorry not sure|sorry i dont know|dont no|i dont no|hmm not sure|um not sure|im not too sure|im really not sure",
    "varies": "it varies|varies|it changes|it depends|depends|it can vary|can vary|varies a lot|it varies a lot|"
    "it really varies|it really depends|that depends|that varies|some days|depends on the day|it depends on the day|"
    "changes day to day|day to day|good days and bad days|up and down|its up and down|it changes a lot|"
    "different every day|it differs|not always the same|it comes and goes|comes and goes",
    "why": "why|why do you ask|why do you need to know|why do you want to know|why are you asking|why ask|"
    "why this question|why that question|why do you need this|why do you need that|how come|whats this for|"
    "what is this for|why is that|why do u ask|why do u need to know|why do u need to know that|"
    "why do you need to know that|why do you ask that|why r u asking|tell me why|what do you need that for",
    "example": "example|examples|an example|give me an example|for example|like what|such as|such as what|eg|"
    "can i have an example|give an example|example please|show me an example|can you give me an example",
    "repeat": "repeat|repeat that|repeat please|repeat it|say again|say it again|say that again|again|again please|"
    "pardon|pardon me|sorry|sorry what|what|eh|come again|can you repeat that|could you repeat that|what was that|"
    "what did you say|one more time|repeat the question|repeat question|say that again please|hear it again|"
    "what was the question|whats the question|read it again|can you say that again",
    "slower": "slower|slower please|slow down|slow down please|speak slower|speak slowly|too fast|more slowly|"
    "go slower|youre too fast|that was too fast|say it slower|say it slowly|a bit slower|can you slow down",
    "progress": "progress|how many left|how many more|how many more questions|how many questions|how much longer|"
    "how long left|how far|how far am i|how far along am i|how much is left|how many to go|where am i|"
    "where are we|how many are there|how many questions left|how many questions are left|what number are we on",
    "pause": "pause|save|save it|save and stop|save and exit|save for later|save and finish later|save and pause|"
    "pause please|pause it|finish later|carry on later|do it later|i need a break|need a break|take a break|"
    "break|got to go|gotta go|i have to go|have to go|i need to go|ive got to go|brb|come back later|"
    "ill come back later|can i pause|can i save|can we pause|can i come back to this|do this later|"
    "can i do this later|not now|bye|goodbye|bye bye",
    "person": "person|human|a person|a human|person please|talk to a person|speak to a person|real person|"
    "a real person|talk to someone|speak to someone|i want a person|i want a human|id like a person|operator|agent|"
    "someone real|call me|ring me|phone me|talk to a human|speak to a human|speak to someone please|"
    "can i talk to someone|can i speak to someone|can i talk to a person|can i speak to a person|social worker|"
    "i want to talk to someone|i want to speak to someone|i need a person|get me a person|adviser|advisor",
    "help": "help|help me|help please|please help|help me please|what can i say|what can i do|commands|menu|"
    "options|what are my options|instructions|i need help|how does this work|what do i do|how do i do this|info",
    "start_again": "start again|start over|restart|begin again|start from the beginning|start from scratch|"
    "from the beginning|from the start|back to the start|back to the beginning|go back to the start|"
    "go back to the beginning|can i start again|can we start again|start afresh|reset|i want to start again",
    "yes": "yes|y|yeah|yep|yup|yeh|yea|ye|yh|yes please|yes thanks|yes thank you|thats right|that is right|right|"
    "correct|thats correct|ok|okay|k|sure|thats fine|thats it|exactly|spot on|aye|yes thats right|"
    "yeah thats right|yep thats right|yes it is|yes its right|yes that is right|yes correct|that will do|thatll do|"
    "sounds right|sounds good|go on|go on then|go ahead|all right|alright|i agree|agreed|true|absolutely|"
    "definitely|of course|yes of course|yas|yess|yesss|yep please|yeah please|yes ok|ok yes|yes start|lets start|"
    "start|lets go|ready|im ready|happy with that|im happy with that|carry on|continue",
    "no": "no|n|nope|nah|naw|no thanks|no thank you|not right|thats not right|that isnt right|thats wrong|wrong|"
    "incorrect|not correct|thats not it|thats incorrect|no thats wrong|no thats not right|not really|no it isnt|"
    "no its not|no it is not|definitely not|na|noo|nooo|no way|no that isnt right|disagree|i disagree",
}
"""Phrases by command, folded (no apostrophes, no punctuation, lower case)."""

_LEXICON: dict[str, Command] = {phrase: command for command, all_ in _PHRASES.items() for phrase in all_.split("|")}

_EMOJI: dict[str, Command] = {"👍": "yes", "✅": "yes", "👌": "yes", "👎": "no", "❌": "no", "🤷": "not_sure"}

_NICETIES = re.compile(r"^(?:(?:please|pls|plz|erm|um|uh|er|hmm|oh|ok so|so|well|hi|hello|actually|can you)\s+)+"
                       r"|(?:\s+(?:please|pls|plz|thanks|thank you|thx|ta|love|mate|sorry|lol|x+))+$")  # fmt: skip

_CHANGE = re.compile(
    r"^(?:(?:can|could|may) (?:i|we|you) |i (?:want|need|would like|wanna) to |id like to |let me |please )*"
    r"(?:change|edit|correct|redo|fix|alter|go back to|back to)\s+"
    r"(?:my |the |that |an )*(?:answer |one |ones |question |questions |q |bit |part |number |no |to |for |on |about |"
    r"the |my |answers )*(?P<target>.+)$"
)

_TOPICS: dict[str, str] = {
    "S1": "safe at home|safety at home|home|being safe at home|at home",
    "S2": "safe when out|safe when i am out|safe when im out|safe out|out|outside|going out|being out|when out|"
    "out and about|safety outside",
    "S3": "when things feel too much|too much|upset|meltdown|meltdowns|getting upset|behaviour|calm|calming down|"
    "feeling too much|when upset",
    "H1": "looking after my health|health|medicine|medicines|meds|medication|medical|looking after health",
    "H2": "washing dressing eating and toilet|washing|dressing|eating|toilet|personal care|washing and dressing|"
    "getting dressed|bath|baths|food|feeding",
    "H3": "nights|night|sleep|sleeping|night time|nighttime|at night|bedtime",
    "H4": "my feelings|feelings|worry|worries|mood|mental health|sad|anxiety|being sad|being worried",
    "E1": "learning|school|college|school work|lessons|education|nursery",
    "E2": "fun clubs and days out|fun|clubs|days out|clubs and days out|fun and clubs|activities|hobbies",
    "P1": "friends|friend|making friends|friendships|seeing friends|mates",
    "P2": "being understood and making choices|being understood|understood|choices|making choices|talking|"
    "communication|speech|communicating|signs|signing",
    "W1": "getting about|getting around|travel|transport|walking|moving|wheelchair|getting places|mobility",
    "W2": "growing up and doing things for myself|growing up|doing things for myself|independence|new skills|"
    "doing things|skills|doing things by himself|doing things by herself",
    "F1": "how we are coping|coping|how im coping|how i am coping|how we cope|tired|being tired|rest",
    "F2": "the rest of our family|rest of our family|rest of the family|the rest of the family|family|brothers|"
    "sisters|siblings|brothers and sisters|my other children|other kids|other children",
    "F3": "help we already have|help we have|help i have|help we get|help i get|help already|support we have",
}
"""Words people use for a question, beside its title."""

_TOPIC_OF: dict[str, str] = {phrase: code for code, all_ in _TOPICS.items() for phrase in all_.split("|")}

_NUMBER_WORDS = NUMBER_WORDS | {
    word: number
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}


@dataclass(frozen=True, slots=True)
class Steering:
    """A command, and the question it points at when it names one."""

    command: Command
    target: str | None = None


LONGEST = 300
"""Characters. Nobody says a command in more; what is longer tells something."""


def match(text: str) -> Steering | None:
    """The command that ``text`` is, or None when it is anything more.

    >>> match("Go back please!")
    Steering(command='back', target=None)
    >>> match("change the one about nights")
    Steering(command='change', target='H3')
    >>> match("he won't go back to bed") is None
    True
    """
    if steering := _EMOJI.get("".join(char for char in text if char.isprintable() and not char.isspace())[:1]):
        return Steering(steering) if not any(char.isalnum() for char in text) else None
    if len(text) > LONGEST:
        return None
    plain = fold(text)
    stripped = _strip(plain)
    for candidate in (plain, stripped):
        if candidate in _LEXICON:
            return Steering(_LEXICON[candidate])
    if found := _CHANGE.match(stripped):
        code = target(found["target"])
        if code:
            return Steering("change", code)
    return None


def target(words: str) -> str | None:
    """The question that folded ``words`` name: by code, by number, or by what it is about.

    >>> target("h3"), target("3"), target("sleep"), target("elephants")
    ('H3', 'S3', 'H3', None)
    """
    words = _strip(words)
    words = re.sub(r"^(?:question|number|no|q|the|my)\s+|\s+(?:question|one|answer|bit)$", "", words).strip()
    if words.upper().replace(" ", "") in CODES:
        return words.upper().replace(" ", "")
    number = int(words) if words.isdecimal() else _NUMBER_WORDS.get(words)
    if number is not None:
        return CODES[number - 1] if 1 <= number <= len(CODES) else None
    if words in _TOPIC_OF:
        return _TOPIC_OF[words]
    return None


def mentioned(text: str) -> str | None:
    """The one question that a longer sentence names; None when it names none, or more than one.

    >>> mentioned("hang on, can I change what I said about his nights?")
    'H3'
    """
    plain = f" {fold(text)} "
    named = re.findall(r"\b(?:question|number|q) ?(\d{1,2}|[a-z]\d)\b", plain) + re.findall(
        r"\b([shepwf][1-4])\b", plain
    )
    codes = {code for word in named if (code := target(word))}
    if not codes:
        codes = {code for phrase, code in _TOPIC_OF.items() if len(phrase) > 3 and f" {phrase} " in plain}
    return codes.pop() if len(codes) == 1 else None


def _strip(plain: str) -> str:
    before = ""
    while plain != before:
        before, plain = plain, _NICETIES.sub("", plain).strip()
    return plain
