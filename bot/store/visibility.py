"""Which drafts a member of staff may know of, as a condition of every list that is read for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, or_, select, true

from bot.store.casework_tables import CaseRow
from bot.store.tables import DraftRow


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who reads a list."""

    user: str
    teams: frozenset[str] | Literal["all"]
    """Ids of the teams whose cases they work on."""
    front_door: bool
    """Whether they see drafts that are no case yet: those of the team that has them while no age is known."""


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """For a query of drafts: those of the viewer's teams, and those the viewer leads."""
    if viewer.teams == "all":
        return true()
    theirs = select(CaseRow.draft_id).where(or_(CaseRow.team.in_(viewer.teams), CaseRow.lead == viewer.user))
    conditions = [DraftRow.id.in_(theirs)]
    if viewer.front_door:
        conditions.append(DraftRow.id.not_in(select(CaseRow.draft_id)))
    return or_(*conditions)
