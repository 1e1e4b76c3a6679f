"""References and PINs in what people text. A PIN is used at once and kept nowhere."""

from __future__ import annotations

import re

from bot.store.references import ALPHABET, normalise


def reference_in(text: str, prefix: str) -> str | None:
    """The reference in a text, as we write it.

    >>> reference_in("hi its ex 7k3m 9q2p", "EX"), reference_in("he runs out the door", "EX")
    ('EX-7K3M-9Q2P', None)
    """
    found = re.search(rf"\b{prefix}[\s-]*[{ALPHABET}]{{4}}[\s-]*[{ALPHABET}]{{4}}\b", text, re.IGNORECASE)
    return None if found is None else normalise(found[0])


def pin_in(text: str, prefix: str) -> str | None:
    """The six digits in a text, beside a reference or alone.

    >>> pin_in("EX-7K3M-9Q2P 482913", "EX"), pin_in("my pin is 482 913", "EX"), pin_in("3", "EX")
    ('482913', '482913', None)
    """
    rest = re.sub(rf"\b{prefix}[\s-]*[{ALPHABET}]{{4}}[\s-]*[{ALPHABET}]{{4}}\b", " ", text, flags=re.IGNORECASE)
    digits = re.findall(r"\d", rest)
    return "".join(digits) if len(digits) == 6 and re.search(r"(?:\d[\s-]?){5}\d", rest) else None
