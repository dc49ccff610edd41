"""Who is said to have done it, over several reports: everyone stays, each with how he stands on whose word.

Nothing here raises a standing: the one shown is the one last given, a verdict stays until another verdict, and of two
that were given on one day the weaker is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sayso.export.legal import legal_records
from sayso.export.perpetrators import standing_of
from sayso.export.reconciled.agreement import folded_name
from sayso.export.reconciled.held_shapes import Words
from sayso.export.reconciled.said import Said, names_of, sources_of
from sayso.export.reconciled.shapes import EntityRef, LegalHeld, ReconciledPerpetrator, StandingHeld
from sayso.export.reconciled.slots import articles_of, holders
from sayso.export.withhold import MARK
from sayso.model.claim import Actor, Standing

VERDICTS: tuple[Standing, ...] = ("acquitted", "convicted")
"""What a court has spoken; the first is shown where reports of one day give both."""
WEAKEST_FIRST: tuple[Standing, ...] = (
    "denied", "acquitted", "possible", "suspected", "accused", "accused_by_authorities", "claimed", "charged",
    "confessed", "reported_as_fact", "convicted",
)  # fmt: skip


def grouped(said: Sequence[Said]) -> list[list[Said]]:
    """Return what is said of each perpetrator: one group for each cluster, else for those who share a full name.

    A name that clusters bear joins its cluster where that is one. Names of one word link nobody but by that very word.
    """
    about = [one for one in said if isinstance(one.claim.value, Actor)]
    clusters: dict[str, set[str]] = {}
    for one in about:
        if one.cluster:
            for name in _names(one):
                clusters.setdefault(name, set()).add(one.cluster)
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while (above := leader.setdefault(name, name)) != name:
            name = above
        return name

    for one in about:
        keys = sorted({find(key) for key in _keys(one, clusters)})
        for key in keys[1:]:
            leader[key] = keys[0]
    groups: dict[str, list[Said]] = {}
    for one in about:
        groups.setdefault(find(_keys(one, clusters)[0]), []).append(one)
    found = [with_itself_as_one(group) for group in groups.values()]
    return sorted(found, key=lambda g: (-len(sources_of(_blaming(g))), -len(articles_of(g)), _name(g)))


def _keys(said: Said, clusters: dict[str, set[str]]) -> list[str]:
    if said.cluster:
        return [f"@{said.cluster}"]
    found = []
    for name in _names(said):
        borne = clusters.get(name, set())
        found.append(f"@{min(borne)}" if len(borne) == 1 else name)
    return found


def _names(said: Said) -> list[str]:
    """Return the names by which one is compared: the fullest that the article has, and others of several words."""
    actor = said.claim.value
    assert isinstance(actor, Actor)
    entity = said.sourcing.entity(actor.entity)
    others = [folded_name(name) for name in entity.names] if entity and entity.kind != "group" else []
    fullest = folded_name(said.sourcing.name_of(actor.entity) or actor.name)
    return list(dict.fromkeys([fullest, *(name for name in others if " " in name)]))


def with_itself_as_one(said: Sequence[Said]) -> list[Said]:
    """Count what a perpetrator says of itself, under whichever of its names, as the word of one source."""
    own = [one for one in said if one.sourcing.by_itself(one.claim)]
    if not own:
        return list(said)
    first = min(own, key=lambda one: one.source_id)
    origins = {one.origin for one in own}
    return [
        replace(one, origin=first.origin, source_id=first.source_id) if one.origin in origins else one for one in said
    ]


def _blaming(said: Iterable[Said]) -> list[Said]:
    return [one for one in said if standing(one) not in ("denied", "acquitted") and one.claim.stance == "asserts"]


def standing(said: Said) -> Standing:
    """Return how somebody stands on one word: a confession that another tells of is that one's accusation, no more."""
    given = standing_of(said.claim)
    chain = said.sourcing.statements(said.claim.chain)
    if given != "confessed" or (len(chain) == 1 and said.sourcing.by_itself(said.claim)):
        return given
    return "accused_by_authorities" if chain and chain[0].speaker_kind == "authority" else "accused"


def perpetrator_record(number: int, said: Sequence[Said]) -> ReconciledPerpetrator:
    """Return one perpetrator with every standing."""
    shown = _shown(said)
    actors = [one.claim.value for one in said if isinstance(one.claim.value, Actor)]
    entities = {(one.article, a.entity): one for one, a in zip(said, actors, strict=True) if a.entity}
    opposed = [one for one in said if standing(one) == "denied" or one.claim.stance == "doubts"]
    kinds = Counter(actor.kind for actor in actors)
    return ReconciledPerpetrator(
        id=f"perpetrator.{number}",
        name=_name(said),
        names=sorted({n for one, a in zip(said, actors, strict=True) for n in _spellings(one, a)}),
        kind=min(kinds, key=lambda kind: (kind == "unknown", -kinds[kind], kind)),
        cluster=None if MARK in _name(said) else next((one.cluster for one in said if one.cluster), None),
        entities=[EntityRef(article=article, entity=id) for article, id in entities],
        standing=standing(shown),
        words=_words(shown, said, opposed),
        disputed=bool(opposed),
        independent=len(sources_of(_blaming(said))),
        legal_status=[held for (_, id), one in entities.items() for held in _legal(id, one)],
        history=_history(said),
    )


def _spellings(said: Said, actor: Actor) -> list[str]:
    entity = said.sourcing.entity(actor.entity)
    return [actor.name, *(entity.names if entity and entity.kind != "group" else ())]


def _name(said: Sequence[Said]) -> str:
    """Return the name that most reports have as the fullest, of equals the longest."""
    about = [(one.sourcing, one.claim.value) for one in said]
    names = Counter(sourcing.name_of(a.entity) or a.name for sourcing, a in about if isinstance(a, Actor))
    return min(names, key=lambda name: (-names[name], -len(name), name))


def _age(said: Said) -> date:
    return said.day or date.min


def _shown(said: Sequence[Said]) -> Said:
    """Return what is shown of a perpetrator: the standing last given, the weaker of one day's.

    A verdict stays until another verdict. A denial replaces a standing only where it comes later from the same kind of
    source; where another denies, both stand.
    """

    def newest(some: Sequence[Said]) -> Said:
        return max(some, key=lambda one: (_age(one), -WEAKEST_FIRST.index(standing(one)), one.claim.confidence))

    verdicts = [one for one in said if standing(one) in VERDICTS]
    if verdicts:
        return newest(verdicts)
    held = [one for one in said if standing(one) != "denied"]
    if not held:
        return newest(said)
    last = newest(held)
    kind = last.sourcing.speaker_kind(last.claim)
    denials = [one for one in said if standing(one) == "denied" and one.sourcing.speaker_kind(one.claim) == kind]
    return newest([last, *denials])


def _words(shown: Said, said: Sequence[Said], opposed: Sequence[Said]) -> str:
    """Return how somebody stands in words: alleged until a court has spoken, by whom, and who denies it."""
    now = standing(shown)
    by = [one for one in said if standing(one) == now and one.claim.stance == shown.claim.stance]
    if now == "denied":
        return f"denied by {_few(opposed)}"
    if now in VERDICTS:
        parts = [f"{now}, according to {_few(by)}"]
    else:
        own = [one for one in said if one.sourcing.by_itself(one.claim)]
        claims_it = own and standing(max(own, key=_age)) in ("claimed", "confessed")
        others = [one for one in by if one not in own] or [one for one in _blaming(said) if one not in own]
        parts = ["by its own claim"] if claims_it else []
        parts += [f"alleged, by {_few(others or by)}"] if others or not parts else []
    against = [one for one in opposed if one is not shown]
    return "; ".join([*parts, *([_opposing(against)] if against else [])])


def _opposing(said: Sequence[Said]) -> str:
    denied = [one for one in said if standing(one) == "denied"]
    doubted = [one for one in said if standing(one) != "denied"]
    parts = [f"denied by {_few(denied)}"] if denied else []
    return "; ".join([*parts, f"doubted by {_few(doubted)}"] if doubted else parts)


def _few(said: Iterable[Said]) -> str:
    """Name two sources, authorities and who was heard last before the others, and count the rest."""
    names = names_of(said)
    more = len(names) - 2
    return " and ".join(names) if more <= 0 else f"{', '.join(names[:2])} and {more} more"


def _history(said: Sequence[Said]) -> list[StandingHeld]:
    """Return every standing on every source's word, by the day it was last said."""
    groups: dict[tuple[Standing, bool], list[Said]] = {}
    for one in said:
        groups.setdefault((standing_of(one.claim), _by_itself(one)), []).append(one)
    found = [
        StandingHeld(standing=given, by_itself=own, holder=holder)
        for (given, own), group in groups.items()
        for holder in holders(group)
    ]
    return sorted(
        found,
        key=lambda one: (one.holder.last_said or "", WEAKEST_FIRST.index(one.standing), one.holder.source),
    )


def _by_itself(said: Said) -> bool:
    """Say whether a perpetrator says something of itself, and nobody else says that it does so where it confesses."""
    told = len(said.sourcing.statements(said.claim.chain)) > 1
    return said.sourcing.by_itself(said.claim) and not (told and standing_of(said.claim) == "confessed")


def _legal(entity: str, said: Said) -> list[LegalHeld]:
    sourcing = said.sourcing
    return [
        LegalHeld(
            status=legal.status,
            according_to=legal.according_to,
            article=said.article,
            published=sourcing.published.isoformat() if sourcing.published else None,
            evidence=[
                Words(article=said.article, part=e.part, start=e.start, end=e.end, text=e.text) for e in legal.evidence
            ],
        )
        for legal in legal_records(sourcing.entity(entity), sourcing)
    ]
