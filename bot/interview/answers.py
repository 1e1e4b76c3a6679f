"""Answers to RAS questions: picked levels, levels read from words and confirmed, and the answer that varies."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.ask import level_options
from bot.interview.messages import Message
from bot.interview.own_words import hold, hold_for, joined, own_words
from bot.interview.path import answering, current_step, questions_on_path
from bot.interview.state import Answer, Awaiting, Interview, Kept
from bot.interview.turn import Turn
from bot.interview.words import Words, days
from bot.understanding.reading import LevelReading, ReadBy, Reading

SOME_HELP = (0, 1, 2)
"""Levels of F3 at which there is help whose givers can be asked about."""


def level_choice(words: Words, code: str, picked: str, own: str) -> Turn:
    """A picked option of a question: a level, not sure, a step of "it varies", or "show me the choices".

    ``own``: what was said in picking it that is worth keeping, such as "4 really but only when hes awake lol".
    """
    interview = words.interview
    awaiting = interview.awaiting
    by = answering(words.questionnaire, interview, code)
    if picked == "choices":
        return Turn(hold(interview, own), (Message("say", words.say("confirm.no", code)),))
    said = joined(awaiting.words if awaiting else "", own)
    if awaiting is not None:
        awaiting = replace(awaiting, words=said)
    if picked == "not_sure":
        return accept(words, code, Answer("not_sure", by, words=said))
    if picked.startswith("usual."):
        return _wait(interview, Awaiting("hard", code, level=int(picked[-1]), words=said))
    if picked.startswith("hard.") and awaiting is not None:
        return _wait(interview, replace(awaiting, kind="days", hard_level=int(picked[-1])))
    if picked.startswith("days.") and awaiting is not None:
        return accept(words, code, _varies(awaiting, by, int(picked[-1])))
    level = int(picked)
    confirmed = awaiting is not None and awaiting.kind in ("confirm", "earlier") and awaiting.level == level
    if confirmed and awaiting is not None and awaiting.hard_level is not None:
        if awaiting.hard_days is None:
            return _wait(interview, replace(awaiting, kind="days"))
        return accept(words, code, _varies(awaiting, by, awaiting.hard_days))
    read_by: ReadBy = awaiting.read_by if confirmed and awaiting is not None else "local"
    return accept(words, code, Answer("answered", by, level=level, words=said, read_by=read_by))


def accept(words: Words, code: str, answer: Answer) -> Turn:
    """Record an answer and say that it is saved. A skipped question takes no words with it."""
    before = words.interview.answers.get(code)
    if answer.status != "skipped":
        answer = replace(answer, words=joined(words.interview.held.get(code, ""), answer.words))
    interview = words.interview.with_answer(code, answer)
    keys = {
        "skipped": "saved.skipped",
        "not_sure": "saved.not_sure",
        "varies": "saved.varies",
        "answered": "saved.level",
    }
    key = keys[answer.status]
    values: dict[str, object] = {}
    if answer.level is not None:
        values["short"] = words.short(code, answer.level)
        if answer.status == "answered" and (before is not None or answer.words):
            key = "saved.words" if answer.words else "saved.changed"
    if answer.status == "varies" and answer.level is not None and answer.hard_level is not None:
        values = {
            "usual": words.short(code, answer.level),
            "hard": words.short(code, answer.hard_level),
            "days": days(answer.hard_days or 1),
        }
    said = words.say(key, code, **values)
    question = words.questionnaire.question(code)
    if question.ask_if_happy_to_keep_helping and answer.level in SOME_HELP:
        interview = replace(interview, cursor=code, awaiting=Awaiting("keep_helping", code))
    else:
        interview = _offer_earlier(words, interview)
    return Turn(interview, (Message("say", said),), recorded=((code, answer),))


def keep_helping(words: Words, picked: str, own: str) -> Turn:
    """Add to the answer about unpaid help whether the people who give it are happy to go on (domain notes F3).

    It is kept with the state. The answer was recorded before, and is again only if words were added to it.
    """
    interview = words.interview
    code = interview.awaiting.question_id if interview.awaiting else None
    if code is None or code not in interview.answers:
        return Turn(replace(interview, awaiting=None, cursor=None))
    before = interview.answers[code]
    answer = replace(before, keep_helping=picked, words=joined(before.words, own))  # type: ignore[arg-type]
    after = _offer_earlier(words, interview.with_answer(code, answer))
    recorded = ((code, answer),) if answer.words != before.words else ()
    return Turn(after, (Message("say", words.say("saved", code)),), recorded=recorded)


def level_words(words: Words, code: str, reading: Reading) -> Turn:
    """Free text at a question: read back and confirm, offer the two likely levels, or offer all four."""
    awaiting = words.interview.awaiting
    if awaiting is not None and awaiting.kind in ("usual", "hard", "days"):
        # Words here ("a couple of days") must not throw away what was said about usual and hard days.
        return not_understood(words, code)
    interview = hold(_keep_others(words.interview, reading))
    words = replace(words, interview=interview)
    read = reading.level
    if read is None or read.question_id != code or read.certainty == "lost":
        return _elsewhere(words, reading) or not_understood(words, code)
    options = level_options(words, words.questionnaire.question(code))
    waiting = Awaiting(
        "between" if read.certainty == "between" and read.second is not None else "confirm",
        code,
        level=read.level,
        second=read.second,
        hard_level=read.hard_level,
        hard_days=read.hard_days,
        confidence=read.confidence,
        words=own_words(reading.text, options),
        read_by=read.read_by,
    )
    return Turn(replace(interview, awaiting=waiting, tries=0))


def _elsewhere(words: Words, reading: Reading) -> Turn | None:
    """Words that answer another question than the one asked: kept for it, and said so; the question is asked again."""
    interview = words.interview
    codes = {question.id for question in questions_on_path(words.questionnaire, interview)}
    other = next((other for other in reading.others if other.question_id in codes), None)
    if other is None:
        return None
    of = other.question_id
    if of in interview.answers:
        key = "lost.answered"
    elif other.certainty == "sure":
        key = "lost.kept"
    else:
        key, interview = "lost.later", hold_for(interview, of, reading.text)
    return Turn(interview, (Message("say", words.say(key, title=words.questionnaire.question(of).title)),))


def not_understood(words: Words, step: str) -> Turn:
    """Say so kindly: one line of help, then other words, then a person (issue: lost, lost again, third time)."""
    interview = words.interview
    tries = interview.tries + 1
    code = step if step in words.content.clarify else None
    if code is None:
        said = words.say("lost.step" if tries <= 2 else "lost.step_third")
    elif tries == 1:
        said = words.say("lost.first", code)
    elif tries == 2:
        said = words.say("lost.second", code, question=words.of(words.content.clarify[code].other_words, code))
    else:
        said = words.say("lost.third", code)
    return Turn(replace(interview, tries=tries), (Message("say", said),))


def _varies(awaiting: Awaiting, by: object, count: int) -> Answer:
    return Answer(
        "varies",
        by,  # type: ignore[arg-type]
        level=awaiting.level,
        hard_level=awaiting.hard_level,
        hard_days=count,
        words=awaiting.words,
        read_by=awaiting.read_by,
    )


def _wait(interview: Interview, awaiting: Awaiting) -> Turn:
    return Turn(replace(interview, awaiting=awaiting, tries=0))


def _keep_others(interview: Interview, reading: Reading) -> Interview:
    """Readings for other questions in the same message, where no answer stands yet."""
    kept = dict(interview.kept)
    for other in reading.others:
        if other.question_id not in interview.answers and other.certainty == "sure":
            kept[other.question_id] = _kept(other, reading.text)
    return replace(interview, kept=kept)


def _kept(read: LevelReading, text: str) -> Kept:
    return Kept(read.level, read.confidence, text, read.hard_level, read.hard_days)


def _offer_earlier(words: Words, interview: Interview) -> Interview:
    """If the next question was touched on before, open with "Earlier you said …"."""
    step = current_step(words.questionnaire, interview)
    kept = interview.kept.get(step)
    if kept is None or step in interview.answers:
        return interview
    waiting = Awaiting(
        "earlier",
        step,
        level=kept.level,
        hard_level=kept.hard_level,
        hard_days=kept.hard_days,
        confidence=kept.confidence,
        words=kept.words,
    )
    rest = {code: item for code, item in interview.kept.items() if code != step}
    return replace(interview, awaiting=waiting, kept=rest)
