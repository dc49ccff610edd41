"""The words that carry a value, as a page quotes them: in their sentence, with the outlet and the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.export.reconciled.held_shapes import Words
from sayso.link.view import Report
from sayso.model.article import Article
from sayso.web.graphic import is_graphic

AROUND = 110
"""Characters of the article that are shown before and after the words."""
QUOTES = 3
"""Quotations of one source that are shown; the rest is a click away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of an article with what stands around them. `outlet` and `day` are None where not known.

    `graphic` says that some readers may want to see them only after a click.
    """

    article: str
    start: int
    end: int
    part: str
    text: str
    before: str
    after: str
    outlet: str | None
    day: str | None
    graphic: bool


class Quoter:
    """Quotes the articles of some reports, and knows who made each claim."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._articles: dict[str, Article] = {r.stored.reading.article.id: r.stored.reading.article for r in reports}
        self._makers: dict[tuple[str, str], str] = {}
        self._accounts: dict[tuple[str, str], str] = {}
        for report in reports:
            own = {key: id for id, key in report.stored.keys.items()}
            for incident in report.stored.reading.incidents:
                if incident.id == own.get(report.key):
                    for claim in incident.claims:
                        ref = report.stored.reading.article.id, claim.id
                        self._makers[ref], self._accounts[ref] = claim.maker, report.key

    def title(self, article: str) -> str:
        """Return an article's headline; its id where it has none, or is not one of these."""
        known = self._articles.get(article)
        return (known.title if known else None) or article

    def maker(self, article: str, claim: str) -> str:
        """Return who made a claim; empty where it is none of these."""
        return self._makers.get((article, claim), "")

    def account(self, article: str, claim: str) -> str | None:
        """Return the key of the account that a claim belongs to; None where it is none of these."""
        return self._accounts.get((article, claim))

    def quotes(self, evidence: Iterable[Words]) -> list[Quote]:
        """Return the words as quotations, each once, the longest of those that overlap."""
        found: list[Words] = []
        for one in sorted(evidence, key=lambda w: (w.article, w.start, -w.end)):
            if not (found and found[-1].article == one.article and one.end <= found[-1].end):
                found.append(one)
        return [self._quote(one) for one in found]

    def _quote(self, words: Words) -> Quote:
        article = self._articles.get(words.article)
        text = article.text if article else ""
        before, after = _before(text, words.start), _after(text, words.end)
        return Quote(
            article=words.article,
            start=words.start,
            end=words.end,
            part=words.part,
            text=words.text,
            before=before,
            after=after,
            outlet=(article.outlet or article.agency) if article else None,
            day=article.published.isoformat() if article and article.published else None,
            graphic=is_graphic(f"{before}{words.text}{after}"),
        )


def _before(text: str, start: int) -> str:
    """Return what stands before an offset in its paragraph, from a whole word on."""
    part = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    if len(part) < AROUND:
        return part
    return "… " + (part.partition(" ")[2] or part)


def _after(text: str, end: int) -> str:
    part = text[end : end + AROUND].partition("\n")[0]
    if len(part) < AROUND:
        return part
    return (part.rpartition(" ")[0] or part) + " …"
