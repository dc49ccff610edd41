"""The resources of the API, as a literal table: to add one, write a module with a `router` and give it a line."""

from __future__ import annotations

ROUTERS: dict[str, str] = {
    "incidents": "sayso.api.incidents:router",
    "incident": "sayso.api.incident:router",
    "articles": "sayso.api.articles:router",
    "people": "sayso.api.people:router",
    "judgements": "sayso.api.judgements:router",
    "cases": "sayso.api.cases:router",
    "changes": "sayso.api.changes:router",
}
"""By name, where each resource's routes are; of two that fit an address the first one answers."""
