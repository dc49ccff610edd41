"""The page of one incident: what happened, on whose word, and what people decide of it."""

from __future__ import annotations

from fastapi import APIRouter

from sayso.web.pages.incident import formats, show

router = APIRouter()
for part in (formats, show):
    router.include_router(part.router)
