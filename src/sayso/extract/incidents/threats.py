"""Threats and demands: what a group, a suspect or an unknown voice says it will do."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.incidents.fill import Setting, victims
from sayso.extract.incidents.ledger import Ledger
from sayso.extract.incidents.roles import head_of
from sayso.extract.incidents.syntax import children, objects, prepositional
from sayso.languages import words
from sayso.model.claim import Actor, Label, Text
from sayso.model.entity import Entity
from sayso.model.statement import Statement

SPEAKERS = frozenset({"armed_group", "accused", "anonymous", "other"})


def threats(setting: Setting, said: Sequence[Statement]) -> list[tuple[int, Ledger]]:
    """Return the article's threats of violence, one a speaker, each with the offset at which it is first told."""
    found: dict[str, tuple[int, Ledger]] = {}
    for s in said:
        if not (s.act == "threatens" and _looks_ahead(s)) and not _announced(setting, s):
            continue
        if not _violent(setting, s):
            continue
        who = _speaker(setting, s)
        key = who.id if who else s.speaker or s.id
        anchor = s.cue or (s.content[0] if s.content else s.source)
        if anchor is None:
            continue
        place, ledger = found.setdefault(key, (anchor.start, Ledger()))
        found[key] = (min(place, anchor.start), ledger)
        _record(setting, s, who, ledger)
    for s in said:
        if s.act == "demands":
            who = _speaker(setting, s)
            key = who.id if who else s.speaker or ""
            if key in found:
                for span in s.content[:1]:
                    found[key][1].add("motive", Text(value=span.text), span, setting.voices.chain(s))
    return list(found.values())


AHEAD = frozenset(
    {"will", "would", "'ll", "shall", "to", "more", "further", "unless", "until", "next", "if", "going", "fresh",
     "against", "can", "could", "soon", "any", "every", "target", "targets", "all"}
)  # fmt: skip


def _looks_ahead(s: Statement) -> bool:
    """Say whether a threat speaks of what is to come; to call an attack a reprisal is none."""
    cue = s.cue.text.lower() if s.cue else ""
    if any(word in cue for word in ("threat", "warn", "vow")):
        return True
    said = {w.strip(".,;:'\"“”’") for c in s.content for w in c.text.lower().split()}
    return bool(said & AHEAD)


def _announced(setting: Setting, s: Statement) -> bool:
    """Say whether fighters state what violence they will do: "said that it would kill more judges"."""
    if s.act != "states" or s.speaker_kind != "armed_group":
        return False
    a, deeds = setting.a, set(words("responsibility")["threat_deeds"])
    return any(
        a.tokens[i].pos == "VERB"
        and a.tokens[i].lemma.lower() in deeds
        and any(a.tokens[c].text.lower() in ("will", "would", "'ll", "shall") for c in children(a, i, "aux"))
        for span in s.content
        for i in a.tokens_in(span.start, span.end)
    )


def _violent(setting: Setting, s: Statement) -> bool:
    text = " ".join([*(c.text for c in s.content), s.cue.text if s.cue else ""]).lower().split()
    if s.act == "threatens" and s.cue:
        text += [setting.a.tokens[i].text.lower() for i in setting.a.subtree(head_of(setting.a, s.cue))]
    lists = words("responsibility")
    spoken = {w.strip(".,;:'\"“”’") for w in text}
    who = _speaker(setting, s)
    if s.speaker_kind in ("armed_group", "accused") or (who is not None and who.armed):
        return bool(spoken & {*lists["threat_words"], *lists["threat_deeds"]})
    return s.speaker_kind in SPEAKERS and bool(spoken & set(lists["threat_deeds"]))


def _speaker(setting: Setting, s: Statement) -> Entity | None:
    """Return whom the threat is from: the organization spoken for, else the speaker."""
    if s.on_behalf_of:
        spoken_for = next((e for e in setting.who.by_id.values() if s.on_behalf_of in e.names), None)
        speaker = setting.who.by_id.get(s.speaker_id or "")
        nameless = speaker is None or all(m.form in ("nominal", "pronoun") for m in speaker.mentions)
        if spoken_for is not None and (spoken_for.armed or nameless):
            return spoken_for
    entity = setting.who.by_id.get(s.speaker_id or "")
    if entity is not None:
        member = next((f.other for f in entity.facts if f.name in ("member_of", "leader_of") and f.other), None)
        return setting.who.by_id.get(member or "") or entity
    return None


def _record(setting: Setting, s: Statement, who: Entity | None, ledger: Ledger) -> None:
    chain = setting.voices.chain(s)
    anchor = s.cue or s.content[0]
    ledger.add("kind", Label(value="threat"), anchor, chain)
    ledger.add("stage", Label(value="threatened"), anchor, chain)
    if s.said_on is not None:
        ledger.add("when", s.said_on, anchor, chain)
    evidence = s.content[0] if s.content else anchor
    name = who.name if who else s.speaker
    if name:
        kind = who.kind if who and who.kind in ("person", "organization", "government_body", "group") else "unknown"
        ledger.add(
            "perpetrator", Actor(name=name, kind=kind, entity=who.id if who else None), evidence, chain,
            standing="claimed" if len(chain) <= 1 else "accused",
        )  # fmt: skip
    for head in _threatened(setting, s):
        for value in victims(setting, head, "threatened"):
            ledger.add("victim", value, setting.who.words(head), chain)


def _threatened(setting: Setting, s: Statement) -> list[int]:
    """Return the heads of those who are threatened: whom the words are said to, or what is said against whom."""
    a = setting.a
    found: list[int] = []
    if s.cue:
        verb = head_of(a, s.cue)
        found += [j for j in objects(a, verb) if setting.who.is_people(j)]
    for span in s.content:
        for i in a.tokens_in(span.start, span.end):
            if a.tokens[i].pos == "VERB":
                found += [j for p, j in prepositional(a, i) if p == "against" and setting.who.is_people(j)]
    return list(dict.fromkeys(found))
