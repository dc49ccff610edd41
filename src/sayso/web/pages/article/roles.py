"""The parts that words of an article play: their names, and which slots of an incident each stands for."""

from __future__ import annotations

from typing import Final

from sayso.model.claim import Slot

ROLES: Final[dict[str, str]] = {
    "kind": "what happened",
    "perpetrator": "perpetrator",
    "victim": "target or victim",
    "when": "when",
    "where": "where",
    "count": "counts",
    "weapon": "weapon",
    "other": "damage, motive, circumstances",
    "source": "who says so",
    "cue": "words of saying",
    "content": "what is said",
}
"""By name, how the legend calls each role; in the order in which it lists them."""
OF_SLOT: Final[dict[Slot, str]] = {
    "kind": "kind",
    "stage": "kind",
    "perpetrator": "perpetrator",
    "target": "victim",
    "victim": "victim",
    "when": "when",
    "where": "where",
    **dict.fromkeys(("killed", "wounded", "abducted", "arrested", "attackers_killed", "attackers_wounded"), "count"),
    "shots": "count",
    "weapon": "weapon",
    "damage": "other",
    "motive": "other",
    "circumstance": "other",
}
"""The role of each slot's evidence."""
PARTS: Final = {"title": "headline", "body": "body", "caption": "caption"}
"""What each part of an article is called."""
SPEAKERS: Final = {
    "authority": "authorities",
    "armed_group": "armed group",
    "accused": "accused",
    "witness": "witness",
    "victim": "victim",
    "medical": "medical",
    "media": "media",
    "expert": "expert",
    "political": "political",
    "anonymous": "anonymous",
    "document": "document",
    "other": "other",
}
"""What each kind of speaker is called."""
