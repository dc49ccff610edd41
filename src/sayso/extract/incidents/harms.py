"""What the words of an event say became of people: whom it killed, wounded, took, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.events import HITS, STATE_VERBS, Event, suffering_verbs
from sayso.extract.incidents.losses import quantity
from sayso.extract.incidents.participants import event_patients
from sayso.extract.incidents.phrases import harm_phrase
from sayso.extract.incidents.references import References
from sayso.extract.incidents.syntax import agents, children, noun_phrase, objects, prepositional, subjects
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.claim import Effect, Quantity

MURDERS = frozenset(
    {"killing", "murder", "assassination", "massacre", "slaying", "execution", "beheading", "death", "lynching"}
)
STATES: dict[str, Effect] = {"dead": "killed", "wounded": "wounded", "injured": "wounded", "hurt": "wounded"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """What became of people: the effect, the head token of who they are (None for a bare toll), and how many.

    `implied`: the words say only that they were shot or stabbed, or taken to hospital.
    """

    effect: Effect
    head: int | None
    quantity: Quantity | None
    evidence: tuple[int, int]
    implied: bool = False


def harms(who: References, event: Event) -> Iterator[Harm]:
    """Yield what the event's own words say became of people."""
    a = who.analysis
    token = a.tokens[event.i]
    lemma = token.lemma.lower()
    phrase = harm_phrase(a, event.i) if event.stage != "attempted" else None
    if counts_people(a, event):
        yield from _toll(who, event)
    elif event.form == "noun":
        yield from _noun_harms(who, event)
    elif event.form == "part":
        if event.kind == "kidnapping":
            yield from (_harm(who, event, "abducted", j) for j in event_patients(a, event))
    elif phrase is not None:
        for j in phrase.heads:
            if who.is_people(j) or j == phrase.counted:
                found = _harm(who, event, phrase.effect, j)
                single = phrase.implied and (found.quantity is None or found.quantity.high == 1)
                head = None if j == phrase.counted else j
                yield Harm(
                    effect=found.effect, head=head, quantity=found.quantity, evidence=found.evidence, implied=single
                )
    elif lemma in suffering_verbs() and lexicon.harm_verbs().get(lemma) is None and event.kind == "harm":
        yield from (_harm(who, event, "wounded", j) for j in subjects(a, event.i) if who.is_people(j))
    else:
        yield from _verb_harms(who, event)


def counts_people(a: Analysis, event: Event) -> bool:
    """Say whether the word is one that counts people by what became of them: "12 dead", "the number of wounded"."""
    if event.kind != "harm":
        return False
    token = a.tokens[event.i]
    return event.form == "noun" or (token.tag == "VBN" and token.dep == "pobj" and token.text.lower() in STATES)


def _harm(who: References, event: Event, effect: Effect, j: int, *, implied: bool = False) -> Harm:
    a = who.analysis
    counted = _counted(a, j)
    if counted is None:
        evidence = _span_of(event.i, j, noun_phrase(a, j)[0])
        return Harm(effect=effect, head=j, quantity=quantity(a, j), evidence=evidence, implied=implied)
    noun, number = counted
    return Harm(
        effect=effect,
        head=noun,
        quantity=quantity(a, number),
        evidence=_span_of(event.i, noun, number),
        implied=implied,
    )


def _counted(a: Analysis, j: int) -> tuple[int, int] | None:
    """Return the people and the number of "the number of people killed rose to 14", "three of his bodyguards"."""
    token = a.tokens[j]
    if token.tag == "CD":
        of = [o for p, o in prepositional(a, j) if p == "of" and a.tokens[o].pos != "PRON"]
        return (of[0], j) if of else None
    count = j if token.lemma.lower() in _list("counts") else a.tokens[token.head].head if token.dep == "pobj" else None
    if count is None or a.tokens[count].lemma.lower() not in _list("counts"):
        return None
    people = [o for p, o in prepositional(a, count) if p == "of"]
    numbers = [*_toll_numbers(a, count)]
    numbers = [n for n in numbers if n not in people]
    return (people[0], numbers[0]) if people and numbers else None


def _span_of(*heads: int) -> tuple[int, int]:
    return min(heads), max(heads) + 1


def _verb_harms(who: References, event: Event) -> Iterator[Harm]:
    """Yield the harm of a verb: "killed", "died", "was shot", "left five dead"."""
    a = who.analysis
    lemma = a.tokens[event.i].lemma.lower()
    effect = lexicon.harm_verbs().get(lemma)
    if lemma in STATE_VERBS or (effect is None and lemma == "shoot"):
        yield from _left(who, event)
        if lemma != "shoot":
            return
    if effect is None:
        effect = {"kidnapping": "abducted", "arrest": "arrested", "assassination": "killed"}.get(event.kind)
    if effect is None and event.kind in ("armed_attack", "stabbing") and lemma in ("shoot", "stab", "gun"):
        effect = "killed" if lemma == "gun" or _to_death(a, event.i) else "wounded"
    if effect is None and lemma in HITS and event.weapon is not None:
        hurts = lexicon.weapon_kind(a, event.weapon) in lexicon.weapon_class("firearm")
        effect = "wounded" if hurts else None
    if event.stage == "attempted" or effect is None:
        return
    implied = effect == "wounded" and lexicon.harm_verbs().get(lemma) is None
    became: Effect = "killed" if effect == "died" else effect  # type: ignore[assignment]
    for j in subjects(a, event.i) if effect == "died" else objects(a, event.i):
        own = a.tokens[j].pos == "PRON" and j in subjects(a, event.i) and effect != "died"
        if _people(who, j) and not own:
            yield _harm(who, event, became, j, implied=implied)


def _people(who: References, j: int) -> bool:
    """Say whether a word stands for people, or counts them: of a part ("three of his trucks") the whole decides."""
    counted = _counted(who.analysis, j)
    if counted is not None and counted[1] == j:
        return who.is_people(counted[0])
    return counted is not None or who.is_people(j)


def _to_death(a: Analysis, i: int) -> bool:
    spoken = {a.tokens[c].text.lower() for c in a.children[i]}
    if i + 1 < len(a.tokens):
        spoken.add(a.tokens[i + 1].text.lower())  # "shoot dead five": the parser hangs "dead" on the five
    if spoken & {"dead", "down", "fatally"}:
        return True
    if any(p == "to" and a.tokens[j].lemma.lower() == "death" for p, j in prepositional(a, i)):
        return True
    return any(a.tokens[c].lemma.lower() in ("kill", "die") for c in children(a, i, "conj"))


def _left(who: References, event: Event) -> Iterator[Harm]:
    """Yield the harm of "left three dead and five wounded", "shot dead two men", "found dead"."""
    a = who.analysis
    for c in a.children[event.i]:
        effect = STATES.get(a.tokens[c].text.lower())
        heads = children(a, c, "nsubj", "nsubjpass") or objects(a, event.i)
        for j in heads if effect else ():
            if effect and _people(who, j):
                found = _harm(who, event, effect, j)
                yield replace(found, evidence=(min(found.evidence[0], c), max(found.evidence[1], c + 1)))


def _noun_harms(who: References, event: Event) -> Iterator[Harm]:
    """Yield the harm that a noun for the deed tells of: "the murder of two nuns", "his abduction"."""
    effect: Effect | None = None
    if who.analysis.tokens[event.i].lemma.lower() in MURDERS:
        effect = "killed"
    elif event.kind == "kidnapping":
        effect = "abducted"
    elif event.kind == "arrest":
        effect = "arrested"
    if effect is not None and event.stage != "attempted":
        yield from (_harm(who, event, effect, j) for j in event_patients(who.analysis, event) if who.is_people(j))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(map(str, words("losses")["tolls"][name]))


def _toll(who: References, event: Event) -> Iterator[Harm]:
    """Yield the harm of a count: "at least 11 wounded", "the death toll rose to 12", "the number of dead"."""
    a, i = who.analysis, event.i
    token = a.tokens[i]
    effect: Effect = lexicon.toll_nouns().get(token.lemma.lower()) or STATES[token.text.lower()]  # type: ignore[assignment]
    noun = i
    if token.dep == "pobj" and a.tokens[a.tokens[token.head].head].lemma.lower() in _list("counts"):
        noun = a.tokens[token.head].head
    if children(a, i, "nummod"):
        yield Harm(effect=effect, head=None, quantity=quantity(a, i), evidence=_span_of(i, *children(a, i, "nummod")))
        return
    if token.dep == "amod":
        yield Harm(effect=effect, head=None, quantity=quantity(a, token.head), evidence=_span_of(i, token.head))
        return
    for j in _toll_numbers(a, noun):
        found = quantity(a, j)
        if found is not None:
            if a.tokens[a.tokens[noun].head].lemma.lower() in _list("exceed") and found.high == found.low:
                found = Quantity(low=found.low + 1, high=None)
            yield Harm(effect=effect, head=None, quantity=found, evidence=_span_of(i, noun, j))
            return
    yield from _states(who, event, effect)


def _toll_numbers(a: Analysis, noun: int) -> Iterator[int]:
    """Yield the numbers that a toll is said to be, rise to or stand at; not what it rose from."""
    spots = [*prepositional(a, noun)]
    token = a.tokens[noun]
    if token.dep in ("nsubj", "dobj", "nsubjpass"):
        spots += prepositional(a, token.head)
        told = [j for j in children(a, token.head, "dobj", "attr") if j != noun and token.dep != "dobj"]
        spots += [("", j) for j in told if a.tokens[token.head].lemma.lower() in _list("be") | _list("exceed")]
    for p, j in spots:
        if p in ("", "to", "at", "of", "as", "from to") and (a.tokens[j].tag == "CD" or children(a, j, "nummod")):
            yield j


def _states(who: References, event: Event, effect: Effect) -> Iterator[Harm]:
    """Yield the harm of people who "are dead", of "the deaths of two nuns", of "his death"."""
    a, i = who.analysis, event.i
    token = a.tokens[i]
    if token.dep in ("acomp", "attr") and a.tokens[token.head].lemma == "be":
        heads = children(a, token.head, "nsubj")
    elif token.lemma.lower() in ("death", "injury", "fatality"):
        heads = [j for p, j in prepositional(a, i) if p in ("of", "to")] + children(a, i, "poss")
    else:
        heads = []
    own = {e.id for j in agents(a, token.head) for e in who.people(j)} if token.dep == "dobj" else set()
    for j in heads:
        if who.is_people(j) and not any(e.id in own for e in who.people(j)):
            yield _harm(who, event, effect, j)
