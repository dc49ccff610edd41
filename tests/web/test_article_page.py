"""The page of an article shows exactly its words, with what was read in them, and takes what a reader says of them."""

from __future__ import annotations

import re
import time
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.desk.withdrawal import withdraw
from sayso.model.article import Article, Block, OffsetMap
from sayso.model.claim import Actor, Claim, Label, Quantity, Slot, Text
from sayso.model.incident import Incident
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Statement
from sayso.store.rebuild import Stored
from sayso.store.tables import change
from sayso.web.graphic import passages
from sayso.web.pages.article.behind import Mark
from sayso.web.pages.article.html import html_of
from sayso.web.pages.article.pieces import Stretch, paragraphs, part_of, parts, stretches
from sayso.web.pages.article.roles import ROLES
from tests.web.conftest import token

TEXT = (
    "Blast \U0001f525 at <script>alert(1)</script> gate\n\n"
    "\U0001f692\U0001f692 The militia Black Oar planted it, said Ilva Dornik. Six people were killed.\n\n"
    "قتل ثلاثة أشخاص في كارفيل يوم الاثنين.\n\n"
    "Photo: the gate & a charred body.\r\rEnd"
)


class Page(HTMLParser):
    """What a browser would have of a page: the paragraphs' characters by offset, the marks, what is bold by class."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: dict[int, str] = {}
        self.marked, self.classes, self.tags = "", {}, set[str]()  # type: ignore[var-annotated]
        self._at: int | None = None
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.tags.add(tag)
        if "data-start" in own:
            self._at = int(own["data-start"] or 0)
            self.paragraphs[self._at] = ""
        if self._at is not None and tag in ("span", "mark"):
            self._open.append((tag, own.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._at = None
        elif self._at is not None and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._at is None:
            return
        self.paragraphs[self._at] += data
        if any(tag == "mark" for tag, _ in self._open):
            self.marked += data
        for _, name in self._open:
            self.classes[name] = self.classes.get(name, "") + data


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def made(id: str, text: str, claims: list[Claim], statements: tuple[Statement, ...] = ()) -> Reading:
    roles = ("title", "body", "body", "caption")
    blocks, at = [], 0
    for n, part in enumerate(text.split("\n\n")):
        blocks.append(Block(start=at, end=at + len(part), role=roles[n] if n < 4 else "body"))  # type: ignore[arg-type]
        at += len(part) + 2
    article = Article(
        id=id,
        text=text,
        blocks=tuple(blocks),
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name=f"{id}.txt",
        sha256="ab" * 32,
        title=(blocks and text[: blocks[0].end]) or None,
        url="javascript:alert(1)",
        outlet="The Quay <b>Times",
        published=date(2019, 6, 9),
        notes=("a <i>note",),
    )
    incident = Incident(id="i1", kind="bombing", stage="accomplished", background=False, claims=tuple(claims))
    return Reading(article=article, statements=statements, incidents=(incident,))


def claim(n: int, slot: Slot, value: object, *words: Span, **more: object) -> Claim:
    return Claim(id=f"i1.c{n}", slot=slot, value=value, evidence=words, **more)  # type: ignore[arg-type]


def full(id: str = "q/1") -> Reading:
    said = Statement(
        id="s1",
        source=span(TEXT, "Ilva Dornik"),
        speaker="Ilva Dornik",
        speaker_id=None,
        speaker_kind="witness",
        cue=span(TEXT, "said"),
        content=(span(TEXT, "The militia Black Oar planted it"),),
        act="accuses",
    )
    oar = Actor(name="Black Oar", kind="organization")
    claims = [
        claim(1, "kind", Label(value="bombing"), span(TEXT, "Blast")),
        claim(2, "stage", Label(value="accomplished"), span(TEXT, "Blast")),
        claim(3, "perpetrator", oar, span(TEXT, "militia Black Oar"), chain=("s1",), standing="accused"),
        claim(4, "killed", Quantity(low=6, high=6), span(TEXT, "Six people were killed")),
        claim(5, "killed", Quantity(low=3, high=3), span(TEXT, "ثلاثة أشخاص")),
        claim(6, "damage", Text(value="<img src=x onerror=alert(2)>"), span(TEXT, "people were killed.")),
    ]
    return made(id, TEXT, claims, (said,))


@pytest.fixture
def quay(desk: Desk) -> Stored:
    with desk.writing() as store:
        store.add(full(), "one")
        stored = store.article("q/1")
    assert stored
    return stored


def page_of(client: TestClient, path: str) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:2000]
    return Page(answer.text)


def test_a_browser_has_the_very_characters_of_the_text(client: TestClient, quay: Stored) -> None:
    page = page_of(client, "/article/q/1")
    for start, shown in page.paragraphs.items():
        assert shown == TEXT[start : start + len(shown)]
    assert "".join(page.paragraphs.values()) == TEXT.replace("\n\n", "")
    assert not page.tags & {"img", "b", "i"}
    html = client.get("/article/q/1").text
    assert "<script>alert" not in html and 'href="javascript' not in html and "style=" not in html
    assert 'dir="auto"' in html and "headline" in html and "caption" in html


def test_spans_that_overlap_each_have_all_their_words(client: TestClient, quay: Stored) -> None:
    classes = page_of(client, "/article/q/1").classes
    assert classes["r-perpetrator"] == "militia Black Oar"
    assert classes["r-content"] == "The militia Black Oar planted it"
    assert classes["r-count"] == "Six people were killedثلاثة أشخاص"
    assert classes["r-other"] == "people were killed."
    assert classes["graphic"].startswith("Photo: the gate & a charred body.")


@pytest.mark.parametrize(
    "words", ["Ilva Dornik", "\U0001f692 The militia", "كارفيل", "it, said", "&", "gate\n\n\U0001f692"]
)
def test_the_words_asked_for_are_marked_and_no_others(client: TestClient, quay: Stored, words: str) -> None:
    start = TEXT.index(words)
    html = client.get(f"/article/q/1?at={start}-{start + len(words)}").text
    assert Page(html).marked == words.replace("\n\n", "")
    assert html.count('id="at"') == 1


@pytest.mark.parametrize("at", ["5-5", "9-3", "1-99999", "x", "-1-4", "99999999999-9", "٣-٥"])
def test_words_that_are_not_there_are_told(client: TestClient, quay: Stored, at: str) -> None:
    answer = client.get("/article/q/1", params={"at": at})
    assert answer.status_code == 200 and "The words asked for are not in this text" in answer.text
    assert 'id="at"' not in answer.text


def test_one_speaker_alone(client: TestClient, quay: Stored) -> None:
    page = page_of(client, "/article/q/1?speaker=Ilva+Dornik")
    assert "r-perpetrator" in page.classes and "r-count" not in page.classes
    html = client.get("/article/q/1").text
    assert re.search(r"accused</span>|accused<span class=\"by\">, Ilva Dornik", html)


def test_an_unknown_article_says_where_to_look(client: TestClient) -> None:
    answer = client.get("/article/nothing/here")
    assert answer.status_code == 404 and "Changes" in answer.text


def test_an_older_version_and_one_taken_out_say_so(client: TestClient, desk: Desk, quay: Stored) -> None:
    with desk.writing() as store:
        store.add(full(), "another input")
    assert "A newer version of this article has been read" in client.get("/article/q/1@1").text
    assert 'href="/article/q/1@1"' in client.get("/article/q/1").text
    with desk.writing() as store:
        withdraw(store, "q/1", author="mira", reason="a hoax")
    gone = client.get("/article/q/1").text
    assert "taken out" in gone and "a hoax" in gone and 'id="mend"' not in gone


def sent(client: TestClient, quay: Stored, **more: str) -> dict[str, str]:
    form = {"csrf": token(client, "/article/q/1"), "incident": quay.keys["i1"], "slot": "where", "seen": "9999"}
    return form | {"where.value": "Karvel", "where.country": "GB", "reason": "it says so"} | more


def test_words_by_place_and_words_typed_both_carry_a_value(client: TestClient, desk: Desk, quay: Stored) -> None:
    start = TEXT.index("كارفيل")
    form = sent(client, quay, start=str(start), end=str(start + 6), words="كارفيل", statement="s1")
    answer = client.post("/article/q/1", data=form)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/article/q/1?at={start}-{start + 6}&added=where#at"
    answer = client.post("/article/q/1", data=sent(client, quay, words="The   militia\r\nBlack Oar"))
    assert answer.status_code == 303
    with desk.reading() as store:
        stored = store.article("q/1")
        with store.reading() as connection:
            last = connection.execute(change.select().order_by(change.c.number.desc())).first()
    assert stored and last and (last.action, last.reason) == ("added", "it says so")
    places = stored.reading.incidents[0].of("where")
    assert [c.evidence[0].text for c in places] == ["كارفيل", "The militia Black Oar"]
    assert [c.chain for c in places] == [("s1",), ()]


def test_what_cannot_be_kept_keeps_what_was_typed(client: TestClient, quay: Stored) -> None:
    for more, told in (
        ({"words": "nowhere to be found"}, "do not stand in the text"),
        ({"words": "e"}, "Which of these places"),
        ({"words": "Blast", "start": "3", "end": "8"}, "other words stand there"),
        ({"words": "Blast", "slot": "perpetrator", "perpetrator.value": "Oar"}, "standing"),
        ({"words": "Blast", "reason": " "}, "needs a reason"),
        ({"words": "Blast", "incident": "zzz"}, "no such incident"),
        ({"words": "Blast", "statement": "s9"}, "no such statement"),
    ):
        answer = client.post("/article/q/1", data=sent(client, quay, **{"where.value": "Ka<rvel", **more}))
        assert answer.status_code == 400 and told in answer.text, (more, answer.status_code)
        assert "Ka&lt;rvel" in answer.text


def test_whoever_is_slower_sees_the_others_change(client: TestClient, quay: Stored) -> None:
    seen = sent(client, quay, words="Blast", seen="0")
    answer = client.post("/article/q/1", data=seen | {"seen": "9999"})
    assert answer.status_code == 303
    slow = client.post("/article/q/1", data=seen | {"where.value": "Ossel"})
    assert slow.status_code == 409 and "in Changes" in slow.text and "Ossel" in slow.text


def test_a_value_put_in_the_place_of_another(client: TestClient, desk: Desk, quay: Stored) -> None:
    key = quay.keys["i1"]
    form = client.get(f"/article/q/1?incident={key}&claim=i1.c4").text
    assert "In the place of" in form and 'value="6"' in form
    data = sent(client, quay, slot="killed", claim="i1.c4", words="Six people", **{"killed.value": "7"})
    assert client.post("/article/q/1", data=data).status_code == 303
    with desk.reading() as store:
        stored = store.article("q/1")
    assert stored and [c.value.low for c in stored.reading.incidents[0].of("killed")] == [3, 7]  # type: ignore[union-attr]


def test_the_list_finds_words_and_marks_them(client: TestClient, quay: Stored) -> None:
    html = client.get("/articles", params={"text": "militia"}).text
    assert "<mark>militia</mark>" in html and "<script>alert" not in html
    assert client.get("/articles").text.index("Blast") and client.get("/articles?after=zz").status_code == 400
    assert "No article holds this" in client.get("/articles?text=nowheretobefound").text


def test_the_list_goes_on_from_page_to_page(client: TestClient, desk: Desk) -> None:
    with desk.writing() as store:
        for n in range(60):
            store.add(made(f"n{n}", f"Title {n}\n\nBody {n}", []), f"f{n}")
    first = client.get("/articles").text
    more = re.search(r'href="(/articles\?after=[^"]+)"', first)
    assert more
    second = client.get(more[1]).text
    ids = [set(re.findall(r'href="/article/([^"]+)"', html)) for html in (first, second)]
    assert not ids[0] & ids[1] and len(ids[0] | ids[1]) == 64


def test_five_megabytes_come_in_parts_and_soon(client: TestClient, desk: Desk) -> None:
    line = "The \U0001f525 gate fell and six people were killed at noon. "
    text = "Big\n\n" + "\n\n".join(f"{n} {line * 20}" for n in range(3000)) + "\n\n" + "x" * 1_800_000
    assert len(text.encode()) > 5_000_000
    found = [Span(start=m.start(), end=m.end(), text=m[0]) for m in re.finditer("six people", text)][::20]
    with desk.writing() as store:
        store.add(made("big", text, [claim(n, "damage", Text(value="gate"), s) for n, s in enumerate(found)]), "b")
    client.get("/article/harbour-1")
    begun = time.perf_counter()
    start = text.index("2900 The")
    answer = client.get(f"/article/big?at={start}-{start + 8}")
    assert time.perf_counter() - begun < 20
    assert Page(answer.text).marked == "2900 The" and len(answer.content) < 250_000
    far = client.get(f"/article/big?at={len(text) - 3}-{len(text)}")
    assert Page(far.text).marked == "xxx"


texts = st.text(st.sampled_from("ab \n\r\0<&\"'\U0001f525ق. "), max_size=60)


@settings(max_examples=100, deadline=None)
@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(list(ROLES))), max_size=8))
def test_any_marks_leave_every_character_where_it_was(text: str, given: list[tuple[int, int, str]]) -> None:
    marks = sorted(Mark(min(a, b), max(a, b), role, n, frozenset()) for n, (a, b, role) in enumerate(given))
    article = full("x").article
    blocks = tuple(Block(start=a, end=b, role="body") for a, b, _ in given if a < b <= len(text))
    article = Article(**{n: getattr(article, n) for n in ("id", "offsets", "name", "sha256")}, text=text, blocks=blocks)
    every = stretches(article)
    kept = "".join(text[s.start : s.end] for s in every)
    assert "".join(kept.split()) == "".join(text.split())
    for paragraph in paragraphs(text, every, marks, (2, 9)):
        s = paragraph.stretch
        page = Page(f'<p data-start="{s.start}">{html_of(paragraph)}</p>')
        assert page.paragraphs[s.start] == text[s.start : s.end].replace("\0", "\ufffd")
        for role in ROLES:
            on = {i for m in marks if m.role == role for i in range(m.start, m.end)}
            wanted = "".join(text[i] for i in range(s.start, s.end) if i in on).replace("\0", "\ufffd")
            assert page.classes.get(f"r-{role}", "") == wanted
        assert page.marked == text[max(2, s.start) : max(max(2, s.start), min(9, s.end))].replace("\0", "\ufffd")


def test_every_offset_is_in_the_part_that_is_said_to_hold_it() -> None:
    some = [Stretch(n * 100, n * 100 + 90, "body") for n in range(1000)]
    every = parts(some)
    assert [s for part in every for s in part] == some
    for offset in range(0, 99_990, 777):
        part = every[part_of(every, offset)]
        assert part[0].start <= offset < part[-1].end + 10


def test_graphic_wording_is_found_by_sentence() -> None:
    text = "He waved. The bodies were mutilated beyond hope. They left.\nA Charred  corpse lay there"
    found = [text[a:b] for a, b in passages(text)]
    assert found == ["The bodies were mutilated beyond hope.", "A Charred  corpse lay there"]
    assert passages("The grape harvest was charming.") == []
