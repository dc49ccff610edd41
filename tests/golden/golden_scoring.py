"""Compares readings of the samples with what a careful human coder wrote, slot by slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import linear_sum_assignment

from sayso.model.article import Capture
from sayso.model.claim import Actor, Quantity, Target, Victim
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.when import When
from sayso.pipeline import read_capture
from sayso.read import captures

ROOT = Path(__file__).parents[2]
COUNTS = ("killed", "wounded", "abducted", "arrested")
Expected = dict[str, Any]


@cache
def expectations() -> tuple[Expected, ...]:
    """Return the expectations of every sample."""
    return tuple(yaml.safe_load((Path(__file__).parent / "samples.yaml").read_text(encoding="utf-8")))


@cache
def samples() -> dict[str, Capture]:
    """Return every sample by its name in samples.yaml: a path, or a path and the number of the row."""
    folder = ROOT / "samples"
    found = [c for c in captures([str(folder)]) if isinstance(c, Capture)]
    return {capture.name.removeprefix(f"{folder}/"): capture for capture in found}


@cache
def reading_of(name: str) -> Reading:
    """Return the reading of a sample; the day of publication is handed over only where the sample does not give it."""
    expected = next(e for e in expectations() if e["article"] == name)
    return read_capture(samples()[name], None if expected.get("metadata") else _date(expected["published"]))


def _date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


@dataclass
class Tally:
    """How many values of a slot are right, wanted and found, and remarks on those that are not right."""

    right: float = 0
    wanted: float = 0
    found: float = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def f(self) -> float:
        return 2 * self.right / (self.wanted + self.found) if self.wanted + self.found else 1.0


class Scores(defaultdict[str, Tally]):
    """Tallies by slot."""

    def __init__(self) -> None:
        super().__init__(Tally)

    def count(self, slot: str, right: float, wanted: float, found: float, remark: str = "") -> None:
        tally = self[slot]
        tally.right, tally.wanted, tally.found = tally.right + right, tally.wanted + wanted, tally.found + found
        if remark and (right < wanted or right < found):
            tally.remarks.append(remark)

    def one(self, slot: str, wanted: Any, found: Any, same: bool, where: str) -> None:
        self.count(slot, float(same), wanted is not None, found is not None, f"{where}: wanted {wanted}, found {found}")

    def overall(self) -> float:
        """Return the mean F1 of the slots."""
        return sum(t.f for t in self.values()) / len(self)

    def report(self, remarks: bool = False) -> str:
        lines = [f"{'slot':14} {'wanted':>6} {'found':>6} {'right':>6} {'P':>6} {'R':>6} {'F':>6}"]
        for slot, t in sorted(self.items()):
            p, r = (100 * t.right / n if n else 100.0 for n in (t.found, t.wanted))
            lines.append(f"{slot:14} {t.wanted:6.0f} {t.found:6.0f} {t.right:6.1f} {p:6.1f} {r:6.1f} {100 * t.f:6.1f}")
            lines += [f"    {remark}" for remark in t.remarks if remarks]
        return "\n".join([*lines, f"mean F of the slots: {100 * self.overall():.1f}"])


def score_all(names: Iterable[str] | None = None) -> Scores:
    """Return the tallies over all samples, or over those named."""
    scores = Scores()
    for expected in expectations():
        if names is None or expected["article"] in set(names):
            score_article(expected, reading_of(expected["article"]), scores)
    return scores


def score_article(expected: Expected, reading: Reading, scores: Scores) -> None:
    """Add one sample's counts."""
    name, article = expected["article"], reading.article
    scores.one(
        "published",
        _date(expected["published"]),
        article.published,
        article.published == _date(expected["published"]),
        name,
    )
    if outlet := expected.get("outlet"):
        scores.one("outlet", outlet, article.outlet, _like(outlet, [article.outlet or ""]), name)
    if agency := expected.get("agency"):
        scores.one("agency", agency, article.agency, _like(agency, [article.agency or ""]), name)
    if authors := expected.get("authors"):
        right = sum(_like(a, article.authors) for a in authors)
        scores.count(
            "author", right, len(authors), len(article.authors), f"{name}: wanted {authors}, found {article.authors}"
        )
    for words in expected.get("absent", ()):
        kept = words in article.text
        scores.count("furniture", not kept, 1, 1, f"{name}: {words!r} is kept")
    _score_incidents(expected.get("incidents") or [], reading, scores, name)


def _score_incidents(wanted: list[Expected], reading: Reading, scores: Scores, name: str) -> None:
    found = list(reading.incidents)
    pairs = list(_paired(wanted, found, reading))
    matched_wanted, matched_found = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [w for i, w in enumerate(wanted) if i not in matched_wanted and not w.get("optional")]
    extra = [f for j, f in enumerate(found) if j not in matched_found]
    counted = [(i, j) for i, j in pairs if not wanted[i].get("optional")]
    for expected in missed:
        scores.count("incident", 0, 1, 0, f"{name}: missed {_brief(expected)}")
    for incident in extra:
        scores.count("incident", 0, 0, 1, f"{name}: extra {incident.kind} {incident.stage} {_evidence(incident)}")
    for i, j in counted:
        scores.count("incident", 1, 1, 1)
        _score_pair(wanted[i], found[j], reading, scores, f"{name} {_brief(wanted[i])}")


def _paired(wanted: list[Expected], found: list[Incident], reading: Reading) -> Iterator[tuple[int, int]]:
    if not wanted or not found:
        return
    gains = np.array([[_likeness(w, f, reading) for f in found] for w in wanted])
    for i, j in zip(*linear_sum_assignment(-gains), strict=True):
        if gains[i, j] > 0:
            yield int(i), int(j)


def _likeness(wanted: Expected, found: Incident, reading: Reading) -> float:
    """Return how much speaks for the two being the same incident; 0 where the kinds differ."""
    if found.kind not in _listed(wanted["kind"]):
        return 0.0
    trial = Scores()
    _score_pair(wanted, found, reading, trial, "")
    return 1 + sum(t.right for slot, t in trial.items()) + trial["when"].right + trial["where"].right


def _score_pair(wanted: Expected, found: Incident, reading: Reading, scores: Scores, name: str) -> None:
    stages = _listed(wanted.get("stage", "accomplished"))
    scores.one("stage", stages, found.stage, found.stage in stages, name)
    background = wanted.get("background", False)
    scores.one("background", background, found.background, background == found.background, name)
    values = {
        slot: [c.value for c in found.of(slot) if c.stance != "denies"]
        for slot in ("when", "where", "target", "victim")
    }
    whens = [v.edtf for v in values["when"] if isinstance(v, When)]
    when = str(wanted["when"]) if "when" in wanted else None
    scores.one("when", when, whens or None, when in whens, name)
    places = [v for v in values["where"] if isinstance(v, Place)]
    if "where" in wanted:
        scores.one(
            "where",
            wanted["where"],
            [p.names for p in places] or None,
            any(_like(w, p.names) for w in wanted["where"] for p in places),
            name,
        )
    if "country" in wanted:
        countries = {p.country for p in places} - {None}
        scores.one("country", wanted["country"], countries or None, countries == {wanted["country"]}, name)
    for slot in COUNTS:
        told = [c.value for c in found.of(slot) if isinstance(c.value, Quantity) and c.stance != "denies"]  # type: ignore[arg-type]
        numbers = (
            [min(q.low for q in told), None if None in {q.high for q in told} else max(q.high or 0 for q in told)]
            if told
            else None
        )
        if slot in wanted or (numbers and slot in ("killed", "wounded")):
            scores.one(slot, wanted.get(slot), numbers, numbers == wanted.get(slot), name)
    targets = [v.name for v in values["target"] if isinstance(v, Target)]
    if "targets" in wanted:
        hit = [t for t in targets if any(w.casefold() in t.casefold() for w in wanted["targets"])]
        scores.count(
            "target",
            bool(hit) if len(targets) < 2 else len(hit) / len(targets),
            1,
            bool(targets),
            f"{name}: wanted {wanted['targets']}, found {targets}",
        )
    people = [v for v in values["victim"] if isinstance(v, Victim) and v.name]
    names = [_names(v.name or "", v.entity, reading) for v in people]
    _score_names(
        "taken" if found.kind == "arrest" else "victim",
        wanted.get("taken") or wanted.get("victims") or [],
        names,
        scores,
        name,
    )
    _score_perpetrators(wanted.get("perpetrators") or {}, found, reading, scores, name)


def _score_names(slot: str, wanted: list[str], found: list[list[str]], scores: Scores, name: str) -> None:
    unique = list({names[0]: names for names in found}.values())
    right = sum(any(_like(w, names) for names in unique) for w in wanted)
    scores.count(
        slot, right, len(wanted), max(len(unique), right), f"{name}: wanted {wanted}, found {[n[0] for n in unique]}"
    )


def _score_perpetrators(
    wanted: dict[str, list[str]], found: Incident, reading: Reading, scores: Scores, name: str
) -> None:
    standings: dict[str, tuple[list[str], set[str]]] = {}
    for claim in found.of("perpetrator"):
        if isinstance(claim.value, Actor):
            known = standings.setdefault(
                claim.value.name, (_names(claim.value.name, claim.value.entity, reading), set())
            )
            known[1].add(str(claim.standing))
    _score_names("perpetrator", list(wanted), [names for names, _ in standings.values()], scores, name)
    for actor, allowed in wanted.items():
        given = {s for names, all_ in standings.values() if _like(actor, names) for s in all_}
        if given:
            share = len(given & set(allowed)) / len(given)
            scores.count("standing", share, 1, 1, f"{name}: {actor} wanted {allowed}, found {sorted(given)}")


def _names(name: str, id: str | None, reading: Reading) -> list[str]:
    entity = reading.entity(id)
    return [name, *(entity.names if entity else ())]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _like(wanted: str, names: Iterable[str]) -> bool:
    """Say whether a name is given, or words that hold it or that it holds."""
    w = wanted.casefold()
    return any(w == n or w in n or (len(n) > 3 and n in w) for n in (name.casefold() for name in names if name))


def _brief(wanted: Expected) -> str:
    return f"{'/'.join(_listed(wanted['kind']))} {wanted.get('when', '')}".strip()


def _evidence(incident: Incident) -> str:
    return repr(next((c.evidence[0].text for c in incident.of("kind") if c.evidence), ""))


if __name__ == "__main__":
    import sys

    print(score_all(sys.argv[1:] or None).report(remarks=True))
