"""CSV for spreadsheets (RFC 4180, UTF-8): one row an incident, or one row a claim.

Rows of incidents lose what `summary` says; rows of claims keep who says what with which words, but lose entities'
facts and statements that carry no value. Cells that a spreadsheet would run as a formula have an apostrophe before
them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from sayso.export import columns
from sayso.export.record import record_of
from sayso.export.summary import Cell, Row, claim_row, incident_row
from sayso.model.reading import Reading

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a cell begins with that Excel, Calc or Sheets may run (OWASP, CSV Injection), also in full width."""


class CsvTable:
    """Writes rows below a line of columns, which is written at once."""

    def __init__(self, out: TextIO, columns: Iterable[str]) -> None:
        self._columns = list(columns)
        self._writer = csv.writer(out, lineterminator="\r\n")
        self._writer.writerow([_cell(column) for column in self._columns])

    def write(self, row: Row) -> None:
        """Write one row; a column that the row lacks stays empty."""
        self._writer.writerow([_cell(row.get(column)) for column in self._columns])


def _cell(value: Cell) -> Cell:
    """Return a value as a cell: text that looks like a formula is guarded, numbers are themselves."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        value = value.replace("\0", "")
        if value.lstrip().startswith(_FORMULA) or value.startswith(_FORMULA):
            return f"'{value}"
    return value


def write_incidents(readings: Iterable[Reading], out: TextIO) -> int:
    """Write one row an incident, and return how many there were."""
    table = CsvTable(out, columns.INCIDENT)
    count = 0
    for reading in readings:
        record = record_of(reading)
        for incident in record.incidents:
            table.write(incident_row(record, incident))
        count += len(record.incidents)
    return count


def write_claims(readings: Iterable[Reading], out: TextIO) -> int:
    """Write one row a claim, and return how many incidents there were."""
    table = CsvTable(out, columns.CLAIM)
    count = 0
    for reading in readings:
        record = record_of(reading)
        for incident in record.incidents:
            for claim in incident.claims:
                table.write(claim_row(record, incident, claim))
        count += len(record.incidents)
    return count
