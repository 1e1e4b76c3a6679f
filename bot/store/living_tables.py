"""Tables of payments, spending, reviews."""

from __future__ import annotations
