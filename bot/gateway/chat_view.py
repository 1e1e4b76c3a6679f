"""What the chat page shows: what was said, and what is asked now, from the transcript."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.gateway.plan_notes import Notes
from bot.gateway.safety_reply import ASKED_ID, STOPPED_ID
from bot.gateway.wire import MessageOut, SaidOut, StateOut, TranscriptOut
from bot.interview import Outcome
from bot.plans.directory_words import ADD

Layout = Literal["question", "plan", "check", "result", "sent", "safety", "paused"]

COMMANDS = (
    ("back", "Go back"),
    ("skip", "Skip this one"),
    ("why", "Why do you ask?"),
    ("example", "Show me an example"),
    ("it varies", "It varies"),
    ("pause", "Stop and come back later"),
    ("person", "I'd like a person"),
    ("what's left", "What's left?"),
    ("read it back", "Read it back"),
    ("invite", "Ask someone to join"),
    ("guide amount", "Back to my guide amount"),
)
RAS = tuple(command for command, _ in COMMANDS[:7])
PLAN = ("back", "why", "what's left", "read it back", "invite", "guide amount", "pause", "person")
WAYS_ROUND = frozenset(
    {"plan.idea", "plan.near", "plan.skip", "plan.left", "plan.fine", "plan.later", "plan.no"}
    | {"after.go", "after.changed", "after.skip", "after.later"}
)
"""Options that are no answers: beside them a plan prompt is answered in own words."""
_AT: dict[str, tuple[str, ...]] = {
    "consent": ("why",),
    "about": ("back", "why", "pause", "person"),
    "ras": RAS,
    "ras_check": ("back", "pause", "person"),
    "result": ("person",),
    "paused": ("person",),
    "plan": (*PLAN, "skip"),
    "plan_check": PLAN,
    "sent": ("person",),
    "returned": tuple(command for command in PLAN if command not in ("invite", "guide amount")),
    "agreed": ("person",),
    "live": ("person",),
    "review": ("back", "why", "pause", "person"),
}
"""Which buttons a stage shows. All commands work everywhere when typed."""

CALL_ME = ("call me", "Ask a person to call me")
"""The button that is there while a safety text offers a call."""

MOST_HEADING = 120
"""Characters of a plan's question that can be a heading; a longer one stands below the name of its section."""
READ_BACK = "plan.redo"
"""An option that stands where costs are read back, and nowhere else."""
_AFTER = ("returned", "agreed", "live", "review")
_PLAN_STAGES = ("plan", "plan_check", "sent", *_AFTER)
_PROMPTS = ("question", "confirm", "summary", "result")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the conversation as the page shows it."""

    author: Literal["person", "assistant"]
    id: str
    kind: str
    text: str
    heading: str = ""
    status: str = "applied"


@dataclass(frozen=True, slots=True)
class ChatView:
    """The chat page."""

    title: str
    earlier: tuple[Line, ...]
    recent: tuple[Line, ...]
    """The last exchange: what the person said, and what we said before asking."""
    once: tuple[Line, ...]
    """What is shown this once, such as the PIN."""
    asking: MessageOut
    layout: Layout
    heading: str
    question: str
    """First paragraph of what is asked."""
    more: str
    """Its other paragraphs."""
    commands: tuple[tuple[str, str], ...]
    change: str
    """What the value of a Change button begins with."""
    state: StateOut
    outcome: Outcome | None
    caption: str
    """What stands small above the heading: the section and how far it is."""
    listed: bool
    """Whether lines below the heading are one thing each, as costs that are read back are."""
    notes: tuple[Notes, ...]
    """Of a plan at its check: what a worker may ask about."""


def chat_view(
    transcript: TranscriptOut,
    outcome: Outcome | None,
    once: dict[str, str],
    hint: str,
    *,
    offers_call: bool = False,
    notes: tuple[Notes, ...] = (),
    notes_begin: tuple[str, ...] = (),
) -> ChatView:
    """The page of a conversation. ``once``: text by message id that replaces what the transcript masks. ``hint``: what
    a page leaves out of a question, as its box and its buttons say it. ``offers_call``: whether a safety text has just
    offered a call. ``notes`` stand by question on a plan's check page, in place of the paragraph that begins with one of
    ``notes_begin``."""
    said = transcript.messages
    last_by_person = max((n for n, item in enumerate(said) if item.author == "person"), default=-1)
    asking = next(item for item in reversed(said) if item.author == "assistant")
    # A question that another one took the place of, with nothing said between them, is not part of the last exchange.
    overtaken = max((n for n, item in enumerate(said) if item is not asking and _prompts(item)), default=-1)
    recent_from = max(last_by_person, overtaken + 1, 0)
    rest = [item for item in said[recent_from:] if item is not asking]
    stage = transcript.state.stage
    layout = _layout(asking, stage)
    question, *others = [part for part in asking.text.split("\n\n") if part != hint]
    caption = asking.heading
    if stage in _PLAN_STAGES and layout in ("plan", "question"):
        question, others, caption = _plan_question(asking, [question, *others])
    more = "\n\n".join(others)
    if layout == "check":
        more = _without_list(more, "\n".join(f"{title}: {answer}" for _, title, answer in asking.rows))
    if notes:
        more = "\n\n".join(part for part in more.split("\n\n") if not part.startswith(notes_begin))
    if layout == "sent":
        # What was said when it was sent says more than what stands there later, so it is not said twice.
        sent = [item for item in rest if item.author == "assistant" and transcript.state.draft_reference in item.text]
        rest = [item for item in rest if item not in sent]
        question, more = (sent[-1] if sent else asking).text, ""
    heading = _heading(layout, asking, outcome, question)
    return ChatView(
        title=heading if layout not in ("question", "plan") else " – ".join(filter(None, (question, caption))),
        earlier=tuple(_line(item) for item in said[:recent_from]),
        recent=tuple(_line(item) for item in rest if item.id not in once),
        once=tuple(replace(_line(item), text=once[item.id]) for item in rest if item.id in once),
        asking=asking,
        layout=layout,
        heading=heading,
        question=question,
        more=more,
        change="plan.go." if layout == "check" and stage == "plan_check" else "change.",
        commands=((CALL_ME,) if offers_call else ()) + _commands(stage, layout, asking),
        state=transcript.state,
        outcome=outcome if layout == "result" else None,
        caption=caption,
        notes=notes if layout == "check" else (),
        listed=any(option.value == READ_BACK for option in asking.options),
    )


def _prompts(item: SaidOut) -> bool:
    return item.author == "assistant" and item.kind in _PROMPTS and item.question_id is not None


def _plan_question(asking: SaidOut, parts: list[str]) -> tuple[str, list[str], str]:
    """A heading that is short, what stands below it, and the caption above it.

    The heading is what is asked: a whole paragraph, or the questions at one end of it. Where that is too long, or nothing
    is asked, it is the name of the section.
    """
    title, _, position = asking.heading.partition(" · ")
    if any(option.value.startswith(ADD) for option in asking.options):
        return "Ideas from near home", parts, asking.heading
    for place in reversed(range(len(parts))):
        asked, rest = _asks(parts[place])
        if asked:
            return asked, [*parts[:place], *rest, *parts[place + 1 :]], asking.heading
    return (title, parts, position) if title else (parts[0], parts[1:], "")


def _asks(paragraph: str) -> tuple[str, list[str]]:
    """The question in a paragraph and what is left of it; nothing where it asks nothing, or not in a few words.

    >>> _asks("Shall I send it? They will read all of it.")
    ('Shall I send it?', ['They will read all of it.'])
    >>> _asks("This is here already:")
    ('', ['This is here already:'])
    """
    if "\n" in paragraph:
        first, *rest = paragraph.split("\n")
        asked, left = _asks(first)
        return asked, ["\n".join([*left, *rest])]
    if paragraph.endswith("?") and len(paragraph) <= MOST_HEADING:
        return paragraph, []
    sentences = _SENTENCES.split(paragraph)
    asks = [sentence.endswith("?") for sentence in sentences]
    if asks[-1]:
        cut = len(asks) - [*asks[::-1], False].index(False)
        asking, rest = sentences[cut:], sentences[:cut]
    else:
        cut = asks.index(False)
        asking, rest = sentences[:cut], sentences[cut:]
    question = " ".join(asking)
    return (question, [" ".join(rest)]) if 0 < len(question) <= MOST_HEADING else ("", [paragraph])


def _layout(asking: SaidOut, stage: str) -> Layout:
    if asking.question_id in (STOPPED_ID, ASKED_ID):
        return "safety"
    if stage == "paused":
        return "paused"
    if asking.kind == "summary":
        return "check"
    if stage in ("sent", "returned") and asking.kind == "result":
        return "sent"
    if stage in ("plan", "plan_check", *_AFTER) and all(option.value in WAYS_ROUND for option in asking.options):
        return "plan"
    return "result" if asking.question_id in ("result", "hand_over") else "question"


def _heading(layout: Layout, asking: SaidOut, outcome: Outcome | None, question: str) -> str:
    if layout == "safety":
        return "I have stopped the questions" if asking.question_id == STOPPED_ID else "Before we go on"
    if layout == "paused":
        return "We have stopped for now"
    if layout == "sent":
        return "Your plan is sent"
    if layout == "check":
        return "Check your plan" if asking.question_id == "P19" else "Check your answers"
    if layout == "result":
        if outcome is None:
            return "Your result is not ready yet" if asking.kind == "error" else "What happens next"
        return "Your guide amount" if outcome.amount_pence is not None else "What happens next"
    return question


def _without_list(text: str, rows: str) -> str:
    """The check page shows the answers as a list of its own, so the paragraph that lists them is left out."""
    return "\n\n".join(part for part in text.split("\n\n") if not part.startswith("1. ") and part != rows)


def _commands(stage: str, layout: Layout, asking: SaidOut) -> tuple[tuple[str, str], ...]:
    """What a stage has buttons for, without what is an option of the question as well."""
    if layout == "safety":
        return ()
    there = {option.label for option in asking.options}
    here = set(_AT.get(stage, ()))
    if stage == "plan" and any(option.value in WAYS_ROUND for option in asking.options):
        # The question has a way past it of its own; one inside a section has none.
        here.discard("skip")
    return tuple(item for item in COMMANDS if item[0] in here and item[1] not in there)


def _line(item: SaidOut) -> Line:
    """A check page of before is remembered by its first words: what stood on it is in the answers, or the plan."""
    text = item.text.split("\n\n")[0] if item.kind == "summary" else item.text
    return Line(item.author, item.id, item.kind, text, item.heading, item.status)
