"""Articles of ECB+ (Cybulska and Vossen 2014) as rows for `sayso evaluate clusters`, and which tell of one incident.

    python -m training.clusters.ecbplus ARTICLES.jsonl GOLD.jsonl [DATA]

A topic of that set has two halves, each of articles on one event; both events are of a like kind. So the gold is one
incident for each half of each topic on violence (TOPICS). Texts are put together from tokens. The day of publication
is given only where the page gives it: in its address, or in a short line of its own at its head. The older half (ECB)
gives no addresses, headlines or days.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

TOPICS = (3, 8, 12, 13, 14, 16, 18, 19, 22, 24, 32, 33)
"""Topics on violence, fires that may be arson and flights from prison among them; accidents are left out."""
HEAD = 4
"""Lines at the head of a page among which its day may stand."""
_TIGHT = (
    (re.compile(r"`` | ''|``|''"), '"'),
    (re.compile(r" ([.,;:!?%)\]])"), r"\1"),
    (re.compile(r"([(\[$£€#]) "), r"\1"),
    (re.compile(r" (n't|'s|'re|'ve|'ll|'d|'m)\b"), r"\1"),
    (re.compile(r"(\d) ?([:.]) (\d)"), r"\1\2\3"),
    (re.compile(r"(\d),? , ?(\d{3})(?!\d)"), r"\1,\2"),
    (re.compile(r"(\w) - (\w)"), r"\1-\2"),
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[-/](\d\d|[a-z]{3})[-/](\d\d?)(?:[-/]|$)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|/", re.I)
_IN_LINE = (
    (re.compile(r"\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}),? ((?:19|20)\d\d)\b"), "{0} {1} {2}"),
    (re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.?,? ((?:19|20)\d\d)\b"), "{1} {0} {2}"),
)


class Row(NamedTuple):
    """An article as `sayso evaluate clusters` reads it, and the incident that it tells of."""

    id: str
    title: str | None
    text: str
    published: date | None
    incident: str

    @property
    def topic(self) -> str:
        """The topic of the article, of which both halves have a like event."""
        return self.incident.removesuffix("plus")

    def article(self) -> dict[str, str | None]:
        """Return the article as an object to be written as JSON."""
        day = self.published.isoformat() if self.published else None
        return {"id": self.id, "title": self.title, "text": self.text, "published": day, "outlet": None}


def rows(data: Path) -> Iterator[Row]:
    """Yield the articles of all topics on violence; `data` is the folder `ecbplus`."""
    for topic in TOPICS:
        for path in sorted((data / str(topic)).glob("*.xml")):
            yield _row(path, f"{topic}plus" if "ecbplus" in path.name else f"{topic}")


def _row(path: Path, incident: str) -> Row:
    lines, title, address = _sentences(path), None, ""
    if lines and lines[0][0].startswith("http"):
        address, lines = "".join(lines[0]), lines[1:]
    text = [_joined(line) for line in lines]
    published = None
    if incident.endswith("plus"):
        published = _day_in(address) or next((d for line in text[:HEAD] if (d := _day_of(line))), None)
        at = next((n for n, line in enumerate(text[:HEAD]) if not _is_date(line)), None)
        title = text.pop(at) if at is not None else None
    return Row(path.stem, title, "\n\n".join(text), published, incident)


def _sentences(path: Path) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for token in ElementTree.parse(path).getroot().iter("token"):
        found.setdefault(int(token.get("sentence", 0)), []).append(token.text or "")
    return [tokens for _, tokens in sorted(found.items())]


def _joined(tokens: list[str]) -> str:
    text = " ".join(tokens)
    for pattern, by in _TIGHT:
        text = pattern.sub(by, text)
    return text


def _is_date(line: str) -> bool:
    return bool(len(line.split()) <= 9 and _YEAR.search(line) and _MONTH.search(line))


def _day_in(address: str) -> date | None:
    match = _IN_ADDRESS.search(address.casefold())
    return _parsed(" ".join(match.groups()), "%Y %m %d", "%Y %b %d") if match else None


def _day_of(line: str) -> date | None:
    """Return the day that a short line names; None where it is a sentence, or names none in full."""
    if len(line.split()) > 12:
        return None
    plain = re.sub(r"\s+", " ", line.replace(".", " ")).title()
    for pattern, order in _IN_LINE:
        if match := pattern.search(plain):
            return _parsed(order.format(*match.groups()), "%b %d %Y")
    return None


def _parsed(text: str, *formats: str) -> date | None:
    for form in formats:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def write(data: Path, articles: Path, gold: Path) -> None:
    """Write the articles and the gold as JSON lines."""
    with articles.open("w", encoding="utf-8") as texts, gold.open("w", encoding="utf-8") as right:
        for row in rows(data):
            texts.write(json.dumps(row.article(), ensure_ascii=False) + "\n")
            right.write(json.dumps({"id": row.id, "incidents": [row.incident]}) + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[3] if len(sys.argv) > 3 else "../shared/data/ecbplus"), Path(sys.argv[1]), Path(sys.argv[2]))
