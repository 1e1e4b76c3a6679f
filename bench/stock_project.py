"""Puts the stock Rasa project together, trains it with the real ``rasa`` and runs it.

``bench/stock`` holds what is its own. Intents and examples, level utterances and the words of the questions are ours,
so that both assistants understand the same and say about as much.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import yaml

from bench.running import ENGINE_PYTHON, ROOT, environment, free_port, running, wait_for
from bot.content.loader import load
from bot.content.models import Question
from bot.content.wording import fill

STOCK = ROOT / "bench" / "stock"
RASA = ENGINE_PYTHON.with_name("rasa")
COUNCIL = "exampleshire"
QUESTIONNAIRE = ("default-ras", "1")


def borrowed_domain() -> dict[str, Any]:
    """The half of the stock domain that comes from our own data: intents, and a response for each thing said."""
    intents = yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]
    questionnaire = load(council=COUNCIL).questionnaire(*QUESTIONNAIRE)
    responses: dict[str, Any] = {}
    for question in questionnaire.questions:
        responses |= _responses(question)
    return {"version": "3.1", "intents": intents, "responses": responses}


def _responses(question: Question) -> dict[str, Any]:
    code = question.id.lower()
    labels = [_fill(level.label.parent) for level in question.levels]
    asked = {
        "text": f"{question.title}\n\n{_fill(question.ask.parent)}",
        "buttons": [{"title": label, "payload": str(number)} for number, label in enumerate(labels, start=1)],
    }
    return {
        f"utter_ask_{code}": [asked],
        f"utter_why_{code}": [{"text": _fill(question.why.parent)}],
        **{
            f"utter_confirm_{code}_{level}": [{"text": f"It sounds like: {label} Is that right?"}]
            for level, label in enumerate(labels)
        },
    }


def titles() -> dict[str, str]:
    """Code of a question by its title, to tell which one the stock assistant asks."""
    return {question.title: question.id for question in load(council=COUNCIL).questionnaire(*QUESTIONNAIRE).questions}


def _fill(text: str) -> str:
    """The gaps of our texts, filled once and for all: Rasa would take braces for slots."""
    return fill(text, {"name": "Sam", "age": 9})


def train(folder: Path) -> Path:
    """``rasa train`` on the stock project. Returns the model archive; a failure prints what Rasa says and raises."""
    domain = folder / "domain"
    domain.mkdir(parents=True)
    shutil.copy(STOCK / "domain.yml", domain / "stock.yml")
    (domain / "borrowed.yml").write_text(yaml.safe_dump(borrowed_domain(), allow_unicode=True, sort_keys=False))
    command = [str(RASA), "train", "--domain", str(domain), "--config", str(STOCK / "config.yml")]
    command += ["--data", "data/nlu", str(STOCK / "rules.yml"), "--out", str(folder / "models")]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(RASA_CACHE_DIRECTORY=str(folder / "cache")),
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    archives = sorted((folder / "models").glob("*.tar.gz"))
    if done.returncode or not archives:
        raise RuntimeError(f"rasa train failed:\n{done.stdout[-4000:]}")
    return archives[-1]


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Action server and ``rasa run``, as the documentation starts them. Yields the address of the REST channel."""
    model, logs = train(folder), folder / "logs"
    port, actions_port = free_port(), free_port()
    env = environment(
        SANIC_HOST="127.0.0.1",
        STOCK_ACTIONS_URL=f"http://127.0.0.1:{actions_port}/webhook",
        STOCK_DATABASE=str(folder / "stock.db"),
    )
    actions = [str(ENGINE_PYTHON), "-m", "rasa_sdk", "--actions", "bench.stock.actions", "-p", str(actions_port)]
    rasa = [str(RASA), "run", "--model", str(model), "--port", str(port), "--interface", "127.0.0.1"]
    rasa += ["--endpoints", str(STOCK / "endpoints.yml"), "--credentials", str(STOCK / "credentials.yml")]
    with ExitStack() as stack:
        acting = stack.enter_context(running("stock-actions", actions, env, logs))
        wait_for(f"http://127.0.0.1:{actions_port}/health", acting, logs)
        talking = stack.enter_context(running("stock-rasa", rasa, env, logs))
        wait_for(f"http://127.0.0.1:{port}/", talking, logs)
        yield f"http://127.0.0.1:{port}/webhooks/rest/webhook"
