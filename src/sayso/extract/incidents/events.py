"""Finds the words that tell of an event: its kind, stage, number, and whether it is told in earnest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.earnest import figurative, hypothetical, natural_death, turns_of_phrase
from sayso.extract.incidents.lexicon import GENERIC_NOUNS, GENERIC_VERBS, Strength
from sayso.extract.incidents.phrases import harm_phrase
from sayso.extract.incidents.syntax import agents, children, objects, taken_for_adjective
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.incident import Stage

Form = Literal["noun", "verb", "frame", "part"]
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "other": 0, "another": 0, "separate": 0}
ATTEMPT_NOUNS = frozenset(
    {"attempt", "plot", "bid", "plan", "conspiracy", "effort", "mission", "order", "task", "intention"}
)
ATTEMPT_WORDS = frozenset(
    {"attempted", "failed", "foiled", "thwarted", "botched", "planned", "abortive", "unsuccessful", "frustrated",
     "suspected", "would-be", "aborted"}
) - {"suspected"}  # fmt: skip
ATTEMPT_VERBS = frozenset(
    {
        "try",
        "attempt",
        "fail",
        "plan",
        "plot",
        "intend",
        "conspire",
        "seek",
        "suppose",
        "prepare",
        "aim",
        "want",
        "mean",
    }
)
PREVENT_VERBS = frozenset(
    {"foil", "thwart", "prevent", "defuse", "avert", "deactivate", "disarm", "abort", "frustrate"}
)
FOUND_VERBS = frozenset({"defuse", "deactivate", "disarm", "discover", "find"})
PLACE_VERBS = frozenset({"plant", "place", "lay", "leave", "conceal", "hide", "attach"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Words that tell of an event. Token indexes throughout.

    `generic` events ("the attack") take the kind of what they speak of; `partitive` ones are one of several ("one of
    the blasts"). `number` is how many events the words count, None where they do not; `ordinal` 1 for "first", 0
    for "another". `stage` None where the words leave it open (a bomb was placed).
    """

    i: int
    sentence: int
    kind: str
    strength: Strength
    form: Form
    stage: Stage | None
    generic: bool = False
    plural: bool = False
    number: int | None = None
    ordinal: int | None = None
    definite: bool = False
    partitive: bool = False
    weapon: int | None = None
    phrase: str = ""


def find_events(a: Analysis) -> list[Event]:
    """Return every event that the article tells of in earnest, in text order."""
    found = []
    idle = turns_of_phrase(a)
    for s, sentence in enumerate(a.sentences):
        for i in range(sentence.first, sentence.last):
            if any(start <= a.tokens[i].start < end for start, end in idle):
                continue
            event = _noun_event(a, i, s) or _verb_event(a, i, s) or _harm_event(a, i, s) or _part_event(a, i, s)
            if event and not figurative(a, event.i, event.kind, event.phrase) and not hypothetical(a, event.i):
                found.append(event)
    return found


def _noun_event(a: Analysis, i: int, s: int) -> Event | None:
    token = a.tokens[i]
    if token.pos not in ("NOUN", "PROPN") and token.tag != "VBG":
        return None
    if token.dep == "compound" and token.head > i and a.tokens[token.head].pos in ("NOUN", "PROPN"):
        return None
    table = lexicon.noun_triggers()
    key = next((k for k in lexicon.keys(a, i) if k in table), None)
    if key is None or (token.tag == "VBG" and token.pos == "VERB"):
        return None
    trigger = table[key]
    if key == "bomb" and not _tells_of_blast(a, i):
        return None
    generic = key in GENERIC_NOUNS
    kind = trigger.kind
    if generic:
        kind = _kind_by_modifier(a, i) or kind
        generic = kind == trigger.kind
    number, partitive, counted = _count(a, i)
    return Event(
        i=i,
        sentence=s,
        kind=kind,
        strength=trigger.strength,
        form="noun",
        stage=_noun_stage(a, i),
        generic=generic,
        plural=token.tag in ("NNS", "NNPS") and not partitive and number != 1,
        number=number,
        ordinal=_ordinal(a, i),
        definite=_definite(a, counted),
        partitive=partitive,
    )


STATE_VERBS = frozenset({"leave", "find", "pronounce", "declare"})
"""Verbs that tell in what state somebody was: left wounded, found dead, pronounced dead."""
BLAST_VERBS = frozenset({"tear", "rip", "rock", "hit", "strike", "shake", "go", "kill", "destroy", "wreck", "shatter"})


def _tells_of_blast(a: Analysis, i: int) -> bool:
    """Say whether "bombs" stands for their going off: "behind the bombs that tore through the pier"."""
    token = a.tokens[i]
    if any(a.tokens[c].lemma.lower() in BLAST_VERBS for c in children(a, i, "relcl")):
        return True
    governor = a.tokens[token.head].text.lower()
    return (token.dep == "pobj" and governor == "behind") or (
        token.dep == "nsubj" and a.tokens[token.head].lemma.lower() in BLAST_VERBS - {"kill", "go"}
    )


def _kind_by_modifier(a: Analysis, i: int) -> str | None:
    """Return the kind that a weapon or a place before "attack" makes of it: "grenade attack"."""
    for c in children(a, i, "compound", "amod", "nmod"):
        weapon = lexicon.weapon_kind(a, c)
        if weapon:
            return lexicon.made_by(weapon)
        word = a.tokens[c].lemma.lower()
        trigger = lexicon.noun_triggers().get(f"{word} attack") or lexicon.noun_triggers().get(word)
        if trigger:
            return trigger.kind
    return None


def _verb_keys(a: Analysis, i: int) -> list[str]:
    """Return the verb's lemma with each thing that may make a phrase of it, longest first."""
    lemma = a.tokens[i].lemma.lower()
    found = []
    for c in a.children[i]:
        token = a.tokens[c]
        word = token.lemma.lower()
        if token.dep in ("prt", "dobj", "acomp", "advmod", "oprd", "prep", "xcomp", "ccomp"):
            found.append(f"{lemma} {token.text.lower()}")
            found.append(f"{lemma} {word}")
        if token.dep == "prep":
            found += [f"{lemma} {word} {a.tokens[o].lemma.lower()}" for o in children(a, c, "pobj")]
        if token.dep in ("dobj", "oprd", "ccomp"):
            found += [f"{lemma} {a.tokens[o].lemma.lower()}" for o in children(a, c, "amod", "acomp", "oprd")]
    return [*found, lemma]


def _verb_event(a: Analysis, i: int, s: int) -> Event | None:
    token = a.tokens[i]
    if token.pos != "VERB" and not (token.pos == "ADJ" and token.tag == "VBN"):
        return None
    if token.dep in ("amod", "compound") and token.head > i and not taken_for_adjective(a, i):
        return None
    candidates = _verb_keys(a, i)
    frame = _frame(a, i, candidates)
    if frame:
        kind, weapon = frame
        lemma = token.lemma.lower()
        stage: Stage | None = _verb_stage(a, i)
        if lemma in FOUND_VERBS:
            stage = "attempted"
        elif lemma in PLACE_VERBS and stage == "accomplished":
            stage = None
        number, partitive, counted = _count(a, weapon)
        return Event(
            i=i, sentence=s, kind=kind, strength="strong", form="frame", stage=stage, weapon=weapon,
            plural=a.tokens[weapon].tag in ("NNS", "NNPS") and not partitive and number != 1,
            number=number, ordinal=_ordinal(a, weapon), definite=_definite(a, counted), partitive=partitive,
        )  # fmt: skip
    if _from_the_air(a, i):
        return Event(i=i, sentence=s, kind="strike", strength="strong", form="verb", stage=_verb_stage(a, i), phrase="")
    done_by = _done_by_weapon(a, i)
    if done_by:
        kind, weapon = done_by
        return Event(
            i=i, sentence=s, kind=kind, strength="strong", form="verb", stage=_verb_stage(a, i), weapon=weapon,
            ordinal=_ordinal(a, weapon), phrase="",
        )  # fmt: skip
    table = lexicon.verb_triggers()
    key = next((k for k in candidates if k in table), None)
    if key is None:
        return None
    trigger = table[key]
    number, ordinal, partitive, plural = None, None, False, False
    weapon_token = _exploding(a, i)
    if trigger.kind == "bombing" and weapon_token is not None:
        number, partitive, _ = _count(a, weapon_token)
        ordinal = _ordinal(a, weapon_token)
        plural = a.tokens[weapon_token].tag == "NNS" and not partitive and number != 1
    elif trigger.kind == "bombing" and trigger.strength == "weak":
        counted_off = [a.tokens[j].text.lower() for j in agents(a, i) if a.tokens[j].text.lower() in ORDINALS]
        if not counted_off and not _names_blast(a, i):
            return None
        ordinal = ORDINALS[counted_off[0]] if counted_off else None
    return Event(
        i=i, sentence=s, kind=trigger.kind, strength=trigger.strength, form="verb", stage=_verb_stage(a, i),
        generic=key in GENERIC_VERBS,
        number=number, ordinal=ordinal, partitive=partitive, plural=plural, weapon=weapon_token,
        phrase=key if " " in key else "",
    )  # fmt: skip


def _harm_event(a: Analysis, i: int, s: int) -> Event | None:
    """Return the event of words that only say what became of people or things: it joins whatever did it."""
    token = a.tokens[i]
    lemma = token.lemma.lower()
    describes = token.dep in ("amod", "compound") and a.tokens[token.head].tag != "CD"
    if token.pos in ("NOUN", "ADJ") and lemma in lexicon.toll_nouns() and not describes:
        return Event(i=i, sentence=s, kind="harm", strength="weak", form="noun", stage="accomplished", generic=True)
    if token.pos != "VERB" or (token.dep in ("amod", "compound") and token.head > i):
        return None
    left = lemma in STATE_VERBS and any(
        a.tokens[c].text.lower() in ("dead", "wounded", "injured", "hurt") for c in a.children[i]
    )
    suffered = lemma in suffering_verbs() and any(
        a.tokens[c].lemma.lower() in ("injury", "wound", "burn", "fracture") for c in children(a, i, "dobj")
    )
    left = left or harm_phrase(a, i) is not None
    if not (left or suffered) and lemma not in lexicon.harm_verbs() and lemma not in lexicon.damage_verbs():
        return None
    if lexicon.harm_verbs().get(lemma) == "died" and natural_death(a, i):
        return None
    return Event(
        i=i, sentence=s, kind="harm", strength="weak", form="verb", stage=_verb_stage(a, i), generic=True,
        weapon=_exploding(a, i),
    )  # fmt: skip


@cache
def suffering_verbs() -> frozenset[str]:
    """Return the verbs that tell of harm with an injury for their object: to sustain, to suffer."""
    return frozenset(words("losses")["suffering"])


def _part_event(a: Analysis, i: int, s: int) -> Event | None:
    """Return the event that a word for its people implies: "the kidnappers", "two hostages"."""
    if a.tokens[i].pos not in ("NOUN", "PROPN"):
        return None
    table = lexicon.part_triggers()
    key = next((k for k in lexicon.keys(a, i) if k in table), None)
    if key is None:
        return None
    return Event(
        i=i, sentence=s, kind=table[key][0], strength="weak", form="part", stage="accomplished",
        definite=_definite(a, i),
    )  # fmt: skip


HITS = frozenset({"hit", "strike"})
"""What a rocket or a bullet does, and much else: an event only where a weapon does it to something."""


def _done_by_weapon(a: Analysis, i: int) -> tuple[str, int] | None:
    """Return the kind and the weapon where a weapon does the harm: "a car bomb killed six", "killed by a grenade"."""
    lemma = a.tokens[i].lemma.lower()
    left = lemma in STATE_VERBS and any(a.tokens[c].text.lower() in ("dead", "wounded") for c in a.children[i])
    hits = lemma in HITS and bool(objects(a, i))
    if not (left or hits) and lemma not in lexicon.harm_verbs() and lemma not in lexicon.damage_verbs():
        return None
    for j in agents(a, i):
        weapon = lexicon.weapon_kind(a, j)
        kind = lexicon.made_by(weapon) if weapon else None
        if kind:
            return kind, j
    return None


def _from_the_air(a: Analysis, i: int) -> bool:
    """Say whether aircraft strike something: "warplanes struck two tents", "jets pounded the port"."""
    lemma = a.tokens[i].lemma.lower()
    hits, strafes = lemma in lexicon.word_set("people", "strikes"), lemma in lexicon.word_set("people", "strafes")
    if not (hits or strafes) or not objects(a, i):
        return False
    known = lexicon.word_set("people", "warplanes") | (
        lexicon.word_set("people", "aircraft") if strafes else frozenset()
    )
    return any(not known.isdisjoint(lexicon.keys(a, j)) for j in agents(a, i))


def _exploding(a: Analysis, i: int) -> int | None:
    """Return the explosive that goes off or is set off, where the verb names one."""
    for j in [*agents(a, i), *objects(a, i)]:
        kind = lexicon.weapon_kind(a, part_of(a, j))
        if kind in lexicon.weapon_class("explosive") or kind in lexicon.weapon_class("ordnance"):
            return part_of(a, j)
    return None


def _names_blast(a: Analysis, i: int) -> bool:
    """Say whether a weak bombing verb is meant: somebody blows up something, himself, or "it", a bomb named before."""
    lemma = a.tokens[i].lemma.lower()
    if lemma == "blow":
        return bool(objects(a, i))
    if lemma == "set":
        return any(a.tokens[o].pos == "PRON" for o in objects(a, i))
    if lemma == "detonate":
        return True
    return lemma == "explode" and any(lexicon.target_kind(a, j) == "vehicle" for j in agents(a, i))


def _frame(a: Analysis, i: int, candidates: list[str]) -> tuple[str, int] | None:
    """Return the kind and the weapon token where the verb makes an event with a weapon for its object."""
    frames = lexicon.frame_triggers()
    pairs = [pair for key in candidates if key in frames for pair in frames[key]]
    if not pairs:
        return None
    for j in objects(a, i):
        head = part_of(a, j)
        kind = lexicon.weapon_kind(a, head)
        for event_kind, wanted in pairs:
            if kind is not None and kind in lexicon.weapon_class(wanted):
                return lexicon.made_by(kind) or event_kind, head
    return None


def part_of(a: Analysis, head: int) -> int:
    """Return what "one of the bombs", "a number of bombs" is part of: the noun after "of"."""
    word = a.tokens[head].lemma.lower()
    if word in (
        "one",
        "two",
        "three",
        "number",
        "series",
        "string",
        "wave",
        "pair",
        "stick",
        "couple",
        "spate",
        "some",
    ):
        for c in children(a, head, "prep"):
            inner = children(a, c, "pobj")
            if a.tokens[c].text.lower() == "of" and inner:
                return inner[0]
    return head


def _count(a: Analysis, head: int) -> tuple[int | None, bool, int]:
    """Return how many events the noun phrase counts, whether it is one out of several, and its outermost head."""
    from sayso.extract.incidents.losses import number_word

    token = a.tokens[head]
    if token.dep == "pobj" and a.tokens[token.head].text.lower() == "of":
        outer = a.tokens[token.head].head
        word = a.tokens[outer].text.lower()
        if word in ("one", "either", "each", "first", "second", "third", "last", "latest", "another"):
            return 1, True, head
        if word in ("two", "three", "both"):
            return number_word(word), True, head
    for c in children(a, head, "nummod", "det"):
        word = a.tokens[c].text.lower()
        if word == "both":
            return 2, False, head
        value = number_word(word)
        if value is not None and word not in ("a", "an"):
            return value, False, head
    return None, False, head


def _ordinal(a: Analysis, head: int) -> int | None:
    token = a.tokens[head]
    for c in children(a, head, "amod", "det"):
        word = a.tokens[c].text.lower()
        if word in ORDINALS:
            return ORDINALS[word]
    if token.dep == "pobj" and a.tokens[token.head].text.lower() == "of":
        return ORDINALS.get(a.tokens[a.tokens[token.head].head].text.lower())
    return None


def _definite(a: Analysis, head: int) -> bool:
    return any(
        a.tokens[c].text.lower() in ("the", "this", "that", "these", "those", "both") for c in children(a, head, "det")
    )


def _noun_stage(a: Analysis, i: int) -> Stage:
    token = a.tokens[i]
    for c in children(a, i, "amod", "compound"):
        if a.tokens[c].text.lower() in ATTEMPT_WORDS:
            return "attempted"
    if token.lemma.lower() == "attempt":
        return "attempted"
    if token.dep == "compound" and a.tokens[token.head].lemma.lower() in ATTEMPT_NOUNS:
        return "attempted"
    if token.dep in ("dobj", "nsubjpass") and a.tokens[token.head].lemma.lower() in PREVENT_VERBS:
        return "attempted"
    if token.dep == "pobj":
        outer = a.tokens[token.head].head
        if a.tokens[outer].lemma.lower() in ATTEMPT_NOUNS:
            return "attempted"
    return "accomplished" if token.dep not in ("dobj", "nsubjpass") else _verb_stage(a, token.head)


def _verb_stage(a: Analysis, i: int) -> Stage:
    """Return how far the act of a verb went, by the verbs and nouns that govern it."""
    at = i
    for _ in range(3):
        token = a.tokens[at]
        if token.dep not in ("xcomp", "acl", "conj", "pcomp", "advcl") or token.head == at:
            break
        head = a.tokens[token.head]
        infinitive = any(a.tokens[c].tag == "TO" for c in children(a, at, "aux"))
        if token.dep == "xcomp" and head.lemma.lower() in ATTEMPT_VERBS and (infinitive or token.tag == "VBG"):
            return "attempted"
        if token.dep == "acl" and infinitive and head.lemma.lower() in ATTEMPT_NOUNS:
            return "attempted"
        if token.dep == "pcomp" and a.tokens[head.head].lemma.lower() in PREVENT_VERBS:
            return "attempted"
        if token.dep == "conj" and children(a, at, "nsubj"):
            break
        at = token.head
    return "accomplished"
