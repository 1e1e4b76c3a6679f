"""What an officer wrote about a family, for others to learn from: without the names that the family has given."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.safety.redaction import redact

NAME = "[name]"


def without_names(text: str, names: Iterable[str]) -> str:
    """The same words with every one of these names, and whatever else says who somebody is, taken out.

    >>> without_names("Ty's aunt Jo rang on 020 7946 0000.", ["Ty", "Jo", ""])
    "[name]'s aunt [name] rang on [phone]."
    """
    known = sorted({part for name in names for part in (name.strip(), *name.split()) if len(part) > 1}, key=len)
    for name in reversed(known):
        text = re.sub(rf"\b{re.escape(name)}\b", NAME, text, flags=re.IGNORECASE)
    return redact(text)
