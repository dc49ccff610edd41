"""Pairs of names: whether both name the same.

Input and gold are CSV with the columns `schema` ("Person", or any other for organizations), `name1`, `name2` and, in
the gold, `is_match` ("true" or "false"); further columns are kept. Output is the input's columns and `score` (the
probability that both name the same), `match` (whether it is one half at least) and `reason` (what weighed most).
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from sayso.errors import InputError
from sayso.merge.names import Kind, compare, name_of
from sayso.model.judgement import Comparison

Row = dict[str, str]
COLUMNS = ("schema", "name1", "name2")
MADE = ("score", "match", "reason")
_ENOUGH = 0.5
_REASONS = 3


def kind_of(schema: str) -> Kind:
    """Return the kind of name that a schema's things have: all but persons are organizations."""
    return "person" if schema.strip().casefold() == "person" else "organization"


def rows_of(path: Path, wanted: tuple[str, ...] = COLUMNS) -> list[Row]:
    """Return the rows of a CSV file. Raises InputError where it is no UTF-8, is empty, or lacks a wanted column."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 (byte {error.start})", value=str(path), next_step="Save it as CSV in UTF-8"
        ) from error
    except OSError as error:
        raise InputError(
            f"cannot be opened ({error.strerror})", value=str(path), next_step="Give a CSV file"
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, restval="")
    try:
        missing = [column for column in wanted if column not in (reader.fieldnames or ())]
        if missing:
            said = f"has no column {', '.join(missing)}" if reader.fieldnames else "is empty"
            raise InputError(said, value=str(path), next_step=f"The first line names the columns {', '.join(wanted)}")
        rows = list(reader)
    except csv.Error as error:
        raise InputError(
            f"is no CSV ({error})", value=f"{path}:{reader.line_num}", next_step="Check the quotes of that line"
        ) from error
    for number, row in enumerate(rows, 1):
        if None in row:
            raise InputError(
                f"has more fields than there are columns ({len(reader.fieldnames or ())})",
                value=f"{path}, row {number}",
                next_step="Put names that hold a comma in quotes",
            )
    return rows


def predict(input_path: Path, out_path: Path) -> None:
    """Compare each pair of `input_path` and write its row with what was found to `out_path`. Raises InputError."""
    rows = rows_of(input_path)
    columns = [column for column in rows[0] if column not in MADE] if rows else list(COLUMNS)
    with out_path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [*columns, *MADE], extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            kind = kind_of(row["schema"])
            found = compare(name_of(row["name1"], kind), name_of(row["name2"], kind))
            made = {"score": f"{found.score:.4f}", "match": _said(found.score >= _ENOUGH), "reason": _reason(found)}
            writer.writerow(row | made)


def _said(match: bool) -> str:
    return "true" if match else "false"


def _reason(found: Comparison) -> str:
    return "; ".join(reason.words for reason in found.reasons[:_REASONS])


def measures(gold: Path, predictions: Path) -> dict[str, float]:
    """Return P, R and F1 of `match` in per cent, of all pairs and of persons and organizations apart.

    Raises InputError where the predictions are not of the gold's pairs, in its order.
    """
    right, made = rows_of(gold, (*COLUMNS, "is_match")), rows_of(predictions, (*COLUMNS, "match"))
    if [_pair(row) for row in right] != [_pair(row) for row in made]:
        raise InputError("holds other pairs than the gold", value=str(predictions), next_step="Predict for the gold")
    counted = {"": range(len(right))} | {
        f"{kind} ": [i for i, row in enumerate(right) if kind_of(row["schema"]) == kind]
        for kind in ("person", "organization")
    }
    found: dict[str, float] = {}
    for name, places in counted.items():
        wanted = sum(_true(right[i]["is_match"]) for i in places)
        given = sum(_true(made[i]["match"]) for i in places)
        hits = sum(_true(right[i]["is_match"]) and _true(made[i]["match"]) for i in places)
        for letter, of in (("P", given), ("R", wanted), ("F", (given + wanted) / 2)):
            found[f"{name}{letter}"] = 100 * hits / max(of, 1)
    return found


def _pair(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in COLUMNS)


def _true(value: str) -> bool:
    return value.strip().casefold() == "true"


def score(gold: Path, predictions: Path) -> str:
    """Return the measures as a table for people."""
    found = measures(gold, predictions)
    return "\n".join(
        f"{name.strip() or 'all':14}P {found[f'{name}P']:5.1f} R {found[f'{name}R']:5.1f} F {found[f'{name}F']:5.1f}"
        for name in ("", "person ", "organization ")
    )
