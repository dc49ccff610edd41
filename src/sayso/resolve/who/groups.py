"""Several people at once: who they are, how many, and which of them "the other three" leaves."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.resolve.who.draft import Cast, Draft
from sayso.resolve.who.nominals import Nominal

ANYONE = frozenset(
    {
        "man",
        "woman",
        "person",
        "individual",
        "suspect",
        "detainee",
        "defendant",
        "accused",
        "youth",
        "member",
        "boy",
        "girl",
    }
)
"""Nouns that can take up a group called otherwise before."""
BYSTANDERS = frozenset({"victim", "worker", "official", "soldier", "kin"})


def find_group(cast: Cast, nominal: Nominal, groups: list[Draft], recent: list[Draft]) -> Draft | None:
    """Return the group in mind that a definite plural or a bare number takes up; a part of one is made anew."""
    if nominal.other:
        return _remainder(cast, nominal, groups, recent)
    if nominal.number is not None:
        same = [g for g in groups if g.number == nominal.number and _compatible(cast, nominal, g)]
        return same[0] if same else None
    if nominal.sort == "number":
        return None
    fits = [g for g in groups if _compatible(cast, nominal, g)]
    called = [g for g in fits if nominal.root in g.roots]
    if called:
        return called[0]
    return max(fits, key=lambda g: (len(g.mentions), g.number or 0), default=None) if nominal.root in ANYONE else None


def _compatible(cast: Cast, nominal: Nominal, group: Draft) -> bool:
    """Say whether the noun can stand for the group: the same noun, or one that says little."""
    if nominal.sort == "number" or nominal.root in group.roots:
        return True
    tags = {cast.lexicon.roles.get(root, "") for root in group.roots}
    if nominal.tag == "victim":
        return bool(tags & {"civilian", "worker", "victim"})
    if nominal.root in ANYONE:
        return not tags & BYSTANDERS or (nominal.root in {"man", "woman"} and "kin" not in tags)
    return nominal.tag in tags and nominal.tag == "fighter"


def _remainder(cast: Cast, nominal: Nominal, groups: list[Draft], recent: list[Draft]) -> Draft | None:
    """Return the rest of a group without those who were just singled out."""
    for group in groups:
        if group.number is None or (nominal.number is not None and group.number <= nominal.number):
            continue
        left = nominal.number or 0
        single = _singled_out(group, recent, group.number - left if left else 1)
        if group.members and not single:
            continue
        rest = cast.new("group", cast.words(nominal.first, nominal.last))
        rest.plural, rest.base, rest.unnamed = True, group, True
        rest.number = nominal.number or group.number - len(single)
        rest.members = [m for m in group.members if m not in single]
        if rest.members and len(rest.members) != rest.number:
            rest.members = []
        return rest
    return None


def _singled_out(group: Draft, recent: list[Draft], many: int) -> list[Draft]:
    """Return the members spoken of last, as many as are missing."""
    found: list[Draft] = []
    for draft in reversed(recent):
        if draft in group.members and draft not in found:
            found.append(draft)
            if len(found) == many:
                return found
    return []


def new_group(cast: Cast, nominal: Nominal) -> Draft:
    """Make an entity of several people."""
    group = cast.new("group", cast.words(nominal.first, nominal.last))
    group.plural = group.unnamed = True
    group.number = nominal.number
    group.roots.add(nominal.root)
    return group


@dataclass(frozen=True, slots=True)
class Listed:
    """People named in one list: tokens `[first, last)`."""

    first: int
    last: int
    people: tuple[Draft, ...]


def lists_of(cast: Cast) -> list[Listed]:
    """Return every list of two or more persons' names ("A (born in 1986), B, 34, and C"), in text order."""
    names = sorted(
        ((first, last, d) for d in cast.drafts if d.kind == "person" and not d.gone for first, last in d.ranges),
        key=lambda item: item[:2],
    )
    found: list[Listed] = []
    run: list[tuple[int, int, Draft]] = []
    for item in names:
        if run and not _listed(cast, run[-1][1], item[0]):
            _close(run, found)
            run = []
        run.append(item)
    _close(run, found)
    return found


def _close(run: list[tuple[int, int, Draft]], found: list[Listed]) -> None:
    people = tuple(dict.fromkeys(draft for _, _, draft in run))
    if len(people) > 1:
        found.append(Listed(run[0][0], run[-1][1], people))


def _listed(cast: Cast, end: int, start: int) -> bool:
    """Say whether nothing but commas, "and", ages, brackets and titles stands between two names."""
    tokens = cast.analysis.tokens
    if start - end > 14 or start <= end:
        return False
    depth, joined = 0, False
    for token in tokens[end:start]:
        if token.text in {"(", "["}:
            depth += 1
        elif token.text in {")", "]"}:
            depth -= 1
        elif depth == 0:
            low = token.text.lower()
            if low in {",", "and", "&", ";", "or"}:
                joined = True
            elif low in {"of", "from"} and tokens[end].text == ",":
                continue
            elif not (
                low.isdigit()
                or (joined and token.pos in {"NOUN", "ADJ"})
                or low in {"his", "her", "their"}
                or cast.lexicon.role(token) is not None
                or cast.lexicon.nation(low) is not None
                or low in cast.lexicon.suffixes
                or cast.lexicon.is_title((low,))
                or token.pos == "PROPN"
            ):
                return False
    return joined and depth == 0


INTRODUCED = frozenset(
    {":", "--", "—", "–", "-", ",", "are", "were", "is", "was", "be", "been", "as", "identified", "named", "being"}
)


def enumerated(cast: Cast, nominal: Nominal, lists: dict[int, Listed]) -> tuple[Draft, ...]:
    """Return the persons listed right behind a noun for several people: "the four are A, B, C and D"."""
    tokens = cast.analysis.tokens
    i = nominal.last
    while i < min(nominal.last + 7, len(tokens)):
        if i in lists:
            people = lists[i].people
            many = nominal.number
            if many is None or len(people) == many:
                return people
            return ()
        low = tokens[i].text.lower()
        described = cast.lexicon.nation(low) is not None or cast.lexicon.role(tokens[i]) is not None
        if low not in INTRODUCED and not cast.lexicon.is_title((low,)) and not (described and i > nominal.last):
            return ()
        i += 1
    return ()
