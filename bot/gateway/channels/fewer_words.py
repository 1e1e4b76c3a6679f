"""The same question in fewer and fewer words, for channels where words are few. What is asked stays the same.

Nothing is made up here: the short words of the levels are content (``clarify``), and what is left out is what a person
can do without: the title, the hint, "think of a usual week".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.content.loader import Content
from bot.gateway.channels.capabilities import Capabilities
from bot.gateway.standing import Standing
from bot.gateway.wire import MessageOut, OptionOut
from bot.interview.words import Words

_LEVEL = re.compile(r"([A-Z]\d)\.(?:usual\.|hard\.)?([0-3])")
_HINT_EVERY = 4
"""Questions between two reminders of what can be said."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply on its way to fewer words: what comes first, and what is asked."""

    before: tuple[str, ...]
    ending: MessageOut
    at: Standing


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say it."""

    text: str
    options: tuple[OptionOut, ...]
    hint: str = ""
    brief: tuple[OptionOut, ...] = ()
    """The options in short words, for rows that have no room for the whole ones."""
    worth_it: bool = False
    """It may be longer than is aimed at: something in it is said only once."""


def shorter(content: Content, asked: Asked, to: Capabilities) -> Iterator[Wording]:
    """The reply as it is, then in ever fewer words."""
    ending, options = asked.ending, tuple(asked.ending.options)
    hint = content.text("question.hint", asked.at.reader)
    body = ending.text.removesuffix(hint).rstrip()
    head = _head(content, asked)
    is_question = body != ending.text.rstrip()
    own_words = content.text("channel.hint", asked.at.reader) if is_question else ""
    before = before_of(content, asked, to)
    brief = tuple(_short(content, asked.at, option) for option in options)
    whole = Wording(_joined(*before, f"{head} {body}".strip()), options, own_words, brief)
    yield whole
    if not is_question:
        yield replace(whole, options=brief)
        if ending.rows:
            yield replace(whole, text=_joined(*before, _rows(content, asked)), options=brief)
        return
    yield replace(whole, options=brief)
    reminded = asked.at.state(content).position % _HINT_EVERY == 1
    title = f"{ending.heading.split(' · ')[0]}." if head else ""
    asking = " ".join(part for part in (head, title, _last_sentences(body)) if part)
    core = Wording(_joined(*before, asking), brief, own_words if reminded else "")
    yield replace(whole, options=brief, hint=core.hint)
    yield replace(core, worth_it=asked.at.state(content).position == 1)
    yield replace(core, hint="")


def before_of(content: Content, asked: Asked, to: Capabilities) -> tuple[str, ...]:
    """What comes before the question; the first words of all are the channel's own."""
    greeting, own = content.text("consent.greeting", asked.at.reader), f"channel.greeting_{to.channel}"
    return tuple(content.text(own, asked.at.reader) if part == greeting else part for part in asked.before)


def _head(content: Content, asked: Asked) -> str:
    """ "Q3 of 16." in place of a question's heading; the heading of a part of the plan as it is."""
    if not asked.ending.heading:
        return ""
    state = asked.at.state(content)
    if state.stage == "ras" and state.question_id == asked.ending.question_id:
        return content.text("channel.question", asked.at.reader, position=state.position, total=state.total)
    return f"{asked.ending.heading}."


def _short(content: Content, at: Standing, option: OptionOut) -> OptionOut:
    """An option with the short words of its level, where it is one."""
    if option.value.endswith(".not_sure"):
        return option.model_copy(update={"label": content.text("channel.not_sure", at.reader)})
    found = _LEVEL.fullmatch(option.value)
    if found is None or found[1] not in content.clarify:
        return option
    return option.model_copy(update={"label": _nameless_words(content, at).short(found[1], int(found[2]))})


def _nameless_words(content: Content, at: Standing) -> Words:
    return Words(content, replace(at.interview, about=replace(at.interview.about, name="")))


def _rows(content: Content, asked: Asked) -> str:
    """A check page in short words: each answer once."""
    words, answers = _nameless_words(content, asked.at), asked.at.interview.answers
    paragraphs = asked.ending.text.split("\n\n")
    numbered = [
        f"{number} {title}: {words.short(code, level)}"
        if code in answers and (level := answers[code].level) is not None and answers[code].status == "answered"
        else f"{number} {title}: {said}"
        for number, (code, title, said) in enumerate(asked.ending.rows, 1)
    ]
    return "\n".join((paragraphs[0], *numbered, paragraphs[-1]))


def _last_sentences(text: str) -> str:
    """What is asked, without what leads up to it.

    >>> _last_sentences("Think of a usual week. At home, how much help? Who helps?")
    'At home, how much help? Who helps?'
    """
    sentences = re.split(r"(?<=[.?!])\s+", text)
    asking = next((number for number, sentence in enumerate(sentences) if sentence.endswith("?")), 0)
    return " ".join(sentences[asking:])


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
