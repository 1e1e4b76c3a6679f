"""News by text message, for families who gave a number for it (:mod:`bot.gateway.notices` says what, when and to whom)."""

from __future__ import annotations

from datetime import timedelta

from bot.gateway.channels import gsm7
from bot.gateway.channels.outgoing import NotSent, Sender
from bot.gateway.channels.outgoing import Outgoing as Text
from bot.gateway.notices import NotDelivered, Outgoing
from bot.gateway.settings import GatewaySettings
from bot.store import suppression

TRIED_WITHIN = timedelta(minutes=10)
"""How far back a provider that does not keep our id is asked for the same words to the same number."""


class TextNotices:
    """Sends notices through a door for text messages. STOP holds for them as for everything else."""

    def __init__(self, settings: GatewaySettings, sender: Sender) -> None:
        self._settings = settings
        self._sender = sender

    def send(self, notice: Outgoing) -> None:
        with self._settings.database.read() as tx:
            if suppression.is_stopped(tx, "sms", notice.to):
                raise NotDelivered("opted_out", final=True)
        text = Text(gsm7.plain(notice.text))
        try:
            # Every try carries the same id: one that went out, though nobody said so, is not sent again.
            if self._sender.went_out(notice.to, text, notice.id, self._settings.clock() - TRIED_WITHIN) is None:
                self._sender.send(notice.to, text, notice.id)
        except NotSent as error:
            raise NotDelivered(error.reason, final=not error.again) from error

    def close(self) -> None:
        """The door is closed with the others."""
