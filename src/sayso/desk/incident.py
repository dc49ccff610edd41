"""One incident as people look at it: its record, its reports, who is who in it, and what was decided of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from sayso.desk import blind
from sayso.desk.blind import Held, hides
from sayso.desk.corrections import Past, history
from sayso.desk.errors import NotFoundError
from sayso.desk.judging import members, newest
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.export.reconciled import ReconciledRecord
from sayso.link.subjects import entity_key
from sayso.link.view import Report, accounts, reconciled_within
from sayso.model.judgement import Judgement
from sayso.store import corrections
from sayso.store.fold import sound
from sayso.store.links import Links
from sayso.store.store import Store
from sayso.store.tables import correction, incident, overview, sketch

MOST = 50
"""Incidents that are told where several begin as the given key does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneIncident:
    """One incident as it stands.

    `key` is the one of the whole incident, `reports` its accounts, `record` what they say together by the policy and
    day asked for: None where nothing had been said by then. `people` leads from an article's id and an entity's to the
    key of the person or group. `judgements` are those of people that stand about one of the accounts, `reviewed` says
    that somebody has corrected or reviewed something of it, `seen` is the number of the newest change of all. `held`
    are the values shown as the program gave them, since who looks has still to judge them (`sayso.desk.blind`).
    """

    key: str
    reports: Sequence[Report]
    record: ReconciledRecord | None
    people: dict[tuple[str, str], str]
    judgements: Sequence[Judgement]
    reviewed: bool
    seen: int
    held: Sequence[Held] = ()

    def accounts(self) -> list[str]:
        """Return the keys of the accounts."""
        return [report.key for report in self.reports]


def whole_keys(store: Store, given: str) -> list[str]:
    """Return the keys of the incidents that a key, or its beginning, may mean: one where it is a whole key.

    An account leads to the incident that it belongs to. Raises NotFoundError where there is none, and RejectedError
    where the only one was taken out.
    """
    start = sound(given).strip().lower()
    with store.reading() as connection:
        rows = connection.execute(_KEYS.where(incident.c.key == start)).all() if start else []
        if not rows and start.isalnum():
            begins = _KEYS.where(incident.c.key.between(start, start + "~")).order_by(incident.c.key)
            rows = connection.execute(begins.limit(MOST)).all()
        standing = [row.key for row in rows if row.retired is None]
        if not standing and len(rows) == 1:
            raise corrections.rejected(connection, rows[0].key, rows[0].retired)
        if not standing:
            raise NotFoundError("no such incident", value=given[:100], next_step="The list of incidents has their ids")
        clusters = Links(connection, "incident").clusters_of(standing)
    return sorted({clusters.get(key, key) for key in standing})


_KEYS = select(incident.c.key, incident.c.retired)


def load(store: Store, key: str, policy: str, day: date | None = None, *, who: Who | None = None) -> OneIncident:
    """Return an incident by its whole key, as somebody may see it: all of it where nobody is given.

    Raises NotFoundError where no account of it is left, InputError for an unknown policy.
    """
    with store.reading() as connection:
        links = Links(connection, "incident")
        keys = members(connection, key)
        reports = blind.reports_for(connection, accounts(connection, keys), who)
        if not reports:
            raise NotFoundError("no such incident", value=key, next_step="The list of incidents has their ids")
        record = reconciled_within(connection, reports, policy, day)
        reviewed = connection.execute(select(overview.c.reviewed).where(overview.c.key == key)).scalar()
        return OneIncident(
            key=key,
            reports=reports,
            record=record,
            people=_people(connection, reports, record),
            judgements=links.decided(keys),
            reviewed=bool(reviewed),
            seen=newest(connection),
            held=blind.held(connection, {report.stored.number for report in reports}, who),
        )


def _people(
    connection: Connection, reports: Iterable[Report], record: ReconciledRecord | None
) -> dict[tuple[str, str], str]:
    """Return the keys of the perpetrators that have a page of their own, by article and entity."""
    if record is None:
        return {}
    refs = {(ref.article, ref.entity) for one in record.perpetrators for ref in one.entities}
    wanted = {
        (stored.reading.article.id, entity.id): entity_key(stored, entity.id)
        for stored in (report.stored for report in reports)
        for entity in stored.reading.entities
        if (stored.reading.article.id, entity.id) in refs
    }
    links = Links(connection, "entity")
    clusters = links.clusters_of(wanted.values())
    alone = [key for key in wanted.values() if key not in clusters]
    kept = select(sketch.c.key).where(sketch.c.subject == "entity", sketch.c.key.in_(alone))
    shown = {row.key for row in connection.execute(kept)} if alone else set()
    return {ref: clusters.get(key, key) for ref, key in wanted.items() if key in clusters or key in shown}


def corrections_of(store: Store, reports: Sequence[Report], held: Sequence[Held] = ()) -> list[tuple[str, Past]]:
    """Return the corrections of these accounts, each with the account's key, the oldest first; of what is held none."""
    numbers = {report.stored.number for report in reports}
    with store.reading() as connection:
        pairs = select(correction.c.article, correction.c.incident).where(correction.c.article.in_(numbers)).distinct()
        touched = {tuple(row) for row in connection.execute(pairs)}
    found = []
    for report in reports:
        id = next((id for id, key in report.stored.keys.items() if key == report.key), None)
        if (report.stored.number, id) in touched:
            found += [(report.key, one) for one in history(store, report.key) if not hides(held, one.correction)]
    return sorted(found, key=lambda one: one[1].correction.number)


def policy_of(given: str) -> str:
    """Return a policy by its name, which may be empty for the usual one. Raises InputError where there is none."""
    from sayso.export.reconciled.policy import policy_named

    return policy_named(given or "latest authority")


def day_of(given: str) -> date | None:
    """Return a day, the last one of a month or year; None for an empty one. Raises InputError for what is none."""
    from sayso.model import edtf

    if not given.strip():
        return None
    try:
        _, last = edtf.bounds(given.strip())
    except InputError:
        last = None
    if last is None:
        raise InputError("this is no day", value=given[:40], next_step="Write it as 2019-05-03, 2019-05 or 2019")
    return last
