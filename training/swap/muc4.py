"""A file of MUC-4 reports and its key with all names swapped, so that the scorer works on them as on the old."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sayso.clean.article import article_of
from sayso.errors import SaysoError
from sayso.evaluate.muc4 import header_day
from sayso.evaluate.muc4_format import SLOTS
from sayso.model.article import Article, Capture
from training.swap.cast import folded
from training.swap.dates import MONTHS
from training.swap.lists import country_words, given_names, known_groups, titles
from training.swap.reading import names_of
from training.swap.swap import Name, Swapped, swap

_ID = re.compile(r"^[ \t]*([A-Z0-9]+-MUC\d-\d+)\b[^\n]*$", re.M)
_NAMES = "|".join(re.escape(slot).replace(r"\ ", r"\s+") for slot in SLOTS)
_SLOT = re.compile(rf"^(\s*(\d+)\.\s+)({_NAMES})(\s*)(.*)$", re.I)
_ELEMENT = re.compile(r"([A-Z0-9Ñ'.\- ]+?)\s*\(([A-Z ?]+)\)")
_SOURCE = re.compile(r"\d\d?\s+[A-Z]{3}\s+\d\d\s*\(([^()]{2,60})\)")
_NATION = {"united states": "US", "ussr": "RU", "united kingdom": "GB"}
KINDS = dict.fromkeys(["CITY", "TOWN", "MUNICIPALITY", "CAPITAL", "PORT"], "city") | dict.fromkeys(
    ["DEPARTMENT", "PROVINCE", "STATE", "OFFICIAL REGION", "REGION"], "region"
)
"""Types of the set list of places; all others are areas."""
BUILT = frozenset(
    ["UNIVERSITY", "SCHOOL", "AIRPORT", "AIR BASE", "AIR FIELD", "COUNTRY", "ZONE", "MILITARY BASE", "JAIL", "PRISON"]
)
"""Types whose names are phrases, in which only the names within are swapped."""
_DAY = re.compile(r"\b(\d{1,2})\s+([A-Z][A-Za-z]{2})\s+(\d\d)\b")
Key = list[str]


def swap_files(text: Path, key: Path, out: Path, seed: int) -> tuple[Path, Path]:
    """Write the swapped text and key into `out`, under the names of the old; return the two paths.

    `countries.tsv` beside them says which country (ISO code) stands in for which in each report.

    Each report has a generator of its own, so that what becomes of it does not hang on the others.
    """
    content = text.read_text(encoding="latin-1")
    keys = _by_message(key.read_text(encoding="latin-1"))
    out.mkdir(parents=True, exist_ok=True)
    texts, lines, pairs = [], [], ["message\told\tnew"]
    marks = list(_ID.finditer(content))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        body = content[mark.end() : after.start() if after else len(content)]
        swapped = swap_message(mark[1], body, keys.get(mark[1], []), seed)
        texts.append(content[mark.start() : mark.end()] + swapped.text)
        pairs += [f"{mark[1]}\t{old}\t{new.code}" for old, new in sorted(swapped.cast.countries.items())]
        lines += swapped_key(keys.get(mark[1], []), swapped)
    head = content[: marks[0].start()] if marks else content
    new_text, new_key = out / text.name, out / key.name
    new_text.write_text(head + "".join(texts), encoding="latin-1", errors="replace")
    new_key.write_text("\n".join(lines) + "\n", encoding="latin-1", errors="replace")
    (out / "countries.tsv").write_text("\n".join(pairs) + "\n", encoding="utf-8")
    return new_text, new_key


def _by_message(content: str) -> dict[str, Key]:
    """Return the lines of the key by message id, remarks left out."""
    found: dict[str, Key] = {}
    current: Key = []
    for line in content.splitlines():
        if line.lstrip().startswith((";", "#")):
            continue
        match = _SLOT.match(line)
        if match and match[2] == "0" and match[5].split():
            current = found.setdefault(match[5].split()[0].upper(), [])
        current.append(line)
    return found


def swap_message(id: str, body: str, key: Key, seed: int) -> Swapped:
    """Return one report with its names swapped: those that sayso reads in it and those of its key."""
    rng = random.Random(hashlib.sha256(f"{seed}:{id}".encode()).digest())
    names = [*_read(id, body), *_source(body)]
    return swap(body, names, rng, header_day(body), listed=True, extra=list(key_names(key)))


def _read(id: str, body: str) -> list[Name]:
    """Return the names that sayso reads in a report, found again in its body as it was before cleaning."""
    digest = hashlib.sha256(body.encode("latin-1", "replace")).hexdigest()
    capture = Capture(name=id, id=id, content=body, media_type="text", sha256=digest)
    try:
        article = article_of(capture)
        return list(_found_again(article, names_of(article), body))
    except SaysoError:
        return []


def _found_again(article: Article, names: list[Name], body: str) -> Iterator[Name]:
    at = 0
    for name in names:
        words = article.text[name.start : name.end].split()
        match = re.compile(r"\s+".join(map(re.escape, words))).search(body, at)
        if match is not None and words:
            at = match.start()
            yield name._replace(start=match.start(), end=match.end())


def _source(body: str) -> Iterator[Name]:
    """Yield the broadcaster or agency that the head of a report names."""
    match = _SOURCE.search(body[:400])
    if match:
        yield Name(match.start(1), match.end(1), "broadcaster", match[1])


def key_names(key: Key) -> Iterator[tuple[str, str, str]]:
    """Yield the names that a key holds: its places by chain, its people, its groups."""
    for slot, fill in _fills(key):
        if slot == 3:
            yield from _chain_names(fill)
        elif slot in (9, 18):
            yield from ((s, "person", s) for s in _strings(fill) if slot == 18 or _is_person(s))
        elif slot == 10:
            yield from _group_names(_strings(fill.split(":")[0]))


def _fills(key: Key) -> Iterator[tuple[int, str]]:
    slot = -1
    for line in key:
        match = _SLOT.match(line)
        if match:
            slot = int(match[2])
        text = match[5] if match else line.strip()
        if text.strip() not in ("", "-", "*"):
            yield slot, text


def _strings(fill: str) -> list[str]:
    return [s.replace('\\"', "").strip() for s in re.findall(r'"((?:[^"\\]|\\.)*)"', fill) if s.strip()]


def _is_person(words: str) -> bool:
    parts = [w.casefold() for w in words.split() if w.casefold() not in titles()]
    return 1 < len(parts) < 6 and any(p in names for p in parts[:2] for names in given_names())


def _chain_names(fill: str) -> Iterator[tuple[str, str, str]]:
    for chain in re.split(r"\s/\s", fill):
        first, *rest = chain.strip(" ?").lstrip("(").split(":")
        code = _code(first)
        if code is None:
            continue
        yield first.strip(), "country", code
        region = ""
        for part in rest:
            for name, kind in _ELEMENT.findall(part):
                sort = KINDS.get(kind.strip(" ?"), "area")
                if kind.strip(" ?") in BUILT:
                    continue
                yield (
                    name.strip(" -"),
                    sort,
                    f"{code}/{name.strip(' -')}" if sort == "region" else f"{code}/{region}/{name.strip(' -')}",
                )
                region = name.strip(" -") if sort == "region" else region


def _code(name: str) -> str | None:
    low = folded(name)
    return _NATION.get(low) or country_words().get(low, (None, ""))[0]


def _group_names(strings: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the names among the alternatives of one organization that some list of groups holds."""
    known = {folded(n) for names, _ in known_groups() for n in names}
    for words in strings:
        for part in re.split(r"[\[\]()]", words):
            if folded(part) in known:
                yield part.strip(), "group", part.strip()


def swapped_key(key: Key, swapped: Swapped) -> list[str]:
    """Return the lines of a report's key for its swapped text."""
    found, slot = [], -1
    for line in key:
        match = _SLOT.match(line)
        if match:
            slot = int(match[2])
        head, fill = (line[: match.start(5)], match[5]) if match else _indent(line)
        found.append(head + _swapped_fill(slot, fill, swapped))
    return found


def _indent(line: str) -> tuple[str, str]:
    fill = line.lstrip()
    return line[: len(line) - len(fill)], fill


def _swapped_fill(slot: int, fill: str, swapped: Swapped) -> str:
    if slot in (0, 1) or fill.strip() in ("", "-", "*"):
        return fill
    if slot == 2:
        return _swapped_date(fill, swapped)
    if slot == 3:
        return " / ".join(_swapped_chain(chain, swapped) for chain in re.split(r"\s/\s", fill))
    strings = re.sub(r'"((?:[^"\\]|\\.)*)"', lambda m: f'"{swapped.apply(m[1])}"', fill)
    return _swapped_nation(strings, swapped) if slot in (15, 22) else strings


def _nation(words: str, swapped: Swapped) -> str:
    country = swapped.cast.countries.get(_code(words.strip()) or "")
    return words.replace(words.strip(), country.nation or country.name.upper()) if country else words


def _swapped_nation(fill: str, swapped: Swapped) -> str:
    """Return a fill of the slots for nations: set list names before the colon, alternatives by slashes."""
    head, colon, tail = fill.partition(":")
    nations = re.sub(r"[A-Z][A-Z ]+[A-Z]", lambda m: _nation(m[0], swapped), head)
    return nations + colon + tail


def _swapped_chain(chain: str, swapped: Swapped) -> str:
    match = re.match(r"([\s?(]*)([A-Z][A-Z .]*[A-Z])(.*)$", chain, re.S)
    if not match or _code(match[2]) is None:
        return swapped.apply(chain)
    rest = _ELEMENT.sub(lambda m: m[0].replace(m[1], swapped.apply(m[1]), 1), match[3])
    return match[1] + _nation(match[2], swapped) + rest


def _swapped_date(fill: str, swapped: Swapped) -> str:
    def moved(match: re.Match[str]) -> str:
        day, month, year = int(match[1]), match[2], int(match[3])
        number = next((i for i, m in enumerate(MONTHS, 1) if m[:3].upper() == month.upper()), 0)
        try:
            new = swapped.shift.day(date(year + (1900 if year > 50 else 2000), number, day))
        except ValueError:
            return match[0]
        return f"{new.day:02d} {MONTHS[new.month - 1][:3].upper()} {new.year % 100:02d}"

    return _DAY.sub(moved, fill)
