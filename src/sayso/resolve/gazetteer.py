"""The gazetteer: one SQLite file of countries, regions, towns and areas, looked up by name.

The file is built by `tools/build_gazetteer.py` when sayso is installed and is only ever read here.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from sayso.errors import ConfigurationError

FORMAT = "1"
"""The layout of the file; a file of another layout is refused."""

PATH = Path(__file__).with_name("gazetteer.sqlite")

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, level INTEGER NOT NULL,
  country TEXT, parent INTEGER, latitude REAL, longitude REAL, population INTEGER NOT NULL,
  capital INTEGER NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, n INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (key, n)) WITHOUT ROWID;
"""

_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ə": "a", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)
_MARKS = re.compile(r"['’‘ʻʼ`´ʹʺ\u02bf\u02be]")
_OTHER = re.compile(r"[^\w]+|_+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "and": ""}


class Row(NamedTuple):
    """One place of the gazetteer.

    `n` is the row's number, `id` where it comes from (`geonames:NNN`, `iso3166-2:KZ-23`, `iso3166-1:KZ`, `own:...`).
    `level` is 0 for countries and wider areas, 1 and 2 for regions, 3 for towns. `parent` is the number of the region
    that holds it, None where there is none. Degrees are WGS 84. `population` is 0 where not known, `capital` is 1
    for the seat of a government. `rank` says how the name that was looked up belongs to it: 0 its own, 1 another name,
    2 a former one.
    """

    n: int
    id: str
    name: str
    type: str
    level: int
    country: str | None
    parent: int | None
    latitude: float | None
    longitude: float | None
    population: int
    capital: int = 0
    rank: int = 0


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """Return the key that `name` is looked up by: no accents, case, punctuation, "and"; St. and Mt. spelt out."""
    if not name.isascii():
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        name = "".join(c for c in folded if not unicodedata.combining(c)).translate(_LETTERS)
    words = _OTHER.sub(" ", _MARKS.sub("", name.casefold())).split()
    if len(words) == 1:
        return words[0]
    return " ".join(w for w in (_SHORT.get(w, w) for w in words) if w)


class Gazetteer:
    """An open gazetteer file. Look-ups are cached; a name that is not there gives no rows, never an error."""

    def __init__(self, path: Path = PATH) -> None:
        """Open `path` for reading; raises ConfigurationError where it is missing, broken or of another layout."""
        step = "run `python tools/build_gazetteer.py` or reinstall sayso"
        if not path.is_file():
            raise ConfigurationError("the gazetteer is missing", value=str(path), next_step=step)
        try:
            self._db = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            found = self._db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
            self._db.execute("SELECT n, rank FROM name LIMIT 1").fetchone()
        except sqlite3.Error as error:
            raise ConfigurationError(f"the gazetteer is damaged ({error})", value=str(path), next_step=step) from error
        if found is None or found[0] != FORMAT:
            raise ConfigurationError(
                f"the gazetteer is of layout {found[0] if found else 'unknown'}, this sayso reads {FORMAT}",
                value=str(path), next_step=step,
            )  # fmt: skip
        self._path, self._step = path, step
        self._named: dict[str, tuple[Row, ...]] = {}
        self._rows: dict[int, Row | None] = {}

    def _ask(self, query: str, values: tuple[str | int, ...]) -> list[tuple[object, ...]]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise ConfigurationError(
                f"the gazetteer is damaged ({error})", value=str(self._path), next_step=self._step
            ) from error

    def named(self, name: str) -> tuple[Row, ...]:
        """Return the places of that name, most populous first."""
        return self.keyed(key_of(name))

    def keyed(self, key: str) -> tuple[Row, ...]:
        """Return the places whose name has this key (see `key_of`), most populous first."""
        if key not in self._named:
            if len(self._named) > 50_000:
                self._named.clear()
            self._named[key] = self._look_up(key)
        return self._named[key]

    def _look_up(self, key: str) -> tuple[Row, ...]:
        found = self._ask(
            "SELECT p.*, m.rank FROM name m JOIN place p USING (n) WHERE m.key = ?"
            " ORDER BY p.population DESC, p.level, p.n LIMIT 200",
            (key,),
        )
        return tuple(Row(*values) for values in found)  # type: ignore[arg-type]

    def has(self, keys: Iterable[str]) -> set[str]:
        """Return those of `keys` that some place has."""
        return {key for key in keys if self.keyed(key)}

    def towns(self) -> list[tuple[float, float, str]]:
        """Return latitude, longitude and country of every town."""
        found = self._ask("SELECT latitude, longitude, country FROM place WHERE level = 3 AND country NOT NULL", ())
        return [(float(str(lat)), float(str(lon)), str(country)) for lat, lon, country in found if lat is not None]

    def row(self, n: int | None) -> Row | None:
        """Return the place of that number; None where there is none."""
        if n is None:
            return None
        if n not in self._rows:
            if len(self._rows) > 50_000:
                self._rows.clear()
            found = self._ask("SELECT * FROM place WHERE n = ?", (n,))
            self._rows[n] = Row(*found[0]) if found else None  # type: ignore[arg-type]
        return self._rows[n]

    def identified(self, id: str) -> Row | None:
        """Return the place of an id (`geonames:NNN`); None where there is none. Reads the whole file: 30 ms."""
        found = self._ask("SELECT n FROM place WHERE id = ?", (id,))
        return self.row(int(str(found[0][0]))) if found else None

    def country(self, code: str | None) -> Row | None:
        """Return the country of an ISO 3166-1 alpha-2 code; None where there is none."""
        if code is None:
            return None
        return next((row for row in self.keyed(f"{code.casefold()} country") if row.country == code), None)

    def within(self, row: Row) -> tuple[Row, ...]:
        """Return the regions that hold `row`, from the narrowest to the widest, without the country."""
        found: list[Row] = []
        above = self.row(row.parent)
        while above is not None and len(found) < 4:
            found.append(above)
            above = self.row(above.parent)
        return tuple(found)


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with sayso, opened once."""
    return Gazetteer()
