"""What was typed into a page's form, as plain text by field name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

from bot.gateway.wire import clean


async def _typed(request: Request) -> Mapping[str, str]:
    form = await request.form()
    return {name: clean(value).strip() for name, value in form.items() if isinstance(value, str)}


Typed = Annotated[Mapping[str, str], Depends(_typed)]
"""Every field that was sent; of a name that came twice the last. Files are left out: no form here takes one."""


def revision(typed: Mapping[str, str]) -> int:
    """The case's revision that a form was made for; -1, which no case has, where it is not a number.

    >>> revision({"revision": "3"}), revision({"revision": "three"}), revision({})
    (3, -1, -1)
    """
    text = typed.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
