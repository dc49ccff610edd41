"""The way in: the list of incidents."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from sayso.web.respond import see

router = APIRouter()


@router.get("/")
def home() -> Response:
    """Lead to the list of incidents."""
    return see("/incidents")
