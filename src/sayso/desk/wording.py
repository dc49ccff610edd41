"""Finds the words of a text that a person means, by where they stand or as they typed them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from sayso.errors import InputError
from sayso.model.span import Span, span_of

SHOWN = 20
"""Places of the same words that are offered where it is not clear which are meant."""
LONGEST = 20_000
"""Characters of the words that carry one value."""


class UnclearError(InputError):
    """The words stand at several places, `places`, of which a person has to choose one; the first so many."""

    def __init__(self, words: str, places: Sequence[Span]) -> None:
        self.places = tuple(places)
        super().__init__(
            "these words stand at several places",
            value=words if len(words) < 200 else f"{words[:200]} ...",
            next_step="Choose the place, or give more words",
        )


def words_at(text: str, start: str, end: str, words: str, *, first: bool = False) -> Span:
    """Return the span that a form means: code points `[start, end)` where both are given, else where the words stand.

    Blanks and line breaks in the words count as one blank. Raises InputError where the words do not stand there or
    anywhere, UnclearError where they stand at several places, unless the `first` is wanted.
    """
    wanted = " ".join(words.split())
    if start and end:
        return _given(text, start, end, wanted)
    if not wanted:
        raise InputError("the words that say so are needed", value="nothing", next_step="Select them, or type them")
    if len(wanted) > LONGEST:
        raise InputError("these are too many words for one value", value=f"{wanted[:60]} ...", next_step="Give fewer")
    pattern = r"\s+".join(map(re.escape, wanted.split(" ")))
    found = [_span(text, m.start(), m.end()) for m in islice(re.finditer(pattern, text), SHOWN)]
    if not found:
        raise InputError(
            "these words do not stand in the text",
            value=wanted if len(wanted) < 200 else f"{wanted[:200]} ...",
            next_step="Type them letter for letter as the text has them",
        )
    if len(found) > 1 and not first:
        raise UnclearError(wanted, found)
    return found[0]


def _given(text: str, start: str, end: str, wanted: str) -> Span:
    numbers = [int(n) if n.isascii() and n.isdigit() and len(n) < 12 else -1 for n in (start, end)]
    if not 0 <= numbers[0] < numbers[1] <= len(text):
        raise InputError(
            f"no words stand there: the text has {len(text)} characters",
            value=f"{start} to {end}"[:60],
            next_step="Select the words again, or leave the numbers out and type the words",
        )
    span = span_of(text, *numbers)
    if wanted and " ".join(span.text.split()) != wanted:
        raise InputError(
            "other words stand there",
            value=f"{start} to {end}",
            next_step="Select the words again, or leave the numbers out",
        )
    if not span.text:
        raise InputError("only blanks stand there", value=f"{start} to {end}", next_step="Select words")
    return span


def _span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, text=text[start:end])
