"""The reconciled record of one incident that several reports tell of, format `sayso-reconciled/1`.

Nobody's word is averaged with another's: every value stays with who holds it, one is shown by a policy that says why,
and where sources differ the sides stand beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from sayso.export.origins import Origin
from sayso.export.reconciled.differences import Blamed, perpetrator_disagreements, slot_disagreements
from sayso.export.reconciled.perpetrators import grouped, perpetrator_record
from sayso.export.reconciled.policy import POLICIES, Held, policy_named
from sayso.export.reconciled.said import Names, Report, Said, all_said, family_of, ordered
from sayso.export.reconciled.shapes import RECONCILED, Disagreement, PartyRecord, ReconciledRecord, ReportRecord
from sayso.export.reconciled.slots import articles_of, held_values, slot_record
from sayso.export.reconciled.tolls import toll_records
from sayso.export.shapes import Shape
from sayso.model.claim import Slot

__all__ = ["POLICIES", "Names", "ReconciledRecord", "Report", "json_schema", "plain", "reconcile"]


def reconcile(
    reports: Iterable[Report],
    policy: str = "latest authority",
    *,
    copies: Mapping[str, str] | None = None,
    names: Names | None = None,
) -> ReconciledRecord:
    """Return the record of one incident that all reports tell of; their order changes nothing.

    `reports` are readings, each with the incident in it. `policy` is a name of `POLICIES`. `copies` leads from the id
    of a copy to that of the article it copies: they count as one source. `names` leads from an article's id
    and an entity's to a name where entities of several articles were found to be one. Raises InputError for an unknown
    policy.
    """
    chosen = policy_named(policy)
    told = ordered(reports)
    said = all_said(told, copies or {}, names)
    by_slot: dict[Slot, list[Said]] = {slot: [] for slot in get_args(Slot)}
    for one in said:
        by_slot[one.claim.slot].append(one)
    several: dict[Slot, list[Said]] = {slot: of for slot, of in by_slot.items() if of and slot != "perpetrator"}
    values: dict[Slot, list[Held]] = {slot: held_values(slot, of) for slot, of in several.items()}
    actors = grouped(by_slot["perpetrator"])
    perpetrators = [perpetrator_record(number, group) for number, group in enumerate(actors, 1)]
    blamed = [(one.id, one.name, group) for one, group in zip(perpetrators, actors, strict=True)]
    return ReconciledRecord(
        version=RECONCILED,
        policy=chosen,
        reports=[_report(report, copies or {}) for report in told],
        sources=_parties(said),
        slots={slot: slot_record(slot, held, chosen) for slot, held in values.items()},
        perpetrators=perpetrators,
        tolls=toll_records(by_slot),
        disagreements=_disagreements(values, blamed),
    )


def _disagreements(values: Mapping[Slot, Sequence[Held]], blamed: Sequence[Blamed]) -> list[Disagreement]:
    """Return how sources differ, in the order of slots."""
    found = {slot: slot_disagreements(slot, held) for slot, held in values.items()}
    differing: dict[Slot, list[Disagreement]] = {**found, "perpetrator": perpetrator_disagreements(blamed)}
    return [one for slot in get_args(Slot) for one in differing.get(slot, ())]


def _report(report: Report, copies: Mapping[str, str]) -> ReportRecord:
    reading, incident = report
    article = reading.article
    origin = family_of(article.id, copies)
    return ReportRecord(
        article=article.id,
        incident=incident.id,
        outlet=article.outlet,
        agency=article.agency,
        title=article.title,
        published=article.published.isoformat() if article.published else None,
        url=article.url,
        copy_of=origin if origin != article.id else None,
        background=incident.background,
    )


def _parties(said: Sequence[Said]) -> list[PartyRecord]:
    """Return the independent sources, those that more articles have first."""
    articles: dict[Origin, list[Said]] = {}
    for one in said:
        articles.setdefault(one.origin, []).append(one)
    found = [
        PartyRecord(
            id=of[0].source_id,
            name=origin.name,
            names=sorted({one.named for one in of}),
            kind=origin.kind,
            articles=articles_of(of),
        )
        for origin, of in articles.items()
    ]
    return sorted(found, key=lambda party: (-len(party.articles), party.name))


def plain(record: Shape) -> dict[str, Any]:
    """Return the record, or a part of it, as plain JSON types: same reports, same bytes."""
    found: dict[str, Any] = _plain(record)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Shape):
        return {name: _plain(field) for name, field in vars(value).items()}
    if isinstance(value, dict):
        return {name: _plain(field) for name, field in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the record, made from its shapes and what is written under them."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(ReconciledRecord).json_schema(mode="serialization")
    _without_titles(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": RECONCILED, **schema}


def _without_titles(node: Any) -> None:
    """Drop the titles that only repeat a key."""
    children = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    if isinstance(node, dict) and isinstance(node.get("title"), str):
        del node["title"]
    for child in children:
        _without_titles(child)
