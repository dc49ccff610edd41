"""Who says what, in what act."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from sayso.extract.statements.acts import Doing, doing
from sayso.extract.statements.attribution import Attribution
from sayso.extract.statements.circumstances import Circumstances
from sayso.extract.statements.combine import WEIGHTY, combined
from sayso.extract.statements.find import attributions, innermost
from sayso.extract.statements.learned import Sight, reader
from sayso.extract.statements.manner import Answers, Floats, kinds, manner, row_of
from sayso.extract.statements.speakers import Speaker, Speakers, is_fighter
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.entity import Entity
from sayso.model.evidence import Branch
from sayso.model.statement import SpeakerKind, Statement
from sayso.model.when import TimeMention

__all__ = ["statements"]

_SURE = {"clause": 0.9, "aside": 0.9, "quote": 0.9, "according": 0.95, "adverb": 0.9, "alone": 0.9, "colon": 0.8}
"""How often, in tenths, a construction is an attribution in the training part of PolNeAR; others about 0.7."""


def statements(
    article: Article,
    analysis: Analysis,
    who: tuple[Entity, ...],
    when: tuple[TimeMention, ...],
    branch: Branch | None = None,
) -> tuple[Statement, ...]:
    """Return the statements of the article, in the order of their cues: by rules alone where there is no `branch`.

    Wants, tastes and plans are attributions, but not statements, and are left out. A statement whose cue lies in what
    another says is `within` the innermost such statement.
    """
    rules, sight = attributions(analysis), None
    every = [a for a in rules if a.sense.force == "speech" and not _says_nothing(analysis, a)]
    if branch is not None and every:
        sight = reader().see(analysis, rules, branch)
        every = combined(sight, every)
    made = ruled(article, analysis, who, when, every)
    judge = manner()
    if sight is None or judge is None or not made:
        return tuple(m.statement for m in made)
    return _weighed(analysis, made, judge.shares(np.stack([row(analysis, sight, m) for m in made])))


UNTOLD_OF = frozenset({"other", "anonymous"})
"""Kinds of whom no word tells what he is."""
VAGUE = frozenset({"other", "document", "anonymous", "media", "expert", "political"})
"""Kinds that the rules give where no word tells more, or by words that mislead; only these are weighed anew."""
LIKELY, OFFICIAL = 0.4, 0.5
"""How likely another kind must be to take its place; an authority, whose word raises a standing, must be likelier."""


class Made(NamedTuple):
    """A statement as the rules make it, and what of."""

    attribution: Attribution
    speaker: Speaker
    statement: Statement


def row(analysis: Analysis, sight: Sight, made: Made) -> Floats:
    """Return what the heads of `manner` read of a statement."""
    attribution, speaker, statement = made
    head = attribution.source_head
    token = analysis.tokens[head] if head is not None else None
    flags = (
        attribution.source is not None,
        token is not None and token.pos == "PRON",
        speaker.entity is not None,
        speaker.entity is not None and speaker.entity.kind != "group",
        speaker.behalf is not None,
        attribution.direct,
        statement.within is not None,
        token is not None and token.text.lower() in ("i", "we"),
    )
    answers = Answers(statement.speaker_kind, statement.act, statement.stance, statement.certainty, flags)
    source = [attribution.source] if attribution.source else []
    named = [(m.span.start, m.span.end) for m in speaker.entity.mentions] if speaker.entity else source
    vectors = (sight.vector(source, [attribution.cue], attribution.contents, named), sight.mean)
    return row_of(np.concatenate(vectors), answers)


def _weighed(analysis: Analysis, made: Sequence[Made], shares: Floats) -> tuple[Statement, ...]:
    """Return the statements with the likeliest kind of source where the rules give a vague one.

    A common noun ("the teacher") tells by itself that it is no authority, and so does a body spoken for that is none;
    not so a paper, nor words without a source, but these raise no standing.
    """
    speakers = [s.speaker_id or s.speaker for _, _, s in made]
    found = []
    for (attribution, speaker, statement), (kind, share) in zip(made, kinds(shares, speakers), strict=True):
        head = attribution.source_head
        named = head is not None and analysis.tokens[head].pos in ("PROPN", "PRON") and speaker.behalf is None
        faceless = (head is None or statement.speaker_kind == "document") and statement.act not in WEIGHTY
        enough = share >= OFFICIAL and (named or faceless) if kind == "authority" else share >= LIKELY
        weighed = statement.speaker_kind in VAGUE and enough
        found.append(replace(statement, speaker_kind=kind) if weighed else statement)
    return tuple(found)


def ruled(
    article: Article,
    analysis: Analysis,
    who: tuple[Entity, ...],
    when: tuple[TimeMention, ...],
    every: Sequence[Attribution],
) -> list[Made]:
    """Return the statements that attributions make by the rules, in the order of their cues."""
    people = Speakers(analysis, who)
    people.learn(every)
    beside = Circumstances(analysis, when)
    made: list[Made] = []
    for number, (attribution, outer) in enumerate(zip(every, innermost(every), strict=True), start=1):
        speaker = people.of(attribution)
        statement = _statement(
            article, analysis, attribution, speaker, beside, f"s{number}", outer, people.himself(speaker)
        )
        if speaker.behalf is None and (speaker.kind == "armed_group" or not _is_named(speaker)):
            statement = _for_the_group(analysis, attribution, statement, [m.statement for m in made])
        made.append(Made(attribution, speaker, statement))
    return _alike(_in_the_first_person(analysis, made))


def _alike(made: Sequence[Made]) -> list[Made]:
    """Give who is told to be something once the same kind wherever he speaks and no word tells."""
    told: dict[str, Counter[SpeakerKind]] = defaultdict(Counter)
    for m in made:
        if m.statement.speaker_id and m.statement.speaker_kind not in UNTOLD_OF:
            told[m.statement.speaker_id][m.statement.speaker_kind] += 1
    found = []
    for m in made:
        kinds_told = told.get(m.statement.speaker_id or "")
        if kinds_told and m.statement.speaker_kind in UNTOLD_OF:
            m = m._replace(statement=replace(m.statement, speaker_kind=kinds_told.most_common(1)[0][0]))
        found.append(m)
    return found


def _in_the_first_person(analysis: Analysis, made: list[Made]) -> list[Made]:
    """Give "I" and "we" in what somebody says to him who says it."""
    by_id = {m.statement.id: m.statement for m in made}
    found = []
    for m in made:
        head, outer = m.attribution.source_head, by_id.get(m.statement.within or "")
        first = head is not None and analysis.tokens[head].text.lower() in ("i", "we")
        if first and outer is not None and m.statement.speaker is None:
            his = {name: getattr(outer, name) for name in ("speaker", "speaker_id", "speaker_kind", "on_behalf_of")}
            by_id[m.statement.id] = replace(m.statement, **his)
        found.append(m._replace(statement=by_id[m.statement.id]))
    return found


def _is_named(speaker: Speaker) -> bool:
    return speaker.entity is not None and speaker.entity.kind != "person"


def _says_nothing(analysis: Analysis, attribution: Attribution) -> bool:
    """Say whether nothing is said: a source hides its name, or gives it, or is no one who could speak."""
    return _hides(analysis, attribution) or _presents(analysis, attribution) or _is_deed(analysis, attribution)


def _presents(analysis: Analysis, attribution: Attribution) -> bool:
    """Say whether sources only say who they are: "a caller claiming to speak for X", "who identified himself as Y"."""
    tokens = analysis.tokens
    verb = tokens[attribution.head]
    speech = words("speech")
    if verb.lemma.lower() not in speech["professing"].split() or not attribution.contents:
        return False
    said = [tokens[i] for i in analysis.tokens_in(*attribution.contents[0])]
    if verb.dep in ("acl", "relcl") and attribution.frame in ("inf", "clause"):
        presenting = {*speech["presenting"].split()} - ({"be", "come"} if attribution.frame == "clause" else set())
        return any(token.lemma.lower() in presenting for token in said[:3])
    before = tokens[verb.i + 1].text.lower() if verb.i + 1 < len(tokens) else ""
    return before.endswith(("self", "selves")) and attribution.frame in ("as", "pred", "object")


def _is_deed(analysis: Analysis, attribution: Attribution) -> bool:
    """Say whether the source is no speaker: "the blast, raising doubts", "the alias X", "a paper that reported on"."""
    head = attribution.source_head
    speech = words("speech")
    if head is None:
        return False
    ends = [end for _, end in attribution.contents]
    if analysis.tokens[head].tag == "WDT" and ends and max(ends) <= analysis.tokens[head].start:
        return True
    source = {analysis.tokens[i].lemma.lower() for i in analysis.tokens_in(*(attribution.source or attribution.cue))}
    by_name = attribution.lemma == "know" and not source.isdisjoint(speech["names"].split())
    return by_name or analysis.tokens[head].lemma.lower() in speech["blame"]["crimes"].split()


def _hides(analysis: Analysis, attribution: Attribution) -> bool:
    """Say whether it is only told that a source does not want to be named."""
    text = analysis.text[attribution.cue[0] : attribution.cue[1] + 30].lower()
    return any(phrase in text for phrase in words("speech")["unnamed_phrases"])


def _for_the_group(
    analysis: Analysis, attribution: Attribution, statement: Statement, before: Sequence[Statement]
) -> Statement:
    """Let an unnamed fighter, or a voice on a tape, speak for the armed group that was last heard."""
    head = attribution.source_head
    voice = head is not None and analysis.tokens[head].lemma.lower() in words("speech")["voices"].split()
    if head is None or not (voice or (statement.speaker_kind == "armed_group" and is_fighter(analysis, head))):
        return statement
    group = next(
        (s for s in reversed(before) if s.speaker_kind == "armed_group" and (s.on_behalf_of or s.speaker_id)), None
    )
    if group is None:
        return statement
    return replace(statement, on_behalf_of=group.on_behalf_of or group.speaker, speaker_kind="armed_group")


def _kind(attribution: Attribution, speaker: Speaker, act: Doing) -> SpeakerKind:
    """Return the kind of speaker; an organization of no other kind that claims a deed is an armed group."""
    if attribution.source is None:
        return attribution.sense.by or speaker.kind
    claims = act.act == "claims_responsibility" and act.stance == "asserts" and speaker.kind == "other"
    organized = speaker.entity is not None and speaker.entity.kind == "organization"
    return "armed_group" if claims and organized else speaker.kind


def _statement(
    article: Article,
    analysis: Analysis,
    attribution: Attribution,
    speaker: Speaker,
    beside: Circumstances,
    id: str,
    outer: int | None,
    own: frozenset[int],
) -> Statement:
    act = doing(analysis, attribution, speaker.kind, speaker.nobody, own)
    named = attribution.source is not None and not speaker.nobody
    return Statement(
        id=id,
        source=analysis.span_at(*attribution.source) if named and attribution.source else None,
        speaker=speaker.name,
        speaker_id=speaker.entity.id if speaker.entity else None,
        speaker_kind=_kind(attribution, speaker, act),
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
