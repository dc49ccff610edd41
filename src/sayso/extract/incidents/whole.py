"""What the whole report says of a person or a place, beyond the words that carry one claim.

A name stands in many sentences: in one its bearer is charged, in another he is only a speaker. The judge weighs a claim
by its own words; these columns add what the other mentions tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.fill import Setting
from sayso.extract.incidents.named import VICTIMS
from sayso.languages import words
from sayso.model.claim import Actor, Claim, Victim
from sayso.model.entity import Entity, Mention
from sayso.model.evidence import Evidence
from sayso.model.place import Place, PlaceMention

PERSON_ROLES = ("victim_name", "shooter_name", "victim", "perpetrator")
HARMED = {"killed": 3.0, "wounded": 2.0, "abducted": 2.0, None: 1.0}
BLAMED = {"possible": 2.0, "suspected": 3.0, "accused": 3.0, "accused_by_authorities": 3.0, "claimed": 3.0}
BY_LAW = {"charged": 4.0, "convicted": 4.0, "confessed": 4.0}
FAR = 12
"""Sentences into the report from which it no longer matters how late something is first named."""
CLIMB = 6
"""Words up the tree in which the verb of a mention is looked for."""


@cache
def legal_verbs() -> frozenset[str]:
    """Return the verbs that make their object a suspect: "charge", "arrest", "accuse"."""
    table = words("responsibility")["verbs"]
    return frozenset(v for v, patterns in table.items() if any(p["who"] == "obj" for p in patterns))


class Whole:
    """The columns of the persons and places of one article; each is computed once.

    `claims` are all that the incidents of the article have, of which the rules' own tell how they take a person.
    """

    def __init__(
        self, setting: Setting, evidence: Evidence, claims: Sequence[Claim], where: Sequence[PlaceMention] = ()
    ) -> None:
        self.setting, self.evidence, self.where = setting, evidence, where
        self._known: dict[str, dict[str, float]] = {}
        self._harmed: dict[str, float] = {}
        self._blamed: dict[str, float] = {}
        for claim in claims:
            value = claim.value
            if not claim.maker.startswith("rules") or claim.stance == "denies":
                continue
            if isinstance(value, Victim) and value.entity:
                worth = HARMED.get(value.effect, 0.5)
                self._harmed[value.entity] = max(worth, self._harmed.get(value.entity, 0.0))
            elif isinstance(value, Actor) and value.entity:
                worth = (BLAMED | BY_LAW).get(claim.standing or "", 1.0)
                self._blamed[value.entity] = max(worth, self._blamed.get(value.entity, 0.0))
        self._speakers = {s.speaker_id for s in setting.voices.by_id.values() if s.speaker_id}

    def columns(self, claim: Claim) -> dict[str, float]:
        """Return the columns of the person or place that a claim is about; zeros for other claims."""
        value = claim.value
        entity = self.setting.who.by_id.get(value.entity or "") if isinstance(value, Victim | Actor) else None
        named = entity is not None and entity.kind in ("person", "organization") and bool(_names(entity))
        row = dict(self._person(entity)) if entity is not None and named else dict.fromkeys(PERSON, 0.0)
        return row | (self._place(value) if isinstance(value, Place) else dict.fromkeys(PLACE, 0.0))

    def _person(self, entity: Entity) -> dict[str, float]:
        known = self._known.get(entity.id)
        if known is None:
            known = self._known[entity.id] = self._seen(entity) | self._said(entity)
        return known

    def _seen(self, entity: Entity) -> dict[str, float]:
        row: dict[str, float] = {}
        for role in PERSON_ROLES:
            sure = [self.evidence.probability(role, m.span.start, m.span.end) for m in _names(entity)]
            row[f"person {role}"], row[f"person {role} mean"] = max(sure), sum(sure) / len(sure)
        row["person lean"] = row["person victim_name mean"] - row["person shooter_name mean"]
        return row

    def _said(self, entity: Entity) -> dict[str, float]:
        a, mentions = self.setting.a, _names(entity)
        verbs = [_verb(self.setting, m.head) for m in entity.mentions]
        sentences = sorted({a.sentence_of(m.head) for m in mentions})
        lemmas = [{a.tokens[i].lemma.lower() for i in range(*a.sentences[s][:2])} for s in sentences]
        heads = [m.head for m in entity.mentions if m.form == "nominal"]
        return {
            "person by rules harmed": self._harmed.get(entity.id, 0.0),
            "person by rules blamed": self._blamed.get(entity.id, 0.0),
            "person harmed": float(sum(v in lexicon.harm_verbs() and d != "nsubj" for v, d in verbs)),
            "person does": float(sum(v in lexicon.verb_triggers() and d == "nsubj" for v, d in verbs)),
            "person at law": float(sum(v in legal_verbs() and d != "nsubj" for v, d in verbs)),
            "person law near": sum(bool(found & legal_verbs()) for found in lemmas) / len(lemmas),
            "person victims near": sum(bool(found & VICTIMS) for found in lemmas) / len(lemmas),
            "person suspect": float(any(lexicon.is_suspect(a, i) or lexicon.is_attacker(a, i) for i in heads)),
            "person speaks": float(entity.id in self._speakers),
            "person aged": float(entity.fact("age") is not None),
            "person titled": float(entity.fact("role") is not None),
            "person kin": float(entity.fact("kin_of") is not None),
            "person first": float(min(sentences[0], FAR)),
            "person named": float(len(mentions)),
            "person words": float(len(entity.name.split())),
        }

    def _place(self, place: Place) -> dict[str, float]:
        a = self.setting.a
        spots = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(place.names[0])}(?!\w)", a.text, re.I)]
        sure = [self.evidence.probability("city", *spot) for spot in spots] or [0.0]
        uses = [m.use for m in self.where if m.place.names == place.names]
        after = [a.text[end : end + 16].lower().split() for _, end in spots]
        first = a.sentence_of(a.token_at(spots[0][0])) if spots else FAR
        return {
            "place city": max(sure),
            "place city mean": sum(sure) / len(sure),
            "place city sum": min(sum(sure), 4.0),
            "place named": float(len(spots)),
            "place first": float(min(first, FAR)),
            "place quarter": float(any(w and w[0].strip(".,") in QUARTERS for w in after)),
            "place police": float(any(w and w[0] == "police" for w in after)),
            "place dateline": float("dateline" in uses),
            "place locative": float("locative" in uses),
            "place unlisted": float(place.gazetteer_id is None),
            "place town": float(place.type == "city"),
            "place region": float(place.type == "region"),
        }


QUARTERS = frozenset({"neighborhood", "neighbourhood", "section", "district", "area", "quarter", "side", "suburb"})
PERSON = (
    *(f"person {role}{part}" for role in PERSON_ROLES for part in ("", " mean")),
    "person lean", "person by rules harmed", "person by rules blamed", "person harmed", "person does", "person at law",
    "person law near", "person victims near", "person suspect", "person speaks", "person aged", "person titled",
    "person kin", "person first", "person named", "person words",
)  # fmt: skip
PLACE = (
    "place city", "place city mean", "place city sum", "place named", "place first", "place quarter", "place police",
    "place dateline", "place locative", "place unlisted", "place town", "place region",
)  # fmt: skip


def _names(entity: Entity) -> list[Mention]:
    return [m for m in entity.mentions if m.form in ("name", "alias")]


def _verb(setting: Setting, i: int) -> tuple[str, str]:
    """Return the verb that a mention hangs on, and the relation that leads there: nsubj, nsubjpass, dobj ..."""
    tokens = setting.a.tokens
    for _ in range(CLIMB):
        token = tokens[i]
        if token.head == i:
            break
        head = tokens[token.head]
        if head.pos in ("VERB", "AUX"):
            return head.lemma.lower(), token.dep
        i = token.head
    return "", ""
