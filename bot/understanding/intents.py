"""Which of the things people say in a conversation this is."""

from __future__ import annotations

from bot.understanding.features import Indices, Values
from bot.understanding.model import Model
from bot.understanding.reading import Command, Kind

ANSWER = "answer"
OTHER = "other"

BESIDE = "beside"
"""Said into the conversation and meant for nobody in it, or for no purpose of ours: "kettle's boiled". Not understood,
where without examples the nearest intent would be taken."""

UNDERSTOOD = 0.30
"""Below this probability of the likeliest intent, the message counts as not understood."""

RECORDED = frozenset({"skip", "not_sure"})
"""Commands that put something down for the question that is open, and lead on."""

UNDERSTOOD_TO_RECORD = 0.50
"""The same for these."""

COMMANDS: dict[str, Command] = {
    "go_back": "back",
    "change_answer": "change",
    "skip": "skip",
    "not_sure": "not_sure",
    "answer_varies": "varies",
    "explain_question": "why",
    "example": "example",
    "repeat": "repeat",
    "slower": "slower",
    "progress": "progress",
    "save_and_stop": "pause",
    "human_handoff": "person",
    "help": "help",
    "start_again": "start_again",
    "yes": "yes",
    "no": "no",
}
"""Intents that steer, and the command each one is. help and start_again come from the lexicon alone."""

INTENTS: dict[Command, str] = {command: intent for intent, command in COMMANDS.items()}

STEERING = frozenset({"go_back", "skip", "repeat", "slower", "save_and_stop", "progress", "start_again", "no"})
"""Commands whose words also tell of a child's day ("goes back to bed", "skips his meals", "needs it said slower")."""

CHAT = frozenset({"chitchat", "thanks", "out_of_scope"})


ANSWER_UNASKED = 0.05
"""Odds, against those of the training data, that words are about a child's needs when no question is open."""


def rank(model: Model, indices: Indices, values: Values, *, asked: bool) -> list[tuple[str, float]]:
    """All intents with their calibrated probabilities, likeliest first. ``asked``: whether a question is open."""
    tells = dict(model.tells.ranking(indices, values))
    answer, other = tells[ANSWER] * (1.0 if asked else ANSWER_UNASKED), tells[OTHER]
    answer, other = answer / (answer + other), other / (answer + other)
    shares = [(name, chance * other) for name, chance in model.intents.ranking(indices, values)]
    return sorted([(ANSWER, answer), *shares], key=lambda item: -item[1])


def is_doubtful(intent: str, confidence: float) -> bool:
    """Whether the likeliest intent is not likely enough to act on."""
    return intent == BESIDE or confidence < (UNDERSTOOD_TO_RECORD if intent in RECORDED else UNDERSTOOD)


def kind(intent: str) -> Kind:
    """What sort of message an intent is.

    >>> kind("go_back"), kind("ask_amount"), kind("thanks")
    ('command', 'question', 'chat')
    """
    if intent == ANSWER:
        return "answer"
    if intent in CHAT:
        return "chat"
    return "command" if intent in COMMANDS and intent not in {"explain_question", "example"} else "question"
