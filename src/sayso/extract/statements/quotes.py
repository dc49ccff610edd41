"""Direct speech: quotations find their cue, and go on after it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sayso.extract.statements.attribution import Attribution, Stretch
from sayso.model.analysis import Analysis, Quotation

_MARKS = "\"“”«»„‘’'`"
_DOUBLE = ("''", "``")
_GAP = " \t\n\r,;:.-–—" + _MARKS


class Quotes:
    """The quotations of an article, found by where they stand."""

    def __init__(self, analysis: Analysis) -> None:
        self.text = analysis.text
        self._quotations = analysis.quotations
        self._starts = [quote.start for quote in analysis.quotations]

    def overlapping(self, start: int, end: int) -> Iterator[Quotation]:
        """Yield the quotations that share a character with `[start, end)`."""
        k = max(0, bisect_right(self._starts, start) - 1)
        while k < len(self._quotations) and self._quotations[k].start < end:
            if self._quotations[k].end > start:
                yield self._quotations[k]
            k += 1

    def before(self, offset: int) -> Stretch | None:
        """Return the quotation, marks and all, that leads on to `offset`: no full stop ends it, and no line break."""
        k = bisect_left(self._starts, offset) - 1
        if k < 0 or self._quotations[k].end > offset:
            return None
        between = self.text[self._quotations[k].end : offset]
        if between.strip(_GAP) or "\n" in between or "." in self.text[self._quotations[k].end - 1] + between:
            return None
        return self.whole(self._quotations[k])

    def after(self, offset: int, reach: int) -> Stretch | None:
        """Return the quotation that begins right after `offset`, or before `reach` after a comma or colon."""
        k = bisect_left(self._starts, offset)
        if k == len(self._quotations):
            return None
        start = self._quotations[k].start
        between = self.text[offset:start].strip(_MARKS + " ")
        near = not between.strip(_GAP) or (start <= reach and between[-1] in ",:")
        return self.whole(self._quotations[k]) if near else None

    def whole(self, quote: Quotation) -> Stretch:
        """Return a quotation with its marks."""
        text, start, end = self.text, quote.start, quote.end
        if start and text[start - 1] in _MARKS:
            start -= 2 if text[max(0, start - 2) : start] in _DOUBLE else 1
        if end < len(text) and text[end] in _MARKS:
            end += 2 if text[end : end + 2] in _DOUBLE else 1
        return start, end


def with_quotations(analysis: Analysis, found: Sequence[Attribution], quotes: Quotes) -> tuple[Attribution, ...]:
    """Return the attributions with whole quotations as their content.

    A quotation that the content overlaps is taken whole. A speech verb with nothing said takes the quotation next to
    it. Quotations that follow with no cue of their own go on what the last speaker said.
    """
    taken = [_adjacent(analysis, _snap(a, quotes), quotes) for a in found]
    return _continued(analysis, [a for a in taken if a.contents or a.frame == "alone"], quotes)


def _snap(attribution: Attribution, quotes: Quotes) -> Attribution:
    """Take whole the quotations that the content overlaps, unless the cue stands in them."""
    parts: list[Stretch] = []
    direct = False
    cue, _ = attribution.cue
    for start, end in attribution.contents:
        for quote in tuple(quotes.overlapping(start, end)):
            if quote.start <= cue < quote.end:
                continue
            direct |= not quotes.text[start : max(start, quote.start)].strip(_MARKS + " ")
            first, last = quotes.whole(quote)
            start, end = min(start, first), max(end, last)
        parts.append((start, end))
    return replace(attribution, contents=_joined(parts), direct=direct)


def _joined(parts: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Join stretches that overlap."""
    found: list[Stretch] = []
    for start, end in sorted(parts):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _adjacent(analysis: Analysis, attribution: Attribution, quotes: Quotes) -> Attribution:
    """Give a cue without content the quotation that ends right before its clause, or that begins right after it."""
    if attribution.frame != "quote":
        return attribution
    source = attribution.source or attribution.cue
    before = quotes.before(min(attribution.cue[0], source[0]))
    sentence = analysis.sentences[analysis.sentence_of(attribution.head)]
    reach = -1 if before else analysis.tokens[sentence.last - 1].end + 2
    after = quotes.after(max(attribution.cue[1], source[1]), reach)
    contents = tuple(part for part in (before, after) if part)
    return replace(attribution, contents=contents, direct=bool(contents))


def _continued(analysis: Analysis, found: Sequence[Attribution], quotes: Quotes) -> tuple[Attribution, ...]:
    """Let each quotation with no cue of its own, right after a quoted speaker's clause, go on what was said."""
    result = list(found)
    ends = [_clause_end(attribution) for attribution in result]
    order = sorted(range(len(result)), key=ends.__getitem__)
    spoken = [a for a in result if not any(q.start <= a.cue[0] for q in quotes.overlapping(*a.cue))]
    covered = _Cover([stretch for attribution in spoken for stretch in (*attribution.contents, attribution.cue)])
    last: int | None = None
    at = 0
    for quote in analysis.quotations:
        while at < len(order) and ends[order[at]] <= quote.start:
            if last is None or not _aside(analysis, result[last], result[order[at]]):
                last = order[at]
            at += 1
        start, end = quotes.whole(quote)
        if last is None or not result[last].direct or covered.holds(quote.start):
            continue
        if _follows(analysis, result[last], ends[last], start):
            result[last] = replace(result[last], contents=_joined([*result[last].contents, (start, end)]))
            ends[last] = end
    return tuple(result)


def _aside(analysis: Analysis, speaking: Attribution, other: Attribution) -> bool:
    """Say whether another attribution only stands inside what a quoted speaker says, or hangs on the same sentence."""
    sentence = analysis.sentence_of(other.head)
    return speaking.holds(other.cue[0]) or (
        speaking.direct and not other.direct and sentence == analysis.sentence_of(speaking.head)
    )


def _clause_end(attribution: Attribution) -> int:
    stretches = (attribution.cue, attribution.source or attribution.cue, *attribution.contents)
    return max(end for _, end in stretches)


def _follows(analysis: Analysis, attribution: Attribution, end: int, start: int) -> bool:
    """Say whether a quotation at `start` follows a clause that ends at `end`, with no more than its own tail between.

    The tail is what the cue's sentence goes on with: "he said in 2008. “Then ...".
    """
    between = analysis.text[end:start].strip()
    if not between.strip(_GAP + ")"):
        return True
    before = analysis.token_at(start - 1)
    same = analysis.sentence_of(before) == analysis.sentence_of(attribution.head)
    return same and between[-1] in ".?!,:;" and "\n\n" not in analysis.text[end:start]


class _Cover:
    """Tells whether an offset lies in one of many stretches."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = _joined(stretches)
        self._starts = [start for start, _ in self._stretches]

    def holds(self, offset: int) -> bool:
        """Say whether `offset` is covered."""
        k = bisect_right(self._starts, offset) - 1
        return k >= 0 and offset < self._stretches[k][1]
