"""One value to be reviewed, as the program gave it: in the words it stands in, whatever was made of it since."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from sayso.desk.errors import NotFoundError
from sayso.desk.review_queue import Ref
from sayso.desk.values import fields_of
from sayso.export.origins import origin_of
from sayso.export.sourcing import Sourcing
from sayso.model.claim import Actor, Claim, Label, Value
from sayso.model.incident import Incident
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.when import When
from sayso.store import corrections
from sayso.store.corrections import REVIEWER
from sayso.store.fold import fold, sound
from sayso.store.rebuild import Stored, rebuild
from sayso.store.rows import incident_row
from sayso.store.told import words_of

SENTENCE_END = re.compile(r"[.!?…。！？؟۔]+[\"'”’»)\]]*\s+|\n+")
REACH = 420
"""Characters shown before and behind the words, at most."""
MOST_PASSAGES = 4
_FREE = frozenset({"value", "description"})


class Piece(NamedTuple):
    """Some words of a passage; `marked` are those that carry the value."""

    words: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The sentences around some words; `start` and `end` are those of the words, `part` where in the article it is."""

    part: str
    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One value that the program gave, with its incident in short, as the program alone has it.

    `according_to` is on whose say-so, `source_kind` what kind of source that is. `place` and `day` (EDTF) are None
    where not known. `fields` are what a form is filled with to correct it.
    """

    ref: Ref
    key: str
    claim: Claim
    words: str
    fields: dict[str, str]
    according_to: str
    source_kind: str
    kind: str
    stage: str
    background: bool
    place: str | None
    day: str | None
    article: str
    version: int
    title: str | None
    outlet: str | None
    published: date | None
    passages: tuple[Passage, ...]


def item_at(connection: Connection, key: str, position: int) -> Item:
    """Return the item of an incident's key and a claim's position there.

    Raises NotFoundError where there is none, or where the claim is a person's own.
    """
    of = corrections.held(connection, sound(key))
    stored = rebuild(connection, [of.article], retired=True)[of.article] if of else None
    one = next((i for i in stored.reading.incidents if i.id == of.id), None) if stored and of else None
    if not of or not stored or not one or not 0 <= position < len(one.claims) or _by_a_person(one.claims[position]):
        raise NotFoundError(
            "the program gave no such value", value=f"{key}, {position}", next_step="The queue has what can be reviewed"
        )
    return item_of(stored, one, Ref(of.article, of.id, position), of.key)


def _by_a_person(claim: Claim) -> bool:
    return claim.maker.startswith(REVIEWER)


def item_of(stored: Stored, one: Incident, ref: Ref, key: str) -> Item:
    """Return a claim of an incident as an item; the article as it is stored holds what was taken out too."""
    reading, claim = stored.reading, one.claims[ref.claim]
    article, sourcing = reading.article, Sourcing(reading)
    own = replace(one, claims=tuple(c for c in one.claims if not _by_a_person(c)))
    row = incident_row(own)
    times = [c.value for c in own.of("when") if isinstance(c.value, When)]
    days = [when.edtf for when in times if (when.earliest, when.latest) == (row["earliest"], row["latest"])]
    return Item(
        ref=ref,
        key=key,
        claim=claim,
        words=words_of(claim.value),
        fields=fields_of(claim.value) | ({"standing": claim.standing} if claim.standing else {}),
        according_to=sourcing.claimed(claim),
        source_kind=origin_of(sourcing.statements(claim.chain), article).kind,
        kind=_label(own, "kind"),
        stage=_label(own, "stage"),
        background=one.background,
        place=row["place"],
        day=days[0] if days else None,
        article=article.id,
        version=stored.version,
        title=article.title,
        outlet=article.outlet or article.agency,
        published=article.published,
        passages=tuple(passages(reading, claim.evidence)),
    )


def _label(one: Incident, slot: str) -> str:
    """Return the kind or stage as the program has it."""
    given = [c.value.value for c in one.of(slot) if isinstance(c.value, Label)]  # type: ignore[arg-type]
    return given[0] if given else str(getattr(one, slot))


def passages(reading: Reading, spans: Iterable[Span]) -> list[Passage]:
    """Return the sentences around some words, the words marked; words that stand close together share one passage."""
    text, sourcing, found = reading.article.text, Sourcing(reading), []
    windows: list[tuple[int, int, list[Span]]] = []
    for span in sorted(set(spans)):
        first, last = _window(reading, span)
        if windows and first <= windows[-1][1]:
            begin, end, held = windows.pop()
            windows.append((begin, max(end, last), [*held, span]))
        else:
            windows.append((first, last, [span]))
    for first, last, held in windows[:MOST_PASSAGES]:
        pieces, at = [], first
        for span in held:
            start = max(at, span.start)
            pieces += [Piece(text[at:start], False), Piece(text[start : max(start, span.end)], True)]
            at = max(start, span.end)
        pieces.append(Piece(text[at:last], False))
        kept = tuple(piece for piece in pieces if piece.words)
        part = sourcing.part(held[0].start)
        found.append(Passage(part=part, start=held[0].start, end=held[0].end, pieces=kept))
    return found


def _window(reading: Reading, span: Span) -> tuple[int, int]:
    """Return the limits of the sentence that holds a span with one more on each side, within its block."""
    blocks = [b for b in reading.article.blocks if b.start <= span.start < b.end]
    first, last = (blocks[0].start, blocks[0].end) if blocks else (0, len(reading.article.text))
    first, last = max(first, span.start - REACH), min(max(last, span.end), span.end + REACH)
    text = reading.article.text[first:last]
    ends = [first + match.end() for match in SENTENCE_END.finditer(text)]
    before = [end for end in ends if end <= span.start]
    behind = [end for end in ends if end >= span.end]
    return (before[-2] if len(before) > 1 else first), (behind[1] if len(behind) > 1 else last)


def comparable(value: Value, standing: str | None) -> str:
    """Return a value in a form in which two reviewers' are equal where they mean the same: case and signs apart."""
    parts = {name: fold(part) or part if name in _FREE else part for name, part in fields_of(value).items()}
    if isinstance(value, Actor):
        parts.pop("kind", None)
    return "|".join(f"{name}={part}" for name, part in sorted(parts.items())) + (f"|{standing}" if standing else "")
