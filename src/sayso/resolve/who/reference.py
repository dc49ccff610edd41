"""Whom a noun phrase or a pronoun refers to: careful rules of recency, number, gender and kind.

A wrong link does more harm than a missing one: where two candidates are as good, nothing is linked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.resolve.who.draft import Cast, Draft
from sayso.resolve.who.groups import Listed, enumerated, find_group, lists_of, new_group
from sayso.resolve.who.nominals import ARGUMENTS, DEFINITE, PRONOUNS, Nominal, nominals
from sayso.resolve.who.same import folded

MEMORY = 60
"""Mentions that are kept in mind."""
NEAR, FAR = 2, 6
"""Sentences back in which a pronoun and a noun phrase look for whom they refer to."""
GENERIC = frozenset({"man", "woman", "boy", "girl", "person", "suspect", "victim", "gunman", "shooter", "attacker", "assailant",
    "teenager", "teen", "youth", "child", "old", "defendant", "individual", "guy", "detainee", "accused", "killer"})  # fmt: skip
NO_OWNER = frozenset(
    {"'s", "’s", "a", "an", "local", "'", "its", "his", "her", "their", "our", "state", "security", "armed"}
)
NAMING = frozenset(
    {"named", "identified", "called", "known", "nicknamed", "alias", "pseudonym", "nickname", "aka", "dubbed"}
)
FILLING = frozenset(
    {
        "who",
        "goes",
        "went",
        "by",
        "the",
        "as",
        "is",
        "was",
        "only",
        "later",
        ",",
        "his",
        "her",
        "under",
        "been",
        "has",
        "had",
        "uses",
        "used",
        '"',
        "“",
    }
)
MANY = frozenset(
    {"police", "authorities", "troops", "forces", "prosecutors", "gendarmes", "marines", "military", "authority"}
)
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention that was passed: in which sentence, at which token, of whom, and whether it was a subject."""

    sentence: int
    head: int
    draft: Draft
    subject: bool


class Resolver:
    """Walks through the article once and says of each nominal whom it refers to."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.analysis.tokens
        self.seen: deque[Seen] = deque(maxlen=MEMORY)
        self.kin: dict[tuple[int, str], Draft] = {}
        self.bodies: dict[tuple[str, frozenset[str]], Draft] = {}
        self.lists: dict[int, Listed] = {listed.first: listed for listed in lists_of(cast)}
        self.passed: deque[Listed] = deque(self.lists.values())
        self.last_list: Listed | None = None

    def run(self) -> None:
        """Resolve all nominals and pronouns in text order."""
        names = sorted((m.head, d) for d in self.cast.drafts if not d.gone for m in d.mentions)
        at = 0
        for nominal in list(nominals(self.cast)):
            while at < len(names) and names[at][0] < nominal.head:
                self.note(*names[at])
                at += 1
            while self.passed and self.passed[0].last <= nominal.first:
                self.last_list = self.passed.popleft()
            draft = self.resolve(nominal)
            if draft is not None and draft.kind == "group" and not draft.members and nominal.sort != "pronoun":
                draft.members = list(enumerated(self.cast, nominal, self.lists))
            if draft is None:
                continue
            form = "pronoun" if nominal.sort == "pronoun" else "nominal"
            self.cast.mention(draft, nominal.first, nominal.last, form, nominal.head)
            if nominal.sort in {"person", "people", "organization"} and nominal.root:
                draft.roots.add(nominal.root)
            self.note(nominal.head, draft)

    def note(self, head: int, draft: Draft) -> None:
        """Keep a mention in mind."""
        token = self.tokens[head]
        subject = token.dep in SUBJECTS
        if token.dep == "pobj" and self.tokens[token.head].text.lower() == "of":
            above = self.tokens[self.tokens[token.head].head]
            subject = above.dep in SUBJECTS and above.text.lower() == "one"
        self.seen.append(Seen(self.cast.analysis.sentence_of(head), head, draft, subject))

    def resolve(self, nominal: Nominal) -> Draft | None:
        """Return the entity that a nominal refers to, an old or a new one; None where that cannot be said."""
        if nominal.sort == "pronoun":
            return self.pronoun(nominal)
        if nominal.sort == "body":
            return self.body(nominal)
        if nominal.sort == "organization":
            return self.organization(nominal)
        if nominal.sort in {"people", "number"}:
            return self.people(nominal)
        return self.person(nominal)

    # -- pronouns -------------------------------------------------------------------------------------------------

    def pronoun(self, nominal: Nominal) -> Draft | None:
        """Link he, she, they and it to the subject before, or to the only one who fits."""
        number, gender = PRONOUNS[nominal.root]
        here = self.cast.analysis.sentence_of(nominal.head)
        if number == "many" and (joint := self.listed(nominal, 1)) is not None:
            return joint
        fits = [s for s in reversed(self.seen) if here - s.sentence <= NEAR and self.fits(s, number, gender, nominal)]
        if not fits:
            return None
        if number == "thing":
            best = fits[0] if self.agent_it(nominal, fits[0], here) else None
        else:
            best = self.best(fits, nominal, here)
        if best is None or (number == "many" and best.sentence < here and self.things_before(nominal)):
            return None
        if gender and best.draft.gender is None:
            best.draft.gender = gender
        return best.draft

    def fits(self, seen: Seen, number: str, gender: str | None, nominal: Nominal) -> bool:
        """Say whether a mention agrees with a pronoun in number, gender and kind, and is no argument of one verb with it."""
        draft = seen.draft
        token, other = self.tokens[nominal.head], self.tokens[seen.head]
        if number == "one":
            if draft.kind != "person" or (draft.gender is not None and draft.gender != gender):
                return False
        elif number == "many":
            if not (draft.plural or draft.kind == "group"):
                return False
        elif draft.kind != "organization" and draft.kind != "government_body":
            return False
        own_clause = token.head == other.head and token.dep != "poss" and not nominal.root.endswith(("self", "selves"))
        return not own_clause

    def best(self, fits: list[Seen], nominal: Nominal, here: int) -> Seen | None:
        """Prefer a subject of this sentence, then of the sentence before; else the only candidate."""
        for back in range(NEAR + 1):
            level = [s for s in fits if here - s.sentence == back]
            subjects = [s for s in level if s.subject]
            if subjects:
                return subjects[-1] if back else subjects[0]
            drafts = {id(s.draft) for s in level}
            if len(drafts) == 1:
                return level[0]
            if level:
                return None
        return None

    def things_before(self, nominal: Nominal) -> bool:
        """Say whether the sentence has named several things before "they", so that it may mean those."""
        first = self.cast.analysis.sentences[self.cast.analysis.sentence_of(nominal.head)].first
        return any(t.tag == "NNS" and t.i not in self.cast.taken for t in self.tokens[first : nominal.head])

    def agent_it(self, nominal: Nominal, seen: Seen, here: int) -> bool:
        """Say whether "it" is one who acts: the subject or owner of something, with an organization as subject near by."""
        token = self.tokens[nominal.head]
        if token.dep not in {"nsubj", "nsubjpass", "poss"} or not seen.subject or here - seen.sentence > 1:
            return False
        verb = self.tokens[token.head]
        if token.dep == "poss":
            return True
        return verb.lemma != "be" and (
            here == seen.sentence or verb.lemma not in {"seem", "appear", "happen", "become", "take"}
        )

    # -- organizations --------------------------------------------------------------------------------------------

    def organization(self, nominal: Nominal) -> Draft | None:
        """Link "the group" and its like to the organization spoken of; an unnamed one that acts becomes its own."""
        named = self.named_beside(nominal)
        if named is not None:
            return named
        if nominal.article == "definite" or (nominal.article == "possessive" and nominal.mods[0] in PRONOUNS):
            for seen in reversed(self.seen):
                if self.organization_fits(nominal, seen.draft):
                    return seen.draft
            return None
        token = self.tokens[nominal.head]
        armed = nominal.tag == "armed" or any(m in self.cast.lexicon.armed_adjectives for m in nominal.mods)
        if armed and nominal.article == "indefinite" and token.dep in ARGUMENTS - {"attr", "appos", "oprd"}:
            draft = self.cast.new("organization", self.cast.words(nominal.first, nominal.last))
            draft.unnamed = draft.armed = True
            return draft
        return None

    def named_beside(self, nominal: Nominal) -> Draft | None:
        """Return the organization that the phrase itself names: "a group called X", "the group X"."""
        i = nominal.last
        cast = self.cast
        while i < min(nominal.last + 4, len(self.tokens)):
            draft = cast.taken.get(i)
            if draft is not None:
                return draft if draft.kind == "organization" else None
            if self.tokens[i].text.lower() not in {
                "called",
                "named",
                "known",
                "as",
                "the",
                '"',
                "“",
                "calling",
                "itself",
                ",",
                "``",
            }:
                return None
            i += 1
        return None

    def organization_fits(self, nominal: Nominal, draft: Draft) -> bool:
        """Say whether a definite noun can stand for that organization."""
        if draft.kind not in {"organization", "government_body"}:
            return False
        words = {w for name in draft.names for w in folded(name).split()}
        if nominal.root in words:
            return True
        if draft.kind == "government_body" or nominal.tag in {"government", "civil"}:
            return False
        if nominal.tag == "armed":
            return draft.armed
        adjective = any(
            m in self.cast.lexicon.armed_adjectives or self.cast.lexicon.nation(m) == "" for m in nominal.mods
        )
        return draft.armed if adjective or self.armed_about() else True

    def armed_about(self) -> bool:
        """Say whether an armed organization is among those in mind."""
        return any(s.draft.armed for s in self.seen)

    def body(self, nominal: Nominal) -> Draft | None:
        """Link "the authorities", "police" and their like with each other by noun, nation and owner."""
        root, lex = nominal.root, self.cast.lexicon
        owner = frozenset(m for m in nominal.mods if m not in NO_OWNER and m not in DEFINITE)
        named = self.named_body(root, owner)
        if named is not None:
            return named
        token = self.tokens[nominal.head]
        if token.dep in {"compound", "amod", "nmod"} or (owner & lex.armed_adjectives and root == "forces"):
            return None
        office = root in lex.organization_nouns or root in {"office", "jury", "embassy"}
        if office and not owner:
            return next((d for (r, _), d in self.bodies.items() if r == root), None)
        key = owner if office else frozenset({nominal.nation}) if nominal.nation else frozenset()
        known = self.bodies.get((root, key)) or self.near_body(root, key, office)
        if known is None:
            known = self.cast.new("government_body", self.cast.words(nominal.first, nominal.last))
            known.unnamed = True
            known.plural = root.split()[-1] in MANY
        self.bodies[(root, key)] = known
        return known

    def named_body(self, root: str, owner: frozenset[str]) -> Draft | None:
        """Return the body in mind whose name has the noun and all that stands before it."""
        for seen in reversed(self.seen):
            if seen.draft.kind == "government_body" and not seen.draft.unnamed:
                names = {w for name in seen.draft.names for w in folded(name).split()}
                if root in names and owner <= names:
                    return seen.draft
        return None

    def near_body(self, root: str, key: frozenset[str], office: bool) -> Draft | None:
        """Return a body of the same noun that says more or less of itself, but nothing else."""
        for (noun, other), draft in self.bodies.items():
            if noun == root and (not key or not other or (office and (key <= other or other <= key))):
                return draft
        return None

    # -- people ---------------------------------------------------------------------------------------------------

    def people(self, nominal: Nominal) -> Draft | None:
        """Link several people with the group they are, or make one."""
        definite = nominal.article == "definite"
        if definite or nominal.sort == "number":
            found = find_group(self.cast, nominal, self.seen_groups(), [s.draft for s in self.seen])
            if found is None and not nominal.other:
                found = self.listed(nominal, FAR - 2)
            if found is not None:
                return found
            if nominal.sort == "number" and nominal.number and enumerated(self.cast, nominal, self.lists):
                return new_group(self.cast, nominal)
        if nominal.sort == "number" or nominal.root == "others":
            return None
        if nominal.root == "person" and nominal.number is None and nominal.article != "indefinite":
            return None
        if self.tokens[nominal.head].dep not in ARGUMENTS - {"attr", "appos", "oprd"} or self.is_bystander(nominal):
            return None
        return new_group(self.cast, nominal)

    def is_bystander(self, nominal: Nominal) -> bool:
        """Say whether several people without number or article are only people in general, or hearers of a report."""
        token = self.tokens[nominal.head]
        if nominal.number is not None or nominal.article in {"definite", "possessive"}:
            return token.dep == "dobj" and nominal.root in self.cast.lexicon.hearers
        if nominal.root == "person" or (token.dep in {"dobj", "dative"} and nominal.root in self.cast.lexicon.hearers):
            return True
        if token.dep == "pobj":
            return self.tokens[token.head].text.lower() not in {"by", "to", "among"}
        return token.dep not in SUBJECTS | {"dobj", "conj", "ROOT", "appos"}

    def listed(self, nominal: Nominal, back: int) -> Draft | None:
        """Make a group of the persons listed last, where they are as many as the words say."""
        last = self.last_list
        if last is None or (nominal.tag in {"official", "kin", "worker"} and nominal.sort != "number"):
            return None
        here = self.cast.analysis.sentence_of(nominal.head)
        if here - self.cast.analysis.sentence_of(last.first) > back:
            return None
        if nominal.number is not None and nominal.number != len(last.people):
            return None
        if nominal.number is None and nominal.root not in {
            "man",
            "woman",
            "suspect",
            "defendant",
            "they",
            "them",
            "their",
            "themselves",
        }:
            return None
        for seen in self.seen:
            if seen.draft.kind == "group" and seen.draft.members == list(last.people):
                return seen.draft
        group = self.cast.new("group", " and ".join(p.names[0] for p in last.people))
        group.plural, group.number, group.members = True, len(last.people), list(last.people)
        return group

    def seen_groups(self) -> list[Draft]:
        """Return the groups in mind, the latest first, each once."""
        found: list[Draft] = []
        for seen in reversed(self.seen):
            if seen.draft.kind == "group" and seen.draft not in found:
                found.append(seen.draft)
        return found

    def person(self, nominal: Nominal) -> Draft | None:
        """Link "the spokesman", "the gunman", "the 23-year-old" to the person; an unnamed one becomes their own."""
        token = self.tokens[nominal.head]
        lex = self.cast.lexicon
        gender = lex.role_gender.get(nominal.root)
        beside = self.beside(nominal)
        if beside is not None or token.dep in {"attr", "oprd", "acomp"}:
            return beside
        if nominal.article == "definite":
            found = self.known_person(nominal)
            if found is not None:
                return found
        if token.dep not in ARGUMENTS or nominal.root == "person" or self.in_headline(nominal):
            return None
        owner = self.owner(nominal)
        if owner is not None and (id(owner), nominal.root) in self.kin:
            return self.kin[(id(owner), nominal.root)]
        draft = self.cast.new("person", self.cast.words(nominal.first, nominal.last))
        draft.unnamed, draft.gender = True, gender
        draft.roots.add(nominal.root)
        if owner is not None:
            self.kin[(id(owner), nominal.root)] = draft
            if nominal.tag == "kin":
                self.cast.fact(draft, "kin_of", nominal.root, (nominal.first, nominal.last), owner)
        return draft

    def owner(self, nominal: Nominal) -> Draft | None:
        """Return whose wife, son or lawyer somebody is: "his wife", "Doe's son"."""
        for i in range(nominal.first, nominal.head):
            if self.tokens[i].dep == "poss":
                return self.cast.at.get(i) or self.cast.taken.get(i)
        return None

    def in_headline(self, nominal: Nominal) -> bool:
        """Say whether a noun without article stands in a headline, where it is told again in the report."""
        block = self.cast.article.blocks[
            self.cast.analysis.sentences[self.cast.analysis.sentence_of(nominal.head)].block
        ]
        return block.role == "title" and nominal.article == "bare"

    def beside(self, nominal: Nominal) -> Draft | None:
        """Return the person whose name a noun stands beside: "the clerk, X", "X, a clerk", "a clerk known as X"."""
        token = self.tokens[nominal.head]
        around = [c for c in self.cast.analysis.children[nominal.head] if self.tokens[c].dep == "appos"]
        if token.dep == "appos":
            around.append(token.head)
        found = [self.cast.taken.get(i) for i in (*around, *self.introduced(nominal.last))]
        return next((d for d in found if d is not None and d.kind == "person" and not d.unnamed), None)

    def introduced(self, i: int) -> Iterator[int]:
        """Return the token behind "named", "identified as", "who goes by the pseudonym" and their like."""
        naming = False
        for token in self.tokens[i : i + 9]:
            low = token.text.lower()
            if token.i in self.cast.taken and naming:
                yield token.i
                return
            naming |= low in NAMING
            if low not in NAMING and low not in FILLING:
                return

    def known_person(self, nominal: Nominal) -> Draft | None:
        """Return the person in mind whom a definite singular noun fits best."""
        here = self.cast.analysis.sentence_of(nominal.head)
        gender = self.cast.lexicon.role_gender.get(nominal.root)
        near = [s for s in reversed(self.seen) if here - s.sentence <= FAR and s.draft.kind == "person"]
        near = [s for s in near if not (gender and s.draft.gender and s.draft.gender != gender)]
        for seen in near:
            if nominal.root in seen.draft.roots or self.has_role(seen.draft, nominal.root):
                return seen.draft
        found = self.by_part(nominal, near)
        return self.generic_person(nominal, near) if found is None and nominal.root in GENERIC else found

    def by_part(self, nominal: Nominal, near: list[Seen]) -> Draft | None:
        """Let "the victim", "the suspect" and "the gunman" find the one person who was harmed, held or did harm."""
        part = (
            "harmed"
            if nominal.tag == "victim"
            else "held"
            if nominal.tag == "suspect"
            else "harming"
            if nominal.tag == "fighter"
            else ""
        )
        if not part:
            return None
        playing = {id(s.draft): s.draft for s in near if part in s.draft.parts}
        if part == "harming" and not playing:
            playing = {id(s.draft): s.draft for s in near if "held" in s.draft.parts and "harmed" not in s.draft.parts}
        return next(iter(playing.values())) if len(playing) == 1 else None

    def has_role(self, draft: Draft, root: str) -> bool:
        """Say whether a title or description of the person has that noun."""
        return any(f.name in {"role", "description"} and root in f.value.lower().split() for f, _ in draft.facts)

    def generic_person(self, nominal: Nominal, near: list[Seen]) -> Draft | None:
        """Let "the man" follow an unnamed person of the same sort, or the one whose age it gives."""
        age = next((m.split("-")[0] for m in nominal.mods if m.split("-")[0].isdigit()), None)
        if age is not None:
            aged = {id(s.draft): s.draft for s in near for f, _ in s.draft.facts if f.name == "age" and f.value == age}
            return next(iter(aged.values())) if len(aged) == 1 else None
        unnamed = {id(s.draft): s.draft for s in near if s.draft.unnamed and s.draft.roots & GENERIC}
        if len(unnamed) == 1:
            draft = next(iter(unnamed.values()))
            fighters = {"gunman", "shooter", "attacker", "assailant", "killer", "suspect"}
            if "victim" in {nominal.root} | draft.roots and ({nominal.root} | draft.roots) & fighters:
                return None
            return draft
        return None
