"""The conversation as a telephone call, in a terminal: what would be heard is written, keys and words are typed."""

from __future__ import annotations

import re
import secrets
import textwrap

import httpx

from bot.ops.chat import WIDTH
from bot.ops.chat_door import Shut, send


def run(address: str) -> int:
    """Ring, and talk until the call ends. Returns the exit status."""
    name = secrets.token_urlsafe(12)
    print("Type a key (0 to 9, * or #), or what you would say. An empty line is silence.")
    said: dict[str, str] = {}
    with httpx.Client(base_url=address, timeout=60.0, trust_env=False) as http:
        while True:
            try:
                heard = send(http, "voice", {"call": name, **said}, instead="ring it by telephone")
            except Shut:
                return 1
            if heard is not None:
                print()
                for part in heard["parts"]:
                    print(textwrap.fill(part, WIDTH - 4, initial_indent="  ) ", subsequent_indent="    "))
                if heard["over"]:
                    print("\nThe call has ended.")
                    return 0
            try:
                text = input("\n> ").strip()
            except (EOFError, KeyboardInterrupt):
                print("\nYou rang off. Your answers are kept.")
                return 0
            said = {"keys": text} if re.fullmatch(r"[0-9*#]+", text) else {"words": text}
