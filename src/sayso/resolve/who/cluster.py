"""From names in the text to entities: the same name, a shorter name, another spelling."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sayso.resolve.who.draft import Cast, Draft
from sayso.resolve.who.evidence import common_word, guess_of, neighbours, owns_deed, votes_of
from sayso.resolve.who.kinds import Kind, Votes, decide, kind_by_words
from sayso.resolve.who.known import is_unsure, known_group
from sayso.resolve.who.names import Proper
from sayso.resolve.who.same import SMALL, folded, initials, same_organization, shortens

BUCKET = 200
"""Names with one initial that are compared with each other at most, so that a hostile text stays linear."""


@dataclass(slots=True, eq=False)
class Cluster:
    """All mentions with one folded name; `parent` is the fuller name that it shortens.

    `votes` are all that speaks for a kind, `signs` those of them that are not the tagger's guess. `owns` says that it
    claims a deed or refuses to, `group` is the number of a known armed group.
    """

    key: str
    names: list[Proper] = field(default_factory=list)
    votes: Votes = field(default_factory=Counter)
    signs: Votes = field(default_factory=Counter)
    owns: bool = False
    group: int | None = None
    lexical: tuple[Kind, bool] | None = None
    kind: Kind | None = None
    parent: Cluster | None = None

    def root(self) -> Cluster:
        """Return the fullest name of the chain."""
        return self.parent.root() if self.parent else self

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words of the name."""
        return tuple(self.key.split())


def clusters(cast: Cast, names: list[Proper]) -> list[Cluster]:
    """Return the names of the article grouped and judged, in order of first mention."""
    table: dict[str, Cluster] = {}
    for name in names:
        key = folded(cast.words(name.first, name.last))
        cluster = table.setdefault(key, Cluster(key))
        cluster.names.append(name)
        signs = votes_of(cast, name)
        cluster.signs += signs
        cluster.votes += signs + guess_of(cast, name)
        cluster.owns |= owns_deed(cast, name)
        if cluster.lexical is None:
            cluster.lexical = kind_by_words(
                [t.text for t in cast.analysis.tokens[name.first : name.last]], cast.lexicon
            )
    found = list(table.values())
    _known(cast, found)
    _share(cast, names, table)
    _join_people(cast, found)
    for cluster in found:
        if cluster.parent is None:
            cluster.kind = cluster.lexical[0] if cluster.lexical else _judged(cluster)
            if (
                cluster.kind == "organization"
                and not cluster.lexical
                and common_word(cast, cluster.names[0], cluster.votes)
            ):
                cluster.kind = "other"
    for cluster in found:
        if cluster.parent is not None:
            cluster.kind = cluster.root().kind
    _join_organizations(cast, found)
    return found


def _judged(cluster: Cluster) -> Kind | None:
    """Return the kind with most votes, unless only the tagger speaks for it and a sign speaks against it."""
    signs = cluster.signs
    if cluster.owns and signs["person"] <= 0:
        return "organization"
    kind = decide(cluster.votes)
    if kind == "organization" and signs["organization"] <= 0 < signs["person"] and len(cluster.words) > 1:
        return "person"
    placed = signs["place"] >= (1 if len(cluster.words) == 1 else 3)
    if kind in ("organization", "person") and signs[kind] <= 0 and placed:
        return "place"
    return kind


def _known(cast: Cast, found: list[Cluster]) -> None:
    """Take the armed groups that the press knows for what they are, and all names of one for the same."""
    first: dict[int, Cluster] = {}
    for sure in (True, False):
        for cluster in found:
            name = cast.words(cluster.names[0].first, cluster.names[0].last)
            number = known_group(name) if cluster.group is None else None
            if number is None or is_unsure(name) == sure or (not sure and number not in first):
                continue
            cluster.group, cluster.lexical = number, ("organization", True)
            top = first.setdefault(number, cluster)
            cluster.parent = top if top is not cluster else None


def _share(cast: Cast, names: list[Proper], table: dict[str, Cluster]) -> None:
    """Let full names that stand in one list with a person be persons."""
    for pair in neighbours(cast, names):
        one, two = (table[folded(cast.words(name.first, name.last))] for name in pair)
        for known, other in ((one, two), (two, one)):
            if known.lexical is None and decide(known.votes) == "person" and len(other.words) > 1 and not other.lexical:
                other.votes["person"] += 2
                other.signs["person"] += 1


def _join_people(cast: Cast, found: list[Cluster]) -> None:
    """Let shorter names of people follow the fuller name that was used last before them, or else first after."""
    index: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in found:
        if len(cluster.words) > 1 and cluster.lexical is None and _may_be_person(cluster):
            for word in set(cluster.words):
                index[word[:1]].append(cluster)
    for cluster in found:
        if cluster.lexical or not cluster.key:
            continue
        fuller = [
            other
            for other in index[cluster.key[:1]][:BUCKET]
            if other is not cluster
            and other.root() is not cluster
            and (len(other.words), len(other.key), other.names[0].first) > (len(cluster.words), len(cluster.key), -1)
            and shortens(cluster.words, other.words)
        ]
        if not _may_be_person(cluster):
            fuller = [o for o in fuller if cluster.key == o.words[-1] and o.votes["person"] > o.votes["organization"]]
        if not fuller:
            continue
        surname = [o for o in fuller if o.words[-1] == cluster.words[-1]]
        before = [o for o in surname or fuller if o.names[0].first < cluster.names[0].first]
        if len(cluster.words) == 1 and _shared(before):
            cluster.votes["person"] += 3
            cluster.signs["person"] += 1
            continue
        cluster.parent = (before or surname or fuller)[-1 if before else 0]
        top = cluster.root()
        top.votes += cluster.votes
        top.signs += cluster.signs
        top.owns |= cluster.owns
        top.votes["person"] += 1


def _shared(fuller: list[Cluster]) -> bool:
    """Say whether a surname has been given to two people before it stands alone: nobody can tell whose it is."""
    firsts = {o.root().words[0] for o in fuller if len(o.root().words) > 1}
    return len({o.root().key for o in fuller}) > 1 and len({w for w in firsts if len(w) > 1 and w not in SMALL}) > 1


def _may_be_person(cluster: Cluster) -> bool:
    votes = cluster.votes
    if cluster.signs["organization"] <= 0 < cluster.signs["person"]:
        return True
    return votes["organization"] < 5 + votes["person"] and not (
        votes["place"] >= 4 + votes["person"] and len(cluster.words) > 1
    )


def _join_organizations(cast: Cast, found: list[Cluster]) -> None:
    """Join spellings, acronyms that a name's initials make, and names that only lack a nation or place before them."""
    organs = [c for c in found if c.kind in ("organization", "government_body") and c.parent is None]
    by_initial: dict[str, list[Cluster]] = defaultdict(list)
    by_tail: dict[str, list[Cluster]] = defaultdict(list)
    acronyms: dict[str, Cluster] = {}
    by_head: dict[str, Cluster] = {}
    for cluster in organs:
        start, of, _ = cluster.key.partition(" of ")
        if of and " " in start:
            by_head.setdefault(start, cluster)
        if len(cluster.words) > 2:
            for letters in initials(cluster.key):
                acronyms.setdefault(letters, cluster)
    for cluster in organs:
        same = next((o for o in by_initial[cluster.key[:2]][:BUCKET] if same_organization(o.key, cluster.key)), None)
        if same is None and len(cluster.words) == 1 and cluster.key in acronyms and len(cluster.key) > 2:
            same = acronyms[cluster.key]
        if same is None:
            same = by_head.get(cluster.key)
        if same is None and len(cluster.words) > 1:
            same = _with_nation(cast, cluster, by_tail)
        if same is None and len(cluster.words) == 1:
            same = _shortened(cast, cluster, by_tail)
        if same is not None and same.root() is not cluster:
            cluster.parent = same.root()
            continue
        by_initial[cluster.key[:2]].append(cluster)
        by_tail[cluster.words[-1]].append(cluster)
    lex = cast.lexicon
    for cluster in found:
        generic = cluster.key in lex.organization | lex.government | lex.armed_maybe | lex.armed_last
        if cluster.parent is None and generic and (one := _the_one(cast, cluster, organs)) is not None:
            cluster.parent, cluster.kind = one, one.kind


def _shortened(cast: Cast, cluster: Cluster, by_tail: dict[str, list[Cluster]]) -> Cluster | None:
    """Find "Port Varda Herons" for "Herons": a last word that says more than what kind of organization it is."""
    lex, word = cast.lexicon, cluster.key
    if word in lex.organization or word in lex.government or word in lex.armed_maybe or word in lex.armed_last:
        return None
    return next((o for o in reversed(by_tail[word]) if len(o.words) > 1 and o.kind == cluster.kind), None)


def _the_one(cast: Cast, cluster: Cluster, organs: list[Cluster]) -> Cluster | None:
    """Find "Harbour Front" for "the Front", where it is the only front in the article."""
    tokens = cast.analysis.tokens
    if not all(name.first and tokens[name.first - 1].text.lower() == "the" for name in cluster.names):
        return None
    whole = {id(o.root()): o.root() for o in organs if o is not cluster and _is_one(cluster.key, o)}
    return next(iter(whole.values())) if len(whole) == 1 else None


def _is_one(word: str, other: Cluster) -> bool:
    """Say whether a fuller name is that of such a body: its last word, or the one before "of"."""
    return len(other.words) > 1 and word in (other.words[-1], other.key.partition(" of ")[0].split()[-1])


def _with_nation(cast: Cast, cluster: Cluster, by_tail: dict[str, list[Cluster]]) -> Cluster | None:
    """Find "Ruritanian Interior Ministry" for "Interior Ministry", or the other way round."""
    for other in reversed(by_tail[cluster.words[-1]][-BUCKET:]):
        long, short = sorted((cluster.words, other.words), key=len, reverse=True)
        extra = long[: len(long) - len(short)]
        if long[len(extra) :] == short and extra and all(cast.lexicon.nation(w) is not None for w in extra):
            return other
    return None


def drafts_of(cast: Cast, found: list[Cluster]) -> None:
    """Make an entity of each person, organization and government body among the names; remember the places."""
    made: dict[int, Draft] = {}
    for cluster in found:
        top = cluster.root()
        if cluster.kind in ("place", "other", None):
            for name in cluster.names:
                cast.placenames.update(range(name.first, name.last))
            continue
        kind = top.kind
        draft = made.get(id(top))
        if draft is None:
            assert kind in ("person", "organization", "government_body")
            draft = made[id(top)] = cast.new(kind)
            draft.call(cast.words(top.names[0].first, top.names[0].last))
            draft.armed = bool(top.lexical and top.lexical[1])
        for name in cluster.names:
            draft.call(cast.words(name.first, name.last))
            cast.mention(draft, name.first, name.last, "name")
