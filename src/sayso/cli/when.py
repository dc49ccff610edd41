"""`sayso when`: how the times of a text are read, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.common import Format, FormatOption, Published, console

if TYPE_CHECKING:
    from sayso.resolve.when.mentions import Step

Text = Annotated[list[str], typer.Argument(metavar="TEXT...", help="The words, as an article would have them.")]
_HANGS = {
    "explicit": "the words give it outright",
    "assumed_year": "the words leave out the year",
    "relative": "the words count from another day",
}


def when(text: Text, published: Published = None, format: FormatOption = Format.table) -> None:
    """Show how the times in a text are read, step by step.

    For each expression: what it was read as, what it hangs on (the day of writing or one told before), its EDTF and
    TIMEX3 values, the days between which it lies, and how precise that is by ACLED's and UCDP's codes.

    \b
    Examples:
      sayso when "two days after the blast" --published 2019-05-07
      sayso when "He was shot on Good Friday." --published 2019-05-07 --format json
    """
    from sayso.cli.aloud import analysed, write_plain
    from sayso.resolve.when.mentions import steps

    article, analysis = analysed(" ".join(text), published)
    found = [_plain(step) for step in steps(article, analysis)]
    if write_plain(found, format):
        return
    out = console()
    for one in found:
        out.print(f"“{one['words']}”", style="bold")
        for label in ("read as", "hangs on", "day of writing", "told before", "counts from", "verb"):
            if one[label] is not None:
                out.print(f"   {label:15} {one[label]}")
        out.print(f"   {'TIMEX3':15} {one['type']} {one['value']}")
        days = f"   {one['earliest'] or 'not known'} to {one['latest'] or 'not known'}" if one["edtf"] else ""
        out.print(f"   {'EDTF':15} {one['edtf'] or 'none: it cannot be placed'}{days}")
        if one["clock"]:
            out.print(f"   {'clock':15} {one['clock']}")
        if one["time_precision"] is not None:
            codes = f"ACLED time_precision {one['time_precision']}, UCDP date_prec {one['date_prec']}"
            out.print(f"   {'precision':15} {codes}")
    if not found:
        out.print("no time is named in it", style="dim")


def _plain(step: Step) -> dict[str, Any]:
    mention, placed = step.mention, step.mention.when
    today = step.today.day if step.today else None
    on = "event" if mention.relative_to == "event" else "publication" if mention.relative_to else None
    fields = {k: v for k, v in step.expression.fields.items() if isinstance(v, str | int | float)}
    told = ", ".join(f"{name} {value}" for name, value in fields.items())
    hangs = {"event": "a day told before", "publication": "the day of writing"}.get(on or "")
    return {
        "words": mention.span.text,
        "read as": f"{step.expression.kind}: {told}" if told else step.expression.kind,
        "hangs on": hangs or (_HANGS[placed.basis] if placed else None),
        "day of writing": (f"{today:%Y-%m-%d}" if step.today and step.today.year_known else f"XXXX{today:-%m-%d}")
        if today
        else None,
        "told before": step.told.start.isoformat() if on == "event" and step.told and step.told.start else None,
        "counts from": mention.counted_from,
        "verb": {"past": "looks back", "future": "looks ahead"}.get(step.tense),
        "type": mention.type,
        "value": mention.value,
        "edtf": placed.edtf if placed else None,
        "earliest": placed.earliest.isoformat() if placed and placed.earliest else None,
        "latest": placed.latest.isoformat() if placed and placed.latest else None,
        "clock": placed.clock if placed else None,
        "time_precision": placed.time_precision if placed else None,
        "date_prec": placed.date_prec if placed else None,
    }
