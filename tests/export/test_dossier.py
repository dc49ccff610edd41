"""A dossier: all that is said of one person or group over articles, with nobody's word raised or left out."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.cli.common import console
from sayso.cli.render.dossier import render_dossier
from sayso.export.dossier import dossier, name_of
from sayso.export.dossier_said import Account
from sayso.export.dossier_shapes import Dossier
from sayso.export.reconciled import plain
from sayso.export.reconciled.perpetrators import WEAKEST_FIRST
from sayso.model.article import Article, Block, OffsetMap
from sayso.model.claim import Actor, Claim, Label, Slot, Standing, Victim
from sayso.model.entity import Entity, Fact, Mention
from sayso.model.incident import Incident
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import SpeakerKind, Statement
from tests import invented

KINDS: dict[str, SpeakerKind] = {"Ministry of Order": "authority", "Court of Karvel": "authority", "Mira Salk": "other"}
HE = "Bresk Otalin"


class Report:
    """A report of one line for each thing that is told of one man; `account` has what was read from it."""

    def __init__(self, id: str, day: int | None, outlet: str = "", name: str = HE) -> None:
        self.id, self.day, self.outlet, self.name = id, day, outlet or f"The {id} Post", name
        self.lines: list[tuple[str, str, dict[str, Any]]] = []

    def line(self, by: str = "", **more: Any) -> Report:
        """Tell something on somebody's word, or (empty) the outlet's own: a standing, an effect, a fact or nothing."""
        self.lines.append((f"{by or self.outlet} on {self.name}, line {len(self.lines)}.", by, more))
        return self

    def account(self, group: str = "bombing") -> Account:
        text = "\n".join(line for line, _, _ in self.lines) or f"{self.name} is named."
        spans, start = [], 0
        for line, _, _ in self.lines:
            spans.append(Span(start=start, end=start + len(line), text=line))
            start += len(line) + 1
        speakers = list(dict.fromkeys(by for _, by, _ in self.lines if by))
        he = Entity(
            id="he", kind="person", name=self.name, names=(self.name,), mentions=self._mentions(text),
            facts=tuple(
                Fact(name=more["fact"][0], value=more["fact"][1], evidence=span)
                for span, (_, _, more) in zip(spans, self.lines, strict=True) if "fact" in more
            ),
        )  # fmt: skip
        others = [Entity(id=f"e{k}", kind="organization", name=name, names=(name,), mentions=())
                  for k, name in enumerate(speakers)]  # fmt: skip
        told = list(zip(spans, self.lines, strict=True))
        statements = [self._statement(k, span, line, speakers) for k, (span, line) in enumerate(told) if line[1]]
        claims = [claim for k, (span, line) in enumerate(told) for claim in self._claims(k, span, line)]
        incident = Incident(id="i1", kind="bombing", stage="accomplished", background=False, claims=tuple(claims))
        reading = Reading(
            article=self._article(text), entities=(he, *others), statements=tuple(statements), incidents=(incident,)
        )
        return Account(
            reading=reading, entities={"he": f"{self.id}-key"}, incidents={"i1": f"{self.id}-i1"},
            groups={f"{self.id}-i1": group},
        )  # fmt: skip

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        found, start = [], text.find(self.name)
        while start >= 0:
            span = Span(start=start, end=start + len(self.name), text=self.name)
            found.append(Mention(span=span, head=0, form="name"))
            start = text.find(self.name, start + 1)
        return tuple(found)

    def _statement(self, k: int, span: Span, line: Any, speakers: list[str]) -> Statement:
        _, by, more = line
        return Statement(
            id=f"s{k}", source=span, speaker=by, speaker_id="he" if by == self.name else f"e{speakers.index(by)}",
            speaker_kind=KINDS.get(by, "other"), cue=None, content=(span,), act=more.get("act", "states"),
            stance=more.get("stance", "asserts"), said_on=more.get("said_on"),
        )  # fmt: skip

    def _claims(self, k: int, span: Span, line: Any) -> list[Claim]:
        _, by, more = line
        value: Any = None
        if "standing" in more:
            value = Actor(name=self.name, kind="person", entity="he")
        elif "effect" in more:
            value = Victim(name=self.name, description=None, kind="civilian", effect=more["effect"], entity="he")
        if value is None:
            return []
        slot: Slot = "perpetrator" if isinstance(value, Actor) else "victim"
        common: dict[str, Any] = {"evidence": (span,), "chain": (f"s{k}",) if by else ()}
        kind = Claim(id=f"k{k}", slot="kind", value=Label(value="bombing"), **common)
        mine = Claim(
            id=f"c{k}", slot=slot, value=value, standing=more.get("standing"), stance=more.get("stance", "asserts"),
            **common,
        )  # fmt: skip
        return [kind, mine]

    def _article(self, text: str) -> Article:
        return Article(
            id=self.id, text=text, blocks=(Block(start=0, end=len(text), role="body"),), name=f"{self.id}.txt",
            offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)), sha256="0" * 64, outlet=self.outlet,
            published=date(2019, 6, self.day) if self.day else None,
        )  # fmt: skip


def of(*reports: Report, **more: Any) -> Dossier:
    found = dossier("key", [report.account() for report in reports], **more)
    assert found is not None
    return found


def denial(id: str, day: int) -> Report:
    return Report(id, day).line("Mira Salk", standing="denied", stance="denies", act="denies")


ACCUSED = Report("a", 3).line("Ministry of Order", standing="accused_by_authorities", act="accuses")
DENIED = denial("b", 5)
ACQUITTED = Report("c", 20).line("Court of Karvel", standing="acquitted")


def test_accounts_of_one_incident_stand_together_with_every_standing_by_day() -> None:
    (incident,) = of(ACQUITTED, ACCUSED, DENIED).incidents
    assert [ref.incident for ref in incident.accounts] == ["a-i1", "b-i1", "c-i1"]
    one = incident.perpetrator
    assert one is not None and one.words == "acquitted, according to Court of Karvel; denied by Mira Salk"
    told = [(given.standing, given.holder.source, given.holder.first_said) for given in one.history]
    assert told == [
        ("accused_by_authorities", "Ministry of Order", "2019-06-03"),
        ("denied", "Mira Salk", "2019-06-05"),
        ("acquitted", "Court of Karvel", "2019-06-20"),
    ]
    assert incident.independent == 3


def test_accounts_that_were_not_linked_are_incidents_of_their_own() -> None:
    found = dossier("key", [ACCUSED.account("one"), DENIED.account("two")])
    assert found is not None and {incident.key for incident in found.incidents} == {"one", "two"}


def test_what_was_said_later_is_left_out() -> None:
    early = of(ACCUSED, DENIED, ACQUITTED, day=date(2019, 6, 4))
    assert [article.article for article in early.articles] == ["a"]
    (incident,) = early.incidents
    assert incident.perpetrator is not None and incident.perpetrator.words == "alleged, by Ministry of Order"
    assert early.as_of == "2019-06-04" and early.last_said == "2019-06-03"
    assert dossier("key", [ACCUSED.account()], day=date(2019, 6, 2)) is None


def test_a_later_article_that_tells_of_an_earlier_word_is_kept_without_its_names() -> None:
    said_on = invented.day(2019, 6, 6)
    late = Report("late", 30, name="Bresk Otalline").line("Ministry of Order", standing="suspected", said_on=said_on)
    found = of(ACCUSED, late, day=date(2019, 6, 7))
    assert [article.article for article in found.articles] == ["a", "late"]
    assert [use.name for use in found.names] == [HE]


def test_sources_are_counted_and_not_articles() -> None:
    reports = [Report(f"r{k}", k + 1).line("Ministry of Order", fact=("age", "31")) for k in range(5)]
    copied = Report("copy", 9).line(fact=("age", "31"))
    found = of(*reports, Report("origin", 8).line(fact=("age", "31")), copied, copies={"copy": "origin"})
    (age,) = found.facts
    assert (age.independent, len(age.articles), len(found.articles)) == (2, 7, 7)
    assert (age.first_said, age.last_said) == ("2019-06-01", "2019-06-08"), "a copy says nothing anew"
    assert [article.copy_of for article in found.articles][-1] == "origin"


def test_one_who_only_tells_of_the_incident_is_no_source_of_what_is_said_of_the_man() -> None:
    account = ACCUSED.account()
    (incident,) = account.reading.incidents
    own = [replace(claim, chain=()) if claim.slot == "kind" else claim for claim in incident.claims]
    reading = replace(account.reading, incidents=(replace(incident, claims=tuple(own)),))
    found = dossier("key", [replace(account, reading=reading)])
    assert found is not None and found.independent == 1 and len(found.sources) == 2


def test_what_somebody_denies_of_him_is_denied_and_an_age_in_a_denial_only_tells_who_is_meant() -> None:
    report = Report("a", 3).line("Mira Salk", fact=("member_of", "Ashen Lantern"), stance="denies", act="denies")
    report.line("Mira Salk", fact=("age", "31"), stance="denies", act="denies")
    facts = {fact.name: fact for fact in of(report).facts}
    assert (facts["member_of"].independent, facts["member_of"].held_by[0].stance) == (0, "denies")
    assert (facts["age"].independent, facts["age"].held_by[0].stance) == (1, "asserts")


def test_own_words_and_words_of_others_newest_first_and_the_same_words_once() -> None:
    report = Report("a", 3).line(HE, act="denies", stance="denies").line("Mira Salk")
    twin = replace(report.account().reading.article, id="b", published=date(2019, 6, 4))
    twice = replace(report.account(), reading=replace(report.account().reading, article=twin), entities={"he": "b-key"})
    found = dossier("key", [report.account(), twice, Report("z", 9).line("Mira Salk").account()], copies={"b": "a"})
    assert found is not None
    assert [(one.act, [told.article for told in one.told]) for one in found.statements_by] == [("denies", ["a", "b"])]
    assert [one.day for one in found.statements_about] == ["2019-06-09", "2019-06-03"]


def test_a_victim_stands_with_what_was_done_and_on_whose_word() -> None:
    (incident,) = of(Report("a", 3).line("Ministry of Order", effect="killed")).incidents
    (held,) = incident.slots["victim"].values
    assert (held.words, held.held_by[0].source, incident.perpetrator) == (HE, "Ministry of Order", None)


def test_the_name_shown_is_of_several_words_and_the_one_used_most() -> None:
    assert name_of(["Otalin", "Otalin", "Bresk Otalin", "Bresk Otalline", "Bresk Otalin"]) == HE
    assert name_of(["Danger"]) == "Danger"


STANDINGS: list[Standing] = list(WEAKEST_FIRST)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 28), st.sampled_from(["", *KINDS, HE]), st.sampled_from(STANDINGS)), min_size=1,
             max_size=6),
    st.randoms(use_true_random=False),
    st.one_of(st.none(), st.integers(1, 28)),
)  # fmt: skip
def test_no_standing_is_raised_or_lost_whatever_the_order(
    given_: list[tuple[int, str, Standing]], order: random.Random, by: int | None
) -> None:
    reports = [
        Report(f"r{k}", day).line(who, standing=how, stance="denies" if how == "denied" else "asserts")
        for k, (day, who, how) in enumerate(given_)
    ]
    until = date(2019, 6, by) if by else None
    found = dossier("key", [report.account() for report in reports], day=until)
    shuffled = order.sample(reports, len(reports))
    again = dossier("key", [report.account() for report in shuffled], day=until)
    known = [how for day, _, how in given_ if by is None or day <= by]
    if found is None or again is None:
        assert found is again and not known
        return
    assert json.dumps(plain(found)) == json.dumps(plain(again))
    (incident,) = found.incidents
    assert incident.perpetrator is not None
    assert {one.standing for one in incident.perpetrator.history} == set(known)
    told_of = {"accused", "accused_by_authorities"} if "confessed" in known else set()
    assert incident.perpetrator.standing in {*known, *told_of}
    if not {"convicted", "acquitted"} & set(known):
        words = incident.perpetrator.words
        assert words.startswith(("alleged, by ", "by its own claim", "denied by "))
    days = [one.day for one in found.statements_about if one.day]
    assert all(one >= other for one, other in pairwise(days))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_what_is_printed_keeps_to_the_width_and_is_bounded(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"Bresk Otalin{chr(97 + k % 26)}{chr(97 + k // 26)}" for k in range(200)]
    reports = [
        Report(f"r{k}", k % 28 + 1, name=name).line(f"Speaker Numero{chr(97 + k % 26)}", fact=("role", f"role {k}"))
        .line("Mira Salk", standing="suspected").line(name, act="denies", stance="denies")
        for k, name in enumerate(names)
    ]  # fmt: skip
    out = console()
    out.width = width
    render_dossier(of(*reports), out)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) < 200 and max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
