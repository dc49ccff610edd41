"""The pages, as a literal table: to add one, write a module with a `router` and give it a line."""

from __future__ import annotations

PAGES: dict[str, str] = {
    "home": "sayso.web.pages.home:router",
    "incidents": "sayso.web.pages.incidents:router",
    "incident": "sayso.web.pages.incident:router",
    "article": "sayso.web.pages.article:router",
    "by_hand": "sayso.web.pages.by_hand:router",
    "people": "sayso.web.pages.people:router",
    "sources": "sayso.web.pages.sources:router",
    "cases": "sayso.web.pages.cases:router",
    "login": "sayso.web.pages.login:router",
    "accounts": "sayso.web.pages.accounts:router",
    "intake": "sayso.web.pages.intake:router",
    "review": "sayso.web.pages.review:router",
    "changes": "sayso.web.pages.changes:router",
    "sql": "sayso.web.pages.sql:router",
    "keys": "sayso.web.pages.keys:router",
    "samples": "sayso.web.pages.samples:router",
}
"""By name, where each page's routes are."""
