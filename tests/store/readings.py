"""Readings of every shape that the model allows, for property tests; their words mean nothing."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from sayso.model.article import Article, Block, BlockRole, Dateline, OffsetMap, PublishedBy
from sayso.model.claim import Actor, ActorKind, Claim, Effect, Label, Quantity, Slot, Standing, Target, Text, Victim
from sayso.model.claim import Weapon as WeaponValue
from sayso.model.entity import Entity, EntityKind, Fact, FactName, Mention, MentionForm
from sayso.model.incident import Incident, Stage
from sayso.model.place import Place, PlaceMention, PlaceType
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Act, Certainty, SpeakerKind, Stance, Statement, Where
from sayso.model.when import Basis, TimeMention, When

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
number = st.integers(0, 2**63 - 1)
fraction = st.floats(0, 1)
day = st.dates(date(1, 1, 1), date(9999, 12, 31))


def of(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def few(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=most).map(tuple)


whens = st.builds(When, edtf=words, earliest=maybe(day), latest=maybe(day), basis=of(Basis), clock=maybe(words))
places = st.builds(
    Place,
    names=few(words, 3),
    type=of(PlaceType),
    country=maybe(words),
    admin=maybe(words),
    latitude=maybe(st.floats(-90, 90)),
    longitude=maybe(st.floats(-180, 180)),
    gazetteer_id=maybe(words),
    precision=st.integers(1, 3),
    where_prec=st.integers(1, 7),
    confidence=fraction,
)


def values(entity: st.SearchStrategy[str | None]) -> st.SearchStrategy[Any]:
    """Values of claims; their numbers may be larger than a column holds."""
    large = st.integers(0, 10**30)
    return st.one_of(
        st.builds(Label, value=words),
        whens,
        places,
        st.builds(Actor, name=words, kind=of(ActorKind), entity=entity),
        st.builds(Target, name=words, kind=words, number=maybe(large), effect=maybe(words)),
        st.builds(
            Victim,
            name=maybe(words),
            description=maybe(words),
            kind=words,
            effect=maybe(of(Effect)),
            number=maybe(large),
            entity=entity,
        ),
        st.builds(WeaponValue, name=words, kind=words),
        st.builds(Quantity, low=large, high=maybe(large), approximate=st.booleans()),
        st.builds(Text, value=words),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """One reading, whose spans stand in its text and whose ids lead somewhere."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))

    def cut(ends: tuple[int, int]) -> Span:
        start, end = sorted(ends)
        return Span(start=start, end=end, text=text[start:end])

    offset = st.integers(0, len(text))
    span = st.tuples(offset, offset).map(cut)
    blocks = st.builds(lambda s, role: Block(start=s.start, end=s.end, role=role), span, of(BlockRole))
    ids = draw(st.lists(st.text("ab1 ", max_size=3), unique=True, max_size=3))
    said = draw(st.lists(st.text("st2.", max_size=3), unique=True, max_size=3))
    entity = st.none() | st.sampled_from(ids) if ids else st.none()
    statement = st.none() | st.sampled_from(said) if said else st.none()
    linked = few(st.sampled_from(said)) if said else st.just(())
    claims = st.builds(
        Claim,
        id=words,
        slot=of(Slot),
        value=values(entity),
        evidence=few(span),
        chain=linked,
        stance=of(Stance),
        certainty=of(Certainty),
        standing=maybe(of(Standing)),
        confidence=fraction,
        maker=words,
    )
    facts = st.builds(Fact, name=of(FactName), value=words, evidence=span, other=entity)
    mentions = st.builds(Mention, span=span, head=number, form=of(MentionForm))
    article = st.builds(
        Article,
        id=words.filter(bool),
        text=st.just(text),
        blocks=few(blocks),
        name=words,
        sha256=words,
        offsets=st.builds(OffsetMap, starts=few(number), origins=few(number), lengths=few(number)),
        title=maybe(words),
        url=maybe(words),
        outlet=maybe(words),
        agency=maybe(words),
        authors=few(words),
        dateline=maybe(st.builds(Dateline, place=maybe(span), day=maybe(span), end=offset)),
        published=maybe(day),
        published_by=of(PublishedBy),
        language=maybe(words),
        capitals=st.booleans(),
        notes=few(words),
    )
    return Reading(
        article=draw(article),
        entities=tuple(
            draw(
                st.builds(
                    Entity,
                    id=st.just(id),
                    kind=of(EntityKind),
                    name=words,
                    names=few(words),
                    mentions=few(mentions),
                    facts=few(facts),
                    armed=st.booleans(),
                    number=maybe(number),
                    members=few(st.sampled_from(ids)),
                )
            )
            for id in ids
        ),
        times=draw(
            few(
                st.builds(
                    TimeMention,
                    span=span,
                    type=st.sampled_from(["DATE", "TIME", "DURATION", "SET"]),
                    value=words,
                    when=maybe(whens),
                    relative_to=st.sampled_from([None, "publication", "event"]),
                )
            )
        ),
        places=draw(
            few(
                st.builds(
                    PlaceMention,
                    span=span,
                    place=places,
                    others=few(places),
                    use=st.sampled_from(["locative", "dateline", "modifier", "actor"]),
                )
            )
        ),
        statements=tuple(
            draw(
                st.builds(
                    Statement,
                    id=st.just(id),
                    source=maybe(span),
                    speaker=maybe(words),
                    speaker_id=entity,
                    speaker_kind=of(SpeakerKind),
                    cue=maybe(span),
                    content=few(span),
                    act=of(Act),
                    stance=of(Stance),
                    certainty=of(Certainty),
                    on_behalf_of=maybe(words),
                    said_on=maybe(whens),
                    said_at=maybe(span),
                    channel=maybe(span),
                    within=statement,
                    where=of(Where),
                    direct=st.booleans(),
                    confidence=fraction,
                )
            )
            for id in said
        ),
        incidents=tuple(
            draw(
                st.builds(
                    Incident,
                    id=st.just(id),
                    kind=words,
                    stage=of(Stage),
                    background=st.booleans(),
                    claims=few(claims, 3),
                )
            )
            for id in draw(st.lists(st.text("i3 ", max_size=3), unique=True, max_size=2))
        ),
    )
