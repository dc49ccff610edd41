"""Who and what an article names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.model.span import Span

EntityKind = Literal["person", "organization", "government_body", "place", "group", "object"]
MentionForm = Literal["name", "alias", "nominal", "pronoun"]
FactName = Literal[
    "birth_year",
    "age",
    "gender",
    "role",
    "nationality",
    "member_of",
    "founder_of",
    "leader_of",
    "status",
    "death",
    "kin_of",
    "resident_of",
    "description",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that refer to an entity. `head` is the index of the head token in the analysis."""

    span: Span
    head: int
    form: MentionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something the text says of an entity outside any incident: a birth year, a role, a membership.

    `value` is normalised (`1988`, `spokesman`, the other entity's name); `other` is that entity's id where it is one.
    """

    name: FactName
    value: str
    evidence: Span
    other: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person, organization, place or set of people within one article.

    `name` is the fullest name (for a group: its first description, "four alleged members"); `names` are all spellings,
    shortened names and aliases, `name` first. `armed` marks an organization that fights or is said to. `kind` "group"
    is several unnamed or jointly named people; `members` are the ids of those that are named. `number` is how many.
    """

    id: str
    kind: EntityKind
    name: str
    names: tuple[str, ...]
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...] = ()
    armed: bool = False
    members: tuple[str, ...] = ()
    number: int | None = None

    def fact(self, name: FactName) -> Fact | None:
        """Return the first fact of that name; None where the text gives none."""
        return next((fact for fact in self.facts if fact.name == name), None)
