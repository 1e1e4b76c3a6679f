"""What the chat page shows: what was said, and what is asked now, from the transcript."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from bot.gateway.safety_reply import ASKED_ID, STOPPED_ID
from bot.gateway.wire import MessageOut, SaidOut, StateOut, TranscriptOut
from bot.interview import Outcome

Layout = Literal["question", "plan", "check", "result", "safety", "paused"]

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
WAYS_ROUND = frozenset({"plan.idea", "plan.near", "plan.skip", "plan.left", "plan.fine", "plan.later", "plan.no"})
"""Options that are no answers: beside them a plan prompt is answered in own words."""
_AT: dict[str, tuple[str, ...]] = {
    "consent": ("why",),
    "about": ("back", "why", "pause", "person"),
    "ras": RAS,
    "ras_check": ("back", "pause", "person"),
    "result": ("person",),
    "paused": ("person",),
    "plan": PLAN,
    "plan_check": PLAN,
    "sent": ("person",),
}
"""Which buttons a stage shows. All commands work everywhere when typed."""

CALL_ME = ("call me", "Ask a person to call me")
"""The button that is there while a safety text offers a call."""


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


def chat_view(
    transcript: TranscriptOut, outcome: Outcome | None, once: dict[str, str], hint: str, *, offers_call: bool = False
) -> ChatView:
    """The page of a conversation. ``once``: text by message id that replaces what the transcript masks. ``hint``: what
    a page leaves out of a question, as its box and its buttons say it. ``offers_call``: whether a safety text has just
    offered a call."""
    said = transcript.messages
    last_by_person = max((n for n, item in enumerate(said) if item.author == "person"), default=-1)
    asking = next(item for item in reversed(said) if item.author == "assistant")
    recent_from = max(last_by_person, 0)
    rest = [item for item in said[recent_from:] if item is not asking]
    layout = _layout(asking, transcript.state.stage)
    question, *others = [part for part in asking.text.split("\n\n") if part != hint]
    more = "\n\n".join(others)
    if layout == "check":
        more = _without_list(more, "\n".join(f"{title}: {answer}" for _, title, answer in asking.rows))
    heading = _heading(layout, asking, outcome, question)
    return ChatView(
        title=heading if layout != "question" else " – ".join(filter(None, (question, asking.heading))),
        earlier=tuple(_line(item) for item in said[:recent_from]),
        recent=tuple(_line(item) for item in rest if item.id not in once),
        once=tuple(replace(_line(item), text=once[item.id]) for item in rest if item.id in once),
        asking=asking,
        layout=layout,
        heading=heading,
        question=question,
        more=more,
        change="plan.go." if layout == "check" and transcript.state.stage == "plan_check" else "change.",
        commands=((CALL_ME,) if offers_call else ()) + _commands(transcript.state.stage, layout),
        state=transcript.state,
        outcome=outcome if layout == "result" else None,
    )


def _layout(asking: SaidOut, stage: str) -> Layout:
    if asking.question_id in (STOPPED_ID, ASKED_ID):
        return "safety"
    if stage == "paused":
        return "paused"
    if asking.kind == "summary":
        return "check"
    if stage in ("plan", "plan_check") and all(option.value in WAYS_ROUND for option in asking.options):
        return "plan"
    return "result" if asking.question_id in ("result", "hand_over") else "question"


def _heading(layout: Layout, asking: SaidOut, outcome: Outcome | None, question: str) -> str:
    if layout == "safety":
        return "I have stopped the questions" if asking.question_id == STOPPED_ID else "Before we go on"
    if layout == "paused":
        return "We have stopped for now"
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


def _commands(stage: str, layout: Layout) -> tuple[tuple[str, str], ...]:
    if layout == "safety":
        return ()
    return tuple(item for item in COMMANDS if item[0] in _AT.get(stage, ()))


def _line(item: SaidOut) -> Line:
    return Line(item.author, item.id, item.kind, item.text, item.heading, item.status)
