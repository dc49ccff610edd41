"""`sayso where`: how the places of a text are read, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.cli.common import Format, FormatOption, console
from sayso.cli.when import Text

if TYPE_CHECKING:
    from rich.console import Console

    from sayso.model.place import Place
    from sayso.resolve.where import Step

_GROUNDS = {
    "itself": "by itself",
    "held": "held by what the words name",
    "country": "in a country spoken of",
    "region": "in a region spoken of",
    "close": "near other places",
}


def where(text: Text, format: FormatOption = Format.table) -> None:
    """Show how the places in a text are read, step by step.

    For each name: how it is used, what the words say that it is and lies in, which places it can be, how likely
    each is, and what speaks for it: points by itself (size, capital, name), by what the words say holds it, and by
    the other places of the text.

    \b
    Examples:
      sayso where "A bomb went off in Santa Ana, near San Salvador."
      sayso where "Washington said the raid was in Paris, Texas." --format json
    """
    from sayso.cli.aloud import analysed, write_plain
    from sayso.resolve.where import steps

    article, analysis = analysed(" ".join(text), None)
    found = [_plain(step) for step in steps(article, analysis)]
    if write_plain(found, format):
        return
    out = console()
    for one in found:
        _show(one, out)
    if not found:
        out.print("no place is named in it", style="dim")


def _show(one: dict[str, Any], out: Console) -> None:
    out.print(f"“{one['words']}”  {one['use']}", style="bold")
    told = (("the words call it a", "kind"), ("they put it in", "held_by"), ("they put it near", "beside"))
    for label, name in told:
        if one[name]:
            out.print(f"   {label} {one[name]}")
    best = one["place"]
    point = f"{best['latitude']:.3f}, {best['longitude']:.3f}" if best["latitude"] is not None else "no point"
    out.print(f"   → {', '.join(best['names'])}   {point}")
    codes = f"ACLED geo_precision {best['precision']}, UCDP where_prec {best['where_prec']}"
    out.print(f"     {best['gazetteer_id'] or 'not in the gazetteer'}   {codes}", style="dim")
    for reading in one["readings"]:
        out.print(f"   {reading['share']:4.0%}  {', '.join(reading['names'])}")
        points = [f"{words} {reading[name]:+.1f}" for name, words in _GROUNDS.items() if abs(reading[name]) >= 0.05]
        out.print(f"         {'; '.join(points)}", style="dim")


def _plain(step: Step) -> dict[str, Any]:
    readings = [
        {"names": list(place.names), "gazetteer_id": place.gazetteer_id}
        | {name: round(value, 3) for name, value in ground._asdict().items()}
        for place, ground in step.readings
    ]
    mention = step.mention
    return {
        "words": mention.span.text,
        "use": mention.use,
        "kind": step.kind,
        "held_by": step.held_by,
        "beside": step.beside,
        "place": _place(mention.place),
        "readings": readings,
    }


def _place(place: Place) -> dict[str, Any]:
    names = ("names", "type", "country", "admin", "latitude", "longitude", "gazetteer_id", "precision", "where_prec")
    return {name: getattr(place, name) for name in names} | {"confidence": place.confidence}
