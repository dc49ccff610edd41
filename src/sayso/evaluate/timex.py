"""The TimeML benchmarks (TempEval-3, WikiWars): time expressions and their TIMEX3 values.

Input and output are JSON lines as in the usual scorer: `{"doc", "dct", "text"}` in, where `dct` is the creation date or
null; `{"doc", "start", "end", "value"}` out, with offsets in code points of `text`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from sayso.annotate.grammar import analyse
from sayso.errors import InputError
from sayso.model.article import Article, Block, OffsetMap
from sayso.model.when import TimeMention
from sayso.resolve.when import published_date, times

_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*(?:\n\s*\n|\Z))", re.DOTALL)
_ENDS = re.compile(r"\s*(?:-|–|—|\bto\b|\band\b|\buntil\b|\btill\b|\bthrough\b|,)\s*(?:the\s+)?", re.IGNORECASE)


def article_of_text(text: str, name: str, dct: str | None) -> Article:
    """Return a text as an article with nothing cleaned, so that offsets stay those of the text."""
    blocks = tuple(Block(start=m.start(), end=m.end(), role="body") for m in _PARAGRAPH.finditer(text))
    return Article(
        id=name,
        text=text,
        blocks=blocks,
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name=name,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        published=published_date(dct) if dct else None,
        published_by="given" if dct else "unknown",
    )


def rows_of(mention: TimeMention) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, value)` for TIMEX3, which has no intervals: each end of one is an expression of its own."""
    span = mention.span
    low, slash, high = mention.value.partition("/")
    between = [m for m in _ENDS.finditer(span.text) if m.start() > 0 and m.end() < len(span.text)] if slash else []
    if not between:
        yield span.start, span.end, high or low
        return
    middle = next((m for m in between if not m.group().strip().startswith(",")), between[0])
    yield span.start, span.start + middle.start(), low
    yield span.start + middle.end(), span.end, high


def _row(line: str, name: str) -> tuple[str, str | None, str]:
    try:
        row: Any = json.loads(line)
        return str(row["doc"]), row.get("dct"), str(row["text"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"not a row of time expressions ({error})", value=name, next_step='each line is {"doc", "dct", "text"}'
        ) from error


def predict(input_path: Path, out_path: Path) -> None:
    """Tag each text of `input_path` and write one line an expression to `out_path`.

    Raises InputError for a line that is no such row.
    """
    with input_path.open(encoding="utf-8") as lines, out_path.open("w", encoding="utf-8") as out:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            doc, dct, text = _row(line, f"{input_path}:{number}")
            article = article_of_text(text, doc, dct)
            for mention in times(article, analyse(article)):
                for start, end, value in rows_of(mention):
                    print(json.dumps({"doc": doc, "start": start, "end": end, "value": value}), file=out)
