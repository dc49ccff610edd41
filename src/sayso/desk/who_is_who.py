"""Who is whom, as people decide it: two are the same, or the one of an article is another."""

from __future__ import annotations

from sayso.desk.errors import NotFoundError, StaleError
from sayso.desk.people import since
from sayso.errors import InputError
from sayso.link.judge import Decision, judge, known, undo
from sayso.model.judgement import Judgement
from sayso.store.links import Links
from sayso.store.store import Store

MOST = 25
"""So many decisions one split may take: each sets the one apart from another with whom it still stood."""


def merge(store: Store, left: str, right: str, *, author: str, reason: str, seen: int) -> Decision:
    """Call two people or groups the same. Raises as `judge` does, and StaleError where others decided meanwhile."""
    _needs(reason)
    _check_fresh(store, [left, right], seen)
    return judge(store, "entity", (left, right), "same", author=author, reason=reason)


def split(store: Store, key: str, *, author: str, reason: str, seen: int) -> list[Judgement]:
    """Call whoever an article has another than all with whom it was linked.

    It is set apart from one after the other until it stands with none of them any more: mostly one decision is enough.
    Raises InputError where it is alone already, or where people called it the same before.
    """
    _needs(reason)
    others = _others(store, key)
    if not others:
        raise InputError("this is in no other article, and stands alone", value=key, next_step="Nothing is to be split")
    _check_fresh(store, [key], seen)
    made: list[Judgement] = []
    left = others
    while left and len(made) < MOST:
        made.append(judge(store, "entity", (key, left[0]), "different", author=author, reason=reason).judgement)
        still = set(_others(store, key))
        left = [other for other in others if other in still]
    return made


def take_back(store: Store, number: int, *, author: str) -> Decision:
    """Take back a decision of who is whom. Raises NotFoundError where there is none; else as `undo` does."""
    try:
        return undo(store, number, author=author)
    except InputError as error:
        if "no such judgement" in error.message:
            raise NotFoundError(error.message, value=error.value, next_step="The page lists what stands") from error
        raise


def _needs(reason: str) -> None:
    if not reason.strip():
        raise InputError("a decision needs a reason", value="nothing", next_step="Say in a few words why")


def _others(store: Store, key: str) -> list[str]:
    """Return the keys linked with one: those that rules or people linked it with directly come first."""
    with store.reading() as connection:
        links = Links(connection, "entity")
        whole = known(links, key)
        cluster = links.clusters_of([whole]).get(whole)
        members = [one for one in links.members([cluster]).get(cluster, []) if one != whole] if cluster else []
        near = {j.left if j.right == whole else j.right for j in links.ruled([whole]) if j.verdict == "same"}
    return sorted(members, key=lambda one: (one not in near, one))


def _check_fresh(store: Store, keys: list[str], seen: int) -> None:
    with store.reading() as connection:
        links = Links(connection, "entity")
        own = {known(links, key) for key in keys}
        clusters = set(links.clusters_of(own).values())
        own |= {key for members in links.members(clusters).values() for key in members}
        newer = since(connection, own, seen)
    if newer:
        raise StaleError(f"{newer[0].author} has decided who is whom here meanwhile", value=keys[0], changes=newer)
