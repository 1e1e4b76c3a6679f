"""What the person reads about the guide amount: the amount, each line of how it came about, and what comes next."""

from __future__ import annotations

from bot.interview.messages import Message, Option
from bot.interview.outcome import Outcome
from bot.interview.words import Words, pounds

NEXT = ("result.why", "result.plan", "result.disagree", "result.change", "result.pause", "result.done")


def outcome_messages(words: Words, outcome: Outcome | None) -> tuple[Message, ...]:
    """The result, or the kind news that it will come: the allocation service is away and nothing is lost."""
    if outcome is None:
        options = _options(words, ("result.again", "result.change", "result.pause"))
        return (Message("error", words.say("result.away"), options=options, question_id="result"),)
    parts = [_headline(words, outcome)]
    if outcome.example and outcome.amount_pence is not None:
        parts.append(words.say("result.example"))
    if outcome.status == "not_ready":
        titles = "\n".join(f"– {words.questionnaire.question(code).title}" for code in outcome.missing)
        parts.append(words.say("result.missing") + "\n" + titles)
    parts.append(words.say("result.next"))
    return (
        Message(
            "result",
            "\n\n".join(parts),
            options=_options(words, NEXT),
            question_id="result",
            details=outcome.explanation,
        ),
    )


def _headline(words: Words, outcome: Outcome) -> str:
    if outcome.status == "ok" and outcome.amount_pence is not None and outcome.weekly_pence is not None:
        weekly = pounds(round(outcome.weekly_pence, -2))
        return words.say("result.amount", amount=pounds(outcome.amount_pence), weekly=weekly)
    if outcome.status == "below_threshold":
        return words.say("result.below_threshold")
    if outcome.status == "not_ready":
        return words.say("result.not_ready")
    return words.say("result.under_7" if any(flag.startswith("under_") for flag in outcome.flags) else "result.bespoke")


def explanation(words: Words, outcome: Outcome) -> Message:
    """Every line of how the amount came about, what it leaves out and how to disagree."""
    lines = [text if not detail else f"{text} {detail}" for text, detail in outcome.explanation]
    parts = [words.say("result.explain"), *lines]
    if outcome.not_included:
        parts.append(words.say("result.not_included") + "\n" + "\n".join(f"– {item}" for item in outcome.not_included))
    return Message("say", "\n\n".join(parts), details=outcome.explanation)


def _options(words: Words, values: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(value, words.say(f"option.{value}"), number) for number, value in enumerate(values, 1))
