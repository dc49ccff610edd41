"""Who asks: on one's own machine whoever runs the program, else the account whose session the browser has."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from sayso.desk.who import local


async def identified(request: Request) -> Response | None:
    """Put who asks into `request.state.who`; return the answer for one who has to log in first."""
    request.state.who = local()
    return None
