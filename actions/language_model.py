"""A language model that a council runs itself: asked within a time limit, believed only in the shape that was agreed.

Off unless SEVENSTEPS_LLM_URL is set. Whatever goes wrong, the answer is None and the local reading stands
(docs/decisions/0016-council-language-model.md).
"""

from __future__ import annotations

import json
import ssl
import sys
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from time import monotonic

import httpx

from actions.model_prompt import Asked, Completion, Opinion

REST_SECONDS = 30.0
"""After a time-out the model is left alone for so long, so that not every family waits for one that hangs."""

_MOST_BYTES = 64 * 1024
"""An opinion takes some hundred bytes; a longer reply is not one."""

_AT_ONCE = 4
"""Requests under way. Further messages are read without the model."""


class LanguageModel:
    """A client for one OpenAI-compatible address; threads may share it."""

    def __init__(self, url: str, name: str, key: str = "", seconds: float = 4.0) -> None:
        """``url``: base address, e.g. "https://models.example.gov.uk/v1". ``seconds``: for the whole request."""
        self.name = name
        self._address = url.rstrip("/") + "/chat/completions"
        self._seconds = seconds
        self._places = BoundedSemaphore(_AT_ONCE)
        self._rests_until = 0.0
        headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {key}"} if key else {})
        # The client's limit only ends threads that were left behind; the one that counts is in read().
        # Certificates: the system's and SSL_CERT_FILE, as a council's own model often has one of its own making.
        self._http = httpx.Client(
            timeout=2 * seconds, trust_env=False, headers=headers, verify=ssl.create_default_context()
        )

    def read(self, asked: Asked) -> Opinion | None:
        """The model's opinion, or None: it has none, is away, is too slow, or said something else."""
        if monotonic() < self._rests_until or not self._places.acquire(blocking=False):
            return None
        answer: SimpleQueue[Opinion | None] = SimpleQueue()
        # A thread that may be left behind: the client's own time limits start anew with every byte that trickles in.
        Thread(target=self._work, args=(asked, answer), daemon=True).start()
        try:
            return answer.get(timeout=self._seconds)
        except Empty:
            self._rests_until = monotonic() + REST_SECONDS
            _tell("TimeLimit")
            return None

    def _work(self, asked: Asked, answer: SimpleQueue[Opinion | None]) -> None:
        try:
            answer.put(self._ask(asked))
        except TimeoutError:
            _tell("TimeoutError")  # no answer: read() runs out of time as well, and lets the model rest
        except Exception as error:  # whatever it is, a family must not notice it
            answer.put(None)
            _tell(type(error).__name__)
        finally:
            self._places.release()

    def _ask(self, asked: Asked) -> Opinion:
        body = {
            "model": self.name,
            "messages": asked.messages(),
            "temperature": 0,
            "response_format": {"type": "json_object"},
        }
        until = monotonic() + self._seconds
        with self._http.stream("POST", self._address, json=body) as reply:
            reply.raise_for_status()
            content = b""
            for part in reply.iter_raw():
                content += part
                if monotonic() > until:
                    raise TimeoutError
                if len(content) > _MOST_BYTES:
                    raise ValueError("not an opinion")
        return Completion.model_validate_json(content).opinion()


def _tell(why: str) -> None:
    """The kind of error alone: its text may hold what a person said."""
    print(json.dumps({"event": "language model not used", "why": why}), file=sys.stderr, flush=True)
