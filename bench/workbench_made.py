"""A made database of any size, fast: a few hundred readings are taken apart once and written again and again.

Each is written with other words of the same length in the place of its marks (`Qplace`, `Qgroup`, ...), so that every
offset still holds. The overview is laid of the same readings by the workbench's own code, and varied alike.
"""

from __future__ import annotations

import gc
import hashlib
import json
import random
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import JSON, Table

from bench import workbench_reports as reports
from sayso.desk import overview_rows, overview_sources
from sayso.export.reconciled import reconcile
from sayso.link.view import Report
from sayso.store import tables
from sayso.store.rebuild import Stored
from sayso.store.rows import article_row, key_of, rows_of
from sayso.store.store import open_store

FOLDER = Path(__file__).parents[1] / ".bench"
EACH = 3
"""Reports an incident."""
AT_ONCE = 2_000
"""Incidents written in one transaction."""
ONE_POINT = 20
"""Every so many incidents one lies on the very same point."""
COUNTRIES = tuple(
    re.findall(
        "..",
        "AFALAOAMAZBDBYBOBABRBGBFBIKHCMTDCLCNCOCDCRCICUCZECEGERETFRGAGEDEGHGRGTGNHTHNINID"
        "IRIQITJMJOKZKEKGLALBLRLYMGMWMLMXMDMNMAMZMMNPNENGPKPEPHPLRORWSNRSSOZASDTJTZTHTNUA",
    )
)
SYLLABLES = (
    "ka",
    "ro",
    "mi",
    "te",
    "sha",
    "bo",
    "le",
    "du",
    "vi",
    "ar",
    "no",
    "se",
    "ha",
    "ia",
    "dro",
    "pe",
    "gu",
    "zo",
)


Marked = tuple[tuple[int, tuple[str, ...]], ...]


class Row(NamedTuple):
    """A row with marks: its cells, and which of them have marks, with these; a number is itself one."""

    cells: tuple[Any, ...]
    marked: Marked


@dataclass(frozen=True, slots=True)
class Template:
    """One incident as three reports tell it: rows by table for each, the overview's row, those of its sources."""

    parts: tuple[dict[str, list[Row]], ...]
    overview: Row
    sources: tuple[Row, ...]


COLUMNS: dict[str, list[str]] = {}
"""The columns of each table in the order of the cells."""


def ready(incidents: int, articles: int) -> Path:
    """Return the database of this size, made where it is not there yet."""
    made_by = (Path(__file__), Path(reports.__file__), Path(tables.__file__))
    shaped_by = (Path(overview_rows.__file__), Path(overview_sources.__file__))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in (*made_by, *shaped_by))).hexdigest()
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"workbench-{incidents}-{articles}-{digest[:12]}.db"
    if not path.exists():
        start = time.perf_counter()
        gc.disable()  # millions of tuples, none of them in a circle
        draft = path.with_suffix(".part")
        for stale in FOLDER.glob(f"workbench-{incidents}-{articles}-*"):
            stale.unlink()
        make(draft, incidents, articles)
        draft.rename(path)
        gc.enable()
        print(f"{path.name} made in {time.perf_counter() - start:.0f} s, {path.stat().st_size / 2**20:.0f} MB")
    return path


def make(path: Path, incidents: int, articles: int) -> None:
    """Write a database of so many incidents; of `articles` what is over three an incident tells of nothing."""
    open_store(str(path), write=True).close()
    templates = [_template(variant) for variant in reports.variants()]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for setting in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {setting}")
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''"
        ).fetchall()
        for name, _ in indexes:  # made again in the end: sorted at once they cost a fraction
            connection.execute(f'DROP INDEX "{name}"')
        for start in range(0, incidents, AT_ONCE):
            connection.execute("BEGIN")
            _write(connection, templates, range(start, min(start + AT_ONCE, incidents)))
            connection.execute("COMMIT")
        _write_calm(connection, incidents * EACH + 1, articles)
        for _, sql in indexes:
            connection.execute(sql)
        connection.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("ANALYZE")


def _write(connection: sqlite3.Connection, templates: Sequence[Template], numbers: range) -> None:
    found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
    for number in numbers:
        _incident(found, templates[number % len(templates)], number)
    for name, rows in found.items():
        columns = ", ".join(f'"{column}"' for column in COLUMNS[name])
        marks = ", ".join("?" * len(COLUMNS[name]))
        connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)


def _incident(found: dict[str, list[tuple[Any, ...]]], template: Template, number: int) -> None:
    """Add the rows of one incident."""
    chance = random.Random(number)
    words, floats = _words(chance, number)
    ids = [f"n{number * EACH + k + 1:07}" for k in range(EACH)]
    keys = [key_of(id, 1, "i1") for id in ids]
    head = min(keys)
    for k, part in enumerate(template.parts):
        own = {**words, "Qidtag": ids[k], "Qincid": keys[k]}
        for name, rows in part.items():
            into = found[name]
            for cells, marked in rows:
                into.append((number * EACH + k + 1, *(_other(cells, marked, own, floats) if marked else cells)))
    found["cluster_member"] += [("incident", key, head) for key in keys]
    for left, right in ((0, 1), (1, 2)):
        pair = sorted((keys[left], keys[right]))
        found["judgement"].append(("incident", *pair, "same", 0.97, "same place, same day", "incidents/1", 1, STAMP))
    accounts = json.dumps([[number * EACH + k + 1, key] for k, key in enumerate(keys)])
    row = _other(*template.overview, {**words, "Qincid": head, "Qaccou": accounts}, floats)
    found["overview"].append((number + 1, *row))
    found["overview_source"] += [(number + 1, *_other(*one, words, floats)) for one in template.sources]


def _other(cells: tuple[Any, ...], marked: Marked, words: dict[str, str], floats: dict[float, float]) -> list[Any]:
    """Return the cells with other words in the place of their marks."""
    made = list(cells)
    for k, marks in marked:
        cell = made[k]
        if marks:
            for mark in marks:
                cell = cell.replace(mark, words[mark])
            made[k] = cell
        else:
            made[k] = floats[cell]
    return made


def _words(chance: random.Random, number: int) -> tuple[dict[str, str], dict[float, float]]:
    """Return what stands in the place of each mark."""
    country = chance.randrange(len(COUNTRIES))
    place = 0 if number % ONE_POINT == 0 else country * 40 + chance.randrange(40)
    spot = random.Random(place)
    latitude, longitude = round(spot.uniform(-40, 60), 4), round(spot.uniform(-120, 150), 4)
    day = date(2008, 1, 1) + timedelta(days=chance.randrange(15 * 365))
    outlets = chance.sample(range(40), 3)
    words = {
        "Qplace": word(place),
        "Qgroup": word(chance.randrange(1500) + 10_000),
        "Qregio": word(country + 20_000),
    }
    words |= {"Qfirst": word(chance.randrange(300) + 30_000), "Qfamil": word(chance.randrange(5_000) + 40_000)}
    words |= {f"Qword{letter}": word(chance.randrange(4_000) + 50_000) for letter in "abcdefgh"}
    words |= {f"Qoutl{letter}": word(outlet + 60_000) for letter, outlet in zip("abc", outlets, strict=True)}
    folded = {mark.lower(): word.lower() for mark, word in words.items()}
    days = {first.isoformat(): _in_month(day, first).isoformat() for first in (reports.FIRST, reports.LAST)}
    days |= {reports.DAY: day.isoformat(), reports.MONTH: day.isoformat()[:7]}
    days |= {out.isoformat(): (day + timedelta(days=k)).isoformat() for k, out in enumerate(reports.PUBLISHED, 1)}
    floats = {reports.LATITUDE: latitude, reports.LONGITUDE: longitude}
    degrees = {str(reports.LATITUDE): str(latitude), str(reports.LONGITUDE): str(longitude)}
    return {**words, **folded, reports.COUNTRY: COUNTRIES[place // 40], **days, **degrees}, floats


def _in_month(day: date, which: date) -> date:
    first = day.replace(day=1)
    return first if which == reports.FIRST else (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


@lru_cache(None)
def word(number: int) -> str:
    """Return an invented word of six letters, always the same for a number."""
    chance = random.Random(number)
    return "".join(chance.choice(SYLLABLES) for _ in range(4))[:6].title()


def _template(variant: reports.Variant) -> Template:
    """Return a template: its readings taken apart, and what the workbench makes of them."""
    readings = [reports.reading(variant, k) for k in range(EACH)]
    stored = [
        Stored(reading=reading, number=k, version=1, current=True, keys={"i1": f"Qincid{k}"}, clusters={})
        for k, reading in enumerate(readings)
    ]
    told = [(one.keyed(), one.keyed().incidents[0]) for one in stored]
    record = reconcile(told, overview_rows.POLICY)
    row = overview_rows.overview_row("Qincid", record, [Report(s, s.keys["i1"]) for s in stored], reviewed=False)
    row |= {"accounts": "Qaccou", "revision": 1, "reviewed": variant.reviewed}
    sources = overview_sources.source_rows(record)
    return Template(
        parts=tuple(_part(reading, k) for k, reading in enumerate(readings)),
        overview=_row(tables.overview, "number", row),
        sources=tuple(_row(tables.overview_source, "overview", one) for one in sources),
    )


def _part(reading: Any, k: int) -> dict[str, list[Row]]:
    own = article_row(reading.article) | {"version": 1, "current": True, "fingerprint": "Qidtag", "linked": "made"}
    own |= {"sayso_version": "0", "ingested_at": STAMP}
    found = {"article": [_row(tables.article, "number", own)]}
    for table, rows in rows_of(reading, k, 1).items():
        for row in rows:
            row.pop("article")
            if table is tables.incident:
                row["key"] = "Qincid"
            found.setdefault(table.name, []).append(_row(table, "article", row))
    return found


MARKS = (*_words(random.Random(0), 0)[0], "Qidtag", "Qincid", "Qaccou")
STAMP = "2024-01-01T00:00:00Z"
COLUMNS["cluster_member"] = ["subject", "key", "cluster"]
COLUMNS["judgement"] = ["subject", "left", "right", "verdict", "score", "reason", "author", "by_rule", "at"]


def _row(table: Table, first: str, row: dict[str, Any]) -> Row:
    """Return a row's cells as SQLite keeps them; the first column is left to be given."""
    names = COLUMNS.setdefault(table.name, [first, *row])
    cells = tuple(_cell(table, name, row[name]) for name in names[1:])
    return Row(cells, tuple((k, marks) for k, cell in enumerate(cells) if (marks := _marks(cell)) is not None))


def _cell(table: Table, name: str, value: Any) -> Any:
    if isinstance(table.c[name].type, JSON) and value != "Qaccou":
        return json.dumps(value)
    return value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, bool) else value


def _marks(cell: Any) -> tuple[str, ...] | None:
    """Return the marks in a cell, in the order in which they are written over; None where it has none."""
    if isinstance(cell, float):
        return () if cell in (reports.LATITUDE, reports.LONGITUDE) else None
    found = tuple(mark for mark in MARKS if mark in cell) if isinstance(cell, str) else ()
    return found or None


def _write_calm(connection: sqlite3.Connection, start: int, articles: int) -> None:
    """Write the articles that tell of nothing, up to so many."""

    def rows() -> Iterator[tuple[Any, ...]]:
        columns = COLUMNS["article"]
        for number in range(start, articles + 1):
            id = f"n{number:07}"
            own = {"number": number, "id": id, "version": 1, "current": 1, "fingerprint": id, "sha256": id, "name": id}
            own |= {"authors": "[]", "published_by": "unknown", "capitals": 0, "notes": "[]", "sayso_version": "0"}
            own |= {"ingested_at": STAMP, "text": f"The council of {word(number)} met.", "offsets": "[[0],[0],[9]]"}
            yield tuple(({"linked": "made"} | own).get(column) for column in columns)

    marks = ", ".join("?" * len(COLUMNS["article"]))
    connection.executemany(f"INSERT INTO article ({', '.join(COLUMNS['article'])}) VALUES ({marks})", rows())
