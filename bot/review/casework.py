"""The doors of casework: comments and returns, by API and as pages."""

from __future__ import annotations

from bot.review import comments_api, comments_pages, returning_pages

ROUTERS = (comments_api.router, comments_pages.router, returning_pages.router)
