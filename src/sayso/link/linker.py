"""Links what waits: sketches, candidates, comparisons, judgements by rule, clusters.

A batch of articles is linked in one transaction: stopped at any moment, what was linked is whole and the rest waits. The
outcome depends on the articles and on what people have decided, not on the order in which they came.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import Connection

from sayso.link.copies import link_copies
from sayso.link.subjects import SUBJECTS, Matcher, matcher
from sayso.merge import cluster
from sayso.merge.cluster import Pair, clusters, components, pair
from sayso.model.judgement import Subject, Verdict
from sayso.store.links import Kept, Links, NewRule, Ruled, mark, older, waiting
from sayso.store.rebuild import Stored, rebuild
from sayso.store.rows import key_of
from sayso.store.store import Store, now

BATCH = 50
"""Articles linked in one transaction."""
MOST = 400
"""Candidates that one sketch is compared with."""
FLOOR = -0.5
"""Log-odds from which a pair is recorded: less is no link and no doubt."""
WHOLE = 80
"""Things of one component up to which every pair in it is compared, candidates or not."""
_PARSED = 20_000


@dataclass(slots=True)
class Linked:
    """What was done: articles linked, pairs compared, and clusters that changed."""

    articles: int = 0
    compared: int = 0
    changed: int = 0


class Component(NamedTuple):
    """Keys that hang together, the log-odds of their pairs, and those that find their place after the others."""

    keys: set[str]
    scores: dict[Pair, float]
    later: frozenset[str]


def link(
    store: Store, *, again: bool = False, batch: int = BATCH, advance: Callable[[int], None] = lambda number: None
) -> Linked:
    """Link every article that waits; with `again`, all of them anew. `advance` is told the number of each batch's articles.

    Rules' judgements that no longer hold are revoked, never erased; what people have decided stays and binds.
    """
    done = Linked()
    if again:
        with store.writing() as connection:
            mark(connection, None, None)
    while True:
        with store.writing() as connection:
            numbers = waiting(connection, batch)
            if not numbers:
                return done
            _link_batch(connection, numbers, done)
        advance(len(numbers))


def makers() -> str:
    """Return who links, with versions, as an article remembers it."""
    return " ".join(matcher(subject).MAKER for subject in SUBJECTS)


def _link_batch(connection: Connection, numbers: list[int], done: Linked) -> None:
    stored = rebuild(connection, numbers)
    replaced = older(connection, numbers)
    for subject in SUBJECTS:
        Linking(connection, subject).articles([stored[n] for n in numbers], replaced, done)
    link_copies(connection, [stored[n] for n in numbers], replaced)
    mark(connection, numbers, makers())
    done.articles += len(numbers)


def keys_in(stored: Stored, subject: Subject) -> dict[str, str]:
    """Return the keys of an article's incidents or entities, by their ids."""
    if subject == "incident":
        return dict(stored.keys)
    id, version = stored.reading.article.id, stored.version
    return {entity.id: key_of(id, version, f"entity:{entity.id}") for entity in stored.reading.entities}


@lru_cache(_PARSED)
def _parsed(subject: Subject, body: str) -> Any:
    return matcher(subject).sketch_from(body)


@dataclass(slots=True)
class Linking:
    """The linking of one subject within one transaction."""

    connection: Connection
    subject: Subject
    links: Links = field(init=False)
    matcher: Matcher = field(init=False)

    def __post_init__(self) -> None:
        self.links = Links(self.connection, self.subject)
        self.matcher = matcher(self.subject)

    def articles(self, stored: Iterable[Stored], replaced: list[int], done: Linked) -> None:
        """Link articles: sketch them, compare them with their candidates, and settle the clusters that this touches."""
        touched = self._forget(replaced)
        fresh: list[tuple[Kept, Any]] = []
        for one in stored:
            fresh += self._sketch(one, touched)
        for kept, sketch in fresh:
            done.compared += self._compare(kept, sketch)
        touched |= {kept.key for kept, _ in fresh}
        done.changed += self.settle(touched)

    def _forget(self, reports: list[int]) -> set[str]:
        """Take out the sketches of articles that have newer versions; return the keys of what they were linked with."""
        gone = self.links.of_reports(reports) if reports else []
        keys = {kept.key for kept in gone}
        rules = self.links.ruled(keys) if keys else []
        self.links.revoke((r.number for r in rules), self.matcher.MAKER, now())
        for kept in gone:
            self.links.forget(kept, self._keys(_parsed(self.subject, kept.body)).kept)
        near = self._together(keys)
        self.links.settle(dict.fromkeys(keys))
        return ({k for r in rules for k in (r.left, r.right)} | near) - keys

    def _keys(self, sketch: Any) -> Any:
        return self.matcher.keys_of(sketch)

    def _sketch(self, stored: Stored, touched: set[str]) -> list[tuple[Kept, Any]]:
        """Keep the sketches of an article, where they have changed in the place of those that are kept."""
        keys = keys_in(stored, self.subject)
        before = {kept.key: kept for kept in self.links.of_reports([stored.number])}
        found = []
        for sketch in self.matcher.sketches_of(stored.reading, keys):
            body, known = self.matcher.plain(sketch), before.pop(sketch.key, None)
            if known and known.body != body:
                self.links.forget(known, self._keys(_parsed(self.subject, known.body)).kept)
            if known is None or known.body != body:
                number = self.links.keep(sketch.key, stored.number, body, self._keys(sketch).kept)
                known = Kept(number, sketch.key, stored.number, body)
            found.append((known, sketch))
        for kept in before.values():
            self.links.forget(kept, self._keys(_parsed(self.subject, kept.body)).kept)
            touched.add(kept.key)
        return found

    def _compare(self, kept: Kept, sketch: Any) -> int:
        """Compare a sketch with its candidates and bring the rules' judgements about it up to date."""
        asked = self._keys(sketch)
        near = [n for n in self.links.candidates(asked.strong, asked.weak, MOST + 1) if n != kept.number][:MOST]
        scores: dict[Pair, tuple[float, Kept]] = {}
        for other in self.links.numbered(near):
            odds = self.matcher.log_odds(*self._ordered(kept.key, sketch, other))
            if odds >= FLOOR:
                scores[pair(kept.key, other.key)] = odds, other
        standing = {pair(r.left, r.right): r for r in self.links.ruled([kept.key])}
        gone = [r for p, r in standing.items() if p not in scores or not math.isclose(_odds(r), scores[p][0])]
        self.links.revoke((r.number for r in gone), self.matcher.MAKER, now())
        kept_pairs = {pair(r.left, r.right) for r in standing.values()} - {pair(r.left, r.right) for r in gone}
        fresh = [self._rule(p, sketch, scores[p]) for p in sorted(scores) if p not in kept_pairs]
        self.links.rule(fresh, self.matcher.MAKER, now())
        return len(near)

    def _ordered(self, key: str, sketch: Any, other: Kept) -> tuple[Any, Any]:
        """Return two sketches in the order of their keys, so that a score is the same whichever came first."""
        theirs = _parsed(self.subject, other.body)
        return (sketch, theirs) if key < other.key else (theirs, sketch)

    def _rule(self, keys: Pair, sketch: Any, scored: tuple[float, Kept]) -> NewRule:
        odds, other = scored
        verdict: Verdict = "same" if odds >= cluster.LEAST else "different"
        reasons = self.matcher.compare(*self._ordered(sketch.key, sketch, other)).reasons
        return NewRule(*keys, verdict, probability(odds), "; ".join(r.words for r in reasons[:3]))

    def settle(self, touched: set[str]) -> int:
        """Cluster anew whatever hangs together with these keys; return how many keys have changed their cluster."""
        if not touched:
            return 0
        keys, rules = self._around(self._together(touched) | touched)
        people = self.links.decided(keys)
        decided = {pair(j.left, j.right): j.verdict == "same" for j in people}
        scores = {pair(r.left, r.right): _odds(r) for r in rules}
        hanging = [p for p, odds in scores.items() if odds >= cluster.LEAST] + [
            p for p, same in decided.items() if same
        ]
        found: dict[str, str | None] = {}
        for component in components(keys, hanging):
            if len(component) == 1:
                found[component[0]] = None
                continue
            own, apart = self._whole(component, scores)
            binding = {p: same for p, same in decided.items() if p[0] in own.keys and p[1] in own.keys}
            for group in clusters(component, own.scores, {**apart, **binding}, later=own.later):
                found |= dict.fromkeys(group, group[0] if len(group) > 1 else None)
        before = self.links.clusters_of(keys)
        changed = {key: now_in for key, now_in in found.items() if before.get(key) != now_in}
        self.links.settle(changed)
        self._reverdict(rules, found)
        return len(changed)

    def _whole(self, component: list[str], scores: Mapping[Pair, float]) -> tuple[Component, dict[Pair, bool]]:
        """Return a component with its scores, those missing made up for where it is small, and what is apart in it.

        Apart is what one article tells of as two, unless it looks like one.
        """
        inside = set(component)
        own = {p: odds for p, odds in scores.items() if p[0] in inside and p[1] in inside}
        kept = self.links.by_keys(component)
        sketches = {key: _parsed(self.subject, one.body) for key, one in kept.items()}
        if 2 < len(component) <= WHOLE:
            for p in combinations(sorted(sketches), 2):
                if p not in own:
                    own[p] = self.matcher.log_odds(sketches[p[0]], sketches[p[1]])
        by_report: dict[int, list[str]] = {}
        for key, one in sorted(kept.items()):
            by_report.setdefault(one.report, []).append(key)
        together = [p for keys in by_report.values() for p in combinations(keys, 2)]
        later = frozenset(key for key, sketch in sketches.items() if getattr(sketch, "beside", False))
        return Component(inside, own, later), {p: False for p in together if own.get(p, -1.0) < 0}

    def _together(self, keys: set[str]) -> set[str]:
        """Return the keys that share a cluster with one of these."""
        own = set(self.links.clusters_of(keys).values())
        return {key for members in self.links.members(own).values() for key in members} if own else set()

    def _around(self, keys: set[str]) -> tuple[set[str], list[Ruled]]:
        """Return all keys that hang together with these by links that may join, with the rules' judgements about them."""
        seen: set[str] = set()
        rules: dict[int, Ruled] = {}
        edge = set(keys)
        while edge:
            seen |= edge
            further: set[str] = set()
            for r in self.links.ruled(edge):
                rules[r.number] = r
                if _odds(r) >= cluster.LEAST:
                    further |= {r.left, r.right}
            further |= {k for j in self.links.decided(edge) if j.verdict == "same" for k in (j.left, j.right)}
            edge = further - seen
        return seen, list(rules.values())

    def _reverdict(self, rules: list[Ruled], found: Mapping[str, str | None]) -> None:
        """Write down where the clusters have overruled a pair's own verdict, and revoke what stood before."""
        wrong = [r for r in rules if r.verdict != _verdict(r, found)]
        self.links.revoke((r.number for r in wrong), self.matcher.MAKER, now())
        fresh = []
        for r in wrong:
            verdict = _verdict(r, found)
            why = (
                "joined by the average of all pairs" if verdict == "same" else "held apart by the average of all pairs"
            )
            fresh.append(NewRule(r.left, r.right, verdict, r.score, why))
        self.links.rule(fresh, self.matcher.MAKER, now())


def _verdict(rule: Ruled, found: Mapping[str, str | None]) -> Verdict:
    mine, other = found.get(rule.left), found.get(rule.right)
    return "same" if mine is not None and mine == other else "different"


def probability(odds: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, odds))))


def _odds(rule: Ruled) -> float:
    return math.log(rule.score / (1 - rule.score)) if 0 < rule.score < 1 else math.copysign(500.0, rule.score - 0.5)
