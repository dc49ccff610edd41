"""Processor time, measured so that a busy machine and a large process move it little."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(call: Callable[[], object]) -> float:
    """Return the least processor time of two runs, without garbage collection, which grows with all that is loaded."""
    taken = []
    gc.disable()
    try:
        for _ in range(2):
            start = time.process_time()
            call()
            taken.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(taken)
