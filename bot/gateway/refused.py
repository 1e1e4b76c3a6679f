"""A message that is refused, for its length or its haste, is no answer; but danger in it must not go unheard.

Its sender has shown the conversation's token by then. How many refused messages are screened, and how many of them raise
an alert, is limited for each conversation: screening takes work, and the same words are often sent again at once. What
raises an alert is kept for whoever looks, and stops the questions like any other. The engine is not asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog

from bot.content.loader import Content
from bot.gateway.apply import Answer, Case, store
from bot.gateway.limits import MAX_TEXT
from bot.gateway.place import asked, bare, is_stopped, stopped, worried
from bot.gateway.records import Received
from bot.gateway.safety_reply import asks, record, safety_messages, screened, while_stopped
from bot.gateway.services import Services
from bot.gateway.standing import Standing, standing_of
from bot.interview import Message
from bot.safety.levels import is_red, rank
from bot.safety.screening import Screening
from bot.store import conversations, messages
from bot.store.conversations import Conversation
from bot.store.database import Busy

_log = structlog.get_logger()


def safety_of_refused(services: Services, conversation: Conversation, said: Received, now: datetime) -> str:
    """The fixed words for what a refused message says; empty when there is nothing to say. Its alert is stored."""
    if not said.text or not services.refused_screens.allows(conversation.id):
        return ""
    said = replace(said, text=_ends(said.text))
    with services.database.read() as tx:
        conversation = conversations.get(tx, conversation.id)
        at = standing_of(services, tx, conversation)
    screening = _most_serious(services.content, conversation, at, said)
    texts = safety_messages(services.content, at.interview, screening, conversation.channel, now)
    if not texts:
        return ""
    if services.refused_alerts.allows(f"{conversation.id} {'RED' if is_red(screening.level) else 'AMBER'}"):
        try:
            _keep(services, conversation, at, said, screening, texts, now)
        except Busy:
            # The person is told to send it again, and that is stored. What they read now must not wait for it.
            _log.warning("refused.alert_not_stored", level=screening.level)
    return "\n\n".join(text.text for text in texts)


def _keep(
    services: Services,
    conversation: Conversation,
    at: Standing,
    said: Received,
    screening: Screening,
    texts: tuple[Message, ...],
    now: datetime,
) -> None:
    content = services.content
    said = replace(said, shown=conversation.shown_step, safety=screening.level, asks=asks(screening))
    with services.database.write() as tx:
        message = messages.append_in(tx, conversation, body=said.to_body(), at=now)
        record(services, tx, conversation, message.id, screening, now)
        answer = _answer(content, conversation, at, screening, texts, now)
        store(services, tx, Case(conversation, message, said, at), answer, now)


def _answer(
    content: Content,
    conversation: Conversation,
    at: Standing,
    screening: Screening,
    texts: tuple[Message, ...],
    now: datetime,
) -> Answer:
    """What the page shows then: as after a message that was taken in."""
    place, open_question = at.place(content), asks(screening)
    if screening.stop:
        return Answer(texts, stopped(place, open_question))
    if is_stopped(conversation.shown_step):
        still, still_asked = while_stopped(content, at, None, asked(conversation.shown_step), now)
        return Answer((*texts, *still), stopped(bare(conversation.shown_step) or "", still_asked))
    if open_question == "contact":
        return Answer(texts, worried(place, open_question))
    return Answer((*texts, *at.prompt(content)), worried(place, open_question))


def _ends(text: str) -> str:
    """As much of a text as is looked at, and kept: its first and its last characters."""
    return text if len(text) <= 2 * MAX_TEXT else f"{text[:MAX_TEXT]}\n…\n{text[-MAX_TEXT:]}"


def _most_serious(content: Content, conversation: Conversation, at: Standing, said: Received) -> Screening:
    text = said.text or ""
    parts = dict.fromkeys((text[:MAX_TEXT], text[-MAX_TEXT:]))
    found = [screened(content, conversation, at, replace(said, text=part)) for part in parts]
    return max(found, key=lambda screening: rank(screening.level))
