"""Readings kept in a file between runs, so that weights can be tried without reading all anew."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path

from sayso.model.article import Capture
from sayso.model.reading import Reading
from sayso.pipeline import read_capture


def kept(file: Path, captures: Iterable[Capture]) -> dict[str, Reading]:
    """Return readings by article id: those in the file, or where it is not there those made now, which it then keeps.

    The file is a pickle, made and read on one machine with one version of the program; delete it to read anew.
    """
    if file.exists():
        found: dict[str, Reading] = pickle.loads(file.read_bytes())
        return found
    readings = [read_capture(capture) for capture in captures]
    found = {reading.article.id: reading for reading in readings}
    file.write_bytes(pickle.dumps(found))
    return found
