"""The texts that a sample's judge reads, bare, and what the program holds of them, whatever people made of it since."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.desk.errors import NotFoundError
from sayso.desk.sample_scores import CODED
from sayso.link.view import reports_of
from sayso.model.incident import Incident
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
    """A text without anything read from it: the headline, outlet, day of publication and words."""

    title: str
    outlet: str | None
    published: str | None
    text: str
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What is to be judged: the texts, and for a record the day (EDTF, None unknown) by which its incident is found.

    `held` is what the program holds: for a record one set of values by slot, for an article one for each incident.
    """

    texts: tuple[Bare, ...]
    day: str | None
    held: tuple[dict[str, list[str]], ...]


def record_of(store: Store, key: str) -> Meant:
    """Return the incident of a key, as its reports tell it. Raises NotFoundError where it is no longer there."""
    reports = reports_of(store, key)[:REPORTS]
    if not reports:
        raise NotFoundError("this incident is no longer there", value=key, next_step="Leave it out of the sample")
    with store.reading() as connection:
        every = rebuild(connection, {report.stored.number for report in reports}, retired=True)
    told = []
    for report in reports:
        stored = every[report.stored.number]
        told += [_own(one) for one in stored.reading.incidents if stored.keys[one.id] == report.key]
    held = {slot: list(dict.fromkeys(w for one in told for w in _words(one, slot))) for slot in CODED}
    texts = {report.stored.number: bare_of(every[report.stored.number]) for report in reports}
    return Meant(texts=tuple(texts.values()), day=next(iter(held["when"]), None), held=(held,))


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


def bare_of(stored: Stored) -> Bare:
    """Return an article's text, bare."""
    article = stored.reading.article
    return Bare(
        title=article.title or article.id,
        outlet=article.outlet or article.agency,
        published=article.published.isoformat() if article.published else None,
        text=article.text[:LONGEST],
        cut=len(article.text) > LONGEST,
    )


def _own(one: Incident) -> Incident:
    """Return an incident with the program's own claims alone."""
    return replace(one, claims=tuple(c for c in one.claims if not c.maker.startswith(REVIEWER)))


def _words(one: Incident, slot: str) -> list[str]:
    values = [words_of(c.value) for c in one.claims if c.slot == slot and c.stance != "denies"]
    if slot == "kind":
        values = [value.replace("_", " ") for value in values] or [one.kind.replace("_", " ")]
    return list(dict.fromkeys(values))
