"""The names in a report, by sayso's own reading of who, where and when."""

from __future__ import annotations

from sayso.annotate.grammar import analyse
from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.resolve.where import places
from sayso.resolve.who import entities
from training.swap.lists import is_common
from training.swap.swap import Name

_KINDS = {"city": "city", "region": "region", "neighbourhood": "area", "landmark": "area"}


def names_of(article: Article, analysis: Analysis | None = None) -> list[Name]:
    """Return the names of people, groups, organizations and places in an article, by offsets of `Article.text`."""
    analysis = analysis or analyse(article)
    found: list[Name] = []
    for mention in places(article, analysis):
        kind = _KINDS.get(mention.place.type)
        if kind is not None and mention.place.country:
            narrowest, *wider = mention.place.names[:-1] or mention.place.names
            region = wider[0] if kind == "city" and wider else ""
            key = "/".join([mention.place.country, *([] if kind == "region" else [region]), narrowest])
            found.append(Name(mention.span.start, mention.span.end, kind, key))
    for entity in entities(article, analysis):
        kind = "group" if entity.armed and entity.kind == "organization" else entity.kind
        if kind not in ("person", "group", "organization") or (kind == "group" and not entity.armed):
            continue
        for m in entity.mentions:
            if m.form in ("name", "alias") and not (kind == "person" and _doubtful(m.span.text)):
                found.append(Name(m.span.start, m.span.end, kind, entity.name))
    return sorted({*found, *_tagged(analysis, found)})


def _tagged(analysis: Analysis, found: list[Name]) -> list[Name]:
    """Return the people that the tagger alone sees, where none of their words is a common one."""
    covered = {at for name in found for at in range(name.start, name.end)}
    more = []
    for name in analysis.names:
        span = analysis.span(name.first, name.last)
        words = span.text.split()
        new = name.label == "PERSON" and covered.isdisjoint(range(span.start, span.end))
        if new and len(words) < 5 and not any(map(is_common, words)):
            more.append(Name(span.start, span.end, "person", span.text))
    return more


def _doubtful(words: str) -> bool:
    """Say whether one word, taken for a person, is likelier a common word that merely looked like a name."""
    return " " not in words.strip() and is_common(words)
