"""Which organization or body a noun stands for: "the group", "the ministry", "police"."""

from __future__ import annotations

from sayso.resolve.who.draft import Draft
from sayso.resolve.who.mind import Mind
from sayso.resolve.who.nominals import ARGUMENTS, DEFINITE, PRONOUNS, Nominal
from sayso.resolve.who.same import folded

NO_OWNER = frozenset(
    {"'s", "’s", "a", "an", "local", "'", "its", "his", "her", "their", "our", "state", "security", "armed"}
)
"""Words before the noun of a body that do not say whose it is."""
MANY = frozenset(
    {"police", "authorities", "troops", "forces", "prosecutors", "gendarmes", "marines", "military", "authority"}
)
BETWEEN = frozenset(["called", "named", "known", "as", "the", '"', "“", "calling", "itself", ",", "``"])


def organization(mind: Mind, nominal: Nominal) -> Draft | None:
    """Link "the group" and its like to the organization spoken of; an unnamed one that acts becomes its own."""
    armed = nominal.tag == "armed" or not mind.cast.lexicon.armed_adjectives.isdisjoint(nominal.mods)
    found = named_beside(mind, nominal)
    if found is None and (nominal.article == "definite" or (nominal.mods and nominal.mods[0] in PRONOUNS)):
        found = next((s.draft for s in reversed(mind.seen) if organization_fits(mind, nominal, s.draft)), None)
        armed = armed and found is not None and not _civil(mind, found)
    if found is not None:
        found.armed |= armed
        return found
    acts = mind.tokens[nominal.head].dep in ARGUMENTS - {"attr", "appos", "oprd"}
    if armed and acts and nominal.article == "indefinite":
        draft = mind.cast.new("organization", mind.cast.words(nominal.first, nominal.last))
        draft.unnamed = draft.armed = True
        return draft
    return None


def _civil(mind: Mind, draft: Draft) -> bool:
    """Say whether the name is one of a party, a company or the like."""
    words = {w for name in draft.names for w in folded(name).split()}
    return draft.kind != "organization" or not mind.cast.lexicon.organization.isdisjoint(words)


def named_beside(mind: Mind, nominal: Nominal) -> Draft | None:
    """Return the organization that the phrase itself names: "a group called X", "the group X"."""
    i = nominal.last
    cast = mind.cast
    while i < min(nominal.last + 4, len(mind.tokens)):
        draft = cast.taken.get(i)
        if draft is not None:
            return draft if draft.kind == "organization" else None
        if mind.tokens[i].text.lower() not in BETWEEN:
            return None
        i += 1
    return None


def organization_fits(mind: Mind, nominal: Nominal, draft: Draft) -> bool:
    """Say whether a definite noun can stand for that organization."""
    if draft.kind not in {"organization", "government_body"}:
        return False
    words = {w for name in draft.names for w in folded(name).split()}
    if nominal.root in words or nominal.root in draft.roots:
        return True
    if draft.kind == "government_body" or nominal.tag in {"government", "civil"}:
        return False
    return draft.armed or not armed_about(mind)


def armed_about(mind: Mind) -> bool:
    """Say whether an armed organization is among those in mind."""
    return any(s.draft.armed for s in mind.seen)


def body(mind: Mind, nominal: Nominal) -> Draft | None:
    """Link "the authorities", "police" and their like with each other by noun, nation and owner."""
    root, lex = nominal.root, mind.cast.lexicon
    owner = frozenset(m for m in nominal.mods if m not in NO_OWNER and m not in DEFINITE)
    named = named_body(mind, root, owner)
    if named is not None:
        return named
    token = mind.tokens[nominal.head]
    if token.dep in {"compound", "amod", "nmod"} or (owner & lex.armed_adjectives and root == "forces"):
        return None
    office = root in lex.organization_nouns or root in {"office", "jury", "embassy"}
    if office and not owner:
        return next((draft for _, draft in mind.bodies[root]), None)
    key = owner if office else frozenset({nominal.nation}) if nominal.nation else frozenset()
    known = near_body(mind, root, key, office)
    if known is None:
        known = mind.cast.new("government_body", mind.cast.words(nominal.first, nominal.last))
        known.unnamed = True
        known.plural = root.split()[-1] in MANY
    mind.bodies[root].append((key, known))
    return known


def named_body(mind: Mind, root: str, owner: frozenset[str]) -> Draft | None:
    """Return the body in mind whose name has the noun and all that stands before it."""
    for seen in reversed(mind.seen):
        if seen.draft.kind == "government_body" and not seen.draft.unnamed:
            names = {w for name in seen.draft.names for w in folded(name).split()}
            if root in names and owner <= names:
                return seen.draft
    return None


def near_body(mind: Mind, root: str, key: frozenset[str], office: bool) -> Draft | None:
    """Return a body of the same noun with the same owner, else one that says more or less of itself."""
    same = next((draft for other, draft in mind.bodies[root] if other == key), None)
    if same is not None:
        return same
    for other, draft in mind.bodies[root]:
        if not key or not other or (office and (key <= other or other <= key)):
            return draft
    return None
