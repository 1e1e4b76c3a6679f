"""Stepping the interview: which reading does what. Pure: state in, state and messages out."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.content.loader import Content
from bot.interview.about import about_choice, about_words
from bot.interview.answers import keep_helping, level_choice, level_words, not_understood
from bot.interview.commands import CHANGE, command, restart_choice
from bot.interview.expecting import expecting
from bot.interview.messages import Message
from bot.interview.other_language import in_other_words_than_english, language_help
from bot.interview.own_words import own_words
from bot.interview.path import current_step, is_question
from bot.interview.state import Interview
from bot.interview.turn import Turn
from bot.interview.words import Words
from bot.understanding.reading import Reading

_QUESTION_VALUE = re.compile(r"^([A-Z][0-9]{1,2})\.")


def advance(content: Content, interview: Interview, reading: Reading) -> Turn:
    """Apply one reading. Nothing that was accepted before is lost or changed unless the person asked for it."""
    words = Words(content, interview)
    if reading.kind == "choice" and reading.choice is not None:
        return _choice(words, reading.choice, reading.text)
    step = current_step(words.questionnaire, interview)
    if reading.kind == "command" and reading.command is not None:
        if reading.confidence < 1 and not interview.paused and _in_another_language(step, reading):
            # "nie spi w nocy" sounds like a no; what is in the list of commands is one in any language
            return language_help(words, interview) or command(words, reading.command, reading.target)
        return command(words, reading.command, reading.target)
    if interview.paused:
        return command(words, "repeat", None)
    if _in_another_language(step, reading) and (helped := language_help(words, interview)) is not None:
        return helped
    if interview.awaiting is None and step in ("who", "name", "age"):
        return about_words(words, step, reading)
    if step == "consent":
        return about_words(words, step, reading)
    if is_question(words.questionnaire, step):
        return level_words(words, step, reading)
    return not_understood(words, step)


def _in_another_language(step: str, reading: Reading) -> bool:
    """Our own reading knows English alone, and makes something of any words. A council's model may know more."""
    if reading.level is not None and reading.level.read_by != "local":
        return False
    return in_other_words_than_english(reading.text, may_be_a_name=step == "name")


def _choice(words: Words, value: str, text: str) -> Turn:
    """An option was picked. One that is not on the table now changes nothing and is explained."""
    interview = words.interview
    expected = expecting(words.content, interview)
    known = {option.value for option in (*expected.options, *expected.behind)}
    if value.startswith(CHANGE) and value.removeprefix(CHANGE):
        return command(words, "change", value.removeprefix(CHANGE))
    if value not in known:
        return _not_on_the_table(words, value)
    if value.startswith("restart."):
        return restart_choice(words, value)
    if value == "resume.yes":
        return command(words, "repeat", None)
    own = own_words(text, (*expected.options, *expected.behind))
    if value.startswith("keep_helping."):
        return keep_helping(words, value.removeprefix("keep_helping."), own)
    if match := _QUESTION_VALUE.match(value):
        return level_choice(words, match[1], value.split(".", 1)[1], own)
    match value:
        case "check.yes":
            agreed = replace(interview, checked=True, cursor=None, tries=0)
            return Turn(agreed, (Message("say", words.say("check.sent")),))
        case "check.change" | "result.change":
            return command(words, "change", None)
        case "result.pause":
            return command(words, "pause", None)
        case "result.done":
            done = Message("say", words.say("result.done"))
            return Turn(replace(interview, finished=True), (done,))
        case "result.disagree":
            said = words.say("result.disagree") + "\n\n" + words.say("result.disagree_saved")
            return Turn(interview, (Message("say", said),), effects=("disagree",))
        case "consent.person":
            return command(words, "person", None)
        case "result.again" | "result.why":
            return Turn(interview)
        case _:
            return about_choice(words, value, text)


def _not_on_the_table(words: Words, value: str) -> Turn:
    """An answer to a question already passed, or a value nobody offered: say so, keep everything as it is."""
    match = _QUESTION_VALUE.match(value)
    known = {question.id for question in words.questionnaire.questions}
    if match and match[1] in known and match[1] in words.interview.answers:
        said = words.say("stale")
    else:
        said = words.say("choice.unknown")
    return Turn(words.interview, (Message("error", said),))
