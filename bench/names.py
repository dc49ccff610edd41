"""Names: our F1, on pairs that the weights were learned from and on pairs held out, and a peer's beside it.

The peer is nomenklatura's logic-v2 (https://github.com/opensanctions/nomenklatura), where there is a Python that has
it: the one that the environment variable SAYSO_PEER_PYTHON names, or `.venv-peer/bin/python` in the project.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEER = """
import csv, sys
from followthemoney import EntityProxy
from nomenklatura.matching import LogicV2
from nomenklatura.matching.types import ScoringConfig

def entity(number, schema, name):
    # It remembers by id: every entity has its own.
    return EntityProxy.from_dict({"id": number, "schema": schema, "properties": {"name": [name]}})

config, hits, wanted, given = ScoringConfig.defaults(), 0, 0, 0
for number, row in enumerate(csv.DictReader(open(sys.argv[1], encoding="utf-8"))):
    left, right = entity(f"l{number}", row["schema"], row["name1"]), entity(f"r{number}", row["schema"], row["name2"])
    match, right = LogicV2.compare(left, right, config).score >= 0.7, row["is_match"] == "true"
    hits, wanted, given = hits + (match and right), wanted + right, given + match
print(200 * hits / (wanted + given))
"""
"""Its own threshold is 0.7."""
_LIMIT_S = 300


def measure(pairs: Path) -> dict[str, float]:
    """Return F1 in per cent of all pairs, of both kinds, and of pairs held out; print the peer's beside."""
    from sayso.evaluate.names import measures, predict, rows_of
    from training.names.fit import Pairs, f1

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions"
        predict(pairs, out)
        found = {f"{name}f".strip(): measures(pairs, out)[f"{name}F"] for name in ("", "person ", "organization ")}
    judged = Pairs(rows_of(pairs))
    found["held out f"] = f1(judged.held_out(0)[0], judged.truth)
    print(f"    peer, nomenklatura logic-v2: {_peer(pairs)}", flush=True)
    return found


def _peer(pairs: Path) -> str:
    """Return the peer's F1, or why there is none."""
    python = Path(os.environ.get("SAYSO_PEER_PYTHON") or ROOT / ".venv-peer/bin/python")
    if not python.exists():
        return f"not there ({python}; SAYSO_PEER_PYTHON names another Python)"
    try:
        run = subprocess.run(
            [str(python), "-c", PEER, str(pairs)], capture_output=True, text=True, timeout=_LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"took more than {_LIMIT_S} s"
    if run.returncode:
        return f"failed, {(run.stderr.strip().splitlines() or ['no reason given'])[-1]}"
    return f"F1 {float(run.stdout):.2f}"
