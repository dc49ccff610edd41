"""A filter as SQL. Only the newest version of each article counts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, text, tuple_

from sayso.store import search_sqlite
from sayso.store.filters import IncidentFilter, Sort
from sayso.store.fold import fold
from sayso.store.tables import article, claim, claim_chain, cluster_member, incident, name, statement

_Condition = ColumnElement[bool]
_STANDS = claim.c.retired.is_(None)
_OWN_ID = tuple_(incident.c.article, incident.c.id)
_SPEAKER = and_(statement.c.article == claim_chain.c.article, statement.c.id == claim_chain.c.statement)
_CARRIED = and_(
    claim_chain.c.article == claim.c.article,
    claim_chain.c.incident == claim.c.incident,
    claim_chain.c.claim == claim.c.position,
)
_STANDING = case((claim.c.stance == "denies", "denied"), else_=func.coalesce(claim.c.standing, "possible"))
"""The standing that a claim gives, as the record has it."""


_CLUSTER = func.coalesce(cluster_member.c.cluster, incident.c.key)
"""What stands for an incident and all that it was linked with."""


def counting(filter: IncidentFilter, each: bool = True) -> Select[Any]:
    """Return the query for how many incidents meet a filter; without `each`, those linked count once."""
    if each:
        return select(func.count()).select_from(_joined()).where(*_conditions(filter))
    return select(func.count(_CLUSTER.distinct())).select_from(_linked()).where(*_conditions(filter))


def finding(filter: IncidentFilter, sort: Sort, reverse: bool = False, each: bool = True) -> Select[Any]:
    """Return the query for the incidents that meet a filter: their article's number, their key, how many reports.

    By date and publication the newest come first, by kind and place the alphabet holds; `reverse` turns that round.
    What has no date or place comes last either way; equals stand by article and in text order. Without `each`, of those
    linked with each other one stands for all: told as news, dated, by the first article.
    """
    columns = {
        "date": incident.c.earliest,
        "published": article.c.published,
        "kind": incident.c.kind,
        "place": incident.c.place,
        "article": article.c.id,
    }
    shown = [incident.c.article, incident.c.key, incident.c.position, incident.c.earliest]
    inner = select(*shown, article.c.id.label("id"), columns[sort].label("sorted")).where(*_conditions(filter))
    if each:
        inner = inner.add_columns(literal(1).label("reports"), literal(1).label("first")).select_from(_joined())
    else:
        best = [incident.c.background, incident.c.earliest.is_(None), article.c.id, incident.c.position]
        every, own = cluster_member.alias(), incident.alias()
        mine = (every.c.subject == "incident") & (every.c.cluster == cluster_member.c.cluster)
        mine &= (own.c.key == every.c.key) & own.c.retired.is_(None)
        count = func.max(select(func.count()).where(mine).scalar_subquery(), 1).label("reports")
        first = func.row_number().over(partition_by=_CLUSTER, order_by=best).label("first")
        inner = inner.add_columns(count, first).select_from(_linked())
    found = inner.subquery()
    newest_first = (sort in ("date", "published")) != reverse
    order = [found.c.sorted.is_(None), found.c.sorted.desc() if newest_first else found.c.sorted.asc()]
    if sort in ("kind", "place"):
        order += [found.c.earliest.is_(None), found.c.earliest.desc()]
    query = select(found.c.article, found.c.key, found.c.reports).where(found.c.first == 1)
    return query.order_by(*order, found.c.id, found.c.position)


def _joined() -> Any:
    return incident.join(article, article.c.number == incident.c.article)


def _linked() -> Any:
    mine = (cluster_member.c.subject == "incident") & (cluster_member.c.key == incident.c.key)
    return _joined().outerjoin(cluster_member, mine)


def _conditions(filter: IncidentFilter) -> list[_Condition]:
    found: list[_Condition] = [article.c.current, incident.c.retired.is_(None)]
    if filter.kinds:
        found.append(incident.c.kind.in_(filter.kinds))
    if filter.stages:
        found.append(incident.c.stage.in_(filter.stages))
    if filter.background is not None:
        found.append(incident.c.background.is_(filter.background))
    if filter.since:
        open_end = and_(incident.c.latest.is_(None), incident.c.earliest.is_not(None))
        found.append(or_(incident.c.latest >= filter.since, open_end))
    if filter.until:
        open_start = and_(incident.c.earliest.is_(None), incident.c.latest.is_not(None))
        found.append(or_(incident.c.earliest <= filter.until, open_start))
    where = claim.c.slot == "where"
    if filter.countries:
        found.append(_claimed(where, claim.c.country.in_(filter.countries)))
    if filter.place is not None:
        found.append(_claimed(where, _holds(claim.c.key, filter.place)))
    if filter.text is not None:
        matching = select(text("rowid")).select_from(text("article_search")).where(text("article_search MATCH :words"))
        words = search_sqlite.query_of(filter.text)
        found.append(incident.c.article.in_(matching.params(words=words)) if words else literal(False))
    if filter.disputed is not None:
        found.append(_disputed() if filter.disputed else ~_disputed())
    return [*found, *_on_the_word_of(filter)]


def _disputed() -> _Condition:
    """Return the condition that somebody denies or doubts a claim, or that two counts of a slot exclude each other."""
    other = claim.alias()
    same = and_(other.c.article == claim.c.article, other.c.incident == claim.c.incident, other.c.slot == claim.c.slot)
    apart = claim.c.slot.in_(("killed", "wounded", "abducted", "arrested")) & exists().where(
        *(same, other.c.stance == "asserts", claim.c.stance == "asserts", other.c.low > claim.c.high),
        other.c.retired.is_(None),
    )
    return _claimed(or_(claim.c.stance != "asserts", claim.c.standing == "denied", apart))


def _on_the_word_of(filter: IncidentFilter) -> list[_Condition]:
    """Return the conditions on perpetrators and on who says so, which one claim must meet together."""
    met: list[_Condition] = []
    if filter.actor is not None:
        spelled = select(name.c.article, name.c.entity).where(_holds(name.c.key, filter.actor))
        met.append(or_(_holds(claim.c.key, filter.actor), tuple_(claim.c.article, claim.c.entity).in_(spelled)))
    if filter.standings:
        met.append(_STANDING.in_(filter.standings))
    if met:
        met.append(claim.c.slot == "perpetrator")
    if filter.speaker_kinds and not met and "media" not in filter.speaker_kinds:
        said = select(claim_chain.c.article, claim_chain.c.incident).join(statement, _SPEAKER).join(claim, _CARRIED)
        return [_OWN_ID.in_(said.where(statement.c.speaker_kind.in_(filter.speaker_kinds), _STANDS))]
    if filter.speaker_kinds:
        met.append(_said_by(filter.speaker_kinds))
    return [_claimed(*met)] if met else []


def _said_by(kinds: tuple[str, ...]) -> _Condition:
    """Return the condition that somebody of these kinds stands in a claim's chain; an empty chain is the outlet's."""
    said = exists().where(_CARRIED, _SPEAKER, statement.c.speaker_kind.in_(kinds))
    return or_(said, ~exists().where(_CARRIED)) if "media" in kinds else said


def _claimed(*conditions: _Condition) -> _Condition:
    """Return the condition that some claim about the incident meets all these."""
    met = select(claim.c.article, claim.c.incident).where(*conditions, _STANDS)
    return _OWN_ID.in_(met)


def _holds(key: ColumnElement[Any], words: str) -> _Condition:
    """Return the condition that a folded name holds these words, whole and in a row."""
    wanted = fold(words)
    return key.contains(wanted) if wanted else literal(False)
