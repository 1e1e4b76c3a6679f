"""A browser with a conversation, known by its cookie."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from bot.gateway import browser, conversations
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.store.conversations import Conversation


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser with a conversation."""

    conversation: Conversation
    token: str


def visit_of(services: Services, request: Request) -> Visit | None:
    """The conversation of this browser, if it still has one."""
    found = browser.remembered(services.settings, request)
    if found is None:
        return None
    try:
        return Visit(conversations.authenticate(services, *found), found[1])
    except Problem:
        return None
