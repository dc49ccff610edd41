"""The text of an account that is put in by hand, with where its parts stand, and the people and groups it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from sayso.model.article import Block
from sayso.model.claim import Actor, Value, Victim
from sayso.model.entity import Entity, EntityKind, Mention
from sayso.model.span import Span, span_of
from sayso.store.fold import sound

MENTIONS = 200
"""So many mentions of a name are noted."""
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")


class Laid(NamedTuple):
    """A text in blocks: a line that says whose account it is, and the account. `channel` is None where none is told."""

    text: str
    blocks: tuple[Block, ...]
    account: Span
    speaker: Span
    channel: Span | None


def laid_out(source: str, speaker: str, channel: str, account: str) -> Laid:
    """Return the text that an account makes; of its words nothing is changed but the ends of lines and paragraphs."""
    parts = [" ".join(sound(part).split()) for part in (source, speaker, channel)]
    line, at = parts[0], [0, 0, 0]
    for n, between in ((1, ": "), (2, ", ")):
        if parts[n]:
            at[n] = len(line) + len(between)
            line += between + parts[n]
    body = sound(account).replace("\r\n", "\n").replace("\r", "\n").strip()
    paragraphs = [part.strip() for part in _BREAK.split(body) if part.strip()]
    text, blocks = line, [Block(start=0, end=len(line), role="title")]
    for paragraph in paragraphs:
        text += "\n\n" + paragraph
        blocks.append(Block(start=len(text) - len(paragraph), end=len(text), role="body"))
    spans = [Span(start=at[n], end=at[n] + len(parts[n]), text=parts[n]) for n in range(3)]
    whole = span_of(text, blocks[1].start, len(text))
    return Laid(text, tuple(blocks), whole, spans[1] if parts[1] else spans[0], spans[2] if parts[2] else None)


def entities_of(values: Iterable[Value], text: Laid) -> tuple[Entity, ...]:
    """Return the people and groups that values name, each once, with where the account has their names."""
    named: dict[str, EntityKind] = {}
    for value in values:
        kind = _kind(value)
        if kind and value.name:  # type: ignore[union-attr]
            named.setdefault(value.name, kind)  # type: ignore[union-attr]
    return tuple(
        Entity(id=f"e{n}", kind=kind, name=name, names=(name,), mentions=_mentions(name, text))
        for n, (name, kind) in enumerate(named.items(), 1)
    )


def _kind(value: Value) -> EntityKind | None:
    """Return what sort of entity a value names; None where that is not known."""
    if isinstance(value, Victim):
        return "person" if value.name and value.number in (None, 1) else None
    if isinstance(value, Actor) and value.kind != "unknown":
        return value.kind
    return None


def _mentions(name: str, text: Laid) -> tuple[Mention, ...]:
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
    found = islice(re.finditer(pattern, text.text), MENTIONS)
    spans = (Span(start=m.start(), end=m.end(), text=m[0]) for m in found)
    return tuple(Mention(span=span, head=0, form="name") for span in spans)
