"""Walks through the article once and says of each noun phrase and pronoun whom it refers to.

The rules are of recency, number, gender and kind. A wrong link does more harm than a missing one: where two candidates
are as good, nothing is linked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from sayso.model.entity import MentionForm
from sayso.resolve.who.draft import Cast, Draft
from sayso.resolve.who.groups import enumerated, lists_of
from sayso.resolve.who.mind import Mind
from sayso.resolve.who.nominals import Nominal, Sort, nominals
from sayso.resolve.who.organizations import body, organization
from sayso.resolve.who.persons import people, person
from sayso.resolve.who.pronouns import pronoun, relative

SIBLINGS = frozenset({"brother", "sister", "cousin", "twin", "sibling", "son", "daughter"})
"""Nouns whose bearers share a surname."""
RESOLVERS: dict[Sort, Callable[[Mind, Nominal], Draft | None]] = {
    "pronoun": pronoun,
    "relative": relative,
    "body": body,
    "organization": organization,
    "people": people,
    "number": people,
    "person": person,
}


def resolve_references(cast: Cast) -> None:
    """Link all nominals and pronouns, in text order; those that name nobody known become entities of their own."""
    lists = lists_of(cast)
    passed = deque(lists)
    mind = Mind(cast=cast, lists={listed.first: listed for listed in lists})
    names = deque(sorted((m.head, n, d) for n, d in enumerate(cast.drafts) if not d.gone for m in d.mentions))
    for nominal in list(nominals(cast)):
        while names and names[0][0] < nominal.head:
            head, _, named = names.popleft()
            mind.note(head, named)
        while passed and passed[0].last <= nominal.first:
            mind.last_list = passed.popleft()
        draft = RESOLVERS[nominal.sort](mind, nominal)
        if draft is not None:
            _link(mind, nominal, draft)


def _link(mind: Mind, nominal: Nominal, draft: Draft) -> None:
    """Note that a nominal refers to an entity, and who is listed behind it."""
    form: MentionForm = "pronoun" if nominal.sort in {"pronoun", "relative"} else "nominal"
    if draft.kind == "group" and not draft.members:
        draft.members = list(_named_with(mind, nominal, draft))
        draft.number = draft.number or len(draft.members) or None
        if nominal.root in SIBLINGS:
            _share_surname(draft.members)
    mind.cast.mention(draft, nominal.first, nominal.last, form, nominal.head)
    if nominal.sort in {"person", "people", "organization"} and nominal.root:
        draft.roots.add(nominal.root)
    mind.note(nominal.head, draft)


def _share_surname(members: list[Draft]) -> None:
    """Give those listed by a given name alone the surname of the last: "two brothers, Saad and Walid Jarri"."""
    surname = members[-1].names[0].partition(" ")[2] if members else ""
    for member in members[:-1] if surname else ():
        if " " not in member.names[0] and all(" " not in name for name in member.names):
            member.names.insert(0, f"{member.names[0]} {surname}")


def _named_with(mind: Mind, nominal: Nominal, draft: Draft) -> tuple[Draft, ...]:
    """Return who is listed behind a noun for several people, or behind "their names are"."""
    if nominal.sort != "pronoun":
        return enumerated(mind.cast, nominal, mind.lists)
    noun = mind.tokens[mind.tokens[nominal.head].head]
    if nominal.root == "them" and noun.lemma in {"name", "identify"}:
        return enumerated(mind.cast, nominal, mind.lists)
    if nominal.root == "their" and noun.text.lower() in {"names", "identities"}:
        return enumerated(mind.cast, replace(nominal, last=noun.i + 1, number=draft.number), mind.lists)
    return ()
