"""Ideas from near home as messages: the directory's words about a service, ours about why, what it costs, how old it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from bot.interview.messages import Message, Option
from bot.interview.words import pounds
from bot.plans.directory import Contact, CostOption, Ideas, Place, Reason, Service, Session, Suggestion
from bot.plans.directory_fields import shortened

Say = Callable[..., str]
"""A sentence of the assistant by its key and values, e.g. :meth:`bot.plans.talk.scene.Scene.say`."""

ADD = "plan.service.add."
"""Followed by a service's id."""
COST = "plan.service.cost."
"""Followed by the number of the price in :meth:`Service.costs`, a dot, and the service's id."""
MORE = "plan.service.more"
NONE = "plan.service.none"

_MOST_DESCRIPTION = 300
_MOST_PRICES = 4
_LONGEST_LABEL = 60


def message(say: Say, ideas: Ideas, today: date) -> Message:
    """All ideas of one look as one message, with an option to add each; or why there are none."""
    if not ideas.suggestions:
        return Message("say", say(f"plan.directory.{ideas.status}"))
    parts = [say("plan.directory.found" if len(ideas.suggestions) > 1 else "plan.directory.found_one")]
    if ideas.seen_on is not None:
        parts.append(say("plan.directory.seen_on", date=in_words(ideas.seen_on)))
    parts += [describe(say, suggestion, today) for suggestion in ideas.suggestions]
    parts.append(say("plan.directory.choose"))
    labels = [
        (ADD + one.service.id, say("option.plan.service.add", title=shortened(one.service.name, _LONGEST_LABEL)))
        for one in ideas.suggestions
    ]
    labels += [(value, say(f"option.{value}")) for value in (MORE, NONE)]
    return Message("question", "\n\n".join(parts), options=_numbered(labels))


def which_cost(say: Say, service: Service, today: date) -> Message | None:
    """Asks which of several prices is meant; None where there is no choice."""
    costs = service.costs(today)[:9]
    if len(costs) < 2:
        return None
    labels = [(f"{COST}{number}.{service.id}", price(say, cost)) for number, cost in enumerate(costs)]
    return Message("question", say("plan.directory.which_cost", title=service.name), options=_numbered(labels))


def chosen(value: str) -> tuple[str, int | None] | None:
    """The service's id, and the number of the price, that an option of these messages stands for.

    >>> chosen("plan.service.add.s-1"), chosen("plan.service.cost.1.s-1"), chosen("plan.service.more")
    (('s-1', None), ('s-1', 1), None)
    """
    if value.startswith(ADD):
        return value.removeprefix(ADD), None
    number, dot, id = value.removeprefix(COST).partition(".")
    return (id, int(number)) if value.startswith(COST) and dot and number.isdecimal() else None


def describe(say: Say, suggestion: Suggestion, today: date) -> str:
    """One service among others: what it is, why it is shown, when, what it costs, whom to ask, how old all that is."""
    service = suggestion.service
    why = " ".join(_reason(say, reason, service) for reason in suggestion.reasons)
    return _lines(
        _name(say, service),
        shortened(service.description, _MOST_DESCRIPTION),
        say("plan.directory.alert", words=service.alert) if service.alert else "",
        say("plan.directory.why", words=why),
        *_when_and_cost(say, service, today),
        _line(say, "contact", [_contact(contact) for contact in service.contacts[:1]] or [service.url]),
        checked(say, service, today),
    )


def details(say: Say, service: Service, today: date) -> str:
    """One service alone, with all that a family needs before they choose it, also how to complain."""
    return _lines(
        _name(say, service),
        service.description,
        say("plan.directory.alert", words=service.alert) if service.alert else "",
        _line(say, "where", [_place(place) for place in service.places]),
        *_when_and_cost(say, service, today),
        _line(say, "access", [words for place in service.places for words in place.access]),
        _line(say, "contact", [*map(_contact, service.contacts[:2]), service.url]),
        _line(say, "complaints", [_contact(service.complaints)] if service.complaints else []),
        checked(say, service, today),
    )


def price(say: Say, cost: CostOption) -> str:
    """A price as the directory has it: "Child: £3.20 each time"."""
    if cost.pence is None:
        amount = cost.words
    elif cost.pence == 0:
        amount = say("plan.directory.price.free")
    elif cost.unit is None:
        amount = " – ".join(part for part in (pounds(cost.pence), cost.words) if part)
    else:
        amount = say(f"plan.directory.price.{cost.unit}", amount=pounds(cost.pence))
    if cost.option and amount:
        return say("plan.directory.price.for", title=cost.option, amount=amount)
    return amount or cost.option


def checked(say: Say, service: Service, today: date) -> str:
    """How long ago somebody looked whether it is true; marked where that is long, or not known."""
    day = service.checked_on(today)
    if day is None:
        return say("plan.directory.checked.never")
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if service.is_old(today):
        key = "old_years" if months >= 24 else "old_months"
        return say(f"plan.directory.checked.{key}", count=months // 12 if months >= 24 else months)
    if months < 2:
        return say(f"plan.directory.checked.{'month' if months else 'now'}")
    return say("plan.directory.checked.months", count=months)


def in_words(day: date) -> str:
    """A day for reading.

    >>> in_words(date(2026, 11, 2))
    '2 November 2026'
    """
    return f"{day.day} {day:%B %Y}"


def _name(say: Say, service: Service) -> str:
    if not service.organisation:
        return service.name
    return say("plan.directory.by", title=service.name, source=service.organisation)


def _when_and_cost(say: Say, service: Service, today: date) -> tuple[str, str]:
    on = [_session(say, session) for session in service.sessions if not _is_over(session, today)]
    return _line(say, "when", on), _line(
        say, "cost", [price(say, cost) for cost in service.costs(today)[:_MOST_PRICES]]
    )


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _reason(say: Say, reason: Reason, service: Service) -> str:
    key = f"plan.directory.reason.{reason.code}"
    least, most = service.minimum_age, service.maximum_age
    match reason.code:
        case "age" if most is None:
            return say(f"{key}.from", least=least)
        case "age" if not least:
            return say(f"{key}.to", most=most)
        case "age":
            return say(f"{key}.range", least=least, most=most)
        case "miles" if reason.value == "1":
            return say("plan.directory.reason.mile")
        case "miles":
            return say(key, count=reason.value)
        case _:
            return say(key, words=reason.value)


def _line(say: Say, name: str, parts: list[str]) -> str:
    words = "; ".join(dict.fromkeys(part for part in parts if part))
    return say(f"plan.directory.{name}", words=words) if words else ""


def _place(place: Place) -> str:
    """Name, street, town and postcode district, each once."""
    parts = (place.name, place.street, " ".join(part for part in (place.town, place.district) if part))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _session(say: Say, session: Session) -> str:
    days = ", ".join(say(f"plan.directory.day.{day}") for day in session.days)
    hours = ""
    if session.opens and session.closes:
        hours = say("plan.directory.hours", least=_clock(session.opens), most=_clock(session.closes))
    return ", ".join(part for part in (days, hours, session.words) if part)


def _is_over(session: Session, today: date) -> bool:
    return session.until is not None and session.until < today


def _clock(at: time) -> str:
    """As it is said: "9am", "1.30pm"."""
    minutes = f".{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def _contact(contact: Contact) -> str:
    return ", ".join(part for part in (contact.name, contact.phone, contact.email) if part)


def _numbered(labels: list[tuple[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(value, label, number) for number, (value, label) in enumerate(labels, 1))
