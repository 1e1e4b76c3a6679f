"""The doors of one service: who may knock, who sends, and the work beside them."""

from __future__ import annotations

from typing import Self

from prometheus_client import CollectorRegistry, Counter

from bot.gateway.channels import twilio
from bot.gateway.channels.capabilities import Door
from bot.gateway.channels.demo import DemoDoor, DemoPhones
from bot.gateway.channels.meta import MetaDoor
from bot.gateway.channels.notices import TextNotices
from bot.gateway.channels.notify import NotifyDoor
from bot.gateway.channels.settings import ChannelSettings
from bot.gateway.channels.worker import ChannelWorker
from bot.gateway.notices import Route, SentBy
from bot.gateway.services import Services


class Doors:
    """Made once for a service; threads share it."""

    def __init__(
        self,
        services: Services,
        senders: tuple[NotifyDoor | twilio.TwilioDoor | MetaDoor, ...],
        registry: CollectorRegistry,
    ) -> None:
        self.services = services
        self._senders = senders
        keepers = [sender for sender in senders if isinstance(sender, NotifyDoor)]
        screens = (DemoDoor("demo_sms"), DemoDoor("demo_whatsapp")) if services.settings.mode == "demo" else ()
        self.worker = ChannelWorker(services, {sender.door: sender for sender in (*senders, *screens)}, keepers)
        self.demo_phones = DemoPhones(services, screens, self.worker)
        self.refused = Counter(
            "sevensteps_channel_refused", "Webhooks that nobody we know has signed", ["provider"], registry=registry
        )

    @classmethod
    def of(cls, services: Services, registry: CollectorRegistry) -> Self:
        settings: ChannelSettings = services.settings.channels
        senders: list[NotifyDoor | twilio.TwilioDoor | MetaDoor] = []
        if settings.notify is not None:
            senders.append(NotifyDoor(settings.notify))
        if settings.twilio is not None:
            senders += twilio.doors(settings.twilio, f"{services.settings.public_address}/channels/twilio/status")
        if settings.meta is not None:
            senders.append(MetaDoor(settings.meta, services.content.text("channel.list_button", "parent")))
        return cls(services, tuple(senders), registry)

    @property
    def settings(self) -> ChannelSettings:
        return self.services.settings.channels

    @property
    def open(self) -> tuple[Door, ...]:
        """The doors there are."""
        return tuple(sender.door for sender in self._senders)

    def notice_routes(self) -> dict[SentBy, Route]:
        """The way for news by text message, where there is a door for it."""
        texting = next((sender for sender in self._senders if sender.capabilities.channel == "sms"), None)
        return {} if texting is None else {"sms": TextNotices(self.services.settings, texting)}

    def start(self) -> None:
        """Begin the work beside the requests, where there is a door."""
        if self._senders:
            self.worker.start()

    def close(self) -> None:
        """End it."""
        self.worker.close()
        for sender in self._senders:
            sender.close()
