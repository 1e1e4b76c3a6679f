"""The doors to deciding: the API, the form and its check page, the panel, the contingency."""

from __future__ import annotations

from fastapi import APIRouter

from bot.review import decision_api, decision_pages

ROUTERS: tuple[APIRouter, ...] = (decision_api.router, decision_pages.router)
