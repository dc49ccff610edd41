"""The options by which incidents are chosen, once for all commands that have them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from functools import wraps
from typing import Annotated, Any, get_args, get_type_hints

import typer
from typer.models import OptionInfo

from sayso.errors import InputError
from sayso.model.claim import Standing
from sayso.model.edtf import bounds
from sayso.model.incident import Stage
from sayso.model.statement import SpeakerKind
from sayso.store.filters import IncidentFilter

_COUNTRY = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterOptions:
    """Which incidents are wanted, as the command line has it: each field an option."""

    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Kind, e.g. bombing; again for several.")
    ] = None
    country: Annotated[
        list[str] | None, typer.Option("--country", metavar="CC", help="Two letters, e.g. KZ; again for several.")
    ] = None
    place: Annotated[
        str | None, typer.Option("--place", metavar="NAME", help="The place, or what it lies in, by any of its names.")
    ] = None
    since: Annotated[
        str | None, typer.Option("--since", "--from", metavar="DATE", help="Not before this day, month or year.")
    ] = None
    until: Annotated[
        str | None, typer.Option("--until", "--to", metavar="DATE", help="Not after this day, month or year.")
    ] = None
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="A perpetrator, by words of any of its names.")
    ] = None
    standing: Annotated[
        list[str] | None, typer.Option("--standing", metavar="STANDING", help="How a perpetrator stands, e.g. accused.")
    ] = None
    speaker_kind: Annotated[
        list[str] | None, typer.Option("--speaker-kind", metavar="KIND", help="Kind of source, e.g. authority.")
    ] = None
    according_to: Annotated[
        list[str] | None, typer.Option("--according-to", metavar="KIND", help="The same as --speaker-kind.")
    ] = None
    disputed: Annotated[
        bool | None,
        typer.Option(
            "--disputed/--undisputed", help="Only what sources deny, doubt or count differently, or the rest."
        ),
    ] = None
    text: Annotated[str | None, typer.Option("--text", metavar="WORDS", help="Words that the article holds.")] = None
    stage: Annotated[
        list[str] | None, typer.Option("--stage", metavar="STAGE", help="accomplished, attempted or threatened.")
    ] = None
    background: Annotated[
        bool | None, typer.Option("--background/--no-background", help="Only what reports recall, or leave that out.")
    ] = None

    def filter(self) -> IncidentFilter:
        """Return the filter. Raises BadParameter for a value that cannot be, with those that can."""
        from sayso.schema.kinds import kinds

        return IncidentFilter(
            kinds=among(self.kind, kinds(), "--kind"),
            countries=_countries(self.country),
            place=self.place,
            since=day_of(self.since, 0, "--from"),
            until=day_of(self.until, 1, "--to"),
            actor=self.actor,
            standings=among(self.standing, get_args(Standing), "--standing"),
            speaker_kinds=(
                *among(self.speaker_kind, get_args(SpeakerKind), "--speaker-kind"),
                *among(self.according_to, get_args(SpeakerKind), "--according-to"),
            ),
            text=self.text,
            stages=among(self.stage, get_args(Stage), "--stage"),
            background=self.background,
            disputed=self.disputed,
        )


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `FilterOptions`; it gets the filter they make as `filter`.

    A name that the command itself has for an option (`--to FORMAT`) is its own; the filter keeps its other name.
    """
    hints = get_type_hints(FilterOptions, include_extras=True)
    signature = inspect.signature(command, eval_str=True)
    own = [parameter for name, parameter in signature.parameters.items() if name != "filter"]
    taken = {name for parameter in own for name in _names(parameter.annotation)}
    options = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_without(hints[field.name], taken)
        )
        for field in fields(FilterOptions)
    ]

    @wraps(command)
    def with_filter(**given: Any) -> None:
        chosen = FilterOptions(**{field.name: given.pop(field.name) for field in fields(FilterOptions)})
        command(filter=chosen.filter(), **given)

    with_filter.__signature__ = signature.replace(parameters=[*own, *options])  # type: ignore[attr-defined]
    with_filter.__annotations__ = {parameter.name: parameter.annotation for parameter in [*own, *options]}
    return with_filter


def _names(annotation: Any) -> tuple[str, ...]:
    """Return the names that an option has on the command line; none for what is no option."""
    found = [info for info in get_args(annotation)[1:] if isinstance(info, OptionInfo)]
    return (str(found[0].default), *(found[0].param_decls or ())) if found else ()


def _without(annotation: Any, taken: set[str]) -> Any:
    """Return an option's annotation without the names that are taken."""
    type, info = get_args(annotation)
    kept = [name for name in _names(annotation) if name not in taken]
    made = copy(info)
    made.default, made.param_decls = kept[0], tuple(kept[1:])
    return Annotated[type, made]


def among(given: Iterable[str] | None, allowed: Iterable[str], option: str) -> tuple[str, ...]:
    """Return the values, which must be allowed ones; hyphens and spaces may stand for underscores."""
    known = list(allowed)
    found = [value.strip().lower().replace("-", "_").replace(" ", "_") for value in given or ()]
    for value, meant in zip(given or (), found, strict=True):
        if meant not in known:
            close = get_close_matches(meant, known, 1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise typer.BadParameter(f"{value!r} is not one of {', '.join(known)}.{hint}", param_hint=option)
    return tuple(found)


def _countries(given: Iterable[str] | None) -> tuple[str, ...]:
    for code in given or ():
        if not _COUNTRY.fullmatch(code):
            raise typer.BadParameter(
                f"{code!r} is no country code: give two letters (ISO 3166-1), such as KZ, or --place with the name.",
                param_hint="--country",
            )
    return tuple(code.upper() for code in given or ())


def day_of(given: str | None, end: int, option: str) -> date | None:
    """Return the first (`end` 0) or the last (1) day of what the user gives."""
    if given is None:
        return None
    try:
        found = bounds(given.strip())[end]
    except InputError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error
    if found is None:
        raise typer.BadParameter(f"{given!r} has no year", param_hint=option)
    return found
