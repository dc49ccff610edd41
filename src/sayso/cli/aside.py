"""Why an incident is background, told from what the rules that set it aside look at."""

from __future__ import annotations

from sayso.extract.incidents.earnest import mishap_near
from sayso.extract.incidents.group import LONG_AGO
from sayso.extract.incidents.read import reported_on
from sayso.model.analysis import Analysis
from sayso.model.incident import Incident
from sayso.model.reading import Reading
from sayso.model.when import When

CLAUSES = frozenset({"acl", "relcl"})
"""Clauses that hang on a noun, in spaCy's English labels."""


def why_aside(incident: Incident, reading: Reading, a: Analysis) -> str:
    """Return in words why an incident is background: it lies long ago, or the words only recall it."""
    now = reported_on(reading.article, reading.times)
    days = [(c.value.latest, c.value.edtf) for c in incident.of("when") if isinstance(c.value, When) and c.value.latest]
    last, edtf = max(days, default=(None, ""))
    if last is not None and now is not None and last < now - LONG_AGO:
        return f"dated {edtf}, more than {LONG_AGO.days} days before the report ({now.isoformat()})"
    if incident.kind == "arrest" and a.sentences and mishap_near(a, 0):
        return "the report opens with an accident, an illness or a disaster"
    nouns = [recalled_by(a, a.token_at(m.trigger.start)) for m in incident.mentions]
    told = list(dict.fromkeys(noun for noun in nouns if noun))
    if told and all(nouns):
        return "told only in a clause about " + ", ".join(f"“{noun}”" for noun in told[:3])
    return "not in the headline or the first sentences, and its words set it apart from what is reported"


def recalled_by(a: Analysis, i: int) -> str | None:
    """Return the noun that a token's clause describes ("an ideologist killed in 2010"); None for other clauses."""
    while True:
        token = a.tokens[i]
        noun = a.tokens[token.head]
        if token.dep in CLAUSES and noun.pos in ("NOUN", "PROPN"):
            return noun.text
        if token.head == i or token.dep in ("ccomp", "advcl"):
            return None
        i = token.head
