"""The doors to moderation and what grows from it: answers side by side, routes of small budgets."""

from __future__ import annotations

from fastapi import APIRouter

from bot.review import budget_route, moderation_api, moderation_pages

ROUTERS: tuple[APIRouter, ...] = (
    moderation_api.router,
    moderation_pages.router,
    budget_route.api,
    budget_route.pages,
)
