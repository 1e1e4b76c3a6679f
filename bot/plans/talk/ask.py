"""The current prompt of the plan talk: what is asked now, computed from content and state."""

from __future__ import annotations

from collections.abc import Callable

from bot.interview.messages import Message
from bot.plans.model import Exchange
from bot.plans.talk import checking, inviting, lines, money, near_home, new_year, own_words, pages, records
from bot.plans.talk.opening import opening
from bot.plans.talk.order import current
from bot.plans.talk.scene import Scene

Prompt = Callable[[Scene, Exchange], Message]

EXCHANGES: dict[str, Prompt] = {
    "another": records.another_prompt,
    "turned": records.turned_prompt,
    "filed": pages.filed_prompt,
    "move": pages.move_prompt,
    "which": pages.which_prompt,
    **lines.PROMPTS,
    **money.PROMPTS,
    **checking.PROMPTS,
    **inviting.PROMPTS,
    **near_home.PROMPTS,
    **new_year.PROMPTS,
}
"""What is asked inside a section, by the kind of exchange."""


def ask(scene: Scene) -> tuple[Message, ...]:
    """The prompt at the speaker's place."""
    exchange = scene.place.exchange or opening(scene)
    section = scene.section(current(scene))
    if exchange is not None and exchange.kind in EXCHANGES:
        return (EXCHANGES[exchange.kind](scene, exchange),)
    if exchange is not None and exchange.kind == "field":
        asked = records.field_prompt if exchange.target is not None else own_words.follow_up
        return (asked(scene, exchange),)
    if exchange is not None and exchange.kind == "main" and section.kind in ("start", "words", "records"):
        return (records.main_prompt(scene, exchange),)
    match section.kind:
        case "records" if section.id == records.VIEWS:
            return (records.views_prompt(scene, section),)
        case "records":
            return (records.prompt(scene, section),)
        case "help" | "lines":
            return (lines.prompt(scene, section),)
        case "money":
            return (money.prompt(scene, section),)
        case "check":
            return (checking.prompt(scene),)
    return (own_words.prompt(scene, section),)
