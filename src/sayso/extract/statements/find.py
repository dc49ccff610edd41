"""All attributions of an article: who is said to say what, as stretches of text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.extract.statements.attribution import Attribution
from sayso.extract.statements.labels import headlines, labelled
from sayso.extract.statements.lexicon import lexicon
from sayso.extract.statements.nouns import nominal
from sayso.extract.statements.quotes import Quotes, with_quotations
from sayso.extract.statements.verbs import verbal
from sayso.model.analysis import Analysis

LONGEST = 400
"""Tokens of a sentence that is read as prose: longer ones are lists, code or noise, and their parse tells nothing."""


def attributions(analysis: Analysis) -> tuple[Attribution, ...]:
    """Return the attributions of a text in the order of their cues, nested ones too.

    By rules over the parse; one cue makes at most one attribution.
    """
    listed, quotes = lexicon(), Quotes(analysis)
    prose = [i for first, last, _ in analysis.sentences if last - first <= LONGEST for i in range(first, last)]
    found: dict[int, Attribution] = {}
    for attribution in (
        *nominal(analysis, listed, prose),
        *verbal(analysis, listed, quotes, prose),
        *labelled(analysis, quotes),
        *headlines(analysis, listed),
    ):
        found.setdefault(attribution.head, attribution)
    inside = sorted(found.values(), key=lambda a: a.cue)
    return with_quotations(analysis, _before_addenda(analysis, _before_asides(_apart(inside))), quotes)


def _before_asides(found: list[Attribution]) -> list[Attribution]:
    """Let what is said end before a closing "..., the agency reports", which the parser may have drawn into it."""
    asides = [a for a in found if a.frame == "aside" and a.source]
    starts = [a.contents[0][0] for a in asides]
    result = []
    for attribution in found:
        k = bisect_right(starts, attribution.cue[0]) - 1
        if k >= 0 and asides[k] is not attribution and asides[k].holds(attribution.cue[0]):
            stop = asides[k].contents[-1][1]
            parts = tuple((start, min(end, stop)) for start, end in attribution.contents if start < stop)
            attribution = replace(attribution, contents=parts)
        result.append(attribution)
    return result


def _before_addenda(analysis: Analysis, found: list[Attribution]) -> list[Attribution]:
    """Let what is said end before ", adding that ...": the same source says more, with a cue of its own."""
    result = list(found)
    for k, addendum in enumerate(found):
        token = analysis.tokens[addendum.head]
        if token.tag != "VBG" or token.dep != "advcl" or analysis.tokens[max(0, token.i - 1)].text != ",":
            continue
        for j in range(k - 1, max(-1, k - 4), -1):
            outer = result[j]
            if outer.frame == "clause" and outer.source and outer.cue[1] < addendum.cue[0] and outer.holds(token.start):
                parts = tuple((start, min(end, addendum.cue[0])) for start, end in outer.contents)
                trimmed = tuple(
                    (start, start + len(analysis.text[start:end].rstrip(" ,"))) for start, end in parts if start < end
                )
                result[j] = replace(outer, contents=trimmed)
                result[k] = replace(addendum, source=outer.source, source_head=outer.source_head)
                break
    return result


def _apart(found: Iterable[Attribution]) -> list[Attribution]:
    """Leave out a cue that stands in the words of another cue ("claimed responsibility": one cue)."""
    kept: list[Attribution] = []
    for attribution in found:
        if kept and attribution.cue[0] < kept[-1].cue[1]:
            if attribution.cue[1] - attribution.cue[0] <= kept[-1].cue[1] - kept[-1].cue[0]:
                continue
            kept.pop()
        kept.append(attribution)
    return kept


def innermost(found: Sequence[Attribution]) -> list[int | None]:
    """Return, for each attribution, the index of the innermost other whose content holds its cue; None for most."""
    parts = sorted((start, end, k) for k, a in enumerate(found) for start, end in a.contents)
    result: list[int | None] = [None] * len(found)
    open_parts: list[tuple[int, int, int]] = []
    at = 0
    for k in sorted(range(len(found)), key=lambda k: found[k].cue):
        offset = found[k].cue[0]
        while at < len(parts) and parts[at][0] <= offset:
            open_parts.append(parts[at])
            at += 1
        open_parts = [part for part in open_parts if part[1] > offset]
        holding = [(end - start, other) for start, end, other in open_parts if other != k]
        outer = min(holding)[1] if holding else None
        if outer is not None and not _leads_to(result, outer, k):
            result[k] = outer
    return result


def _leads_to(outer: list[int | None], start: int, goal: int) -> bool:
    """Say whether going outwards from `start` comes to `goal`: two statements cannot report each other."""
    at: int | None = start
    while at is not None and at != goal:
        at = outer[at]
    return at is not None


def outermost(found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions whose cue lies in no other's content."""
    return [a for a, outer in zip(found, innermost(found), strict=True) if outer is None]
