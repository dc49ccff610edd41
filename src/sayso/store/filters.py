"""What is asked of a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Sort = Literal["date", "published", "kind", "place", "article"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """Which incidents are wanted: those that meet every condition given; of several values of one, any.

    `since` and `until` are the first and last day of the time wanted: an incident is in it where it can have been then,
    one of unknown year never is. `place` and `actor` are words met, whole, in any name of the place or of the
    perpetrator. Conditions on perpetrators (`actor`, `standings`) and on who says so (`speaker_kinds`) must meet in one
    claim; what nobody is quoted for is said by `media`. `text` are words that the article holds.
    """

    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    place: str | None = None
    since: date | None = None
    until: date | None = None
    actor: str | None = None
    standings: tuple[str, ...] = ()
    speaker_kinds: tuple[str, ...] = ()
    text: str | None = None
    stages: tuple[str, ...] = ()
    background: bool | None = None
