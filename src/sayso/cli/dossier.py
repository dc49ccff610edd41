"""`sayso dossier`: all that is said of one person or group over all articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.common import Format, FormatOption, JsonWriter, console, warn
from sayso.cli.database import DEFAULT_DB, Db, many, printable
from sayso.cli.filters import day_of
from sayso.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sayso.export.dossier_shapes import Candidate, Dossier
    from sayso.link.people import Search
    from sayso.store.store import Store

LISTED = 20
"""Different people and groups of a name that are listed for people."""


def dossier(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A name or words of it, in any spelling; or a key, or its beginning.")
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Only what had been said by this day, month or year.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Where several bear the name: the dossier of each, one after the other.")
    ] = False,
    db: Db = DEFAULT_DB,
    format: FormatOption = Format.table,
) -> None:
    """Show all that is said of one person or group.

    Over all articles that name it: under which names, what is said of it, the incidents in which it takes part with
    the history of how it stands, what it says itself and what others say of it, each with who says so, how many
    independent sources they are, and when. Everyone accused is alleged to have done it until a court has spoken.
    Names are found by their words, else by what is probably the same name in another spelling or script; where
    several people or groups bear it, they are listed with what tells them apart. Names are shown as stored, those of
    minors, witnesses and victims of sexual violence too: `sayso export` is what withholds names.

    \b
    Examples:
      sayso dossier "harbour front"
      sayso dossier 7b2lxqgqyx --as-of 2019-05-02
      sayso dossier reljic --all --format json
    """
    from sayso.link.people import candidate, search, waiting
    from sayso.store.store import open_store

    day = day_of(as_of, 1, "--as-of")
    with open_store(db) as store:
        found = search(store, name)
        if wait := waiting(store):
            warn(f"{many(wait, 'article')} not linked yet and in no dossier. Run `sayso link`.")
        if not found.found:
            raise _nobody(name, found)
        if len(found.found) == 1 or every:
            _write(_dossiers(store, found, day), day, format)
            if found.total <= len(found.found):
                return
        else:
            shown = found.found[:LISTED] if format is Format.table else found.found
            _list([candidate(store, who) for who in shown], format)
    raise _several(name, found, every)


def _nobody(name: str, found: Search) -> InputError:
    nearest = ", ".join(found.nearest)
    if found.unlinked:
        return InputError(
            f"describes many or is what many are called ({many(found.unlinked, 'article')}), so it has no dossier",
            value=_short(name),
            next_step="Give more of the name, or see `sayso search` and `sayso statements --speaker`",
        )
    return InputError(
        "no such person or group in the linked articles",
        value=_short(name),
        next_step=f"Nearest names: {nearest}" if nearest else "`sayso search` looks for words in the articles",
    )


def _several(name: str, found: Search, every: bool) -> InputError:
    first = f", of whom {len(found.found)} are shown" if every else ""
    return InputError(
        f"{found.total:,} different people and groups may be meant{first}",
        value=_short(name),
        next_step="Give more of the name" if every else "Give a key, or more of the name, or --all",
    )


def _short(name: str) -> str:
    words = printable(name)
    return words if len(words) <= 60 else f"{words[:60]}..."


def _dossiers(store: Store, found: Search, day: date | None) -> Iterator[Dossier | None]:
    from sayso.link.people import dossier_of

    return (dossier_of(store, who, day) for who in found.found)


def _write(dossiers: Iterator[Dossier | None], day: date | None, format: Format) -> None:
    from sayso.cli.render.dossier import render_dossier
    from sayso.export.reconciled import plain

    if format is not Format.table:
        with JsonWriter(format) as writer:
            for one in dossiers:
                if one:
                    writer.write(plain(one))
        return
    out = console()
    for number, one in enumerate(dossiers):
        if number:
            out.print()
        if day is not None:
            out.print(f"As known on {day.day} {day:%B %Y}: only what had been said by then.", style="yellow")
        if one is None:
            out.print("Of this nothing had been said by then.", style="yellow")
        else:
            render_dossier(one, out)


def _list(candidates: list[Candidate], format: Format) -> None:
    """Write the people and groups that may be meant, with what tells them apart."""
    from sayso.export.reconciled import plain

    if format is Format.table:
        _print(candidates)
        return
    with JsonWriter(format) as writer:
        for one in candidates:
            writer.write(plain(one))


def _print(candidates: list[Candidate]) -> None:
    """Print several people or groups of a name, one a line, with what tells them apart."""
    from rich.text import Text

    from sayso.cli.render.layout import GAP, put_columns

    out = console()
    key = max(len("key"), *(len(one.candidate) for one in candidates))
    room = out.width - key - 8 - 3 * GAP
    name = min(room * 9 // 20, max(len("name"), *(len(one.name) for one in candidates)))
    widths = [key, name, 8, room - name]
    headings = ("key", "name", "articles", "what it is, and what tells it apart")
    put_columns([Text(heading, style="bold") for heading in headings], widths, out, margin=0)
    for one in candidates:
        cells = [one.candidate, one.name, f"{one.articles:>8,}", _apart(one)]
        put_columns([Text(cell) for cell in cells], widths, out, margin=0)


def _apart(one: Candidate) -> str:
    """Return what tells somebody apart: birth or age, roles, groups, countries, the parts taken."""
    born = f"b. {' or '.join(str(year) for year in dict.fromkeys(one.born))}" if one.born else ""
    ages = f"aged {', '.join(map(str, one.ages[:3]))}" if one.ages and not one.born else ""
    groups = f"of {', '.join(one.groups[:2])}" if one.groups else ""
    lands = f"in {', '.join(one.countries[:3])}" if one.countries else ""
    told = [one.kind.replace("_", " "), born, ages, ", ".join(one.roles[:3]), groups, lands, ", ".join(one.parts)]
    return "; ".join(filter(None, told))
