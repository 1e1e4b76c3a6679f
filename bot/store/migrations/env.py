"""Alembic's way in: runs the migrations on the connection it is given, in that connection's transaction."""

from typing import Any, Literal

from alembic import context

from bot.store import (
    call_tables,
    casework_tables,
    channel_tables,
    decision_tables,
    living_tables,
    records_tables,
    sign_in_tables,
)
from bot.store.tables import Base, UtcDateTime

TABLES = (call_tables, casework_tables, channel_tables, decision_tables, living_tables, records_tables, sign_in_tables)
"""Read so that the models know every table."""


def _plain_types(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """A migration stays as it was written, so it names SQLAlchemy's own types, not ours that may change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_item=_plain_types,
)
context.run_migrations()
