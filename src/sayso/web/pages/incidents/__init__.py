"""The list of incidents: facets, search, map, timeline and table, each of which filters the others."""

from __future__ import annotations

from sayso.web.pages.incidents.show import router

__all__ = ["router"]
