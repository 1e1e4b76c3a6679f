"""A tracker store whose cost does not grow with the conversation.

Stock Rasa replays the whole conversation on every message. Here every event is kept for the record, but Rasa is handed
a short window: the state (slots and active loop) as a few opening events, then the events of the last turns. Answers
live in the draft store, so the window loses nothing that any action needs.

Text is redacted before it is written (:mod:`bot.engine.redact`): this database never holds what a family said.
Nothing here falls back to memory: a database error fails the turn, and the gateway keeps the message.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Optional, TypeVar

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, DEFAULT_SLOT_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool, QueuePool

from bot.engine import turn
from bot.engine.redact import redact

TURNS_IN_WINDOW = 2
"""How many finished turns Rasa sees. Its rules look back only to the start of the turn; the rest is margin."""

DEFAULT_DATABASE = "sqlite:///var/engine.db"

_metadata = sa.MetaData()

conversations = sa.Table(
    "engine_conversations",
    _metadata,
    sa.Column("sender_id", sa.String(64), primary_key=True),
    sa.Column("next_seq", sa.Integer, nullable=False),
    sa.Column("window_starts", sa.Text, nullable=False),  # JSON: seq of the first event of each of the last turns
    sa.Column("slots", sa.Text, nullable=False),  # JSON, as they are now
    sa.Column("active_loop", sa.String(64), nullable=True),
    sa.Column("updated_at", sa.Float, nullable=False),  # seconds since 1970, for retention
)

events = sa.Table(
    "engine_events",
    _metadata,
    sa.Column("sender_id", sa.String(64), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("type_name", sa.String(64), nullable=False),
    sa.Column("name", sa.String(128), nullable=True),  # of an action, intent or slot
    sa.Column("timestamp", sa.Float, nullable=False),
    sa.Column("data", sa.Text, nullable=False),  # the redacted event as JSON
)

T = TypeVar("T")


@dataclass
class _Loaded:
    """How a tracker in memory relates to what is stored. Hung on the tracker between retrieve and save."""

    events: int
    """Events of the tracker that need no saving: the opening and those read from the database."""
    next_seq: int
    window_starts: list[int]


class WindowTrackerStore(TrackerStore):
    """The store of this project, for SQLite and PostgreSQL."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ) -> None:
        """``host``: an SQLAlchemy database address, by Rasa's name for it in endpoints.yml."""
        super().__init__(domain, event_broker, **kwargs)
        self.engine = _engine(host or DEFAULT_DATABASE)
        _metadata.create_all(self.engine)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The window of this conversation, or None when it is new."""
        return await self._in_thread(lambda connection: self._read_window(connection, sender_id))

    async def retrieve_full_tracker(self, conversation_id: str) -> Optional[DialogueStateTracker]:
        """Every event on record. For looking into things; no turn needs it."""
        return await self._in_thread(lambda connection: self._read_all(connection, conversation_id))

    async def exists(self, conversation_id: str) -> bool:
        """Whether anything of this conversation is on record."""
        found = sa.select(conversations.c.sender_id).where(conversations.c.sender_id == conversation_id)
        return await self._in_thread(lambda connection: connection.execute(found).first() is not None)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        query = sa.select(conversations.c.sender_id)
        return await self._in_thread(lambda connection: list(connection.execute(query).scalars()))

    async def delete(self, sender_id: str) -> None:
        """Forget a conversation."""
        await self._in_thread(lambda connection: _delete(connection, sender_id))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new, in one transaction. Refuses a turn that failed or that nothing answered.

        :raises TurnFailed: so that the turn leaves no trace and the gateway tries it again.
        """
        now = turn.current()
        if now is not None and now.failure:
            raise turn.TurnFailed(now.failure)
        if tracker.is_active_loop_rejected:
            intent = tracker.latest_message.intent_name if tracker.latest_message else None
            raise turn.failed(f"the interview rejected {intent} but no rule answers it")
        if tracker.latest_action_name not in (ACTION_LISTEN_NAME, None):
            raise turn.failed(f"the turn ended in {tracker.latest_action_name} instead of listening")
        loaded = getattr(tracker, "loaded", None) or _Loaded(events=0, next_seq=0, window_starts=[])
        new = list(tracker.events)[loaded.events :]
        if now is not None:
            now.intent = next((e.intent_name for e in reversed(new) if isinstance(e, UserUttered)), now.intent)
        if new:
            after = _after(loaded, new, len(tracker.events))
            await self._in_thread(lambda connection: self._write(connection, tracker, new, loaded, after))
            tracker.loaded = after

    async def _in_thread(self, work: Callable[[Connection], T]) -> T:
        """Run blocking database work beside the event loop, in one transaction."""

        def run() -> T:
            with self.engine.begin() as connection:
                return work(connection)

        try:
            return await asyncio.get_running_loop().run_in_executor(None, run)
        except sa.exc.SQLAlchemyError as error:
            # SQLAlchemy's own message holds the values of the statement
            raise turn.failed(f"database: {type(error).__name__}") from None

    def _read_window(self, connection: Connection, sender_id: str) -> Optional[DialogueStateTracker]:
        row = connection.execute(sa.select(conversations).where(conversations.c.sender_id == sender_id)).first()
        if row is None:
            return None
        starts: list[int] = json.loads(row.window_starts)
        first = starts[0] if starts else row.next_seq
        stored = connection.execute(
            sa.select(events.c.data)
            .where(events.c.sender_id == sender_id, events.c.seq >= first)
            .order_by(events.c.seq)
        ).scalars()
        opening = _opening(json.loads(row.slots), row.active_loop, self.domain)
        replay = opening + [Event.from_parameters(json.loads(data)) for data in stored]
        tracker = DialogueStateTracker.from_events(sender_id, replay, self.domain.slots)
        tracker.loaded = _Loaded(events=len(replay), next_seq=row.next_seq, window_starts=starts)
        return tracker

    def _read_all(self, connection: Connection, sender_id: str) -> Optional[DialogueStateTracker]:
        query = sa.select(events.c.data).where(events.c.sender_id == sender_id).order_by(events.c.seq)
        rows = [json.loads(data) for data in connection.execute(query).scalars()]
        return DialogueStateTracker.from_dict(sender_id, rows, self.domain.slots) if rows else None

    def _write(
        self, connection: Connection, tracker: DialogueStateTracker, new: list[Event], before: _Loaded, after: _Loaded
    ) -> None:
        connection.execute(sa.insert(events), _rows(tracker.sender_id, before.next_seq, new))
        state = {
            "next_seq": after.next_seq,
            "window_starts": json.dumps(after.window_starts),
            "slots": json.dumps(_slots(tracker, self.domain)),
            "active_loop": tracker.active_loop_name,
            "updated_at": time.time(),
        }
        if before.next_seq == 0:
            connection.execute(sa.insert(conversations).values(sender_id=tracker.sender_id, **state))
            return
        changed = connection.execute(
            sa.update(conversations)
            .where(conversations.c.sender_id == tracker.sender_id, conversations.c.next_seq == before.next_seq)
            .values(**state)
        )
        if changed.rowcount != 1:
            raise turn.failed("another turn of this conversation was saved meanwhile")


def _engine(address: str) -> Engine:
    if not address.startswith("sqlite"):
        return sa.create_engine(address, pool_pre_ping=True, pool_size=5, poolclass=QueuePool, future=True)
    # one file, short transactions in worker threads: a connection for each is cheap and never crosses threads
    engine = sa.create_engine(address, connect_args={"timeout": 10}, poolclass=NullPool, future=True)

    @sa.event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine


def _opening(slots: dict[str, Any], active_loop: Optional[str], domain: Domain) -> list[Event]:
    """Events that bring an empty tracker to the state of the conversation, ready to listen."""
    known = {slot.name for slot in domain.slots}
    opening: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    opening += [SlotSet(name, value) for name, value in slots.items() if name in known]
    opening += [ActiveLoop(active_loop)] if active_loop else []
    return [*opening, ActionExecuted(ACTION_LISTEN_NAME)]


def _slots(tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """What must outlive the window. Rasa's own session metadata is for the session start alone."""
    own = {slot.name for slot in domain.slots} - DEFAULT_SLOT_NAMES
    return {name: slot.value for name, slot in tracker.slots.items() if name in own and slot.value is not None}


def _after(before: _Loaded, new: list[Event], total: int) -> _Loaded:
    """Where the conversation stands once ``new`` is written. A turn starts after each action_listen."""
    starts = list(before.window_starts)
    starts += [
        before.next_seq + index + 1
        for index, event in enumerate(new)
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
    ]
    return _Loaded(events=total, next_seq=before.next_seq + len(new), window_starts=starts[-(TURNS_IN_WINDOW + 1) :])


def _rows(sender_id: str, first: int, new: list[Event]) -> list[dict[str, Any]]:
    rows = []
    for seq, event in enumerate(new, start=first):
        data = redact(event.as_dict())
        name = data.get("name")
        if isinstance(event, UserUttered):
            name = event.intent_name
        rows.append(
            {
                "sender_id": sender_id,
                "seq": seq,
                "type_name": event.type_name,
                "name": name,
                "timestamp": event.timestamp,
                "data": json.dumps(data),
            }
        )
    return rows


def _delete(connection: Connection, sender_id: str) -> None:
    connection.execute(sa.delete(events).where(events.c.sender_id == sender_id))
    connection.execute(sa.delete(conversations).where(conversations.c.sender_id == sender_id))
