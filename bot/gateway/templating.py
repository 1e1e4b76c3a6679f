"""Pages as HTML: Jinja2 with escaping always on, and the values every page has."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from bot.content.loader import Content
from bot.gateway.alert_schedule import uk_time
from bot.interview.words import pounds

_FOLDERS = (Path(__file__).parent / "templates", Path(__file__).parents[1] / "review" / "templates")


@pass_context
def _name(context: Context, user: str) -> str:
    """A member of staff as the one who reads the page knows them. A macro that uses it is imported with context."""
    named: str = context["staff"].named(user)
    return named


def _version_day(version: str) -> str:
    """A version that is named by its first day, in words.

    >>> _version_day("exampleshire/2026-04-01"), _version_day("default-ras/1")
    ('those from 1 April 2026 on', 'default-ras/1')
    """
    try:
        first = date.fromisoformat(version.rpartition("/")[2])
    except ValueError:
        return version
    return f"those from {first:%-d %B %Y} on"


_environment = Environment(
    loader=FileSystemLoader(_FOLDERS),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals["pounds"] = pounds
_environment.globals["stages"] = {
    "consent": "Not started",
    "about": "Who is answering",
    "ras": "Answering",
    "ras_check": "Checking the answers",
    "result": "Has a result",
    "plan": "Making the plan",
    "plan_check": "Checking the plan",
    "sent": "Plan sent",
    "returned": "Back with the family",
    "agreed": "Plan agreed",
    "live": "Plan is lived",
    "review": "Looking back",
    "paused": "Paused",
    "closed": "Closed",
}
_environment.filters["uk"] = uk_time
_environment.filters["name"] = _name
_environment.filters["version_day"] = _version_day
_environment.globals["pounds_round"] = lambda pence: pounds(round(pence, -2))


def page(content: Content, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """A rendered page."""
    council = content.council
    html = _environment.get_template(template).render(council=council, team=council.contact("team"), **values)
    return HTMLResponse(html, status)
