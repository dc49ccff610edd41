"""WikiEvents: a document's text is put together again, and events and arguments are found by token."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.evaluate import wikievents
from sayso.evaluate.wikievents_score import by_document, class_of, head_of, lists, rows
from sayso.schema.kinds import kinds

SENTENCES = [
    "Bomb kills two in Halmar market",
    "A car bomb exploded in the town of Halmar on Friday , killing two policemen and wounding Mira Tolev .",
    "Soldiers of the Ostmark army arrested six men after the attack .",
]
DATA = Path(__file__).parents[2] / "../shared/data/wikievents/dev.jsonl"


def row(sentences: bool = True) -> dict[str, Any]:
    """Return a document as the set has it, its sentences glued and their offsets counted with one character between."""
    tokens = [s.split() for s in SENTENCES]
    made, base = [], 0
    for words in tokens:
        text = " ".join(words).replace(" ,", ",").replace(" .", ".")
        at, placed = 0, []
        for word in words:
            start = text.index(word, at)
            placed.append([word, base + start, base + start + len(word)])
            at = start + len(word)
        made.append([placed, text])
        base += len(text) + 1
    found: dict[str, Any] = {"doc_id": "d1", "tokens": [w for words in tokens for w in words]}
    found["text"] = "".join(words for _, words in made)
    return found | ({"sentences": made} if sentences else {})


@pytest.mark.parametrize("sentences", [True, False])
def test_every_token_is_found_in_the_text_again(sentences: bool) -> None:
    document = wikievents.document(row(sentences))
    for k, token in enumerate(row()["tokens"]):
        assert document.text[document.starts[k] : document.ends[k]] == token
        assert document.tokens_at(document.starts[k], document.ends[k]) == (k, k + 1)
    assert document.sentences[-1] == (2 if sentences else 0)


def test_a_title_is_a_paragraph_of_its_own() -> None:
    assert wikievents.document(row()).text.startswith("Bomb kills two in Halmar market\n\nA car")


def test_sentences_that_disagree_with_the_tokens_are_not_believed() -> None:
    broken = row()
    broken["sentences"][1][0][0][1] += 3
    assert wikievents.document(broken).text == wikievents.document(row(sentences=False)).text
    broken["sentences"] = [[["odd"]]]
    assert wikievents.document(broken).text == wikievents.document(row(sentences=False)).text


def test_a_document_without_tokens_is_refused() -> None:
    with pytest.raises(InputError, match="tokens"):
        wikievents.document({"doc_id": "d1", "text": "A bomb exploded."})


def test_a_document_of_nothing_has_no_events() -> None:
    assert wikievents.prediction(wikievents.document({"doc_id": "d", "tokens": []}))["event_mentions"] == []


def test_events_come_out_in_the_form_of_the_set(tmp_path: Path) -> None:
    path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    path.write_text(json.dumps(row()) + "\n", encoding="utf-8")
    wikievents.predict(path, out)
    (found,) = rows(out)
    tokens = row()["tokens"]
    entities = {e["id"]: e for e in found["entity_mentions"]}
    events = {tokens[e["trigger"]["start"]]: e for e in found["event_mentions"]}
    assert {w: e["event_type"] for w, e in events.items() if w in ("exploded", "killing", "wounding", "arrested")} == {
        "exploded": "Conflict.Attack.DetonateExplode",
        "killing": "Life.Die.Unspecified",
        "wounding": "Life.Injure.Unspecified",
        "arrested": "Justice.ArrestJailDetain.Unspecified",
    }
    arguments = {(w, a["role"], tokens[entities[a["entity_id"]]["start"]]) for w, e in events.items()
                 for a in e["arguments"]}  # fmt: skip
    assert {
        ("exploded", "ExplosiveDevice", "bomb"),
        ("killing", "Victim", "policemen"),
        ("wounding", "Victim", "Tolev"),
        ("arrested", "Jailer", "Soldiers"),
        ("arrested", "Detainee", "men"),
    } <= arguments
    assert all(e["trigger"]["sent_idx"] < 3 for e in events.values())
    assert "attack" not in events, "what may name any event is left out where nobody takes part in it"


def event(type_: str, start: int, *arguments: tuple[str, str]) -> dict[str, Any]:
    trigger = {"start": start, "end": start + 1, "text": "", "sent_idx": 0}
    return {
        "event_type": type_,
        "trigger": trigger,
        "arguments": [{"role": role, "entity_id": entity} for role, entity in arguments],
    }


def lines(path: Path, *documents: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(d) + "\n" for d in documents), encoding="utf-8")
    return path


def test_an_event_is_found_by_trigger_and_class_and_an_argument_with_it(tmp_path: Path) -> None:
    line = "Men of Ost shot and killed Mira Tolev , a judge of Ost , then met"
    tokens = line.split()
    entities = [{"id": i, "start": s, "end": e} for i, s, e in [("men", 0, 3), ("mira", 6, 8), ("judge", 9, 13)]]
    gold = {"doc_id": "d", "tokens": tokens, "entity_mentions": entities, "event_mentions": [
        event("Conflict.Attack.Unspecified", 3, ("Attacker", "men"), ("Target", "mira")),
        event("Life.Die.Unspecified", 5, ("Victim", "mira"), ("Killer", "men")),
        event("Contact.Contact.Meet", 15, ("Participant", "men")),
    ]}  # fmt: skip
    heads = [{"id": i, "start": s, "end": s + 1} for i, s in [("h0", 0), ("h7", 7), ("h9", 9)]]
    found = {"doc_id": "d", "entity_mentions": heads, "event_mentions": [
        event("Conflict.Attack.DetonateExplode", 3, ("Attacker", "h0")),
        event("Life.Die.Unspecified", 5, ("Victim", "h7"), ("Killer", "h9")),
        event("Life.Die.Unspecified", 5),
    ]}  # fmt: skip
    gold_path = lines(tmp_path / "gold.jsonl", gold, gold | {"doc_id": "unread"})
    tallies = by_document(gold_path, lines(tmp_path / "found.jsonl", found))
    assert tallies["d"].counts("event") == (1, 2, 3)
    assert tallies["d"].counts("trigger") == (2, 2, 3)
    assert tallies["d"].counts("argument") == (1, 4, 3)
    assert tallies["unread"].counts("event") == (0, 2, 0)
    assert wikievents.measures(gold_path, tmp_path / "found.jsonl")["event f"] == pytest.approx(200 / 7)
    assert "unread" in wikievents.score(gold_path, tmp_path / "found.jsonl")


def test_the_longest_prefix_gives_the_class() -> None:
    assert class_of("Conflict.Attack.DetonateExplode") == "explosion"
    assert class_of("Conflict.Attack.Unspecified") == class_of("Conflict.Attack") == "attack"
    assert class_of("Conflict.AttackOther") is None
    assert class_of("Contact.Contact.Meet") is None


def test_the_head_of_a_phrase_stands_before_what_qualifies_it() -> None:
    words = ["the", "gang", "of", "Ost"]
    assert head_of(words, 0, 4) == 1
    assert head_of(words, 2, 4) == 3


def test_every_kind_has_a_type_and_every_type_a_class_and_roles() -> None:
    types = lists()["types"]
    assert set(kinds()) <= set(types)
    for type_ in filter(None, types.values()):
        assert class_of(type_)
        assert lists()["roles"][type_]


def test_a_line_that_is_no_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text('{"doc_id": "a", "tokens": []}\n[1]\n', encoding="utf-8")
    with pytest.raises(InputError, match="doc_id") as error:
        list(rows(path))
    assert "2" in str(error.value)


@pytest.mark.skipif(not DATA.exists(), reason="the WikiEvents data is not beside the project")
def test_the_texts_of_the_set_are_put_together_token_by_token() -> None:
    for document in rows(DATA):
        made = wikievents.document(document)
        assert [made.text[s:e] for s, e in zip(made.starts, made.ends, strict=True)] == document["tokens"]
