"""From what a directory answers to services: lenient, and never an exception.

A service needs an id, a name and a status; only active ones are taken. All else may be missing, null, of another type
or unknown: what cannot be used is left out, with a note for those who look after the directory.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from bot.plans.directory import Contact, CostOption, Day, Note, Place, Service, Session
from bot.plans.directory_costs import read_cost, read_fees
from bot.plans.directory_fields import OLDEST_AGE, Fields
from bot.plans.directory_near import near

MOST_SERVICES = 1000
"""Of one answer: somebody is waiting for what is made of it."""
_ID = re.compile(r"[^\s\x00-\x1f]{1,150}")
_NESTED = ("cost_options", "service_at_locations", "schedules", "service_areas", "contacts")
_DAYS: tuple[Day, ...] = get_args(Day)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of services."""

    services: tuple[Service, ...] = ()
    left_out: int = 0
    """Entries that are no service, or not a running one."""
    notes: tuple[Note, ...] = ()
    pages: int = 1
    """How many pages there are."""


def read_page(data: object, prefer: re.Pattern[str] | None = None) -> Page | None:
    """The answer to ``/services``: a page of HSDS 3, one of older feeds, or a plain list. None where it is no list.

    Of a list that is longer than :data:`MOST_SERVICES` those that speak of ``prefer`` are read first, the last are not.
    """
    notes: list[Note] = []
    entries, pages = data, 1
    if isinstance(data, Mapping):
        fields = Fields(data, "", notes)
        entries = next((data[name] for name in ("contents", "content") if isinstance(data.get(name), list)), None)
        total = fields.number("total_pages") or fields.number("totalPages")
        pages = max(1, int(total)) if total is not None else 1
    if not isinstance(entries, list):
        return None
    if len(entries) > MOST_SERVICES and prefer is not None:
        entries = sorted(entries, key=lambda entry: not _speaks_of(entry, prefer))
    services: dict[str, Service] = {}
    for number, entry in enumerate(entries[:MOST_SERVICES]):
        service = read_service(entry, notes, str(number))
        if service is not None:
            services.setdefault(service.id, service)
    return Page(tuple(services.values()), len(entries) - len(services), tuple(notes), pages)


def _speaks_of(entry: object, prefer: re.Pattern[str]) -> bool:
    return isinstance(entry, Mapping) and prefer.search(f"{entry.get('name')} {entry.get('description')}") is not None


def read_service(data: object, notes: list[Note], where: str = "") -> Service | None:
    """One service, or None: it has no id, name or status, or it is not running. ``notes`` gets what was left out."""
    if not isinstance(data, Mapping):
        notes.append(Note(where, "not an object"))
        return None
    fields = Fields(data, where, notes)
    id, name, status = fields.text("id"), fields.text("name"), fields.text("status")
    if not is_id(id):
        fields.note("id", "missing, or not an id")
        return None
    if not name or not status:
        fields.note("status" if name else "name", "missing")
        return None
    if status.casefold() != "active":
        return None
    minimum, maximum, unclear = _ages(fields)
    organisation = fields.inner("organization")
    at = [(item, item.inner("location")) for item in fields.items("service_at_locations")]
    contacts = [
        *_contacts(fields),
        *(contact for item, location in at for contact in (*_contacts(item), *_contacts(location))),
        *_contacts(organisation),
    ]
    topics = [item.inner("taxonomy_term") for item in fields.items("attributes")]
    return Service(
        id=id,
        name=name,
        description=fields.text("description", 2000),
        url=fields.link("url"),
        organisation=organisation.text("name"),
        minimum_age=minimum,
        maximum_age=maximum,
        ages_unclear=unclear,
        topics=_unique(topic.text("name") for topic in topics),
        topic_ids=_unique(topic.text("id") for topic in topics),
        sessions=_unique(
            session
            for owner in (fields, *(part for pair in at for part in pair))
            for session in map(_session, owner.items("schedules"))
            if session
        ),
        places=_unique(place for _, location in at if (place := _place(location))),
        areas=_unique(area.text("name") for area in fields.items("service_areas")),
        cost_options=_costs(fields),
        contacts=tuple(contact for contact in contacts if not _for_complaints(contact))[:5],
        complaints=next((contact for contact in contacts if _for_complaints(contact)), None),
        alert=fields.text("alert", 300),
        assured=fields.day("assured_date"),
        changed=fields.day("last_modified"),
        detailed=any(name in data for name in _NESTED),
    )


def is_id(text: str) -> bool:
    """Whether this can be a service's id: short, without spaces, and no step in a path."""
    return bool(_ID.fullmatch(text)) and bool(text.strip("."))


def _ages(fields: Fields) -> tuple[int | None, int | None, bool]:
    """Lowest and highest age, and whether they make no sense. Nought to nought is what an empty form leaves behind."""
    low, low_odd = fields.age("minimum_age")
    high, high_odd = fields.age("maximum_age")
    if high is not None and high > OLDEST_AGE:
        high = None
    if low_odd or high_odd or (low is not None and low > OLDEST_AGE) or (not low and high == 0):
        return None, None, True
    if low is not None and high is not None and high < low:
        fields.note("maximum_age", "below minimum_age")
        low, high = (low, None) if high == 0 else (high, low)
    # Rounded inwards: a club from 4 and a half is for 5 and over.
    return None if low is None else math.ceil(low), None if high is None else int(high), False


def _costs(fields: Fields) -> tuple[CostOption, ...]:
    options = _unique(read_cost(item) for item in fields.items("cost_options"))
    useful = tuple(option for option in options if option.option or option.words or option.pence is not None)
    return useful or read_fees(fields.text("fees", 300))


def _session(fields: Fields) -> Session | None:
    days = tuple(
        day for part in fields.text("byday").upper().replace(";", ",").split(",") if (day := part.strip()[-2:]) in _DAYS
    )
    words = fields.text("description")
    session = Session(
        days=() if fields.text("freq").upper() not in ("WEEKLY", "") else days,
        opens=fields.clock("opens_at"),
        closes=fields.clock("closes_at"),
        words=words,
        until=fields.day("until") or fields.day("valid_to"),
    )
    return session if session.days or words else None


def _place(location: Fields) -> Place | None:
    address = next(location.items("addresses"), Fields({}, location.where, location.notes))
    access = [
        words for item in location.items("accessibility") if (words := item.text("description") or item.text("details"))
    ]
    place = Place(
        name=location.text("name"),
        street=address.text("address_1"),
        town=address.text("city"),
        district=near(address.text("postal_code")).district,
        point=_point(location),
        virtual=location.text("location_type").casefold() == "virtual",
        access=_unique(access),
    )
    return place if place.name or place.town or place.district or place.point or place.virtual else None


def _point(location: Fields) -> tuple[float, float] | None:
    latitude, longitude = location.number("latitude"), location.number("longitude")
    # 0, 0 lies in the Gulf of Guinea: it stands for "nobody filled this in".
    if not latitude or not longitude or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return float(latitude), float(longitude)


def _contacts(fields: Fields) -> Iterable[Contact]:
    """Contacts and bare telephone numbers; an organisation's or service's own email counts as one."""
    for item in fields.items("contacts"):
        phones = [number for phone in item.items("phones") if (number := phone.phone("number"))]
        name = " ".join(part for part in (item.text("name"), item.text("title")) if part)
        contact = Contact(name or item.text("department"), phones[0] if phones else "", item.email("email"))
        if contact.phone or contact.email:
            yield contact
    for phone in fields.items("phones"):
        if number := phone.phone("number"):
            yield Contact(phone.text("description"), number)
    if email := fields.email("email"):
        yield Contact(email=email)


def _for_complaints(contact: Contact) -> bool:
    return "complain" in contact.name.casefold()


def _unique[T](items: Iterable[T]) -> tuple[T, ...]:
    """Each once, in order; empty ones left out."""
    return tuple(dict.fromkeys(item for item in items if item))
