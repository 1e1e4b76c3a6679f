"""The doors to living a plan, looking back at it, and reports of both: the API and the pages."""

from __future__ import annotations

from fastapi import APIRouter

from bot.review import living_api, living_pages, looking_back_api, looking_back_pages, reports_doors

ROUTERS: tuple[APIRouter, ...] = (
    living_api.router,
    looking_back_api.router,
    living_pages.router,
    looking_back_pages.router,
    *reports_doors.ROUTERS,
)
