"""What is linked across articles, as a literal table: a subject's module is loaded when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from sayso.errors import ConfigurationError
from sayso.merge.cluster import LEAST
from sayso.model.judgement import Comparison, Subject
from sayso.model.reading import Reading
from sayso.store.rebuild import Stored
from sayso.store.rows import key_of

SUBJECTS: dict[Subject, str] = {
    "incident": "sayso.merge.incidents",
    "entity": "sayso.merge.entities",
}


class Asked(Protocol):
    """The keys of a sketch: where it is kept, and where its candidates are found (see `sayso.merge`)."""

    @property
    def kept(self) -> frozenset[int]:
        """Keys under which the sketch is kept."""

    @property
    def strong(self) -> frozenset[int]:
        """Keys of which one makes a candidate."""

    @property
    def weak(self) -> frozenset[int]:
        """Keys of which two make a candidate."""


class Matcher(Protocol):
    """What a module of `SUBJECTS` has. A sketch has at least its `key`; what else it holds is the module's own."""

    MAKER: str

    def sketches_of(self, reading: Reading, keys: Mapping[str, str]) -> list[Any]:
        """Return the sketches of a reading's things, called by their keys."""

    def plain(self, sketch: Any) -> str:
        """Return a sketch as JSON."""

    def sketch_from(self, text: str) -> Any:
        """Return the sketch that `plain` wrote."""

    def keys_of(self, sketch: Any) -> Asked:
        """Return the keys by which a sketch and its candidates are found."""

    def log_odds(self, left: Any, right: Any) -> float:
        """Return the log-odds that two sketches are of one thing."""

    def compare(self, left: Any, right: Any) -> Comparison:
        """Return how two sketches compare, with reasons."""


def keys_in(stored: Stored, subject: Subject) -> dict[str, str]:
    """Return the keys of an article's incidents or entities, by their ids."""
    if subject == "incident":
        return dict(stored.keys)
    return {entity.id: entity_key(stored, entity.id) for entity in stored.reading.entities}


def entity_key(stored: Stored, id: str) -> str:
    """Return the key of an article's entity."""
    return key_of(stored.reading.article.id, stored.version, f"entity:{id}")


def least_of(subject: Subject) -> float:
    """Return the average log-odds from which things of a subject are one: the module's own, else that of clusters."""
    return float(getattr(matcher(subject), "LEAST", LEAST))


def matcher(subject: Subject) -> Matcher:
    """Return the module that compares a subject's sketches."""
    try:
        return cast(Matcher, import_module(SUBJECTS[subject]))
    except (KeyError, ModuleNotFoundError) as error:
        raise ConfigurationError(
            f"nothing links this: there are {', '.join(SUBJECTS)}", value=subject, next_step="Reinstall sayso"
        ) from error
