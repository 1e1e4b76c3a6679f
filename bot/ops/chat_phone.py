"""The conversation as a phone shows it, in a terminal: text messages or WhatsApp, with a Sevensteps in demo mode."""

from __future__ import annotations

import secrets
import textwrap
from typing import Any, Literal

import httpx

from bot.ops.chat import WIDTH
from bot.ops.chat_door import Shut, send

As = Literal["sms", "whatsapp"]


def run(address: str, channel: As, number: str = "") -> int:
    """Text until the end of input. ``number`` goes on as the same phone. Returns the exit status."""
    number = number or f"07700 9{secrets.randbelow(100_000):05d}"
    print(f"You have the number {number}. Write a first message, such as: hello")
    with httpx.Client(base_url=address, timeout=60.0, trust_env=False) as http:
        while True:
            try:
                text = input("\n> ")
            except (EOFError, KeyboardInterrupt):
                print("\nYour answers are kept.")
                return 0
            try:
                came = send(http, channel, {"number": number, "text": text}, instead="write to it from a phone")
            except Shut:
                return 1
            if came is not None:
                _show(channel, came["messages"])


def _show(channel: As, messages: list[dict[str, Any]]) -> None:
    if not messages:
        print("(nothing came back)")
    for message in messages:
        print()
        for line in message["text"].split("\n"):
            print(textwrap.fill(line, WIDTH - 4, initial_indent="  | ", subsequent_indent="  | ") or "  |")
        for choice in message["choices"]:
            print(textwrap.fill(f"  [ {choice['title']} ] {choice['description']}".rstrip(), WIDTH))
        if channel == "sms":
            print(f"  ({len(message['text'])} characters, charged as {message['segments']})")
