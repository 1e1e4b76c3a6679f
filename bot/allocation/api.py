"""The allocation service over HTTP: stateless, nothing is stored (contract.md, "Allocation service")."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field

from bot.allocation.refusal import AllocationRefused, Refusal, unreadable
from bot.allocation.request import AllocationRequest, Day
from bot.allocation.result import AllocationResult
from bot.allocation.run import allocate
from bot.content.loader import Content
from bot.content.models import AllocationTable, Questionnaire, Stream

PROBLEM_JSON = "application/problem+json"


class ProblemError(BaseModel):
    """One thing to put right."""

    pointer: str
    code: str
    detail: str


class ProblemReply(BaseModel):
    """An error as RFC 9457 has it; ``errors`` names each thing to put right."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "/problems/allocation-refused",
                    "title": "This cannot be worked out as it is",
                    "status": 422,
                    "detail": "S1: level 7 is not one of 0, 1, 2, 3.",
                    "errors": [
                        {
                            "pointer": "/answers/0/level",
                            "code": "level_out_of_range",
                            "detail": "S1: level 7 is not one of 0, 1, 2, 3.",
                        }
                    ],
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemError] = Field(default_factory=list)


class QuestionnaireSummary(BaseModel):
    """A questionnaire version, without its questions."""

    id: str
    version: str
    title: str
    valid_from: date
    example: bool
    approved_by: str | None


class TableSummary(BaseModel):
    """A table version, without its rows."""

    id: str
    version: str
    title: str
    stream: Stream
    age_packs: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    method: str
    example: bool
    reference: str
    approved_by: str | None
    in_use: bool
    """The council's own table: it sets guide amounts. Others can be named in a request, to compare."""


class _ProblemRoute(APIRoute):
    """Answers what is wrong with a request as problem+json, whichever app the router is part of."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_or_say(request: Request) -> Response:
            try:
                return await handle(request)
            except AllocationRefused as refused:
                return _problem(422, "This cannot be worked out as it is", "allocation-refused", refused.errors)
            except RequestValidationError as error:
                return _problem(422, "We could not read that", "malformed", unreadable(error.errors()))

        return handle_or_say


@dataclass(frozen=True, slots=True)
class Source:
    """What the routes go by. Both are asked at each request."""

    content: Callable[[], Content]
    today: Callable[[], date]


async def _source(request: Request) -> Source:
    source: Source = request.app.state.allocation
    return source


_Here = Annotated[Source, Depends(_source)]


@cache
def router(prefix: str = "") -> APIRouter:
    """The allocation service's routes below ``prefix``, built once. The app has its Source as ``state.allocation``."""
    refused: dict[int | str, dict[str, Any]] = {
        422: {"model": ProblemReply, "content": {PROBLEM_JSON: {}}, "description": "Names each thing to put right"}
    }
    none: dict[int | str, dict[str, Any]] = {
        404: {"model": ProblemReply, "content": {PROBLEM_JSON: {}}, "description": "There is none"}
    }
    routes = APIRouter(prefix=prefix, tags=["allocation"], route_class=_ProblemRoute)

    @routes.get("/questionnaires", response_model=list[QuestionnaireSummary])
    async def questionnaires(here: _Here) -> Sequence[Questionnaire]:
        """Every version of every questionnaire."""
        return here.content().questionnaires

    @routes.get("/questionnaires/{id}", response_model=Questionnaire, responses=none)
    async def questionnaire(id: str, here: _Here) -> Any:
        """The version in force today."""
        today = here.today()
        versions = [item for item in here.content().questionnaires if item.id == id and item.valid_from <= today]
        if not versions:
            return _not_found("/id", f"There is no questionnaire {id} in force today.")
        return max(versions, key=lambda item: item.valid_from)

    @routes.get("/questionnaires/{id}/{version}", response_model=Questionnaire, responses=none)
    async def questionnaire_version(id: str, version: str, here: _Here) -> Any:
        """One version, whether or not it is in force."""
        try:
            return here.content().questionnaire(id, version)
        except KeyError:
            return _not_found("/version", f"There is no questionnaire {id} with version {version}.")

    @routes.get("/tables", response_model=list[TableSummary])
    async def tables(here: _Here) -> list[TableSummary]:
        """Every version of every allocation table."""
        content = here.content()
        return [
            TableSummary(
                **table.model_dump(include=set(TableSummary.model_fields)), in_use=table.id in content.council.tables
            )
            for table in content.tables
        ]

    @routes.get("/tables/{id}", response_model=AllocationTable, responses=none | refused)
    async def table(
        id: str,
        here: _Here,
        on: Annotated[Day | None, Query(description="YYYY-MM-DD; left out: today", examples=["2026-11-02"])] = None,
    ) -> Any:
        """The version of a table in force on a day."""
        day = on or here.today()
        try:
            return here.content().table(id, day)
        except KeyError:
            return _not_found("/on", f"There is no table {id} in force on {day}.")

    @routes.post("/allocations", responses=refused)
    async def allocations(request: AllocationRequest, here: _Here) -> AllocationResult:
        """A guide amount (indicative allocation), explained. Never final, and nothing is stored."""
        return allocate(here.content(), request, here.today())

    return routes


def _problem(status: int, title: str, kind: str, refusals: Sequence[Refusal]) -> Response:
    said = list(dict.fromkeys(refusal.detail for refusal in refusals))
    body = ProblemReply(
        type=f"/problems/{kind}",
        title=title,
        status=status,
        detail=" ".join(said),
        errors=[ProblemError(pointer=item.pointer, code=item.code, detail=item.detail) for item in refusals],
    )
    return JSONResponse(body.model_dump(), status, media_type=PROBLEM_JSON)


def _not_found(pointer: str, detail: str) -> Response:
    return _problem(404, "We cannot find that", "not-found", (Refusal(pointer, "not_found", detail),))
