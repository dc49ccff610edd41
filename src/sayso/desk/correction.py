"""One correction as a person asks for it, and the claim that it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.desk.values import known
from sayso.errors import InputError
from sayso.model.claim import Claim, Slot, Standing, Value
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Certainty, Stance
from sayso.store.corrections import Action as Action
from sayso.store.told import claim_words
from sayso.store.values import TYPES

TYPE_OF: dict[Slot, str] = {
    "kind": "label", "stage": "label", "when": "when", "where": "place", "weapon": "weapon", "perpetrator": "actor",
    "target": "target", "victim": "victim", "killed": "quantity", "wounded": "quantity", "abducted": "quantity",
    "arrested": "quantity", "attackers_killed": "quantity", "attackers_wounded": "quantity", "shots": "quantity",
    "damage": "text", "motive": "text", "circumstance": "text",
}  # fmt: skip
"""The type of a slot's values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person wants changed, and why.

    `incident` is the whole key. `seen` is the number of the newest change to that incident when the person looked at it
    (`changes.newest`). `claim` is the id of the claim that is taken out (reject, replace), `value` what is said instead
    or besides (replace, add). `standing` is for perpetrators. Of a replacement, what is None or empty stays as the old
    claim has it; of an addition, `stance` is then "asserts", `certainty` "certain", and `chain` (ids of statements, the
    outermost first) empty: the outlet says it itself. `evidence` are `(start, end)` in code points of the article.
    """

    incident: str
    action: Action
    author: str
    reason: str
    seen: int
    slot: Slot | None = None
    claim: str | None = None
    value: Value | None = None
    standing: Standing | None = None
    stance: Stance | None = None
    certainty: Certainty | None = None
    evidence: tuple[tuple[int, int], ...] = ()
    chain: tuple[str, ...] | None = None


def new_claim(given: Correction, old: Claim | None, reading: Reading) -> Claim | None:
    """Return the claim that a correction adds, without its id and maker; None where it adds none.

    `old` is the claim in whose place it comes, `reading` the article's. Raises InputError for what cannot be.
    """
    if given.action not in ("replace", "add"):
        return None
    if given.slot is None or given.value is None:
        raise InputError("a value and its slot are needed", value="nothing", next_step="Give both")
    if not isinstance(given.value, TYPES[TYPE_OF[given.slot]]):
        raise InputError(
            f"a value of the {given.slot} is a {TYPE_OF[given.slot]}",
            value=type(given.value).__name__,
            next_step="Nothing was changed",
        )
    spans = tuple(_span(start, end, reading.article.text) for start, end in given.evidence)
    made = Claim(
        id="",
        slot=given.slot,
        value=known(given.value, reading.entities),
        evidence=spans or (old.evidence if old else ()),
        chain=given.chain if given.chain is not None else old.chain if old else (),
        stance=given.stance or (old.stance if old else "asserts"),
        certainty=given.certainty or (old.certainty if old else "certain"),
        standing=given.standing or (old.standing if old else None),
    )
    _check(made, old, reading)
    return made


def _span(start: int, end: int, text: str) -> Span:
    if not 0 <= start < end <= len(text):
        raise InputError(
            f"no words of the article stand there: it has {len(text)} characters",
            value=f"[{start}, {end})",
            next_step="Select the words that carry the value",
        )
    return Span(start=start, end=end, text=text[start:end])


def _check(made: Claim, old: Claim | None, reading: Reading) -> None:
    if not made.evidence:
        raise InputError("a value needs words that carry it", value="nothing", next_step="Select them in the article")
    ids = {statement.id for statement in reading.statements}
    strange = [id for id in made.chain if id not in ids]
    if strange:
        raise InputError("the article has no such statement", value=strange[0], next_step=f"It has {', '.join(ids)}")
    if (made.standing is not None) != (made.slot == "perpetrator"):
        raise InputError(
            "a perpetrator, and nothing else, has a standing",
            value=made.standing or "nothing",
            next_step="Say how they stand and by whose word" if made.standing is None else "Leave it out",
        )
    if old is not None and replace(made, id=old.id, maker=old.maker, confidence=old.confidence) == old:
        raise InputError("it says so already", value=claim_words(old), next_step="Accept it, or say what is otherwise")
