"""The options of a message: numbered lines, or buttons and lists where a channel has them. One place for all channels."""

from __future__ import annotations

from collections.abc import Sequence

from bot.gateway.channels.capabilities import Capabilities
from bot.gateway.channels.outgoing import Choice
from bot.gateway.wire import OptionOut

_ROW_TITLE = 24
"""Characters of a list row's title (Meta; research: channels 2)."""


def lines(options: Sequence[OptionOut]) -> tuple[str, ...]:
    """Each option on a line of its own, with the number that picks it.

    >>> lines([OptionOut(value="consent.yes", label="Yes, start", number=1)])
    ('1 Yes, start',)
    """
    return tuple(f"{option.number} {option.label.rstrip('.')}" for option in options)


def choices(options: Sequence[OptionOut], to: Capabilities) -> tuple[tuple[Choice, ...], bool] | None:
    """The options to be tapped, and whether as a list; None where the channel has no way to show them whole."""
    if not options:
        return None
    if len(options) <= to.buttons and all(len(option.label) <= to.button_letters for option in options):
        titles = {option.label for option in options}
        if len(titles) == len(options):
            return tuple(Choice(option.value, option.label) for option in options), False
    if len(options) <= to.list_rows and all(len(option.label) <= to.row_letters for option in options):
        return tuple(_row(option) for option in options), True
    return None


def _row(option: OptionOut) -> Choice:
    titled = f"{option.number} {option.label}"
    if len(titled) <= _ROW_TITLE:
        return Choice(option.value, titled)
    return Choice(option.value, str(option.number), option.label)
