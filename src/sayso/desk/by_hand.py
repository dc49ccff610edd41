"""An incident that no article tells of, or an offline source, is put in by hand: as a reading with its own say-so.

The account is the text, word for word as it was typed, under a line that says whose it is; one statement covers it, and
every claim stands on that statement. From then on it is a reading like any other: it is linked, exported, corrected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, cast, get_args

from sqlalchemy import Connection

from sayso.desk.by_hand_text import Laid, entities_of, laid_out
from sayso.desk.judging import settle
from sayso.desk.values import SLOT_FIELDS, STANDINGS, known, value_from
from sayso.desk.wording import words_at
from sayso.errors import InputError
from sayso.model.article import Article, OffsetMap
from sayso.model.claim import Claim, Slot, Standing, Value
from sayso.model.incident import Incident, Stage
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Act, Certainty, SpeakerKind, Stance, Statement
from sayso.model.when import When
from sayso.store.changes import record
from sayso.store.fold import sound
from sayso.store.rows import key_of
from sayso.store.store import Added, Store

MAKER = "by hand/"
"""What the maker of a claim begins with that somebody put in by hand; the name follows."""
LONGEST = 1_000_000
"""Characters of an account."""
LINE = 300
"""Characters of a source's name, a speaker's and a channel's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One value as a form gives it. `words` are those of the account that carry it; empty: the whole account."""

    slot: str
    fields: Mapping[str, str]
    words: str = ""
    standing: str = ""
    stance: str = "asserts"
    certainty: str = "certain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What somebody puts in by hand. `source` is what the source is called, `day` when it gave the account.

    `speaker` is who says so, empty where the source itself does (a court file); `channel` is through what.
    """

    source: str
    kind: str
    account: str
    day: date | None
    author: str
    reason: str
    speaker: str = ""
    channel: str = ""
    act: str = "states"
    url: str = ""
    values: tuple[Given, ...] = field(default=())


class Put(NamedTuple):
    """What came of it: the article's id and the incident's key."""

    article: str
    incident: str


def put_in(store: Store, account: Account) -> Put:
    """Store an account with its incident, link it, and write down who put it in and why.

    Raises InputError for what is missing or cannot be, and for an account that is here already.
    """
    reading = reading_of(account)
    article = reading.article

    def sign(connection: Connection, added: Added) -> None:
        record(
            connection,
            author=account.author,
            action="added by hand",
            subject="article",
            object=f"{article.id}@{added.version}",
            after={"source": article.outlet, "incident": key_of(article.id, added.version, "i1")},
            reason=account.reason,
        )

    added = store.add(reading, article.sha256, also=sign)
    if added.what == "unchanged":
        raise InputError(
            "this account is here already", value=article.id, next_step=f"Correct it on its page: /article/{article.id}"
        )
    settle(store)
    return Put(article.id, key_of(article.id, added.version, "i1"))


def reading_of(account: Account) -> Reading:
    """Return the reading that an account makes. Raises InputError for what is missing or cannot be."""
    _check(account)
    text = laid_out(account.source, account.speaker, account.channel, account.account)
    digest = hashlib.sha256(repr((text.text, account.day, _plain(account))).encode()).hexdigest()
    values = [(given, _value(given)) for given in account.values]
    entities = entities_of([value for _, value in values], text)
    claims = tuple(
        _claim(n, given, known(value, entities), text, account.author) for n, (given, value) in enumerate(values)
    )
    article = Article(
        id=f"by-hand-{digest[:12]}",
        text=text.text,
        blocks=text.blocks,
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text.text),)),
        name=_line(account.source),
        sha256=hashlib.sha256(text.text.encode()).hexdigest(),
        title=text.text[: text.blocks[0].end],
        url=account.url.strip() or None,
        outlet=_line(account.source),
        published=account.day,
        published_by="given" if account.day else "unknown",
        notes=(f"put in by hand by {account.author}",),
    )
    kind, stage = (_first(claims, slot) for slot in ("kind", "stage"))
    incident = Incident(id="i1", kind=kind, stage=cast(Stage, stage), background=False, claims=claims)
    return Reading(article=article, entities=entities, statements=(_statement(account, text),), incidents=(incident,))


def _plain(account: Account) -> list[Any]:
    """Return what else makes an account another one than that of the same words."""
    return [(g.slot, sorted(g.fields.items()), g.words, g.standing, g.stance) for g in account.values]


def _check(account: Account) -> None:
    for name, said in (("source", account.source), ("account", account.account), ("reason", account.reason)):
        if not sound(said).strip():
            raise InputError(f"the {name} is needed", value="nothing", next_step=f"Give the {name}")
    if len(account.account) > LONGEST:
        raise InputError(
            f"an account has at most {LONGEST:,} characters",
            value=f"{len(account.account):,}",
            next_step="Bring a long document in as a file, under Intake",
        )
    for name in ("source", "speaker", "channel"):
        if len(getattr(account, name)) > LINE:
            raise InputError(
                f"the {name} has at most {LINE} characters", value=getattr(account, name)[:40], next_step="Shorten it"
            )
    _one_of("kind of source", account.kind, get_args(SpeakerKind))
    _one_of("act", account.act, get_args(Act))
    slots = [given.slot for given in account.values]
    if "kind" not in slots:
        raise InputError("what happened is needed", value="nothing", next_step="Choose the kind of incident")
    if "stage" not in slots:
        raise InputError("the stage is needed", value="nothing", next_step="Say whether it was done or tried")


def _one_of(name: str, said: str, allowed: tuple[str, ...]) -> None:
    if said not in allowed:
        raise InputError(
            f"there is no such {name}: there are {', '.join(allowed)}", value=said or "nothing", next_step="Choose one"
        )


def _value(given: Given) -> Value:
    if given.slot == "perpetrator":
        _one_of("standing", given.standing, STANDINGS)
    _one_of("stance", given.stance, get_args(Stance))
    _one_of("certainty", given.certainty, get_args(Certainty))
    if given.slot not in SLOT_FIELDS:
        raise InputError("there is no such slot", value=given.slot, next_step="Choose one of the form")
    return value_from(given.slot, given.fields)


def _claim(number: int, given: Given, value: Value, text: Laid, author: str) -> Claim:
    return Claim(
        id=f"i1.c{number + 1}",
        slot=cast(Slot, given.slot),
        value=value,
        evidence=(_evidence(given, text),),
        chain=("s1",),
        stance=cast(Stance, given.stance),
        certainty=cast(Certainty, given.certainty),
        standing=cast(Standing, given.standing) if given.slot == "perpetrator" else None,
        confidence=1.0,
        maker=f"{MAKER}{author}",
    )


def _evidence(given: Given, text: Laid) -> Span:
    """Return the words that carry a value: where they stand several times, the first; without any, the account."""
    words = given.words.strip()
    if not words:
        return text.account
    found = words_at(text.account.text, "", "", words, first=True)
    start = text.account.start
    return Span(start=start + found.start, end=start + found.end, text=found.text)


def _first(claims: tuple[Claim, ...], slot: Slot) -> str:
    return next(str(getattr(claim.value, "value", "")) for claim in claims if claim.slot == slot)


def _statement(account: Account, text: Laid) -> Statement:
    day = account.day
    return Statement(
        id="s1",
        source=text.speaker,
        speaker=_line(account.speaker or account.source),
        speaker_id=None,
        speaker_kind=cast(SpeakerKind, account.kind),
        cue=None,
        content=(text.account,),
        act=cast(Act, account.act),
        said_on=When(edtf=day.isoformat(), earliest=day, latest=day, basis="explicit") if day else None,
        channel=text.channel,
    )


def _line(text: str) -> str:
    return " ".join(sound(text).split())
