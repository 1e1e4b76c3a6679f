"""The engine process: Rasa's agent behind one authenticated door on loopback.

``.envs/engine/bin/python -m bot.engine.serve --port 5005 --model models/ --actions http://127.0.0.1:5055/webhook``

Environment: ``SEVENSTEPS_ENGINE_SECRET`` (shared with the gateway), ``SEVENSTEPS_ENGINE_DATABASE`` (an SQLAlchemy
address; ``sqlite:///var/engine.db`` when unset). No HTTP API of Rasa, none of its channels, no telemetry.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time

from bot.engine import light

_STARTED = time.monotonic()


def main(arguments: list[str]) -> int:
    """Serve until told to stop. Returns the exit status; 1 means it refused to start, and the log says why."""
    parser = argparse.ArgumentParser(prog="bot.engine.serve", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--model", default="models", help="model archive, or the folder whose newest one to take")
    parser.add_argument("--actions", required=True, help="address of the action server's webhook")
    options = parser.parse_args(arguments)

    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    light.install(serving=True)
    from bot.engine import logs

    logs.configure()
    import logging

    log = logging.getLogger(logs.OURS)
    from bot.engine.server import Refused, build

    try:
        app = build(
            model=options.model,
            actions=options.actions,
            secret=os.environ.get("SEVENSTEPS_ENGINE_SECRET", ""),
            database=os.environ.get("SEVENSTEPS_ENGINE_DATABASE"),
        )
    except Refused as reason:
        log.error("refused to start", extra={"reason": str(reason)})
        return 1
    log.info(
        "ready",
        extra={
            "port": options.port,
            "seconds": round(time.monotonic() - _STARTED, 1),
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
    )
    app.run(host="127.0.0.1", port=options.port, workers=1, access_log=False, motd=False)
    log.info("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
