"""The form that adds a value to an incident, or puts it in another's place, on words of the article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from sayso.desk.corrections import Correction, correct
from sayso.desk.judging import newest, settle
from sayso.desk.values import SLOT_FIELDS, STANDINGS, fields_of, value_from
from sayso.desk.wording import words_at
from sayso.errors import InputError
from sayso.export.sourcing import Sourcing
from sayso.model.claim import Claim, Slot
from sayso.model.span import Span
from sayso.model.statement import Certainty, Stance
from sayso.store.rebuild import Stored
from sayso.store.store import Store
from sayso.store.told import claim_words
from sayso.web.respond import number_in
from sayso.web.slot_fields import COUNTS, Field, fields_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """The form: what it offers and what was typed. `instead` are the words of the claim that is to be replaced."""

    slots: dict[Slot, list[Field]]
    standings: tuple[str, ...]
    stances: tuple[str, ...]
    certainties: tuple[str, ...]
    statements: list[tuple[str, str]]
    typed: Mapping[str, str]
    instead: str | None
    seen: int
    open: bool


def mending(store: Store, stored: Stored, typed: Mapping[str, str], at: Span | None, *, open: bool = False) -> Mending:
    """Return the form with what was typed; with a claim to be replaced, what that says where nothing was typed."""
    sourcing = Sourcing(stored.reading)
    old = _claim(stored, typed.get("incident", ""), typed.get("claim", ""))
    first = _of_claim(old) if old else {}
    words = {"start": str(at.start), "end": str(at.end), "words": at.text} if at else {}
    said = [(s.id, _said(sourcing.speaker(s), s.act, s.content)) for s in stored.reading.statements]
    with store.reading() as connection:
        seen = newest(connection)
    return Mending(
        slots={slot: fields_for(slot) for slot in SLOT_FIELDS},
        standings=STANDINGS,
        stances=get_args(Stance),
        certainties=get_args(Certainty),
        statements=said,
        typed={**first, **words, **typed},
        instead=claim_words(old) if old else None,
        seen=seen,
        open=open or old is not None,
    )


def _said(speaker: str, act: str, content: tuple[Span, ...]) -> str:
    words = " ".join(content[0].text.split()) if content else ""
    return f"{speaker} ({act.replace('_', ' ')}{': ' if words else ''}{words[:50]}{' …' if len(words) > 50 else ''})"


def _claim(stored: Stored, key: str, id: str) -> Claim | None:
    one = next((i for i in stored.reading.incidents if stored.keys[i.id] == key), None)
    return next((c for c in one.claims if c.id == id), None) if one and id else None


def _of_claim(old: Claim) -> dict[str, str]:
    found = {f"{old.slot}.{name}": part for name, part in fields_of(old.value).items()}
    if old.slot in COUNTS:
        found = {f"{old.slot}.value": claim_words(old).partition(" (")[0]}
    found |= {"slot": old.slot, "stance": old.stance, "certainty": old.certainty, "standing": old.standing or ""}
    found["statement"] = old.chain[-1] if old.chain else ""
    if old.evidence:
        words = old.evidence[0]
        found |= {"start": str(words.start), "end": str(words.end), "words": words.text}
    return found


def mend(store: Store, stored: Stored, typed: Mapping[str, str], author: str) -> Span:
    """Do what the form says, and return the words that now carry the value.

    Raises InputError for what cannot be, StaleError where somebody else was quicker, UnclearError where the words are
    not the only ones.
    """
    reading = stored.reading
    slot = cast(Slot, typed.get("slot", ""))
    if slot not in SLOT_FIELDS:
        raise InputError("a slot is needed", value=slot or "nothing", next_step="Choose what the words tell")
    if typed.get("incident") not in stored.keys.values():
        raise InputError(
            "the article tells of no such incident",
            value=typed.get("incident") or "nothing",
            next_step="Choose one; what no article tells of is added by hand",
        )
    start, _, end = typed.get("place", "").partition("-")
    start, end = start or typed.get("start", ""), end or typed.get("end", "")
    words = words_at(reading.article.text, start, end, typed.get("words", ""))
    given = {name: typed.get(f"{slot}.{name}", "") for name in SLOT_FIELDS[slot]}
    correct(
        store,
        Correction(
            incident=typed["incident"],
            action="replace" if typed.get("claim") else "add",
            author=author,
            reason=typed.get("reason", ""),
            seen=number_in(typed.get("seen", "")),
            slot=slot,
            claim=typed.get("claim") or None,
            value=value_from(slot, given, reading.entities),
            standing=_one_of(typed, "standing", STANDINGS) if slot == "perpetrator" else None,
            stance=_one_of(typed, "stance", get_args(Stance)),
            certainty=_one_of(typed, "certainty", get_args(Certainty)),
            evidence=((words.start, words.end),),
            chain=_chain(stored, typed.get("statement", "")),
        ),
    )
    settle(store)
    return words


def _chain(stored: Stored, id: str) -> tuple[str, ...]:
    statement = stored.reading.statement(id)
    if id and statement is None:
        raise InputError("the article has no such statement", value=id, next_step="Choose one of the list")
    return tuple(s.id for s in Sourcing(stored.reading).chain_of(statement)) if statement else ()


def _one_of(typed: Mapping[str, str], name: str, allowed: tuple[Any, ...]) -> Any:
    said = typed.get(name) or None
    if said is not None and said not in allowed:
        raise InputError(f"there is no such {name}: there are {', '.join(allowed)}", value=said, next_step="Choose one")
    return said
