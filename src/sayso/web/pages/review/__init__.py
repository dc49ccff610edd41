"""Reviewing the program's values: the queue, the guidelines, where reviewers differ and how far they agree."""

from __future__ import annotations

from fastapi import APIRouter

from sayso.web.pages.review import queue, results

router = APIRouter()
router.include_router(results.router)
router.include_router(queue.router)
