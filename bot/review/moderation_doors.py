"""The doors to moderation and what grows from it: answers side by side, routes of small budgets, the register,
and reports over many cases."""

from __future__ import annotations

from fastapi import APIRouter

from bot.review import budget_route, consistency_doors, moderation_api, moderation_pages, register_doors, wants_doors

ROUTERS: tuple[APIRouter, ...] = (
    moderation_api.router,
    moderation_pages.router,
    budget_route.api,
    budget_route.pages,
    register_doors.api,
    register_doors.pages,
    consistency_doors.api,
    consistency_doors.pages,
    wants_doors.api,
    wants_doors.pages,
)
