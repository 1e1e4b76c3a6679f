"""The command line: ``bin/sevensteps``. Each command says what it does with ``--help``."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bot.ops import config, records_cli, staff_cli
from bot.ops.terminal import configuration as _configuration
from bot.ops.terminal import content as _content
from bot.ops.terminal import database as _database
from bot.ops.terminal import fail as _fail

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Sevensteps: guide amounts and support plans.")
content_app = typer.Typer(no_args_is_help=True, help="What families read and what councils set.")
audit_app = typer.Typer(no_args_is_help=True, help="The record of who did what.")
app.add_typer(content_app, name="content")
app.add_typer(audit_app, name="audit")
app.add_typer(records_cli.subject_app, name="subject")
app.add_typer(records_cli.hold_app, name="hold")
app.add_typer(records_cli.retention_app, name="retention")
app.add_typer(staff_cli.staff_app, name="staff")
audit_app.command("export")(records_cli.audit_export)
audit_app.command("check")(records_cli.audit_check)


QUIET = {
    "PYTHONWARNINGS": "ignore",
    "TQDM_DISABLE": "1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "LOG_LEVEL": "WARNING",
}
"""Rasa's old libraries warn of each other for pages; what matters of training is one line."""


@app.command()
def serve() -> None:
    """Start everything and print the address. PORT, HOST and DATA_DIR come from the environment."""
    from bot.ops import runner
    from bot.store.migrate import upgrade

    configuration = _configuration()
    content = _content(configuration)
    if configuration.mode == "live" and (missing := config.missing_in_content(content, datetime.now(UTC).date())):
        _fail("Sevensteps cannot start in live mode yet:\n" + "\n".join(f"- {sentence}" for sentence in missing))
    try:
        runner.check_port(configuration)  # said at once, not after a minute of training
        _train()
        upgrade(configuration.database_url)
        runner.run(configuration, lambda line: typer.echo(line))
    except (runner.PortTaken, TimeoutError) as error:
        _fail(str(error))


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even when nothing changed.")] = False) -> None:
    """Train the dialogue engine's model if its data changed."""
    _train("--force") if force else _train()


def _train(*arguments: str) -> None:
    from bot.ops.processes import ENGINE_PYTHON

    if not ENGINE_PYTHON.exists():
        _fail("The engine's environment is missing. Run: make setup")
    done = subprocess.run(
        [str(ENGINE_PYTHON), "-m", "bot.engine.train", *arguments],
        cwd=config.ROOT,
        env={**os.environ, **QUIET, "PYTHONPATH": str(config.ROOT), "RASA_TELEMETRY_ENABLED": "false"},
        check=False,
    )
    if done.returncode:
        raise typer.Exit(done.returncode)


@app.command()
def chat(
    address: Annotated[str, typer.Option(help="Where Sevensteps runs.")] = "",
    resume: Annotated[bool, typer.Option(help="Come back with a reference and PIN.")] = False,
    as_: Annotated[
        Literal["web", "sms", "whatsapp", "voice"],
        typer.Option("--as", help="As it looks on a page or on a phone, or as it sounds in a call (demo mode)."),
    ] = "web",
    number: Annotated[str, typer.Option(help="Go on as the phone with this number.")] = "",
) -> None:
    """Have the conversation in this terminal, with a Sevensteps that is running (make run)."""
    from bot.ops import chat as terminal
    from bot.ops import chat_call, chat_phone

    where = address or _configuration().address
    if as_ == "web":
        raise typer.Exit(terminal.run(where, resume=resume))
    if as_ == "voice":
        raise typer.Exit(chat_call.run(where))
    raise typer.Exit(chat_phone.run(where, as_, number))


@app.command()
def understand(
    text: Annotated[str, typer.Argument(help="What somebody said.")],
    question: Annotated[
        str | None, typer.Option(help="Code of the question being asked, such as S1, or P11 for plan lines.")
    ] = None,
    who: Annotated[str, typer.Option(help="parent or young_person.")] = "parent",
) -> None:
    """Show what one message is understood to mean, by the same code that live messages take."""
    from bot.understanding.understand import understand as report

    _print_json(report(_reader(), text, question, who))


@app.command()
def evaluate(
    files: Annotated[
        list[Path], typer.Argument(help="JSON Lines with text and a label: level, intent, safety or items.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Measure understanding and safety screening on labelled lines."""
    from bot.ops.tables import show
    from bot.understanding.evaluate import evaluate as measure
    from bot.understanding.understand import understand as report

    reader = _reader()
    try:
        lines = [json.loads(line) for file in files for line in file.read_text().splitlines() if line.strip()]
        result = measure(lines, lambda text, question, who: report(reader, text, question, who))
    except (OSError, ValueError, KeyError) as error:
        _fail(f"That cannot be evaluated: {error}")
    if as_json:
        _print_json(result)
    else:
        typer.echo(show(result))


@app.command()
def calibrate(
    sample: Annotated[
        Path, typer.Argument(help="CSV with a row for each child: points (or need score) and cost_pence.")
    ],
    pot: Annotated[int, typer.Option(help="The whole budget, in pence a year.")],
    contingency: Annotated[int, typer.Option(help="Percent of the budget kept back.")] = 12,
    population: Annotated[int | None, typer.Option(help="How many children the budget is for.")] = None,
) -> None:
    """Fit a table to a council's own scored cases and budget: price per point, and a benchmark curve."""
    from bot.ops.calibrate import report

    try:
        _print_json(report(sample, pot, contingency, population))
    except (OSError, ValueError, KeyError) as error:
        _fail(f"That cannot be calibrated: {error}")


def _reader() -> Any:
    from bot.understanding.archive import load
    from bot.understanding.reader import Reader

    try:
        return Reader(load(config.ROOT / "models"))
    except (FileNotFoundError, ValueError) as error:
        _fail(str(error))


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


@content_app.command("check")
def content_check(
    folder: Annotated[Path | None, typer.Argument(help="Folder to check; the one in use if left out.")] = None,
) -> None:
    """Check every content file; say file, line and what to do for each problem."""
    from bot.content.checks import check
    from bot.content.loader import ROOT
    from bot.content.script import hard_to_read
    from bot.safety.rules import default_rules

    problems: list[object] = [*check(folder or ROOT)]
    if folder is None and not problems:
        content = _content(_configuration())
        problems += [sentence for who in ("parent", "young_person") for sentence in hard_to_read(content, who)]
        default_rules()
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        _fail(f"{len(problems)} to put right.")
    typer.echo("The content is in order.")


@audit_app.command("verify")
def audit_verify() -> None:
    """Check the chain of the audit: finds any change, gap, reorder or missing end."""
    from bot.store import audit

    database = _database(_configuration())
    problems = audit.verify(database)
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("The audit is whole.")


@app.command()
def allocate(
    file: Annotated[
        typer.FileText, typer.Argument(help="A request as for POST /api/v1/allocations; - for standard input.")
    ],
) -> None:
    """Work out a guide amount from answers in a JSON file, and print the result with its trace."""
    from bot.allocation.refusal import AllocationRefused
    from bot.allocation.run import allocate_json

    try:
        request = json.load(file)
    except ValueError as error:
        _fail(f"That is not JSON: {error}")
    try:
        result = allocate_json(_content(_configuration()), request, datetime.now(UTC).date())
    except AllocationRefused as refused:
        _fail("\n".join(str(error) for error in refused.errors))
    _print_json(result)


if __name__ == "__main__":
    app()
