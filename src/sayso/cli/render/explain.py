"""Why each value stands in the record, as people see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from rich.console import Console
from rich.text import Text

from sayso.cli.explanation import ROLES, Explanation, Ground, IncidentExplained, Passage, Telling, Voice
from sayso.cli.render.incident import DOUBTS, bold, put_head, summed_day
from sayso.cli.render.layout import GAP, MARGIN, put_columns
from sayso.export.incident_shapes import (
    ActorValue,
    ClaimRecord,
    PlaceValue,
    QuantityValue,
    TargetValue,
    TextValue,
    VictimValue,
    WeaponValue,
)
from sayso.export.shapes import WhenRecord
from sayso.export.words import ACTS, NOT_DONE, PARTS, STANDINGS, WHERE_PREC, count, day, in_quotes
from sayso.model.claim import Slot

LABEL = 12
LEGEND = "[ ] marks the words behind a value; where no speaker is given, the report itself says it"
MARK = 14
"""Columns for the confidence and the maker."""
PASSAGES = 2
"""Sentences shown of one value; where the others stand is told."""
TOLD = 8
"""Words for one incident shown; the others are counted."""
ROWS = 2
"""Lines that a sentence may take, about; longer ones are shown around the marked words."""


BASES = {"explicit": "", "relative": "reckoned from another day", "assumed_year": "year taken from the report's"}
Line = tuple[str, str, str]
"""The first line of a claim: its slot, its value, its mark."""


def render(explanation: Explanation, out: Console, *, whole: bool = True, background: bool = False) -> None:
    """Print an explanation.

    `whole` shows where each incident is told and what was left aside, beside the values; `background` shows what is
    only recalled like the rest.
    """
    article = explanation.article
    if article.title:
        put_columns([Text(article.title, style="bold")], [out.width], out, margin=0)
    heads = "by the rules and the learned heads" if explanation.learned else "by the rules alone (no learned heads)"
    put_columns([Text(f"{article.name}, read {heads}", style="dim")], [out.width], out, margin=0)
    put_columns([Text(LEGEND, style="dim")], [out.width], out, margin=0)
    out.print()
    if not explanation.incidents:
        out.print("no incident found\n")
    aside = [] if background else [i for i in explanation.incidents if i.aside]
    for incident in explanation.incidents:
        if incident not in aside:
            _put_incident(incident, out, whole)
    if whole:
        _put_aside(aside, explanation, out)


def _put_incident(incident: IncidentExplained, out: Console, whole: bool) -> None:
    put_head(incident.number, incident.record, out)
    if incident.aside:
        _put("background", Text(incident.aside, style="yellow"), out)
    if whole:
        for n, telling in enumerate(incident.told[:TOLD]):
            _put("told by" if not n else "", _telling(telling), out, _stands(telling.line, telling.start, telling.end))
        if len(incident.told) > TOLD:
            _put("", Text(f"and by {len(incident.told) - TOLD} more words", style="dim"), out)
    last: Line = ("", "", "")
    for _, block in groupby(_without_repeats(incident.grounds) if whole else incident.grounds, key=_basis):
        last = _put_block([*block], out, last)
    if incident.not_known:
        _put("not known", Text(", ".join(name.replace("_", " ") for name in incident.not_known)), out)
    out.print()


def _without_repeats(grounds: Sequence[Ground]) -> list[Ground]:
    """Return the claims without those of a stage that stand on the same say-so as the kind."""
    chains = {tuple(g.claim.chain) for g in grounds if g.claim.slot == "kind"}
    stages = [g for g in grounds if g.claim.slot == "stage"]
    own = [g for g in stages if tuple(g.claim.chain) not in chains or g.claim.value != stages[0].claim.value]
    bare = {id(g): replace(g, passages=()) for g in stages[:1] if not own}
    return [bare.get(id(g), g) for g in grounds if g.claim.slot != "stage" or g in own or id(g) in bare]


def _put(label: str, value: Text, out: Console, mark: str = "", indent: int = 0) -> None:
    """Print one row: a label, a value, and at the right what marks it."""
    width = len(mark)
    room = out.width - MARGIN - LABEL - GAP - (width + GAP if mark else 0)
    cells, widths = [Text(label, style="dim"), value], [LABEL, room]
    if mark:
        cells, widths = [*cells, Text(mark, style="dim")], [*widths, width]
    put_columns(cells, widths, out, indent=indent)


def _stands(line: int | None, start: int, end: int) -> str:
    return f"{f'line {line}, ' if line else ''}{start}-{end}"


def _telling(telling: Telling) -> Text:
    text = Text().append(f"“{telling.word}”", style="bold").append(f" {telling.kind.replace('_', ' ')}", style="dim")
    parts: dict[str, list[str]] = {}
    for slot, word in telling.parts:
        parts.setdefault(ROLES.get(slot, slot), []).append(f"“{word}”")
    text.append(": " if parts else "").append("; ".join(f"{slot} {', '.join(words)}" for slot, words in parts.items()))
    return text.append(_heads(telling.heads), style="magenta")


def _heads(heads: dict[str, float] | None) -> str:
    """Return how sure the heads are, the surest three."""
    if not heads:
        return ""
    surest = sorted(heads.items(), key=lambda item: -item[1])[:3]
    return "; heads: " + ", ".join(f"{name.replace('_', ' ')} {p:.2f}" for name, p in surest)


def _basis(ground: Ground) -> tuple[object, ...]:
    """Return what claims share that are printed together: one slot, one say-so, the same words."""
    return ground.claim.slot, ground.claim.chain, [p.marks for p in ground.passages]


def _put_block(block: Sequence[Ground], out: Console, last: Line) -> Line:
    """Print the values that stand on the same words, then what they stand on; a value just printed is not repeated."""
    before = last
    for ground in block:
        claim = ground.claim
        value, mark = _value(ground), f"{claim.confidence:.2f} {claim.maker}".rjust(MARK)
        line = (claim.slot, value.plain, mark)
        if line != last:
            _put(claim.slot.replace("_", " ") if claim.slot != last[0] else "", value, out, mark)
        last = line
    _put_basis(block[0], out, again=len(block) == 1 and last == before)
    return last


def _put_basis(ground: Ground, out: Console, *, again: bool) -> None:
    """Print who says so, and the sentences; that the report itself does is said where others were named before."""
    if not ground.passages:
        _put("", Text("on the same words as the kind", style="dim"), out, indent=2)
        return
    for depth, voice in enumerate(ground.chain):
        _put("", _voice(voice, depth), out, indent=2)
    if not ground.chain and again:
        _put("", Text("the report itself", style="cyan"), out, indent=2)
    for passage in ground.passages[:PASSAGES]:
        where = PARTS.get(passage.part, "line") + (f" {passage.line}" if passage.line else "")
        _put(where.rjust(LABEL), _passage(passage, out, ground.claim.slot), out, indent=2)
    if len(ground.passages) > PASSAGES:
        _put("", Text("also " + _elsewhere(ground.passages[PASSAGES:]), style="dim"), out, indent=2)
    if ground.heads:
        _put("", Text(_heads(ground.heads).removeprefix("; "), style="magenta"), out, indent=2)


def _elsewhere(passages: Iterable[Passage]) -> str:
    return "; ".join(_stands(p.line, *p.marks[0]) for p in passages)


def _value(ground: Ground) -> Text:
    """Return the value in words, with how it is held where it is not simply asserted."""
    claim = ground.claim
    text = bold(value_words(claim)[0])
    more = value_words(claim)[1]
    text.append(f", {more}" if more else "")
    held = [STANDINGS[claim.standing]] if claim.standing else []
    held += [DOUBTS[claim.stance]] if claim.stance != "asserts" else []
    held += [claim.certainty] if claim.certainty != "certain" else []
    text.append(f" - {', '.join(dict.fromkeys(held))}" if held else "", style="yellow")
    return text if ground.shown else text.append(" (not shown)", style="dim")


def value_words(claim: ClaimRecord) -> tuple[str, str]:
    """Return a value in words, and what else is known of it."""
    value = claim.value
    match value:
        case WhenRecord():
            return day(value), ", ".join(filter(None, [value.clock, BASES[value.basis]]))
        case PlaceValue():
            listed = f"{WHERE_PREC.get(value.where_prec, '')} ({value.gazetteer_id})"
            return ", ".join(value.names), listed if value.gazetteer_id else "not in the gazetteer"
        case QuantityValue():
            return count(value), ""
        case TextValue():
            return value.value.replace("_", " "), ""
        case VictimValue():
            name = value.name or value.description or value.kind.replace("_", " ")
            more = [value.description if value.name else None, value.kind, value.effect, _many(value.number)]
        case TargetValue():
            name, more = value.name, [value.kind, value.effect, _many(value.number)]
        case ActorValue() | WeaponValue():
            name, more = value.name, [value.kind]
    return name, ", ".join(m.replace("_", " ") for m in more if m and m != "none" and m != name)


def _many(number: int | None) -> str | None:
    return f"{number} of them" if number and number > 1 else None


def _voice(voice: Voice, depth: int) -> Text:
    """Return one statement of a chain: who does what, in which words, when."""
    act = (NOT_DONE if voice.stance == "denies" else {}).get(voice.act, ACTS[voice.act])
    text = Text("  " * max(0, depth - 1) + ("└ " if depth else "")).append(voice.speaker, style="cyan")
    text.append(f" ({voice.speaker_kind.replace('_', ' ')}) {act}")
    text.append(f" “{' '.join(voice.cue.split())}”" if voice.cue else "", style="bold")
    text.append(f", {voice.said_on}" if voice.said_on else "")
    return text.append(f" ({voice.certainty})" if voice.certainty != "certain" else "", style="yellow")


def _passage(passage: Passage, out: Console, slot: Slot) -> Text:
    """Return a sentence with its words marked, their offsets, and how they hang on the event where that says more."""
    first, last = passage.marks[0][0], max(end for _, end in passage.marks)
    room = ROWS * (out.width - MARGIN - LABEL - GAP - 2) - 30
    start, end = _window(passage, first, last, room)
    text = Text("" if start == passage.start else "... ")
    at = start
    for mark, close in passage.marks:
        text.append(_words(passage, at, mark)).append(f"[{_words(passage, mark, close)}]", style="bold green")
        at = close
    text.append(_words(passage, at, end) + ("" if end == passage.end else " ..."))
    rules = "" if slot in ("kind", "stage") or not passage.rules else f": {', '.join(passage.rules[:2])}"
    return text.append(f" ({first}-{last}{rules})", style="dim")


def _words(passage: Passage, start: int, end: int) -> str:
    return "".join(" " if c.isspace() else c for c in passage.text[start - passage.start : end - passage.start])


def _window(passage: Passage, first: int, last: int, room: int) -> tuple[int, int]:
    """Return the part of a sentence to show: the marked words, and as many whole words around as fit."""
    if passage.end - passage.start <= room:
        return passage.start, passage.end
    spare = max(0, room - (last - first))
    before = min(first - passage.start, max(spare // 2, spare - (passage.end - last)))
    start, end = first - before, min(passage.end, last + spare - before)
    while passage.start < start < first and not passage.text[start - passage.start - 1].isspace():
        start += 1
    while last < end < passage.end and not passage.text[end - passage.start].isspace():
        end -= 1
    return start, end


def _put_aside(aside: list[IncidentExplained], explanation: Explanation, out: Console) -> None:
    """Print what was left aside: incidents that are only recalled, and words that made no incident."""
    if not aside and not explanation.loose:
        return
    out.print("Left aside", style="bold")
    for incident in aside:
        when = summed_day(incident.record)
        what = f"{incident.number}  {incident.kind.replace('_', ' ')}, {incident.stage}, {when}: "
        words = "; ".join(in_quotes(e.text, 40) for e in incident.record.evidence.kind[:2])
        _put("background", Text(what).append(words, style="dim"), out)
        _put("", Text(incident.aside or "", style="yellow"), out, indent=2)
    if explanation.loose:
        words = ", ".join(f"“{w.word}”" + (f" (line {w.line})" if w.line else "") for w in explanation.loose)
        _put("event words", Text(f"that made no incident: {words}"), out)
    if aside:
        _put("", Text(f"In full: --incident {aside[0].number}", style="dim"), out)
    out.print()
