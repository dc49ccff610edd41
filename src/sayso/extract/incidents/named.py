"""Who is identified as whom: "the victim as Ivo Maro", "the gunman, Anton Vesel"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.events import part_of
from sayso.extract.incidents.references import References
from sayso.extract.incidents.roles import Told
from sayso.extract.incidents.standing import Blame
from sayso.extract.incidents.syntax import all_of, children, objects
from sayso.model.analysis import Analysis

IDENTIFY = frozenset({"identify", "name"})
VICTIMS = frozenset({"victim", "deceased", "dead", "casualty", "hostage", "fatality"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """A noun that says what somebody is to the incident, and the head of the name that is given for it."""

    noun: int
    name: int
    verb: int


def identified(a: Analysis, who: References) -> Iterator[Identified]:
    """Yield every identification by name, in text order."""
    for token in a.tokens:
        if token.lemma.lower() in IDENTIFY and token.pos == "VERB":
            names = [
                n for c in children(a, token.i, "prep") if a.tokens[c].text.lower() == "as" for n in _names(a, c, who)
            ]
            names += [n for o in children(a, token.i, "oprd") for n in all_of(a, [o]) if who.named(n)]
            for noun in map(part_of, repeat(a), objects(a, token.i)):
                yield from (Identified(noun=noun, name=name, verb=token.i) for name in names if name != noun)
        elif token.lemma.lower() in VICTIMS and token.pos in ("NOUN", "ADJ"):
            for c in children(a, token.i, "appos"):
                if who.named(c):
                    yield Identified(noun=token.i, name=c, verb=token.i)
            if token.dep in ("nsubj", "attr") and a.tokens[token.head].lemma == "be":
                others = children(a, token.head, "attr", "nsubj")
                yield from (
                    Identified(noun=token.i, name=n, verb=token.head)
                    for o in others
                    if o != token.i
                    for n in all_of(a, [o])
                    if who.named(n)
                )


def _names(a: Analysis, preposition: int, who: References) -> list[int]:
    return [n for o in children(a, preposition, "pobj") for n in all_of(a, [o]) if who.named(n)]


def blamed(a: Analysis, who: References, found: Sequence[Identified]) -> list[Blame]:
    """Return the blame in the identifications of attackers and suspects."""
    return [
        Blame(doer=f.name, events=(), base="suspected" if lexicon.is_suspect(a, f.noun) else "fact", verb=f.verb)
        for f in found
        if who.is_attacker(f.noun) or lexicon.is_suspect(a, f.noun)
    ]


def is_victim(a: Analysis, who: References, f: Identified, told: Sequence[Told]) -> bool:
    """Say whether an identification names a victim of what is told: by its noun, or as one whom it was done to."""
    if a.tokens[f.noun].lemma.lower() in VICTIMS:
        return True
    if lexicon.is_attacker(a, f.noun) or lexicon.is_suspect(a, f.noun):
        return False
    entity = who.at(f.noun)
    people = [j for t in told for j in (*t.people, *(h.head for h in t.harms if h.head is not None))]
    return f.noun in people or (entity is not None and any(who.at(j) is entity for j in people))
