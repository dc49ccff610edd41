"""What the store keeps to find copies: signatures of articles and the bands by which candidates are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from sayso.store.links import AT_ONCE, batches
from sayso.store.tables import article, copy_band, copy_signature


class KeptSignature(NamedTuple):
    """The signature of an article, by its number, with the article's id and what tells which of copies came first."""

    report: int
    id: str
    published: object
    agency: str | None
    outlet: str | None
    hashes: bytes
    length: int
    digest: bytes


def keep(connection: Connection, report: int, bands: Iterable[int], hashes: bytes, length: int, digest: bytes) -> None:
    """Keep an article's signature under its bands, in the place of one that is kept."""
    forget(connection, [report], [])
    row = {"report": report, "hashes": hashes, "length": length, "digest": digest}
    connection.execute(insert(copy_signature).values(row))
    rows = [{"value": value, "report": report} for value in sorted(set(bands))]
    if rows:
        connection.execute(insert(copy_band).prefix_with("OR IGNORE", dialect="sqlite"), rows)


def forget(connection: Connection, reports: Sequence[int], bands: Iterable[int]) -> None:
    """Take articles' signatures out, and their numbers from these bands."""
    for some in batches(reports, AT_ONCE):
        connection.execute(delete(copy_signature).where(copy_signature.c.report.in_(some)))
    for few in batches(sorted(set(bands)), AT_ONCE):
        gone = copy_band.c.value.in_(few) & copy_band.c.report.in_(list(reports))
        connection.execute(delete(copy_band).where(gone))


def in_bands(connection: Connection, bands: Iterable[int], crowd: int) -> list[int]:
    """Return the numbers of articles in any of these bands, of each band the first so many."""
    found: set[int] = set()
    for value in sorted(set(bands)):
        query = select(copy_band.c.report).where(copy_band.c.value == value).order_by(copy_band.c.report).limit(crowd)
        found.update(row.report for row in connection.execute(query))
    return sorted(found)


def signatures(
    connection: Connection, reports: Iterable[int] | None = None, ids: Iterable[str] | None = None
) -> list[KeptSignature]:
    """Return the signatures of articles by their numbers, or of the newest versions by their ids."""
    columns = [article.c[name] for name in ("id", "published", "agency", "outlet")]
    query = select(copy_signature.c.report, *columns, *(copy_signature.c[n] for n in ("hashes", "length", "digest")))
    query = query.join(article, article.c.number == copy_signature.c.report).order_by(copy_signature.c.report)
    if reports is not None:
        wanted: list[ColumnElement[bool]] = [copy_signature.c.report.in_(some) for some in batches(reports, AT_ONCE)]
    else:
        wanted = [article.c.id.in_(some) & article.c.current for some in batches(ids or (), AT_ONCE)]
    return [KeptSignature(*row) for some in wanted for row in connection.execute(query.where(some))]
