"""Tolls that stand in no clause that tells of an event: tables ("Dead: 7") and tidings that nobody was hurt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.fill import Setting
from sayso.extract.incidents.harms import STATES
from sayso.extract.incidents.ledger import Ledger
from sayso.extract.incidents.losses import number_word, quantity
from sayso.extract.incidents.syntax import children, clause_verb, objects, prepositional
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.claim import Quantity, Slot
from sayso.model.span import Span

TAKEN_IN: tuple[Slot, ...] = ("killed", "wounded")
NOBODY = frozenset({"nobody", "none", "no-one", "noone"})
MODAL = frozenset({"would", "will", "could", "may", "might", "should", "must", "can", "if", "unless"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A count of people, the token and the sentence that it stands at, and its words.

    `slot` None: a count of those whom the words before it count ("the army put it at 14").
    """

    i: int
    sentence: int
    slot: Slot | None
    quantity: Quantity
    evidence: Span


def tallies(a: Analysis) -> list[Tally]:
    """Return the tolls of tables, tidings of no harm, and other figures for a toll before, in text order."""
    return sorted([*_tables(a), *_unharmed(a), *_restated(a), *_taken_in(a)], key=lambda t: t.i)


def fill_tally(setting: Setting, tally: Tally, ledger: Ledger) -> None:
    """Record a tally; that nobody was hurt not where the same source tells of somebody who was."""
    chain = setting.voiced(tally.i)
    near = setting.a.sentences[max(tally.sentence - 1, 0)].first
    slot = tally.slot or ledger.last_counted(setting.a.tokens[near].start, tally.evidence.start)
    if slot is not None and (tally.quantity.high != 0 or not ledger.counted(slot, chain)):
        ledger.add(slot, tally.quantity, tally.evidence, chain)


# --- tables -----------------------------------------------------------------------------------------------------------


@cache
def _row() -> re.Pattern[str]:
    labels = {str(label): slot for slot, found in words("losses")["table"].items() for label in found}
    names = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(
        rf"(?:^|(?<=[\n|;,(])|(?<=\. ))[ \t*•-]*(?P<label>{names})(?: \w+)?"
        r"[ \t]*(?:[:=|]|\t| {2,}|[-–—]{1,2} )[ \t]*"
        r"(?P<least>at least |about |up to )?(?P<number>\d[\d,]*|[a-z]+(?:-[a-z]+)?)(?![:.]\d| ?[ap]\.?m|%|\w)",
        re.IGNORECASE,
    )


def _tables(a: Analysis) -> Iterator[Tally]:
    labels = {str(label): slot for slot, found in words("losses")["table"].items() for label in found}
    for match in _row().finditer(a.text):
        value = 0 if match["number"].lower() in ("none", "nil", "no", "zero") else number_word(match["number"])
        if value is None or match["number"].lower() in ("a", "an"):
            continue
        count = Quantity(low=value, high=value)
        match (match["least"] or "").strip().lower():
            case "at least":
                count = Quantity(low=value, high=None)
            case "about":
                count = Quantity(low=value, high=value, approximate=True)
            case "up to":
                count = Quantity(low=min(value, 1), high=value)
        i = a.token_at(match.start("label"))
        evidence = a.span_at(match.start("label"), match.end())
        yield Tally(
            i=i, sentence=a.sentence_of(i), slot=labels[match["label"].lower()], quantity=count, evidence=evidence
        )


def _restated(a: Analysis) -> Iterator[Tally]:
    """Yield the counts of "the ministry put it at 14", "officials gave the figure as 21"."""
    lists = words("losses")["tolls"]
    for token in a.tokens:
        if token.lemma.lower() not in ("put", "give") or token.pos != "VERB":
            continue
        told = [a.tokens[o] for o in objects(a, token.i)]
        if not any(
            o.text.lower() == "it" or (o.lemma.lower() in lists["counts"] and not a.children[o.i][1:]) for o in told
        ):
            continue
        for p, j in prepositional(a, token.i):
            count = quantity(a, j) if p in ("at", "as") and a.tokens[j].tag == "CD" else None
            if count is not None:
                span = a.span(min(token.i, j), max(token.i, j) + 1)
                yield Tally(i=token.i, sentence=a.sentence_of(token.i), slot=None, quantity=count, evidence=span)
                break


def _taken_in(a: Analysis) -> Iterator[Tally]:
    """Yield the counts of "the hospital had received 45 wounded and 22 bodies", however the parser ties them."""
    lists = words("losses")["taken_in"]
    for sentence in a.sentences:
        inside = a.tokens[sentence.first : sentence.last]
        if not any(t.pos == "VERB" and t.lemma.lower() in lists["verbs"] for t in inside):
            continue
        for number, noun in pairwise(inside):
            slot = next((s for s in TAKEN_IN if noun.lemma.lower() in lists[s] or noun.text.lower() in lists[s]), None)
            behind = a.tokens[noun.i + 1].pos if noun.i + 1 < sentence.last else "PUNCT"
            told = noun.text.lower() in STATES and number.i in children(a, noun.i, "nummod")  # an event of its own
            if number.tag != "CD" or slot is None or told or behind in ("NOUN", "PROPN", "ADJ"):
                continue
            count = quantity(a, number.i)
            if count is not None:
                span = a.span(number.i, noun.i + 1)
                yield Tally(i=number.i, sentence=a.sentence_of(number.i), slot=slot, quantity=count, evidence=span)


# --- nobody -----------------------------------------------------------------------------------------------------------


def _unharmed(a: Analysis) -> Iterator[Tally]:
    none = Quantity(low=0, high=0)
    for token in a.tokens:
        slots = _none_of(a, token.i) or _nobody(a, token.i)
        verb = clause_verb(a, token.i)
        helpers = {a.tokens[c].text.lower() for c in children(a, verb, "aux", "mark")}
        if slots and not helpers & MODAL:
            tree = [j for j in (token.i, *a.children[token.i]) if abs(j - token.i) < 6]
            ends = [*tree, verb] if 0 < verb - token.i < 10 or verb > token.i else tree
            span = a.span(min(ends), max(ends) + 1)
            at = a.sentence_of(token.i)
            yield from (Tally(i=token.i, sentence=at, slot=slot, quantity=none, evidence=span) for slot in slots)


@cache
def _nouns() -> dict[str, tuple[Slot, ...]]:
    return {str(noun): tuple(slots) for noun, slots in words("losses")["none"].items()}


def _none_of(a: Analysis, i: int) -> tuple[Slot, ...]:
    """Return the slots that "no casualties", "no deaths or injuries", "without loss of life" leave empty."""
    token = a.tokens[i]
    slots = _nouns().get(token.lemma.lower(), ())
    if not slots or token.pos not in ("NOUN", "ADJ", "VERB"):
        return ()
    at = i
    while a.tokens[at].dep == "conj" and a.tokens[at].head != at:
        at = a.tokens[at].head
    before = [a.tokens[c].text.lower() for c in a.children[at] if c < at]
    without = a.tokens[at].dep == "pobj" and a.tokens[a.tokens[at].head].text.lower() == "without"
    others = [a.tokens[c] for j in {at, i} for c in children(a, j, "amod", "compound", "nmod", "nummod")]
    apart = [t for t in others if t.text.lower() not in _nouns() and t.text.lower() != "human"]
    return slots if (without or "no" in before) and not apart else ()


def _nobody(a: Analysis, i: int) -> tuple[Slot, ...]:
    """Return the slots that "nobody was hurt", "no one was killed or injured", "killed nobody" leave empty."""
    token = a.tokens[i]
    word = token.text.lower()
    no = any(a.tokens[c].text.lower() == "no" for c in children(a, i, "det", "neg", "advmod", "amod"))
    if not (word in NOBODY or (no and token.lemma.lower() in ("one", "person", "people"))):
        return ()
    if any(a.tokens[c].text.lower() in ("else", "of", "other") for c in a.children[i]):
        return ()
    found: list[Slot] = []
    verbs = [token.head]
    for verb in verbs:
        verbs += children(a, verb, "conj")
        effect = lexicon.harm_verbs().get(a.tokens[verb].lemma.lower())
        harmed = i in objects(a, verb) or effect == "died" or verb != token.head or token.dep == "nsubjpass"
        if harmed and effect in ("killed", "died"):
            found.append("killed")
        elif harmed and (effect == "wounded" or a.tokens[verb].text.lower() in ("hurt", "injured", "wounded")):
            found.append("wounded")
    return tuple(dict.fromkeys(found))
