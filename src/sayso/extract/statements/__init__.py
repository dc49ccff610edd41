"""Who says what, in what act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.statements.acts import doing
from sayso.extract.statements.attribution import Attribution
from sayso.extract.statements.circumstances import Circumstances
from sayso.extract.statements.find import attributions, innermost
from sayso.extract.statements.speakers import Speaker, Speakers, is_fighter
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.entity import Entity
from sayso.model.statement import Statement
from sayso.model.when import TimeMention

__all__ = ["statements"]

_SURE = {"clause": 0.9, "aside": 0.9, "quote": 0.9, "according": 0.95, "adverb": 0.9, "alone": 0.9, "colon": 0.8}
"""How often, in tenths, a construction is an attribution in the training part of PolNeAR; others about 0.7."""


def statements(
    article: Article, analysis: Analysis, who: tuple[Entity, ...], when: tuple[TimeMention, ...]
) -> tuple[Statement, ...]:
    """Return the statements of the article, in the order of their cues.

    Wants, tastes and plans are attributions, but not statements, and are left out. A statement whose cue lies in what
    another says is `within` the innermost such statement.
    """
    found = [a for a in attributions(analysis) if a.sense.force == "speech" and not _hides(analysis, a)]
    people = Speakers(analysis, who)
    people.learn(found)
    beside = Circumstances(analysis, when)
    made: list[Statement] = []
    for number, (attribution, outer) in enumerate(zip(found, innermost(found), strict=True), start=1):
        speaker = people.of(attribution)
        statement = _statement(article, analysis, attribution, speaker, beside, f"s{number}", outer)
        if speaker.kind == "armed_group" and speaker.entity is None and speaker.behalf is None:
            statement = _for_the_group(analysis, attribution, statement, made)
        made.append(statement)
    return tuple(made)


def _hides(analysis: Analysis, attribution: Attribution) -> bool:
    """Say whether it is only told that a source does not want to be named."""
    text = analysis.text[attribution.cue[0] : attribution.cue[1] + 30].lower()
    return any(phrase in text for phrase in words("speech")["unnamed_phrases"])


def _for_the_group(
    analysis: Analysis, attribution: Attribution, statement: Statement, before: Sequence[Statement]
) -> Statement:
    """Let an unnamed fighter speak for the armed group that was last heard."""
    if attribution.source_head is None or not is_fighter(analysis, attribution.source_head):
        return statement
    group = next(
        (s for s in reversed(before) if s.speaker_kind == "armed_group" and (s.on_behalf_of or s.speaker_id)), None
    )
    return replace(statement, on_behalf_of=group.on_behalf_of or group.speaker) if group else statement


def _statement(
    article: Article,
    analysis: Analysis,
    attribution: Attribution,
    speaker: Speaker,
    beside: Circumstances,
    id: str,
    outer: int | None,
) -> Statement:
    act = doing(analysis, attribution, speaker.kind, speaker.nobody)
    named = attribution.source is not None and not speaker.nobody
    return Statement(
        id=id,
        source=analysis.span_at(*attribution.source) if named and attribution.source else None,
        speaker=speaker.name,
        speaker_id=speaker.entity.id if speaker.entity else None,
        speaker_kind=attribution.sense.by or speaker.kind if attribution.source is None else speaker.kind,
        cue=analysis.span_at(*attribution.cue),
        content=tuple(analysis.span_at(*part) for part in attribution.contents),
        act=act.act,
        stance=act.stance,
        certainty=act.certainty,
        on_behalf_of=speaker.behalf,
        said_on=beside.said_on(attribution),
        said_at=beside.said_at(attribution),
        channel=beside.channel(attribution),
        within=f"s{outer + 1}" if outer is not None else None,
        where=article.role_at(attribution.cue[0]),
        direct=attribution.direct,
        confidence=_SURE.get(attribution.frame, 0.7),
    )
