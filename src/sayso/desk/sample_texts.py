"""The texts that a sample's judge reads, bare, and what the program holds of them, whatever people made of it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from sayso.desk.errors import NotFoundError
from sayso.desk.sample_scores import CODED
from sayso.link.view import reports_of
from sayso.model.incident import Incident
from sayso.model.span import Span
from sayso.store.corrections import REVIEWER
from sayso.store.rebuild import Stored, rebuild
from sayso.store.store import Store
from sayso.store.told import words_of

LONGEST = 100_000
"""Characters of one text that are shown."""
REPORTS = 5
"""Reports of one incident that are shown and compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """A text without anything read from it: the headline, outlet, day of publication and words.

    `pieces` are the words in a row, each with whether it is one of those that tell of the incident meant.
    """

    title: str
    outlet: str | None
    published: str | None
    text: str
    cut: bool
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What is to be judged: the texts, and for a record the day (EDTF, None unknown) by which its incident is found.

    `others` is how many more incidents the texts tell of; where there are some, `triggers` are the words that tell of
    the one that is meant. `held` is what the program holds: for a record one set of values by slot, for an article one
    for each incident.
    """

    texts: tuple[Bare, ...]
    day: str | None
    held: tuple[dict[str, list[str]], ...]
    others: int = 0
    triggers: tuple[str, ...] = ()


def record_of(store: Store, key: str) -> Meant:
    """Return the incident of a key, as its reports tell it. Raises NotFoundError where it is no longer there."""
    reports = reports_of(store, key)[:REPORTS]
    if not reports:
        raise NotFoundError("this incident is no longer there", value=key, next_step="Leave it out of the sample")
    with store.reading() as connection:
        every = rebuild(connection, {report.stored.number for report in reports}, retired=True)
    told, texts, triggers, others = list[Incident](), list[Bare](), list[str](), 0
    for number in dict.fromkeys(report.stored.number for report in reports):
        stored, keys = every[number], {report.key for report in reports if report.stored.number == number}
        mine = [_own(one) for one in stored.reading.incidents if stored.keys[one.id] in keys]
        rest = len(stored.reading.incidents) - len(mine)
        spans = _triggers(mine) if rest else []
        told, others = told + mine, others + rest
        triggers += [span.text for span in spans]
        texts.append(bare_of(stored, spans))
    held = {slot: list(dict.fromkeys(w for one in told for w in _words(one, slot))) for slot in CODED}
    more: dict[str, Any] = {"others": others, "triggers": tuple(dict.fromkeys(triggers))}
    return Meant(texts=tuple(texts), day=next(iter(held["when"]), None), held=(held,), **more)


def _triggers(told: Sequence[Incident]) -> list[Span]:
    """Return the words that say what happened, in their order, none over another; of all its words where none do."""
    said = [c for one in told for c in one.of("kind")] or [c for one in told for c in one.claims]
    found: list[Span] = []
    for span in sorted((span for claim in said for span in claim.evidence), key=lambda span: (span.start, span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def article_of(store: Store, id: str) -> Meant:
    """Return an article and the incidents read in it, those that it only recalls left out."""
    found = store.article(id)
    if found is None:
        raise NotFoundError("this article is no longer there", value=id, next_step="Leave it out of the sample")
    with store.reading() as connection:
        stored = rebuild(connection, [found.number], retired=True)[found.number]
    told = [_own(one) for one in stored.reading.incidents if not one.background]
    held = tuple({slot: _words(one, slot) for slot in CODED} for one in told if one.claims)
    return Meant(texts=(bare_of(stored),), day=None, held=held)


def bare_of(stored: Stored, marked: Sequence[Span] = ()) -> Bare:
    """Return an article's text, bare, with some words marked; these stand in their order and apart."""
    article = stored.reading.article
    return Bare(
        title=article.title or article.id,
        outlet=article.outlet or article.agency,
        published=article.published.isoformat() if article.published else None,
        text=article.text[:LONGEST],
        cut=len(article.text) > LONGEST,
        pieces=_pieces(article.text[:LONGEST], marked),
    )


def _pieces(text: str, marked: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    cuts = [0, *(place for span in marked for place in (span.start, span.end)), len(text)]
    pieces = [(text[start:end], k % 2 == 1) for k, (start, end) in enumerate(pairwise(cuts))]
    return tuple(piece for piece in pieces if piece[0])


def _own(one: Incident) -> Incident:
    """Return an incident with the program's own claims alone."""
    return replace(one, claims=tuple(c for c in one.claims if not c.maker.startswith(REVIEWER)))


def _words(one: Incident, slot: str) -> list[str]:
    values = [words_of(c.value) for c in one.claims if c.slot == slot and c.stance != "denies"]
    if slot == "kind":
        values = [value.replace("_", " ") for value in values] or [one.kind.replace("_", " ")]
    return list(dict.fromkeys(values))
