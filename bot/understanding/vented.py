"""What is only told to somebody who listens, and asked of nobody: "those tables are £900. who's got that?? just moaning"."""

from __future__ import annotations

import re

from bot.understanding.line_talk import SENTENCE

_MOANING = re.compile(
    r"\b(?:just|only) (?:moaning|ranting|venting|grumbling|whinging|sounding off|letting off steam|having (?:a|me a|my) (?:moan|rant|grumble|whinge))\b"
    r"|\b(?:just|only) (?:needed|wanted|had) to (?:tell|moan|rant|vent|say it|get (?:that|it) off)\b"
    r"|\b(?:rant|moan) over\b",
    re.I,
)
"""Said of all that came before."""

_NOT_THIS = re.compile(
    r"\bnot asking (?:you|yous|anyone|(?:you )?for (?:it|that|them|those|any|anything)\b)"
    r"|\b(?:don'?t|do not|not to) (?:count|include|put down|add) (?:any of |all of )?(?:that|those|these|it|them)\b(?! twice)",
    re.I,
)
"""Said of its own sentence; and of the one before, when it is a sentence by itself."""

_ASKED = re.compile(
    r"\b(?:want|wants|wanting|need|needs|needing|would like|i'?d like|we'?d like|please|pls|plz|fancy|fancies|hoping|claim|(?:could|can) (?:we|i))\b",
    re.I,
)
_LONGEST = 400
"""Signs that a moan is of; nobody moans longer of one thing."""
_BY_ITSELF = 12
"""Signs before "not asking you for it" in a sentence that says no more."""


def without_vented(text: str) -> str:
    """``text`` without what is only told, when nothing in it is asked for.

    >>> without_vented("they want £900 for a table. just moaning. A trike, £300.").strip()
    'they want £900 for a table. just moaning. A trike, £300.'
    >>> without_vented("a table is £900. just moaning. A trike, £300.").strip()
    'A trike, £300.'
    >>> without_vented("A trike, £300. The nappies are £9 so don't count those.").strip()
    'A trike, £300.'
    """
    moan = _MOANING.search(text)
    if moan is not None and moan.start() <= _LONGEST and not _ASKED.search(text[: moan.start()]):
        text = text[_end_of(text, moan.end()) :]
    refused = _NOT_THIS.search(text)
    if refused is None:
        return text
    ends = [found.end() for found in SENTENCE.finditer(text) if found.end() <= refused.start()]
    start = ends[-1] if ends else 0
    if len(ends) and refused.start() - start <= _BY_ITSELF:
        start = ends[-2] if len(ends) > 1 else 0
    if _ASKED.search(text[start : refused.start()]):
        return text
    return text[:start] + text[_end_of(text, refused.end()) :]


def _end_of(text: str, at: int) -> int:
    """Where the sentence ends that goes on at ``at``."""
    return next((found.end() for found in SENTENCE.finditer(text) if found.end() >= at), len(text))
