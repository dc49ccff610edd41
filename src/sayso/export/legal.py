"""What the law has done with a person, apart from how he stands to an incident."""

from __future__ import annotations

from sayso.export.incident_shapes import LegalRecord, LegalStatus
from sayso.export.sourcing import Sourcing
from sayso.model.entity import Entity

_STATUS: dict[str, LegalStatus] = {
    "wanted": "at_large", "at large": "at_large",
    "arrested": "held", "detained": "held", "captured": "held", "held": "held", "in custody": "held",
    "charged": "charged", "on trial": "charged",
    "convicted": "convicted", "acquitted": "acquitted",
    "released": "released", "on bail": "released",
    "dead": "dead",
}  # fmt: skip
"""What each status that a text gives somebody says of his state before the law."""


def legal_records(entity: Entity | None, sourcing: Sourcing) -> list[LegalRecord]:
    """Return every legal status that the text gives an entity, in text order, each once."""
    found: dict[LegalStatus, LegalRecord] = {}
    for fact in sorted(entity.facts if entity else (), key=lambda fact: fact.evidence.start):
        status = _STATUS.get(fact.value) if fact.name == "status" else "dead" if fact.name == "death" else None
        if status is not None and status not in found:
            chain = sourcing.around(fact.evidence)
            found[status] = LegalRecord(
                status=status,
                according_to=sourcing.according_to(chain),
                chain=[statement.id for statement in chain],
                evidence=[sourcing.evidence(fact.evidence)],
            )
    return list(found.values())
