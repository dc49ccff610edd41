"""What is put in by hand stands in the record like what was read: on its own say-so, linked and logged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from sayso.desk.by_hand import Account, Given, put_in, reading_of
from sayso.desk.corrections import Correction, correct
from sayso.desk.desk import Desk
from sayso.desk.overview import refresh, waiting
from sayso.errors import InputError
from sayso.link.judge import judge
from sayso.model.claim import Actor, Text
from sayso.store.changes import verify
from sayso.store.check import check
from sayso.store.store import Store
from sayso.store.tables import change, overview
from sayso.web.app import make_app
from sayso.web.settings import Settings
from tests.link.made import blast, key, linked
from tests.web.conftest import token

WORDS = (
    "I was at the \U0001f30a ropewalk. Two men of the Black Oar put a parcel down.\r\n\r\n"
    "Then it went off, and Ilva Dornik and  another died. The Black Oar has always hated us."
)
PLACE = {"value": "Karvel", "latitude": "41.5", "longitude": "22.25"}
ACCOUNT = Account(
    source="Interview with a resident, 3 May 2019",
    kind="witness",
    speaker="a resident of Quay Street",
    channel="by telephone",
    day=date(2019, 6, 8),
    account=WORDS,
    author="mira",
    reason="She called us",
    values=(
        Given(slot="kind", fields={"value": "bombing"}),
        Given(slot="stage", fields={"value": "accomplished"}),
        Given(slot="when", fields={"value": "2019-06-06"}),
        Given(slot="where", fields=PLACE, words="at the \U0001f30a ropewalk"),
        Given(
            slot="perpetrator",
            fields={"value": "Black Oar", "kind": "organization"},
            words="Two men of the Black Oar",
            standing="accused",
        ),
        Given(slot="killed", fields={"value": "2"}, words="Ilva Dornik and another died"),
        Given(slot="victim", fields={"value": "Ilva Dornik", "kind": "civilian", "effect": "killed"}),
    ),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with linked(tmp_path, [blast("one"), blast("two")]) as made:
        refresh(made)
        yield made


def test_each_value_stands_on_its_words_and_on_the_statement() -> None:
    reading = reading_of(ACCOUNT)
    check(reading)
    article, (incident,), (said,) = reading.article, reading.incidents, reading.statements
    assert article.text.startswith("Interview with a resident, 3 May 2019: a resident of Quay Street, by telephone\n\n")
    assert article.text.endswith(WORDS.replace("\r\n\r\n", "\n\n"))
    assert (article.outlet, article.published) == (ACCOUNT.source, ACCOUNT.day)
    assert said.source and said.channel and said.said_on
    assert (said.source.text, said.channel.text, said.said_on.edtf) == (ACCOUNT.speaker, "by telephone", "2019-06-08")
    words = {claim.slot: claim.evidence[0].text for claim in incident.claims}
    assert words["where"] == "at the \U0001f30a ropewalk" and words["killed"] == "Ilva Dornik and  another died"
    assert words["kind"] == said.content[0].text and words["kind"].startswith("I was at")
    assert {claim.chain for claim in incident.claims} == {("s1",)}
    assert {(claim.maker, claim.confidence) for claim in incident.claims} == {("by hand/mira", 1.0)}
    (who,) = incident.of("perpetrator")
    assert who.standing == "accused" and isinstance(who.value, Actor)
    entity = reading.entity(who.value.entity)
    assert entity and entity.name == "Black Oar" and len(entity.mentions) == 2


def test_it_is_linked_logged_laid_out_and_corrected_like_what_was_read(store: Store) -> None:
    put = put_in(store, ACCOUNT)
    assert waiting(store) == 0
    with store.reading() as connection:
        log = connection.execute(select(change).where(change.c.action == "added by hand")).one()
        heads = {row.key: row for row in connection.execute(select(overview).where(~overview.c.gone))}
        assert verify(connection).broken is None
    assert (log.author, log.reason, log.object) == ("mira", "She called us", f"{put.article}@1")
    assert put.incident in heads or any(put.incident in str(row.accounts) for row in heads.values())
    judge(store, "incident", (put.incident, key(store, "one")), "same", author="mira", reason="one depot, one day")
    refresh(store)
    with store.reading() as connection:
        rows = list(connection.execute(select(overview).where(~overview.c.gone)))
    assert [row.reports for row in rows if put.incident in str(row.accounts)] == [3]
    correct(
        store,
        Correction(
            incident=put.incident,
            action="add",
            author="oren",
            reason="it says so",
            seen=10**6,
            slot="damage",
            value=Text(value="the ropewalk"),
            evidence=((90, 99),),
        ),
    )


def test_the_same_account_is_put_in_once(store: Store) -> None:
    put_in(store, ACCOUNT)
    with pytest.raises(InputError, match="here already"):
        put_in(store, ACCOUNT)
    assert put_in(store, replace(ACCOUNT, day=date(2019, 6, 9))).article != ""


def test_it_is_stored_with_who_put_it_in_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sayso.desk.by_hand.record", killed)
    with pytest.raises(KeyboardInterrupt):
        put_in(store, ACCOUNT)
    monkeypatch.undo()
    assert store.article(reading_of(ACCOUNT).article.id) is None
    assert put_in(store, ACCOUNT).incident


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"source": " "}, "source is needed"),
        ({"account": "\r\n "}, "account is needed"),
        ({"reason": ""}, "reason is needed"),
        ({"kind": "gossip"}, "no such kind of source"),
        ({"values": ACCOUNT.values[1:]}, "what happened is needed"),
        ({"values": (*ACCOUNT.values, Given(slot="perpetrator", fields={"value": "Oar"}))}, "no such standing"),
        ({"values": (*ACCOUNT.values, Given(slot="wounded", fields={"value": "many"}))}, "written as"),
        ({"values": (*ACCOUNT.values, Given(slot="wounded", fields={"value": "3"}, words="zzz"))}, "do not stand"),
        ({"values": (*ACCOUNT.values, Given(slot="when", fields={"value": "last week"}))}, "EDTF"),
    ],
)
def test_what_is_missing_or_cannot_be_is_told(store: Store, more: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        put_in(store, replace(ACCOUNT, **more))  # type: ignore[arg-type]
    assert store.counts().articles == 2


def test_the_form_puts_in_and_keeps_what_was_typed_on_an_error(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path / "new.db"))
    client = TestClient(make_app(desk, Settings()), base_url="http://127.0.0.1", follow_redirects=False)
    form = {
        "csrf": token(client, "/by-hand"),
        "source": "Court file <7>",
        "kind_of_source": "document",
        "act": "states",
    }
    form |= {"account": "\nA <b>bomb</b> \U0001f525 killed 3.", "reason": "From the archive", "kind.value": "bombing"}
    form |= {"stage.value": "accomplished", "killed.value": "3", "killed.words": "killed 3", "day": "2019-13-01"}
    wrong = client.post("/by-hand", data=form)
    assert wrong.status_code == 400 and "this is no day" in wrong.text
    assert "A &lt;b&gt;bomb" in wrong.text and 'value="killed 3"' in wrong.text
    done = client.post("/by-hand", data=form | {"day": ""})
    assert done.status_code == 303 and done.headers["location"].startswith("/incident/")
    with desk.reading() as store:
        found = store.incident(done.headers["location"].rpartition("/")[2])
    assert found and found[0].reading.incidents[0].of("killed")[0].evidence[0].text == "killed 3"
    html = client.get(f"/article/{found[0].reading.article.id}").text
    assert "A &lt;b&gt;bomb" in html and "put in by hand by" in html
