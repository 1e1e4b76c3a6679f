"""A person talking to the API, as a test reads best."""

from __future__ import annotations

import json
from typing import Any

import httpx

from tests.gateway.service import Service

QUESTIONS = ("S1", "S2", "S3", "H1", "H2", "H3", "H4", "E1", "E2", "P1", "P2", "W1", "W2", "F1", "F2", "F3")


class Person:
    """One device in one conversation. ``last`` is the last reply that was not an error."""

    def __init__(self, service: Service, opened: dict[str, Any]) -> None:
        self.service = service
        self.id, self.token = opened["conversation_id"], opened["token"]
        self.last = opened

    @classmethod
    def arrives(cls, service: Service) -> Person:
        reply = service.http.post("/api/v1/conversations", json={})
        assert reply.status_code == 201, reply.text
        return cls(service, reply.json())

    @classmethod
    def at_the_first_question(cls, service: Service, who: str = "who.parent", age: str = "8") -> Person:
        person = cls.arrives(service)
        person.picks("consent.yes")
        person.picks(who)
        person.says("Ty")
        person.says(age)
        return person

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def sends(self, body: Any, key: str | None = None) -> httpx.Response:
        """Anything at all, as the body of a message."""
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.service.http.post(
            f"/api/v1/conversations/{self.id}/messages",
            content=content,
            headers=headers | {"Content-Type": "application/json"},
        )

    def says(self, text: str, key: str | None = None) -> dict[str, Any]:
        return self._good(self.sends({"text": text}, key))

    def picks(self, choice: str, key: str | None = None) -> dict[str, Any]:
        return self._good(self.sends({"choice": choice}, key))

    def answers_the_rest(self) -> None:
        """The third option everywhere, up to the check."""
        while self.last["state"]["stage"] == "ras":
            values = [option["value"] for option in self.last["messages"][-1]["options"]]
            self.picks(values[0] if values[0].startswith("keep_helping") else values[2])

    def reads(self) -> dict[str, Any]:
        reply = self.service.http.get(f"/api/v1/conversations/{self.id}", headers=self.headers)
        assert reply.status_code == 200, reply.text
        transcript: dict[str, Any] = reply.json()
        return transcript

    @property
    def state(self) -> dict[str, Any]:
        return dict(self.reads()["state"])

    @property
    def answers(self) -> dict[str, Any]:
        return dict(self.state["answers"])

    def _good(self, reply: httpx.Response) -> dict[str, Any]:
        assert reply.status_code == 200, reply.text
        self.last = reply.json()
        return self.last


def words(reply: dict[str, Any]) -> str:
    """Everything said in a reply, as one text."""
    return "\n".join(message["text"] for message in reply["messages"])


def kinds(reply: dict[str, Any]) -> list[str]:
    return [message["kind"] for message in reply["messages"]]
