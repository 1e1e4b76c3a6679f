"""What the doors of one process share: settings, the road to the engine, the rate limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from bot.content.loader import Content
from bot.gateway.documents import Printers
from bot.gateway.engine import Engine
from bot.gateway.limits import (
    CREATES,
    DOCUMENTS,
    IN_FLIGHT,
    REFUSED_ALERTS,
    REFUSED_SCREENS,
    RESUMES,
    SIGN_INS,
    TURNS,
    UNDERSTOOD,
    Buckets,
    InFlight,
)
from bot.gateway.reader import LazyReader
from bot.gateway.settings import GatewaySettings
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """Made once by :func:`bot.gateway.app.create_app`; threads share it."""

    settings: GatewaySettings
    engine: Engine
    turns: Buckets = field(default_factory=lambda: Buckets(TURNS))
    in_flight: InFlight = field(default_factory=lambda: InFlight(IN_FLIGHT))
    refused_screens: Buckets = field(default_factory=lambda: Buckets(REFUSED_SCREENS))
    refused_alerts: Buckets = field(default_factory=lambda: Buckets(REFUSED_ALERTS))
    creates: Buckets = field(default_factory=lambda: Buckets(CREATES))
    resumes: Buckets = field(default_factory=lambda: Buckets(RESUMES))
    sign_ins: Buckets = field(default_factory=lambda: Buckets(SIGN_INS))
    documents: Buckets = field(default_factory=lambda: Buckets(DOCUMENTS))
    printers: Printers = field(default_factory=Printers)
    understood: Buckets = field(default_factory=lambda: Buckets(UNDERSTOOD))
    reader: LazyReader = field(default_factory=LazyReader)

    @classmethod
    def of(cls, settings: GatewaySettings) -> Self:
        return cls(settings, Engine(settings.engine_url, settings.engine_secret))

    @property
    def content(self) -> Content:
        return self.settings.content

    @property
    def database(self) -> Database:
        return self.settings.database

    def now(self) -> datetime:
        return self.settings.clock()
