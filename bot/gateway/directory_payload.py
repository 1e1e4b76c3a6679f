"""The made-up directory in the words of Open Referral UK 3.0 (HSDS UK profile): ids are UUIDs, empty fields left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.content.directory_models import (
    DemoCost,
    DemoDirectory,
    DemoOrganisation,
    DemoPlace,
    DemoService,
    DemoSession,
    DemoTopic,
)

Json = dict[str, Any]

VERSION = "HSDS-UK-3.0"
PROFILE = "https://openreferraluk.org"
_NAMESPACE: UUID = uuid5(NAMESPACE_URL, "https://exampleshire.example/directory")


def uid(kind: str, name: str) -> str:
    """The same id for the same thing, at every start and in every process."""
    return str(uuid5(_NAMESPACE, f"{kind}/{name}"))


@dataclass(frozen=True)
class Payloads:
    """Everything that the directory can answer with."""

    demo: DemoDirectory

    @cached_property
    def taxonomy(self) -> Json:
        """The one taxonomy."""
        return {
            "id": uid("taxonomy", self.demo.id),
            "name": f"Topics of {self.demo.title}",
            "description": self.demo.source,
            "version": "1",
        }

    @cached_property
    def terms(self) -> Mapping[str, Json]:
        """Taxonomy terms by id."""
        return _by_id(self._term(topic) for topic in self.demo.topics)

    @cached_property
    def services(self) -> Mapping[str, Json]:
        """Services by id, each with all that is nested in it."""
        return _by_id(self._service(service) for service in self.demo.services)

    @cached_property
    def at_locations(self) -> Mapping[str, Json]:
        """Services at locations by id: the location in full, the service in brief."""
        return _by_id(
            at | {"service": brief(service)}
            for service in self.services.values()
            for at in service.get("service_at_locations", ())
        )

    def _service(self, service: DemoService) -> Json:
        id = uid("service", service.id)
        organisation = next(one for one in self.demo.organisations if one.id == service.organisation)
        places = [next(one for one in self.demo.places if one.id == place) for place in service.places]
        return _filled(
            id=id,
            organization_id=uid("organization", organisation.id),
            name=service.name,
            description=service.description,
            url=f"{organisation.website}/{service.id}",
            email=service.email,
            status=service.status,
            minimum_age=service.ages[0] if service.ages else None,
            maximum_age=service.ages[1] if service.ages else None,
            assured_date=service.checked.isoformat() if service.checked else None,
            assurer_email="localoffer@exampleshire.example" if service.checked else None,
            alert=service.alert,
            last_modified=f"{service.changed.isoformat()}T09:00:00+00:00",
            organization=_organisation(organisation),
            schedules=[_schedule(id, number, item) for number, item in enumerate(service.sessions)],
            service_areas=[
                {"id": uid("area", service.id), "service_id": id, "name": service.area, "description": service.area}
            ]
            if service.area
            else None,
            service_at_locations=[
                {
                    "id": uid("at", f"{service.id}/{place.id}"),
                    "service_id": id,
                    "location_id": uid("location", place.id),
                    "location": _location(place),
                }
                for place in places
            ],
            cost_options=[_cost(id, number, item) for number, item in enumerate(service.costs)],
            contacts=[
                _contact(service.id, service.contact, service.phone, service.email),
                _contact(f"{service.id}/complaints", "Complaints", organisation.complaints_phone, organisation.email),
            ],
            attributes=[
                {
                    "id": uid("attribute", f"{service.id}/{topic}"),
                    "link_id": id,
                    "link_entity": "service",
                    "taxonomy_term": self.terms[uid("term", topic)],
                }
                for topic in service.topics
            ],
        )

    def _term(self, topic: DemoTopic) -> Json:
        return {
            "id": uid("term", topic.id),
            "code": topic.id,
            "name": topic.name,
            "description": topic.description,
            "taxonomy": self.taxonomy["name"],
            "taxonomy_id": self.taxonomy["id"],
        }


_NESTED = ("schedules", "service_areas", "service_at_locations", "cost_options", "contacts", "attributes")


def brief(service: Json) -> Json:
    """A service without what is nested in it, as lists of services may leave it."""
    return {name: value for name, value in service.items() if name not in _NESTED}


def _organisation(organisation: DemoOrganisation) -> Json:
    return {
        "id": uid("organization", organisation.id),
        "name": organisation.name,
        "description": organisation.description,
        "email": organisation.email,
        "website": organisation.website,
    }


def _schedule(service_id: str, number: int, session: DemoSession) -> Json:
    return _filled(
        id=uid("schedule", f"{service_id}/{number}"),
        service_id=service_id,
        freq="WEEKLY" if session.day else None,
        byday=session.day,
        opens_at=session.opens.strftime("%H:%M") if session.opens else None,
        closes_at=session.closes.strftime("%H:%M") if session.closes else None,
        description=session.words,
    )


def _cost(service_id: str, number: int, cost: DemoCost) -> Json:
    return _filled(
        id=uid("cost", f"{service_id}/{number}"),
        service_id=service_id,
        option=cost.option,
        amount=None if cost.amount is None else float(cost.amount),
        currency=None if cost.amount is None else "GBP",
        amount_description=cost.words,
        valid_to=cost.valid_to.isoformat() if cost.valid_to else None,
    )


def _contact(key: str, name: str, phone: str, email: str) -> Json:
    return {
        "id": uid("contact", key),
        "name": name,
        "email": email,
        "phones": [{"id": uid("phone", key), "number": phone}],
    }


def _location(place: DemoPlace) -> Json:
    id = uid("location", place.id)
    return _filled(
        id=id,
        location_type="physical",
        name=place.name,
        latitude=float(place.latitude),
        longitude=float(place.longitude),
        addresses=[
            {
                "id": uid("address", place.id),
                "location_id": id,
                "address_1": place.street,
                "city": place.town,
                "state_province": "Exampleshire",
                "postal_code": place.postcode,
                "country": "GB",
                "address_type": "physical",
            }
        ],
        accessibility=[
            {"id": uid("accessibility", f"{place.id}/{number}"), "location_id": id, "description": words}
            for number, words in enumerate(place.access)
        ],
    )


def _filled(**fields: Any) -> Json:
    """Empty fields are left out, as the profile asks."""
    return {name: value for name, value in fields.items() if value is not None and value != []}


def _by_id(items: Iterable[Json]) -> Mapping[str, Json]:
    return {item["id"]: item for item in items}
