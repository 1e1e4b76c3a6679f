"""What professionals' rooms need of every council: one file of each kind, and for a council that there is."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.files import Files
from bot.content.problems import Problem


def casework_problems(files: Files) -> Iterator[Problem]:
    """Teams and rules for notices without their council, or twice, and councils without them; sign-off limits likewise, but a
    council may have none yet: then nobody can sign."""
    yield from _teams(files)
    yield from _notices(files)
    yield from _sign_off(files)


def _teams(files: Files) -> Iterator[Problem]:
    councils = {source.model.id for source in files.councils}
    seen: set[str] = set()
    for source in files.teams:
        council, document = source.model.council, source.document
        if council not in councils:
            yield document.problem(("council",), f'there is no council "{council}"', "Correct the id.")
        if council in seen:
            yield document.problem(("council",), f'"{council}" has teams twice', "Keep one file.")
        seen.add(council)
    for council_source in files.councils:
        name = council_source.model.id
        if name not in seen:
            yield council_source.document.problem(
                ("id",), f"{name} has no teams of professionals", f"Write casework/teams/{name}.yaml."
            )


def _notices(files: Files) -> Iterator[Problem]:
    teams = {source.model.council: source.model.ids for source in files.teams}
    seen: set[str] = set()
    for source in files.notice_rules:
        council, document = source.model.council, source.document
        if council in seen:
            yield document.problem(("council",), f'"{council}" has rules for notices twice', "Keep one file.")
        seen.add(council)
        for team in source.model.mailboxes.keys() - teams.get(council, frozenset(source.model.mailboxes)):
            yield document.problem(("mailboxes", team), f'there is no team "{team}"', "Correct the id.")
    for council_source in files.councils:
        name = council_source.model.id
        if name not in seen:
            yield council_source.document.problem(
                ("id",), f"{name} has no rules for notices", f"Write casework/notices/{name}.yaml."
            )


def _sign_off(files: Files) -> Iterator[Problem]:
    councils = {source.model.id for source in files.councils}
    seen: set[str] = set()
    for source in files.sign_off:
        council, document = source.model.council, source.document
        if council not in councils:
            yield document.problem(("council",), f'there is no council "{council}"', "Correct the id.")
        if council in seen:
            yield document.problem(("council",), f'"{council}" has sign-off limits twice', "Keep one file.")
        seen.add(council)
