"""Which entities of readings are which people and organizations of ECB+, by the words that both mark.

ECB+ (Cybulska and Vossen 2014) marks people and organizations in some sentences of each article, each with the number
of one that articles share. Of an entity, the words of its names count.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from sayso.model.entity import Entity
from sayso.model.reading import Reading

PREFIX = "HUMAN_PART"


def _offsets(tokens: list[str], text: str) -> list[tuple[int, int] | None]:
    """Return where each token stands in a text that has them in order, blanks aside; None for those that it lacks."""
    found: list[tuple[int, int] | None] = []
    at = 0
    for token in tokens:
        start = text.find(token, at, at + 60)
        if start < 0:
            found.append(None)
        else:
            found.append((start, start + len(token)))
            at = start + len(token)
    return found


def _instances(root: ET.Element) -> list[tuple[str, list[str]]]:
    """Return the marked people and organizations: the number each, and its tokens' ids."""
    anchors, tags = {}, {}
    for mark in root.iter():
        if str(mark.tag).startswith(PREFIX) and (tokens := [a.get("t_id") or "" for a in mark.iter("token_anchor")]):
            anchors[mark.get("m_id")] = tokens
        elif mark.get("TAG_DESCRIPTOR"):
            tags[mark.get("m_id")] = mark.get("instance_id") or f"{mark.get('TAG_DESCRIPTOR')}"
    found = []
    for relation in root.iter():
        if relation.tag not in ("CROSS_DOC_COREF", "INTRA_DOC_COREF"):
            continue
        target = next((t.get("m_id") for t in relation.iter("target")), None)
        own = f"{root.get('doc_name')}:{target}"
        number = relation.get("note") if relation.tag == "CROSS_DOC_COREF" else own
        found += [(number or tags.get(target, own), anchors[m]) for s in relation.iter("source")
                  if (m := s.get("m_id")) in anchors]  # fmt: skip
    return found


def gold(reading: Reading, folder: Path) -> dict[str, str]:
    """Return the ECB+ number of each entity of a reading that has one, by entity id."""
    id = reading.article.id
    root = ET.parse(folder / id.split("_")[0] / f"{id}.xml").getroot()
    tokens = list(root.iter("token"))
    offsets = dict(zip((t.get("t_id") for t in tokens),
                       _offsets([t.text or "" for t in tokens], reading.article.text), strict=True))  # fmt: skip
    marks = []
    for number, ids in _instances(root):
        spans = [o for t in ids if (o := offsets.get(t))]
        if spans:
            marks.append((number, min(a for a, _ in spans), max(b for _, b in spans)))
    return {e.id: best for e in reading.entities if (best := _best(e, marks))}


def _best(entity: Entity, marks: list[tuple[str, int, int]]) -> str | None:
    """Return the number whose marks have most of an entity's names' letters; both end with the same word."""
    shared = Counter[str]()
    for mention in entity.mentions:
        if mention.form in ("name", "alias"):
            start, end = mention.span.start, mention.span.end
            for number, a, b in marks:
                both = min(b, end) - max(a, start)
                if both > 0.5 * (end - start) and both > 0.4 * (b - a) and abs(b - end) < 4:
                    shared[number] += both
    return shared.most_common(1)[0][0] if shared else None
