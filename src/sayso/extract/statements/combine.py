"""What the learned reader finds, as attributions, beside what the rules find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.statements.attribution import Attribution, Stretch
from sayso.extract.statements.features import Tokens
from sayso.extract.statements.learned import Found, Sight
from sayso.extract.statements.lexicon import Class, Sense, lexicon

READ = "read"
"""The construction of an attribution that only the reader finds."""
_CLASSES: dict[str, tuple[Class, ...]] = {
    "VERB": ("verb",),
    "AUX": ("verb",),
    "NOUN": ("noun",),
    "ADJ": ("adjective",),
}
WEIGHTY = frozenset({"claims_responsibility", "accuses", "denies", "confesses", "threatens"})
_OPEN, _CLOSE, _STOP = "\"“‘'([«„", "\"”’')]»“", ".,;:!?"


def read_attributions(sight: Sight) -> list[Attribution]:
    """Return what the reader finds, in the order of the cues.

    Where the rules have the same cue, what they know of it stays: its head, lemma, construction and sense.
    """
    return [_attribution(sight, found) for found in sight.found]


def combined(sight: Sight, rules: Sequence[Attribution]) -> list[Attribution]:
    """Return what the rules find, as the reader reads it where it has the same cue.

    What claims, accuses, denies, confesses or threatens stands as the rules read it: who is to blame hangs on its
    words.
    """
    read = {a.head: a for a in read_attributions(sight) if a.frame != READ}
    weighty = (a.head for a in rules if a.sense.act in WEIGHTY or a.frame == "alone")
    for head in weighty:
        read.pop(head, None)
    return sorted((read.get(a.head, a) for a in rules), key=lambda a: a.cue)


def _overlap(a: Stretch, b: Stretch) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _attribution(sight: Sight, found: Found) -> Attribution:
    words = sight.words
    cue = words.stretch(found.cue)
    ruled = next((a for a in words.rules if _overlap(a.cue, cue)), None) or _unruled(sight, found, cue)
    source = words.stretch(found.source) if found.source else None
    contents = tuple(_parts(sight, found))
    quoted = words.quote[slice(*found.content)]
    return replace(
        ruled,
        cue=cue,
        source=source,
        source_head=_source_head(sight, found.source, ruled),
        contents=contents,
        direct=bool(len(quoted)) and bool(quoted[0]),
    )


def _source_head(sight: Sight, source: Tokens | None, ruled: Attribution) -> int | None:
    if source is None:
        return None
    head = ruled.source_head
    return head if head is not None and source[0] <= head < source[1] else sight.words.head_of(source)


def _unruled(sight: Sight, found: Found, cue: Stretch) -> Attribution:
    """Return an attribution for a cue that no rule knows, with the sense that its word has in some construction."""
    head = sight.words.head_of(found.cue)
    token, listed = sight.words.analysis.tokens[head], lexicon()
    lemma = listed.lemma(token.lemma)
    senses = [
        sense
        for (kind, word, _), sense in listed.senses.items()
        if word == lemma and kind in _CLASSES.get(token.pos, ("verb",))
    ]
    sense = next((s for s in senses if s.force == "speech"), senses[0] if senses else Sense(force="attitude"))
    return Attribution(
        head=head, cue=cue, source=None, source_head=None, contents=(), lemma=lemma, frame=READ, sense=sense
    )


def _parts(sight: Sight, found: Found) -> Iterator[Stretch]:
    """Yield what is said without the source and cue that stand in the midst of it."""
    words = sight.words
    start, end = _marked(words.analysis.text, words.stretch(found.content))
    inside = [words.stretch(t) for t in (found.cue, found.source) if t and start < words.stretch(t)[0] < end]
    if not inside:
        yield start, end
        return
    text = words.analysis.text
    low, high = min(inside)[0], max(last for _, last in inside)
    yield start, start + len(text[start:low].rstrip())
    rest = text[high:end]
    after = high + len(rest) - len(rest.lstrip(" \n,;:.-–—"))
    if after < end:
        yield after, end


def _marked(text: str, stretch: Stretch) -> Stretch:
    """Return a stretch with the quotation marks that belong to it, and with the full stop that stands before one."""
    start, end = stretch
    while start and text[start - 1] in _OPEN:
        start -= 1
    stop = end
    while stop < len(text) and text[stop] in _STOP:
        stop += 1
    close = stop
    while close < len(text) and text[close] in _CLOSE:
        close += 1
    return start, close if close > stop else end
