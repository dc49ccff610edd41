"""Claims as the log of changes tells them: in words, and in whole."""

from __future__ import annotations

from typing import Any

from sayso.model.claim import Actor, Claim, Label, Quantity, Target, Text, Value, Victim, Weapon
from sayso.model.place import Place
from sayso.model.when import When
from sayso.store.values import plain, type_of


def plain_claim(claim: Claim) -> dict[str, Any]:
    """Return a claim as plain JSON, with its value in words too."""
    return {
        "claim": claim.id,
        "slot": claim.slot,
        "words": claim_words(claim),
        "type": type_of(claim.value),
        "value": plain(claim.value),
        **{name: getattr(claim, name) for name in ("standing", "stance", "certainty")},
        "chain": list(claim.chain),
        "evidence": [[span.start, span.end] for span in claim.evidence],
    }


def claim_words(claim: Claim) -> str:
    """Return a claim in words: its value, how a perpetrator stands, and whether it is denied or doubted."""
    more = [claim.standing.replace("_", " ")] if claim.standing else []
    more += [claim.stance] if claim.stance != "asserts" else []
    more += [claim.certainty] if claim.certainty != "certain" else []
    return f"{words_of(claim.value)} ({', '.join(more)})" if more else words_of(claim.value)


def words_of(value: Value) -> str:
    """Return a value in words, as exports write it."""
    match value:
        case When():
            return value.edtf if value.clock is None else f"{value.edtf} {value.clock}"
        case Place():
            return ", ".join(value.names)
        case Quantity():
            bound = "+" if value.high is None else "" if value.high == value.low else f"-{value.high}"
            return f"{'~' if value.approximate else ''}{value.low}{bound}"
        case Victim():
            return ", ".join(part for part in (value.name, value.description) if part) or value.kind.replace("_", " ")
        case Actor() | Target() | Weapon():
            return value.name
        case Label() | Text():
            return value.value
