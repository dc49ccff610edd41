"""A reading made by hand of an invented report, with everything in it that a record can show."""

from __future__ import annotations

from datetime import date
from typing import Any

from sayso.model.article import Article, Block, Dateline, OffsetMap
from sayso.model.claim import Actor, Claim, Label, Quantity, Slot, Target, Text, Victim, Weapon
from sayso.model.entity import Entity, Fact, Mention
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Statement
from sayso.model.when import When

TITLE = "Ministry Blames Ashen Lantern For Tram Depot Blast"
CAPTION = "A masked man holds a candle 🕯 in the group's video, which warns that “more depots will burn”."
BODY = (
    "KARVEL, 9 June (Uplands Wire) -- Two or three people died when a parcel bomb went off at the Quay Street tram "
    "depot in Karvel on June 6, and at least 11 were hurt.",
    "The tram company counted two dead on the day. Ilva Dorn, a spokeswoman for the Ministry of Order, said on "
    "Saturday that three had died, and that the Ashen Lantern was behind the blast.",
    "She named Bresk Otalin, 31, as the man who left the parcel, and said that he had confessed. His lawyer, Mira "
    "Salk, denied that he had been in Karvel.",
    "The Ashen Lantern (Fener-i Kül) had claimed the blast on the day it happened, in an e-mail to two radio stations. "
    "It wants the river tax repealed.",
    "In March 2016 gunmen killed a tax collector in Nether Ossel.",
)
TEXT = "\n\n".join((TITLE, CAPTION, *BODY))


def span(words: str, after: str = "") -> Span:
    """Return the first span of `words`, at or after the first of `after`."""
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Span(start=start, end=start + len(words), text=words)


def _blocks() -> tuple[Block, ...]:
    blocks, start = [], 0
    for k, part in enumerate((TITLE, CAPTION, *BODY)):
        role: Any = ("title", "caption")[k] if k < 2 else "body"
        blocks.append(Block(start=start, end=start + len(part), role=role))
        start += len(part) + 2
    return tuple(blocks)


def day(year: int, month: int, number: int, basis: Any = "explicit") -> When:
    """Return one day."""
    on = date(year, month, number)
    return When(edtf=on.isoformat(), earliest=on, latest=on, basis=basis)


JUNE_6, JUNE_8 = day(2019, 6, 6, "assumed_year"), day(2019, 6, 8, "relative")
MARCH = When(edtf="2016-03", earliest=date(2016, 3, 1), latest=date(2016, 3, 31), basis="explicit")
OSTMARK = Place(
    names=("Ostmark",), type="country", country="XO", admin=None, latitude=None, longitude=None,
    gazetteer_id=None, precision=3, where_prec=6,
)  # fmt: skip
KARVEL = Place(
    names=("Karvel", "Uplands", "Ostmark"), type="city", country="XO", admin="Uplands", latitude=41.5, longitude=22.25,
    gazetteer_id="own:karvel", precision=1, where_prec=1,
)  # fmt: skip
ARTICLE = Article(
    id="karvel-1",
    text=TEXT,
    blocks=_blocks(),
    offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(TEXT),)),
    name="karvel.txt",
    sha256="0" * 64,
    title=TITLE,
    outlet="The Karvel Ledger",
    agency="Uplands Wire",
    authors=("Petra Vance",),
    dateline=Dateline(place=span("KARVEL"), day=span("9 June"), end=span("Two or three").start),
    published=date(2019, 6, 9),
    published_by="given",
    language="en",
)


def _mention(words: str, form: Any = "name") -> Mention:
    return Mention(span=span(words), head=0, form=form)


ENTITIES = (
    Entity(id="e1", kind="organization", name="Ashen Lantern", names=("Ashen Lantern", "Fener-i Kül"), armed=True,
           mentions=(_mention("Ashen Lantern"), _mention("Fener-i Kül", "alias"))),
    Entity(id="e2", kind="person", name="Ilva Dorn", names=("Ilva Dorn",), mentions=(_mention("Ilva Dorn"),),
           facts=(Fact(name="role", value="spokeswoman", evidence=span("spokeswoman")),)),
    Entity(id="e3", kind="government_body", name="Ministry of Order", names=("Ministry of Order",),
           mentions=(_mention("Ministry of Order"),)),
    Entity(id="e4", kind="person", name="Bresk Otalin", names=("Bresk Otalin",), mentions=(_mention("Bresk Otalin"),),
           facts=(Fact(name="age", value="31", evidence=span("31", after="Bresk")),)),
    Entity(id="e5", kind="person", name="Mira Salk", names=("Mira Salk",), mentions=(_mention("Mira Salk"),)),
)  # fmt: skip

DORN: dict[str, Any] = {
    "speaker": "Ilva Dorn", "speaker_id": "e2", "speaker_kind": "authority", "on_behalf_of": "Ministry of Order",
}  # fmt: skip
STATEMENTS = (
    Statement(id="s0", source=span("video"), speaker="Ashen Lantern", speaker_id="e1", speaker_kind="armed_group",
              cue=span("warns"), content=(span("more depots will burn"),), act="threatens", channel=span("video"),
              where="caption", direct=True),
    Statement(id="s1", source=span("The tram company"), speaker="The tram company", speaker_id=None,
              speaker_kind="other", cue=span("counted"), content=(span("two dead"),), act="states", said_on=JUNE_6),
    Statement(id="s2", source=span("Ilva Dorn"), cue=span("said on Saturday"), act="accuses", said_on=JUNE_8, **DORN,
              content=(span("three had died"), span("the Ashen Lantern was behind the blast"))),
    Statement(id="s3", source=span("She"), cue=span("said", after="the parcel"), act="states", said_on=JUNE_8, **DORN,
              content=(span("he had confessed"),)),
    Statement(id="s4", source=span("he", after="that he had confessed"), cue=span("confessed"), act="confesses",
              content=(span("left the parcel"),), speaker="Bresk Otalin", speaker_id="e4", speaker_kind="accused",
              within="s3"),
    Statement(id="s5", source=span("Mira Salk"), speaker="Mira Salk", speaker_id="e5", speaker_kind="other",
              cue=span("denied"), content=(span("he had been in Karvel"),), act="denies", stance="denies"),
    Statement(id="s6", source=span("The Ashen Lantern"), speaker="Ashen Lantern", speaker_id="e1",
              speaker_kind="armed_group", cue=span("claimed"), content=(span("the blast", after="had claimed"),),
              act="claims_responsibility", said_on=JUNE_6, channel=span("e-mail")),
)  # fmt: skip


class _Ledger:
    """Makes claims with running ids."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.claims: list[Claim] = []

    def add(self, slot: Slot, value: Any, words: Span, *chain: str, **more: Any) -> None:
        id = f"{self.prefix}.c{len(self.claims) + 1}"
        self.claims.append(Claim(id=id, slot=slot, value=value, evidence=(words,), chain=chain, **more))


def _bombing() -> Incident:
    made = _Ledger("i1")
    add = made.add
    add("kind", Label(value="bombing"), span("a parcel bomb went off"))
    add("stage", Label(value="accomplished"), span("went off"))
    add(
        "when",
        When(edtf="2019-06", earliest=date(2019, 6, 1), latest=date(2019, 6, 30), basis="relative"),
        span("June"),
    )
    add("when", JUNE_6, span("June 6"))
    add("where", OSTMARK, span("Quay Street"))
    add("where", KARVEL, span("Karvel", after="depot in"))
    lantern = Actor(name="Ashen Lantern", kind="organization", entity="e1")
    add("perpetrator", lantern, span("the Ashen Lantern was behind the blast"), "s2", standing="accused_by_authorities")
    add("perpetrator", lantern, span("The Ashen Lantern"), "s6", standing="claimed")
    otalin = Actor(name="Bresk Otalin", kind="person", entity="e4")
    add("perpetrator", otalin, span("Bresk Otalin"), "s3", standing="accused_by_authorities")
    add("perpetrator", otalin, span("he had confessed"), "s3", "s4", standing="confessed")
    add("perpetrator", otalin, span("denied that he had been in Karvel"), "s5", standing="denied", stance="denies")
    add("target", Target(name="Quay Street tram depot", kind="transport"), span("Quay Street tram depot"))
    add("weapon", Weapon(name="parcel bomb", kind="bomb"), span("parcel bomb"))
    add("killed", Quantity(low=2, high=3), span("Two or three people died"))
    add("killed", Quantity(low=2, high=2), span("two dead"), "s1")
    add("killed", Quantity(low=3, high=3), span("three had died"), "s2")
    add("wounded", Quantity(low=11, high=None), span("at least 11 were hurt"))
    add("motive", Text(value="the river tax repealed"), span("wants the river tax repealed"))
    return Incident(id="i1", kind="bombing", stage="accomplished", background=False, claims=tuple(made.claims))


def _threat() -> Incident:
    made = _Ledger("i2")
    made.add("kind", Label(value="threat"), span("more depots will burn"), "s0")
    made.add("stage", Label(value="threatened"), span("will burn"), "s0")
    lantern = Actor(name="Ashen Lantern", kind="organization", entity="e1")
    made.add("perpetrator", lantern, span("A masked man"), "s0", standing="claimed")
    made.add("target", Target(name="more depots", kind="transport"), span("more depots"), "s0")
    return Incident(id="i2", kind="threat", stage="threatened", background=False, claims=tuple(made.claims))


def _recalled() -> Incident:
    made = _Ledger("i3")
    made.add("kind", Label(value="assassination"), span("gunmen killed a tax collector"))
    made.add("stage", Label(value="accomplished"), span("killed"))
    made.add("when", MARCH, span("March 2016"))
    made.add("perpetrator", Actor(name="gunmen", kind="group"), span("gunmen"), standing="reported_as_fact")
    collector = Victim(name=None, description="a tax collector", kind="official", effect="killed", number=1)
    made.add("victim", collector, span("a tax collector"))
    return Incident(id="i3", kind="assassination", stage="accomplished", background=True, claims=tuple(made.claims))


def reading() -> Reading:
    """Return the reading of the invented report."""
    return Reading(
        article=ARTICLE, entities=ENTITIES, statements=STATEMENTS, incidents=(_bombing(), _threat(), _recalled())
    )
