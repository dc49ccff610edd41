"""Names that are not to leave: whose they are, and that nothing of them is left."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sayso.export.protected import protected_names
from sayso.export.registry import EXPORTS, writer
from sayso.export.withhold import MARK, withhold
from sayso.model.article import Article, Block, Dateline, OffsetMap
from sayso.model.claim import Actor, Claim, Victim
from sayso.model.entity import Entity, Fact, Mention
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Statement
from tests.invented import reading as invented

TEXT = (
    "NETHER OSSEL, 9 June -- Ana-Lisbet Vell (12) was taken from Vell Street, said Oda Brisk, who saw it. "
    "“Ana-Lisbet is safe,” said officer Karl Stroom; ANA-LISBET  VELL's mother thanked him. Vell had been gone a day."
)


def words(text: str, after: str = "") -> Span:
    start = TEXT.index(text, TEXT.index(after) if after else 0)
    return Span(start=start, end=start + len(text), text=text)


def person(id: str, name: str, *facts: Fact, spans: tuple[Span, ...] = ()) -> Entity:
    mentions = tuple(Mention(span=span, head=0, form="name") for span in spans or (words(name),))
    return Entity(id=id, kind="person", name=name, names=(name,), mentions=mentions, facts=facts)


def told(*facts: Fact, kind: str = "kidnapping", **victim: Any) -> Reading:
    """The abduction of Ana-Lisbet Vell, of whom only this is said."""
    taken = Victim(name="Ana-Lisbet Vell", description=None, kind="civilian", effect="abducted", entity="e1")
    evidence = (words("Ana-Lisbet Vell (12) was taken"),)
    claims = (
        Claim(id="c1", slot="victim", value=replace(taken, **victim), evidence=evidence),
        Claim(id="c2", slot="perpetrator", value=Actor(name="Karl Stroom", kind="person", entity="e3"), evidence=()),
    )
    statements = (
        Statement(
            id="s1", source=words("Oda Brisk"), speaker="Oda Brisk", speaker_id="e2", speaker_kind="other",
            cue=words("said"), content=(words("Ana-Lisbet Vell (12) was taken from Vell Street"),), act="states",
        ),
    )  # fmt: skip
    article = Article(
        id="ossel-1", text=TEXT, blocks=(Block(start=0, end=len(TEXT), role="body"),), name="vell.txt", sha256="0" * 64,
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(TEXT),)), title="Vell girl found",
        url="https://ossel.example/2019/ana-lisbet-vell-found", published=date(2019, 6, 9), published_by="given",
        dateline=Dateline(place=words("NETHER OSSEL"), day=words("9 June"), end=words("Ana-Lisbet Vell").start),
    )  # fmt: skip
    entities = person("e1", "Ana-Lisbet Vell", *facts), person("e2", "Oda Brisk"), person("e3", "Karl Stroom")
    incident = Incident(id="i1", kind=kind, stage="accomplished", background=False, claims=claims)
    return Reading(article=article, entities=entities, statements=statements, incidents=(incident,))


def fact(name: Any, value: str) -> Fact:
    return Fact(name=name, value=value, evidence=words("(12)"))


@pytest.mark.parametrize(
    "reading",
    [
        told(fact("age", "12")),
        told(fact("age", "17-year-old")),
        told(fact("age", "18-month-old")),
        told(fact("birth_year", "2007")),
        told(fact("birth_year", "2001")),
        told(fact("role", "schoolgirl")),
        told(fact("description", "the youngest pupil")),
        told(kind="sexual_violence"),
        told(kind="sexual_violence", entity=None),
        told(description="a 9-year-old girl"),
        told(description="a baby of 9 months", entity=None),
        told(description="a boy"),
    ],
)
def test_minors_and_victims_of_sexual_violence_are_protected(reading: Reading) -> None:
    assert [names[0] for names in protected_names(reading)] == ["Ana-Lisbet Vell"]


@pytest.mark.parametrize(
    "reading",
    [
        told(),
        told(fact("age", "18")),
        told(fact("age", "41")),
        told(fact("birth_year", "2000")),
        told(fact("role", "teacher of children's songs")),
        told(description="a 31-year-old woman"),
        told(description="a boyish man"),
    ],
)
def test_others_are_named(reading: Reading) -> None:
    assert protected_names(reading) == []
    assert withhold(reading) == (reading, 0)


def test_witnesses_are_protected_with_or_without_an_entity() -> None:
    reading = told()
    statement = replace(reading.statements[0], speaker_kind="witness")
    assert protected_names(replace(reading, statements=(statement,))) == [("Oda Brisk",)]
    loose = replace(statement, speaker_id=None)
    assert protected_names(replace(reading, statements=(loose,))) == [("Oda Brisk",)]
    for described in ("a resident", "witnesses", None):
        nameless = replace(loose, speaker=described)
        assert protected_names(replace(reading, statements=(nameless,))) == []
    seen = person("e2", "Oda Brisk", fact("role", "witness"))
    entities = (reading.entities[0], seen, reading.entities[2])
    assert protected_names(replace(reading, entities=entities)) == [("Oda Brisk",)]


def test_a_victim_of_sexual_violence_who_speaks_is_protected() -> None:
    reading = told(kind="sexual_violence")
    statement = replace(reading.statements[0], speaker_kind="victim")
    assert ("Oda Brisk",) in protected_names(replace(reading, statements=(statement,)))


def test_nothing_of_a_name_is_left_and_every_quote_still_stands_at_its_offsets() -> None:
    hidden, people = withhold(told(fact("age", "12")))
    assert people == 1
    assert hidden.article.text == (
        f"NETHER OSSEL, 9 June -- {MARK} (12) was taken from {MARK} Street, said Oda Brisk, who saw it. "
        f"“{MARK} is safe,” said officer Karl Stroom; {MARK}'s mother thanked him. {MARK} had been gone a day."
    )
    assert hidden.article.url == f"https://ossel.example/2019/{MARK}-found"
    assert hidden.article.title == f"{MARK} girl found" and hidden.article.name == f"{MARK}.txt"
    assert hidden.entities[0].names == (MARK,) and hidden.entities[2].name == "Karl Stroom"
    assert hidden.incidents[0].claims[0].value.name == MARK  # type: ignore[union-attr]
    quote = hidden.incidents[0].claims[0].evidence[0]
    assert quote.text == f"{MARK} (12) was taken"
    assert hidden.article.dateline is not None
    assert hidden.article.text[hidden.article.dateline.end :].startswith(MARK)
    assert hidden.article.blocks[0].end == len(hidden.article.text)
    _assert_quoted(hidden)


def _assert_quoted(reading: Reading) -> None:
    text = reading.article.text
    spans = [span for incident in reading.incidents for claim in incident.claims for span in claim.evidence]
    spans += [mention.span for entity in reading.entities for mention in entity.mentions]
    spans += [fact.evidence for entity in reading.entities for fact in entity.facts]
    spans += [span for s in reading.statements for span in (s.source, s.cue, *s.content) if span]
    assert spans
    for span in spans:
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize("format", EXPORTS)
def test_no_export_of_what_is_hidden_holds_the_name(format: str) -> None:
    out = io.StringIO()
    writer(format)([withhold(told(fact("age", "12")))[0]], out)
    assert "withheld" in out.getvalue()
    for part in ("ana", "lisbet", "vell"):
        assert part not in out.getvalue().lower()


def test_a_span_within_a_name_becomes_the_mark() -> None:
    reading = told(fact("age", "12"))
    first = person(
        "e1", "Ana-Lisbet Vell", fact("age", "12"), spans=(words("Ana-Lisbet Vell"), words("Lisbet"), words("Vell ("))
    )
    hidden, _ = withhold(replace(reading, entities=(first, *reading.entities[1:])))
    assert [m.span.text for m in hidden.entities[0].mentions] == [MARK, MARK, f"{MARK} ("]


def test_a_place_of_the_gazetteer_keeps_its_name() -> None:
    place = Place(
        names=("Vell",), type="city", country=None, admin=None, latitude=None, longitude=None, gazetteer_id=None,
        precision=1, where_prec=1,
    )  # fmt: skip
    reading = told(fact("age", "12"))
    there = Claim(id="c9", slot="where", value=place, evidence=())
    incident = replace(reading.incidents[0], claims=(*reading.incidents[0].claims, there))
    assert withhold(replace(reading, incidents=(incident,)))[0].incidents[0].claims[-1].value == place


def test_somebody_who_is_only_described_has_no_name_to_hide() -> None:
    reading = told(fact("age", "12"), entity=None, name=None)
    boy = Mention(span=words("officer"), head=0, form="nominal")
    nameless = Entity(
        id="e1", kind="person", name="the boy", names=("the boy",), mentions=(boy,), facts=(fact("age", "9"),)
    )
    assert protected_names(replace(reading, entities=(nameless, *reading.entities[1:]))) == []


def test_the_invented_report_has_nobody_to_hide() -> None:
    assert withhold(invented())[1] == 0
