"""What the keyboard does."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from sayso.web.respond import page

router = APIRouter()
KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "Everywhere": (
        ("/", "to the search in the reports"),
        ("Tab", "to the next link, button or field; the first leads past the menu to the content"),
        ("Enter", "follows a link, presses a button, sends a form"),
        ("Esc", "leaves a field or closes what is open"),
        ("?", "to this page"),
    ),
    "Lists": (
        ("j", "in the list of incidents, to the next line; Enter opens it"),
        ("k", "to the line before"),
        ("f", "in the list of incidents, to the filters"),
        ("n", "the next page of articles or changes"),
        ("← →", "along the timeline, once it has the focus"),
    ),
    "Review": (
        ("a", "accept"),
        ("c", "correct"),
        ("r", "reject"),
        ("s", "skip"),
        ("u", "undo the last one"),
    ),
    "Article": (("a", "says what words tell: puts in a value, or another in the place of one"),),
}
"""By page, the keys and what they do. They count only where nobody is typing."""


@router.get("/keys")
def show(request: Request) -> Response:
    """Show the keys."""
    return page(request, "keys.html", keys=KEYS)
