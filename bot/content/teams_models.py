"""The shape of a council's teams: who has a draft by default, and whom staff ask for access."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from pydantic import Field, model_validator

from bot.content.models import PlainText, Strict


class Team(Strict):
    """One team of professionals. Ages are whole years, both ends included."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")
    """Stored with every case, and what the claim of a sign-in names; never reused for another team."""
    name: PlainText
    from_age: int | None = Field(default=None, ge=0)
    """A new draft about a child from this age comes to this team; None: drafts come only when somebody moves them."""
    to_age: int | None = Field(default=None, ge=0)
    """None: with no upper end."""


class Teams(Strict):
    """All teams of a council; ``casework/teams/<council>.yaml``."""

    council: str
    example: bool
    """True: a made-up default that a council must replace."""
    source: PlainText
    valid_from: date
    teams: tuple[Team, ...] = Field(min_length=1)
    front_door: str
    """The team that has a draft while nobody has said how old the child is."""
    access_from: PlainText
    """Whom somebody asks who signed in and has no role here."""

    @model_validator(mode="after")
    def _one_team_for_every_age(self) -> Teams:
        ids = [team.id for team in self.teams]
        if len(set(ids)) != len(ids):
            raise ValueError("two teams have the same id")
        if self.front_door not in ids:
            raise ValueError(f'front_door names "{self.front_door}", which is no team')
        bands = sorted((team for team in self.teams if team.from_age is not None), key=lambda team: team.from_age or 0)
        if not bands or bands[0].from_age != 0 or bands[-1].to_age is not None:
            raise ValueError("every age needs a team: one from 0, and one with no to_age")
        for younger, older in pairwise(bands):
            if younger.to_age is None or older.from_age != younger.to_age + 1:
                raise ValueError(f"the ages of {younger.id} and {older.id} must meet: one ends where the next begins")
        return self

    def team(self, id: str) -> Team:
        """The team with this id. Raises KeyError."""
        for team in self.teams:
            if team.id == id:
                return team
        raise KeyError(id)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(team.id for team in self.teams)
