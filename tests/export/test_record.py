"""The machine record: its shape, its evidence, and how claims are folded into what it shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.record import json_schema, parse_record, record, record_of
from sayso.model.article import Article, Block, OffsetMap
from sayso.model.claim import Actor, Claim, Quantity
from sayso.model.incident import Incident
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Statement
from tests.invented import JUNE_6, JUNE_8, day, reading, span


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    return record(reading())


def spans_in(node: Any) -> Iterator[dict[str, Any]]:
    """Yield everything in a record that has offsets and words."""
    if isinstance(node, dict):
        if {"start", "end", "text"} <= node.keys():
            yield node
        for child in node.values():
            yield from spans_in(child)
    elif isinstance(node, list):
        for child in node:
            yield from spans_in(child)


def test_output_fits_its_own_schema(written: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.validate(written, json_schema())


def test_schema_refuses_a_key_it_does_not_know(written: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**written, "extra": 1}, json_schema())


def test_every_field_of_the_schema_says_what_it_is() -> None:
    for name, shape in json_schema()["$defs"].items():
        assert shape["description"], name
        for key, field in shape["properties"].items():
            assert field.get("description"), f"{name}.{key}"


def test_every_quote_stands_at_its_offsets(written: dict[str, Any]) -> None:
    text = written["article"]["text"]
    found = list(spans_in(written))
    assert len(found) > 50
    for words in found:
        assert text[words["start"] : words["end"]] == words["text"]


def test_offsets_count_code_points_past_the_basic_plane(written: dict[str, Any]) -> None:
    text = written["article"]["text"]
    assert len("🕯") == 1
    assert text.index("🕯") < written["incidents"][0]["evidence"]["kind"][0]["start"]


def test_evidence_in_a_caption_is_marked(written: dict[str, Any]) -> None:
    assert written["incidents"][1]["evidence"]["kind"][0]["part"] == "caption"
    assert written["incidents"][0]["evidence"]["kind"][0]["part"] == "body"


def test_same_reading_gives_the_same_bytes() -> None:
    first, second = json.dumps(record(reading())), json.dumps(record(reading()))
    assert first == second
    assert list(json.loads(first)) == ["version", "article", "entities", "statements", "incidents"]


def test_a_record_can_be_read_back(written: dict[str, Any]) -> None:
    assert parse_record(json.loads(json.dumps(written))) == record_of(reading())


def test_the_most_precise_time_and_place_are_shown_and_the_others_stay_in_the_ledger(written: dict[str, Any]) -> None:
    bombing = written["incidents"][0]
    assert bombing["when"] == bombing["earliest"] == "2019-06-06"
    assert bombing["where"]["names"][0] == "Karvel"
    assert bombing["where"]["coordinates"] == [41.5, 22.25]
    assert bombing["where"]["country_name"] == "Ostmark"
    assert [c["value"]["edtf"] for c in bombing["claims"] if c["slot"] == "when"] == ["2019-06", "2019-06-06"]
    assert [c["value"]["names"][0] for c in bombing["claims"] if c["slot"] == "where"] == ["Ostmark", "Karvel"]


def test_counts_span_a_range_and_each_keeps_its_source(written: dict[str, Any]) -> None:
    killed = written["incidents"][0]["killed"]
    assert (killed["low"], killed["high"]) == (2, 3)
    assert [(c["low"], c["according_to"]) for c in killed["counts"]] == [
        (2, "The Karvel Ledger"),
        (2, "The tram company"),
        (3, "Ilva Dorn, for the Ministry of Order"),
    ]
    assert written["incidents"][0]["wounded"]["high"] is None
    assert written["incidents"][1]["killed"] is None


def test_what_was_claimed_and_then_accused_both_stand_in_order(written: dict[str, Any]) -> None:
    lantern = written["incidents"][0]["perpetrators"][0]
    assert lantern["standing"] == "accused_by_authorities"
    assert [(h["standing"], h["by_itself"]) for h in lantern["history"]] == [
        ("claimed", True),
        ("accused_by_authorities", False),
    ]


def test_a_confession_told_by_a_spokeswoman_is_a_statement_about_a_statement(written: dict[str, Any]) -> None:
    otalin = written["incidents"][0]["perpetrators"][1]
    assert otalin["standing"] == "accused_by_authorities"
    assert otalin["disputed"]
    confession = next(h for h in otalin["history"] if h["standing"] == "confessed")
    assert confession["chain"] == ["s3", "s4"]
    assert confession["according_to"] == "Bresk Otalin, according to Ilva Dorn, for the Ministry of Order"


WORDS = span("a parcel bomb went off")
SUSPECT = Actor(name="Bresk Otalin", kind="person", entity="e4")


def folded(*claims: Claim, statements: tuple[Statement, ...] = (), published: date | None = None) -> dict[str, Any]:
    """Return the one perpetrator that the claims give."""
    given = reading()
    given = replace(
        given,
        article=replace(given.article, published=published or given.article.published),
        statements=statements or given.statements,
        incidents=(Incident(id="i1", kind="bombing", stage="accomplished", background=False, claims=claims),),
    )
    (only,) = record(given)["incidents"][0]["perpetrators"]
    return dict(only)


def accusing(id: str, *chain: str, standing: Any, words: Span = WORDS) -> Claim:
    return Claim(id=id, slot="perpetrator", value=SUSPECT, evidence=(words,), chain=chain, standing=standing)


def test_a_confession_told_by_another_is_never_shown_as_a_confession_even_alone() -> None:
    assert folded(accusing("c1", "s3", "s4", standing="confessed"))["standing"] == "accused_by_authorities"


def test_a_confession_made_to_the_outlet_is_one() -> None:
    own = Statement(id="x", source=None, speaker="Bresk Otalin", speaker_id="e4", speaker_kind="accused", cue=None,
                    content=(WORDS,), act="confesses", said_on=JUNE_8)  # fmt: skip
    assert folded(accusing("c1", "x", standing="confessed"), statements=(own,))["standing"] == "confessed"


def said(id: str, when: Any, kind: Any = "authority") -> Statement:
    return Statement(id=id, source=None, speaker=f"Speaker {id}", speaker_id=None, speaker_kind=kind, cue=None,
                     content=(WORDS,), act="accuses", said_on=when)  # fmt: skip


def test_the_standing_last_said_is_shown_whatever_the_order_in_the_text() -> None:
    statements = (said("a", day(2019, 6, 9)), said("b", JUNE_6))
    claims = (accusing("c1", "a", standing="charged"), accusing("c2", "b", standing="suspected"))
    assert folded(*claims, statements=statements)["standing"] == "charged"
    assert folded(*reversed(claims), statements=statements)["standing"] == "charged"


def test_where_no_day_is_told_the_report_leads_with_its_news() -> None:
    statements = (said("a", None), said("b", None, "armed_group"))
    accused = accusing("c1", "a", standing="accused_by_authorities", words=span("Ministry Blames"))
    claims = (accusing("c2", "b", standing="claimed"), accused)
    assert folded(*claims, statements=statements)["standing"] == "accused_by_authorities"


def test_a_denial_by_another_disputes_and_a_denial_by_the_same_kind_of_source_withdraws() -> None:
    claims = (accusing("c1", "a", standing="accused_by_authorities"), accusing("c2", "b", standing="denied"))
    lawyer = folded(*claims, statements=(said("a", JUNE_6), said("b", JUNE_8, "other")))
    assert (lawyer["standing"], lawyer["disputed"]) == ("accused_by_authorities", True)
    police = folded(*claims, statements=(said("a", JUNE_6), said("b", JUNE_8)))
    assert (police["standing"], police["disputed"]) == ("denied", True)


def test_the_same_standing_on_the_same_word_is_one_item_of_history() -> None:
    claims = (accusing("c1", "a", standing="suspected"), accusing("c2", "a", standing="suspected"))
    (item,) = folded(*claims, statements=(said("a", JUNE_6),))["history"]
    assert item["claims"] == ["c1", "c2"]


def test_a_claim_without_an_entity_joins_the_perpetrator_of_that_name() -> None:
    unnamed = Claim(id="c1", slot="perpetrator", value=Actor(name="bresk otalin", kind="person"), evidence=(WORDS,),
                    standing="reported_as_fact")  # fmt: skip
    one = folded(unnamed, accusing("c2", "s3", standing="accused_by_authorities"))
    assert (one["name"], one["entity"], len(one["history"])) == ("Bresk Otalin", "e4", 2)


STANDINGS = ["reported_as_fact", "claimed", "suspected", "accused", "accused_by_authorities", "possible", "denied",
             "charged", "convicted", "acquitted"]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(STANDINGS), st.sampled_from(["", "a", "b", "c"])), min_size=1, max_size=6))
def test_the_standing_shown_is_always_one_that_somebody_gives(given: list[tuple[str, str]]) -> None:
    statements = (said("a", JUNE_6), said("b", None, "witness"), said("c", JUNE_8, "armed_group"))
    claims = [accusing(f"c{k}", *([who] if who else []), standing=how) for k, (how, who) in enumerate(given)]
    shown = folded(*claims, statements=statements)
    assert shown["standing"] in {how for how, _ in given}
    assert sorted(c for h in shown["history"] for c in h["claims"]) == sorted(c.id for c in claims)


def test_denied_counts_widen_no_range() -> None:
    claims = tuple(
        Claim(id=id, slot="killed", value=Quantity(low=n, high=n), evidence=(WORDS,), stance=stance)  # type: ignore[arg-type]
        for id, n, stance in (("c1", 4, "asserts"), ("c2", 40, "denies"))
    )
    incident = Incident(id="i", kind="bombing", stage="accomplished", background=False, claims=claims)
    killed = record(replace(reading(), incidents=(incident,)))["incidents"][0]["killed"]
    assert (killed["low"], killed["high"], len(killed["counts"])) == (4, 4, 2)


@given(st.text(min_size=1, max_size=40), st.data())
def test_offsets_hold_for_any_text(text: str, data: Any) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    article = Article(
        id="x", text=text, blocks=(Block(start=0, end=len(text), role="body"),), name="x", sha256="",
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
    )  # fmt: skip
    words = Span(start=start, end=end, text=text[start:end])
    heard = Statement(id="s", source=words, speaker=None, speaker_id=None, speaker_kind="other", cue=None,
                      content=(words,), act="states", within="s")  # fmt: skip
    for found in spans_in(record(Reading(article=article, statements=(heard,)))):
        if "role" not in found and "name" not in found:
            assert text[found["start"] : found["end"]] == found["text"]
