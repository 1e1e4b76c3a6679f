"""Logs as JSON lines that can hold nothing personal.

Rasa's own log lines quote messages, slots and payloads. So of a line that is not ours only the place it came from is
written, never its message; our own lines are fixed texts with a few named fields.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime, timezone

import structlog

OURS = "sevensteps.engine"
_FIELDS = ("reason", "intent", "port", "model", "seconds", "megabytes", "database")


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),  # noqa: UP017 - Python 3.10
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name == OURS:
            line["event"] = record.getMessage()
            line.update({field: getattr(record, field) for field in _FIELDS if hasattr(record, field)})
        else:
            line["event"] = f"{record.module}.{record.funcName}:{record.lineno}"
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line)


def configure() -> None:
    """Set up logging for the whole process. Debug lines of Rasa are never even built."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(
        logging.ERROR
    )  # deprecations inside the sealed box; nobody will mend them
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
    # Rasa calls every rejection by the interview an error, though it is how a digression begins; what really goes wrong
    # there fails the turn, and the channel says so
    logging.getLogger("rasa.core.actions.action").setLevel(logging.CRITICAL)
    for name in ("sanic.root", "sanic.error", "sanic.access", "sanic.server"):
        logger = logging.getLogger(name)
        logger.handlers[:] = []
        logger.propagate = True
        logger.setLevel(logging.WARNING)
