"""All that a document says of a line's price and times: "£13.50 an hour, 3 hours a week, for 39 weeks of the year"."""

from __future__ import annotations

from bot.plans.amounts import how_often, number, price
from bot.plans.documents.telling import Telling
from bot.plans.documents.tree import Pounds
from bot.plans.model import Line

SPANS = {"day": "days_a_year", "week": "weeks", "fortnight": "fortnights", "month": "months", "term": "terms"}


def how_much(tell: Telling, line: Line) -> str:
    """All that is known of a line's price and times; what is not known is left out, never guessed."""
    if line.unit_cost_pence == 0:
        return tell.say("doc.no_cost")
    parts = [price(tell.say, line, lambda pence: str(Pounds(pence))), how_often(tell.say, line), _span(tell, line)]
    return ", ".join(part for part in parts if part)


def _span(tell: Telling, line: Line) -> str:
    """For how much of the year, where that was said."""
    if line.times is None or line.per not in SPANS:
        return ""
    return tell.say(f"doc.{SPANS[line.per]}", count=number(line.times))
