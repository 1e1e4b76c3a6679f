"""Who of the staff is signed in, and ending somebody's sessions at once: ``bin/sevensteps staff``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.ops.terminal import configuration, database
from bot.store import staff_members, staff_sessions

staff_app = typer.Typer(no_args_is_help=True, help="Members of staff who have signed in.")


@staff_app.command("list")
def listing() -> None:
    """Everybody who has signed in: user id, role, teams, last sign-in, and how many sessions go on now."""
    now = datetime.now(UTC)
    with database(configuration()).read() as tx:
        for member in staff_members.listing(tx):
            teams = "all teams" if member.teams == "all" else ",".join(sorted(member.teams)) or "no team"
            going_on = len(staff_sessions.of_user(tx, member.user, now=now))
            typer.echo(f"{member.user}\t{member.role}\t{teams}\t{member.last_signed_in:%Y-%m-%d %H:%M}\t{going_on}")


@staff_app.command("sign-out")
def sign_out(user: Annotated[str, typer.Argument(help="The user id, as `staff list` shows it.")]) -> None:
    """End all sessions of somebody, on every device. To keep them out, take away their role at the provider first."""
    with database(configuration()).write() as tx:
        ended = staff_sessions.end_all(tx, user, by="command-line", at=datetime.now(UTC))
    typer.echo(f"{ended} session{'' if ended == 1 else 's'} ended.")
