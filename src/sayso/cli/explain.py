"""`sayso explain`: for each value of each incident, the sentences, rules and heads that led to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from sayso.cli.common import FAILED, Format, FormatOption, JsonWriter, Paths, Published, console
from sayso.cli.read import Inputs
from sayso.model.claim import Slot

if TYPE_CHECKING:
    from sayso.cli.explanation import Explanation
    from sayso.model.article import Capture


def parse_slot(text: str) -> str:
    """Return the slot of that name. Raises BadParameter where there is none."""
    name = text.strip().lower().replace("-", "_")
    if name not in get_args(Slot):
        raise typer.BadParameter(f"{text!r} is no slot: take one of {', '.join(get_args(Slot))}")
    return name


Number = Annotated[
    int | None,
    typer.Option("--incident", "-i", metavar="N", min=1, help="Only the incident of that number in each article."),
]
Slots = Annotated[
    list[str] | None,
    typer.Option(
        "--slot",
        "-s",
        parser=parse_slot,
        metavar="NAME",
        help="Only values of that slot (when, victim, ...); repeatable.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]


def explain(
    paths: Paths,
    published: Published = None,
    incident: Number = None,
    slot: Slots = None,
    format: FormatOption = Format.table,
    json: Json = False,
) -> None:
    """Show, for each value, the words, rules and heads that led to it.

    Reads as `sayso read` does. Each value stands with its confidence and its maker, with those who say so (a chain:
    who is reported stands under who reports), and with its sentences, in which the words that carry it are marked.
    At the end: what was left aside, and why.

    \b
    Examples:
      sayso explain report.html --published 2019-05-03
      sayso explain report.html --incident 1 --slot perpetrator
      sayso explain report.html --json | jq '.[].incidents[].grounds[].heads'
    """
    from sayso.cli.explanation import explain as explanation_of
    from sayso.pipeline import explain_capture

    def read(capture: Capture) -> Explanation:
        return explanation_of(explain_capture(capture, published), capture.content)

    inputs = Inputs(paths, read)
    if json or format is not Format.table:
        with JsonWriter(Format.json if json else format) as writer:
            for explanation in _narrowed(inputs, incident, slot or []):
                writer.write(explanation.plain())
    else:
        _show(inputs, incident, slot or [])
    if inputs.failed:
        raise typer.Exit(FAILED)


def _narrowed(inputs: Inputs[Explanation], number: int | None, slots: list[str]) -> Iterator[Explanation]:
    """Yield the explanations with what was asked for only; reports an article without an incident of that number."""
    for explanation in inputs:
        incidents = explanation.incidents
        if number and number > len(incidents):
            have = f"it has 1 to {len(incidents)}" if incidents else "it has none"
            inputs.report(f"{explanation.article.name}: there is no incident {number}: {have}")
            continue
        wanted = [i for i in incidents if number in (None, i.number)]
        if slots:
            wanted = [
                replace(
                    i,
                    grounds=tuple(g for g in i.grounds if g.claim.slot in slots),
                    not_known=tuple(slot for slot in i.not_known if slot in slots),
                )
                for i in wanted
            ]
        loose = () if number or slots else explanation.loose
        yield replace(explanation, incidents=tuple(wanted), loose=loose)


def _show(inputs: Inputs[Explanation], number: int | None, slots: list[str]) -> None:
    """Show explanations to people, with a line between articles."""
    from sayso.cli.render.explain import render

    out = console()
    for n, explanation in enumerate(_narrowed(inputs, number, slots)):
        if n:
            out.rule(style="dim", characters="─")
        render(explanation, out, whole=not slots, background=number is not None)
