"""What is filled in as on a form, said as people would say it: "Hours: 4 per week" as "4 hours per week"."""

from __future__ import annotations

import re

_BEGINS = r"(?:(?<=\A)|(?<=\n)|(?<=[.;!?]\s))[ \t]*"
"""A label stands at the start of a line or a sentence."""
_ENDS = r"[ \t]*(?:[:=]|[ \t][-–][ \t])[ \t]*"
_ASKED = r"(?:[ \t](?:needed|required|requested|wanted|asked for))?"
_PER = r"(?:[ \t](?P<per>(?:per|a|each|every)[ \t](?:hour|day|night|week|fortnight|month|term|year|session|visit|class|lesson|item|unit)))?"
_NUMBER = r"(?P<number>\d{1,2}(?:\.\d{1,2})?)(?![\d.:]*\d|[ \t]?(?:am|pm|till|til|to|until|-|–|hours?|hrs?|days?|nights?|sessions?)\b|[ \t]?[-–])"

_COUNTED = re.compile(
    rf"{_BEGINS}(?:number of |no of |how many )?(?P<unit>hours|hrs|days|nights|sessions|visits|miles){_PER}{_ASKED}{_ENDS}{_NUMBER}",
    re.I,
)
_SO_MANY = re.compile(
    rf"{_BEGINS}(?:quantity|qty|number|how many|amount){_ASKED}{_ENDS}(?:x[ \t]?)?{_NUMBER}(?=[ \t]*(?:$|[.,;\n]))",
    re.I | re.M,
)
_COST = re.compile(
    rf"{_BEGINS}(?:(?P<rate>hourly|daily|nightly|weekly|monthly|yearly|annual|unit)[ \t])?(?:cost|price|rate|fee|charge|how much){_PER}{_ENDS}"
    r"(?P<amount>£?[ \t]?\d[\d.,]*\d|£?[ \t]?\d)",
    re.I,
)
_RATES = {
    "hourly": "per hour", "daily": "per day", "nightly": "per night", "weekly": "per week", "monthly": "per month",
    "yearly": "per year", "annual": "per year", "unit": "each",
}  # fmt: skip
_LABEL = re.compile(
    rf"{_BEGINS}(?:(?:item|items|activity|support|service|help|product|description|request|requested|what|how often|frequency|when|"
    rf"(?:type|kind|name) of (?:help|support|service|item|activity|thing)){_ASKED}|ongoing|continuing|regular|same as before|"
    r"(?:new|needed|wanted)(?: this (?:year|time))?):[ \t]*",
    re.I,
)
_OVER = re.compile(
    rf"{_BEGINS}(?:finished|ended|stopped|stopping|no longer(?: needed| wanted)?|not needed|already (?:funded|paid(?: for)?|got|have|in place)|"
    r"funded elsewhere|declined|refused|cancelled|dropped|supplier)(?: this year)?:[^\n.;]*(?:[.;](?=\s|$))?",
    re.I,
)
""" "Finished: the milk.", "Already funded: school transport." are nothing that is asked for."""


def as_said(text: str) -> str:
    """``text`` with what is filled in behind labels as it would be said.

    >>> as_said("Rate: £19.75 hourly\\nHours: 4 per week")
    '£19.75 hourly\\n4 hours per week'
    >>> as_said("Hourly rate: £14. Hours per week: 6. Hours: 9 till 3.")
    '£14 per hour. 6 hours per week. Hours: 9 till 3.'
    >>> as_said("Item: bed sheets\\nPrice: £12 each\\nQty: 4\\nFinished: the milk.").split("\\n")
    ['bed sheets', '£12 each', '4 of them', '']
    """
    if ":" not in text and " - " not in text and "–" not in text:
        return text
    text = _OVER.sub("", text)
    text = _SO_MANY.sub(lambda found: f"{found['number']} of them" if found["number"] != "1" else "", text)
    text = _COUNTED.sub(_counted, text)
    text = _COST.sub(_cost, text)
    return _LABEL.sub("", text)


def _counted(found: re.Match[str]) -> str:
    return " ".join(part for part in (found["number"], found["unit"].lower(), found["per"]) if part)


def _cost(found: re.Match[str]) -> str:
    per = found["per"] or _RATES.get((found["rate"] or "").lower())
    return " ".join(part for part in (found["amount"].strip(), per) if part)
