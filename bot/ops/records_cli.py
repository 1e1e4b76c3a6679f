"""Commands about personal data: subject, hold, retention, and the audit as a file."""

from __future__ import annotations

import getpass
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.ops import terminal

subject_app = typer.Typer(no_args_is_help=True, help="One family's data: give it out, or erase it.")
hold_app = typer.Typer(no_args_is_help=True, help="Legal holds, which stop every deletion of a family's data.")
retention_app = typer.Typer(no_args_is_help=True, help="How long records are kept.")

Reference = Annotated[str, typer.Option(help="The family's reference, such as EX-7K3M-9Q2P.")]
By = Annotated[str, typer.Option(help="Who does this, as a code without spaces; your user name if left out.")]


def _me(by: str) -> str:
    name = by or getpass.getuser()
    if not re.fullmatch(r"[\w.@+-]{1,100}", name, re.ASCII):
        terminal.fail(f'"{name}" is no user id. Use letters, figures and . @ + - _')
    return name


@subject_app.command("export")
def subject_export(
    reference: Reference,
    to: Annotated[Path, typer.Option(help="A new folder for the bundle.")],
    by: By = "",
    reason: Annotated[str, typer.Option(help="Why; it is written into the bundle.")] = "",
    include_safeguarding: Annotated[
        bool, typer.Option(help="Put notes about safety in. Only after a named person decided so; that is recorded.")
    ] = False,
) -> None:
    """Write everything that is held about a family into a folder, as JSON and OpenDocument with a manifest of hashes."""
    from bot.ops import subject
    from bot.store.drafts import NoSuchDraft

    configuration = terminal.configuration()
    content, database = terminal.content(configuration), terminal.database(configuration)
    try:
        made = subject.export(
            database,
            content,
            reference,
            to,
            by=_me(by),
            at=datetime.now(UTC),
            safeguarding=include_safeguarding,
            reason=reason,
        )
    except NoSuchDraft:
        terminal.fail("Nothing is held under this reference.")
    except subject.FolderInUse:
        terminal.fail(f"{to} is there already. Name a new folder.")
    typer.echo(f"{made.rows} records are in {to}. They are personal, and not encrypted: read READ-ME-FIRST.txt.")
    for title in made.to_check:
        typer.echo(f"A person must read this before it is handed over: {title}.")
    for title in made.left_out:
        typer.echo(f"Left out, as a safeguarding matter: {title}.")


@subject_app.command("erase")
def subject_erase(
    reference: Reference,
    reason: Annotated[str, typer.Option(help="Why, without names. Kept encrypted in the receipt.")],
    by: By = "",
    despite_alert: Annotated[
        bool, typer.Option(help="Also while a RED alert waits. Somebody must have looked at it; say so in the reason.")
    ] = False,
) -> None:
    """Delete everything that is held about a family but the audit, and print the receipt. It cannot be undone."""
    from bot.ops import subject
    from bot.store import personal_data, receipts
    from bot.store.database import Busy
    from bot.store.drafts import NoSuchDraft
    from bot.store.engine_record import EngineRecord
    from bot.store.holds import OnHold

    if not reason.strip():
        terminal.fail("Say why, with --reason.")
    configuration = terminal.configuration()
    database = terminal.database(configuration)
    engine = EngineRecord(configuration.engine_database_url)
    try:
        receipt = subject.erase(
            database,
            engine,
            reference,
            by=_me(by),
            reason=reason.strip(),
            at=datetime.now(UTC),
            despite_alert=despite_alert,
        )
    except NoSuchDraft:
        with database.read() as tx:
            earlier = receipts.of_reference(tx, reference)
        when = f" It was erased on {earlier[-1].at:%-d %B %Y}." if earlier else ""
        terminal.fail(f"Nothing is held under this reference.{when}")
    except OnHold:
        terminal.fail("A legal hold stops this. Nothing was deleted. See: bin/sevensteps hold list")
    except personal_data.AlertWaits:
        terminal.fail(
            "A RED alert of this family waits for a person. Nothing was deleted. Pick it up first; if that cannot be, "
            "use --despite-alert and say why in --reason."
        )
    except Busy:
        terminal.fail("The family is using it right now, or the database is busy. Nothing was deleted. Try again.")
    finally:
        engine.close()
    typer.echo(f"Erased. Receipt {receipt.id}, {receipt.at:%Y-%m-%d %H:%M} UTC, by {receipt.by}, hash {receipt.hash}")
    for name, number in receipt.rows.items():
        typer.echo(f"{name}: {number}")
    typer.echo("The audit keeps its lines, which hold ids and codes. Copies made earlier (backups) are not reached.")


@hold_app.command("place")
def hold_place(
    reference: Reference,
    why: Annotated[str, typer.Option(help="Why. Kept encrypted.")],
    review_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="When somebody must look at it again.")],
    by: By = "",
) -> None:
    """Stop the deletion of a family's data until somebody lifts the hold."""
    from bot.store import drafts, holds

    now = datetime.now(UTC)
    if not why.strip() or review_on.date() <= now.date():
        terminal.fail("Say why, and give a day that is still to come.")
    database = terminal.database(terminal.configuration())
    try:
        with database.write() as tx:
            draft = drafts.by_reference(tx, reference)
            hold = holds.place(tx, draft.id, by=_me(by), why=why.strip(), review_on=review_on.date(), at=now)
    except drafts.NoSuchDraft:
        terminal.fail("Nothing is held under this reference.")
    typer.echo(f"Hold {hold.id} stands until it is lifted.")


@hold_app.command("lift")
def hold_lift(
    reference: Reference,
    hold: Annotated[str, typer.Option(help="Id of the hold; see hold list.")],
    why: Annotated[str, typer.Option(help="Why it is not needed any more. Kept encrypted.")],
    by: By = "",
) -> None:
    """Let the periods run again."""
    from bot.store import drafts, holds

    if not why.strip():
        terminal.fail("Say why.")
    database = terminal.database(terminal.configuration())
    try:
        with database.write() as tx:
            draft = drafts.by_reference(tx, reference)
            holds.lift(tx, draft.id, hold, by=_me(by), why=why.strip(), at=datetime.now(UTC))
    except (drafts.NoSuchDraft, holds.NoSuchHold):
        terminal.fail("There is no such hold, or it was lifted before.")
    typer.echo("Lifted.")


@hold_app.command("list")
def hold_list(
    reference: Annotated[str, typer.Option(help="Of this family; all that must be reviewed if left out.")] = "",
) -> None:
    """Holds of a family, or those whose day of review has come."""
    from bot.store import drafts, holds

    database = terminal.database(terminal.configuration())
    with database.read() as tx:
        try:
            one = drafts.by_reference(tx, reference).id if reference else None
        except drafts.NoSuchDraft:
            terminal.fail("Nothing is held under this reference.")
        found = holds.to_review(tx, datetime.now(UTC).date()) if one is None else holds.of_draft(tx, one)
        for hold in found:
            lifted = f", lifted on {hold.lifted:%Y-%m-%d} by {hold.lifted_by}" if hold.lifted else ""
            family = drafts.get(tx, hold.draft_id).reference
            typer.echo(f"{hold.id} {family}: placed by {hold.placed_by}, review on {hold.review_on}{lifted}")
    if not found:
        typer.echo("None.")


@retention_app.command("run")
def retention_run(
    dry_run: Annotated[bool, typer.Option(help="Only say what would be deleted.")] = False, by: By = ""
) -> None:
    """Delete what has had its time by the council's periods, with receipts."""
    from bot.ops import retention
    from bot.store.engine_record import EngineRecord

    configuration = terminal.configuration()
    content, database = terminal.content(configuration), terminal.database(configuration)
    engine = EngineRecord(configuration.engine_database_url)
    try:
        report = retention.run(database, content, engine, by=_me(by), now=datetime.now(UTC), dry_run=dry_run)
    except KeyError:
        terminal.fail("The council has set no retention periods for today. See bot/content/casework/retention.")
    finally:
        engine.close()
    typer.echo(f"Periods: {report.policy}. {'Would be deleted' if dry_run else 'Deleted'}:")
    for name, number in report.families.items():
        typer.echo(f"{name}: {number} {'family' if number == 1 else 'families'}")
    for name, rows in report.rows.items():
        typer.echo(f"{name}: " + ", ".join(f"{number} in {one}" for one, number in rows.items()))
    if not report.families and not report.rows:
        typer.echo("nothing")
    for number, why in (
        (report.on_hold, "on legal hold"),
        (report.alert_waits, "a RED alert waits"),
        (report.busy, "in use"),
    ):
        if number:
            typer.echo(f"Kept: {number} ({why})")


def audit_export(
    file: Annotated[Path, typer.Argument(help="A new file, JSON Lines.")],
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; from the beginning if left out.")
    ] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, included.")] = None,
    by: By = "",
) -> None:
    """Write the audit to a file that proves itself. Keep it elsewhere: it shows later whether the store was set back."""
    from bot.store import audit
    from bot.store.audit_export import Span, lines

    database, now = terminal.database(terminal.configuration()), datetime.now(UTC)
    span = Span(_day(first), _day(last))
    try:
        with file.open("x") as out, database.write() as tx:
            count = sum(bool(out.write(line + "\n")) for line in lines(tx, span, at=now)) - 1
            audit.note(tx, at=now, actor=_me(by), action="audit.exported", subject="all", detail={"lines": count})
    except FileExistsError:
        terminal.fail(f"{file} is there already. Name a new file.")
    typer.echo(f"{count} lines are in {file}.")


def audit_check(
    file: Annotated[Path | None, typer.Argument(help="An export to check, and to check the store against.")] = None,
    head: Annotated[str, typer.Option(help="Number and hash of a last line noted earlier, as 1234:9f86d0….")] = "",
) -> None:
    """Check an export of the audit, or a head that was noted, against the store."""
    from bot.store.audit_export import NotAnExport, against, check

    database = terminal.database(terminal.configuration())
    problems: list[str] = []
    noted = re.fullmatch(r"(\d{1,15}):([0-9a-f]{64})", head)
    if (head and noted is None) or (file is None and not head):
        terminal.fail("Name a file, or give a head as number:hash.")
    with database.read() as tx:
        if file is not None:
            try:
                with file.open() as lines:
                    problems += check(tx, lines)
            except (OSError, UnicodeDecodeError, NotAnExport) as error:
                terminal.fail(f"That is not an export of the audit: {error}")
        if noted is not None:
            problems += against(tx, int(noted[1]), noted[2])
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("It fits the store.")


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
