"""JSONL: one object an article, as `sayso read --format jsonl` writes it; `docs/record.md` tells its keys.

Loses the least: all that the record has. Not in it are older versions of an article, incidents that were not asked
for, the map of offsets back to the input, and when and by which version of sayso it was read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from sayso.export.record import record
from sayso.model.reading import Reading


def write(readings: Iterable[Reading], out: TextIO) -> int:
    """Write one line an article and return the number of incidents."""
    count = 0
    for reading in readings:
        out.write(json.dumps(record(reading), ensure_ascii=False) + "\n")
        count += len(reading.incidents)
    return count
