"""The MUC-4 template file: its slots by number, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

SLOTS = (
    "MESSAGE: ID", "MESSAGE: TEMPLATE", "INCIDENT: DATE", "INCIDENT: LOCATION", "INCIDENT: TYPE",
    "INCIDENT: STAGE OF EXECUTION", "INCIDENT: INSTRUMENT ID", "INCIDENT: INSTRUMENT TYPE",
    "PERP: INCIDENT CATEGORY", "PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID", "PERP: ORGANIZATION CONFIDENCE",
    "PHYS TGT: ID", "PHYS TGT: TYPE", "PHYS TGT: NUMBER", "PHYS TGT: FOREIGN NATION",
    "PHYS TGT: EFFECT OF INCIDENT", "PHYS TGT: TOTAL NUMBER", "HUM TGT: NAME", "HUM TGT: DESCRIPTION",
    "HUM TGT: TYPE", "HUM TGT: NUMBER", "HUM TGT: FOREIGN NATION", "HUM TGT: EFFECT OF INCIDENT",
    "HUM TGT: TOTAL NUMBER",
)  # fmt: skip
"""The template's lines by number."""

SCORED = range(2, 25)
STRINGS = {6, 9, 10, 12, 18, 19}
SET_FILLS = {4, 5, 8}
NUMBERS, TOTALS = {14, 21}, {17, 24}
UNREFERRED = {2, 3} | SET_FILLS | TOTALS | (STRINGS - {19})
"""Slots whose fills never refer to another fill."""
_NAMED = tuple(
    re.compile(rf"\s*{number}\.\s+" + r"\s+".join(map(re.escape, name.split())) + r"\s*(.*)$", re.I)
    for number, name in enumerate(SLOTS)
)
_DESCRIBED = re.compile(r'^((?:"(?:[^"\\]|\\.)*"\s*/?\s*)+):\s*(".*)$', re.S)
_REFERRED = re.compile(r'^(.*?):\s*("?.*)$', re.S)


@cache
def lists() -> dict[str, Any]:
    """Return the task's set lists and word lists."""
    text = (resources.files(__package__) / "muc4.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@dataclass(frozen=True, slots=True)
class Fill:
    """One fill: its alternatives, the fills it refers to, and whether leaving it out is right too."""

    values: tuple[str, ...]
    refers: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """The fills of one incident by slot number."""

    slots: dict[int, tuple[Fill, ...]]
    optional: bool = False


def _alternatives(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\s/\s|\s/$|^/\s", text) if part.strip()]


def _unwrapped(text: str) -> str:
    """Drop the brackets that enclose one whole alternative, as in `(08 MAR 90) / (- 10 MAR 90)`."""
    if not (text.startswith("(") and text.endswith(")")):
        return text
    depth = 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if not depth:
            return text[1:-1].strip() if i == len(text) - 1 else text
    return text


def _plain(text: str) -> str:
    return text.replace('\\"', "").replace('"', "").strip().lower()


def _fill(slot: int, raw: str) -> Fill | None:
    raw = raw.strip()
    optional, raw = raw.startswith("?"), raw.lstrip("? ").strip()
    if raw in ("", "-", "*"):
        return None
    if slot in SET_FILLS or slot in (2, 3):
        return Fill(tuple(_unwrapped(v).lower() for v in _alternatives(raw)), (), optional)
    if slot in TOTALS:
        return Fill(tuple(v.lower().replace(" ", "") for v in _alternatives(raw)), (), optional)
    if slot in STRINGS - {19}:
        return Fill(tuple(map(_plain, _alternatives(raw))), (), optional)
    match = (_DESCRIBED if slot == 19 else _REFERRED).match(raw)
    left, right = match.groups() if match else (raw, "")
    values = [_plain(v) for v in _alternatives(left)]
    if slot in NUMBERS:
        values = [v.replace(" ", "") for v in values]
    refers = [_plain(v) for v in _alternatives(right)]
    return Fill(tuple(values), tuple(r for r in refers if r not in ("", "-")), optional)


def _fills(slot: int, lines: Iterable[str]) -> tuple[Fill, ...]:
    """Return the fills of one slot; a fill goes on over lines while a quote is open or it ends in `/` or `:`."""
    found: list[str] = []
    pending = ""
    for line in (part.strip() for part in lines):
        if not line or line in ("-", "*"):
            continue
        joined = f"{pending} {line}".strip()
        if joined.count('"') % 2 or joined.endswith(("/", ":")):
            pending = joined
            continue
        pending = ""
        if found and line.startswith("/"):
            found[-1] += " " + joined
        else:
            found.append(joined)
    fills = (_fill(slot, raw) for raw in [*found, *([pending] if pending else [])])
    return tuple(fill for fill in fills if fill)


def _template(lines: dict[int, list[str]]) -> Template | None:
    head = " ".join(lines.get(1, ["*"])).strip()
    if not head or head.startswith("*"):
        return None
    slots = {slot: fills for slot in SCORED if (fills := _fills(slot, lines.get(slot, ())))}
    return Template(slots, "OPTIONAL" in head.upper())


def parse(text: str) -> dict[str, list[Template]]:
    """Return the templates of each message of a template file; a message without incidents has an empty list."""
    found: dict[str, list[Template]] = {}
    lines: dict[int, list[str]] = {}
    current = -1

    def close() -> None:
        if not lines.get(0, [""])[0].strip():
            return
        templates = found.setdefault(lines[0][0].split()[0].upper(), [])
        template = _template(lines)
        if template:
            templates.append(template)

    for line in text.splitlines():
        if line.lstrip().startswith((";", "#")):
            continue
        named = _named(line)
        if named and named[0] == 0:
            close()
            lines = {}
        if named:
            current = named[0]
            lines[current] = [named[1]]
        elif line.strip() and current > 0 and line[:1].isspace():
            lines[current].append(line)
    close()
    return found


def _named(line: str) -> tuple[int, str] | None:
    """Return the slot number that a line opens and what stands behind its name; None for any other line."""
    number = re.match(r"\s*(\d{1,2})\.", line)
    if not number or int(number[1]) >= len(SLOTS):
        return None
    match = _NAMED[int(number[1])].match(line)
    return (int(number[1]), match[1]) if match else None
