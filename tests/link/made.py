"""Readings built by hand of invented reports, short enough that dozens are linked in a test; and what was linked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sayso.link.linker import link
from sayso.link.subjects import keys_in
from sayso.model.article import Article, Block, OffsetMap
from sayso.model.claim import Actor, Claim, Quantity, Slot, Target, Victim
from sayso.model.entity import Entity, Mention
from sayso.model.incident import Incident
from sayso.model.place import Place, PlaceMention
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.when import When
from sayso.store.links import Links
from sayso.store.store import Store, open_store
from sayso.store.tables import cluster_member, judgement, sketch, sketch_key

PLACES = {"Karvel": (41.5, 22.25, "XO"), "Ossel": (41.9, 22.9, "XO"), "Brimhold": (48.0, 30.0, "XN")}

BLAST = (
    "A parcel bomb went off at the Quay Street tram depot in Karvel, and the watchman Ilva Dornik died. "
    "Splinters of blue glass lay as far as the ropewalk, and a brass whistle was found under the platform."
)
AMBUSH = (
    "Gunmen of the Reed Brothers shot at a convoy of salt carts near Ossel and killed the driver Petrik Valdane. "
    "They fled through the marsh gate with two mules and a crate of lanterns."
)
RAID = (
    "Masked riders burned the granary of Brimhold and took the miller Osgrim Tawl with them. "
    "The abbess of Saint Hedda counted forty sacks of barley lost."
)


def incident(
    id: str = "i1",
    kind: str = "bombing",
    *,
    day: date | None = None,
    place: str | None = None,
    killed: int | None = None,
    victim: str | None = None,
    group: str | None = None,
    background: bool = False,
    words: Span | None = None,
) -> Incident:
    """One incident with a claim for each thing that is given; `victim` and `group` are ids of entities or names."""
    claims: list[Claim] = []

    def add(slot: Slot, value: Any) -> None:
        evidence = (words,) if words else ()
        claims.append(Claim(id=f"{id}.c{len(claims)}", slot=slot, value=value, evidence=evidence))

    if day:
        add("when", When(edtf=day.isoformat(), earliest=day, latest=day, basis="explicit"))
    if place:
        add("where", _place(place))
    if killed is not None:
        add("killed", Quantity(low=killed, high=killed))
    if victim:
        add("victim", Victim(name=victim, description=None, kind="civilian", effect="killed", number=1, entity=None))
    if group:
        add("perpetrator", Actor(name=group, kind="organization", entity=None))
    if not claims:
        add("target", Target(name="", kind="other"))
    return Incident(id=id, kind=kind, stage="accomplished", background=background, claims=tuple(claims))


def _place(name: str) -> Place:
    latitude, longitude, country = PLACES.get(name, (None, None, None))
    return Place(
        names=(name,),
        type="city",
        country=country,
        admin=None,
        latitude=latitude,
        longitude=longitude,
        gazetteer_id=f"own:{name}" if country else None,
        precision=1,
        where_prec=1,
    )


def report(
    id: str,
    text: str,
    *incidents: Incident,
    people: Sequence[str] = (),
    groups: Sequence[str] = (),
    published: date | None = date(2019, 6, 9),
    outlet: str | None = None,
    agency: str | None = None,
    title: str | None = None,
) -> Reading:
    """One article of one paragraph; `people` and `groups` are names that stand in it."""
    article = Article(
        id=id,
        text=text,
        blocks=(Block(start=0, end=len(text), role="body"),),
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name=f"{id}.txt",
        sha256="0" * 64,
        title=title,
        outlet=outlet,
        agency=agency,
        published=published,
        published_by="given" if published else "unknown",
        language="en",
    )
    named = [*((name, "person") for name in people), *((name, "organization") for name in groups)]
    named = [one for one in named if one[0] in text]
    entities = tuple(
        Entity(id=f"e{k}", kind=kind, name=name, names=(name,), mentions=_mentions(text, name))  # type: ignore[arg-type]
        for k, (name, kind) in enumerate(named)
    )
    places = tuple(
        PlaceMention(span=_span(text, name), place=_place(name), use="locative") for name in PLACES if name in text
    )
    return Reading(article=article, entities=entities, places=places, incidents=incidents)


def _mentions(text: str, name: str) -> tuple[Mention, ...]:
    return (Mention(span=_span(text, name), head=0, form="name"),)


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def _all(text: str) -> Span:
    return Span(start=0, end=len(text), text=text)


def blast(id: str, **more: Any) -> Reading:
    """A report of the blast in the tram depot, in words of its own."""
    told = incident(day=date(2019, 6, 6), place="Karvel", killed=1, victim="Ilva Dornik", words=_all(BLAST))
    return report(id, f"{BLAST} So says sheet {id}.", told, people=["Ilva Dornik"], **more)


def ambush(id: str, **more: Any) -> Reading:
    """A report of the ambush on the salt carts."""
    told = incident(
        "i1", "armed_attack", day=date(2019, 6, 7), place="Ossel", killed=1, victim="Petrik Valdane", words=_all(AMBUSH)
    )
    people, groups = ["Petrik Valdane"], ["Reed Brothers"]
    return report(id, f"{AMBUSH} So says sheet {id}.", told, people=people, groups=groups, **more)


def raid(id: str, **more: Any) -> Reading:
    """A report of the raid on the granary."""
    told = incident("i1", "arson", day=date(2019, 6, 7), place="Brimhold", victim="Osgrim Tawl", words=_all(RAID))
    return report(id, f"{RAID} So says sheet {id}.", told, people=["Osgrim Tawl"], **more)


@cache
def _empty() -> Path:
    path = Path(tempfile.mkdtemp()) / "empty.db"
    open_store(str(path), write=True).close()
    return path


def new_store(folder: Path, name: str = "sayso.db") -> Store:
    """An empty database; the first one of a run is made, and the others are copies of it."""
    return open_store(str(shutil.copy(_empty(), folder / name)), write=True)


def linked(
    folder: Path, readings: Iterable[Reading], *, batch: int = 50, each: bool = False, name: str = "a.db"
) -> Store:
    """A database of these articles in this order, linked in batches, or with `each` one by one as they come in."""
    store = new_store(folder, name)
    for reading in readings:
        add(store, reading)
        if each:
            link(store, batch=batch)
    link(store, batch=batch)
    return store


def add(store: Store, reading: Reading) -> None:
    """Store an article; one that is there already is replaced where its text is another."""
    store.add(reading, f"{hash((reading.article.text, reading.article.published))}")


def key(store: Store, article: str, id: str = "i1") -> str:
    """The key of an incident of an article's newest version."""
    stored = store.article(article)
    assert stored is not None
    return stored.keys[id]


def told_by(store: Store) -> dict[str, str]:
    """Names for keys that mean the same in every database: the article, its version, and the incident or entity."""
    with store.reading() as connection:
        numbers = [row[0] for row in connection.exec_driver_sql("SELECT number FROM article")]
    named: dict[str, str] = {}
    for stored in store.readings(sorted(numbers)):
        for subject in ("incident", "entity"):
            for id, one in keys_in(stored, subject).items():  # type: ignore[arg-type]
                named[one] = f"{stored.reading.article.id}@{stored.version}:{id}"
        named[stored.reading.article.id] = stored.reading.article.id
    return named


Clusters = dict[str, set[frozenset[str]]]


def clusters(store: Store) -> Clusters:
    """The clusters of each subject, their members called as `told_by` does."""
    names = told_by(store)
    found: dict[tuple[str, str], set[str]] = {}
    with store.reading() as connection:
        for row in connection.execute(select(cluster_member)):
            found.setdefault((row.subject, row.cluster), set()).add(names[row.key])
    by_subject: Clusters = {"incident": set(), "entity": set(), "copy": set()}
    for (subject, _), members in found.items():
        by_subject[subject].add(frozenset(members))
    return by_subject


def incidents_of(store: Store) -> set[frozenset[str]]:
    """The clusters of incidents, by the ids of their articles."""
    return {frozenset(name.partition("@")[0] for name in group) for group in clusters(store)["incident"]}


def verdicts(store: Store) -> set[tuple[Any, ...]]:
    """The standing judgements: the subject, the two, the verdict, the score to nine digits, the reason."""
    names = told_by(store)
    with store.reading() as connection:
        rows = connection.execute(select(judgement).where(judgement.c.revoked.is_(None))).all()
    return {
        (
            r.subject,
            *sorted((names[r.left], names[r.right])),
            r.verdict,
            r.score and round(r.score, 9),
            r.reason,
        )
        for r in rows
    }


def rows_of(store: Store) -> list[Any]:
    """All rows of judgements, in order."""
    with store.reading() as connection:
        return list(connection.execute(select(judgement).order_by(judgement.c.number)).all())


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows that linking writes, as they stand."""
    with store.reading() as connection:
        tables = (sketch, sketch_key, cluster_member, judgement)
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}


def check_agreement(store: Store) -> None:
    """Rules' verdicts that stand say what the clusters say, and none is about what is not sketched."""
    with store.reading() as connection:
        for subject in ("incident", "entity"):
            links = Links(connection, subject)  # type: ignore[arg-type]
            kept = {row.key for row in connection.execute(select(sketch.c.key).where(sketch.c.subject == subject))}
            of = {
                row.key: row.cluster
                for row in connection.execute(select(cluster_member).where(cluster_member.c.subject == subject))
            }
            assert set(of) <= kept
            for group in set(of.values()):
                members = [key for key in of if of[key] == group]
                assert len(members) > 1 and group == min(members)
            keys = {row.left for row in connection.execute(select(judgement.c.left))}
            for rule in links.ruled(keys):
                together = rule.left in of and of[rule.left] == of.get(rule.right)
                assert rule.verdict == ("same" if together else "different"), rule
                assert {rule.left, rule.right} <= kept
