"""When a council's language model is asked to read a message, and what it gets to see of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from actions.language_model import LanguageModel
from actions.model_prompt import Asked
from actions.second_reading import SecondReading
from bot.content.loader import Content
from bot.interview import Interview, current_step
from bot.interview.path import is_question
from bot.interview.words import Words
from bot.safety.redaction import redact
from bot.understanding.reading import Reading

THE_CHILD = "the child"
_CAPITALISED = r"[^\W\d_a-z][\w'’-]*[a-z][\w'’-]*"
_LEFT_TO_THE_PERSON = ("usual", "hard", "days", "keep_helping", "restart", "restart_again", "change")
"""Open exchanges that a level would not answer."""


def second_reading(
    model: LanguageModel, content: Content, interview: Interview, reading: Reading
) -> SecondReading | None:
    """Ask the model if our own reading is unclear or lost at a RAS question."""
    if (code := _unplaced(content, interview, reading)) is None:
        return None
    opinion = model.read(_asked(content, interview, code, reading.text))
    if opinion is None or (opinion.level is None and opinion.intent is None):
        return None
    return SecondReading(code, model.name, opinion.level, opinion.intent)


def _unplaced(content: Content, interview: Interview, reading: Reading) -> str | None:
    """The question whose answer was not understood; None when there is none, or when it was."""
    says_something = any(letter.isalpha() for letter in reading.text)  # a number that is no option is not to be guessed
    if reading.kind not in ("unclear", "answer") or not says_something or interview.paused:
        return None
    if interview.awaiting is not None and interview.awaiting.kind in _LEFT_TO_THE_PERSON:
        return None
    questionnaire = Words(content, interview).questionnaire
    step = current_step(questionnaire, interview)
    if not is_question(questionnaire, step):
        return None
    level = reading.level
    placed = level is not None and level.question_id == step and level.certainty != "lost"
    return None if placed else step


def _asked(content: Content, interview: Interview, code: str, text: str) -> Asked:
    nameless = replace(interview, about=replace(interview.about, name=THE_CHILD, pronoun="they"))
    words = Words(content, nameless)
    question = words.questionnaire.question(code)
    labels = tuple(words.label(question, level) for level in range(4))
    # Redacted first: with the first name gone, "Sam Smith" would not be known for a full name.
    return Asked(question.title, labels, without_name(redact(text), interview.about.name))


def without_name(text: str, name: str | None) -> str:
    """The words with "the child" for the child's name, however it is spelt with capitals, accents or an s at the end.

    A word with a capital after it goes too, as it may be the surname. A name of one letter stays: it says nothing.

    >>> without_name("ZOE's up again, zoes brother too. Zoë Ashworth, 9", "Zoë Ann")
    "the child's up again, the childs brother too. the child, 9"
    """
    text = unicodedata.normalize("NFC", text)
    for form in _forms(name or ""):
        found = rf"(?<!\w){re.escape(form)}(?:(['’]?s)| (?-i:{_CAPITALISED}))?(?!\w)"
        text = re.sub(found, lambda match: THE_CHILD + (match[1] or ""), text, flags=re.IGNORECASE)
    return text


def _forms(name: str) -> Iterator[str]:
    """The whole name before its parts, each as written and without accents."""
    for part in (name, *name.split()):
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", part) if not unicodedata.combining(letter))
        yield from (form for form in (unicodedata.normalize("NFC", part), plain) if len(form) > 1)
