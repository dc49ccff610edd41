"""How often somebody may try to log in: after a few failures each further try has to wait twice as long."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from sayso.desk.accounts import written

FREE = {"account": 5, "address": 20}
"""Failures after which waiting begins: fewer for one name than for one address, behind which a whole office may be."""
LONGEST = 900.0
"""Seconds of the longest wait: nobody can lock another's account for longer."""
FORGOTTEN = 3600.0
"""Seconds without a try after which failures are forgotten."""
MOST = 20_000
"""Names and addresses that are remembered; when there are more, the oldest go."""


@dataclass(slots=True)
class Tries:
    """Counts tries by name and address, in the memory of the server; `clock` gives seconds that only go forward."""

    clock: Callable[[], float] = time.monotonic
    _failed: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, name: str, address: str) -> int:
        """Count a try as failed before it is looked at, and return 0; or the seconds to wait, and count nothing.

        Counting first keeps many tries at once from all slipping by.
        """
        keys = _keys(name, address)
        with self._lock:
            now = self.clock()
            wait = max(self._wait(key, now) for key in keys)
            if wait > 0:
                return int(wait) + 1
            for key in keys:
                count, at = self._failed.pop(key, (0, now))
                self._failed[key] = (1 if now - at > FORGOTTEN else count + 1, now)
            while len(self._failed) > MOST:
                del self._failed[next(iter(self._failed))]
            return 0

    def _wait(self, key: tuple[str, str], now: float) -> float:
        count, at = self._failed.get(key, (0, now))
        over = count - FREE[key[0]]
        if over < 0 or now - at > FORGOTTEN:
            return 0.0
        return at + min(LONGEST, 2.0 ** min(over, 20)) - now

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of a name that has logged in, and this try of its address."""
        own, place = _keys(name, address)
        with self._lock:
            self._failed.pop(own, None)
            count, at = self._failed.get(place, (1, self.clock()))
            self._failed[place] = (count - 1, at)


def _keys(name: str, address: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("account", written(name).casefold()[:64]), ("address", address)
