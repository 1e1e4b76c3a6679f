"""A number that is sent with a yes, as people answer a list: "2) yes". The understanding takes a number alone."""

from __future__ import annotations

import re

_AGREED = re.compile(
    r"\W*(\d{1,2})(?:\ufe0f?\u20e3)?\W*(?:yes|yeah|yep|yup|ok|okay|this one|that one)(?: please| thanks| thank you)?\W*",
    re.IGNORECASE,
)


def number_alone(text: str) -> str | None:
    """The number of such a message; None for every other message, which is read as it is.

    >>> number_alone("2) yes"), number_alone("2️⃣ ok"), number_alone("2"), number_alone("2 yes but only at night")
    ('2', '2', None, None)
    """
    found = _AGREED.fullmatch(text.strip())
    return None if found is None else found[1]
