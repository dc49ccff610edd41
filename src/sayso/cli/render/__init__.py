"""The record of one article as people see it: its head, its incidents, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.export.incident_shapes import IncidentRecord, Record

if TYPE_CHECKING:
    from rich.console import Console


def render(record: Record, out: Console) -> None:
    """Print one record; colours and layout by what `out` is."""
    from sayso.cli.render.incident import put_background, put_incident
    from sayso.cli.render.timeline import put_timeline

    main = [incident for incident in record.incidents if not incident.background]
    background = [incident for incident in record.incidents if incident.background]
    entities = {entity.id: entity for entity in record.entities}
    _head(record, out)
    for number, incident in enumerate(main, 1):
        put_incident(number, incident, entities, out)
    if not record.incidents:
        out.print("no incident found")
    put_timeline(record.statements, out)
    _not_known(main, record, out)
    if background:
        out.print("Background", style="dim bold")
        for incident in background:
            put_background(incident, out)


def _head(record: Record, out: Console) -> None:
    """Print who published it when, its title, and how much was found."""
    from rich.text import Text

    from sayso.cli.render.layout import put_columns
    from sayso.export.words import elide

    article = record.article
    counts = f"{_many(len(record.incidents), 'incident')}, {_many(len(record.statements), 'statement')}"
    publication = Text(f"{article.outlet or article.agency or article.name}, {_published(record)}")
    room = out.width - len(counts) - 2
    put_columns([publication, Text(counts, style="dim")], [room, len(counts)], out, margin=0)
    title = article.title or elide(" ".join(article.text[:400].split()), out.width - 2)
    dateline = article.dateline
    facts = [
        "by " + ", ".join(article.authors) if article.authors else "",
        " ".join(part.text for part in (dateline.place, dateline.day) if part) if dateline else "",
        article.agency if article.agency and article.outlet else "",
        article.name if article.outlet or article.agency else "",
    ]
    notes = [f"note: {note}" for note in article.notes]
    if article.published is None and _wants_day(record):
        notes.append("note: days such as Tuesday, or without a year, stay open until --published gives the day")
    put_columns([Text(title, style="bold")], [out.width], out, margin=0)
    for line in ("; ".join(filter(None, facts)), *notes):
        if line:
            put_columns([Text(line, style="dim")], [out.width], out, margin=0)
    out.print()


def _wants_day(record: Record) -> bool:
    """Say whether something that the report tells has no day, or none in a known year."""
    said = (statement.said_on for statement in record.statements)
    return any(i.when is None or "X" in i.when for i in record.incidents) or any(s and "X" in s.edtf for s in said)


def _published(record: Record) -> str:
    from datetime import date

    published = record.article.published
    if published is None:
        return "day not known"
    on = date.fromisoformat(published)
    return f"{on.day} {on:%B} {on.year}"


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number or 'no'} {thing}s"


def _not_known(incidents: list[IncidentRecord], record: Record, out: Console) -> None:
    """Print what the report leaves open: of its incidents, and of its sources."""
    from rich.text import Text

    from sayso.cli.render.layout import put_columns

    asked = {
        "when": [n for n, i in enumerate(incidents, 1) if not i.when],
        "where": [n for n, i in enumerate(incidents, 1) if not i.where],
        "who did it": [n for n, i in enumerate(incidents, 1) if not i.perpetrators],
    }
    numbered = len(incidents) > 1
    open_ones = [
        question + (f" ({', '.join(map(str, numbers))})" if numbered else "")
        for question, numbers in asked.items()
        if numbers
    ]
    nameless = sum(statement.speaker is None for statement in record.statements)
    if nameless:
        open_ones.append(f"who is behind {_many(nameless, 'statement')} without a named source")
    if open_ones:
        put_columns([Text("Not known", style="bold"), Text("; ".join(open_ones))], [9, out.width - 14], out, margin=0)
