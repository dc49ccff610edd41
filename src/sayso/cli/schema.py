"""`sayso schema`: the shape of the machine record."""

from __future__ import annotations

import json


def schema() -> None:
    """Print the JSON Schema of the machine record.

    It describes one object of `sayso read --format jsonl`, and every item of the list of `--format json`.

    \b
    Example:
      sayso schema > sayso-1.schema.json
    """
    from sayso.export.record import json_schema

    print(json.dumps(json_schema(), indent=2))
