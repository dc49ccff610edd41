"""The resources of the API, as a literal table: to add one, write a module with a `router` and give it a line."""

from __future__ import annotations

ROUTERS: dict[str, str] = {}
"""By name, where each resource's routes are."""
