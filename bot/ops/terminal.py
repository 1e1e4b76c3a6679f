"""What commands of the terminal begin with: the configuration, the content and the store, or plain words why not."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import NoReturn

import typer

from bot.content.loader import Content
from bot.ops import config
from bot.store.database import Database


def configuration() -> config.Configuration:
    """The configuration of this environment; else all that is missing, also of the content, and the end."""
    try:
        return config.read(os.environ)
    except config.NotConfigured as error:
        missing = [*error.missing, *_missing_in_content()]
        fail("Sevensteps cannot start yet:\n" + "\n".join(f"- {sentence}" for sentence in missing))


def _missing_in_content() -> list[str]:
    """What live mode will ask of the content once the environment is complete."""
    from bot.content.loader import DEFAULT_COUNCIL, load
    from bot.content.problems import ContentError

    if os.environ.get("SEVENSTEPS_MODE") != "live":
        return []
    try:
        found = load(council=os.environ.get("SEVENSTEPS_COUNCIL") or DEFAULT_COUNCIL)
    except (KeyError, ContentError):
        return []
    return config.missing_in_content(found, datetime.now(UTC).date())


def content(configuration: config.Configuration) -> Content:
    """The council's content; else what is wrong with it, and the end."""
    from bot.content.loader import load
    from bot.content.problems import ContentError

    try:
        return load(council=configuration.council)
    except KeyError:
        fail(f'There is no council "{configuration.council}" in bot/content/councils. Set SEVENSTEPS_COUNCIL.')
    except ContentError as error:
        fail(str(error))


def database(configuration: config.Configuration) -> Database:
    """The store; else that there is none, and the end."""
    from bot.store.crypto import Cipher

    opened = Database(configuration.database_url, Cipher(list(configuration.keys)))
    if not opened.is_ready():
        fail(f"There is no Sevensteps database at {configuration.data_dir} yet, or it does not answer.")
    return opened


def fail(sentence: str) -> NoReturn:
    """Say why, and end with an error."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
