"""Who says what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.model.span import Span
from sayso.model.when import When

Act = Literal[
    "states",
    "claims_responsibility",
    "accuses",
    "denies",
    "confesses",
    "threatens",
    "demands",
    "confirms",
    "doubts",
    "condemns",
]
SpeakerKind = Literal[
    "authority",
    "armed_group",
    "accused",
    "witness",
    "victim",
    "medical",
    "media",
    "expert",
    "political",
    "anonymous",
    "document",
    "other",
]
Stance = Literal["asserts", "denies", "doubts"]
Certainty = Literal["certain", "probable", "possible"]
Where = Literal["title", "body", "caption"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A source says something.

    `source` are the source's words, None where the text gives no source ("reportedly"); `speaker` is the name that the
    source resolves to ("he" -> "Irena Maro"), `speaker_id` its entity, `on_behalf_of` the organization spoken for.
    `cue` are the words that make it a saying; `content` what is said, in one or more spans. `within` is the id of the
    statement that reports this one: a spokesman says (s1) that suspects have confessed (s2, within s1). `said_on`,
    `said_at` and `channel` are when, where and through what it was said; None where the text does not tell.
    """

    id: str
    source: Span | None
    speaker: str | None
    speaker_id: str | None
    speaker_kind: SpeakerKind
    cue: Span | None
    content: tuple[Span, ...]
    act: Act
    stance: Stance = "asserts"
    certainty: Certainty = "certain"
    on_behalf_of: str | None = None
    said_on: When | None = None
    said_at: Span | None = None
    channel: Span | None = None
    within: str | None = None
    where: Where = "body"
    direct: bool = False
    confidence: float = 1.0
