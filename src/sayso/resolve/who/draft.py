"""Entities while they are being put together, and the cast of one article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.entity import Entity, EntityKind, Fact, FactName, Mention, MentionForm
from sayso.resolve.who.lexicon import Gender, Lexicon

BODIES, NAMES, FACTS = 200, 50, 200
"""Government bodies that a title is looked up in, names and facts of one entity: at most, so that all stays linear."""


@dataclass(slots=True, eq=False)
class Draft:
    """One entity in the making. Each fact comes with the draft that it points to; ids are given at the end.

    `roots` are the singular head nouns it has been called by ("gunman"); `unnamed` says that no name is known. `plural`
    marks several people. `base` is the group that this one is a part of ("the other three"). `ranges` are the tokens
    of its names, `parts` the parts it plays in what is told ("harmed", "harming", "held"), `gone` says that it was
    merged into another.
    """

    kind: EntityKind
    names: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    facts: list[tuple[Fact, Draft | None]] = field(default_factory=list)
    armed: bool = False
    number: int | None = None
    gender: Gender | None = None
    unnamed: bool = False
    plural: bool = False
    roots: set[str] = field(default_factory=set)
    members: list[Draft] = field(default_factory=list)
    base: Draft | None = None
    ranges: list[tuple[int, int]] = field(default_factory=list)
    gone: bool = False
    parts: set[str] = field(default_factory=set)

    def first(self) -> int:
        """Return the offset of the first mention."""
        return min((m.span.start for m in self.mentions), default=1 << 40)

    def call(self, name: str) -> None:
        """Add one more spelling."""
        name = " ".join(name.split())
        if name and len(self.names) < NAMES and name not in self.names:
            self.names.append(name)


@dataclass(slots=True)
class Cast:
    """Everybody in one article, and which token is the head of whose mention."""

    article: Article
    analysis: Analysis
    lexicon: Lexicon
    drafts: list[Draft] = field(default_factory=list)
    at: dict[int, Draft] = field(default_factory=dict)
    taken: dict[int, Draft] = field(default_factory=dict)
    placenames: set[int] = field(default_factory=set)
    bodies: list[Draft] = field(default_factory=list)

    def new(self, kind: EntityKind, name: str | None = None) -> Draft:
        """Add an entity."""
        draft = Draft(kind=kind)
        if kind == "government_body" and len(self.bodies) < BODIES:
            self.bodies.append(draft)
        if name:
            draft.call(name)
        self.drafts.append(draft)
        return draft

    def mention(self, draft: Draft, first: int, last: int, form: MentionForm, head: int | None = None) -> None:
        """Note that tokens `[first, last)` refer to `draft`; `head` is the token that others find it by."""
        head = self.head(first, last) if head is None else head
        draft.mentions.append(Mention(span=self.analysis.span(first, last), head=head, form=form))
        draft.ranges.append((first, last))
        self.at[head] = draft
        for i in range(first, last):
            self.taken.setdefault(i, draft)

    def head(self, first: int, last: int) -> int:
        """Return the token of `[first, last)` whose own head lies outside; the last such where there are several."""
        tokens = self.analysis.tokens
        found = [i for i in range(first, last) if not first <= tokens[i].head < last or tokens[i].head == i]
        words = [i for i in found if tokens[i].text[0].isalnum()]
        return (words or found or [last - 1])[0]

    def merge(self, keep: Draft, gone: Draft) -> None:
        """Make two entities one."""
        if keep is gone:
            return
        for name in gone.names:
            keep.call(name)
        keep.mentions += gone.mentions
        keep.facts += gone.facts
        keep.armed |= gone.armed
        keep.gender = keep.gender or gone.gender
        keep.roots |= gone.roots
        keep.parts |= gone.parts
        keep.number = keep.number or gone.number
        keep.members += [m for m in gone.members if m not in keep.members]
        keep.ranges += gone.ranges
        gone.gone = True
        for mention in gone.mentions:
            self.at[mention.head] = keep
        for first, last in gone.ranges:
            for i in range(first, last):
                if self.taken.get(i) is gone:
                    self.taken[i] = keep

    def fact(
        self, draft: Draft, name: FactName, value: str, where: tuple[int, int], other: Draft | None = None
    ) -> None:
        """Add a fact with tokens `[first, last)` as its ground; said twice, it is kept with its first ground."""
        if len(draft.facts) >= FACTS:
            return
        for known, target in draft.facts:
            if known.name == name and known.value.lower() == value.lower() and target is other:
                return
        draft.facts.append((Fact(name=name, value=value, evidence=self.analysis.span(*where)), other))

    def words(self, first: int, last: int) -> str:
        """Return tokens `[first, last)` as text in restored case."""
        tokens = self.analysis.tokens
        return " ".join(self.analysis.text[tokens[first].start : tokens[last - 1].end].split())

    def people(self) -> Iterator[Draft]:
        """Return the single persons."""
        return (d for d in self.drafts if d.kind == "person" and not d.gone)


def freeze(cast: Cast) -> tuple[Entity, ...]:
    """Return the finished entities, by first mention, as `e1`, `e2` ..."""
    drafts = sorted(
        (d for d in cast.drafts if d.mentions and d.names and not d.gone), key=lambda d: (d.first(), d.names[0])
    )
    ids = {id(draft): f"e{n}" for n, draft in enumerate(drafts, 1)}
    return tuple(_frozen(draft, ids) for draft in drafts)


def _frozen(draft: Draft, ids: dict[int, str]) -> Entity:
    mentions = {(m.span.start, m.span.end): m for m in reversed(draft.mentions)}
    facts = tuple(
        Fact(
            name=fact.name,
            value=other.names[0] if other and other.names else fact.value,
            evidence=fact.evidence,
            other=ids.get(id(other)) if other else None,
        )
        for fact, other in sorted(draft.facts, key=lambda pair: (pair[0].evidence.start, pair[0].name, pair[0].value))
    )
    return Entity(
        id=ids[id(draft)],
        kind=draft.kind,
        name=draft.names[0],
        names=tuple(draft.names),
        mentions=tuple(mentions[key] for key in sorted(mentions)),
        facts=facts,
        armed=draft.armed and draft.kind == "organization",
        members=tuple(ids[id(m)] for m in draft.members if id(m) in ids),
        number=draft.number,
    )
