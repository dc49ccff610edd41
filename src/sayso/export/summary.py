"""An incident and a claim as one flat row each: the columns of tables, CSV and GeoJSON.

A row loses what a record has beside each value: the chain of statements, certainty, confidence and offsets. Who says so
stands in brackets behind each value, and values stand beside each other, never averaged.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sayso.export.incident_shapes import (
    ActorValue,
    ClaimRecord,
    IncidentRecord,
    PerpetratorRecord,
    PlaceValue,
    QuantityValue,
    RangeRecord,
    Record,
    Sourced,
    TargetValue,
    TextValue,
    VictimValue,
    WeaponValue,
)
from sayso.export.shapes import ArticleRecord, StatementRecord, WhenRecord

Cell = str | int | float | bool | None
Row = dict[str, Cell]
BETWEEN = " | "
"""Stands between several values in one cell."""
COUNTS = ("killed", "wounded", "abducted", "arrested", "attackers_killed", "attackers_wounded", "shots")


def incident_row(record: Record, incident: IncidentRecord) -> Row:
    """Return one incident as a row: what stands in each column, `docs/store.md` tells."""
    where = incident.where
    row: Row = {"incident": incident.id, "cluster": incident.cluster, **article_columns(record.article)}
    row |= {"kind": incident.kind, "stage": incident.stage, "background": incident.background}
    row |= {"date": incident.when, "earliest": incident.earliest, "latest": incident.latest, "clock": incident.clock}
    row |= {"time_precision": incident.time_precision, "date_prec": incident.date_prec}
    row |= {"place": BETWEEN.join(where.names) if where else None, **_place(where)}
    row["perpetrators"] = _joined(map(perpetrator_words, incident.perpetrators))
    row["targets"] = _joined(_sourced(t.name, t) for t in incident.targets)
    row["victims"] = _joined(_sourced(_victim(v), v) for v in incident.victims)
    row["weapons"] = _joined(w.name for w in incident.weapons)
    for slot in COUNTS:
        row |= _count(slot, getattr(incident, slot))
    row["damage"] = _joined(_sourced(d.value, d) for d in incident.damage)
    row["motive"] = _joined(_sourced(m.value, m) for m in incident.motive)
    row["disputed"] = any(claim.stance != "asserts" for claim in incident.claims)
    row["according_to"] = _joined(claim.according_to for claim in incident.claims)
    row["words"] = _joined(span.text for span in incident.evidence.kind)
    return row


def claim_row(record: Record, incident: IncidentRecord, claim: ClaimRecord) -> Row:
    """Return one claim as a row, with the incident it is about."""
    statements = {statement.id: statement for statement in record.statements}
    said = [statements[id] for id in claim.chain if id in statements]
    dated = [s.said_on for s in reversed(said) if s.said_on]
    value = claim.value
    row: Row = {"incident": incident.id, "cluster": incident.cluster, **article_columns(record.article)}
    row |= {"kind": incident.kind, "stage": incident.stage, "background": incident.background}
    row |= {"claim": claim.id, "slot": claim.slot, "value": value_words(value), "according_to": claim.according_to}
    row["speaker_kind"] = said[-1].speaker_kind if said else "media"
    row["said_on"] = dated[0].edtf if dated else None
    row |= {"stance": claim.stance, "certainty": claim.certainty, "standing": claim.standing}
    row["value_kind"] = getattr(value, "kind", None)
    row |= {part: getattr(value, part, None) for part in ("effect", "number", "low", "high", "earliest", "latest")}
    row |= _place(value if isinstance(value, PlaceValue) else None)
    row |= {"entity": getattr(value, "entity", None), "chain": " ".join(claim.chain) or None}
    row |= {"confidence": claim.confidence, "maker": claim.maker}
    row["start"] = claim.evidence[0].start if claim.evidence else None
    row["end"] = claim.evidence[0].end if claim.evidence else None
    row["words"] = BETWEEN.join(_line(span.text) for span in claim.evidence) or None
    return row


def statement_row(article: Row, statement: StatementRecord) -> Row:
    """Return one statement as a row; `article` are the columns of its article."""
    said, spans = statement.said_on, [statement.source, statement.cue, *statement.content]
    placed = [span for span in spans if span]
    row: Row = {"statement": statement.id, **article}
    row |= {part: getattr(said, name, None) for part, name in (("said_on", "edtf"), ("earliest",) * 2, ("latest",) * 2)}
    own = (
        "speaker",
        "speaker_kind",
        "on_behalf_of",
        "according_to",
        "act",
        "stance",
        "certainty",
        "direct",
        "within",
        "part",
    )
    row |= {name: getattr(statement, name) for name in own}
    words = {name: getattr(statement, name) for name in ("said_at", "channel", "source", "cue")}
    row |= {name: _line(span.text) if span else None for name, span in words.items()}
    row["content"] = BETWEEN.join(_line(span.text) for span in statement.content) or None
    row["confidence"] = statement.confidence
    row["start"] = min((span.start for span in placed), default=None)
    row["end"] = max((span.end for span in placed), default=None)
    return row


def article_columns(article: ArticleRecord) -> Row:
    """Return the columns that say which article it is."""
    parts: Row = {"article": article.id, "outlet": article.outlet or article.agency, "published": article.published}
    return parts | {"title": article.title, "url": article.url}


def _place(where: PlaceValue | None) -> Row:
    latitude, longitude = where.coordinates if where and where.coordinates else (None, None)
    return {
        "admin": where.admin if where else None,
        "country": where.country if where else None,
        "latitude": latitude,
        "longitude": longitude,
        "precision": where.precision if where else None,
        "where_prec": where.where_prec if where else None,
        "gazetteer_id": where.gazetteer_id if where else None,
    }


def _count(slot: str, counts: RangeRecord | None) -> Row:
    said = _joined(_sourced(number_words(count), count) for count in counts.counts) if counts else None
    return {
        f"{slot}_low": counts.low if counts else None,
        f"{slot}_high": counts.high if counts else None,
        f"{slot}_claims": said,
    }


def perpetrator_words(perpetrator: PerpetratorRecord) -> str:
    """Return a perpetrator with the standing last given and who gives it; others dispute it where it says so."""
    standing = perpetrator.standing.replace("_", " ")
    disputed = ", disputed" if perpetrator.disputed and perpetrator.standing != "denied" else ""
    return f"{perpetrator.name} ({standing}{disputed}; {perpetrator.according_to})"


def value_words(value: Any) -> str:
    """Return a claim's value in words."""
    match value:
        case WhenRecord():
            return value.edtf if value.clock is None else f"{value.edtf} {value.clock}"
        case PlaceValue():
            return BETWEEN.join(value.names)
        case VictimValue():
            return _victim(value)
        case QuantityValue():
            return number_words(value)
        case ActorValue() | TargetValue() | WeaponValue():
            return value.name
        case TextValue():
            return value.value
    raise TypeError(f"no value of a claim: {value!r}")


def number_words(value: QuantityValue) -> str:
    """Return a number of people: `3`, `2-3`, `11+` where it is not bounded, `~100` where it is approximate."""
    bound = "+" if value.high is None else "" if value.high == value.low else f"-{value.high}"
    return f"{'~' if value.approximate else ''}{value.low}{bound}"


def _victim(value: VictimValue) -> str:
    known = [part for part in (value.name, value.description) if part]
    return ", ".join(known) or value.kind.replace("_", " ")


def _sourced(words: str, sourced: Sourced) -> str:
    return f"{words} ({'' if sourced.stance == 'asserts' else sourced.stance + ': '}{sourced.according_to})"


def _joined(parts: Iterable[str]) -> str | None:
    return BETWEEN.join(dict.fromkeys(_line(part) for part in parts)) or None


def _line(words: str) -> str:
    return " ".join(words.split())
