"""Links what waits: sketches, candidates, comparisons, judgements by rule, clusters.

A batch of articles is linked in one transaction: stopped at any moment, what was linked is whole and the rest waits.
The outcome depends on the articles and on what people have decided, not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from sayso.errors import SaysoError
from sayso.link.anew import sketch_anew
from sayso.link.carry import carry_over
from sayso.link.copies import link_copies
from sayso.link.corrected import carry_corrections
from sayso.link.subjects import SUBJECTS, Matcher, keys_in, least_of, matcher
from sayso.link.verdicts import alone, is_as, odds_of, probability, verdict_of
from sayso.merge.cluster import Pair, clusters, components, pair
from sayso.model.judgement import Subject, Verdict
from sayso.store.links import Kept, Links, NewRule, Ruled, mark, older, waiting
from sayso.store.rebuild import Stored, rebuild
from sayso.store.store import Store, now
from sayso.store.tables import article

BATCH = 50
"""Articles linked in one transaction."""
MOST = 400
"""Candidates that one sketch is compared with."""
FLOOR = -0.5
"""Log-odds from which a pair is recorded: less is no link and no doubt."""
WHOLE = 80
"""Things of one component up to which every pair in it is compared, candidates or not."""
NOT_LINKED = "failed"
"""What stands in `article.linked` of an article that could not be linked."""
_PARSED = 20_000


@dataclass(slots=True)
class Linked:
    """What was done: articles linked, pairs compared, clusters that changed, and what could not be linked."""

    articles: int = 0
    compared: int = 0
    changed: int = 0
    failures: list[str] = field(default_factory=list)


class Component(NamedTuple):
    """Keys that hang together, the log-odds of their pairs, what finds its place later, and what no score joins."""

    keys: set[str]
    scores: dict[Pair, float]
    later: frozenset[str]
    apart: frozenset[Pair]


def link(
    store: Store, *, again: bool = False, batch: int = BATCH, advance: Callable[[int], None] = lambda number: None
) -> Linked:
    """Link every article that waits; with `again`, all of them anew. `advance` is told how many each batch has.

    Rules' judgements that no longer hold are revoked, never erased; what people have decided stays and binds. An
    article that cannot be linked is recorded with its error and left out, and the others go on.
    """
    done = Linked()
    if again:
        with store.writing() as connection:
            sketch_anew(connection)
            mark(connection, None, None)
    while True:
        with store.reading() as connection:
            numbers = waiting(connection, batch)
        if not numbers:
            return done
        _link_or_part(store, numbers, done)
        advance(len(numbers))


def _link_or_part(store: Store, numbers: list[int], done: Linked) -> None:
    """Link articles in one transaction; where that fails, each alone, so that only the bad one is left out."""
    before = replace(done)
    try:
        with store.writing() as connection:
            _link_batch(connection, numbers, done)
    except (SaysoError, MemoryError):
        raise
    except Exception as error:
        done.articles, done.compared, done.changed = before.articles, before.compared, before.changed
        if len(numbers) > 1:
            for number in numbers:
                _link_or_part(store, [number], done)
        else:
            _leave_out(store, numbers[0], error, done)


def _leave_out(store: Store, number: int, error: Exception, done: Linked) -> None:
    """Record that an article could not be linked, so that it waits no more until everything is linked anew."""
    with store.writing() as connection:
        name = connection.execute(select(article.c.name).where(article.c.number == number)).scalar_one()
        mark(connection, [number], NOT_LINKED)
    message = f"{name}: could not be linked ({type(error).__name__}: {error}). Please report it"
    store.add_failure(name, message)
    done.failures.append(message)


def makers() -> str:
    """Return who links, with versions, as an article remembers it."""
    return " ".join(matcher(subject).MAKER for subject in SUBJECTS)


def _link_batch(connection: Connection, numbers: list[int], done: Linked) -> None:
    carry_corrections(connection, numbers)
    stored = rebuild(connection, numbers)
    replaced = older(connection, numbers)
    for subject in SUBJECTS:
        Linking(connection, subject).articles([stored[n] for n in numbers], replaced, done)
    link_copies(connection, [stored[n] for n in numbers], replaced)
    mark(connection, numbers, makers())
    done.articles += len(numbers)


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
    least: float = field(init=False)

    def __post_init__(self) -> None:
        self.links = Links(self.connection, self.subject)
        self.matcher = matcher(self.subject)
        self.least = least_of(self.subject)

    def articles(self, stored: Iterable[Stored], replaced: list[int], done: Linked) -> None:
        """Link articles: sketch them, compare them with their candidates, and settle the clusters that this touches."""
        gone = self.links.of_reports(replaced)
        held = self.links.decided(kept.key for kept in gone)
        touched = self._drop(gone)
        fresh: list[tuple[Kept, Any]] = []
        for one in stored:
            fresh += self._sketch(one, touched)
        for kept, sketch in fresh:
            done.compared += self._compare(kept, sketch)
        if held:
            before = [_parsed(self.subject, kept.body) for kept in gone]
            carry_over(self.links, self.matcher, held, before, [sketch for _, sketch in fresh], self.least)
        touched |= {kept.key for kept, _ in fresh}
        done.changed += self.settle(touched)

    def leave(self, numbers: list[int]) -> None:
        """Take out whatever is told by articles that count no more, and settle what it was linked with."""
        self.settle(self._drop(self.links.of_reports(numbers)))

    def _drop(self, gone: list[Kept]) -> set[str]:
        """Take out sketches of what is no more, and what rules hold of it; return the keys that it was linked with."""
        keys = {kept.key for kept in gone}
        rules = self.links.ruled(keys)
        self.links.revoke((r.number for r in rules), self.matcher.MAKER, now())
        near = self._together(keys) | {k for r in rules for k in (r.left, r.right)}
        near |= {k for j in self.links.decided(keys) for k in (j.left, j.right)}
        for kept in gone:
            self.links.forget(kept, self._keys(_parsed(self.subject, kept.body)).kept)
        self.links.settle(dict.fromkeys(keys))
        return near - keys

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
        touched |= self._drop(list(before.values()))
        return found

    def _compare(self, kept: Kept, sketch: Any) -> int:
        """Compare a sketch with its candidates and bring the rules' judgements about it up to date."""
        asked = self._keys(sketch)
        near = [n for n in self.links.candidates(asked.strong, asked.weak, MOST + 1) if n != kept.number][:MOST]
        standing = {pair(r.left, r.right): r for r in self.links.ruled([kept.key])}
        others = {other.key: other for other in self.links.numbered(near)}
        if len(near) == MOST:
            others |= self.links.by_keys({key for p in standing for key in p} - {kept.key})
        scores: dict[Pair, tuple[float, Kept]] = {}
        for other in others.values():
            odds = self.matcher.log_odds(*self._ordered(kept.key, sketch, other))
            if odds >= FLOOR:
                scores[pair(kept.key, other.key)] = odds, other
        gone = [r for p, r in standing.items() if p not in scores or not is_as(r, scores[p][0])]
        self.links.revoke((r.number for r in gone), self.matcher.MAKER, now())
        kept_pairs = {pair(r.left, r.right) for r in standing.values()} - {pair(r.left, r.right) for r in gone}
        fresh = [self._rule(p, sketch, scores[p]) for p in sorted(scores) if p not in kept_pairs]
        self.links.rule(fresh, self.matcher.MAKER, now())
        return len(others)

    def _ordered(self, key: str, sketch: Any, other: Kept) -> tuple[Any, Any]:
        """Return two sketches in the order of their keys, so that a score is the same whichever came first."""
        theirs = _parsed(self.subject, other.body)
        return (sketch, theirs) if key < other.key else (theirs, sketch)

    def _rule(self, keys: Pair, sketch: Any, scored: tuple[float, Kept]) -> NewRule:
        odds, other = scored
        why = self._reasons(*self._ordered(sketch.key, sketch, other))
        return NewRule(*keys, alone(odds, self.least), probability(odds), why)

    def _reasons(self, left: Any, right: Any) -> str:
        return "; ".join(reason.words for reason in self.matcher.compare(left, right).reasons[:3])

    def settle(self, touched: set[str]) -> int:
        """Cluster anew whatever hangs together with these keys; return how many keys have changed their cluster."""
        if not touched:
            return 0
        keys, rules = self.around(touched)
        people = self.links.decided(keys)
        decided = {pair(j.left, j.right): j.verdict == "same" for j in people}
        scores = {pair(r.left, r.right): odds_of(r) for r in rules}
        hanging = [p for p, odds in scores.items() if odds >= self.least] + [p for p, same in decided.items() if same]
        found: dict[str, str | None] = {}
        for component in components(keys, hanging):
            found[component[0]] = None
            if len(component) == 1:
                continue
            own = self._whole(component, scores)
            binding = {p: same for p, same in decided.items() if p[0] in own.keys and p[1] in own.keys}
            for group in clusters(component, own.scores, binding, self.least, own.later, own.apart):
                found |= dict.fromkeys(group, group[0] if len(group) > 1 else None)
        before = self.links.clusters_of(keys)
        changed = {key: now_in for key, now_in in found.items() if before.get(key) != now_in}
        self.links.settle(changed)
        self._reverdict(rules, found)
        return len(changed)

    def _whole(self, component: list[str], scores: Mapping[Pair, float]) -> Component:
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
        return Component(inside, own, later, frozenset(p for p in together if own.get(p, -1.0) < 0))

    def _together(self, keys: set[str]) -> set[str]:
        """Return the keys that share a cluster with one of these."""
        own = set(self.links.clusters_of(keys).values())
        return {key for members in self.links.members(own).values() for key in members} if own else set()

    def around(self, keys: Iterable[str]) -> tuple[set[str], list[Ruled]]:
        """Return all keys that hang together with these by links that may join, with what rules hold of them."""
        seen: set[str] = set()
        rules: dict[int, Ruled] = {}
        edge = self._together(set(keys)) | set(keys)
        while edge:
            seen |= edge
            further: set[str] = set()
            for r in self.links.ruled(edge):
                rules[r.number] = r
                if odds_of(r) >= self.least:
                    further |= {r.left, r.right}
            further |= {k for j in self.links.decided(edge) if j.verdict == "same" for k in (j.left, j.right)}
            edge = further - seen
        return seen, list(rules.values())

    def _reverdict(self, rules: list[Ruled], found: Mapping[str, str | None]) -> None:
        """Write down where the clusters now decide a pair otherwise than what stood before, and revoke that."""
        wrong = [r for r in rules if r.verdict != verdict_of(r, found)]
        self.links.revoke((r.number for r in wrong), self.matcher.MAKER, now())
        fresh = [
            NewRule(r.left, r.right, verdict_of(r, found), r.score, self._why(r, verdict_of(r, found))) for r in wrong
        ]
        self.links.rule(fresh, self.matcher.MAKER, now())

    def _why(self, rule: Ruled, verdict: Verdict) -> str:
        """Return why a pair has a verdict: its own reasons where they carry it, else that it was overruled."""
        if verdict != alone(odds_of(rule), self.least):
            how = "joined" if verdict == "same" else "held apart"
            return f"{how} by the other pairs of their groups"
        kept = self.links.by_keys([rule.left, rule.right])
        return self._reasons(*(_parsed(self.subject, kept[key].body) for key in sorted(kept)))
