"""The page of one incident: what happened, on whose word, and what people decide of it."""

from __future__ import annotations

from fastapi import APIRouter

from sayso.web.pages.incident import correcting, deciding, formats, show

router = APIRouter()
for part in (formats, deciding, correcting, show):
    router.include_router(part.router)
