"""The doors to what is kept: personal data, legal holds, notices, the audit as a file."""

from __future__ import annotations

from fastapi import APIRouter

from bot.review import audit_files, holds, notices, personal_data

ROUTERS: tuple[APIRouter, ...] = tuple(
    router for idea in (holds, personal_data, notices, audit_files) for router in (idea.api, idea.pages)
)
