"""What a case holds: incidents, people and articles by their keys, and what each of them is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from sqlalchemy import Connection, delete, insert, select, update

from sayso.desk import cases
from sayso.desk.alleged import Alleged, alleged_each
from sayso.desk.errors import NotFoundError
from sayso.errors import InputError
from sayso.export.dossier import name_of
from sayso.link.judge import known
from sayso.merge.entities import sketch_from
from sayso.store.fold import sound
from sayso.store.links import Links, batches
from sayso.store.store import Store, now
from sayso.store.tables import article, case_item, incident, overview

ItemSubject = Literal["incident", "entity", "article"]
AT_ONCE = 500
MOST_ITEMS = 2_000
"""Things that one case may hold."""
LOOKED_AT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing in a case: its key as it was put in, with a note, who put it in, and when."""

    subject: ItemSubject
    object: str
    note: str
    author: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A thing in a case as it is now.

    `key` leads to it: that of the cluster in which it is now; `members` are the keys of all accounts in that. `body` is
    the row of the overview for an incident, `alleged` how a person stands. `gone` says that nothing stands there any
    more. `line` is what it is in words.
    """

    item: Item
    key: str
    line: str
    members: tuple[str, ...]
    gone: bool
    body: Mapping[str, Any] | None = None
    alleged: tuple[Alleged, ...] = ()

    @property
    def path(self) -> str:
        """The beginning of the address of its page."""
        return {"incident": "/incident/", "entity": "/entity/", "article": "/article/"}[self.item.subject]


def items(store: Store, number: int) -> list[Item]:
    """Return what a case holds, by kind, then in the order in which it was put in."""
    with store.reading() as connection:
        return _items(connection, number)


def _items(connection: Connection, number: int) -> list[Item]:
    query = select(case_item).where(case_item.c.case == number).order_by(case_item.c.at, case_item.c.object)
    columns = Item.__slots__
    found = [Item(**{name: getattr(row, name) for name in columns}) for row in connection.execute(query)]
    order = get_args(ItemSubject)
    return sorted(found, key=lambda item: order.index(item.subject))


def add(store: Store, number: int, subject: str, object: str, *, author: str, note: str = "") -> Item:
    """Put a thing into a case; one that is there already gets the note, if one is given.

    Raises NotFoundError for a case or a thing that is not there, and InputError for a note that is too long, a closed
    case, or one that is full.
    """
    with store.writing() as connection:
        return _added(connection, number, subject, object, author, note)


def add_to_new(store: Store, title: str, subject: str, object: str, *, author: str, note: str = "") -> int:
    """Make a case with one thing in it, both or neither, and return its number. Errors as `make` and `add`."""
    with store.writing() as connection:
        number = cases.made(connection, title, author=author)
        _added(connection, number, subject, object, author, note)
        return number


def _added(connection: Connection, number: int, subject: str, object: str, author: str, note: str) -> Item:
    case = cases._found(connection, number)
    note = cases.note_of(note)
    if case.closed:
        raise InputError("this case is closed", value=case.title, next_step="Open it again first")
    if case.items >= MOST_ITEMS:
        raise InputError(f"holds {MOST_ITEMS:,} things already", value=case.title, next_step="Make another case")
    key = whole_key(connection, subject, object)
    there = next((i for i in _items(connection, number) if (i.subject, i.object) == (subject, key)), None)
    if there:
        return _noted(connection, number, there, note, author) if note and note != there.note else there
    item = Item(subject=cast(ItemSubject, subject), object=key, note=note, author=sound(author), at=now())
    row = {name: getattr(item, name) for name in Item.__slots__}
    connection.execute(insert(case_item).values(case=number, **row))
    after = {"subject": subject, "object": key} | ({"note": note} if note else {})
    cases.log(connection, number, f"put in {_a(subject)}", author, after=after)
    return item


def _a(subject: str) -> str:
    return {"incident": "an incident", "entity": "a person or group", "article": "an article"}[subject]


def annotate(store: Store, number: int, subject: str, object: str, note: str, *, author: str, seen: int) -> Item:
    """Give a thing in a case another note. Raises NotFoundError, StaleError and InputError as `edit` does."""
    with store.writing() as connection:
        cases.check_fresh(connection, cases._found(connection, number), seen)
        return _noted(connection, number, _item(connection, number, subject, object), cases.note_of(note), author)


def _noted(connection: Connection, number: int, item: Item, note: str, author: str) -> Item:
    if note == item.note:
        return item
    connection.execute(update(case_item).where(*_of(number, item.subject, item.object)).values(note=note))
    told = {"subject": item.subject, "object": item.object}
    cases.log(connection, number, "noted", author, before=told | {"note": item.note}, after=told | {"note": note})
    return Item(subject=item.subject, object=item.object, note=note, author=item.author, at=item.at)


def remove(store: Store, number: int, subject: str, object: str, *, author: str) -> None:
    """Take a thing out of a case. Raises NotFoundError where the case, or the thing in it, is not there."""
    with store.writing() as connection:
        cases._found(connection, number)
        item = _item(connection, number, subject, object)
        connection.execute(delete(case_item).where(*_of(number, subject, item.object)))
        before = {"subject": subject, "object": item.object} | ({"note": item.note} if item.note else {})
        cases.log(connection, number, f"took out {_a(subject)}", author, before=before)


def _of(number: int, subject: str, object: str) -> tuple[Any, ...]:
    return (case_item.c.case == number, case_item.c.subject == subject, case_item.c.object == sound(object))


def _item(connection: Connection, number: int, subject: str, object: str) -> Item:
    found = [i for i in _items(connection, number) if (i.subject, i.object) == (subject, sound(object))]
    if not found:
        raise NotFoundError("this is not in the case", value=object, next_step="The page of the case has all it holds")
    return found[0]


def whole_key(connection: Connection, subject: str, object: str) -> str:
    """Return the whole key of a thing. Raises NotFoundError where there is none, InputError for an unknown kind."""
    given = sound(object).strip()
    if subject == "article":
        found = connection.execute(select(article.c.id).where(article.c.id == given).limit(1)).scalar()
    elif subject == "incident":
        found = connection.execute(select(incident.c.key).where(incident.c.key == given.lower())).scalar()
        found = found or _begun(connection, given)
    elif subject == "entity":
        try:
            found = known(Links(connection, "entity"), given)
        except InputError as error:
            raise NotFoundError(error.message, value=given, next_step="Search for the name") from error
    else:
        allowed = ", ".join(get_args(ItemSubject))
        raise InputError("no such kind of thing", value=subject, next_step=f"A case holds: {allowed}")
    if found is None:
        raise NotFoundError(f"no such {subject}", value=given, next_step=f"Open the {subject}'s page and add it there")
    return str(found)


def _begun(connection: Connection, given: str) -> str | None:
    """Return the only incident whose key begins so; None where there is none, or several."""
    if len(given) < 4:
        return None
    query = select(incident.c.key).where(incident.c.key.startswith(given.lower(), autoescape=True)).limit(2)
    rows = connection.execute(query).all()
    return rows[0].key if len(rows) == 1 else None


def shown(store: Store, of: Iterable[Item]) -> list[Shown]:
    """Return what things in a case are now, in their order."""
    with store.reading() as connection:
        every = list(of)
        by_subject = {subject: [i for i in every if i.subject == subject] for subject in get_args(ItemSubject)}
        made = {id(one.item): one for one in _incidents(connection, by_subject["incident"])}
        made |= {id(one.item): one for one in _entities(connection, by_subject["entity"])}
        made |= {id(one.item): one for one in _articles(connection, by_subject["article"])}
        return [made[id(item)] for item in every]


def _incidents(connection: Connection, of: list[Item]) -> Iterable[Shown]:
    links = Links(connection, "incident")
    clusters = links.clusters_of(item.object for item in of)
    members = links.members(set(clusters.values()))
    keys = {item.object: clusters.get(item.object, item.object) for item in of}
    rows: dict[str, Any] = {}
    for some in batches(sorted(set(keys.values())), AT_ONCE):
        columns = (overview.c.key, overview.c.gone, overview.c.body)
        rows |= {row.key: row for row in connection.execute(select(*columns).where(overview.c.key.in_(some)))}
    standing = _standing(connection, [item.object for item in of])
    for item in of:
        key = keys[item.object]
        row = rows.get(key)
        body = row.body if row and not row.gone else None
        yield Shown(
            item=item,
            key=key,
            line=_line(body) if body else "not summarised yet",
            members=tuple(members.get(key, [key])),
            gone=item.object not in standing,
            body=body,
        )


def _standing(connection: Connection, keys: list[str]) -> set[str]:
    """Return the incidents that stand: not taken out by a correction, in the newest version of their articles."""
    found: set[str] = set()
    for some in batches(keys, AT_ONCE):
        query = select(incident.c.key).join(article, article.c.number == incident.c.article)
        query = query.where(incident.c.key.in_(some), article.c.current, incident.c.retired.is_(None))
        found |= {row.key for row in connection.execute(query)}
    return found


def _line(body: Mapping[str, Any]) -> str:
    place = ", ".join(filter(None, [body.get("place"), body.get("country")]))
    return "; ".join(filter(None, [body.get("kind"), body.get("when") or "day not known", place or "place not known"]))


def _entities(connection: Connection, of: list[Item]) -> Iterable[Shown]:
    links = Links(connection, "entity")
    clusters = links.clusters_of(item.object for item in of)
    members = links.members(set(clusters.values()))
    keys = [clusters.get(item.object, item.object) for item in of]
    own = [members.get(key, [key]) for key in keys]
    wanted = [{*some[:LOOKED_AT], item.object} for some, item in zip(own, of, strict=True)]
    kept = {key: (one.report, sketch_from(one.body)) for key, one in links.by_keys(set().union(*wanted)).items()}
    sketches = [[kept[key] for key in sorted(some) if key in kept] for some in wanted]
    stands = alleged_each(connection, [{(number, one.id) for number, one in some} for some in sketches])
    for item, key, some, read, stand in zip(of, keys, own, sketches, stands, strict=True):
        line = name_of([one.name for _, one in read]) if read else item.object
        gone = item.object not in kept
        yield Shown(item=item, key=key, line=line, members=tuple(some), gone=gone, alleged=stand)


def _articles(connection: Connection, of: list[Item]) -> Iterable[Shown]:
    rows: dict[str, Any] = {}
    columns = (article.c.id, article.c.title, article.c.outlet, article.c.agency, article.c.name, article.c.published)
    for some in batches([item.object for item in of], AT_ONCE):
        query = select(*columns).where(article.c.id.in_(some), article.c.current)
        rows |= {row.id: row for row in connection.execute(query)}
    for item in of:
        row = rows.get(item.object)
        day = f"{row.published.day} {row.published:%B} {row.published.year}" if row and row.published else None
        told = [row.title or row.name, row.outlet or row.agency, day] if row else [item.object]
        line = ", ".join(part for part in told if part)
        yield Shown(item=item, key=item.object, line=line, members=(item.object,), gone=row is None)
