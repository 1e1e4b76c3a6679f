"""Tables of who is signed in and what an unfinished sign-in needs."""

from __future__ import annotations
