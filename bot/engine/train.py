"""Train the model when what it is made of has changed: ``python -m bot.engine.train [--force]``."""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import sys
import time
from pathlib import Path

import structlog

from bot.engine import light, talk_files

DOMAIN = "domain.yml"
CONFIG = "config.yml"
DATA = ("data/nlu", "data/rules")
LEVELS = "data/levels"
CODE = ("bot/understanding", "bot/engine")
FINGERPRINT = "fingerprint.txt"


def fingerprint() -> str:
    """Changes when anything that the model is made of changes: data, configuration or code."""
    files: list[Path] = [Path(DOMAIN), Path(CONFIG)]
    for folder in (*DATA, LEVELS):
        files += sorted(Path(folder).glob("*.yml"))
    files += talk_files.files(talk_files.PATTERNS)
    for folder in CODE:
        files += sorted(Path(folder).glob("*.py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def main(arguments: list[str]) -> int:
    """Returns the exit status: 0 trained or nothing to do, 1 training failed."""
    parser = argparse.ArgumentParser(prog="bot.engine.train", description=__doc__)
    parser.add_argument("--output", default="models", help="folder for the model archive")
    parser.add_argument("--force", action="store_true", help="train even when nothing changed")
    options = parser.parse_args(arguments)
    models = Path(options.output)
    now = fingerprint()
    mark = models / FINGERPRINT
    known = mark.read_text().strip() if mark.exists() else ""
    if known == now and any(models.glob("*.tar.gz")) and not options.force:
        print("The model is up to date.")
        return 0
    started = time.monotonic()
    archive = _train(models)
    if archive is None:
        print("Training failed; the old model, if any, is kept.", file=sys.stderr)
        return 1
    for old in models.glob("*.tar.gz"):
        if old.resolve() != archive.resolve():
            old.unlink()
    mark.write_text(now + "\n")
    print(f"Trained {archive} in {time.monotonic() - started:.0f} s.")
    return 0


def _train(models: Path) -> Path | None:
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    light.install(serving=False)
    # without this Rasa builds and prints a debug line for every rule it checks: a third of the time
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    from rasa.model_training import train

    result = train(domain=DOMAIN, config=CONFIG, training_files=list(DATA), output=str(models), force_training=True)
    return Path(result.model) if result.code == 0 and result.model else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
