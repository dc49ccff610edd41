"""PolNeAR: who says what, in brat's standoff format (Newell, Margolin and Ruths, LREC 2018).

A gold file `<article>_<annotator>.ann` of one of n annotators of an article counts 1/n; a predicted file is
`<article>.ann`. A span counts where it is the same but for white space and punctuation at its edges. A whole
attribution counts where cue and source are the same and the contents overlap by half of their union.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sayso.annotate.grammar import analyse
from sayso.encode.encoder import encoder
from sayso.encode.heads import encoded, shipped
from sayso.errors import InputError
from sayso.extract.statements.attribution import Attribution, Stretch
from sayso.extract.statements.combine import read_attributions
from sayso.extract.statements.find import attributions, outermost
from sayso.extract.statements.learned import reader
from sayso.model.article import Article, Block, OffsetMap

ROLES = ("Source", "Cue", "Content")
_EDGE = " \t\n\r.,;:\"'“”‘’()[]-—"
"""What may differ at the edges of equal spans; only spans of one piece are trimmed, as the task's scorer does."""
_ENOUGH = 0.5


def predict(input: Path, out: Path) -> None:
    """Write `<article>.ann` into folder `out` for each `<article>.txt` of folder `input`.

    Raises InputError where `input` is no folder with text files. Offsets are code points of the raw text. Attributions
    inside others are left out, as the guidelines want; wants and plans are kept.
    """
    files = sorted(input.glob("*.txt")) if input.is_dir() else []
    if not files:
        raise InputError("no .txt file in the folder", value=str(input), next_step="give PolNeAR's text folder")
    out.mkdir(parents=True, exist_ok=True)
    for path in files:
        text = path.read_bytes().decode("utf-8", errors="replace")
        (out / f"{path.stem}.ann").write_text(annotation(text), encoding="utf-8")


def annotation(text: str) -> str:
    """Return the attributions of a raw text as the lines of a brat file."""
    analysis = analyse(_article(text))
    rules = attributions(analysis)
    if not shipped():
        return "".join(_lines(text, [a for a in outermost(rules) if a.contents and a.frame != "modifier"]))
    sight = reader().see(analysis, rules, encoder().branch(encoded(analysis)))
    found = [a for a in read_attributions(sight) if a.contents]
    return "".join(_lines(text, found))


def _article(text: str) -> Article:
    """Return the text as an article with one block a line, nothing cleaned: every offset is the raw one."""
    blocks = tuple(Block(start=m.start(), end=m.end(), role="body") for m in re.finditer(r"\S[^\n]*", text))
    return Article(
        id="polnear",
        text=text,
        blocks=blocks,
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name="polnear",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _lines(text: str, found: Sequence[Attribution]) -> Iterable[str]:
    """Yield brat lines; a span that two attributions share is written once."""
    ids: dict[tuple[str, tuple[Stretch, ...]], str] = {}
    for number, attribution in enumerate(found, start=1):
        parts = {"Cue": (attribution.cue,), "Content": attribution.contents}
        if attribution.source is not None:
            parts["Source"] = (attribution.source,)
        event = []
        for role, stretches in sorted(parts.items()):
            key = (role, tuple(stretches))
            if key not in ids:
                ids[key] = f"T{len(ids) + 1}"
                places = ";".join(f"{start} {end}" for start, end in stretches)
                words = " ".join(re.sub(r"\s", " ", text[start:end]) for start, end in stretches)
                yield f"{ids[key]}\t{role} {places}\t{words}\n"
            event.append(f"{role}:{ids[key]}")
        cue = ids["Cue", (attribution.cue,)]
        yield f"E{number}\tAttribution:{cue} {' '.join(event)}\n"


@dataclass(slots=True)
class _Tally:
    """Weighted counts of what was right, what was predicted, and what is gold."""

    right: float = 0.0
    predicted: float = 0.0
    gold: float = 0.0

    def add(self, right: float, predicted: float, gold: float, share: float) -> None:
        self.right += share * right
        self.predicted += share * predicted
        self.gold += share * gold

    @property
    def measures(self) -> tuple[float, float, float]:
        """Precision, recall and F1 in percent."""
        p = 100 * self.right / self.predicted if self.predicted else 0.0
        r = 100 * self.right / self.gold if self.gold else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


_Marks = dict[str, set[Stretch]]


@dataclass(slots=True)
class _File:
    """The spans of one brat file by role, and its attributions."""

    spans: _Marks = field(default_factory=lambda: {role: set() for role in ROLES})
    events: list[_Marks] = field(default_factory=list)


def _read(path: Path) -> _File:
    """Return the marks of a brat file; lines that are neither spans nor events are passed over."""
    found = _File()
    marks: dict[str, tuple[str, Stretch]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) < 2:
            continue
        if line.startswith("T"):
            role, _, place = parts[1].partition(" ")
            if role in ROLES:
                marks[parts[0]] = role, _trimmed([int(n) for n in re.findall(r"\d+", place)], "\t".join(parts[2:3]))
        elif line.startswith("E"):
            event: _Marks = {role: set() for role in ROLES}
            for item in parts[1].split():
                if (mark := marks.get(item.rpartition(":")[2])) is not None:
                    event[mark[0]].add(mark[1])
            found.events.append(event)
    for role, stretch in marks.values():
        found.spans[role].add(stretch)
    return found


def _trimmed(numbers: list[int], words: str) -> Stretch:
    """Return the hull of a span; one of a single piece without punctuation at its edges."""
    start, end = numbers[0], numbers[-1]
    if words and len(numbers) == 2:
        start += len(words) - len(words.lstrip(_EDGE))
        end -= len(words) - len(words.rstrip(_EDGE))
    return start, end


def _same(gold: _Marks, predicted: _Marks) -> bool:
    if gold["Cue"] != predicted["Cue"] or gold["Source"] != predicted["Source"]:
        return False
    g, p = ({i for start, end in marks["Content"] for i in range(start, end)} for marks in (gold, predicted))
    return bool(g | p) and len(g & p) / len(g | p) >= _ENOUGH


def _whole(gold: _File, predicted: _File) -> int:
    """Count the gold attributions that a prediction of its own matches."""
    left = list(predicted.events)
    right = 0
    for event in gold.events:
        hit = next((k for k, other in enumerate(left) if _same(event, other)), None)
        if hit is not None:
            del left[hit]
            right += 1
    return right


def _tallies(gold: Path, predictions: Path) -> tuple[dict[str, _Tally], int]:
    """Return the counts by role and for whole attributions, and how many predictions are missing."""
    files = sorted(gold.glob("*.ann")) if gold.is_dir() else []
    if not files:
        raise InputError("no .ann file in the folder", value=str(gold), next_step="give PolNeAR's attributions folder")
    annotators = Counter(_article_of(path) for path in files)
    tallies = {name: _Tally() for name in (*ROLES, "Whole")}
    missing = 0
    for path in files:
        share = 1 / annotators[_article_of(path)]
        other = predictions / f"{_article_of(path)}.ann"
        missing += not other.exists()
        right, guess = _read(path), _read(other) if other.exists() else _File()
        for role in ROLES:
            g, p = right.spans[role], guess.spans[role]
            tallies[role].add(len(g & p), len(p), len(g), share)
        tallies["Whole"].add(_whole(right, guess), len(guess.events), len(right.events), share)
    return tallies, missing


def _article_of(path: Path) -> str:
    return path.stem.rpartition("_")[0]


def measures(gold: Path, predictions: Path) -> dict[str, float]:
    """Return `source_f1`, `cue_f1`, `content_f1` (exact spans) and `whole_f1`, in percent.

    Raises InputError where `gold` holds no brat file.
    """
    tallies, _ = _tallies(gold, predictions)
    return {f"{name.lower()}_f1": tally.measures[2] for name, tally in tallies.items()}


def score(gold: Path, predictions: Path) -> str:
    """Return the measures as a table for people.

    Raises InputError where `gold` holds no brat file.
    """
    tallies, missing = _tallies(gold, predictions)
    lines = [f"{missing} gold files without a prediction"] if missing else []
    for name, tally in tallies.items():
        p, r, f = tally.measures
        lines.append(f"{name.lower():8s} exact  P {p:5.1f}  R {r:5.1f}  F1 {f:5.1f}")
    return "\n".join(lines)
