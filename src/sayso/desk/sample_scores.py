"""What a judged sample comes to: precision and recall with intervals, and the words for a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.desk.agreement import Interval, wilson
from sayso.desk.samples import Sample, Sampled
from sayso.store.fold import fold

CODED: tuple[str, ...] = ("kind", "when", "where", "perpetrator", "killed", "wounded")
"""The slots that a judge codes of a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One line of the result: `what` is a slot, "all" or "incidents"; marks counted, with precision and recall."""

    what: str
    right: int
    wrong: int
    missed: int
    precision: Interval
    recall: Interval


def propose(coded: str, held: Sequence[str]) -> str:
    """Return the mark that suggests itself for a slot: what the judge coded against what the program holds.

    The judge's words and one of the program's values are the same where one holds all words of the other.
    """
    if not coded.strip():
        return "wrong" if held else "absent"
    if not held:
        return "missed"
    mine = set(fold(coded).split())
    same = any((theirs := set(fold(value).split())) and (mine <= theirs or theirs <= mine) for value in held)
    return "right" if same else "wrong"


def scores(sample: Sample, items: Iterable[Sampled]) -> list[Score]:
    """Return the result of what has been marked: by slot and over all for records, of incidents for articles.

    A slot that the program fills wrongly though the text gives it counts against precision and against recall.
    """
    marked = [one for one in items if one.matched is not None]
    if sample.subject == "article":
        total: Counter[str] = Counter()
        for one in marked:
            total.update(one.matched or {})
        return [_score("incidents", total, total["missed"])]
    by_slot: dict[str, Counter[str]] = {slot: Counter() for slot in CODED}
    lost: Counter[str] = Counter()
    for one in marked:
        for slot, said in (one.matched or {}).items():
            if slot in by_slot:
                by_slot[slot][said] += 1
                told = bool(str((one.coded or {}).get(slot, "")).strip())
                lost[slot] += said == "missed" or (said == "wrong" and told)
    every: Counter[str] = sum(by_slot.values(), Counter())
    return [_score("all", every, lost.total())] + [_score(slot, by_slot[slot], lost[slot]) for slot in CODED]


def _score(what: str, marks: Counter[str], lost: int) -> Score:
    right, wrong = marks["right"], marks["wrong"]
    own = {"right": right, "wrong": wrong, "missed": marks["missed"]}
    return Score(what=what, **own, precision=wilson(right, right + wrong), recall=wilson(right, right + lost))


def methods(sample: Sample, items: Sequence[Sampled], version: str) -> str:
    """Return the paragraph for the methods section of a paper; it says what has not been judged yet."""
    done = [one for one in items if one.matched is not None]
    things = "incident records" if sample.subject == "incident" else "articles"
    judges = len({one.judge for one in done})
    drawn = (
        f"We drew a simple random sample of {sample.size:,} {things} without replacement from a population of "
        f"{sample.population:,}{f' (filter: {sample.filter})' if sample.filter else ''} (seed {sample.seed}, "
        f"{sample.at[:10]}). {judges} {'judge' if judges == 1 else 'judges'} coded {len(done):,} of them from the text "
        f"alone, before seeing what sayso {version} had read, and then compared the two."
    )
    if not done:
        return drawn + " Nothing has been judged yet."
    told = [_told(one) for one in scores(sample, items) if one.right + one.wrong + one.missed]
    limit = (
        "The sample is of records, so recall is of the slots of incidents that were found, not of incidents; "
        "judges were told the headline and the day by which to find the incident, and where a text tells of several "
        "the words that tell of the one meant; they could look up its kind and place too."
        if sample.subject == "incident"
        else "An incident counts as found where its kind, day and place fit, and nothing in it is plainly wrong."
    )
    left = "" if len(done) == sample.size else f" Not judged yet and left out: {sample.size - len(done):,}."
    return f"{drawn}{left} {' '.join(told)} Intervals are Wilson's 95 % score intervals. {limit}"


def _told(one: Score) -> str:
    name = {"all": "Over all slots", "incidents": "Of incidents"}.get(one.what, f"Of {one.what}")
    return f"{name}, precision was {_words(one.precision)} and recall {_words(one.recall)}."


def _words(share: Interval) -> str:
    if share.share is None or share.low is None or share.high is None:
        return "not measured"
    return f"{share.share:.2f} [{share.low:.2f}, {share.high:.2f}] ({share.hits} of {share.of})"
