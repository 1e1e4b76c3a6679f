"""What is said otherwise than the reader knows it, in words that it knows."""

from __future__ import annotations

import re

_OTHERWISE = (
    (re.compile(r"(?<=[a-z]) r (?=£)"), " are "),
    (
        re.compile(
            r"\b(?:(?:one|a|an|each|1) )?(?:pack|packet|box|tub|tin|bottle|bag|roll|tube|refill|cartridge) (?:lasts|will last|does|will do|keeps)"
            r"(?: him| her| us| me| them)?(?: for)?(?: about| roughly)? (?:(?:a|one|1) |(?=two|three|four|six|2|3|4|6))(?=(?:\w+ )?(?:week|fortnight|month|term|year))",
            re.I,
        ),
        "every ",
    ),
    (
        re.compile(
            r"(\d|\bpounds?|\bquid) (for|per|each|every) (an? )?(?:waking|sleeping|whole|full) (?=night|day|week)", re.I
        ),
        r"\1 \2 \3",
    ),
)


def reworded(text: str) -> str:
    """``text`` with a few ways of saying how often, and what an amount is for, as they are said more plainly.

    >>> reworded("£12 a tin, one tin lasts us two weeks"), reworded("tickets r £4"), reworded("£110 for a waking night")
    ('£12 a tin, every two weeks', 'tickets are £4', '£110 for a night')
    """
    for said, plainly in _OTHERWISE:
        text = said.sub(plainly, text)
    return text
