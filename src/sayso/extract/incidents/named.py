"""Who is identified as whom: "the victim as Ivo Maro", "those killed were ...", "the gunman, Anton Vesel"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.events import part_of
from sayso.extract.incidents.references import References
from sayso.extract.incidents.roles import Told
from sayso.extract.incidents.standing import Blame
from sayso.extract.incidents.syntax import all_of, children, objects
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.claim import Effect

IDENTIFY = frozenset({"identify", "name"})
VICTIMS = frozenset({"victim", "deceased", "dead", "casualty", "hostage", "fatality", "wounded", "injured"})
LISTED = re.compile(r"(?:^|(?<=[\n.;] ))(?:the )?(dead|killed|deceased|injured|wounded|victims?)\s*:", re.I | re.M)
REACH = 2
"""Sentences back in which "they" finds those who came to harm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """A noun that says what somebody is to the incident, and the head of the name that is given for it.

    `verb` is where it is said, `effect` what the noun says became of them (None where it does not), `size` how many
    names are given together.
    """

    noun: int
    name: int
    verb: int
    effect: Effect | None = None
    size: int = 1


def identified(a: Analysis, who: References) -> list[Identified]:
    """Return every identification by name, in text order."""
    found = {(f.noun, f.name): f for f in _identified(a, who)}
    return sorted(found.values(), key=lambda f: (f.verb, f.name))


def _identified(a: Analysis, who: References) -> Iterator[Identified]:
    for token in a.tokens:
        i, lemma = token.i, token.lemma.lower()
        if lemma in IDENTIFY and token.pos == "VERB":
            names = [n for c in children(a, i, "prep") if a.tokens[c].text.lower() == "as" for n in _named(a, who, c)]
            names += [n for o in children(a, i, "oprd") for n in all_of(a, [o]) if who.named(n)]
            for noun in map(part_of, repeat(a), objects(a, i)):
                yield from _pairs(a, noun, names, i)
        elif token.text.lower() == "including" and token.dep == "prep":
            yield from _pairs(a, token.head, _named(a, who, i), token.head)
        elif lemma in ("be", "include"):
            yield from _equated(a, who, i)
        if lemma in VICTIMS and token.pos in ("NOUN", "ADJ"):
            yield from _pairs(a, i, [c for c in children(a, i, "appos") if who.named(c)], i)
    for match in LISTED.finditer(a.text):
        noun = a.token_at(match.start(1))
        end = a.text.find("\n", match.end())
        inside = a.tokens_in(match.end(), end if end >= 0 else len(a.text))
        people = {e.id: m.head for e in who.by_id.values() if e.kind == "person" for m in e.mentions
                  if m.form == "name" and m.head in inside}  # fmt: skip
        yield from _pairs(a, noun, people.values(), noun)


def _equated(a: Analysis, who: References, verb: int) -> Iterator[Identified]:
    """Yield the identifications of "the dead were A and B", "they were A", "among the dead was A"."""
    sides = [all_of(a, [c]) for c in children(a, verb, "nsubj", "attr", "dobj")]
    sides += [[o] for c in children(a, verb, "prep") if a.tokens[c].text.lower() in ("among", "amongst")
              for o in children(a, c, "pobj")]  # fmt: skip
    nouns = [i for side in sides for i in side if _is_role(a, i)]
    names = [i for side in sides for i in side if i not in nouns and who.named(i)]
    for noun in nouns:
        yield from _pairs(a, noun, names, verb)


def _is_role(a: Analysis, i: int) -> bool:
    """Say whether a noun or pronoun says what somebody is to an incident."""
    token = a.tokens[i]
    if token.text.lower() in ("they", "them") or token.lemma.lower() in VICTIMS or effect_of(a, i) is not None:
        return True
    return lexicon.is_attacker(a, i) or lexicon.is_suspect(a, i)


def _pairs(a: Analysis, noun: int, names: Iterable[int], verb: int) -> Iterator[Identified]:
    given = [n for n in names if n != noun]
    for name in given:
        yield Identified(noun=noun, name=name, verb=verb, effect=effect_of(a, noun), size=len(given))


def _named(a: Analysis, who: References, preposition: int) -> list[int]:
    return [n for o in children(a, preposition, "pobj") for n in all_of(a, [o]) if who.named(n)]


@cache
def _states() -> dict[str, Effect]:
    table: dict[str, Effect] = {str(w): effect for effect, found in words("losses")["states"].items() for w in found}
    return table | {"deceased": "killed", "fatality": "killed", "killed": "killed", "slain": "killed"}


def effect_of(a: Analysis, noun: int) -> Effect | None:
    """Return what a noun says became of people: "the dead", "the wounded man", "those killed"; None for nothing."""
    for i in (noun, *children(a, noun, "amod", "acl", "compound"), *_partitive(a, noun)):
        effect = _states().get(a.tokens[i].text.lower()) or _states().get(a.tokens[i].lemma.lower())
        if effect is not None and not (i != noun and a.tokens[i].tag == "VBG"):
            return effect
        if i != noun and a.tokens[i].dep == "acl" and a.tokens[i].tag in ("VBN", "VBD"):
            told = lexicon.harm_verbs().get(a.tokens[i].lemma.lower())
            return "killed" if told == "died" else told  # type: ignore[return-value]
    return None


def _partitive(a: Analysis, noun: int) -> list[int]:
    return [o for c in children(a, noun, "prep") if a.tokens[c].text.lower() == "of" for o in children(a, c, "pobj")]


def blamed(a: Analysis, who: References, found: Sequence[Identified]) -> list[Blame]:
    """Return the blame in the identifications of attackers and suspects."""
    return [
        Blame(doer=f.name, events=(), base="suspected" if lexicon.is_suspect(a, f.noun) else "fact", verb=f.verb)
        for f in found
        if (who.is_attacker(f.noun) or lexicon.is_suspect(a, f.noun)) and f.effect is None
    ]


def harmed(a: Analysis, who: References, f: Identified, told: Sequence[Told]) -> tuple[bool, Effect | None]:
    """Say whether an identification names somebody to whom the deed was done, and what became of them if told."""
    if lexicon.is_attacker(a, f.noun) or lexicon.is_suspect(a, f.noun):
        return False, None
    harms = [h for t in told for h in t.harms if h.effect in ("killed", "wounded", "abducted")]
    effects = {h.effect for h in harms}
    usual = next(iter(effects)) if len(effects) == 1 else None
    if f.effect is not None or a.tokens[f.noun].lemma.lower() in VICTIMS:
        return True, f.effect or usual
    if a.tokens[f.noun].text.lower() in ("they", "them"):
        return _they(a, f, told)
    own = [h for h in harms if h.head is not None and (h.head == f.noun or _same(who, h.head, f.noun))]
    if own:
        return True, own[0].effect
    return any(j == f.noun or _same(who, j, f.noun) for t in told for j in t.people), usual


def _same(who: References, i: int, j: int) -> bool:
    entity = who.at(j)
    return entity is not None and any(e is entity for e in (who.at(i), *who.people(i)))


def _they(a: Analysis, f: Identified, told: Sequence[Told]) -> tuple[bool, Effect | None]:
    """Say whether "they" are those who came to harm just before: as many as are named, with nobody told of between."""
    sentence = a.sentence_of(f.noun)
    harms = [(h.evidence[1], h) for t in told for h in t.harms
             if 0 <= sentence - t.event.sentence <= REACH and h.evidence[1] <= f.noun]  # fmt: skip
    fit = [(end, h) for end, h in harms if h.quantity is not None and h.quantity.low == f.size]
    for end, h in sorted(fit or harms, key=lambda pair: -pair[0]):
        between = [t for t in a.tokens[end : f.noun] if t.tag == "NNS" and t.dep in ("nsubj", "nsubjpass", "dobj")]
        if not any(lexicon.person_kind(a, t.i) and t.lemma.lower() != "police" for t in between):
            return True, h.effect
    return False, None
