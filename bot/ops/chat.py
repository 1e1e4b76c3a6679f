"""The conversation in a terminal: the same API as the web page, one line at a time."""

from __future__ import annotations

import sys
import textwrap
from typing import Any

import httpx

WIDTH = 88


def run(address: str, *, resume: bool) -> int:
    """Talk until the end of input. Returns the exit status."""
    with httpx.Client(base_url=address, timeout=30.0, trust_env=False) as http:
        try:
            reply = _open(http, resume=resume)
        except httpx.HTTPError:
            print(
                f"Sevensteps does not answer at {address}. Start it in another terminal with: make run", file=sys.stderr
            )
            return 1
        if reply is None:
            return 1
        conversation, token = reply["conversation_id"], reply["token"]
        _show(reply["messages"])
        while True:
            try:
                text = input("\n> ")
            except (EOFError, KeyboardInterrupt):
                print("\nYour answers are kept.")
                return 0
            _show(_send(http, conversation, token, text))


def _open(http: httpx.Client, *, resume: bool) -> dict[str, Any] | None:
    if not resume:
        opened = http.post("/api/v1/conversations", json={"channel": "terminal"})
        opened.raise_for_status()
        started: dict[str, Any] = opened.json()
        return started
    body = {"reference": input("Reference: "), "pin": input("PIN: "), "channel": "terminal"}
    opened = http.post("/api/v1/conversations/resume", json=body)
    if opened.is_error:
        print(opened.json()["detail"], file=sys.stderr)
        return None
    back: dict[str, Any] = opened.json()
    return back


def _send(http: httpx.Client, conversation: str, token: str, text: str) -> list[dict[str, Any]]:
    try:
        reply = http.post(
            f"/api/v1/conversations/{conversation}/messages",
            json={"text": text},
            headers={"Authorization": f"Bearer {token}"},
        )
        body: dict[str, Any] = reply.json()
    except (httpx.HTTPError, ValueError):
        return [{"text": "Sevensteps did not answer. Your answers so far are kept. Please try again.", "options": []}]
    if reply.is_error:
        return [{"text": body.get("detail", "That did not work. Please try again."), "options": []}]
    messages: list[dict[str, Any]] = body["messages"]
    return messages


def _show(messages: list[dict[str, Any]]) -> None:
    for message in messages:
        print()
        if message.get("heading"):
            print(message["heading"])
        for paragraph in message["text"].split("\n"):
            print(textwrap.fill(paragraph, WIDTH))
        for option in message.get("options", []):
            print(textwrap.fill(f"{option['number']}  {option['label']}", WIDTH, subsequent_indent="   "))
