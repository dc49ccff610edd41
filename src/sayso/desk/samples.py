"""Random samples of records or articles, judged blind: drawn once, coded before the program's answer is shown.

A sample of records gives precision: of what the program holds, how much is right; recall only of the slots of the
incidents that it found. A sample of articles gives recall of incidents too.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, insert, select, update

from sayso.desk.errors import ForbiddenError, NotFoundError
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.store import changes
from sayso.store.clock import now
from sayso.store.fold import sound
from sayso.store.store import Store
from sayso.store.tables import article, sample, sample_item

Subject = Literal["incident", "article"]
MOST = 2_000
"""No sample is larger: somebody has to judge it."""
SEEDS = 2**31
Marks = dict[str, str]
MARKS: tuple[str, ...] = ("right", "wrong", "missed", "absent")
"""What a judge says of a slot or an incident: `right` (the program has it, rightly), `wrong` (it has it, wrongly),
`missed` (the text gives it, the program has it not), `absent` (neither has it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample: `size` of a `population`, drawn with `seed`; `filter` is the list's query string, empty for all."""

    number: int
    subject: Subject
    size: int
    population: int
    seed: int
    filter: str
    author: str
    at: str


class Sampled(NamedTuple):
    """One thing of a sample: its place, its key or id, what was coded and marked; None where nothing yet."""

    position: int
    object: str
    coded: dict[str, Any] | None
    matched: dict[str, Any] | None
    judge: str | None
    at: str | None


def draw(
    store: Store,
    who: Who,
    subject: Subject,
    population: Sequence[str],
    size: int,
    *,
    seed: int | None = None,
    filter: str = "",
) -> int:
    """Draw a simple random sample without replacement, fix it, and return its number.

    `population` are the keys or ids to draw from; they are put in order first, so that the seed gives the same sample
    of the same population (Python's `random.Random`, Mersenne Twister). None draws a seed. Raises InputError for a size
    or seed that cannot be.
    """
    who.needs("reviewer")
    every = sorted(set(population))
    if not 1 <= size <= min(MOST, len(every)):
        raise InputError(
            f"a sample holds from 1 to {min(MOST, len(every)):,} of these {len(every):,}",
            value=str(size),
            next_step="Nothing was drawn" if every else "There is nothing to draw from: choose another filter",
        )
    seed = random.SystemRandom().randrange(SEEDS) if seed is None else seed
    if not 0 <= seed < SEEDS:
        raise InputError(f"a seed is a whole number from 0 to {SEEDS - 1}", value=str(seed), next_step="Give another")
    drawn = random.Random(seed).sample(every, size)
    row = {"subject": subject, "size": size, "population": len(every), "seed": seed, "filter": {"query": filter}}
    with store.writing() as connection:
        made = connection.execute(insert(sample).values(**row, author=sound(who.name), at=now())).inserted_primary_key
        assert made is not None
        items = [{"sample": made[0], "position": k, "object": object} for k, object in enumerate(drawn, 1)]
        connection.execute(insert(sample_item), items)
        of = {"author": who.name, "subject": "sample", "object": str(made[0])}
        changes.record(connection, **of, action="drew a sample", after=row)
    return int(made[0])


def articles(connection: Connection) -> list[str]:
    """Return the ids of all newest versions of articles."""
    return [row.id for row in connection.execute(select(article.c.id).where(article.c.current))]


def samples(connection: Connection) -> list[Sample]:
    """Return all samples, the newest first."""
    return [_sample(row) for row in connection.execute(select(sample).order_by(sample.c.number.desc()))]


def sample_of(connection: Connection, number: int) -> Sample:
    """Return the sample of a number. Raises NotFoundError where there is none."""
    known = 0 < number < 2**63  # what the database can be asked for
    row = connection.execute(select(sample).where(sample.c.number == number)).first() if known else None
    if row is None:
        raise NotFoundError("there is no such sample", value=str(number), next_step="/samples lists them")
    return _sample(row)


def _sample(row: Any) -> Sample:
    own = {name: getattr(row, name) for name in ("number", "subject", "size", "population", "seed", "author", "at")}
    return Sample(**own, filter=row.filter.get("query", ""))


def items_of(connection: Connection, number: int) -> list[Sampled]:
    """Return what a sample holds, in the order of drawing."""
    query = select(*(sample_item.c[name] for name in Sampled._fields)).where(sample_item.c.sample == number)
    return [Sampled(*row) for row in connection.execute(query.order_by(sample_item.c.position))]


def item_of(connection: Connection, number: int, position: int) -> Sampled:
    """Return one thing of a sample. Raises NotFoundError where there is none."""
    own = items_of(connection, sample_of(connection, number).number)
    found = next((one for one in own if one.position == position), None)
    if found is None:
        raise NotFoundError(
            "the sample holds no such thing", value=f"{number}, {position}", next_step="Open the sample"
        )
    return found


def answer_may_be_shown(item: Sampled) -> None:
    """Raise ForbiddenError while a thing has not been coded: what the program holds is not to be seen before."""
    if item.coded is None:
        raise ForbiddenError(
            "what the program holds is shown once you have coded the text yourself",
            value=item.object,
            next_step="Code it first",
        )


def code(store: Store, who: Who, number: int, position: int, coded: dict[str, Any]) -> None:
    """Keep what a judge reads in the text, once and for all. Raises InputError where it was coded before."""
    who.needs("reviewer")
    with store.writing() as connection:
        item = item_of(connection, number, position)
        if item.coded is not None:
            raise InputError(
                f"this was coded by {item.judge} and its answer shown",
                value=item.object,
                next_step="Go on with the next",
            )
        _put(connection, who, number, item, "coded", coded)


def mark(store: Store, who: Who, number: int, position: int, marks: dict[str, Any]) -> None:
    """Keep what a judge finds right, wrong and missed; may be done anew. Raises ForbiddenError before the coding.

    Of a record, `marks` has a mark for each slot; of an article `right`, `wrong` and `missed` count incidents.
    """
    who.needs("reviewer")
    with store.writing() as connection:
        item = item_of(connection, number, position)
        answer_may_be_shown(item)
        if sample_of(connection, number).subject == "incident":
            strange = [said for said in marks.values() if said not in MARKS]
        else:
            strange = [name for name, n in marks.items() if name not in MARKS[:3] or not isinstance(n, int) or n < 0]
        if strange or not marks:
            raise InputError(f"a mark is {', '.join(MARKS)}", value=str(strange[:1]), next_step="Mark each")
        _put(connection, who, number, item, "matched", marks)


def _put(connection: Connection, who: Who, number: int, item: Sampled, column: str, value: dict[str, Any]) -> None:
    where = (sample_item.c.sample == number, sample_item.c.position == item.position)
    row = {column: value, "judge": sound(who.name), "at": now()}
    connection.execute(update(sample_item).where(*where).values(row))
    done = "coded a sample's item" if column == "coded" else "marked a sample's item"
    of = {"subject": "sample", "object": f"{number}", "before": getattr(item, column)}
    changes.record(connection, author=who.name, action=done, **of, after={"item": item.position, column: value})
