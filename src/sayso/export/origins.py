"""Whose word a claim is in the end, so that sources are counted and not articles.

The origin of a claim is whoever first said it: the innermost speaker of its chain, or the body that he speaks for;
where nobody is quoted, the agency whose copy the article is, else the outlet. An outlet that cites another is not a
source of its own, nor is one that quotes a person whom another quotes too. A source without a name cannot be shown to
be another one than the next nameless source, so it counts as the outlet's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sayso.model.article import Article
from sayso.model.statement import SpeakerKind, Statement

_WORD = re.compile(r"\w+")
_EMPTY = frozenset({"the", "a", "an", "of", "for", "and", "news", "agency", "mr", "mrs", "ms", "dr"})
_PERSONAL = frozenset({"witness", "victim", "medical", "expert", "political", "other", "accused"})
"""Kinds of speakers who speak for themselves even where a body of theirs is named."""


class Origin(NamedTuple):
    """A name to show, and what kind of source it is."""

    name: str
    kind: SpeakerKind


def origin_of(chain: Sequence[Statement], article: Article) -> Origin:
    """Return whose word something is in the end; `chain` are the statements that carry it, outermost first."""
    for statement in reversed(chain):
        if (name := _name(statement)) is not None:
            return Origin(name, statement.speaker_kind)
    return Origin(_publisher(article), "media")


def _name(statement: Statement) -> str | None:
    """Return the name that a statement's speaker counts by; None for one who has none."""
    if statement.on_behalf_of and statement.speaker_kind not in _PERSONAL:
        return statement.on_behalf_of
    named = statement.speaker_id is not None or any(
        word[:1].isupper() for word in (statement.speaker or "").split()[1:]
    )
    return statement.speaker if named else None


def _publisher(article: Article) -> str:
    return article.agency or article.outlet or article.name


def independent(said: Iterable[Origin]) -> list[Origin]:
    """Return the different sources among origins, in order: one whose words hold another's is the same."""
    found: list[tuple[frozenset[str], Origin]] = []
    for origin in said:
        words = _words(origin.name)
        for k, (known, shown) in enumerate(found):
            if words <= known or known <= words:
                longer = words if len(words) > len(known) else known
                found[k] = (longer, origin if longer is words and len(words) > len(known) else shown)
                break
        else:
            found.append((words, origin))
    return [origin for _, origin in found]


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = frozenset(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
    return (words - _EMPTY) or words
