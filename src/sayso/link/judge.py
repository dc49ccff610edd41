"""What people decide of incidents and entities: the same, different, and back again; and why something stands."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Connection

from sayso.errors import InputError
from sayso.link.linker import Linking
from sayso.link.moved import Moved, Watch
from sayso.link.subjects import matcher
from sayso.merge.cluster import pair
from sayso.model.judgement import Comparison, Judgement, Subject, Verdict
from sayso.store import changes
from sayso.store.fold import sound
from sayso.store.links import Links, judgements
from sayso.store.store import Store, now
from sayso.store.values import LARGEST


class Why(NamedTuple):
    """Why two things are, or are not, held to be one.

    `comparison` is what the rule finds; `history` are the judgements about the pair, revoked ones too, the oldest
    first; `chain` leads from the one to the other over links within their cluster, empty where they are not in one.
    """

    left: str
    right: str
    together: bool
    comparison: Comparison
    history: tuple[Judgement, ...]
    chain: tuple[str, ...]


class Decision(NamedTuple):
    """A judgement that was made or taken back, and what else changed by it."""

    judgement: Judgement
    moved: tuple[Moved, ...]


def judge(
    store: Store, subject: Subject, pair_: tuple[str, str], verdict: Verdict, *, author: str, reason: str
) -> Decision:
    """Record that two things are, or are not, the same, and settle the clusters; tell what else changed by that.

    Keys may be given by their beginnings. A judgement that stands already is returned as it is; one on the same pair
    that says otherwise is revoked. Raises InputError for unknown keys, for a thing and itself, and where the judgement
    contradicts others, with the chain that it contradicts.
    """
    with store.writing() as connection:
        return decided(connection, subject, pair_, verdict, author=author, reason=reason)


def decided(
    connection: Connection, subject: Subject, pair_: tuple[str, str], verdict: Verdict, *, author: str, reason: str
) -> Decision:
    """Do what `judge` does, within somebody's transaction."""
    keys = [known(Links(connection, subject), key) for key in pair_]
    watch = Watch(connection, subject, keys)
    made = decide(connection, subject, pair_, verdict, author=author, reason=reason)
    why = f"{made.left} and {made.right} were called {verdict}: {reason}"
    return Decision(made, watch.tell(made, author, why, watch.joined(keys) if verdict == "same" else None))


def decide(
    connection: Connection, subject: Subject, pair_: tuple[str, str], verdict: Verdict, *, author: str, reason: str
) -> Judgement:
    """Do what `judge` does, within somebody's transaction, but leave what else changes by it to be told by the caller.

    Several decisions are so kept together, or none is.
    """
    author, reason = sound(author), sound(reason)
    links = Links(connection, subject)
    left, right = pair(*(known(links, key) for key in pair_))
    if left == right:
        raise InputError(
            f"this is one {subject} already, and nothing can be decided of it and itself",
            value=left,
            next_step="Give two different ids",
        )
    before = [j for j in links.decided([left]) if {j.left, j.right} == {left, right}]
    if before and before[-1].verdict == verdict:
        return before[-1]
    links.revoke((j.number for j in before), author, now())
    _check(links, left, right, verdict)
    number = links.judge(left, right, verdict, reason, author, now())
    Linking(connection, subject).settle({left, right})
    made = next(judgements(connection, [number]))
    _log(connection, made, f"called {verdict}", author, [{"judgement": j.number} for j in before])
    return made


def _log(connection: Connection, judgement: Judgement, action: str, author: str, before: Any = None) -> None:
    """Tell the log of changes what was decided; `before` are the judgements that are revoked by it."""
    changes.record(
        connection,
        author=author,
        action=action,
        subject=judgement.subject,
        object=f"{judgement.left} {judgement.right}",
        before=before or None,
        after={"judgement": judgement.number, "verdict": judgement.verdict},
        reason=judgement.reason,
    )


def known(links: Links, start: str) -> str:
    """Return the key that begins so. Raises InputError where there is none, or several."""
    begin = sound(start).strip().lower()
    found = links.beginning(begin) if begin else []
    if begin in found:
        return begin
    if len(found) == 1:
        return found[0]
    lists = "`sayso list`" if links.subject == "incident" else "`sayso dossier NAME`"
    raise InputError(
        f"several begin so: {', '.join(found)}" if found else f"no such {links.subject} has been linked",
        value=start,
        next_step="Give more of the id" if found else f"{lists} prints ids, `sayso link` links what waits",
    )


def _check(links: Links, left: str, right: str, verdict: Verdict) -> None:
    """Raise InputError where a new judgement contradicts what has been decided before."""
    same, apart = _decided(links, {left, right})
    if verdict == "different":
        chain = _path(same, left, right)
        if chain:
            raise _contradiction(f"they were called the same: {_told(same, chain)}", left, right)
        return
    mine, theirs = _reached(same, left), _reached(same, right)
    for (x, y), judgement in sorted(apart.items()):
        for p, q in ((x, y), (y, x)):
            if p in mine and q in theirs:
                chain = [*_path(same, left, p), *_path(same, q, right)] or [p, q]
                said = f"{p} and {q} were called different (judgement {judgement.number}, by {judgement.author})"
                raise _contradiction(f"{said}; {_told(same, chain)}".rstrip("; "), left, right)


def _contradiction(said: str, left: str, right: str) -> InputError:
    return InputError(
        f"contradicts what has been decided: {said}",
        value=f"{left} {right}",
        next_step="Take back the one that is wrong with `sayso undo NUMBER` first",
    )


Decided = dict[tuple[str, str], Judgement]


def _decided(links: Links, keys: set[str]) -> tuple[Decided, Decided]:
    """Return what people have called the same and different, as far as it hangs together with these keys."""
    same: Decided = {}
    apart: Decided = {}
    seen: set[str] = set()
    edge = set(keys)
    while edge:
        seen |= edge
        further: set[str] = set()
        for j in links.decided(edge):
            (same if j.verdict == "same" else apart)[j.left, j.right] = j
            if j.verdict == "same":
                further |= {j.left, j.right}
        edge = further - seen
    return same, apart


def _reached(links: Iterable[tuple[str, str]], start: str) -> set[str]:
    return set(_ways(links, start))


def _ways(links: Iterable[tuple[str, str]], start: str) -> dict[str, str]:
    """Return, for each key that can be reached, the one before it on a shortest way."""
    near: dict[str, list[str]] = {}
    for x, y in sorted(links):
        near.setdefault(x, []).append(y)
        near.setdefault(y, []).append(x)
    before, waiting = {start: start}, deque([start])
    while waiting:
        key = waiting.popleft()
        for other in near.get(key, ()):
            if other not in before:
                before[other] = key
                waiting.append(other)
    return before


def _path(links: Iterable[tuple[str, str]], start: str, end: str) -> list[str]:
    """Return a shortest way over links; empty where there is none, or where it has no length."""
    before = _ways(links, start)
    if end not in before or start == end:
        return []
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


def _told(same: Decided, chain: list[str]) -> str:
    """Return the judgements along a chain, in words."""
    steps = [same[pair(x, y)] for x, y in pairwise(chain) if pair(x, y) in same]
    return ", ".join(f"{j.left} = {j.right} (judgement {j.number}, by {j.author})" for j in steps)


def undo(store: Store, number: int, *, author: str) -> Decision:
    """Take back a person's judgement and settle the clusters anew; errors as `take_back`."""
    with store.writing() as connection:
        return take_back(connection, number, author=author)


def take_back(connection: Connection, number: int, *, author: str) -> Decision:
    """Take back a judgement within somebody's transaction, and tell all that changed by it.

    Raises InputError where there is no such judgement, where it has been taken back already, and for a rule's.
    """
    found = _revocable(connection, number)
    watch = Watch(connection, found.subject, [found.left, found.right])
    Links(connection, found.subject).revoke([number], sound(author), now())
    Linking(connection, found.subject).settle({found.left, found.right})
    _log(connection, found, "took back", author)
    why = f"it was taken back that {found.left} and {found.right} are {_ARE[found.verdict]}"
    return Decision(next(judgements(connection, [number])), watch.tell(found, author, why))


_ARE = {"same": "the same", "different": "different"}


def _revocable(connection: Connection, number: int) -> Judgement:
    """Return the judgement of a number. Raises InputError where it cannot be taken back."""
    found = next(judgements(connection, [number]), None) if 0 < number <= LARGEST else None
    if found is None:
        raise InputError("there is no such judgement", value=str(number), next_step="`sayso why` prints their numbers")
    if found.revoked:
        raise InputError(
            f"this judgement was taken back on {found.revoked} by {found.revoked_by}",
            value=str(number),
            next_step="Decide anew with `sayso same` or `sayso different`",
        )
    if found.score is not None:
        raise InputError(
            f"this is a rule's judgement ({found.author}), which would come back",
            value=str(number),
            next_step=_overruling(found),
        )
    return found


def _overruling(rule: Judgement) -> str:
    """Return how a rule's judgement is overruled; of copies nobody decides by hand."""
    if rule.subject == "copy":
        return "Decide of the incidents that the two articles tell of"
    other = "different" if rule.verdict == "same" else "same"
    return f"Overrule it: `sayso {other} {rule.subject} {rule.left} {rule.right}`"


def why(store: Store, subject: Subject, left: str, right: str) -> Why:
    """Return why two things are, or are not, held to be one. Raises InputError for keys that are not known."""
    with store.reading() as connection:
        links = Links(connection, subject)
        x, y = pair(known(links, left), known(links, right))
        sketches = {key: matcher(subject).sketch_from(kept.body) for key, kept in links.by_keys([x, y]).items()}
        clusters = links.clusters_of([x, y])
        together = x == y or (x in clusters and clusters.get(x) == clusters.get(y))
        return Why(
            left=x,
            right=y,
            together=together,
            comparison=matcher(subject).compare(sketches[x], sketches[y]),
            history=tuple(j for j in judgements(connection, key=x) if {j.left, j.right} == {x, y}),
            chain=tuple(_chain(links, x, y)) if together else (),
        )


def _chain(links: Links, left: str, right: str) -> list[str]:
    """Return a way from the one to the other over pairs called the same, by rules or people, within their cluster."""
    members = {key for own in links.members(set(links.clusters_of([left]).values())).values() for key in own}
    pairs = [(r.left, r.right) for r in links.ruled(members) if r.verdict == "same"]
    pairs += [(j.left, j.right) for j in links.decided(members) if j.verdict == "same"]
    return _path([p for p in pairs if set(p) <= members], left, right)
