"""Who is said to have done it, and how they stand: derived from who says so, and never raised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sayso.extract.incidents.lexicon import is_attacker, is_suspect
from sayso.extract.incidents.references import References
from sayso.extract.incidents.syntax import (
    agents,
    all_of,
    children,
    clause_verb,
    negated,
    objects,
    passive,
    prepositional,
    subjects,
)
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.claim import Standing
from sayso.model.entity import Entity
from sayso.model.span import Span
from sayso.model.statement import Certainty, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """Words that lay an event at somebody's door.

    `doer` is a token; `events` the trigger tokens of the deed, empty where the words only point back to it. `base` is a
    standing, or "fact" where it depends on the speaker. `verb` is the token that carries the blame.
    """

    doer: int
    events: tuple[int, ...]
    base: str
    verb: int


def blames(a: Analysis, triggers: frozenset[int]) -> Iterator[Blame]:
    """Yield every place where the text says who did it other than by the grammar of the deed itself."""
    table = words("responsibility")
    verbs, predicates = table["verbs"], table["predicates"]
    for token in a.tokens:
        lemma = token.lemma.lower()
        if token.pos in ("VERB", "ADJ") and lemma in verbs:
            for pattern in verbs[lemma]:
                yield from _by_verb(a, token.i, pattern, triggers)
        if lemma == "plead":
            yield from _by_plea(a, token.i)
        if nothing_to_do(a, token.i):
            yield from (Blame(doer=j, events=(), base="denied", verb=token.i) for j in subjects(a, token.i))
        if lemma in ("belong", "be") and token.pos in ("VERB", "AUX"):
            yield from _by_membership(a, token.i)
        if lemma in table["parts"] and token.pos in ("NOUN", "PROPN"):
            yield from _by_part(a, token.i, table["parts"][lemma], triggers)
        if token.text.lower() in predicates and token.dep in ("acomp", "prep", "attr", "oprd", "amod", "ROOT"):
            yield from _by_predicate(a, token.i, predicates[token.text.lower()], triggers)


def claims(a: Analysis, who: References, said: Sequence[Statement], triggers: frozenset[int]) -> Iterator[Blame]:
    """Yield what statements claim for those who make them: "X said one of its soldiers had placed the bombs".

    A deed that the words name is the one claimed, and no other that the report tells of.
    """
    for s in said:
        if s.act != "claims_responsibility" or s.stance == "denies" or s.source is None or s.cue is None:
            continue
        speaker = who.by_id.get(s.speaker_id or "")
        heads = [m.head for m in speaker.mentions if m.span.overlaps(s.source)] if speaker is not None else []
        if speaker is not None and speaker.kind == "organization" and heads:
            deeds = sorted({i for part in s.content for i in a.tokens_in(part.start, part.end) if i in triggers})
            yield Blame(doer=heads[0], events=tuple(deeds), base="claimed", verb=a.token_at(s.cue.start))


def _by_verb(a: Analysis, i: int, pattern: dict[str, Any], triggers: frozenset[int]) -> Iterator[Blame]:
    if negated(a, i) or (pattern.get("passive") and not passive(a, i)):
        return
    base = pattern["standing"]
    nouns = pattern.get("noun")
    starts = [i]
    if nouns:
        named = [o for o in objects(a, i) if a.tokens[o].lemma.lower() in nouns]
        if not named:
            return
        starts += named
    deed = _deed(a, starts, pattern["event"], triggers, pointing=bool(nouns))
    if pattern["who"] == "obj" and not deed:  # "accused the brigade of the killings", read as the brigade's killings
        deed = _deed(a, objects(a, i), [p for p in pattern["event"] if p != "comp"], triggers) or deed
    if deed is None and pattern.get("bare") and not children(a, i, "ccomp", "xcomp", "prep"):
        deed = []
    if deed is None or (pattern.get("deed") and not deed):
        return
    who = [j for at in starts for j in _who(a, at, pattern["who"])]
    if base == "denied" and "comp" in pattern["event"]:
        clauses = children(a, i, "ccomp")
        clauses += [x for c in clauses for x in children(a, c, "auxpass")]  # "that its fighters were involved"
        told = [j for c in clauses for j in agents(a, c) or objects(a, c) if children(a, c, "nsubj", "nsubjpass")]
        who = [j for j in told if not _nobody(a, j)] or who
    for doer in who:
        if doer not in triggers and not _nobody(a, doer):
            yield Blame(doer=doer, events=tuple(deed), base=base, verb=i)


def _by_plea(a: Analysis, i: int) -> Iterator[Blame]:
    """Yield what somebody pleads: guilty is a confession once it is done, not guilty a denial even before."""
    for c in a.children[i]:
        word = a.tokens[c].text.lower()
        if word not in ("guilty", "innocent"):
            continue
        base = "denied" if word == "innocent" or negated(a, c) else "confessed"
        if base == "denied" or not any(a.tokens[x].tag == "MD" for x in children(a, i, "aux")):
            yield from (Blame(doer=doer, events=(), base=base, verb=i) for doer in subjects(a, i))


def nothing_to_do(a: Analysis, i: int) -> bool:
    """Say whether a verb is that of "had nothing to do with the attack"."""
    if a.tokens[i].lemma.lower() != "have":
        return False
    nothing = [c for c in children(a, i, "dobj") if a.tokens[c].text.lower() == "nothing"]
    return any(a.tokens[x].lemma.lower() == "do" for c in (*nothing, i) for x in a.children[c]) and bool(nothing)


def _who(a: Analysis, i: int, where: str) -> list[int]:
    if where == "subj" and a.tokens[i].pos == "NOUN":
        return []
    if where == "subj":
        return agents(a, i) or (all_of(a, children(a, i, "nsubjpass")) if passive(a, i) else subjects(a, i))
    if where == "obj":
        return objects(a, i)
    return [j for preposition, j in prepositional(a, i) if preposition == where]


def _deed(
    a: Analysis, starts: list[int], where: list[str], triggers: frozenset[int], pointing: bool = False
) -> list[int] | None:
    """Return the triggers where the pattern has the deed; None for no deed.

    [] where words point back to it; `pointing` says that the pattern's own do.
    """
    deeds = set(words("responsibility")["deeds"])
    found: list[int] = []
    back = pointing
    for start in starts:
        spots = [j for p, j in prepositional(a, start) if p in where]
        if "obj" in where:
            spots += objects(a, start) if a.tokens[start].pos == "VERB" else []
        if "comp" in where:
            spots += children(a, start, "xcomp", "ccomp", "pcomp")
        spots += [j for p, j in prepositional(a, start) if p == "in connection with"]
        for spot in spots:
            inside = [j for j in _within(a, spot) if j in triggers]
            found += inside
            back = back or bool(inside) or a.tokens[spot].lemma.lower() in deeds
    if found:
        return sorted(set(found))
    return [] if back else None


def _within(a: Analysis, spot: int) -> list[int]:
    """Return the tokens of a phrase, left out clauses that only describe what it names or lay another blame."""
    found, blames_ = [spot], words("responsibility")["verbs"]
    for at in found:
        own = [c for c in a.children[at] if a.tokens[c].dep != "relcl"]
        found += [c for c in own if a.tokens[c].dep != "conj" or a.tokens[c].lemma.lower() not in blames_]
    return found


def _nobody(a: Analysis, i: int) -> bool:
    return negated(a, i) or a.tokens[i].text.lower() in ("nobody", "none", "one", "it", "that", "which", "this")


def _by_predicate(a: Analysis, i: int, pattern: dict[str, Any], triggers: frozenset[int]) -> Iterator[Blame]:
    token = a.tokens[i]
    head = a.tokens[token.head]
    above = clause_verb(a, token.head)
    if a.tokens[above].lemma.lower() in RULE and not negated(a, above):
        spots = [j for p, j in prepositional(a, i) if p in pattern["prepositions"]]
        events = sorted({j for spot in spots for j in a.subtree(spot) if j in triggers})
        ruled = all_of(a, children(a, i, "nsubj")) or objects(a, above)
        yield from (Blame(doer=d, events=tuple(events), base=pattern["standing"], verb=i) for d in ruled if events)
        return
    if head.lemma.lower() not in ("be", "hold", "find", "remain", "stand", "seem") and token.dep != "amod":
        return
    if negated(a, token.head):
        return
    spots = children(a, i, "pobj", "pcomp") if token.dep == "prep" else [
        j for p, j in prepositional(a, i) if p in pattern["prepositions"]
    ]  # fmt: skip
    events = sorted({j for spot in spots for j in a.subtree(spot) if j in triggers})
    if not events and not any(a.tokens[s].text.lower() in ("it", "this", "them") for s in spots):
        return
    doers = subjects(a, token.head) or children(a, token.head, "nsubjpass")
    for doer in all_of(a, list(doers)):
        if not _nobody(a, doer):
            yield Blame(doer=doer, events=tuple(events), base=pattern["standing"], verb=i)


def _by_part(a: Analysis, i: int, pattern: dict[str, Any], triggers: frozenset[int]) -> Iterator[Blame]:
    """Yield the blame in "a suspect in the shooting"; one that is somebody's predicate is laid on the somebody."""
    spots = [j for p, j in prepositional(a, i) if p in pattern["prepositions"]]
    events = sorted({j for spot in spots for j in a.subtree(spot) if j in triggers})
    if not events or negated(a, i):
        return
    token = a.tokens[i]
    doers = [i]
    if token.dep == "attr":
        doers = children(a, token.head, "nsubj") or doers
    for doer in doers:
        yield Blame(doer=doer, events=tuple(events), base=pattern["standing"], verb=i)


EARLIER = frozenset({"earlier", "previously", "had", "immediately", "after", "initially", "first", "before", "already"})


RULE = frozenset({"find", "declare", "rule", "pronounce"})
"""Verbs with which a court says what somebody is: "found X guilty"."""


def _by_membership(a: Analysis, i: int) -> Iterator[Blame]:
    """Yield the blame in "the gunmen belonged to X", "the attackers were members of X"."""
    if not any(is_attacker(a, j) or is_suspect(a, j) for j in subjects(a, i)) or negated(a, i):
        return
    if a.tokens[i].lemma == "belong":
        groups = [j for p, j in prepositional(a, i) if p == "to"]
        called = [j for g in groups for c in children(a, g, "acl") for _, j in prepositional(a, c)]
        for j in [*groups, *called]:
            yield Blame(doer=j, events=(), base="fact", verb=i)
    for j in children(a, i, "attr"):
        if a.tokens[j].lemma.lower() in ("member", "fighter", "militant", "follower", "part", "one"):
            yield Blame(doer=j, events=(), base="fact", verb=i)


STRETCH = 256
"""Characters of a stretch of the article by which the words of statements are looked up."""


class Voices:
    """Whose words any stretch of the article is."""

    def __init__(self, a: Analysis, said: Sequence[Statement]) -> None:
        self.a = a
        self.by_id = {s.id: s for s in said}
        self._cues: dict[int, Statement] = {}
        self._spans: dict[int, list[tuple[int, int, Statement]]] = {}
        for s in said:
            for span in s.content:
                for stretch in range(span.start // STRETCH, span.end // STRETCH + 1):
                    self._spans.setdefault(stretch, []).append((span.start, span.end, s))
            if s.cue:
                for i in a.tokens_in(s.cue.start, s.cue.end):
                    self._cues.setdefault(i, s)

    def over(self, start: int, end: int) -> Statement | None:
        """Return the innermost statement whose content holds `[start, end)`; None where the outlet itself speaks."""
        best: tuple[int, Statement] | None = None
        for first, last, s in self._spans.get(start // STRETCH, ()):
            if first <= start and end <= last and (best is None or last - first < best[0]):
                best = (last - first, s)
        return best[1] if best else None

    def by_cue(self, i: int) -> Statement | None:
        """Return the statement whose cue holds token `i`."""
        return self._cues.get(i)

    def chain(self, statement: Statement | None) -> tuple[str, ...]:
        """Return the ids from the outermost statement down to this one."""
        found: list[str] = []
        while statement is not None and statement.id not in found:
            found.append(statement.id)
            statement = self.by_id.get(statement.within) if statement.within else None
        return tuple(reversed(found))

    def speaker(self, chain: Sequence[str]) -> Statement | None:
        """Return the innermost statement of a chain that has a speaker."""
        return next((self.by_id[i] for i in reversed(chain) if self.by_id[i].speaker), None)

    def day_said(self, chain: Sequence[str]) -> date:
        """Return the day by which the chain's innermost dated statement was said, to put claims in order.

        What the text sets before the rest ("earlier claimed", "immediately after") comes first, the undated last.
        """
        for i in reversed(chain):
            statement = self.by_id[i]
            if statement.said_on and statement.said_on.latest:
                return statement.said_on.latest
            if statement.cue and self._earlier(statement.cue):
                return date.min
        return date.max

    def _earlier(self, cue: Span) -> bool:
        a = self.a
        for i in a.tokens_in(cue.start, cue.end):
            if a.tokens[i].pos == "VERB":
                marks = {
                    a.tokens[c].text.lower() for c in a.children[i] if a.tokens[c].dep in ("advmod", "aux", "prep")
                }
                marks |= {a.tokens[c].text.lower() for p in children(a, i, "prep") for c in children(a, p, "advmod")}
                if marks & EARLIER:
                    return True
        return False

    def certainty(self, chain: Sequence[str]) -> Certainty:
        """Return the least certain of the chain's certainties."""
        order: tuple[Certainty, ...] = ("possible", "probable", "certain")
        return min((self.by_id[i].certainty for i in chain), key=order.index, default="certain")


def alleged(a: Analysis, doer: int) -> str | None:
    """Return the standing that a word before the doer gives: "suspected rebels"."""
    table = words("responsibility")["alleged"]
    for c in children(a, doer, "amod", "advmod", "compound"):
        standing = table.get(a.tokens[c].text.lower())
        if standing:
            return str(standing)
    return None


def standing_of(base: str, doer: Entity | None, chain: Sequence[str], voices: Voices, who: References) -> Standing:
    """Return how a doer stands, given what the words say (`base`) and whose words they are.

    A confession that another reports stays an accusation; an accusation counts as the authorities' only where they
    speak; what the outlet says itself is reported as fact.
    """
    speaker = voices.speaker(chain)
    own = speaker is not None and doer is not None and _is_own(speaker, doer, who)
    kind = speaker.speaker_kind if speaker else None
    if base == "denied" or (base == "fact" and speaker is not None and speaker.stance == "denies"):
        return "denied"
    if base in ("charged", "convicted", "acquitted"):
        return base  # type: ignore[return-value]
    if base == "confessed":
        if len(chain) <= 1 and (own or speaker is None):
            return "confessed"
        reporter = voices.by_id[chain[-2]] if len(chain) > 1 else speaker
        return "accused_by_authorities" if reporter and reporter.speaker_kind == "authority" else "accused"
    if base == "claimed" or own or (base == "fact" and speaker is not None and speaker.act == "claims_responsibility"):
        return "claimed"
    if base == "suspected":
        return "suspected"
    if base == "possible" or voices.certainty(chain) == "possible":
        return "possible"
    if kind == "authority":
        return "accused_by_authorities"
    voice = who.by_id.get(speaker.speaker_id or "") if speaker else None
    if kind == "media" and base == "fact" and not (voice is not None and voice.kind == "person"):
        return "reported_as_fact"
    if base in ("accused", "reported") or speaker is not None or chain:
        return "accused"
    return "reported_as_fact"


def _is_own(speaker: Statement, doer: Entity, who: References) -> bool:
    if speaker.speaker_id == doer.id or (speaker.speaker and speaker.speaker in doer.names):
        return True
    if speaker.on_behalf_of and speaker.on_behalf_of in doer.names:
        return True
    entity = who.by_id.get(speaker.speaker_id or "")
    return entity is not None and any(f.other == doer.id for f in entity.facts if f.name in ("member_of", "leader_of"))
