"""The TimeML benchmarks (TempEval-3, WikiWars): time expressions and their TIMEX3 values.

Input is a folder of TimeML files (`.tml`), whose annotation is not looked at, or JSON lines `{"doc", "dct", "text"}`,
where `dct` is the creation date or null. Output is JSON lines `{"doc", "start", "end", "value"}`, with offsets in code
points of the text. Gold is the folder of TimeML files.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter, defaultdict
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

_TAG = re.compile(r"<(/?)([A-Za-z0-9_]+)([^>]*)>")
_CREATED = re.compile(r"<DCT>.*?value=\"(\d{4}-\d{2}-\d{2})", re.DOTALL)
_BODY = re.compile(r"<TEXT>(.*)</TEXT>", re.DOTALL)
_VALUE = re.compile(r'value="([^"]*)"')

MEASURES = ("strict", "relaxed", "value")
Expression = tuple[int, int, str]
"""Start and end in code points of the text, and the TIMEX3 value."""


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


def read_tml(path: Path) -> tuple[str, str | None, list[Expression]]:
    """Return the text of a TimeML file without its tags, its creation date, and its annotated expressions.

    The creation date itself is none of them (as in TempEval-3). Raises InputError where the file cannot be opened.
    """
    try:
        raw = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror})", value=str(path), next_step="Check the file") from error
    created = _CREATED.search(raw)
    body = _BODY.search(raw)
    source = body[1] if body else raw
    pieces: list[str] = []
    found: list[Expression] = []
    at = length = 0
    opened: tuple[int, str] | None = None
    for tag in _TAG.finditer(source):
        pieces.append(html.unescape(source[at : tag.start()]))
        length += len(pieces[-1])
        at = tag.end()
        if tag[2] != "TIMEX3":
            continue
        if tag[1]:
            found += [(opened[0], length, opened[1])] if opened else []
            opened = None
        elif 'functionInDocument="CREATION_TIME"' not in tag[3]:
            value = _VALUE.search(tag[3])
            opened = length, value[1] if value else ""
    pieces.append(html.unescape(source[at:]))
    return "".join(pieces), created[1] if created else None, found


def _inputs(path: Path) -> Iterator[tuple[str, str | None, str]]:
    """Yield `(doc, dct, text)` of a folder of TimeML files or of a file of JSON lines."""
    if path.is_dir():
        for file in sorted(path.glob("*.tml")):
            text, dct, _ = read_tml(file)
            yield file.stem, dct, text
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _row(line, f"{path}:{number}")


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
    with out_path.open("w", encoding="utf-8") as out:
        for doc, dct, text in _inputs(input_path):
            article = article_of_text(text, doc, dct)
            for mention in times(article, analyse(article)):
                for start, end, value in rows_of(mention):
                    print(json.dumps({"doc": doc, "start": start, "end": end, "value": value}), file=out)


def _predicted(path: Path) -> dict[str, list[Expression]]:
    found: dict[str, list[Expression]] = defaultdict(list)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found[row["doc"]].append((int(row["start"]), int(row["end"]), str(row["value"])))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"no predicted expression ({error})",
                value=f"{path}:{number}",
                next_step='each line is {"doc", "start", "end", "value"}',
            ) from error
    return found


def measures(gold: Path, predictions: Path) -> dict[str, float]:
    """Return P, R and F in per cent: `strict` (the same span), `relaxed` (spans overlap), `value` (and the same value).

    As in TempEval-3 (UzZaman et al. 2013): each predicted expression counts for one of the gold's at most, the one with
    the same span before others. Raises InputError where `gold` holds no TimeML file, or a prediction is no such row.
    """
    files = sorted(gold.glob("*.tml"))
    if not files:
        raise InputError("holds no TimeML file (.tml)", value=str(gold), next_step="Give the folder of the gold files")
    predicted = _predicted(predictions)
    hits: Counter[str] = Counter()
    wanted = given = 0
    for file in files:
        expressions, found = read_tml(file)[2], predicted.get(file.stem, [])
        wanted, given = wanted + len(expressions), given + len(found)
        hits += _hits(expressions, found)
    return {
        f"{name} {letter}": 100 * hits[name] / max(of, 1)
        for name in MEASURES
        for letter, of in (("P", given), ("R", wanted), ("F", (given + wanted) / 2))
    }


def _hits(expressions: list[Expression], found: list[Expression]) -> Counter[str]:
    """Return how many expressions of one text are met by what was found, by each measure."""
    hits: Counter[str] = Counter()
    left = list(found)
    for wanted in expressions:
        over = [p for p in left if p[0] < wanted[1] and wanted[0] < p[1]]
        if over:
            best = max(over, key=lambda p: (p[:2] == wanted[:2], p[2] == wanted[2]))
            left.remove(best)
            hits["relaxed"] += 1
            hits["strict"] += best[:2] == wanted[:2]
            hits["value"] += best[2].upper() == wanted[2].upper()
    return hits


def score(gold: Path, predictions: Path) -> str:
    """Return the measures as a table for people."""
    found = measures(gold, predictions)
    return "\n".join(
        f"{name:8} P {found[f'{name} P']:5.1f} R {found[f'{name} R']:5.1f} F {found[f'{name} F']:5.1f}"
        for name in MEASURES
    )
