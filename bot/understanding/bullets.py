"""Lists as people type them: what marks a line as one of a list is not part of what it says."""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"^\s*(?:[-*•·–—]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)", re.IGNORECASE)


def unbulleted(line: str) -> str:
    """A line of a list without its bullet or number.

    >>> unbulleted("- PA 3 hrs"), unbulleted("2) gym"), unbulleted("-£20")
    ('PA 3 hrs', 'gym', '-£20')
    """
    return _NUMBERED.sub("", line)
