"""JSON lines, as benchmarks keep their documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.errors import InputError


def objects(path: Path, key: str, next_step: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file, blank lines left out. Raises InputError for a line that is none, or lacks `key`."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                row[key]
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f"not a JSON object with a {key}", value=f"{path}:{number}", next_step=next_step
                ) from error
            yield row
