"""How claims about perpetrators are folded: one item a perpetrator, with every standing in the order it was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.export.incident_shapes import PerpetratorRecord, StandingRecord
from sayso.export.legal import legal_records
from sayso.export.sourcing import Sourcing, when_record
from sayso.model.claim import Actor, Claim, Standing
from sayso.model.statement import SpeakerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """One standing on one word: its claims, the day it was said (None: not told), and where its words start."""

    claims: list[Claim]
    standing: Standing
    speaker_kind: SpeakerKind
    day: date | None
    place: int


def perpetrator_records(claims: tuple[Claim, ...], sourcing: Sourcing) -> list[PerpetratorRecord]:
    """Return one item for each perpetrator, in order of first mention.

    A claim about somebody without an entity joins the perpetrator who bears that very name.
    """
    about = [(claim, claim.value) for claim in claims if isinstance(claim.value, Actor)]
    entities = {actor.name.casefold(): actor.entity for _, actor in reversed(about) if actor.entity}
    groups: dict[str, list[Claim]] = {}
    for claim, actor in about:
        name = actor.name.casefold()
        groups.setdefault(actor.entity or entities.get(name) or name, []).append(claim)
    return [_perpetrator(group, sourcing) for group in groups.values()]


def _perpetrator(claims: list[Claim], sourcing: Sourcing) -> PerpetratorRecord:
    given = _given(claims, sourcing)
    shown = _newest(given, sourcing.published)
    actor = shown.claims[0].value
    assert isinstance(actor, Actor)
    entity = next((c.value.entity for c in claims if isinstance(c.value, Actor) and c.value.entity), None)
    return PerpetratorRecord(
        name=sourcing.name_of(entity) or actor.name,
        kind=actor.kind,
        entity=entity,
        standing=_shown(shown, sourcing),
        disputed=any(standing_of(claim) == "denied" or claim.stance == "doubts" for claim in claims),
        legal_status=legal_records(sourcing.entity(entity), sourcing),
        history=[_history(item, sourcing) for item in sorted(given, key=lambda item: _order(item, sourcing))],
        **sourcing.source(shown.claims[0], shown.claims),
    )


def standing_of(claim: Claim) -> Standing:
    """Return the standing that a claim gives: `denied` by one that denies, `possible` where none is set."""
    return "denied" if claim.stance == "denies" else claim.standing or "possible"


def _given(claims: list[Claim], sourcing: Sourcing) -> list[_Given]:
    """Fold claims that give the same standing on the same word; its day is the first that any of them tells."""
    groups: dict[tuple[Standing, str], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((standing_of(claim), sourcing.claimed(claim)), []).append(claim)
    return [
        _Given(
            claims=group,
            standing=standing,
            speaker_kind=sourcing.speaker_kind(group[0]),
            day=min((day for claim in group if (day := sourcing.day_of(claim))), default=None),
            place=min((span.start for claim in group for span in claim.evidence), default=0),
        )
        for (standing, _), group in groups.items()
    ]


def _newest(given: list[_Given], published: date | None) -> _Given:
    """Return the standing last said.

    What has no day counts as said on the day of publication, and a report leads with its news: of one day's standings
    the first in the text is the newest. A denial replaces a standing only where it comes from the same kind of source;
    where another denies, both stand, and the record is marked as disputed.
    """

    def age(item: _Given) -> tuple[date, int]:
        return item.day or published or date.max, -item.place

    newest = max(given, key=age)
    held = max((item for item in given if item.standing != "denied"), key=age, default=newest)
    return newest if newest.speaker_kind == held.speaker_kind else held


def _order(item: _Given, sourcing: Sourcing) -> tuple[int, date, int]:
    """Order by day said, then by place in the text.

    What has no day comes first, and of that a claim of its own: reports recall that a group "had claimed" it before
    they tell who is accused. A denial of no day comes after the rest, because it answers something.
    """
    if item.day:
        rank = 2
    elif item.standing == "denied":
        rank = 3
    else:
        rank = 0 if item.standing == "claimed" and sourcing.by_itself(item.claims[0]) else 1
    return rank, item.day or date.min, item.place


def _shown(item: _Given, sourcing: Sourcing) -> Standing:
    """Return the standing to show: a confession that somebody else tells of is that one's accusation, no more."""
    chain = sourcing.statements(item.claims[0].chain)
    if item.standing != "confessed" or (len(chain) == 1 and sourcing.by_itself(item.claims[0])):
        return item.standing
    return "accused_by_authorities" if chain and chain[0].speaker_kind == "authority" else "accused"


def _history(item: _Given, sourcing: Sourcing) -> StandingRecord:
    first = item.claims[0]
    dated = [when for claim in item.claims if (when := sourcing.said_on(claim))]
    return StandingRecord(
        standing=item.standing,
        speaker_kind=item.speaker_kind,
        act=sourcing.act(first),
        by_itself=sourcing.by_itself(first),
        said_on=when_record(min(dated, key=lambda when: (when.latest is None, when.latest), default=None)),
        **sourcing.source(first, item.claims),
    )
