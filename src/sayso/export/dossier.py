"""The dossier of one person or group: all that is said of it over all articles, by whom and when.

Nothing here decides who is whom, or raises how somebody stands: accounts come linked, and a standing is the one that
somebody gives (see `sayso.export.reconciled.perpetrators`).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import get_args

from sayso.export.dossier_said import HEAD, Account, Told, told
from sayso.export.dossier_shapes import (
    DOSSIER,
    Dossier,
    DossierArticle,
    DossierIncident,
    DossierStatement,
    FactHeld,
    IncidentRef,
    NameUse,
    StatementRef,
)
from sayso.export.origins import Origin
from sayso.export.reconciled.perpetrators import perpetrator_record, with_itself_as_one
from sayso.export.reconciled.said import Said, called, days_of, family_of, sources_of
from sayso.export.reconciled.shapes import PartyRecord
from sayso.export.reconciled.slots import articles_of, held_values, holders, slot_record
from sayso.export.sourcing import when_record
from sayso.model.claim import Actor, Slot
from sayso.model.entity import Entity, EntityKind, Fact, FactName
from sayso.model.incident import Incident
from sayso.model.statement import Statement


def dossier(
    key: str, accounts: Iterable[Account], *, copies: Mapping[str, str] | None = None, day: date | None = None
) -> Dossier | None:
    """Return the dossier of one person or group; the order of accounts changes nothing.

    `copies` leads from the id of a copy to that of the article it copies. With `day`, what was said later, and names
    that only later articles have, are left out; None where nothing had been said by then.
    """
    of = sorted(accounts, key=lambda a: (a.article.published or date.max, a.article.id))
    found = told(of, copies or {}, key, day)
    heard = {one.said.article for one in found}
    by_then = [account for account in of if _is_out(account, day)]
    kept = [account for account in of if account in by_then or account.article.id in heard]
    if not kept:
        return None
    bodies = [entity for account in by_then or kept for entity in account.bodies]
    kind = kind_of(entity.kind for entity in bodies)
    of_it = [one.said for one in found if one.takes_part or not isinstance(one.what, Incident)]
    first, last = days_of(of_it)
    return Dossier(
        version=DOSSIER,
        key=key,
        name=name_of([entity.name for entity in bodies]),
        kind=kind,
        as_of=day.isoformat() if day else None,
        first_said=first,
        last_said=last,
        articles=[_article(account, copies or {}) for account in kept],
        independent=len(sources_of(of_it)),
        sources=_parties([one.said for one in found]),
        names=_names(by_then),
        facts=_facts(found),
        incidents=_incidents(found),
        statements_by=_statements([one for one in found if one.own]),
        statements_about=_statements([one for one in found if not one.own]),
    )


def _is_out(account: Account, day: date | None) -> bool:
    published = account.article.published
    return day is None or published is None or published <= day


def name_of(names: Sequence[str]) -> str:
    """Return the name to show, of the fullest that each article has: in Latin letters, of several words, most used."""
    times = Counter(names)
    return min(times, key=lambda name: (not _is_latin(name), " " not in name, -times[name], -len(name), name))


def _is_latin(name: str) -> bool:
    return all(unicodedata.name(c, "LATIN").startswith("LATIN") for c in name if c.isalpha())


def kind_of(kinds: Iterable[EntityKind]) -> EntityKind:
    """Return what most articles take it for."""
    times = Counter(kinds)
    return min(times, key=lambda kind: (-times[kind], kind))


def _article(account: Account, copies: Mapping[str, str]) -> DossierArticle:
    article, origin = account.article, family_of(account.article.id, copies)
    return DossierArticle(
        article=article.id,
        keys=[account.entities[entity.id] for entity in account.bodies],
        entities=[entity.id for entity in account.bodies],
        name=article.name,
        outlet=article.outlet,
        agency=article.agency,
        title=article.title,
        published=article.published.isoformat() if article.published else None,
        url=article.url,
        copy_of=origin if origin != article.id else None,
    )


def _parties(said: Sequence[Said]) -> list[PartyRecord]:
    """Return the independent sources, those that more articles have first."""
    groups: dict[Origin, list[Said]] = {}
    for one in said:
        groups.setdefault(one.origin, []).append(one)
    found = [
        PartyRecord(
            id=of[0].source_id,
            name=called(of),
            names=sorted({one.named for one in of}),
            kind=origin.kind,
            articles=articles_of(of),
        )
        for origin, of in groups.items()
    ]
    return sorted(found, key=lambda party: (-len(party.articles), party.name, party.id))


def _names(accounts: Sequence[Account]) -> list[NameUse]:
    """Return every name, the one in most articles first."""
    uses: dict[str, list[Account]] = {}
    aliases: set[str] = set()
    for account in accounts:
        for entity in account.bodies:
            aliases |= _aliases(entity)
            for name in entity.names:
                uses.setdefault(name, []).append(account)
    found = [_name(name, of, name.casefold() in aliases) for name, of in uses.items()]
    return sorted(found, key=lambda use: (-len(use.articles), -len(use.name), use.name))


def _aliases(entity: Entity) -> set[str]:
    return {mention.span.text.casefold() for mention in entity.mentions if mention.form == "alias"}


def _name(name: str, accounts: Sequence[Account], alias: bool) -> NameUse:
    days = [account.article.published.isoformat() for account in accounts if account.article.published]
    return NameUse(
        name=name,
        alias=alias,
        first=min(days, default=None),
        last=max(days, default=None),
        articles=list(dict.fromkeys(account.article.id for account in accounts)),
    )


def _facts(found: Sequence[Told]) -> list[FactHeld]:
    """Return what is said outside incidents: by name in the order of the model, most independent sources first."""
    groups: dict[tuple[FactName, str], list[tuple[Fact, Said]]] = {}
    for one in found:
        if isinstance(one.what, Fact):
            value = " ".join(one.what.value.split())
            groups.setdefault((one.what.name, value.casefold()), []).append((one.what, one.said))
    order = get_args(FactName)
    held = [_fact(name, of) for (name, _), of in groups.items()]
    return sorted(held, key=lambda f: (order.index(f.name), -f.independent, _newest(f.last_said), f.value))


def _fact(name: FactName, of: Sequence[tuple[Fact, Said]]) -> FactHeld:
    said = [one for _, one in of]
    spelled = Counter(" ".join(fact.value.split()) for fact, _ in of)
    first, last = days_of(said)
    return FactHeld(
        name=name,
        value=min(spelled, key=lambda value: (-spelled[value], value)),
        independent=len(sources_of(one for one in said if one.claim.stance == "asserts")),
        first_said=first,
        last_said=last,
        articles=articles_of(said),
        held_by=holders(said),
    )


def _newest(day: str | None) -> int:
    """Return a day as a number that puts the newest first and unknown ones last."""
    return -date.fromisoformat(day).toordinal() if day else 0


def _incidents(found: Sequence[Told]) -> list[DossierIncident]:
    groups: dict[str, list[Told]] = {}
    for one in found:
        if isinstance(one.what, Incident):
            key = one.account.incidents.get(one.what.id, one.what.id)
            groups.setdefault(one.account.groups.get(key, key), []).append(one)
    made = [_incident(key, of) for key, of in groups.items() if any(one.takes_part for one in of)]
    return sorted(made, key=lambda i: (_newest(_when(i)), _newest(i.last_said), i.key))


def _when(incident: DossierIncident) -> str | None:
    return incident.slots["when"].earliest if "when" in incident.slots else None


def _incident(key: str, of: Sequence[Told]) -> DossierIncident:
    part = [one.said for one in of if one.takes_part]
    kept = {(one.said.article, one.what.id) for one in of if one.takes_part and isinstance(one.what, Incident)}
    by_slot: dict[Slot, list[Said]] = {slot: [] for slot in (*HEAD, "victim", "perpetrator")}
    refs: dict[tuple[str, str], IncidentRef] = {}
    for one in of:
        assert isinstance(one.what, Incident)
        if (place := (one.said.article, one.what.id)) in kept:
            own = one.account.incidents.get(one.what.id, one.what.id)
            refs[place] = IncidentRef(article=place[0], incident=own, background=one.what.background)
            by_slot["perpetrator" if isinstance(one.said.claim.value, Actor) else one.said.claim.slot].append(one.said)
    actor = by_slot.pop("perpetrator")
    first, last = days_of(part)
    return DossierIncident(
        key=key,
        accounts=list(refs.values()),
        first_said=first,
        last_said=last,
        independent=len(sources_of(part)),
        slots={s: slot_record(s, held_values(s, said), "latest authority") for s, said in by_slot.items() if said},
        perpetrator=perpetrator_record(1, with_itself_as_one(actor)) if actor else None,
    )


def _statements(found: Sequence[Told]) -> list[DossierStatement]:
    """Return statements, the newest first; the same words of one speaker and day in several articles are one."""
    groups: dict[tuple[object, ...], list[tuple[Statement, Said]]] = {}
    for one in found:
        if isinstance(one.what, Statement):
            words = tuple(" ".join(span.text.split()).casefold() for span in one.said.claim.evidence)
            same = (one.said.day, one.said.source_id, one.what.act, one.what.stance, words)
            groups.setdefault(same, []).append((one.what, one.said))
    made = [_statement(of) for of in groups.values()]
    return sorted(made, key=lambda s: (_newest(s.day), s.told[0].article, s.content[0].start if s.content else 0))


def _statement(of: Sequence[tuple[Statement, Said]]) -> DossierStatement:
    statement, said = of[0]
    places = dict.fromkeys((one.article, told.id) for told, one in of)
    return DossierStatement(
        day=said.day.isoformat() if said.day else None,
        said_on=when_record(statement.said_on),
        according_to=said.sourcing.claimed(said.claim),
        speaker_kind=statement.speaker_kind,
        source_id=said.source_id,
        act=statement.act,
        stance=statement.stance,
        certainty=statement.certainty,
        direct=statement.direct,
        content=said.words,
        told=[StatementRef(article=article, statement=id) for article, id in places],
    )
