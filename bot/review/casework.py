"""The doors of casework: the queue, comments and returns, by API and as pages."""

from __future__ import annotations

from bot.review import comments_api, comments_pages, queue_api, queue_pages, returning_pages

ROUTERS = (
    queue_api.router,
    queue_pages.router,
    comments_api.router,
    comments_pages.router,
    returning_pages.router,
)
