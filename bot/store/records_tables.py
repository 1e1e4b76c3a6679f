"""Tables of legal holds, receipts of what was erased, notices."""

from __future__ import annotations
