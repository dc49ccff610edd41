"""Random samples: drawing them, coding them blind, comparing, and the result for a paper."""

from __future__ import annotations

from fastapi import APIRouter

from sayso.web.pages.samples import judging, listing

router = APIRouter()
router.include_router(listing.router)
router.include_router(judging.router)
