"""GVDB: US press reports of shootings against the values that coders marked: who shot whom, where, when, with what.

Input is the set's tab-separated file, one report a row; predictions are JSON lines, one object a report. Measures are
F1 over values that are equal once normalised; docs/evaluation.md says how each is.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from sayso.errors import InputError, SaysoError
from sayso.languages import words
from sayso.model.article import Capture
from sayso.model.claim import Actor, Claim, Value, Victim, Weapon
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.when import When
from sayso.pipeline import read_capture
from sayso.schema.kinds import kinds

Record = dict[str, Any]
FIELDS = (
    "victim name", "victim age", "shooter name", "shooter age", "city", "state", "date", "clock time", "weapon",
)  # fmt: skip
LABELLED = "weapon, labelled"
"""The weapon over those reports only in which the coders marked one."""
UNTYPED = frozenset({"gun", "weapon", "firearm", "bullet", "gunfire", "gunshot", "shot", "round"})
"""Words that tell of a shooting but not of the type of gun, which is what the field asks for."""
TEXT, JSON, TITLE, URL = "Full text", "Json", "Article title", "Article url"
_OUTLET = re.compile(r"\s+[|«»•]\s+|\s[-–—]\s")
"""What stands in a page's title between its headline and the names of the section and the outlet."""
_DAY = re.compile(r"/(20\d\d)([/-]?)(\d\d)\2(\d\d)(?!\d)")
"""The day of publication in an address: /2016/01/07/, /2016-01-07-, /20160107."""


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a GVDB file; columns that a row lacks are empty. Raises InputError where it has no text column.

    The set puts no quotes around its columns; a copy that does (as spreadsheets write them) is read as such.
    """
    csv.field_size_limit(sys.maxsize)
    text = path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", " ")
    quoted = re.search(r"(?:^|\t)\"(?:\{\"\"|Full text\")", text, re.M)
    reader = csv.DictReader(
        io.StringIO(text, newline=""),
        delimiter="\t",
        restval="",
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    if TEXT not in (reader.fieldnames or ()):
        raise InputError(
            f"no column {TEXT!r} in this file", value=str(path), next_step="give GVDB's tab-separated file"
        )
    yield from reader


def capture_of(row: dict[str, str], name: str) -> Capture:
    """Return a row's report: the page's title, which runs straight into the text, is set apart as its headline.

    Some rows keep the page's character references ("&#39;"), which are resolved.
    """
    text, title = unescape(row[TEXT]), unescape(row.get(TITLE) or "").strip()
    headline = _OUTLET.split(title)[0] if title and text.startswith(title) else None
    return Capture(
        name=name,
        content=text[len(title) :].lstrip() if headline else text,
        media_type="text",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=headline,
        url=row.get(URL) or None,
        published=_published(row.get(URL) or ""),
    )


def _published(url: str) -> date | None:
    """Return the day of publication that an address gives; None for none."""
    match = _DAY.search(url)
    try:
        return date(int(match[1]), int(match[3]), int(match[4])) if match else None
    except ValueError:
        return None


def predict(input: Path, out: Path) -> None:
    """Read every report of `input` and write what was found to `out`, one JSON object a line."""
    with out.open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows(input), 1):
            try:
                record = record_of(read_capture(capture_of(row, f"{input.name}:{number}")))
            except SaysoError:
                record = {}
            file.write(json.dumps({"row": number, **record}, ensure_ascii=False, sort_keys=True) + "\n")


LEAST = {"victim": 0.5, "perpetrator": 0.3, "where": 0.1, "age": 0.3}
"""How sure a reading must be of a named person, a place or somebody's part for it, or the age, to be given."""
TOWN = 0.2
"""What a town has before a quarter or a county that a reading is as sure of: the field asks for the town."""


def record_of(reading: Reading) -> Record:
    """Return the values of a reading's main incidents, in the words of the fields; absent where nothing was found."""
    main = [i for i in reading.incidents if not i.background and kinds()[i.kind].family == "violence"]
    victims, shooters = _people(reading, main, "victim"), _people(reading, main, "perpetrator")
    shot = {n for n, c in victims.items() if c.confidence >= shooters.get(n, c).confidence}
    did = {n for n, c in shooters.items() if c.confidence >= victims.get(n, c).confidence}
    where = sorted(_claims(main, "where"), key=lambda c: -c.confidence - TOWN * _is_town(c.value))
    places = [c.value for c in where if isinstance(c.value, Place) and c.confidence >= LEAST["where"]]
    whens = [c.value for c in _claims(main, "when") if isinstance(c.value, When)]
    firearms = words("weapons")["classes"]["firearm"]
    weapons = [c.value for c in _claims(main, "weapon") if isinstance(c.value, Weapon)]
    guns = {weapon_key(w.name): w.name for w in weapons if w.kind in firearms}
    cities = [p for p in places if _local(p)] or _cities(reading)
    return {
        "victim name": sorted(shot),
        "victim age": _ages(reading, main, "victim"),
        "shooter name": sorted(did),
        "shooter age": _ages(reading, main, "perpetrator"),
        "city": [p.names[0] for p in cities][:1],
        "state": [p.admin for p in (*cities[:1], *places, *cities) if p.admin][:1],
        "date": [w.edtf for w in whens if re.fullmatch(r".{4}-\d\d-\d\d", w.edtf)][:1],
        "clock time": _clocks(reading, main)[:1],
        "weapon": sorted(name for key, name in guns.items() if key not in UNTYPED),
    }


def _people(reading: Reading, main: list[Incident], slot: str) -> dict[str, Claim]:
    """Return the persons who are named in a slot, by name, each with the surest of the claims that say so."""
    found: dict[str, Claim] = {}
    for claim in _claims(main, slot):
        value = claim.value
        if not isinstance(value, Victim | Actor) or not value.name or not value.name[:1].isupper():
            continue
        if claim.confidence < LEAST[slot]:
            continue
        unknown = value.entity is None and claim.maker.startswith("model")
        name = _full(reading, value.name)
        if (unknown or _named(reading, value.entity)) and claim.confidence > _sure(found.get(name)):
            found[name] = claim
    return found


def _full(reading: Reading, name: str) -> str:
    """Return a lone surname with the given name that the report has before it elsewhere; other names as they are."""
    if len(name.split()) > 1:
        return name
    given = set(words("forenames").get("male", ())) | set(words("forenames").get("female", ()))
    pattern = rf"\b([A-Z][\w'-]+)((?: [A-Z]\.?)? {re.escape(name)})\b"
    return next((m[0] for m in re.finditer(pattern, reading.article.text) if m[1].lower() in given), name)


def _sure(claim: Claim | None) -> float:
    return claim.confidence if claim else 0.0


def _ages(reading: Reading, main: list[Incident], slot: str) -> list[str]:
    values = [c.value for c in _claims(main, slot) if c.confidence >= LEAST["age"]]
    return sorted({age for v in values if isinstance(v, Victim | Actor) and (age := _age(reading, v.entity))})


def _clocks(reading: Reading, main: list[Incident]) -> list[str]:
    """Return the times of day in the words that date the incidents or tell how they came about.

    Where those have none, the times of day of the whole report, which tells of one shooting as a rule.
    """
    spans = {s for i in main for slot in ("when", "circumstance") for c in i.of(slot) for s in c.evidence}
    told = [(t.span, t.when.clock) for t in reading.times if main and t.when and t.when.clock]
    return [clock for span, clock in told if span in spans] or [clock for _, clock in told]


def _is_town(value: Value) -> bool:
    return isinstance(value, Place) and value.type == "city"


def _local(place: Place) -> bool:
    """Say whether a place is a town, a part of one or a county, and no building, state or country."""
    return place.type in ("city", "area", "neighbourhood") or (place.type == "region" and len(place.names) > 2)


def _cities(reading: Reading) -> list[Place]:
    """Return the towns that the report names as places, for reports whose incidents have none."""
    return [m.place for m in reading.places if m.place.type == "city" and m.use in ("dateline", "locative")]


def _named(reading: Reading, id: str | None) -> bool:
    """Say whether an entity is a person with a name, not only a description."""
    entity = reading.entity(id)
    return bool(entity and entity.kind == "person" and any(m.form == "name" for m in entity.mentions))


def _claims(incidents: list[Incident], slot: str) -> list[Claim]:
    return [c for incident in incidents for c in incident.claims if c.slot == slot and c.stance != "denies"]


def _age(reading: Reading, id: str | None) -> str | None:
    entity = reading.entity(id)
    fact = entity.fact("age") if entity else None
    return fact.value if fact else None


def gold_record(text: str) -> Record:
    """Return the values of a row's JSON column, by the same fields; absent where the coders filled none."""
    raw = json.loads(text)
    when, circumstances = raw.get("date-and-time") or {}, raw.get("circumstances") or {}

    def words_of(value: Any) -> list[str]:
        found = value.get("value") if isinstance(value, dict) else value
        return [str(found)] if found and found != "Unclear" else []

    record: Record = {
        "city": words_of(when.get("city")),
        "state": [s.rpartition(" - ")[2] for s in words_of(when.get("state"))],
        "date": words_of(when.get("date")),
        "clock time": words_of(when.get("clock-time")),
        "weapon": words_of(circumstances.get("type-of-gun")),
    }
    for role in ("victim", "shooter"):
        for field in ("name", "age"):
            people = raw.get(f"{role}-section") or ()
            record[f"{role} {field}"] = [v for person in people for v in words_of(person.get(field))]
    return record


def _gold(path: Path) -> Iterator[tuple[int, Record]]:
    """Yield number and values of the rows that were coded. Raises InputError where a row's JSON cannot be read."""
    for number, row in enumerate(rows(path), 1):
        if (text := (row.get(JSON) or "").strip()) in ("", "null", "NULL", "{}"):
            continue
        try:
            yield number, gold_record(text)
        except (ValueError, TypeError, AttributeError) as error:
            raise InputError(
                "this row's Json column cannot be read", value=f"{path}:{number}", next_step="mend it or leave it empty"
            ) from error


# --- when are two values the same -------------------------------------------------------------------------------------


def _letters(text: str) -> str:
    text = unicodedata.normalize("NFKD", unescape(text)).casefold()
    return "".join(c for c in text if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


def name_key(text: str) -> str:
    """Return first and last word of a name: no title, nickname, middle name or "Jr."."""
    text = re.sub(r"[\"“‘'(][^\"”’')]*[\"”’')]", " ", _letters(text))
    dropped = {"jr", "sr", "ii", "iii", "iv", *(t.rstrip(".") for t in words("titles").get("any", ()))}
    tokens = [t for t in re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", text) if t not in dropped and len(t) > 1]
    return " ".join(tokens if len(tokens) < 2 else (tokens[0], tokens[-1]))


def age_key(text: str) -> str:
    """Return years as digits; empty where the words give no number."""
    match = re.search(r"\d+", text)
    if match:
        return match[0]
    small = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return next((str(n) for n, word in enumerate(small, 1) if word in re.findall(r"[a-z]+", text.lower())), "")


def clock_key(text: str) -> str:
    """Return HH:MM of the first time in the words; HH:MM? where neither the half of the day nor 24 hours are clear."""
    lowered = text.lower()
    if "noon" in lowered and "after" not in lowered:
        return "12:00"
    if "midnight" in lowered:
        return "00:00"
    match = re.search(r"(\d{1,2})(?::(\d{2}))?\s*(a|p)?", lowered)
    if not match or int(match[1]) > 24:
        return ""
    hour, minute, half = int(match[1]), match[2] or "00", match[3]
    if half:
        return f"{hour % 12 + 12 * (half == 'p'):02}:{minute}"
    return f"{hour:02}:{minute}" if hour > 12 or match[1].startswith("0") else f"{hour:02}:{minute}?"


def weapon_key(text: str) -> str:
    """Return the last word in the singular: "a .380 handgun" and "handguns" are the same."""
    tokens = re.findall(r"[a-z0-9][a-z0-9-]*", _letters(text))
    return tokens[-1].removesuffix("s") if tokens else ""


def place_key(text: str) -> str:
    """Return the letters of the name in small, without "the", "city of" and what follows a comma.

    Of a value that runs over lines (a coder's mark that took in the page's title) the last line counts.
    """
    last = next((line for line in reversed(text.splitlines()) if line.strip()), "")
    return " ".join(re.findall(r"\w+", _letters(last).partition(",")[0])).removeprefix("the ").removeprefix("city of ")


def date_key(text: str) -> str:
    """Return YYYY-MM-DD, the year XXXX where it is not known."""
    match = re.fullmatch(r"(\w{4})-(\d{1,2})-(\d{1,2})", text.strip())
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text


KEYS: dict[str, Callable[[str], str]] = {
    "name": name_key, "age": age_key, "city": place_key, "state": place_key, "date": date_key, "time": clock_key,
    "weapon": weapon_key,
}  # fmt: skip


def _same(field: str, gold: str, found: str) -> bool:
    if field == "date" and (found.startswith("XXXX") or gold.startswith("XXXX")):
        return gold[4:] == found[4:]
    if field == "clock time" and (gold.endswith("?") or found.endswith("?")):
        (g, _, gm), (f, _, fm) = gold.rstrip("?").partition(":"), found.rstrip("?").partition(":")
        return (int(g) % 12, gm) == (int(f) % 12, fm)
    return gold == found


def counts_of(gold: Path, predictions: Path) -> dict[str, tuple[int, int, int]]:
    """Return, by field, how many values are right, in the gold and in the predictions, over the coded rows."""
    found = {r["row"]: r for r in map(json.loads, predictions.read_text(encoding="utf-8").splitlines())}
    total = dict.fromkeys((*FIELDS, LABELLED), (0, 0, 0))
    for number, record in _gold(gold):
        for field in FIELDS:
            key = KEYS[field.split()[-1]]
            wanted = sorted({k for v in record[field] if (k := key(v))})
            got = sorted({k for v in found.get(number, {}).get(field, ()) if (k := key(v))})
            right = sum(any(_same(field, w, g) for g in got) for w in wanted)
            for name in (field, LABELLED) if field == "weapon" and wanted else (field,):
                r, w, g = total[name]
                total[name] = (r + min(right, len(got)), w + len(wanted), g + len(got))
    return total


def measures(gold: Path, predictions: Path) -> dict[str, float]:
    """Return F1 of each field in per cent."""
    return {f: 200 * r / (w + g) if w + g else 0.0 for f, (r, w, g) in counts_of(gold, predictions).items()}


def score(gold: Path, predictions: Path) -> str:
    """Return the measures as a table for people."""
    lines = [f"{'':16} {'gold':>5} {'found':>5} {'right':>5} {'P':>6} {'R':>6} {'F':>6}"]
    for field, (r, w, g) in counts_of(gold, predictions).items():
        p, q, f = (100 * a / b if b else 0.0 for a, b in ((r, g), (r, w), (2 * r, w + g)))
        lines.append(f"{field:16} {w:5} {g:5} {r:5} {p:6.2f} {q:6.2f} {f:6.2f}")
    return "\n".join(lines)
