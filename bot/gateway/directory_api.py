"""A directory of local services in the Open Referral UK 3.0 API: nine GET addresses, open, for anybody to read.

It serves the made-up services of Exampleshire, so that a demo has something near home and a council can see what its
own directory has to answer. It is there in demo mode alone.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import time
from functools import cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from bot.content.directory_models import DemoDirectory, load_demo
from bot.gateway.directory_filter import Filter
from bot.gateway.directory_payload import PROFILE, VERSION, Json, Payloads
from bot.gateway.problems import PROBLEM_JSON, Problem, malformed, not_found

OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600"}
"""On every answer, refusals too: pages of others may read it, and it says the same to everybody."""
PER_PAGE = 50
MOST_PER_PAGE = 100

Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


class _OpenRoute(APIRoute):
    """Puts the open headers on answers and on refusals."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def open_to_all(request: Request) -> Response:
            try:
                response = await handle(request)
            except RequestValidationError as error:
                wrong = ", ".join(dict.fromkeys(str(item["loc"][-1]) for item in error.errors()))
                response = _refusal(malformed(f"Please correct: {wrong}."))
            except Problem as problem:
                response = _refusal(problem)
            response.headers.update(OPEN)
            return response

        return open_to_all


@cache
def demo_router() -> APIRouter:
    """The routes over the made-up services, put together once in a process."""
    return router(load_demo(), prefix="/api/v1/directory")


def router(demo: DemoDirectory, prefix: str) -> APIRouter:
    """The routes over one directory."""
    payloads = Payloads(demo)
    locations = [at["location"] for at in payloads.at_locations.values()]
    routes = APIRouter(prefix=prefix, tags=["directory (made-up services)"], route_class=_OpenRoute)
    service = next(iter(payloads.services.values()))
    at_location = next(iter(payloads.at_locations.values()))
    term = next(iter(payloads.terms.values()))
    about = {"version": VERSION, "profile": PROFILE, "openapi_url": "/openapi.json"}

    @routes.get("/", responses=_example(about))
    async def metadata(request: Request) -> Json:
        """Which standard this speaks."""
        return about | {"openapi_url": str(request.base_url.replace(path="/openapi.json"))}

    @routes.get("/services", responses=_example(_page([service], 1, 1)) | _REFUSED)
    async def services(wanted: Annotated[Filter, Depends(_filter)], at: Annotated[Paging, Depends(_paging)]) -> Json:
        """Services, as far as they fit the query, a page at a time."""
        return _page([one for one in payloads.services.values() if wanted.wants(one, locations)], *at)

    @routes.get("/services/{id}", responses=_example(service) | _NONE)
    async def one_service(id: str) -> Json:
        """One service with all that is known about it."""
        return _one(payloads.services, id)

    @routes.get("/taxonomies", responses=_example(_page([payloads.taxonomy], 1, 1)) | _REFUSED)
    async def taxonomies(at: Annotated[Paging, Depends(_paging)]) -> Json:
        """The taxonomies that services are sorted by."""
        return _page([payloads.taxonomy], *at)

    @routes.get("/taxonomies/{id}", responses=_example(payloads.taxonomy) | _NONE)
    async def one_taxonomy(id: str) -> Json:
        """One taxonomy."""
        return _one({payloads.taxonomy["id"]: payloads.taxonomy}, id)

    @routes.get("/taxonomy_terms", responses=_example(_page([term], 1, 1)) | _REFUSED)
    async def taxonomy_terms(at: Annotated[Paging, Depends(_paging)], taxonomy_id: str | None = None) -> Json:
        """The terms of a taxonomy, or of all."""
        return _page([one for one in payloads.terms.values() if taxonomy_id in (None, one["taxonomy_id"])], *at)

    @routes.get("/taxonomy_terms/{id}", responses=_example(term) | _NONE)
    async def one_taxonomy_term(id: str) -> Json:
        """One term."""
        return _one(payloads.terms, id)

    @routes.get("/service_at_locations", responses=_example(_page([at_location], 1, 1)) | _REFUSED)
    async def service_at_locations(
        wanted: Annotated[Filter, Depends(_filter)], at: Annotated[Paging, Depends(_paging)]
    ) -> Json:
        """Services at the places where they are, as far as they fit the query."""
        fitting = {id for id, one in payloads.services.items() if wanted.wants(one, locations)}
        return _page([one for one in payloads.at_locations.values() if one["service_id"] in fitting], *at)

    @routes.get("/service_at_locations/{id}", responses=_example(at_location) | _NONE)
    async def one_service_at_location(id: str) -> Json:
        """One service at one place."""
        return _one(payloads.at_locations, id)

    return routes


Paging = tuple[int, int]
"""Number of the page, from 1, and how many to a page."""


def _paging(
    page: Annotated[int, Query(ge=1, le=10_000)] = 1, per_page: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = PER_PAGE
) -> Paging:
    return page, per_page


def _filter(
    search: Annotated[str | None, Query(max_length=100, examples=["swim"])] = None,
    taxonomy_term_id: str | None = None,
    taxonomy_id: str | None = None,
    minimum_age: Annotated[int | None, Query(ge=0, le=120, examples=[8])] = None,
    maximum_age: Annotated[int | None, Query(ge=0, le=120, examples=[11])] = None,
    day: Day | None = None,
    start_time: time | None = None,
    end_time: time | None = None,
    postcode: Annotated[str | None, Query(max_length=10, examples=["XM1"])] = None,
    proximity: Annotated[int | None, Query(ge=0, le=200_000, description="Metres", examples=[16000])] = None,
) -> Filter:
    return Filter(
        search,
        taxonomy_term_id,
        taxonomy_id,
        minimum_age,
        maximum_age,
        day,
        _on_the_wall(start_time),
        _on_the_wall(end_time),
        postcode,
        proximity,
    )


def _on_the_wall(clock: time | None) -> time | None:
    """Opening times have no time zone: they are what the clock there says."""
    return None if clock is None else clock.replace(tzinfo=None)


def _page(items: list[Json], page: int, per_page: int) -> Json:
    """The envelope of HSDS 3."""
    pages = max(1, -(-len(items) // per_page))
    contents = items[(page - 1) * per_page : page * per_page]
    return {
        "total_items": len(items),
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _one(items: Mapping[str, Json], id: str) -> Json:
    if id not in items:
        raise not_found()
    return items[id]


def _refusal(problem: Problem) -> Response:
    return JSONResponse(problem.body(), problem.status, dict(problem.headers), PROBLEM_JSON)


def _example(value: Json) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {"application/json": {"example": value}}}}


def _problem(status: int, description: str) -> dict[int | str, dict[str, Any]]:
    return {status: {"content": {PROBLEM_JSON: {}}, "description": description}}


_REFUSED = _problem(422, "Names each parameter to correct")
_NONE = _problem(404, "There is none")
