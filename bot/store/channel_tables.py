"""Tables of numbers, opt-outs and messages on their way."""

from __future__ import annotations
