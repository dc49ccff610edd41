"""Carries over what people decided of things in an older version of an article to those of the newer one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from sayso.link.subjects import Matcher
from sayso.merge.cluster import pair
from sayso.model.judgement import Judgement
from sayso.store.links import Links
from sayso.store.store import now

CARRIED = "carried over from "


def carry_over(
    links: Links, matcher: Matcher, held: Iterable[Judgement], gone: list[Any], fresh: list[Any], least: float
) -> None:
    """Judge the successors of what is gone as a person had judged it; what has none stays on record alone.

    `held` are people's judgements about things of older versions, `gone` the sketches of all things of these,
    `fresh` those of the newer versions. `least` are the log-odds from which two are one.
    """
    held = list(held)
    of_old = {sketch.key for sketch in gone}
    about = {key for j in held for key in (j.left, j.right) if key in of_old}
    successor = successors(matcher, gone, fresh, about, least)
    for j in held:
        ends = [successor.get(key) if key in of_old else key for key in (j.left, j.right)]
        if ends[0] and ends[1]:
            left, right = pair(ends[0], ends[1])
            links.judge(left, right, j.verdict, _reason(j, of_old), j.author, now())


def _reason(judgement: Judgement, of_old: Collection[str]) -> str:
    """Return where a judgement comes from, with the reason that the person gave."""
    said = judgement.reason
    if said.startswith(CARRIED):
        said = said.partition(": ")[2]
    old = " and ".join(key for key in (judgement.left, judgement.right) if key in of_old)
    return f"{CARRIED}{old} (judgement {judgement.number})" + (f": {said}" if said else "")


def successors(
    matcher: Matcher, gone: list[Any], fresh: list[Any], wanted: Collection[str], least: float
) -> dict[str, str]:
    """Return the keys of the things that match best, by those of the older ones wanted: each the best for the other."""
    fit, found = _Fit(matcher, least), dict[str, str]()
    by_article = {id: list(own) for id, own in groupby(sorted(fresh, key=_article), key=_article)}
    for id, own in groupby(sorted(gone, key=_article), key=_article):
        olds, news = [replace(old, article="") for old in own], by_article.get(id, [])
        found |= {old.key: new for i, old in enumerate(olds) if old.key in wanted and (new := fit.best(i, olds, news))}
    return found


def _article(sketch: Any) -> str:
    return str(sketch.article)


class _Fit:
    """Finds which newer thing an older one matches: by what they tell, of equals by their places in the articles."""

    def __init__(self, matcher: Matcher, least: float) -> None:
        self._matcher, self._least = matcher, least

    def best(self, i: int, olds: list[Any], news: list[Any]) -> str | None:
        """Return the key of the newer thing that fits the older one of number `i` best, if that holds both ways."""

        def fit(old: int, new: int) -> tuple[float, int]:
            return self._matcher.log_odds(olds[old], news[new]), -abs(old - new)

        j = max(range(len(news)), key=lambda new: fit(i, new), default=None)
        if j is None or fit(i, j)[0] < self._least:
            return None
        return str(news[j].key) if i == max(range(len(olds)), key=lambda old: fit(old, j)) else None
