"""Who a source is: its name, its kind, and whom it speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple, cast

from sayso.extract.statements.attribution import Attribution
from sayso.extract.statements.grammar import child
from sayso.languages import words
from sayso.model.analysis import Analysis, Token
from sayso.model.entity import Entity, Mention
from sayso.model.statement import SpeakerKind

_INNOCENT = frozenset({"abducted", "dead", "released", "acquitted"})
"""What has become of people who are not accused thereby."""
_NOMINATIVE = frozenset({"compound", "nmod", "amod", "poss", "appos", "conj"})


class Speaker(NamedTuple):
    """`name`, `entity` and `behalf` are None where the text does not tell.

    `nobody` says that the text denies that there is a speaker ("no group has claimed ...").
    """

    name: str | None
    entity: Entity | None
    kind: SpeakerKind
    behalf: str | None
    nobody: bool = False


UNTOLD = Speaker(None, None, "anonymous", None)


@cache
def _kinds() -> tuple[tuple[SpeakerKind, frozenset[str]], ...]:
    return tuple(
        (cast(SpeakerKind, kind), frozenset(listed.split())) for kind, listed in words("speech")["speakers"].items()
    )


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(words("speech")[name].split())


class Speakers:
    """Resolves sources to the entities of an article."""

    def __init__(self, analysis: Analysis, who: tuple[Entity, ...]) -> None:
        self._analysis = analysis
        self._by_id = {entity.id: entity for entity in who}
        self._accused: frozenset[str] = frozenset()
        self._held: frozenset[str] = frozenset()
        self._armed: frozenset[str] = frozenset()
        self._at: dict[int, Entity] = {}
        for entity in who:
            for mention in entity.mentions:
                for i in self._tokens(mention):
                    self._at.setdefault(i, entity)
        for entity in who:
            for mention in entity.mentions:
                self._at[mention.head] = entity

    def learn(self, found: Sequence[Attribution]) -> None:
        """Take in, from all attributions of the article, who is accused and who claims responsibility."""
        stretches = [part for a in found if a.sense.act == "accuses" and a.frame != "modifier" for part in a.contents]
        starts = {start for start, _ in stretches}
        people = [e for e in self._by_id.values() if e.kind in ("person", "group") and not e.armed]
        confessed = {e.id for a in found if a.sense.act == "confesses" and (e := self.of(a).entity) is not None}
        self._held = frozenset(
            e.id
            for e in people
            if e.id in confessed or any(f.name == "status" and f.value not in _INNOCENT for f in e.facts)
        )
        blamed = frozenset(e.id for e in people if any(m.span.start in starts for m in e.mentions))
        self._accused = self._held | blamed
        claims = [self.of(a).entity for a in found if a.sense.act == "claims_responsibility"]
        self._armed = frozenset(e.id for e in claims if e is not None and e.kind == "organization")

    def _tokens(self, mention: Mention) -> range:
        return self._analysis.tokens_in(mention.span.start, mention.span.end)

    def of(self, attribution: Attribution) -> Speaker:
        """Return who the source of an attribution is."""
        head = attribution.source_head
        if head is None or attribution.source is None:
            return UNTOLD
        if self._nobody(head):
            return UNTOLD._replace(nobody=True)
        tokens = self._analysis.tokens
        head = self._antecedent(head, attribution.head)
        entity = self._entity(head) or self._named_in(attribution.source, head)
        pronoun = tokens[head].pos == "PRON" and tokens[head].tag in ("PRP", "WP", "WDT", "PRP$", "DT")
        start, end = attribution.source
        name = entity.name if entity else None if pronoun else self._analysis.span_at(start, end).text
        behalf = self._behalf(head, entity)
        return Speaker(
            name,
            entity,
            self._kind(head, entity, behalf, attribution),
            behalf.name if isinstance(behalf, Entity) else behalf,
        )

    def himself(self, speaker: Speaker) -> frozenset[int]:
        """Return the tokens that refer to an organization that speaks, or is spoken for."""
        names = {speaker.behalf, speaker.name} - {None}
        return frozenset(
            mention.head
            for entity in self._by_id.values()
            if entity.kind == "organization" and entity.name in names
            for mention in entity.mentions
        )

    def _nobody(self, head: int) -> bool:
        """ "No group", "nobody": there is no such source."""
        tokens = self._analysis.tokens
        if tokens[head].lemma.lower() in ("nobody", "none"):
            return True
        determiner = child(self._analysis, head, "det")
        return tokens[head].text.lower() == "no" or (
            determiner is not None and tokens[determiner].text.lower() in ("no", "neither")
        )

    def _antecedent(self, head: int, cue: int) -> int:
        """Return what a relative pronoun stands for; the head itself where it is none."""
        tokens = self._analysis.tokens
        if tokens[head].tag not in ("WP", "WDT", "IN") and tokens[head].text.lower() not in ("who", "which", "that"):
            return head
        at = cue
        for _ in range(6):
            if tokens[at].dep in ("relcl", "acl"):
                return tokens[at].head
            at = tokens[at].head
        return head

    def _entity(self, head: int) -> Entity | None:
        """Return the entity that a noun phrase with this head names."""
        if head in self._at:
            return self._at[head]
        tokens = self._analysis.tokens
        for c in self._analysis.children[head]:
            if tokens[c].dep == "appos" and tokens[c].pos == "PROPN" and c in self._at:
                return self._at[c]
        return None

    def _named_in(self, source: tuple[int, int], head: int) -> Entity | None:
        """Return the entity of a name that the parser tore in two: the source begins with it."""
        inside = self._analysis.tokens_in(*source)
        if not inside or self._analysis.tokens[head].pos != "PROPN":
            return None
        first = self._at.get(inside[0])
        return first if first is not None and first.kind != "place" else None

    def _behalf(self, head: int, entity: Entity | None) -> Entity | str | None:
        """Return whom a spokesman speaks for: by this phrase, by what is known of him, by another mention of him."""
        heads = [head]
        if entity is not None:
            for name in ("role", "member_of", "leader_of", "founder_of"):
                for fact in entity.facts:
                    if fact.name == name and fact.other in self._by_id and fact.other != entity.id:
                        return self._by_id[fact.other]
            heads += [mention.head for mention in entity.mentions if mention.head != head]
        for at in heads:
            found = self._organization(at) or self._professed(at)
            if found is not None and found is not entity:
                return found
        return None

    def _organization(self, head: int) -> Entity | str | None:
        """Return the organization in "X spokesman Y", "Y, a spokesman for X", "a member of X"."""
        tokens, children = self._analysis.tokens, self._analysis.children
        near = [head, *(c for c in children[head] if tokens[c].dep in ("appos", "compound", "nmod"))]
        for at in near:
            if tokens[at].lemma.lower() not in _list("representatives"):
                continue
            for c in children[at]:
                if tokens[c].dep == "prep" and tokens[c].text.lower() in ("for", "of", "from", "with", "at"):
                    thing = child(self._analysis, c, "pobj")
                    if thing is not None and (named := self._named(thing)):
                        return named
            if tokens[at].lemma.lower() not in _list("spokesmen"):
                continue
            before = (c for c in children[head] if c < at < head)  # "X spokesman Y", not "Lt. Col. Y, a spokesman"
            for c in (*children[at], *before):
                if tokens[c].dep in ("poss", "compound", "nmod", "amod") and c != at and (named := self._named(c)):
                    return named
        return None

    def _professed(self, head: int) -> Entity | None:
        """Return the organization in "a caller claiming to speak for X", "a man who said he was a member of X"."""
        tokens = self._analysis.tokens
        for c in self._analysis.children[head]:
            if tokens[c].dep not in ("acl", "relcl") or tokens[c].lemma.lower() not in _list("professing"):
                continue
            for i in self._analysis.subtree(c):
                before = tokens[tokens[i].head]
                led = tokens[i].dep == "pobj" and before.text.lower() in ("for", "of", "from", "with", "to")
                if i > c and (led or (tokens[i].dep == "dobj" and before.lemma.lower() == "represent")):
                    entity = self._at.get(i)
                    if entity is not None and entity.kind == "organization":
                        return entity
        return None

    def _named(self, i: int) -> Entity | str | None:
        """Return the organization that token `i` heads, a name rather than a common noun."""
        entity = self._at.get(i)
        if entity is not None:
            return entity if entity.kind in ("organization", "government_body") else None
        tokens = self._analysis.tokens
        if tokens[i].pos != "PROPN":
            lemma = tokens[i].lemma.lower()
            if lemma not in dict(_kinds())["authority"] and lemma not in dict(_kinds())["political"]:
                return None
        inside = [
            j
            for j in self._analysis.subtree(i)
            if tokens[j].dep in ("compound", "nmod", "poss", "case", "amod", "det") or j == i
        ]
        return self._analysis.span(inside[0], i + 1).text if inside[-1] >= i else None

    def _titles(self, entity: Entity) -> list[int]:
        """Return the tokens that tell what an entity is: its mentions' heads, titles and appositions."""
        found: list[int] = []
        for mention in entity.mentions:
            token = self._analysis.tokens[mention.head]
            near = (
                c for c in self._analysis.children[token.i] if self._analysis.tokens[c].dep in ("appos", "compound")
            )
            found += [token.i, *near, *([token.head] if token.dep == "appos" else [])]
        return found

    def _unnamed(self, head: int, inside: Sequence[Token]) -> bool:
        """Say whether the phrase tells that its person does not want to be named."""
        if any(token.lemma.lower() in _list("unnamed") for token in inside):
            return True
        whole = self._analysis.subtree(head)
        text = self._analysis.span(whole[0], whole[-1] + 1).text.lower()
        return any(phrase in text for phrase in words("speech")["unnamed_phrases"])

    def _kind(
        self, head: int, entity: Entity | None, behalf: Entity | str | None, attribution: Attribution
    ) -> SpeakerKind:
        """Return what a source is: by how it stands in the article, by the words for it, by whom it speaks for."""
        tokens = self._analysis.tokens
        inside = [tokens[i] for i in self._analysis.tokens_in(*(attribution.source or attribution.cue))]
        if entity is not None and (entity.armed or entity.id in self._armed):
            return "armed_group"
        if entity is not None and entity.id in self._held:
            return "accused"
        if isinstance(behalf, Entity) and (behalf.armed or self._professed(head) is behalf):
            return "armed_group"
        if any(tokens[c].text.lower() in words("speech")["modifiers"] for c in self._analysis.children[head]):
            return "accused"
        if self._defends(head, entity):
            return "accused"
        kind = self._by_its_words(head, entity, inside)
        if entity is not None and entity.id in self._accused and kind not in ("authority", "political"):
            return "accused"
        kind = kind or ("anonymous" if self._unnamed(head, inside) else None)
        if kind == "victim" and entity and any(f.name == "kin_of" and f.other in self._accused for f in entity.facts):
            return "other"
        if kind == "authority" and isinstance(behalf, Entity) and behalf.kind == "organization":
            return _by_client(entity, behalf)
        return kind or _by_client(entity, behalf)

    def _defends(self, head: int, entity: Entity | None) -> bool:
        """Say whether a source is the lawyer of somebody accused: "the lieutenant's lawyer", "his lawyer, X"."""
        tokens, lawyers = self._analysis.tokens, words("responsibility")["lawyers"]
        heads = [head, *(m.head for m in entity.mentions)] if entity is not None else [head]
        clients = (child(self._analysis, at, "poss") for at in heads if tokens[at].lemma.lower() in lawyers)
        return any(c is not None and c in self._at and self._at[c].id in self._accused for c in clients)

    def _by_its_words(self, head: int, entity: Entity | None, inside: Sequence[Token]) -> SpeakerKind | None:
        """Return the kind that the words for a source tell: its head, what stands by it, its roles, other mentions."""
        tokens, children = self._analysis.tokens, self._analysis.children[head]
        person = entity is not None and entity.kind == "person"
        found = _by_words([tokens[head].lemma, tokens[head].text])
        if found in ("anonymous", "document"):
            return self._author(head) or found
        if found and not person:
            return found
        facts = entity.facts if entity else ()
        groups = (
            [tokens[c].lemma for c in children if tokens[c].dep in _NOMINATIVE],
            [word for f in facts if f.name in ("role", "description", "kin_of") for word in f.value.split()],
            [tokens[at].lemma for at in self._titles(entity)] if entity else [],
            [token.lemma for token in inside],
            [word for name in (entity.names if entity and not person else ()) for word in name.split()],
        )
        words_told, kind = next(((g, kind) for g in groups if (kind := _by_words(g))), ((), None))
        low = {word.lower() for word in (*words_told, *(tokens[c].lemma for c in children), *(t.lemma for t in inside))}
        return "political" if kind == "authority" and low & _list("former") and low & _list("offices") else kind

    def _author(self, head: int) -> SpeakerKind | None:
        """Return the kind of whose sources, report or letter it is: "police sources", "a letter from the rebels"."""
        tokens = self._analysis.tokens
        for c in self._analysis.children[head]:
            prep = tokens[c].dep in ("prep", "agent") and tokens[c].text.lower() in ("from", "by", "of")
            at = child(self._analysis, c, "pobj") if prep else c if tokens[c].dep in _NOMINATIVE else None
            if at is None:
                continue
            whose = self._at.get(at)
            if whose is not None and (whose.armed or whose.id in self._armed):
                return "armed_group"
            if whose is not None and whose.kind == "government_body":
                return "authority"
            near = [tokens[i].lemma for i in (*(j for j in self._analysis.children[at] if j < at), at)]
            if (kind := _by_words(near)) and kind not in ("anonymous", "document"):
                return kind
        return None


def _by_client(entity: Entity | None, behalf: Entity | str | None) -> SpeakerKind:
    """Return the kind of whom a source is, or speaks for."""
    for body in (entity, behalf):
        if isinstance(body, Entity) and body.kind == "government_body":
            return "political" if _by_words(body.name.split()) == "political" else "authority"
    name = behalf.name if isinstance(behalf, Entity) else behalf or ""
    return _by_words(name.split()) or "other"


def _by_words(lemmas: Sequence[str]) -> SpeakerKind | None:
    """Return the first kind, in the order of the list, that one of these words tells, or two words in a row."""
    low = [lemma.lower() for lemma in lemmas if lemma[:1].isalnum()]
    pairs = {f"{a}-{b.rstrip('s')}" for a, b in pairwise(low)}
    single = {part for lemma in low for part in (lemma, *lemma.split("-"), lemma.rstrip("s"))}
    return next((kind for found in (pairs, single) for kind, listed in _kinds() if found & listed), None)


def is_fighter(analysis: Analysis, head: int) -> bool:
    """Say whether a phrase is about somebody who fights for a group that it leaves unnamed."""
    return any(analysis.tokens[i].lemma.lower() in _list("fighters") for i in (head, *analysis.subtree(head)[:12]))
