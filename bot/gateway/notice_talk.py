"""How may we tell you: a family says where news may reach them, and that they want no more of it.

A small exchange beside the questions, open in one conversation (:mod:`bot.gateway.place`): a way, the number or
address, read back with most of it hidden, and a yes that it is right and safe. Until that yes nothing is used. What
was typed is hidden in the transcript at once; it does not reach the dialogue engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.content.loader import Content
from bot.gateway.news_address import hidden, read_email, read_number, read_wish
from bot.gateway.place import NewsStep, bare, news_open, telling
from bot.gateway.records import MASK, Received
from bot.gateway.standing import Standing
from bot.interview import Message, Option
from bot.safety.levels import is_amber
from bot.store import messages, news_addresses
from bot.store.database import Transaction
from bot.store.news_addresses import NewsRoute
from bot.understanding.commands import match

Keeping = Callable[[Transaction, datetime], None]

WAYS = ("news.sms", "news.email", "news.none")
CHECKS = ("news.yes", "news.change", "news.none")


@dataclass(frozen=True, slots=True)
class NewsReply:
    """What is said back, where the device stands after it (None: where the draft stands), and what is stored with it."""

    messages: tuple[Message, ...]
    shown: str | None
    keeping: Keeping | None


def offer(tx: Transaction, content: Content, before: Standing, after: Standing) -> tuple[Message, ...]:
    """Said once, to whoever sends the plan: that news can reach them, and how to ask for it."""
    sent = before.draft.status != "sent" and after.draft.status == "sent"
    known = news_addresses.get(tx, after.draft.id, after.member) if sent else None
    if not sent or known is not None or after.draft.safe_contact == "no":
        return ()
    return (Message("say", content.text("news.offer", after.reader)),)


class NewsTalk:
    """One message at its place in the exchange. ``shown`` is where its conversation stands."""

    def __init__(self, content: Content, at: Standing, said: Received, message_id: str, shown: str | None) -> None:
        self._content, self._at, self._said, self._message_id = content, at, said, message_id
        self._shown, self._open = shown, news_open(shown)
        self._draft, self._member = at.draft, at.member

    def reply(self) -> NewsReply | None:
        """What is said back; None when the message is for somebody else."""
        said = self._said
        if is_amber(said.safety):  # type: ignore[arg-type]
            return None
        wish = said.choice or read_wish(said.text or "")
        if wish == "news.stop":
            return self._end("news.stopped", self._stop)
        if wish == "news.ask":
            return self._ways()
        if wish in ("news.sms", "news.email"):
            return self._which("sms" if wish == "news.sms" else "email")
        if self._open is None:
            return None
        wish = wish or self._typed()
        match self._open:
            case "way":
                return self._at_the_ways(wish)
            case "check":
                return self._at_the_check(wish)
            case "sms" | "email":
                return self._given(self._open, wish, again=False)
            case "sms_again" | "email_again":
                return self._given("sms" if self._open == "sms_again" else "email", wish, again=True)

    def _ways(self) -> NewsReply:
        if self._draft.safe_contact == "no":
            return self._end("news.not_safe", None)
        return self._ask("way", self._say("news.ways", WAYS))

    def _at_the_ways(self, wish: str | None) -> NewsReply | None:
        if wish == "news.none":
            return self._end("news.left", self._stop)
        if wish in ("news.sms", "news.email"):
            return self._which("sms" if wish == "news.sms" else "email")
        return self._not_understood("way", self._say("news.ways", WAYS))

    def _which(self, route: NewsRoute) -> NewsReply:
        if self._draft.safe_contact == "no":
            return self._end("news.not_safe", None)
        return self._ask(route, self._say("news.number" if route == "sms" else "news.email"))

    def _given(self, route: NewsRoute, wish: str | None, *, again: bool) -> NewsReply | None:
        text = self._said.text or ""
        address = read_number(text) if route == "sms" else read_email(text)
        if address is None:
            if wish == "news.none" or again:
                return self._end("news.left", None)
            asked = self._say("news.number_again" if route == "sms" else "news.email_again")
            return self._not_understood("sms_again" if route == "sms" else "email_again", asked)
        draft_id, member, said, message_id = self._draft.id, self._member, self._said, self._message_id

        def keeping(tx: Transaction, now: datetime) -> None:
            news_addresses.propose(tx, draft_id, member, route, address, at=now)
            messages.reword(tx, message_id, replace(said, text=MASK).to_body())

        if route == "sms":
            return self._ask("check", self._say("news.check_sms", CHECKS, ending=hidden(address)), keeping)
        return self._ask("check", self._say("news.check_email", CHECKS, masked=hidden(address)), keeping)

    def _at_the_check(self, wish: str | None) -> NewsReply | None:
        if wish == "news.yes":
            return self._end("news.done", self._confirm)
        if wish == "news.change":
            return replace(self._ask("way", self._say("news.ways", WAYS)), keeping=self._stop)
        if wish == "news.none":
            return self._end("news.left", self._stop)
        return self._not_understood("check", self._say("news.check_again", CHECKS))

    def _not_understood(self, step: NewsStep, asked: Message) -> NewsReply | None:
        """Ask again; but a word that works everywhere (back, help, a person), or a choice from a page, leads out."""
        leads_out = self._said.choice is not None or match(self._said.text or "") is not None
        return None if leads_out else self._ask(step, asked)

    def _confirm(self, tx: Transaction, now: datetime) -> None:
        news_addresses.confirm(tx, self._draft.id, self._member, at=now)

    def _stop(self, tx: Transaction, now: datetime) -> None:
        news_addresses.stop(tx, self._draft.id, self._member, at=now)

    def _typed(self) -> str | None:
        """The option that was meant by its number or its words, or by a plain yes or no."""
        plain = (self._said.text or "").strip().rstrip(".!").lower()
        shown = CHECKS if self._open == "check" else WAYS
        for option in self._options(shown):
            if plain in (str(option.number), option.label.lower()):
                return option.value
        if plain in ("no", "no thanks", "no thank you", "nope", "none", "never mind", "nevermind"):
            return "news.change" if self._open == "check" and plain in ("no", "nope") else "news.none"
        return "news.yes" if self._open == "check" and plain in ("yes", "yes it is", "yep", "yeah", "y") else None

    def _say(self, key: str, options: tuple[str, ...] = (), **values: str) -> Message:
        text = self._content.text(key, self._at.reader, **values)
        return Message("say", text, options=self._options(options))

    def _options(self, values: tuple[str, ...]) -> tuple[Option, ...]:
        reader = self._at.reader
        return tuple(
            Option(value, self._content.text(f"option.{value}", reader), number)
            for number, value in enumerate(values, 1)
        )

    def _ask(self, step: NewsStep, asked: Message, keeping: Keeping | None = None) -> NewsReply:
        here = bare(self._shown) or self._at.place(self._content)
        return NewsReply((asked,), telling(step, here), keeping)

    def _end(self, key: str, keeping: Keeping | None) -> NewsReply:
        return NewsReply((self._say(key), *self._at.prompt(self._content)), None, keeping)
