"""Names of members of staff by user id, for whatever a person reads. The API and the audit keep the id."""

from __future__ import annotations

from functools import cached_property

from bot.store import staff_members
from bot.store.database import Database


class Names:
    """The names of everybody who has signed in, read once, when the first is asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self, user: str) -> str:
        """The id itself for whoever never signed in: an id at the council's provider can be long and say nothing, but
        it still tells two people apart."""
        return self._known.get(user, user)

    @cached_property
    def _known(self) -> dict[str, str]:
        with self._database.read() as tx:
            return {member.user: member.name for member in staff_members.listing(tx)}
