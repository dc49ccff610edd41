"""Who did it and to whom, as far as the event's own words say."""

from __future__ import annotations

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.events import Event, suffering_verbs
from sayso.extract.incidents.lexicon import GENERIC_NOUNS
from sayso.extract.incidents.syntax import agents, all_of, children, objects, passive
from sayso.model.analysis import Analysis


def event_agents(a: Analysis, event: Event) -> list[int]:
    """Return the heads of those who did it, weapons and other events left out."""
    lemma = a.tokens[event.i].lemma.lower()
    if lexicon.harm_verbs().get(lemma) == "died" or (event.kind == "harm" and lemma in suffering_verbs()):
        return []
    if event.form == "part":
        return [event.i] if _does(a, event.i) else []
    found = _noun_agents(a, event.i) if event.form == "noun" else agents(a, event.i)
    return [
        j for j in found if not lexicon.weapon_kind(a, j) and a.tokens[j].lemma.lower() not in lexicon.noun_triggers()
    ]


def _does(a: Analysis, i: int) -> bool:
    table = lexicon.part_triggers()
    return any(table[k][1] for k in lexicon.keys(a, i) if k in table)


LIGHT_VERBS = frozenset(
    {"carry", "stage", "launch", "mount", "commit", "perpetrate", "conduct", "execute", "make", "perform", "organize",
     "organise", "mastermind", "plan", "plot", "order", "orchestrate", "undertake", "attempt", "do", "lead", "direct"}
)  # fmt: skip


def _noun_agents(a: Analysis, i: int) -> list[int]:
    token = a.tokens[i]
    found: list[int] = []
    for c in children(a, i, "prep", "agent", "poss", "compound", "acl", "amod", "nmod"):
        child = a.tokens[c]
        word = child.text.lower()
        if child.dep in ("prep", "agent") and word == "by":
            found += children(a, c, "pobj")
        elif child.dep == "acl" and child.lemma.lower() in LIGHT_VERBS | {"blame", "claim"}:
            found += agents(a, c)
        elif child.dep in ("compound", "amod", "nmod") and (child.pos == "PROPN" or lexicon.is_attacker(a, c)):
            if not lexicon.target_kind(a, c) and child.tag != "JJ":
                found.append(c)
        elif (
            child.dep == "poss"
            and lexicon.noun_triggers().get(token.lemma.lower())
            and token.lemma.lower() in GENERIC_NOUNS
        ):
            found.append(c)
    if token.dep in ("dobj", "nsubjpass") and a.tokens[token.head].lemma.lower() in LIGHT_VERBS:
        found += agents(a, token.head)
    if token.dep == "conj" and a.tokens[token.head].dep in ("dobj", "nsubjpass") and not found:
        return _noun_agents(a, token.head)
    return all_of(a, found)


def event_patients(a: Analysis, event: Event) -> list[int]:
    """Return the heads of those and that to which it was done, as far as the words' own grammar says."""
    if event.form == "frame":
        return []
    if event.form == "part":
        if not _does(a, event.i):
            return [event.i]
        return all_of(
            a, [o for c in children(a, event.i, "prep") for o in children(a, c, "pobj") if a.tokens[c].text == "of"]
        )
    if event.form == "verb":
        found = objects(a, event.i)
        if event.kind == "bombing" and event.weapon is not None:
            found = [j for j in found if j != event.weapon]
        if passive(a, event.i) or found:
            return found
        return []
    found = []
    token = a.tokens[event.i]
    own_victim = token.lemma.lower() not in GENERIC_NOUNS
    for c in children(a, event.i, "prep", "poss", "compound", "nmod"):
        child = a.tokens[c]
        word = child.text.lower()
        if child.dep == "prep" and (word in ("on", "against", "upon") or (word == "of" and own_victim)):
            found += children(a, c, "pobj")
        elif (child.dep == "poss" and own_victim) or (child.dep in ("compound", "nmod") and lexicon.target_kind(a, c)):
            found.append(c)
    if token.dep in ("nsubj", "pobj") and not found:
        found += _hit_by(a, event.i)
    return all_of(a, found)


HIT_VERBS = frozenset(
    {"hit", "rock", "target", "damage", "destroy", "strike", "shake", "rip", "tear", "devastate", "kill", "wound",
     "injure", "hurt", "leave", "claim", "gut", "level", "shatter", "wreck", "affect"}
)  # fmt: skip


def _hit_by(a: Analysis, i: int) -> list[int]:
    token = a.tokens[i]
    if token.dep == "nsubj" and a.tokens[token.head].lemma.lower() in HIT_VERBS:
        return children(a, token.head, "dobj")
    return []
