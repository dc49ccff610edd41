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
        ("j", "the next line"),
        ("k", "the line before"),
        ("o", "opens it"),
        ("n", "the next page"),
    ),
    "Review": (
        ("a", "accept"),
        ("c", "correct"),
        ("r", "reject"),
        ("s", "skip"),
        ("u", "undo"),
    ),
    "Article": (
        ("a", "adds what the selected words tell"),
        ("j", "the next words that carry evidence"),
        ("k", "the ones before"),
    ),
}
"""By page, the keys and what they do. They count only where nobody is typing."""


@router.get("/keys")
def show(request: Request) -> Response:
    """Show the keys."""
    return page(request, "keys.html", keys=KEYS)
