"""The understanding of this process, read from the engine's trained model when it is first needed.

Live turns are understood inside the engine; this is for trying out what a text is understood to mean.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.understanding.reader import Reader


class NotTrained(Exception):
    """There is no trained model to understand with."""


class LazyReader:
    """Loads once; threads share it. A folder without a model is looked at again the next time."""

    def __init__(self) -> None:
        self._reader: Reader | None = None
        self._lock = threading.Lock()

    def understand(self, models: Path, text: str, question: str | None, who: str) -> dict[str, Any]:
        """What a text is understood to mean; see :func:`bot.understanding.understand.understand`. Raises NotTrained."""
        from bot.understanding.understand import understand

        return understand(self.get(models), text, question, who)

    def get(self, models: Path) -> Reader:
        """The reader of the newest model in a folder. Raises NotTrained."""
        with self._lock:
            if self._reader is None:
                # Imported here: numpy takes longer to import than the rest of the service, which seldom needs it.
                from bot.understanding.archive import load
                from bot.understanding.reader import Reader

                try:
                    self._reader = Reader(load(models))
                except (FileNotFoundError, ValueError) as error:
                    raise NotTrained from error
            return self._reader
