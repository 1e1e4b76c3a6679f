"""References that a family writes down, reads out and types: ``EX-7K3M-9Q2P``."""

from __future__ import annotations

import re
import secrets

ALPHABET = "2346789CDFGHJKMNPQRTWXY"
"""No letter or digit that looks or sounds like another one (0 O, 1 I L, 5 S, U V, B Z), and no vowel, so no words."""


def new_reference(prefix: str) -> str:
    """A random reference (about 36 bits) that begins with the council's prefix.

    >>> reference = new_reference("EX")
    >>> len(reference), normalise(reference) == reference
    (12, True)
    """
    code = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{code[:4]}-{code[4:]}"


def normalise(typed: str) -> str:
    """A reference as we write it, from what a person typed: case, spaces and dashes do not matter.

    >>> normalise(" ex 7k3m9q2p ")
    'EX-7K3M-9Q2P'
    >>> normalise("hello")
    'HELLO'
    """
    letters = re.sub(r"[^0-9A-Z]", "", typed.upper())
    if len(letters) <= 8:
        return letters
    return f"{letters[:-8]}-{letters[-8:-4]}-{letters[-4:]}"
