"""The readings that a made database is written of: invented reports with marks (`Qplace`) for what differs in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sayso.model.article import Article, Block, OffsetMap
from sayso.model.claim import Actor, Claim, Label, Quantity, Slot, Victim, Weapon
from sayso.model.entity import Entity, Mention
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Statement
from sayso.model.when import When
from sayso.schema.kinds import kinds

COUNTRY = "Q9"
LATITUDE, LONGITUDE = 41.2501, 21.2502
DAY, MONTH = "1901-05-20", "1901-07"
FIRST, LAST = date(1901, 7, 1), date(1901, 7, 31)
PUBLISHED = (date(1902, 1, 1), date(1902, 1, 2), date(1902, 1, 3))
"""Days and numbers that stand for those of an incident: found in the rows, they are written over."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A way an incident is told: its kind, what is disputed, how exactly time and place are told."""

    kind: str
    dispute: str
    time: str
    where_prec: int
    reviewed: bool


def variants() -> Iterator[Variant]:
    """Yield every variant: the kinds by turns, a third of them disputed, a few without a day or a place."""
    names = list(kinds())
    number = 0
    for dispute in ("", "", "", "denied", "counts", ""):
        for time in ("day", "day", "month", "none"):
            for precision in (1, 1, 4, 6):
                kind = names[number % len(names)]
                yield Variant(kind, dispute, time, precision, number % 9 == 0)
                number += 1


def reading(variant: Variant, k: int) -> Reading:
    """Return the k-th report of a variant."""
    told = variant.kind.replace("_", " ")
    title = f"{told.title()} In Qplace Laid To Qgroup Front"
    dead = 3 if k < 2 or variant.dispute != "counts" else 5
    watchman = " The depot watchman was not hurt." if variant.time == "none" else ""
    first = (
        f"Qplace, in the uplands of Qregio, saw a case of {told}, and {dead} people died, the Harbour Office said. "
        f"Police closed the road to the market.{watchman} Qworda qwordb qwordc, qwordd qworde qwordf qwordg qwordh."
    )
    denial = " Qfirst Qfamil denied that he had been there." if variant.dispute == "denied" and k else ""
    second = (
        "An officer of the Harbour Office said that the Qgroup Front was behind it, that a bag of mining explosive was "
        f"found, and named Qfirst Qfamil as a suspect.{denial}"
    )
    text = "\n\n".join((title, first, second))
    ends = (len(title), len(title) + 2 + len(first), len(text))
    starts = (0, ends[0] + 2, ends[1] + 2)
    article = Article(
        id="Qidtag",
        text=text,
        blocks=tuple(Block(start=s, end=e, role=r) for s, e, r in zip(starts, ends, _ROLES, strict=True)),
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name="Qidtag.txt",
        sha256="0" * 64,
        title=title,
        url="https://post.example/Qidtag",
        outlet=f"The Qoutl{'abc'[k]} Post",
        published=PUBLISHED[k],
        published_by="given",
        language="en",
    )
    made = _Made(text)
    return Reading(
        article=article,
        entities=made.entities(),
        statements=made.statements(bool(denial)),
        incidents=(made.incident(variant, dead, denial=bool(denial)),),
    )


_ROLES: tuple[Any, ...] = ("title", "body", "body")


class _Made:
    """Makes the parts of a reading over its text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def span(self, words: str, nth: int = 0) -> Span:
        start = -1
        for _ in range(nth + 1):
            start = self._text.index(words, start + 1)
        return Span(start=start, end=start + len(words), text=words)

    def entities(self) -> tuple[Entity, ...]:
        named: tuple[tuple[str, Any, str], ...] = (
            ("e1", "organization", "Qgroup Front"),
            ("e2", "person", "Qfirst Qfamil"),
            ("e3", "government_body", "Harbour Office"),
        )
        return tuple(
            Entity(
                id=id,
                kind=kind,
                name=name,
                names=(name,),
                armed=id == "e1",
                mentions=(Mention(span=self.span(name), head=0, form="name"),),
            )
            for id, kind, name in named
        )

    def statements(self, denial: bool) -> tuple[Statement, ...]:
        office: dict[str, Any] = {"speaker": "Harbour Office", "speaker_id": "e3", "speaker_kind": "authority"}
        found = [
            Statement(
                id="s1",
                source=self.span("the Harbour Office"),
                cue=self.span("said"),
                content=(self.span("people died"),),
                act="states",
                **office,
            ),
            Statement(
                id="s2",
                source=self.span("An officer"),
                cue=self.span("said", 1),
                content=(self.span("the Qgroup Front was behind it"),),
                act="accuses",
                **office,
            ),
        ]
        if denial:
            who: dict[str, Any] = {"speaker": "Qfirst Qfamil", "speaker_id": "e2", "speaker_kind": "accused"}
            cue, content = self.span("denied"), (self.span("he had been there"),)
            source = self.span("Qfirst Qfamil", 1)
            found.append(
                Statement(id="s3", source=source, cue=cue, content=content, act="denies", stance="denies", **who)
            )
        return tuple(found)

    def incident(self, variant: Variant, dead: int, *, denial: bool) -> Incident:
        claims: list[Claim] = []

        def add(slot: Slot, value: Any, words: Span, *chain: str, **more: Any) -> None:
            claims.append(
                Claim(id=f"i1.c{len(claims)}", slot=slot, value=value, evidence=(words,), chain=chain, **more)
            )

        add("kind", Label(value=variant.kind), self.span("case of"))
        add("stage", Label(value="accomplished"), self.span("saw"), confidence=0.9)
        if variant.time != "none":
            add("when", _when(variant.time), self.span("saw"))
        add("where", _place(variant.where_prec), self.span("Qplace", 1))
        group, man = Actor(name="Qgroup Front", kind="organization", entity="e1"), "Qfirst Qfamil"
        suspect = Actor(name=man, kind="person", entity="e2")
        add("perpetrator", group, self.span("Qgroup Front", 1), "s2", standing="accused_by_authorities", confidence=0.8)
        add("perpetrator", suspect, self.span(man), "s2", standing="suspected", confidence=0.7)
        if denial:
            add("perpetrator", suspect, self.span(man, 1), "s3", standing="denied", stance="denies")
        add("killed", Quantity(low=dead, high=dead), self.span(f"{dead} people died"), "s1")
        victims = Victim(name=None, description=f"{dead} people", kind="civilian", effect="killed", number=dead)
        add("victim", victims, self.span(f"{dead} people"), "s1")
        add(
            "weapon", Weapon(name="a bag of mining explosive", kind="explosive"), self.span("a bag of mining explosive")
        )
        return Incident(id="i1", kind=variant.kind, stage="accomplished", background=False, claims=tuple(claims))


def _when(time: str) -> When:
    if time == "month":
        return When(edtf=MONTH, earliest=FIRST, latest=LAST, basis="explicit")
    day = date.fromisoformat(DAY)
    return When(edtf=DAY, earliest=day, latest=day, basis="explicit")


def _place(precision: int) -> Place:
    country = precision == 6
    return Place(
        names=("Qregio",) if country else ("Qplace", "Qregio"),
        type="country" if country else "city",
        country=COUNTRY,
        admin=None if country else "Qregio",
        latitude=None if country else LATITUDE,
        longitude=None if country else LONGITUDE,
        gazetteer_id=None if country else "made:Qplace",
        precision=3 if country else 1,
        where_prec=precision,
    )
