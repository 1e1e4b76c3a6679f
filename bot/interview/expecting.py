"""What the current step can take: its options, and whether free text is an answer. Matching comes before understanding."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.content.loader import Content
from bot.interview.ask import ask, level_options, not_sure_option
from bot.interview.messages import Option
from bot.interview.path import current_step
from bot.interview.state import Interview
from bot.interview.words import Words
from bot.understanding.facts import read_who
from bot.understanding.normalise import fold
from bot.understanding.options import by_place, match
from bot.understanding.reading import Command, LevelReading, Reading

YES_NO = {
    "consent": ("consent.yes", ""),
    "family_here": ("family.yes", "family.no"),
    "check": ("check.yes", "check.change"),
    "restart": ("restart.yes", "restart.no"),
    "keep_helping": ("keep_helping.yes", "keep_helping.no"),
}
"""Which option "yes" and "no" mean, by step or exchange ("": none; the commands answer it)."""

GOES_ON = {"check": "check.yes", "result": "result.plan"}
"""The option that leads on towards the plan."""

_ASKS = re.compile(r"\?\W*$|^\W*(?:can|could|may|might|should|who|what|why|how|do|does|is it)\b", re.IGNORECASE)
"""How a question about who may answer differs from "I'm his mum", which the model takes for one."""

_NUMBER_ALONE = re.compile(r"[\W_]*\d[\W\d_]*")
"""A number that is none of the options is not for the model to guess at ("2" is not "change question 2")."""

_PLAN = re.compile(
    r"(?:(?:yes|yeah|yep|ok|okay|right|great|good|thanks|please|so|and|now|then|well|lets|let us|can we|can i|could we|could i|"
    r"shall we|shall i|may i|i want to|we want to|i would like to|id like to|wed like to|i wanna|im ready to|ready to|ready|"
    r"go|get|move|carry|crack|going|on|onto|to|for|with|straight|make|do|start|begin|write|build|create|see|open|the|a|an|my|our|"
    r"his|her|their|this|that|support|care|first|just) )*plan(?:s)?(?: (?:bit|part|thing|stage|section|now|next|then|please|today|thanks|with "
    r"(?:you|him|her|them|me)|together))*"
)
"""The wish to go on and make the plan, however it is put, where going on is what is offered. A question about the plan, or
one that is put off ("tomorrow"), is something else."""

_EXACT_NAME = 3
"""A name of up to this many words is taken as one, unless it is exactly a command or a question."""


@dataclass(frozen=True, slots=True)
class Expecting:
    """What would be an answer now."""

    step: str
    """Step id of the path: "consent", "name", "S1", "check" …"""
    options: tuple[Option, ...]
    question_id: str | None
    behind: tuple[Option, ...] = ()
    """While a reading waits for a yes: the question's own options, where its numbers mean nothing else. They still count."""


def expecting(content: Content, interview: Interview) -> Expecting:
    """The options on the table. At the result step those of a known amount are taken as well as those while away."""
    step = current_step(Words(content, interview).questionnaire, interview)
    prompt = ask(content, interview)[-1]
    options = prompt.options
    if step == "result" and interview.awaiting is None and not interview.paused:
        options = Words(content, interview).result_options()
    return Expecting(step, options, prompt.question_id, _behind(content, interview, options))


def _behind(content: Content, interview: Interview, shown: tuple[Option, ...]) -> tuple[Option, ...]:
    awaiting = interview.awaiting
    if interview.paused or awaiting is None or awaiting.kind not in ("confirm", "between", "earlier"):
        return ()
    words, code = Words(content, interview), awaiting.question_id or ""
    question = words.questionnaire.question(code)
    taken = {option.number for option in shown}
    own = (*level_options(words, question), not_sure_option(words, question))
    return tuple(option for option in own if option.number not in taken)


def interpret(content: Content, interview: Interview, text: str, choice: str | None, understood: Reading) -> Reading:
    """The reading that counts: a click, else an option that the words pick, else what was understood.

    ``understood`` is the engine's reading of the same text, made without knowing the options.
    """
    expected = expecting(content, interview)
    values = {option.value for option in expected.options}
    if choice is not None:
        return Reading(kind="choice", text="", choice=choice)
    place = _place_of_two(interview, expected, text)
    if (value := place or match(text, expected.options) or match(text, expected.behind)) is not None:
        return Reading(kind="choice", text=text, choice=value)
    if (two := _two_numbers(expected, text)) is not None:
        return two
    if (value := GOES_ON.get(expected.question_id or "")) in values and _PLAN.fullmatch(fold(text)):
        return Reading(kind="choice", text=text, choice=value)
    answer = understood.command or understood.intent
    if answer in ("yes", "no", "start"):
        pair = _exchange_pair(interview) or YES_NO.get(expected.question_id or "")
        if pair and (value := pair[answer == "no"]) in values:
            return Reading(kind="choice", text=text, choice=value)
    if expected.step in ("who", "name", "age") and interview.awaiting is None and not interview.paused:
        return _about(expected.step, text, understood)
    if _NUMBER_ALONE.fullmatch(text):
        return Reading(kind="unclear", text=text)
    return understood


_OFFERED = 2
"""Levels on the table when a reading is between two. The third option asks for all of them."""


def _place_of_two(interview: Interview, expected: Expecting, text: str) -> str | None:
    """ "The first one" of two is the upper of the two. Their numbers are those of the full list, 3 and 4 perhaps."""
    awaiting = interview.awaiting
    if interview.paused or awaiting is None or awaiting.kind != "between":
        return None
    return by_place(text, expected.options[:_OFFERED])


_TWO_NUMBERS = re.compile(
    r"^\W*(?:(?:between|maybe|either|probably|its|it's|a|id say|i think)\s+)*([1-4])\s*(?:or|/|and|-|to|or maybe|or even)\s*(?:a\s+)?([1-4])\W*$",
    re.IGNORECASE,
)


def _two_numbers(expected: Expecting, text: str) -> Reading | None:
    """ "3 or 4": neither is taken; the two are offered with the words that tell them apart."""
    found = _TWO_NUMBERS.match(text)
    codes = {option.value.split(".")[0] for option in expected.options if option.value.endswith(".not_sure")}
    if not found or expected.step not in codes or expected.question_id != expected.step:
        return None
    low, high = sorted((int(found[1]) - 1, int(found[2]) - 1))
    if high - low != 1:
        return Reading(kind="unclear", text=text)
    read = LevelReading(expected.step, low, 0.5, "between", second=high)
    return Reading(kind="answer", text=text, intent="answer", level=read)


def _exchange_pair(interview: Interview) -> tuple[str, str] | None:
    awaiting = interview.awaiting
    if interview.paused:
        return ("resume.yes", "resume.yes")
    if awaiting is not None and awaiting.kind == "keep_helping":
        return YES_NO["keep_helping"]
    if awaiting is None or awaiting.kind not in ("confirm", "earlier"):
        return None
    return (f"{awaiting.question_id}.{awaiting.level}", f"{awaiting.question_id}.choices")


def _about(step: str, text: str, understood: Reading) -> Reading:
    """At the first steps short words are the answer itself; only a clear command or a question is something else."""
    exact: Command | None = understood.command if understood.confidence >= 1.0 else None
    if exact is not None and (exact not in ("yes", "no") or (step == "name" and len(text.strip()) > 1)):
        return understood  # nobody is called "yes, that's right", but a K or a Y may be all we are told
    if step == "who" and read_who(text) is not None and not _ASKS.search(text):
        return replace(understood, kind="answer", command=None, level=None)
    asks_back = understood.kind == "question" and (
        text.rstrip().endswith("?") or len(re.findall(r"\w+", text)) > _EXACT_NAME
    )
    return understood if asks_back else replace(understood, kind="answer", command=None, level=None)


def interrupts(interview: Interview, reading: Reading) -> bool:
    """Whether a rule should answer this reading first, and the interview then ask again."""
    return reading.kind in ("command", "question", "chat") and reading.command not in ("yes", "no")
