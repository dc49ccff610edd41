"""The reconciled record: what several reports of one incident say, with nobody's word averaged with another's."""

from __future__ import annotations

import json
import random
import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import jsonschema
import pytest

from sayso.errors import InputError
from sayso.export.origins import Origin, independent
from sayso.export.reconciled import POLICIES, ReconciledRecord, Report, json_schema, plain, reconcile
from sayso.export.reconciled.same import same_origins
from sayso.model.article import Article, Block, OffsetMap
from sayso.model.claim import Actor, Claim, Label, Quantity, Slot, Victim
from sayso.model.entity import Entity
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import SpeakerKind, Statement
from sayso.model.when import When
from tests import invented

Told = tuple[Slot, Any, str, dict[str, Any]]
KINDS: dict[str, SpeakerKind] = {
    "Ministry of Order": "authority", "Ostmark Army": "authority", "Lesna Hospital": "medical",
    "Ashen Lantern": "armed_group", "River League": "armed_group", "Court of Karvel": "authority",
}  # fmt: skip


def said(slot: Slot, value: Any, by: str = "", **more: Any) -> Told:
    """Return what a report has: a value, by somebody it quotes or (empty) by itself."""
    return slot, value, by, more


def report(id: str, outlet: str, published: date | None, *told: Told) -> Report:
    """Return a reading of an invented report, each claim on a line of its own."""
    lines = [f"{by or outlet}: {slot} {k}" for k, (slot, _, by, _) in enumerate(told)]
    text = "\n\n".join(lines) or "nothing"
    names = list(dict.fromkeys(name for _, value, by, _ in told for name in (by, getattr(value, "name", "")) if name))
    entities = tuple(
        Entity(id=f"e{k}", kind="organization", name=name, names=(name,), mentions=()) for k, name in enumerate(names)
    )
    statements, claims, start = [], [], 0
    for k, ((slot, value, by, more), line) in enumerate(zip(told, lines, strict=True)):
        span = Span(start=start, end=start + len(line), text=line)
        start += len(line) + 2
        said_on = more.pop("said_on", None)
        if by:
            statements.append(
                Statement(
                    id=f"s{k}", source=span, speaker=by, speaker_id=f"e{names.index(by)}", cue=None, content=(span,),
                    speaker_kind=KINDS.get(by, "other"), act="states", said_on=said_on,
                    stance=more.get("stance", "asserts"),
                )
            )  # fmt: skip
        if isinstance(value, Actor) and value.kind == "organization":
            value = replace(value, entity=f"e{names.index(value.name)}")
        chain = (f"s{k}",) if by else ()
        claims.append(Claim(id=f"i1.c{k}", slot=slot, value=value, evidence=(span,), chain=chain, **more))
    article = Article(
        id=id, text=text, blocks=(Block(start=0, end=len(text), role="body"),), name=f"{id}.txt", sha256="0" * 64,
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)), outlet=outlet, published=published,
    )  # fmt: skip
    kinds = [value.value for slot, value, _, _ in told if slot == "kind"]
    incident = Incident(
        id="i1", kind=kinds[0] if kinds else "bombing", stage="accomplished", background=False, claims=tuple(claims)
    )
    return Reading(article=article, entities=entities, statements=tuple(statements), incidents=(incident,)), incident


def may(day: int) -> date:
    return date(2019, 5, day)


def on(first: int, last: int | None = None) -> When:
    """Return a day of May, or the days from the first to the last."""
    edtf = may(first).isoformat() + (f"/{may(last).isoformat()}" if last else "")
    return When(edtf=edtf, earliest=may(first), latest=may(last or first), basis="relative")


def many(low: int, high: int | None = None, **more: Any) -> Quantity:
    return Quantity(low=low, high=high or low, **more)


def place(*names: str, id: str | None = None, at: tuple[float, float] | None = None, **more: Any) -> Place:
    lat, lon = at or (None, None)
    known: dict[str, Any] = {"type": "city", "country": None, "admin": None, "precision": 1, "where_prec": 1}
    return Place(names=names, gazetteer_id=id, latitude=lat, longitude=lon, **{**known, **more})


def group(name: str) -> Actor:
    return Actor(name=name, kind="organization")


def of(*reports: Report) -> ReconciledRecord:
    return reconcile(reports)


def words(record: ReconciledRecord, slot: Slot) -> list[tuple[str, int]]:
    """Return the values of a slot in words, each with its independent sources."""
    return [(value.words, value.independent) for value in record.slots[slot].values]


def sides(record: ReconciledRecord, slot: Slot) -> list[dict[str, list[str]]]:
    """Return each disagreement in a slot: the sides in words, with who holds them."""
    return [{side.words: side.sources for side in one.sides} for one in record.disagreements if one.slot == slot]


def shown(record: ReconciledRecord, slot: Slot) -> str | None:
    value = record.slots[slot].shown
    return value.words if value else None


TOLLS = (
    report("a", "Lesna Post", may(1), said("killed", many(2), "Ministry of Order")),
    report("b", "Karvel Ledger", may(3), said("killed", many(5), "Ministry of Order")),
    report("c", "Nether Times", may(3), said("killed", many(3), "Lesna Hospital", said_on=on(2))),
    report("d", "Varda Voice", may(4), said("killed", many(4, 6))),
)  # fmt: skip


@pytest.mark.parametrize("policy", POLICIES)
def test_the_record_is_of_its_schema_and_the_same_whatever_the_order(policy: str) -> None:
    first = invented.reading()
    article = replace(invented.ARTICLE, id="karvel-2", outlet="Nether Post", agency=None, published=date(2019, 6, 10))
    pairs = [(reading, reading.incidents[0]) for reading in (first, replace(first, article=article))]
    texts = {json.dumps(plain(reconcile(order, policy))) for order in permutations([*pairs, *TOLLS[:2]])}
    assert len(texts) == 1
    jsonschema.validate(json.loads(texts.pop()), json_schema())


def test_every_field_of_the_schema_is_described() -> None:
    for name, shape in json_schema()["$defs"].items():
        assert all("description" in field for field in shape["properties"].values()), name


def test_an_unknown_policy_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="latest authority"):
        reconcile(TOLLS, "mean")


def test_evidence_says_where_the_words_stand() -> None:
    texts = {reading.article.id: reading.article.text for reading, _ in TOLLS}
    for value in reconcile(TOLLS).slots["killed"].values:
        for holder in value.held_by:
            for found in holder.evidence:
                assert texts[found.article][found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("policy", "value"),
    [("latest authority", "5"), ("most independent", "4-6"), ("lowest", "2"), ("highest", "4-6")],
)
def test_a_policy_picks_one_count_and_says_why_beside_the_range_of_all(policy: str, value: str) -> None:
    killed = reconcile(TOLLS, policy).slots["killed"]
    assert killed.shown and (killed.shown.words, killed.shown.policy) == (value, policy)
    assert killed.shown.why
    assert (killed.lowest, killed.highest) == (2, 6)


def test_a_toll_raised_by_its_own_source_differs_from_the_hospital_s_and_not_from_itself() -> None:
    record = reconcile(TOLLS)
    assert sides(record, "killed") == [
        {"5": ["Ministry of Order"], "4-6": ["Varda Voice"], "3": ["Lesna Hospital"]}
    ] or sides(record, "killed") == [{"4-6": ["Varda Voice"], "5": ["Ministry of Order"], "3": ["Lesna Hospital"]}]
    told = [(toll.day, toll.low, toll.source, toll.change) for toll in record.tolls]
    assert ("2019-05-01", 2, "Ministry of Order", "first") in told
    assert ("2019-05-03", 5, "Ministry of Order", "raised") in told


def test_counts_that_overlap_are_compatible_and_stay_apart() -> None:
    by_words = {value.words: value for value in reconcile(TOLLS).slots["killed"].values}
    assert by_words["5"].compatible_with == [by_words["4-6"].id]
    about = of(
        report("a", "A", may(1), said("killed", many(100, approximate=True))),
        report("b", "B", may(1), said("killed", many(104))),
    )
    assert not about.disagreements


def test_copies_of_one_agency_and_outlets_that_quote_one_spokesman_are_one_source_each() -> None:
    outlets = [report(f"r{k}", f"Outlet {k}", may(2 + k), said("killed", many(4)),
                      said("wounded", many(9), "Ministry of Order")) for k in range(5)]  # fmt: skip
    record = reconcile(outlets, copies={f"r{k}": f"r{k - 1}" for k in range(1, 5)})
    assert words(record, "killed") == [("4", 1)]
    assert words(record, "wounded") == [("9", 1)]
    assert record.slots["killed"].values[0].last_said == "2019-05-02", "a copy says nothing anew"
    assert [one.copy_of for one in record.reports] == [None, "r0", "r0", "r0", "r0"]
    assert words(reconcile(outlets), "killed") == [("4", 5)]
    assert words(reconcile(outlets, copies={f"r{k}": "elsewhere" for k in range(5)}), "killed") == [("4", 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Irena Maro", "Maro"), ("Ms. Maro", "Dr Irena Maro"), ("the Interior Ministry", "Interior Ministry of Ostmark"),
     ("Uplands Wire", "uplands wire"), ("Irena Maro", "Pavel Maro"), ("Uplands News", "Uplands News Agency")],
)  # fmt: skip
def test_two_sources_are_one_where_the_count_of_independent_sources_has_them_as_one(one: str, other: str) -> None:
    origins = Origin(one, "other"), Origin(other, "media")
    assert len(set(same_origins(dict.fromkeys(origins, ())).values())) == len(independent(origins))


def test_a_short_name_that_fits_two_bodies_is_laid_to_neither() -> None:
    record = of(
        report("a", "A", may(1), said("killed", many(1), "Ministry of Order")),
        report("b", "B", may(1), said("killed", many(2), "Ministry of Health")),
        report("c", "C", may(1), said("killed", many(3), "Ministry")),
    )
    assert {value.words: value.held_by[0].source for value in record.slots["killed"].values} == {
        "1": "Ministry of Order", "2": "Ministry of Health", "3": "Ministry",
    }  # fmt: skip


def test_speakers_resolved_over_articles_are_one_source_under_their_fullest_name() -> None:
    told = [
        report(f"r{k}", f"Outlet {k}", may(1), said("killed", many(3), by))
        for k, by in enumerate(("Dr Qasim Ali", "Q. Aly"))
    ]
    assert words(of(*told), "killed") == [("3", 2)]
    record = reconcile(told, names=lambda article, entity: "c17" if entity == "e0" else None)
    assert words(record, "killed") == [("3", 1)]
    assert [(party.name, party.names) for party in record.sources] == [("Dr Qasim Ali", ["Dr Qasim Ali", "Q. Aly"])]


def test_a_day_told_less_precisely_supports_the_day_within_it() -> None:
    record = of(report("a", "A", may(8), said("when", on(7))), report("b", "B", may(14), said("when", on(6, 12))))
    assert words(record, "when") == [("2019-05-07", 2)]
    assert [holder.said_as for holder in record.slots["when"].values[0].held_by] == [None, "2019-05-06/2019-05-12"]
    assert not record.disagreements


def test_a_week_that_holds_two_days_supports_neither_and_the_days_differ() -> None:
    record = of(
        report("a", "A", may(8), said("when", on(7))),
        report("b", "B", may(9), said("when", on(8))),
        report("c", "C", may(14), said("when", on(6, 12))),
    )
    assert sorted(words(record, "when")) == [("2019-05-06/2019-05-12", 1), ("2019-05-07", 1), ("2019-05-08", 1)]
    assert sides(record, "when") == [{"2019-05-08": ["B"], "2019-05-07": ["A"]}]
    assert (record.slots["when"].earliest, record.slots["when"].latest) == ("2019-05-06", "2019-05-12")


def test_a_day_of_an_unknown_year_is_the_day_that_it_fits() -> None:
    yearless = When(edtf="XXXX-05-07", earliest=None, latest=None, basis="explicit")
    record = of(report("a", "A", may(8), said("when", on(7))), report("b", "B", None, said("when", yearless)))
    assert words(record, "when") == [("2019-05-07", 2)]
    other = replace(yearless, edtf="XXXX-06-07")
    assert reconcile(
        [report("a", "A", may(8), said("when", on(7))), report("b", "B", None, said("when", other))]
    ).disagreements


DISTRICT = place(
    "Uplands District", "Ostmark", id="x:up", at=(41.5, 22.2), type="region", country="XO", where_prec=3, precision=2
)
VILLAGE = place("Tel Marwan")


def test_a_village_that_no_gazetteer_knows_neither_joins_its_district_nor_contradicts_it() -> None:
    record = of(
        report("a", "A", may(1), said("where", VILLAGE)),
        report("b", "B", may(1), said("where", DISTRICT)),
        report("c", "C", may(1)),
    )
    assert not record.disagreements
    assert {value.words: len(value.compatible_with) for value in record.slots["where"].values} == {
        "Tel Marwan": 1, "Uplands District, Ostmark": 1,
    }  # fmt: skip


def test_a_place_within_another_is_folded_into_the_finer_and_spellings_of_an_unlisted_one_are_one() -> None:
    within = place("Tall Marwan", "Uplands District", "Ostmark", country="XO")
    record = of(
        report("a", "A", may(1), said("where", VILLAGE)),
        report("b", "B", may(1), said("where", DISTRICT)),
        report("c", "C", may(1), said("where", within)),
    )
    assert [number for _, number in words(record, "where")] == [3]
    assert shown(record, "where") == "Tall Marwan, Uplands District, Ostmark"


def test_towns_far_apart_and_other_countries_exclude_each_other() -> None:
    karvel, lesna = (
        place("Karvel", id="x:1", at=(41.5, 22.2), country="XO"),
        place("Lesna", id="x:2", at=(43.5, 22.2), country="XO"),
    )
    abroad = place("Ossk", country="XK")
    record = reconcile(
        [report(id, id, may(1), said("where", where)) for id, where in zip("abc", (karvel, lesna, abroad), strict=True)]
    )
    (found,) = [one for one in record.disagreements if one.slot == "where"]
    assert len(found.sides) == 3
    assert "222 km apart" in found.why and "in different countries" in found.why


def test_stages_exclude_each_other_and_kindred_kinds_do_not() -> None:
    told = [("bombing", "accomplished"), ("armed_attack", "attempted"), ("kidnapping", "attempted")]
    record = of(
        *(
            report(f"r{k}", f"Outlet {k}", may(1), said("kind", Label(value=kind)), said("stage", Label(value=stage)))
            for k, (kind, stage) in enumerate(told)
        )
    )
    assert sides(record, "stage") == [{"attempted": ["Outlet 1", "Outlet 2"], "accomplished": ["Outlet 0"]}]
    assert [set(found) for found in sides(record, "kind")] == [{"bombing", "kidnapping"}]


def test_reports_that_give_one_source_s_word_of_one_day_otherwise_differ() -> None:
    record = of(
        report("a", "A", may(2), said("killed", many(3), "Lesna Hospital", said_on=on(1))),
        report("b", "B", may(2), said("killed", many(5), "Lesna Hospital", said_on=on(1))),
    )
    assert sides(record, "killed") == [{"3": ["Lesna Hospital"], "5": ["Lesna Hospital"]}]


def test_a_value_that_another_denies_stays_with_the_denial() -> None:
    record = of(
        report("a", "A", may(1), said("killed", many(3), "Lesna Hospital")),
        report("b", "B", may(2), said("killed", many(3), "Ostmark Army", stance="denies")),
    )
    (value,) = record.slots["killed"].values
    assert (value.stance, value.independent) == ("denies", 1)
    assert sides(record, "killed") == [{"3": ["Lesna Hospital"], "not 3": ["Ostmark Army"]}]
    only = of(report("b", "B", may(2), said("killed", many(3), "Ostmark Army", stance="denies")))
    assert only.slots["killed"].shown is None and not only.disagreements


def test_victims_are_folded_by_name_and_by_what_became_of_them_where_it_is_told() -> None:
    karr = Victim(name="Josip Karr", description=None, kind="civilian")
    record = of(
        report("a", "A", may(1), said("victim", replace(karr, effect="killed"))),
        report("b", "B", may(2), said("victim", replace(karr, name="josip  KARR"))),
    )
    assert words(record, "victim") == [("Josip Karr", 2)]


def test_people_whose_names_are_withheld_are_not_taken_for_one() -> None:
    hidden = Victim(name="[withheld]", description=None, kind="civilian", effect="killed", entity="e9")
    record = of(report("a", "A", may(1), said("victim", hidden)), report("b", "B", may(2), said("victim", hidden)))
    assert words(record, "victim") == [("[withheld]", 1), ("[withheld]", 1)]


def test_two_hundred_reports_take_bounded_time() -> None:
    rng = random.Random(7)
    reports = [
        report(f"r{k}", f"{rng.choice('ABCDEFGH')}{k} Daily", may(1) + timedelta(days=rng.randrange(20)),
               said("killed", many(rng.randrange(1, 40))), said("killed", many(rng.randrange(1, 40)), f"Speaker N{k}"),
               said("when", on(rng.randrange(1, 4))), said("perpetrator", group(f"Group {k % 9}"), standing="accused"),
               said("victim", Victim(name=None, description=f"{k} people", kind="civilian")))
        for k in range(200)
    ]  # fmt: skip
    start = time.perf_counter()
    record = reconcile(reports)
    assert time.perf_counter() - start < 10
    assert len(record.reports) == 200
