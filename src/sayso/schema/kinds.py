"""Loads the event kinds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from sayso.errors import ConfigurationError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Family = Literal["violence", "threat", "response"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A verb that makes an event only with an object of some class of weapon: to plant + explosive."""

    verbs: frozenset[str]
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggers:
    """The words of one language that tell of a kind, as lemmas; the weak ones need support in their sentence.

    `doers` and `sufferers` are words for people that imply the event: a kidnapper, a hostage.
    """

    nouns: frozenset[str]
    weak_nouns: frozenset[str]
    verbs: frozenset[str]
    weak_verbs: frozenset[str]
    frames: tuple[Frame, ...]
    doers: frozenset[str]
    sufferers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of event. `codes` maps a scheme (acled, ucdp, gtd, plover, cameo, muc4) to that scheme's code."""

    name: str
    label: str
    family: Family
    roles: tuple[str, ...]
    codes: dict[str, Any]
    triggers: dict[str, Triggers]


def _triggers(raw: dict[str, Any]) -> Triggers:
    return Triggers(
        nouns=frozenset(raw.get("nouns", ())),
        weak_nouns=frozenset(raw.get("weak_nouns", ())),
        verbs=frozenset(raw.get("verbs", ())),
        weak_verbs=frozenset(raw.get("weak_verbs", ())),
        doers=frozenset(raw.get("doers", ())),
        sufferers=frozenset(raw.get("sufferers", ())),
        frames=tuple(Frame(verbs=frozenset(f["verb"]), object=f["object"]) for f in raw.get("frames", ())),
    )


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind by name, in alphabetical order.

    Raises ConfigurationError where a file lacks a field or disagrees with its name.
    """
    found: dict[str, Kind] = {}
    folder = resources.files(__name__.rpartition(".")[0]) / "kinds"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".yaml"):
            continue
        raw = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
        try:
            kind = Kind(
                name=raw["name"],
                label=raw["label"],
                family=raw["family"],
                roles=tuple(raw["roles"]),
                codes=raw["codes"],
                triggers={language: _triggers(words) for language, words in raw["triggers"].items()},
            )
        except (KeyError, TypeError) as error:
            raise ConfigurationError(
                f"this event kind lacks {error}", value=file.name, next_step="compare it with bombing.yaml"
            ) from error
        if kind.name != file.name.removesuffix(".yaml"):
            raise ConfigurationError(f"this event kind calls itself {kind.name!r}", value=file.name)
        found[kind.name] = kind
    return found


@cache
def _kindred() -> tuple[frozenset[str], ...]:
    text = resources.files(__name__.rpartition(".")[0]).joinpath("kindred.yaml").read_text(encoding="utf-8")
    return tuple(frozenset(line) for line in yaml.load(text, Loader=_Loader))


def kindred(left: str, right: str) -> bool:
    """Say whether different reports often file one event under these two kinds."""
    return any(left in kin and right in kin for kin in _kindred())
