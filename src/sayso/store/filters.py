"""What is asked of a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Sort = Literal["date", "published", "kind", "place", "article"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """Which incidents are wanted: those that meet every condition given; of several values of one, any.

    `since` and `until` are the first and last day of the time wanted: an incident is in it where it can have been
    then, one of unknown year never is. `place` and `actor` are words met, whole, in any name of the place or of the
    perpetrator. Conditions on perpetrators (`actor`, `standings`) and on who says so (`speaker_kinds`) must meet in
    one claim; what nobody is quoted for is said by `media`. `disputed` incidents are those of which somebody denies or
    doubts something, or whose dead, wounded, abducted or arrested are counted in ways that cannot all be right. `text`
    are words that the article holds.
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
    disputed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFilter:
    """Which statements are wanted: those that meet every condition given; of several values of one, any.

    `speaker` are words met, whole, in a name of the speaker or of whom he speaks for; `target` words met in what is
    said, or in any name of somebody that it mentions. `since` and `until` bound the day of saying, or of publication
    where the text does not tell it. `article` is an article's id.
    """

    speaker: str | None = None
    speaker_kinds: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    target: str | None = None
    since: date | None = None
    until: date | None = None
    article: str | None = None
