"""What the store keeps of links between articles: sketches and where they are found, clusters, judgements.

`Links` works within one transaction of somebody else's; nothing here knows how two things are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple, TypeVar, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from sayso.model.judgement import Judgement, Subject, Verdict
from sayso.store.overview import due_of_linked
from sayso.store.tables import article, cluster_member, judgement, sketch, sketch_key

AT_ONCE = 500
"""Keys asked for in one query: SQLite takes 32,766 parameters, and short queries share one plan."""


class Kept(NamedTuple):
    """A sketch as it is kept: its number, its key, its article's number, and itself as JSON."""

    number: int
    key: str
    report: int
    body: str


class Ruled(NamedTuple):
    """What a rule holds of a pair, which stands: the judgement's number, the keys, the verdict, and the probability."""

    number: int
    left: str
    right: str
    verdict: Verdict
    score: float


class NewRule(NamedTuple):
    """A rule's judgement that is to be written."""

    left: str
    right: str
    verdict: Verdict
    score: float
    reason: str


class Links:
    """The sketches, clusters and judgements of one subject, over a connection that has a transaction open."""

    def __init__(self, connection: Connection, subject: Subject) -> None:
        self._c, self.subject = connection, subject

    # Sketches

    def keep(self, key: str, report: int, body: str, kept: Iterable[int]) -> int:
        """Keep a sketch under its keys, and return its number."""
        row = {"subject": self.subject, "key": key, "report": report, "body": body}
        made = self._c.execute(insert(sketch).values(row)).inserted_primary_key
        assert made is not None
        self._put_keys(int(made[0]), kept)
        return int(made[0])

    def renew(self, kept: Kept, body: str, values: Iterable[int]) -> None:
        """Keep a sketch, whose keys have been forgotten, as it is now."""
        if kept.body != body:
            self._c.execute(update(sketch).where(sketch.c.number == kept.number).values(body=body))
        self._put_keys(kept.number, values)

    def _put_keys(self, number: int, values: Iterable[int]) -> None:
        rows = [{"value": value, "sketch": number} for value in sorted(values)]
        if rows:
            self._c.execute(insert(sketch_key), rows)

    def forget(self, kept: Kept, values: Iterable[int]) -> None:
        """Take a sketch out, with the keys it is kept under; its judgements stay."""
        own = delete(sketch_key).where(sketch_key.c.value == bindparam("v"), sketch_key.c.sketch == kept.number)
        rows = [{"v": value} for value in values]
        if rows:
            self._c.execute(own, rows)
        self._c.execute(delete(sketch).where(sketch.c.number == kept.number))

    def of_reports(self, reports: Iterable[int]) -> list[Kept]:
        """Return the sketches of articles, in the order in which they were kept."""
        return [
            Kept(*row)
            for some in batches(reports, AT_ONCE)
            for row in self._c.execute(
                _KEPT.where(sketch.c.subject == self.subject, sketch.c.report.in_(some)).order_by(sketch.c.number)
            )
        ]

    def by_keys(self, keys: Iterable[str]) -> dict[str, Kept]:
        """Return the sketches of these keys; those that are not kept are left out."""
        found: dict[str, Kept] = {}
        for some in batches(sorted(keys), AT_ONCE):
            for row in self._c.execute(_KEPT.where(sketch.c.key.in_(some), sketch.c.subject == self.subject)):
                found[row.key] = Kept(*row)
        return found

    def beginning(self, start: str, most: int = 6) -> list[str]:
        """Return the keys that begin so, in order, at most so many."""
        query = select(sketch.c.key).where(
            sketch.c.subject == self.subject, sketch.c.key.startswith(start, autoescape=True)
        )
        return [row.key for row in self._c.execute(query.order_by(sketch.c.key).limit(most))]

    def candidates(self, strong: Collection[int], weak: Collection[int], most: int) -> list[int]:
        """Return the numbers of the sketches that share a strong key or two weak ones, at most so many.

        Where there are more, those that share the most keys come first, then the newest.
        """
        met: dict[int, int] = {}
        for worth, values in ((2, strong), (1, weak)):
            for some in batches(sorted(values), AT_ONCE):
                query = select(sketch_key.c.sketch, func.count()).where(sketch_key.c.value.in_(some))
                for number, count in self._c.execute(query.group_by(sketch_key.c.sketch)):
                    met[number] = met.get(number, 0) + worth * count
        found = [number for number, worth in met.items() if worth >= 2]
        return sorted(found, key=lambda n: (-met[n], -n))[:most]

    def numbered(self, numbers: Iterable[int]) -> list[Kept]:
        """Return the sketches of these numbers, in their order."""
        return [
            Kept(*row)
            for some in batches(numbers, AT_ONCE)
            for row in self._c.execute(_KEPT.where(sketch.c.number.in_(some)).order_by(sketch.c.number))
        ]

    # Judgements

    def ruled(self, keys: Iterable[str]) -> list[Ruled]:
        """Return what rules hold of pairs with at least one of these keys."""
        query = select(*(judgement.c[name] for name in Ruled._fields))
        found = {row.number: Ruled._make(row) for row in self._about(query, keys, by_rule=True)}
        return [found[number] for number in sorted(found)]

    def decided(self, keys: Iterable[str]) -> list[Judgement]:
        """Return what people have decided of pairs with at least one of these keys, and not revoked.

        Left out is what binds no more, since one of the two is there no longer: its article has a newer version.
        """
        there = [exists().where(sketch.c.key == column) for column in (judgement.c.left, judgement.c.right)]
        rows = self._about(select(judgement).where(*there), keys, by_rule=False)
        found = {row.number: _judgement(row) for row in rows}
        return [found[number] for number in sorted(found)]

    def _about(self, query: Select[Any], keys: Iterable[str], *, by_rule: bool) -> Iterator[Row[Any]]:
        """Yield the standing judgements that have one of these keys on either side, a pair of them twice."""
        mine = (judgement.c.by_rule == by_rule, judgement.c.subject == self.subject, judgement.c.revoked.is_(None))
        for some in batches(sorted(keys), AT_ONCE):
            for side in (judgement.c.left, judgement.c.right):
                yield from self._c.execute(query.where(*mine, side.in_(some)))

    def rule(self, rows: Iterable[NewRule], author: str, at: str) -> None:
        """Write a rule's judgements."""
        common = {"subject": self.subject, "author": author, "by_rule": True, "at": at}
        made = [{**common, **row._asdict()} for row in rows]
        if made:
            self._c.execute(insert(judgement), made)

    def judge(self, left: str, right: str, verdict: Verdict, reason: str, author: str, at: str) -> int:
        """Write a person's judgement, and return its number."""
        row = {"subject": self.subject, "left": left, "right": right, "verdict": verdict, "reason": reason}
        row |= {"author": author, "at": at}
        made = self._c.execute(insert(judgement).values({**row, "by_rule": False})).inserted_primary_key
        assert made is not None
        return int(made[0])

    def revoke(self, numbers: Iterable[int], by: str, at: str) -> None:
        """Take judgements back; their rows stay."""
        change = update(judgement).where(judgement.c.number == bindparam("n"))
        rows = [{"n": number} for number in numbers]
        if rows:
            self._c.execute(change.values(revoked=at, revoked_by=by), rows)

    # Clusters

    def clusters_of(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the clusters that keys are in, by key; a key that is alone has none."""
        found: dict[str, str] = {}
        for some in batches(sorted(keys), AT_ONCE):
            query = select(cluster_member.c.key, cluster_member.c.cluster)
            for key, cluster in self._c.execute(query.where(self._mine(), cluster_member.c.key.in_(some))):
                found[key] = cluster
        return found

    def members(self, clusters: Iterable[str]) -> dict[str, list[str]]:
        """Return the keys in each of these clusters, in order; a cluster that is not there is left out."""
        found: dict[str, list[str]] = {}
        for some in batches(sorted(clusters), AT_ONCE):
            query = select(cluster_member.c.cluster, cluster_member.c.key).order_by(cluster_member.c.key)
            for cluster, key in self._c.execute(query.where(self._mine(), cluster_member.c.cluster.in_(some))):
                found.setdefault(cluster, []).append(key)
        return found

    def settle(self, changed: Mapping[str, str | None]) -> None:
        """Put keys into their clusters; None for one that is alone. The overview of what this touches waits anew."""
        left, joined = self.clusters_of(changed).values(), (cluster for cluster in changed.values() if cluster)
        of = {*changed, *left, *joined} if self.subject == "incident" else set(changed)
        due_of_linked(self._c, self.subject, of)
        gone = [{"k": key} for key in changed]
        if gone:
            self._c.execute(delete(cluster_member).where(self._mine(), cluster_member.c.key == bindparam("k")), gone)
        rows = [{"subject": self.subject, "key": k, "cluster": c} for k, c in sorted(changed.items()) if c is not None]
        if rows:
            self._c.execute(insert(cluster_member), rows)

    def _mine(self) -> ColumnElement[bool]:
        return cluster_member.c.subject == self.subject


_KEPT = select(sketch.c.number, sketch.c.key, sketch.c.report, sketch.c.body)


def _judgement(row: object) -> Judgement:
    return Judgement(**{name: getattr(row, name) for name in Judgement.__slots__})


def judgements(
    connection: Connection, numbers: Iterable[int] | None = None, key: str | None = None
) -> Iterator[Judgement]:
    """Yield judgements by their numbers, or those about a key, revoked ones too, the oldest first."""
    query = select(judgement).order_by(judgement.c.number)
    if numbers is not None:
        query = query.where(judgement.c.number.in_(list(numbers)))
    if key is not None:
        indexed = judgement.c.by_rule.in_([True, False]), judgement.c.subject.in_(get_args(Subject))
        query = query.where(*indexed, or_(judgement.c.left == key, judgement.c.right == key))
    for row in connection.execute(query):
        yield _judgement(row)


def waiting(connection: Connection, most: int) -> list[int]:
    """Return the numbers of newest articles that have not been linked, the oldest first."""
    query = select(article.c.number).where(article.c.current, article.c.linked.is_(None))
    return [row.number for row in connection.execute(query.order_by(article.c.number).limit(most))]


def linked(connection: Connection) -> list[int]:
    """Return the numbers of newest articles that have been linked."""
    query = select(article.c.number).where(article.c.current, article.c.linked.is_not(None))
    return [row.number for row in connection.execute(query.order_by(article.c.number))]


def forget_keys(connection: Connection) -> None:
    """Forget the keys of all sketches."""
    connection.execute(delete(sketch_key))


def older(connection: Connection, numbers: Iterable[int]) -> list[int]:
    """Return the numbers of the older versions of articles."""
    found: list[int] = []
    for some in batches(numbers, AT_ONCE):
        ids = select(article.c.id).where(article.c.number.in_(some), article.c.version > 1)
        query = select(article.c.number).where(article.c.id.in_(ids), ~article.c.current)
        found += [row.number for row in connection.execute(query.order_by(article.c.number))]
    return found


def mark(connection: Connection, numbers: Iterable[int] | None, linked: str | None) -> None:
    """Write down what has linked articles, all newest ones where no numbers are given; None for those that wait."""
    change = update(article).values(linked=linked)
    if numbers is None:
        connection.execute(change.where(article.c.current))
        return
    for some in batches(numbers, AT_ONCE):
        connection.execute(change.where(article.c.number.in_(some)))


T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most so many."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
