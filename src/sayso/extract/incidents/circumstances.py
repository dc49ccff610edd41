"""How it came about, as the text states it: a robbery, a quarrel, by accident; and how many shots were fired."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.extract.incidents.fill import Setting
from sayso.extract.incidents.group import Draft, leading_kind
from sayso.extract.incidents.ledger import Ledger
from sayso.extract.incidents.losses import quantity
from sayso.extract.incidents.syntax import children, clause_verb
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.claim import Label, Quantity
from sayso.model.span import Span
from sayso.model.statement import Certainty, Stance

REACH, REACH_ALONE = 2, 12
"""Sentences before or after the words that tell of an incident in which its circumstances may stand; in the report of
one incident only, more."""
BEFORE = 5
"""Words before a circumstance that may deny it or leave it open."""
TIMES = {"once": 1, "twice": 2, "thrice": 3}
KINDS = frozenset(
    {"armed_attack", "killing", "assassination", "stabbing", "bombing", "kidnapping", "robbery", "arson", "hijacking",
     "vehicle_attack", "clash", "sexual_violence", "torture", "strike", "riot", "sabotage"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """What the text says of how an attack came about, the token that it stands at, and how surely it says so."""

    i: int
    name: str
    evidence: Span
    stance: Stance
    certainty: Certainty


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = words("circumstances")
    found = []
    for name, patterns in lists["circumstances"].items():
        joined = "|".join(f"(?:{pattern})" for pattern in patterns)
        for group in ("ARM", "POLICE"):
            joined = joined.replace(group, "|".join(lists[group]))
        found.append((str(name), re.compile(rf"\b(?:{joined})\b", re.IGNORECASE)))
    return tuple(found)


@cache
def _hedges(name: str) -> frozenset[str]:
    return frozenset(map(str, words("circumstances")[name]))


def circumstances(a: Analysis) -> list[Circumstance]:
    """Return the circumstances that the article states, in text order."""
    found = []
    for name, pattern in _patterns():
        for match in pattern.finditer(a.text):
            i = a.token_at(match.start())
            sentence = a.sentences[a.sentence_of(i)]
            before = [t.text.lower() for t in a.tokens[max(sentence.first, i - BEFORE) : i]]
            stance: Stance = "denies" if _any(before, "denied") else "asserts"
            inside = [t.lower() for t in match.group().split()]
            certainty: Certainty = "possible" if _any([*before, *inside], "possible") else "certain"
            span = a.span_at(match.start(), match.end())
            found.append(Circumstance(i=i, name=name, evidence=span, stance=stance, certainty=certainty))
    return sorted(found, key=lambda c: (c.i, c.name))


def _any(spoken: Sequence[str], name: str) -> bool:
    joined = f" {' '.join(spoken)} "
    return any(f" {phrase} " in joined for phrase in _hedges(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """The circumstances and the shots that are told beside one incident."""

    circumstances: tuple[Circumstance, ...] = ()
    shots: tuple[tuple[int, Quantity, Span], ...] = ()


def stated_beside(a: Analysis, drafts: Sequence[Draft]) -> list[Stated]:
    """Return what is stated beside each incident: nearer to its words than to any other's; in linear time.

    A circumstance that is itself an incident ("a robbery") belongs to another one beside it.
    """
    near = _Near(drafts)
    kinds: dict[str, list[int]] = {}
    for k, draft in enumerate(drafts):
        kinds.setdefault(leading_kind(draft.all), []).append(k)
    circumstance: dict[int, list[Circumstance]] = {}
    fired: dict[int, list[tuple[int, Quantity, Span]]] = {}
    for c in circumstances(a):
        own = near.incident(a.sentence_of(c.i), frozenset(kinds.get(c.name, ())))
        if own is not None:
            circumstance.setdefault(own, []).append(c)
    for shot in shots(a):
        own = near.incident(a.sentence_of(shot[0]))
        if own is not None:
            fired.setdefault(own, []).append(shot)
    return [
        Stated(circumstances=tuple(circumstance.get(k, ())), shots=tuple(fired.get(k, ()))) for k in range(len(drafts))
    ]


def fill_circumstances(setting: Setting, stated: Stated, kind: str, ledger: Ledger) -> None:
    """Record the circumstances and the shots told beside an incident."""
    if kind not in KINDS:
        return
    for c in stated.circumstances:
        ledger.add(
            "circumstance", Label(value=c.name), c.evidence, setting.chain(c.i),
            stance=c.stance, certainty=c.certainty, confidence=0.7,
        )  # fmt: skip
    for i, count, span in stated.shots:
        ledger.add("shots", count, span, setting.chain(i))


class _Near:
    """Which incidents are told in which sentence."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.count = len(drafts)
        self.told: dict[int, set[int]] = {}
        for k, draft in enumerate(drafts):
            for t in draft.told:
                self.told.setdefault(t.event.sentence, set()).add(k)

    def incident(self, sentence: int, barred: frozenset[int] = frozenset()) -> int | None:
        """Return the incident told nearest to a sentence, before it rather than after; None where none is near."""
        reach = REACH if self.count - len(barred) > 1 else REACH_ALONE
        around = sorted(range(-reach, reach + 1), key=lambda gap: gap if gap >= 0 else 0.5 - gap)
        return next((min(own) for gap in around if (own := self.told.get(sentence - gap, set()) - barred)), None)


def shots(a: Analysis) -> Iterator[tuple[int, Quantity, Span]]:
    """Yield how many shots are told of, with the token and the words: "fired six shots", "was shot three times"."""
    for token in a.tokens:
        i, count = token.i, None
        if (
            token.lemma.lower() in _list("nouns")
            and token.pos in ("NOUN", "PROPN")
            and token.dep not in ("compound", "amod")
        ):
            count = _fired(a, i)
        elif token.lemma.lower() in _list("wounds") and token.tag in ("NN", "NNS"):
            by_shot = {a.tokens[c].text.lower() for c in children(a, i, "compound", "amod", "nmod")} & {
                "gunshot",
                "bullet",
            }
            count = quantity(a, i) if by_shot else None
            count = None if count is not None and count.high == 1 and not _says_one(a, i) else count
        elif (
            token.lemma.lower() == "time"
            and token.tag == "NNS"
            and a.tokens[token.head].lemma.lower() in _list("times")
        ):
            count = quantity(a, i)
        elif (
            token.text.lower() in TIMES
            and token.dep == "advmod"
            and a.tokens[token.head].lemma.lower() in _list("times")
        ):
            count = Quantity(low=TIMES[token.text.lower()], high=TIMES[token.text.lower()])
        if count is not None and count.low > 0:
            near = [i, *(j for j in a.subtree(i) if i - 6 < j < i)]
            near += [token.head] if token.dep in ("npadvmod", "advmod") and abs(token.head - i) < 6 else []
            yield i, count, a.span(min(near), max(near) + 1)


def _list(name: str) -> frozenset[str]:
    return _shot_words()[name]


@cache
def _shot_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(str, found)) for name, found in words("circumstances")["shots"].items()}


def _says_one(a: Analysis, i: int) -> bool:
    return any(a.tokens[c].text.lower() in ("one", "single") for c in a.children[i])


def _fired(a: Analysis, i: int) -> Quantity | None:
    """Return how many shots a noun for them counts, where a verb says that they were fired, heard or hit somebody."""
    near = {a.tokens[clause_verb(a, i)].lemma.lower()}
    near |= {a.tokens[c].lemma.lower() for c in children(a, i, "acl", "relcl")}
    count = quantity(a, i) if near & _list("verbs") else None
    if count is not None and count.high == 1 and not (near & _list("fired") or _says_one(a, i)):
        return None
    return count
