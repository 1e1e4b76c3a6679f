"""Questions a person asks back, answered from content alone: help topics, the glossary, the stored trace.

Where content has no answer, or a law answer is past its review date, it says so and offers a person. It never invents.
"""

from __future__ import annotations

import re
from datetime import date

from bot.content.models import GlossaryTerm, HelpTopic
from bot.interview.messages import Message
from bot.interview.outcome import Outcome
from bot.interview.result import explanation
from bot.interview.words import Words


def explain_term(words: Words, text: str) -> Message:
    """What a word means. The longest glossary term in the message wins."""
    term = find_term(tuple(words.content.glossary.values()), text)
    if term is None:
        return Message("say", words.say("term.unknown"))
    return Message("say", words.say("term.meaning", term=term.term, meaning=term.meaning))


def find_term(terms: tuple[GlossaryTerm, ...], text: str) -> GlossaryTerm | None:
    """The glossary term that a message names, by its name or another name for it."""
    said = f" {_plain(text)} "
    found = [
        (len(name), term)
        for term in terms
        for name in (term.term, *term.also)
        if f" {_plain(name)} " in said or f" {_plain(name)}s " in said
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def answer_intent(words: Words, intent: str, today: date) -> Message:
    """The content's answer to an intent, with its date and source where it has them."""
    topic = words.content.help_for(intent)
    if topic is None or out_of_date(topic, today):
        return Message("say", words.say("person.offer"))
    parts = [words.of(topic.text)]
    if topic.source and topic.as_of:
        when = f"{topic.as_of.day} {topic.as_of:%B %Y}"
        parts.append(words.say("help.source", source=topic.source, date=when))
    return Message("say", "\n\n".join(parts))


def out_of_date(topic: HelpTopic, today: date) -> bool:
    """Whether an answer may no longer be given: its review date has passed."""
    return topic.review_by is not None and today > topic.review_by


def explain_result(words: Words, outcome: Outcome | None) -> Message:
    """How the amount came about; before there is one, how it will."""
    if outcome is None:
        return Message("say", words.say("result.no_figure"))
    return explanation(words, outcome)
