"""Which question some words speak of, if of any.

Families say many things while a question is open that answer none: "soz, baby crying", "he is called after his grandad".
A reader of levels that only knows answers takes them for one. So it is asked first whether words are to the point.
"""

from __future__ import annotations

from bot.understanding.model import Model

ANY = "any"
"""Label of short answers that make sense at any question: "a bit", "more than most"."""

NONE = "none"
"""Label of ordinary talk that answers no question."""

OTHER_TOPIC = 0.80
"""From this probability words are taken to speak of one question, and not of the one being asked."""

TO_THE_POINT = 0.14
"""From this probability, of the question asked against none or the likeliest other one, words may be an answer. Low, as
whoever was asked mostly answers, and indirectly."""

FEWEST = 3
"""Words from which a sentence can say what it speaks of."""


def clearly_of(model: Model, text: str) -> str | None:
    """The code of the question that some words clearly speak of; None when they do not say, or are too few to."""
    if len(text.split()) < FEWEST:
        return None
    topic, chance = model.topics.ranking(*model.features.of(text))[0]
    return topic if chance >= OTHER_TOPIC and topic not in (ANY, NONE) else None


def speaks_of(model: Model, question_id: str, text: str) -> bool:
    """Whether some words sooner speak of this question than of any other, or of none."""
    return model.topics.ranking(*model.features.of(text))[0][0] == question_id


def may_answer(model: Model, question_id: str, text: str) -> bool:
    """Whether ``text`` may be an answer to this question; False for talk that answers none, or sooner another."""
    chances = dict(model.topics.ranking(*model.features.of(text)))
    answers = chances.pop(question_id) + chances.pop(ANY, 0.0)
    return answers >= TO_THE_POINT * (answers + max(chances.values()))
