"""Carries over what people decided of things in an older version of an article to those of the newer one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from sayso.link.subjects import Matcher
from sayso.merge.cluster import LEAST, pair
from sayso.model.judgement import Judgement
from sayso.store.links import Links
from sayso.store.store import now

CARRIED = "carried over from "


def carry_over(links: Links, matcher: Matcher, held: Iterable[Judgement], gone: list[Any], fresh: list[Any]) -> None:
    """Judge the successors of what is gone as a person had judged it; what has none stays on record alone.

    `held` are people's judgements about things of older versions, `gone` the sketches of all things of these,
    `fresh` those of the newer versions.
    """
    held = list(held)
    of_old = {sketch.key for sketch in gone}
    about = {key for j in held for key in (j.left, j.right) if key in of_old}
    successor = _successors(matcher, gone, fresh, about)
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


def _successors(matcher: Matcher, gone: list[Any], fresh: list[Any], wanted: Collection[str]) -> dict[str, str]:
    """Return the keys of the things that match best, by those of the older ones wanted: each the best for the other."""
    found: dict[str, str] = {}
    by_article = {id: list(own) for id, own in groupby(sorted(fresh, key=_article), key=_article)}
    for id, own in groupby(sorted(gone, key=_article), key=_article):
        olds, news = [replace(old, article="") for old in own], by_article.get(id, [])
        fit = _Fit(matcher, olds, news)
        for i, old in enumerate(olds):
            if old.key in wanted and news:
                j = max(range(len(news)), key=lambda j: fit(i, j))
                if fit(i, j)[0] >= LEAST and i == max(range(len(olds)), key=lambda k: fit(k, j)):
                    found[old.key] = news[j].key
    return found


def _article(sketch: Any) -> str:
    return str(sketch.article)


class _Fit:
    """How well an older thing and a newer one match: by what they tell, of equals by their places in the articles."""

    def __init__(self, matcher: Matcher, olds: list[Any], news: list[Any]) -> None:
        self._matcher, self._olds, self._news = matcher, olds, news

    def __call__(self, i: int, j: int) -> tuple[float, int]:
        return self._matcher.log_odds(self._olds[i], self._news[j]), -abs(i - j)
