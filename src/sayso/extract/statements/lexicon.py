"""The words that make a saying, by the construction they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from sayso.languages import words
from sayso.model.statement import Act, Certainty, SpeakerKind, Stance

Force = Literal["speech", "attitude"]
Class = Literal["verb", "noun", "adjective", "phrase"]
_SECTIONS: tuple[tuple[Class, str], ...] = (
    ("verb", "verbs"),
    ("noun", "nouns"),
    ("adjective", "adjectives"),
    ("phrase", "phrases"),
)


class Sense(NamedTuple):
    """What a cue does: the act, how the source stands to the content, and how sure it is.

    `force` tells what is uttered or held to be true ("speech") from wants, tastes, plans and gestures ("attitude"),
    which are attributions but not statements. `by` is who does this where the text does not say: authorities charge.
    """

    act: Act = "states"
    stance: Stance = "asserts"
    certainty: Certainty = "certain"
    force: Force = "speech"
    by: SpeakerKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Senses by word class, lemma (of a phrase: verb and noun) and construction.

    `single` maps cues without a source (adverbs, modifiers) to their certainty; `misread` mends lemmas;
    `light` are verbs that make one cue with a reporting verb in the infinitive.
    """

    senses: dict[tuple[Class, str, str], Sense]
    lemmas: dict[Class, frozenset[str]]
    adverbs: dict[str, Certainty]
    modifiers: dict[str, Certainty]
    misread: dict[str, str]
    light: frozenset[str]

    def has(self, kind: Class, word: str) -> bool:
        """Say whether the word (of a phrase: the noun) is a cue in some construction."""
        return self.lemma(word) in self.lemmas[kind]

    def lemma(self, word: str) -> str:
        """Return the lemma as the list has it: in lower case, and mended where the tagger is known to misread it."""
        word = word.lower()
        return self.misread.get(word, word)

    def sense(self, kind: Class, lemma: str, frame: str) -> Sense | None:
        """Return what the lemma does in that construction; None where it is no cue there."""
        return self.senses.get((kind, lemma, frame))


@cache
def lexicon() -> Lexicon:
    """Return the cues of the language's `speech` list."""
    listed: dict[str, Any] = words("speech")
    senses: dict[tuple[Class, str, str], Sense] = {}
    lemmas: dict[Class, set[str]] = {kind: set() for kind, _ in _SECTIONS}
    for kind, section in _SECTIONS:
        for group in listed[section]:
            sense = Sense(**{name: group[name] for name in Sense._fields if name in group})
            verbs = [verb + " " for verb in group["verbs"].split()] if "verbs" in group else [""]
            listing = [word.replace("_", " ") for word in group["words"].split()]
            lemmas[kind] |= {part for word in listing for part in (word, word.split(" ")[0])}
            for lemma in listing:
                for verb in verbs:
                    for frame in group["as"].split():
                        senses.setdefault((kind, verb + lemma, frame), sense)
    return Lexicon(
        senses=senses,
        lemmas={kind: frozenset(found) for kind, found in lemmas.items()},
        adverbs=listed["adverbs"],
        modifiers=listed["modifiers"],
        misread=listed["misread"],
        light=frozenset(listed["light"].split()),
    )


@cache
def channels() -> frozenset[str]:
    """Return the nouns for what something is said through."""
    return frozenset(words("speech")["channels"].split())
