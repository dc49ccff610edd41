"""Batches of reports that people give to the workbench: what they are, how far they are, what failed and why.

A batch has sources (an address, a file), numbered from 0. A source that holds several articles, as JSONL does, has an
item for each beside its own: their positions are `(source + 1) * WIDE` and up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import Connection, case, delete, func, insert, select, update

from sayso.desk.errors import NotFoundError
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.store import changes
from sayso.store.clock import now
from sayso.store.fold import sound
from sayso.store.store import Store
from sayso.store.tables import intake, intake_item

Kind = Literal["url", "upload", "path"]
State = Literal["receiving", "waiting", "running", "done", "stopped", "interrupted", "failed"]
GOING: tuple[State, ...] = ("receiving", "waiting", "running")
WIDE = 1_000_000
MOST = 100_000
"""Sources of one batch."""
WAITING, FAILED, SEVERAL = "waiting", "failed", "several"
KEPT = ("stored", "replaced")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch: `done` of its `total` sources are through; so many articles were stored, so many inputs failed."""

    number: int
    what: str
    kind: Kind
    published: date | None
    state: State
    done: int
    stored: int
    failed: int
    author: str
    at: str
    ended: str | None
    error: str | None
    total: int = 0

    @property
    def going(self) -> bool:
        """Whether more will become of it by itself."""
        return self.state in GOING

    @property
    def resumable(self) -> bool:
        """Whether somebody can let it go on, or try again what failed."""
        return not self.going and (self.failed > 0 or self.done < self.total)


class Item(NamedTuple):
    """A source or an article in it, what became of it, the article's id, and why it failed."""

    position: int
    name: str
    outcome: str
    article: str | None
    error: str | None


def begin(
    store: Store, who: Who, kind: Kind, names: Sequence[str], *, published: date | None = None, ready: bool = True
) -> int:
    """Record a batch and return its number; without `ready`, it waits for its files and for `release`.

    Raises ForbiddenError for those who may not take in reports, InputError for none or too many.
    """
    who.needs("admin" if kind == "path" else "reviewer")
    if not names:
        raise InputError("nothing was given to take in", next_step="Give an address, a file or a folder")
    if len(names) > MOST:
        step = "Split it, or use `sayso ingest`"
        raise InputError(f"more than {MOST:,} files at once", value=f"{len(names):,}", next_step=step)
    what = sound(names[0]) if len(names) == 1 else f"{sound(names[0])} and {len(names) - 1:,} more"
    row: dict[str, Any] = {"what": what, "kind": kind, "published": published, "author": sound(who.name), "at": now()}
    row |= {"state": "waiting" if ready else "receiving", "done": 0, "stored": 0, "failed": 0}
    with store.writing() as connection:
        made = connection.execute(insert(intake).values(row)).inserted_primary_key
        assert made is not None
        number = int(made[0])
        items = [
            {"intake": number, "position": k, "name": sound(name), "outcome": WAITING} for k, name in enumerate(names)
        ]
        connection.execute(insert(intake_item), items)
        after = {"kind": kind, "what": what, "sources": len(names)}
        _log(connection, who.name, "took in", number, after)
    return number


def release(store: Store, number: int, refused: dict[int, str]) -> None:
    """Let a batch be read whose files are there, but for those that were `refused`, by position, with the reason."""
    with store.writing() as connection:
        for position, why in refused.items():
            put(connection, number, [Item(position, _name(connection, number, position), FAILED, None, why)])
        connection.execute(update(intake).where(intake.c.number == number).values(state="waiting"))
        settle(connection, number)


def batches(store: Store, limit: int = 50) -> list[Batch]:
    """Return the newest batches, the newest first."""
    with store.reading() as connection:
        rows = connection.execute(_BATCHES.order_by(intake.c.number.desc()).limit(limit)).mappings().all()
    return [Batch(**row) for row in rows]


def batch(store: Store, number: int) -> Batch:
    """Return one batch. Raises NotFoundError where there is none."""
    with store.reading() as connection:
        return _batch(connection, number)


def items(store: Store, number: int, *, failed: bool, after: int = -1, limit: int = 200) -> list[Item]:
    """Return items of a batch by position: those that failed, or all others, which stand after a position."""
    is_failed = intake_item.c.outcome == FAILED
    wanted = select(*_ITEM).where(intake_item.c.intake == number, is_failed if failed else ~is_failed)
    wanted = wanted.where(intake_item.c.position > after).order_by(*_ORDER).limit(limit)
    with store.reading() as connection:
        return [Item(*row) for row in connection.execute(wanted)]


def again(store: Store, number: int, who: Who) -> None:
    """Let a batch go on: sources that failed, or of which a part failed, are read again, and those that wait still.

    Raises InputError where nothing is left to do.
    """
    with store.writing() as connection:
        known = _batch(connection, number)
        who.needs("admin" if known.kind == "path" else "reviewer")
        if not known.resumable:
            raise InputError("nothing is left to read in this batch", value=str(number), next_step="Begin another one")
        of = intake_item.c.intake == number
        positions = connection.execute(select(intake_item.c.position).where(of, intake_item.c.outcome == FAILED))
        sources = {source_of(position) for position in positions.scalars()}
        for source in sources:
            mine = of, intake_item.c.position == source
            connection.execute(update(intake_item).where(*mine).values(outcome=WAITING, error=None))
            drop_parts(connection, number, source)
        values = {"state": "waiting", "ended": None, "error": None}
        connection.execute(update(intake).where(intake.c.number == number).values(values))
        settle(connection, number)
        _log(connection, who.name, "retried", number, {"sources": len(sources)})


def stop(store: Store, number: int, who: Who) -> None:
    """Stop a batch after the article that is being read; what was stored stays."""
    with store.writing() as connection:
        known = _batch(connection, number)
        who.needs("admin" if known.kind == "path" else "reviewer")
        if known.going:
            set_state(connection, number, "stopped")
            _log(connection, who.name, "stopped", number, {"done": known.done, "sources": known.total})


def interrupt(store: Store) -> None:
    """Mark what a server that was ended or killed left in the middle; nobody else may be at work."""
    numbers = left(store)
    with store.writing() as connection:
        for number in numbers:
            set_state(connection, number, "interrupted")


def left(store: Store) -> list[int]:
    """Return the batches that are in the middle."""
    with store.reading() as connection:
        going = intake.c.state.in_(("receiving", "running"))
        return [int(number) for number in connection.execute(select(intake.c.number).where(going)).scalars()]


def next_waiting(store: Store) -> int | None:
    """Return the batch that waits for longest; None where none does."""
    with store.reading() as connection:
        number = connection.execute(select(func.min(intake.c.number)).where(intake.c.state == "waiting")).scalar()
    return None if number is None else int(number)


def next_source(store: Store, number: int) -> Item | None:
    """Return the next source of a batch that is not through; None where all are, or the batch was stopped."""
    of = intake_item.c.intake == number, intake_item.c.position < WIDE, intake_item.c.outcome == WAITING
    with store.reading() as connection:
        if _batch(connection, number).state != "running":
            return None
        row = connection.execute(select(*_ITEM).where(*of).order_by(intake_item.c.position).limit(1)).first()
    return Item(*row) if row else None


def set_state(connection: Connection, number: int, state: State, error: str | None = None) -> None:
    """Record how a batch stands."""
    values = {"state": state, "error": error, "ended": None if state in GOING else now()}
    connection.execute(update(intake).where(intake.c.number == number).values(values))


def put(connection: Connection, number: int, new: Sequence[Item]) -> None:
    """Record items, in the place of those of their positions."""
    for item in new:
        of = intake_item.c.intake == number, intake_item.c.position == item.position
        connection.execute(delete(intake_item).where(*of))
        row = {key: sound(part) if isinstance(part, str) else part for key, part in item._asdict().items()}
        connection.execute(insert(intake_item).values(row | {"intake": number}))


def drop_parts(connection: Connection, number: int, source: int) -> None:
    """Forget the articles of a source, which is then read again."""
    parts = intake_item.c.position.between((source + 1) * WIDE, (source + 2) * WIDE - 1)
    connection.execute(delete(intake_item).where(intake_item.c.intake == number, parts))


def settle(connection: Connection, number: int) -> None:
    """Count a batch anew."""
    through = (intake_item.c.position < WIDE) & (intake_item.c.outcome != WAITING)
    counts = [through, intake_item.c.outcome.in_(KEPT), intake_item.c.outcome == FAILED]
    sums = [func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in counts]
    row = connection.execute(select(*sums).where(intake_item.c.intake == number)).one()
    values = dict(zip(("done", "stored", "failed"), map(int, row), strict=True))
    connection.execute(update(intake).where(intake.c.number == number).values(values))


def source_of(position: int) -> int:
    """Return the source that an item belongs to."""
    return position if position < WIDE else position // WIDE - 1


def part_of(source: int, place: int) -> int:
    """Return the position of a source's article number `place`; those beyond what has room share the last."""
    return (source + 1) * WIDE + min(place, WIDE - 1)


_ITEM = [intake_item.c[name] for name in Item._fields]
_ORDER = (intake_item.c.position,)
_TOTAL = (
    select(func.count())
    .where(intake_item.c.intake == intake.c.number, intake_item.c.position < WIDE)
    .correlate(intake)
    .scalar_subquery()
)
_BATCHES = select(intake, _TOTAL.label("total"))


def _batch(connection: Connection, number: int) -> Batch:
    row = connection.execute(_BATCHES.where(intake.c.number == number)).mappings().first()
    if row is None:
        raise NotFoundError("there is no such batch", value=str(number), next_step="See them all under Intake")
    return Batch(**row)


def _name(connection: Connection, number: int, position: int) -> str:
    of = intake_item.c.intake == number, intake_item.c.position == position
    return cast(str, connection.execute(select(intake_item.c.name).where(*of)).scalar_one())


def _log(connection: Connection, author: str, action: str, number: int, after: Any) -> None:
    changes.record(connection, author=author, action=action, subject="intake", object=str(number), after=after)


def sources_in(path: str) -> Iterator[str]:
    """Yield the files that a path on this machine stands for. Raises InputError where there is nothing to read."""
    from pathlib import Path

    from sayso.read.inputs import files_in

    yield from map(str, files_in(Path(path))) if Path(path).is_dir() else [path]
