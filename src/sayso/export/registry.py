"""The formats of export, as a literal table: to add one, write a module with such a function and give it a line."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, TextIO, cast

from sayso.errors import ConfigurationError
from sayso.model.reading import Reading

EXPORTS: dict[str, str] = {
    "jsonl": "sayso.export.jsonl:write",
    "csv": "sayso.export.csv:write_incidents",
    "csv/claims": "sayso.export.csv:write_claims",
    "geojson": "sayso.export.geojson:write",
}


class Writer(Protocol):
    """What a format is: a function that writes readings, whose incidents bear ids that hold across articles."""

    def __call__(self, readings: Iterable[Reading], out: TextIO) -> int:
        """Write the incidents of all readings to `out`, in their order, and return how many there were."""


def writer(name: str) -> Writer:
    """Return the function that writes a format. Raises ConfigurationError where there is no such format."""
    if name not in EXPORTS:
        raise ConfigurationError("no such format", value=name, next_step=f"There are {', '.join(EXPORTS)}")
    module, _, function = EXPORTS[name].partition(":")
    return cast(Writer, getattr(import_module(module), function))
