"""The Resource Allocation System: from answers to points, need score, and a guide amount with its whole explanation."""

from bot.allocation.refusal import AllocationRefused, Refusal
from bot.allocation.request import AllocationRequest, Answer, Context, Protection
from bot.allocation.result import AllocationResult
from bot.allocation.run import allocate, allocate_json

__all__ = [
    "AllocationRefused",
    "AllocationRequest",
    "AllocationResult",
    "Answer",
    "Context",
    "Protection",
    "Refusal",
    "allocate",
    "allocate_json",
]
