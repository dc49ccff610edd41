"""Which entity a token speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.syntax import children, noun_phrase
from sayso.model.analysis import Analysis
from sayso.model.entity import Entity
from sayso.model.place import PlaceMention
from sayso.model.span import Span
from sayso.model.when import TimeMention

PEOPLE_PRONOUNS = frozenset(
    {"he", "she", "they", "him", "her", "them", "who", "whom", "everyone", "nobody", "someone", "others", "anyone",
     "one", "himself", "herself", "themselves", "dozens", "scores", "hundreds", "thousands", "several", "many", "none"}
)  # fmt: skip


class References:
    """Looks up the entity behind a token: by the head of a mention first, else by the name it stands in."""

    def __init__(
        self,
        a: Analysis,
        entities: Sequence[Entity],
        where: Sequence[PlaceMention] = (),
        when: Sequence[TimeMention] = (),
    ) -> None:
        self.analysis = a
        spans = [*(p.span for p in where), *(t.span for t in when)]
        self.settings = {i for span in spans for i in a.tokens_in(span.start, span.end)}
        self.by_id = {entity.id: entity for entity in entities}
        self._by_head: dict[int, Entity] = {}
        self._by_token: dict[int, Entity] = {}
        for entity in entities:
            for mention in entity.mentions:
                if mention.form != "nominal" or mention.head not in self._by_head:
                    self._by_head[mention.head] = entity
                if mention.form in ("name", "alias"):
                    for i in a.tokens_in(mention.span.start, mention.span.end):
                        self._by_token.setdefault(i, entity)

    def at(self, i: int) -> Entity | None:
        """Return the entity that token `i` refers to; a name in apposition speaks for the noun before it."""
        found = self._by_head.get(i) or self._by_token.get(i)
        token = self.analysis.tokens[i]
        if found is None and token.dep == "appos":
            found = self.at(token.head)
            thing = token.pos == "NOUN" and lexicon.person_kind(self.analysis, i) is None
            thing = thing and not (lexicon.is_attacker(self.analysis, i) or lexicon.is_suspect(self.analysis, i))
            people = found is not None and found.kind in ("person", "group")
            return None if thing and people else found  # "three men accused of burning it, a fire that killed X"
        if found is None or found.kind not in ("person", "organization", "government_body"):
            for c in children(self.analysis, i, "appos"):
                other = self._by_head.get(c) or self._by_token.get(c)
                alone = not children(self.analysis, c, "conj")
                if other is not None and other.kind == "person" and alone and token.tag in ("NNS", "NNPS"):
                    continue  # "carried by girls, a guard, Irena Maro, said": one person is not several
                if other is not None and other.kind in ("person", "organization"):
                    return other
        return found

    def named(self, i: int) -> bool:
        """Say whether token `i` refers to somebody or something with a name."""
        entity = self.at(i)
        return entity is not None and any(m.form in ("name", "alias") for m in entity.mentions)

    def people(self, i: int) -> list[Entity]:
        """Return the entities behind token `i`, a group replaced by those of its members that are known."""
        entity = self.at(i)
        if entity is None:
            return []
        members = [self.by_id[m] for m in entity.members if m in self.by_id]
        return members or [entity]

    def organizations_of(self, i: int) -> list[Entity]:
        """Return the organizations that the phrase of token `i` places someone in: "members of X", "X fighters"."""
        a = self.analysis
        found: list[Entity] = []
        for c in a.children[i]:
            token = a.tokens[c]
            if token.dep in ("compound", "nmod", "poss", "appos"):
                candidates = [c]
            elif token.dep == "prep" and token.text.lower() in ("of", "from", "with"):
                candidates = []
                for o in children(a, c, "pobj"):
                    candidates += [o, *self._called(o)]
            elif token.dep in ("acl", "relcl"):
                candidates = self._called(i)
            else:
                continue
            for each in candidates:
                entity = self._by_head.get(each) or self._by_token.get(each)
                if entity is not None and entity.kind == "organization" and entity not in found:
                    found.append(entity)
        return found

    def _called(self, i: int) -> list[int]:
        """Return the name in "a group called X"."""
        a = self.analysis
        return [o for c in children(a, i, "acl", "relcl") for o in children(a, c, "oprd", "dobj", "attr", "pobj")]

    def is_people(self, i: int) -> bool:
        """Say whether a noun phrase is of people: a word for people, a name of someone, a bare number of them."""
        a = self.analysis
        token = a.tokens[i]
        if lexicon.person_kind(a, i) or lexicon.is_attacker(a, i) or lexicon.is_suspect(a, i):
            return True
        if token.pos == "PRON":
            return token.text.lower() in PEOPLE_PRONOUNS
        if token.pos == "NUM" and i >= 2 and a.tokens[i - 1].text == "," and a.tokens[i - 2].pos == "PROPN":
            return False
        if token.pos == "NUM" or token.text.lower() in PEOPLE_PRONOUNS:
            return True
        entity = self.at(i)
        if i in self.settings:
            return False
        if entity is not None:
            return entity.kind in ("person", "group")
        if any(a.tokens[c].pos == "PROPN" or lexicon.person_kind(a, c) for c in children(a, i, "compound")):
            return not lexicon.target_kind(a, i) and not lexicon.weapon_kind(a, i) and token.tag != "NN"
        return token.pos == "PROPN" and not lexicon.target_kind(a, i) and not lexicon.weapon_kind(a, i)

    def words(self, i: int) -> Span:
        """Return the span of the noun phrase of token `i`."""
        first, last = noun_phrase(self.analysis, i)
        return self.analysis.span(first, last)

    def description(self, i: int) -> str:
        """Return the noun phrase of token `i` without its article."""
        a = self.analysis
        first, last = noun_phrase(a, i)
        while first < last - 1 and a.tokens[first].pos == "DET":
            first += 1
        return " ".join(a.text[a.tokens[first].start : a.tokens[last - 1].end].split())

    def is_attacker(self, i: int) -> bool:
        """Say whether token `i`, or what a pronoun there stands for, is a word for attackers."""
        if lexicon.is_attacker(self.analysis, i):
            return True
        entity = self.at(i)
        return entity is not None and any(lexicon.is_attacker(self.analysis, m.head) for m in entity.mentions)

    def bears_arms(self, i: int) -> bool:
        """Say whether token `i` speaks of fighters, soldiers or police."""
        a = self.analysis
        if lexicon.is_attacker(a, i) or a.tokens[i].lemma.lower() in lexicon.word_set("people", "military"):
            return True
        entity = self.at(i)
        return entity is not None and (entity.armed or entity.kind == "government_body")

    def attacks(self, i: int) -> bool:
        """Say whether token `i` can be an attacker: a person, an organization, or a word for attackers."""
        a = self.analysis
        if lexicon.is_attacker(a, i) or lexicon.is_suspect(a, i):
            return True
        entity = self.at(i)
        if entity is not None:
            return entity.kind in ("person", "organization", "group", "government_body")
        return lexicon.person_kind(a, i) is not None or a.tokens[i].lemma.lower() in lexicon.word_set(
            "people", "military"
        )
