"""WikiEvents: the words that tell of violent events in long articles, and who and what takes part in them.

Input and gold are the set's JSON lines, one document a line (Li, Ji and Han, NAACL 2021); predictions are lines of the
same form that hold `event_mentions` and the `entity_mentions` that these refer to. Measures: wikievents_score.py.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.clean.article import article_of
from sayso.errors import InputError, SaysoError
from sayso.evaluate.wikievents_score import Row, Stretch, lists, measures, rows, score
from sayso.model.article import Article, Capture
from sayso.model.incident import EventMention, Incident
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.pipeline import read_article

__all__ = ["measures", "predict", "score"]
Sentence = tuple[list[tuple[str, int, int]], str]
"""Tokens with their offsets (of any origin), and the words that they stand in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document with its text put together again: token `k` is `text[starts[k]:ends[k]]` in `sentences[k]`."""

    id: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]

    def tokens_at(self, start: int, end: int) -> Stretch | None:
        """Return the tokens `[first, last)` that share a character with `[start, end)` of the text; None for none."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return (first, last) if first < last else None


def document(row: Row) -> Document:
    """Return a row with its text: sentence by sentence where the row has them, else out of the tokens alone.

    The row's own `text` has sentences and paragraphs run together. Here a sentence that ends without a mark (a title,
    a caption) closes its paragraph. Raises InputError where the row has no list of tokens.
    """
    tokens = row.get("tokens")
    if not isinstance(tokens, list) or not all(isinstance(t, str) for t in tokens):
        raise InputError(
            "this document has no list of tokens", value=str(row["doc_id"]), next_step="give the lines of WikiEvents"
        )
    text, starts, ends, numbers = "", [], [], []
    for number, (placed, words) in enumerate(_sentences(row) or [_spaced(tokens)]):
        base = len(text) - (placed[0][1] if placed else 0)
        for _, start, end in placed:
            starts.append(base + start)
            ends.append(base + end)
            numbers.append(number)
        text += words + (" " if words.rstrip("\"'”’)] ").endswith((".", "!", "?", ":", ";")) else "\n\n")
    return Document(
        id=str(row["doc_id"]), text=re.sub("[\ud800-\udfff]", "\ufffd", text), starts=tuple(starts), ends=tuple(ends),
        sentences=tuple(numbers),
    )  # fmt: skip


def _sentences(row: Row) -> list[Sentence]:
    """Return the row's sentences; nothing where it has none, or none that its tokens and their offsets agree with."""
    try:
        found = [([(t[0], int(t[1]), int(t[2])) for t in placed], str(words)) for placed, words in row["sentences"]]
    except (KeyError, TypeError, ValueError, IndexError):
        return []
    told = [word for placed, _ in found for word, _, _ in placed]
    fits = all(w[s - p[0][1] : e - p[0][1]] == word for p, w in found for word, s, e in p)
    return found if fits and told == row["tokens"] else []


def _spaced(tokens: list[str]) -> Sentence:
    """Return tokens with their offsets in a text made of them, spaced as English is, and that text."""
    text, placed, before, after = "", [], set(lists()["no_space_before"]), set(lists()["no_space_after"])
    for k, token in enumerate(tokens):
        if k and token not in before and tokens[k - 1] not in after:
            text += " "
        placed.append((token, len(text), len(text) + len(token)))
        text += token
    return placed, text


def predict(input: Path, out: Path) -> None:
    """Read every document of `input` and write the events found, one JSON object a document."""
    with out.open("w", encoding="utf-8") as file:
        for row in rows(input):
            file.write(json.dumps(prediction(document(row)), ensure_ascii=False) + "\n")


def prediction(doc: Document) -> Row:
    """Return what is read from one document, in the set's own form; no events where it cannot be read."""
    capture = Capture(
        name=doc.id, content=doc.text, media_type="text", sha256=hashlib.sha256(doc.text.encode()).hexdigest()
    )
    try:
        article = article_of(capture)
        reading = read_article(article)
    except SaysoError:
        return {"doc_id": doc.id, "entity_mentions": [], "event_mentions": []}
    return _Writer(doc, article).row(reading)


class _Writer:
    """Writes the incidents of a reading as events over the document's tokens; each trigger once a type."""

    def __init__(self, doc: Document, article: Article) -> None:
        self.doc, self.article = doc, article
        self.events: dict[tuple[Stretch, str], Row] = {}
        self.entities: dict[Stretch, Row] = {}

    def row(self, reading: Reading) -> Row:
        for incident in reading.incidents:
            for mention in incident.mentions or _from_claims(incident):
                self._add(incident, mention)
        events = sorted(self.events.items())
        for number, (_, event) in enumerate(events, 1):
            event["id"] = f"{self.doc.id}-E{number}"
        return {
            "doc_id": self.doc.id,
            "entity_mentions": [entity for _, entity in sorted(self.entities.items())],
            "event_mentions": [event for _, event in events],
        }

    def _add(self, incident: Incident, mention: EventMention) -> None:
        type_, at = lists()["types"].get(mention.kind), self._tokens(mention.trigger)
        if type_ is None or at is None or (_bare(mention.trigger) and not mention.parts):
            return
        event = self.events.setdefault(
            (at, type_),
            {"id": "", "event_type": type_, "incident": incident.id, "kind": mention.kind, "trigger": self._words(at),
             "arguments": []},
        )  # fmt: skip
        for slot, span in mention.parts:
            role, head = lists()["roles"][type_].get(slot), self._tokens(span)
            if role is None or head is None:
                continue
            argument = {"entity_id": self._entity(head), "role": role, "text": self._words(head)["text"]}
            if argument not in event["arguments"]:
                event["arguments"].append(argument)

    def _tokens(self, span: Span) -> Stretch | None:
        """Return the document's tokens under a span of the article; None where cleaning put the words there."""
        start, last = self.article.offsets.origin(span.start), self.article.offsets.origin(span.end - 1)
        return None if start is None or last is None else self.doc.tokens_at(start, last + 1)

    def _words(self, at: Stretch) -> Row:
        start, end = at
        text = self.doc.text[self.doc.starts[start] : self.doc.ends[end - 1]]
        return {"start": start, "end": end, "text": text, "sent_idx": self.doc.sentences[start]}

    def _entity(self, at: Stretch) -> str:
        known = self.entities.setdefault(at, {"id": f"{self.doc.id}-T{len(self.entities) + 1}", **self._words(at)})
        return str(known["id"])


def _from_claims(incident: Incident) -> Iterator[EventMention]:
    """Yield the words that show an incident's kind, for incidents that name no mentions: threats."""
    for span in dict.fromkeys(s for claim in incident.of("kind") for s in claim.evidence):
        yield EventMention(trigger=span, kind=incident.kind)


def _bare(trigger: Span) -> bool:
    """Say whether a trigger may name any event: "the attack", "these incidents"."""
    return trigger.text.lower().removesuffix("s") in lists()["bare"]
