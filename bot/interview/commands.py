"""Words that steer: back, change, skip, not sure, it varies, why, example, repeat, slower, progress, pause, person, help.

They work at every step and on every channel. None of them can lose an answer; starting again is asked twice.
"""

from __future__ import annotations

from dataclasses import replace

from bot.interview.answers import accept
from bot.interview.messages import Message
from bot.interview.own_words import hold
from bot.interview.path import (
    ABOUT_STEPS,
    answering,
    current_step,
    is_question,
    path,
    position,
    previous_step,
    questions_on_path,
)
from bot.interview.state import About, Answer, Awaiting, Interview
from bot.interview.turn import Turn
from bot.interview.words import Words
from bot.understanding.reading import Command

CHANGE = "change."
"""Option values "change.S1" point at the question to change."""


def command(words: Words, name: Command, target: str | None) -> Turn:
    """Carry out one command at the current step."""
    interview = words.interview
    if interview.paused and name != "pause":
        words = replace(words, interview=replace(interview, paused=False))
        if name in ("repeat", "yes"):
            return Turn(words.interview, (_say(words, "pause.back"),))
    match name:
        case "back":
            return _back(words)
        case "change":
            return _change(words, target)
        case "skip":
            return _skip(words)
        case "not_sure":
            return _not_sure(words)
        case "varies":
            return _varies(words)
        case "why":
            return _why(words)
        case "example":
            return _example(words)
        case "slower":
            return Turn(replace(words.interview, slow=True), (_say(words, "slower.done"),))
        case "progress":
            return _progress(words)
        case "pause":
            return _pause(words)
        case "person":
            return Turn(words.interview, (_say(words, "person.asked"),), effects=("person",))
        case "help":
            said = f"{words.say('help.commands')}\n\n{words.say('help.nothing_lost')}"
            return Turn(words.interview, (Message("say", said),))
        case "start_again":
            return Turn(replace(hold(words.interview), awaiting=Awaiting("restart")))
        case "repeat":
            return Turn(words.interview, (_say(words, "repeat.done"),))
        case "yes" | "no":
            declined = name == "no" and _here(words) == "consent"
            key = "consent.declined" if declined else f"{name}.to_what"
            return Turn(words.interview, (_say(words, key),))


def restart_choice(words: Words, value: str) -> Turn:
    """Starting again is asked twice; the answers laid aside stay in the record."""
    interview = words.interview
    if value == "restart.no":
        return Turn(replace(interview, awaiting=None), (_say(words, "restart.kept"),))
    if interview.awaiting is not None and interview.awaiting.kind == "restart":
        return Turn(replace(interview, awaiting=Awaiting("restart_again")))
    fresh = Interview(
        interview.questionnaire, interview.version, about=About(consent=True), slow=interview.slow, plan=interview.plan
    )
    return Turn(fresh, (_say(words, "restart.done"),), effects=("restart",))


def _say(words: Words, key: str, code: str | None = None, **values: object) -> Message:
    return Message("say", words.say(key, code, **values))


def _here(words: Words) -> str:
    return current_step(words.questionnaire, words.interview)


def _back(words: Words) -> Turn:
    interview = words.interview
    if interview.awaiting is not None:
        return Turn(replace(hold(interview), tries=0))
    step = previous_step(words.questionnaire, interview)
    if step is None or step == "consent":
        return Turn(interview, (_say(words, "back.first"),))
    return Turn(replace(interview, cursor=step, tries=0, finished=False), (_say(words, "back.done"),))


def _change(words: Words, target: str | None) -> Turn:
    """Go to one question; after its answer the path leads back to the first open step, so to the check page."""
    interview = words.interview
    answered = {q.id for q in questions_on_path(words.questionnaire, interview)} & interview.answers.keys()
    about = (*ABOUT_STEPS[1:], "family_here")
    if target in answered or (target in about and target in path(words.questionnaire, interview)):
        return Turn(replace(hold(interview), cursor=target, tries=0, finished=False))
    if not answered:
        return Turn(interview, (_say(words, "change.none"),))
    return Turn(replace(hold(interview), awaiting=Awaiting("change"), tries=0))


def _skip(words: Words) -> Turn:
    interview, step = words.interview, _here(words)
    if interview.awaiting is not None and interview.awaiting.kind in ("restart", "restart_again", "change"):
        return Turn(replace(interview, awaiting=None))
    if is_question(words.questionnaire, step):
        if step in interview.answers:
            kept = replace(interview, cursor=None, awaiting=None, tries=0)
            said = _say(words, "skip.kept", step, answer=words.answer(step, interview.answers[step]))
            return Turn(kept, (said,))
        return accept(words, step, Answer("skipped", answering(words.questionnaire, interview, step)))
    if interview.cursor is not None:
        return Turn(replace(interview, cursor=None, tries=0))
    return Turn(interview, (_say(words, "skip.not_here"),))


def _not_sure(words: Words) -> Turn:
    interview, step = words.interview, _here(words)
    if not is_question(words.questionnaire, step):
        return Turn(interview, (_say(words, "skip.not_here"),))
    said = interview.awaiting.words if interview.awaiting else ""
    return accept(words, step, Answer("not_sure", answering(words.questionnaire, interview, step), words=said))


def _varies(words: Words) -> Turn:
    interview, step = words.interview, _here(words)
    if not is_question(words.questionnaire, step):
        return Turn(interview, (_say(words, "varies.not_here"),))
    return Turn(replace(hold(interview), awaiting=Awaiting("usual", step), tries=0))


def _why(words: Words) -> Turn:
    step = _here(words)
    if is_question(words.questionnaire, step):
        why = words.of(words.questionnaire.question(step).why, step)
        return Turn(words.interview, (Message("say", f"{words.say('why.intro', step)} {why}"),))
    return Turn(words.interview, (_say(words, "why.step"),))


def _example(words: Words) -> Turn:
    step = _here(words)
    if is_question(words.questionnaire, step):
        example = words.of(words.questionnaire.question(step).example, step)
        return Turn(words.interview, (Message("say", f"{words.say('example.intro', step)}\n\n{example}"),))
    return Turn(words.interview, (_say(words, "example.none"),))


def _progress(words: Words) -> Turn:
    place, total = position(words.questionnaire, words.interview)
    codes = {q.id for q in questions_on_path(words.questionnaire, words.interview)}
    answered = len(codes & words.interview.answers.keys())
    step = _here(words)
    key = {"check": "progress.check", "result": "progress.done"}.get(
        step, "progress.now" if place else "progress.about"
    )
    said = _say(words, key, position=place, total=total, answered=answered, left=total - answered)
    return Turn(words.interview, (said,))


def _pause(words: Words) -> Turn:
    """The message names the reference and a number to come back with; the store makes that number (effect "pause")."""
    again = words.interview.paused
    return Turn(replace(words.interview, paused=True, tries=0), effects=("new_pin" if again else "pause",))
