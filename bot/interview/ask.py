"""The current prompt: what the assistant asks now, computed from content and state."""

from __future__ import annotations

from bot.content.loader import Content
from bot.content.models import Question
from bot.interview.messages import LevelRead, Message, Option
from bot.interview.outcome import Outcome
from bot.interview.path import (
    answering,
    current_step,
    is_question,
    missing,
    path,
    position,
    questions_on_path,
)
from bot.interview.result import outcome_messages
from bot.interview.state import Awaiting, Interview
from bot.interview.words import Words, days

NOT_SURE_NUMBER = 5
RESPONDENTS = ("parent", "young_person", "grandparent", "carer")


def ask(content: Content, interview: Interview, outcome: Outcome | None = None) -> tuple[Message, ...]:
    """The prompt of the current step. ``outcome`` is the guide amount, needed at the result step alone."""
    words = Words(content, interview)
    if interview.paused:
        return (_choices(words, "say", "pause.waiting", ("resume.yes",)),)
    if interview.awaiting is not None:
        return (_exchange(words, interview.awaiting),)
    step = current_step(words.questionnaire, interview)
    match step:
        case "consent":
            return (_choices(words, "question", "consent.ask", ("consent.yes", "consent.more", "consent.person")),)
        case "who":
            return (_choices(words, "question", "about.who", tuple(f"who.{who}" for who in RESPONDENTS)),)
        case "name" | "age":
            return (Message("question", words.say(f"about.{step}"), question_id=step),)
        case "family_here":
            return (_choices(words, "question", "about.family_here", ("family.yes", "family.no")),)
        case "check":
            return (_check(words),)
        case "hand_over":
            return (Message("result", words.say("result.adult"), question_id="hand_over"),)
        case "result":
            return outcome_messages(words, outcome)
    return (ask_question(words, words.questionnaire.question(step)),)


def opening(content: Content, interview: Interview) -> tuple[Message, ...]:
    """The very first words: what this is, who decides, what is kept; then whether to start."""
    words = Words(content, interview)
    return (Message("say", words.say("consent.greeting")), *ask(content, interview))


def level_options(words: Words, question: Question, prefix: str = "") -> tuple[Option, ...]:
    """The four levels as numbered options. Numbers 1 to 4 are levels 0 to 3."""
    return tuple(
        Option(f"{question.id}.{prefix}{level}", words.label(question, level), level + 1) for level in range(4)
    )


def not_sure_option(words: Words, question: Question) -> Option:
    """Option 5: I am not sure."""
    return Option(f"{question.id}.not_sure", words.say("option.not_sure", question.id), NOT_SURE_NUMBER)


def ask_question(words: Words, question: Question) -> Message:
    """A RAS question with its options; an answer that stands is shown, so that going back loses nothing."""
    interview = words.interview
    place, total = position(words.questionnaire, interview)
    options = (*level_options(words, question), not_sure_option(words, question))
    parts = [words.of(question.ask, question.id)]
    if (answer := interview.answers.get(question.id)) is not None:
        parts.append(words.say("question.answered", question.id, answer=words.answer(question.id, answer)))
    parts.append(words.say("question.hint", question.id))
    heading = words.say("question.heading", question.id, title=question.title, position=place, total=total)
    return Message(
        "question",
        "\n\n".join(parts),
        spoken=_spoken(parts[0], options),
        options=options,
        question_id=question.id,
        heading=heading,
    )


def _spoken(text: str, options: tuple[Option, ...]) -> str:
    """Option before digit, as phone menus for everybody do (research: channels 4.1 rule 2)."""
    return " ".join([text, *(f"For: {option.label.rstrip('.')}, press {option.number}." for option in options)])


def _choices(words: Words, kind: str, key: str, values: tuple[str, ...], question_id: str | None = None) -> Message:
    options = tuple(Option(value, words.say(f"option.{value}"), number) for number, value in enumerate(values, 1))
    count = len(words.interview.answers)
    step = current_step(words.questionnaire, words.interview)
    return Message(
        kind,  # type: ignore[arg-type]
        words.say(key, count=count),
        options=options,
        question_id=question_id or (None if is_question(words.questionnaire, step) else step),
    )


def _exchange(words: Words, awaiting: Awaiting) -> Message:
    """A question inside a step: confirm a reading, choose between two, ask for usual and hard days …"""
    code = awaiting.question_id
    if awaiting.kind in ("restart", "restart_again"):
        key = "restart.ask" if awaiting.kind == "restart" else "restart.ask_again"
        return _choices(words, "question", key, ("restart.yes", "restart.no"), "restart")
    if awaiting.kind == "change":
        return _which_to_change(words)
    if code is None:
        raise ValueError(f"an exchange about a question needs its code: {awaiting}")
    question = words.questionnaire.question(code)
    if awaiting.kind == "keep_helping":
        values = tuple(f"keep_helping.{answer}" for answer in ("yes", "no", "not_sure"))
        return _choices(words, "question", "question.keep_helping", values, code)
    if awaiting.kind == "usual":
        text = words.say("varies.usual", code)
        return Message("question", text, options=level_options(words, question, "usual."), question_id=code)
    if awaiting.kind == "hard":
        text = words.say("varies.hard", code)
        return Message("question", text, options=level_options(words, question, "hard."), question_id=code)
    if awaiting.kind == "days":
        options = tuple(Option(f"{code}.days.{count}", days(count), count) for count in range(1, 8))
        return Message("question", words.say("varies.days", code), options=options, question_id=code)
    if awaiting.level is None:
        raise ValueError(f"a reading to confirm needs its level: {awaiting}")
    reading = LevelRead(code, awaiting.level, round(awaiting.confidence, 3))
    if awaiting.kind == "between" and awaiting.second is not None:
        low, high = sorted((awaiting.level, awaiting.second))
        options = (
            Option(f"{code}.{low}", words.label(question, low), low + 1),
            Option(f"{code}.{high}", words.label(question, high), high + 1),
            Option(f"{code}.choices", words.say("option.choices", code), NOT_SURE_NUMBER),
        )
        clarify = words.content.clarify[code]
        apart = clarify.apart.get(f"{low}-{high}")  # type: ignore[call-overload]
        text = words.say(
            "between.ask",
            code,
            short_a=words.short(code, low),
            short_b=words.short(code, high),
            apart=words.of(apart, code) if apart else words.say("between.nearer", code),
        )
        return Message("confirm", text, options=options, question_id=code, reading=reading)
    if awaiting.hard_level is not None:
        said = words.say(
            "confirm.varies",
            code,
            usual=words.short(code, awaiting.level),
            hard=words.short(code, awaiting.hard_level),
        )
    else:
        said = words.say("confirm.level", code, short=words.short(code, awaiting.level))
    if awaiting.kind == "earlier":
        said = words.say("earlier.said", code, words=awaiting.words) + "\n\n" + said
    options = (
        Option(f"{code}.{awaiting.level}", words.say("option.right", code), 1),
        Option(f"{code}.choices", words.say("option.choices", code), 2),
    )
    if awaiting.kind == "earlier":
        said = words.of(question.ask, code) + "\n\n" + said
    return Message("confirm", said, options=options, question_id=code, reading=reading)


def _which_to_change(words: Words) -> Message:
    questions = questions_on_path(words.questionnaire, words.interview)
    answered = [(question.id, question.title) for question in questions if question.id in words.interview.answers]
    about = [(step, title) for step, title, _ in about_rows(words)]
    options = tuple(
        Option(f"change.{step}", title, number) for number, (step, title) in enumerate([*answered, *about], 1)
    )
    return Message("question", words.say("change.which"), options=options, question_id="change")


def about_rows(words: Words) -> tuple[tuple[str, str, str], ...]:
    """Who answers, what to call the child, the age, and whether a parent is there: to be put right as any answer can."""
    about = words.interview.about
    rows = []
    if about.who is not None:
        rows.append(("who", words.say("check.who"), words.say(f"option.who.{about.who}")))
    if about.name is not None:
        rows.append(("name", words.say("check.name"), about.name))
    if about.age is not None:
        rows.append(("age", words.say("check.age"), str(about.age)))
    if about.family_here is not None and "family_here" in path(words.questionnaire, words.interview):
        said = "family.yes" if about.family_here else "family.no"
        rows.append(("family_here", words.say("check.family"), words.say(f"option.{said}")))
    return tuple(rows)


def _check(words: Words) -> Message:
    interview, questionnaire = words.interview, words.questionnaire
    rows = tuple(
        (question.id, question.title, words.answer(question.id, interview.answers[question.id]))
        for question in questions_on_path(questionnaire, interview)
        if question.id in interview.answers
    )
    parts = [words.say("check.intro", count=len(rows)) if rows else words.say("check.none")]
    if rows:
        parts.append("\n".join(f"{number}. {title}: {answer}" for number, (_, title, answer) in enumerate(rows, 1)))
    open_codes = missing(questionnaire, interview)
    if open_codes:
        titles = "\n".join(f"– {questionnaire.question(code).title}" for code in open_codes)
        parts.append(words.say("check.missing") + "\n" + titles)
        if any(answering(questionnaire, interview, code) != (interview.about.who or "parent") for code in open_codes):
            parts.append(words.say("check.family_missing"))
    parts.append(words.say("check.ask"))
    options = tuple(
        Option(value, words.say(f"option.{value}"), number)
        for number, value in enumerate(("check.yes", "check.change"), 1)
    )
    return Message(
        "summary", "\n\n".join(parts), options=options, question_id="check", rows=(*rows, *about_rows(words))
    )
