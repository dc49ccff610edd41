"""Where an outlet is at home: by the country in its address, and by what its articles speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.model.article import Article
from sayso.model.place import PlaceMention
from sayso.resolve.gazetteer import gazetteer
from sayso.resolve.where.rank import Evidence

_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+([a-z]{2})(?:[/:]|$)", re.I)
_SOLD = frozenset(
    re.findall("..", "acaiamasbzcccdcodjfmggimioislalilymemnmsmunupwscshsostsutktotvvcvgws")  # two letters each
)
"""Country addresses that anybody buys, so that they tell nothing of a country."""
_CODES = {"uk": "GB"}


def home_of(article: Article) -> Evidence:
    """Return what the article's web address tells of its outlet's country; empty evidence where it tells nothing."""
    home = Evidence()
    for address in (article.url, article.outlet):
        match = _HOST.match(address or "")
        if match and (code := match.group(1).lower()) not in _SOLD:
            country = gazetteer().country(_CODES.get(code, code.upper()))
            if country is not None:
                home.add(country, 1.0)
                break
    return home


def home_from(articles: Iterable[Iterable[PlaceMention]]) -> Evidence:
    """Return what an outlet speaks of, by the places of its articles: each counts once an article.

    An outlet that reports on one region is likelier to mean that region's Springfield.
    """
    home = Evidence()
    for mentions in articles:
        seen: set[str] = set()
        for mention in mentions:
            number = mention.place.gazetteer_id
            if number is None or number in seen:
                continue
            seen.add(number)
            rows = gazetteer().named(mention.place.names[0])
            row = next((r for r in rows if r.id == number), None)
            if row is not None and row.level:
                home.add(row, mention.place.confidence)
    return home
