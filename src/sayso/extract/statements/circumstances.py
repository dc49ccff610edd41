"""When, where and through what something was said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from sayso.extract.statements.attribution import Attribution
from sayso.extract.statements.grammar import child
from sayso.extract.statements.lexicon import channels
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.span import Span
from sayso.model.when import TimeMention, When

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NO_PLACES = frozenset({"DATE", "TIME", "EVENT", "LAW", "WORK_OF_ART", "LANGUAGE", "NORP"})


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(words("speech")[name].split())


class Circumstances:
    """Reads off the cue's clause what stands beside what is said."""

    def __init__(self, analysis: Analysis, when: tuple[TimeMention, ...]) -> None:
        self._analysis = analysis
        self._when = sorted(when, key=lambda mention: mention.span)
        self._starts = [mention.span.start for mention in self._when]
        self._labels = {i: name.label for name in analysis.names for i in range(name.first, name.last)}

    def said_on(self, attribution: Attribution) -> When | None:
        """Return the time that hangs on the cue and is no part of what is said; None where there is none."""
        analysis = self._analysis
        sentence = analysis.sentences[analysis.sentence_of(attribution.head)]
        start, end = analysis.tokens[sentence.first].start, analysis.tokens[sentence.last - 1].end
        for k in range(bisect_left(self._starts, start), len(self._when)):
            mention = self._when[k]
            if mention.span.start >= end:
                break
            if mention.when is not None and self._hangs(mention.span.start, self._heads(attribution), attribution):
                return mention.when
        return None

    def _heads(self, attribution: Attribution) -> list[int]:
        """Return the cue's verb, and "speaking at ..." beside it or beside the source."""
        analysis, tokens = self._analysis, self._analysis.tokens
        beside = [attribution.head, *([attribution.source_head] if attribution.source_head is not None else [])]
        speaking = [
            c
            for at in beside
            for c in analysis.children[at]
            if tokens[c].dep in ("acl", "advcl") and tokens[c].lemma.lower() in _list("speaking")
        ]
        return [attribution.head, *speaking]

    def _hangs(self, offset: int, heads: list[int], attribution: Attribution) -> bool:
        """Say whether the word at `offset` depends on the cue: at once, or through words that are not said."""
        tokens = self._analysis.tokens
        at, steps = self._analysis.token_at(offset), 0
        while at not in heads and steps < 12:
            if tokens[at].head == at or (tokens[at].pos == "VERB" and tokens[at].dep != "prep"):
                return False
            at, steps = (
                tokens[at].head,
                steps + (tokens[at].dep not in ("prep", "pobj", "npadvmod", "nummod", "compound")),
            )
        return at in heads and (steps == 0 or not attribution.holds(offset))

    def _beside(self, attribution: Attribution) -> Iterator[tuple[int, int]]:
        """Yield (preposition, its object) of the cue's own adjuncts, those on its bare object included."""
        analysis, tokens = self._analysis, self._analysis.tokens
        tops = self._heads(attribution)
        tops += [c for c in analysis.children[attribution.head] if tokens[c].dep in ("dobj", "acomp")]
        stack = list(reversed(tops))
        while stack:
            at = stack.pop()
            for c in analysis.children[at]:
                if tokens[c].dep not in ("prep", "agent") or attribution.holds(tokens[c].start):
                    continue
                thing = child(analysis, c, "pobj")
                if thing is not None:
                    yield c, thing
                    stack.append(thing)

    def said_at(self, attribution: Attribution) -> Span | None:
        """Return the place named with "in" or "at" beside the cue; None where there is none."""
        tokens = self._analysis.tokens
        for prep, thing in self._beside(attribution):
            label, word = self._labels.get(thing), tokens[prep].text.lower()
            known = label in _PLACES and word in ("in", "at", "from")
            if known or (word == "in" and tokens[thing].pos == "PROPN" and label not in _NO_PLACES):
                inside = [j for j in self._analysis.subtree(thing) if j <= thing or self._labels.get(j) in _PLACES]
                return self._analysis.span(inside[0], inside[-1] + 1)
        return None

    def channel(self, attribution: Attribution) -> Span | None:
        """Return what it was said through: a statement, a video, a forum, an agency that was told; or None.

        "In it" stands for the channel that the sentence before names.
        """
        analysis, tokens = self._analysis, self._analysis.tokens
        found: list[tuple[int, int]] = []
        for prep, thing in self._beside(attribution):
            if tokens[prep].text.lower() not in _list("through"):
                continue
            if self._is_channel(thing):
                inside = [j for j in analysis.subtree(thing) if not attribution.holds(tokens[j].start)]
                if inside:
                    found.append((inside[0], inside[-1] + 1))
            elif tokens[thing].text.lower() == "it" and prep < attribution.head:
                before = self._before(attribution.head)
                if before is not None:
                    return before
        if found:
            return analysis.span(min(first for first, _ in found), max(last for _, last in found))
        told = child(analysis, attribution.head, "dobj", "dative")
        if told is not None and not attribution.holds(tokens[told].start) and self._labels.get(told) == "ORG":
            inside = list(analysis.subtree(told))
            return analysis.span(inside[0], inside[-1] + 1) if attribution.frame in ("clause", "quote") else None
        return None

    def _is_channel(self, i: int) -> bool:
        tokens = self._analysis.tokens
        return bool({tokens[i].lemma.lower(), tokens[i].text.lower()} & channels())

    def _before(self, head: int) -> Span | None:
        """Return the last channel that the sentence before names."""
        analysis, tokens = self._analysis, self._analysis.tokens
        k = analysis.sentence_of(head)
        if k == 0 or analysis.sentences[k - 1].block != analysis.sentences[k].block:
            return None
        before = analysis.sentences[k - 1]
        for i in range(before.last - 1, before.first - 1, -1):
            through = tokens[tokens[i].head].text.lower() in _list("through")
            if self._is_channel(i) and through and tokens[i].pos == "NOUN":
                inside = analysis.subtree(i)
                return analysis.span(inside[0], inside[-1] + 1)
        return None
