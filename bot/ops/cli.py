"""The command line: ``bin/sevensteps``. Each command says what it does with ``--help``."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.ops import config

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Sevensteps: guide amounts and support plans.")
content_app = typer.Typer(no_args_is_help=True, help="What families read and what councils set.")
audit_app = typer.Typer(no_args_is_help=True, help="The record of who did what.")
app.add_typer(content_app, name="content")
app.add_typer(audit_app, name="audit")


def _configuration() -> config.Configuration:
    try:
        return config.read(os.environ)
    except config.NotConfigured as error:
        _fail("Sevensteps cannot start yet:\n" + "\n".join(f"- {sentence}" for sentence in error.missing))


def _fail(sentence: str) -> Any:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


@app.command()
def serve() -> None:
    """Start everything and print the address. PORT, HOST and DATA_DIR come from the environment."""
    from bot.content.loader import load
    from bot.ops import runner
    from bot.store.migrate import upgrade

    configuration = _configuration()
    content = load(council=configuration.council)
    if configuration.mode == "live" and (missing := config.missing_in_content(content)):
        _fail("Sevensteps cannot start in live mode yet:\n" + "\n".join(f"- {sentence}" for sentence in missing))
    _train()
    upgrade(configuration.database_url)
    try:
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
        env={**os.environ, "PYTHONPATH": str(config.ROOT), "RASA_TELEMETRY_ENABLED": "false"},
        check=False,
    )
    if done.returncode:
        raise typer.Exit(done.returncode)


@app.command()
def chat(
    address: Annotated[str, typer.Option(help="Where Sevensteps runs.")] = "",
    resume: Annotated[bool, typer.Option(help="Come back with a reference and PIN.")] = False,
) -> None:
    """Have the conversation in this terminal, with a Sevensteps that is running (make run)."""
    from bot.ops import chat as terminal

    raise typer.Exit(terminal.run(address or _configuration().address, resume=resume))


@content_app.command("check")
def content_check(
    folder: Annotated[Path | None, typer.Argument(help="Folder to check; the one in use if left out.")] = None,
) -> None:
    """Check every content file; say file, line and what to do for each problem."""
    from bot.content.checks import check
    from bot.content.loader import ROOT

    problems = check(folder or ROOT)
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        _fail(f"{len(problems)} to put right.")
    typer.echo("The content is in order.")


@audit_app.command("verify")
def audit_verify() -> None:
    """Check the chain of the audit: finds any change, gap, reorder or missing end."""
    from bot.store import audit
    from bot.store.crypto import Cipher
    from bot.store.database import Database

    configuration = _configuration()
    database = Database(configuration.database_url, Cipher(list(configuration.keys)))
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
    import json

    from bot.allocation.run import AllocationRefused, allocate_json
    from bot.content.loader import load

    try:
        request = json.load(file)
    except ValueError as error:
        _fail(f"That is not JSON: {error}")
    try:
        result = allocate_json(load(council=_configuration().council), request, datetime.now(UTC).date())
    except AllocationRefused as refused:
        _fail("\n".join(str(error) for error in refused.errors))
    json.dump(result, sys.stdout, indent=2, ensure_ascii=False)
    typer.echo()


if __name__ == "__main__":
    app()
