"""One incident as people see it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from sayso.cli.render.layout import Row, put_columns, put_rows
from sayso.export.incident_shapes import (
    IncidentRecord,
    PerpetratorRecord,
    RangeRecord,
    Sourced,
    WhereRecord,
)
from sayso.export.shapes import EntityRecord
from sayso.export.words import PARTS, STANDINGS, WHERE_PREC, Speakers, count, day, day_words, range_words, standing

FACTS = {"birth_year": "b. {}", "age": "aged {}", "role": "{}", "status": "{}", "death": "dead"}
"""What is shown beside a perpetrator's name, in this order."""
DOUBTS = {"denies": "denied", "doubts": "doubted"}
COUNTS = {
    "killed": "killed", "wounded": "wounded", "abducted": "abducted", "arrested": "arrested",
    "attackers_killed": "attackers killed", "attackers_wounded": "attackers wounded", "shots": "shots",
}  # fmt: skip


def put_incident(number: int, incident: IncidentRecord, entities: dict[str, EntityRecord], out: Console) -> None:
    """Print one incident: a line that sums it up, then each slot."""
    put_head(number, incident, out)
    put_rows([*_rows(incident, entities)], out)
    out.print()


def put_head(number: int, incident: IncidentRecord, out: Console) -> None:
    """Print the line that sums up an incident: what, how far it came, when and where."""
    head = Text().append(incident.kind.replace("_", " ").upper(), style="bold red")
    head.append(f", {incident.stage}").append(f"   {summed_day(incident)}", style="bold")
    head.append(f"   {place_words(incident.where)}", style="bold cyan" if incident.where else "dim")
    put_columns([Text(str(number)), head], [1, out.width - 3], out, margin=0)


def put_background(incident: IncidentRecord, out: Console) -> None:
    """Print an incident that the report only recalls: one line, dimmed, and its words."""
    people = [v.name or v.description or v.kind for v in incident.victims] + [t.name for t in incident.targets]
    parts = [
        f"{incident.kind.replace('_', ' ')}, {incident.stage}",
        summed_day(incident),
        place_words(incident.where) if incident.where else "",
        "; ".join(people),
        "; ".join(f"{p.name} ({footing(p)})" for p in incident.perpetrators),
    ]
    words = next(iter(incident.evidence.kind), None)
    put_rows(
        [Row(label="recalled", value=Text().append(", ".join(filter(None, parts)), style="dim"), quote=words)], out
    )


def summed_day(incident: IncidentRecord) -> str:
    """Return the day as the summary has it: where none is told, it was on or before the day of the report."""
    return incident.when or (f"on or before {incident.latest}" if incident.latest else "day not known")


def place_words(where: WhereRecord | None) -> str:
    """Return a place in words: the place itself, its region, its country."""
    if where is None:
        return "no place given"
    names = [where.names[0], where.admin, where.country_name or where.country]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _rows(incident: IncidentRecord, entities: dict[str, EntityRecord]) -> Iterator[Row]:
    speakers = Speakers()
    for evidence in incident.evidence.kind[:1]:
        yield Row(label="what", value=Text(incident.kind.replace("_", " ")), quote=evidence)
    for evidence in incident.evidence.when[:1]:
        yield Row(label="when", value=Text(when_words(incident)), quote=evidence)
    if incident.where:
        yield Row(label="where", value=Text(_exactness(incident.where)), quote=incident.where.evidence[0])
    yield from _perpetrators(incident.perpetrators, entities, speakers)
    for target in incident.targets:
        yield _row("target", speakers, target.name, target, _many(target.number), target.effect)
    for victim in incident.victims:
        name = victim.name or victim.description or victim.kind
        more = victim.description if victim.name else _many(victim.number)
        yield _row("victim", speakers, name, victim, more, victim.effect)
    for weapon in incident.weapons:
        yield _row("weapon", speakers, weapon.name, weapon, weapon.kind.replace("_", " "))
    for slot, label in COUNTS.items():
        yield from _counts(label, getattr(incident, slot), speakers)
    for label, texts in (("damage", incident.damage), ("motive", incident.motive), ("how", incident.circumstances)):
        for text in texts:
            yield _row(label, speakers, text.value, text)


def when_words(incident: IncidentRecord) -> str:
    """Return an incident's time in words, with the time of day."""
    words = day_words(incident.when, incident.earliest, incident.latest)
    return f"{words}, {incident.clock}" if incident.clock else words


def _exactness(where: WhereRecord) -> str:
    listed = where.gazetteer_id or where.coordinates or where.type == "country"
    words = WHERE_PREC.get(where.where_prec, "") if listed else "not in the gazetteer"
    return f"{words}, {where.coordinates[0]:g} {where.coordinates[1]:g}" if where.coordinates else words


def _many(number: int | None) -> str | None:
    return f"({number})" if number and number > 1 else None


def _row(label: str, speakers: Speakers, name: str, sourced: Sourced, *more: str | None) -> Row:
    """Return the row of a value: in quotation marks where it is the article's own words, else with them beside."""
    words = next(iter(sourced.evidence), None)
    verbatim = words is not None and " ".join(words.text.split()) == " ".join(name.split())
    value = bold(f'"{name}"' if verbatim else name)
    for extra in more:
        if extra and extra != "none" and extra.strip("()") not in name:
            value.append(f" {extra}" if extra.startswith("(") else f", {extra}")
    if sourced.stance != "asserts" or sourced.certainty != "certain":
        value.append(f" ({DOUBTS.get(sourced.stance, sourced.certainty)})", style="yellow")
    if sourced.chain:
        value.append(f", says {speakers(sourced.according_to)}")
    if verbatim and words and words.part in PARTS:
        value.append(f" ({PARTS[words.part]})", style="dim")
    return Row(label=label, value=value, quote=None if verbatim else words)


def _perpetrators(
    perpetrators: list[PerpetratorRecord], entities: dict[str, EntityRecord], speakers: Speakers
) -> Iterator[Row]:
    """Yield the perpetrators; those of whom the same is said stand together, and it is said once."""
    groups: dict[tuple[str, ...], list[PerpetratorRecord]] = {}
    for one in perpetrators:
        groups.setdefault(tuple(standing(given, Speakers()) for given in one.history), []).append(one)
    for group in groups.values():
        for one in group:
            yield Row(label="perpetrator", value=_name(one, entities))
        for given in group[0].history:
            yield Row(label="", value=Text(standing(given, speakers)), quote=next(iter(given.evidence), None), indent=2)


def _name(one: PerpetratorRecord, entities: dict[str, EntityRecord]) -> Text:
    entity = entities.get(one.entity or "")
    facts = {fact.name: fact.value for fact in reversed(entity.facts)} if entity else {}
    value = bold(one.name)
    for words in dict.fromkeys(form.format(facts[fact]) for fact, form in FACTS.items() if fact in facts):
        value.append(f", {words}")
    return value.append(f" - {footing(one)}", style="bold red" if one.standing == "convicted" else "bold yellow")


def footing(one: PerpetratorRecord) -> str:
    """Return how a perpetrator stands, in a word or two: alleged until a court has spoken."""
    if one.standing in ("convicted", "acquitted", "denied"):
        return STANDINGS[one.standing]
    by_itself = one.standing == "claimed" and any(given.by_itself for given in one.history)
    return ("by its own claim" if by_itself else "alleged") + ("; disputed" if one.disputed else "")


def _counts(slot: str, shown: RangeRecord | None, speakers: Speakers) -> Iterator[Row]:
    """Yield the range that the counts span, then, where they are several, each with who gives it."""
    if shown is None:
        return
    one = len(shown.counts) == 1
    yield (
        _row(slot, speakers, range_words(shown), shown.counts[0])
        if one
        else Row(label=slot, value=bold(range_words(shown)))
    )
    for given in () if one else shown.counts:
        value = Text(f"{count(given):<8}  {speakers(given.according_to)}")
        if given.said_on:
            value.append(f", {day(given.said_on)}")
        if given.stance != "asserts":
            value.append(f" ({DOUBTS[given.stance]})", style="yellow")
        yield Row(label="", value=value, quote=next(iter(given.evidence), None), indent=2)


def bold(words: str) -> Text:
    """Return bold text to which anything can be added without becoming bold."""
    return Text().append(words, style="bold")
