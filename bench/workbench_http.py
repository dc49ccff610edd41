"""How fast the workbench answers over loopback with 100,000 incidents in 300,000 articles, made by `bench.workbench`.

    python -m bench.workbench_http [DATABASE]

Starts `sayso serve` in a process of its own and asks one thing after another, as one reader does. What is
told are milliseconds at the 95th percentile, and bytes over the wire (gzip).

Asked for are at most 150 ms of a list with its facets and of a search, 80 ms of an incident, 1 s and 1 MB of the map.
"""

from __future__ import annotations

import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from bench.workbench_made import EACH, ready

Measures = dict[str, float]
INCIDENTS = 100_000

ASKED = 60
"""Requests of each sort: enough for a 95th percentile that three slow ones do not move."""
SERVE = "from sayso.cli.main import main; main()"
START = 300.0
"""Seconds that the server may take to start."""
COMMON = ("police", "harbour office", "market", "suspect")
"""Words of which all articles, or most, have some."""


@contextmanager
def served(path: Path) -> Iterator[httpx.Client]:
    """Serve a database in another process, and give a client of it."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-c", SERVE, "serve", "--db", str(path), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            until = time.monotonic() + START
            while time.monotonic() < until and process.poll() is None:
                with suppress(httpx.TransportError):
                    client.get("/keys", timeout=2)
                    break
                time.sleep(0.2)
            yield client
    finally:
        process.terminate()
        process.wait(20)


def _asked(client: httpx.Client, paths: Callable[[], str]) -> tuple[float, int]:
    """Return the 95th percentile in milliseconds, and the largest answer in bytes, of requests one after another."""
    taken, largest = [], 0
    for _ in range(ASKED):
        path = paths()
        start = time.perf_counter()
        with client.stream("GET", path) as answer:
            for _chunk in answer.iter_raw():
                pass
            taken.append(1000 * (time.perf_counter() - start))
            largest = max(largest, answer.num_bytes_downloaded)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} was answered with {answer.status_code}")
    return statistics.quantiles(taken, n=20)[-1], largest


def measure(path: Path) -> Measures:
    """Return how long lists, searches, incidents and the map take, and how large the list and the map are."""
    chosen = random.Random(5)
    with served(path) as client:
        lines = client.get("/api/v1/incidents?limit=200").json()
        facets = client.get("/api/v1/incidents/facets").json()
        keys = [one["key"] for one in lines["items"]]
        words = sorted({word for one in lines["items"] for word in str(one["body"].get("title", "")).split()})
        searched = [*words, *COMMON * (len(words) // 12)]
        kinds, countries = (list(facets[name]) for name in ("kind", "country"))

        def listed() -> str:
            year = chosen.randint(2006, 2019)
            return "/incidents?" + chosen.choice(
                (
                    "",
                    f"kind={chosen.choice(kinds)}",
                    f"country={chosen.choice(countries)}&disputed=true",
                    f"kind={chosen.choice(kinds)}&country={chosen.choice(countries)}&since={year}",
                    f"since={year}&until={year + 1}&sort=killed",
                )
            )

        found: Measures = {}
        found["list ms"], size = _asked(client, listed)
        found["list kB"] = size / 1000
        found["search ms"], _ = _asked(client, lambda: f"/incidents?text={chosen.choice(searched)}")
        found["incident ms"], _ = _asked(client, lambda: f"/incident/{chosen.choice(keys)}")
        found["map ms"], size = _asked(client, lambda: "/incidents/points.json?zoom=2")
        found["map kB"] = size / 1000
    return found


def run() -> Measures:
    """Make the database where it is not there yet, and measure."""
    return measure(ready(INCIDENTS, EACH * INCIDENTS))


if __name__ == "__main__":
    for name, value in (measure(Path(sys.argv[1])) if len(sys.argv) > 1 else run()).items():
        print(f"{name:12} {value:9.1f}")
