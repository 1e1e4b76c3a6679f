"""Tables of decisions, sign-off, the register."""

from __future__ import annotations
