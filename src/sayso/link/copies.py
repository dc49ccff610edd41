"""Finds which articles are copies of one another, as they come in, and which of them is the origin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from sayso.merge.cluster import Pair, pair
from sayso.merge.copies import CROWD, Member, Signature, compare, group, signature
from sayso.merge.copies import Pair as Scored
from sayso.store import copies
from sayso.store.copies import KeptSignature
from sayso.store.links import Links, NewRule
from sayso.store.rebuild import Stored, rebuild
from sayso.store.store import now

MAKER = "copies/1"
SURE = 0.1
"""Probability from which a pair is recorded: below the half at which two are copies, so that groups see near misses."""


def link_copies(connection: Connection, stored: Iterable[Stored], replaced: list[int]) -> None:
    """Compare articles with those that share a band with them, and group anew whatever this touches."""
    links = Links(connection, "copy")
    for one in rebuild(connection, replaced).values():
        copies.forget(connection, [one.number], signature(one.reading.article.text).bands)
    touched: set[str] = set()
    for one in stored:
        touched |= _compare(connection, links, one)
    _group(connection, links, touched)


def forget_copies(connection: Connection, numbers: list[int]) -> None:
    """Forget articles that count no more, and group anew what they were copies of."""
    links = Links(connection, "copy")
    gone = rebuild(connection, numbers).values()
    ids = {one.reading.article.id for one in gone}
    rules = links.ruled(ids)
    links.revoke((r.number for r in rules), MAKER, now())
    for one in gone:
        copies.forget(connection, [one.number], signature(one.reading.article.text).bands)
    links.settle(dict.fromkeys(ids))
    _group(connection, links, {key for r in rules for key in (r.left, r.right)} - ids)


def _compare(connection: Connection, links: Links, stored: Stored) -> set[str]:
    """Bring the judgements about an article up to date; return its id and those of what was, or is, like it."""
    id, own = stored.reading.article.id, signature(stored.reading.article.text)
    before = {pair(r.left, r.right): r for r in links.ruled([id])}
    found: dict[Pair, NewRule] = {}
    for other in _near(connection, own, {key for p in before for key in p}):
        if other.id != id:
            comparison = compare(own, _signature(other))
            if comparison.score >= SURE:
                keys = pair(id, other.id)
                verdict = "same" if comparison.score >= 0.5 else "different"
                words = "; ".join(reason.words for reason in comparison.reasons[:2])
                found[keys] = NewRule(*keys, verdict, comparison.score, words)  # type: ignore[arg-type]
    copies.keep(connection, stored.number, own.bands, own.hashes, own.length, own.digest)
    gone = [r.number for p, r in before.items() if p not in found or found[p].score != r.score]
    links.revoke(gone, MAKER, now())
    links.rule((found[p] for p in sorted(found) if p not in before or before[p].number in gone), MAKER, now())
    return {id} | {key for p in (*found, *before) for key in p}


def _near(connection: Connection, own: Signature, known: set[str]) -> list[KeptSignature]:
    """Return the signatures of the first articles that share a band; in a crowd also of what is judged already."""
    numbers = copies.in_bands(connection, own.bands, CROWD)
    found = copies.signatures(connection, numbers)
    if len(numbers) >= CROWD:
        found += copies.signatures(connection, ids=sorted(known - {one.id for one in found}))
    return found


def _signature(kept: KeptSignature) -> Signature:
    return Signature(bands=(), hashes=kept.hashes, length=kept.length, digest=kept.digest)


def _group(connection: Connection, links: Links, touched: set[str]) -> None:
    """Put articles that hang together by pairs of copies into groups, each called by its origin."""
    seen: set[str] = set()
    scored: dict[Pair, float] = {}
    clusters = set(links.clusters_of(touched).values())
    edge = touched | {key for members in links.members(clusters).values() for key in members}
    while edge:
        seen |= edge
        rules = links.ruled(edge)
        scored |= {pair(r.left, r.right): r.score for r in rules}
        edge = {key for r in rules if r.verdict == "same" for key in (r.left, r.right)} - seen
    members = [
        Member(id=k.id, published=_day(k.published), agency=k.agency, outlet=k.outlet, length=k.length)
        for k in copies.signatures(connection, ids=sorted(seen))
    ]
    here = {m.id for m in members}
    pairs = [Scored(left=p[0], right=p[1], score=s) for p, s in sorted(scored.items()) if set(p) <= here]
    found: dict[str, str | None] = dict.fromkeys(seen)
    for one in group(pairs, members):
        found |= dict.fromkeys(one.members, one.origin.id)
    before = links.clusters_of(seen)
    links.settle({key: origin for key, origin in found.items() if before.get(key) != origin})


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
