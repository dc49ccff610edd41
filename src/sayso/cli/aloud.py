"""A text of the command line, as an article with its grammar."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from sayso.cli.common import Format, JsonWriter
from sayso.errors import InputError

if TYPE_CHECKING:
    from sayso.model.analysis import Analysis
    from sayso.model.article import Article


def write_plain(found: Iterable[dict[str, Any]], format: Format) -> bool:
    """Write what was found for machines, and say so; False where it is for people."""
    if format is Format.table:
        return False
    with JsonWriter(format) as writer:
        for one in found:
            writer.write(one)
    return True


def analysed(text: str, published: date | None) -> tuple[Article, Analysis]:
    """Return the article that a text makes, and its grammar. Raises InputError where there are no words in it."""
    from sayso.annotate.grammar import analyse
    from sayso.model.article import Article, Block, OffsetMap

    text = text.strip()
    if not text:
        raise InputError("there are no words in it", value=text, next_step="give words in quotation marks")
    article = Article(
        id="words",
        text=text,
        blocks=(Block(start=0, end=len(text), role="body"),),
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name="words",
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        published=published,
    )
    return article, analyse(article)
