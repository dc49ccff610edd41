"""The page of one incident: every value with its say-so, nobody accused bare, and what people decide is kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.desk import accounts, judging
from sayso.desk.desk import Desk
from sayso.desk.overview import refresh
from sayso.errors import InputError
from sayso.link.judge import judge
from sayso.model.claim import Actor, Claim, Quantity
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Statement
from sayso.store.changes import ChangeFilter, changes
from sayso.store.links import Links
from sayso.web.app import make_app
from sayso.web.settings import Settings
from tests.link.made import ambush, blast, key, linked, raid
from tests.web.conftest import token

OLD = "<script>alert(1)</script>"


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def accusing(id: str, killed: int, **more: Any) -> Reading:
    """A report of the blast in which the police accuse a group, which denies it, and which has its own toll."""
    made = blast(id, **more)
    text = f"{made.article.text} Police blamed the Glass Hand. The Glass Hand denied it. Some {killed} died."
    own = made.incidents[0]
    said = [
        Statement(
            id="s1", source=span(text, "Police"), speaker="Police", speaker_id=None, speaker_kind="authority",
            cue=span(text, "blamed"), content=(span(text, "the Glass Hand"),), act="accuses",
        ),
        Statement(
            id="s2", source=span(text, "The Glass Hand"), speaker="Glass Hand", speaker_id=None, stance="denies",
            speaker_kind="armed_group", cue=span(text, "denied"), content=(span(text, "denied it"),), act="denies",
        ),
    ]  # fmt: skip
    hand = Actor(name="Glass Hand", kind="organization")
    words, died = (span(text, "blamed the Glass Hand"),), (span(text, f"Some {killed} died"),)
    more_claims = (
        Claim(id="c91", slot="killed", value=Quantity(low=killed, high=killed), evidence=died),
        Claim(
            id="c92", slot="perpetrator", value=hand, evidence=words, chain=("s1",), standing="accused_by_authorities"
        ),
        Claim(
            id="c93", slot="perpetrator", value=hand, evidence=(span(text, "denied it"),), chain=("s2",),
            standing="denied", stance="denies",
        ),
    )  # fmt: skip
    claims = (*(c for c in own.claims if c.slot != "killed"), *more_claims)
    article = replace(made.article, text=text, blocks=(replace(made.article.blocks[0], end=len(text)),))
    return replace(made, article=article, statements=tuple(said), incidents=(replace(own, claims=claims),))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("incident")
    reports = [
        blast("harbour-1", outlet="The Harbour Post", title=f"Blast {OLD}"),
        accusing("tide-2", 3, outlet="The Tide", title="Blast in the depot", published=date(2019, 6, 10)),
        accusing("a/3?x", 4, outlet="The Bell", title="Blast at Quay Street", published=date(2019, 6, 11)),
        ambush("r-4"),
        raid("abbey-5"),
    ]
    with linked(folder, reports) as store:
        refresh(store)
    return folder / "a.db"


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(str(shutil.copy(made, tmp_path / "sayso.db")))
    yield opened
    opened.close()


def keys(desk: Desk) -> dict[str, str]:
    with desk.reading() as store:
        return {id: key(store, id) for id in ("harbour-1", "tide-2", "a/3?x", "r-4", "abbey-5")}


def head(desk: Desk) -> str:
    """The key of the blast that three reports tell of."""
    found = keys(desk)
    with desk.reading() as store, store.reading() as connection:
        own = Links(connection, "incident").clusters_of(found.values())
    assert len({own[found[id]] for id in ("harbour-1", "tide-2", "a/3?x")}) == 1
    return own[found["tide-2"]]


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', html)
    assert found, name
    return unescape(found[1])


def form(client: TestClient, path: str, **more: Any) -> dict[str, Any]:
    """The fields that a form needs beside what somebody types."""
    html = client.get(path).text
    return {"csrf": field(html, "csrf"), "seen": field(html, "seen")} | more


def test_every_value_has_its_say_so_and_a_click_to_the_words(client: TestClient, desk: Desk) -> None:
    html = client.get(f"/incident/{head(desk)}").text
    values = re.findall(r'<div class="value.*?</ul>', html, re.S)
    assert len(values) >= 5
    for value in values:
        assert "according to" in value or "denied by" in value
        assert re.search(r'href="/article/[^"]+\?at=\d+-\d+#at"', value)
    assert "3 reports" in html and "sources differ" in html
    assert "/article/a%2F3%3Fx" in html or "/article/a/3%3Fx" in html
    assert OLD not in html and "Nothing is averaged" in html


def test_nobody_accused_is_bare(client: TestClient, desk: Desk) -> None:
    html = client.get(f"/incident/{head(desk)}").text
    lanes = re.findall(r'<article class="suspect.*?</article>', html, re.S)
    assert len(lanes) == 1
    assert "alleged, by Police" in lanes[0] and "denied by Glass Hand" in lanes[0]
    assert lanes[0].index("Glass Hand") < lanes[0].index("alleged, by Police") < lanes[0].index("<svg")
    assert re.search(r'<a href="/article/[^"]+" aria-label="accused by authorities, Police', lanes[0])
    for mention in re.finditer(r"<strong>Glass Hand</strong></a><br>(.{0,60})", html, re.S):
        assert "standing" in mention[1]


def test_a_key_of_an_account_leads_to_the_whole_and_what_nobody_knows_is_not_found(
    client: TestClient, desk: Desk
) -> None:
    whole = head(desk)
    other = next(k for id, k in keys(desk).items() if id in ("harbour-1", "tide-2", "a/3?x") and k != whole)
    led = client.get(f"/incident/{other[:6]}?policy=lowest")
    assert (led.status_code, led.headers["location"]) == (303, f"/incident/{whole}?policy=lowest")
    for path in ("zzzzzzzzzz", "%00", "Ж" * 50, "zzzz.json", "zzzz.csv", "zzzz/why", "zzzz/correct?value=x"):
        assert client.get(f"/incident/{path}").status_code in (404, 400), path
    for query in ("policy=none", "as_of=soon"):
        assert client.get(f"/incident/{whole}?{query}").status_code == 400


def test_a_policy_and_a_day_choose_what_is_shown(client: TestClient, desk: Desk) -> None:
    path = f"/incident/{head(desk)}"
    assert "the lowest of 3 counts" in client.get(f"{path}?policy=lowest").text
    early = client.get(f"{path}?as_of=2019-06-09").text
    assert "Glass Hand" not in re.sub(r"<aside.*?</aside>", "", early, flags=re.S)
    assert "nothing had been said" in client.get(f"{path}?as_of=2001").text


def test_exports_are_of_this_incident_alone(client: TestClient, desk: Desk) -> None:
    path = f"/incident/{head(desk)}"
    assert client.get(f"{path}.json").json()["version"] == "sayso-reconciled/1"
    assert len(client.get(f"{path}.csv").text.strip().splitlines()) == 4
    assert len(client.get(f"{path}.geojson").json()["features"]) == 3


def test_a_split_report_leaves_and_undoing_brings_it_back(client: TestClient, desk: Desk) -> None:
    whole, own = head(desk), keys(desk)
    sent = form(client, f"/incident/{whole}/split?account={own['tide-2']}", account=own["tide-2"])
    refused = client.post(f"/incident/{whole}/split", data=sent | {"reason": " "})
    assert refused.status_code == 400 and "needs a reason" in refused.text
    done = client.post(f"/incident/{whole}/split", data=sent | {"reason": "another depot"})
    assert done.status_code == 303
    left = client.get(f"/incident/{own['harbour-1']}", follow_redirects=True).text
    alone = client.get(f"/incident/{own['tide-2']}", follow_redirects=True).text
    assert "2 reports" in left and "1 report</strong>" in alone and "another depot" in alone
    for other in ("harbour-1", "a/3?x"):
        html = client.get(f"/incident/{own['tide-2']}", follow_redirects=True).text
        number = re.search(r'name="judgement" value="(\d+)"', html)
        assert number, other
        back = {"csrf": field(html, "csrf"), "judgement": number[1]}
        assert client.post(f"/incident/{own['tide-2']}/undo", data=back).status_code == 303
    assert "3 reports" in client.get(f"/incident/{whole}").text


def test_a_merge_shows_and_what_people_called_the_same_gives_way_to_a_split(client: TestClient, desk: Desk) -> None:
    whole, own = head(desk), keys(desk)
    path = f"/incident/{whole}/merge"
    assert own["r-4"] in client.get(path).text  # it is of about that day
    sent = form(client, path, id=f"http://127.0.0.1/incident/{own['r-4']}?x=1", reason="one series")
    assert client.post(path, data=sent).status_code == 303
    now = head(desk)
    assert "4 reports" in client.get(f"/incident/{now}").text
    first, second = [own[id] for id in ("harbour-1", "tide-2", "a/3?x") if own[id] != whole]
    with desk.writing() as store:
        for left, right in ((own["r-4"], first), (first, second)):
            judge(store, "incident", (left, right), "same", author="mira", reason="seen both")
    sent = form(client, f"/incident/{now}/split?account={own['r-4']}", account=own["r-4"], reason="no")
    assert "mira" in client.get(f"/incident/{now}/split?account={own['r-4']}").text
    assert client.post(f"/incident/{now}/split", data=sent).status_code == 303
    assert "3 reports" in client.get(f"/incident/{head(desk)}").text
    assert "1 report</strong>" in client.get(f"/incident/{own['r-4']}").text


def test_a_merge_that_contradicts_is_refused_with_the_chain(client: TestClient, desk: Desk) -> None:
    whole, own = head(desk), keys(desk)
    near = next(own[id] for id in ("harbour-1", "tide-2") if own[id] != whole)
    with desk.writing() as store:
        judge(store, "incident", (whole, near), "same", author="mira", reason="seen both")
        judge(store, "incident", (near, own["r-4"]), "different", author="mira", reason="another day")
    path = f"/incident/{whole}/merge"
    refused = client.post(path, data=form(client, path, other=own["r-4"], reason="a careful reason"))
    assert refused.status_code == 400 and "contradicts" in refused.text and "a careful reason" in refused.text
    assert f"{near} = {whole}" in refused.text or f"{whole} = {near}" in refused.text
    assert "3 reports" in client.get(f"/incident/{whole}").text


def value_id(html: str, words: str) -> str:
    found = re.search(rf'<div class="value[^"]*" id="([^"]+)">\s*<p class="what"><strong class="">{words}<', html)
    assert found
    return found[1]


def test_a_correction_shows_and_is_taken_back(client: TestClient, desk: Desk) -> None:
    whole = head(desk)
    html = client.get(f"/incident/{whole}").text
    path = f"/incident/{whole}/correct?value={value_id(html, '4')}"
    typed = {"slot": "killed", "action": "replace", "killed.value": "7", "reason": "misread"}
    sent = form(client, path, claim=field(client.get(path).text, "claim"), offered="", **typed)
    done = client.post(f"/incident/{whole}/correct", data=sent)
    assert done.status_code == 303, done.text
    html = client.get(f"/incident/{whole}").text
    assert "put in by" in html and value_id(html, "7") and "misread" in html and "reviewed" in html
    number = field(html, "correction")
    client.post(f"/incident/{whole}/undo", data={"csrf": field(html, "csrf"), "correction": number})
    html = client.get(f"/incident/{whole}").text
    assert value_id(html, "4") and "put in by" not in html and "taken back by" in html
    with desk.reading() as store, store.reading() as connection:
        actions = [c.action for c in changes(connection, ChangeFilter(subject="incident"))]
    assert actions[:2] == ["took back", "corrected"]


def test_a_standing_is_corrected(client: TestClient, desk: Desk) -> None:
    whole = head(desk)
    path = f"/incident/{whole}/correct?value=perpetrator.1"
    html = client.get(path).text
    refs = [unescape(ref) for ref in re.findall(r'name="claim" value="([^"]+)"', html)]
    accused = [ref for ref in refs if ref.endswith("c92")]
    assert len(accused) == 2
    typed = {"slot": "perpetrator", "action": "replace", "perpetrator.value": "Glass Hand", "standing": "suspected"}
    typed |= {"perpetrator.kind": "organization", "stance": "asserts", "reason": "they only suspect"}
    done = client.post(f"/incident/{whole}/correct", data=form(client, path, claim=accused, **typed))
    assert done.status_code == 303, done.text
    assert "suspected, by Police" in client.get(f"/incident/{whole}").text


def test_a_stale_edit_shows_the_others_change_and_keeps_what_was_typed(client: TestClient, desk: Desk) -> None:
    whole = head(desk)
    html = client.get(f"/incident/{whole}").text
    path = f"/incident/{whole}/correct?value={value_id(html, '4')}"
    ref = field(client.get(path).text, "claim")
    typed = {"slot": "killed", "action": "replace", "claim": ref, "offered": ref}
    first = form(client, path, **typed, reason="counted again") | {"killed.value": "8"}
    second = form(client, path, **typed, reason="my own long reason") | {"killed.value": "9"}
    assert client.post(f"/incident/{whole}/correct", data=first).status_code == 303
    refused = client.post(f"/incident/{whole}/correct", data=second)
    assert refused.status_code == 409
    assert "counted again" in refused.text and "my own long reason" in refused.text and 'value="9"' in refused.text
    value_id(client.get(f"/incident/{whole}").text, "8")
    sent_again = second | {"seen": field(refused.text, "seen"), "claim": field(refused.text, "claim")}
    assert client.post(f"/incident/{whole}/correct", data=sent_again).status_code == 303


@pytest.mark.parametrize("wrong", [{"killed.value": "many"}, {"action": ""}, {"csrf": "old"}, {"reason": ""}])
def test_what_is_wrong_is_told_and_what_was_typed_stays(client: TestClient, desk: Desk, wrong: dict[str, str]) -> None:
    whole = head(desk)
    path = f"/incident/{whole}/correct?value={value_id(client.get(f'/incident/{whole}').text, '4')}"
    ref = field(client.get(path).text, "claim")
    sent = form(client, path, claim=ref, offered=ref, slot="killed", action="replace", reason="typed with care")
    refused = client.post(f"/incident/{whole}/correct", data=sent | {"killed.value": "17"} | wrong)
    assert refused.status_code in (400, 403)
    assert "told failed" in refused.text
    assert wrong.get("killed.value", "17") in refused.text and wrong.get("reason", "typed with care") in refused.text


def test_an_incident_that_never_was_is_gone_and_comes_back(client: TestClient, desk: Desk) -> None:
    own = keys(desk)["abbey-5"]
    sent = form(client, f"/incident/{own}/reject", account=own, reason="a <i>rumour</i>")
    assert client.post(f"/incident/{own}/reject", data=sent).status_code == 303
    gone = client.get(f"/incident/{own}")
    assert gone.status_code == 410 and "a &lt;i&gt;rumour" in gone.text
    back = {"csrf": field(gone.text, "csrf"), "correction": field(gone.text, "correction")}
    assert client.post(f"/incident/{own}/undo", data=back).status_code == 303
    assert client.get(f"/incident/{own}").status_code == 200


def test_why_reports_are_together_is_told_in_words(client: TestClient, desk: Desk) -> None:
    whole, own = head(desk), keys(desk)
    html = client.get(f"/incident/{whole}/why?account={own['harbour-1']}").text
    assert html.count("Put together with") == 2 and "strongly for it" in html and "decided by" in html
    assert "Held apart from" in client.get(f"/incident/{whole}/why?other={own['abbey-5']}").text


def test_a_reader_sees_and_changes_nothing(desk: Desk) -> None:
    with desk.writing() as store:
        accounts.add(store, "oren", "reader", "seven grey herons", "somebody")
    client = TestClient(make_app(desk, Settings(accounts=True)), base_url="http://127.0.0.1", follow_redirects=False)
    login = {"csrf": token(client, "/login"), "name": "oren", "password": "seven grey herons", "next": "/"}
    assert client.post("/login", data=login).status_code == 303
    whole = head(desk)
    html = client.get(f"/incident/{whole}").text
    assert "according to" in html and "/correct" not in html and "/split" not in html
    for what in ("correct", "split", "merge", "reject", "undo"):
        answer = client.post(f"/incident/{whole}/{what}", data={"csrf": token(client, f"/incident/{whole}")})
        assert answer.status_code == 403, what


def test_a_split_is_stale_where_another_decided_meanwhile(desk: Desk) -> None:
    whole, own = head(desk), keys(desk)
    with desk.reading() as store, store.reading() as connection:
        seen = judging.newest(connection)
    with desk.writing() as store:
        judging.split(store, whole, own["tide-2"], author="mira", reason="no", seen=seen)
        with pytest.raises(InputError, match="mira has changed this incident meanwhile"):
            judging.split(store, own["harbour-1"], own["harbour-1"], author="oren", reason="no", seen=seen)


def test_a_merge_that_moves_a_report_into_a_third_incident_names_it(client: TestClient, desk: Desk) -> None:
    own = keys(desk)
    first, second, other = (own[id] for id in ("harbour-1", "tide-2", "a/3?x"))
    with desk.writing() as store:
        for left, right in ((first, second), (other, own["r-4"])):
            judge(store, "incident", (left, right), "different", author="mira", reason="seen both")
    path = f"/incident/{second}/merge"
    led = client.post(path, data=form(client, path, id=own["r-4"], reason="one series"))
    assert led.status_code == 303 and "also=" in led.headers["location"]
    html = client.get(led.headers["location"]).text
    told = re.findall(r'<li><a href="/incident/(\w+)">[^<]+</a>: [^<]*report', html)
    third = client.get(f"/incident/{other}", follow_redirects=True).url.path.rpartition("/")[2]
    assert third in told and third != client.get(f"/incident/{second}", follow_redirects=True).url.path
    assert "one series" in client.get(f"/changes?object={third}").text
    api = client.post(
        "/api/v1/judgements",
        json={"subject": "incident", "left": first, "right": other, "verdict": "different", "reason": "x", "seen": 999},
    )
    assert {one["key"] for one in api.json()["also_changed"]} >= {first}
    assert client.get(f"/incident/{third}?also=1").status_code in (200, 303)
