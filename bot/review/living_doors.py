"""The doors to living a plan and looking back at it: the API and the pages."""

from __future__ import annotations

from fastapi import APIRouter

from bot.review import living_api, living_pages, looking_back_api, looking_back_pages

ROUTERS: tuple[APIRouter, ...] = (
    living_api.router,
    looking_back_api.router,
    living_pages.router,
    looking_back_pages.router,
)
