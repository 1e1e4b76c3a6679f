"""Which team a draft comes to before anybody has moved it."""

from __future__ import annotations

from bot.content.teams_models import Teams


def team_for(teams: Teams, age: int | None) -> str:
    """Id of the team for a child of this age in whole years; of the front door while the age is not known.

    Raises KeyError for an age that no team has; content is refused where there is one.
    """
    if age is None:
        return teams.front_door
    for team in teams.teams:
        if team.from_age is not None and team.from_age <= age and (team.to_age is None or age <= team.to_age):
            return team.id
    raise KeyError(age)
